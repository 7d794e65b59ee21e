// SPDX-License-Identifier: GPL-3.0-or-later
#include "responsibility/responsibility.h"

#include "estate/link.h"

#include <QtTest>

using namespace glacis;

namespace {

/// A small estate: things of account 111122223333, and the words they use for others.
class Small {
public:
    Small()
        : m_scope(m_inventory.scope(rootScope, "", "111122223333", "eu-central-1")),
          m_at(m_inventory.seen(m_inventory.file("a.json"), "/0"))
    {
    }
    Small& thing(Kind kind, const char* id, Provider provider = Provider::Aws)
    {
        m_inventory.thing(kind, provider, "", id, m_scope, m_at);
        return *this;
    }
    Small& mentions(const char* from, const char* to)
    {
        m_inventory.edge(m_inventory.text(from), EdgeKind::Mentions, to, m_at);
        return *this;
    }
    Small& inside(const char* parent)
    {
        m_inventory.things.back().parent = m_inventory.text(parent);
        return *this;
    }
    [[nodiscard]] Estate linked()
    {
        Progress progress;
        return link(std::move(m_inventory), progress);
    }

private:
    Inventory m_inventory;
    ScopeId m_scope;
    EvidenceId m_at;
};

const ResponsibilityColumn* column(const ResponsibilityPicture& picture, const char* model)
{
    for (const auto& candidate : picture.columns) {
        if (picture.table->models[candidate.model].id == model)
            return &candidate;
    }
    return nullptr;
}

const ResponsibilityCell& cell(const ResponsibilityPicture& picture, const char* model, const char* layer)
{
    return column(picture, model)->cells[*picture.table->layerNamed(layer)];
}

} // namespace

class ResponsibilityTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void columnsAreTheModelsThatTheEstateHas()
    {
        const Estate estate =
            Small().thing(Kind::Vm, "i-1").thing(Kind::Disk, "vol-1").thing(Kind::SqlDb, "db").linked();
        const auto picture = responsibility(estate, {});
        QCOMPARE(column(picture, "virtual_machine")->nodes.size(), std::size_t{2});
        QCOMPARE(column(picture, "managed_database")->nodes.size(), std::size_t{1});
        QVERIFY(!column(picture, "function"));
        QCOMPARE(column(picture, "account")->nodes.size(), std::size_t{1});
    }

    void allModelsCanBeAskedFor()
    {
        const Estate estate = Small().thing(Kind::Vm, "i-1").linked();
        const auto picture = responsibility(estate, {}, {true, {}});
        QCOMPARE(picture.columns.size(), picture.table->models.size());
        QVERIFY(column(picture, "saas")->nodes.empty());
    }

    void providersCanBeSetSideBySide()
    {
        const Estate estate = Small().thing(Kind::Vm, "i-1").linked();
        const auto picture = responsibility(estate, {}, {true, {Provider::Azure, Provider::Gcp}});
        QCOMPARE(picture.columns.size(), 2 * picture.table->models.size());
        QVERIFY(picture.columns.front().provider == Provider::Azure);
        QVERIFY(picture.columns.front().nodes.empty());
    }

    void anEmptyEstateHasNoColumnsUnlessAsked()
    {
        const Estate estate = Small().linked();
        QVERIFY(responsibility(estate, {}).columns.empty());
        const auto asked = responsibility(estate, {}, {true, {}});
        QVERIFY(!asked.columns.empty() && asked.columns.front().provider == Provider::Aws);
    }

    void findingsCountOnTheCustomersSide()
    {
        const Estate estate = Small().thing(Kind::Vm, "i-1").thing(Kind::Disk, "vol-1").linked();
        const NodeId disk = *estate.find("vol-1");
        const std::vector<LayerFinding> findings = {{disk, "encryption", Risk::Medium, "Volume is not encrypted"},
            {disk, "encryption", Risk::High, "Key is shared"}, {disk, "backup", Risk::Low, "No snapshot"}};
        const auto picture = responsibility(estate, findings);
        const auto& encryption = cell(picture, "virtual_machine", "encryption");
        QCOMPARE(encryption.nodesWithFindings, std::size_t{1});
        QVERIFY(encryption.findings == (std::vector<std::size_t>{1, 0}));
        QVERIFY(encryption.worst == Risk::High);
        QCOMPARE(cell(picture, "virtual_machine", "backup").findings.size(), std::size_t{1});
        QVERIFY(cell(picture, "virtual_machine", "data").findings.empty());
    }

    void findingsOnTheProvidersSideAreNotTheCustomersToClose()
    {
        const Estate estate = Small().thing(Kind::SqlDb, "db").linked();
        const std::vector<LayerFinding> findings = {{*estate.find("db"), "hardware", Risk::High, "Old"}};
        const auto picture = responsibility(estate, findings);
        QCOMPARE(cell(picture, "managed_database", "hardware").findings.size(), std::size_t{1});
        QCOMPARE(cell(picture, "managed_database", "hardware").nodesWithFindings, std::size_t{0});
    }

    void findingsWithoutACellAreSaid()
    {
        const Estate estate = Small().thing(Kind::Vm, "i-1").thing(Kind::RouteTable, "rtb-1").linked();
        const std::vector<LayerFinding> findings = {{*estate.find("i-1"), "plumbing", Risk::Low, "?"},
            {*estate.find("rtb-1"), "network_configuration", Risk::Low, "?"}, {noNode, "data", Risk::Low, "?"}};
        QVERIFY(responsibility(estate, findings).unplaced == (std::vector<std::size_t>{0, 1, 2}));
    }

    void aPodAnswersToTheCloudOfItsCluster()
    {
        const Estate estate = Small()
                                  .thing(Kind::K8sCluster, "cluster", Provider::Gcp)
                                  .thing(Kind::Pod, "ns/pod/a", Provider::Kubernetes)
                                  .inside("cluster")
                                  .linked();
        const auto picture = responsibility(estate, {});
        const auto* containers = column(picture, "managed_container");
        QVERIFY(containers && containers->provider == Provider::Gcp);
        QCOMPARE(containers->nodes.size(), std::size_t{2});
    }

    void mentionedThingsSitInNoColumn()
    {
        const Estate estate = Small()
                                  .thing(Kind::Role, "arn:aws:iam::111122223333:role/a")
                                  .mentions("arn:aws:iam::111122223333:role/a", "arn:aws:iam::444455556666:root")
                                  .linked();
        const auto picture = responsibility(estate, {});
        QCOMPARE(column(picture, "account")->nodes.size(), std::size_t{2});
    }

    void aTrustedForeignAccountIsAParty()
    {
        const Estate estate = Small()
                                  .thing(Kind::Role, "arn:aws:iam::111122223333:role/a")
                                  .thing(Kind::ObjectStore, "arn:aws:s3:::drop")
                                  .mentions("arn:aws:iam::111122223333:role/a", "arn:aws:iam::444455556666:root")
                                  .mentions("arn:aws:s3:::drop", "arn:aws:iam::444455556666:role/sender")
                                  .mentions("arn:aws:iam::111122223333:role/a", "ec2.amazonaws.com")
                                  .linked();
        const auto parties = outsideParties(estate);
        QCOMPARE(parties.size(), std::size_t{1});
        QCOMPARE(estate.id(parties[0].node), std::string_view("444455556666"));
        QVERIFY(parties[0].role == OutsideParty::Role::ForeignAccount);
        QCOMPARE(parties[0].namedBy.size(), std::size_t{2});
    }

    void ourOwnAccountIsNoParty()
    {
        const Estate estate = Small()
                                  .thing(Kind::Role, "arn:aws:iam::111122223333:role/a")
                                  .mentions("arn:aws:iam::111122223333:role/a", "arn:aws:iam::111122223333:role/gone")
                                  .linked();
        QVERIFY(outsideParties(estate).empty());
    }

    void aFederatedProviderIsAParty()
    {
        const Estate estate =
            Small()
                .thing(Kind::IdentityProvider, "arn:aws:iam::111122223333:saml-provider/sso")
                .thing(Kind::Role, "arn:aws:iam::111122223333:role/a")
                .mentions("arn:aws:iam::111122223333:role/a", "arn:aws:iam::111122223333:saml-provider/sso")
                .linked();
        const auto parties = outsideParties(estate);
        QCOMPARE(parties.size(), std::size_t{1});
        QVERIFY(parties[0].role == OutsideParty::Role::IdentityProvider);
        QCOMPARE(parties[0].namedBy.size(), std::size_t{1});
    }
};

QTEST_APPLESS_MAIN(ResponsibilityTest)
#include "tst_responsibility.moc"
