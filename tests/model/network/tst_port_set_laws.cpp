// SPDX-License-Identifier: GPL-3.0-or-later
#include "network/port_set.h"

#include <rapidcheck.h>

#include <QtTest>

#include <algorithm>

using namespace glacis;

namespace {

/// Few ports close together, so that ranges touch, overlap and contain each other often; the ends of the scale too.
std::vector<PortRange> anyRanges()
{
    const auto range = rc::gen::map(rc::gen::tuple(rc::gen::element<int>(1, 6, 17), rc::gen::inRange(0, 24),
                                        rc::gen::inRange(0, 6), rc::gen::arbitrary<bool>()),
        [](const std::tuple<int, int, int, bool>& drawn) {
            const auto [protocol, start, length, high] = drawn;
            if (protocol == 1)
                return PortRange{1, -1, -1};
            const int from = high ? lastPort - start : start;
            return PortRange{static_cast<std::int16_t>(protocol), from, std::min(from + length, lastPort)};
        });
    return *rc::gen::container<std::vector<PortRange>>(range);
}

bool holds(const std::vector<PortRange>& ports, int protocol, int port)
{
    return std::ranges::any_of(ports, [&](const PortRange& range) {
        return range.protocol == protocol && (range.from < 0 || (range.from <= port && port <= range.to));
    });
}

bool isNormal(const PortSet& set)
{
    const std::vector<PortRange> ports = set.ranges();
    for (std::size_t i = 1; i < ports.size(); ++i) {
        const PortRange &a = ports[i - 1], &b = ports[i];
        if (b.protocol < a.protocol || (b.protocol == a.protocol && b.from <= a.to + 1))
            return false;
    }
    return std::ranges::all_of(ports, [](const PortRange& range) { return range.from <= range.to; });
}

/// Every element that the generator can draw from.
template <class Fact> void forEveryPort(Fact fact)
{
    fact(1, 0);
    fact(1, lastPort);
    for (const int protocol : {6, 17}) {
        for (int port = 0; port < 32; ++port) {
            fact(protocol, port);
            fact(protocol, lastPort - port);
        }
    }
}

} // namespace

class PortSetLaws : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aSetHoldsWhatItWasMadeOf()
    {
        QVERIFY(rc::check([] {
            const std::vector<PortRange> drawn = anyRanges();
            const PortSet made(drawn);
            RC_ASSERT(isNormal(made));
            RC_ASSERT(PortSet(made.ranges()) == made);
            forEveryPort([&](int protocol, int port) {
                RC_ASSERT(holds(drawn, protocol, port) == made.contains(static_cast<std::int16_t>(protocol), port));
            });
        }));
    }

    void unionIsOr()
    {
        QVERIFY(rc::check([] {
            const PortSet a(anyRanges()), b(anyRanges()), made = unionOf(a, b);
            RC_ASSERT(isNormal(made));
            RC_ASSERT(made == unionOf(b, a));
            forEveryPort([&](int protocol, int port) {
                RC_ASSERT(
                    holds(made.ranges(), protocol, port) == made.contains(static_cast<std::int16_t>(protocol), port));
                RC_ASSERT(made.contains(static_cast<std::int16_t>(protocol), port)
                    == (holds(a.ranges(), protocol, port) || holds(b.ranges(), protocol, port)));
            });
        }));
    }

    void intersectionIsAnd()
    {
        QVERIFY(rc::check([] {
            const PortSet a(anyRanges()), b(anyRanges()), made = intersectionOf(a, b);
            RC_ASSERT(isNormal(made));
            RC_ASSERT(made == intersectionOf(b, a));
            forEveryPort([&](int protocol, int port) {
                RC_ASSERT(
                    holds(made.ranges(), protocol, port) == made.contains(static_cast<std::int16_t>(protocol), port));
                RC_ASSERT(made.contains(static_cast<std::int16_t>(protocol), port)
                    == (holds(a.ranges(), protocol, port) && holds(b.ranges(), protocol, port)));
            });
        }));
    }

    void differenceIsAndNot()
    {
        QVERIFY(rc::check([] {
            const PortSet a(anyRanges()), b(anyRanges()), made = difference(a, b);
            RC_ASSERT(isNormal(made));
            forEveryPort([&](int protocol, int port) {
                RC_ASSERT(
                    holds(made.ranges(), protocol, port) == made.contains(static_cast<std::int16_t>(protocol), port));
                RC_ASSERT(made.contains(static_cast<std::int16_t>(protocol), port)
                    == (holds(a.ranges(), protocol, port) && !holds(b.ranges(), protocol, port)));
            });
        }));
    }

    void whatIsTakenAndWhatIsLeftMakeTheWhole()
    {
        QVERIFY(rc::check([] {
            const PortSet a(anyRanges()), b(anyRanges());
            RC_ASSERT(unionOf(difference(a, b), intersectionOf(a, b)) == a);
            RC_ASSERT(intersectionOf(difference(a, b), b).empty());
        }));
    }

    void intersectionSpreadsOverUnion()
    {
        QVERIFY(rc::check([] {
            const PortSet a(anyRanges()), b(anyRanges()), c(anyRanges());
            RC_ASSERT(intersectionOf(a, unionOf(b, c)) == unionOf(intersectionOf(a, b), intersectionOf(a, c)));
        }));
    }
};

QTEST_APPLESS_MAIN(PortSetLaws)
#include "tst_port_set_laws.moc"
