// SPDX-License-Identifier: GPL-3.0-or-later
#include "identity/escalation_search.h"

#include "identity/new_thing.h"

#include <algorithm>

namespace glacis {

namespace {

std::string_view factOf(const Recipe& recipe, std::string_view fact, std::string_view on)
{
    const auto found =
        std::ranges::find_if(recipe.facts, [&](const Need& need) { return need.fact == fact && need.on == on; });
    return found == recipe.facts.end() ? std::string_view() : std::string_view(found->is);
}

void leaveOpen(Decision& decision, std::string text)
{
    if (decision.verdict == Verdict::Allowed)
        decision.verdict = Verdict::Conditional;
    if (std::ranges::find(decision.open, text) == decision.open.end())
        decision.open.push_back(std::move(text));
}

/// True, False, or nothing when it was not exported.
std::optional<bool> hasPassword(const Estate& estate, NodeId user)
{
    if (const auto known = estate.flag(user, "console_password"))
        return known;
    return estate.property(user, "password_last_used") ? std::optional(true) : std::nullopt;
}

bool hasTwoKeys(const Estate& estate, NodeId user)
{
    return estate.flag(user, "access_key_1").value_or(false) && estate.flag(user, "access_key_2").value_or(false);
}

} // namespace

EscalationSearch::EscalationSearch(const EscalationGround& ground, const std::vector<NodeId>& alike, Look look)
    : m_ground(ground),
      m_estate(ground.estate()),
      m_alike(alike),
      m_rights(ground.policies(), alike.front()),
      m_account(m_estate.node(alike.front()).account),
      m_misses(look == Look::ForNearMisses),
      m_marks(ground.marksOf(alike.front(), !m_misses))
{
}

void EscalationSearch::search()
{
    // Who may do everything gains nothing from a technique.
    if (m_ground.administers(m_alike.front()))
        return;
    for (const Recipe& recipe : recipes()) {
        if (recipe.gives != Gives::RunsAs && m_ground.cover(m_marks, recipe))
            apply(recipe);
    }
}

void EscalationSearch::apply(const Recipe& recipe)
{
    const std::string_view present = factOf(recipe, "present", "estate");
    if (!present.empty() && !m_ground.hasType(present))
        return;
    Ways ways = starts(recipe);
    if (ways.empty())
        return;
    RequestContext passing;
    if (!recipe.trusts.empty())
        passing["iam:PassedToService"] = {recipe.trusts};
    for (const std::string& right : recipe.rights)
        narrow(ways, right, passing);
    if (!recipe.policyRights.empty())
        throughPolicies(recipe, ways);
    if (ways.empty())
        return;
    narrowByNew(ways, recipe);
    narrowByFacts(ways, recipe);
    for (Way& way : ways)
        keep(recipe, std::move(way));
}

EscalationSearch::Ways EscalationSearch::starts(const Recipe& recipe)
{
    switch (recipe.heldOn) {
    case HeldOn::Target:
        return recipe.assumes ? assumptions() : toTargets(recipe);
    case HeldOn::Self:
        return toOneself(recipe);
    case HeldOn::OwnGroup:
    case HeldOn::OwnPolicy:
        return toWhatIsOnes(recipe);
    case HeldOn::Group: {
        Way way;
        std::ranges::copy_if(m_alike, std::back_inserter(way.from),
            [&](NodeId member) { return m_estate.kind(member) == Kind::User && !limited(member); });
        std::ranges::copy_if(m_ground.administratorGroups(), std::back_inserter(way.to),
            [&](NodeId group) { return m_estate.node(group).account == m_account; });
        return way.from.empty() || way.to.empty() ? Ways{} : Ways{std::move(way)};
    }
    case HeldOn::Workload: {
        Way way{m_alike, m_ground.workloadsOf(recipe), allowedAnyway(), {}, {}};
        return way.to.empty() ? Ways{} : Ways{std::move(way)};
    }
    case HeldOn::Nothing:
        break;
    }
    return m_account == noNode ? Ways{} : Ways{{m_alike, {m_account}, allowedAnyway(), {}, {}}};
}

EscalationSearch::Ways EscalationSearch::assumptions()
{
    if (m_assumptions)
        return *m_assumptions;
    Ways ways;
    for (TrustClasses::Assumption& one :
        m_ground.trust().assumedBy(m_rights, m_alike, m_ground.coverAssuming(m_marks))) {
        Way way{std::move(one.who), std::move(one.roles), allowedAnyway(), {}, {}};
        std::optional<Reason> but;
        if (m_misses && !one.answer.decision.possible())
            but = m_rights.allowingBut(assumeRole, way.to.front());
        if (goesOn(way, one.answer, std::move(but)))
            ways.push_back(std::move(way));
    }
    m_assumptions = ways;
    return ways;
}

EscalationSearch::Ways EscalationSearch::toTargets(const Recipe& recipe)
{
    Ways ways;
    // "Grant a user permissions to pass a role": rights of IAM reach no further than one's own account.
    const auto isOurs = [&](NodeId node) {
        return m_estate.node(node).account == m_account && m_estate.node(node).provider == Provider::Aws
            && !m_estate.node(node).outside;
    };
    const auto add = [&](std::span<const NodeId> targets, const Decision& decision) {
        Way way{m_alike, {}, decision, {}, {}};
        std::ranges::copy_if(targets, std::back_inserter(way.to), isOurs);
        if (!way.to.empty())
            ways.push_back(std::move(way));
    };
    if (!recipe.trusts.empty()) {
        for (const TrustClasses::Trusting& one : m_ground.trusting(recipe.trusts))
            add(one.roles, one.decision);
    } else if (const auto kind = kindNamed(factOf(recipe, "kind", "target"))) {
        add(m_estate.ofKind(*kind), allowedAnyway());
    }
    return ways;
}

EscalationSearch::Ways EscalationSearch::toOneself(const Recipe& recipe) const
{
    const auto kind = kindNamed(factOf(recipe, "kind", "self"));
    const bool bounded = recipe.gives == Gives::FreedSelf;
    Way way;
    for (const NodeId member : m_alike) {
        const bool fits = !kind || m_estate.kind(member) == *kind;
        const bool hasBoundary = !m_estate.targets(member, EdgeKind::BoundedBy).empty();
        if (fits && m_estate.node(member).account != noNode && (bounded ? hasBoundary : !limited(member)))
            way.to.push_back(member);
    }
    // Each of them becomes more than itself, which `keep` knows.
    return way.to.empty() ? Ways{} : Ways{std::move(way)};
}

EscalationSearch::Ways EscalationSearch::toWhatIsOnes(const Recipe& recipe) const
{
    std::map<NodeId, std::vector<NodeId>> ownersOf;
    for (const NodeId member : m_alike) {
        if (m_estate.node(member).account == noNode || limited(member))
            continue;
        std::vector<NodeId> identities = m_estate.targets(member, EdgeKind::MemberOf);
        if (recipe.heldOn == HeldOn::OwnGroup) {
            for (const NodeId group : identities)
                ownersOf[group].push_back(member);
            continue;
        }
        identities.push_back(member);
        for (const NodeId identity : identities) {
            for (const NodeId policy : m_estate.targets(identity, EdgeKind::HasPolicy)) {
                std::vector<NodeId>& owners = ownersOf[policy];
                if (owners.empty() || owners.back() != member)
                    owners.push_back(member);
            }
        }
    }
    Ways ways;
    for (auto& [thing, owners] : ownersOf) {
        // "AWS managed policies": nobody but AWS changes them.
        if (m_estate.id(thing).find(":iam::aws:") == std::string_view::npos)
            ways.push_back({std::move(owners), {thing}, allowedAnyway(), {}, {}});
    }
    return ways;
}

/// A policy that the target has is rewritten: ways through different policies of one target are one.
void EscalationSearch::throughPolicies(const Recipe& recipe, Ways& ways) const
{
    Ways made;
    for (const Way& way : ways) {
        for (const NodeId target : way.to) {
            Ways best;
            for (const NodeId policy : m_estate.targets(target, EdgeKind::HasPolicy)) {
                if (m_estate.id(policy).find(":iam::aws:") != std::string_view::npos)
                    continue;
                Ways one = {way};
                one.front().to = {policy};
                for (const std::string& right : recipe.policyRights)
                    narrow(one, right);
                if (!one.empty() && (best.empty() || one.front().decision.verdict < best.front().decision.verdict))
                    best = std::move(one);
            }
            if (!best.empty()) {
                best.front().to = {target};
                made.push_back(std::move(best.front()));
            }
        }
    }
    ways = std::move(made);
}

bool EscalationSearch::goesOn(Way& way, const Rights::Answer& answer, std::optional<Reason> but) const
{
    if (answer.decision.possible()) {
        // The statement that grants comes before those that only let it pass.
        Decision decision = answer.decision;
        both(decision, way.decision);
        way.decision = std::move(decision);
        return true;
    }
    if (!m_misses || answer.decision.verdict == Verdict::Unknown)
        return false;
    std::string layer = answer.stoppedBy.empty() && but ? std::string("condition") : answer.stoppedBy;
    if (!way.blockedBy.empty())
        return way.blockedBy == layer;
    way.blockedBy = std::move(layer);
    way.because = answer.decision.because;
    if (but)
        way.because.push_back(*std::move(but));
    return !way.blockedBy.empty();
}

void EscalationSearch::narrow(Ways& ways, const std::string& action, const RequestContext& more) const
{
    Ways made;
    for (const Way& way : ways) {
        for (Rights::AnswerForSome& some : m_rights.onEach(action, way.to, more)) {
            Way one{way.from, std::move(some.things), way.decision, way.blockedBy, way.because};
            std::optional<Reason> but;
            if (m_misses && !some.answer.decision.possible())
                but = m_rights.allowingBut(action, one.to.front());
            // A denial of what no statement allows on this thing is not all that stands in the way.
            if (m_misses && !some.answer.decision.possible() && !but)
                continue;
            if (goesOn(one, some.answer, std::move(but)))
                made.push_back(std::move(one));
        }
    }
    ways = std::move(made);
}

void EscalationSearch::narrowByNew(Ways& ways, const Recipe& recipe) const
{
    const std::string_view account = m_account == noNode ? std::string_view() : m_estate.id(m_account);
    for (const Recipe::New& made : recipe.news) {
        const Rights::Answer answer =
            mayOnNew(m_rights, made.rights, made.pattern.empty() ? "*" : made.pattern, account);
        // What is needed beside the way itself is told after it.
        std::erase_if(ways, [&](Way& way) {
            if (!answer.decision.possible())
                return !goesOn(way, answer, std::nullopt);
            both(way.decision, answer.decision);
            return false;
        });
    }
}

void EscalationSearch::narrowByFacts(Ways& ways, const Recipe& recipe) const
{
    const std::string& condition = techniques()[recipe.technique].condition;
    for (Way& way : ways) {
        if (!condition.empty())
            leaveOpen(way.decision, condition);
        for (const Need& fact : recipe.facts) {
            if (fact.fact == "exists" && !m_ground.hasType(fact.is))
                leaveOpen(way.decision, fact.is + " is there to be changed");
        }
    }
}

/// Whoever has a boundary can write itself any policy, but not beyond the boundary: unless it lets the boundary itself
/// be taken away. Source: "Permissions boundaries for IAM entities", IAM User Guide.
bool EscalationSearch::limited(NodeId principal) const
{
    if (m_estate.targets(principal, EdgeKind::BoundedBy).empty())
        return false;
    const Rights most = Rights(m_ground.policies(), principal).atMost();
    const bool isUser = m_estate.kind(principal) == Kind::User;
    return !administration(most).possible()
        && !most.on(isUser ? "iam:DeleteUserPermissionsBoundary" : "iam:DeleteRolePermissionsBoundary", principal)
                .decision.possible();
}

void EscalationSearch::keep(const Recipe& recipe, Way way)
{
    if (recipe.gives == Gives::FreedSelf)
        return keepFreed(recipe, way);
    if (recipe.heldOn == HeldOn::Self)
        way.from = way.to;
    if (recipe.gives == Gives::Account) {
        // A role or user that is raised must not be an administrator already, nor stay within a boundary.
        if (recipe.heldOn == HeldOn::Target)
            std::erase_if(way.to, [&](NodeId target) { return m_ground.administers(target) || limited(target); });
        std::set<NodeId> accounts;
        for (const NodeId target : way.to)
            accounts.insert(m_estate.kind(target) == Kind::Account ? target : m_estate.node(target).account);
        accounts.erase(noNode);
        way.to.assign(accounts.begin(), accounts.end());
    } else if (recipe.gives == Gives::WorkloadRole) {
        std::set<NodeId> roles;
        for (const NodeId workload : way.to) {
            for (const NodeId role : m_ground.rolesOf(workload))
                roles.insert(role);
        }
        way.to.assign(roles.begin(), roles.end());
    }
    for (const NodeId from : way.from) {
        for (const NodeId to : way.to)
            emit(recipe, way, from, to);
    }
}

void EscalationSearch::keepFreed(const Recipe& recipe, const Way& way)
{
    for (const NodeId member : way.to) {
        const Rights freed = Rights(m_ground.policies(), member).withoutBoundary();
        const bool isUser = m_estate.kind(member) == Kind::User;
        const bool raises = administration(freed).possible()
            || freed.on(isUser ? "iam:PutUserPolicy" : "iam:PutRolePolicy", member).decision.possible()
            || freed.on(isUser ? "iam:AttachUserPolicy" : "iam:AttachRolePolicy", member).decision.possible();
        if (raises)
            emit(recipe, way, member, m_estate.node(member).account);
    }
}

void EscalationSearch::emit(const Recipe& recipe, const Way& way, NodeId from, NodeId to)
{
    if (from == to)
        return;
    Decision decision = way.decision;
    for (const Need& fact : recipe.facts) {
        if (fact.on != "target")
            continue;
        const auto password = hasPassword(m_estate, to);
        if ((fact.fact == "password" && password == false) || (fact.fact == "no_password" && password == true)
            || (fact.fact == "two_keys" && !hasTwoKeys(m_estate, to))
            || (fact.fact == "room_for_key" && hasTwoKeys(m_estate, to)))
            return;
        if (fact.fact == "password" && !password)
            leaveOpen(decision, std::string(m_estate.name(to)) + " has a console password");
        if (fact.fact == "no_password" && !password)
            leaveOpen(decision, std::string(m_estate.name(to)) + " has no console password yet");
    }
    if (way.blockedBy.empty())
        found.push_back({from, to, recipe.technique, std::move(decision)});
    else
        missed.push_back({from, to, recipe.technique, way.blockedBy, way.because});
}

} // namespace glacis
