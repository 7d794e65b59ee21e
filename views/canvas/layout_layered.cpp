// SPDX-License-Identifier: GPL-3.0-or-later
#include "canvas/layout_layered.h"

#include "canvas/spread.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace glacis {

namespace {

/// A place in a column: a node, or where an edge crosses the column, with its label or without.
struct Place {
    int node = -1;
    int edge = -1;
    int layer = 0; ///< even: columns of nodes, odd: columns of labels between them
    bool hasLabel = false;
    double height = 0;
    double y = 0;
    std::vector<int> before; ///< neighbours in the layer on the left
    std::vector<int> after;
};

constexpr double bareHeight = 10; ///< of an edge that crosses a column

class Layering {
public:
    explicit Layering(const LayeredInput& input) : m_input(input) { }

    LayeredPlan run()
    {
        rankNodes();
        makePlaces();
        orderPlaces();
        setHeights();
        return plan();
    }

private:
    [[nodiscard]] static std::size_t at(int index) { return static_cast<std::size_t>(index); }

    /// Edges of the depth first search that lead back to a node on its own way; they don't count for the ranks.
    std::vector<bool> backEdges() const
    {
        enum class State : std::uint8_t { New, OnWay, Done };
        std::vector<std::vector<int>> out(m_input.nodes.size());
        for (int edge = 0; edge < static_cast<int>(m_input.edges.size()); ++edge)
            out[at(m_input.edges[at(edge)].from)].push_back(edge);
        std::vector<State> state(m_input.nodes.size(), State::New);
        std::vector<bool> back(m_input.edges.size(), false);
        std::vector<std::pair<int, std::size_t>> way;
        for (int root = 0; root < static_cast<int>(m_input.nodes.size()); ++root) {
            if (state[at(root)] != State::New)
                continue;
            state[at(root)] = State::OnWay;
            way.emplace_back(root, 0);
            while (!way.empty()) {
                auto& [node, next] = way.back();
                if (next == out[at(node)].size()) {
                    state[at(node)] = State::Done;
                    way.pop_back();
                    continue;
                }
                const int edge = out[at(node)][next++];
                const int to = m_input.edges[at(edge)].to;
                if (state[at(to)] == State::OnWay) {
                    back[at(edge)] = true;
                } else if (state[at(to)] == State::New) {
                    state[at(to)] = State::OnWay;
                    way.emplace_back(to, 0);
                }
            }
        }
        return back;
    }

    void rankNodes()
    {
        const std::vector<bool> back = backEdges();
        std::vector<int> waits(m_input.nodes.size(), 0);
        std::vector<std::vector<int>> out(m_input.nodes.size());
        for (std::size_t edge = 0; edge < m_input.edges.size(); ++edge) {
            if (back[edge])
                continue;
            out[at(m_input.edges[edge].from)].push_back(m_input.edges[edge].to);
            ++waits[at(m_input.edges[edge].to)];
        }
        m_ranks.assign(m_input.nodes.size(), 0);
        std::vector<int> ready;
        for (int node = 0; node < static_cast<int>(m_input.nodes.size()); ++node) {
            if (waits[at(node)] == 0)
                ready.push_back(node);
        }
        for (std::size_t next = 0; next < ready.size(); ++next) {
            const int node = ready[next];
            if (m_input.nodes[at(node)].rank >= 0)
                m_ranks[at(node)] = m_input.nodes[at(node)].rank;
            for (const int to : out[at(node)]) {
                m_ranks[at(to)] = std::max(m_ranks[at(to)], m_ranks[at(node)] + 1);
                if (--waits[at(to)] == 0)
                    ready.push_back(to);
            }
        }
        const int last = m_ranks.empty() ? 0 : *std::max_element(m_ranks.begin(), m_ranks.end());
        m_layers.resize(at(2 * last + 1));
    }

    int addPlace(Place place)
    {
        const int index = static_cast<int>(m_places.size());
        m_layers[at(place.layer)].push_back(index);
        m_places.push_back(std::move(place));
        return index;
    }

    void makePlaces()
    {
        for (int node = 0; node < static_cast<int>(m_input.nodes.size()); ++node) {
            Place place;
            place.node = node;
            place.layer = 2 * m_ranks[at(node)];
            place.height = m_input.nodes[at(node)].size.height();
            addPlace(std::move(place));
        }
        m_chains.resize(m_input.edges.size());
        for (int edge = 0; edge < static_cast<int>(m_input.edges.size()); ++edge)
            makeChain(edge);
    }

    void makeChain(int edge)
    {
        int from = m_input.edges[at(edge)].from;
        int to = m_input.edges[at(edge)].to;
        if (m_ranks[at(from)] > m_ranks[at(to)])
            std::swap(from, to);
        std::vector<int>& chain = m_chains[at(edge)];
        chain.push_back(from);
        const QSizeF label = m_input.edges[at(edge)].label;
        for (int layer = 2 * m_ranks[at(from)] + 1; layer < 2 * m_ranks[at(to)]; ++layer) {
            Place place;
            place.edge = edge;
            place.layer = layer;
            place.hasLabel = !label.isEmpty() && layer == 2 * m_ranks[at(from)] + 1;
            place.height = place.hasLabel ? label.height() : bareHeight;
            chain.push_back(addPlace(std::move(place)));
        }
        chain.push_back(to);
        // Edges within a column have no place between: they are drawn as a loop beside it.
        if (m_ranks[at(from)] == m_ranks[at(to)])
            return;
        for (std::size_t step = 1; step < chain.size(); ++step) {
            m_places[at(chain[step - 1])].after.push_back(chain[step]);
            m_places[at(chain[step])].before.push_back(chain[step - 1]);
        }
    }

    void setPositions(const std::vector<int>& layer)
    {
        for (std::size_t position = 0; position < layer.size(); ++position)
            m_position[at(layer[position])] = static_cast<double>(position);
    }

    void sortLayer(std::vector<int>& layer, std::vector<int> Place::*side)
    {
        std::vector<std::pair<double, int>> wanted;
        for (const int index : layer) {
            const std::vector<int>& neighbours = m_places[at(index)].*side;
            double sum = 0;
            for (const int neighbour : neighbours)
                sum += m_position[at(neighbour)];
            wanted.emplace_back(
                neighbours.empty() ? m_position[at(index)] : sum / static_cast<double>(neighbours.size()), index);
        }
        std::stable_sort(wanted.begin(), wanted.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
        for (std::size_t position = 0; position < layer.size(); ++position)
            layer[position] = wanted[position].second;
        setPositions(layer);
    }

    /// Inversions between the ends of neighbouring layers, by a binary indexed tree.
    int crossings() const
    {
        int total = 0;
        for (std::size_t layer = 0; layer + 1 < m_layers.size(); ++layer) {
            const std::size_t width = m_layers[layer + 1].size();
            std::vector<int> tree(width + 1, 0);
            int seen = 0;
            for (const int index : m_layers[layer]) {
                std::vector<std::size_t> ends;
                for (const int neighbour : m_places[at(index)].after)
                    ends.push_back(static_cast<std::size_t>(m_position[at(neighbour)]));
                for (const std::size_t end : ends) {
                    int notAfter = 0;
                    for (std::size_t node = end + 1; node > 0; node &= node - 1)
                        notAfter += tree[node];
                    total += seen - notAfter;
                }
                for (const std::size_t end : ends) {
                    for (std::size_t node = end + 1; node <= width; node += node & (~node + 1))
                        ++tree[node];
                    ++seen;
                }
            }
        }
        return total;
    }

    void orderPlaces()
    {
        m_position.assign(m_places.size(), 0);
        for (const std::vector<int>& layer : m_layers)
            setPositions(layer);
        std::vector<std::vector<int>> best = m_layers;
        m_crossings = crossings();
        for (int sweep = 0; sweep < m_input.sweeps && m_crossings > 0; ++sweep) {
            if (sweep % 2 == 0) {
                for (std::size_t layer = 1; layer < m_layers.size(); ++layer)
                    sortLayer(m_layers[layer], &Place::before);
            } else {
                for (std::size_t layer = m_layers.size() - 1; layer-- > 0;)
                    sortLayer(m_layers[layer], &Place::after);
            }
            if (const int now = crossings(); now < m_crossings) {
                m_crossings = now;
                best = m_layers;
            }
        }
        m_layers = std::move(best);
        for (const std::vector<int>& layer : m_layers)
            setPositions(layer);
    }

    void settle(const std::vector<int>& layer, bool useBefore, bool useAfter)
    {
        std::vector<SpreadItem> items;
        items.reserve(layer.size());
        for (const int index : layer) {
            const Place& place = m_places[at(index)];
            double sum = 0;
            double weight = 0;
            const auto pull = [&](const std::vector<int>& neighbours) {
                for (const int neighbour : neighbours) {
                    // Edges that cross columns should run straight: their pieces pull harder.
                    const double own = place.edge >= 0 && m_places[at(neighbour)].edge >= 0 ? 4 : 1;
                    sum += own * m_places[at(neighbour)].y;
                    weight += own;
                }
            };
            if (useBefore)
                pull(place.before);
            if (useAfter)
                pull(place.after);
            items.push_back({weight > 0 ? sum / weight : place.y, place.height, std::max(weight, 0.1)});
        }
        const std::vector<double> middles = spread(items, m_input.rowGap);
        for (std::size_t item = 0; item < layer.size(); ++item)
            m_places[at(layer[item])].y = middles[item];
    }

    void setHeights()
    {
        for (const std::vector<int>& layer : m_layers) {
            double y = 0;
            for (const int index : layer) {
                Place& place = m_places[at(index)];
                place.y = y + place.height / 2;
                y += place.height + m_input.rowGap;
            }
            for (const int index : layer)
                m_places[at(index)].y -= y / 2;
        }
        for (int round = 0; round < 6; ++round) {
            for (std::size_t layer = 1; layer < m_layers.size(); ++layer)
                settle(m_layers[layer], true, round > 2);
            for (std::size_t layer = m_layers.size() - 1; layer-- > 0;)
                settle(m_layers[layer], round > 2, true);
        }
    }

    std::vector<QRectF> columnRects() const
    {
        std::vector<QRectF> columns;
        double x = 0;
        for (std::size_t layer = 0; layer < m_layers.size(); ++layer) {
            double width = 0;
            for (const int index : m_layers[layer]) {
                const Place& place = m_places[at(index)];
                if (place.node >= 0)
                    width = std::max(width, m_input.nodes[at(place.node)].size.width());
                else if (place.hasLabel)
                    width = std::max(width, m_input.edges[at(place.edge)].label.width());
            }
            columns.emplace_back(x, 0, width, 0);
            // Half the gap on each side of a column of labels; without labels the gap is whole.
            x += width + m_input.columnGap;
        }
        return columns;
    }

    /// Where edges leave and enter a node: side by side, in the order of where they go.
    double portOffset(int node, int edge, bool leaving) const
    {
        const Place& place = m_places[at(node)];
        const std::vector<int>& neighbours = leaving ? place.after : place.before;
        if (neighbours.size() < 2)
            return 0;
        const int next = leaving ? m_chains[at(edge)][1] : m_chains[at(edge)][m_chains[at(edge)].size() - 2];
        const auto order = std::count_if(neighbours.begin(), neighbours.end(),
            [&](int other) { return m_position[at(other)] < m_position[at(next)]; });
        const auto count = static_cast<double>(neighbours.size());
        const double step = std::min(9.0, (place.height - 16) / (count - 1));
        return (static_cast<double>(order) - (count - 1) / 2) * std::max(step, 0.0);
    }

    LayeredPlan::Route loopRoute(int edge, const LayeredPlan& plan) const
    {
        const LayeredInput::Edge& row = m_input.edges[at(edge)];
        const QRectF from = plan.nodes[at(row.from)];
        const QRectF to = plan.nodes[at(row.to)];
        LayeredPlan::Route route;
        const double out = std::max(from.right(), to.right()) + m_input.columnGap * 0.6;
        const double shift = row.from == row.to ? from.height() * 0.25 : 0;
        const QPointF start(from.right(), from.center().y() - shift);
        const QPointF end(to.right(), to.center().y() + shift);
        route.points = {start, QPointF(out, start.y()), QPointF(out, end.y()), end};
        if (!row.label.isEmpty()) {
            route.label = QRectF(QPointF(), row.label);
            route.label.moveCenter(QPointF(out - m_input.columnGap * 0.15, (start.y() + end.y()) / 2));
        }
        return route;
    }

    LayeredPlan::Route chainRoute(int edge, const LayeredPlan& plan, const std::vector<QRectF>& columns) const
    {
        const std::vector<int>& chain = m_chains[at(edge)];
        LayeredPlan::Route route;
        const QRectF first = plan.nodes[at(chain.front())];
        const QRectF last = plan.nodes[at(chain.back())];
        QPointF now(first.right(), first.center().y() + portOffset(chain.front(), edge, true));
        route.points.append(now);
        const auto curveTo = [&](QPointF next) {
            const double reach = (next.x() - now.x()) * 0.5;
            route.points << QPointF(now.x() + reach, now.y()) << QPointF(next.x() - reach, next.y()) << next;
            now = next;
        };
        for (std::size_t step = 1; step + 1 < chain.size(); ++step) {
            const Place& place = m_places[at(chain[step])];
            const QRectF& column = columns[at(place.layer)];
            curveTo({column.left(), place.y});
            if (column.width() > 0)
                curveTo({column.right(), place.y});
            if (place.hasLabel) {
                route.label = QRectF(QPointF(), m_input.edges[at(edge)].label);
                route.label.moveCenter({column.center().x(), place.y});
            }
        }
        curveTo({last.left(), last.center().y() + portOffset(chain.back(), edge, false)});
        if (m_ranks[at(m_input.edges[at(edge)].from)] > m_ranks[at(m_input.edges[at(edge)].to)])
            std::reverse(route.points.begin(), route.points.end());
        return route;
    }

    LayeredPlan plan() const
    {
        LayeredPlan plan;
        plan.ranks = m_ranks;
        plan.crossings = m_crossings;
        const std::vector<QRectF> columns = columnRects();
        for (int node = 0; node < static_cast<int>(m_input.nodes.size()); ++node) {
            QRectF rect(QPointF(), m_input.nodes[at(node)].size);
            rect.moveCenter({columns[at(2 * m_ranks[at(node)])].center().x(), m_places[at(node)].y});
            plan.nodes.push_back(rect);
            plan.extent = plan.extent.isNull() ? rect : plan.extent.united(rect);
        }
        for (int edge = 0; edge < static_cast<int>(m_input.edges.size()); ++edge) {
            const LayeredInput::Edge& row = m_input.edges[at(edge)];
            const bool inColumn = m_ranks[at(row.from)] == m_ranks[at(row.to)];
            plan.routes.push_back(inColumn ? loopRoute(edge, plan) : chainRoute(edge, plan, columns));
            for (const QPointF& point : plan.routes.back().points)
                plan.extent = plan.extent.united(QRectF(point, QSizeF(0.1, 0.1)));
            if (!plan.routes.back().label.isNull())
                plan.extent = plan.extent.united(plan.routes.back().label);
        }
        return plan;
    }

    const LayeredInput& m_input;
    std::vector<int> m_ranks;
    std::vector<Place> m_places; ///< the nodes first, in their order
    std::vector<std::vector<int>> m_layers;
    std::vector<std::vector<int>> m_chains; ///< places of each edge, from left to right
    std::vector<double> m_position;
    int m_crossings = 0;
};

} // namespace

LayeredPlan layoutLayered(const LayeredInput& input)
{
    return Layering(input).run();
}

} // namespace glacis
