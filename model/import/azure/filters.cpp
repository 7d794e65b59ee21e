// SPDX-License-Identifier: GPL-3.0-or-later
#include "import/azure/context.h"

/// "Network security groups": rules in the order of their priority, each with sources, destinations, ports and a
/// protocol; a group is stateful.
namespace glacis::azure {

namespace {

/// The texts of a member that is told once ("sourceAddressPrefix"), as a list ("sourceAddressPrefixes"), or both.
std::vector<std::string> oneOrMany(const Json& json, std::string_view one, std::string_view many)
{
    std::vector<std::string> texts;
    const auto add = [&](const Json& value) {
        if (value.is_string() && !value.get_ref<const std::string&>().empty())
            texts.push_back(value.get<std::string>());
        else if (value.is_number_integer())
            texts.push_back(value.dump());
    };
    add(member(json, one));
    for (const Json& each : arrayOf(json, many))
        add(each);
    return texts;
}

struct Ports {
    std::int32_t from = -1, to = -1;
};
/// "22", "8080-8090", "*"; nothing when it is neither.
std::optional<Ports> portsOf(std::string_view text)
{
    if (text == "*")
        return Ports{};
    const auto first = integer(before(text, '-'));
    const auto last = text.find('-') == std::string_view::npos ? first : integer(after(text, '-'));
    if (!first || !last || *first < 0 || *last > 65535 || *first > *last)
        return std::nullopt;
    return Ports{static_cast<std::int32_t>(*first), static_cast<std::int32_t>(*last)};
}

/// One side of a rule: everything, a block, a service tag or an application security group.
struct Side {
    bool anyone = false;
    std::optional<IpPrefix> block;
    std::string peer;
    Kind peerKind = Kind::PrefixList;
};
std::vector<Side> sidesOf(const Json& rule, std::string_view one, std::string_view many, std::string_view groups)
{
    std::vector<Side> sides;
    for (const std::string& text : oneOrMany(rule, one, many)) {
        Side side;
        const std::string small = lowered(text);
        if (text == "*" || small == "any" || small == "0.0.0.0/0")
            side.anyone = true;
        else if (const auto block = parseIpPrefix(text))
            side.block = *block;
        else
            side.peer = serviceTagId(text);
        sides.push_back(std::move(side));
    }
    for (const Json& group : arrayOf(rule, groups)) {
        Side side;
        side.peer = textOf(group, "id");
        side.peerKind = Kind::AddressGroup;
        if (!side.peer.empty())
            sides.push_back(std::move(side));
    }
    return sides;
}

/// The IANA number; -1 for "*". Nothing for a word that is no protocol.
std::optional<std::int16_t> protocolOf(std::string_view text)
{
    const std::string small = lowered(text);
    if (small == "*" || small == "any" || small.empty())
        return std::int16_t{-1};
    if (small == "esp")
        return std::int16_t{50};
    if (small == "ah")
        return std::int16_t{51};
    const std::int16_t number = protocolNumber(small);
    return number < 0 ? std::nullopt : std::optional(number);
}

class RuleWriter {
public:
    RuleWriter(Context& context, Ref group, const Json& rule, EvidenceId at)
        : m_context(context), m_group(group), m_rule(rule), m_at(at)
    {
    }

    void write()
    {
        const auto priority = numberOf(m_rule, "priority");
        const auto protocol = protocolOf(textOf(m_rule, "protocol"));
        const std::string direction = lowered(textOf(m_rule, "direction")), access = lowered(textOf(m_rule, "access"));
        const bool known =
            (direction == "inbound" || direction == "outbound") && (access == "allow" || access == "deny");
        if (!priority || *priority < 0 || *priority > 65535 || !protocol || !known)
            return m_context.row.leave("a security rule", "its priority, protocol, direction or access is malformed");
        m_row.of = m_group;
        m_row.direction = direction == "inbound" ? Direction::In : Direction::Out;
        m_row.effect = access == "allow" ? RuleEffect::Allow : RuleEffect::Deny;
        m_row.priority = static_cast<std::int32_t>(*priority);
        m_row.protocol = *protocol;
        m_row.rule = m_context.inventory.text(textOf(m_rule, "name"));
        m_row.evidence = m_at;
        const auto clients = oneOrMany(m_rule, "sourceportrange", "sourceportranges");
        m_row.someClientPorts = !clients.empty() && std::ranges::find(clients, "*") == clients.end()
            && std::ranges::find(clients, "0-65535") == clients.end();
        const auto sources = sidesOf(
                       m_rule, "sourceaddressprefix", "sourceaddressprefixes", "sourceapplicationsecuritygroups"),
                   targets = sidesOf(m_rule, "destinationaddressprefix", "destinationaddressprefixes",
                       "destinationapplicationsecuritygroups");
        const bool in = m_row.direction == Direction::In;
        const auto ports = oneOrMany(m_rule, "destinationportrange", "destinationportranges");
        if (sources.empty() || targets.empty() || ports.empty())
            return m_context.row.leave("a security rule", "it names no source, destination or port");
        for (const Side& far : in ? sources : targets) {
            for (const Side& near : in ? targets : sources) {
                for (const std::string& range : ports)
                    one(far, near, range);
            }
        }
    }

private:
    void one(const Side& far, const Side& near, std::string_view range)
    {
        const auto ports = portsOf(range);
        if (!ports)
            return m_context.row.leave("a port range of a security rule", "it is malformed");
        FirewallRow<Ref> row = m_row;
        // Where the rule is for any protocol and for some ports, only protocols with ports can match.
        if (row.protocol == -1 && ports->from >= 0) {
            for (const std::int16_t protocol : {std::int16_t{6}, std::int16_t{17}}) {
                m_row.protocol = protocol;
                one(far, near, range);
            }
            m_row.protocol = -1;
            return;
        }
        const bool hasPorts = row.protocol == 6 || row.protocol == 17;
        row.from = hasPorts ? ports->from : -1;
        row.to = hasPorts ? ports->to : -1;
        row.byNearBlock = near.block.has_value();
        row.nearBlock = near.block.value_or(IpPrefix{});
        row.byNearPeer = !near.peer.empty();
        row.nearPeer = peer(near);
        row.byPeer = !far.peer.empty();
        row.peer = peer(far);
        row.block = far.block.value_or(IpPrefix{});
        // "Any" means both families.
        m_context.inventory.facts.firewall.push_back(row);
        if (far.anyone) {
            row.block = *parseIpPrefix("::/0");
            m_context.inventory.facts.firewall.push_back(row);
        }
    }

    Ref peer(const Side& side)
    {
        if (side.peer.empty())
            return {};
        m_context.session.mention(side.peer, side.peerKind, m_at);
        return m_context.inventory.text(side.peer);
    }

    Context& m_context;
    Ref m_group;
    const Json& m_rule;
    EvidenceId m_at;
    FirewallRow<Ref> m_row;
};

void group(Resource& r)
{
    for (const char* key : {"securityrules", "defaultsecurityrules"}) {
        const Json& rules = r.list(key);
        for (std::size_t i = 0; i < rules.size(); ++i)
            RuleWriter(r.context, r.ref, rules[i], r.seen(key, i)).write();
    }
    r.context.setting(r.ref, "has_default_rules", !r.list("defaultsecurityrules").empty(), r.at);
    for (const char* key : {"networkinterfaces", "subnets"}) {
        for (const Json& guarded : r.list(key))
            r.context.linkBack(textOf(guarded, "id"), EdgeKind::GuardedBy, r.ref,
                key[0] == 's' ? Kind::Subnet : Kind::NetworkInterface, r.seen(key));
    }
}

void rule(Resource& r)
{
    RuleWriter(r.context, r.ref, r.json, r.at).write();
}

/// "Service tags on-premises": the ranges behind each tag, as `az network list-service-tags` prints them.
void ipGroup(Resource& r)
{
    for (const Json& address : r.list("ipaddresses")) {
        if (const auto block =
                address.is_string() ? parseIpPrefix(address.get_ref<const std::string&>()) : std::nullopt)
            r.context.inventory.facts.prefixes.push_back({r.ref, *block, r.seen("ipaddresses")});
    }
}

constexpr HandlerRow filtersRows[] = {
    {"microsoft.network/networksecuritygroups", group},
    {"microsoft.network/networksecuritygroups/securityrules", rule},
    {"microsoft.network/networksecuritygroups/defaultsecurityrules", rule},
    {"microsoft.network/ipgroups", ipGroup},
};

} // namespace

std::string serviceTagId(std::string_view tag)
{
    return "tag:" + lowered(tag);
}

void takeServiceTag(Context& context, const Json& tag, const std::string& pointer)
{
    const std::string_view name = textOf(tag, "name");
    const EvidenceId at = context.seen(pointer);
    const std::string id = serviceTagId(name);
    ThingRow& made = context.inventory.thing(Kind::PrefixList, Provider::Azure, "service tag", id, rootScope, at);
    const Ref ref = made.id;
    made.name = context.inventory.text(name);
    made.region = context.inventory.text("global");
    context.session.described(id);
    for (const Json& prefix : arrayOf(tag, "addressprefixes")) {
        if (const auto block = prefix.is_string() ? parseIpPrefix(prefix.get_ref<const std::string&>()) : std::nullopt)
            context.inventory.facts.prefixes.push_back({ref, *block, at});
    }
}

std::span<const HandlerRow> filterHandlers()
{
    return filtersRows;
}

} // namespace glacis::azure
