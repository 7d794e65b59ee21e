// SPDX-License-Identifier: GPL-3.0-or-later
#include "identity/access.h"

#include "core/text.h"
#include "identity/policies.h"
#include "identity/public_access.h"
#include "identity/store_actions.h"

#include <algorithm>
#include <array>
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
        std::map<std::string, bool, std::less<>> mayAllow; ///< by action: whether any statement allows it at all
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

    bool mayAllow(std::size_t group, const std::string& action)
    {
        const auto [found, isNew] = groups[group].mayAllow.try_emplace(action, false);
        if (isNew) {
            for (const PlacedPolicy& policy : groups[group].stack.identity) {
                for (const Statement& statement : policy.document->statements)
                    found->second = found->second || (statement.allows && actionMatches(statement, action));
            }
        }
        return found->second;
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

    [[nodiscard]] Decision asDecision(Evaluation evaluation, NodeId principal) const
    {
        Decision decision;
        decision.verdict = evaluation.verdict;
        decision.open = std::move(evaluation.open);
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
        if (target != noNode)
            stack.resourceControl = policies.resourceControlsOf(target);
        return evaluate(request, stack);
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
    request.absentIsAbsent = unsaid == Unsaid::Absent;
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
    if (target && request.principal.kind == Principal::Kind::Anonymous)
        limitPublic(estate, *target, decision);
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
    const Estate& estate = m_parts->estate();
    std::vector<StoreAccess> found;
    progress.begin("Deciding who may touch which store", estate.nodeCount());
    for (std::size_t i = 0; i < estate.nodeCount() && !progress.cancelled(); ++i, progress.advance()) {
        const NodeId store = idAt<NodeId>(i);
        const auto actions = storeActions().find(estate.kind(store));
        if (actions == storeActions().end() || estate.node(store).outside
            || estate.node(store).provider != Provider::Aws)
            continue;
        const std::string arn = arnOf(estate, store);
        const NodeId account = estate.node(store).account;
        const std::string accountId = account == noNode ? std::string() : std::string(estate.id(account));
        const auto layer = m_parts->policies.resourcePoliciesOf(store);
        const bool broad = layer && grantsBroadly(*layer);
        std::set<NodeId> named = layer ? m_parts->namedIn(*layer) : std::set<NodeId>{};
        std::map<std::pair<NodeId, AccessLevel>, Decision> best;
        const auto keep = [&](NodeId principal, AccessLevel level, const Decision& decision) {
            if (!decision.possible())
                return;
            Decision& known = best.try_emplace({principal, level}, decision).first->second;
            if (known.verdict == Verdict::Conditional && decision.verdict == Verdict::Allowed)
                known = decision;
        };
        const auto ask = [&](NodeId principal, const PolicyStack& own, const StoreAction& action) {
            PolicyRequest request = m_parts->requestOf(principal, action.action, filled(action.resource, arn));
            request.resourceAccount = accountId;
            Decision decision = m_parts->asDecision(m_parts->evaluated(own, layer, request, store), principal);
            if (request.principal.kind == Principal::Kind::Anonymous)
                limitPublic(estate, store, decision);
            return decision;
        };
        for (const StoreAction& action : actions->second) {
            for (std::size_t g = 0; g < m_parts->groups.size(); ++g) {
                const Parts::Group& group = m_parts->groups[g];
                if (!m_parts->mayAllow(g, action.action) && !broad)
                    continue;
                const NodeId first = group.members.front();
                if (estate.node(first).account != account && !layer)
                    continue;
                const auto ordinary =
                    std::ranges::find_if(group.members, [&](NodeId one) { return named.count(one) == 0; });
                if (ordinary == group.members.end())
                    continue;
                const Decision decision = ask(*ordinary, group.stack, action);
                if (!decision.possible())
                    continue;
                for (const NodeId member : group.members) {
                    if (named.count(member) == 0)
                        keep(member, action.level, decision);
                }
            }
            for (const NodeId one : named) {
                const auto group = m_parts->groupOf.find(one);
                const bool outsider = estate.node(one).outside;
                if (group != m_parts->groupOf.end())
                    keep(one, action.level, ask(one, m_parts->groups[group->second].stack, action));
                else if (outsider && estate.kind(one) != Kind::ServicePrincipal)
                    keep(one, action.level, ask(one, {}, action));
            }
            if (layer)
                keep(idAt<NodeId>(0), action.level, ask(idAt<NodeId>(0), {}, action));
        }
        for (PublicGrant& grant : publicGrants(estate, store))
            keep(idAt<NodeId>(0), grant.level, grant.decision);
        for (auto& [key, decision] : best)
            found.push_back({key.first, store, key.second, std::move(decision)});
    }
    return found;
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
    return group != m_parts->groupOf.end() && m_parts->mayAllow(group->second, std::string(action));
}

std::vector<NodeId> Access::policiesOf(NodeId principal) const
{
    const Estate& estate = m_parts->estate();
    std::vector<NodeId> identities = estate.targets(principal, EdgeKind::MemberOf);
    identities.push_back(principal);
    std::vector<NodeId> found;
    for (const NodeId identity : identities) {
        for (const NodeId policy : estate.targets(identity, EdgeKind::HasPolicy)) {
            if (estate.id(policy).find(":iam::aws:") == std::string_view::npos)
                found.push_back(policy);
        }
    }
    return found;
}

bool Access::trusts(NodeId role, std::string_view service) const
{
    const auto trust = m_parts->policies.trustOf(role);
    if (!trust)
        return false;
    for (const PlacedPolicy& policy : *trust) {
        for (const Statement& statement : policy.document->statements) {
            const auto& services = statement.principal.services;
            if (statement.allows && std::ranges::find(services, service) != services.end())
                return true;
        }
    }
    return false;
}

std::vector<std::pair<NodeId, Decision>> Access::administrators() const
{
    // A few actions of different services: whoever may do all of them on everything is limited by nothing.
    constexpr std::array probes = {
        "iam:AttachUserPolicy", "s3:PutBucketPolicy", "lambda:UpdateFunctionCode", "ec2:RunInstances"};
    std::vector<std::pair<NodeId, Decision>> found;
    for (std::size_t g = 0; g < m_parts->groups.size(); ++g) {
        const Parts::Group& group = m_parts->groups[g];
        Decision all;
        all.verdict = Verdict::Allowed;
        for (const char* probe : probes) {
            const Decision one = m_parts->asDecision(
                m_parts->evaluated(group.stack, std::nullopt, m_parts->requestOf(group.members.front(), probe, "*"),
                    m_parts->estate().node(group.members.front()).account),
                group.members.front());
            if (!one.possible()) {
                all.verdict = Verdict::ImplicitDeny;
                break;
            }
            if (one.verdict == Verdict::Conditional)
                all = one;
            else if (all.because.empty())
                all.because = one.because;
        }
        if (!all.possible())
            continue;
        for (const NodeId member : group.members)
            found.emplace_back(member, all);
    }
    std::ranges::sort(found, {}, [](const auto& row) { return row.first; });
    return found;
}

} // namespace glacis
