// SPDX-License-Identifier: GPL-3.0-or-later
#include "identity/escalation.h"

#include "core/text.h"
#include "identity/public_access.h"

#include <algorithm>
#include <cassert>
#include <map>
#include <set>
#include <tuple>

namespace glacis {

namespace {

/// A row of the catalogue as the search uses it.
struct Recipe {
    const Technique* technique = nullptr;
    std::uint32_t position = 0;
    std::string service;
    std::optional<Kind> workload;
    std::vector<Need> rights;
};

const std::vector<Recipe>& recipes()
{
    static const std::vector<Recipe> made = [] {
        std::vector<Recipe> all;
        for (std::uint32_t i = 0; i < techniques().size(); ++i) {
            const Technique& technique = techniques()[i];
            if (technique.provider != Provider::Aws)
                continue;
            Recipe recipe{&technique, i, {}, {}, {}};
            for (const Need& need : technique.needs) {
                if (need.fact == "trusts")
                    recipe.service = need.is;
                else if (need.fact == "kind")
                    recipe.workload = kindNamed(need.is);
                else
                    recipe.rights.push_back(need);
            }
            all.push_back(std::move(recipe));
        }
        return all;
    }();
    return made;
}

std::uint32_t givingOnly(std::string_view what)
{
    const auto row = std::ranges::find_if(recipes(), [&](const Recipe& one) { return one.technique->gives == what; });
    assert(row != recipes().end());
    return row->position;
}

/// Both at once: denied when either is, open where either is.
void both(Decision& all, const Decision& one)
{
    const auto rank = [](Verdict verdict) {
        return verdict == Verdict::Allowed ? 0 : verdict == Verdict::Conditional ? 1 : 2;
    };
    if (rank(one.verdict) > rank(all.verdict))
        all.verdict = one.verdict;
    for (const std::string& open : one.open) {
        if (std::ranges::find(all.open, open) == all.open.end())
            all.open.push_back(open);
    }
    all.because.insert(all.because.end(), one.because.begin(), one.because.end());
}

Decision allowed()
{
    Decision decision;
    decision.verdict = Verdict::Allowed;
    return decision;
}

class Search {
public:
    Search(const Estate& estate, const Access& access, Progress& progress)
        : m_estate(estate), m_access(access), m_progress(progress)
    {
        for (const auto& [principal, decision] : access.administrators())
            m_administrators.insert(principal);
    }

    std::vector<Escalation> found()
    {
        const std::vector<std::vector<NodeId>> groups = m_access.alike();
        m_progress.begin("Looking for escalations", groups.size());
        for (const auto& group : groups) {
            if (m_progress.cancelled())
                break;
            fromGroup(group);
            m_progress.advance();
        }
        fromOutside();
        fromWorkloads();
        std::ranges::sort(m_found, [](const Escalation& a, const Escalation& b) {
            return std::tie(a.from, a.to, a.technique) < std::tie(b.from, b.to, b.technique);
        });
        const auto last = std::unique(m_found.begin(), m_found.end(), [](const Escalation& a, const Escalation& b) {
            return a.from == b.from && a.to == b.to && a.technique == b.technique;
        });
        m_found.erase(last, m_found.end());
        return std::move(m_found);
    }

private:
    void fromGroup(const std::vector<NodeId>& members)
    {
        // Who may do everything gains nothing from a technique.
        if (m_administrators.count(members.front()) > 0)
            return;
        for (const Recipe& recipe : recipes()) {
            const bool worthAsking = recipe.technique->gives == "role"
                || std::ranges::all_of(
                    recipe.rights, [&](const Need& need) { return m_access.mayAllow(members.front(), need.right); });
            if (worthAsking && recipe.technique->gives != "runs_as")
                apply(recipe.position, recipe, members);
        }
    }

    void apply(std::uint32_t technique, const Recipe& recipe, const std::vector<NodeId>& members)
    {
        if (recipe.technique->gives == "own_rights") {
            for (const NodeId member : members)
                raiseItself(technique, recipe, member);
            return;
        }
        const NodeId asking = members.front();
        const Decision elsewhere = onAnything(recipe, asking);
        if (!elsewhere.possible())
            return;
        if (recipe.technique->gives == "passed_role") {
            for (const NodeId role : rolesFor(recipe.service)) {
                if (m_estate.node(role).account != m_estate.node(asking).account)
                    continue; // "Grant a user permissions to pass a role": only roles of one's own account
                keep(technique, members, role, elsewhere,
                    onTarget(recipe, asking, role, {{"iam:PassedToService", {recipe.service}}}));
            }
        } else if (recipe.technique->gives == "role") {
            for (const NodeId role : m_estate.ofKind(Kind::Role))
                assume(technique, members, role);
        } else if (recipe.technique->gives == "role_by_trust") {
            for (const NodeId role : m_estate.ofKind(Kind::Role))
                keep(technique, members, role, elsewhere, onTarget(recipe, asking, role));
        } else if (recipe.technique->gives == "raised_role") {
            raiseRole(technique, recipe, members);
        } else if (recipe.technique->gives == "user") {
            for (const NodeId user : m_estate.ofKind(Kind::User))
                keep(technique, members, user, elsewhere, onTarget(recipe, asking, user));
        } else if (recipe.technique->gives == "admin_group") {
            joinGroup(technique, recipe, members);
        } else if (recipe.technique->gives == "workload_role" && recipe.workload) {
            takeWorkload(technique, recipe, members);
        }
    }

    /// What is needed on things that the attacker makes or names as they like.
    Decision onAnything(const Recipe& recipe, NodeId principal)
    {
        Decision all = allowed();
        for (const Need& need : recipe.rights) {
            if (need.on != "anything")
                continue;
            const NodeId account = m_estate.node(principal).account;
            const std::string any = "arn:aws:" + std::string(before(need.right, ':'))
                + ":*:" + (account == noNode ? std::string("*") : std::string(m_estate.id(account))) + ":*";
            Decision one = m_access.decide(principal, need.right, any);
            std::erase_if(one.open, [](const std::string& open) { return open.rfind("the resource is ", 0) == 0; });
            if (one.verdict == Verdict::Conditional && one.open.empty())
                one.verdict = Verdict::Allowed;
            both(all, one);
            if (!all.possible())
                break;
        }
        return all;
    }

    Decision onTarget(const Recipe& recipe, NodeId principal, NodeId target, const RequestContext& context = {})
    {
        Decision all = allowed();
        for (const Need& need : recipe.rights) {
            if (need.on != "target")
                continue;
            both(all, m_access.decide(principal, need.right, m_estate.id(target), context));
            if (!all.possible())
                break;
        }
        return all;
    }

    void raiseItself(std::uint32_t technique, const Recipe& recipe, NodeId member)
    {
        const NodeId account = m_estate.node(member).account;
        if (account == noNode)
            return;
        const Need& need = recipe.rights.front();
        std::vector<NodeId> targets;
        const Kind kind = m_estate.kind(member);
        if ((need.on == "self_user" && kind == Kind::User) || (need.on == "self_role" && kind == Kind::Role))
            targets = {member};
        else if (need.on == "own_group")
            targets = m_estate.targets(member, EdgeKind::MemberOf);
        else if (need.on == "own_policy")
            targets = m_access.policiesOf(member);
        for (const NodeId target : targets) {
            Decision decision = m_access.decide(member, need.right, m_estate.id(target));
            if (!decision.possible() || limitedByBoundary(member))
                continue;
            if (!recipe.technique->condition.empty()) {
                decision.verdict = Verdict::Conditional;
                decision.open.push_back(recipe.technique->condition);
            }
            m_found.push_back({member, account, technique, std::move(decision)});
            return;
        }
    }

    /// Whoever has a boundary can write itself any policy, but not beyond the boundary.
    [[nodiscard]] bool limitedByBoundary(NodeId member) const
    {
        return !m_estate.targets(member, EdgeKind::BoundedBy).empty();
    }

    void assume(std::uint32_t technique, const std::vector<NodeId>& members, NodeId role)
    {
        // A trust policy may name one principal, so each member is asked for itself.
        for (const NodeId member : members) {
            if (member == role || m_estate.node(role).outside)
                continue;
            Decision decision = m_access.mayAssume(member, role);
            if (decision.possible())
                m_found.push_back({member, role, technique, std::move(decision)});
        }
    }

    void raiseRole(std::uint32_t technique, const Recipe& recipe, const std::vector<NodeId>& members)
    {
        const NodeId asking = members.front();
        for (const NodeId role : m_estate.ofKind(Kind::Role)) {
            if (m_estate.node(role).account == noNode || limitedByBoundary(role) || m_administrators.count(role) > 0)
                continue;
            Decision may = onTarget(recipe, asking, role);
            if (!may.possible())
                continue;
            for (const NodeId member : members) {
                Decision decision = may;
                both(decision, m_access.mayAssume(member, role));
                if (decision.possible())
                    m_found.push_back({member, m_estate.node(role).account, technique, std::move(decision)});
            }
        }
    }

    void joinGroup(std::uint32_t technique, const Recipe& recipe, const std::vector<NodeId>& members)
    {
        for (const NodeId group : m_estate.ofKind(Kind::Group)) {
            const NodeId account = m_estate.node(group).account;
            if (account == noNode || !m_access.decide(group, "iam:AttachUserPolicy", "*").possible()
                || !m_access.decide(group, "s3:PutBucketPolicy", "*").possible())
                continue;
            const Decision decision = onTarget(recipe, members.front(), group);
            for (const NodeId member : members) {
                if (decision.possible() && m_estate.kind(member) == Kind::User && !limitedByBoundary(member))
                    m_found.push_back({member, account, technique, decision});
            }
        }
    }

    void takeWorkload(std::uint32_t technique, const Recipe& recipe, const std::vector<NodeId>& members)
    {
        for (const NodeId workload : m_estate.ofKind(*recipe.workload)) {
            const std::vector<NodeId> roles = rolesOf(workload);
            if (roles.empty())
                continue;
            Decision decision = allowed();
            for (const Need& need : recipe.rights)
                both(decision, m_access.decide(members.front(), need.right, arnOf(m_estate, workload)));
            for (const NodeId role : roles)
                keep(technique, members, role, decision, allowed());
        }
    }

    void keep(std::uint32_t technique, const std::vector<NodeId>& members, NodeId to, const Decision& one,
        const Decision& other)
    {
        Decision decision = other;
        both(decision, one);
        if (!decision.possible())
            return;
        for (const NodeId member : members) {
            if (member != to)
                m_found.push_back({member, to, technique, decision});
        }
    }

    /// Accounts and identities of others that a trust policy lets in.
    void fromOutside()
    {
        const std::uint32_t technique = givingOnly("role");
        for (const NodeId target : m_estate.ofKind(Kind::Role)) {
            for (const NodeId named : m_estate.targets(target, EdgeKind::Mentions)) {
                const Kind kind = m_estate.kind(named);
                if (!m_estate.node(named).outside || kind == Kind::ServicePrincipal || kind == Kind::Internet
                    || m_estate.node(target).outside)
                    continue;
                Decision decision = m_access.mayAssume(named, target);
                if (decision.possible())
                    m_found.push_back({named, target, technique, std::move(decision)});
            }
        }
    }

    void fromWorkloads()
    {
        const std::uint32_t technique = givingOnly("runs_as");
        for (const auto& edge : m_estate.facts().edges) {
            if (edge.kind != EdgeKind::RunsAs || info(m_estate.kind(edge.from)).shape != Shape::Workload)
                continue;
            for (const NodeId role : rolesBehind(edge.to)) {
                Decision decision = allowed();
                decision.because.push_back({edge.from, edge.evidence, "",
                    std::string(m_estate.name(edge.from)) + " runs as " + std::string(m_estate.name(role)) + '.'});
                m_found.push_back({edge.from, role, technique, std::move(decision)});
            }
        }
    }

    std::vector<NodeId> rolesBehind(NodeId node) const
    {
        if (m_estate.kind(node) == Kind::Role)
            return {node};
        if (m_estate.kind(node) == Kind::InstanceProfile)
            return m_estate.targets(node, EdgeKind::ProfileRole);
        // A service runs a task definition, which has the role.
        std::vector<NodeId> roles;
        for (const NodeId next : m_estate.targets(node, EdgeKind::RunsAs)) {
            if (m_estate.kind(next) == Kind::Role)
                roles.push_back(next);
        }
        return roles;
    }

    std::vector<NodeId> rolesOf(NodeId workload) const
    {
        std::vector<NodeId> roles;
        for (const NodeId next : m_estate.targets(workload, EdgeKind::RunsAs)) {
            const auto more = rolesBehind(next);
            roles.insert(roles.end(), more.begin(), more.end());
        }
        return roles;
    }

    const std::vector<NodeId>& rolesFor(const std::string& service)
    {
        const auto [found, isNew] = m_rolesFor.try_emplace(service);
        if (isNew) {
            for (const NodeId role : m_estate.ofKind(Kind::Role)) {
                if (m_access.trusts(role, service))
                    found->second.push_back(role);
            }
        }
        return found->second;
    }

    const Estate& m_estate;
    const Access& m_access;
    Progress& m_progress;
    std::set<NodeId> m_administrators;
    std::map<std::string, std::vector<NodeId>> m_rolesFor;
    std::vector<Escalation> m_found;
};

} // namespace

std::vector<Escalation> escalations(const Estate& estate, const Access& access, Progress& progress)
{
    return Search(estate, access, progress).found();
}

} // namespace glacis
