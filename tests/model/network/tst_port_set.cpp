// SPDX-License-Identifier: GPL-3.0-or-later
#include "network/port_set.h"

#include <QtTest>

using namespace glacis;

namespace {

constexpr PortRange web{6, 443, 443};
constexpr PortRange icmp{1, -1, -1};

} // namespace

class PortSetTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void rangesThatTouchAreJoined()
    {
        QCOMPARE((PortSet{{6, 81, 90}, {6, 80, 80}}), (PortSet{{6, 80, 90}}));
        QCOMPARE((PortSet{{6, 80, 100}, {6, 90, 95}}), (PortSet{{6, 80, 100}}));
        QCOMPARE((PortSet{{6, 80, 80}, {6, 82, 82}}), (PortSet{{6, 80, 80}, {6, 82, 82}}));
    }

    void protocolsAreKeptApart()
    {
        QCOMPARE((PortSet{{17, 53, 53}, {6, 53, 53}}), (PortSet{{6, 53, 53}, {17, 53, 53}}));
        QCOMPARE(intersectionOf({{6, 53, 53}}, {{17, 53, 53}}), PortSet{});
        QCOMPARE(difference({{6, 53, 53}}, {{17, 0, lastPort}}), (PortSet{{6, 53, 53}}));
    }

    void aProtocolWithoutPortsIsTakenAsAWhole()
    {
        QCOMPARE((PortSet{icmp, icmp}), PortSet{icmp});
        QCOMPARE(intersectionOf({icmp}, allPorts()), PortSet{icmp});
        QCOMPARE(difference({icmp}, {icmp}), PortSet{});
        QCOMPARE(describe(PortSet{icmp, {6, 0, 0}}), std::string("icmp,tcp/0"));
    }

    void icmpIsTypeAndCode()
    {
        const PortSet echo = portsNamed("icmp/8"), unreachable = portsNamed("icmp/3/4");
        QVERIFY(echo.contains(icmp4, icmpPort(8, 0)) && echo.contains(icmp4, icmpPort(8, 255)));
        QVERIFY(!echo.contains(icmp4, icmpPort(9, 0)) && !echo.contains(icmp6, icmpPort(8, 0)));
        QVERIFY(unreachable.contains(icmp4, icmpPort(3, 4)) && !unreachable.contains(icmp4, icmpPort(3, 5)));
        QCOMPARE(describe(unionOf(echo, unreachable)), std::string("icmp/3/4,8"));
        QCOMPARE(describe(portsNamed("icmp/256")), std::string("none"));
        QCOMPARE(describe(portsNamed("icmp/3/x")), std::string("none"));
    }

    void allButALittleIsToldByWhatIsLeftOut()
    {
        QCOMPARE(describe(difference(allPorts(), {web})), std::string("any but tcp/443"));
    }

    void neighbouringProtocolsStayApart()
    {
        QCOMPARE(
            PortSet({{6, 0, lastPort}, {7, 0, 5}}).ranges(), (std::vector<PortRange>{{6, 0, lastPort}, {7, 0, 5}}));
    }

    void aHoleInTheMiddleLeavesBothSides()
    {
        QCOMPARE(difference({{6, 0, lastPort}}, {web}), (PortSet{{6, 0, 442}, {6, 444, lastPort}}));
        QCOMPARE(difference({{6, 443, 500}}, {web}), (PortSet{{6, 444, 500}}));
        QCOMPARE(difference({{6, 400, 443}}, {web}), (PortSet{{6, 400, 442}}));
    }

    void theLastPortCanBeTakenAway()
    {
        QCOMPARE(difference({{6, 0, lastPort}}, {{6, lastPort, lastPort}}), (PortSet{{6, 0, lastPort - 1}}));
        QCOMPARE(difference({{6, 0, lastPort}}, {{6, 0, 0}}), (PortSet{{6, 1, lastPort}}));
    }

    void nothingIsCalledNoneAndEverythingAny()
    {
        QCOMPARE(describe({}), std::string("none"));
        QCOMPARE(describe(allPorts()), std::string("any"));
        QCOMPARE(describe({{6, 0, lastPort}}), std::string("tcp"));
    }

    void aProtocolIsNamedOnceForAllItsRanges()
    {
        QCOMPARE(describe({{6, 443, 443}, {6, 8080, 8090}, {17, 53, 53}}), std::string("tcp/443,8080-8090,udp/53"));
        QCOMPARE(describe({icmp, web}), std::string("icmp,tcp/443"));
        QCOMPARE(describe({{50, -1, -1}}), std::string("protocol 50"));
    }

    void servicesAreReadAsTheyAreWritten_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("ports");
        QTest::newRow("one port") << "tcp/443"
                                  << "tcp/443";
        QTest::newRow("range") << "udp/1024-2048"
                               << "udp/1024-2048";
        QTest::newRow("port zero") << "tcp/0"
                                   << "tcp/0";
        QTest::newRow("last port") << "tcp/65535"
                                   << "tcp/65535";
        QTest::newRow("whole protocol") << "udp"
                                        << "udp";
        QTest::newRow("icmp as a whole") << "icmp"
                                         << "icmp";
        QTest::newRow("protocol by number") << "6/22"
                                            << "tcp/22";
        QTest::newRow("another protocol") << "50"
                                          << "protocol 50";
        QTest::newRow("all") << "any"
                             << "any";
        QTest::newRow("all as security groups say it") << "-1"
                                                       << "any";
        QTest::newRow("backwards") << "tcp/90-80"
                                   << "none";
        QTest::newRow("beyond the last port") << "tcp/65536"
                                              << "none";
        QTest::newRow("negative") << "tcp/-5"
                                  << "none";
        QTest::newRow("no number") << "tcp/http"
                                   << "none";
        QTest::newRow("not a protocol") << "https"
                                        << "none";
        QTest::newRow("protocol beyond a byte") << "256"
                                                << "none";
        QTest::newRow("nothing") << ""
                                 << "none";
    }
    void servicesAreReadAsTheyAreWritten()
    {
        QFETCH(QString, text);
        QFETCH(QString, ports);
        QCOMPARE(QString::fromStdString(describe(portsNamed(text.toStdString()))), ports);
    }
};

QTEST_APPLESS_MAIN(PortSetTest)
#include "tst_port_set.moc"
