// SPDX-License-Identifier: GPL-3.0-or-later
#include "identity/public_access.h"

#include "core/text.h"
#include "estate/access_list.h"

#include <algorithm>

namespace glacis {

namespace {

/// A setting of a bucket or of its account; nothing when neither is known and neither is on.
std::optional<bool> blockedBy(const Estate& estate, NodeId store, const char* setting)
{
    const auto own = estate.flag(store, setting);
    const NodeId account = estate.node(store).account;
    const auto whole = account == noNode ? std::nullopt : estate.flag(account, setting);
    if (own.value_or(false) || whole.value_or(false))
        return true;
    return own && whole ? std::optional(false) : std::nullopt;
}

void block(Decision& decision, std::optional<bool> blocked, const char* setting)
{
    if (!decision.possible())
        return;
    if (blocked.value_or(false)) {
        decision = {};
        decision.verdict = Verdict::ImplicitDeny;
    } else if (!blocked) {
        decision.verdict = Verdict::Conditional;
        decision.open.push_back(std::string("neither the bucket nor its account sets ") + setting
            + ", which the export does not tell (aws s3api get-public-access-block, aws s3control "
              "get-public-access-block)");
    }
}

} // namespace

std::string arnOf(const Estate& estate, NodeId node)
{
    std::string id(estate.id(node));
    if (id.rfind("arn:", 0) == 0)
        return id;
    // A design's own id is an address; its ARN is known where the configuration tells all parts of it.
    if (const std::string_view told = estate.word(node, "arn"); !told.empty())
        return std::string(told);
    const NodeRow& row = estate.node(node);
    const std::string region = row.region == noNode ? std::string() : std::string(estate.name(row.region));
    const std::string account = row.account == noNode ? std::string() : std::string(estate.id(row.account));
    struct Form {
        Kind kind;
        const char* service;
        const char* type;
    };
    constexpr Form forms[] = {{Kind::Disk, "ec2", "volume/"}, {Kind::DiskSnapshot, "ec2", "snapshot/"},
        {Kind::Vm, "ec2", "instance/"}, {Kind::SqlDb, "rds", "db:"}};
    for (const Form& form : forms) {
        if (form.kind == row.kind)
            return std::string("arn:aws:")
                .append(form.service)
                .append(":")
                .append(region)
                .append(":")
                .append(account)
                .append(":")
                .append(form.type)
                .append(id);
    }
    return id;
}

void limitPublic(const Estate& estate, NodeId store, Decision& decision)
{
    if (estate.kind(store) == Kind::ObjectStore)
        block(decision, blockedBy(estate, store, "restrict_public_buckets"), "restrict_public_buckets");
}

bool listAllows(std::string_view permission, std::string_view action)
{
    return std::ranges::any_of(
        actionsOfListed(permission), [&](std::string_view one) { return equalIgnoringCase(action, one); });
}

std::vector<PublicGrant> publicGrants(const Estate& estate, NodeId store)
{
    // "Access control list (ACL) overview", Amazon S3 User Guide: what each permission of a bucket's list allows, and
    // the groups that stand for everyone and for everyone with an AWS account. A list may grant a group several.
    struct Meaning {
        std::string_view permission;
        AccessLevel level;
    };
    constexpr Meaning meanings[] = {{"READ", AccessLevel::Read}, {"WRITE", AccessLevel::Write},
        {"WRITE_ACP", AccessLevel::Administer}, {"FULL_CONTROL", AccessLevel::Read},
        {"FULL_CONTROL", AccessLevel::Write}, {"FULL_CONTROL", AccessLevel::Administer}};
    std::vector<PublicGrant> grants;
    // "Controlling ownership of objects and disabling ACLs for your bucket", Amazon S3 User Guide.
    if (estate.word(store, "object_ownership") == "BucketOwnerEnforced")
        return grants;
    for (const auto& row : estate.properties(store)) {
        const bool all = estate.text(row.key) == "acl_all_users";
        const StringId* const granted = std::get_if<StringId>(&row.value);
        if (!granted || (!all && estate.text(row.key) != "acl_authenticated_users"))
            continue;
        const std::string_view permission = estate.text(*granted);
        for (const Meaning& meaning : meanings) {
            if (permission != meaning.permission)
                continue;
            PublicGrant grant{meaning.level, {}, std::string(permission), all};
            grant.decision.verdict = Verdict::Allowed;
            grant.decision.because.push_back({store, row.evidence, "",
                "The access control list of " + std::string(estate.name(store)) + " grants " + std::string(permission)
                    + (all ? " to everyone." : " to everyone with an AWS account.")});
            block(grant.decision, blockedBy(estate, store, "ignore_public_acls"), "ignore_public_acls");
            if (grant.decision.possible())
                grants.push_back(std::move(grant));
        }
    }
    return grants;
}

} // namespace glacis
