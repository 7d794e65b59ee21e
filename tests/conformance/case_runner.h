// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/json.h"
#include "estate/estate.h"

#include <filesystem>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace glacis {

/// What a case wants and what the engine says, in the words of the case; they are compared as texts.
struct CaseOutcome {
    std::string expected;
    std::string got;
    std::string because;
};

/// One engine and the cases that it answers. To add one: a file with a class like this, a line for the function that
/// makes it below and in the table of case_runner.cpp, and the file's name in CMakeLists.txt.
class CaseRunner {
public:
    virtual ~CaseRunner() = default;
    /// Whether a case is one of its own, told by `kind` or, where a suite uses that word for what a case shows, by its
    /// members.
    [[nodiscard]] virtual bool knows(const Json& one) const = 0;
    /// Files that a case names are relative to `beside`.
    [[nodiscard]] virtual CaseOutcome run(const Json& one, const std::filesystem::path& beside) = 0;
};

using MakeCaseRunner = std::unique_ptr<CaseRunner> (*)();
[[nodiscard]] std::span<const MakeCaseRunner> caseRunners();

std::unique_ptr<CaseRunner> exportAccessCases();
std::unique_ptr<CaseRunner> networkPolicyCases();
std::unique_ptr<CaseRunner> policyRequestCases();
std::unique_ptr<CaseRunner> rbacCases();
std::unique_ptr<CaseRunner> reachabilityCases();
std::unique_ptr<CaseRunner> terraformCheckCases();

/// Estates that cases are asked of, each read once.
class Inputs {
public:
    /// Of a folder or of single files.
    const Estate& of(const std::vector<std::filesystem::path>& paths);

private:
    std::map<std::vector<std::filesystem::path>, Estate> m_opened;
};

} // namespace glacis
