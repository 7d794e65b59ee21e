// SPDX-License-Identifier: GPL-3.0-or-later
#include "network/aws/translation.h"

#include <algorithm>

namespace glacis::aws {

namespace {

/// "Target groups for your Network Load Balancers" and "… Application Load Balancers", Elastic Load Balancing.
class Balancers {
public:
    explicit Balancers(Translation& into) : m_into(into), m_estate(into.estate) { }

    void translate()
    {
        for (const NodeId thing : m_estate.ofKind(Kind::LoadBalancer)) {
            if (!m_into.isOurs(thing))
                continue;
            Balancer made;
            made.thing = thing;
            made.fromInternet = m_estate.word(thing, "scheme") == "internet-facing";
            made.crossZone = crossesZones(thing);
            made.missing = "the listeners of " + std::string(m_estate.id(thing))
                + " (aws elbv2 describe-listeners --load-balancer-arn " + std::string(m_estate.id(thing)) + ')';
            for (const NodeId listener : m_estate.targets(thing, EdgeKind::ForwardsTo))
                made.listeners.push_back(listenerFor(thing, listener));
            m_into.model.balancers.push_back(std::move(made));
        }
        for (const NodeId endpoint : m_estate.ofKind(Kind::PrivateEndpoint)) {
            if (m_into.isOurs(endpoint) && !m_estate.node(endpoint).outside)
                translateEndpoint(endpoint);
        }
    }

private:
    /// "Share your services through AWS PrivateLink", AWS PrivateLink Guide: what comes to an interface endpoint of a
    /// service arrives at the targets of the service's Network Load Balancer from the balancer's own addresses.
    void translateEndpoint(NodeId endpoint)
    {
        for (const NodeId service : m_estate.targets(endpoint, EdgeKind::ForwardsTo)) {
            for (const NodeId sender : m_estate.targets(service, EdgeKind::ForwardsTo)) {
                const auto found = std::ranges::find(m_into.model.balancers, sender, &Balancer::thing);
                if (found == m_into.model.balancers.end())
                    continue;
                Balancer made = *found;
                made.thing = endpoint;
                made.fromInternet = false;
                made.sender = sender;
                made.senderAsks = m_estate.word(sender, "privatelink_rules") != "off";
                for (Listener& listener : made.listeners)
                    listener.keepsClient = false;
                m_into.model.balancers.push_back(std::move(made));
                return;
            }
        }
    }

    [[nodiscard]] bool isNetwork(NodeId balancer) const { return m_estate.word(balancer, "lb_type") == "network"; }

    /// "Cross-zone load balancing": on for application balancers, off for network ones unless it is switched on.
    [[nodiscard]] bool crossesZones(NodeId balancer) const
    {
        const auto set = switchOf(balancer, "load_balancing.cross_zone.enabled");
        return set.value_or(!isNetwork(balancer));
    }

    /// Attributes come as texts.
    [[nodiscard]] std::optional<bool> switchOf(NodeId of, std::string_view key) const
    {
        if (const auto flag = m_estate.flag(of, key))
            return flag;
        const std::string_view word = m_estate.word(of, key);
        return word == "true" || word == "false" ? std::optional(word == "true") : std::nullopt;
    }

    Listener listenerFor(NodeId balancer, NodeId node) const
    {
        Listener made;
        made.node = node;
        for (const auto& row : m_estate.ports(node)) {
            made.ports.add({row.protocol, row.port, row.port});
            made.evidence = row.evidence;
        }
        for (const NodeId group : m_estate.targets(node, EdgeKind::ForwardsTo)) {
            made.keepsClient = made.keepsClient || keepsClient(balancer, group);
            addBackends(group, made);
        }
        return made;
    }

    /// "Client IP preservation": on for instance targets and for UDP; off for addresses over TCP and TLS unless it is
    /// switched on. Application and classic balancers open a connection of their own.
    [[nodiscard]] bool keepsClient(NodeId balancer, NodeId group) const
    {
        if (!isNetwork(balancer))
            return false;
        const std::string_view protocol = m_estate.word(group, "protocol");
        if (protocol == "UDP" || protocol == "TCP_UDP")
            return true;
        const bool byAddress = m_estate.word(group, "target_type") == "ip";
        return switchOf(group, "preserve_client_ip.enabled").value_or(!byAddress);
    }

    void addBackends(NodeId group, Listener& into) const
    {
        Backend backend;
        backend.group = group;
        // "Cross-zone load balancing for target groups": use_load_balancer_configuration leaves it to the balancer.
        backend.crossZone = switchOf(group, "load_balancing.cross_zone.enabled");
        for (const auto& row : m_estate.ports(group)) {
            backend.port = {row.protocol, row.port, row.port};
            backend.evidence = row.evidence;
        }
        const std::size_t first = into.backends.size();
        for (const NodeId target : m_estate.targets(group, EdgeKind::Targets)) {
            backend.target = target;
            backend.health = healthOf(group, m_estate.id(target));
            into.backends.push_back(backend);
        }
        backend.target = noNode;
        for (const auto& row : m_estate.addresses(group)) {
            backend.address = row.inside;
            backend.health = healthOf(group, toString(row.inside));
            into.backends.push_back(backend);
        }
        judgeHealth({into.backends.begin() + static_cast<std::ptrdiff_t>(first), into.backends.end()});
    }

    [[nodiscard]] std::string healthOf(NodeId group, std::string_view target) const
    {
        return std::string(m_estate.word(group, "health:" + std::string(target)));
    }

    /// "Health checks for your target groups": when no target is healthy, all get traffic.
    static void judgeHealth(std::span<Backend> backends)
    {
        const auto isWell = [](const Backend& one) { return one.health.empty() || one.health == "healthy"; };
        const bool anyWell = std::ranges::any_of(backends, isWell);
        for (Backend& one : backends)
            one.takesTraffic = isWell(one) || (!anyWell && one.health != "unused");
    }

    Translation& m_into;
    const Estate& m_estate;
};

} // namespace

void translateBalancers(Translation& into)
{
    Balancers(into).translate();
}

} // namespace glacis::aws
