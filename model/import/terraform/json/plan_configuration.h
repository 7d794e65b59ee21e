// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/json.h"

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace glacis::terraform {

/// The `configuration` of a plan's JSON: where a value that is not known before the apply comes from. References are
/// followed through the variables and outputs of modules to resources and data sources.
/// Source: "JSON Output Format", Terraform documentation: configuration and expression representation.
class PlanConfiguration {
public:
    /// `addresses` are all instances that the plan has, so that a reference without an index leads to those it means.
    PlanConfiguration(Json configuration, const std::vector<std::string>& addresses);

    /// Fills in what `shadow` (after_unknown) marks as not known with references: "aws_vpc.main.id" and the like.
    void complete(Json& values, const Json& shadow, std::string_view address) const;
    /// What is known of the settings of the provider without an alias that a type of resource belongs to.
    [[nodiscard]] Json provider(std::string_view type) const;

private:
    struct Place; ///< a module of the configuration as one of its calls makes it
    using Found = std::vector<std::string>; ///< references, the most telling first

    void fill(Json& value, const Json& shadow, const Json& expression, const Place& at, const Json& resource) const;
    [[nodiscard]] Json standIn(const Json& expression, const Place& at, const Json& resource, bool several) const;
    void follow(const Json& expression, const Place& at, const Json& resource, Found& into, int depth) const;
    void followOne(std::string_view reference, const Place& at, const Json& resource, Found& into, int depth) const;
    void instances(const std::string& address, const std::string& attribute, const Place& at, Found& into) const;
    [[nodiscard]] const Json* resourceAt(std::string_view address, Place& at) const;

    using ByAddress = std::unordered_map<std::string_view, const Json*>;

    Json m_configuration;
    mutable std::unordered_map<const Json*, ByAddress> m_resources; ///< of each module that was asked for one
    std::unordered_map<std::string, std::vector<std::string>> m_instances; ///< by address without its last index
};

} // namespace glacis::terraform
