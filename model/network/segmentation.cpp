// SPDX-License-Identifier: GPL-3.0-or-later
#include "network/segmentation.h"

#include "network/hygiene.h"
#include "network/rule_row.h"
#include "network/violation_text.h"
#include "network/zone_table.h"

#include <algorithm>
#include <ctime>
#include <deque>
#include <map>
#include <set>
#include <tuple>

namespace glacis {

namespace {

constexpr std::uint32_t wanted = ~0u;

/// Things of one class that stand in the same zone and environment.
struct Party {
    std::uint32_t zone = Placement::unassigned;
    std::uint32_t environment = EnvironmentRules::none;
    std::vector<NodeId> things;
};
using PartyPair = std::pair<const Party*, const Party*>;

/// A flow, or what part of the outside may open, between two parties.
struct Case {
    const Flow& flow;
    const Party& from;
    const Party& to;
    std::string block; ///< of the outside; empty: not a part of it
    ZoneMatrix::Answer answer;
    bool crossing = false;
};

/// What one rule opens between two zones is one violation, however many classes it is open between.
struct Cause {
    std::string kind;
    std::uint32_t fromZone, toZone;
    bool crossing;
    std::string block;
    PortSet ports;
    NodeId node;
    std::string rule;
    Reach verdict;
    auto operator<=>(const Cause&) const = default;
};

struct Growing {
    Violation violation;
    std::vector<PartyPair> pairs;
    std::vector<std::uint32_t> flows;
    std::vector<std::uint32_t> exceptions; ///< positions in ZoneMatrix::exceptions
};

void sortWorstFirst(Segmentation& made)
{
    std::vector<std::uint32_t> order(made.violations.size());
    for (std::uint32_t i = 0; i < order.size(); ++i)
        order[i] = i;
    std::ranges::stable_sort(order, [&](std::uint32_t a, std::uint32_t b) {
        const Violation &one = made.violations[a], &other = made.violations[b];
        return std::tuple(other.severity, one.fromZone, one.toZone, one.kind)
            < std::tuple(one.severity, other.fromZone, other.toZone, other.kind);
    });
    std::vector<Violation> sorted;
    std::vector<std::uint32_t> placeOf(order.size());
    for (std::uint32_t i = 0; i < order.size(); ++i) {
        placeOf[order[i]] = i;
        sorted.push_back(std::move(made.violations[order[i]]));
    }
    made.violations = std::move(sorted);
    for (std::uint32_t& of : made.violationOf)
        of = of == wanted ? of : placeOf[of];
}

class Judge {
public:
    Judge(const Estate& estate, Tiers tiers, Flows flows, const ZoneMatrix& matrix, std::int64_t now)
        : m_estate(estate), m_matrix(matrix), m_now(now), m_exceptedFlows(matrix.exceptions.size())
    {
        m_made.tiers = std::move(tiers);
        m_made.flows = std::move(flows);
        m_made.violationOf.assign(m_made.flows.flows.size(), wanted);
        for (const MatrixZone& zone : matrix.zones)
            m_zoneBlocks.emplace_back(&zone, blocksOf(zone, estate));
    }

    Segmentation judged()
    {
        m_parties.reserve(m_made.flows.classes.size());
        for (const EndpointClass& one : m_made.flows.classes)
            m_parties.push_back(partiesOf(one));
        for (const Flow& flow : m_made.flows.flows) {
            if (flow.from == 0 && isOpen(flow))
                m_fromInternet.insert(flow.to);
        }
        for (std::uint32_t at = 0; at < m_made.flows.flows.size(); ++at) {
            const Flow& flow = m_made.flows.flows[at];
            if (flow.verdict == Reach::Unknown)
                continue;
            for (const Party& from : m_parties[flow.from]) {
                for (const Party& to : m_parties[flow.to])
                    judge(at, from, to);
            }
        }
        for (const BlockFlow& part : m_made.flows.fromBlocks)
            judge(part);
        finish();
        return std::move(m_made);
    }

private:
    static bool isOpen(const Flow& flow) { return flow.verdict == Reach::Reachable || flow.verdict == Reach::Partial; }

    [[nodiscard]] std::vector<Party> partiesOf(const EndpointClass& one) const
    {
        std::map<std::pair<std::uint32_t, std::uint32_t>, Party> parties;
        for (const NodeId thing : one.things) {
            const std::uint32_t zone = m_made.tiers.of[index(thing)].zone;
            const std::uint32_t environment = m_matrix.environments.of(m_estate, thing);
            Party& party = parties[{zone, environment}];
            party.zone = zone;
            party.environment = environment;
            party.things.push_back(thing);
        }
        std::vector<Party> made;
        made.reserve(parties.size());
        for (auto& [key, party] : parties)
            made.push_back(std::move(party));
        return made;
    }

    [[nodiscard]] std::string_view id(std::uint32_t zone) const
    {
        return zone == Placement::unassigned ? std::string_view("unassigned") : m_made.tiers.zones[zone].id;
    }
    [[nodiscard]] bool isSensitive(std::uint32_t zone) const
    {
        return id(zone) == "data" || id(zone) == "management" || id(zone) == "mgmt";
    }

    void judge(std::uint32_t at, const Party& from, const Party& to)
    {
        const Flow& flow = m_made.flows.flows[at];
        const bool crossing = from.environment != EnvironmentRules::none && to.environment != EnvironmentRules::none
            && from.environment != to.environment;
        const Case one{flow, from, to, {}, m_matrix.between(id(from.zone), id(to.zone), crossing), crossing};
        const PortSet unwanted = unwantedOf(one);
        if (flow.from != 0 && flow.to != 0 && isOpen(flow)) {
            const std::size_t pairs = from.things.size() * to.things.size();
            m_made.pairsThatTalk += pairs;
            m_made.pairsWanted += isJudged(one) && unwanted.empty() ? pairs : 0;
        }
        if (!unwanted.empty()) {
            const auto [kind, severity] = kindOf(one, unwanted);
            grow(one, kind, severity, unwanted, openedBy(flow.hops)).flows.push_back(at);
        }
        if (!isOpen(flow) || !isJudged(one))
            return;
        besides(one, unwanted);
    }

    /// What has no tier is not judged: unknown beats wrong.
    static bool isJudged(const Case& one)
    {
        return one.from.zone != Placement::unassigned && one.to.zone != Placement::unassigned;
    }

    static PortSet unwantedOf(const Case& one)
    {
        // "any" is any protocol, also one without ports, which a list of ports can't hold.
        return isJudged(one) && one.answer.allowed != allPorts() ? difference(one.flow.ports, one.answer.allowed)
                                                                 : PortSet{};
    }

    /// Part of the outside is judged when a zone of the matrix holds its block; a wide block is told in any case.
    void judge(const BlockFlow& part)
    {
        if (!isOpen(part.flow))
            return;
        const Party& from = m_outside.emplace_back(Party{zoneOf(part.block), EnvironmentRules::none, {NodeId{0}}});
        for (const Party& to : m_parties[part.flow.to]) {
            const Case one{
                part.flow, from, to, toString(part.block), m_matrix.between(id(from.zone), id(to.zone)), false};
            const PortSet unwanted = unwantedOf(one);
            if (!unwanted.empty())
                grow(one, "block_exposed", one.answer.severity, unwanted, openedBy(part.flow.hops));
            if (isJudged(one))
                besides(one, unwanted);
            else
                wideBlock(one);
        }
    }

    [[nodiscard]] std::uint32_t zoneOf(const IpPrefix& block) const
    {
        for (const auto& [zone, blocks] : m_zoneBlocks) {
            if (std::ranges::none_of(blocks, [&](const IpPrefix& own) { return own.contains(block); }))
                continue;
            const auto at = std::ranges::find(m_made.tiers.zones, zone->id, &Zone::id);
            if (at != m_made.tiers.zones.end())
                return static_cast<std::uint32_t>(at - m_made.tiers.zones.begin());
        }
        return Placement::unassigned;
    }

    /// What is wrong with a flow whether or not the matrix wants it.
    void besides(const Case& one, const PortSet& unwanted)
    {
        wideBlock(one);
        replyHoles(one, unwanted);
        if (one.flow.verdict == Reach::Partial)
            grow(one, "nacl_return_partial", Risk::Info, one.flow.ports, &one.flow.hops.back());
        requirement(one, unwanted);
    }

    /// A private block as wide as /16, or a public one wider than /24, onto data or management, that something uses.
    void wideBlock(const Case& one)
    {
        const Hop* opened = openedBy(one.flow.hops);
        const auto* row = opened ? ruleRow(m_estate, *opened) : nullptr;
        if (!isSensitive(one.to.zone) || !row || row->direction != Direction::In || row->byPeer
            || row->block.length == 0 || row->block.address.v6)
            return;
        const ZoneTable& table = ZoneTable::builtIn();
        const bool isOfNetworks = isPrivate(row->block.address);
        if (row->block.length > (isOfNetworks ? table.widePrivate : table.widePublic))
            return;
        const auto [found, isNew] = m_wide.try_emplace({opened->node, opened->rule}, Growing{});
        Growing& growing = found->second;
        if (isNew) {
            growing.violation.kind = "broad_cidr";
            growing.violation.severity = Risk::Medium;
            growing.violation.toZone = one.to.zone;
            growing.violation.verdict = one.flow.verdict;
            growing.violation.hops = one.flow.hops;
            growing.violation.row = one.answer.row;
            growing.violation.fromBlock = toString(row->block);
        }
        growing.violation.ports = unionOf(growing.violation.ports, one.flow.ports);
        growing.pairs.emplace_back(&one.from, &one.to);
    }

    /// "Ephemeral ports", Amazon VPC User Guide: an entry for replies speaks of ports, so it also lets a connection to
    /// such a port in.
    void replyHoles(const Case& one, const PortSet& unwanted)
    {
        constexpr std::int32_t firstReply = 1024, lastFirst = 49152, leastLast = 60999;
        for (const Flow::Entry& entry : one.flow.entries) {
            const auto* row = ruleRow(m_estate, entry.of, entry.rule);
            if (!row || row->direction != Direction::In || row->effect != RuleEffect::Allow || row->from < firstReply
                || row->from > lastFirst || row->to < leastLast)
                continue;
            PortSet sensitive;
            for (const std::int32_t port : ZoneTable::builtIn().adminPorts)
                sensitive.add({tcp, port, port});
            const PortSet open = intersectionOf(intersectionOf(entry.ports, sensitive), one.flow.ports);
            // All of a wide range is told by what opens it; here a port is open because nobody thought of it.
            if (open.empty() || one.flow.ports == allPorts())
                continue;
            const bool isUnwanted = !intersectionOf(open, unwanted).empty();
            const Hop hole{entry.of, "network ACL", entry.rule, true, entry.evidence,
                "an entry for replies to the ports " + describe(PortSet{{row->protocol, row->from, row->to}})};
            Growing& growing = grow(one, "nacl_ephemeral_hole",
                isUnwanted ? std::max(one.answer.severity, Risk::Medium) : Risk::Low, open, &hole);
            if (growing.violation.hops.back().rule != hole.rule || growing.violation.hops.back().node != hole.node)
                growing.violation.hops.push_back(hole);
        }
    }

    /// What a row of the matrix asks of the rules that open it.
    void requirement(const Case& one, const PortSet& unwanted)
    {
        const ZoneMatrix::Needs& needs = one.answer.needs;
        const Hop* opened = openedBy(one.flow.hops);
        const auto* row = opened ? ruleRow(m_estate, *opened) : nullptr;
        const PortSet allowed = difference(one.flow.ports, unwanted);
        if (needs == ZoneMatrix::Needs{} || !row || row->byPeer || allowed.empty())
            return;
        std::string why;
        if (needs.groupReference)
            why = "the matrix wants a security group in place of " + toString(row->block);
        else if (row->block.length < needs.narrowest)
            why = toString(row->block) + " is wider than /" + std::to_string(needs.narrowest);
        if (why.empty())
            return;
        Growing& growing = grow(one, "rule_requirement", Risk::Low, allowed, opened);
        Hop hop = *opened;
        hop.why = std::move(why);
        if (growing.violation.hops.back().why != hop.why)
            growing.violation.hops.push_back(std::move(hop));
    }

    Growing& grow(const Case& one, const std::string& kind, Risk severity, const PortSet& ports, const Hop* opened)
    {
        const Cause cause{kind, one.from.zone, one.to.zone, one.crossing, one.block, ports,
            opened ? opened->node : noNode, opened ? opened->rule : std::string(), one.flow.verdict};
        const auto [found, isNew] = m_growing.try_emplace(cause, Growing{});
        Growing& growing = found->second;
        if (isNew) {
            Violation& violation = growing.violation;
            violation.kind = kind;
            violation.fromZone = one.from.zone;
            violation.toZone = one.to.zone;
            violation.fromBlock = one.block;
            violation.ports = ports;
            violation.verdict = one.flow.verdict;
            violation.hops = one.flow.hops;
            violation.row = one.answer.row;
            growing.exceptions = exceptionsFor(one);
        }
        growing.violation.severity = std::max(growing.violation.severity, severity);
        growing.pairs.emplace_back(&one.from, &one.to);
        return growing;
    }

    /// Exceptions that speak of the rows that decided; whether they still hold is asked in the end.
    [[nodiscard]] std::vector<std::uint32_t> exceptionsFor(const Case& one) const
    {
        const auto names = [](const std::string& zone, std::string_view own) { return zone == "*" || zone == own; };
        std::vector<std::uint32_t> found;
        for (std::uint32_t at = 0; at < m_matrix.exceptions.size(); ++at) {
            const ZoneMatrix::Exception& exception = m_matrix.exceptions[at];
            const bool speaks = exception.row.empty()
                ? names(exception.from, id(one.from.zone)) && names(exception.to, id(one.to.zone))
                : std::ranges::find(one.answer.ids, exception.row) != one.answer.ids.end();
            if (speaks)
                found.push_back(at);
        }
        return found;
    }

    void finish()
    {
        for (auto& [cause, growing] : m_growing)
            finish(growing);
        for (auto& [rule, growing] : m_wide)
            finishWide(growing);
        for (Violation& violation : hygieneOf(m_estate))
            m_made.violations.push_back(std::move(violation));
        for (std::size_t at = 0; at < m_exceptedFlows.size(); ++at) {
            if (m_exceptedFlows[at] > 0)
                m_made.excepted.push_back({at, m_exceptedFlows[at]});
        }
        sortWorstFirst(m_made);
    }

    /// What exceptions let pass is taken out; when nothing is left there is no violation.
    void finish(Growing& growing)
    {
        Violation& violation = growing.violation;
        std::set<NodeId> letPass;
        for (const std::uint32_t at : growing.exceptions) {
            const ZoneMatrix::Exception& exception = m_matrix.exceptions[at];
            std::set<NodeId> things;
            for (const std::string& resource : exception.resources) {
                if (const auto node = m_estate.find(resource))
                    things.insert(*node);
            }
            if (!speaksOf(growing, exception, things))
                continue;
            if (m_now >= exception.endsAt) {
                violation.lapsed = "the exception of " + exception.owner + " (" + exception.reason + ") expired on "
                    + exception.expires;
                continue;
            }
            m_exceptedFlows[at] += growing.flows.size();
            if (exception.resources.empty())
                return;
            letPass.insert(things.begin(), things.end());
        }
        expand(growing, letPass);
        if (violation.from.empty() || violation.to.empty())
            return;
        violation.sentence = sentenceOf(m_estate, m_made.tiers, violation);
        if (!violation.lapsed.empty())
            violation.sentence += " It was let pass before: " + violation.lapsed + '.';
        violation.fix = fixOf(m_estate, m_made.tiers, violation, openedBy(growing.violation.hops));
        const auto place = static_cast<std::uint32_t>(m_made.violations.size());
        for (const std::uint32_t at : growing.flows) {
            const std::uint32_t before = m_made.violationOf[at];
            if (before == wanted || m_made.violations[before].severity < violation.severity)
                m_made.violationOf[at] = place;
        }
        m_made.violations.push_back(std::move(violation));
    }

    static bool speaksOf(const Growing& growing, const ZoneMatrix::Exception& exception, const std::set<NodeId>& things)
    {
        const auto holds = [&](const Party& party) {
            return std::ranges::any_of(party.things, [&](NodeId thing) { return things.contains(thing); });
        };
        return exception.resources.empty() || std::ranges::any_of(growing.pairs, [&](const PartyPair& pair) {
            return holds(*pair.first) || holds(*pair.second);
        });
    }

    static void expand(Growing& growing, const std::set<NodeId>& letPass)
    {
        Violation& violation = growing.violation;
        std::set<const Party*> froms, tos;
        const auto count = [&](const Party& party) {
            return party.things.size()
                - static_cast<std::size_t>(
                    std::ranges::count_if(party.things, [&](NodeId thing) { return letPass.contains(thing); }));
        };
        for (const auto& [from, to] : growing.pairs) {
            const std::size_t some = count(*from), others = count(*to);
            if (some == 0 || others == 0)
                continue;
            froms.insert(from);
            tos.insert(to);
            violation.pairs += from == to ? some * (some - 1) : some * others;
        }
        violation.from = thingsOf(froms, letPass);
        violation.to = thingsOf(tos, letPass);
    }

    static std::vector<NodeId> thingsOf(const std::set<const Party*>& parties, const std::set<NodeId>& letPass)
    {
        std::vector<NodeId> things;
        for (const Party* party : parties)
            things.insert(things.end(), party->things.begin(), party->things.end());
        std::ranges::sort(things);
        things.erase(std::unique(things.begin(), things.end()), things.end());
        if (!letPass.empty())
            std::erase_if(things, [&](NodeId thing) { return letPass.contains(thing); });
        return things;
    }

    void finishWide(Growing& growing)
    {
        Violation& violation = growing.violation;
        expand(growing, {});
        const Hop* opened = openedBy(violation.hops);
        const auto* row = ruleRow(m_estate, *opened);
        std::size_t inside = 0;
        std::set<NodeId> subnets;
        for (const auto& address : m_estate.facts().addresses) {
            if (!address.hasInside || !row->block.contains(address.inside))
                continue;
            ++inside;
            subnets.insert(m_estate.within(address.of, Kind::Subnet).value_or(noNode));
        }
        violation.from = {opened->node};
        violation.sentence = "Security group " + std::string(m_estate.name(opened->node)) + " admits all of "
            + toString(row->block) + " to " + std::string(m_estate.name(violation.to.front())) + " ("
            + m_made.tiers.zones[violation.toZone].title + "); it holds " + std::to_string(inside) + " addresses of "
            + std::to_string(subnets.size()) + " subnets now.";
        violation.fix = "Admit the security groups that need it in place of " + toString(row->block) + '.';
        m_made.violations.push_back(std::move(violation));
    }

    /// What one flow between two parties is called when the matrix does not want it.
    [[nodiscard]] std::pair<std::string, Risk> kindOf(const Case& one, const PortSet& ports) const
    {
        const Flow& flow = one.flow;
        const Risk severity = one.answer.severity;
        if (flow.verdict == Reach::Latent)
            return {"latent_open_sg", std::min(severity, Risk::Low)};
        const bool toData = id(one.to.zone) == "data";
        if (flow.from == 0 && toData)
            return {"internet_to_data", Risk::Critical};
        if (flow.from == 0) {
            const bool admin = std::ranges::any_of(
                ZoneTable::builtIn().adminPorts, [&](std::int32_t port) { return ports.contains(tcp, port); });
            return admin ? std::pair("admin_port_world", std::max(severity, Risk::High))
                         : std::pair("internet_exposed", severity);
        }
        if (flow.to == 0)
            return {id(one.from.zone) == "data" ? "unrestricted_data_egress" : "unwanted_egress", severity};
        if (toData && m_estate.kind(one.from.things.front()) == Kind::LoadBalancer
            && m_fromInternet.contains(flow.from))
            return {"internet_to_data", Risk::Critical};
        if (one.crossing)
            return {"prod_nonprod_crossing", std::max(severity, Risk::High)};
        if (one.from.zone == one.to.zone)
            return {"lateral_same_tier", severity};
        const PortSet everyPort{{tcp, -1, -1}};
        return {difference(everyPort, flow.ports).empty() ? "flat_east_west" : "tier_skip", severity};
    }

    const Estate& m_estate;
    const ZoneMatrix& m_matrix;
    std::int64_t m_now;
    Segmentation m_made;
    std::vector<std::pair<const MatrixZone*, std::vector<IpPrefix>>> m_zoneBlocks;
    std::vector<std::vector<Party>> m_parties; ///< by class
    std::deque<Party> m_outside;
    std::map<Cause, Growing> m_growing;
    std::map<std::pair<NodeId, std::string>, Growing> m_wide; ///< by rule
    std::set<std::uint32_t> m_fromInternet; ///< classes that the internet reaches
    std::vector<std::size_t> m_exceptedFlows; ///< by exception
};

} // namespace

Segmentation segmentation(const Estate& estate, Tiers tiers, Flows flows, const ZoneMatrix& matrix, std::int64_t now)
{
    return Judge(estate, std::move(tiers), std::move(flows), matrix, now).judged();
}

void addViolations(Segmentation& to, std::vector<Violation> more)
{
    std::ranges::move(more, std::back_inserter(to.violations));
    sortWorstFirst(to);
}

Segmentation segmentation(const Estate& estate, Tiers tiers, Flows flows, const ZoneMatrix& matrix)
{
    return segmentation(estate, std::move(tiers), std::move(flows), matrix, std::time(nullptr));
}

} // namespace glacis
