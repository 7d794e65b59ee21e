// SPDX-License-Identifier: GPL-3.0-or-later
#include "estate/inventory.h"

namespace glacis {

Inventory::Inventory()
{
    scopes.emplace_back();
}

std::size_t Inventory::factCount() const
{
    return things.size() + scoped.size() + facts.tags.size() + facts.properties.size() + facts.edges.size()
        + facts.policies.size() + facts.firewall.size() + facts.prefixes.size() + facts.routes.size()
        + facts.addresses.size() + facts.blocks.size() + facts.ports.size();
}

FileId Inventory::file(std::string_view path)
{
    files.emplace_back(path);
    return idAt<FileId>(files.size() - 1);
}

EvidenceId Inventory::seen(FileId file, std::string_view pointer, std::uint32_t line)
{
    evidence.push_back({file, text(pointer), line});
    return idAt<EvidenceId>(evidence.size() - 1);
}

ScopeId Inventory::scope(ScopeId parent, std::string_view label, std::string_view account, std::string_view region)
{
    scopes.push_back({parent, text(label), text(account), text(region)});
    return idAt<ScopeId>(scopes.size() - 1);
}

ThingRow& Inventory::thing(
    Kind kind, Provider provider, std::string_view type, std::string_view id, ScopeId scope, EvidenceId seenAt)
{
    ThingRow row;
    row.id = text(id);
    row.kind = kind;
    row.provider = provider;
    row.type = text(type);
    row.scope = scope;
    row.evidence = seenAt;
    return things.emplace_back(row);
}

void Inventory::alias(std::string_view other, Ref id)
{
    if (!other.empty())
        aliases.emplace_back(text(other), id);
}

void Inventory::edge(Ref from, EdgeKind kind, std::string_view to, EvidenceId seenAt)
{
    if (!to.empty())
        facts.edges.push_back({from, text(to), kind, seenAt});
}

void Inventory::property(Ref of, std::string_view key, bool value, EvidenceId seenAt)
{
    facts.properties.push_back({of, text(key), value, seenAt});
}

void Inventory::property(Ref of, std::string_view key, std::int64_t value, EvidenceId seenAt)
{
    facts.properties.push_back({of, text(key), value, seenAt});
}

void Inventory::property(Ref of, std::string_view key, std::string_view value, EvidenceId seenAt)
{
    if (!value.empty())
        facts.properties.push_back({of, text(key), text(value), seenAt});
}

void Inventory::tag(Ref of, std::string_view key, std::string_view value)
{
    facts.tags.push_back({of, text(key), text(value)});
}

void Inventory::scopedProperty(
    ScopeId scope, ScopedRow::Level level, std::string_view key, Value value, EvidenceId seenAt)
{
    scoped.push_back({scope, level, text(key), value, seenAt});
}

void Inventory::asked(ScopeId scope, ScopedRow::Level level, std::string_view call, EvidenceId seenAt)
{
    scopedProperty(scope, level, "read:" + std::string(call), true, seenAt);
}

} // namespace glacis
