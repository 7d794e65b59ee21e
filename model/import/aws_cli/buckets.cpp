// SPDX-License-Identifier: GPL-3.0-or-later
#include "estate/access_list.h"
#include "import/aws_cli/context.h"

/// Amazon S3: its replies do not say which bucket they are about.
namespace glacis::aws {

namespace {

void bucket(Context& c, Json& j, const std::string& p)
{
    const std::string_view name = textOf(j, "Name");
    if (name.empty())
        return;
    const Ref ref = c.thing(Kind::ObjectStore, "AWS::S3::Bucket", bucketArn(name), name, j, c.seen(p));
    c.inventory.alias(name, ref);
    c.inventory.alias("s3:" + std::string(name), ref);
}

/// The bucket that a reply is about, which only the file's name tells.
Ref askedBucket(Context& c, std::string_view what)
{
    if (c.call.parameter.empty()) {
        c.file.row.leave(what, "the file's name does not say which bucket it is of: name the file after the bucket");
        return {};
    }
    return c.inventory.text(bucketArn(c.call.parameter));
}

void publicAccessBlock(Context& c, Json& j, const std::string& p)
{
    const Json& block = member(j, "PublicAccessBlockConfiguration");
    const EvidenceId at = c.seen(p + "/PublicAccessBlockConfiguration");
    Ref of{};
    if (!c.call.parameter.empty() && !looksLikeAwsAccount(c.call.parameter))
        of = c.inventory.text(bucketArn(c.call.parameter));
    else if (!c.account().empty())
        of = c.thing(Kind::Account, "AWS::Organizations::Account", c.account(), {}, Json::object(), at);
    else
        return c.file.row.leave(
            "a public access block", "neither the file nor its folder says which bucket or account it is of");
    c.settings(of, block, at,
        {{"BlockPublicAcls", "block_public_acls"}, {"IgnorePublicAcls", "ignore_public_acls"},
            {"BlockPublicPolicy", "block_public_policy"}, {"RestrictPublicBuckets", "restrict_public_buckets"}});
}

void bucketEncryption(Context& c, Json& j, const std::string& p)
{
    const Ref of = askedBucket(c, "a bucket's encryption");
    const EvidenceId at = c.seen(p + "/ServerSideEncryptionConfiguration");
    for (const Json& rule : arrayOf(member(j, "ServerSideEncryptionConfiguration"), "Rules")) {
        const Json& byDefault = member(rule, "ApplyServerSideEncryptionByDefault");
        c.setting(of, "encryption", member(byDefault, "SSEAlgorithm"), at);
        if (of != StringId::Empty)
            c.inventory.edge(of, EdgeKind::EncryptedWith, textOf(byDefault, "KMSMasterKeyID"), at);
    }
}

void bucketVersioning(Context& c, Json& j, const std::string& p)
{
    // "GetBucketVersioning", Amazon S3 API Reference: MFADelete is there only where it was ever set.
    const Ref of = askedBucket(c, "a bucket's versioning");
    c.setting(of, "versioning", member(j, "Status"), c.seen(p));
    if (of != StringId::Empty)
        c.inventory.property(of, "mfa_delete",
            j.contains("MFADelete") ? textOf(j, "MFADelete") : std::string_view("Disabled"), c.seen(p));
}

void bucketLogging(Context& c, Json& j, const std::string& p)
{
    const Ref of = askedBucket(c, "a bucket's logging");
    const std::string_view target = textOf(member(j, "LoggingEnabled"), "TargetBucket");
    if (of != StringId::Empty && !target.empty()) {
        c.inventory.edge(of, EdgeKind::LogsTo, bucketArn(target), c.seen(p));
        c.inventory.property(of, "access_logging", true, c.seen(p));
    }
}

void bucketLocation(Context& c, Json& j, const std::string& p)
{
    if (c.call.parameter.empty())
        return c.file.row.leave("a bucket's location",
            "the file's name does not say which bucket it is of: name the file after the bucket");
    // "GetBucketLocation", Amazon S3 API Reference: buckets in us-east-1 have a null location.
    const std::string_view place = textOf(j, "LocationConstraint");
    c.thing(
        Kind::ObjectStore, "AWS::S3::Bucket", bucketArn(c.call.parameter), c.call.parameter, Json::object(), c.seen(p));
    c.region(place.empty() ? "us-east-1" : place == "EU" ? "eu-west-1" : place);
}

void bucketTagging(Context& c, Json& j, const std::string&)
{
    const Ref of = askedBucket(c, "a bucket's tags");
    if (of != StringId::Empty)
        c.tags(of, j);
}

/// What an access control list gives to one account or to the delivery of logs, as a policy would say it. Source:
/// "Access control list (ACL) overview", Amazon S3 User Guide.
void listedGrant(Context& c, Ref bucket, const Json& grant, std::string_view owner, const std::string& p)
{
    const Json& grantee = member(grant, "Grantee");
    const std::string_view account = textOf(grantee, "ID"), permission = textOf(grant, "Permission");
    const bool delivery = afterLast(textOf(grantee, "URI"), '/') == "LogDelivery";
    if (!delivery && (account.empty() || account == owner))
        return;
    if (!delivery && owner.empty())
        return c.file.row.leave(
            "a grant of a bucket's access control list", "the list does not say who owns the bucket");
    Json principal = delivery ? Json{{"Service", "logging.s3.amazonaws.com"}} : Json{{"AWS", account}};
    const std::string arn = bucketArn(c.call.parameter);
    c.policy(bucket, PolicyRole::Resource, "grant of " + std::string(permission) + " by access control list",
        {{"Version", "2012-10-17"},
            {"Statement",
                {{"Effect", "Allow"}, {"Principal", std::move(principal)}, {"Action", actionsOfListed(permission)},
                    {"Resource", {arn, arn + "/*"}}}}},
        c.seen(p));
}

void ownershipControls(Context& c, Json& j, const std::string& p)
{
    const Ref of = askedBucket(c, "a bucket's object ownership");
    const Json& rules = arrayOf(member(j, "OwnershipControls"), "Rules");
    for (std::size_t i = 0; i < rules.size(); ++i)
        c.setting(of, "object_ownership", member(rules[i], "ObjectOwnership"),
            c.seen(pointerTo(p + "/OwnershipControls/Rules", i)));
}

void bucketAcl(Context& c, Json& j, const std::string& p)
{
    const Ref of = askedBucket(c, "a bucket's access control list");
    const Json& grants = arrayOf(j, "Grants");
    bool all = false, authenticated = false;
    for (std::size_t i = 0; i < grants.size(); ++i) {
        // "Access control list (ACL) overview", Amazon S3 User Guide.
        const std::string_view group = afterLast(textOf(member(grants[i], "Grantee"), "URI"), '/');
        if (of != StringId::Empty)
            listedGrant(c, of, grants[i], textOf(member(j, "Owner"), "ID"), pointerTo(p + "/Grants", i));
        all = all || group == "AllUsers";
        authenticated = authenticated || group == "AuthenticatedUsers";
        if (of != StringId::Empty && (group == "AllUsers" || group == "AuthenticatedUsers"))
            c.inventory.property(of, group == "AllUsers" ? "acl_all_users" : "acl_authenticated_users",
                textOf(grants[i], "Permission"), c.seen(pointerTo(p + "/Grants", i)));
    }
    if (of != StringId::Empty && !all)
        c.inventory.property(of, "acl_all_users", "none", c.seen(p + "/Grants"));
    if (of != StringId::Empty && !authenticated)
        c.inventory.property(of, "acl_authenticated_users", "none", c.seen(p + "/Grants"));
}

void policyStatus(Context& c, Json& j, const std::string& p)
{
    c.setting(askedBucket(c, "a bucket's policy status"), "policy_is_public",
        member(member(j, "PolicyStatus"), "IsPublic"), c.seen(p));
}

constexpr HandlerRow bucketsRows[] = {
    {"Buckets", "Name", bucket, "list-buckets", Level::Account},
};

constexpr WholeRow bucketsWholeRows[] = {
    {"PublicAccessBlockConfiguration", "", publicAccessBlock},
    {"ServerSideEncryptionConfiguration", "", bucketEncryption},
    {"LoggingEnabled", "", bucketLogging},
    {"LocationConstraint", "", bucketLocation},
    {"TagSet", "", bucketTagging},
    {"Grants", "get-bucket-acl", bucketAcl},
    {"PolicyStatus", "", policyStatus},
    {"OwnershipControls", "", ownershipControls},
    {"Status", "get-bucket-versioning", bucketVersioning},
};

} // namespace

std::span<const HandlerRow> bucketHandlers()
{
    return bucketsRows;
}
std::span<const WholeRow> bucketWholes()
{
    return bucketsWholeRows;
}

} // namespace glacis::aws
