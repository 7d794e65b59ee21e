// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <vector>

namespace glacis {

/// Something on a line that would like to be at `wanted` and needs `extent` around its middle.
struct SpreadItem {
    double wanted = 0;
    double extent = 0;
    double weight = 1;
};

/// The middles nearest to what the items want (least squares) so that, in the given order, they stand `gap` apart.
/// Linear: pool adjacent violators. Source: Ayer et al., "An Empirical Distribution Function for Sampling with
/// Incomplete Information" (1955).
[[nodiscard]] inline std::vector<double> spread(const std::vector<SpreadItem>& items, double gap)
{
    struct Pool {
        double sum = 0;
        double weight = 0;
        std::size_t count = 0;
        [[nodiscard]] double mean() const { return sum / weight; }
    };
    // Less the room of all before it, each item only has to be no further left than the one before.
    std::vector<double> room(items.size(), 0);
    for (std::size_t at = 1; at < items.size(); ++at)
        room[at] = room[at - 1] + (items[at - 1].extent + items[at].extent) / 2 + gap;
    std::vector<Pool> pools;
    for (std::size_t at = 0; at < items.size(); ++at) {
        pools.push_back({(items[at].wanted - room[at]) * items[at].weight, items[at].weight, 1});
        while (pools.size() > 1 && pools[pools.size() - 2].mean() > pools.back().mean()) {
            const Pool last = pools.back();
            pools.pop_back();
            pools.back().sum += last.sum;
            pools.back().weight += last.weight;
            pools.back().count += last.count;
        }
    }
    std::vector<double> middles;
    middles.reserve(items.size());
    for (const Pool& pool : pools) {
        for (std::size_t one = 0; one < pool.count; ++one)
            middles.push_back(pool.mean() + room[middles.size()]);
    }
    return middles;
}

} // namespace glacis
