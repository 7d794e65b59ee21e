// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ip.h"

#include <QtTest>

using namespace glacis;

class IpTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void prefixesRoundTrip_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("normal");
        QTest::newRow("v4") << QByteArray("10.0.0.0/8") << QByteArray("10.0.0.0/8");
        QTest::newRow("host bits are cleared") << QByteArray("10.1.2.3/8") << QByteArray("10.0.0.0/8");
        QTest::newRow("address alone") << QByteArray("10.1.2.3") << QByteArray("10.1.2.3/32");
        QTest::newRow("everything") << QByteArray("0.0.0.0/0") << QByteArray("0.0.0.0/0");
        QTest::newRow("v6 everything") << QByteArray("::/0") << QByteArray("::/0");
        QTest::newRow("v6") << QByteArray("2001:db8:1::5/48") << QByteArray("2001:db8:1::/48");
        QTest::newRow("v6 beyond 64") << QByteArray("2001:db8::ff/120") << QByteArray("2001:db8::/120");
    }
    void prefixesRoundTrip()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, normal);
        const auto prefix = parseIpPrefix(text.toStdString());
        QVERIFY(prefix.has_value());
        QCOMPARE(toString(*prefix), normal.toStdString());
    }

    void malformedIsRefused()
    {
        for (const char* text : {"", "10.0.0.0/33", "10.0.0/8", "::/129", "10.0.0.0/", "10.0.0.0/-1", "sg-123"})
            QVERIFY2(!parseIpPrefix(text), text);
    }

    void containmentRespectsFamilyAndLength()
    {
        const auto ten = *parseIpPrefix("10.0.0.0/8");
        QVERIFY(ten.contains(*parseIpAddress("10.255.0.1")));
        QVERIFY(!ten.contains(*parseIpAddress("11.0.0.1")));
        QVERIFY(!parseIpPrefix("::/0")->contains(*parseIpAddress("10.0.0.1")));
        QVERIFY(ten.contains(*parseIpPrefix("10.1.0.0/16")));
        QVERIFY(!parseIpPrefix("10.1.0.0/16")->contains(ten));
        QVERIFY(ten.overlaps(*parseIpPrefix("0.0.0.0/0")));
    }

    void theLastAddressOfABlock()
    {
        QCOMPARE(toString(parseIpPrefix("10.0.0.0/8")->last()), std::string("10.255.255.255"));
        QCOMPARE(toString(parseIpPrefix("2001:db8::/64")->last()), std::string("2001:db8::ffff:ffff:ffff:ffff"));
        QCOMPARE(toString(parseIpPrefix("0.0.0.0/0")->last()), std::string("255.255.255.255"));
    }

    void sharedAndLinkLocalAddressesAreNotPublic()
    {
        for (const char* text :
            {"10.2.3.4", "172.31.0.1", "192.168.1.1", "100.64.0.9", "169.254.169.254", "fe80::1", "fd00::1"})
            QVERIFY2(isPrivate(*parseIpAddress(text)), text);
        for (const char* text : {"8.8.8.8", "172.32.0.1", "100.128.0.1", "2a05::1"})
            QVERIFY2(!isPrivate(*parseIpAddress(text)), text);
    }
};

QTEST_APPLESS_MAIN(IpTest)
#include "tst_ip.moc"
