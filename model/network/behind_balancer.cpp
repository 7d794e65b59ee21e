// SPDX-License-Identifier: GPL-3.0-or-later
#include "network/behind_balancer.h"

#include <algorithm>

namespace glacis {

namespace {

bool leadsTo(const NetworkModel& model, const Backend& backend, NodeId target)
{
    if (backend.target != noNode)
        return backend.target == target;
    const auto interfaces = model.at(target);
    return std::ranges::any_of(interfaces, [&](const Interface* one) { return one->inside == backend.address; });
}

/// One way after another: what holds the first holds the whole, and two that are held are blocked.
Outcome chained(const Outcome& front, const Outcome& behind)
{
    Outcome whole{behind.verdict, behind.ports, front.hops, behind.missing};
    const bool held = front.verdict == Reach::Latent;
    if (front.verdict == Reach::Blocked
        || (held && behind.verdict != Reach::Reachable && behind.verdict != Reach::Partial)) {
        whole.verdict = Reach::Blocked;
        return whole;
    }
    whole.hops.insert(whole.hops.end(), behind.hops.begin(), behind.hops.end());
    if (rank(front.verdict) < rank(behind.verdict)) {
        whole.verdict = front.verdict;
        whole.missing = front.missing;
    }
    return whole;
}

} // namespace

std::vector<NodeId> balancersOf(const NetworkModel& model, NodeId target)
{
    std::vector<NodeId> found;
    for (const Balancer& balancer : model.balancers) {
        const bool forwards = std::ranges::any_of(balancer.listeners, [&](const Listener& listener) {
            return std::ranges::any_of(
                listener.backends, [&](const Backend& one) { return leadsTo(model, one, target); });
        });
        if (forwards)
            found.push_back(balancer.thing);
    }
    return found;
}

std::vector<Outcome> sentOn(const NetworkModel& model, const Estate& estate, NodeId node, NodeId target,
    const IpAddress* client, FromWhere start)
{
    BestOutcomes best;
    const Balancer* balancer = model.balancer(node);
    if (!balancer)
        return {};
    for (const Interface* door : model.at(node)) {
        for (const Listener& listener : balancer->listeners) {
            std::vector<Outcome> fronts = {{Reach::Reachable, listener.ports, {}, {}}};
            if (client && start == FromWhere::Client)
                fronts = outcomes(model, estate,
                    wayBetween(model, estate, {nullptr, *client, NodeId{0}}, {door, {}, node}), listener.ports);
            for (const Backend& backend : listener.backends) {
                if (!leadsTo(model, backend, target))
                    continue;
                for (const Interface* end : model.at(target)) {
                    if (!balancer->crossZone && model[door->segment].place != model[end->segment].place)
                        continue;
                    const Way way =
                        wayFromBalancer(model, estate, *door, listener.keepsClient ? client : nullptr, backend, *end);
                    for (const Outcome& behind : outcomes(model, estate, way, PortSet{backend.port})) {
                        for (const Outcome& front : fronts)
                            best.take(chained(front, behind));
                    }
                }
            }
        }
    }
    return best.kept();
}

} // namespace glacis
