// SPDX-License-Identifier: GPL-3.0-or-later
#include "network/kubernetes/policies.h"

#include "core/json.h"

#include <algorithm>
#include <limits>
#include <tuple>

namespace glacis::kubernetes {

namespace {

using Layer = NetworkPolicyRules::Layer;

PortSet numbered(std::int16_t protocol, std::optional<long long> from, std::optional<long long> to)
{
    if (!from || !to || *from < 0 || *from > *to || *to > lastPort)
        return {};
    return {{protocol, static_cast<std::int32_t>(*from), static_cast<std::int32_t>(*to)}};
}

/// One policy from what its object says. Sources: "NetworkPolicy v1 networking.k8s.io", Kubernetes API Reference;
/// "API Specification", Network Policy API.
class PolicyReading {
public:
    PolicyReading(const Estate& estate, NodeId node, const Json& spec) : m_estate(estate), m_spec(spec)
    {
        m_space = estate.name(estate.node(node).parent);
    }

    NetworkPolicyRules plain()
    {
        m_policy.layer = Layer::Plain;
        m_policy.subject.space = m_space;
        setPods(m_policy.subject, orEmpty(m_spec, "podSelector"));
        const Json& types = arrayOf(m_spec, "policyTypes");
        const auto named = [&](const char* type) { return std::ranges::find(types, Json(type)) != types.end(); };
        // Where the types are not given: ingress always, and egress when there are such rules.
        m_policy.forIngress = types.empty() || named("Ingress");
        m_policy.forEgress = types.empty() ? !arrayOf(m_spec, "egress").empty() : named("Egress");
        m_policy.ingress = rules("ingress", "from");
        m_policy.egress = rules("egress", "to");
        return std::move(m_policy);
    }

    NetworkPolicyRules admin(Layer layer)
    {
        m_policy.layer = layer;
        m_policy.control = layer == Layer::Admin ? "admin network policy" : "baseline admin network policy";
        m_policy.priority = numberOf(m_spec, "priority").value_or(std::numeric_limits<std::int32_t>::max());
        m_policy.subject = selected(member(m_spec, "subject"));
        m_policy.ingress = adminRules("ingress", "from");
        m_policy.egress = adminRules("egress", "to");
        m_policy.forIngress = !m_policy.ingress.empty();
        m_policy.forEgress = !m_policy.egress.empty();
        return std::move(m_policy);
    }

private:
    /// The API server takes a selector that must be there, and is left out, for an empty one.
    static Json orEmpty(const Json& object, const char* key)
    {
        const Json& given = member(object, key);
        return given.is_null() ? Json::object() : given;
    }

    static void setPods(PeerRule& peer, const Json& selector)
    {
        peer.anyPod = false;
        peer.pods = LabelSelector::from(selector);
    }

    static void addBlock(std::vector<IpPrefix>& to, std::string_view text)
    {
        if (const auto block = parseIpPrefix(text))
            to.push_back(*block);
    }

    std::vector<PolicyRule> rules(const std::string& direction, const char* peersName) const
    {
        std::vector<PolicyRule> made;
        for (const Json& row : arrayOf(m_spec, direction)) {
            PolicyRule rule;
            rule.name = direction + " rule " + std::to_string(made.size() + 1);
            rule.anyone = arrayOf(row, peersName).empty();
            for (const Json& peer : arrayOf(row, peersName))
                rule.peers.push_back(plainPeer(peer));
            const Json& ports = arrayOf(row, "ports");
            rule.anyPort = ports.empty();
            for (const Json& port : ports)
                rule.ports.push_back(plainPort(port));
            made.push_back(std::move(rule));
        }
        return made;
    }

    PeerRule plainPeer(const Json& json) const
    {
        PeerRule peer;
        const Json& block = member(json, "ipBlock");
        if (block.is_object()) {
            peer.form = PeerRule::Form::Addresses;
            addBlock(peer.blocks, textOf(block, "cidr"));
            for (const Json& except : arrayOf(block, "except"))
                addBlock(peer.except, asText(except));
            return peer;
        }
        // Without a selector of namespaces the pods of the policy's own are meant.
        if (member(json, "namespaceSelector").is_object())
            peer.spaces = LabelSelector::from(member(json, "namespaceSelector"));
        else
            peer.space = m_space;
        if (member(json, "podSelector").is_object())
            setPods(peer, member(json, "podSelector"));
        return peer;
    }

    static PortRule plainPort(const Json& json)
    {
        PortRule rule;
        rule.protocol = protocolNumber(textOf(json, "protocol"));
        const Json& port = member(json, "port");
        if (port.is_null())
            rule.numbers = {{rule.protocol, 1, lastPort}};
        else if (const auto number = numberOf(json, "port"); number && port.is_number())
            rule.numbers =
                numbered(rule.protocol, number, json.contains("endPort") ? numberOf(json, "endPort") : number);
        else
            rule.name = asText(port);
        return rule;
    }

    std::vector<PolicyRule> adminRules(const std::string& direction, const char* peersName) const
    {
        std::vector<PolicyRule> made;
        for (const Json& row : arrayOf(m_spec, direction)) {
            PolicyRule rule;
            const std::string_view action = textOf(row, "action"), name = textOf(row, "name");
            rule.effect = action == "Deny" ? Effect::Deny : action == "Pass" ? Effect::Pass : Effect::Allow;
            rule.name = direction + " rule " + (name.empty() ? std::to_string(made.size() + 1) : std::string(name));
            for (const Json& peer : arrayOf(row, peersName)) {
                rule.peers.push_back(selected(peer));
                if (peer.contains("domainNames"))
                    rule.missing = "the addresses that the domain names of the policy stand for";
            }
            rule.anyPort = !member(row, "ports").is_array() && !member(row, "protocols").is_array();
            for (const Json& port : arrayOf(row, "ports"))
                rule.ports.push_back(adminPort(port));
            for (const Json& protocol : arrayOf(row, "protocols"))
                rule.ports.push_back(adminProtocol(protocol));
            made.push_back(std::move(rule));
        }
        return made;
    }

    static PortRule adminPort(const Json& json)
    {
        PortRule port;
        const Json& one = member(json, "portNumber");
        const Json& range = member(json, "portRange");
        port.protocol = protocolNumber(textOf(one.is_object() ? one : range, "protocol"));
        port.name = textOf(json, "namedPort");
        port.anyProtocol = true;
        port.numbers = one.is_object() ? numbered(port.protocol, numberOf(one, "port"), numberOf(one, "port"))
                                       : numbered(port.protocol, numberOf(range, "start"), numberOf(range, "end"));
        return port;
    }

    /// As ClusterNetworkPolicy writes it: {"tcp":{"destinationPort":{"number":80}}}.
    static PortRule adminProtocol(const Json& json)
    {
        PortRule port;
        port.name = textOf(json, "destinationNamedPort");
        port.anyProtocol = true;
        for (const auto& [key, protocol] : {std::pair{"tcp", "TCP"}, {"udp", "UDP"}, {"sctp", "SCTP"}}) {
            const Json& given = member(json, key);
            if (!given.is_object())
                continue;
            port.protocol = protocolNumber(protocol);
            const Json& to = member(given, "destinationPort");
            const Json& range = member(to, "range");
            port.numbers = to.is_null() ? numbered(port.protocol, 1, lastPort)
                : range.is_object()     ? numbered(port.protocol, numberOf(range, "start"), numberOf(range, "end"))
                                        : numbered(port.protocol, numberOf(to, "number"), numberOf(to, "number"));
        }
        return port;
    }

    /// A subject or peer of an admin policy.
    PeerRule selected(const Json& json) const
    {
        PeerRule peer;
        const Json& pods = member(json, "pods");
        const Json& spaces = member(json, "namespaces");
        const Json& networks = member(json, "networks");
        if (pods.is_object()) {
            peer.spaces = LabelSelector::from(orEmpty(pods, "namespaceSelector"));
            setPods(peer, orEmpty(pods, "podSelector"));
        } else if (spaces.is_object()) {
            // The first version of the API kept the selector one level deeper.
            const Json& deeper = member(spaces, "namespaceSelector");
            peer.spaces = LabelSelector::from(deeper.is_object() ? deeper : spaces);
        } else if (networks.is_array()) {
            peer.form = PeerRule::Form::Addresses;
            for (const Json& block : networks)
                addBlock(peer.blocks, asText(block));
        } else if (member(json, "nodes").is_object()) {
            peer.form = PeerRule::Form::Nodes;
            peer.nodeAddresses = addressesOf(LabelSelector::from(member(json, "nodes")));
        } else if (json.contains("domainNames")) {
            peer.form = PeerRule::Form::Unsure;
        }
        return peer;
    }

    [[nodiscard]] std::vector<IpAddress> addressesOf(const LabelSelector& nodes) const
    {
        std::vector<IpAddress> found;
        for (const NodeId node : m_estate.ofKind(Kind::Vm)) {
            Labels labels;
            for (const auto& tag : m_estate.tags(node))
                labels.emplace(m_estate.text(tag.key), m_estate.text(tag.value));
            if (m_estate.node(node).provider != Provider::Kubernetes || !nodes.matches(labels))
                continue;
            for (const auto& row : m_estate.addresses(node))
                found.push_back(row.hasInside ? row.inside : row.outside);
        }
        return found;
    }

    const Estate& m_estate;
    const Json& m_spec;
    std::string m_space;
    NetworkPolicyRules m_policy;
};

Layer layerOf(std::string_view type, const Json& spec)
{
    if (type == "NetworkPolicy")
        return Layer::Plain;
    return type == "BaselineAdminNetworkPolicy" || textOf(spec, "tier") == "Baseline" ? Layer::Baseline : Layer::Admin;
}

/// A policy of a language that is not read: of what it stands over nothing is known in the directions that it names.
/// Source: "Network policy", Calico documentation.
NetworkPolicyRules unread(const Estate& estate, NodeId node, const Json& spec)
{
    PolicyRule rule;
    rule.effect = Effect::Pass;
    rule.name = "its rules";
    rule.peers.emplace_back().form = PeerRule::Form::Unread;
    rule.missing = "what " + std::string(estate.name(node)) + " lets through: policies of Calico are not read";
    NetworkPolicyRules policy;
    policy.layer = Layer::Admin;
    policy.control = "Calico network policy";
    policy.priority = std::numeric_limits<std::int64_t>::min();
    policy.subject.space = estate.kind(estate.node(node).parent) == Kind::Namespace
        ? std::string(estate.name(estate.node(node).parent))
        : std::string();
    if (policy.subject.space.empty())
        policy.subject.spaces = LabelSelector::from(Json::object());
    const Json& types = arrayOf(spec, "types");
    const auto named = [&](const char* type) { return std::ranges::find(types, Json(type)) != types.end(); };
    policy.forIngress =
        types.empty() ? !arrayOf(spec, "ingress").empty() || arrayOf(spec, "egress").empty() : named("Ingress");
    policy.forEgress = types.empty() ? !arrayOf(spec, "egress").empty() : named("Egress");
    policy.ingress = policy.egress = {rule};
    return policy;
}

std::vector<NetworkPolicyRules> readPolicy(const Estate& estate, NodeId node, const Json& document)
{
    const std::string_view type = estate.text(estate.node(node).type);
    if (type.starts_with("Calico"))
        return {unread(estate, node, document)};
    if (type.starts_with("Cilium"))
        return ciliumPolicies(
            type == "CiliumNetworkPolicy" ? estate.name(estate.node(node).parent) : std::string_view{}, document);
    PolicyReading reading(estate, node, document);
    const Layer layer = layerOf(type, document);
    return {layer == Layer::Plain ? reading.plain() : reading.admin(layer)};
}

} // namespace

std::vector<NetworkPolicyRules> readPolicies(const Estate& estate)
{
    std::vector<NetworkPolicyRules> policies;
    for (const NodeId node : estate.ofKind(Kind::NetworkPolicy)) {
        for (const auto& row : estate.policies(node)) {
            const auto document = parseJson(estate.text(row.document));
            if (row.role != PolicyRole::Kubernetes || !document || !document->is_object())
                continue;
            for (NetworkPolicyRules& policy : readPolicy(estate, node, *document)) {
                policy.node = node;
                policy.evidence = row.evidence;
                policies.push_back(std::move(policy));
            }
        }
    }
    std::ranges::stable_sort(policies, [&](const NetworkPolicyRules& a, const NetworkPolicyRules& b) {
        return std::tuple(a.layer, a.priority, estate.id(a.node)) < std::tuple(b.layer, b.priority, estate.id(b.node));
    });
    return policies;
}

} // namespace glacis::kubernetes
