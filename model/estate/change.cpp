// SPDX-License-Identifier: GPL-3.0-or-later
#include "estate/change.h"

#include "core/json.h"
#include "core/text.h"
#include "estate/estate_builder.h"

#include <algorithm>

namespace glacis {

namespace {

/// Puts a statement that speaks of no action in the place of another.
bool takeOut(Json& document, const std::string& pointer)
{
    static const Json nothing = {{"Effect", "Deny"}, {"NotAction", "*"}, {"Resource", "*"}};
    Json* const found = document.contains("Statement") ? &document["Statement"] : nullptr;
    if (!found)
        return false;
    Json* statement = found;
    if (found->is_array()) {
        const auto at = integer(afterLast(pointer, '/'));
        if (!at || *at < 0 || static_cast<std::size_t>(*at) >= found->size())
            return false;
        statement = &(*found)[static_cast<std::size_t>(*at)];
    }
    if (*statement == nothing)
        return false;
    *statement = nothing;
    return true;
}

class Applier {
public:
    Applier(const Estate& before, EstateBuilder& builder) : m_before(before), m_builder(builder) { }

    bool operator()(const RemoveEdge& change) const
    {
        const auto from = m_before.find(change.from), to = m_before.find(change.to);
        if (!from || !to)
            return false;
        return std::erase_if(m_builder.facts().edges, [&](const auto& row) {
            return row.from == *from && row.to == *to && row.kind == change.kind;
        }) > 0;
    }

    bool operator()(const RemoveFirewallRule& change) const
    {
        const auto of = m_before.find(change.of);
        if (!of)
            return false;
        return std::erase_if(m_builder.facts().firewall, [&](const auto& row) {
            return row.of == *of && m_before.text(row.rule) == change.rule;
        }) > 0;
    }

    bool operator()(const RemovePolicy& change) const
    {
        const auto of = m_before.find(change.of);
        if (!of)
            return false;
        return std::erase_if(m_builder.facts().policies, [&](const auto& row) {
            return row.of == *of && row.role == change.role && m_before.text(row.name) == change.name;
        }) > 0;
    }

    bool operator()(const RemoveStatement& change) const
    {
        const auto of = m_before.find(change.of);
        if (!of)
            return false;
        bool done = false;
        for (auto& row : m_builder.facts().policies) {
            if (row.of != *of || row.role != change.role || m_before.text(row.name) != change.name)
                continue;
            auto document = parseJson(m_builder.strings()[row.document]);
            if (!document || !takeOut(*document, change.pointer))
                continue;
            row.document = m_builder.strings().intern(document->dump());
            done = true;
        }
        return done;
    }

    bool operator()(const SetFlag& change) const
    {
        const auto of = m_before.find(change.of);
        if (!of)
            return false;
        const StringId key = m_builder.strings().intern(change.key);
        std::erase_if(m_builder.facts().properties, [&](const auto& row) { return row.of == *of && row.key == key; });
        m_builder.facts().properties.push_back({*of, key, change.value, noEvidence});
        return true;
    }

private:
    const Estate& m_before;
    EstateBuilder& m_builder;
};

struct Describer {
    std::string operator()(const RemoveEdge& change) const
    {
        return "Remove " + std::string(name(change.kind)) + " from " + change.from + " to " + change.to;
    }
    std::string operator()(const RemoveFirewallRule& change) const
    {
        return "Remove rule " + change.rule + " of " + change.of;
    }
    std::string operator()(const RemovePolicy& change) const
    {
        return "Remove policy " + change.name + " of " + change.of;
    }
    std::string operator()(const RemoveStatement& change) const
    {
        return "Remove statement " + std::string(afterLast(change.pointer, '/')) + " of policy " + change.name + " of "
            + change.of;
    }
    std::string operator()(const SetFlag& change) const
    {
        return "Set " + change.key + " of " + change.of + (change.value ? " to on" : " to off");
    }
};

} // namespace

std::string describe(const Change& change)
{
    return std::visit(Describer{}, change);
}

ChangedEstate changed(const Estate& estate, std::span<const Change> changes)
{
    EstateBuilder builder(estate);
    const Applier applier(estate, builder);
    std::vector<std::size_t> withoutEffect;
    for (std::size_t i = 0; i < changes.size(); ++i) {
        if (!std::visit(applier, changes[i]))
            withoutEffect.push_back(i);
    }
    return {builder.finish(), std::move(withoutEffect)};
}

} // namespace glacis
