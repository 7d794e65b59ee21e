// SPDX-License-Identifier: GPL-3.0-or-later
#include "identity/azure/azure_access.h"

#include "core/json.h"
#include "core/resources.h"
#include "core/text.h"

#include <algorithm>

namespace glacis::azure {

namespace {

int rank(Verdict verdict)
{
    switch (verdict) {
    case Verdict::Allowed:
        return 0;
    case Verdict::Conditional:
        return 1;
    case Verdict::Unknown:
        return 2;
    case Verdict::ImplicitDeny:
        return 3;
    case Verdict::ExplicitDeny:
        break;
    }
    return 4;
}

/// A right over a type of store, and what it comes to.
struct StoreRight {
    AccessLevel level{};
    std::string action;
    bool data = false;
    std::string unless; ///< setting that takes it away when it is false
    std::string vaultPart, vaultRight; ///< the same right in a vault that goes by access policies
    bool onlyByPolicies = false; ///< only such a vault is meant
};
using StoreRights = std::map<std::string, std::vector<StoreRight>, std::less<>>; ///< by type, small letters

const StoreRights& storeRights()
{
    static const StoreRights made = [] {
        StoreRights all;
        const Json json = parseJson(resource("azure/access.json").value_or("{}")).value_or(Json());
        for (const Json& row : arrayOf(json, "types")) {
            std::vector<StoreRight>& rights = all[lowered(textOf(row, "type"))];
            for (const Json& one : arrayOf(row, "rights")) {
                const std::string_view level = textOf(one, "level");
                StoreRight right;
                right.level = level == "read" ? AccessLevel::Read
                    : level == "write"        ? AccessLevel::Write
                                              : AccessLevel::Administer;
                right.action = lowered(textOf(one, "action"));
                right.data = boolOf(one, "data").value_or(false);
                right.unless = textOf(one, "unless");
                right.vaultPart = before(textOf(one, "policy"), '/');
                right.vaultRight = after(textOf(one, "policy"), '/');
                right.onlyByPolicies = boolOf(one, "onlyByPolicies").value_or(false);
                rights.push_back(std::move(right));
            }
        }
        return all;
    }();
    return made;
}

/// The right over a store of this type that goes by an action; null when the table has none.
const StoreRight* storeRight(std::string_view type, std::string_view action)
{
    const auto rights = storeRights().find(lowered(type));
    if (rights == storeRights().end())
        return nullptr;
    const auto right = std::ranges::find(rights->second, lowered(action), &StoreRight::action);
    return right == rights->second.end() ? nullptr : &*right;
}

/// The vault that a secret or key lies in, or the vault itself.
NodeId vaultOf(const Estate& estate, NodeId store)
{
    for (NodeId at = store; at != noNode; at = estate.node(at).parent) {
        if (estate.kind(at) == Kind::KeyVault)
            return at;
    }
    return noNode;
}

} // namespace

void both(Decision& all, const Decision& one)
{
    if (rank(one.verdict) > rank(all.verdict))
        all.verdict = one.verdict;
    for (const std::string& open : one.open) {
        if (std::ranges::find(all.open, open) == all.open.end())
            all.open.push_back(open);
    }
    all.because.insert(all.because.end(), one.because.begin(), one.because.end());
}

void either(Decision& best, Decision one)
{
    if (rank(one.verdict) < rank(best.verdict))
        best = std::move(one);
}

bool AzureAccess::usesAccessPolicies(const Estate& estate, NodeId vault)
{
    return !estate.flag(vault, "rbac_authorization").value_or(true);
}

Decision AzureAccess::decide(NodeId principal, std::string_view action, bool data, std::string_view scope) const
{
    const Estate& estate = m_grants.estate();
    const std::vector<NodeId>& selves = m_grants.selves(principal);
    const std::string right = lowered(action), where = lowered(scope);
    Decision denied;
    for (const Denial& one : m_grants.denials()) {
        const auto among = [&](const std::set<std::string>& numbers) {
            return std::ranges::any_of(selves, [&](NodeId self) { return numbers.contains(m_grants.numberOf(self)); });
        };
        const bool here = one.onlyHere ? one.scope == where : m_grants.covers(one.scope, where);
        if (!here || among(one.excluded) || !(one.everyone || among(one.principals)))
            continue;
        if (std::ranges::none_of(one.permissions, [&](const Permission& each) { return each.permits(right, data); }))
            continue;
        const Reason reason{one.node, one.evidence, "",
            "Deny assignment " + std::string(estate.name(one.node)) + " denies " + std::string(action) + '.'};
        if (one.condition.empty())
            return {Verdict::ExplicitDeny, {}, {reason}};
        denied.open.push_back(
            "the condition of deny assignment " + std::string(estate.name(one.node)) + " does not hold");
    }
    Decision best;
    for (const Assignment& one : m_grants.assignments()) {
        if (std::ranges::find(selves, one.principal) == selves.end() || !m_grants.covers(one.scope, where))
            continue;
        if (!one.role) {
            either(best,
                {Verdict::Unknown,
                    {"what role " + one.roleId + " permits was not in the export (az role definition list)"},
                    {{one.node, one.evidence, "", "An assignment names a role that was not exported."}}});
            continue;
        }
        if (std::ranges::none_of(
                one.role->permissions, [&](const Permission& each) { return each.permits(right, data); }))
            continue;
        Decision granted;
        granted.verdict = Verdict::Allowed;
        granted.because.push_back({one.node, one.evidence, "",
            std::string(estate.name(one.principal)) + " has role " + one.role->name + " at " + one.scope + '.'});
        if (!one.condition.empty())
            granted.open.push_back("the condition of the role assignment holds: " + one.condition);
        if (one.eligible)
            granted.open.push_back("the eligible role " + one.role->name + " is activated");
        if (!granted.open.empty())
            granted.verdict = Verdict::Conditional;
        either(best, std::move(granted));
    }
    if (best.possible() && !denied.open.empty()) {
        best.verdict = Verdict::Conditional;
        best.open.insert(best.open.end(), denied.open.begin(), denied.open.end());
    }
    return best;
}

std::optional<bool> AzureAccess::isOverData(std::string_view action) const
{
    const std::string wanted = lowered(action);
    for (const auto& [type, rights] : storeRights()) {
        if (const auto* right = storeRight(type, wanted))
            return right->data;
    }
    const std::string provider = std::string(before(wanted, '/')) + '/';
    bool known = false, perhaps = false;
    for (const auto& [number, role] : m_grants.roles()) {
        for (const Permission& permission : role.permissions) {
            for (const auto* list : {&permission.dataActions, &permission.notDataActions}) {
                if (std::ranges::find(*list, wanted) != list->end())
                    return true;
                perhaps = perhaps || std::ranges::any_of(*list, [&](const std::string& pattern) {
                    return pattern.starts_with(provider) && matches(pattern, wanted);
                });
            }
            if (std::ranges::find(permission.actions, wanted) != permission.actions.end())
                return false;
            known = known || std::ranges::any_of(permission.actions, [&](const std::string& pattern) {
                return pattern.starts_with(provider);
            });
        }
    }
    // Of a resource provider that is known, what no role gives over data is none.
    return known && !perhaps ? std::optional(false) : std::nullopt;
}

Decision AzureAccess::askOfAnyone(std::string_view action, NodeId store) const
{
    Decision best;
    const auto* right = storeRight(m_grants.estate().text(m_grants.estate().node(store).type), action);
    for (auto& [level, decision] : publicGrants(store)) {
        if (right && right->data && right->level == level)
            either(best, std::move(decision));
    }
    return best;
}

Decision AzureAccess::ask(
    NodeId principal, std::string_view action, std::string_view scope, std::optional<bool> data) const
{
    const Estate& estate = m_grants.estate();
    const auto target = estate.find(scope);
    if (estate.kind(principal) == Kind::Internet)
        return target ? askOfAnyone(action, *target) : Decision{};
    if (!data)
        data = isOverData(action);
    const NodeId vault = target ? vaultOf(estate, *target) : noNode;
    if (vault != noNode && data.value_or(false) && usesAccessPolicies(estate, vault)) {
        const auto* right = storeRight(estate.text(estate.node(*target).type), action);
        if (right && !right->vaultPart.empty())
            return byVaultPolicy(principal, vault, right->vaultPart, right->vaultRight);
        return {Verdict::Unknown, {"which right of the vault's access policies the action goes by"}, {}};
    }
    if (data)
        return decide(principal, action, *data, scope);
    Decision control = decide(principal, action, false, scope);
    const Decision over = decide(principal, action, true, scope);
    if (control.verdict == over.verdict)
        return control;
    return {Verdict::Unknown, {"whether " + std::string(action) + " is an action over data"}, control.because};
}

Decision AzureAccess::byVaultPolicy(NodeId principal, NodeId vault, std::string_view part, std::string_view right) const
{
    const Estate& estate = m_grants.estate();
    Decision decision;
    for (const auto& policy : estate.policies(vault)) {
        const Json document = parseJson(estate.text(policy.document)).value_or(Json());
        for (const Json& one : arrayOf(document, "accessPolicies")) {
            const std::string_view number = textOf(one, "objectId");
            const auto& selves = m_grants.selves(principal);
            if (std::ranges::none_of(selves, [&](NodeId self) { return m_grants.numberOf(self) == number; }))
                continue;
            for (const Json& allowed : arrayOf(one, part)) {
                if (asText(allowed) != right && asText(allowed) != "all")
                    continue;
                decision.verdict = Verdict::Allowed;
                decision.because.push_back({vault, policy.evidence, "",
                    "An access policy of " + std::string(estate.name(vault)) + " permits " + std::string(right) + " on "
                        + std::string(part) + '.'});
                return decision;
            }
        }
    }
    return decision;
}

/// "Configure anonymous read access for containers and blobs": the account must allow it, and the container say so.
std::vector<std::pair<AccessLevel, Decision>> AzureAccess::publicGrants(NodeId store) const
{
    const Estate& estate = m_grants.estate();
    std::vector<std::pair<AccessLevel, Decision>> found;
    const auto evidence = estate.evidence(store);
    const auto grant = [&](std::string text, std::vector<std::string> open) {
        Decision decision;
        decision.verdict = open.empty() ? Verdict::Allowed : Verdict::Conditional;
        decision.open = std::move(open);
        decision.because.push_back({store, evidence.empty() ? noEvidence : evidence.front(), "", std::move(text)});
        found.emplace_back(AccessLevel::Read, std::move(decision));
    };
    const std::string level = lowered(estate.word(store, "public_access"));
    if (level == "blob" || level == "container") {
        const NodeId account = estate.node(store).parent;
        const auto allowed = account == noNode ? std::nullopt : estate.flag(account, "public_blobs_allowed");
        if (allowed && !*allowed)
            return found;
        std::vector<std::string> open;
        if (!allowed)
            open.emplace_back("the account allows anonymous access to blobs (az storage account list)");
        if (account != noNode && equalIgnoringCase(estate.word(account, "firewall_default"), "deny"))
            open.emplace_back("the request comes from a network that the account's firewall lets in");
        if (account != noNode && equalIgnoringCase(estate.word(account, "public_network_access"), "disabled"))
            return found;
        grant("The container lets anyone read its " + std::string(level == "blob" ? "blobs" : "blobs and list them")
                + '.',
            std::move(open));
    }
    if (estate.flag(store, "anonymous_pull").value_or(false))
        grant("The registry lets anyone pull images.", {});
    return found;
}

void AzureAccess::toStore(NodeId store, std::vector<StoreAccess>& found) const
{
    const Estate& estate = m_grants.estate();
    const auto rights = storeRights().find(lowered(estate.text(estate.node(store).type)));
    if (rights == storeRights().end())
        return;
    const NodeId vault = vaultOf(estate, store);
    const bool policies = vault != noNode && usesAccessPolicies(estate, vault);
    std::map<std::pair<NodeId, AccessLevel>, Decision> best;
    for (const NodeId principal : m_grants.principals()) {
        if (principal == noNode || estate.kind(principal) == Kind::Group)
            continue;
        for (const StoreRight& right : rights->second) {
            if (!right.unless.empty() && !estate.flag(store, right.unless).value_or(true))
                continue;
            if (right.onlyByPolicies && !policies)
                continue;
            // A vault goes by its access policies or by roles, not by both, when it comes to what it holds.
            const Decision decision = policies && !right.vaultPart.empty()
                ? byVaultPolicy(principal, vault, right.vaultPart, right.vaultRight)
                : decide(principal, right.action, right.data, estate.id(store));
            if (decision.possible())
                either(best.try_emplace({principal, right.level}, decision).first->second, decision);
        }
    }
    for (auto& [level, decision] : publicGrants(store))
        best.try_emplace({idAt<NodeId>(0), level}, std::move(decision));
    for (auto& [key, decision] : best)
        found.push_back({key.first, store, key.second, std::move(decision)});
}

std::vector<StoreAccess> AzureAccess::toStores(Progress& progress) const
{
    const Estate& estate = m_grants.estate();
    std::vector<StoreAccess> found;
    progress.begin("Deciding who may touch which store in Azure", estate.nodeCount());
    for (std::size_t i = 0; i < estate.nodeCount() && !progress.cancelled(); ++i, progress.advance()) {
        const NodeId store = idAt<NodeId>(i);
        if (estate.node(store).provider == Provider::Azure && holdsData(estate.kind(store))
            && !estate.node(store).outside)
            toStore(store, found);
    }
    return found;
}

std::vector<std::pair<NodeId, Decision>> AzureAccess::administrators() const
{
    // Whoever may write role assignments over a subscription and create machines there is limited by nothing.
    const Estate& estate = m_grants.estate();
    std::vector<std::pair<NodeId, Decision>> found;
    for (const NodeId principal : m_grants.principals()) {
        for (const NodeId subscription : estate.ofKind(Kind::Account)) {
            if (estate.node(subscription).provider != Provider::Azure)
                continue;
            Decision decision =
                decide(principal, "Microsoft.Authorization/roleAssignments/write", false, estate.id(subscription));
            if (!decision.possible())
                continue;
            both(
                decision, decide(principal, "Microsoft.Compute/virtualMachines/write", false, estate.id(subscription)));
            if (!decision.possible())
                continue;
            found.emplace_back(principal, std::move(decision));
            break;
        }
    }
    return found;
}

} // namespace glacis::azure
