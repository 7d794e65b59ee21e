// SPDX-License-Identifier: GPL-3.0-or-later
#include "estate/link.h"
#include "import/all/readers.h"
#include "import/import.h"
#include "paths/attack_paths.h"

#include <QtTest>

using namespace glacis;

/// What was planted in the three-tier sample must come out of the whole pipeline, and its decoys must not.
class PathsSampleTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        Progress progress;
        m_estate = link(importSample("three-tier", readers(), progress).inventory, progress);
        const Access access(m_estate);
        m_escalations = escalations(m_estate, access, progress);
        m_access = access.toStores(progress);
        m_administrators = access.administrators();
        m_network = segmentation(m_estate, inferTiers(m_estate), findFlows(m_estate, Reachability(m_estate), progress),
            ZoneMatrix::builtIn());
        const AttackGraph graph({m_estate, m_escalations, m_access, m_administrators, m_network});
        m_paths = pathOverview(graph, {}, progress).paths;
    }

    void theDeployerBecomesAdministratorByPassingARole()
    {
        QVERIFY(leads("arn:aws:iam::111122223333:user/ci-deployer", "arn:aws:iam::111122223333:role/lambda-admin"));
    }

    void supportRewritesItsOwnPolicy() { QVERIFY(leads("arn:aws:iam::111122223333:user/support-1", "111122223333")); }

    void anyoneReadsTheCustomerExports()
    {
        for (const AttackPath& path : m_paths) {
            if (m_estate.id(path.steps.back().to) == "arn:aws:s3:::quillmere-customer-exports"
                && path.steps.size() == 1) {
                QCOMPARE(m_estate.kind(path.steps[0].from), Kind::Internet);
                QVERIFY(!path.steps[0].because.empty());
                return;
            }
        }
        QFAIL("no path from the internet to the public bucket");
    }

    void throughAWebServerAndItsRoleToThePaymentKey()
    {
        const char* const key = "arn:aws:secretsmanager:eu-central-1:111122223333:secret:prod/payments/api-key-Lr7xTb";
        for (const AttackPath& path : m_paths) {
            if (m_estate.id(path.steps.back().to) != key || m_estate.kind(path.steps[0].from) != Kind::Internet)
                continue;
            bool role = false;
            for (const AttackStep& step : path.steps)
                role = role || m_estate.id(step.to) == "arn:aws:iam::111122223333:role/web-server";
            QVERIFY(role);
            return;
        }
        QFAIL("no path from the internet to the payment key");
    }

    void theBoundedDeveloperPassesNoRole()
    {
        QVERIFY(!leads("arn:aws:iam::111122223333:user/dev-reader", "arn:aws:iam::111122223333:role/lambda-admin"));
    }

    void aPublicPolicyBehindABlockIsNoWayIn()
    {
        for (const StoreAccess& access : m_access)
            QVERIFY(m_estate.id(access.store) != "arn:aws:s3:::quillmere-app-assets"
                || m_estate.kind(access.principal) != Kind::Internet);
    }

    void everyStepSaysWhatMadeItTrue()
    {
        for (const AttackPath& path : m_paths) {
            for (const AttackStep& step : path.steps) {
                QVERIFY2(!step.sentence.empty() && !step.fix.empty(), step.technique.c_str());
                if (step.technique != "store-administer" || step.kind != StepKind::Access)
                    QVERIFY2(!step.because.empty() || !step.hops.empty(), step.sentence.c_str());
            }
        }
    }

private:
    bool leads(std::string_view from, std::string_view through) const
    {
        for (const AttackPath& path : m_paths) {
            if (m_estate.id(path.steps.front().from) != from)
                continue;
            for (const AttackStep& step : path.steps) {
                if (m_estate.id(step.to) == through)
                    return true;
            }
        }
        return false;
    }

    Estate m_estate;
    std::vector<Escalation> m_escalations;
    std::vector<StoreAccess> m_access;
    std::vector<std::pair<NodeId, Decision>> m_administrators;
    Segmentation m_network;
    std::vector<AttackPath> m_paths;
};

QTEST_APPLESS_MAIN(PathsSampleTest)
#include "tst_paths_sample.moc"
