// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/text.h"
#include "import/reader.h"
#include "import/yaml.h"

#include <set>
#include <string>
#include <string_view>

namespace glacis::k8s {

/// What all objects of a file share.
struct FileContext {
    explicit FileContext(ReadFile& read) : inventory(read.inventory), file(read) { }

    Inventory& inventory;
    ReadFile& file;
    std::set<Ref> mentioned; ///< so that a thing that is spoken of often gets one row
};

/// The cluster that the objects of a file are of.
Ref cluster(FileContext& context, EvidenceId at);

/// One object on its way into the inventory.
class Object {
public:
    /// `yaml` is null when the object came from JSON; `pointer` leads to it in its document.
    Object(
        FileContext& context, const Json& json, std::string_view kind, const YamlDocument* yaml, std::string pointer);

    FileContext& context;
    Inventory& inventory;
    const Json& json;
    std::string kind, name;
    std::string space; ///< namespace; empty when the kind has none

    /// Where a part of the object stands ("/spec", "/subjects/0").
    [[nodiscard]] EvidenceId seen(std::string_view inner = {}) const;
    [[nodiscard]] std::string id() const;

    /// The object as a thing in its namespace (or in the cluster), with its labels as tags.
    Ref thing(Kind kind);
    /// Keeps a part of the object as a document, compact and with its keys in order.
    void document(Ref of, std::string_view title, const Json& part, std::string_view inner);
    /// A thing of the cluster that this object speaks of; gives its id. `space` empty: it has no namespace.
    std::string mention(Kind kind, std::string_view type, std::string_view space, std::string_view name);
    /// A user or group as bindings name them: users that stand for service accounts become those.
    std::string subject(std::string_view type, std::string_view name);
    void leave(std::string_view what, std::string_view why, std::size_t count = 1);

private:
    const YamlDocument* m_yaml;
    std::string m_pointer;
};

using Handler = void (*)(Object& object);
struct HandlerRow {
    std::string_view kind;
    std::string_view group; ///< of the API version, the part before '/'; empty for v1
    bool namespaced;
    Handler handler;
};
[[nodiscard]] std::span<const HandlerRow> rbacHandlers();
[[nodiscard]] std::span<const HandlerRow> podHandlers();
[[nodiscard]] std::span<const HandlerRow> serviceHandlers();

/// Takes an object, or the items of a list, whatever form it came in. `kindOfList` is what the items of the list around
/// it are, or empty; `yaml` is null when it came from JSON.
void takeObject(FileContext& context, const Json& json, const std::string& kindOfList, const YamlDocument* yaml,
    const std::string& pointer);

[[nodiscard]] std::string idOf(std::string_view kind, std::string_view space, std::string_view name);

} // namespace glacis::k8s
