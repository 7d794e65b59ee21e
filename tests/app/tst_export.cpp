// SPDX-License-Identifier: GPL-3.0-or-later
#include <QImage>
#include <QProcess>
#include <QtTest>

/// The program that draws, run as scripts run it: without a display.
class ExportTest : public QObject {
    Q_OBJECT
private:
    int run(const QStringList& words)
    {
        QProcess process;
        process.start(QString::fromUtf8(GLACIS_PROGRAM), QStringList{QStringLiteral("export")} + words);
        if (!process.waitForFinished(120000) || process.exitStatus() != QProcess::NormalExit)
            return -1;
        m_error = process.readAllStandardError();
        return process.exitCode();
    }
    int drawn(const QString& view, const QString& file, const QStringList& more = {})
    {
        return run(QStringList{QStringLiteral("--sample"), QStringLiteral("three-tier"), QStringLiteral("--view"), view,
                       QStringLiteral("--output"), m_folder.filePath(file)}
            + more);
    }
    QByteArray bytes(const QString& file)
    {
        QFile opened(m_folder.filePath(file));
        return opened.open(QIODevice::ReadOnly) ? opened.readAll() : QByteArray();
    }
    QTemporaryDir m_folder;
    QByteArray m_error;

private Q_SLOTS:
    void everyViewIsWrittenInEveryFormat()
    {
        for (const QString& view : {QStringLiteral("tiers"), QStringLiteral("paths"), QStringLiteral("access"),
                 QStringLiteral("responsibility")}) {
            QCOMPARE(drawn(view, QStringLiteral("a.png")), 0);
            QVERIFY(!QImage(m_folder.filePath(QStringLiteral("a.png"))).isNull());
            QCOMPARE(drawn(view, QStringLiteral("a.svg")), 0);
            QVERIFY(bytes(QStringLiteral("a.svg")).contains("<svg"));
            QCOMPARE(drawn(view, QStringLiteral("a.pdf")), 0);
            QVERIFY(bytes(QStringLiteral("a.pdf")).startsWith("%PDF"));
        }
    }

    void theSameInputGivesTheSameBytes()
    {
        QCOMPARE(drawn(QStringLiteral("tiers"), QStringLiteral("a.png")), 0);
        QCOMPARE(drawn(QStringLiteral("tiers"), QStringLiteral("b.png")), 0);
        QCOMPARE(bytes(QStringLiteral("a.png")), bytes(QStringLiteral("b.png")));
    }

    void themeAndScaleAreHeard()
    {
        QCOMPARE(drawn(QStringLiteral("paths"), QStringLiteral("one.png")), 0);
        QCOMPARE(
            drawn(QStringLiteral("paths"), QStringLiteral("two.png"),
                {QStringLiteral("--scale"), QStringLiteral("2"), QStringLiteral("--theme"), QStringLiteral("dark")}),
            0);
        const QImage one(m_folder.filePath(QStringLiteral("one.png"))),
            two(m_folder.filePath(QStringLiteral("two.png")));
        QCOMPARE(two.size(), one.size() * 2);
        QVERIFY(two.pixelColor(2, 2).lightness() < one.pixelColor(2, 2).lightness());
    }

    void misuseIsTwoAndNothingReadIsThree()
    {
        QCOMPARE(run({}), 2);
        QCOMPARE(drawn(QStringLiteral("nonsense"), QStringLiteral("a.png")), 2);
        QVERIFY(!m_error.isEmpty());
        QCOMPARE(run({QStringLiteral("--input"), QStringLiteral("/nonexistent"), QStringLiteral("--view"),
                     QStringLiteral("tiers"), QStringLiteral("--output"), m_folder.filePath(QStringLiteral("a.png"))}),
            3);
    }
};

QTEST_MAIN(ExportTest)
#include "tst_export.moc"
