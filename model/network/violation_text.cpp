// SPDX-License-Identifier: GPL-3.0-or-later
#include "network/violation_text.h"

namespace glacis {

namespace {

std::string titleOf(const Tiers& tiers, std::uint32_t zone)
{
    return zone == Placement::unassigned ? "a thing without a tier" : tiers.zones[zone].title;
}

std::string nameOf(const Estate& estate, const std::vector<NodeId>& things)
{
    if (estate.kind(things.front()) == Kind::Internet)
        return "the internet";
    const std::string first(estate.name(things.front()));
    return things.size() == 1 ? first : first + " and " + std::to_string(things.size() - 1) + " more";
}

std::string heldBy(const Violation& violation)
{
    std::string held;
    for (const Hop& hop : violation.hops) {
        if (!hop.passed)
            held = hop.why;
    }
    return held;
}

std::string ruleOf(const Estate& estate, const Hop& hop)
{
    return (hop.rule.empty() ? std::string() : "rule " + hop.rule + " of ") + hop.control + ' '
        + std::string(estate.name(hop.node));
}

} // namespace

std::string sentenceOf(const Estate& estate, const Tiers& tiers, const Violation& violation)
{
    const std::string from = (violation.fromBlock.empty() ? nameOf(estate, violation.from) : violation.fromBlock) + " ("
        + titleOf(tiers, violation.fromZone) + ")";
    const std::string to = nameOf(estate, violation.to) + " (" + titleOf(tiers, violation.toZone) + ")";
    const std::string ports = describe(violation.ports);
    if (violation.verdict == Reach::Latent)
        return "Only one control keeps " + from + " from opening " + ports + " on " + to + ": " + heldBy(violation)
            + '.';
    if (violation.kind == "nacl_return_partial")
        return from + " can open " + ports + " on " + to
            + " from some of the clients' ports only: " + violation.hops.back().why + '.';
    if (violation.kind == "nacl_ephemeral_hole")
        return "An entry that lets replies in also lets " + from + " open " + ports + " on " + to + '.';
    if (violation.kind == "rule_requirement")
        return from + " may open " + ports + " on " + to
            + ", but not by a rule of that kind: " + violation.hops.back().why + '.';
    std::string sentence = from + " can open " + ports + " on " + to + ", which the matrix does not want";
    if (violation.pairs > 1)
        sentence += " (" + std::to_string(violation.pairs) + " pairs)";
    return sentence + '.';
}

std::string fixOf(const Estate& estate, const Tiers& tiers, const Violation& violation, const Hop* opened)
{
    const std::string ports = describe(violation.ports);
    if (violation.kind == "nacl_ephemeral_hole")
        return "Put an entry that denies " + ports + " before " + ruleOf(estate, violation.hops.back()) + '.';
    if (violation.kind == "nacl_return_partial")
        return "Widen the entry of network ACL " + std::string(estate.name(violation.hops.back().node))
            + " that lets replies out to the ports 1024-65535.";
    if (!opened || opened->node == noNode)
        return "Close " + ports + " on this way.";
    if (violation.kind == "unrestricted_data_egress")
        return "Narrow " + ruleOf(estate, *opened)
            + " to the destinations that are needed; reach the provider's own services through endpoints.";
    if (violation.kind == "rule_requirement")
        return "Name the security groups that need it in place of the block in " + ruleOf(estate, *opened) + '.';
    return "Narrow " + ruleOf(estate, *opened) + " so that it does not admit " + ports + " from "
        + (violation.fromBlock.empty() ? titleOf(tiers, violation.fromZone) : violation.fromBlock) + '.';
}

} // namespace glacis
