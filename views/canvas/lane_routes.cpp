// SPDX-License-Identifier: GPL-3.0-or-later
#include "canvas/lane_routes.h"

#include "canvas/spread.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace glacis {

namespace {

constexpr double clearance = 8; ///< between a line and a box that it passes
constexpr double track = 7; ///< between two lines in the same free room
constexpr double portStep = 12;

struct Interval {
    double begin;
    double end;
};

class Router {
public:
    Router(const LanesInput& input, LanesPlan& plan) : m_input(input), m_plan(plan) { }

    void run()
    {
        m_plan.routes.resize(m_input.links.size());
        m_laneThings.resize(m_input.lanes.size());
        for (std::size_t box = 0; box < m_input.boxes.size(); ++box)
            addThing(m_input.boxes[box].lane, m_plan.boxes[box]);
        for (std::size_t mark = 0; mark < m_input.marks.size(); ++mark) {
            if (m_input.marks[mark].box < 0)
                addThing(m_input.marks[mark].lane, m_plan.marks[mark]);
        }
        addFrameHeaders();
        wire();
        setPorts();
        for (const Wire& wire : m_wires)
            route(wire);
        placeLabels();
    }

private:
    struct Wire {
        int link = 0;
        int fromLane = 0;
        int toLane = 0;
        QRectF from;
        QRectF to;
        QRectF fromAround; ///< the boxes around the ends
        QRectF toAround;
        QPointF start;
        QPointF end;
    };

    [[nodiscard]] static std::size_t at(int index) { return static_cast<std::size_t>(index); }

    void addThing(int lane, const QRectF& rect)
    {
        if (!rect.isEmpty())
            m_laneThings[at(lane)].push_back({rect.top() - clearance, rect.bottom() + clearance});
    }

    /// The names of accounts and networks stand in the first lane that they reach into.
    void addFrameHeaders()
    {
        int first = 0;
        while (first + 1 < static_cast<int>(m_input.lanes.size()) && m_input.lanes[at(first)].outside)
            ++first;
        for (const QRectF& frame : m_plan.frames) {
            if (!frame.isEmpty())
                m_laneThings[at(first)].push_back({frame.top(), frame.top() + m_input.boxHeader});
        }
    }

    [[nodiscard]] QRectF rectOf(const LanesInput::End& end) const
    {
        switch (end.kind) {
        case LanesInput::End::Kind::Mark:
            return m_plan.marks[at(end.index)];
        case LanesInput::End::Kind::Box:
            return m_plan.boxes[at(end.index)];
        case LanesInput::End::Kind::Frame:
            break;
        }
        return m_plan.frames[at(end.index)];
    }

    [[nodiscard]] int laneOf(const LanesInput::End& end) const
    {
        const double middle =
            end.kind == LanesInput::End::Kind::Frame ? rectOf(end).left() + 1 : rectOf(end).center().x();
        for (std::size_t lane = 0; lane < m_plan.lanes.size(); ++lane) {
            if (middle <= m_plan.lanes[lane].right())
                return static_cast<int>(lane);
        }
        return static_cast<int>(m_plan.lanes.size()) - 1;
    }

    void wire()
    {
        for (int link = 0; link < static_cast<int>(m_input.links.size()); ++link) {
            const LanesInput::Link& row = m_input.links[at(link)];
            Wire wire;
            wire.link = link;
            wire.from = rectOf(row.from);
            wire.to = rectOf(row.to);
            wire.fromLane = laneOf(row.from);
            wire.toLane = laneOf(row.to);
            wire.fromAround = boxAround(row.from);
            wire.toAround = boxAround(row.to);
            m_wires.push_back(wire);
        }
    }

    /// The box of a mark, or the thing itself.
    [[nodiscard]] QRectF boxAround(const LanesInput::End& end) const
    {
        const int box = end.kind == LanesInput::End::Kind::Mark ? m_input.marks[at(end.index)].box : -1;
        return box >= 0 ? m_plan.boxes[at(box)] : rectOf(end);
    }

    /// Lines that leave the same side of a thing stand apart, in the order of where they go.
    void setPorts()
    {
        struct Port {
            std::size_t wire;
            bool atStart;
            double towards;
        };
        std::map<std::pair<std::pair<double, double>, bool>, std::vector<Port>> sides;
        for (std::size_t wire = 0; wire < m_wires.size(); ++wire) {
            const Wire& row = m_wires[wire];
            const bool leavesRight = row.toLane >= row.fromLane;
            const bool entersRight = row.toLane <= row.fromLane;
            sides[{{row.from.left(), row.from.top()}, leavesRight}].push_back({wire, true, row.to.center().y()});
            sides[{{row.to.left(), row.to.top()}, entersRight}].push_back({wire, false, row.from.center().y()});
        }
        for (auto& [side, ports] : sides) {
            std::stable_sort(
                ports.begin(), ports.end(), [](const Port& a, const Port& b) { return a.towards < b.towards; });
            for (std::size_t order = 0; order < ports.size(); ++order) {
                Wire& wire = m_wires[ports[order].wire];
                const QRectF& rect = ports[order].atStart ? wire.from : wire.to;
                const auto count = static_cast<double>(ports.size());
                const double step = count > 1 ? std::min(portStep, (rect.height() - 12) / (count - 1)) : 0;
                const double y = rect.center().y() + (static_cast<double>(order) - (count - 1) / 2) * step;
                // Beside a mark of several columns a line begins at the box, so that it runs through no other mark.
                const QRectF& around = ports[order].atStart ? wire.fromAround : wire.toAround;
                const double gap = side.second ? around.right() - rect.right() : rect.left() - around.left();
                const QRectF& edge = gap > rect.width() / 2 ? around : rect;
                (ports[order].atStart ? wire.start : wire.end) = {side.second ? edge.right() : edge.left(), y};
            }
        }
    }

    /// The heights that are taken in all lanes between two, joined where they overlap.
    const std::vector<Interval>& takenBetween(int first, int last)
    {
        const auto [found, isNew] = m_taken.try_emplace({first, last});
        if (!isNew)
            return found->second;
        std::vector<Interval> all;
        for (int lane = first; lane <= last; ++lane)
            all.insert(all.end(), m_laneThings[at(lane)].begin(), m_laneThings[at(lane)].end());
        std::sort(all.begin(), all.end(), [](const Interval& a, const Interval& b) { return a.begin < b.begin; });
        for (const Interval& one : all) {
            if (!found->second.empty() && one.begin <= found->second.back().end)
                found->second.back().end = std::max(found->second.back().end, one.end);
            else
                found->second.push_back(one);
        }
        return found->second;
    }

    [[nodiscard]] static bool isFree(const std::vector<Interval>& taken, double y)
    {
        const auto after = std::upper_bound(
            taken.begin(), taken.end(), y, [](double at, const Interval& one) { return at < one.begin; });
        return after == taken.begin() || std::prev(after)->end <= y;
    }

    /// The height nearest to the way from `from` to `to` at which a line passes the lanes between, apart from the
    /// others.
    double freeHeight(int first, int last, double from, double to)
    {
        const std::vector<Interval>& taken = takenBetween(first, last);
        std::vector<double> candidates{from, to, (from + to) / 2};
        const auto nearest = std::lower_bound(
            taken.begin(), taken.end(), from, [](const Interval& one, double y) { return one.end < y; });
        constexpr std::ptrdiff_t reach = 6;
        const auto low = nearest - std::min(reach, nearest - taken.begin());
        const auto high = nearest + std::min(reach, taken.end() - nearest);
        for (auto one = low; one != high; ++one) {
            for (int step = 0; step < 4; ++step) {
                candidates.push_back(one->begin - step * track);
                candidates.push_back(one->end + step * track);
            }
        }
        double best = from;
        double least = 1e300;
        for (const double y : candidates) {
            double cost = std::abs(y - from) + std::abs(y - to);
            cost += isFree(taken, y) ? 0 : 1e6;
            cost += isUsed(first, last, y) ? 4'000 : 0;
            if (cost < least) {
                least = cost;
                best = y;
            }
        }
        m_used.push_back({first, last, best});
        return best;
    }

    [[nodiscard]] bool isUsed(int first, int last, double y) const
    {
        // Among so many no line is told from its neighbour any more.
        constexpr std::size_t mostApart = 1'500;
        return m_used.size() < mostApart && std::any_of(m_used.begin(), m_used.end(), [&](const Used& used) {
            return used.first <= last && first <= used.last && std::abs(used.y - y) < track - 0.5;
        });
    }

    void route(const Wire& wire)
    {
        QVector<QPointF>& points = m_plan.routes[at(wire.link)].points;
        points = {wire.start};
        const auto curveTo = [&points](QPointF next) {
            const QPointF now = points.back();
            const double reach = (next.x() - now.x()) * 0.5;
            points << QPointF(now.x() + reach, now.y()) << QPointF(next.x() - reach, next.y()) << next;
        };
        if (wire.fromLane == wire.toLane) {
            const double out = std::max(wire.start.x(), wire.end.x()) + 44;
            points << QPointF(out, wire.start.y()) << QPointF(out, wire.end.y()) << wire.end;
            return;
        }
        const bool isForward = wire.toLane > wire.fromLane;
        const int first = std::min(wire.fromLane, wire.toLane) + 1;
        const int last = std::max(wire.fromLane, wire.toLane) - 1;
        if (first <= last) {
            const double y = freeHeight(first, last, wire.start.y(), wire.end.y());
            const double left = m_plan.lanes[at(first)].left();
            const double right = m_plan.lanes[at(last)].right();
            curveTo({isForward ? left : right, y});
            curveTo({isForward ? right : left, y});
        }
        curveTo(wire.end);
    }

    /// The height of a cubic route where it crosses `x`.
    [[nodiscard]] static double heightAt(const QVector<QPointF>& points, double x)
    {
        for (qsizetype at = 0; at + 3 < points.size(); at += 3) {
            const QPointF& a = points[at];
            const QPointF& d = points[at + 3];
            if ((x - a.x()) * (x - d.x()) > 0)
                continue;
            double low = 0;
            double high = 1;
            const auto along = [&](double t, auto part) {
                const double u = 1 - t;
                return u * u * u * part(a) + 3 * u * u * t * part(points[at + 1]) + 3 * u * t * t * part(points[at + 2])
                    + t * t * t * part(d);
            };
            const auto across = [](const QPointF& p) { return p.x(); };
            const bool grows = d.x() > a.x();
            for (int step = 0; step < 24; ++step) {
                const double middle = (low + high) / 2;
                ((along(middle, across) < x) == grows ? low : high) = middle;
            }
            return along((low + high) / 2, [](const QPointF& p) { return p.y(); });
        }
        return points.isEmpty() ? 0 : points.front().y();
    }

    /// Labels stand in the gap on the left end of their link, moved up or down until none covers another.
    void placeLabels()
    {
        struct Wish {
            int link;
            double y;
        };
        std::map<int, std::vector<Wish>> gaps;
        for (const Wire& wire : m_wires) {
            if (m_input.links[at(wire.link)].label.isEmpty())
                continue;
            const int gap = std::min(wire.fromLane, wire.toLane);
            gaps[gap].push_back({wire.link, 0});
        }
        for (auto& [gap, wishes] : gaps) {
            const double left = m_plan.lanes[at(gap)].right();
            const bool isLast = gap + 1 >= static_cast<int>(m_plan.lanes.size());
            const double right = isLast ? left + m_input.laneGap : m_plan.lanes[at(gap + 1)].left();
            const double middle = (left + right) / 2;
            for (Wish& wish : wishes) {
                const Wire& wire = m_wires[at(wish.link)];
                wish.y = wire.fromLane == wire.toLane ? (wire.start.y() + wire.end.y()) / 2
                                                      : heightAt(m_plan.routes[at(wish.link)].points, middle);
            }
            std::stable_sort(wishes.begin(), wishes.end(), [](const Wish& a, const Wish& b) { return a.y < b.y; });
            std::vector<SpreadItem> items;
            for (const Wish& wish : wishes)
                items.push_back({wish.y, m_input.links[at(wish.link)].label.height(), 1});
            const std::vector<double> middles = spread(items, 3);
            for (std::size_t order = 0; order < wishes.size(); ++order) {
                QRectF label(QPointF(), m_input.links[at(wishes[order].link)].label);
                label.setWidth(std::min(label.width(), right - left - 8));
                label.moveCenter({middle, middles[order]});
                m_plan.routes[at(wishes[order].link)].label = label;
            }
        }
    }

    struct Used {
        int first;
        int last;
        double y;
    };

    const LanesInput& m_input;
    LanesPlan& m_plan;
    std::vector<Wire> m_wires;
    std::vector<std::vector<Interval>> m_laneThings;
    std::map<std::pair<int, int>, std::vector<Interval>> m_taken;
    std::vector<Used> m_used;
};

} // namespace

void routeLaneLinks(const LanesInput& input, LanesPlan& plan)
{
    if (!input.lanes.empty())
        Router(input, plan).run();
}

} // namespace glacis
