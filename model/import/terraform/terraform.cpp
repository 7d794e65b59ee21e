// SPDX-License-Identifier: GPL-3.0-or-later
#include "import/terraform/terraform.h"

#include "core/text.h"
#include "import/terraform/facts.h"

#include <algorithm>

namespace glacis {

namespace {

using namespace terraform;

bool isOneOf(const Sniff& sniffed, std::initializer_list<std::string_view> endings)
{
    return std::ranges::any_of(endings, [&](std::string_view ending) { return sniffed.path.ends_with(ending); });
}

/// What `terraform init` writes beside the modules that it fetched.
bool isModuleList(const Sniff& sniffed)
{
    return sniffed.path.ends_with(".terraform/modules/modules.json") && sniffed.hasKey("Modules");
}

/// Values say nothing of what they are for, so their files are known by name alone, as Terraform knows them.
bool areValues(const Sniff& sniffed)
{
    return isOneOf(sniffed, {".tfvars", ".tfvars.json"}) && sniffed.form != Sniff::Form::Empty;
}

/// Whether a line at the left edge, or indented, begins as blocks of Terraform do.
bool recognises(const Sniff& sniffed)
{
    if (isModuleList(sniffed) || areValues(sniffed))
        return true;
    if (sniffed.path.ends_with(".tf"))
        return sniffed.form != Sniff::Form::Empty;
    if (sniffed.form == Sniff::Form::JsonText)
        return sniffed.path.ends_with(".tf.json");
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

/// One file of values, in the folder it lies in.
struct ValueFile {
    std::string name;
    std::size_t row = 0;
    hcl::Parsed parsed;
};

class TerraformGatherer : public Gatherer {
public:
    void take(ReadFile& file, std::size_t at) override
    {
        const std::string folder(folderOf(file.path));
        if (isModuleList(file.sniffed))
            return moduleList(file, folder.substr(0, folder.size() - std::min(folder.size(), moduleFolder.size())));
        if (areValues(file.sniffed)) {
            file.row.format = "Terraform variable values";
            hcl::Parsed parsed = hcl::parseValues(file.text, file.sniffed.path.ends_with(".json"));
            tell(parsed.problems, file.row);
            m_values[folder].push_back({std::string(fileOf(file.path)), at, std::move(parsed)});
            return;
        }
        const bool isJson = file.sniffed.form == Sniff::Form::JsonText && file.path.ends_with(".json");
        hcl::Parsed parsed = isJson ? hcl::parseJsonSyntax(file.text) : hcl::parse(file.text);
        tell(parsed.problems, file.row);
        m_folders[folder].push_back({file.file, file.scope, at, file.path, std::move(parsed.body)});
    }

    void finish(Inventory& inventory, Ledger& ledger, Progress& progress) override
    {
        progress.begin("Working out the configuration", m_folders.size());
        FolderFiles files(again());
        hcl::Budget budget;
        FileFunctions functions(files, budget);
        Module::Shared shared{m_folders, m_vendored, functions, budget, {}, {}, 0};
        std::vector<Resource> resources;
        for (const auto& module : roots(shared, ledger)) {
            if (progress.cancelled())
                return;
            progress.advance();
            try {
                module->collect(resources);
            } catch (const hcl::EvaluationError& error) {
                shared.problems.push_back({nullptr, {}, error.what()});
            }
        }
        writeResources(inventory, resources,
            [&](const Resource& resource) -> LedgerRow& { return ledger.rows[resource.source->row]; });
        if (m_folders.empty())
            return settle(ledger);
        for (const ModuleProblem& problem : shared.problems) {
            LedgerRow& row = ledger.rows[problem.source ? problem.source->row : firstRow()];
            row.problem(Severity::Warning, problem.sentence, static_cast<int>(problem.place.line),
                static_cast<int>(problem.place.column));
        }
        for (const LeftOpen& open : shared.open)
            ledger.rows[open.source->row].leave(open.what, open.why);
        settle(ledger);
    }

private:
    static constexpr std::string_view moduleFolder = "/.terraform/modules";

    static void tell(const std::vector<hcl::Problem>& problems, LedgerRow& row)
    {
        for (const hcl::Problem& problem : problems)
            row.problem(Severity::Error, problem.sentence, static_cast<int>(problem.place.line),
                static_cast<int>(problem.place.column));
    }

    void moduleList(ReadFile& file, const std::string& root)
    {
        file.row.format = "Terraform module list";
        const auto json = parseJson(file.text);
        if (!json)
            return file.row.problem(Severity::Error, "The list of modules is not JSON: run terraform init again.");
        for (const Json& module : arrayOf(*json, "Modules")) {
            const std::string folder = pathWithin(root, textOf(module, "Dir"));
            if (!textOf(module, "Key").empty() && !folder.empty())
                m_vendored[root].emplace(textOf(module, "Key"), folder == "." ? std::string() : folder);
        }
        file.row.leave("the file", "it says where the modules lie");
    }

    /// A folder that no other calls is where an apply would begin. Where all call one another, each is tried.
    std::vector<std::unique_ptr<Module>> roots(Module::Shared& shared, Ledger& ledger)
    {
        std::set<std::string, std::less<>> called;
        for (const auto& [folder, sources] : m_folders) {
            Module(shared, {folder, folder, {}, {}, {}, {}, 0}).calledFolders(called);
        }
        const auto isRoot = [&](const std::string& folder) {
            return !called.contains(folder) && folder.find(".terraform/modules") == std::string::npos;
        };
        const bool any = std::ranges::any_of(m_folders, [&](const auto& each) { return isRoot(each.first); });
        std::vector<std::unique_ptr<Module>> found;
        for (const auto& [folder, sources] : m_folders) {
            if (!any || isRoot(folder))
                found.push_back(std::make_unique<Module>(
                    shared, Module::Call{folder, folder, {}, {}, valuesOf(folder, shared.budget, ledger), {}, 0}));
        }
        return found;
    }

    /// "Variable Definitions (.tfvars) Files": those that are read by themselves, in their order; later ones win. Of
    /// the others one alone is taken as if it were named on the command line.
    Values valuesOf(const std::string& folder, hcl::Budget& budget, Ledger& ledger)
    {
        Values values;
        const auto beside = m_values.find(folder);
        if (beside == m_values.end())
            return values;
        std::vector<const ValueFile*> order, others;
        const auto add = [&](auto wanted) {
            for (const ValueFile& file : beside->second) {
                if (wanted(file.name))
                    order.push_back(&file);
            }
        };
        const auto isAuto = [](std::string_view name) {
            return name.ends_with(".auto.tfvars") || name.ends_with(".auto.tfvars.json");
        };
        add([](std::string_view name) { return name == "terraform.tfvars"; });
        add([](std::string_view name) { return name == "terraform.tfvars.json"; });
        add(isAuto);
        for (const ValueFile& file : beside->second) {
            if (std::ranges::find(order, &file) == order.end())
                others.push_back(&file);
        }
        if (others.size() == 1)
            order.push_back(others.front());
        for (const ValueFile* file : others) {
            ledger.rows[file->row].leave("the file",
                others.size() == 1 ? "no other is named on a command line, so its values hold"
                                   : "Terraform reads it only when it is named on the command line");
        }
        for (const ValueFile* file : order) {
            for (const hcl::Attribute& set : file->parsed.body.attributes) {
                try {
                    values[set.name] = hcl::evaluate(
                        set.value, [](auto, auto, auto&) -> std::optional<Json> { return {}; }, budget);
                } catch (const hcl::EvaluationError& error) {
                    ledger.rows[file->row].problem(Severity::Warning, error.what(), static_cast<int>(set.place.line));
                }
            }
        }
        return values;
    }

    [[nodiscard]] std::size_t firstRow() const { return m_folders.begin()->second.front().row; }

    void settle(Ledger& ledger) const
    {
        const auto silent = [&](std::size_t at, std::string_view why) {
            LedgerRow& row = ledger.rows[at];
            if (row.facts == 0 && row.leftOut.empty() && row.problems.empty())
                row.leave("the file", why);
        };
        for (const auto& [folder, sources] : m_folders) {
            for (const Source& source : sources)
                silent(source.row,
                    source.path.find(".terraform/modules") == std::string::npos
                        ? "it holds no resource of its own"
                        : "it belongs to a module that gives no resource here");
        }
        for (const auto& [folder, files] : m_values) {
            for (const ValueFile& file : files)
                silent(file.row, "it only gives values to variables");
        }
    }

    Folders m_folders;
    Vendored m_vendored;
    std::map<std::string, std::vector<ValueFile>, std::less<>> m_values;
};

} // namespace

Reader terraformReader()
{
    return {"Terraform configuration", recognises, nullptr,
        []() -> std::unique_ptr<Gatherer> { return std::make_unique<TerraformGatherer>(); }};
}

} // namespace glacis
