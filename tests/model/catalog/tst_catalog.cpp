// SPDX-License-Identifier: GPL-3.0-or-later
#include "catalog/catalog.h"
#include "catalog/risk.h"
#include "catalog/schema.h"
#include "collection/shell.h"

#include "estate/link.h"

#include <QtTest>

using namespace glacis;

namespace {

Estate estateWithBucket(std::string_view name)
{
    Inventory inventory;
    const ScopeId scope = inventory.scope(rootScope, "", "111122223333", "eu-central-1");
    const EvidenceId at = inventory.seen(inventory.file("a.json"), "/Buckets/0");
    ThingRow& bucket = inventory.thing(
        Kind::ObjectStore, Provider::Aws, "AWS::S3::Bucket", "arn:aws:s3:::" + std::string(name), scope, at);
    bucket.name = inventory.text(name);
    ThingRow& disk = inventory.thing(Kind::Disk, Provider::Aws, "AWS::EC2::Volume", "vol-1", scope, at);
    disk.name = inventory.text("data");
    Progress progress;
    return link(std::move(inventory), progress);
}

} // namespace

class CatalogTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theBuiltInTableFitsItsSchema()
    {
        Table table = loadTable("catalog/properties.json", "catalog/schema.json", "properties");
        (void)Catalog::from(table.json, table.faults);
        for (const SchemaFault& fault : table.faults)
            qWarning("%s: %s", fault.pointer.c_str(), fault.sentence.c_str());
        QVERIFY(table.faults.empty());
    }

    void aSettingHasOneRowForAKind()
    {
        const auto& settings = Catalog::builtIn().settings();
        for (const auto& row : settings) {
            for (const Kind kind : row.kinds)
                QVERIFY2(Catalog::builtIn().setting(row.key, kind) == &row, row.key.c_str());
        }
    }

    void anUnknownKindIsAFault()
    {
        std::vector<SchemaFault> faults;
        const Json row = {{"key", "x"}, {"type", "flag"}, {"title", "X"}, {"kinds", {"teapot"}}, {"exports", {}}};
        (void)Catalog::from(Json{{"properties", {row}}}, faults);
        QCOMPARE(faults.size(), std::size_t{1});
        QCOMPARE(faults[0].pointer, std::string("/properties/0"));
    }

    void aMissingExportNamesTheCommand()
    {
        const Estate estate = estateWithBucket("logs");
        const auto missing = Catalog::builtIn().exportOf(estate, *estate.find("arn:aws:s3:::logs"), "versioning");
        QCOMPARE(missing->name, std::string("get-bucket-versioning"));
        QCOMPARE(missing->command, std::string("aws s3api get-bucket-versioning --bucket logs"));
    }

    void aCommandNamesTheRegionOfTheThing()
    {
        const Estate estate = estateWithBucket("logs");
        const auto missing = Catalog::builtIn().exportOf(estate, *estate.find("vol-1"), "encrypted");
        QCOMPARE(missing->command, std::string("aws ec2 describe-volumes --region eu-central-1"));
    }

    void aCommandForAnAccountNamesTheAccountAndNoRegion()
    {
        const Estate estate = estateWithBucket("logs");
        const auto missing = Catalog::builtIn().listingOf(estate, *estate.find("111122223333"), Kind::AuditLog);
        QCOMPARE(missing->command, std::string("aws cloudtrail describe-trails"));
        QCOMPARE(missing->account, std::string("111122223333"));
    }

    void aNameFromAnExportCannotBecomeACommand()
    {
        const Estate estate = estateWithBucket("x; rm -rf ~ '$(id)'");
        const auto missing =
            Catalog::builtIn().exportOf(estate, estate.ofKind(Kind::ObjectStore).front(), "versioning");
        QCOMPARE(
            missing->command, std::string(R"(aws s3api get-bucket-versioning --bucket 'x; rm -rf ~ '\''$(id)'\''')"));
        QCOMPARE(shellQuoted("--output"), std::string("'--output'"));
        QCOMPARE(shellQuoted("a\nb"), std::string("'ab'"));
        QCOMPARE(shellQuoted(""), std::string("''"));
    }

    void anotherProvidersThingHasNoAwsCommand()
    {
        Inventory inventory;
        const EvidenceId at = inventory.seen(inventory.file("a.json"), "");
        inventory.thing(Kind::Disk, Provider::Azure, "Microsoft.Compute/disks", "disk-1", rootScope, at);
        Progress progress;
        const Estate estate = link(std::move(inventory), progress);
        QVERIFY(!Catalog::builtIn().exportOf(estate, *estate.find("disk-1"), "encrypted"));
    }

    void risksReadBackAsTheyAreWritten()
    {
        for (const Risk risk : {Risk::Info, Risk::Low, Risk::Medium, Risk::High, Risk::Critical})
            QVERIFY(riskNamed(name(risk)) == risk);
        QVERIFY(!riskNamed("terrible"));
        QVERIFY(Risk::Critical > Risk::High);
    }
};

QTEST_APPLESS_MAIN(CatalogTest)
#include "tst_catalog.moc"
