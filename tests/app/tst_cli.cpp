// SPDX-License-Identifier: GPL-3.0-or-later
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QtTest>

class CliTest : public QObject {
    Q_OBJECT
private:
    int run(const QStringList& words)
    {
        m_process.start(QString::fromUtf8(GLACIS_CLI), words);
        if (!m_process.waitForFinished(60000) || m_process.exitStatus() != QProcess::NormalExit)
            return -1;
        m_out = m_process.readAllStandardOutput();
        m_error = m_process.readAllStandardError();
        return m_process.exitCode();
    }
    QProcess m_process;
    QByteArray m_out, m_error;

private Q_SLOTS:
    void inspectAccountsForEveryFileOfTheSample()
    {
        const QStringList words{QStringLiteral("inspect"), QStringLiteral("--sample"), QStringLiteral("three-tier")};
        QCOMPARE(run(words + QStringList{QStringLiteral("--format"), QStringLiteral("json")}), 0);
        const QJsonObject document = QJsonDocument::fromJson(m_out).object();
        QCOMPARE(document[QStringLiteral("format")].toInt(), 1);
        QVERIFY(document[QStringLiteral("sources")].toArray().size() > 100);
        QVERIFY(document[QStringLiteral("nodes")].toObject()[QStringLiteral("vm")].toInt() > 0);
        const QByteArray first = m_out;
        QCOMPARE(run(words), 0);
        QCOMPARE(m_out, first);
    }

    void textIsForPeople()
    {
        QCOMPARE(
            run({QStringLiteral("inspect"), QStringLiteral("--sample=three-tier"), QStringLiteral("--format=text")}),
            0);
        QVERIFY(m_out.contains("describe-vpcs"));
        QVERIFY(m_out.contains("Nodes"));
    }

    void misuseIsTwoAndSaysWhy()
    {
        QCOMPARE(run({}), 2);
        QCOMPARE(run({QStringLiteral("inspect")}), 2);
        QVERIFY(m_error.contains("--input"));
        QCOMPARE(run({QStringLiteral("inspect"), QStringLiteral("--nonsense")}), 2);
        QCOMPARE(run({QStringLiteral("nonsense")}), 2);
        QCOMPARE(run({QStringLiteral("inspect"), QStringLiteral("--format"), QStringLiteral("xml")}), 2);
    }

    /// The ledger says why, in the place where every ledger is.
    void nothingReadIsThree()
    {
        QCOMPARE(run({QStringLiteral("inspect"), QStringLiteral("--input"), QStringLiteral("/nonexistent")}), 3);
        const QJsonObject document = QJsonDocument::fromJson(m_out).object();
        QVERIFY(document[QStringLiteral("nodes")].toObject().isEmpty());
        const QJsonObject source = document[QStringLiteral("sources")].toArray().at(0).toObject();
        const QJsonObject problem = source[QStringLiteral("problems")].toArray().at(0).toObject();
        QVERIFY(problem[QStringLiteral("message")].toString().contains(QStringLiteral("no such file")));
        QVERIFY(m_error.contains("Nothing could be read"));
    }

    void helpIsThere()
    {
        QCOMPARE(run({QStringLiteral("--help")}), 0);
        QCOMPARE(run({QStringLiteral("inspect"), QStringLiteral("--help")}), 0);
        QVERIFY(m_out.contains("Example"));
    }
};

QTEST_GUILESS_MAIN(CliTest)
#include "tst_cli.moc"
