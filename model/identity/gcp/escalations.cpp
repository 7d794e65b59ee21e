// SPDX-License-Identifier: GPL-3.0-or-later
#include "identity/gcp/escalations.h"

#include "core/text.h"

#include <algorithm>
#include <tuple>

namespace glacis::gcp {

namespace {

/// Both at once: open where either is.
Decision joined(Decision all, const Decision& one)
{
    if (one.verdict == Verdict::Conditional)
        all.verdict = Verdict::Conditional;
    for (const std::string& open : one.open) {
        if (std::ranges::find(all.open, open) == all.open.end())
            all.open.push_back(open);
    }
    all.because.insert(all.because.end(), one.because.begin(), one.because.end());
    return all;
}

Granted inBoth(const Granted& a, const Granted& b)
{
    Granted made;
    for (const auto& [principal, decision] : a) {
        if (const auto other = b.find(principal); other != b.end())
            made.emplace(principal, joined(decision, other->second));
    }
    return made;
}

Decision fact(NodeId of, EvidenceId evidence, std::string sentence)
{
    Decision decision;
    decision.verdict = Verdict::Allowed;
    decision.because.push_back({of, evidence, {}, std::move(sentence)});
    return decision;
}

class Search {
public:
    Search(const Grants& grants, Progress& progress) : m_grants(grants), m_estate(grants.estate()), m_progress(progress)
    {
    }

    std::vector<Escalation> found()
    {
        m_progress.begin("Looking for escalations in Google Cloud", techniques().size());
        for (std::uint32_t i = 0; i < techniques().size() && !m_progress.cancelled(); ++i, m_progress.advance()) {
            if (techniques()[i].provider == Provider::Gcp)
                apply(i);
        }
        return std::move(m_found);
    }

private:
    void apply(std::uint32_t position)
    {
        const Technique& technique = techniques()[position];
        m_position = position;
        m_technique = &technique;
        if (technique.gives == "service_account" || technique.gives == "passed_account")
            toAccounts();
        else if (technique.gives == "delegated_account")
            toDelegated();
        else if (technique.gives == "workload_account")
            toWorkloadAccounts();
        else if (technique.gives == "agent")
            toAgents();
        else if (technique.gives == "container")
            toContainers();
        else if (technique.gives == "own_role")
            toOwnRoles();
        else if (technique.gives == "guardrail")
            toGuardrails();
        else if (technique.gives == "api_key")
            toKeys();
        else if (technique.gives == "runs_as")
            fromWorkloads();
        else if (technique.gives == "owner")
            owners();
        else if (technique.gives == "contains")
            within();
    }

    [[nodiscard]] bool isOurs(NodeId node) const { return m_estate.node(node).provider == Provider::Gcp; }
    [[nodiscard]] std::string_view factNamed(std::string_view what) const
    {
        for (const Need& need : m_technique->needs) {
            if (need.fact == what)
                return need.is;
        }
        return {};
    }

    /// Who holds every right that is asked on a thing; all that there are when none is asked on it.
    [[nodiscard]] std::optional<Granted> holders(std::string_view on, NodeId thing) const
    {
        std::optional<Granted> all;
        for (const Need& need : m_technique->needs) {
            if (need.right.empty() || need.on != on)
                continue;
            const Granted one = remembered(thing, need.right);
            all = all ? inBoth(*all, one) : one;
            if (all->empty())
                break;
        }
        return all;
    }
    const Granted& remembered(NodeId thing, const std::string& right) const
    {
        const auto [known, isNew] = m_known.try_emplace({thing, right});
        if (isNew && thing != noNode)
            known->second = m_grants.of(thing, right);
        return known->second;
    }
    [[nodiscard]] Granted together(std::optional<Granted> a, std::optional<Granted> b) const
    {
        if (a && b)
            return inBoth(*a, *b);
        return a ? *a : b ? *b : Granted{};
    }

    /// An owner of what is won, or of the project that it lies in, gains nothing by it.
    [[nodiscard]] bool ownsAlready(NodeId principal, NodeId to) const
    {
        const NodeId account = m_estate.node(to).account;
        const NodeId place = account == noNode ? to : account;
        const auto [known, isNew] = m_owners.try_emplace(place);
        if (isNew)
            known->second = m_grants.holdersOf("roles/owner", place);
        const auto owner = known->second.find(principal);
        return owner != known->second.end() && owner->second.verdict == Verdict::Allowed;
    }

    void keep(const Granted& granted, NodeId to)
    {
        for (const auto& [principal, decision] : granted) {
            if (principal == to || ownsAlready(principal, to))
                continue;
            Decision whole = decision;
            if (!m_technique->condition.empty()) {
                whole.verdict = Verdict::Conditional;
                whole.open.push_back(m_technique->condition);
            }
            m_found.push_back({principal, to, m_position, std::move(whole)});
        }
    }

    void toAccounts()
    {
        for (const NodeId account : m_estate.ofKind(Kind::ServiceAccount)) {
            const NodeId project = m_estate.node(account).account;
            if (!isOurs(account) || project == noNode || m_estate.flag(account, "disabled").value_or(false))
                continue;
            keep(together(holders("target", account), holders("project", project)), account);
        }
    }

    /// "Create short-lived credentials for a service account": each account of a chain may ask for a token of the next.
    void toDelegated()
    {
        const auto accounts = m_estate.ofKind(Kind::ServiceAccount);
        for (const NodeId target : accounts) {
            const Granted asks = isOurs(target) ? holders("target", target).value_or(Granted{}) : Granted{};
            for (const auto& [delegate, decision] : asks) {
                if (m_estate.kind(delegate) != Kind::ServiceAccount || delegate == target)
                    continue;
                Granted through = holders("delegate", delegate).value_or(Granted{});
                for (auto& [principal, own] : through)
                    own = joined(own, decision);
                keep(through, target);
            }
        }
    }

    void toWorkloadAccounts()
    {
        const auto kind = kindNamed(factNamed("kind"));
        for (const NodeId workload : kind ? m_estate.ofKind(*kind) : std::span<const NodeId>{}) {
            if (!isOurs(workload))
                continue;
            for (const NodeId account : m_estate.targets(workload, EdgeKind::RunsAs))
                keep(together(holders("workload", workload), holders("target", account)), account);
        }
    }

    void toAgents()
    {
        for (const NodeId project : m_estate.ofKind(Kind::Account)) {
            std::string number(m_estate.word(project, "project_number"));
            if (number.empty())
                number = afterLast(m_estate.id(project), '/');
            const auto node = m_estate.find("serviceAccount:" + number + '@' + std::string(factNamed("agent")));
            if (isOurs(project) && node)
                keep(holders("project", project).value_or(Granted{}), *node);
        }
    }

    void toContainers()
    {
        const auto kind = kindNamed(factNamed("kind"));
        for (const NodeId container : kind ? m_estate.ofKind(*kind) : std::span<const NodeId>{}) {
            if (isOurs(container))
                keep(holders("target", container).value_or(Granted{}), container);
        }
    }

    void toOwnRoles()
    {
        for (const NodeId role : m_estate.ofKind(Kind::RoleDefinition)) {
            const std::string_view id = m_estate.id(role);
            if (!isOurs(role) || id.find("/roles/") == std::string_view::npos
                || id.find("//iam.googleapis.com/roles/") == 0)
                continue;
            const std::optional<Granted> may = holders("target", role);
            const std::string name(id.substr(id.find(".com/") + 5));
            for (const Kind kind : {Kind::Account, Kind::OrgUnit, Kind::Organization}) {
                for (const NodeId container : m_estate.ofKind(kind)) {
                    const bool bound = std::ranges::any_of(
                        m_grants.bindings(container), [&](const Binding& one) { return one.role == name; });
                    if (bound && may)
                        keep(inBoth(*may, m_grants.holdersOf(name, container)), container);
                }
            }
        }
    }

    void toGuardrails()
    {
        for (const NodeId policy : m_estate.ofKind(Kind::OrganizationPolicy)) {
            const NodeId bound = m_estate.node(policy).parent;
            if (isOurs(policy) && bound != noNode)
                keep(holders("target", bound).value_or(Granted{}), policy);
        }
    }

    void toKeys()
    {
        for (const NodeId keys : m_estate.ofKind(Kind::AccessKey)) {
            if (isOurs(keys) && m_estate.text(m_estate.node(keys).type) == "apikeys.googleapis.com/Keys")
                keep(holders("project", m_estate.node(keys).account).value_or(Granted{}), keys);
        }
    }

    /// "Access scopes", Compute Engine documentation: a token can do no more than its scopes, whatever the account may.
    void fromWorkloads()
    {
        for (const auto& edge : m_estate.facts().edges) {
            if (edge.kind != EdgeKind::RunsAs || !isOurs(edge.from) || m_estate.kind(edge.to) != Kind::ServiceAccount)
                continue;
            Decision decision = fact(edge.from, edge.evidence,
                std::string(m_estate.name(edge.from)) + " runs as " + std::string(m_estate.name(edge.to)) + '.');
            const std::string_view scopes = m_estate.word(edge.from, "scopes");
            if (!scopes.empty() && scopes.find("cloud-platform") == std::string_view::npos) {
                decision.verdict = Verdict::Conditional;
                decision.open.push_back("the access scopes allow it: " + std::string(scopes));
            }
            m_found.push_back({edge.from, edge.to, m_position, std::move(decision)});
        }
    }

    void owners()
    {
        for (const NodeId project : m_estate.ofKind(Kind::Account)) {
            if (!isOurs(project))
                continue;
            for (const auto& [principal, decision] : m_grants.holdersOf("roles/owner", project)) {
                if (m_estate.node(principal).account != project)
                    m_found.push_back({principal, project, m_position, decision});
            }
        }
    }

    void within()
    {
        for (const Kind kind : {Kind::Account, Kind::OrgUnit}) {
            for (const NodeId inner : m_estate.ofKind(kind)) {
                const NodeId outer = m_estate.node(inner).parent;
                if (!isOurs(inner) || outer == noNode)
                    continue;
                const auto seen = m_estate.evidence(inner);
                m_found.push_back({outer, inner, m_position,
                    fact(inner, seen.empty() ? noEvidence : seen.front(),
                        std::string(m_estate.name(inner)) + " lies in " + std::string(m_estate.name(outer)) + '.')});
            }
        }
    }

    const Grants& m_grants;
    const Estate& m_estate;
    Progress& m_progress;
    std::uint32_t m_position = 0;
    const Technique* m_technique = nullptr;
    mutable std::map<std::pair<NodeId, std::string>, Granted> m_known;
    mutable std::map<NodeId, Granted> m_owners;
    std::vector<Escalation> m_found;
};

} // namespace

std::vector<Escalation> escalations(const Grants& grants, Progress& progress)
{
    std::vector<Escalation> found = Search(grants, progress).found();
    std::ranges::sort(found, [](const Escalation& a, const Escalation& b) {
        return std::tie(a.from, a.to, a.technique) < std::tie(b.from, b.to, b.technique);
    });
    const auto rest = std::unique(found.begin(), found.end(), [](const Escalation& a, const Escalation& b) {
        return std::tie(a.from, a.to, a.technique) == std::tie(b.from, b.to, b.technique);
    });
    found.erase(rest, found.end());
    return found;
}

} // namespace glacis::gcp
