// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/selected.h"

#include "document/what_if.h"

#include <algorithm>

namespace glacis {

namespace {

void addOnce(std::vector<NodeId>& nodes, NodeId node)
{
    if (node != noNode && std::find(nodes.begin(), nodes.end(), node) == nodes.end())
        nodes.push_back(node);
}

void append(std::vector<NodeId>& nodes, const std::vector<NodeId>& more)
{
    // Linear for long lists: a class may hold ten thousand machines.
    nodes.insert(nodes.end(), more.begin(), more.end());
}

} // namespace

namespace {

bool sameStep(const AttackStep& a, const AttackStep& b)
{
    return a.from == b.from && a.to == b.to && a.technique == b.technique;
}

} // namespace

bool sameWay(const AttackPath& a, const AttackPath& b)
{
    return std::equal(a.steps.begin(), a.steps.end(), b.steps.begin(), b.steps.end(), sameStep);
}

bool subject::Path::operator==(const Path& other) const
{
    return step == other.step && (path == other.path || (path && other.path && sameWay(*path, *other.path)));
}

bool subject::Step::operator==(const Step& other) const
{
    return step == other.step || (step && other.step && sameStep(*step, *other.step));
}

Selected::Selected() = default;
Selected::Selected(std::vector<NodeId> marked, Subject what) : things(std::move(marked)), subject(std::move(what)) { }
Selected::Selected(const Selected&) = default;
Selected::Selected(Selected&&) noexcept = default;
Selected& Selected::operator=(const Selected&) = default;
Selected& Selected::operator=(Selected&&) noexcept = default;
Selected::~Selected() = default;
bool Selected::operator==(const Selected&) const = default;

Selected Selected::thing(NodeId node)
{
    return {{node}, subject::Things{}};
}

Selected Selected::of(std::vector<NodeId> nodes)
{
    return {std::move(nodes), subject::Things{}};
}

Selected Selected::file(std::uint32_t at)
{
    return {{}, subject::File{at}};
}

Selected Selected::missing(std::uint32_t at)
{
    return {{}, subject::Missing{at}};
}

Selected Selected::carriedOver() const
{
    const bool holds = as<subject::Path>() || as<subject::Step>() || as<subject::Access>() || as<subject::File>();
    return holds ? *this : of(things);
}

bool Selected::has(NodeId node) const
{
    return std::find(things.begin(), things.end(), node) != things.end();
}

Selected Selected::flows(const Answers& answers, std::vector<std::uint32_t> flows)
{
    Selected result;
    const Flows& all = answers.segmentation->flows;
    std::vector<std::uint32_t> classes;
    const auto take = [&](std::uint32_t one) {
        if (std::find(classes.begin(), classes.end(), one) == classes.end()) {
            classes.push_back(one);
            append(result.things, all.classes[one].things);
        }
    };
    for (const std::uint32_t at : flows)
        take(all.flows[at].from);
    for (const std::uint32_t at : flows)
        take(all.flows[at].to);
    result.subject = subject::Flows{std::move(flows)};
    return result;
}

Selected Selected::violation(const Answers& answers, std::uint32_t at)
{
    Selected result{{}, subject::Violation{at}};
    const glacis::Violation& violation = answers.segmentation->violations[at];
    append(result.things, violation.from);
    append(result.things, violation.to);
    return result;
}

Selected Selected::finding(const Answers& answers, std::uint32_t at)
{
    return {{answers.posture->results[at].node}, subject::Finding{at}};
}

Selected Selected::privilege(const Answers& answers, std::uint32_t at)
{
    return {{(*answers.privileges)[at].of}, subject::Privilege{at}};
}

Selected Selected::path(std::shared_ptr<const AttackPath> path, int step)
{
    Selected result;
    if (step >= 0 && step < static_cast<int>(path->steps.size())) {
        addOnce(result.things, path->steps[static_cast<std::size_t>(step)].from);
        addOnce(result.things, path->steps[static_cast<std::size_t>(step)].to);
    } else {
        for (const AttackStep& one : path->steps) {
            addOnce(result.things, one.from);
            addOnce(result.things, one.to);
        }
    }
    result.subject = subject::Path{std::move(path), step};
    return result;
}

Selected Selected::step(std::shared_ptr<const AttackStep> step)
{
    Selected result;
    addOnce(result.things, step->from);
    addOnce(result.things, step->to);
    result.subject = subject::Step{std::move(step)};
    return result;
}

Selected Selected::access(std::vector<NodeId> principals, std::vector<NodeId> stores)
{
    Selected result;
    append(result.things, principals);
    append(result.things, stores);
    result.subject = subject::Access{std::move(principals), std::move(stores)};
    return result;
}

Selected Selected::trial(const Answers& answers, std::uint32_t at)
{
    return {changedThings(*answers.estate, {answers.whatIf->trials[at]}), subject::Trial{at}};
}

Selected Selected::cell(const Answers& answers, std::uint32_t column, std::uint32_t layer)
{
    return {answers.responsibility->picture.columns[column].nodes, subject::Cell{column, layer}};
}

Selected Selected::outsideParty(const Answers& answers, std::uint32_t at)
{
    return {{answers.responsibility->picture.parties[at].node}, subject::OutsideParty{at}};
}

Selected Selected::zone(const Answers& answers, std::uint32_t zone)
{
    Selected result{{}, subject::Zone{zone}};
    const Tiers& tiers = answers.segmentation->tiers;
    for (const NodeId node : tiers.placed) {
        if (tiers.of[index(node)].zone == zone)
            result.things.push_back(node);
    }
    return result;
}

} // namespace glacis
