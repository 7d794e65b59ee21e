// SPDX-License-Identifier: GPL-3.0-or-later
#include "import/azure/context.h"

#include <array>

namespace glacis::azure {

namespace {

Handler handlerOf(std::string_view type)
{
    static const auto table = [] {
        std::map<std::string, Handler, std::less<>> made;
        for (const auto rows : {networkHandlers(), filterHandlers(), balancerHandlers(), workloadHandlers(),
                 storeHandlers(), authorizationHandlers()}) {
            for (const HandlerRow& row : rows)
                made.emplace(row.type, row.handler);
        }
        return made;
    }();
    const auto found = table.find(lowered(type));
    return found == table.end() ? nullptr : found->second;
}

/// The resource that a part belongs to, which is of the kind that the part's row names: the outermost type of its id.
std::string_view wholeOf(std::string_view id)
{
    while (true) {
        const std::string_view outer = outerOf(id);
        const TypeRow* row = typeRow(typeOfId(outer));
        if (row && !row->kind) {
            id = outer;
            continue;
        }
        return outer;
    }
}

/// What a resource runs as. Source: "What are managed identities for Azure resources?", Microsoft Entra.
void identities(Resource& r)
{
    const Json& identity = member(r.json, "identity");
    const std::string_view own = textOf(identity, "principalid");
    Context& c = r.context;
    const EvidenceId at = r.seen("identity");
    if (isGuid(own)) {
        const std::string id = lowered(own);
        ThingRow& made =
            c.inventory.thing(Kind::ManagedIdentity, Provider::Azure, "system-assigned identity", id, c.file.scope, at);
        made.name = c.inventory.text(r.name.empty() ? nameOfId(r.id) : std::string_view(r.name));
        made.region = c.inventory.text("global");
        made.account = c.inventory.text(subscriptionOf(r.id));
        made.parent = c.inventory.text(outerOf(r.id));
        c.session.described(id);
        c.inventory.edge(r.ref, EdgeKind::RunsAs, id, at);
    } else if (lowered(textOf(identity, "type")).find("systemassigned") != std::string::npos) {
        // A design: the identity comes to be with the resource.
        const std::string id = r.id + "/identity";
        ThingRow& made =
            c.inventory.thing(Kind::ManagedIdentity, Provider::Azure, "system-assigned identity", id, c.file.scope, at);
        made.name = c.inventory.text(r.name.empty() ? nameOfId(r.id) : std::string_view(r.name));
        made.account = c.inventory.text(subscriptionOf(r.id));
        made.parent = c.inventory.text(outerOf(r.id));
        c.session.described(id);
        c.inventory.edge(r.ref, EdgeKind::RunsAs, id, at);
    }
    for (const auto& [id, about] : member(identity, "userassignedidentities").items()) {
        if (isResourceId(id))
            c.link(r.ref, EdgeKind::RunsAs, id, Kind::ManagedIdentity, at);
        if (isResourceId(id) && isGuid(textOf(about, "principalId")))
            c.inventory.alias(lowered(textOf(about, "principalId")), c.inventory.text(id));
    }
}

void settings(Resource& r)
{
    for (const TypeRow::Setting& setting : r.row->settings) {
        for (const Json* value : membersAt(r.json, setting.path))
            r.context.setting(r.ref, setting.key, *value, r.seen(setting.path.front()));
    }
}

void links(Resource& r)
{
    for (const TypeRow::Link& link : r.row->links) {
        for (const Json* value : membersAt(r.json, link.path)) {
            if (!value->is_string() || value->get_ref<const std::string&>().empty())
                continue;
            const std::string& other = value->get_ref<const std::string&>();
            // Only ids name things of the estate; a vault's address does not.
            if (!isResourceId(other))
                continue;
            if (link.reversed)
                r.context.linkBack(other, link.edge, r.ref, link.other, r.seen(link.path.front()));
            else
                r.context.link(r.ref, link.edge, other, link.other, r.seen(link.path.front()));
        }
    }
}

/// Things that only say more of another: a rule, a setting group, a link.
void takePart(Resource& r)
{
    const std::string_view whole = wholeOf(r.id);
    if (whole.empty())
        return r.context.row.leave(r.row->type, "its id does not say what it is part of");
    r.ref = r.context.inventory.text(whole);
    r.context.session.mention(whole, *r.row->of, r.at);
}

} // namespace

bool takeResource(Context& context, const Json& json, const std::string& pointer)
{
    Resource r(context, json, pointer);
    if (!r.row) {
        // What some lists of the Azure CLI leave out is the type, and the id tells it.
        if (!isResourceId(r.id))
            return false;
        context.row.leave(r.type.empty() ? std::string_view("a resource") : std::string_view(r.type),
            "Glacis does not read this type of Azure resource");
        return true;
    }
    if (r.row->idle) {
        context.row.leave(r.row->type, "it holds nothing that security rests on");
        return true;
    }
    if (r.id.empty())
        return false;
    if (r.row->kind) {
        Kind kind = *r.row->kind;
        if (kind == Kind::RoleDefinition) {
            context.inventory.alias(r.id, context.inventory.text(roleDefinitionId(r.id)));
            r.id = roleDefinitionId(r.id);
        }
        // "Microsoft.Web/sites": the kind is a list of words such as "functionapp,linux".
        if (kind == Kind::AppPlatform && lowered(r.text("kind")).find("functionapp") != std::string::npos)
            kind = Kind::Function;
        const std::string_view shown = r.text("displayname");
        const std::string_view location = r.text("location");
        r.ref =
            context.thing(kind, r.row->type, r.id, shown.empty() ? std::string_view(r.name) : shown, location, r.at);
        r.thing = context.inventory.things.size() - 1;
        context.tags(r.ref, member(r.json, "tags"));
        identities(r);
    } else {
        takePart(r);
    }
    if (r.ref == StringId::Empty)
        return true;
    settings(r);
    links(r);
    if (const Handler handler = handlerOf(r.row->type))
        handler(r);
    return true;
}

} // namespace glacis::azure
