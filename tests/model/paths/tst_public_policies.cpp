// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/json.h"
#include "estate/link.h"
#include "paths/public_policies.h"

#include <QtTest>

using namespace glacis;

namespace {

constexpr const char* bucket = "arn:aws:s3:::b-1";

/// A bucket whose policy lets `principal` read under `condition`, and whose own and account's public access blocks are
/// as said.
Estate withBucket(const Json& principal, const Json& condition, bool ownBlock, std::optional<bool> accountBlock = false)
{
    Inventory m;
    const EvidenceId at = m.seen(m.file("b.json"), "/Policy");
    m.thing(Kind::Account, Provider::Aws, "", "111122223333", rootScope, at);
    ThingRow& row = m.thing(Kind::ObjectStore, Provider::Aws, "AWS::S3::Bucket", bucket, rootScope, at);
    row.account = m.text("111122223333");
    m.property(m.text(bucket), "restrict_public_buckets", ownBlock, at);
    if (accountBlock)
        m.property(m.text("111122223333"), "restrict_public_buckets", *accountBlock, at);
    Json statement = {
        {"Effect", "Allow"}, {"Principal", principal}, {"Action", "s3:GetObject"}, {"Resource", "arn:aws:s3:::b-1/*"}};
    if (!condition.is_null())
        statement["Condition"] = condition;
    const std::string document = Json({{"Version", "2012-10-17"}, {"Statement", {statement}}}).dump();
    m.facts.policies.push_back({m.text(bucket), PolicyRole::Resource, {}, m.text(document), at});
    Progress progress;
    return link(std::move(m), progress);
}

std::vector<Violation> found(const Estate& estate)
{
    return publicPolicies(estate, Access(estate), inferTiers(estate), ZoneMatrix::builtIn());
}

} // namespace

class PublicPoliciesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyoneWithoutAConditionIsPublic()
    {
        const Estate estate = withBucket("*", nullptr, false);
        const auto violations = found(estate);
        QCOMPARE(violations.size(), std::size_t(1));
        QCOMPARE(violations[0].kind, std::string("public_policy"));
        QCOMPARE(violations[0].verdict, Reach::Reachable);
        QCOMPARE(violations[0].to, (std::vector<NodeId>{*estate.find(bucket)}));
        QVERIFY(!violations[0].hops.empty());
        QCOMPARE(violations[0].hops[0].rule, std::string("/Statement/0"));
        QVERIFY(violations[0].hops[0].evidence != noEvidence);
    }

    void anAccountAloneIsNotEveryone()
    {
        QVERIFY(found(withBucket({{"AWS", "arn:aws:iam::111122223333:root"}}, nullptr, false)).empty());
    }

    /// "Blocking public access to your Amazon S3 storage", Amazon S3 User Guide.
    void theBlockOfTheBucketOrOfTheAccountHolds()
    {
        QVERIFY(found(withBucket("*", nullptr, true)).empty());
        QVERIFY(found(withBucket("*", nullptr, false, true)).empty());
    }

    void whetherTheAccountBlocksItIsSaidToBeUnknown()
    {
        const auto violations = found(withBucket("*", nullptr, false, std::nullopt));
        QCOMPARE(violations.size(), std::size_t(1));
        QCOMPARE(violations[0].verdict, Reach::Unknown);
        QVERIFY(violations[0].sentence.find("get-public-access-block") != std::string::npos);
    }

    void aConditionKeepsItFromBeingPublic()
    {
        const Json condition = {{"IpAddress", {{"aws:SourceIp", "203.0.113.0/24"}}}};
        QVERIFY(found(withBucket("*", condition, false)).empty());
    }
};

QTEST_APPLESS_MAIN(PublicPoliciesTest)
#include "tst_public_policies.moc"
