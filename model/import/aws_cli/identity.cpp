// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/time.h"
#include "import/aws_cli/context.h"
#include "import/records.h"

namespace glacis::aws {

namespace {

void inlinePolicies(Context& c, Ref of, const Json& j, std::string_view list, const std::string& p)
{
    const Json& policies = arrayOf(j, list);
    for (std::size_t i = 0; i < policies.size(); ++i) {
        const std::string here = pointerTo(pointerTo(p, list), i);
        c.policy(of, PolicyRole::Inline, textOf(policies[i], "PolicyName"), member(policies[i], "PolicyDocument"),
            c.seen(here + "/PolicyDocument"));
    }
}

void principalCommon(Context& c, Ref ref, const Json& j, EvidenceId at)
{
    c.edges(ref, EdgeKind::HasPolicy, arrayOf(j, "AttachedManagedPolicies"), at, "PolicyArn");
    c.inventory.edge(ref, EdgeKind::BoundedBy, textOf(member(j, "PermissionsBoundary"), "PermissionsBoundaryArn"), at);
    c.settings(ref, j, at, {{"Path", "path"}});
    if (const auto made = parseTime(textOf(j, "CreateDate")))
        c.inventory.property(ref, "created", *made, at);
}

void user(Context& c, Json& j, const std::string& p)
{
    const EvidenceId at = c.seen(p);
    const Ref ref = c.thing(Kind::User, "AWS::IAM::User", textOf(j, "Arn"), textOf(j, "UserName"), j, at);
    if (ref == StringId::Empty)
        return;
    c.region("global");
    principalCommon(c, ref, j, at);
    inlinePolicies(c, ref, j, "UserPolicyList", p);
    const auto arn = parseArn(textOf(j, "Arn"));
    if (arn)
        c.inventory.alias(std::string(arn->account) + "/user/" + std::string(textOf(j, "UserName")), ref);
    // get-group lists a group's members.
    if (arn && c.call.call == "get-group" && !c.call.parameter.empty())
        c.inventory.edge(ref, EdgeKind::MemberOf, std::string(arn->account) + "/group/" + c.call.parameter, at);
    for (const Json& group : arrayOf(j, "GroupList")) {
        // Groups are named without their path; the group's own entry claims this name too.
        if (arn && group.is_string())
            c.inventory.edge(
                ref, EdgeKind::MemberOf, std::string(arn->account) + "/group/" + group.get<std::string>(), at);
    }
    if (const auto used = parseTime(textOf(j, "PasswordLastUsed")))
        c.inventory.property(ref, "password_last_used", *used, at);
}

void group(Context& c, Json& j, const std::string& p)
{
    const EvidenceId at = c.seen(p);
    const std::string_view id = textOf(j, "Arn");
    const Ref ref = c.thing(Kind::Group, "AWS::IAM::Group", id, textOf(j, "GroupName"), j, at);
    if (ref == StringId::Empty)
        return;
    c.region("global");
    if (const auto arn = parseArn(id))
        c.inventory.alias(std::string(arn->account) + "/group/" + std::string(textOf(j, "GroupName")), ref);
    if (c.call.call == "list-groups-for-user") {
        if (const Ref of = c.principal("user", c.call.parameter); of != StringId::Empty)
            c.inventory.edge(of, EdgeKind::MemberOf, id, at);
    }
    principalCommon(c, ref, j, at);
    inlinePolicies(c, ref, j, "GroupPolicyList", p);
}

void instanceProfile(Context& c, Json& j, const std::string& p)
{
    const EvidenceId at = c.seen(p);
    const Ref ref = c.thing(
        Kind::InstanceProfile, "AWS::IAM::InstanceProfile", textOf(j, "Arn"), textOf(j, "InstanceProfileName"), j, at);
    if (ref == StringId::Empty)
        return;
    c.region("global");
    c.edges(ref, EdgeKind::ProfileRole, arrayOf(j, "Roles"), at, "Arn");
}

void role(Context& c, Json& j, const std::string& p)
{
    const EvidenceId at = c.seen(p);
    const Ref ref = c.thing(Kind::Role, "AWS::IAM::Role", textOf(j, "Arn"), textOf(j, "RoleName"), j, at);
    if (ref == StringId::Empty)
        return;
    c.region("global");
    principalCommon(c, ref, j, at);
    if (const auto arn = parseArn(textOf(j, "Arn")))
        c.inventory.alias(std::string(arn->account) + "/role/" + std::string(textOf(j, "RoleName")), ref);
    c.policy(ref, PolicyRole::Trust, "AssumeRolePolicyDocument", member(j, "AssumeRolePolicyDocument"),
        c.seen(p + "/AssumeRolePolicyDocument"));
    inlinePolicies(c, ref, j, "RolePolicyList", p);
    if (const auto used = parseTime(textOf(member(j, "RoleLastUsed"), "LastUsedDate")))
        c.inventory.property(ref, "last_used", *used, at);
    Json profiles = arrayOf(j, "InstanceProfileList");
    for (std::size_t i = 0; i < profiles.size(); ++i)
        instanceProfile(c, profiles[i], pointerTo(p + "/InstanceProfileList", i));
}

void managedPolicy(Context& c, Json& j, const std::string& p)
{
    const EvidenceId at = c.seen(p);
    const Ref ref = c.thing(Kind::Policy, "AWS::IAM::ManagedPolicy", textOf(j, "Arn"), textOf(j, "PolicyName"), j, at);
    if (ref == StringId::Empty)
        return;
    c.region("global");
    if (const auto arn = parseArn(textOf(j, "Arn")); arn && arn->account == "aws")
        c.inventory.things.back().account = c.inventory.text("aws");
    c.settings(ref, j, at, {{"AttachmentCount", "attachment_count"}, {"DefaultVersionId", "default_version"}});
    const Json& versions = arrayOf(j, "PolicyVersionList");
    for (std::size_t i = 0; i < versions.size(); ++i) {
        if (boolOf(versions[i], "IsDefaultVersion").value_or(false)) {
            c.policy(ref, PolicyRole::Managed, textOf(j, "PolicyName"), member(versions[i], "Document"),
                c.seen(pointerTo(p + "/PolicyVersionList", i) + "/Document"));
        }
    }
    if (versions.size() > 1)
        c.file.row.leave(
            "older versions of managed policies", "only the default version is in force", versions.size() - 1);
}

void organizationAccount(Context& c, Json& j, const std::string& p)
{
    const EvidenceId at = c.seen(p);
    const Ref ref = c.thing(Kind::Account, "AWS::Organizations::Account", textOf(j, "Id"), textOf(j, "Name"), j, at);
    if (ref == StringId::Empty)
        return;
    c.inventory.alias(textOf(j, "Arn"), ref);
    c.settings(ref, j, at, {{"Status", "status"}, {"JoinedMethod", "joined"}});
    if (c.call.call.starts_with("list-accounts-for-parent"))
        c.parent(c.call.parameter);
}

void organizationUnit(Context& c, Json& j, const std::string& p)
{
    const EvidenceId at = c.seen(p);
    const Ref ref =
        c.thing(Kind::OrgUnit, "AWS::Organizations::OrganizationalUnit", textOf(j, "Id"), textOf(j, "Name"), j, at);
    if (ref == StringId::Empty)
        return;
    c.inventory.alias(textOf(j, "Arn"), ref);
    if (!c.call.parameter.empty())
        c.parent(c.call.parameter);
}

void organizationRoot(Context& c, Json& j, const std::string& p)
{
    const EvidenceId at = c.seen(p);
    const Ref ref = c.thing(Kind::OrgUnit, "AWS::Organizations::Root", textOf(j, "Id"), textOf(j, "Name"), j, at);
    const auto arn = parseArn(textOf(j, "Arn"));
    if (ref == StringId::Empty || !arn)
        return;
    // arn:aws:organizations::…:root/o-…/r-…
    const auto parts = split(arn->resource, '/');
    if (parts.size() == 3)
        c.parent(parts[1]);
}

void controlPolicy(Context& c, Json& j, const std::string& p)
{
    const Json& summary = j.contains("PolicySummary") ? member(j, "PolicySummary") : j;
    const EvidenceId at = c.seen(p);
    const Ref ref = c.thing(
        Kind::Policy, "AWS::Organizations::Policy", textOf(summary, "Id"), textOf(summary, "Name"), summary, at);
    if (ref == StringId::Empty)
        return;
    c.region("global");
    c.settings(ref, summary, at, {{"Type", "policy_type"}});
    if (j.contains("Content")) {
        const bool resourceControl = textOf(summary, "Type") == "RESOURCE_CONTROL_POLICY";
        c.policy(ref, resourceControl ? PolicyRole::ResourceControl : PolicyRole::ServiceControl,
            textOf(summary, "Name"), member(j, "Content"), c.seen(p + "/Content"));
    }
}

void policyTarget(Context& c, Json& j, const std::string& p)
{
    const std::string_view target = textOf(j, "TargetId");
    if (c.call.parameter.empty() || target.empty())
        return c.file.row.leave(
            "a policy's target", "the file's name does not say which policy it is of: name the file after the policy");
    c.inventory.edge(c.inventory.text(target), EdgeKind::HasPolicy, c.call.parameter, c.seen(p));
}

void identityProvider(Context& c, Json& j, const std::string& p)
{
    c.thing(Kind::IdentityProvider, "AWS::IAM::IdentityProvider", textOf(j, "Arn"), afterLast(textOf(j, "Arn"), '/'), j,
        c.seen(p));
    c.region("global");
}

void callerIdentity(Context& c, Json& j, const std::string& p)
{
    const std::string_view account = textOf(j, "Account");
    if (!looksLikeAwsAccount(account))
        return;
    c.thing(Kind::Account, "AWS::Organizations::Account", account, {}, j, c.seen(p));
    Inventory& inventory = c.inventory;
    ScopeId at = c.file.scope;
    inventory.scopes[index(at)].account = inventory.text(account);
    // A region's folder stands for its account's: the other regions beside it are of the same account.
    if (inventory.scopes[index(at)].region != StringId::Empty && at != rootScope) {
        at = inventory.scopes[index(at)].parent;
        if (inventory.scopes[index(at)].account == StringId::Empty)
            inventory.scopes[index(at)].account = inventory.text(account);
    }
}

void organization(Context& c, Json& j, const std::string& p)
{
    const Json& inner = member(j, "Organization");
    const Ref ref =
        c.thing(Kind::Organization, "AWS::Organizations::Organization", textOf(inner, "Id"), {}, inner, c.seen(p));
    c.settings(ref, inner, c.seen(p), {{"FeatureSet", "features"}, {"MasterAccountId", "management_account"}});
}

void wrappedControlPolicy(Context& c, Json& j, const std::string& p)
{
    Json inner = member(j, "Policy");
    controlPolicy(c, inner, p + "/Policy");
}

void accountSummary(Context& c, Json& j, const std::string& p)
{
    const EvidenceId at = c.seen(p);
    const Json& map = member(j, "SummaryMap");
    if (const auto mfa = numberOf(map, "AccountMFAEnabled"))
        c.accountSetting("root_mfa", *mfa != 0, at);
    if (const auto keys = numberOf(map, "AccountAccessKeysPresent"))
        c.accountSetting("root_access_keys", *keys != 0, at);
}

void credentialReport(Context& c, Json& j, const std::string& p)
{
    const std::string content(textOf(j, "Content"));
    const auto decoded = content.starts_with("user,arn") ? std::optional(content) : base64Decoded(content);
    if (!decoded || !decoded->starts_with("user,arn"))
        return c.file.row.leave("the credential report", "its content is neither the CSV nor base64 of it");
    readCredentialReport(c, *decoded, p + "/Content");
}

constexpr HandlerRow identityRows[] = {
    {"UserDetailList", "", user, "get-account-authorization-details", Level::Account},
    {"GroupDetailList", "", group, "get-account-authorization-details", Level::Account},
    {"RoleDetailList", "", role, "get-account-authorization-details", Level::Account},
    {"Policies", "PolicyVersionList", managedPolicy},
    {"Policies", "Type", controlPolicy},
    {"Policies", "Arn", managedPolicy},
    {"Users", "UserName", user, "list-users", Level::Account},
    {"Groups", "GroupName", group, "list-groups", Level::Account},
    {"Roles", "RoleName", role, "list-roles", Level::Account},
    {"InstanceProfiles", "", instanceProfile, "list-instance-profiles", Level::Account},
    {"SAMLProviderList", "", identityProvider, "list-saml-providers", Level::Account},
    {"OpenIDConnectProviderList", "", identityProvider, "list-open-id-connect-providers", Level::Account},
    {"Accounts", "Id", organizationAccount, "list-accounts", Level::Account},
    {"OrganizationalUnits", "", organizationUnit},
    {"Roots", "", organizationRoot, "list-roots", Level::Account},
    {"Targets", "TargetId", policyTarget},
};

constexpr WholeRow identityWholeRows[] = {
    {"Account", "", callerIdentity},
    {"Organization", "", organization},
    {"SummaryMap", "", accountSummary},
    {"Content", "", credentialReport},
    {"Policy", "describe-policy", wrappedControlPolicy},
};

} // namespace

/// A user or role by itself, told apart by its ARN.
void readPrincipal(Context& c, Json& j, const std::string& p)
{
    if (j.contains("RoleName"))
        role(c, j, p);
    else
        user(c, j, p);
}
void readManagedPolicy(Context& c, Json& j, const std::string& p)
{
    managedPolicy(c, j, p);
}

/// "Get credential reports for your AWS account", IAM User Guide. Columns are found by name, so that new ones do no
/// harm.
void readCredentialReport(Context& c, std::string_view csv, std::string_view pointer)
{
    (void)eachTableRow(csv, ',', [&](const TableRow& cell) {
        const bool root = cell["user"] == "<root_account>";
        const auto arn = parseArn(cell["arn"]);
        if (!arn)
            return c.file.row.leave("a line of the credential report", "it has no ARN");
        const EvidenceId at = c.inventory.seen(c.file.file, pointer, pointer.empty() ? cell.line : 0);
        const Ref ref = root
            ? c.thing(Kind::Account, "AWS::Organizations::Account", arn->account, {}, Json::object(), at)
            : c.thing(Kind::User, "AWS::IAM::User", cell["arn"], cell["user"], Json::object(), at);
        c.region("global");
        const auto flag = [&](std::string_view column, std::string_view key) {
            if (cell[column] == "true" || cell[column] == "false")
                c.inventory.property(ref, key, cell[column] == "true", at);
        };
        const auto time = [&](std::string_view column, std::string_view key) {
            if (const auto when = parseTime(cell[column]))
                c.inventory.property(ref, key, *when, at);
        };
        flag("mfa_active", root ? "root_mfa" : "mfa");
        if (!root)
            flag("password_enabled", "console_password");
        for (const char* number : {"1", "2"}) {
            const std::string key = "access_key_" + std::string(number);
            flag(key + "_active", key + "_active");
            time(key + "_last_rotated", key + "_rotated");
            time(key + "_last_used_date", key + "_last_used");
        }
    });
}

std::span<const HandlerRow> identityHandlers()
{
    return identityRows;
}
std::span<const WholeRow> identityWholes()
{
    return identityWholeRows;
}

} // namespace glacis::aws
