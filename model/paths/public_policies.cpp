// SPDX-License-Identifier: GPL-3.0-or-later
#include "paths/public_policies.h"

#include "identity/public_access.h"
#include "identity/store_actions.h"

#include <algorithm>

namespace glacis {

namespace {

bool hasOwnPolicy(const Estate& estate, NodeId store)
{
    return std::ranges::any_of(
        estate.policies(store), [](const auto& row) { return row.role == PolicyRole::Resource; });
}

/// What anyone may do to a store, and what would have to be known besides.
struct PublicAccess {
    std::vector<AccessLevel> levels;
    std::vector<Reason> because;
    std::string missing; ///< the block of the account, where that alone may stand against it
};

PublicAccess publicAccess(const Estate& estate, const Access& access, NodeId store)
{
    PublicAccess open;
    const auto rows = storeActions().find(estate.kind(store));
    if (rows == storeActions().end() || !hasOwnPolicy(estate, store))
        return open;
    // The store's own block is known to be off, and nothing tells of the account's: it alone may still stand against
    // it.
    const char* const block = "restrict_public_buckets";
    const NodeId account = estate.node(store).account;
    const bool accountUnknown = account == noNode || !estate.flag(account, block);
    const bool ownIsOff = !estate.flag(store, block).value_or(true);
    for (const StoreAction& row : rows->second) {
        std::string resource = row.resource;
        if (const std::size_t at = resource.find("{id}"); at != std::string::npos)
            resource.replace(at, 4, estate.id(store));
        const Decision decision = access.decide(NodeId{0}, row.action, resource);
        const bool onlyTheAccount =
            decision.verdict == Verdict::Conditional && ownIsOff && accountUnknown && decision.open.size() == 1;
        if (decision.verdict != Verdict::Allowed && !onlyTheAccount)
            continue;
        if (onlyTheAccount)
            open.missing = decision.open.front();
        open.levels.push_back(row.level);
        if (open.because.empty())
            open.because = decision.because;
    }
    std::ranges::sort(open.levels);
    open.levels.erase(std::unique(open.levels.begin(), open.levels.end()), open.levels.end());
    return open;
}

std::string_view zoneId(const Tiers& tiers, std::uint32_t zone)
{
    return zone == Placement::unassigned ? std::string_view("unassigned") : std::string_view(tiers.zones[zone].id);
}

Violation violationOf(const Estate& estate, const Tiers& tiers, NodeId store, const PublicAccess& open)
{
    Violation violation;
    violation.kind = "public_policy";
    violation.severity = Risk::High;
    violation.fromZone = tiers.of[0].zone;
    violation.toZone = tiers.of[index(store)].zone;
    violation.from = {NodeId{0}};
    violation.to = {store};
    violation.ports = {{tcp, 443, 443}}; // "Service endpoints": AWS's services are asked over HTTPS
    violation.verdict = open.missing.empty() ? Reach::Reachable : Reach::Unknown;
    for (const Reason& reason : open.because)
        violation.hops.push_back({reason.of, "resource policy", reason.pointer, true, reason.evidence, reason.text});
    std::string may;
    for (const AccessLevel level : open.levels) {
        may += (may.empty() ? "" : ", ") + std::string(name(level));
        if (level != AccessLevel::Read)
            violation.severity = Risk::Critical;
    }
    const std::string title(estate.name(store));
    violation.sentence = "The policy of " + title + " lets anyone on the internet in (" + may + ")"
        + (open.missing.empty() ? "." : ", unless this holds: " + open.missing + '.');
    violation.fix = "Name the principals that need it in the policy of " + title + " in place of everyone.";
    return violation;
}

} // namespace

std::vector<Violation> publicPolicies(
    const Estate& estate, const Access& access, const Tiers& tiers, const ZoneMatrix& matrix)
{
    std::vector<Violation> found;
    for (const auto& [kind, actions] : storeActions()) {
        for (const NodeId store : estate.ofKind(kind)) {
            const PublicAccess open = publicAccess(estate, access, store);
            if (open.levels.empty())
                continue;
            Violation violation = violationOf(estate, tiers, store, open);
            const ZoneMatrix::Answer wanted =
                matrix.between(zoneId(tiers, violation.fromZone), zoneId(tiers, violation.toZone));
            violation.row = wanted.row;
            if (!difference(violation.ports, wanted.allowed).empty())
                found.push_back(std::move(violation));
        }
    }
    return found;
}

} // namespace glacis
