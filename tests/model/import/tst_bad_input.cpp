// SPDX-License-Identifier: GPL-3.0-or-later
#include "written_folder.h"

#include <QtTest>

#include <sys/stat.h>
#include <unistd.h>

using namespace glacis;

namespace {

constexpr std::string_view goodVpc =
    R"({"Vpcs":[{"VpcId":"vpc-1","CidrBlock":"10.0.0.0/16","OwnerId":"111122223333"}]})";

/// The bad file has exactly one line in the ledger that holds `word`, and the good file beside it still counts.
void verifyOneLine(const Imported& imported, std::string_view file, std::string_view word)
{
    const LedgerRow* bad = rowOf(imported.ledger, file);
    QVERIFY(bad);
    QCOMPARE(bad->problems.size(), std::size_t{1});
    QVERIFY2(bad->problems[0].sentence.find(word) != std::string::npos, bad->problems[0].sentence.c_str());
    const LedgerRow* good = rowOf(imported.ledger, "good.json");
    QVERIFY(good);
    QVERIFY(good->facts > 0 && good->problems.empty());
}

} // namespace

class BadInputTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void eachBadFileIsOneLineAndTheRestStands_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QByteArray>("word");
        QTest::newRow("empty") << QByteArray() << QByteArray("empty");
        QTest::newRow("white space") << QByteArray(" \n\n") << QByteArray("white space");
        QTest::newRow("binary") << QByteArray("\x7F"
                                              "ELF\0\0\1\2\xFF",
            9) << QByteArray("not text");
        QTest::newRow("Latin-1") << QByteArray("{\"Vpcs\":[{\"VpcId\":\"caf\xE9\"}]}") << QByteArray("not text");
        QTest::newRow("truncated") << QByteArray("{\"Subnets\":[{\"SubnetId\":\"subnet-1\"},{\"Subne")
                                   << QByteArray("cut off");
        QTest::newRow("broken") << QByteArray("{\"Subnets\":[{\"SubnetId\":\"subnet-1\"},\n]]}")
                                << QByteArray("line 2");
        QTest::newRow("deep") << QByteArray("{\"Subnets\":" + QByteArray(100000, '[')) << QByteArray("deeply");
    }
    void eachBadFileIsOneLineAndTheRestStands()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QByteArray, word);
        WrittenFolder folder;
        folder.file("bad.json", bytes.toStdString()).file("good.json", goodVpc);
        verifyOneLine(folder.imported(), "bad.json", word.toStdString());
    }

    void whatStandsBeforeTheCutIsKept()
    {
        WrittenFolder folder;
        folder.file("cut.json", "{\"Vpcs\":[{\"VpcId\":\"vpc-7\",\"OwnerId\":\"111122223333\"},{\"VpcId\":\"vp");
        QVERIFY(folder.estate().find("vpc-7").has_value());
    }

    void aFileOverTheLimitIsNotLoaded()
    {
        WrittenFolder folder;
        folder.file("good.json", goodVpc).file("huge.json", "{\"Vpcs\":\"");
        // Sparse: two GiB for the reader, nothing for the disk.
        std::filesystem::resize_file(folder.path() / "huge.json", 2ull << 30);
        verifyOneLine(folder.imported(), "huge.json", "larger than the limit");
    }

    void aFileThatMayNotBeReadIsOneLine()
    {
        if (geteuid() == 0)
            QSKIP("root may read everything");
        WrittenFolder folder;
        folder.file("good.json", goodVpc).file("secret.json", goodVpc);
        std::filesystem::permissions(folder.path() / "secret.json", std::filesystem::perms::none);
        verifyOneLine(folder.imported(), "secret.json", "permissions");
    }

    void aLinkOutOfTheFolderIsNotFollowed()
    {
        WrittenFolder elsewhere, folder;
        elsewhere.file("vpcs.json", goodVpc);
        folder.file("good.json", goodVpc);
        std::filesystem::create_symlink(elsewhere.path() / "vpcs.json", folder.path() / "link.json");
        std::filesystem::create_symlink("nowhere", folder.path() / "dangling.json");
        const Imported imported = folder.imported();
        verifyOneLine(imported, "link.json", "out of the folder");
        verifyOneLine(imported, "dangling.json", "out of the folder");
    }

    void aLoopOfLinksEnds()
    {
        WrittenFolder folder;
        folder.file("a/good.json", goodVpc);
        std::filesystem::create_directory_symlink("..", folder.path() / "a" / "up");
        QVERIFY(folder.imported().ledger.rows.size() < 200);
    }

    void somethingThatIsNoFileIsNotOpened()
    {
        WrittenFolder folder;
        folder.file("good.json", goodVpc);
        QCOMPARE(mkfifo((folder.path() / "pipe.json").c_str(), 0600), 0);
        verifyOneLine(folder.imported(), "pipe.json", "not a regular file");
    }

    void wrongTypesInsideAReplyDoNoHarm()
    {
        WrittenFolder folder;
        folder.file("good.json", goodVpc)
            .file("odd.json",
                R"({"SecurityGroups":[1,"x",null,[],{"GroupId":5},{"GroupId":"sg-1","IpPermissions":{"a":1}},
                {"GroupId":"sg-2","IpPermissions":[{"IpProtocol":6,"IpRanges":["x",{"CidrIp":"300.0.0.1/8"}]}]}],
                "RouteTables":[{"RouteTableId":"rtb-1","Routes":[{}],"Associations":[3]}],"Reservations":[{"Instances":"none"}],
                "RoleDetailList":[{"Arn":"arn:aws:iam::111122223333:role/r","AssumeRolePolicyDocument":"%7Bnot json"}]})");
        const Estate estate = folder.estate();
        QVERIFY(estate.find("sg-1").has_value());
        QVERIFY(estate.firewall(*estate.find("sg-2")).empty());
    }

    void aThingThatIsItsOwnParentDoesNotHangTheLinking()
    {
        WrittenFolder folder;
        folder.file("a.json",
            R"({"Subnets":[{"SubnetId":"subnet-a","VpcId":"subnet-b"},{"SubnetId":"subnet-b","VpcId":"subnet-a"},
            {"SubnetId":"subnet-c","VpcId":"subnet-c"}]})");
        const Estate estate = folder.estate();
        QVERIFY(!estate.within(*estate.find("subnet-a"), Kind::Organization));
        QVERIFY(!estate.within(*estate.find("subnet-c"), Kind::Organization));
    }

    void aCancelledImportKeepsWhatWasRead()
    {
        WrittenFolder folder;
        folder.file("a.json", goodVpc);
        std::stop_source stop;
        stop.request_stop();
        Progress progress(stop.get_token());
        const std::filesystem::path input = folder.path();
        QVERIFY(import({&input, 1}, readers(), progress).ledger.rows.empty());
    }

    void aMissingInputSaysSo()
    {
        Progress progress;
        const std::filesystem::path input = "/nonexistent/export";
        const Imported imported = import({&input, 1}, readers(), progress);
        QCOMPARE(imported.ledger.rows.size(), std::size_t{1});
        QVERIFY(!imported.ledger.anythingRead());
    }
};

QTEST_GUILESS_MAIN(BadInputTest)
#include "tst_bad_input.moc"
