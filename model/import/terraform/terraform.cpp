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
        std::vector<std::pair<std::size_t, std::string>> regions; // up to which resource, and its region
        for (const auto& module : modules) {
            if (progress.cancelled())
                return;
            progress.advance();
            try {
                module->collect(resources);
                regions.emplace_back(resources.size(), module->region());
            } catch (const hcl::EvaluationError& error) {
                regions.emplace_back(resources.size(), std::string());
                shared.problems.push_back({nullptr, {}, error.what()});
            }
        }
        write(inventory, ledger, resources, regions);
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

    static void write(Inventory& inventory, Ledger& ledger, const std::vector<Resource>& resources,
        const std::vector<std::pair<std::size_t, std::string>>& regions)
    {
        const Known known(resources);
        auto region = regions.begin();
        for (std::size_t i = 0; i < resources.size(); ++i) {
            while (region != regions.end() && i >= region->first)
                ++region;
            const Resource& resource = resources[i];
            LedgerRow& row = ledger.rows[resource.source->row];
            if (resource.isData)
                continue; // spoken of where it is used
            const TypeRow* type = typeRow(resource.type);
            if (!type) {
                row.leave(resource.type, "Glacis does not read this type of resource");
                continue;
            }
            const std::size_t before = inventory.factCount();
            ResourceFacts(inventory, row, known, resource, *type,
                region == regions.end() ? std::string_view{} : std::string_view(region->second))
                .write();
            row.facts += inventory.factCount() - before;
        }
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
