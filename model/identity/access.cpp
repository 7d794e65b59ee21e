// SPDX-License-Identifier: GPL-3.0-or-later
#include "identity/access.h"

#include "core/text.h"
#include "identity/policies.h"
#include "identity/public_access.h"
#include "identity/rights.h"
#include "identity/store_actions.h"

#include <algorithm>
#include <set>
#include <tuple>

namespace glacis {

namespace {

std::string filled(std::string text, std::string_view id)
{
    if (const std::size_t at = text.find("{id}"); at != std::string::npos)
        text.replace(at, 4, id);
    return text;
}

/// Whether a policy lets in anyone who is not named one by one.
bool grantsBroadly(const PolicyLayer& layer)
{
    for (const PlacedPolicy& policy : layer) {
        for (const Statement& statement : policy.document->statements) {
            const bool broad =
                statement.principal.anyone || statement.principal.presence == PrincipalElement::Presence::NotPrincipal;
            if (statement.allows && broad)
                return true;
        }
    }
    return false;
}

} // namespace

std::string_view name(AccessLevel level)
{
    switch (level) {
    case AccessLevel::Read:
        return "read";
    case AccessLevel::Write:
        return "write";
    case AccessLevel::Administer:
        break;
    }
    return "administer";
}

struct Access::Parts {
    /// Principals that every policy of their own treats alike.
    struct Group {
        std::vector<NodeId> members;
        PolicyStack stack;
    };

    explicit Parts(const Estate& estate) : policies(estate)
    {
        std::map<std::string, std::size_t> known;
        for (const Kind kind : {Kind::User, Kind::Role}) {
            for (const NodeId principal : estate.ofKind(kind)) {
                if (estate.node(principal).outside || estate.node(principal).provider == Provider::Kubernetes)
                    continue;
                const auto [found, isNew] = known.try_emplace(policies.signatureOf(principal), groups.size());
                if (isNew) {
                    groups.emplace_back();
                    groups.back().stack = policies.stackOf(principal);
                }
                groups[found->second].members.push_back(principal);
                groupOf[principal] = found->second;
            }
        }
    }

    [[nodiscard]] const Estate& estate() const { return policies.estate(); }

    [[nodiscard]] bool mayAllow(std::size_t group, std::string_view action) const
    {
        return std::ranges::any_of(groups[group].stack.identity, [&](const PlacedPolicy& policy) {
            return std::ranges::any_of(policy.document->statements,
                [&](const Statement& statement) { return statement.allows && actionMatches(statement, action); });
        });
    }

    [[nodiscard]] PolicyRequest requestOf(NodeId principal, std::string action, std::string resource) const
    {
        PolicyRequest request;
        request.principal = policies.principalOf(principal);
        request.action = std::move(action);
        request.resource = std::move(resource);
        request.context = policies.contextOf(principal);
        return request;
    }

    [[nodiscard]] Decision asDecision(const Evaluation& evaluation, NodeId principal) const
    {
        Decision decision;
        decision.verdict = evaluation.verdict;
        decision.open = evaluation.open.lines();
        for (const Decider& decider : evaluation.because)
            decision.because.push_back(policies.reasonOf(decider));
        if (decision.verdict == Verdict::ImplicitDeny && policies.lacksDocuments(principal)) {
            decision.verdict = Verdict::Unknown;
            decision.open.emplace_back("a managed policy that is attached was not in the export "
                                       "(aws iam get-account-authorization-details)");
        }
        if (decision.verdict == Verdict::ImplicitDeny && evaluation.stoppedBy == "permissions boundary"
            && policies.lacksBoundary(principal)) {
            decision.verdict = Verdict::Unknown;
            decision.open.emplace_back(
                "the permissions boundary was not in the export (aws iam get-account-authorization-details)");
        }
        return decision;
    }

    /// `target` is what is asked for, or the account that owns it; noNode when neither is known.
    [[nodiscard]] Evaluation evaluated(
        const PolicyStack& own, std::optional<PolicyLayer> resource, const PolicyRequest& request, NodeId target) const
    {
        PolicyStack stack = own;
        stack.resource = std::move(resource);
        if (target != noNode) {
            stack.resourceControl = policies.resourceControlsOf(target);
            stack.grants = policies.grantsOf(target);
        }
        return evaluate(request, stack);
    }

    /// Who may do something with a thing by its own policy, or by that of whoever asks.
    struct Target {
        NodeId node = noNode;
        std::string arn;
        std::string account;
        std::optional<PolicyLayer> layer;
        bool broad = false; ///< its policy lets in some who are not named one by one
        bool eachForItself = false; ///< its policy names things by variables
        std::set<NodeId> named;
        std::map<std::pair<NodeId, AccessLevel>, Decision> best;

        void keep(NodeId principal, AccessLevel level, const Decision& decision)
        {
            if (!decision.possible())
                return;
            Decision& known = best.try_emplace({principal, level}, decision).first->second;
            if (known.verdict == Verdict::Conditional && decision.verdict == Verdict::Allowed)
                known = decision;
        }
    };

    [[nodiscard]] Target targetOf(NodeId node) const
    {
        Target target;
        target.node = node;
        target.arn = arnOf(estate(), node);
        if (const NodeId account = estate().node(node).account; account != noNode)
            target.account = estate().id(account);
        target.layer = policies.resourcePoliciesOf(node);
        if (target.layer) {
            target.broad = grantsBroadly(*target.layer);
            target.eachForItself = Policies::usesVariables(*target.layer);
            target.named = namedIn(*target.layer);
        }
        target.named.merge(namedIn(policies.grantsOf(node)));
        return target;
    }

    Decision ask(const Target& target, NodeId principal, const PolicyStack& own, const StoreAction& action)
    {
        PolicyRequest& request = requests.try_emplace(principal, PolicyRequest{}).first->second;
        if (request.action.empty())
            request = requestOf(principal, action.action, {});
        request.action = action.action;
        request.resource = filled(action.resource, target.arn);
        request.resourceAccount = target.account;
        Decision decision = asDecision(evaluated(own, target.layer, request, target.node), principal);
        if (request.principal.kind == Principal::Kind::Anonymous)
            limitPublic(estate(), target.node, decision);
        return decision;
    }

    void askGroup(Target& target, const Group& group, const StoreAction& action)
    {
        const bool elsewhere = estate().node(group.members.front()).account != estate().node(target.node).account;
        if (elsewhere && !target.layer)
            return;
        std::optional<Decision> decision;
        for (const NodeId member : group.members) {
            if (target.named.count(member) > 0)
                continue;
            if (!decision || target.eachForItself)
                decision = ask(target, member, group.stack, action);
            if (!decision->possible() && !target.eachForItself)
                return;
            target.keep(member, action.level, *decision);
        }
    }

    void askNamed(Target& target, const StoreAction& action)
    {
        for (const NodeId one : target.named) {
            const auto group = groupOf.find(one);
            if (group != groupOf.end())
                target.keep(one, action.level, ask(target, one, groups[group->second].stack, action));
            else if (estate().node(one).outside && estate().kind(one) != Kind::ServicePrincipal)
                target.keep(one, action.level, ask(target, one, {}, action));
        }
        if (target.layer)
            target.keep(idAt<NodeId>(0), action.level, ask(target, idAt<NodeId>(0), {}, action));
    }

    /// Groups that some statement of their own allows the action on anything.
    const std::vector<std::size_t>& groupsFor(const std::string& action)
    {
        const auto [found, isNew] = candidates.try_emplace(action);
        for (std::size_t group = 0; isNew && group < groups.size(); ++group) {
            if (mayAllow(group, action))
                found->second.push_back(group);
        }
        return found->second;
    }

    std::vector<StoreAccess> effective(Progress& progress, const char* title, bool (*wanted)(Kind))
    {
        std::vector<StoreAccess> found;
        progress.begin(title, estate().nodeCount());
        for (std::size_t i = 0; i < estate().nodeCount() && !progress.cancelled(); ++i, progress.advance()) {
            const NodeId node = idAt<NodeId>(i);
            const auto actions = storeActions().find(estate().kind(node));
            if (actions == storeActions().end() || !wanted(actions->first) || estate().node(node).outside
                || estate().node(node).provider != Provider::Aws)
                continue;
            Target target = targetOf(node);
            for (const StoreAction& action : actions->second) {
                if (target.broad) {
                    for (const Group& group : groups)
                        askGroup(target, group, action);
                } else {
                    for (const std::size_t group : groupsFor(action.action))
                        askGroup(target, groups[group], action);
                }
                askNamed(target, action);
            }
            for (PublicGrant& grant : publicGrants(estate(), node))
                target.keep(idAt<NodeId>(0), grant.level, grant.decision);
            for (auto& [key, decision] : target.best)
                found.push_back({key.first, node, key.second, std::move(decision)});
        }
        return found;
    }

    /// Principals that a policy names itself, of the estate and from outside.
    [[nodiscard]] std::set<NodeId> namedIn(const PolicyLayer& layer) const
    {
        std::set<NodeId> named;
        for (const PlacedPolicy& policy : layer) {
            for (const Statement& statement : policy.document->statements) {
                for (const std::string& text : statement.principal.aws) {
                    const auto arn = parseArn(text);
                    const bool root = arn && arn->resource == "root";
                    if (const auto node = estate().find(root ? arn->account : std::string_view(text)))
                        named.insert(*node);
                }
            }
        }
        return named;
    }

    Policies policies;
    std::vector<Group> groups;
    std::map<NodeId, std::size_t> groupOf;
    std::map<NodeId, PolicyRequest> requests; ///< what is known of any request of a principal, made when first asked
    std::map<std::string, std::vector<std::size_t>> candidates; ///< by action
};

Access::Access(const Estate& estate) : m_parts(std::make_unique<Parts>(estate)) { }
Access::~Access() = default;

Decision Access::decide(NodeId principal, std::string_view action, std::string_view resource,
    const RequestContext& context, Unsaid unsaid) const
{
    const Policies& policies = m_parts->policies;
    const Estate& estate = policies.estate();
    auto target = estate.find(resource);
    if (!target)
        target = estate.find(before(resource, '/'));
    PolicyRequest request = m_parts->requestOf(principal, std::string(action),
        target && resource == estate.id(*target) ? arnOf(estate, *target) : std::string(resource));
    for (const auto& [key, values] : context)
        request.context[key] = values;
    request.unsaid = unsaid;
    if (target && estate.node(*target).account != noNode)
        request.resourceAccount = estate.id(estate.node(*target).account);
    std::optional<PolicyLayer> layer;
    if (target)
        layer = estate.kind(*target) == Kind::Role ? policies.trustOf(*target) : policies.resourcePoliciesOf(*target);
    const bool assumes = lowered(action).rfind("sts:assumerole", 0) == 0;
    if (target && estate.kind(*target) == Kind::Role && !assumes)
        layer.reset(); // a trust policy speaks of nothing but assuming the role
    NodeId owned = target.value_or(estate.node(principal).account);
    if (const auto arn = parseArn(resource); !target && arn && !arn->account.empty())
        owned = estate.find(arn->account).value_or(noNode);
    Decision decision = m_parts->asDecision(
        m_parts->evaluated(policies.stackOf(principal), std::move(layer), request, owned), principal);
    if (target && request.principal.kind == Principal::Kind::Anonymous) {
        limitPublic(estate, *target, decision);
        for (PublicGrant& grant : publicGrants(estate, *target)) {
            if (decision.verdict == Verdict::ImplicitDeny && grant.toAnyone && listAllows(grant.permission, action))
                decision = std::move(grant.decision);
        }
    }
    return decision;
}

Decision Access::mayAssume(NodeId principal, NodeId role) const
{
    const auto trust = m_parts->policies.trustOf(role);
    if (!trust) {
        Decision unknown;
        unknown.verdict = Verdict::Unknown;
        unknown.open.emplace_back(
            "the role's trust policy was not in the export (aws iam get-account-authorization-details)");
        return unknown;
    }
    const PolicyRequest request =
        m_parts->requestOf(principal, "sts:AssumeRole", std::string(m_parts->estate().id(role)));
    const auto group = m_parts->groupOf.find(principal);
    return m_parts->asDecision(
        m_parts->evaluated(group == m_parts->groupOf.end() ? m_parts->policies.stackOf(principal)
                                                           : m_parts->groups[group->second].stack,
            trust, request, role),
        principal);
}

std::vector<StoreAccess> Access::toStores(Progress& progress) const
{
    return m_parts->effective(progress, "Deciding who may touch which store", holdsData);
}

std::vector<StoreAccess> Access::toWorkloads(Progress& progress) const
{
    return m_parts->effective(
        progress, "Deciding who may touch which workload", [](Kind kind) { return !holdsData(kind); });
}

std::vector<std::vector<NodeId>> Access::alike() const
{
    std::vector<std::vector<NodeId>> all;
    for (const Parts::Group& group : m_parts->groups)
        all.push_back(group.members);
    return all;
}

bool Access::mayAllow(NodeId principal, std::string_view action) const
{
    const auto group = m_parts->groupOf.find(principal);
    return group != m_parts->groupOf.end() && m_parts->mayAllow(group->second, action);
}

std::vector<std::pair<NodeId, Decision>> Access::administrators() const
{
    std::vector<std::pair<NodeId, Decision>> found;
    for (const Parts::Group& group : m_parts->groups) {
        const Decision all = administration(Rights(m_parts->policies, group.members.front()));
        for (const NodeId member : group.members) {
            if (all.possible())
                found.emplace_back(member, all);
        }
    }
    std::ranges::sort(found, {}, [](const auto& row) { return row.first; });
    return found;
}

} // namespace glacis
