// SPDX-License-Identifier: GPL-3.0-or-later
#include "estate/link.h"
#include "import/all/readers.h"
#include "import/import.h"
#include "posture/posture.h"
#include "responsibility/responsibility.h"

#include <QtTest>

using namespace glacis;

/// The built-in sample, whose faults are known: resources/samples/three-tier/sample.json.
class PostureSampleTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        Progress progress;
        Imported imported = importSample("three-tier", readers(), progress);
        m_estate = link(std::move(imported.inventory), progress);
        m_report = posture(m_estate, {}, progress);
        QVERIFY(m_estate.nodeCount() > 100);
    }

    void plantedFaultsFail_data()
    {
        QTest::addColumn<QString>("check");
        QTest::addColumn<QString>("name");
        for (const auto& [check, name] : {std::pair{"bucket-not-public", "quillmere-customer-exports"},
                 std::pair{"volume-encrypted", "app-1-export-data"},
                 std::pair{"snapshot-encrypted", "app-1-export-data-2026-09"},
                 std::pair{"queue-encrypted", "orders-inbound"}, std::pair{"topic-encrypted", "ops-alerts"},
                 std::pair{"secret-rotated", "prod/payments/api-key"}, std::pair{"user-mfa", "support-1"},
                 std::pair{"access-key-1-young", "ci-deployer"}, std::pair{"metadata-service-v2", "web-2"},
                 std::pair{"bucket-versioning", "quillmere-customer-exports"},
                 std::pair{"network-flow-log", "quillmere-prod"},
                 std::pair{"network-flow-log-all-traffic", "quillmere-shared"},
                 std::pair{"trail-validation", "quillmere-trail"}, std::pair{"config-every-type", "default"}})
            QTest::addRow("%s %s", check, name) << check << name;
    }
    void plantedFaultsFail()
    {
        QFETCH(QString, check);
        QFETCH(QString, name);
        const CheckResult* result = resultOf(check.toStdString(), name.toStdString());
        QVERIFY(result);
        QVERIFY(result->verdict == CheckVerdict::Fail);
        QVERIFY(!result->because.empty());
    }

    void decoysPass()
    {
        for (const auto& [check, name] : {std::pair{"bucket-not-public", "quillmere-app-assets"},
                 std::pair{"metadata-service-v2", "bastion"}, std::pair{"db-instance-not-public", "orders-db"},
                 std::pair{"volume-encrypted", "web-1-root"}, std::pair{"user-mfa", "break-glass"}}) {
            const CheckResult* result = resultOf(check, name);
            QVERIFY2(result && result->verdict == CheckVerdict::Pass, name);
        }
    }

    void everyUnknownNamesWhatWouldDecideIt()
    {
        for (const CheckResult& result : m_report.results) {
            if (result.verdict == CheckVerdict::Unknown)
                QVERIFY2(!result.missing.empty(), m_report.check(result).id.c_str());
            else
                QVERIFY(result.missing.empty());
        }
    }

    void whatTheExportLeavesOpenIsUnknown()
    {
        const CheckResult* result = resultOf("bucket-access-logging", "quillmere-customer-exports");
        QVERIFY(result && result->verdict == CheckVerdict::Unknown);
        QCOMPARE(m_report.missing[result->missing.front()].command,
            std::string("aws s3api get-bucket-logging --bucket quillmere-customer-exports"));
    }

    void theResponsibilityPictureCountsThemOnTheCustomersSide()
    {
        std::vector<LayerFinding> findings;
        for (const CheckResult& result : m_report.results) {
            const Check& check = m_report.check(result);
            if (result.verdict == CheckVerdict::Fail)
                findings.push_back({result.node, check.layer, check.severity, check.fails});
        }
        const auto picture = responsibility(m_estate, findings);
        const auto& table = *picture.table;
        std::size_t counted = 0;
        for (const auto& column : picture.columns) {
            QVERIFY(column.provider == Provider::Aws && !column.nodes.empty());
            counted += column.cells[*table.layerNamed("encryption")].nodesWithFindings;
        }
        QVERIFY(counted >= 4);
        QCOMPARE(picture.columns.size(), table.models.size() - 1); // no finished software in an account
        QVERIFY(picture.unplaced.empty());
    }

    void thePartnerAndTheSignInServiceAreOutside()
    {
        const auto parties = outsideParties(m_estate);
        QCOMPARE(parties.size(), std::size_t{2});
        std::vector<std::string> ids;
        for (const OutsideParty& party : parties) {
            ids.emplace_back(m_estate.id(party.node));
            QCOMPARE(party.namedBy.size(), std::size_t{2});
        }
        std::sort(ids.begin(), ids.end());
        QCOMPARE(ids[0], std::string("444455556666"));
        QCOMPARE(ids[1], std::string("arn:aws:iam::111122223333:saml-provider/quillmere-sso"));
    }

private:
    const CheckResult* resultOf(std::string_view check, std::string_view name) const
    {
        for (const CheckResult& result : m_report.results) {
            if (m_report.check(result).id == check && m_estate.name(result.node) == name)
                return &result;
        }
        return nullptr;
    }

    Estate m_estate;
    PostureReport m_report;
};

QTEST_APPLESS_MAIN(PostureSampleTest)
#include "tst_posture_sample.moc"
