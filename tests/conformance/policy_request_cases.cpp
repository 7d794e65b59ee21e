// SPDX-License-Identifier: GPL-3.0-or-later
#include "case_runner.h"

#include "identity/policy_case.h"

namespace glacis {

namespace {

/// A request that carries all policies that apply to it.
class PolicyRequestCases : public CaseRunner {
    bool knows(const Json& one) const override { return !textOf(member(one, "request"), "action").empty(); }

    Outcome run(const Json& one, const std::filesystem::path&) override
    {
        Outcome outcome{std::string(textOf(one, "expected")), "unreadable", "the case has no request"};
        PolicyCase asked;
        if (!readPolicyCase(one, asked))
            return outcome;
        const Evaluation answer = evaluate(asked.request, asked.stack);
        outcome.got = caseName(answer.verdict);
        outcome.because = answer.stoppedBy;
        for (const Decider& decider : answer.because)
            outcome.because += (outcome.because.empty() ? "" : "; ") + describe(asked, decider);
        return outcome;
    }
};

} // namespace

std::unique_ptr<CaseRunner> policyRequestCases()
{
    return std::make_unique<PolicyRequestCases>();
}

} // namespace glacis
