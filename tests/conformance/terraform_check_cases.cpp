// SPDX-License-Identifier: GPL-3.0-or-later
#include "case_runner.h"

#include "estate/link.h"
#include "import/all/readers.h"
#include "import/import.h"
#include "posture/check_set.h"

#include <algorithm>

namespace glacis {

namespace {

/// A folder as it was imported, with what could not be read of it.
struct Opened {
    Estate estate;
    std::string unreadable; ///< the first file that does not parse, and why
};

/// What a check of the program says of one resource of a configuration: {"kind": "terraform_check", "check",
/// "input_dir", "resource", "expected": "pass" or "fail"}.
class TerraformCheckCases : public CaseRunner {
    bool knows(const Json& one) const override { return textOf(one, "kind") == "terraform_check"; }

    CaseOutcome run(const Json& one, const std::filesystem::path& beside) override
    {
        const std::string expected(textOf(one, "expected"));
        const Opened& opened = of(beside / textOf(one, "input_dir"));
        if (!opened.unreadable.empty())
            return {expected, "unreadable", opened.unreadable};
        const auto node = opened.estate.find(textOf(one, "resource"));
        if (!node)
            return {expected, "not found", "the configuration gives no such resource"};
        const Check* check = CheckSet::builtIn().named(textOf(one, "check"));
        if (!check)
            return {expected, "no such check", "the resource was read; no check has this name"};
        const CheckContext context{opened.estate, Catalog::builtIn(), 0, std::nullopt};
        const CheckOutcome outcome = evaluate(check->test, *node, context);
        std::string because;
        for (const EvidenceId at : outcome.because)
            because += (because.empty() ? "line " : ", ") + std::to_string(opened.estate.evidence(at).line);
        return {expected, std::string(name(outcome.verdict)), because};
    }

    const Opened& of(const std::filesystem::path& folder)
    {
        if (const auto known = m_opened.find(folder); known != m_opened.end())
            return known->second;
        Progress progress;
        Imported imported = import({&folder, 1}, readers(), progress);
        std::string unreadable;
        for (const LedgerRow& row : imported.ledger.rows) {
            for (const Diagnostic& problem : row.problems) {
                if (unreadable.empty() && problem.severity == Severity::Error)
                    unreadable = row.file + ": " + problem.sentence;
            }
        }
        return m_opened.emplace(folder, Opened{link(std::move(imported.inventory), progress), std::move(unreadable)})
            .first->second;
    }

    std::map<std::filesystem::path, Opened> m_opened;
};

} // namespace

std::unique_ptr<CaseRunner> terraformCheckCases()
{
    return std::make_unique<TerraformCheckCases>();
}

} // namespace glacis
