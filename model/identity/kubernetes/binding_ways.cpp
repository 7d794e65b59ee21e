// SPDX-License-Identifier: GPL-3.0-or-later
#include "identity/kubernetes/ways.h"

#include "core/text.h"

#include <algorithm>
#include <set>

/// From bindings: what their roles let one do, technique by technique.
namespace glacis::rbac {

namespace {

/// What a right must be held on.
struct Target {
    NodeId node = noNode;
    std::string space; ///< namespace; empty: of the cluster
    std::string name; ///< as requests name it
    std::string other; ///< a role behind a binding, the machine of a pod
    std::string open; ///< what must be true besides
};

using Targets = std::vector<Target>;

class TargetLists {
public:
    explicit TargetLists(const ClusterFacts& facts) : m_facts(facts), m_estate(facts.estate) { }

    const Targets& of(const std::string& gives)
    {
        const auto [found, isNew] = m_lists.try_emplace(gives);
        if (isNew)
            found->second = made(gives);
        return found->second;
    }

private:
    [[nodiscard]] std::string spaceName(NodeId node) const
    {
        const NodeId parent = m_estate.node(node).parent;
        return parent != noNode && m_estate.kind(parent) == Kind::Namespace ? std::string(m_estate.name(parent)) : "";
    }

    void addAll(Targets& to, Kind kind) const
    {
        for (const NodeId node : m_estate.ofKind(kind)) {
            if (m_estate.node(node).provider == Provider::Kubernetes)
                to.push_back({node, spaceName(node), std::string(m_estate.name(node)), {}, {}});
        }
    }

    [[nodiscard]] Targets made(const std::string& gives) const
    {
        Targets targets;
        if (gives == "cluster" && m_facts.cluster != noNode) {
            targets.push_back({m_facts.cluster, {}, {}, {}, {}});
        } else if (gives == "namespace") {
            for (const NodeId space : m_estate.ofKind(Kind::Namespace))
                targets.push_back({space, std::string(m_estate.name(space)), {}, {}, {}});
        } else if (gives == "account" || gives == "secret_account") {
            addAll(targets, Kind::ServiceAccount);
            if (gives == "secret_account")
                onlyWithSecrets(targets);
        } else if (gives == "user" || gives == "group") {
            addAll(targets, gives == "user" ? Kind::User : Kind::Group);
        } else if (gives == "machine" || gives == "open_machine") {
            addAll(targets, Kind::Vm);
        } else if (gives == "workload") {
            addAll(targets, Kind::Workload);
            std::erase_if(targets, [&](const Target& one) { return m_estate.node(one.node).outside; });
        } else if (gives == "pod" || gives == "pod_on_machine") {
            addPods(targets);
        } else if (gives == "bound_role") {
            addBoundRoles(targets);
        }
        return targets;
    }

    void addPods(Targets& targets) const
    {
        for (const PodFacts& pod : m_facts.pods) {
            const std::string machine = pod.machines.empty() ? "" : std::string(m_estate.name(pod.machines.front()));
            targets.push_back({pod.node, spaceName(pod.node), std::string(m_estate.name(pod.node)), machine, {}});
        }
    }

    void addBoundRoles(Targets& targets) const
    {
        for (const Binding& binding : m_facts.rbac.bindings()) {
            if (binding.role != noNode && m_estate.text(m_estate.node(binding.role).type) == "Role")
                targets.push_back({binding.node, binding.space, {}, std::string(m_estate.name(binding.role)), {}});
        }
    }

    /// "Manually create a long-lived API token for a ServiceAccount": since version 1.24 an account has a secret only
    /// when somebody made one. Where a namespace's secrets are in the export, it tells.
    void onlyWithSecrets(Targets& targets) const
    {
        std::set<NodeId> told, have;
        for (const NodeId secret : m_estate.ofKind(Kind::Secret)) {
            if (m_estate.node(secret).outside)
                continue;
            told.insert(m_estate.node(secret).parent);
            if (m_estate.word(secret, "secret_type") == "kubernetes.io/service-account-token") {
                for (const NodeId account : m_estate.targets(secret, EdgeKind::Mentions))
                    have.insert(account);
            }
        }
        std::erase_if(targets, [&](const Target& one) {
            return !have.contains(one.node) && told.contains(m_estate.node(one.node).parent);
        });
        for (Target& one : targets) {
            if (!have.contains(one.node))
                one.open = "a secret holds a token of " + one.name + " (before Kubernetes 1.24 each account had one)";
        }
    }

    const ClusterFacts& m_facts;
    const Estate& m_estate;
    std::map<std::string, Targets> m_lists;
};

struct RightNeed {
    Right right;
    std::string on, is;
};

/// "Pod Security Admission": what the labels of a namespace keep out.
bool isGuarded(const Estate& estate, NodeId space)
{
    const std::string_view level = estate.tag(space, "pod-security.kubernetes.io/enforce");
    return level == "baseline" || level == "restricted";
}

class Finder {
public:
    struct Row {
        Recipe recipe;
        std::vector<RightNeed> needs;
    };
    struct Granted {
        std::vector<const Binding*> bindings;
    };

    Finder(const ClusterFacts& facts, Ways& ways)
        : m_facts(facts), m_estate(facts.estate), m_ways(ways), m_targets(facts)
    {
        for (const Recipe& recipe : recipesOfRights()) {
            Row row{recipe, {}};
            for (const Need& need : recipe.technique->needs)
                row.needs.push_back({Right::from(need.right), need.on, need.is});
            m_rows.push_back(std::move(row));
        }
        // Who may do everything gains nothing by the ways after that.
        std::ranges::stable_partition(
            m_rows, [](const Row& row) { return row.recipe.technique->id.ends_with("-admin"); });
    }

    void fromBinding(const Binding& binding)
    {
        const auto& rules = m_facts.rbac.rulesOf(binding.role);
        const Granted granted = {{&binding}};
        for (const Row& row : m_rows) {
            const bool possible =
                std::ranges::all_of(row.needs, [&](const RightNeed& need) { return need.right.maybe(rules); });
            if (possible && apply(row, granted, binding.node) && row.recipe.technique->id.ends_with("-admin"))
                return;
        }
    }

    /// Rights that several bindings grant together, none of them alone.
    void fromIdentity(NodeId identity, const Granted& granted)
    {
        for (const Row& row : m_rows) {
            const bool together = row.needs.size() > 1 && std::ranges::all_of(row.needs, [&](const RightNeed& need) {
                return std::ranges::any_of(granted.bindings,
                    [&](const Binding* one) { return need.right.maybe(m_facts.rbac.rulesOf(one->role)); });
            });
            if (together)
                apply(row, granted, identity);
        }
    }

private:
    bool apply(const Row& row, const Granted& granted, NodeId from)
    {
        bool any = false;
        for (const Target& target : m_targets.of(row.recipe.technique->gives)) {
            if (target.node == from || (row.recipe.technique->gives == "open_machine" && !opensAny(granted)))
                continue;
            std::vector<Reason> because;
            const bool all = std::ranges::all_of(row.needs, [&](const RightNeed& need) {
                for (const Binding* binding : granted.bindings) {
                    if (const PlacedRule* rule = grants(*binding, need, target)) {
                        because.push_back(m_facts.rbac.reasonFor(*binding, *rule));
                        return true;
                    }
                }
                return false;
            });
            if (!all || (granted.bindings.size() > 1 && oneIsEnough(row, granted, target)))
                continue;
            m_ways.add(from, target.node, row.recipe, std::move(because), target.open);
            any = true;
        }
        return any;
    }

    [[nodiscard]] bool oneIsEnough(const Row& row, const Granted& granted, const Target& target) const
    {
        return std::ranges::any_of(granted.bindings, [&](const Binding* binding) {
            return std::ranges::all_of(
                row.needs, [&](const RightNeed& need) { return grants(*binding, need, target) != nullptr; });
        });
    }

    /// Whether a privileged pod is let into some namespace of the bindings.
    [[nodiscard]] bool opensAny(const Granted& granted) const
    {
        return std::ranges::any_of(m_estate.ofKind(Kind::Namespace), [&](NodeId space) {
            return !isGuarded(m_estate, space) && std::ranges::any_of(granted.bindings, [&](const Binding* binding) {
                return binding->space.empty() || binding->space == m_estate.name(space);
            });
        });
    }

    [[nodiscard]] const PlacedRule* grants(const Binding& binding, const RightNeed& need, const Target& target) const
    {
        const auto& rules = m_facts.rbac.rulesOf(binding.role);
        const bool ofCluster = binding.space.empty();
        const auto in = [&](const std::string& space, const std::string& name) {
            return ofCluster || binding.space == space ? need.right.grantedBy(rules, space, name) : nullptr;
        };
        if (need.on == "target")
            return in(target.space, target.name);
        if (need.on == "space")
            return in(target.space, {});
        if (need.on == "target_role")
            return in(target.space, target.other);
        if (need.on == "named")
            return in(target.space, need.is);
        if (need.on == "anywhere")
            return in(binding.space, {});
        if (!ofCluster)
            return nullptr;
        if (need.on == "target_name")
            return in({}, target.name);
        return in({}, need.on == "target_machine" ? target.other : std::string());
    }

    const ClusterFacts& m_facts;
    const Estate& m_estate;
    Ways& m_ways;
    TargetLists m_targets;
    std::vector<Row> m_rows;
};

} // namespace

void waysOfBindings(const ClusterFacts& facts, Ways& ways, Progress& progress)
{
    Finder finder(facts, ways);
    const auto& bindings = facts.rbac.bindings();
    progress.begin("Looking at what bindings let one do", bindings.size());
    std::map<NodeId, Finder::Granted> ofIdentity;
    for (const Binding& binding : bindings) {
        if (progress.cancelled())
            return;
        finder.fromBinding(binding);
        for (const NodeId identity : facts.estate.targets(binding.node, EdgeKind::Mentions))
            ofIdentity[identity].bindings.push_back(&binding);
        progress.advance();
    }
    for (const auto& [identity, granted] : ofIdentity) {
        if (granted.bindings.size() > 1)
            finder.fromIdentity(identity, granted);
    }
}

} // namespace glacis::rbac
