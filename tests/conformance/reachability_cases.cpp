// SPDX-License-Identifier: GPL-3.0-or-later
#include "case_runner.h"

#include "core/text.h"
#include "network/reach.h"

namespace glacis {

namespace {

std::int16_t protocolNumber(std::string_view text)
{
    constexpr std::pair<std::string_view, std::int16_t> names[] = {
        {"tcp", 6}, {"udp", 17}, {"icmp", 1}, {"icmpv6", 58}};
    for (const auto& [name, number] : names) {
        if (name == text)
            return number;
    }
    return static_cast<std::int16_t>(integer(text).value_or(6));
}

/// Whether a connection can be opened in the network that a folder of exports describes.
class ReachabilityCases : public CaseRunner {
    bool knows(const Json& one) const override
    {
        return one.contains("input_dir") && one.contains("from") && one.contains("to");
    }

    /// Cases know open and closed only: what is partly open is open, what is one change from open is not.
    CaseOutcome run(const Json& one, const std::filesystem::path& beside) override
    {
        const Estate& estate = m_inputs.of({beside / std::string(textOf(one, "input_dir"))});
        const Reachability& reachability = m_reachability.try_emplace(&estate, estate).first->second;
        const ReachAnswer answer = reachability.ask(textOf(one, "from"), textOf(one, "to"),
            {protocolNumber(textOf(one, "protocol")), static_cast<std::int32_t>(numberOf(one, "port").value_or(-1))});
        CaseOutcome outcome{std::string(textOf(one, "expected")), std::string(name(answer.verdict)), answer.missing};
        if (answer.verdict == Reach::Partial)
            outcome.got = "reachable";
        if (answer.verdict == Reach::Latent)
            outcome.got = "blocked";
        if (const Hop* hop = answer.decidedBy())
            outcome.because = hop->control + ' ' + hop->rule + ": " + hop->why;
        return outcome;
    }

    Inputs m_inputs;
    std::map<const Estate*, Reachability> m_reachability;
};

} // namespace

std::unique_ptr<CaseRunner> reachabilityCases()
{
    return std::make_unique<ReachabilityCases>();
}

} // namespace glacis
