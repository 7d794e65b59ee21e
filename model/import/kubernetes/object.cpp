// SPDX-License-Identifier: GPL-3.0-or-later
#include "import/kubernetes/object.h"

namespace glacis::k8s {

namespace {

constexpr std::string_view clusterId = "cluster";

} // namespace

Ref cluster(FileContext& context, EvidenceId at)
{
    const Ref ref = context.inventory.text(clusterId);
    if (!context.mentioned.insert(ref).second)
        return ref;
    ThingRow& row =
        context.inventory.thing(Kind::K8sCluster, Provider::Kubernetes, "Cluster", clusterId, context.file.scope, at);
    row.name = context.inventory.text("Kubernetes cluster");
    return ref;
}

std::string idOf(std::string_view kind, std::string_view space, std::string_view name)
{
    std::string id;
    if (!space.empty())
        id.append(space).append("/");
    return id.append(kind).append("/").append(name);
}

Object::Object(
    FileContext& context_, const Json& json_, std::string_view kind_, const YamlDocument* yaml, std::string pointer)
    : context(context_),
      inventory(context_.inventory),
      json(json_),
      kind(kind_),
      name(textOf(member(json_, "metadata"), "name")),
      m_yaml(yaml),
      m_pointer(std::move(pointer))
{
    // A manifest that leaves the creation of its name to the cluster still describes something.
    if (name.empty() && !textOf(member(json, "metadata"), "generateName").empty())
        name = std::string(textOf(member(json, "metadata"), "generateName")) + '*';
}

EvidenceId Object::seen(std::string_view inner) const
{
    const std::string pointer = m_pointer + std::string(inner);
    return m_yaml ? inventory.seen(context.file.file, {}, m_yaml->lineOf(pointer))
                  : inventory.seen(context.file.file, pointer);
}

std::string Object::id() const
{
    return idOf(kind, space, name);
}

Ref Object::thing(Kind thingKind)
{
    const EvidenceId at = seen();
    cluster(context, at);
    std::string parent(clusterId);
    if (!space.empty() && thingKind != Kind::Namespace)
        parent = mention(Kind::Namespace, "Namespace", {}, space);
    const std::string own = id();
    ThingRow& row = inventory.thing(thingKind, Provider::Kubernetes, kind, own, context.file.scope, at);
    const Ref ref = row.id;
    row.name = inventory.text(name);
    row.parent = inventory.text(parent);
    inventory.alias(idOf(lowered(kind), space, name), ref);
    const Json& labels = member(member(json, "metadata"), "labels");
    if (labels.is_object()) {
        for (const auto& [key, value] : labels.items())
            inventory.tag(ref, key, asText(value));
    }
    if (!space.empty() && textOf(member(json, "metadata"), "namespace").empty())
        inventory.property(ref, "namespace_assumed", true, at);
    return ref;
}

void Object::document(Ref of, std::string_view title, const Json& part, std::string_view inner)
{
    inventory.facts.policies.push_back({of, PolicyRole::Kubernetes, inventory.text(title),
        inventory.text(part.dump(-1, ' ', false, Json::error_handler_t::replace)), seen(inner)});
}

std::string Object::mention(Kind thingKind, std::string_view type, std::string_view space_, std::string_view name_)
{
    std::string text = idOf(type, space_, name_);
    const Ref ref = inventory.text(text);
    if (!context.mentioned.insert(ref).second)
        return text;
    const std::string parent =
        space_.empty() ? std::string(clusterId) : mention(Kind::Namespace, "Namespace", {}, space_);
    ThingRow& row = inventory.thing(thingKind, Provider::Kubernetes, type, text, context.file.scope, noEvidence);
    row.outside = true;
    row.name = inventory.text(name_);
    row.parent = inventory.text(parent);
    inventory.alias(idOf(lowered(type), space_, name_), ref);
    if (thingKind == Kind::ServiceAccount)
        inventory.alias("system:serviceaccount:" + std::string(space_) + ':' + std::string(name_), ref);
    return text;
}

/// "Authenticating" and "Using RBAC Authorization", Kubernetes documentation.
std::string Object::subject(std::string_view type, std::string_view named)
{
    if (type == "User" && named.starts_with("system:serviceaccount:")) {
        const auto parts = split(named, ':');
        if (parts.size() == 4)
            return mention(Kind::ServiceAccount, "ServiceAccount", parts[2], parts[3]);
    }
    return mention(type == "Group" ? Kind::Group : Kind::User, type, {}, named);
}

void Object::leave(std::string_view what, std::string_view why, std::size_t count)
{
    if (count > 0)
        context.file.row.leave(what, why, count);
}

} // namespace glacis::k8s
