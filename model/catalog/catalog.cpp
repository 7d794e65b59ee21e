// SPDX-License-Identifier: GPL-3.0-or-later
#include "catalog/catalog.h"

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
    const Json& row, const std::string& pointer, std::vector<SchemaFault>& faults)
{
    std::vector<Catalog::ExportHint> exports;
    for (const auto& [key, hint] : member(row, "exports").items()) {
        if (const auto provider = providerNamed(key))
            exports.push_back({*provider, std::string(textOf(hint, "export")), std::string(textOf(hint, "command"))});
        else
            faults.push_back({pointer, "\"" + key + "\" is no provider"});
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

std::string_view wordFor(std::string_view slot, const Estate& estate, NodeId node)
{
    if (slot == "id")
        return estate.id(node);
    if (slot == "name")
        return estate.name(node);
    return estate.name(regionOf(estate, node));
}

std::string filled(std::string_view command, const Estate& estate, NodeId node)
{
    // Without a known region the tool takes the one that the user has set up.
    constexpr std::string_view inRegion = " --region {region}";
    if (regionOf(estate, node) == noNode && command.ends_with(inRegion))
        command.remove_suffix(inRegion.size());
    std::string text;
    while (!command.empty()) {
        const auto open = command.find('{');
        const auto close = command.find('}', open == std::string_view::npos ? 0 : open);
        if (open == std::string_view::npos || close == std::string_view::npos)
            break;
        text += command.substr(0, open);
        text += shellQuoted(wordFor(command.substr(open + 1, close - open - 1), estate, node));
        command.remove_prefix(close + 1);
    }
    return text.append(command);
}

std::string accountOf(const Estate& estate, NodeId node)
{
    const NodeId account = estate.kind(node) == Kind::Account ? node : estate.node(node).account;
    return account == noNode ? std::string() : std::string(estate.id(account));
}

std::optional<MissingExport> chosen(const std::vector<Catalog::ExportHint>& exports, const Estate& estate, NodeId node)
{
    for (const Catalog::ExportHint& hint : exports) {
        if (hint.provider == estate.node(node).provider)
            return MissingExport{hint.name, filled(hint.command, estate, node), accountOf(estate, node)};
    }
    return std::nullopt;
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
            std::string(textOf(settings[i], "title")), {}, readExports(settings[i], pointer, faults)};
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
            catalog.m_listings.push_back({*kind, readExports(listings[i], pointer, faults)});
    }
    const Json& needs = arrayOf(table, "needs");
    for (std::size_t i = 0; i < needs.size(); ++i) {
        const std::string pointer = pointerTo("/needs", i);
        const auto kind = readKind(member(needs[i], "kind"), pointer, faults);
        const auto needed = readKind(member(needs[i], "needs"), pointer, faults);
        if (kind && needed)
            catalog.m_needs.push_back({*kind, *needed, std::string(textOf(needs[i], "decides"))});
    }
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
    return row ? chosen(row->exports, estate, node) : std::nullopt;
}

std::optional<MissingExport> Catalog::listingOf(const Estate& estate, NodeId node, Kind kind) const
{
    for (const Listing& listing : m_listings) {
        if (listing.kind == kind)
            return chosen(listing.exports, estate, node);
    }
    return std::nullopt;
}

std::string shellQuoted(std::string_view word)
{
    constexpr std::string_view harmless = "._-:/@+=,";
    const auto isHarmless = [&](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
            || harmless.find(c) != std::string_view::npos;
    };
    if (!word.empty() && word.front() != '-' && std::all_of(word.begin(), word.end(), isHarmless))
        return std::string(word);
    std::string quoted = "'";
    for (const char c : word) {
        if (c == '\'')
            quoted += "'\\''";
        else if (static_cast<unsigned char>(c) >= 0x20 && c != 0x7F)
            quoted += c;
    }
    return quoted + "'";
}

} // namespace glacis
