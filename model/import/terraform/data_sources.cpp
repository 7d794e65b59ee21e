// SPDX-License-Identifier: GPL-3.0-or-later
#include "import/terraform/data_sources.h"

#include "core/json.h"
#include "core/text.h"
#include "import/terraform/hcl/values.h"

namespace glacis::terraform {

namespace {

/// "Partitions": by the region. Where no region is known a reader of a design means the public one.
Json partition(std::string_view attribute, std::string_view region)
{
    const bool china = region.starts_with("cn-"), government = region.starts_with("us-gov-");
    if (attribute == "partition" || attribute == "id")
        return china ? "aws-cn" : government ? "aws-us-gov" : "aws";
    if (attribute == "dns_suffix")
        return china ? "amazonaws.com.cn" : "amazonaws.com";
    return attribute == "reverse_dns_prefix" ? Json(china ? "cn.com.amazonaws" : "com.amazonaws") : Json();
}

Json regionOf(std::string_view attribute, const Json& values, std::string_view region)
{
    const bool asked = attribute == "name" || attribute == "id" || attribute == "region";
    const std::string_view named = textOf(values, "name").empty() ? region : textOf(values, "name");
    return asked && !named.empty() ? Json(named) : Json();
}

Json arn(std::string_view attribute, const Json& values)
{
    const auto parts = parseArn(textOf(values, "arn"));
    if (!parts || hcl::isOpen(values))
        return {};
    return attribute == "partition" ? Json(parts->partition)
        : attribute == "service"    ? Json(parts->service)
        : attribute == "region"     ? Json(parts->region)
        : attribute == "account"    ? Json(parts->account)
        : attribute == "resource"   ? Json(parts->resource)
                                    : Json();
}

/// "google_iam_policy": the form of a policy that the API takes.
Json googlePolicy(const Json& values)
{
    Json bindings = Json::array();
    for (const Json& block : arrayOf(values, "binding")) {
        Json one = {{"role", textOf(block, "role")}, {"members", arrayOf(block, "members")}};
        if (const Json& condition = arrayOf(block, "condition"); !condition.empty())
            one["condition"] = condition[0];
        bindings.push_back(std::move(one));
    }
    return asText({{"bindings", bindings}});
}

} // namespace

Json dataSourceValue(std::string_view type, std::string_view attribute, const Json& values, std::string_view region)
{
    if (type == "aws_iam_policy_document")
        return attribute == "json" || attribute == "minified_json" ? Json(asText(policyDocument(values))) : Json();
    if (type == "aws_partition")
        return partition(attribute, region);
    if (type == "aws_region")
        return regionOf(attribute, values, region);
    if (type == "aws_arn")
        return arn(attribute, values);
    if (type == "google_iam_policy")
        return attribute == "policy_data" ? googlePolicy(values) : Json();
    if (type == "null_data_source")
        return attribute == "outputs" ? member(values, "inputs") : Json();
    if (type == "aws_service_principal" && attribute == "name" && !hcl::isOpen(values))
        return std::string(textOf(values, "service_name")) + ".amazonaws.com";
    return {};
}

} // namespace glacis::terraform
