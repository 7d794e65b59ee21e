// SPDX-License-Identifier: GPL-3.0-or-later
#include "identity/kubernetes/ways.h"

#include "core/json.h"

#include <algorithm>

/// From containers, pods, machines, services and secrets: what one can do who acts in them.
namespace glacis::rbac {

namespace {

class WorkloadFinder {
public:
    WorkloadFinder(const ClusterFacts& facts, Ways& ways) : m_facts(facts), m_estate(facts.estate), m_ways(ways) { }

    void fromContainers(const PodFacts& pod)
    {
        for (const Recipe& recipe : m_ofContainers) {
            for (const ContainerFacts& container : pod.containers) {
                std::vector<Reason> because = {{container.node, pod.evidence, {},
                    std::string(m_estate.name(container.node)) + " in " + std::string(m_estate.id(pod.node)) + ": "
                        + recipe.technique->title + '.'}};
                if (meets(recipe, pod, container, because))
                    lead(recipe, pod, container, because);
            }
        }
    }

    void fromPods(const PodFacts& pod)
    {
        for (const Recipe& recipe : m_ofPods) {
            for (const ContainerFacts& container : pod.containers)
                m_ways.add(pod.node, container.node, recipe, {});
        }
    }

    void fromMachines()
    {
        const auto nodes = m_estate.find("Group/system:nodes");
        for (const auto& [machine, pods] : m_facts.onMachine) {
            for (const Recipe& recipe : m_ofMachines) {
                if (recipe.technique->gives == "node_group" && nodes)
                    m_ways.add(machine, *nodes, recipe, {});
                for (const PodFacts* pod : pods) {
                    if (recipe.technique->gives == "pod")
                        m_ways.add(machine, pod->node, recipe, {{pod->node, pod->evidence, {}, "It runs there."}});
                    for (const NodeId volume : recipe.technique->gives == "machine_volume" ? pod->volumes : noVolumes)
                        m_ways.add(machine, volume, recipe,
                            {{pod->node, pod->evidence, {}, std::string(m_estate.id(pod->node)) + " is given it."}});
                }
            }
        }
    }

    void fromServices()
    {
        for (const NodeId service : m_estate.ofKind(Kind::KubeService)) {
            const auto pods = m_facts.inSpace.find(m_estate.node(service).parent);
            const auto rows = m_estate.policies(service);
            const auto document = rows.empty() ? std::nullopt : parseJson(m_estate.text(rows.front().document));
            if (pods == m_facts.inSpace.end() || !document || member(*document, "selector").empty())
                continue;
            const LabelSelector selector = LabelSelector::fromMap(member(*document, "selector"));
            for (const PodFacts* pod : pods->second) {
                if (!selector.matches(pod->labels))
                    continue;
                for (const Recipe& recipe : m_ofServices)
                    m_ways.add(
                        service, pod->node, recipe, {{service, rows.front().evidence, {}, "It selects the pod."}});
            }
        }
    }

    void fromSecrets()
    {
        for (const NodeId secret : m_estate.ofKind(Kind::Secret)) {
            for (const NodeId account : m_estate.targets(secret, EdgeKind::Mentions)) {
                if (m_estate.word(secret, "secret_type") != "kubernetes.io/service-account-token")
                    continue;
                for (const Recipe& recipe : m_ofSecrets)
                    m_ways.add(secret, account, recipe, {});
            }
        }
    }

private:
    bool meets(
        const Recipe& recipe, const PodFacts& pod, const ContainerFacts& container, std::vector<Reason>& because) const
    {
        for (const Need& need : recipe.technique->needs) {
            if (need.right.empty()) {
                if (!holds(pod, container, need.fact, need.is))
                    return false;
                continue;
            }
            // A right of the account: only a token lets one use it.
            if (pod.account == noNode || !pod.token)
                return false;
            const auto rules = m_facts.rbac.rulesFor(m_facts.accountAsker(pod.account), {});
            const PlacedRule* rule = Right::from(need.right).grantedBy(rules, {}, {});
            if (!rule)
                return false;
            because.push_back(
                {rule->role, rule->evidence, pointerTo({}, rule->number), "Its account may " + need.right + '.'});
        }
        return true;
    }

    void lead(
        const Recipe& recipe, const PodFacts& pod, const ContainerFacts& container, const std::vector<Reason>& because)
    {
        const std::string& gives = recipe.technique->gives;
        if (gives == "machine") {
            for (const NodeId machine : pod.machines)
                m_ways.add(container.node, machine, recipe, because);
        } else if (gives == "account") {
            m_ways.add(container.node, pod.account, recipe, because);
        } else if (gives == "sibling") {
            for (const ContainerFacts& other : pod.containers)
                m_ways.add(container.node, other.node, recipe, because);
        } else if (gives == "volume") {
            for (const NodeId volume : pod.volumes)
                m_ways.add(container.node, volume, recipe, because);
        } else if (gives == "neighbour_account") {
            for (const NodeId machine : pod.machines) {
                for (const PodFacts* neighbour : m_facts.onMachine.at(machine)) {
                    if (neighbour->token)
                        m_ways.add(container.node, neighbour->account, recipe, because);
                }
            }
        }
    }

    const ClusterFacts& m_facts;
    const Estate& m_estate;
    Ways& m_ways;
    const std::vector<NodeId> noVolumes;
    std::vector<Recipe> m_ofContainers =
        recipesFrom({"container", "pod"}, {"machine", "account", "sibling", "volume", "neighbour_account"});
    std::vector<Recipe> m_ofPods = recipesFrom({"pod"}, {"container"});
    std::vector<Recipe> m_ofMachines = recipesFrom({"machine"}, {"pod", "node_group", "machine_volume"});
    std::vector<Recipe> m_ofServices = recipesFrom({"service"}, {"endpoint"});
    std::vector<Recipe> m_ofSecrets = recipesFrom({"secret"}, {"token_account"});
};

} // namespace

void waysOfWorkloads(const ClusterFacts& facts, Ways& ways, Progress& progress)
{
    WorkloadFinder finder(facts, ways);
    progress.begin("Looking for ways out of containers", facts.pods.size());
    for (const PodFacts& pod : facts.pods) {
        if (progress.cancelled())
            return;
        finder.fromContainers(pod);
        finder.fromPods(pod);
        progress.advance();
    }
    finder.fromMachines();
    finder.fromServices();
    finder.fromSecrets();
}

} // namespace glacis::rbac
