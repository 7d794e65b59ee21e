// SPDX-License-Identifier: GPL-3.0-or-later
#include "case_runner.h"
#include "open_conditions.h"

#include "identity/policy_case.h"

namespace glacis {

namespace {

/// A request that carries all policies that apply to it.
class PolicyRequestCases : public CaseRunner {
    bool knows(const Json& one) const override { return !textOf(member(one, "request"), "action").empty(); }

    CaseOutcome run(const Json& one, const std::filesystem::path&) override
    {
        CaseOutcome outcome{std::string(textOf(one, "expected")), "unreadable", "the case has no request"};
        PolicyCase asked;
        if (!readPolicyCase(one, asked))
            return outcome;
        const Evaluation answer = evaluate(asked.request, asked.stack);
        outcome.got = caseName(answer.verdict);
        outcome.because = answer.stoppedBy;
        for (const Decider& decider : answer.because)
            outcome.because += (outcome.because.empty() ? "" : "; ") + describe(asked, decider);
        std::string difference;
        if (textOf(one, "mode") == "Discovery" && outcome.got == outcome.expected
            && !isEquivalent(answer.open, member(one, "expected_conditions"), difference)) {
            outcome.got += " on other conditions";
            outcome.because = difference;
        }
        return outcome;
    }
};

} // namespace

std::unique_ptr<CaseRunner> policyRequestCases()
{
    return std::make_unique<PolicyRequestCases>();
}

} // namespace glacis
