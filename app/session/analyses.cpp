// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/analyses.h"

#include "identity/access.h"
#include "identity/all/identities.h"
#include "network/reach.h"
#include "paths/attack_paths.h"
#include "paths/public_policies.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <optional>

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

Analysis::Put judged(const Answers& known, Flows flows)
{
    const Estate& estate = *known.estate;
    const ZoneMatrix& matrix = known.policy.matrixNow();
    Segmentation found =
        segmentation(estate, inferTiers(estate, known.policy.tiers, matrix.zones), std::move(flows), matrix);
    // The identities are asked for later, so that the picture of the network need not wait for them.
    std::optional<Access> own;
    const Access& access = known.access ? *known.access : own.emplace(estate);
    addViolations(found, publicPolicies(estate, access, found.tiers, matrix));
    auto answer = std::make_shared<const Segmentation>(std::move(found));
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
    auto privileges =
        std::make_shared<const std::vector<PrivilegeNote>>(reviewPrivileges(*known.estate, *access, progress));
    return [access, answer, privileges](Answers& answers) {
        answers.access = access;
        answers.identity = answer;
        answers.privileges = privileges;
    };
}

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

constexpr auto chain = std::to_array<Analysis>({
    {QT_TRANSLATE_NOOP("Analysis", "Checking settings"), computePosture,
        [](const Answers& answers) { return answers.posture != nullptr; }},
    {QT_TRANSLATE_NOOP("Analysis", "Dividing responsibility"), computeResponsibility,
        [](const Answers& answers) { return answers.responsibility != nullptr; }},
    {QT_TRANSLATE_NOOP("Analysis", "Finding connections"), computeSegmentation,
        [](const Answers& answers) { return answers.segmentation != nullptr; }},
    {QT_TRANSLATE_NOOP("Analysis", "Evaluating policies"), computeIdentity,
        [](const Answers& answers) { return answers.identity != nullptr; }},
    {QT_TRANSLATE_NOOP("Analysis", "Searching attack paths"), computePaths,
        [](const Answers& answers) { return answers.paths != nullptr; }},
});

} // namespace

Analysis::Put computeJudgement(const Answers& known, Progress& progress)
{
    if (known.segmentation)
        return judged(known, known.segmentation->flows);
    return computeSegmentation(known, progress);
}

std::span<const Analysis> analyses()
{
    return chain;
}

Answers answered(const Answers& known, std::shared_ptr<const Estate> estate, Progress& progress)
{
    Answers answers;
    answers.source = known.source;
    answers.document = known.document;
    answers.reading = known.reading;
    answers.reread = known.reread;
    answers.partial = known.partial;
    answers.policy = known.policy;
    answers.ledger = known.ledger;
    answers.estate = std::move(estate);
    for (const Analysis& analysis : chain) {
        if (progress.cancelled() || analysis.isThere(answers))
            continue;
        if (const Analysis::Put put = analysis.compute(answers, progress))
            put(answers);
    }
    return answers;
}

} // namespace glacis
