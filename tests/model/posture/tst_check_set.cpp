// SPDX-License-Identifier: GPL-3.0-or-later
#include "catalog/schema.h"
#include "posture/check_set.h"
#include "responsibility/responsibility_table.h"

#include <QtTest>

using namespace glacis;

namespace {

std::vector<SchemaFault> faultsOf(const Json& test, const char* kind = "sql_db")
{
    const Json row = {{"id", "x"}, {"kinds", {kind}}, {"test", test}};
    std::vector<SchemaFault> faults;
    (void)CheckSet::from(Json{{"checks", {row}}}, Catalog::builtIn(), faults);
    return faults;
}

} // namespace

class CheckSetTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theBuiltInChecksFitTheirSchemaAndTheCatalogue()
    {
        Table table = loadTable("checks/basic.json", "checks/schema.json", "checks");
        const CheckSet set = CheckSet::from(table.json, Catalog::builtIn(), table.faults);
        for (const SchemaFault& fault : table.faults)
            qWarning("%s: %s", fault.pointer.c_str(), fault.sentence.c_str());
        QVERIFY(table.faults.empty());
        QVERIFY(set.checks.size() > 30);
    }

    void everyCheckSpeaksOfALayerAndAColumnOfTheResponsibilityTable()
    {
        const auto& table = ResponsibilityTable::builtIn();
        for (const Check& check : CheckSet::builtIn().checks) {
            QVERIFY2(table.layerNamed(check.layer).has_value(), check.id.c_str());
            for (const Kind kind : check.kinds)
                QVERIFY2(table.modelOf(kind).has_value() || kind == Kind::Region, check.id.c_str());
        }
    }

    void noCheckIsOnTheProvidersSide()
    {
        const auto& table = ResponsibilityTable::builtIn();
        for (const Check& check : CheckSet::builtIn().checks) {
            for (const Kind kind : check.kinds) {
                const auto model = table.modelOf(kind);
                if (!model)
                    continue;
                const auto& duty = table.duty(*table.of(Provider::Aws), *table.layerNamed(check.layer), *model);
                QVERIFY2(duty.side != Side::Provider, check.id.c_str());
            }
        }
    }

    void aSettingThatTheCatalogueLacksIsAFault()
    {
        QVERIFY(faultsOf({{"flag", "encrypted"}, {"is", true}}).empty());
        QCOMPARE(faultsOf({{"flag", "encripted"}, {"is", true}}).size(), std::size_t{1});
        QCOMPARE(faultsOf({{"flag", "mfa"}, {"is", true}}).size(), std::size_t{1});
    }

    void aTestSaysOneThing()
    {
        QCOMPARE(faultsOf(Json::object()).size(), std::size_t{1});
        QCOMPARE(faultsOf({{"flag", "encrypted"}, {"is", true}, {"holds", "disk"}}).size(), std::size_t{1});
        QCOMPARE(faultsOf({{"flag", "encrypted"}}).size(), std::size_t{1});
    }

    void unknownKindsAndEdgesAreFaults()
    {
        QCOMPARE(faultsOf({{"holds", "teapot"}}).size(), std::size_t{1});
        QCOMPARE(faultsOf({{"edge", "admires"}, {"direction", "out"}}).size(), std::size_t{1});
        QCOMPARE(faultsOf({{"edge", "watches"}, {"direction", "in"}}).size(), std::size_t{1});
    }

    void anIdStandsOnce()
    {
        const Json row = {{"id", "x"}, {"kinds", {"disk"}}, {"test", {{"flag", "encrypted"}, {"is", true}}}};
        std::vector<SchemaFault> faults;
        (void)CheckSet::from(Json{{"checks", {row, row}}}, Catalog::builtIn(), faults);
        QCOMPARE(faults.size(), std::size_t{1});
    }
};

QTEST_APPLESS_MAIN(CheckSetTest)
#include "tst_check_set.moc"
