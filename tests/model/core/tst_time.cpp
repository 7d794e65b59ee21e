// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/time.h"

#include <QtTest>

using namespace glacis;

class TimeTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theThreeStylesOfExportsAgree_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("ISO") << QByteArray("2019-11-29T18:59:04+00:00");
        QTest::newRow("ISO, Z, fraction") << QByteArray("2019-11-29T18:59:04.123Z");
        QTest::newRow("ISO, other zone") << QByteArray("2019-11-29T20:59:04+02:00");
        QTest::newRow("Python") << QByteArray("2019-11-29 18:59:04+00:00");
        QTest::newRow("epoch") << QByteArray("1575053944.52");
    }
    void theThreeStylesOfExportsAgree()
    {
        QFETCH(QByteArray, text);
        const auto time = parseTime(std::string_view(text.constData(), static_cast<std::size_t>(text.size())));
        QVERIFY(time.has_value());
        QCOMPARE(*time, 1575053944LL);
        QCOMPARE(formatTime(*time), std::string("2019-11-29T18:59:04Z"));
    }

    void aDayAloneIsItsMidnight() { QCOMPARE(parseTime("1970-01-02").value_or(0), 86400LL); }

    /// "Date and Time Formats", W3C: what is left out is the earliest.
    void theShorterFormsBeginTheirMonthAndMinute()
    {
        QCOMPARE(parseTime("1970-02").value_or(0), std::int64_t{31 * 86400});
        QCOMPARE(parseTime("1970-01-01T00:01Z").value_or(0), std::int64_t{60});
        QCOMPARE(parseTime("1970-01-01T02:01+02:00").value_or(0), std::int64_t{60});
    }

    void aMomentKeepsItsFraction()
    {
        QCOMPARE(parseMoment("1970-01-01T00:00:01.25Z").value_or(0), 1.25);
        QCOMPARE(parseMoment("1.5").value_or(0), 1.5);
    }

    void nonsenseIsNoTime()
    {
        for (const char* text : {"", "N/A", "no_information", "2019-13-01", "2019-02-30T00:00:00Z",
                 "2019-11-29T25:00:00Z", "12x", "-5", "1.x", "2019-1x", "2019-11-29T10:1", "2019-11-29T10:11:12.x"})
            QVERIFY2(!parseTime(text), text);
    }
};

QTEST_APPLESS_MAIN(TimeTest)
#include "tst_time.moc"
