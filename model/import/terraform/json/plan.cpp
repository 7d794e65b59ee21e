// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text.h"
#include "import/terraform/facts.h"
#include "import/terraform/json/known_values.h"
#include "import/terraform/json/plan_configuration.h"
#include "import/terraform/json/readers.h"

#include <deque>

namespace glacis {

namespace {

using namespace terraform;

/// A resource of the plan before its unknown values are filled in.
struct Planned {
    Resource resource;
    Json unknown;
};

class Plan {
public:
    explicit Plan(ReadFile& file) : m_file(file)
    {
        m_source.file = file.file;
        m_source.scope = file.scope;
    }

    void read()
    {
        const auto error = streamJson(
            m_file.text, {}, [&](JsonPiece piece) { take(piece); }, &m_file.progress);
        if (error && error->reason != JsonError::Reason::Cancelled)
            m_file.row.problem(Severity::Error, error->sentence, error->line, error->column);
        if (m_refused)
            return;
        for (auto& [pointer, module] : m_modules) {
            // The states of before and after an apply speak of the same things as the changes do.
            if (m_planned.empty())
                modules(module, pointer);
        }
        complete();
    }

private:
    void take(JsonPiece& piece)
    {
        if (piece.key == "format_version") {
            const std::string version = asText(piece.value);
            m_refused = before(version, '.') != "0" && before(version, '.') != "1";
            if (m_refused)
                m_file.row.problem(Severity::Error,
                    "This plan is of format " + version.substr(0, 20)
                        + ", and Glacis reads formats 0.1 to 1.x: show it with a Terraform of version 1.");
        } else if (m_refused) {
            return;
        } else if (piece.key == "resource_changes" && piece.position != JsonPiece::whole) {
            change(piece);
        } else if (piece.key == "configuration") {
            m_configuration = std::move(piece.value);
        } else if (piece.key == "values" || (piece.key == "planned_values" && m_planned.empty())) {
            m_modules.emplace_back('/' + std::string(piece.key) + "/root_module", member(piece.value, "root_module"));
        }
    }

    void change(JsonPiece& piece)
    {
        const Json& change = member(piece.value, "change");
        const std::string action = words(arrayOf(change, "actions"));
        Json after = member(change, "after");
        if (!after.is_object() || action == "delete" || action == "forget") {
            if (textOf(piece.value, "mode") != "data")
                m_file.row.leave("a resource", "the apply takes it away");
            return;
        }
        sensitive(dropSensitive(after, member(change, "after_sensitive")));
        keep(piece.value, std::move(after), piece.pointer() + "/change/after", member(change, "after_unknown"), action);
    }

    void sensitive(std::size_t count)
    {
        if (count > 0)
            m_file.row.leave("a value", "the plan marks it as sensitive", count);
    }

    static std::string words(const Json& actions)
    {
        std::string all;
        for (const Json& each : actions)
            all += (all.empty() ? "" : "+") + asText(each);
        return all;
    }

    void keep(const Json& said, Json values, std::string pointer, Json unknown, const std::string& action)
    {
        Resource made;
        made.address = textOf(said, "address");
        made.type = textOf(said, "type");
        made.isData = textOf(said, "mode") == "data";
        if (made.address.empty() || made.type.empty())
            return m_file.row.leave("a resource", "it has no address or no type");
        onlyKnown(values);
        made.values = std::move(values);
        made.source = &m_source;
        made.pointer = std::move(pointer);
        if (action != "no-op" && action != "read")
            made.planned = action;
        m_planned.push_back({std::move(made), std::move(unknown)});
    }

    /// planned_values and values: modules within modules.
    void modules(const Json& module, const std::string& pointer, int depth = 0)
    {
        if (depth > 60)
            return;
        const Json& resources = arrayOf(module, "resources");
        for (std::size_t i = 0; i < resources.size(); ++i) {
            Json values = member(resources[i], "values");
            if (!values.is_object())
                continue;
            sensitive(dropSensitive(values, member(resources[i], "sensitive_values")));
            keep(resources[i], std::move(values), pointer + "/resources/" + std::to_string(i) + "/values", {}, {});
        }
        const Json& children = arrayOf(module, "child_modules");
        for (std::size_t i = 0; i < children.size(); ++i)
            modules(children[i], pointer + "/child_modules/" + std::to_string(i), depth + 1);
    }

    void complete()
    {
        std::vector<std::string> addresses;
        addresses.reserve(m_planned.size());
        for (const Planned& each : m_planned)
            addresses.push_back(each.resource.address);
        const PlanConfiguration configuration(std::move(m_configuration), addresses);
        std::vector<Resource> resources;
        resources.reserve(m_planned.size());
        for (Planned& each : m_planned) {
            if (m_file.progress.cancelled())
                return;
            if (each.unknown.is_object())
                configuration.complete(each.resource.values, each.unknown, each.resource.address);
            each.resource.provider = configuration.provider(each.resource.type);
            resources.push_back(std::move(each.resource));
        }
        readDocuments(resources);
        writeResources(m_file.inventory, resources, [&](const Resource&) -> LedgerRow& { return m_file.row; });
    }

    ReadFile& m_file;
    Source m_source;
    bool m_refused = false;
    std::deque<Planned> m_planned;
    std::vector<std::pair<std::string, Json>> m_modules;
    Json m_configuration;
};

bool recognisesPlan(const Sniff& sniffed)
{
    return sniffed.form == Sniff::Form::JsonText && sniffed.hasKey("format_version")
        && (sniffed.hasKey("terraform_version") || sniffed.hasKey("planned_values")
            || sniffed.hasKey("resource_changes") || sniffed.hasKey("values"));
}

} // namespace

Reader terraformPlanReader()
{
    return {"Terraform plan", recognisesPlan, [](ReadFile& file) { Plan(file).read(); }, nullptr};
}

} // namespace glacis
