// SPDX-License-Identifier: GPL-3.0-or-later
#include "import/terraform/facts.h"

#include "core/text.h"
#include "import/terraform/address.h"
#include "import/terraform/implied.h"
#include "import/terraform/native.h"
#include "import/terraform/native_table.h"

#include <algorithm>
#include <set>

namespace glacis::terraform {

namespace {

const Json* at(const Json& values, std::string_view path)
{
    const Json* found = &values;
    for (const std::string_view step : split(path, '.')) {
        if (!found->is_object() || !found->contains(step))
            return nullptr;
        found = &found->at(std::string(step));
    }
    return found;
}

/// "vpc-0a1b2c3d": a word, a line, and eight or more hexadecimal digits.
bool isProviderId(std::string_view text)
{
    const auto line = text.rfind('-');
    return line != std::string_view::npos && line > 0 && text.size() - line > 8 && text.size() - line < 20
        && text.substr(line + 1).find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

/// Services that are in no region. Source: "AWS service endpoints", AWS General Reference.
bool isGlobal(std::string_view as)
{
    constexpr std::string_view services[] = {
        "AWS::CloudFront::", "AWS::IAM::", "AWS::Organizations::", "AWS::Route53::"};
    return std::ranges::any_of(services, [&](std::string_view service) { return as.starts_with(service); });
}

/// Providers that only make values, files and delays.
bool isAuxiliary(std::string_view type)
{
    constexpr std::string_view providers[] = {"archive_", "cloudinit_", "external", "http", "local_", "null_",
        "random_", "template_", "terraform_", "time_", "tls_"};
    return std::ranges::any_of(providers, [&](std::string_view provider) { return type.starts_with(provider); });
}

/// A reference that stands in a text that is JSON itself must be escaped as JSON asks.
std::string escapedMarks(std::string_view text)
{
    std::string made;
    for (const char c : text) {
        if (c == hcl::referenceBegins)
            made += "\\u0001";
        else if (c == hcl::referenceEnds)
            made += "\\u0002";
        else if (c == hcl::referenceJoins)
            made += "\\u0003";
        else
            made += c;
    }
    return made;
}

} // namespace

Known::Known(std::span<const Resource> resources)
{
    for (const Resource& resource : resources) {
        m_byAddress.emplace(resource.address, &resource);
        const TypeRow* row = typeRow(resource.type);
        if (!row || resource.isData || !row->of.path.empty())
            continue;
        std::set<std::string> names;
        for (const std::string& path : {row->name, std::string("id"), std::string("arn")}) {
            const Json* name = path.empty() ? nullptr : terraform::at(resource.values, path);
            if (name && name->is_string() && !hcl::isOpen(*name))
                names.insert(name->get<std::string>());
        }
        for (const std::string& name : names) {
            const auto [place, fresh] = m_byName.emplace(std::pair(row->kind, name), &resource);
            if (!fresh)
                place->second = nullptr;
        }
    }
}

Known::Reference Known::parts(std::string_view reference) const
{
    // The longest beginning that is somebody's address; names of files in it may hold dots.
    std::string address(reference);
    while (!at(address)) {
        const auto dot = address.rfind('.');
        if (dot == std::string::npos)
            break;
        address.resize(dot);
    }
    if (const Resource* resource = at(address))
        return {address, resource->type, std::string(reference.substr(std::min(address.size() + 1, reference.size()))),
            resource->isData};
    address = referencedAddress(reference);
    if (address.empty())
        return {std::string(reference), {}, {}, false};
    const auto segments = addressSegments(address);
    Reference found;
    found.address = address;
    found.type = segments[segments.size() - 2];
    found.isData = segments.size() > 2 && segments[segments.size() - 3] == "data";
    found.attribute = reference.size() > address.size() ? reference.substr(address.size() + 1) : std::string_view{};
    return found;
}

const Resource* Known::at(std::string_view address) const
{
    const auto found = m_byAddress.find(std::string(address));
    return found == m_byAddress.end() ? nullptr : found->second;
}

const Resource* Known::named(Kind kind, std::string_view name) const
{
    const auto found = m_byName.find({kind, std::string(name)});
    return found == m_byName.end() ? nullptr : found->second;
}

std::string Known::filled(const std::string& form, const Resource& resource)
{
    std::string made;
    for (std::size_t i = 0; i < form.size();) {
        if (form[i] != '{') {
            made += form[i++];
            continue;
        }
        const auto end = form.find('}', i);
        const Json* value = terraform::at(resource.values, std::string_view(form).substr(i + 1, end - i - 1));
        if (!value || !value->is_string() || hcl::isOpen(*value))
            return {};
        made += value->get<std::string>();
        i = end + 1;
    }
    return made;
}

std::string Known::inText(std::string_view reference) const
{
    if (reference.starts_with(hcl::workedOut))
        return "${" + std::string(reference.substr(1)) + '}';
    const Reference found = parts(reference);
    const Resource* resource = found.type.empty() ? nullptr : at(found.address);
    const TypeRow* row = resource ? typeRow(resource->type) : nullptr;
    if (row && (found.attribute == "arn" || found.attribute == "Arn")) {
        const std::string arn = filled(row->arn, *resource);
        return arn.empty() ? found.address : arn;
    }
    if (row && (found.attribute == "id" || found.attribute.empty()) && !row->name.empty()) {
        const std::string name = filled('{' + row->name + '}', *resource);
        return name.empty() ? found.address : name;
    }
    return found.address;
}

ResourceFacts::ResourceFacts(
    Inventory& into, LedgerRow& ledgerRow, const Known& knownOnes, const Resource& one, const TypeRow& row_)
    : FactTaker(into, ledgerRow), known(knownOnes), resource(one), type(row_), m_provider(providerOf(one.type))
{
}

std::pair<std::string, std::uint32_t> Resource::place(std::string_view part) const
{
    // The nearest part around it whose place is known.
    const auto nearest = [&](const auto& places) {
        std::string_view here = part;
        auto found = places.find(here);
        while (found == places.end() && !here.empty()) {
            here = here.substr(0, here.rfind('/'));
            found = places.find(here);
        }
        return found;
    };
    if (!pointer.empty()) {
        const auto origin = nearest(origins);
        return {origin == origins.end() ? pointer + std::string(part) : origin->second, 0};
    }
    const auto found = nearest(lines);
    return {std::string(), found == lines.end() ? line : found->second};
}

EvidenceId ResourceFacts::seen(const std::string& pointer)
{
    const auto [where, line] = resource.place(pointer);
    return inventory.seen(resource.source->file, where, line);
}

std::string ResourceFacts::words(const Json& value) const
{
    return hcl::withReferences(asText(value), [&](std::string_view reference) { return known.inText(reference); });
}

Json ResourceFacts::inWords(const Json& value) const
{
    if (value.is_string())
        return words(value);
    if (!value.is_structured())
        return value;
    Json made = value.is_array() ? Json::array() : Json::object();
    for (auto inner = value.begin(); inner != value.end(); ++inner) {
        if (value.is_array())
            made.push_back(inWords(*inner));
        else
            made[inner.key()] = inWords(*inner);
    }
    return made;
}

Ref ResourceFacts::mention(std::string_view id, Kind kind)
{
    ThingRow& mentioned = inventory.thing(kind, m_provider, {}, id, resource.source->scope, noEvidence);
    mentioned.outside = true;
    return mentioned.id;
}

Ref ResourceFacts::refer(const Json& value, Kind kind)
{
    if (!value.is_string())
        return {};
    const std::string& text = value.get_ref<const std::string&>();
    if (text.empty())
        return {};
    if (!hcl::isOpen(value)) {
        if (const Resource* resource_ = known.named(kind, text))
            return inventory.text(resource_->address);
        // An id, an ARN or the name of something that another source of the import may describe.
        return inventory.text(kind == Kind::ObjectStore && !text.starts_with("arn:") ? "arn:aws:s3:::" + text : text);
    }
    const auto all = hcl::references(value);
    if (all.empty())
        return {};
    // The only or first thing that it comes from: "${aws_s3_bucket.logs.arn}/*" is about the bucket.
    const Known::Reference found = known.parts(all.front());
    if (!found.type.empty() && !found.isData && known.at(found.address))
        return inventory.text(found.address);
    const TypeRow* row_ = typeRow(found.type);
    return mention(
        found.type.empty() ? all.front() : found.address, row_ && row_->kind != Kind::Other ? row_->kind : kind);
}

void ResourceFacts::write()
{
    const ShapeHandler shape = awsShape(resource.type);
    if (type.of.path.empty()) {
        if (type.as.empty() && shape)
            return shape(*this);
        if (type.as.empty())
            return row.leave(resource.type, type.note);
        if (!type.note.empty())
            row.leave("the type's own name", type.note);
        thing();
    } else {
        follow(type.of.path, [&](const Json& value, const std::string&) {
            m_subject = refer(value, type.of.kind);
            // By an id that perhaps nothing else describes.
            if (m_subject != StringId::Empty && !known.at(inventory.strings[m_subject]))
                m_subject = mention(std::string(inventory.strings[m_subject]), type.of.kind);
        });
        if (m_subject == StringId::Empty)
            return row.leave(resource.type, "what it belongs to is not known");
        // By its own address people find what it says more of.
        inventory.alias(resource.address, m_subject);
    }
    settings();
    links();
    documents();
    blocks();
    if (shape)
        shape(*this);
}

void ResourceFacts::thing()
{
    const EvidenceId here = seen({});
    ThingRow& made = inventory.thing(type.kind, m_provider, type.as, resource.address, resource.source->scope, here);
    m_subject = made.id;
    made.region = inventory.text(isGlobal(type.as) ? std::string_view("global") : textOf(resource.provider, "region"));
    std::string name;
    if (!type.name.empty())
        follow(type.name, [&](const Json& value, const std::string&) { name = words(value); });
    m_position = inventory.things.size() - 1;
    follow("tags.Name", [&](const Json& value, const std::string&) { name = words(value); });
    Ref parent{};
    for (const TypeRow::Target& target : type.parents) {
        if (parent == StringId::Empty)
            follow(target.path, [&](const Json& value, const std::string&) { parent = refer(value, target.kind); });
    }
    // By its place: mentioning what contains it may have added rows behind it.
    inventory.things[m_position].name = inventory.text(name);
    inventory.things[m_position].parent = parent;
    identify(here);
    if (!resource.planned.empty())
        inventory.property(m_subject, "planned", std::string_view(resource.planned), here);
    for (const std::string& form : type.names) {
        if (const std::string other = Known::filled(form, resource); !other.empty())
            inventory.alias(other, m_subject);
    }
    tags();
}

/// The names that the provider gives: those that the configuration tells, and those of a state or a plan over one.
void ResourceFacts::identify(EvidenceId here)
{
    std::string arn = Known::filled(type.arn, resource);
    if (const std::string_view given = textOf(resource.values, "arn"); arn.empty() && given.starts_with("arn:"))
        arn = given;
    if (!arn.empty()) {
        inventory.alias(arn, m_subject);
        inventory.property(m_subject, "arn", std::string_view(arn), here);
        if (const auto parts = split(arn, ':'); parts.size() > 4 && looksLikeAwsAccount(parts[4]))
            inventory.things[m_position].account = inventory.text(parts[4]);
        if (const auto parts = split(arn, ':'); parts.size() > 4 && looksLikeAwsRegion(parts[3]))
            inventory.things[m_position].region = inventory.text(parts[3]);
    }
    // "vpc-0a1b2c3d" is nobody else's; "admin" may be a user's and a role's.
    if (const std::string_view id = textOf(resource.values, "id"); isProviderId(id))
        inventory.alias(id, m_subject);
}

void ResourceFacts::tags()
{
    follow("tags", [&](const Json& map, const std::string&) {
        if (!map.is_object())
            return;
        for (const auto& [key, value] : map.items())
            tag(m_subject, key, words(value));
    });
}

void ResourceFacts::settings()
{
    for (const TypeRow::Setting& each : type.settings) {
        bool found = false;
        follow(each.path, [&](const Json& value, const std::string& pointer) {
            // An empty text is how modules leave an argument out.
            found = found || value != "";
            if (value == "")
                return;
            if (!each.there.is_null())
                setting(m_subject, each.key, each.there, seen(pointer));
            else if (hcl::isOpen(value))
                row.leave(each.path, "its value is known only when the configuration is applied");
            else if (each.values.is_object())
                setting(m_subject, each.key, member(each.values, asText(value)), seen(pointer));
            else if (const auto truth = value.is_string() ? hcl::asTruth(value) : std::nullopt)
                setting(m_subject, each.key, *truth, seen(pointer)); // the provider takes "true" for true
            else
                setting(m_subject, each.key, value, seen(pointer));
        });
        if (!found)
            setting(m_subject, each.key, each.absent, seen({}));
    }
}

void ResourceFacts::links()
{
    for (const TypeRow::Link& link : type.links) {
        follow(link.to.path, [&](const Json& value, const std::string& pointer) {
            for (const Json& each : value.is_array() ? value : Json::array({value})) {
                const Ref other = refer(each, link.to.kind);
                if (other == StringId::Empty || other == m_subject)
                    continue;
                const Ref from = link.reversed ? other : m_subject;
                inventory.edge(from, link.edge, inventory.strings[link.reversed ? m_subject : other], seen(pointer));
            }
        });
    }
}

void ResourceFacts::documents()
{
    for (const TypeRow::Document& each : type.documents) {
        follow(each.path, [&](const Json& value, const std::string& pointer) {
            const auto parsed = value.is_string() ? parseJson(escapedMarks(value.get_ref<const std::string&>()))
                                                  : std::optional<Json>(value);
            if (!parsed && hcl::isOpen(value))
                return row.leave("a policy", "its text is known only when the configuration is applied");
            if (!parsed)
                return row.problem(Severity::Warning,
                    "The policy of " + resource.address + " is not JSON, so it was left out.",
                    static_cast<int>(resource.line));
            const auto name = resource.values.find("name");
            policy(m_subject, each.role,
                name != resource.values.end() && name->is_string() ? words(*name) : resource.address, inWords(*parsed),
                seen(pointer));
        });
    }
}

void ResourceFacts::blocks()
{
    for (const std::string& path : type.blocks) {
        follow(path, [&](const Json& value, const std::string& pointer) {
            if (const auto prefix =
                    value.is_string() ? parseIpPrefix(value.get_ref<const std::string&>()) : std::nullopt)
                inventory.facts.blocks.push_back({m_subject, *prefix, seen(pointer)});
            else if (hcl::isOpen(value))
                row.leave(path, "its value is known only when the configuration is applied");
        });
    }
}

void writeResources(
    Inventory& inventory, std::span<const Resource> resources, const std::function<LedgerRow&(const Resource&)>& rowOf)
{
    const Known known(resources);
    // Networks first: route tables take their local routes from the blocks of the network.
    std::vector<const Resource*> order;
    for (const Resource& resource : resources) {
        if (!resource.isData && !isTranslated(resource.type)) // data sources are spoken of where they are used
            order.push_back(&resource);
    }
    std::ranges::stable_partition(order, [](const Resource* resource) {
        const TypeRow* type = typeRow(resource->type);
        return type && (type->kind == Kind::Network || type->of.kind == Kind::Network);
    });
    for (const Resource* each : order) {
        const Resource& resource = *each;
        LedgerRow& row = rowOf(resource);
        const TypeRow* type = typeRow(resource.type);
        if (!type) {
            row.leave(resource.type,
                isAuxiliary(resource.type) ? "it makes nothing in a cloud"
                                           : "Glacis does not read this type of resource");
            continue;
        }
        const std::size_t before = inventory.factCount();
        ResourceFacts(inventory, row, known, resource, *type).write();
        row.facts += inventory.factCount() - before;
    }
    addImplied(inventory, resources, known);
    writeTranslated(inventory, resources, known, rowOf);
}

} // namespace glacis::terraform
