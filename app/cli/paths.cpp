// SPDX-License-Identifier: GPL-3.0-or-later
#include "commands.h"
#include "evidence_json.h"

#include "core/text.h"
#include "identity/all/identities.h"
#include "paths/choke_points.h"
#include "paths/path_selection.h"

#include <iostream>

namespace glacis::cli {

namespace {

/// What stands in the arguments of --from or --to; false and a sentence when one of them names nothing.
bool selected(const Estate& estate, const std::vector<std::string>& selectors, std::vector<NodeId>& nodes)
{
    for (const std::string& selector : selectors) {
        const std::vector<NodeId> found = select(estate, selector);
        if (found.empty()) {
            std::cerr << "Nothing in the input is named " << selector
                      << "; give an id, internet, kind:…, tag:KEY=VALUE, class:… or account:….\n";
            return false;
        }
        nodes.insert(nodes.end(), found.begin(), found.end());
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

void printText(const Estate& estate, const std::vector<AttackPath>& paths, const std::vector<Fix>& fixes)
{
    for (const AttackPath& path : paths) {
        std::cout << estate.name(path.steps.front().from) << " → " << estate.name(path.steps.back().to) << "  (cost "
                  << path.cost << ")\n";
        for (const AttackStep& step : path.steps) {
            std::cout << "    " << step.sentence << '\n';
            for (const std::string& condition : step.open)
                std::cout << "        if: " << condition << '\n';
        }
    }
    if (paths.empty())
        std::cout << "No path was found in what was imported.\n";
    for (const Fix& fix : fixes)
        std::cout << "takes away " << fix.removesPaths << ": " << fix.change << '\n';
}

} // namespace

int paths(const Arguments& arguments)
{
    const auto most = arguments.has("-k") ? integer(arguments.one("-k")) : std::optional<long long>(50);
    if (!most || *most < 1 || *most > 100000) {
        std::cerr << "-k is the number of paths, from 1 to 100000.\n";
        return Usage;
    }
    const Opened opened = open(arguments);
    if (opened.exit != Done)
        return opened.exit;
    const Estate& estate = opened.estate;
    PathQuestion question;
    question.most = static_cast<std::size_t>(*most);
    if (!selected(estate, arguments.all("--from"), question.from)
        || !selected(estate, arguments.all("--to"), question.to))
        return Usage;

    Progress progress;
    const Access access(estate);
    const IdentityAnswers identity = identityAnswers(estate, access, progress);
    const Reachability reachability(estate);
    const Segmentation network =
        segmentation(estate, inferTiers(estate), findFlows(estate, reachability, progress), ZoneMatrix::builtIn());
    const AttackGraph graph({estate, identity.escalations, identity.access, identity.administrators, network});
    const bool onePair = question.from.size() == 1 && question.to.size() == 1;
    const std::vector<AttackPath> found = onePair
        ? cheapestPathsBetween(graph, question.from.front(), question.to.front(), question.most, progress)
        : cheapestPaths(graph, question, progress);
    const std::vector<ChokePoint> chokes =
        chokePoints(graph, question.from.empty() ? std::vector<NodeId>{idAt<NodeId>(0)} : question.from,
            question.to.empty() ? graph.crownJewels() : question.to);
    const std::vector<Fix> fixes = fixesOf(graph, found, progress);

    if (arguments.format() == Format::Text) {
        printText(estate, found, fixes);
        return Done;
    }
    Ordered list = Ordered::array(), points = Ordered::array(), changes = Ordered::array();
    for (const AttackPath& path : found) {
        Ordered steps = Ordered::array();
        for (const AttackStep& step : path.steps)
            steps.push_back(stepJson(estate, step));
        list.push_back({{"cost", path.cost}, {"steps", steps}});
    }
    for (const ChokePoint& point : chokes)
        points.push_back({{"node", estate.id(point.node)}, {"targets", point.targets}});
    for (const Fix& fix : fixes)
        changes.push_back({{"change", fix.change}, {"removes_paths", fix.removesPaths}});
    print({{"format", 1}, {"paths", list}, {"choke_points", points}, {"fixes", changes}},
        arguments.format() == Format::JsonLines);
    return Done;
}

} // namespace glacis::cli
