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

namespace {

/// One listener's way on from one interface.
struct Leaving {
    const Listener& listener;
    const Interface& door;
    const IpAddress* client;
    NodeId target;
};

void toBackends(const NetworkModel& model, const Estate& estate, const Balancer& balancer, const Leaving& from,
    const Outcome& front, BestOutcomes& best)
{
    for (const Backend& backend : from.listener.backends) {
        if (!leadsTo(model, backend, from.target))
            continue;
        for (const Interface* end : model.at(from.target)) {
            if (!backend.crossZone.value_or(balancer.crossZone)
                && model[from.door.segment].place != model[end->segment].place)
                continue;
            const IpAddress* seen = from.listener.keepsClient ? from.client : nullptr;
            const Way way = wayFromBalancer(model, estate, from.door, seen, backend, *end);
            for (const Outcome& behind : outcomes(model, estate, way, PortSet{backend.port}))
                best.take(chained(front, behind));
        }
    }
}

/// The interfaces from which what came in at `entry` is sent on.
std::vector<const Interface*> sendersFor(const NetworkModel& model, const Balancer& balancer, const Interface& entry)
{
    if (balancer.sender == noNode)
        return {&entry};
    std::vector<const Interface*> doors = model.at(balancer.sender);
    if (!balancer.crossZone) {
        std::erase_if(
            doors, [&](const Interface* door) { return model[door->segment].place != model[entry.segment].place; });
    }
    return doors;
}

/// "Update the security groups for your Network Load Balancer": for traffic over PrivateLink the source is the client's
/// private address, not that of the endpoint. Which address that is nobody knows here but the client; those of the
/// endpoint's neighbours are likely ones.
std::vector<Outcome> letIn(const NetworkModel& model, const Estate& estate, const Balancer& balancer,
    const Interface& entry, const Interface& door, const PortSet& ports)
{
    if (!balancer.senderAsks)
        return {{Reach::Reachable, ports, {}, {}}};
    std::vector<Outcome> found = outcomes(model, estate, wayInto(model, estate, door, entry.inside), ports);
    for (Outcome& one : found) {
        if (one.verdict != Reach::Blocked && one.verdict != Reach::Latent)
            continue;
        one.verdict = Reach::Unknown;
        one.missing = "the addresses of the clients of " + std::string(estate.id(balancer.thing))
            + ", for the security groups of " + std::string(estate.id(balancer.sender));
    }
    return found;
}

} // namespace

std::vector<Outcome> sentOn(const NetworkModel& model, const Estate& estate, NodeId node, NodeId target,
    const IpAddress* client, FromWhere start)
{
    BestOutcomes best;
    const Balancer* balancer = model.balancer(node);
    if (!balancer)
        return {};
    for (const Interface* entry : model.at(node)) {
        for (const Listener& listener : balancer->listeners) {
            std::vector<Outcome> fronts = {{Reach::Reachable, listener.ports, {}, {}}};
            if (client && start == FromWhere::Client)
                fronts = outcomes(model, estate,
                    wayBetween(model, estate, {nullptr, *client, NodeId{0}}, {entry, {}, node}), listener.ports);
            for (const Interface* door : sendersFor(model, *balancer, *entry)) {
                for (const Outcome& inner : letIn(model, estate, *balancer, *entry, *door, listener.ports)) {
                    for (const Outcome& front : fronts)
                        toBackends(
                            model, estate, *balancer, {listener, *door, client, target}, chained(front, inner), best);
                }
            }
        }
    }
    return best.kept();
}

} // namespace glacis
