// SPDX-License-Identifier: GPL-3.0-or-later
#include "import/azure/context.h"

#include "import/azure/plain.h"

namespace glacis::azure {

void Session::mention(std::string_view id, Kind kind, EvidenceId at)
{
    Mention& known = m_mentioned.try_emplace(lowered(id), Mention{std::string(id), kind, at}).first->second;
    if (known.kind == Kind::Other)
        known.kind = kind;
}

void Session::actsFor(std::string_view appId, std::string_view servicePrincipal)
{
    if (!appId.empty())
        m_servicePrincipals.emplace(lowered(appId), servicePrincipal);
}

void Session::runsAsApplication(Ref from, std::string_view appId, EvidenceId at)
{
    if (!appId.empty())
        m_acting.push_back({from, lowered(appId), at});
}

void Session::ownsApplication(std::string_view owner, std::string_view appId, EvidenceId at)
{
    // Kept by the owner's id: it becomes a name of the inventory only at the end.
    m_owningBy.push_back({std::string(owner), lowered(appId), at});
}

void Session::finish(Inventory& inventory)
{
    for (const Owning& one : m_owningBy) {
        const auto found = m_applications.find(one.appId);
        inventory.edge(inventory.text(one.owner), EdgeKind::Owns,
            found == m_applications.end() ? one.appId : found->second, one.at);
    }
    placeInTenant(inventory);
    for (const auto& [subscription, guid] : m_tenantOf) {
        const std::string own(inventory.strings[subscription]);
        inventory.thing(Kind::Account, Provider::Azure, {}, own, rootScope, noEvidence).parent =
            inventory.text(tenantId(guid));
    }
    for (const Acting& one : m_acting) {
        const auto found = m_servicePrincipals.find(one.appId);
        const std::string& to = found == m_servicePrincipals.end() ? one.appId : found->second;
        if (found == m_servicePrincipals.end())
            mention(to, Kind::ServicePrincipal, one.at);
        inventory.edge(one.from, EdgeKind::RunsAs, to, one.at);
    }
    // What a thing that is spoken of lies in is spoken of with it.
    const std::map<std::string, Mention> told = m_mentioned;
    for (const auto& [key, one] : told) {
        for (std::string_view outer = isResourceId(one.id) ? outerOf(one.id) : std::string_view{}; !outer.empty();
             outer = outerOf(outer))
            mention(outer, Kind::Other, one.at);
    }
    for (const auto& [key, one] : m_mentioned) {
        if (m_described.contains(key))
            continue;
        const TypeRow* row = isResourceId(one.id) ? typeRow(typeOfId(one.id)) : nullptr;
        ThingRow& made = inventory.thing(row && row->kind ? *row->kind : one.kind, Provider::Azure,
            row ? std::string_view(row->type) : std::string_view{}, one.id, rootScope, one.at);
        made.outside = made.kind != Kind::ResourceGroup && made.kind != Kind::Account;
        const auto name = m_names.find(key);
        if (name != m_names.end())
            made.name = inventory.text(name->second);
        if (!isResourceId(one.id)) {
            made.region = inventory.text("global");
            continue;
        }
        if (made.name == StringId::Empty)
            made.name = inventory.text(nameOfId(one.id));
        if (made.kind == Kind::RoleDefinition)
            made.region = inventory.text("global");
        made.account = inventory.text(subscriptionOf(one.id));
        const std::string_view outer = outerOf(one.id);
        made.parent = outer.empty() ? Ref{} : inventory.text(outer);
    }
}

/// An import is of one directory, unless it says otherwise.
void Session::placeInTenant(Inventory& inventory)
{
    if (m_tenants.empty() && m_withoutTenant.empty())
        return;
    if (m_tenants.empty())
        m_tenants.emplace("unknown", noEvidence);
    for (const auto& [guid, at] : m_tenants) {
        const std::string id = tenantId(guid);
        ThingRow& made = inventory.thing(Kind::Organization, Provider::Azure, "tenant", id, rootScope, at);
        made.region = inventory.text("global");
        made.name = inventory.text(guid == "unknown" ? "Entra directory" : "Entra directory " + guid);
        m_described.insert(lowered(id));
    }
    if (m_tenants.size() != 1)
        return;
    const Ref only = inventory.text(tenantId(m_tenants.begin()->first));
    for (const std::size_t row : m_withoutTenant)
        inventory.things[row].parent = only;
}

Ref Context::thing(Kind kind, std::string_view type, std::string_view id, std::string_view name,
    std::string_view location, EvidenceId at)
{
    const std::string subscription = subscriptionOf(id);
    // A subscription is known by its number too.
    const std::string own = kind == Kind::Account ? subscription : std::string(id);
    ThingRow& made = inventory.thing(kind, Provider::Azure, type, own, file.scope, at);
    const Ref ref = made.id;
    made.name = inventory.text(name.empty() ? nameOfId(id) : name);
    const std::string region = regionOf(location);
    made.region = inventory.text(region.empty() ? "global" : region);
    made.account = kind == Kind::Account ? Ref{} : inventory.text(subscription);
    const std::string outer(outerOf(own));
    made.parent = outer.empty() ? Ref{} : inventory.text(outer);
    session.described(own);
    if (kind == Kind::Account)
        inventory.alias(afterLast(own, '/'), ref);
    for (std::string_view at_ = outer; !at_.empty(); at_ = outerOf(at_))
        session.mention(at_, Kind::Other, at);
    return ref;
}

Ref Context::directoryObject(Kind kind, std::string_view type, std::string_view id, std::string_view name,
    std::string_view tenant, EvidenceId at)
{
    ThingRow& made = inventory.thing(kind, Provider::Azure, type, isGuid(id) ? lowered(id) : id, file.scope, at);
    const Ref ref = made.id;
    made.name = inventory.text(name);
    made.region = inventory.text("global");
    if (!tenant.empty()) {
        made.parent = inventory.text(tenantId(tenant));
        session.tenant(tenant, at);
    } else {
        session.withoutTenant(inventory.things.size() - 1);
    }
    session.described(id);
    return ref;
}

void Context::link(Ref from, EdgeKind edge, std::string_view to, Kind kind, EvidenceId at)
{
    if (to.empty() || from == StringId::Empty)
        return;
    const std::string id = isGuid(to) ? lowered(to) : std::string(to);
    session.mention(id, kind, at);
    inventory.edge(from, edge, id, at);
}

void Context::linkBack(std::string_view from, EdgeKind edge, Ref to, Kind kind, EvidenceId at)
{
    if (from.empty() || to == StringId::Empty)
        return;
    const std::string id = isGuid(from) ? lowered(from) : std::string(from);
    session.mention(id, kind, at);
    inventory.edge(inventory.text(id), edge, std::string(inventory.strings[to]), at);
}

void Context::tags(Ref of, const Json& list)
{
    for (const auto& [key, value] : list.items()) {
        if (value.is_string())
            tag(of, key, value.get_ref<const std::string&>());
    }
}

void Context::document(Ref of, std::string_view name, const Json& document, EvidenceId at)
{
    inventory.facts.policies.push_back({of, PolicyRole::Azure, inventory.text(name),
        inventory.text(document.dump(-1, ' ', false, Json::error_handler_t::replace)), at});
}

Resource::Resource(Context& into, const Json& original, std::string where) : context(into), pointer(std::move(where))
{
    json = plainForm(original, &m_places);
    id = text("id");
    const std::string told = typeOfId(id);
    type = text("type");
    // Parts of a resource often don't say their type, and say something else by that name.
    if (!typeRow(type) && !told.empty())
        type = told;
    name = text("name");
    row = typeRow(type);
    at = context.seen(pointer);
}

EvidenceId Resource::seen(std::string_view key) const
{
    const auto place = m_places.find(std::string(key));
    return context.seen(pointer + (place == m_places.end() ? std::string() : place->second));
}

EvidenceId Resource::seen(std::string_view key, std::size_t element) const
{
    const auto place = m_places.find(std::string(key));
    return context.seen(place == m_places.end() ? pointer : pointerTo(pointer + place->second, element));
}

std::string_view referenceOf(const Json& json, std::string_view key)
{
    const Json& other = member(json, key);
    return other.is_string() ? std::string_view(other.get_ref<const std::string&>()) : textOf(other, "id");
}

} // namespace glacis::azure
