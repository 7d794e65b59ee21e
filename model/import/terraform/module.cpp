// SPDX-License-Identifier: GPL-3.0-or-later
#include "import/terraform/module.h"

#include "core/text.h"
#include "import/reader.h"

#include <algorithm>
#include <filesystem>

namespace glacis::terraform {

using hcl::Step;

namespace {

constexpr std::size_t mostInstances = 10'000;
constexpr int deepestModule = 12;

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

Module::Module(
    Shared& shared, std::string folder, std::string prefix, std::map<std::string, Json, std::less<>> inputs, int depth)
    : m_shared(shared),
      m_folder(std::move(folder)),
      m_prefix(std::move(prefix)),
      m_inputs(std::move(inputs)),
      m_depth(depth)
{
    if (const auto found = shared.folders.find(m_folder); found != shared.folders.end()) {
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
        m_shared.budget);
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
    if (name == "path")
        return Json{{"module", "."}, {"root", "."}, {"cwd", "."}};
    if (name == "terraform")
        return Json{{"workspace", "default"}};
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

Json Module::variable(const std::string& name)
{
    if (const auto set = m_inputs.find(name); set != m_inputs.end())
        return set->second;
    const auto declared = m_variables.find(name);
    const hcl::Attribute* given =
        declared == m_variables.end() ? nullptr : declared->second.block->body->attribute("default");
    return given ? evaluated(given->value, {}) : hcl::unknown(m_prefix + "var." + name);
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
    const std::string address = m_prefix + "module." + name + (key ? hcl::indexText(*key) : std::string());
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
        return hcl::unknown(m_prefix + address);
    const Declared& declared = found->second;
    const bool several = declared.block->body->attribute("count") || declared.block->body->attribute("for_each");
    const auto of = [&](const Instance& instance, const std::string& name) {
        return attribute(address, declared, instance, name);
    };
    if (several && taken < steps.size() && steps[taken].kind != Step::Kind::Name) {
        const Busy busy(*this, address);
        const auto all = instances(declared);
        const bool splat = steps[taken].kind == Step::Kind::Splat;
        const Json index = splat ? Json() : steps[taken].index;
        ++taken;
        const bool named = isName(steps, taken);
        const std::string name = named ? steps[taken].name : std::string();
        taken += named ? 1 : 0;
        Json list = Json::array();
        for (const Instance& instance : all) {
            Json value = named ? of(instance, name) : hcl::unknown(m_prefix + address + hcl::indexText(instance.key));
            if (!splat && instance.key == index)
                return value;
            list.push_back(std::move(value));
        }
        if (splat)
            return list;
        return hcl::unknown(m_prefix + address + (hcl::isOpen(index) ? std::string("[?]") : hcl::indexText(index))
            + (named ? '.' + name : std::string()));
    }
    if (!several && isName(steps, taken)) {
        ++taken;
        return of({}, steps[taken - 1].name);
    }
    return hcl::unknown(m_prefix + address);
}

/// What the configuration sets, otherwise a reference: a provider may only tell it when it has made the resource.
Json Module::attribute(
    const std::string& address, const Declared& declared, const Instance& instance, const std::string& name)
{
    const std::string full =
        address + (instance.counted || instance.keyed ? hcl::indexText(instance.key) : std::string()) + '.' + name;
    if (const auto known = m_known.find(full); known != m_known.end())
        return known->second;
    const hcl::Attribute* set = isMeta(name) ? nullptr : declared.block->body->attribute(name);
    const bool isDocument = address.starts_with("data.aws_iam_policy_document.") && name == "json";
    if (!set && !isDocument)
        return hcl::unknown(m_prefix + full);
    const Busy busy(*this, full);
    Json value = isDocument ? Json(policyDocument(resource(address, declared, instance).values)
                                       .dump(-1, ' ', false, Json::error_handler_t::replace))
                            : evaluated(set->value, instance);
    // A setting that is null is left to the provider, as if it were not there.
    if (value.is_null())
        value = hcl::unknown(m_prefix + full);
    return m_known.emplace(full, std::move(value)).first->second;
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

Resource Module::resource(const std::string& address, const Declared& declared, const Instance& instance)
{
    Resource made;
    made.address =
        m_prefix + address + (instance.counted || instance.keyed ? hcl::indexText(instance.key) : std::string());
    made.type = declared.block->labels[0];
    made.isData = declared.block->type == "data";
    made.source = declared.source;
    made.line = declared.block->place.line;
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
                into.push_back(resource(address, declared, instance));
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

std::string Module::folderOf(const hcl::Block& call)
{
    const hcl::Attribute* source = call.body->attribute("source");
    const Json value = source && source->value.kind == hcl::Expression::Kind::Literal ? source->value.literal : Json();
    const std::string path = value.is_string() ? value.get<std::string>() : std::string();
    if (!path.starts_with("./") && !path.starts_with("../"))
        return {};
    std::string folder = (std::filesystem::path(m_folder) / path).lexically_normal().generic_string();
    while (folder.ends_with('/'))
        folder.pop_back();
    return folder == m_folder || folder == "." || !m_shared.folders.contains(folder) ? std::string() : folder;
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
    const std::string folder = folderOf(*block.block);
    if (folder.empty())
        return nullptr;
    if (m_depth >= deepestModule) {
        problem(block.source, block.block->place,
            "Modules call one another more than " + std::to_string(deepestModule) + " deep; the rest was left.");
        return nullptr;
    }
    Instance instance;
    if (key) {
        for (const Instance& each : instances(block)) {
            if (each.key == *key)
                instance = each;
        }
    }
    std::map<std::string, Json, std::less<>> inputs;
    const Busy busy(*this, "module." + name);
    for (const hcl::Attribute& set : block.block->body->attributes) {
        if (!isMeta(set.name) && set.name != "source" && set.name != "version")
            inputs.emplace(set.name, tried(set, *block.source, instance));
    }
    auto made =
        std::make_unique<Module>(m_shared, folder, m_prefix + "module." + name + '.', std::move(inputs), m_depth + 1);
    return m_children.emplace(name, std::move(made)).first->second.get();
}

std::string Module::region()
{
    for (const Declared& provider : m_providers) {
        const hcl::Attribute* region = provider.block->body->attribute("region");
        if (!region || provider.block->body->attribute("alias"))
            continue;
        const Json value = tried(*region, *provider.source, {});
        if (value.is_string() && looksLikeAwsRegion(value.get_ref<const std::string&>()))
            return value.get<std::string>();
    }
    return {};
}

void Module::calledFolders(std::set<std::string, std::less<>>& into)
{
    for (const auto& [name, declared] : m_calls) {
        if (const std::string folder = folderOf(*declared.block); !folder.empty())
            into.insert(folder);
    }
}

} // namespace glacis::terraform
