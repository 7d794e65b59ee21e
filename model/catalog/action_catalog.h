// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace glacis {

/// What an action does, as AWS groups them. Source: "Understanding access level summaries within policy summaries",
/// IAM User Guide.
enum class ActionLevel : std::uint8_t { List, Read, Write, Tagging, Permissions };
[[nodiscard]] std::string_view name(ActionLevel level); ///< "list" … "permissions"

/// Services of AWS with their actions, resource types and condition keys; the table resources/catalog/aws_actions.txt.
/// A service is read when it is first asked for; safe to ask from several threads.
/// Source: "Actions, resources, and condition keys for AWS services", Service Authorization Reference.
class ActionCatalog {
public:
    struct ConditionKey {
        std::string_view name; ///< "s3:prefix", "aws:ResourceTag/${TagKey}"
        std::string_view type; ///< "String", "ArrayOfString", "Bool" …
    };
    struct ResourceType {
        std::string_view name; ///< "bucket"
        std::string_view arn; ///< a pattern: "arn:*:s3:::*"
        std::vector<std::uint16_t> keys; ///< positions in Service::keys
    };
    struct TypeUse {
        std::uint16_t type = 0; ///< position in Service::types
        bool required = false; ///< a policy must allow it on this type whatever else it allows it on
    };
    /// What actions that are alike have in common.
    struct Shape {
        ActionLevel level{};
        std::vector<TypeUse> types; ///< none: the action knows no resources, and policies name it with "*" only
        std::vector<std::uint16_t> keys; ///< positions in Service::keys, those of the types left out
    };
    struct Action {
        std::string_view name; ///< "GetObject"
        std::uint16_t shape = 0;
    };
    struct Service {
        std::string_view prefix; ///< "s3"
        std::string_view title; ///< "Amazon S3"
        bool resourceControl = false; ///< resource control policies reach its resources
        std::vector<ConditionKey> keys;
        std::vector<ResourceType> types;
        std::vector<Shape> shapes;
        std::vector<Action> actions; ///< sorted by name without case

        [[nodiscard]] const Action* action(std::string_view name) const; ///< case is not looked at; null: no such
        [[nodiscard]] const Shape& shapeOf(const Action& action) const { return shapes[action.shape]; }
        /// Whether a condition on `key` can ever find it in a request for `action`, by the action or its types.
        /// "aws:ResourceTag/…" and the like are told by what stands before the slash.
        [[nodiscard]] bool knowsKey(const Action& action, std::string_view key) const;
    };
    /// An action with its service.
    struct Known {
        const Service* service = nullptr;
        const Action* action = nullptr;
        explicit operator bool() const { return action != nullptr; }
        [[nodiscard]] const Shape& shape() const { return service->shapeOf(*action); }
    };

    [[nodiscard]] static const ActionCatalog& builtIn();
    /// From a text of the same form; it must outlive the catalogue.
    explicit ActionCatalog(std::string_view text);

    [[nodiscard]] std::vector<std::string_view> services() const; ///< prefixes, sorted
    [[nodiscard]] const Service* service(std::string_view prefix) const; ///< null: no such
    [[nodiscard]] Known action(std::string_view action) const; ///< "s3:GetObject", case is not looked at
    /// The actions that a pattern of a policy means ("s3:Get*", "*"), as the catalogue spells them, sorted.
    [[nodiscard]] std::vector<std::string> matching(std::string_view pattern) const;

private:
    struct Entry {
        std::string_view prefix;
        std::string_view text; ///< from its header line to before the next
        mutable std::once_flag once;
        mutable std::unique_ptr<Service> service;
    };
    [[nodiscard]] const Service& read(const Entry& entry) const;

    std::vector<std::unique_ptr<Entry>> m_entries; ///< sorted by prefix
};

} // namespace glacis
