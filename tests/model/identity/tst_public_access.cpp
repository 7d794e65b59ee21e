// SPDX-License-Identifier: GPL-3.0-or-later
#include "identity/access.h"
#include "identity/public_access.h"
#include "small_identities.h"

#include <QtTest>

using namespace glacis;

namespace {

const char* const bucket = "arn:aws:s3:::bucket";

std::string everyoneReads(const std::string& condition = {})
{
    return policy("'Effect': 'Allow', 'Principal': '*', 'Action': 's3:GetObject', 'Resource': 'arn:aws:s3:::bucket/*'"
        + condition);
}

/// A bucket of which both public access blocks were exported; all four settings are off.
SmallIdentities openBucket()
{
    SmallIdentities small;
    for (const char* id : {"111122223333", bucket}) {
        if (id == bucket)
            small.thing(Kind::ObjectStore, bucket);
        else
            small.of(id);
        for (const char* setting :
            {"block_public_acls", "ignore_public_acls", "block_public_policy", "restrict_public_buckets"})
            small.with(setting, false);
    }
    return small;
}

/// The same without the settings.
SmallIdentities bareBucket()
{
    SmallIdentities small;
    small.thing(Kind::ObjectStore, bucket);
    return small;
}

/// Sets one of an open bucket's settings anew.
SmallIdentities& set(SmallIdentities& small, const char* of, const char* setting)
{
    const Ref id = small.m.text(of);
    const StringId name = small.m.text(setting);
    for (auto& row : small.m.facts.properties) {
        if (row.of == id && row.key == name)
            row.value = true;
    }
    return small;
}

/// What anyone may do to the bucket: "read write", with a mark where it depends.
QString anyone(const SmallIdentities& small)
{
    const Estate estate = small.linked();
    Progress progress;
    QStringList all;
    for (const StoreAccess& row : Access(estate).toStores(progress)) {
        if (row.principal == NodeId{0})
            all << QString::fromUtf8(name(row.level).data())
                    + QLatin1String(row.decision.verdict == Verdict::Conditional ? "?" : "");
    }
    return all.join(QLatin1Char(' '));
}

} // namespace

class PublicAccessTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    /// "Controlling ownership of objects and disabling ACLs for your bucket": with it, lists have no say.
    void enforcedOwnershipTakesAccessControlListsAway()
    {
        SmallIdentities small = openBucket();
        small.of(bucket).with("acl_all_users", "READ");
        QCOMPARE(anyone(small), QStringLiteral("read"));
        SmallIdentities preferred = small;
        preferred.of(bucket).with("object_ownership", "BucketOwnerPreferred");
        QCOMPARE(anyone(preferred), QStringLiteral("read"));
        SmallIdentities enforced = small;
        enforced.of(bucket).with("object_ownership", "BucketOwnerEnforced");
        QCOMPARE(anyone(enforced), QString());
    }

    void aPublicListAllowsItsActionsAndNoOthers()
    {
        SmallIdentities small = openBucket();
        small.of(bucket).with("acl_all_users", "READ");
        const Estate estate = small.linked();
        const Access access(estate);
        QCOMPARE(access.decide(NodeId{0}, "s3:ListBucket", bucket).verdict, Verdict::Allowed);
        QCOMPARE(access.decide(NodeId{0}, "s3:PutObject", bucket).verdict, Verdict::ImplicitDeny);
        QCOMPARE(access.decide(NodeId{0}, "s3:GetBucketPolicy", bucket).verdict, Verdict::ImplicitDeny);
    }

    void aPolicyForEveryoneIsPublic()
    {
        QCOMPARE(anyone(openBucket().document(PolicyRole::Resource, everyoneReads())), QStringLiteral("read"));
    }

    void withoutAPolicyOrListNothingIsPublic() { QCOMPARE(anyone(openBucket()), QString()); }

    void aPolicyForOneAccountIsNotPublic()
    {
        QCOMPARE(
            anyone(openBucket().document(PolicyRole::Resource,
                policy("'Effect': 'Allow', 'Principal': {'AWS': '444455556666'}, 'Action': 's3:*', 'Resource': '*'"))),
            QString());
    }

    void restrictingStopsEveryoneOnTheBucketOrTheWholeAccount()
    {
        for (const char* of : {bucket, "111122223333"}) {
            SmallIdentities small = openBucket();
            small.of(bucket).document(PolicyRole::Resource, everyoneReads());
            QCOMPARE(anyone(set(small, of, "restrict_public_buckets")), QString());
        }
    }

    /// "Blocking public access to your Amazon S3 storage": these two refuse new policies and lists; what is there
    /// stays.
    void blockingNewGrantsTakesNothingAway()
    {
        SmallIdentities small = openBucket();
        small.of(bucket).document(PolicyRole::Resource, everyoneReads()).with("acl_all_users", "WRITE");
        set(small, bucket, "block_public_policy");
        set(small, bucket, "block_public_acls");
        QCOMPARE(anyone(small), QStringLiteral("read write"));
    }

    void ignoringListsLeavesThePolicyAndTheOtherWayRound()
    {
        SmallIdentities ignoring = openBucket();
        ignoring.of(bucket).document(PolicyRole::Resource, everyoneReads()).with("acl_all_users", "WRITE");
        SmallIdentities restricting = ignoring;
        QCOMPARE(anyone(set(ignoring, bucket, "ignore_public_acls")), QStringLiteral("read"));
        QCOMPARE(anyone(set(restricting, bucket, "restrict_public_buckets")), QStringLiteral("write"));
    }

    void aBlockThatWasNotExportedLeavesItOpen()
    {
        SmallIdentities small = bareBucket();
        QCOMPARE(anyone(small.document(PolicyRole::Resource, everyoneReads())), QStringLiteral("read?"));
        const Estate estate = small.linked();
        const Decision decision = Access(estate).decide(NodeId{0}, "s3:GetObject", "arn:aws:s3:::bucket/key");
        QVERIFY(decision.open.at(0).find("get-public-access-block") != std::string::npos);
    }

    void oneBlockThatIsOnIsEnoughWhateverTheOtherSays()
    {
        SmallIdentities small = bareBucket();
        small.document(PolicyRole::Resource, everyoneReads()).with("restrict_public_buckets", true);
        QCOMPARE(anyone(small), QString());
    }

    void aConditionStaysPartOfTheAnswer()
    {
        QCOMPARE(anyone(openBucket().document(PolicyRole::Resource,
                     everyoneReads(", 'Condition': {'IpAddress': {'aws:SourceIp': '203.0.113.0/24'}}"))),
            QStringLiteral("read?"));
    }

    /// A request without credentials belongs to no organisation and to no account.
    void aConditionThatOnlyKnownPrincipalsMeetShutsAnyoneOut()
    {
        for (const char* condition : {"'aws:PrincipalOrgID': 'o-1'", "'aws:PrincipalAccount': '111122223333'",
                 "'aws:SourceAccount': '111122223333'"})
            QCOMPARE(anyone(openBucket().document(PolicyRole::Resource,
                         everyoneReads(std::string(", 'Condition': {'StringEquals': {") + condition + "}}"))),
                QString());
    }

    /// "Access control list (ACL) overview", Amazon S3 User Guide.
    void permissionsOfAList_data()
    {
        QTest::addColumn<QByteArray>("permission");
        QTest::addColumn<QString>("levels");
        QTest::newRow("read") << QByteArray("READ") << QStringLiteral("read");
        QTest::newRow("write") << QByteArray("WRITE") << QStringLiteral("write");
        QTest::newRow("reading the list itself reads no data") << QByteArray("READ_ACP") << QString();
        QTest::newRow("rewriting the list") << QByteArray("WRITE_ACP") << QStringLiteral("administer");
        QTest::newRow("everything") << QByteArray("FULL_CONTROL") << QStringLiteral("read write administer");
        QTest::newRow("nobody") << QByteArray("none") << QString();
    }
    void permissionsOfAList()
    {
        QFETCH(QByteArray, permission);
        QFETCH(QString, levels);
        QCOMPARE(anyone(openBucket().with("acl_all_users", permission.constData())), levels);
        QCOMPARE(anyone(openBucket().with("acl_authenticated_users", permission.constData())), levels);
    }

    void aListMayGrantSeveral()
    {
        QCOMPARE(anyone(openBucket().with("acl_all_users", "READ").with("acl_all_users", "WRITE")),
            QStringLiteral("read write"));
    }

    void aGrantSaysWhoIsMeantAndWhereItStands()
    {
        SmallIdentities small = openBucket();
        small.with("acl_authenticated_users", "READ");
        const Estate estate = small.linked();
        const auto grants = publicGrants(estate, *estate.find(bucket));
        QCOMPARE(grants.size(), std::size_t(1));
        QVERIFY(grants[0].decision.because.at(0).text.find("with an AWS account") != std::string::npos);
        QVERIFY(grants[0].decision.because.at(0).evidence != noEvidence);
    }

    void arnsAreMadeOfWhatIsKnown()
    {
        SmallIdentities small;
        small.thing(Kind::Disk, "vol-1")
            .thing(Kind::Vm, "i-1")
            .thing(Kind::SqlDb, "db")
            .thing(Kind::ObjectStore, bucket);
        const Estate estate = small.linked();
        const auto arn = [&](const char* id) { return arnOf(estate, *estate.find(id)); };
        QCOMPARE(arn("vol-1"), std::string("arn:aws:ec2:eu-central-1:111122223333:volume/vol-1"));
        QCOMPARE(arn("i-1"), std::string("arn:aws:ec2:eu-central-1:111122223333:instance/i-1"));
        QCOMPARE(arn("db"), std::string("arn:aws:rds:eu-central-1:111122223333:db:db"));
        QCOMPARE(arn(bucket), std::string(bucket));
    }
};

QTEST_APPLESS_MAIN(PublicAccessTest)
#include "tst_public_access.moc"
