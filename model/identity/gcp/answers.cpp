// SPDX-License-Identifier: GPL-3.0-or-later
#include "identity/gcp/answers.h"

#include "catalog/schema.h"
#include "core/json.h"
#include "core/text.h"
#include "identity/gcp/escalations.h"
#include "identity/gcp/grants.h"

#include <algorithm>
#include <cassert>

namespace glacis::gcp {

namespace {

struct StoreRights {
    std::vector<std::string> of[3]; ///< by AccessLevel
};

/// By type of asset: resources/gcp/access.json.
const std::map<std::string, StoreRights, std::less<>>& storeRights()
{
    static const auto made = [] {
        const Table table = loadTable("gcp/access.json", "gcp/schema.json", "access");
        assert(table.faults.empty());
        std::map<std::string, StoreRights, std::less<>> all;
        for (const Json& row : arrayOf(table.json, "types")) {
            StoreRights& rights = all[std::string(textOf(row, "type"))];
            for (const AccessLevel level : {AccessLevel::Read, AccessLevel::Write, AccessLevel::Administer}) {
                rights.of[static_cast<std::size_t>(level)] = textsOf(row, name(level));
            }
        }
        return all;
    }();
    return made;
}

/// "Public access prevention", Cloud Storage documentation: on the bucket, or by the nearest organisation policy.
bool preventsPublic(const Grants& grants, NodeId store)
{
    const Estate& estate = grants.estate();
    if (estate.kind(store) != Kind::ObjectStore)
        return false;
    if (estate.word(store, "public_access_prevention") == "enforced")
        return true;
    for (const NodeId at : grants.lineage(store)) {
        for (const NodeId policy : estate.targets(at, EdgeKind::HasPolicy)) {
            if (estate.name(policy) == "storage.publicAccessPrevention")
                return estate.flag(policy, "enforced").value_or(false);
        }
    }
    return false;
}

void addStores(const Grants& grants, std::vector<StoreAccess>& into, Progress& progress)
{
    const Estate& estate = grants.estate();
    for (std::size_t i = 0; i < estate.nodeCount() && !progress.cancelled(); ++i, progress.advance()) {
        const NodeId store = idAt<NodeId>(i);
        if (estate.node(store).provider != Provider::Gcp || estate.node(store).outside)
            continue;
        const auto rights = storeRights().find(estate.text(estate.node(store).type));
        if (rights == storeRights().end())
            continue;
        const bool closed = preventsPublic(grants, store);
        for (const AccessLevel level : {AccessLevel::Read, AccessLevel::Write, AccessLevel::Administer}) {
            Granted best;
            for (const std::string& permission : rights->second.of[static_cast<std::size_t>(level)]) {
                for (const auto& [principal, decision] : grants.of(store, permission)) {
                    Decision& known = best.try_emplace(principal, decision).first->second;
                    if (known.verdict == Verdict::Conditional && decision.verdict == Verdict::Allowed)
                        known = decision;
                }
            }
            for (auto& [principal, decision] : best) {
                if (!closed || principal != NodeId{0})
                    into.push_back({principal, store, level, std::move(decision)});
            }
        }
    }
}

/// Owners of the project that they belong to themselves; those of others are told as escalations.
void addAdministrators(const Grants& grants, std::vector<std::pair<NodeId, Decision>>& into)
{
    const Estate& estate = grants.estate();
    Granted all;
    for (const NodeId project : estate.ofKind(Kind::Account)) {
        if (estate.node(project).provider != Provider::Gcp)
            continue;
        for (const auto& [principal, decision] : grants.holdersOf("roles/owner", project)) {
            const NodeId own = estate.node(principal).account;
            if (principal != NodeId{0} && (own == noNode || own == project))
                all.try_emplace(principal, decision);
        }
    }
    for (auto& [principal, decision] : all)
        into.emplace_back(principal, std::move(decision));
}

bool hasOurs(const Estate& estate)
{
    return std::ranges::any_of(estate.facts().policies, [](const auto& row) { return row.role == PolicyRole::Gcp; })
        || std::ranges::any_of(estate.facts().edges, [&](const auto& row) {
               return row.kind == EdgeKind::RunsAs && estate.node(row.from).provider == Provider::Gcp;
           });
}

} // namespace

IdentityAnswers answers(const Estate& estate, Progress& progress)
{
    IdentityAnswers made;
    if (!hasOurs(estate))
        return made;
    const Grants grants(estate);
    addStores(grants, made.access, progress);
    made.escalations = escalations(grants, progress);
    addAdministrators(grants, made.administrators);
    return made;
}

Decision decide(const Estate& estate, NodeId principal, std::string_view permission, NodeId resource)
{
    const Grants grants(estate);
    if (estate.kind(principal) == Kind::Internet && preventsPublic(grants, resource))
        return {};
    return grants.decide(principal, permission, resource);
}

} // namespace glacis::gcp
