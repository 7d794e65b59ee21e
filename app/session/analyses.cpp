// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/analyses.h"

#include "identity/access.h"
#ifdef GLACIS_WITH_IDENTITY
#include "identity/all/identities.h"
#endif
#include "network/reach.h"
#include "paths/attack_paths.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace glacis {

namespace {

Analysis::Put computePosture(const Answers& known, Progress& progress)
{
    auto report = std::make_shared<const PostureReport>(posture(*known.estate, {}, progress));
    return [report](Answers& answers) { answers.posture = report; };
}

std::vector<LayerFinding> openFindings(const Answers& known)
{
    std::vector<LayerFinding> findings;
    for (const CheckResult& result : known.posture->results) {
        if (result.verdict != CheckVerdict::Fail)
            continue;
        const Check& check = known.posture->check(result);
        findings.push_back({result.node, check.layer, check.severity, check.fails});
    }
    return findings;
}

Analysis::Put computeResponsibility(const Answers& known, Progress&)
{
    auto answer = std::make_shared<ResponsibilityAnswers>();
    answer->findings = openFindings(known);
    answer->picture = responsibility(*known.estate, answer->findings);
    return [answer](Answers& answers) { answers.responsibility = answer; };
}

#ifdef GLACIS_WITH_SEGMENTATION
Analysis::Put judged(const Answers& known, Flows flows)
{
    auto answer = std::make_shared<const Segmentation>(
        segmentation(*known.estate, inferTiers(*known.estate, known.policy.tiers, known.policy.matrixNow().zones),
            std::move(flows), known.policy.matrixNow()));
    return [answer](Answers& answers) { answers.segmentation = answer; };
}

Analysis::Put computeSegmentation(const Answers& known, Progress& progress)
{
    const Estate& estate = *known.estate;
    const Reachability reachability(estate);
    Flows flows = findFlows(estate, reachability, progress);
    if (progress.cancelled())
        return {};
    return judged(known, std::move(flows));
}
#endif

#ifdef GLACIS_WITH_IDENTITY
Analysis::Put computeIdentity(const Answers& known, Progress& progress)
{
    // The decisions refer to the estate, so they keep it.
    struct Kept {
        explicit Kept(std::shared_ptr<const Estate> of) : estate(std::move(of)), access(*estate) { }
        std::shared_ptr<const Estate> estate;
        Access access;
    };
    auto kept = std::make_shared<const Kept>(known.estate);
    const std::shared_ptr<const Access> access(kept, &kept->access);
    auto answer = std::make_shared<const IdentityAnswers>(identityAnswers(*known.estate, *access, progress));
    return [access, answer](Answers& answers) {
        answers.access = access;
        answers.identity = answer;
    };
}
#endif

#if defined(GLACIS_WITH_IDENTITY) && defined(GLACIS_WITH_SEGMENTATION) && defined(GLACIS_WITH_PATHS)
Analysis::Put computePaths(const Answers& known, Progress& progress)
{
    struct Kept {
        std::shared_ptr<const Estate> estate;
        std::shared_ptr<const IdentityAnswers> identity;
        std::shared_ptr<const Segmentation> network;
        AttackGraph graph{{*estate, identity->escalations, identity->access, identity->administrators, *network}};
    };
    auto kept = std::make_shared<const Kept>(known.estate, known.identity, known.segmentation);
    auto answer = std::make_shared<PathAnswers>();
    answer->graph = std::shared_ptr<const AttackGraph>(kept, &kept->graph);
    const AttackGraph& graph = *answer->graph;
    PathOverview overview = pathOverview(graph, {}, progress);
    if (progress.cancelled())
        return {};
    answer->chokePoints = chokePoints(graph, {idAt<NodeId>(0)}, graph.crownJewels());
    answer->paths = std::move(overview.paths);
    answer->ways = std::move(overview.ways);
    answer->fixes = fixesOf(graph, answer->paths, progress);
    return [answer](Answers& answers) { answers.paths = answer; };
}
#endif

constexpr auto chain = std::to_array<Analysis>({
    {QT_TRANSLATE_NOOP("Analysis", "Checking settings"), computePosture,
        [](const Answers& answers) { return answers.posture != nullptr; }},
        {QT_TRANSLATE_NOOP("Analysis", "Dividing responsibility"), computeResponsibility,
            [](const Answers& answers) { return answers.responsibility != nullptr; }},
#ifdef GLACIS_WITH_SEGMENTATION
        {QT_TRANSLATE_NOOP("Analysis", "Finding connections"), computeSegmentation,
            [](const Answers& answers) { return answers.segmentation != nullptr; }},
#endif
#ifdef GLACIS_WITH_IDENTITY
        {QT_TRANSLATE_NOOP("Analysis", "Evaluating policies"), computeIdentity,
            [](const Answers& answers) { return answers.identity != nullptr; }},
#endif
#if defined(GLACIS_WITH_IDENTITY) && defined(GLACIS_WITH_SEGMENTATION) && defined(GLACIS_WITH_PATHS)
        {QT_TRANSLATE_NOOP("Analysis", "Searching attack paths"), computePaths,
            [](const Answers& answers) { return answers.paths != nullptr; }},
#endif
});

} // namespace

Analysis::Put computeJudgement(const Answers& known, Progress& progress)
{
#ifdef GLACIS_WITH_SEGMENTATION
    if (known.segmentation)
        return judged(known, known.segmentation->flows);
    return computeSegmentation(known, progress);
#else
    return [](Answers&) {};
#endif
}

std::span<const Analysis> analyses()
{
    return chain;
}

} // namespace glacis
