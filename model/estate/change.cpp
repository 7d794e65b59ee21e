// SPDX-License-Identifier: GPL-3.0-or-later
#include "estate/change.h"

#include "core/json.h"
#include "core/text.h"
#include "estate/estate_builder.h"

#include <algorithm>

namespace glacis {

namespace {

/// Puts what says nothing in the place of a statement of a policy, of a binding or of one of its members: the others
/// keep their places.
bool takeOut(Json& document, const std::string& pointer)
{
    const std::vector<std::string_view> steps = split(pointer, '/'); // the first is empty
    Json* at = steps.size() > 1 && document.contains(steps[1]) ? &document[std::string(steps[1])] : nullptr;
    for (std::size_t i = 2; at && i < steps.size() && (at->is_array() || i > 2); ++i) {
        const auto position = integer(steps[i]);
        if (at->is_array() && position && *position >= 0 && static_cast<std::size_t>(*position) < at->size())
            at = &(*at)[static_cast<std::size_t>(*position)];
        else
            at = at->is_object() && at->contains(steps[i]) ? &(*at)[std::string(steps[i])] : nullptr;
    }
    if (!at)
        return false;
    const Json nothing = steps[1] == "Statement" ? Json{{"Effect", "Deny"}, {"NotAction", "*"}, {"Resource", "*"}}
        : at->is_string()                        ? Json("")
                                                 : Json::object();
    if (*at == nothing)
        return false;
    *at = nothing;
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
        const std::vector<std::string_view> steps = split(change.pointer, '/');
        if (steps.size() > 2 && steps[1] == "bindings")
            return (steps.size() > 4 ? "Remove member " + std::string(steps[4]) + " of binding " : "Remove binding ")
                + std::string(steps[2]) + " of the " + change.name + " of " + change.of;
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
