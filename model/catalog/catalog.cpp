// SPDX-License-Identifier: GPL-3.0-or-later
#include "catalog/catalog.h"

#include "catalog/schema.h"
#include "collection/shell.h"
#include "core/json.h"
#include "core/text.h"

#include <algorithm>
#include <cassert>

namespace glacis {

namespace {

std::optional<Provider> providerNamed(std::string_view name)
{
    if (name == "aws")
        return Provider::Aws;
    if (name == "azure")
        return Provider::Azure;
    if (name == "gcp")
        return Provider::Gcp;
    if (name == "kubernetes")
        return Provider::Kubernetes;
    return std::nullopt;
}

std::vector<Catalog::ExportHint> readExports(
    const Json& row, const char* key, const std::string& pointer, std::vector<SchemaFault>& faults)
{
    std::vector<Catalog::ExportHint> exports;
    for (const auto& [name, file] : member(row, key).items()) {
        const auto provider = providerNamed(name);
        const Collection* collection = collectionOf(name);
        const CollectionCall* call = collection ? collection->call(asText(file)) : nullptr;
        if (provider && call)
            exports.push_back({*provider, collection, call});
        else
            faults.push_back({pointer,
                provider ? asText(file) + " is no call of the collection" : "\"" + name + "\" is no provider"});
    }
    return exports;
}

std::optional<Kind> readKind(const Json& name, const std::string& pointer, std::vector<SchemaFault>& faults)
{
    const auto kind = name.is_string() ? kindNamed(name.get_ref<const std::string&>()) : std::nullopt;
    if (!kind)
        faults.push_back({pointer, asText(name) + " is no kind"});
    return kind;
}

Catalog::ValueType typeNamed(std::string_view name)
{
    if (name == "flag")
        return Catalog::ValueType::Flag;
    if (name == "number")
        return Catalog::ValueType::Number;
    return name == "time" ? Catalog::ValueType::Time : Catalog::ValueType::Word;
}

NodeId regionOf(const Estate& estate, NodeId node)
{
    return estate.kind(node) == Kind::Region ? node : estate.node(node).region;
}

std::string accountOf(const Estate& estate, NodeId node)
{
    const NodeId account = estate.kind(node) == Kind::Account ? node : estate.node(node).account;
    return account == noNode ? std::string() : std::string(estate.id(account));
}

/// "111122223333" of an account's id, the number of a subscription or project.
std::string numberOf(const std::string& account)
{
    return std::string(afterLast(account, '/'));
}

/// What stands for {bucket}, {account} and the like when the call is asked about a node.
std::string slotFor(std::string_view slot, const Catalog::ExportHint& hint, const Estate& estate, NodeId node)
{
    if (slot == "account" || slot == "place")
        return shellQuoted(numberOf(accountOf(estate, node)));
    const CollectionList* list = slot == hint.call->each ? hint.collection->list(slot) : nullptr;
    if (list && list->value == CollectionList::Value::Name)
        return shellQuoted(estate.name(node));
    if (list && list->value == CollectionList::Value::Id)
        return shellQuoted(estate.id(node));
    std::string open(slot); // for the reader to fill in
    std::ranges::transform(open, open.begin(), [](char c) { return c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c; });
    return open;
}

/// Without a known place the tool takes the one that the user has set up.
std::string placeOption(const Catalog::ExportHint& hint, const Estate& estate, NodeId node)
{
    std::string place;
    if (hint.provider == Provider::Aws)
        place = regionOf(estate, node) == noNode ? std::string() : estate.name(regionOf(estate, node));
    else if (hint.provider != Provider::Kubernetes)
        place = numberOf(accountOf(estate, node));
    return hint.call->once || place.empty() ? std::string() : ' ' + hint.collection->option + ' ' + shellQuoted(place);
}

void readNeed(
    const Json& row, const std::string& pointer, std::vector<Catalog::Need>& needs, std::vector<SchemaFault>& faults)
{
    const auto kindOf = [&](const char* key) {
        return row.contains(key) ? readKind(member(row, key), pointer, faults) : std::nullopt;
    };
    const auto kind = kindOf("kind");
    Catalog::Need need{kind.value_or(Kind{}), kindOf("needs"), readExports(row, "calls", pointer, faults),
        kindOf("beside"), std::string(textOf(row, "decides"))};
    if (need.needs.has_value() != need.calls.empty())
        faults.push_back({pointer, "a need is of a kind or of a call"});
    if (kind)
        needs.push_back(std::move(need));
}

} // namespace

const Catalog& Catalog::builtIn()
{
    static const Catalog catalog = [] {
        Table table = loadTable("catalog/properties.json", "catalog/schema.json", "properties");
        assert(table.faults.empty());
        Catalog read = from(table.json, table.faults);
        assert(table.faults.empty());
        return read;
    }();
    return catalog;
}

Catalog Catalog::from(const Json& table, std::vector<SchemaFault>& faults)
{
    Catalog catalog;
    const Json& settings = arrayOf(table, "properties");
    for (std::size_t i = 0; i < settings.size(); ++i) {
        const std::string pointer = pointerTo("/properties", i);
        Setting setting{std::string(textOf(settings[i], "key")), typeNamed(textOf(settings[i], "type")),
            std::string(textOf(settings[i], "title")), {}, readExports(settings[i], "exports", pointer, faults)};
        for (const Json& name : arrayOf(settings[i], "kinds")) {
            if (const auto kind = readKind(name, pointer, faults))
                setting.kinds.push_back(*kind);
        }
        catalog.m_settings.push_back(std::move(setting));
    }
    const Json& listings = arrayOf(table, "listings");
    for (std::size_t i = 0; i < listings.size(); ++i) {
        const std::string pointer = pointerTo("/listings", i);
        if (const auto kind = readKind(member(listings[i], "kind"), pointer, faults))
            catalog.m_listings.push_back({*kind, readExports(listings[i], "exports", pointer, faults)});
    }
    const Json& needs = arrayOf(table, "needs");
    for (std::size_t i = 0; i < needs.size(); ++i)
        readNeed(needs[i], pointerTo("/needs", i), catalog.m_needs, faults);
    return catalog;
}

const Catalog::Setting* Catalog::setting(std::string_view key, Kind kind) const
{
    for (const Setting& setting : m_settings) {
        if (setting.key == key && std::find(setting.kinds.begin(), setting.kinds.end(), kind) != setting.kinds.end())
            return &setting;
    }
    return nullptr;
}

std::optional<MissingExport> Catalog::exportOf(const Estate& estate, NodeId node, std::string_view key) const
{
    const Setting* row = setting(key, estate.kind(node));
    return row ? exportFor(row->exports, estate, node) : std::nullopt;
}

std::optional<MissingExport> Catalog::listingOf(const Estate& estate, NodeId node, Kind kind) const
{
    for (const Listing& listing : m_listings) {
        if (listing.kind == kind)
            return exportFor(listing.exports, estate, node);
    }
    return std::nullopt;
}

std::optional<MissingExport> Catalog::exportFor(
    const std::vector<ExportHint>& exports, const Estate& estate, NodeId node)
{
    for (const ExportHint& hint : exports) {
        if (hint.provider != estate.node(node).provider)
            continue;
        const std::string words =
            shellCommand(hint.call->command, [&](std::string_view slot) { return slotFor(slot, hint, estate, node); });
        return MissingExport{hint.call->file, hint.collection->tool + ' ' + words + placeOption(hint, estate, node),
            accountOf(estate, node)};
    }
    return std::nullopt;
}

} // namespace glacis
