// SPDX-License-Identifier: GPL-3.0-or-later
#include "case_runner.h"

#include "core/text.h"

#include <algorithm>
#include <fstream>
#include <iostream>
#include <set>

/// Runs self-contained cases through the engines and prints each answer that differs from the expected one.
namespace glacis {

namespace {

class Conformance {
public:
    Conformance()
    {
        for (const MakeCaseRunner make : caseRunners())
            m_runners.push_back(make());
    }

    void runFile(const std::filesystem::path& file)
    {
        std::ifstream in(file);
        if (!in) {
            std::cout << file.string() << ": the file could not be opened\n";
            ++m_failed;
        }
        std::string line;
        while (std::getline(in, line)) {
            if (!trimmed(line).empty())
                runCase(parseJson(line).value_or(Json()), file.parent_path());
        }
    }

    int finish(bool listUnsupported) const
    {
        if (listUnsupported) {
            for (const std::string& kind : m_unsupported)
                std::cout << "unsupported: " << kind << '\n';
        }
        std::cout << m_passed << " passed, " << m_failed << " failed\n";
        return m_failed == 0 ? 0 : 1;
    }

private:
    void runCase(const Json& one, const std::filesystem::path& beside)
    {
        const auto runner =
            std::ranges::find_if(m_runners, [&](const auto& candidate) { return candidate->knows(one); });
        CaseOutcome outcome;
        if (runner == m_runners.end()) {
            const std::string kind(one.is_object() ? textOf(one, "kind") : "unreadable");
            m_unsupported.insert(kind.empty() ? "unknown" : kind);
            outcome = {asText(member(one, "expected")), "unsupported", "no engine answers cases of this kind"};
        } else {
            outcome = (*runner)->run(one, beside);
        }
        if (runner != m_runners.end() && outcome.got == outcome.expected) {
            ++m_passed;
            return;
        }
        ++m_failed;
        std::cout << (one.is_object() ? textOf(one, "id") : "?") << ": expected " << outcome.expected << " got "
                  << outcome.got << " because " << outcome.because << '\n';
    }

    std::vector<std::unique_ptr<CaseRunner>> m_runners;
    std::size_t m_passed = 0, m_failed = 0;
    std::set<std::string> m_unsupported;
};

int conformance(const std::vector<std::string>& arguments)
{
    Conformance suite;
    bool listUnsupported = false;
    for (const std::string& argument : arguments) {
        if (argument == "--list-unsupported")
            listUnsupported = true;
        else
            suite.runFile(argument);
    }
    return suite.finish(listUnsupported);
}

} // namespace

} // namespace glacis

int main(int count, char** words)
{
    if (count < 2) {
        std::cerr << "glacis-conformance FILE.jsonl… [--list-unsupported]\n";
        return 2;
    }
    return glacis::conformance({words + 1, words + count});
}
