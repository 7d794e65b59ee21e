// SPDX-License-Identifier: GPL-3.0-or-later
#include "import/azure/template/template.h"

#include "import/azure/template/scope.h"

#include <algorithm>

namespace glacis::azure {

namespace {

constexpr int mostDeployments = 8; ///< nested in each other

/// "<template>.parameters.json" beside "<template>.json".
std::string parameterPathOf(std::string_view path)
{
    return std::string(path.substr(0, path.size() - (path.ends_with(".json") ? 5 : 0))) + ".parameters.json";
}

/// One template, laid out at a place.
class Deployment {
public:
    using Linked = std::function<const Json*(std::string_view relative)>;

    Deployment(Context& context, const Json& json, const Json& given, const Place& place, Budget& budget,
        std::string pointer, int depth, Linked linked)
        : m_context(context),
          m_scope(json, given, place, budget),
          m_given(given),
          m_pointer(std::move(pointer)),
          m_depth(depth),
          m_linked(std::move(linked))
    {
        m_scope.outputsOf = [this](std::string_view name) { return outputsOf(name); };
        m_scope.idOf = [this](std::string_view name) { return idOf(name); };
    }

    void resources()
    {
        const Json& list = member(m_scope.json, "resources");
        if (list.is_object()) {
            for (const auto& [name, resource] : list.items())
                all(resource, pointerTo(m_pointer + "/resources", name), {}, {});
        } else {
            for (std::size_t i = 0; i < list.size() && list.is_array(); ++i)
                all(list[i], pointerTo(m_pointer + "/resources", i), {}, {});
        }
    }

    [[nodiscard]] Json outputs()
    {
        Json made = Json::object();
        for (const auto& [name, output] : member(m_scope.json, "outputs").items())
            made[name] = {{"value", m_scope.evaluate(member(output, "value"))}};
        return made;
    }

    [[nodiscard]] const std::vector<std::string>& faults() const { return m_scope.faults; }

private:
    /// A resource as often as its loop says, with the resources that it holds.
    void all(
        const Json& resource, const std::string& pointer, const std::string& outerType, const std::string& outerName)
    {
        if (!resource.is_object())
            return m_context.row.leave("a resource", "it is no object");
        const Json& copy = member(resource, "copy");
        if (!copy.is_object())
            return one(resource, pointer, outerType, outerName);
        const Json count = m_scope.evaluate(member(copy, "count"));
        const long long turns = count.is_number_integer() ? std::clamp(count.get<long long>(), 0LL, 800LL) : 1;
        if (!count.is_number_integer())
            m_context.row.leave("further copies of a resource", "how many there are is known only when it is deployed");
        for (long long i = 0; i < turns && !m_scope.budget.spent; ++i) {
            m_scope.loops.emplace_back(lowered(textOf(copy, "name")), i);
            one(resource, pointer, outerType, outerName);
            m_scope.loops.pop_back();
        }
    }

    void one(
        const Json& resource, const std::string& pointer, const std::string& outerType, const std::string& outerName)
    {
        if (!m_scope.budget.take(m_scope.budget.resources, 1))
            return;
        const Json condition = resource.contains("condition") ? m_scope.evaluate(resource["condition"]) : Json(true);
        if (condition == false)
            return;
        std::string type = asWord(m_scope.evaluate(member(resource, "type")));
        std::string name = asWord(m_scope.evaluate(member(resource, "name")));
        // A resource within another names only what it adds.
        if (!outerType.empty() && type.find('.') == std::string::npos) {
            type = outerType + '/' + type;
            name = outerName + '/' + name;
        }
        if (equalIgnoringCase(type, "Microsoft.Resources/deployments"))
            return nested(resource, pointer, name);
        if (!resource.contains("existing") || resource["existing"] != true)
            describe(resource, pointer, type, name, condition);
        const Json& inner = arrayOf(resource, "resources");
        for (std::size_t i = 0; i < inner.size(); ++i)
            all(inner[i], pointerTo(pointer + "/resources", i), type, name);
    }

    void describe(const Json& resource, const std::string& pointer, const std::string& type, const std::string& name,
        const Json& condition)
    {
        Json made = Json::object();
        for (const char* key : {"location", "tags", "sku", "kind", "identity", "properties", "zones"}) {
            if (resource.contains(key))
                made[key] = m_scope.evaluate(resource[key]);
        }
        made["type"] = type;
        made["name"] = afterLast(name, '/');
        made["id"] = idOf(resource, type, name);
        partIds(made);
        if (!condition.is_boolean())
            m_context.row.leave("conditions of resources",
                "whether they hold is known only when it is deployed; the "
                "resources are shown");
        takeResource(m_context, made, pointer);
    }

    /// Parts of a resource get their ids when it is deployed: "<resource>/subnets/<name>".
    static void partIds(Json& resource)
    {
        const std::string id = asText(resource["id"]);
        Json& properties = resource["properties"];
        if (!properties.is_object())
            return;
        for (auto& [key, list] : properties.items()) {
            if (!list.is_array())
                continue;
            for (Json& part : list) {
                if (part.is_object() && part.contains("name") && !part.contains("id") && part["name"].is_string())
                    part["id"] = id + '/' + key + '/' + part["name"].get<std::string>();
            }
        }
    }

    [[nodiscard]] std::string idOf(const Json& resource, const std::string& type, const std::string& name)
    {
        const std::string small = lowered(type);
        const Json scope = m_scope.evaluate(member(resource, "scope"));
        if (small == "microsoft.resources/resourcegroups")
            return "/subscriptions/" + m_scope.place.subscription + "/resourceGroups/" + name;
        if (small == "microsoft.management/managementgroups")
            return resourceIdOf({}, type, name);
        if (scope.is_string() && !scope.get_ref<const std::string&>().empty()) {
            const std::string on = scope.get<std::string>();
            if (on.front() == '/')
                return resourceIdOf(on == "/" ? std::string() : on, type, name);
            // "Microsoft.KeyVault/vaults/name", as older templates write it.
            std::string onType, onName;
            const auto parts = split(on, '/');
            for (std::size_t i = 0; i < parts.size(); ++i) {
                std::string& into = i == 0 || i % 2 == 1 ? onType : onName;
                into += (into.empty() ? "" : "/") + std::string(parts[i]);
            }
            return resourceIdOf(resourceIdOf(baseOf(m_scope.place), onType, onName), type, name);
        }
        return resourceIdOf(baseOf(m_scope.place), type, name);
    }

    /// By symbolic name, in templates whose resources have such names.
    [[nodiscard]] std::string idOf(std::string_view symbolic)
    {
        const Json& list = member(m_scope.json, "resources");
        const Json resource = list.is_object() ? member(list, symbolic) : Json();
        if (!resource.is_object() || m_naming > 8)
            return {};
        ++m_naming;
        std::string id = idOf(resource, asWord(m_scope.evaluate(member(resource, "type"))),
            asWord(m_scope.evaluate(member(resource, "name"))));
        --m_naming;
        return id;
    }

    /// The template of a nested deployment; null when it lies elsewhere.
    [[nodiscard]] const Json* templateOf(const Json& properties) const
    {
        if (const Json& inside = member(properties, "template"); inside.is_object())
            return &inside;
        const std::string_view relative = textOf(member(properties, "templateLink"), "relativePath");
        return relative.empty() || !m_linked ? nullptr : m_linked(relative);
    }

    [[nodiscard]] std::unique_ptr<Deployment> prepared(const Json& resource, const std::string& pointer)
    {
        const Json& properties = member(resource, "properties");
        const Json* json = templateOf(properties);
        if (!json || m_depth >= mostDeployments)
            return nullptr;
        Place place = m_scope.place;
        if (resource.contains("subscriptionId")) {
            place.subscription = asWord(m_scope.evaluate(resource["subscriptionId"]));
            place.group.clear();
        }
        if (resource.contains("resourceGroup"))
            place.group = asWord(m_scope.evaluate(resource["resourceGroup"]));
        const bool inner =
            equalIgnoringCase(textOf(member(properties, "expressionEvaluationOptions"), "scope"), "inner");
        const bool inside = member(properties, "template").is_object();
        const std::string where = inside ? pointer + "/properties/template" : pointer;
        if (inner || !inside)
            return std::make_unique<Deployment>(m_context, *json, m_scope.evaluate(member(properties, "parameters")),
                place, m_scope.budget, where, m_depth + 1, m_linked);
        // "Expression evaluation scope in nested templates": by default names are those of the outer template.
        Json outer = *json;
        outer["parameters"] = member(m_scope.json, "parameters");
        outer["variables"] = member(m_scope.json, "variables");
        outer["functions"] = member(m_scope.json, "functions");
        return std::make_unique<Deployment>(
            m_context, outer, m_given, place, m_scope.budget, where, m_depth + 1, m_linked);
    }

    void nested(const Json& resource, const std::string& pointer, const std::string& name)
    {
        const auto inner = prepared(resource, pointer);
        if (!inner)
            return m_context.row.leave(
                "nested template " + name, "it lies elsewhere, or nested templates are nested too deeply");
        inner->resources();
        m_scope.faults.insert(m_scope.faults.end(), inner->faults().begin(), inner->faults().end());
    }

    [[nodiscard]] Json outputsOf(std::string_view name)
    {
        const std::string key = lowered(name);
        if (const auto known = m_outputs.find(key); known != m_outputs.end())
            return known->second;
        m_outputs[key] = Json(); // whoever asks for itself learns nothing
        const Json& list = member(m_scope.json, "resources");
        if (!list.is_structured())
            return {};
        for (const Json& resource : list) {
            if (!equalIgnoringCase(textOf(resource, "type"), "Microsoft.Resources/deployments")
                || !equalIgnoringCase(asWord(m_scope.evaluate(member(resource, "name"))), name))
                continue;
            if (const auto inner = prepared(resource, m_pointer))
                m_outputs[key] = inner->outputs();
        }
        return m_outputs[key];
    }

    Context& m_context;
    TemplateScope m_scope;
    Json m_given;
    std::string m_pointer;
    int m_depth = 0;
    int m_naming = 0;
    Linked m_linked;
    std::map<std::string, Json> m_outputs;
};

/// A group of resources that stands for whichever one the template will be deployed to.
std::string designGroup(std::string_view path)
{
    std::string name(path);
    std::ranges::replace(name, '/', ':');
    return "{" + name + "}";
}

bool holds(const Sniff& sniffed, std::string_view text)
{
    return sniffed.head.find(text) != std::string_view::npos;
}

} // namespace

bool isTemplate(const Sniff& sniffed)
{
    return sniffed.form == Sniff::Form::JsonText && !sniffed.outermostIsArray && sniffed.hasKey("$schema")
        && holds(sniffed, "eploymentTemplate.json#");
}

bool isParameterFile(const Sniff& sniffed)
{
    return sniffed.form == Sniff::Form::JsonText && !sniffed.outermostIsArray && sniffed.hasKey("$schema")
        && holds(sniffed, "eploymentParameters.json#");
}

void Templates::keep(ReadFile& file, std::size_t ledgerRow)
{
    Json json;
    if (const auto error = parseWhole(file.text, {}, json, &file.progress)) {
        if (error->reason != JsonError::Reason::Cancelled)
            file.row.problem(Severity::Error, error->sentence, error->line, error->column);
        return;
    }
    if (isParameterFile(file.sniffed))
        m_parameters[file.path] = member(json, "parameters");
    else
        m_templates[file.path] = {std::move(json), file.file, file.scope, ledgerRow};
}

void Templates::read(Inventory& inventory, Ledger& ledger, Progress& progress, Session& session)
{
    for (const auto& [path, kept] : m_templates) {
        if (progress.cancelled())
            return;
        LedgerRow& row = ledger.rows[kept.row];
        const Sniff none;
        ReadFile file{inventory, row, progress, kept.file, kept.scope, path, {}, none};
        Context context(file, session);
        const std::size_t before = inventory.factCount();
        Budget budget;
        const auto parameters = m_parameters.find(parameterPathOf(path));
        const bool ofGroup = textOf(kept.json, "$schema").find("/deploymentTemplate.json#") != std::string_view::npos;
        const Place place{"{subscription}", ofGroup ? designGroup(path) : std::string()};
        Deployment deployment(context, kept.json,
            parameters == m_parameters.end() ? Json::object() : parameters->second, place, budget, {}, 0,
            [&, folder = std::string(folderOf(path))](std::string_view relative) -> const Json* {
                const auto found =
                    m_templates.find(folder.empty() ? std::string(relative) : folder + '/' + std::string(relative));
                return found == m_templates.end() ? nullptr : &found->second.json;
            });
        deployment.resources();
        for (const std::string& fault : deployment.faults())
            row.problem(Severity::Warning, fault);
        if (budget.spent)
            row.problem(
                Severity::Error, "The template asks for more than can be worked out, so it was read only in part.");
        row.facts = inventory.factCount() - before;
        if (row.facts == 0 && row.leftOut.empty() && row.problems.empty())
            row.leave("the file", "it holds nothing to take");
    }
}

} // namespace glacis::azure
