// SPDX-License-Identifier: GPL-3.0-or-later
#include "estate/link.h"
#include "import/all/readers.h"
#include "import/import.h"
#include "network/reach.h"

#include <QtTest>

using namespace glacis;

class ReachSampleTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        Progress progress;
        m_estate = link(importSample("three-tier", readers(), progress).inventory, progress);
    }

    void theWebServersSkipTheTierToTheDatabase()
    {
        const ReachAnswer answer = Reachability(m_estate).ask("i-025090778ddc7c246", "rds:orders-db", {6, 5432});
        QCOMPARE(answer.verdict, Reach::Reachable);
        bool named = false;
        for (const Hop& hop : answer.hops)
            named = named || (m_estate.id(hop.node) == "sg-07fde6590ea1b6cfc" && hop.evidence != noEvidence);
        QVERIFY2(named, "the database's group is the control that lets it in");
    }

    void theInternetReachesTheDatabaseByNoPort()
    {
        QCOMPARE(Reachability(m_estate).ask("internet", "rds:orders-db", {6, 5432}).verdict, Reach::Blocked);
    }

    void noMachineIsOpenForRemoteLoginFromTheInternet()
    {
        const Reachability reachability(m_estate);
        for (const NodeId machine : m_estate.ofKind(Kind::Vm)) {
            const ReachAnswer answer = reachability.ask("internet", m_estate.id(machine), {6, 22});
            QVERIFY2(answer.verdict == Reach::Blocked, std::string(m_estate.name(machine)).c_str());
        }
    }

private:
    Estate m_estate;
};

QTEST_GUILESS_MAIN(ReachSampleTest)
#include "tst_reach_sample.moc"
