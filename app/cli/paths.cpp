// SPDX-License-Identifier: GPL-3.0-or-later
#include "commands.h"
#include "evidence_json.h"

#include "core/text.h"
#include "identity/all/identities.h"
#include "paths/choke_points.h"
#include "paths/condensation.h"
#include "paths/fixes.h"
#include "paths/path_selection.h"
#include "paths/reached.h"
#include "paths/smallest_cut.h"

#include <algorithm>
#include <iostream>
#include <iterator>

namespace glacis::cli {

namespace {

/// What one of the options that name things says.
struct Named {
    std::vector<NodeId> nodes;
    bool isGiven = false;
    /// Named, and there is none: the answer is that there is no path, and not that of an option left out.
    [[nodiscard]] bool isNone() const { return isGiven && nodes.empty(); }
};

/// False and a sentence when a selector means nothing.
bool selected(const Estate& estate, const std::vector<std::string>& selectors, Named& named)
{
    named.isGiven = !selectors.empty();
    for (const std::string& selector : selectors) {
        const auto found = select(estate, selector);
        if (!found) {
            std::cerr << "Nothing in the input is named " << selector
                      << "; give an id, internet, kind:…, tag:KEY=VALUE, class:… or account:….\n";
            return false;
        }
        named.nodes.insert(named.nodes.end(), found->begin(), found->end());
    }
    std::sort(named.nodes.begin(), named.nodes.end());
    named.nodes.erase(std::unique(named.nodes.begin(), named.nodes.end()), named.nodes.end());
    return true;
}

/// False and a sentence when --without names neither a kind of step nor a technique.
bool narrowed(const Arguments& arguments, StepFilter& filter)
{
    filter.unconditional = arguments.has("--unconditional");
    for (const std::string& word : arguments.all("--without")) {
        if (const auto kind = stepKindNamed(word)) {
            filter.without |= static_cast<std::uint8_t>(1U << static_cast<unsigned>(*kind));
        } else if (isTechniqueOfStep(word)) {
            filter.withoutTechniques.push_back(word);
        } else {
            std::cerr << "There is no kind of step and no technique named " << word
                      << "; the kinds are reach, use_role, escalate, administer and access.\n";
            return false;
        }
    }
    return true;
}

Ordered stepJson(const Estate& estate, const AttackStep& step)
{
    Ordered because = Ordered::array();
    for (const Reason& reason : step.because)
        because.push_back(asJson(estate, reason));
    for (const Hop& hop : step.hops)
        because.push_back(asJson(estate, hop));
    return {{"from", estate.id(step.from)}, {"to", estate.id(step.to)}, {"technique", step.technique},
        {"condition", step.open}, {"text", step.sentence}, {"because", because}};
}

Ordered pathsJson(const Estate& estate, const std::vector<AttackPath>& paths)
{
    Ordered list = Ordered::array();
    for (const AttackPath& path : paths) {
        Ordered steps = Ordered::array();
        for (const AttackStep& step : path.steps)
            steps.push_back(stepJson(estate, step));
        list.push_back({{"cost", path.cost}, {"steps", steps}});
    }
    return list;
}

std::vector<std::string> described(const std::vector<Change>& changes)
{
    std::vector<std::string> lines;
    lines.reserve(changes.size());
    for (const Change& change : changes)
        lines.push_back(describe(change));
    return lines;
}

struct Answer {
    std::vector<AttackPath> paths;
    std::vector<ChokePoint> chokePoints;
    std::vector<Fix> fixes;
    SmallestCut cut;
    std::vector<std::vector<NodeId>> groups; ///< of identities: whoever holds one of a group holds all
};

std::vector<std::vector<NodeId>> groupsOf(const AttackGraph& graph, const StepFilter& filter)
{
    const Estate& estate = graph.facts().estate;
    const Condensation condensed(graph, filter);
    std::vector<std::vector<NodeId>> groups;
    for (const std::uint32_t component : condensed.groups()) {
        std::vector<NodeId> identities;
        std::ranges::copy_if(condensed.members(component), std::back_inserter(identities),
            [&](NodeId node) { return info(estate.kind(node)).shape == Shape::Identity; });
        if (identities.size() > 1)
            groups.push_back(std::move(identities));
    }
    return groups;
}

void printText(const Estate& estate, const Answer& answer)
{
    for (const AttackPath& path : answer.paths) {
        std::cout << estate.name(path.steps.front().from) << " → " << estate.name(path.steps.back().to) << "  (cost "
                  << path.cost << ")\n";
        for (const AttackStep& step : path.steps) {
            std::cout << "    " << step.sentence << '\n';
            for (const std::string& condition : step.open)
                std::cout << "        if: " << condition << '\n';
        }
    }
    if (answer.paths.empty())
        std::cout << "No path was found in what was imported.\n";
    for (const Fix& fix : answer.fixes)
        std::cout << "takes away " << fix.removesPaths << " paths and " << fix.removesStores
                  << " stores: " << fix.change << '\n';
    for (const Cut& fix : answer.cut.fixes) {
        for (const std::string& line : described(fix.changes))
            std::cout << "of the fewest that cut all: " << line << '\n';
    }
    for (const AttackPath& path : answer.cut.standing)
        std::cout << "no change cuts: " << estate.name(path.steps.front().from) << " → "
                  << estate.name(path.steps.back().to) << '\n';
    for (const std::vector<NodeId>& group : answer.groups) {
        std::cout << "whoever holds one holds all of:";
        for (const NodeId node : group)
            std::cout << ' ' << estate.name(node);
        std::cout << '\n';
    }
}

/// Of the paths that stand, as many as paths were asked for.
void printJson(const Estate& estate, const Answer& answer, std::size_t most, Format format)
{
    Ordered points = Ordered::array(), fixes = Ordered::array(), cuts = Ordered::array(), groups = Ordered::array();
    for (const ChokePoint& point : answer.chokePoints)
        points.push_back({{"node", estate.id(point.node)}, {"targets", point.targets}});
    for (const Fix& fix : answer.fixes)
        fixes.push_back({{"change", fix.change}, {"removes_paths", fix.removesPaths},
            {"removes_stores", fix.removesStores}, {"changes", described(fix.changes)}});
    for (const Cut& cut : answer.cut.fixes)
        cuts.push_back({{"changes", described(cut.changes)}, {"removes_steps", cut.edges.size()}});
    for (const std::vector<NodeId>& group : answer.groups)
        groups.push_back(idsOf(estate, group));
    std::vector<AttackPath> standing = answer.cut.standing;
    if (standing.size() > most)
        standing.resize(most);
    print({{"format", 1}, {"paths", pathsJson(estate, answer.paths)}, {"choke_points", points}, {"fixes", fixes},
              {"smallest_cut",
                  {{"fixes", cuts}, {"standing", pathsJson(estate, standing)},
                      {"standing_targets", answer.cut.standing.size()}}},
              {"groups", groups}},
        format == Format::JsonLines);
}

Answer answered(const AttackGraph& graph, const Named& from, const Named& to, const PathQuestion& asked, bool kGiven)
{
    Answer answer;
    if (from.isNone() || to.isNone())
        return answer;
    Progress progress;
    PathQuestion question = asked;
    question.from = from.nodes;
    question.to = to.nodes;
    const bool onePair = from.nodes.size() == 1 && to.nodes.size() == 1;
    answer.paths = onePair || (kGiven && from.isGiven && to.isGiven) ? cheapestPaths(graph, question, progress)
                                                                     : pathOverview(graph, question, progress).paths;
    const std::vector<NodeId> starts = from.isGiven ? from.nodes : std::vector<NodeId>{idAt<NodeId>(0)};
    const std::vector<NodeId>& targets = to.isGiven ? to.nodes : graph.crownJewels();
    answer.chokePoints = chokePoints(graph, starts, targets, question.filter);
    answer.fixes = fixesOf(graph, answer.paths, progress, question.filter);
    answer.groups = groupsOf(graph, question.filter);
    answer.cut = smallestCut(graph, starts, targets, progress, question.filter);
    return answer;
}

Ordered reachedJson(const Estate& estate, const Named& of, const Reached& reached)
{
    Ordered kinds = Ordered::object(), stores = Ordered::object();
    for (const auto& [kind, count] : reached.kinds)
        kinds[std::string(info(kind).name)] = count;
    for (std::size_t dataClass = 0; dataClass < reached.storesOfClass.size(); ++dataClass) {
        if (reached.storesOfClass[dataClass] > 0)
            stores[std::string(name(static_cast<DataClass>(dataClass)))] = reached.storesOfClass[dataClass];
    }
    return {{"of", idsOf(estate, of.nodes)}, {"things", idsOf(estate, reached.things)}, {"kinds", kinds},
        {"stores", stores}};
}

void printText(const Estate& estate, std::string_view title, const Reached& reached)
{
    std::cout << title << ": " << reached.things.size() << '\n';
    for (const auto& [kind, count] : reached.kinds)
        std::cout << "    " << count << ' ' << info(kind).title << '\n';
    for (const NodeId node : reached.things)
        std::cout << "    " << estate.id(node) << '\n';
}

/// Who can get at things, and what they can get at, in place of paths.
void printReached(const AttackGraph& graph, const Named& of, const Named& from, const StepFilter& filter, Format format)
{
    const Estate& estate = graph.facts().estate;
    Ordered document = {{"format", 1}};
    if (of.isGiven) {
        const Reached found = ancestors(graph, of.nodes, filter);
        if (format == Format::Text)
            printText(estate, "can get there", found);
        document["ancestors"] = reachedJson(estate, of, found);
    }
    if (from.isGiven) {
        const Reached found = descendants(graph, from.nodes, filter);
        if (format == Format::Text)
            printText(estate, "can be got at from there", found);
        document["descendants"] = reachedJson(estate, from, found);
    }
    if (format != Format::Text)
        print(document, format == Format::JsonLines);
}

} // namespace

int paths(const Arguments& arguments)
{
    const auto most = arguments.has("-k") ? integer(arguments.one("-k")) : std::optional<long long>(50);
    if (!most || *most < 1 || *most > 100000) {
        std::cerr << "-k is the number of paths, from 1 to 100000.\n";
        return Usage;
    }
    PathQuestion question;
    question.most = static_cast<std::size_t>(*most);
    question.measure = arguments.has("--fewest-hops") ? Measure::Steps : Measure::Cost;
    if (!narrowed(arguments, question.filter))
        return Usage;
    const Opened opened = open(arguments);
    // What was read is answered for, also where --strict makes a failure of what was not.
    if (opened.exit != Done && opened.exit != PartlyRead)
        return opened.exit;
    const Estate& estate = opened.estate;
    Named from, to, ancestorsOf, descendantsOf;
    if (!selected(estate, arguments.all("--from"), from) || !selected(estate, arguments.all("--to"), to)
        || !selected(estate, arguments.all("--ancestors"), ancestorsOf)
        || !selected(estate, arguments.all("--descendants"), descendantsOf))
        return Usage;

    Progress progress;
    const Access access(estate);
    const IdentityAnswers identity = identityAnswers(estate, access, progress);
    const Reachability reachability(estate);
    const Segmentation network =
        segmentation(estate, inferTiers(estate), findFlows(estate, reachability, progress), ZoneMatrix::builtIn());
    const AttackGraph graph({estate, identity.escalations, identity.access, identity.administrators, network});
    if (ancestorsOf.isGiven || descendantsOf.isGiven) {
        printReached(graph, ancestorsOf, descendantsOf, question.filter, arguments.format());
        return opened.exit;
    }
    const Answer answer = answered(graph, from, to, question, arguments.has("-k"));
    if (arguments.format() == Format::Text)
        printText(estate, answer);
    else
        printJson(estate, answer, question.most, arguments.format());
    return opened.exit;
}

} // namespace glacis::cli
