// SPDX-License-Identifier: GPL-3.0-or-later
#include "theme/contrast.h"
#include "theme/theme.h"

#include <QApplication>
#include <QtTest>

using namespace glacis;

/// What theme.h promises of contrast, for each theme; the bounds are those of WCAG 2.2, success criteria 1.4.3 and
/// 1.4.11.
class ThemeTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void contrastIsThatOfTheGuidelines()
    {
        QCOMPARE(qRound(contrastRatio(Qt::black, Qt::white)), 21);
        QCOMPARE(contrastRatio(Qt::white, Qt::white), 1.0);
        // A grey that is known to pass 4.5:1 on white by a hair, and the next lighter one that does not.
        QVERIFY(contrastRatio(QColor(0x76, 0x76, 0x76), Qt::white) >= 4.5);
        QVERIFY(contrastRatio(QColor(0x77, 0x77, 0x77), Qt::white) < 4.5);
        QCOMPARE(contrastRatio(Qt::red, Qt::white), contrastRatio(Qt::white, Qt::red));
    }

    void textsCanBeRead_data() { themes(); }
    void textsCanBeRead()
    {
        const Theme& colours = asked();
        for (const QColor& ground : {colours.window, colours.canvas, colours.surface}) {
            QVERIFY(contrastRatio(colours.text, ground) >= 7);
            QVERIFY(contrastRatio(colours.textMuted, ground) >= 4.5);
        }
        QVERIFY(contrastRatio(colours.accent, colours.surface) >= 4.5);
        QVERIFY(contrastRatio(colours.onAccent, colours.accent) >= 4.5);
        QVERIFY(contrastRatio(colours.borderStrong, colours.surface) >= 3);
    }

    void everyHueCanBeTold_data() { themes(); }
    void everyHueCanBeTold()
    {
        const Theme& colours = asked();
        for (const HueColours& hue : colours.hues) {
            for (const QColor& ground : {colours.canvas, colours.surface, hue.tint, hue.wash}) {
                QVERIFY(contrastRatio(hue.ink, ground) >= 3);
                QVERIFY(contrastRatio(hue.text, ground) >= 4.5);
            }
            QVERIFY(contrastRatio(hue.onInk, hue.ink) >= 4.5);
        }
    }

    void everyStateCanBeTold_data() { themes(); }
    void everyStateCanBeTold()
    {
        const Theme& colours = asked();
        for (const QColor& state :
            {colours.violation, colours.latent, colours.unknown, colours.changed, colours.good}) {
            QVERIFY(contrastRatio(state, colours.canvas) >= 3);
            QVERIFY(contrastRatio(colours.onState, state) >= 4.5);
        }
        QVERIFY(contrastRatio(colours.link, colours.canvas) >= 3);
        QVERIFY(contrastRatio(colours.path, colours.canvas) >= 3);
    }

    void coloursAreOpaqueSoThatEveryFormatAgrees_data() { themes(); }
    void coloursAreOpaqueSoThatEveryFormatAgrees()
    {
        for (const HueColours& hue : asked().hues) {
            for (const QColor& colour : {hue.ink, hue.onInk, hue.text, hue.tint, hue.wash, hue.edge})
                QCOMPARE(colour.alpha(), 255);
        }
    }

    void aThemeIsPutOnAndTheTextGrows()
    {
        applyTheme(*qApp, ThemeKind::Light, 100);
        const double ordinary = qApp->font().pointSizeF();
        QVERIFY(!currentTheme().dark);
        applyTheme(*qApp, ThemeKind::Dark, 200);
        QVERIFY(currentTheme().dark);
        QCOMPARE(qApp->palette().color(QPalette::WindowText), currentTheme().text);
        QVERIFY(qApp->font().pointSizeF() > ordinary * 1.9);
        applyTheme(*qApp, ThemeKind::Light, 100);
        QCOMPARE(qApp->font().pointSizeF(), ordinary);
    }

private:
    static void themes()
    {
        QTest::addColumn<int>("kind");
        QTest::newRow("light") << static_cast<int>(ThemeKind::Light);
        QTest::newRow("dark") << static_cast<int>(ThemeKind::Dark);
        QTest::newRow("high contrast") << static_cast<int>(ThemeKind::HighContrast);
    }
    static const Theme& asked() { return theme(static_cast<ThemeKind>(kindAsked())); }
    static int kindAsked()
    {
        QFETCH(int, kind);
        return kind;
    }
};

QTEST_MAIN(ThemeTest)
#include "tst_theme.moc"
