// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "import/fact_taker.h"
#include "import/terraform/module.h"
#include "import/terraform/type_table.h"

#include <functional>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>

namespace glacis::terraform {

/// All resources of an import, found by what other resources call them.
class Known {
public:
    explicit Known(std::span<const Resource> resources);

    /// A reference as it was written ("module.edge.aws_lb.front[0].arn"), in its parts.
    struct Reference {
        std::string address; ///< of a resource; the whole reference when it leads to none
        std::string type; ///< empty when it leads to none
        std::string attribute;
        bool isData = false;
    };
    [[nodiscard]] Reference parts(std::string_view reference) const;
    [[nodiscard]] const Resource* at(std::string_view address) const;
    /// The resource of a kind that a plain name or id means, when just one has it.
    [[nodiscard]] const Resource* named(Kind kind, std::string_view name) const;
    /// The row's form ("arn:aws:s3:::{bucket}") filled in; empty when a setting in it is not known.
    [[nodiscard]] static std::string filled(const std::string& form, const Resource& resource);
    /// What a reference stands for in a text: the name or ARN when the configuration tells it, otherwise the address.
    [[nodiscard]] std::string inText(std::string_view reference) const;

private:
    std::unordered_map<std::string, const Resource*> m_byAddress;
    std::map<std::pair<Kind, std::string>, const Resource*> m_byName; ///< null: several have it
};

/// Turns one resource into facts.
class ResourceFacts : public FactTaker {
public:
    ResourceFacts(
        Inventory& into, LedgerRow& ledgerRow, const Known& known, const Resource& resource, const TypeRow& type);

    void write();

    const Known& known;
    const Resource& resource;
    const TypeRow& type;

    /// What the resource's facts are of: itself, or the resource that it describes.
    [[nodiscard]] Ref subject() const { return m_subject; }
    /// The line of a part of the settings.
    EvidenceId seen(const std::string& pointer);
    /// What a setting refers to, by id; something that nothing declares is mentioned with the kind it must have. Empty
    /// when the setting refers to nothing.
    Ref refer(const Json& value, Kind kind);
    /// A setting as text with references put in words.
    [[nodiscard]] std::string words(const Json& value) const;
    [[nodiscard]] Json inWords(const Json& value) const;
    /// Calls `each(value, pointer)` for all that a path leads to.
    template <class Each> void follow(const std::string& path, Each each) { follow(resource.values, path, {}, each); }

private:
    template <class Each> void follow(const Json& at, std::string_view path, const std::string& pointer, Each& each);
    void thing();
    void identify(EvidenceId here);
    void tags();
    void settings();
    void links();
    void documents();
    void blocks();
    Ref mention(std::string_view id, Kind kind);

    Provider m_provider;
    Ref m_subject{};
    std::size_t m_position = 0; ///< of the resource's thing in the inventory
};

/// Writes the facts of all resources that were found together; `rowOf` gives the row of the file that a resource is in.
void writeResources(
    Inventory& inventory, std::span<const Resource> resources, const std::function<LedgerRow&(const Resource&)>& rowOf);

/// "Route table concepts", Amazon VPC User Guide: every table has the local routes of its network, which nobody writes
/// down.
void addLocalRoutes(Inventory& inventory, Ref table, Ref network);

using ShapeHandler = void (*)(ResourceFacts& facts);
/// What does not fit the table: rules, routes, interfaces. Null when the type has nothing of the kind.
[[nodiscard]] ShapeHandler awsShape(std::string_view type);

template <class Each>
void ResourceFacts::follow(const Json& at, std::string_view path, const std::string& pointer, Each& each)
{
    if (path.empty()) {
        each(at, pointer);
        return;
    }
    const auto dot = path.find('.');
    const std::string_view step = path.substr(0, dot);
    const std::string_view rest = dot == std::string_view::npos ? std::string_view{} : path.substr(dot + 1);
    if (step == "*") {
        if (at.is_array()) {
            for (std::size_t i = 0; i < at.size(); ++i)
                follow(at[i], rest, pointerTo(pointer, i), each);
        } else if (!at.is_null()) {
            follow(at, rest, pointer, each);
        }
    } else if (at.is_object() && at.contains(step)) {
        follow(at.at(std::string(step)), rest, pointerTo(pointer, step), each);
    }
}

} // namespace glacis::terraform
