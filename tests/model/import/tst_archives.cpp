// SPDX-License-Identifier: GPL-3.0-or-later
#include "written_folder.h"

#include <QtTest>

#include <archive.h>
#include <archive_entry.h>

using namespace glacis;

namespace {

constexpr std::string_view vpcs = R"({"Vpcs":[{"VpcId":"vpc-1","OwnerId":"111122223333"}]})";

using Members = std::vector<std::pair<std::string, std::string>>;

void writeArchive(const std::filesystem::path& path, bool zip, const Members& members)
{
    archive* out = archive_write_new();
    if (zip) {
        archive_write_set_format_zip(out);
    } else {
        archive_write_set_format_pax_restricted(out);
        archive_write_add_filter_gzip(out);
    }
    archive_write_open_filename(out, path.c_str());
    for (const auto& [name, bytes] : members) {
        archive_entry* entry = archive_entry_new();
        archive_entry_set_pathname(entry, name.c_str());
        archive_entry_set_size(entry, static_cast<la_int64_t>(bytes.size()));
        archive_entry_set_filetype(entry, AE_IFREG);
        archive_entry_set_perm(entry, 0644);
        archive_write_header(out, entry);
        archive_write_data(out, bytes.data(), bytes.size());
        archive_entry_free(entry);
    }
    archive_write_close(out);
    archive_write_free(out);
}

} // namespace

class ArchivesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void membersAreReadLikeFilesOfAFolder_data()
    {
        QTest::addColumn<bool>("zip");
        QTest::newRow(".zip") << true;
        QTest::newRow(".tar.gz") << false;
    }
    void membersAreReadLikeFilesOfAFolder()
    {
        QFETCH(bool, zip);
        WrittenFolder folder;
        writeArchive(folder.path() / "export", zip, {{"111122223333/eu-west-1/vpcs.json", std::string(vpcs)}});
        const Estate estate = folder.estate();
        const auto vpc = estate.find("vpc-1");
        QVERIFY(vpc.has_value());
        QCOMPARE(estate.name(estate.node(*vpc).region), std::string_view("eu-west-1"));
    }

    void climbingPathsAreRefused()
    {
        WrittenFolder folder;
        writeArchive(folder.path() / "e.zip", true,
            {{"../../x.json", std::string(vpcs)}, {"/etc/x.json", std::string(vpcs)}, {"ok.json", std::string(vpcs)}});
        const Imported imported = folder.imported();
        QCOMPARE(imported.ledger.rows.size(), std::size_t{3});
        QVERIFY(imported.ledger.rows[0].problems[0].sentence.find("leads out") != std::string::npos);
        QVERIFY(imported.ledger.rows[2].facts > 0);
    }

    void aBombIsStopped()
    {
        WrittenFolder folder;
        writeArchive(folder.path() / "bomb.tar.gz", false,
            {{"zeros.json", std::string(64 << 20, ' ')}, {"after.json", std::string(vpcs)}});
        const Imported imported = folder.imported();
        QCOMPARE(imported.ledger.rows.size(), std::size_t{1});
        QVERIFY(imported.ledger.rows[0].problems[0].sentence.find("unpacks to far more") != std::string::npos);
    }

    void aMemberOverTheLimitLeavesTheOthers()
    {
        WrittenFolder folder;
        writeArchive(folder.path() / "e.tar.gz", false,
            {{"big.json", std::string(300000, ' ')}, {"ok.json", std::string(vpcs)}});
        WalkLimits limits;
        limits.fileBytes = 100000;
        const Imported imported = folder.imported(limits);
        QVERIFY(rowOf(imported.ledger, "e.tar.gz/big.json")->problems[0].sentence.find("larger") != std::string::npos);
        QVERIFY(rowOf(imported.ledger, "e.tar.gz/ok.json")->facts > 0);
    }

    void aCutArchiveKeepsWhatCameBefore()
    {
        WrittenFolder folder;
        std::string noise(200000, '\0');
        unsigned state = 7;
        for (char& c : noise) {
            state = state * 1103515245u + 12345u;
            c = static_cast<char>('a' + (state >> 16) % 26);
        }
        const auto path = folder.path() / "e.tar.gz";
        writeArchive(path, false, {{"ok.json", std::string(vpcs)}, {"noise.json", noise}});
        std::filesystem::resize_file(path, std::filesystem::file_size(path) / 2);
        const Imported imported = folder.imported();
        QVERIFY(rowOf(imported.ledger, "e.tar.gz/ok.json")->facts > 0);
        QVERIFY(imported.ledger.anythingWrong());
    }

    void anArchiveInsideAnArchiveIsNamed()
    {
        WrittenFolder folder;
        writeArchive(folder.path() / "inner.zip", true, {{"ok.json", std::string(vpcs)}});
        std::ifstream in(folder.path() / "inner.zip", std::ios::binary);
        const std::string inner{std::istreambuf_iterator<char>(in), {}};
        writeArchive(folder.path() / "outer.tar.gz", false, {{"inner.zip", inner}});
        const Imported imported = folder.imported();
        QVERIFY(rowOf(imported.ledger, "outer.tar.gz/inner.zip")->problems[0].sentence.find("inside an archive")
            != std::string::npos);
    }
};

QTEST_GUILESS_MAIN(ArchivesTest)
#include "tst_archives.moc"
