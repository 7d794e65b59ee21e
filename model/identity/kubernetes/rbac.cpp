// SPDX-License-Identifier: GPL-3.0-or-later
#include "identity/kubernetes/rbac.h"

#include "core/label_selector.h"
#include "core/text.h"
#include "identity/kubernetes/defaults.h"

#include <algorithm>
#include <set>

namespace glacis::rbac {

namespace {

constexpr std::string_view nodePrefix = "system:node:";

/// What an object says, by the member names of the API; null when the export does not describe it.
struct Said {
    Json json;
    EvidenceId evidence = noEvidence;
};
Said saidBy(const Estate& estate, NodeId node)
{
    for (const auto& row : estate.policies(node)) {
        if (row.role == PolicyRole::Kubernetes) {
            if (auto json = parseJson(estate.text(row.document)))
                return {std::move(*json), row.evidence};
        }
    }
    return {};
}

Labels labelsOf(const Estate& estate, NodeId node)
{
    Labels labels;
    for (const auto& tag : estate.tags(node))
        labels.emplace(estate.text(tag.key), estate.text(tag.value));
    return labels;
}

/// Of roles and bindings the parent is the namespace, or the cluster.
std::string spaceOf(const Estate& estate, NodeId node)
{
    const NodeId parent = estate.node(node).parent;
    return parent != noNode && estate.kind(parent) == Kind::Namespace ? std::string(estate.name(parent))
                                                                      : std::string();
}

std::string described(const Estate& estate, NodeId node)
{
    return std::string(estate.text(estate.node(node).type)) + ' ' + std::string(estate.name(node));
}

} // namespace

Asker authenticated(std::string user, std::vector<std::string> groups)
{
    const auto add = [&groups](std::string group) {
        if (std::ranges::find(groups, group) == groups.end())
            groups.push_back(std::move(group));
    };
    if (user == "system:anonymous") {
        add("system:unauthenticated");
        return {std::move(user), std::move(groups)};
    }
    if (user.starts_with(accountPrefix)) {
        add("system:serviceaccounts");
        add("system:serviceaccounts:" + std::string(before(user.substr(accountPrefix.size()), ':')));
    } else if (user.starts_with(nodePrefix)) {
        add("system:nodes");
    }
    add("system:authenticated");
    return {std::move(user), std::move(groups)};
}

Subject Subject::from(const Json& json)
{
    return {
        std::string(textOf(json, "kind")), std::string(textOf(json, "name")), std::string(textOf(json, "namespace"))};
}

bool appliesTo(const Subject& subject, const Asker& asker, std::string_view space)
{
    if (subject.kind == "User")
        return subject.name == asker.user;
    if (subject.kind == "Group")
        return std::ranges::find(asker.groups, subject.name) != asker.groups.end();
    if (subject.kind != "ServiceAccount")
        return false;
    const std::string in = subject.space.empty() ? std::string(space) : subject.space;
    return !in.empty() && asker.user == std::string(accountPrefix) + in + ':' + subject.name;
}

Rbac::Rbac(const Estate& estate) : m_estate(estate)
{
    readRoles();
    aggregate();
    readBindings();
}

void Rbac::readRoles()
{
    for (const NodeId role : m_estate.ofKind(Kind::RoleDefinition)) {
        if (m_estate.node(role).provider != Provider::Kubernetes)
            continue;
        Said said = saidBy(m_estate, role);
        // "Default roles and role bindings": every cluster has these, though manifests only speak of them.
        if (said.json.is_null() && m_estate.text(m_estate.node(role).type) == "ClusterRole")
            said.json = defaultClusterRole(m_estate.name(role));
        if (said.json.is_null())
            continue;
        auto& rules = m_rules[role];
        for (const Json& rule : arrayOf(said.json, "rules"))
            rules.push_back({Rule::from(rule), role, static_cast<std::uint32_t>(rules.size()), said.evidence});
    }
}

/// "Aggregated ClusterRoles": the cluster fills a role's rules from those that its selectors match. A manifest holds
/// none yet, so they are put together here; a selected role may itself take in others.
void Rbac::aggregate()
{
    std::map<NodeId, std::vector<NodeId>> takenIn;
    for (const auto& [role, rules] : m_rules) {
        const Said said = saidBy(m_estate, role);
        for (const Json& one : arrayOf(member(said.json, "aggregationRule"), "clusterRoleSelectors")) {
            const LabelSelector selector = LabelSelector::from(one);
            for (const auto& [other, otherRules] : m_rules) {
                if (other != role && m_estate.text(m_estate.node(other).type) == "ClusterRole"
                    && selector.matches(labelsOf(m_estate, other)))
                    takenIn[role].push_back(other);
            }
        }
    }
    const auto own = m_rules;
    for (const auto& [role, first] : takenIn) {
        std::set<NodeId> seen = {role};
        std::vector<NodeId> open = first;
        auto& rules = m_rules[role];
        for (std::size_t i = 0; i < open.size(); ++i) {
            if (!seen.insert(open[i]).second)
                continue;
            for (const PlacedRule& rule : own.at(open[i])) {
                if (std::ranges::find(rules, rule.rule, &PlacedRule::rule) == rules.end())
                    rules.push_back(rule);
            }
            if (const auto more = takenIn.find(open[i]); more != takenIn.end())
                open.insert(open.end(), more->second.begin(), more->second.end());
        }
    }
}

void Rbac::readBindings()
{
    for (const NodeId node : m_estate.ofKind(Kind::RoleBinding)) {
        if (m_estate.node(node).provider != Provider::Kubernetes)
            continue;
        const Said said = saidBy(m_estate, node);
        Binding binding;
        binding.node = node;
        binding.space = spaceOf(m_estate, node);
        binding.evidence = said.evidence;
        const auto roles = m_estate.targets(node, EdgeKind::HasPolicy);
        binding.role = roles.empty() ? noNode : roles.front();
        for (const Json& subject : arrayOf(said.json, "subjects"))
            binding.subjects.push_back(Subject::from(subject));
        m_bindings.push_back(std::move(binding));
    }
    std::ranges::stable_sort(m_bindings, {}, &Binding::space);
    for (std::size_t i = 0; i < m_bindings.size(); ++i)
        m_bySpace.try_emplace(m_bindings[i].space, i, i).first->second.second = i + 1;
}

void Rbac::eachBinding(std::string_view space, const std::function<bool(const Binding&)>& visit) const
{
    for (const std::string_view in : {std::string_view{}, space}) {
        const auto found = m_bySpace.find(in);
        if (found != m_bySpace.end()) {
            for (std::size_t i = found->second.first; i < found->second.second; ++i) {
                if (!visit(m_bindings[i]))
                    return;
            }
        }
        if (space.empty())
            return;
    }
}

const std::vector<PlacedRule>& Rbac::rulesOf(NodeId role) const
{
    static const std::vector<PlacedRule> none;
    const auto found = m_rules.find(role);
    return found == m_rules.end() ? none : found->second;
}

Reason Rbac::reasonFor(const Binding& binding, const PlacedRule& rule) const
{
    Reason reason;
    reason.of = rule.role;
    reason.evidence = rule.evidence;
    reason.pointer = pointerTo({}, rule.number);
    reason.text = described(m_estate, binding.node) + " grants " + described(m_estate, binding.role) + ", whose rule "
        + std::to_string(rule.number + 1)
        + (rule.role == binding.role ? std::string() : " (taken in from " + described(m_estate, rule.role) + ')')
        + " allows it.";
    return reason;
}

Decision Rbac::decide(const Asker& asker, const Request& request) const
{
    Decision decision;
    if (std::ranges::find(asker.groups, mastersGroup) != asker.groups.end()) {
        decision.verdict = Verdict::Allowed;
        decision.because.push_back(
            {noNode, noEvidence, {}, "Members of the group system:masters may do everything, whatever roles say."});
        return decision;
    }
    std::set<NodeId> unseen;
    eachBinding(
        request.forResource() ? std::string_view(request.space) : std::string_view{}, [&](const Binding& binding) {
            if (std::ranges::none_of(
                    binding.subjects, [&](const Subject& subject) { return appliesTo(subject, asker, binding.space); }))
                return true;
            if (binding.role != noNode && !isKnown(binding.role))
                unseen.insert(binding.role);
            for (const PlacedRule& rule : rulesOf(binding.role)) {
                if (!allows(rule.rule, request))
                    continue;
                decision.verdict = Verdict::Allowed;
                Reason bound;
                bound.of = binding.node;
                bound.evidence = binding.evidence;
                bound.text = described(m_estate, binding.node) + " binds " + asker.user + '.';
                decision.because = {std::move(bound), reasonFor(binding, rule)};
                return false;
            }
            return true;
        });
    if (decision.verdict != Verdict::Allowed && !unseen.empty()) {
        decision.verdict = Verdict::Unknown;
        for (const NodeId role : unseen)
            decision.open.push_back("the rules of " + described(m_estate, role) + " (kubectl get "
                + (m_estate.text(m_estate.node(role).type) == "Role" ? "roles -A" : "clusterroles") + " -o json)");
    }
    return decision;
}

std::vector<PlacedRule> Rbac::rulesFor(const Asker& asker, std::string_view space) const
{
    std::vector<PlacedRule> found;
    eachBinding(space, [&](const Binding& binding) {
        if (std::ranges::any_of(
                binding.subjects, [&](const Subject& subject) { return appliesTo(subject, asker, binding.space); })) {
            const auto& rules = rulesOf(binding.role);
            found.insert(found.end(), rules.begin(), rules.end());
        }
        return true;
    });
    return found;
}

std::vector<Rbac::Grant> Rbac::whoCan(const Request& request) const
{
    std::vector<Grant> grants;
    std::set<Subject> seen;
    eachBinding(
        request.forResource() ? std::string_view(request.space) : std::string_view{}, [&](const Binding& binding) {
            const auto& rules = rulesOf(binding.role);
            const auto rule =
                std::ranges::find_if(rules, [&](const PlacedRule& one) { return allows(one.rule, request); });
            if (rule == rules.end())
                return true;
            for (Subject subject : binding.subjects) {
                if (subject.kind == "ServiceAccount" && subject.space.empty())
                    subject.space = binding.space;
                if (seen.insert(subject).second)
                    grants.push_back({std::move(subject), reasonFor(binding, *rule)});
            }
            return true;
        });
    return grants;
}

} // namespace glacis::rbac
