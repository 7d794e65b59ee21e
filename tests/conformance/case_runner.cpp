// SPDX-License-Identifier: GPL-3.0-or-later
#include "case_runner.h"

#include "estate/link.h"
#include "import/all/readers.h"
#include "import/import.h"

namespace glacis {

std::span<const MakeCaseRunner> caseRunners()
{
    static constexpr MakeCaseRunner runners[] = {
        exportAccessCases,
        networkPolicyCases,
        policyRequestCases,
        rbacCases,
        reachabilityCases,
        terraformCheckCases,
    };
    return runners;
}

const Estate& Inputs::of(const std::vector<std::filesystem::path>& paths)
{
    const auto known = m_opened.find(paths);
    if (known != m_opened.end())
        return known->second;
    Progress progress;
    return m_opened.emplace(paths, link(import(paths, readers(), progress).inventory, progress)).first->second;
}

} // namespace glacis
