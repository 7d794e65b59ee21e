// SPDX-License-Identifier: GPL-3.0-or-later
#include "estate/link.h"
#include "import/all/readers.h"
#include "import/import.h"
#include "import/redact.h"

#include <QtTest>

using namespace glacis;

class SampleTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        Progress progress;
        Imported imported = importSample("three-tier", readers(), progress);
        m_ledger = std::move(imported.ledger);
        m_estate = link(std::move(imported.inventory), progress);
    }

    void nothingInItIsBroken()
    {
        for (const LedgerRow& row : m_ledger.rows)
            QVERIFY2(row.problems.empty(), row.file.c_str());
    }

    void itHoldsTwoNetworksAndAboutEightyResources()
    {
        std::size_t networks = 0;
        for (const NodeId node : m_estate.ofKind(Kind::Network))
            networks += m_estate.node(node).outside ? 0 : 1;
        QVERIFY(networks >= 2);
        QVERIFY(m_estate.nodeCount() > 80);
    }

    void everyDescribedThingHasEvidenceAndAContainer()
    {
        for (std::size_t i = 1; i < m_estate.nodeCount(); ++i) {
            const auto node = idAt<NodeId>(i);
            const NodeRow& row = m_estate.node(node);
            if (row.outside || row.kind == Kind::Region || row.kind == Kind::Account || row.kind == Kind::Organization)
                continue;
            QVERIFY2(!m_estate.evidence(node).empty(), std::string(m_estate.id(node)).c_str());
            QVERIFY2(row.parent != noNode, std::string(m_estate.id(node)).c_str());
        }
    }

    void everyEdgeHasEvidence()
    {
        for (const auto& edge : m_estate.facts().edges)
            QVERIFY(edge.evidence != noEvidence);
    }

    void nothingThatLooksSecretIsKept()
    {
        const StringPool& strings = m_estate.strings();
        for (std::size_t i = 0; i < strings.size(); ++i)
            QVERIFY2(!looksSecret(strings[idAt<StringId>(i)]), std::string(strings[idAt<StringId>(i)]).c_str());
    }

    void everyFileIsKnownAndNoneIsLeftWithoutAWord()
    {
        for (const LedgerRow& row : m_ledger.rows) {
            QVERIFY2(!row.format.empty(), row.file.c_str());
            QVERIFY2(row.facts > 0 || !row.leftOut.empty() || row.file == "sample.json", row.file.c_str());
        }
    }

    void thePartnersAccountIsMarkedAsOutside()
    {
        const auto partner = m_estate.find("444455556666");
        QVERIFY(partner.has_value());
        QVERIFY(m_estate.node(*partner).outside);
    }

private:
    Ledger m_ledger;
    Estate m_estate;
};

QTEST_GUILESS_MAIN(SampleTest)
#include "tst_sample.moc"
