// SPDX-License-Identifier: GPL-3.0-or-later
#include "case_runner.h"
#include "kubernetes_objects.h"

#include "identity/kubernetes/rbac.h"

#include <algorithm>

namespace glacis {

namespace {

using namespace rbac;

std::vector<std::string> wordsOf(const Json& list)
{
    std::vector<std::string> words;
    for (const Json& word : list)
        words.push_back(asText(word));
    return words;
}

std::vector<Rule> rulesOf(const Json& list)
{
    std::vector<Rule> rules;
    for (const Json& rule : list)
        rules.push_back(Rule::from(rule));
    return rules;
}

Request requestOf(const Json& json)
{
    const auto text = [&](const char* key) { return std::string(textOf(json, key)); };
    std::string url = text("nonResourceURL");
    if (url.empty())
        url = text("path");
    return {text("verb"), text("apiGroup"), text("resource"), text("subresource"), text("namespace"), text("name"),
        std::move(url)};
}

Asker askerOf(const Json& json)
{
    return {std::string(textOf(json, "user")), wordsOf(arrayOf(json, "groups"))};
}

std::string yesOrNo(bool yes)
{
    return yes ? "yes" : "no";
}

/// Sorted, and one a line, so that the order in which things are told does not matter.
std::string lines(std::vector<std::string> texts)
{
    std::ranges::sort(texts);
    std::string all;
    for (const std::string& text : texts)
        all += text + '\n';
    return all;
}

std::string lines(const std::vector<Rule>& rules)
{
    std::vector<std::string> texts;
    for (Rule rule : rules) {
        for (auto* words : {&rule.verbs, &rule.apiGroups, &rule.resources, &rule.resourceNames, &rule.nonResourceUrls})
            std::ranges::sort(*words);
        texts.push_back(rule.asJson().dump());
    }
    return lines(std::move(texts));
}

std::string lineOf(const Subject& subject)
{
    return subject.kind + ' ' + (subject.space.empty() ? std::string() : subject.space + '/') + subject.name;
}

CaseOutcome authorize(const Json& objects, const Json& query, const Json& expect)
{
    const Estate estate = estateOfObjects(objects);
    const Decision decision = Rbac(estate).decide(askerOf(query), requestOf(query));
    CaseOutcome outcome{
        yesOrNo(boolOf(expect, "allowed").value_or(false)), yesOrNo(decision.verdict == Verdict::Allowed), {}};
    for (const Reason& reason : decision.because)
        outcome.because += reason.text + ' ';
    return outcome;
}

CaseOutcome ruleMatch(const Json&, const Json& query, const Json& expect)
{
    return {yesOrNo(boolOf(expect, "allowed").value_or(false)),
        yesOrNo(allows(Rule::from(member(query, "rule")), requestOf(member(query, "request")))), {}};
}

CaseOutcome covers(const Json&, const Json& query, const Json& expect)
{
    const auto left = notCovered(rulesOf(arrayOf(query, "ownerRules")), rulesOf(arrayOf(query, "servantRules")));
    return {yesOrNo(boolOf(expect, "covered").value_or(false)) + '\n' + lines(rulesOf(arrayOf(expect, "uncovered"))),
        yesOrNo(left.empty()) + '\n' + lines(left), {}};
}

CaseOutcome urlsCovered(const Json&, const Json& query, const Json& expect)
{
    return {yesOrNo(boolOf(expect, "covered").value_or(false)),
        yesOrNo(urlCovers(textOf(query, "owner"), textOf(query, "requested"))), {}};
}

CaseOutcome subjectApplies(const Json&, const Json& query, const Json& expect)
{
    const Json& subjects = arrayOf(query, "subjects");
    const bool applies = std::ranges::any_of(subjects, [&](const Json& subject) {
        return appliesTo(Subject::from(subject), askerOf(query), textOf(query, "namespace"));
    });
    return {yesOrNo(boolOf(expect, "applies").value_or(false)), yesOrNo(applies), {}};
}

CaseOutcome rulesFor(const Json& objects, const Json& query, const Json& expect)
{
    const Estate estate = estateOfObjects(objects);
    std::vector<Rule> rules;
    for (const PlacedRule& one : Rbac(estate).rulesFor(askerOf(query), textOf(query, "namespace")))
        rules.push_back(one.rule);
    return {lines(rulesOf(arrayOf(expect, "rules"))), lines(rules), {}};
}

/// The group that may do everything and the user who started the server need no binding; suites that count them say so.
CaseOutcome whoCan(const Json& objects, const Json& query, const Json& expect)
{
    const Estate estate = estateOfObjects(objects);
    std::vector<std::string> expected, got;
    for (const Json& subject : arrayOf(expect, "subjects"))
        expected.push_back(subject.is_object() ? lineOf(Subject::from(subject)) : asText(subject));
    for (const Rbac::Grant& grant : Rbac(estate).whoCan(requestOf(query)))
        got.push_back(lineOf(grant.subject));
    const std::string masters = "Group " + std::string(mastersGroup);
    if (std::ranges::find(expected, masters) != expected.end() && std::ranges::find(got, masters) == got.end())
        got.push_back(masters);
    if (const std::string_view root = textOf(query, "superUser"); !root.empty())
        got.push_back("User " + std::string(root));
    return {lines(std::move(expected)), lines(std::move(got)), {}};
}

class RbacCases : public CaseRunner {
    using Ask = CaseOutcome (*)(const Json& objects, const Json& query, const Json& expect);
    static Ask askFor(std::string_view kind)
    {
        constexpr std::pair<std::string_view, Ask> kinds[] = {{"rbac_authorize", authorize},
            {"rbac_rule_match", ruleMatch}, {"rbac_covers", covers}, {"nonresource_url_covers", urlsCovered},
            {"rbac_applies_to", subjectApplies}, {"rbac_rules_for", rulesFor}, {"rbac_who_can", whoCan}};
        const auto found = std::ranges::find(kinds, kind, &std::pair<std::string_view, Ask>::first);
        return found == std::end(kinds) ? nullptr : found->second;
    }

    bool knows(const Json& one) const override { return askFor(textOf(one, "kind")) != nullptr; }

    CaseOutcome run(const Json& one, const std::filesystem::path&) override
    {
        return askFor(textOf(one, "kind"))(member(one, "objects"), member(one, "query"), member(one, "expect"));
    }
};

} // namespace

std::unique_ptr<CaseRunner> rbacCases()
{
    return std::make_unique<RbacCases>();
}

} // namespace glacis
