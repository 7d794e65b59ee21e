// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text.h"
#include "estate/link.h"
#include "identity/policy_case.h"
#include "import/all/readers.h"
#include "import/import.h"
#include "network/reach.h"

#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <memory>
#include <set>

/// Runs self-contained cases through the engines and prints each answer that differs from the expected one.
namespace glacis {

namespace {

struct Outcome {
    std::string got;
    std::string because;
};

/// Estates of the folders that reachability cases are asked of, each read once.
class Inputs {
public:
    struct Opened {
        Estate estate;
        std::unique_ptr<Reachability> reachability;
    };
    const Reachability& of(const std::filesystem::path& folder)
    {
        auto& opened = m_opened[folder.string()];
        if (!opened) {
            Progress progress;
            opened = std::make_unique<Opened>();
            const std::filesystem::path paths[] = {folder};
            opened->estate = link(import(paths, readers(), progress).inventory, progress);
            opened->reachability = std::make_unique<Reachability>(opened->estate);
        }
        return *opened->reachability;
    }

private:
    std::map<std::string, std::unique_ptr<Opened>> m_opened;
};

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

Outcome policyRequest(const Json& json)
{
    PolicyCase asked;
    if (!readPolicyCase(json, asked))
        return {"unreadable", "the case has no request"};
    const Evaluation answer = evaluate(asked.request, asked.stack);
    Outcome outcome{std::string(caseName(answer.verdict)), answer.stoppedBy};
    for (const Decider& decider : answer.because)
        outcome.because += (outcome.because.empty() ? "" : "; ") + describe(asked, decider);
    return outcome;
}

/// Cases know open and closed only: what is partly open is open, what is one change from open is not.
Outcome reachability(const Json& json, const std::filesystem::path& beside, Inputs& inputs)
{
    const ReachAnswer answer = inputs.of(beside / std::string(textOf(json, "input_dir")))
                                   .ask(textOf(json, "from"), textOf(json, "to"),
                                       {protocolNumber(textOf(json, "protocol")),
                                           static_cast<std::int32_t>(numberOf(json, "port").value_or(-1))});
    Outcome outcome{std::string(name(answer.verdict)), answer.missing};
    if (answer.verdict == Reach::Partial)
        outcome.got = "reachable";
    if (answer.verdict == Reach::Latent)
        outcome.got = "blocked";
    if (const Hop* hop = answer.decidedBy())
        outcome.because = hop->control + ' ' + hop->rule + ": " + hop->why;
    return outcome;
}

std::string kindOf(const Json& json)
{
    // Some suites use the word for what a case shows: then its members say what it is.
    if (!textOf(member(json, "request"), "action").empty())
        return "policy_request";
    if (json.contains("input_dir") && json.contains("from") && json.contains("to"))
        return "reachability";
    const std::string_view kind = textOf(json, "kind");
    return kind.empty() ? "unknown" : std::string(kind);
}

struct Tally {
    std::size_t passed = 0, failed = 0;
    std::set<std::string> unsupported;
};

void runFile(const std::filesystem::path& file, Inputs& inputs, Tally& tally)
{
    std::ifstream in(file);
    std::string line;
    if (!in) {
        std::cout << file.string() << ": the file could not be opened\n";
        ++tally.failed;
    }
    while (std::getline(in, line)) {
        if (trimmed(line).empty())
            continue;
        const auto json = parseJson(line);
        const std::string kind = json ? kindOf(*json) : "unreadable";
        Outcome outcome;
        if (kind == "policy_request") {
            outcome = policyRequest(*json);
        } else if (kind == "reachability") {
            outcome = reachability(*json, file.parent_path(), inputs);
        } else {
            tally.unsupported.insert(kind);
            outcome = {"unsupported", "no engine answers cases of kind " + kind};
        }
        const std::string_view expected = json ? textOf(*json, "expected") : std::string_view{};
        if (outcome.got == expected) {
            ++tally.passed;
            continue;
        }
        ++tally.failed;
        std::cout << (json ? textOf(*json, "id") : "?") << ": expected " << expected << " got " << outcome.got
                  << " because " << outcome.because << '\n';
    }
}

} // namespace

int conformance(const std::vector<std::string>& arguments)
{
    Tally tally;
    Inputs inputs;
    bool listUnsupported = false;
    for (const std::string& argument : arguments) {
        if (argument == "--list-unsupported")
            listUnsupported = true;
        else
            runFile(argument, inputs, tally);
    }
    if (listUnsupported) {
        for (const std::string& kind : tally.unsupported)
            std::cout << "unsupported: " << kind << '\n';
    }
    std::cout << tally.passed << " passed, " << tally.failed << " failed\n";
    return tally.failed == 0 ? 0 : 1;
}

} // namespace glacis

int main(int count, char** words)
{
    if (count < 2) {
        std::cerr << "glacis-conformance FILE.jsonl… [--list-unsupported]\n";
        return 2;
    }
    return glacis::conformance({words + 1, words + count});
}
