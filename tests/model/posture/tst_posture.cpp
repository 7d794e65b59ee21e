// SPDX-License-Identifier: GPL-3.0-or-later
#include "posture/posture.h"
#include "small_estate.h"

#include <QtTest>

using namespace glacis;

namespace {

PostureReport reportOf(const Estate& estate, std::vector<std::string> only = {})
{
    Progress progress;
    return posture(estate, {std::move(only), std::nullopt}, progress);
}

} // namespace

class PostureTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void resultsStandByCheckThenNode()
    {
        const Estate estate = SmallEstate()
                                  .thing(Kind::Disk, "vol-1")
                                  .with("encrypted", false)
                                  .thing(Kind::Disk, "vol-2")
                                  .with("encrypted", true)
                                  .thing(Kind::DiskSnapshot, "snap-1")
                                  .with("encrypted", true)
                                  .linked();
        const auto report = reportOf(estate, {"volume-encrypted", "snapshot-encrypted"});
        QCOMPARE(report.results.size(), std::size_t{3});
        QCOMPARE(report.count(CheckVerdict::Fail), std::size_t{1});
        QCOMPARE(estate.id(report.results[0].node), std::string_view("vol-1"));
        QVERIFY(report.results[0].verdict == CheckVerdict::Fail);
        QCOMPARE(report.check(report.results[2]).id, std::string("snapshot-encrypted"));
    }

    void aCheckSaysNothingWhereItDoesNotApply()
    {
        const Estate estate = SmallEstate()
                                  .thing(Kind::User, "machine")
                                  .with("console_password", false)
                                  .with("mfa", false)
                                  .thing(Kind::User, "person")
                                  .with("console_password", true)
                                  .with("mfa", false)
                                  .linked();
        const auto report = reportOf(estate, {"user-mfa"});
        QCOMPARE(report.results.size(), std::size_t{1});
        QCOMPARE(estate.id(report.results[0].node), std::string_view("person"));
    }

    void notKnowingWhetherItAppliesLeavesOnlyAPassCertain()
    {
        const Estate estate = SmallEstate()
                                  .thing(Kind::User, "safe")
                                  .with("mfa", true)
                                  .thing(Kind::User, "unsure")
                                  .with("mfa", false)
                                  .linked();
        const auto report = reportOf(estate, {"user-mfa"});
        QVERIFY(report.results[0].verdict == CheckVerdict::Pass);
        QVERIFY(report.results[1].verdict == CheckVerdict::Unknown);
        QCOMPARE(report.missing[report.results[1].missing.front()].name, std::string("get-credential-report"));
    }

    void otherProvidersThingsAreNotAsked()
    {
        const Estate estate = SmallEstate().thing(Kind::Disk, "disk-1", Provider::Azure).linked();
        QVERIFY(reportOf(estate, {"volume-encrypted"}).results.empty());
    }

    void mentionedThingsAreNotAsked()
    {
        const Estate estate = SmallEstate().thing(Kind::Vm, "i-1").to(EdgeKind::AttachedTo, "vol-1").linked();
        QVERIFY(estate.node(*estate.find("vol-1")).outside);
        QVERIFY(reportOf(estate, {"volume-encrypted"}).results.empty());
    }

    void missingExportsAreNamedOnce()
    {
        const Estate estate = SmallEstate().thing(Kind::Disk, "vol-1").thing(Kind::Disk, "vol-2").linked();
        const auto report = reportOf(estate, {"volume-encrypted"});
        QCOMPARE(report.count(CheckVerdict::Unknown), std::size_t{2});
        QCOMPARE(report.missing.size(), std::size_t{1});
        QCOMPARE(report.missing[0].command, std::string("aws ec2 describe-volumes --region eu-central-1"));
    }

    void whatAnEngineLacksIsNamedWhereNobodyAskedForIt()
    {
        const Estate estate = SmallEstate().thing(Kind::Vm, "i-1").thing(Kind::Vm, "i-2").linked();
        const auto report = reportOf(estate, {});
        const auto isInterfaces = [](const MissingExport& one) { return one.name == "describe-network-interfaces"; };
        const auto found = std::ranges::find_if(report.missing, isInterfaces);
        QVERIFY(found != report.missing.end());
        QCOMPARE(std::ranges::count_if(report.missing, isInterfaces), 1);
        QCOMPARE(found->command, std::string("aws ec2 describe-network-interfaces --region eu-central-1"));
        QCOMPARE(report.forEngines.at(static_cast<std::uint32_t>(found - report.missing.begin())),
            std::string("which addresses and groups each machine has"));
    }

    void anEngineLacksNothingThatWasListedOrIsThere()
    {
        const auto lacksInterfaces = [](const Estate& estate) {
            return std::ranges::any_of(reportOf(estate, {}).missing,
                [](const MissingExport& one) { return one.name == "describe-network-interfaces"; });
        };
        QVERIFY(!lacksInterfaces(SmallEstate().thing(Kind::Vm, "i-1").thing(Kind::NetworkInterface, "eni-1").linked()));
        QVERIFY(!lacksInterfaces(SmallEstate().thing(Kind::Network, "vpc-1").linked()));
        QVERIFY(!lacksInterfaces(SmallEstate()
                                     .thing(Kind::Vm, "i-1")
                                     .thing(Kind::Region, "111122223333/eu-central-1")
                                     .with("read:describe-network-interfaces", true)
                                     .linked()));
        // Only spoken of: nobody has said that it is there.
        QVERIFY(lacksInterfaces(SmallEstate().thing(Kind::Vm, "i-1").to(EdgeKind::AttachedTo, "eni-1").linked()));
    }

    void aReplicaNeedsNoBackupsOfItsOwn()
    {
        const Estate estate = SmallEstate()
                                  .thing(Kind::SqlDb, "db")
                                  .with("backup_days", std::int64_t{7})
                                  .thing(Kind::SqlDb, "replica")
                                  .with("backup_days", std::int64_t{0})
                                  .to(EdgeKind::CopyOf, "db")
                                  .linked();
        const auto report = reportOf(estate, {"db-instance-backup"});
        QCOMPARE(report.results.size(), std::size_t{1});
        QVERIFY(report.results[0].verdict == CheckVerdict::Pass);
    }

    void aBucketWithAPublicPolicyBehindItsBlockIsNotPublic()
    {
        const Estate estate = SmallEstate()
                                  .thing(Kind::ObjectStore, "arn:aws:s3:::blocked")
                                  .with("policy_is_public", true)
                                  .with("restrict_public_buckets", true)
                                  .with("ignore_public_acls", true)
                                  .thing(Kind::ObjectStore, "arn:aws:s3:::open")
                                  .with("policy_is_public", true)
                                  .with("restrict_public_buckets", false)
                                  .with("ignore_public_acls", false)
                                  .linked();
        const auto report = reportOf(estate, {"bucket-not-public"});
        QVERIFY(report.results[0].verdict == CheckVerdict::Pass);
        // The account's own block is not in the export, and could still stand before it.
        QVERIFY(report.results[1].verdict == CheckVerdict::Unknown);
    }

    void aCancelledRunStops()
    {
        const Estate estate = SmallEstate().thing(Kind::Disk, "vol-1").linked();
        std::stop_source stop;
        stop.request_stop();
        Progress progress(stop.get_token());
        QVERIFY(posture(estate, {}, progress).results.empty());
    }
};

QTEST_APPLESS_MAIN(PostureTest)
#include "tst_posture.moc"
