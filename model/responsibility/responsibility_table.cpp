// SPDX-License-Identifier: GPL-3.0-or-later
#include "responsibility/responsibility_table.h"

#include "catalog/schema.h"
#include "core/json.h"

#include <algorithm>
#include <cassert>

namespace glacis {

namespace {

constexpr std::string_view schemaPath = "responsibility/schema.json";

std::optional<Side> sideNamed(std::string_view name)
{
    if (name == "provider")
        return Side::Provider;
    if (name == "customer")
        return Side::Customer;
    return name == "shared" ? std::optional(Side::Shared) : std::nullopt;
}

Provider providerNamed(std::string_view name)
{
    if (name == "aws")
        return Provider::Aws;
    if (name == "azure")
        return Provider::Azure;
    return name == "gcp" ? Provider::Gcp : Provider::Unknown;
}

template <class Row> std::optional<std::size_t> positionOf(const std::vector<Row>& rows, std::string_view id)
{
    const auto found = std::find_if(rows.begin(), rows.end(), [&](const Row& row) { return row.id == id; });
    return found == rows.end() ? std::nullopt : std::optional<std::size_t>(found - rows.begin());
}

class TableReader {
public:
    TableReader(ResponsibilityTable& table, std::vector<SchemaFault>& faults) : m_table(table), m_faults(faults) { }

    void readLayers(const Json& json)
    {
        for (const Json& row : arrayOf(json, "groups"))
            m_table.groups.push_back({std::string(textOf(row, "id")), std::string(textOf(row, "title"))});
        const Json& layers = arrayOf(json, "layers");
        for (std::size_t i = 0; i < layers.size(); ++i)
            readLayer(layers[i], pointerTo("/layers", i));
        const Json& models = arrayOf(json, "models");
        for (std::size_t i = 0; i < models.size(); ++i)
            readModel(models[i], pointerTo("/models", i));
    }

    void readProvider(const Json& json)
    {
        ResponsibilityTable::ProviderDuties duties;
        duties.provider = providerNamed(textOf(json, "provider"));
        duties.title = textOf(json, "title");
        for (const auto& model : m_table.models)
            duties.examples.emplace_back(textOf(member(json, "examples"), model.id));
        duties.duties.resize(m_table.layers.size() * m_table.models.size());
        m_filled.assign(duties.duties.size(), false);
        const Json& rows = arrayOf(json, "rows");
        for (std::size_t i = 0; i < rows.size(); ++i)
            readRow(json, rows[i], pointerTo("/rows", i), duties);
        reportUnfilled();
        m_table.providers.push_back(std::move(duties));
    }

private:
    void fault(const std::string& pointer, std::string sentence) { m_faults.push_back({pointer, std::move(sentence)}); }

    void readLayer(const Json& row, const std::string& pointer)
    {
        const auto group = positionOf(m_table.groups, textOf(row, "group"));
        if (!group)
            fault(pointer, "names a group that is not there");
        if (m_table.layerNamed(textOf(row, "id")))
            fault(pointer, "stands there twice");
        m_table.layers.push_back({std::string(textOf(row, "id")), std::string(textOf(row, "title")), group.value_or(0),
            sideNamed(textOf(row, "classic"))});
    }

    void readModel(const Json& row, const std::string& pointer)
    {
        ResponsibilityTable::Model model{
            std::string(textOf(row, "id")), std::string(textOf(row, "title")), std::string(textOf(row, "model")), {}};
        for (const Json& name : arrayOf(row, "kinds")) {
            const auto kind = kindNamed(asText(name));
            if (!kind)
                fault(pointer, asText(name) + " is no kind");
            else if (m_table.modelOf(*kind))
                fault(pointer, asText(name) + " sits in two columns");
            else
                model.kinds.push_back(*kind);
        }
        m_table.models.push_back(std::move(model));
    }

    void readRow(
        const Json& json, const Json& row, const std::string& pointer, ResponsibilityTable::ProviderDuties& duties)
    {
        const auto layer = m_table.layerNamed(textOf(row, "layer"));
        if (!layer)
            return fault(pointer, "names a layer that is not there");
        const Json& cells = member(row, "cells");
        for (std::size_t model = 0; model < m_table.models.size(); ++model) {
            const std::string& id = m_table.models[model].id;
            const bool own = cells.is_object() && cells.contains(id);
            const Json& cell = own ? cells[id] : member(row, "every");
            if (cell.is_null())
                continue;
            const std::size_t at = *layer * m_table.models.size() + model;
            duties.duties[at] = readCell(json, cell, pointer);
            m_filled[at] = true;
        }
        for (const auto& [id, cell] : cells.items()) {
            if (!positionOf(m_table.models, id))
                fault(pointer, "names a service model that is not there: " + id);
        }
    }

    Duty readCell(const Json& json, const Json& cell, const std::string& pointer)
    {
        Duty duty;
        duty.side = sideNamed(textOf(cell, "side")).value_or(Side::Shared);
        duty.provider = textOf(cell, "provider");
        duty.customer = textOf(cell, "customer");
        for (const Json& source : arrayOf(json, "sources")) {
            if (textOf(source, "id") == textOf(cell, "source")) {
                duty.source = textOf(source, "title");
                duty.publisher = textOf(source, "publisher");
            }
        }
        if (duty.source.empty())
            fault(pointer, "names a source that is not listed");
        return duty;
    }

    void reportUnfilled()
    {
        for (std::size_t at = 0; at < m_filled.size(); ++at) {
            if (!m_filled[at]) {
                fault("/rows",
                    "says nothing of " + m_table.layers[at / m_table.models.size()].id + " for "
                        + m_table.models[at % m_table.models.size()].id);
            }
        }
    }

    ResponsibilityTable& m_table;
    std::vector<SchemaFault>& m_faults;
    std::vector<bool> m_filled;
};

Json builtInPart(const char* path, const char* definition)
{
    Table table = loadTable(path, schemaPath, definition);
    assert(table.faults.empty());
    return std::move(table.json);
}

} // namespace

std::string_view name(Side side)
{
    switch (side) {
    case Side::Provider:
        return "provider";
    case Side::Customer:
        return "customer";
    case Side::Shared:
        break;
    }
    return "shared";
}

const ResponsibilityTable& ResponsibilityTable::builtIn()
{
    static const ResponsibilityTable table = [] {
        const Json parts[] = {builtInPart("responsibility/aws.json", "provider"),
            builtInPart("responsibility/azure.json", "provider"), builtInPart("responsibility/gcp.json", "provider")};
        std::vector<SchemaFault> faults;
        ResponsibilityTable read = from(builtInPart("responsibility/layers.json", "layers"), parts, faults);
        assert(faults.empty());
        return read;
    }();
    return table;
}

ResponsibilityTable ResponsibilityTable::from(
    const Json& layers, std::span<const Json> providers, std::vector<SchemaFault>& faults)
{
    ResponsibilityTable table;
    TableReader reader(table, faults);
    reader.readLayers(layers);
    for (const Json& provider : providers)
        reader.readProvider(provider);
    return table;
}

std::optional<std::size_t> ResponsibilityTable::layerNamed(std::string_view id) const
{
    return positionOf(layers, id);
}

std::optional<std::size_t> ResponsibilityTable::modelOf(Kind kind) const
{
    for (std::size_t i = 0; i < models.size(); ++i) {
        if (std::find(models[i].kinds.begin(), models[i].kinds.end(), kind) != models[i].kinds.end())
            return i;
    }
    return std::nullopt;
}

const ResponsibilityTable::ProviderDuties* ResponsibilityTable::of(Provider provider) const
{
    const auto found = std::find_if(
        providers.begin(), providers.end(), [&](const ProviderDuties& duties) { return duties.provider == provider; });
    return found == providers.end() ? nullptr : &*found;
}

std::size_t ResponsibilityTable::boundary(const ProviderDuties& of, std::size_t model) const
{
    std::size_t layer = layers.size();
    while (layer > 0 && duty(of, layer - 1, model).side == Side::Provider)
        --layer;
    return layer;
}

} // namespace glacis
