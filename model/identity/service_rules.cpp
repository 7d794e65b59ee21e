// SPDX-License-Identifier: GPL-3.0-or-later
#include "identity/service_rules.h"

#include "catalog/action_catalog.h"
#include "catalog/schema.h"
#include "core/matching.h"
#include "core/text.h"

#include <algorithm>
#include <cassert>
#include <optional>
#include <string>
#include <vector>

namespace glacis {

namespace {

struct Row {
    ServiceRule rule{};
    std::string service;
    std::vector<std::string> names; ///< lower case, with wildcards
    std::string resource;
    bool onlyChanges = false; ///< reading and listing is left alone
};

std::optional<ServiceRule> ruleNamed(std::string_view name)
{
    constexpr std::pair<std::string_view, ServiceRule> names[] = {
        {"needs_no_permission", ServiceRule::NeedsNoPermission},
        {"needs_no_permission_of_users", ServiceRule::NeedsNoPermissionOfUsers},
        {"fixed_by_aws", ServiceRule::FixedByAws}, {"resource_policy_decides", ServiceRule::ResourcePolicyDecides},
        {"beyond_resource_control", ServiceRule::BeyondResourceControl}};
    const auto found = std::ranges::find(names, name, &std::pair<std::string_view, ServiceRule>::first);
    return found == std::end(names) ? std::nullopt : std::optional(found->second);
}

const std::vector<Row>& table()
{
    static const std::vector<Row> rows = [] {
        const Table read = loadTable("catalog/aws_evaluation.json", "catalog/schema.json", "evaluation");
        assert(read.faults.empty());
        std::vector<Row> made;
        for (const Json& json : arrayOf(read.json, "rules")) {
            Row row;
            row.rule = ruleNamed(textOf(json, "rule")).value_or(ServiceRule::FixedByAws);
            row.service = textOf(json, "service");
            for (const Json& name : arrayOf(json, "actions"))
                row.names.push_back(lowered(asText(name)));
            row.resource = textOf(json, "resource");
            row.onlyChanges = boolOf(json, "only_changes").value_or(false);
            made.push_back(std::move(row));
        }
        return made;
    }();
    return rows;
}

bool changes(std::string_view service, std::string_view name)
{
    const ActionCatalog::Service* known = ActionCatalog::builtIn().service(service);
    const ActionCatalog::Action* action = known ? known->action(name) : nullptr;
    return action && known->shapeOf(*action).level != ActionLevel::List
        && known->shapeOf(*action).level != ActionLevel::Read;
}

} // namespace

bool applies(ServiceRule rule, std::string_view service, std::string_view name, std::string_view resource)
{
    return std::ranges::any_of(table(), [&](const Row& row) {
        return row.rule == rule && row.service == service
            && std::ranges::any_of(
                row.names, [&](const std::string& pattern) { return wildcardMatches(pattern, name); })
            && wildcardMatches(row.resource, resource) && (!row.onlyChanges || changes(service, name));
    });
}

} // namespace glacis
