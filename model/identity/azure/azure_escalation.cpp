// SPDX-License-Identifier: GPL-3.0-or-later
#include "identity/azure/azure_escalation.h"

#include "core/json.h"
#include "core/text.h"

#include <algorithm>
#include <tuple>

namespace glacis::azure {

namespace {

Decision because(NodeId of, EvidenceId evidence, std::string text)
{
    Decision decision;
    decision.verdict = Verdict::Allowed;
    decision.because.push_back({of, evidence, "", std::move(text)});
    return decision;
}

/// Whether `word` is one of the words of `words`.
bool among(std::string_view words, std::string_view word)
{
    for (const std::string_view one : split(words, ' ')) {
        if (one == word)
            return true;
    }
    return false;
}

constexpr std::string_view globalAdministrator = "62e90394-69f5-4237-9190-012177145e10";

class Search {
public:
    Search(const AzureAccess& access, Progress& progress)
        : m_access(access), m_grants(access.grants()), m_estate(m_grants.estate()), m_progress(progress)
    {
        for (const DirectoryAssignment& one : m_grants.directoryAssignments()) {
            if (!one.eligible && one.principal != noNode)
                m_administrators.insert(one.principal);
        }
    }

    std::vector<Escalation> found()
    {
        const std::vector<Technique>& all = techniques();
        m_progress.begin("Looking for escalations in Azure", all.size());
        for (std::uint32_t i = 0; i < all.size() && !m_progress.cancelled(); ++i, m_progress.advance()) {
            if (all[i].provider != Provider::Azure)
                continue;
            m_technique = i;
            m_row = &all[i];
            search();
        }
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
    void search()
    {
        const std::string& gives = m_row->gives;
        if (gives == "contained")
            contained();
        else if (gives == "group" && fact("member"))
            alongEdges(EdgeKind::MemberOf, "is a member of");
        else if (gives == "owned")
            alongEdges(EdgeKind::Owns, "owns");
        else if (gives == "synchronised")
            alongEdges(EdgeKind::CopyOf, "is synchronised from");
        else if (gives == "nodes")
            nodeGroups();
        else if (gives == "identity")
            identities();
        else if (gives == "directory_role")
            directoryRoles();
        else if (gives == "scoped_object")
            scopedRoles();
        else if (gives == "scope")
            scopes();
        else if (gives == "workload" || gives == "vault")
            resources();
        else if (gives == "vault_data")
            vaultData();
        else if (gives == "graph")
            graphRights();
        else if (gives == "elevated")
            elevated();
        else
            inDirectory();
    }

    [[nodiscard]] const Need* fact(std::string_view name) const
    {
        const auto found = std::ranges::find(m_row->needs, name, &Need::fact);
        return found == m_row->needs.end() ? nullptr : &*found;
    }

    void keep(NodeId from, NodeId to, Decision decision)
    {
        if (from == to || from == noNode || to == noNode || !decision.possible())
            return;
        if (!m_row->condition.empty()) {
            decision.verdict = Verdict::Conditional;
            decision.open.push_back(m_row->condition);
        }
        m_found.push_back({from, to, m_technique, std::move(decision)});
    }

    [[nodiscard]] bool isAzure(NodeId node) const { return m_estate.node(node).provider == Provider::Azure; }
    [[nodiscard]] std::string nameOf(NodeId node) const { return std::string(m_estate.name(node)); }
    [[nodiscard]] EvidenceId seen(NodeId node) const
    {
        const auto evidence = m_estate.evidence(node);
        return evidence.empty() ? noEvidence : evidence.front();
    }

    /// By their ids, which say what lies in what whatever the picture shows.
    void contained()
    {
        for (std::size_t i = 0; i < m_estate.nodeCount(); ++i) {
            const NodeId node = idAt<NodeId>(i);
            const NodeRow& row = m_estate.node(node);
            const Shape shape = info(row.kind).shape;
            const bool worth = shape == Shape::Workload || shape == Shape::Store || row.kind == Kind::ManagedIdentity
                || row.kind == Kind::ResourceGroup;
            if (!isAzure(node) || row.outside)
                continue;
            if (row.kind == Kind::Account || row.kind == Kind::OrgUnit) {
                if (row.parent != noNode && m_estate.kind(row.parent) == Kind::OrgUnit)
                    keep(row.parent, node, because(node, seen(node), nameOf(node) + " lies in the management group."));
                continue;
            }
            const std::string_view id = m_estate.id(node);
            if (!worth || row.account == noNode || !id.starts_with('/'))
                continue;
            const std::string small = lowered(id);
            const std::size_t providers = small.find("/providers/");
            const auto outer = row.kind == Kind::ResourceGroup || small.find("/resourcegroups/") == std::string::npos
                ? std::optional(row.account)
                : m_estate.find(id.substr(0, providers));
            if (outer)
                keep(*outer, node, because(node, seen(node), "Its id says where it lies: " + std::string(id) + '.'));
        }
    }

    void alongEdges(EdgeKind kind, std::string_view verb)
    {
        for (const auto& edge : m_estate.facts().edges) {
            const Shape shape = info(m_estate.kind(edge.from)).shape;
            if (edge.kind != kind || !isAzure(edge.from)
                || (shape != Shape::Identity && m_estate.kind(edge.from) != Kind::Other))
                continue;
            keep(edge.from, edge.to,
                because(edge.from, edge.evidence,
                    nameOf(edge.from) + ' ' + std::string(verb) + ' ' + nameOf(edge.to) + '.'));
        }
    }

    void nodeGroups()
    {
        for (const NodeId cluster : m_estate.ofKind(Kind::ContainerCluster)) {
            for (const auto& edge : m_estate.out(cluster)) {
                if (edge.kind == EdgeKind::Uses && m_estate.kind(edge.to) == Kind::ResourceGroup && isAzure(cluster))
                    keep(cluster, edge.to,
                        because(cluster, edge.evidence, "The cluster's machines lie in " + nameOf(edge.to) + '.'));
            }
        }
    }

    /// An application acts as its service principal, a workload as what it runs as.
    void identities()
    {
        const bool applications = fact("registers") != nullptr;
        for (const auto& edge : m_estate.facts().edges) {
            if (edge.kind != EdgeKind::RunsAs)
                continue;
            const Kind kind = m_estate.kind(edge.to);
            if ((kind != Kind::ManagedIdentity && kind != Kind::ServicePrincipal) || !isAzure(edge.to)
                || (m_estate.kind(edge.from) == Kind::Application) != applications)
                continue;
            keep(edge.from, edge.to,
                because(edge.from, edge.evidence, nameOf(edge.from) + " runs as " + nameOf(edge.to) + '.'));
        }
    }

    void directoryRoles()
    {
        if (fact("approver")) {
            for (const NodeId role : m_estate.ofKind(Kind::RoleDefinition)) {
                for (const auto& policy : m_estate.policies(role)) {
                    const Json document = parseJson(m_estate.text(policy.document)).value_or(Json());
                    for (const Json& number : arrayOf(document, "approvers")) {
                        if (const auto approver = m_estate.find(asText(number)))
                            keep(*approver, role, because(role, policy.evidence, nameOf(*approver) + " approves it."));
                    }
                }
            }
            return;
        }
        const bool eligible = fact("eligible_role") != nullptr;
        for (const DirectoryAssignment& one : m_grants.directoryAssignments()) {
            if (one.eligible == eligible)
                keep(one.principal, one.role, ofAssignment(one));
        }
    }

    [[nodiscard]] Decision ofAssignment(const DirectoryAssignment& one) const
    {
        return because(one.node, one.evidence,
            nameOf(one.principal) + (one.eligible ? " is eligible for " : " holds ")
                + (one.role == noNode ? "a directory role" : nameOf(one.role)) + '.');
    }

    void scopedRoles()
    {
        for (const DirectoryAssignment& one : m_grants.directoryAssignments()) {
            if (one.eligible || one.scope.size() < 2 || m_grants.directoryRights(one.roleId).empty())
                continue;
            if (const auto object = m_estate.find(lowered(std::string_view(one.scope).substr(1))))
                keep(one.principal, *object, ofAssignment(one));
        }
    }

    /// Where a principal holds a role that gives all, or lets it give roles: the scopes of its assignments.
    void scopes()
    {
        // Owner comes before whoever only gives roles; one of the two is told.
        for (const Assignment& one : m_grants.assignments()) {
            const auto scope = m_estate.find(one.scope);
            if (!scope || one.principal == noNode)
                continue;
            Decision decision = onTarget(one.principal, *scope, one.scope);
            if (!decision.possible())
                continue;
            if (m_row->needs.size() == 1 && !m_owned.insert({one.principal, *scope}).second)
                continue;
            if (m_row->needs.size() > 1)
                m_owned.insert({one.principal, *scope});
            keep(one.principal, *scope, std::move(decision));
        }
    }

    /// All rights that the technique needs on a target.
    [[nodiscard]] Decision onTarget(NodeId principal, NodeId target, std::string_view scope) const
    {
        Decision all;
        all.verdict = Verdict::Allowed;
        for (const Need& need : m_row->needs) {
            if (need.right.empty())
                continue;
            const std::string action = need.right == "*/write"
                ? std::string(m_estate.text(m_estate.node(target).type)) + "/write"
                : need.right;
            both(all, m_access.decide(principal, action, need.is == "data", scope));
            if (!all.possible())
                break;
        }
        return all;
    }

    void resources()
    {
        const Need* kinds = fact("kind");
        for (std::size_t i = 0; i < m_estate.nodeCount(); ++i) {
            const NodeId target = idAt<NodeId>(i);
            const Kind kind = m_estate.kind(target);
            if (!isAzure(target) || m_estate.node(target).outside)
                continue;
            if (kinds ? !among(kinds->is, info(kind).name)
                      : kind != Kind::KeyVault || !AzureAccess::usesAccessPolicies(m_estate, target))
                continue;
            for (const NodeId principal : holders())
                keep(principal, target, onTarget(principal, target, m_estate.id(target)));
        }
    }

    /// Who was assigned anything, themselves or through a group.
    [[nodiscard]] const std::vector<NodeId>& holders()
    {
        if (m_holders.empty()) {
            std::set<NodeId> assigned;
            for (const Assignment& one : m_grants.assignments())
                assigned.insert(one.principal);
            for (const NodeId principal : m_grants.principals()) {
                const auto& selves = m_grants.selves(principal);
                if (std::ranges::any_of(selves, [&](NodeId self) { return assigned.contains(self); }))
                    m_holders.push_back(principal);
            }
        }
        return m_holders;
    }

    void vaultData()
    {
        const Need& need = m_row->needs.front();
        for (const NodeId vault : m_estate.ofKind(Kind::KeyVault)) {
            if (!isAzure(vault) || m_estate.node(vault).outside)
                continue;
            const bool policies = AzureAccess::usesAccessPolicies(m_estate, vault);
            for (const NodeId principal : m_grants.principals())
                keep(principal, vault,
                    policies ? m_access.byVaultPolicy(principal, vault, before(need.is, '/'), after(need.is, '/'))
                             : m_access.decide(principal, need.right, true, m_estate.id(vault)));
        }
    }

    void graphRights()
    {
        const Need* right = fact("app_role");
        for (const AppRole& one : m_grants.appRoles()) {
            if (right && one.value == right->is)
                keep(one.principal, one.resource, ofAppRole(one));
        }
    }
    [[nodiscard]] Decision ofAppRole(const AppRole& one) const
    {
        return because(one.node, one.evidence, nameOf(one.principal) + " holds " + one.value + '.');
    }

    /// A Global Administrator of the tenant reaches every subscription in it.
    void elevated()
    {
        for (const NodeId tenant : m_estate.ofKind(Kind::Organization)) {
            for (const NodeId subscription : m_estate.ofKind(Kind::Account)) {
                if (isAzure(tenant) && isAzure(subscription) && !m_estate.node(subscription).outside)
                    keep(tenant, subscription,
                        because(
                            tenant, seen(tenant), "A Global Administrator may elevate access to all subscriptions."));
            }
        }
    }

    /// What holders of a directory role, of a right of one, or of a right at Microsoft Graph can do to objects.
    void inDirectory()
    {
        const std::vector<NodeId> targets = directoryTargets();
        const Need* role = fact("role");
        const Need* right = fact("directory_right");
        for (const DirectoryAssignment& one : m_grants.directoryAssignments()) {
            const bool does = (role && among(role->is, one.roleId))
                || (right && m_grants.directoryRights(one.roleId).contains(lowered(right->is)));
            if (!does || one.eligible)
                continue;
            for (const NodeId target : targets) {
                if (one.scope == "/" || lowered(std::string_view(one.scope).substr(1)) == m_estate.id(target))
                    keep(one.principal, target, ofAssignment(one));
            }
        }
        const Need* graph = fact("app_role");
        for (const AppRole& one : m_grants.appRoles()) {
            if (!graph || one.value.empty() || !among(graph->is, one.value))
                continue;
            for (const NodeId target : targets)
                keep(one.principal, target, ofAppRole(one));
        }
    }

    [[nodiscard]] std::vector<NodeId> directoryTargets() const
    {
        const std::string& gives = m_row->gives;
        std::vector<NodeId> targets;
        const auto add = [&](Kind kind, auto want) {
            for (const NodeId node : m_estate.ofKind(kind)) {
                if (isAzure(node) && want(node))
                    targets.push_back(node);
            }
        };
        const auto every = [](NodeId) { return true; };
        if (gives == "tenant") {
            add(Kind::Organization, every);
        } else if (gives == "group") {
            // "Use Microsoft Entra groups to manage role assignments": those only few may change.
            add(Kind::Group, [&](NodeId group) {
                return !m_estate.flag(group, "role_assignable").value_or(false)
                    && !m_estate.flag(group, "dynamic").value_or(false);
            });
        } else if (gives == "application") {
            add(Kind::Application, every);
            add(Kind::ServicePrincipal, [&](NodeId node) { return !m_estate.node(node).outside; });
        } else if (gives == "user") {
            add(Kind::User, [&](NodeId user) { return !isAdministrator(user); });
        } else if (gives == "administrator_user") {
            add(Kind::User, every);
        } else if (gives == "device") {
            add(Kind::Device, [&](NodeId device) { return m_estate.flag(device, "managed").value_or(true); });
        } else if (gives == "privileged_role" || gives == "highest_role") {
            add(Kind::RoleDefinition, [&](NodeId role) {
                const std::string_view id = m_estate.id(role);
                const bool highest = id.ends_with(globalAdministrator);
                return id.starts_with("directoryRole/") && (gives == "highest_role") == highest;
            });
        }
        return targets;
    }

    /// "Who can reset passwords": lesser administrators can't reset those of administrators.
    [[nodiscard]] bool isAdministrator(NodeId user) const
    {
        const auto& selves = m_grants.selves(user);
        return std::ranges::any_of(selves, [&](NodeId self) {
            return m_administrators.contains(self) || m_estate.flag(self, "role_assignable").value_or(false);
        });
    }

    const AzureAccess& m_access;
    const Grants& m_grants;
    const Estate& m_estate;
    Progress& m_progress;
    std::uint32_t m_technique = 0;
    const Technique* m_row = nullptr;
    std::set<NodeId> m_administrators;
    std::set<std::pair<NodeId, NodeId>> m_owned;
    std::vector<NodeId> m_holders;
    std::vector<Escalation> m_found;
};

} // namespace

std::vector<Escalation> azureEscalations(const AzureAccess& access, Progress& progress)
{
    return Search(access, progress).found();
}

} // namespace glacis::azure
