// SPDX-License-Identifier: GPL-3.0-or-later
#include "import/gcp/asset.h"

#include "core/text.h"

/// Firewall rules of networks, and policies of organisations, folders and networks. Sources: "VPC firewall rules",
/// "Firewall policies", Cloud Next Generation Firewall documentation.
namespace glacis::gcp {

namespace {

struct Named {
    std::string_view name;
    std::int16_t number;
};
constexpr Named protocols[] = {{"all", -1}, {"tcp", 6}, {"udp", 17}, {"icmp", 1}, {"esp", 50}, {"ah", 51},
    {"sctp", 132}, {"ipip", 4}, {"icmpv6", 58}};

std::optional<std::int16_t> protocolOf(std::string_view text)
{
    for (const Named& known : protocols) {
        if (equalIgnoringCase(known.name, text))
            return known.number;
    }
    const auto number = integer(text);
    return number && *number >= 0 && *number < 256 ? std::optional(static_cast<std::int16_t>(*number)) : std::nullopt;
}

/// The other end, or the guarded one, as a rule names it: by block or by group; nothing: anyone.
struct Side {
    std::optional<IpPrefix> block;
    std::string group;
};

struct Ports {
    std::int16_t protocol = -1;
    std::int32_t from = -1, to = -1;
};

/// Writes one row for each combination of what a rule lists.
class RuleWriter {
public:
    RuleWriter(Asset& asset, FirewallRow<Ref> row) : m_asset(asset), m_row(row) { }

    std::vector<Side> others, targets;
    std::vector<Ports> ports;

    void blocks(const Json& list, std::vector<Side>& into)
    {
        for (const Json& text : list) {
            if (const auto block = parseIpPrefix(asText(text)))
                into.push_back({block, {}});
            else
                m_asset.row.leave("a block of a firewall rule", "it is no address block");
        }
    }
    void groups(const Json& list, std::vector<Side>& into, std::string (*named)(Asset& asset, const Json& one))
    {
        for (const Json& one : list) {
            std::string id = named(m_asset, one);
            m_asset.gathered.groups.insert(id);
            into.push_back({{}, std::move(id)});
        }
    }
    void services(const Json& list)
    {
        for (const Json& one : list) {
            const auto protocol =
                protocolOf(word(one, "IPProtocol").empty() ? word(one, "ipProtocol") : word(one, "IPProtocol"));
            if (!protocol) {
                m_asset.row.leave("a protocol of a firewall rule", "it is no known protocol");
                continue;
            }
            const Json& named = listOf(one, {"ports", "port"});
            if (named.empty())
                ports.push_back({*protocol, -1, -1});
            for (const Json& range : named) {
                const std::string text = asText(range);
                const auto from = integer(before(text, '-'));
                const auto to = text.find('-') == std::string::npos ? from : integer(after(text, '-'));
                if (from && to && *from >= 0 && *to <= 65535)
                    ports.push_back({*protocol, static_cast<std::int32_t>(*from), static_cast<std::int32_t>(*to)});
            }
        }
    }
    void write()
    {
        const std::vector<Side> all = {{}};
        for (const Side& other : others) {
            for (const Side& target : targets.empty() ? all : targets) {
                for (const Ports& service : ports)
                    write(other, target, service);
            }
        }
    }

private:
    void write(const Side& other, const Side& target, const Ports& service)
    {
        FirewallRow<Ref> row = m_row;
        row.protocol = service.protocol;
        row.from = service.from;
        row.to = service.to;
        if (other.block) {
            row.block = *other.block;
        } else {
            row.peer = m_asset.inventory.text(other.group);
            row.byPeer = true;
        }
        if (target.block) {
            row.nearBlock = *target.block;
            row.byNearBlock = true;
        } else if (!target.group.empty()) {
            row.nearPeer = m_asset.inventory.text(target.group);
            row.byNearPeer = true;
        }
        m_asset.inventory.facts.firewall.push_back(row);
    }

    Asset& m_asset;
    FirewallRow<Ref> m_row;
};

std::string accountNamed(Asset&, const Json& one)
{
    return accountGroup(afterLast(asText(one), '/'));
}
std::string secureTag(Asset&, const Json& one)
{
    const std::string_view name = word(one, "name");
    return name.empty() ? asText(one) : std::string(name);
}

const IpPrefix anyone4 = *parseIpPrefix("0.0.0.0/0");
const IpPrefix anyone6 = *parseIpPrefix("::/0");

/// What a rule of a policy names that only Google can resolve: it stays an outside list without entries.
void unresolved(Asset& asset, const Json& match, bool inbound, std::vector<Side>& into)
{
    constexpr std::pair<const char*, const char*> names[] = {{"srcFqdns", "destFqdns"},
        {"srcRegionCodes", "destRegionCodes"}, {"srcThreatIntelligences", "destThreatIntelligences"},
        {"srcAddressGroups", "destAddressGroups"}};
    for (const auto& [source, destination] : names) {
        for (const Json& one : listOf(match, {inbound ? source : destination})) {
            const std::string id = asText(one);
            asset.inventory.thing(Kind::PrefixList, Provider::Gcp, "addresses", id, asset.file.scope, asset.at)
                .outside = true;
            asset.inventory.things.back().region = asset.inventory.text("global");
            into.push_back({{}, id});
        }
    }
}

void policyRule(Asset& asset, const Json& rule, std::size_t position)
{
    const std::string_view action = word(rule, "action");
    if (boolOf(rule, "disabled").value_or(false))
        return asset.row.leave("disabled firewall rules", "they decide nothing");
    const bool inbound = word(rule, "direction") != "EGRESS";
    FirewallRow<Ref> row;
    row.of = asset.ref;
    row.direction = inbound ? Direction::In : Direction::Out;
    row.effect = action == "deny" ? RuleEffect::Deny : action == "goto_next" ? RuleEffect::Pass : RuleEffect::Allow;
    row.priority = static_cast<std::int32_t>(numberOf(rule, "priority").value_or(static_cast<long long>(position)));
    row.rule = asset.inventory.text(std::to_string(row.priority));
    row.evidence = asset.at;
    RuleWriter writer(asset, row);
    const Json& match = field(rule, "match");
    writer.blocks(listOf(match, {inbound ? "srcIpRanges" : "destIpRanges"}), writer.others);
    if (inbound)
        writer.groups(listOf(match, {"srcSecureTags"}), writer.others, secureTag);
    unresolved(asset, match, inbound, writer.others);
    if (writer.others.empty())
        writer.others = {{anyone4, {}}, {anyone6, {}}};
    writer.groups(listOf(rule, {"targetServiceAccounts"}), writer.targets, accountNamed);
    writer.groups(listOf(rule, {"targetSecureTags"}), writer.targets, secureTag);
    const Json& networks = listOf(rule, {"targetResources"});
    if (!networks.empty() && !writer.targets.empty())
        return asset.row.leave("a rule of a firewall policy",
            "it names networks and service accounts or tags at once, which Glacis can't follow");
    for (const Json& network : networks)
        writer.targets.push_back({{}, fullName(asText(network))});
    writer.services(listOf(match, {"layer4Configs"}));
    if (writer.ports.empty())
        writer.ports = {{}};
    writer.write();
}

} // namespace

std::string tagGroup(std::string_view network, std::string_view tag)
{
    return std::string(network) + "/tags/" + std::string(tag);
}

std::string accountGroup(std::string_view email)
{
    return "machines of " + std::string(email);
}

/// "Firewall resource", Compute Engine API: sources that are left out mean any IPv4 address.
void describeFirewall(Asset& asset, const Json& data)
{
    const std::string network = fullName(word(data, "network"), "compute.googleapis.com");
    asset.inventory.things.back().parent = asset.inventory.text(network);
    asset.inventory.edge(asset.inventory.text(network), EdgeKind::GuardedBy, asset.name, asset.at);
    asset.gathered.firewallsRead.insert(network);
    if (boolOf(data, "disabled").value_or(false))
        return;
    const bool inbound = word(data, "direction") != "EGRESS";
    const Json& denied = listOf(data, {"denied"});
    FirewallRow<Ref> row;
    row.of = asset.ref;
    row.direction = inbound ? Direction::In : Direction::Out;
    row.effect = denied.empty() ? RuleEffect::Allow : RuleEffect::Deny;
    row.priority = static_cast<std::int32_t>(numberOf(data, "priority").value_or(1000));
    row.rule = asset.inventory.text(afterLast(asset.name, '/'));
    row.evidence = asset.at;
    RuleWriter writer(asset, row);
    const auto tags = [&](const Json& list, std::vector<Side>& into) {
        for (const Json& tag : list) {
            std::string id = tagGroup(network, asText(tag));
            asset.gathered.groups.insert(id);
            into.push_back({{}, std::move(id)});
        }
    };
    if (inbound) {
        writer.blocks(listOf(data, {"sourceRanges", "sourceRange"}), writer.others);
        tags(listOf(data, {"sourceTags", "sourceTag"}), writer.others);
        writer.groups(listOf(data, {"sourceServiceAccounts", "sourceServiceAccount"}), writer.others, accountNamed);
        writer.blocks(listOf(data, {"destinationRanges", "destinationRange"}), writer.targets);
    } else {
        writer.blocks(listOf(data, {"destinationRanges", "destinationRange"}), writer.others);
    }
    if (writer.others.empty())
        writer.others = {{anyone4, {}}};
    if (writer.targets.empty()) {
        tags(listOf(data, {"targetTags", "targetTag"}), writer.targets);
        writer.groups(listOf(data, {"targetServiceAccounts", "targetServiceAccount"}), writer.targets, accountNamed);
    }
    writer.services(denied.empty() ? listOf(data, {"allowed"}) : denied);
    writer.write();
}

/// "Hierarchical firewall policies" and "Global network firewall policies": what a policy is associated with, it
/// guards.
void describeFirewallPolicy(Asset& asset, const Json& data)
{
    for (const Json& association : listOf(data, {"associations", "association"})) {
        const std::string_view target = word(association, "attachmentTarget");
        const std::string on = target.starts_with("organizations/") || target.starts_with("folders/")
            ? containerName(target)
            : target.find("cloudresourcemanager") != std::string_view::npos
            ? std::string(resourceManager) + std::string(target.substr(target.find(".com/") + 5))
            : fullName(target, "compute.googleapis.com");
        if (!on.empty())
            asset.inventory.edge(asset.inventory.text(on), EdgeKind::GuardedBy, asset.name, asset.at);
    }
    if (const std::string_view region = word(data, "region"); !region.empty())
        asset.inventory.property(asset.ref, "region", afterLast(region, '/'), asset.at);
    const Json& rules = listOf(data, {"rules", "rule"});
    for (std::size_t i = 0; i < rules.size(); ++i)
        policyRule(asset, rules[i], i);
}

} // namespace glacis::gcp
