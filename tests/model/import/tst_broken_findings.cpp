// SPDX-License-Identifier: GPL-3.0-or-later
#include "written_folder.h"

#include <QtTest>

using namespace glacis;

namespace {

/// A file of each format, with an end that is still to come.
struct Format {
    const char* name;
    const char* format;
    const char* file;
    const char* begin; ///< up to the value of a member that may be anything
    const char* end;
};
const Format formats[] = {
    {"OCSF", "findings in OCSF", "a.json",
        "[{\"class_uid\":2004,\"finding_info\":{\"uid\":\"f\"},\"resources\":", "}]"},
    {"ASFF", "findings in ASFF (Security Hub)", "a.json",
        "{\"Findings\":[{\"SchemaVersion\":\"2018-10-08\",\"ProductArn\":\"p\",\"Resources\":", "}]}"},
    {"GuardDuty", "GuardDuty findings", "a.json",
        "{\"Findings\":[{\"AccountId\":\"1\",\"Severity\":8,\"Type\":\"t\",\"Resource\":", "}]}"},
    {"Access Analyzer", "IAM Access Analyzer findings", "a.json",
        "{\"findings\":[{\"id\":\"i\",\"resourceType\":\"t\",\"status\":\"ACTIVE\",\"resourceOwnerAccount\":\"1\","
        "\"action\":",
        "}]}"},
    {"ScoutSuite", "ScoutSuite results", "a.js", "scoutsuite_results =\n{\"account_id\":\"1\",\"services\":", "}"},
    {"Steampipe", "Steampipe or CloudQuery table", "aws_iam_role.json",
        "[{\"arn\":\"arn:aws:iam::111122223333:role/r\",\"inline_policies\":", "}]"},
    {"AWS Config", "AWS Config", "a.json",
        "{\"configurationItems\":[{\"resourceType\":\"AWS::ECS::Cluster\",\"configuration\":", "}]}"},
    {"query", "AWS Config", "a.json", "{\"QueryInfo\":{},\"Results\":[", "]}"},
    {"constants", "constants of a program's tests", "a.json",
        "{\"DESCRIBE_SGS\":[{\"GroupId\":\"sg-1\",\"IpPermissions\":", "}]}"},
};

LedgerRow imported(const std::string& file, const std::string& text)
{
    WrittenFolder folder;
    const Imported result = folder.file(file, text).imported();
    return result.ledger.rows.size() == 1 ? result.ledger.rows[0] : LedgerRow();
}

} // namespace

class BrokenFindingsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aFileThatIsCutOffIsOneProblem_data() { eachFormat(); }
    void aFileThatIsCutOffIsOneProblem()
    {
        QFETCH(int, at);
        const Format& format = formats[at];
        const LedgerRow row = imported(format.file, std::string(format.begin) + "[{\"x\":");
        QCOMPARE(row.format, std::string(format.format));
        QCOMPARE(row.problems.size(), std::size_t{1});
    }

    void tenThousandLevelsAreOneProblem_data() { eachFormat(); }
    void tenThousandLevelsAreOneProblem()
    {
        QFETCH(int, at);
        const Format& format = formats[at];
        const LedgerRow row =
            imported(format.file, format.begin + std::string(10000, '[') + std::string(10000, ']') + format.end);
        QCOMPARE(row.format, std::string(format.format));
        QCOMPARE(row.problems.size(), std::size_t{1});
        QVERIFY(row.problems[0].sentence.find("deep") != std::string::npos);
    }

    void whatIsOfAnotherTypeIsNoProblem_data()
    {
        QTest::addColumn<int>("at");
        QTest::addColumn<QByteArray>("value");
        for (const char* value : {"null", "7", "\"x\"", "[]", "{}", "[[],7]", "{\"x\":[{}]}", "[{\"x\":{\"y\":7}}]"}) {
            for (int i = 0; i < static_cast<int>(std::size(formats)); ++i)
                QTest::addRow("%s %s", formats[i].name, value) << i << QByteArray(value);
        }
    }
    void whatIsOfAnotherTypeIsNoProblem()
    {
        QFETCH(int, at);
        QFETCH(QByteArray, value);
        const Format& format = formats[at];
        const LedgerRow row = imported(format.file, format.begin + value.toStdString() + format.end);
        QCOMPARE(row.format, std::string(format.format));
        QVERIFY(row.problems.empty());
        QVERIFY(row.facts > 0 || !row.leftOut.empty());
    }

    /// One of each way in which files are walked: by element, as a whole, as a table.
    void aLineOfAHundredMegabytesIsRead_data()
    {
        QTest::addColumn<int>("at");
        QTest::newRow(formats[0].name) << 0;
        QTest::newRow(formats[4].name) << 4;
        QTest::newRow("Prowler table") << -1;
    }
    void aLineOfAHundredMegabytesIsRead()
    {
        QFETCH(int, at);
        const std::string filling(std::size_t{100} << 20, 'x');
        const LedgerRow row = at < 0
            ? imported(
                "a.csv", "CHECK_ID;STATUS;STATUS_EXTENDED;ACCOUNT_UID\nc;FAIL;\"" + filling + "\";111122223333\n")
            : imported(formats[at].file, std::string(formats[at].begin) + '"' + filling + '"' + formats[at].end);
        QCOMPARE(row.format, std::string(at < 0 ? "Prowler table" : formats[at].format));
        QVERIFY(row.problems.empty());
    }

    void aRecordInALineOfItsOwnThatIsCutOffLeavesTheOthers()
    {
        const LedgerRow row = imported("aws_ec2_vpcs.json",
            "{\"_cq_id\":\"1\",\"vpc_id\":\"vpc-1\"}\n{\"_cq_id\":\"2\",\"vpc_id\":\n{\"_cq_id\":\"3\",\"vpc_id\":"
            "\"vpc-3\"}\n");
        QCOMPARE(row.problems.size(), std::size_t{1});
        QCOMPARE(row.problems[0].place.line, 2);
        QVERIFY(row.facts >= 2);
    }

private:
    static void eachFormat()
    {
        QTest::addColumn<int>("at");
        for (int i = 0; i < static_cast<int>(std::size(formats)); ++i)
            QTest::newRow(formats[i].name) << i;
    }
};

QTEST_GUILESS_MAIN(BrokenFindingsTest)
#include "tst_broken_findings.moc"
