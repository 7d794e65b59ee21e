// SPDX-License-Identifier: GPL-3.0-or-later
#include "catalog/schema.h"
#include "posture/check_set.h"
#include "small_estate.h"

#include <QtTest>

using namespace glacis;

namespace {

/// The test as the only one of a check that looks at things of a kind.
CheckTest testOf(const char* json, Kind kind)
{
    const Json row = {{"id", "x"}, {"kinds", {info(kind).name}}, {"test", Json::parse(json)}};
    std::vector<SchemaFault> faults;
    CheckSet set = CheckSet::from(Json{{"checks", {row}}}, Catalog::builtIn(), faults);
    for (const SchemaFault& fault : faults)
        qFatal("%s", fault.sentence.c_str());
    return set.checks.front().test;
}

CheckOutcome outcomeOf(const Estate& estate, const char* id, const char* json,
    std::optional<std::int64_t> asOf = std::nullopt, std::int64_t notBefore = 0)
{
    const NodeId node = *estate.find(id);
    return evaluate(testOf(json, estate.kind(node)), node, {estate, Catalog::builtIn(), notBefore, asOf});
}

CheckVerdict verdictOf(const Estate& estate, const char* id, const char* json)
{
    return outcomeOf(estate, id, json).verdict;
}

constexpr const char* multiZone = R"({"flag": "multi_zone", "is": true})";
constexpr const char* encrypted = R"({"flag": "encrypted", "is": true})";

} // namespace

class CheckTestTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aSettingPassesFailsOrIsUnknown()
    {
        const Estate estate = SmallEstate()
                                  .thing(Kind::SqlDb, "on")
                                  .with("encrypted", true)
                                  .thing(Kind::SqlDb, "off")
                                  .with("encrypted", false)
                                  .thing(Kind::SqlDb, "unsaid")
                                  .linked();
        QVERIFY(verdictOf(estate, "on", encrypted) == CheckVerdict::Pass);
        QVERIFY(verdictOf(estate, "off", encrypted) == CheckVerdict::Fail);
        QVERIFY(verdictOf(estate, "unsaid", encrypted) == CheckVerdict::Unknown);
    }

    void whatDecidedIsKept()
    {
        const Estate estate = SmallEstate().thing(Kind::SqlDb, "off").with("encrypted", false).linked();
        const CheckOutcome outcome = outcomeOf(estate, "off", encrypted);
        QCOMPARE(outcome.because.size(), std::size_t{1});
        QVERIFY(outcome.missing.empty());
    }

    void anUnknownNamesTheExportAndTheCommand()
    {
        const Estate estate = SmallEstate().thing(Kind::SqlDb, "unsaid").linked();
        const CheckOutcome outcome = outcomeOf(estate, "unsaid", encrypted);
        QCOMPARE(outcome.missing.size(), std::size_t{1});
        QCOMPARE(outcome.missing.begin()->name, std::string("describe-db-instances"));
        QCOMPARE(outcome.missing.begin()->command, std::string("aws rds describe-db-instances --region eu-central-1"));
    }

    void onePassDecidesAnyWhateverIsUnknown()
    {
        const Estate estate = SmallEstate().thing(Kind::SqlDb, "db").with("encrypted", true).linked();
        const CheckOutcome outcome = outcomeOf(
            estate, "db", R"({"any": [{"flag": "multi_zone", "is": true}, {"flag": "encrypted", "is": true}]})");
        QVERIFY(outcome.verdict == CheckVerdict::Pass);
        QVERIFY(outcome.missing.empty());
    }

    void oneFailureDecidesAllWhateverIsUnknown()
    {
        const Estate estate = SmallEstate().thing(Kind::SqlDb, "db").with("encrypted", false).linked();
        const char* all = R"({"all": [{"flag": "multi_zone", "is": true}, {"flag": "encrypted", "is": true}]})";
        QVERIFY(verdictOf(estate, "db", all) == CheckVerdict::Fail);
    }

    void unknownStaysUnknownWhereNothingDecides()
    {
        const Estate estate = SmallEstate()
                                  .thing(Kind::SqlDb, "on")
                                  .with("encrypted", true)
                                  .thing(Kind::SqlDb, "off")
                                  .with("encrypted", false)
                                  .linked();
        const char* all = R"({"all": [{"flag": "multi_zone", "is": true}, {"flag": "encrypted", "is": true}]})";
        const char* any = R"({"any": [{"flag": "multi_zone", "is": true}, {"flag": "encrypted", "is": true}]})";
        QVERIFY(verdictOf(estate, "on", all) == CheckVerdict::Unknown);
        QVERIFY(verdictOf(estate, "off", any) == CheckVerdict::Unknown);
        QVERIFY(verdictOf(estate, "on", R"({"not": {"flag": "multi_zone", "is": true}})") == CheckVerdict::Unknown);
        QVERIFY(verdictOf(estate, "on", R"({"not": {"flag": "encrypted", "is": true}})") == CheckVerdict::Fail);
        QVERIFY(verdictOf(estate, "on", multiZone) == CheckVerdict::Unknown);
    }

    void wordsAndNumbersAreCompared()
    {
        const Estate estate = SmallEstate()
                                  .thing(Kind::Vm, "i-1")
                                  .with("metadata_tokens", "optional")
                                  .thing(Kind::SqlDb, "db")
                                  .with("backup_days", std::int64_t{7})
                                  .linked();
        QVERIFY(verdictOf(estate, "i-1", R"({"word": "metadata_tokens", "in": ["required"]})") == CheckVerdict::Fail);
        QVERIFY(verdictOf(estate, "i-1", R"({"word": "metadata_tokens", "in": ["required", "optional"]})")
            == CheckVerdict::Pass);
        QVERIFY(verdictOf(estate, "db", R"({"number": "backup_days", "atLeast": 7})") == CheckVerdict::Pass);
        QVERIFY(verdictOf(estate, "db", R"({"number": "backup_days", "atLeast": 8})") == CheckVerdict::Fail);
    }

    void aSettingOfTheAccountCanDecide()
    {
        const Estate estate =
            SmallEstate().with("restrict_public_buckets", true).thing(Kind::ObjectStore, "arn:aws:s3:::b").linked();
        QVERIFY(
            verdictOf(estate, "arn:aws:s3:::b", R"({"flag": "restrict_public_buckets", "is": true, "on": "account"})")
            == CheckVerdict::Pass);
        QVERIFY(verdictOf(estate, "arn:aws:s3:::b", R"({"flag": "restrict_public_buckets", "is": true})")
            == CheckVerdict::Unknown);
    }

    void anAgeIsCertainWithTheDayOfTheExport()
    {
        constexpr std::int64_t day = 86400;
        const Estate estate =
            SmallEstate().thing(Kind::User, "u").with("access_key_1_rotated", std::int64_t{100 * day}).linked();
        const char* young = R"({"age": "access_key_1_rotated", "atMostDays": 90})";
        QVERIFY(outcomeOf(estate, "u", young, 190 * day).verdict == CheckVerdict::Pass);
        QVERIFY(outcomeOf(estate, "u", young, 191 * day).verdict == CheckVerdict::Fail);
    }

    void withoutTheDayOnlyTooOldIsCertain()
    {
        constexpr std::int64_t day = 86400;
        const Estate estate =
            SmallEstate().thing(Kind::User, "u").with("access_key_1_rotated", std::int64_t{100 * day}).linked();
        const char* young = R"({"age": "access_key_1_rotated", "atMostDays": 90})";
        QVERIFY(outcomeOf(estate, "u", young, std::nullopt, 300 * day).verdict == CheckVerdict::Fail);
        const CheckOutcome open = outcomeOf(estate, "u", young, std::nullopt, 120 * day);
        QVERIFY(open.verdict == CheckVerdict::Unknown);
        QCOMPARE(open.missing.begin()->name, std::string("the day on which the export was made"));
    }

    void anInwardEdgeThatIsNotThereIsUnknownUntilTheListingWasRead()
    {
        const char* watched = R"({"edge": "watches", "direction": "in", "kind": "flow_log"})";
        const Estate nothingListed = SmallEstate().thing(Kind::Network, "vpc-1").linked();
        const CheckOutcome open = outcomeOf(nothingListed, "vpc-1", watched);
        QVERIFY(open.verdict == CheckVerdict::Unknown);
        QCOMPARE(open.missing.begin()->name, std::string("describe-flow-logs"));

        const Estate anotherListed = SmallEstate()
                                         .thing(Kind::Network, "vpc-1")
                                         .thing(Kind::Network, "vpc-2")
                                         .thing(Kind::FlowLog, "fl-1")
                                         .to(EdgeKind::Watches, "vpc-2")
                                         .linked();
        QVERIFY(verdictOf(anotherListed, "vpc-1", watched) == CheckVerdict::Fail);
        QVERIFY(verdictOf(anotherListed, "vpc-2", watched) == CheckVerdict::Pass);
    }

    void theMarkOfAnEmptyListingCounts()
    {
        const Estate estate = SmallEstate()
                                  .thing(Kind::Network, "vpc-1")
                                  .thing(Kind::Region, "111122223333/eu-central-1")
                                  .with("read:describe-flow-logs", true)
                                  .linked();
        QVERIFY(verdictOf(estate, "vpc-1", R"({"edge": "watches", "direction": "in", "kind": "flow_log"})")
            == CheckVerdict::Fail);
    }

    void anEdgeCanAskForMoreOfItsOtherEnd()
    {
        const char* all = R"({"edge": "watches", "direction": "in", "kind": "flow_log",
            "where": {"word": "traffic", "in": ["ALL"]}})";
        const Estate estate = SmallEstate()
                                  .thing(Kind::Network, "vpc-1")
                                  .thing(Kind::Network, "vpc-2")
                                  .thing(Kind::FlowLog, "fl-1")
                                  .with("traffic", "REJECT")
                                  .to(EdgeKind::Watches, "vpc-1")
                                  .thing(Kind::FlowLog, "fl-2")
                                  .with("traffic", "ALL")
                                  .to(EdgeKind::Watches, "vpc-2")
                                  .linked();
        QVERIFY(verdictOf(estate, "vpc-1", all) == CheckVerdict::Fail);
        QVERIFY(verdictOf(estate, "vpc-2", all) == CheckVerdict::Pass);
    }

    void anOutwardEdgeIsInTheThingsOwnDescription()
    {
        const Estate estate =
            SmallEstate().thing(Kind::SqlDb, "db").thing(Kind::SqlDb, "copy").to(EdgeKind::CopyOf, "db").linked();
        const char* copy = R"({"edge": "copy_of", "direction": "out"})";
        QVERIFY(verdictOf(estate, "copy", copy) == CheckVerdict::Pass);
        QVERIFY(verdictOf(estate, "db", copy) == CheckVerdict::Fail);
    }

    void aPlaceHoldsWhatLiesInIt()
    {
        const Estate estate = SmallEstate()
                                  .thing(Kind::AuditLog, "arn:aws:cloudtrail:eu-central-1:111122223333:trail/one")
                                  .with("multi_region", false)
                                  .linked();
        const char* every = R"({"holds": "audit_log", "where": {"flag": "multi_region", "is": true}})";
        QVERIFY(verdictOf(estate, "111122223333", every) == CheckVerdict::Fail);
        QVERIFY(verdictOf(estate, "111122223333", R"({"holds": "audit_log"})") == CheckVerdict::Pass);
        const CheckOutcome open = outcomeOf(estate, "111122223333/eu-central-1", R"({"holds": "threat_detector"})");
        QVERIFY(open.verdict == CheckVerdict::Unknown);
        QCOMPARE(open.missing.begin()->command, std::string("aws guardduty list-detectors --region eu-central-1"));
    }
};

QTEST_APPLESS_MAIN(CheckTestTest)
#include "tst_check_test.moc"
