// SPDX-License-Identifier: GPL-3.0-or-later
#include "import/terraform/module.h"

#include "core/text.h"
#include "import/reader.h"
#include "import/terraform/data_sources.h"
#include "import/terraform/hcl/type_constraint.h"

#include <algorithm>
#include <filesystem>

namespace glacis::terraform {

using hcl::Step;

namespace {

constexpr std::size_t mostInstances = 10'000;
constexpr int deepestModule = 12;
constexpr std::size_t mostModules = 5'000;

/// Settings that speak to Terraform, not to the provider. Source: "Meta-Arguments", Terraform Language documentation.
constexpr std::string_view meta[] = {
    "count", "for_each", "depends_on", "provider", "providers", "lifecycle", "provisioner", "connection"};

bool isMeta(std::string_view name)
{
    return std::ranges::find(meta, name) != std::end(meta);
}

bool isName(std::span<const Step> steps, std::size_t at)
{
    return at < steps.size() && steps[at].kind == Step::Kind::Name;
}

} // namespace

/// Marks a value as being worked out, so that one which asks for itself is found out.
class Module::Busy {
public:
    Busy(Module& module, std::string key) : m_module(module), m_key(std::move(key))
    {
        if (!m_module.m_busy.insert(m_key).second) {
            const std::string asked = std::exchange(m_key, {});
            throw hcl::EvaluationError(asked + " refers to itself.");
        }
    }
    ~Busy()
    {
        if (!m_key.empty())
            m_module.m_busy.erase(m_key);
    }
    Busy(const Busy&) = delete;
    Busy& operator=(const Busy&) = delete;

private:
    Module& m_module;
    std::string m_key;
};

Module::Module(Shared& shared, Call call) : m_shared(shared), m_call(std::move(call))
{
    ++shared.modules;
    if (const auto found = shared.folders.find(m_call.folder); found != shared.folders.end()) {
        for (const Source& source : found->second)
            declare(source);
    }
}

Module::~Module() = default;

void Module::declare(const Source& source)
{
    for (const hcl::Block& block : source.body.blocks) {
        const Declared declared{&block, &source};
        const auto& labels = block.labels;
        if (block.type == "locals") {
            for (const hcl::Attribute& attribute : block.body->attributes)
                m_locals.emplace(attribute.name, std::pair(&attribute, &source));
        } else if ((block.type == "resource" || block.type == "data") && labels.size() == 2) {
            const std::string address = (block.type == "data" ? "data." : "") + labels[0] + '.' + labels[1];
            if (m_declared.emplace(address, declared).second)
                m_order.push_back(address);
            else
                problem(&source, block.place, address + " is declared twice; the first is kept.");
        } else if (block.type == "provider") {
            m_providers.push_back(declared);
        } else if (labels.size() == 1 && block.type == "variable") {
            m_variables.emplace(labels[0], declared);
        } else if (labels.size() == 1 && block.type == "output") {
            m_outputs.emplace(labels[0], declared);
        } else if (labels.size() == 1 && block.type == "module") {
            m_calls.emplace(labels[0], declared);
        }
    }
}

void Module::problem(const Source* source, hcl::Place place, std::string sentence)
{
    m_shared.problems.push_back({source, place, std::move(sentence)});
}

Json Module::evaluated(const hcl::Expression& expression, const Instance& instance)
{
    return hcl::evaluate(
        expression,
        [&](std::string_view name, std::span<const Step> steps, std::size_t& taken) {
            return lookup(name, steps, taken, instance);
        },
        m_shared.budget,
        [&](std::string_view name, const std::vector<Json>& arguments) {
            return m_shared.files.call(name, arguments, m_call.root);
        });
}

/// A setting that has no value is left open, and the ledger says why.
Json Module::tried(const hcl::Attribute& attribute, const Source& source, const Instance& instance)
{
    try {
        return evaluated(attribute.value, instance);
    } catch (const hcl::EvaluationError& error) {
        problem(&source, attribute.place, "“" + attribute.name + "” could not be worked out: " + error.what());
        return hcl::derived({});
    }
}

std::optional<Json> Module::lookup(
    std::string_view name, std::span<const Step> steps, std::size_t& taken, const Instance& instance)
{
    for (auto at = m_iterators.rbegin(); at != m_iterators.rend(); ++at) {
        if (at->first == name)
            return at->second;
    }
    if (auto known = ofModule(name))
        return known;
    if (name == "count" && instance.counted)
        return Json{{"index", instance.key}};
    if (name == "each" && instance.keyed)
        return Json{{"key", instance.key}, {"value", instance.value}};
    if (name == "self" || name == "each" || name == "count")
        return hcl::unknown(name);
    if (!isName(steps, 0))
        return {};
    taken = 1;
    const std::string& first = steps[0].name;
    if (name == "var")
        return variable(first);
    if (name == "local")
        return local(first);
    if (name == "module")
        return called(steps, taken);
    if (name == "data") {
        if (!isName(steps, 1))
            return {};
        taken = 2;
        return reference("data." + first + '.' + steps[1].name, steps, taken);
    }
    // Types of resources begin with their provider's name and a line.
    if (name.find('_') == std::string_view::npos && !m_declared.contains(std::string(name) + '.' + first))
        return {};
    return reference(std::string(name) + '.' + first, steps, taken);
}

std::optional<Json> Module::ofModule(std::string_view name)
{
    if (name == "path")
        return Json{{"module", path()}, {"root", "."}, {"cwd", "."}};
    if (name == "terraform")
        return Json{{"workspace", "default"}};
    return {};
}

/// Of the module as files within it are named, from where the apply begins.
std::string Module::path() const
{
    if (m_call.folder == m_call.root)
        return ".";
    const std::string root = m_call.root.empty() ? "." : m_call.root;
    return std::filesystem::path(m_call.folder).lexically_relative(root).generic_string();
}

Json Module::variable(const std::string& name)
{
    const std::string key = "var." + name;
    if (const auto known = m_known.find(key); known != m_known.end())
        return known->second;
    const auto given = m_call.inputs.find(name);
    Json value = given == m_call.inputs.end() ? Json() : given->second;
    if (const auto declared = m_variables.find(name); declared != m_variables.end()) {
        const Busy busy(*this, key);
        const hcl::Body& body = *declared->second.block->body;
        const hcl::Attribute* standard = body.attribute("default");
        const hcl::Attribute* nullable = body.attribute("nullable");
        // "Input Variables": null takes the default's place unless the variable may not be null.
        const bool replaced =
            given == m_call.inputs.end() || (value.is_null() && nullable && nullable->value.literal == Json(false));
        if (replaced && standard)
            value = evaluated(standard->value, {});
        else if (replaced)
            value = hcl::unknown(m_call.prefix + key);
        if (const hcl::Attribute* type = body.attribute("type"))
            value = hcl::converted(std::move(value), type->value,
                [&](const hcl::Expression& expression) { return evaluated(expression, {}); });
    } else if (given == m_call.inputs.end()) {
        value = hcl::unknown(m_call.prefix + key);
    }
    return m_known.emplace(key, std::move(value)).first->second;
}

Json Module::local(const std::string& name)
{
    const std::string key = "local." + name;
    if (const auto known = m_known.find(key); known != m_known.end())
        return known->second;
    const auto declared = m_locals.find(name);
    if (declared == m_locals.end())
        throw hcl::EvaluationError("There is no local value called " + name + ".");
    const Busy busy(*this, key);
    Json value = evaluated(declared->second.first->value, {});
    return m_known.emplace(key, std::move(value)).first->second;
}

/// module.NAME, the instance when there are several, and one of its outputs.
Json Module::called(std::span<const Step> steps, std::size_t& taken)
{
    const std::string& name = steps[0].name;
    const Json* key = taken < steps.size() && steps[taken].kind == Step::Kind::Index ? &steps[taken].index : nullptr;
    taken += key ? 1 : 0;
    const std::string address = m_call.prefix + "module." + name + (key ? hcl::indexText(*key) : std::string());
    if (!isName(steps, taken))
        return hcl::unknown(address);
    const std::string& wanted = steps[taken].name;
    ++taken;
    if (Module* module = child(name, key)) {
        const auto declared = module->m_outputs.find(wanted);
        if (declared != module->m_outputs.end()) {
            if (const hcl::Attribute* value = declared->second.block->body->attribute("value")) {
                const Busy busy(*this, address + '.' + wanted);
                return module->evaluated(value->value, {});
            }
        }
    }
    return hcl::unknown(address + '.' + wanted);
}

Json Module::reference(const std::string& address, std::span<const Step> steps, std::size_t& taken)
{
    const auto found = m_declared.find(address);
    if (found == m_declared.end())
        return hcl::unknown(m_call.prefix + address);
    const Declared& declared = found->second;
    const bool several = declared.block->body->attribute("count") || declared.block->body->attribute("for_each");
    if (!several)
        return ofInstance(address, declared, {}, steps, taken);
    if (taken < steps.size() && steps[taken].kind == Step::Kind::Name)
        return hcl::unknown(m_call.prefix + address);
    const Busy busy(*this, address);
    const auto all = instances(declared);
    if (taken >= steps.size()) {
        // "Chaining for_each Between Resources": all of them, by key or in their order.
        Json whole = declared.block->body->attribute("for_each") ? Json::object() : Json::array();
        for (const Instance& instance : all) {
            Json one = hcl::unknown(m_call.prefix + address + hcl::indexText(instance.key));
            if (whole.is_array())
                whole.push_back(std::move(one));
            else
                whole[asText(instance.key)] = std::move(one);
        }
        return whole;
    }
    const bool splat = steps[taken].kind == Step::Kind::Splat;
    const Json index = splat ? Json() : steps[taken].index;
    const std::size_t behind = ++taken;
    if (splat) {
        Json list = Json::array();
        for (const Instance& instance : all) {
            taken = behind;
            list.push_back(
                ofInstance(address, declared, instance, steps.first(std::min(behind + 1, steps.size())), taken));
        }
        taken = std::min(behind + 1, steps.size());
        return list;
    }
    for (const Instance& instance : all) {
        if (instance.key == index)
            return ofInstance(address, declared, instance, steps, taken);
    }
    return hcl::unknown(m_call.prefix + address + (hcl::isOpen(index) ? std::string("[?]") : hcl::indexText(index)));
}

/// What the steps lead to in one instance: a setting, a value within a block, or a reference to the instance.
Json Module::ofInstance(const std::string& address, const Declared& declared, const Instance& instance,
    std::span<const Step> steps, std::size_t& taken)
{
    const std::string own =
        address + (instance.counted || instance.keyed ? hcl::indexText(instance.key) : std::string());
    if (!isName(steps, taken))
        return hcl::unknown(m_call.prefix + own);
    const std::string& name = steps[taken].name;
    const auto isBlock = [&](const hcl::Block& block) {
        return block.type == name || (block.type == "dynamic" && block.labels.size() == 1 && block.labels[0] == name);
    };
    if (isMeta(name) || declared.block->body->attribute(name)
        || std::ranges::none_of(declared.block->body->blocks, isBlock)) {
        ++taken;
        return attribute(own, declared, instance, name);
    }
    // A block tells what is written in it; the rest ("identity[0].principal_id") only an apply would.
    const Json* at = &blocksOf(own, declared, instance);
    std::string reference = m_call.prefix + own;
    for (std::size_t i = taken; i < steps.size(); ++i) {
        const Step& step = steps[i];
        const bool named = step.kind == Step::Kind::Name;
        reference += named ? '.' + step.name : step.kind == Step::Kind::Index ? hcl::indexText(step.index) : "[*]";
        const auto position = step.kind == Step::Kind::Index ? hcl::asNumber(step.index) : std::nullopt;
        if (named && at && at->is_object() && at->contains(step.name))
            at = &at->at(step.name);
        else if (position && at && at->is_array() && *position >= 0 && *position < static_cast<double>(at->size()))
            at = &(*at)[static_cast<std::size_t>(*position)];
        else
            at = nullptr;
    }
    taken = steps.size();
    return at ? *at : hcl::unknown(reference);
}

const Json& Module::blocksOf(const std::string& own, const Declared& declared, const Instance& instance)
{
    const std::string key = own + '#';
    if (const auto known = m_known.find(key); known != m_known.end())
        return known->second;
    const Busy busy(*this, key);
    return m_known.emplace(key, resource(own, declared, instance).values).first->second;
}

/// What the configuration sets, otherwise a reference: a provider may only tell it when it has made the resource.
Json Module::attribute(
    const std::string& own, const Declared& declared, const Instance& instance, const std::string& name)
{
    const std::string full = own + '.' + name;
    if (const auto known = m_known.find(full); known != m_known.end())
        return known->second;
    const hcl::Attribute* set = isMeta(name) ? nullptr : declared.block->body->attribute(name);
    Json value;
    if (declared.block->type == "data") {
        const Busy busy(*this, full);
        value = dataValue(own, declared, instance, name);
    }
    if (value.is_null() && set) {
        const Busy busy(*this, full);
        value = evaluated(set->value, instance);
    }
    // A setting that is null is left to the provider, as if it were not there.
    if (value.is_null())
        value = hcl::unknown(m_call.prefix + full);
    return m_known.emplace(full, std::move(value)).first->second;
}

Json Module::dataValue(
    const std::string& own, const Declared& declared, const Instance& instance, const std::string& name)
{
    const std::string& type = declared.block->labels[0];
    const Json values = blocksOf(own, declared, instance);
    if (type == "template_file" && name == "rendered" && values.contains("template"))
        return m_shared.files
            .call("templatestring",
                {values.at("template"), member(values, "vars").is_null() ? Json::object() : values.at("vars")},
                m_call.root)
            .value_or(Json());
    if (type == "local_file" && name == "content" && values.contains("filename"))
        return m_shared.files.call("file", {values.at("filename")}, m_call.root).value_or(Json());
    return dataSourceValue(type, name, values, textOf(provider(*declared.block), "region"));
}

std::vector<Module::Instance> Module::instances(const Declared& declared)
{
    const hcl::Attribute* count = declared.block->body->attribute("count");
    const hcl::Attribute* each = declared.block->body->attribute("for_each");
    if (!count && !each)
        return {Instance{}};
    const Json given = tried(count ? *count : *each, *declared.source, {});
    std::vector<Instance> all;
    if (given.is_string() && hcl::isOpen(given)) {
        // How many there are is not known: one stands for all.
        all.push_back({count != nullptr, count == nullptr, "?", hcl::derived({&given})});
    } else if (count) {
        const auto number =
            static_cast<std::size_t>(std::clamp(hcl::asNumber(given).value_or(0), 0.0, double(mostInstances)));
        for (std::size_t i = 0; i < number; ++i)
            all.push_back({true, false, i, {}});
    } else if (given.is_structured()) {
        for (auto at = given.begin(); at != given.end() && all.size() < mostInstances; ++at)
            all.push_back({false, true, given.is_object() ? Json(at.key()) : *at, *at});
    }
    return all;
}

void Module::body(
    const hcl::Body& from, Resource& into, Json& values, const std::string& pointer, const Instance& instance)
{
    const bool outermost = pointer.empty();
    for (const hcl::Attribute& set : from.attributes) {
        if (outermost && isMeta(set.name))
            continue;
        Json value = tried(set, *into.source, instance);
        if (value.is_null())
            continue;
        into.lines.emplace(pointerTo(pointer, set.name), set.place.line);
        values[set.name] = std::move(value);
    }
    for (const hcl::Block& block : from.blocks) {
        if (outermost && isMeta(block.type))
            continue;
        if (block.type == "dynamic" && block.labels.size() == 1) {
            dynamic(block, into, values, pointer, instance);
            continue;
        }
        Json& list = values[block.type];
        if (!list.is_array())
            list = Json::array();
        const std::string here = pointerTo(pointerTo(pointer, block.type), list.size());
        into.lines.emplace(here, block.place.line);
        if (!block.pointer.empty())
            into.origins.emplace(here, block.pointer);
        Json inner = Json::object();
        body(*block.body, into, inner, here, instance);
        // The list may have moved while its element was made.
        values[block.type].push_back(std::move(inner));
    }
}

/// "dynamic Blocks", Terraform Language documentation.
void Module::dynamic(
    const hcl::Block& block, Resource& into, Json& values, const std::string& pointer, const Instance& instance)
{
    const hcl::Attribute* each = block.body->attribute("for_each");
    const auto content = std::ranges::find(block.body->blocks, "content", &hcl::Block::type);
    if (!each || content == block.body->blocks.end())
        return;
    const hcl::Attribute* iterator = block.body->attribute("iterator");
    const std::string name =
        iterator && iterator->value.kind == hcl::Expression::Kind::Variable ? iterator->value.name : block.labels[0];
    Json given = tried(*each, *into.source, instance);
    if (given.is_string() && hcl::isOpen(given))
        given = Json::object({{"?", hcl::derived({&given})}});
    if (!given.is_structured() || given.size() > mostInstances)
        return;
    Json& list = values[block.labels[0]];
    if (!list.is_array())
        list = Json::array();
    std::size_t position = 0;
    for (auto at = given.begin(); at != given.end(); ++at, ++position) {
        const Json key = given.is_object() ? Json(at.key()) : Json(position);
        m_iterators.emplace_back(name, Json{{"key", key}, {"value", *at}});
        const std::string here = pointerTo(pointerTo(pointer, block.labels[0]), list.size());
        into.lines.emplace(here, content->place.line);
        Json inner = Json::object();
        body(*content->body, into, inner, here, instance);
        m_iterators.pop_back();
        list.push_back(std::move(inner));
    }
}

Resource Module::resource(const std::string& own, const Declared& declared, const Instance& instance)
{
    Resource made;
    made.address = m_call.prefix + own;
    made.type = declared.block->labels[0];
    made.isData = declared.block->type == "data";
    made.source = declared.source;
    made.line = declared.block->place.line;
    made.pointer = declared.block->pointer;
    made.provider = provider(*declared.block);
    made.lines.emplace("", made.line);
    body(*declared.block->body, made, made.values, {}, instance);
    return made;
}

void Module::collect(std::vector<Resource>& into)
{
    for (const std::string& address : m_order) {
        const Declared& declared = m_declared.at(address);
        for (const Instance& instance : instances(declared)) {
            try {
                into.push_back(resource(
                    address + (instance.counted || instance.keyed ? hcl::indexText(instance.key) : std::string()),
                    declared, instance));
            } catch (const hcl::EvaluationError& error) {
                problem(declared.source, declared.block->place, address + " was left out: " + error.what());
            }
        }
    }
    for (const auto& [name, declared] : m_calls) {
        for (const Instance& instance : instances(declared)) {
            if (Module* module = child(name, instance.counted || instance.keyed ? &instance.key : nullptr))
                module->collect(into);
        }
    }
}

/// The folder of a module that is at hand.
std::optional<std::string> Module::folderOf(const std::string& name, const hcl::Block& call)
{
    const hcl::Attribute* source = call.body->attribute("source");
    const Json value = source && source->value.kind == hcl::Expression::Kind::Literal ? source->value.literal : Json();
    const std::string path = value.is_string() ? value.get<std::string>() : std::string();
    std::string folder;
    if (path.starts_with("./") || path.starts_with("../") || path == "." || path == "..") {
        folder = pathWithin(m_call.folder, path);
        if (folder.empty())
            return {};
        if (folder == ".")
            folder.clear();
    } else if (const auto vendored = m_shared.vendored.find(m_call.root); vendored != m_shared.vendored.end()) {
        const auto found = vendored->second.find(m_call.key.empty() ? name : m_call.key + '.' + name);
        if (found == vendored->second.end())
            return {};
        folder = found->second;
    } else {
        return {};
    }
    return folder == m_call.folder || !m_shared.folders.contains(folder) ? std::nullopt : std::optional(folder);
}

Module* Module::child(const std::string& call, const Json* key)
{
    const std::string name = call + (key ? hcl::indexText(*key) : std::string());
    if (const auto known = m_children.find(name); known != m_children.end())
        return known->second.get();
    const auto declared = m_calls.find(call);
    if (declared == m_calls.end())
        return nullptr;
    const Declared& block = declared->second;
    const auto folder = folderOf(call, *block.block);
    if (!folder) {
        m_shared.open.push_back({block.source, "module " + call,
            "its source was not imported: run terraform init, so that it lies below .terraform/modules"});
        m_children.emplace(name, nullptr);
        return nullptr;
    }
    if (m_call.depth >= deepestModule || m_shared.modules >= mostModules) {
        problem(block.source, block.block->place,
            "Modules call one another more than " + std::to_string(deepestModule) + " deep, or more than "
                + std::to_string(mostModules) + " times; the rest was left.");
        m_children.emplace(name, nullptr);
        return nullptr;
    }
    Instance instance;
    if (key) {
        for (const Instance& each : instances(block)) {
            if (each.key == *key)
                instance = each;
        }
    }
    Call made{*folder, m_call.root, m_call.prefix + "module." + name + '.',
        m_call.key.empty() ? call : m_call.key + '.' + call, {}, passedProviders(*block.block), m_call.depth + 1};
    const Busy busy(*this, "module." + name);
    for (const hcl::Attribute& set : block.block->body->attributes) {
        if (!isMeta(set.name) && set.name != "source" && set.name != "version")
            made.inputs.emplace(set.name, tried(set, *block.source, instance));
    }
    return m_children.emplace(name, std::make_unique<Module>(m_shared, std::move(made))).first->second.get();
}

namespace {

/// "aws" or "aws.west", as a provider is named where it is chosen.
std::string providerName(const hcl::Expression& expression)
{
    if (expression.kind == hcl::Expression::Kind::Variable)
        return expression.name;
    if (expression.kind == hcl::Expression::Kind::Literal && expression.literal.is_string())
        return expression.literal.get<std::string>();
    if (expression.kind == hcl::Expression::Kind::Traversal && expression.parts.size() == 2)
        return expression.parts[0].name + '.' + expression.parts[1].name;
    return {};
}

} // namespace

/// "Providers Within Modules": what the call hands over by name, otherwise those without an alias.
Values Module::passedProviders(const hcl::Block& call)
{
    Values made;
    for (const auto& [name, settings] : providers()) {
        if (name.find('.') == std::string::npos)
            made.emplace(name, settings);
    }
    const hcl::Attribute* passed = call.body->attribute("providers");
    if (!passed || passed->value.kind != hcl::Expression::Kind::Object)
        return made;
    for (std::size_t i = 0; i + 1 < passed->value.parts.size(); i += 2) {
        const auto known = providers().find(providerName(passed->value.parts[i + 1]));
        if (known != providers().end())
            made[providerName(passed->value.parts[i])] = known->second;
    }
    return made;
}

/// What the settings of a provider tell about where its resources are.
const Values& Module::providers()
{
    if (m_ownProviders)
        return *m_ownProviders;
    m_ownProviders = m_call.providers;
    for (const Declared& declared : m_providers) {
        const hcl::Body& body = *declared.block->body;
        const hcl::Attribute* alias = body.attribute("alias");
        const std::string name = declared.block->labels.empty() ? std::string() : declared.block->labels[0];
        Json settings = Json::object();
        for (const char* key : {"region", "project", "zone", "subscription_id"}) {
            const hcl::Attribute* set = body.attribute(key);
            Json value = set ? tried(*set, *declared.source, {}) : Json();
            if (value.is_string() && !hcl::isOpen(value))
                settings[key] = std::move(value);
        }
        if (!looksLikeAwsRegion(textOf(settings, "region")) && name == "aws")
            settings.erase("region");
        (*m_ownProviders)[alias ? name + '.' + asText(alias->value.literal) : name] = std::move(settings);
    }
    return *m_ownProviders;
}

/// The settings of the provider that a resource names, or of the one that its type belongs to.
Json Module::provider(const hcl::Block& of)
{
    const hcl::Attribute* chosen = of.body->attribute("provider");
    const std::string name = chosen ? providerName(chosen->value) : std::string(before(of.labels[0], '_'));
    auto found = providers().find(name);
    if (found == providers().end())
        found = providers().find(before(name, '.'));
    if (found == providers().end())
        found = providers().find(before(name, '-'));
    return found == providers().end() ? Json::object() : found->second;
}

void Module::calledFolders(std::set<std::string, std::less<>>& into)
{
    for (const auto& [name, declared] : m_calls) {
        if (auto folder = folderOf(name, *declared.block))
            into.insert(std::move(*folder));
    }
}

} // namespace glacis::terraform
