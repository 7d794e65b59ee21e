// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "import/terraform/facts.h"
#include "import/terraform/native_table.h"

#include <set>

namespace glacis::terraform {

/// How resources of other providers than AWS are named there: what only an apply would tell stays in the name by what
/// it is read from, in braces ("{var.prefix}-web").
class NativeNames {
public:
    NativeNames(std::span<const Resource> resources, const Known& known);

    /// The id of a resource; empty when its type has none.
    [[nodiscard]] std::string idOf(const Resource& resource);
    /// A form filled in with the settings of a resource; `value` stands where the form says "{}".
    [[nodiscard]] std::string filled(std::string_view form, const Resource& resource, std::string_view value = {});
    /// A text with its references put in the provider's words.
    [[nodiscard]] std::string text(std::string_view text);

private:
    std::string reference(std::string_view reference);
    std::string attribute(const Resource& resource, std::string_view attribute);
    std::string placeholder(std::string_view name, const Resource& resource);
    std::string alternative(std::string_view one, const Resource& resource);
    std::string roleNamed(const std::string& name, const Resource& resource);
    const Resource* named(const std::string& type, const std::string& name) const;
    static const NativeRow* rowOf(const Resource& resource);

    const Known& m_known;
    std::map<std::string, std::string> m_ids; ///< by address
    std::map<std::pair<std::string, std::string>, const Resource*> m_byName; ///< type and name
    std::set<std::string> m_busy;
    int m_depth = 0;
};

/// What a path leads to in the settings: nested blocks that stand once are walked through without a "*".
[[nodiscard]] const Json* settingAt(const Json& values, std::string_view path);

} // namespace glacis::terraform
