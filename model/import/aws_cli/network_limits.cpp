// SPDX-License-Identifier: GPL-3.0-or-later
#include "import/aws_cli/context.h"

/// What a region forbids its networks, and what is said of references between security groups of different networks:
/// "Block public access to VPCs and subnets" and "Work with stale security group rules", Amazon VPC User Guide.
namespace glacis::aws {

namespace {

void vpcPublicAccessBlock(Context& c, Json& j, const std::string& p)
{
    const std::string here = p + "/VpcBlockPublicAccessOptions";
    const std::string_view mode = textOf(member(j, "VpcBlockPublicAccessOptions"), "InternetGatewayBlockMode");
    if (mode.empty())
        return c.file.row.leave("the block of public access", "it has no mode");
    c.inventory.scopedProperty(
        c.file.scope, Level::Region, "vpc_block_public_access", c.inventory.text(mode), c.seen(here));
}

void exclusion(Context& c, Json& j, const std::string& p)
{
    const std::string_view state = textOf(j, "State");
    if (state.starts_with("delete") || state.ends_with("failed"))
        return c.file.row.leave("an exclusion from the block of public access", "it is not in force");
    // arn:aws:ec2:REGION:ACCOUNT:subnet/subnet-…
    const auto arn = parseArn(textOf(j, "ResourceArn"));
    const std::string_view id = arn ? after(arn->resource, '/') : std::string_view{};
    const std::string_view mode = textOf(j, "InternetGatewayExclusionMode");
    if (id.empty() || mode.empty())
        return c.file.row.leave("an exclusion from the block of public access", "it names no resource or no mode");
    c.inventory.property(c.inventory.text(id), "public_access_exclusion", mode, c.seen(p));
}

void groupReference(Context& c, Json& j, const std::string& p)
{
    const std::string_view group = textOf(j, "GroupId"), from = textOf(j, "ReferencingVpcId");
    if (group.empty() || from.empty())
        return c.file.row.leave("a reference to a security group", "it names no group or no network");
    const std::string_view peering = textOf(j, "VpcPeeringConnectionId");
    c.inventory.property(c.inventory.text(group), "referenced_from:" + std::string(from),
        peering.empty() ? textOf(j, "TransitGatewayId") : peering, c.seen(p));
}

void staleGroup(Context& c, Json& j, const std::string& p)
{
    const Ref group = c.inventory.text(textOf(j, "GroupId"));
    for (const char* list : {"StaleIpPermissions", "StaleIpPermissionsEgress"}) {
        const Json& permissions = arrayOf(j, list);
        for (std::size_t i = 0; i < permissions.size(); ++i) {
            for (const Json& pair : arrayOf(permissions[i], "UserIdGroupPairs")) {
                if (const std::string_view gone = textOf(pair, "GroupId"); !gone.empty())
                    c.inventory.property(
                        group, "stale_reference:" + std::string(gone), true, c.seen(pointerTo(pointerTo(p, list), i)));
            }
        }
    }
}

constexpr HandlerRow networkLimitsRows[] = {
    {"VpcBlockPublicAccessExclusions", "", exclusion, "describe-vpc-block-public-access-exclusions"},
    {"SecurityGroupReferenceSet", "", groupReference},
    {"StaleSecurityGroupSet", "", staleGroup},
};
constexpr WholeRow networkLimitsWholeRows[] = {
    {"VpcBlockPublicAccessOptions", "", vpcPublicAccessBlock},
};

} // namespace

std::span<const HandlerRow> networkLimitHandlers()
{
    return networkLimitsRows;
}
std::span<const WholeRow> networkLimitWholes()
{
    return networkLimitsWholeRows;
}

} // namespace glacis::aws
