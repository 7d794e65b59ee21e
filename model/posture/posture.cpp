// SPDX-License-Identifier: GPL-3.0-or-later
#include "posture/posture.h"

#include "posture/needs.h"

#include <algorithm>
#include <map>

namespace glacis {

namespace {

/// The latest moment that any setting tells: an export is never older than what it speaks of.
std::int64_t latestMoment(const Estate& estate, const Catalog& catalog)
{
    std::vector<StringId> keys;
    for (const auto& setting : catalog.settings()) {
        const StringId key = estate.strings().find(setting.key);
        if (setting.type == Catalog::ValueType::Time && key != StringId::Empty)
            keys.push_back(key);
    }
    std::int64_t latest = 0;
    for (const auto& row : estate.facts().properties) {
        const auto* moment = std::get_if<std::int64_t>(&row.value);
        if (moment && std::find(keys.begin(), keys.end(), row.key) != keys.end())
            latest = std::max(latest, *moment);
    }
    return latest;
}

/// Where a check only speaks of some things and it is not known whether of this one, a pass still stands.
CheckOutcome outcomeOf(const Check& check, CheckOutcome&& applies, NodeId node, const CheckContext& context)
{
    CheckOutcome outcome = evaluate(check.test, node, context);
    if (applies.verdict == CheckVerdict::Unknown && outcome.verdict != CheckVerdict::Pass) {
        outcome.verdict = CheckVerdict::Unknown;
        outcome.missing.merge(applies.missing);
    }
    return outcome;
}

class Run {
public:
    Run(const CheckContext& context, const PostureQuestion& question, Progress& progress, const CheckSet& set)
        : m_context(context), m_question(question), m_progress(progress)
    {
        m_report.set = &set;
    }

    PostureReport report()
    {
        const auto& checks = m_report.set->checks;
        m_progress.begin("checks", checks.size());
        for (std::uint32_t i = 0; i < checks.size() && !m_progress.cancelled(); ++i) {
            if (isAsked(checks[i]))
                run(i);
            m_progress.advance();
        }
        nameMissing();
        return std::move(m_report);
    }

private:
    [[nodiscard]] bool isAsked(const Check& check) const
    {
        const auto& only = m_question.only;
        return only.empty() || std::find(only.begin(), only.end(), check.id) != only.end();
    }

    void run(std::uint32_t position)
    {
        const Check& check = m_report.set->checks[position];
        const Estate& estate = m_context.estate;
        std::vector<NodeId> nodes;
        for (const Kind kind : check.kinds) {
            const auto ofKind = estate.ofKind(kind);
            nodes.insert(nodes.end(), ofKind.begin(), ofKind.end());
        }
        std::sort(nodes.begin(), nodes.end());
        for (const NodeId node : nodes) {
            if (m_progress.cancelled())
                return;
            if (!estate.node(node).outside && check.appliesTo(estate.node(node).provider))
                run(position, check, node);
        }
    }

    void run(std::uint32_t position, const Check& check, NodeId node)
    {
        CheckOutcome applies;
        applies.verdict = CheckVerdict::Pass;
        if (check.when)
            applies = evaluate(*check.when, node, m_context);
        if (applies.verdict == CheckVerdict::Fail)
            return;
        CheckOutcome outcome = outcomeOf(check, std::move(applies), node, m_context);
        CheckResult result{position, node, outcome.verdict, {}, {}};
        if (outcome.verdict != CheckVerdict::Unknown)
            result.because = std::move(outcome.because);
        else
            m_missing.emplace_back(m_report.results.size(), std::move(outcome.missing));
        m_report.results.push_back(std::move(result));
    }

    void nameMissing()
    {
        std::map<MissingExport, std::uint32_t> positions;
        for (const auto& [result, exports] : m_missing) {
            for (const MissingExport& missing : exports)
                positions.emplace(missing, 0);
        }
        std::vector<OpenNeed> needs;
        if (m_question.only.empty())
            needs = openNeeds(m_context.estate, m_context.catalog);
        for (const OpenNeed& need : needs)
            positions.emplace(need.missing, 0);
        for (auto& [missing, position] : positions) {
            position = static_cast<std::uint32_t>(m_report.missing.size());
            m_report.missing.push_back(missing);
        }
        for (const auto& [result, exports] : m_missing) {
            for (const MissingExport& missing : exports)
                m_report.results[result].missing.push_back(positions.at(missing));
        }
        for (OpenNeed& need : needs)
            m_report.forEngines.emplace(positions.at(need.missing), std::move(need.decides));
    }

    const CheckContext& m_context;
    const PostureQuestion& m_question;
    Progress& m_progress;
    PostureReport m_report;
    std::vector<std::pair<std::size_t, std::set<MissingExport>>> m_missing; ///< by position of the result
};

} // namespace

std::size_t PostureReport::count(CheckVerdict verdict) const
{
    return static_cast<std::size_t>(std::count_if(
        results.begin(), results.end(), [&](const CheckResult& result) { return result.verdict == verdict; }));
}

PostureReport posture(const Estate& estate, const PostureQuestion& question, Progress& progress, const CheckSet& set,
    const Catalog& catalog)
{
    const CheckContext context{estate, catalog, latestMoment(estate, catalog), question.asOf};
    return Run(context, question, progress, set).report();
}

} // namespace glacis
