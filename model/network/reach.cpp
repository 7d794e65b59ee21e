// SPDX-License-Identifier: GPL-3.0-or-later
#include "network/reach.h"

#include "core/text.h"
#include "network/behind_balancer.h"

#include <algorithm>

namespace glacis {

namespace {

/// The best outcome, with all services of which it is true.
void takeBetter(std::vector<Outcome> found, ReachAnswer& best, bool& first)
{
    for (Outcome& one : found) {
        if (!first && rank(one.verdict) == rank(best.verdict)) {
            best.ports = unionOf(best.ports, one.ports);
        } else if (first || rank(one.verdict) > rank(best.verdict)) {
            best.verdict = one.verdict;
            best.ports = std::move(one.ports);
            best.hops = std::move(one.hops);
            best.missing = std::move(one.missing);
        }
        first = false;
    }
}

/// The export that would tell where in the network something is; an id that nothing names is taken for one of AWS.
std::string_view placeExport(const Estate& estate, std::string_view id)
{
    const auto thing = estate.find(id);
    switch (thing ? estate.node(*thing).provider : Provider::Unknown) {
    case Provider::Azure:
        return "(az network nic list)";
    case Provider::Gcp:
        return "(gcloud compute instances list)";
    case Provider::Kubernetes:
        return "(kubectl get pods)";
    case Provider::Aws:
    case Provider::Unknown:
        break;
    }
    return "(aws ec2 describe-network-interfaces)";
}

} // namespace

const IpAddress& anyone4()
{
    static const IpAddress address = *parseIpAddress("9.9.9.9");
    return address;
}
const IpAddress& anyone6()
{
    static const IpAddress address = *parseIpAddress("2620:fe::fe");
    return address;
}

Reachability::Reachability(const Estate& estate) : m_estate(estate), m_model(networkModel(estate)) { }

const Hop* ReachAnswer::decidedBy() const
{
    const auto held = std::ranges::find_if(hops, [](const Hop& hop) { return !hop.passed; });
    if (verdict != Reach::Partial && held != hops.end())
        return &*held;
    return hops.empty() ? nullptr : &hops.back();
}

std::vector<End> Reachability::endsOf(std::string_view text, std::vector<Interface>& made) const
{
    if (text == "internet" || text == "internet6")
        return {{nullptr, text == "internet6" ? anyone6() : anyone4(), NodeId{0}}};
    std::vector<End> ends;
    if (const auto node = m_estate.find(text)) {
        for (const Interface* at : m_model.at(*node))
            ends.push_back({at, {}, *node});
        return ends;
    }
    // "subnet-…@10.0.0.9": an address of a subnet, whether or not an interface has it; nothing guards it.
    if (const auto subnet = m_estate.find(before(text, '@')); subnet && m_model.segment(*subnet) != noId<SegmentId>) {
        if (const auto own = parseIpAddress(after(text, '@'))) {
            Interface one;
            one.node = one.thing = *subnet;
            one.segment = m_model.segment(*subnet);
            one.guard = m_model.unguarded();
            one.inside = *own;
            one.hasInside = true;
            made.push_back(one);
            ends.push_back({&made.back(), {}, *subnet});
        }
        return ends;
    }
    const auto address = parseIpAddress(text);
    if (!address)
        return ends;
    auto owners = m_model.withInside(*address);
    if (owners.empty())
        owners = m_model.withOutside(*address);
    for (const Interface* at : owners)
        ends.push_back({at, {}, at->thing});
    if (owners.empty())
        ends.push_back({nullptr, *address, noNode});
    return ends;
}

std::vector<Outcome> Reachability::between(const End& from, const End& to, const PortSet& asked) const
{
    return outcomes(m_model, m_estate, wayBetween(m_model, m_estate, from, to), asked);
}

std::vector<Outcome> Reachability::fromBalancer(NodeId balancer, NodeId target) const
{
    const Balancer* known = m_model.balancer(balancer);
    const IpAddress* client = known && known->fromInternet ? &anyone4() : nullptr;
    return sentOn(m_model, m_estate, balancer, target, client, FromWhere::Balancer);
}

void Reachability::throughBalancers(
    const IpAddress& client, NodeId target, const PortSet& asked, ReachAnswer& best) const
{
    for (const NodeId balancer : balancersOf(m_model, target)) {
        // Asked of the port that the balancer listens on, or of the one that the target does.
        PortSet wanted = asked;
        for (const Listener& listener : m_model.balancer(balancer)->listeners) {
            for (const Backend& backend : listener.backends) {
                if (!intersectionOf(listener.ports, asked).empty())
                    wanted.add(backend.port);
            }
        }
        std::vector<Outcome> found = sentOn(m_model, m_estate, balancer, target, &client, FromWhere::Client);
        for (Outcome& one : found)
            one.ports = intersectionOf(one.ports, wanted);
        std::erase_if(
            found, [&](const Outcome& one) { return one.ports.empty() || rank(one.verdict) <= rank(best.verdict); });
        bool first = false;
        takeBetter(std::move(found), best, first);
    }
}

ReachAnswer Reachability::ask(std::string_view from, std::string_view to, Service service, Balancers balancers) const
{
    std::vector<Interface> made;
    made.reserve(2);
    const auto froms = endsOf(from, made), tos = endsOf(to, made);
    ReachAnswer best;
    if (froms.empty() || tos.empty()) {
        const std::string homeless(froms.empty() ? from : to);
        best.missing = "the network place of " + homeless + ' ' + std::string(placeExport(m_estate, homeless));
        return best;
    }
    const PortSet asked{{service.protocol, service.port, service.port}};
    bool first = true;
    for (const End& source : froms) {
        for (const End& target : tos)
            takeBetter(between(source, target, asked), best, first);
        if (balancers == Balancers::Through && !source.interface && tos.front().thing != noNode)
            throughBalancers(source.address, tos.front().thing, asked, best);
    }
    return best;
}

} // namespace glacis
