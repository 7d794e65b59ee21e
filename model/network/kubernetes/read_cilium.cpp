// SPDX-License-Identifier: GPL-3.0-or-later
#include "network/kubernetes/policies.h"

#include "core/json.h"
#include "core/text.h"

#include <algorithm>
#include <limits>

namespace glacis::kubernetes {

namespace {

constexpr std::string_view spaceKey = "io.kubernetes.pod.namespace";

/// A key without the source of the label ("k8s:app").
std::string bareKey(std::string_view key)
{
    for (const std::string_view source : {"k8s:", "any:", "k8s."}) {
        if (key.starts_with(source))
            return std::string(key.substr(source.size()));
    }
    return std::string(key);
}

/// Labels that Cilium makes up besides those that `ciliumLabels` knows.
bool isKnownKey(std::string_view key)
{
    return !key.starts_with("reserved:")
        && (!key.starts_with("io.cilium.k8s.") || key.starts_with("io.cilium.k8s.namespace.labels."));
}

class CiliumReading {
public:
    CiliumReading(std::string_view space, const Json& spec) : m_space(space), m_spec(spec) { }

    std::vector<NetworkPolicyRules> policies()
    {
        std::vector<NetworkPolicyRules> made;
        if (member(m_spec, "endpointSelector").is_null())
            return made; // it stands over machines
        NetworkPolicyRules deny = over(NetworkPolicyRules::Layer::Admin),
                           allow = over(NetworkPolicyRules::Layer::Plain);
        deny.priority = std::numeric_limits<std::int64_t>::min();
        deny.ingress = rules("ingressDeny", "from", Effect::Deny);
        deny.egress = rules("egressDeny", "to", Effect::Deny);
        deny.forIngress = !deny.ingress.empty();
        deny.forEgress = !deny.egress.empty();
        allow.ingress = rules("ingress", "from", Effect::Allow);
        allow.egress = rules("egress", "to", Effect::Allow);
        allow.forIngress = has("ingress") || has("ingressDeny");
        allow.forEgress = has("egress") || has("egressDeny");
        const Json& defaults = member(m_spec, "enableDefaultDeny");
        allow.isolatesIngress = boolOf(defaults, "ingress").value_or(true);
        allow.isolatesEgress = boolOf(defaults, "egress").value_or(true);
        made.push_back(std::move(deny));
        made.push_back(std::move(allow));
        return made;
    }

private:
    [[nodiscard]] bool has(const char* list) const { return !arrayOf(m_spec, list).empty(); }

    [[nodiscard]] NetworkPolicyRules over(NetworkPolicyRules::Layer layer) const
    {
        NetworkPolicyRules policy;
        policy.layer = layer;
        policy.control = "Cilium network policy";
        policy.subject = endpoints(member(m_spec, "endpointSelector"));
        return policy;
    }

    /// Of a policy of one namespace a selector that names none means its own.
    [[nodiscard]] PeerRule endpoints(const Json& selector) const
    {
        PeerRule peer;
        peer.form = PeerRule::Form::Endpoints;
        bool namesSpace = false, known = true;
        const auto key = [&](std::string_view written) {
            std::string bare = bareKey(written);
            namesSpace = namesSpace || bare == spaceKey || bare.starts_with("io.cilium.k8s.namespace.labels.");
            known = known && isKnownKey(written) && isKnownKey(bare);
            return bare;
        };
        Json bare = Json::object();
        for (const auto& [written, value] : labelsFrom(member(selector, "matchLabels")))
            bare["matchLabels"][key(written)] = value;
        for (const Json& row : arrayOf(selector, "matchExpressions")) {
            Json made = row;
            made["key"] = key(textOf(row, "key"));
            bare["matchExpressions"].push_back(std::move(made));
        }
        peer.pods = LabelSelector::from(bare);
        if (!namesSpace)
            peer.space = m_space;
        if (!known)
            peer.form = PeerRule::Form::Unread;
        return peer;
    }

    static PeerRule blocks(const Json& set)
    {
        PeerRule peer;
        peer.form = PeerRule::Form::Addresses;
        peer.neverPods = true;
        if (const auto block = parseIpPrefix(set.is_string() ? asText(set) : std::string(textOf(set, "cidr"))))
            peer.blocks.push_back(*block);
        for (const Json& except : arrayOf(set, "except")) {
            if (const auto block = parseIpPrefix(asText(except)))
                peer.except.push_back(*block);
        }
        return peer;
    }

    /// "Entities Based", Layer 3 Policies.
    static void entity(PolicyRule& rule, std::string_view name)
    {
        PeerRule peer;
        if (name == "all") {
            rule.anyone = true;
            return;
        }
        if (name.starts_with("world")) {
            for (const auto& [family, block] : {std::pair{"world-ipv6", "0.0.0.0/0"}, {"world-ipv4", "::/0"}}) {
                if (name != family)
                    rule.peers.push_back(blocks(Json(block)));
            }
            return;
        }
        if (name == "cluster") {
            peer.spaces = LabelSelector::from(Json::object());
            rule.peers.push_back(peer);
        }
        peer.form = name == "none" ? PeerRule::Form::Pods : PeerRule::Form::Machines;
        peer.spaces = {};
        rule.peers.push_back(std::move(peer));
        rule.missing = "which addresses the machines of the cluster have (kubectl get nodes -o json)";
    }

    static void unknown(PolicyRule& rule, const std::string& missing)
    {
        rule.peers.emplace_back().form = PeerRule::Form::Unread;
        rule.missing = missing;
    }

    [[nodiscard]] std::vector<PolicyRule> rules(const std::string& list, const std::string& side, Effect effect) const
    {
        std::vector<PolicyRule> made;
        std::size_t number = 0;
        for (const Json& row : arrayOf(m_spec, list)) {
            ++number;
            // An empty rule allows nothing: it is there to shut the door.
            if (!row.is_object() || row.empty())
                continue;
            PolicyRule rule;
            rule.effect = effect;
            rule.name = list + " rule " + std::to_string(number);
            peers(rule, row, side);
            ports(rule, row);
            made.push_back(std::move(rule));
        }
        return made;
    }

    void peers(PolicyRule& rule, const Json& row, const std::string& side) const
    {
        rule.anyone = true;
        for (const auto& [key, value] : row.items()) {
            if (!key.starts_with(side) || key == "toPorts")
                continue;
            rule.anyone = false;
            const std::string what = key.substr(side.size());
            for (const Json& each : value.is_array() ? value : Json::array()) {
                if (what == "Endpoints") {
                    rule.peers.push_back(endpoints(each));
                    if (rule.peers.back().form == PeerRule::Form::Unread)
                        rule.missing = "which pods bear the labels that Cilium makes";
                } else if (what == "CIDR" || what == "CIDRSet") {
                    rule.peers.push_back(blocks(each));
                } else if (what == "Entities") {
                    entity(rule, asText(each));
                } else if (what == "FQDNs") {
                    rule.peers.emplace_back().form = PeerRule::Form::Unsure;
                    rule.missing = "the addresses that the domain names of the policy stand for";
                } else {
                    unknown(rule, "whom " + key + " of a Cilium policy means: it is not read");
                }
            }
        }
    }

    static void ports(PolicyRule& rule, const Json& row)
    {
        rule.anyPort = !row.contains("toPorts") && !row.contains("icmps");
        for (const Json& group : arrayOf(row, "toPorts")) {
            rule.anyPort = rule.anyPort || arrayOf(group, "ports").empty();
            for (const Json& port : arrayOf(group, "ports"))
                addPort(rule, port);
        }
    }

    static void addPort(PolicyRule& rule, const Json& json)
    {
        const std::string_view protocol = textOf(json, "protocol");
        const std::string text = asText(member(json, "port"));
        const auto first = integer(text);
        const auto last = numberOf(json, "endPort").value_or(first.value_or(0));
        for (const char* one : {"TCP", "UDP", "SCTP"}) {
            if (!protocol.empty() && protocol != "ANY" && protocol != one)
                continue;
            PortRule port;
            port.protocol = protocolNumber(one);
            if (!first)
                port.name = text;
            else if (*first == 0)
                port.numbers = {{port.protocol, 1, lastPort}};
            else if (*first > 0 && *first <= last && last <= lastPort)
                port.numbers = {{port.protocol, static_cast<std::int32_t>(*first), static_cast<std::int32_t>(last)}};
            rule.ports.push_back(std::move(port));
        }
    }

    std::string_view m_space;
    const Json& m_spec;
};

} // namespace

std::vector<NetworkPolicyRules> ciliumPolicies(std::string_view space, const Json& document)
{
    if (!member(document, "specs").is_array())
        return CiliumReading(space, document).policies();
    std::vector<NetworkPolicyRules> all;
    for (const Json& spec : arrayOf(document, "specs")) {
        for (NetworkPolicyRules& policy : CiliumReading(space, spec).policies())
            all.push_back(std::move(policy));
    }
    return all;
}

} // namespace glacis::kubernetes
