// SPDX-License-Identifier: GPL-3.0-or-later
#include "estate/link.h"
#include "identity/escalation.h"
#include "import/all/readers.h"
#include "import/import.h"

#include <QtTest>

using namespace glacis;

namespace {

const char* const deployer = "arn:aws:iam::111122223333:user/ci-deployer";
const char* const developer = "arn:aws:iam::111122223333:user/dev-reader";
const char* const webServer = "arn:aws:iam::111122223333:role/web-server";
const char* const lambdaAdmin = "arn:aws:iam::111122223333:role/lambda-admin";
const char* const paymentKey = "arn:aws:secretsmanager:eu-central-1:111122223333:secret:prod/payments/api-key-Lr7xTb";
const char* const exportsBucket = "arn:aws:s3:::quillmere-customer-exports";

} // namespace

/// What the built-in sample says of itself in sample.json: what is planted is found, what only looks wrong is not.
class AccessSampleTest : public QObject {
    Q_OBJECT
private:
    NodeId node(const char* id) const { return *m_estate.find(id); }
    QStringList waysOf(const char* id) const
    {
        QStringList all;
        Progress progress;
        for (const Escalation& row : escalations(m_estate, *m_access, progress)) {
            if (row.from == node(id))
                all << QString::fromStdString(techniques()[row.technique].id + " " + std::string(m_estate.id(row.to)));
        }
        return all;
    }
    /// Who may do what to a store, the internet as "internet".
    QStringList accessTo(const char* store) const
    {
        QStringList all;
        Progress progress;
        for (const StoreAccess& row : m_access->toStores(progress)) {
            if (row.store == node(store))
                all << QString::fromStdString(
                    std::string(m_estate.id(row.principal)) + " " + std::string(name(row.level)));
        }
        return all;
    }
    Estate m_estate;
    std::unique_ptr<Access> m_access;

private Q_SLOTS:
    void initTestCase()
    {
        Progress progress;
        m_estate = link(importSample("three-tier", readers(), progress).inventory, progress);
        m_access = std::make_unique<Access>(m_estate);
    }

    void theDeployerPassesAnAdministratorsRole()
    {
        QCOMPARE(
            waysOf(deployer), QStringList{QStringLiteral("aws-passrole-lambda-invoke ") + QLatin1String(lambdaAdmin)});
    }

    void supportRewritesItsOwnPolicy()
    {
        QCOMPARE(waysOf("arn:aws:iam::111122223333:user/support-1"),
            QStringList{QStringLiteral("aws-create-policy-version 111122223333")});
    }

    void theDevelopersBoundaryStopsItFromPassingRoles()
    {
        QCOMPARE(waysOf(developer), QStringList());
        QCOMPARE(m_access->decide(node(developer), "iam:PassRole", lambdaAdmin).verdict, Verdict::ExplicitDeny);
    }

    void thePartnerIsLetInOnlyWithItsExternalId()
    {
        const Decision decision =
            m_access->mayAssume(node("444455556666"), node("arn:aws:iam::111122223333:role/partner-cost-review"));
        QCOMPARE(decision.verdict, Verdict::Conditional);
        QVERIFY(decision.open.at(0).find("sts:ExternalId") != std::string::npos);
    }

    void anyoneReadsTheCustomerExports()
    {
        QVERIFY(accessTo(exportsBucket).contains(QStringLiteral("internet read")));
        QVERIFY(!accessTo(exportsBucket).contains(QStringLiteral("internet write")));
        QCOMPARE(
            m_access->decide(NodeId{0}, "s3:GetObject", "arn:aws:s3:::quillmere-customer-exports/list.csv").verdict,
            Verdict::Allowed);
    }

    void noOtherStoreIsOpenToAnyone()
    {
        Progress progress;
        for (const StoreAccess& row : m_access->toStores(progress)) {
            if (row.principal == NodeId{0})
                QCOMPARE(m_estate.id(row.store), std::string_view(exportsBucket));
        }
    }

    void theAssetsBucketIsHeldBackByItsPublicAccessBlock()
    {
        QCOMPARE(m_access->decide(NodeId{0}, "s3:GetObject", "arn:aws:s3:::quillmere-app-assets/logo.svg").verdict,
            Verdict::ImplicitDeny);
    }

    void thePartnerDeliversAndReadsNothing()
    {
        const QStringList all =
            accessTo("arn:aws:s3:::quillmere-partner-exchange").filter(QStringLiteral("444455556666"));
        QVERIFY2(all.size() <= 1 && !all.contains(QStringLiteral("444455556666 read")),
            qPrintable(all.join(QLatin1Char(';'))));
    }

    void theWebServersReadThePaymentKey()
    {
        QVERIFY(accessTo(paymentKey).contains(QLatin1String(webServer) + QStringLiteral(" read")));
        QVERIFY(!accessTo(paymentKey).contains(QLatin1String(webServer) + QStringLiteral(" administer")));
    }

    void twoAdministerTheAccount()
    {
        QStringList names;
        for (const auto& [principal, decision] : m_access->administrators()) {
            names << QString::fromUtf8(
                m_estate.name(principal).data(), static_cast<qsizetype>(m_estate.name(principal).size()));
            QVERIFY(!decision.because.empty());
        }
        names.sort();
        QCOMPARE(names, (QStringList{QStringLiteral("break-glass"), QStringLiteral("lambda-admin")}));
    }

    void everyAnswerHasAStatementWithItsFile()
    {
        Progress progress;
        for (const StoreAccess& row : m_access->toStores(progress)) {
            QVERIFY(!row.decision.because.empty());
            for (const Reason& reason : row.decision.because)
                QVERIFY(!m_estate.file(m_estate.evidence(reason.evidence).file).empty());
        }
    }
};

QTEST_APPLESS_MAIN(AccessSampleTest)
#include "tst_access_sample.moc"
