// SPDX-License-Identifier: GPL-3.0-or-later
#include "catalog/schema.h"
#include "responsibility/responsibility_table.h"

#include <QtTest>

#include <set>

using namespace glacis;

namespace {

constexpr const char* providerFiles[] = {
    "responsibility/aws.json", "responsibility/azure.json", "responsibility/gcp.json"};

Json part(const char* path, const char* definition)
{
    return loadTable(path, "responsibility/schema.json", definition).json;
}

std::vector<SchemaFault> faultsWith(const Json& layers, const Json& provider)
{
    std::vector<SchemaFault> faults;
    const Json providers[] = {provider};
    (void)ResponsibilityTable::from(layers, providers, faults);
    return faults;
}

Side sideOf(Provider provider, const char* layer, const char* model)
{
    const auto& table = ResponsibilityTable::builtIn();
    const auto column =
        std::find_if(table.models.begin(), table.models.end(), [&](const auto& row) { return row.id == model; });
    return table
        .duty(*table.of(provider), *table.layerNamed(layer), static_cast<std::size_t>(column - table.models.begin()))
        .side;
}

} // namespace

class ResponsibilityTableTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theBuiltInTablesFitTheirSchema()
    {
        QVERIFY(loadTable("responsibility/layers.json", "responsibility/schema.json", "layers").faults.empty());
        for (const char* file : providerFiles)
            QVERIFY2(loadTable(file, "responsibility/schema.json", "provider").faults.empty(), file);
    }

    void theBuiltInTablesHangTogether()
    {
        for (const char* file : providerFiles) {
            const auto faults = faultsWith(part("responsibility/layers.json", "layers"), part(file, "provider"));
            for (const SchemaFault& fault : faults)
                qWarning("%s %s: %s", file, fault.pointer.c_str(), fault.sentence.c_str());
            QVERIFY(faults.empty());
        }
    }

    void theFiveAndSixClassicItemsAreThere()
    {
        const auto& table = ResponsibilityTable::builtIn();
        const auto count = [&](Side side) {
            return std::count_if(
                table.layers.begin(), table.layers.end(), [&](const auto& layer) { return layer.classic == side; });
        };
        QCOMPARE(count(Side::Provider), 5);
        QCOMPARE(count(Side::Customer), 6);
        for (const char* layer : {"patching", "backup", "keys"})
            QVERIFY(table.layerNamed(layer).has_value());
    }

    void everyCellHasBothDutiesAndItsSource()
    {
        const auto& table = ResponsibilityTable::builtIn();
        QCOMPARE(table.providers.size(), std::size_t{3});
        for (const auto& provider : table.providers) {
            QCOMPARE(provider.duties.size(), table.layers.size() * table.models.size());
            for (const Duty& duty : provider.duties) {
                QVERIFY(duty.provider.ends_with('.') && duty.customer.ends_with('.'));
                QVERIFY(!duty.source.empty() && !duty.publisher.empty());
                QVERIFY(duty.provider.find_first_of("{}") == std::string::npos);
            }
        }
    }

    void dataAndIdentityAreAlwaysTheCustomers()
    {
        const auto& table = ResponsibilityTable::builtIn();
        for (const auto& provider : table.providers) {
            for (const auto& model : table.models) {
                QVERIFY(sideOf(provider.provider, "data", model.id.c_str()) == Side::Customer);
                QVERIFY(sideOf(provider.provider, "identity", model.id.c_str()) == Side::Customer);
            }
        }
    }

    void whatLiesUnderTheServiceIsAlwaysTheProviders()
    {
        const auto& table = ResponsibilityTable::builtIn();
        for (const auto& provider : table.providers) {
            for (const auto& model : table.models) {
                for (const char* layer :
                    {"service_software", "virtualisation", "network_infrastructure", "hardware", "facilities"})
                    QVERIFY(sideOf(provider.provider, layer, model.id.c_str()) == Side::Provider);
            }
        }
    }

    void theGuestSystemIsTheCustomersOnAMachineOnly()
    {
        QVERIFY(sideOf(Provider::Aws, "operating_system", "virtual_machine") == Side::Customer);
        QVERIFY(sideOf(Provider::Aws, "operating_system", "managed_database") == Side::Provider);
        QVERIFY(sideOf(Provider::Aws, "operating_system", "function") == Side::Provider);
        QVERIFY(sideOf(Provider::Gcp, "operating_system", "managed_container") == Side::Shared);
    }

    void providersDifferWhereTheirPagesDo()
    {
        QVERIFY(sideOf(Provider::Aws, "encryption", "virtual_machine") == Side::Customer);
        QVERIFY(sideOf(Provider::Gcp, "encryption", "virtual_machine") == Side::Shared);
        QVERIFY(sideOf(Provider::Azure, "network_configuration", "managed_database") == Side::Shared);
    }

    void theBoundaryFallsFromMachineToFinishedSoftware()
    {
        const auto& table = ResponsibilityTable::builtIn();
        for (const auto& provider : table.providers) {
            const auto boundary = [&](const char* id) {
                std::size_t model = 0;
                while (table.models[model].id != id)
                    ++model;
                return table.boundary(provider, model);
            };
            QVERIFY(boundary("virtual_machine") >= boundary("managed_database"));
            QVERIFY(boundary("managed_database") > boundary("object_store"));
            QVERIFY(boundary("object_store") > boundary("saas"));
            QCOMPARE(boundary("virtual_machine"), *table.layerNamed("service_software"));
        }
    }

    void aKindSitsInOneColumn()
    {
        const auto& table = ResponsibilityTable::builtIn();
        QCOMPARE(table.models[*table.modelOf(Kind::Disk)].id, std::string("virtual_machine"));
        QCOMPARE(table.models[*table.modelOf(Kind::SqlDb)].id, std::string("managed_database"));
        QVERIFY(!table.modelOf(Kind::RouteTable));
        for (const KindInfo& kind : allKinds()) {
            if (kind.shape == Shape::Store)
                QVERIFY2(table.modelOf(kind.kind).has_value(), kind.name.data());
        }
    }

    void aSideThatIsNoneIsAFault()
    {
        Json provider = part("responsibility/aws.json", "provider");
        provider["rows"][0]["cells"]["saas"]["side"] = "nobody";
        const Table whole = loadTable("responsibility/schema.json", "responsibility/schema.json", "id");
        QCOMPARE(schemaFaults(whole.json, "provider", provider).size(), std::size_t{1});
    }

    void anEmptyCellIsAFault()
    {
        Json provider = part("responsibility/aws.json", "provider");
        provider["rows"][2]["cells"].erase("saas");
        const auto faults = faultsWith(part("responsibility/layers.json", "layers"), provider);
        QCOMPARE(faults.size(), std::size_t{1});
        QCOMPARE(faults[0].sentence, std::string("says nothing of application for saas"));
    }

    void anUnlistedSourceLayerOrModelIsAFault()
    {
        const Json layers = part("responsibility/layers.json", "layers");
        Json provider = part("responsibility/aws.json", "provider");
        provider["rows"][0]["cells"]["saas"]["source"] = "hearsay";
        QCOMPARE(faultsWith(layers, provider).size(), std::size_t{1});
        provider = part("responsibility/aws.json", "provider");
        provider["rows"][0]["cells"]["mainframe"] = provider["rows"][0]["cells"]["saas"];
        QCOMPARE(faultsWith(layers, provider).size(), std::size_t{1});
        provider = part("responsibility/aws.json", "provider");
        provider["rows"].push_back({{"layer", "plumbing"}});
        QCOMPARE(faultsWith(layers, provider).size(), std::size_t{1});
    }

    void aKindInTwoColumnsIsAFault()
    {
        Json layers = part("responsibility/layers.json", "layers");
        layers["models"][1]["kinds"].push_back("vm");
        QCOMPARE(faultsWith(layers, part("responsibility/aws.json", "provider")).size(), std::size_t{1});
    }
};

QTEST_APPLESS_MAIN(ResponsibilityTableTest)
#include "tst_responsibility_table.moc"
