// SPDX-License-Identifier: GPL-3.0-or-later
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QtTest>

using namespace Qt::StringLiterals;

namespace {

const char* const manifests = "apiVersion: rbac.authorization.k8s.io/v1\n"
                              "kind: Role\n"
                              "metadata: {name: reader, namespace: shop}\n"
                              "rules:\n"
                              "- {apiGroups: [apps], resources: [deployments, deployments/scale], verbs: [get]}\n"
                              "---\n"
                              "apiVersion: rbac.authorization.k8s.io/v1\n"
                              "kind: RoleBinding\n"
                              "metadata: {name: readers, namespace: shop}\n"
                              "roleRef: {kind: Role, name: reader}\n"
                              "subjects:\n"
                              "- {kind: Group, name: dev}\n"
                              "- {kind: ServiceAccount, name: web}\n";

} // namespace

/// glacis-cli rbac: exit codes and the members of its JSON.
class CliRbacTest : public QObject {
    Q_OBJECT
private:
    int run(const QStringList& more, bool json = true)
    {
        QProcess process;
        process.start(QString::fromUtf8(GLACIS_CLI),
            QStringList{
                u"rbac"_s, u"--input"_s, m_folder.filePath(u"c.yaml"_s), u"--format"_s, json ? u"json"_s : u"text"_s}
                + more);
        if (!process.waitForFinished(120000) || process.exitStatus() != QProcess::NormalExit)
            return -1;
        m_out = process.readAllStandardOutput();
        m_json = QJsonDocument::fromJson(m_out).object();
        return process.exitCode();
    }

    QTemporaryDir m_folder;
    QByteArray m_out;
    QJsonObject m_json;

private Q_SLOTS:
    void initTestCase()
    {
        QFile file(m_folder.filePath(u"c.yaml"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        QVERIFY(file.write(manifests) > 0);
    }

    void tellsTheBindingAndTheRuleThatDecide()
    {
        const QStringList who = {u"--user"_s, u"ann"_s, u"--group"_s, u"dev"_s, u"--namespace"_s, u"shop"_s};
        QCOMPARE(run(who + QStringList{u"--verb"_s, u"get"_s, u"--resource"_s, u"deployments"_s}), 0);
        QCOMPARE(m_json[u"format"_s].toInt(), 1);
        QCOMPARE(m_json[u"verdict"_s].toString(), u"allowed"_s);
        const QJsonArray because = m_json[u"because"_s].toArray();
        QCOMPARE(because.size(), 2);
        QVERIFY(because[0].toObject()[u"text"_s].toString().contains(u"readers"_s));
        QVERIFY(because[1].toObject()[u"text"_s].toString().contains(u"rule 1"_s));
        QVERIFY(because[1].toObject()[u"file"_s].toString().endsWith(u"c.yaml"_s));
    }

    void whatNothingAllowsIsDenied()
    {
        QCOMPARE(run({u"--user"_s, u"ann"_s, u"--verb"_s, u"get"_s, u"--resource"_s, u"deployments"_s, u"--namespace"_s,
                     u"shop"_s}),
            0);
        QCOMPARE(m_json[u"verdict"_s].toString(), u"implicit_deny"_s);
        QVERIFY(m_json[u"because"_s].toArray().isEmpty());
    }

    void resourcesMayBeWrittenWithPartAndGroup()
    {
        const QStringList who = {
            u"--user"_s, u"system:serviceaccount:shop:web"_s, u"--namespace"_s, u"shop"_s, u"--verb"_s, u"get"_s};
        for (const QStringList& what : {QStringList{u"--resource"_s, u"deployments.apps/scale"_s},
                 {u"--resource"_s, u"deployments"_s, u"--subresource"_s, u"scale"_s, u"--api-group"_s, u"apps"_s}}) {
            QCOMPARE(run(who + what), 0);
            QCOMPARE(m_json[u"verdict"_s].toString(), u"allowed"_s);
        }
        QCOMPARE(run(who + QStringList{u"--resource"_s, u"deployments"_s, u"--api-group"_s, u""_s}), 0);
        QCOMPARE(m_json[u"verdict"_s].toString(), u"implicit_deny"_s);
    }

    void whoCanListsSubjects()
    {
        QCOMPARE(run({u"--who-can"_s, u"--verb"_s, u"get"_s, u"--resource"_s, u"deployments"_s, u"--namespace"_s,
                     u"shop"_s}),
            0);
        const QJsonArray subjects = m_json[u"subjects"_s].toArray();
        QCOMPARE(subjects.size(), 2);
        QCOMPARE(subjects[1].toObject()[u"namespace"_s].toString(), u"shop"_s);
        QVERIFY(!subjects[0].toObject()[u"because"_s].toArray().isEmpty());
        QCOMPARE(
            run({u"--who-can"_s, u"--verb"_s, u"get"_s, u"--resource"_s, u"deployments"_s, u"--namespace"_s, u"shop"_s},
                false),
            0);
        QVERIFY(m_out.contains("system:masters"));
    }

    void misuseIsTold()
    {
        QCOMPARE(run({u"--verb"_s, u"get"_s, u"--resource"_s, u"pods"_s}), 2);
        QCOMPARE(run({u"--user"_s, u"ann"_s, u"--resource"_s, u"pods"_s}), 2);
    }
};

QTEST_GUILESS_MAIN(CliRbacTest)
#include "tst_cli_rbac.moc"
