// SPDX-License-Identifier: GPL-3.0-or-later
#include "import/terraform/terraform.h"

#include "core/text.h"
#include "import/terraform/facts.h"

#include <algorithm>

namespace glacis {

namespace {

using namespace terraform;

/// Whether a line at the left edge, or indented, begins as blocks of Terraform do.
bool recognises(const Sniff& sniffed)
{
    if (sniffed.path.ends_with(".tf"))
        return sniffed.form != Sniff::Form::Empty;
    if (sniffed.form != Sniff::Form::Other)
        return false;
    for (const std::string_view line : split(sniffed.head.substr(0, 4096), '\n')) {
        const std::string_view text = trimmed(line);
        for (const std::string_view word : {"resource \"", "data \"", "module \"", "variable \"", "provider \""}) {
            if (text.starts_with(word) && text.ends_with('{'))
                return true;
        }
    }
    return false;
}

class TerraformGatherer : public Gatherer {
public:
    void take(ReadFile& file, std::size_t at) override
    {
        hcl::Parsed parsed = hcl::parse(file.text);
        for (const hcl::Problem& problem : parsed.problems)
            file.row.problem(Severity::Error, problem.sentence, static_cast<int>(problem.place.line),
                static_cast<int>(problem.place.column));
        m_folders[std::string(folderOf(file.path))].push_back(
            {file.file, file.scope, at, file.path, std::move(parsed.body)});
    }

    void finish(Inventory& inventory, Ledger& ledger, Progress& progress) override
    {
        progress.begin("Working out the configuration", m_folders.size());
        Module::Shared shared{m_folders, hcl::Budget(), {}};
        std::vector<std::unique_ptr<Module>> modules = roots(shared);
        std::vector<Resource> resources;
        for (const auto& module : modules) {
            if (progress.cancelled())
                return;
            progress.advance();
            const std::size_t before = resources.size();
            try {
                module->collect(resources);
                const std::string region = module->region();
                for (std::size_t i = before; i < resources.size(); ++i)
                    resources[i].region = region;
            } catch (const hcl::EvaluationError& error) {
                shared.problems.push_back({nullptr, {}, error.what()});
            }
        }
        writeResources(inventory, resources,
            [&](const Resource& resource) -> LedgerRow& { return ledger.rows[resource.source->row]; });
        for (const ModuleProblem& problem : shared.problems) {
            LedgerRow& row = ledger.rows[problem.source ? problem.source->row : firstRow()];
            row.problem(Severity::Warning, problem.sentence, static_cast<int>(problem.place.line),
                static_cast<int>(problem.place.column));
        }
        settle(ledger);
    }

private:
    /// A folder that no other calls is where an apply would begin. Where all call one another, each is tried.
    std::vector<std::unique_ptr<Module>> roots(Module::Shared& shared)
    {
        std::vector<std::unique_ptr<Module>> all, found;
        std::set<std::string, std::less<>> called;
        for (const auto& [folder, sources] : m_folders) {
            all.push_back(
                std::make_unique<Module>(shared, folder, std::string(), std::map<std::string, Json, std::less<>>()));
            all.back()->calledFolders(called);
        }
        auto module = all.begin();
        for (const auto& [folder, sources] : m_folders) {
            if (!called.contains(folder))
                found.push_back(std::move(*module));
            ++module;
        }
        return found.empty() ? std::move(all) : std::move(found);
    }

    [[nodiscard]] std::size_t firstRow() const { return m_folders.begin()->second.front().row; }

    void settle(Ledger& ledger) const
    {
        for (const auto& [folder, sources] : m_folders) {
            for (const Source& source : sources) {
                LedgerRow& row = ledger.rows[source.row];
                if (row.facts == 0 && row.leftOut.empty() && row.problems.empty())
                    row.leave("the file", "it holds no resource of its own");
            }
        }
    }

    Folders m_folders;
};

} // namespace

Reader terraformReader()
{
    return {"Terraform configuration", recognises, nullptr,
        []() -> std::unique_ptr<Gatherer> { return std::make_unique<TerraformGatherer>(); }};
}

} // namespace glacis
