// SPDX-License-Identifier: GPL-3.0-or-later
#include "import/aws_cli/aws_cli.h"

#include "collection/collection.h"
#include "import/aws_cli/replies.h"

#include <algorithm>
#include <array>
#include <map>

namespace glacis {

namespace {

using namespace aws;

/// Members that frame a reply and hold nothing to take.
constexpr std::string_view frames[] = {"NextToken", "nextToken", "NextMarker", "IsTruncated", "Marker",
    "ResponseMetadata", "PolicyName", "PolicyNames", "ReportFormat", "GeneratedTime", "UserId", "Arn", "MFADelete",
    "Owner", "RevisionId", "Truncated", "ARN", "Name", "registryId", "repositoryName", "failures", "KeyId", "Prefix",
    "NextRotationDate", "RotationPeriodInDays", "CreatedAt", "UpdatedAt", "CreationDate", "Tags", "tags", "MaxItems",
    "RequestId", "SubscribedAt", "UserName", "RoleName", "GroupName"};

/// Replies that Glacis knows and has no use for.
constexpr std::string_view idle[] = {"AvailabilityZones", "DhcpOptions", "Hosts", "InstanceStatuses",
    "MovingAddressStatuses", "PlacementGroups", "ServiceNames", "ServiceDetails", "KeyPairs", "Images",
    "ReservedInstances", "HostedZoneSummaries", "JobId", "JobStatus", "JobType", "JobCompletionDate", "JobCreationDate",
    "DBSnapshots", "EventSubscriptionsList", "FindingIds", "Findings"};

/// Arrays that are read together with the rest of their reply.
constexpr std::string_view together[] = {
    "TagSet", "EventSelectors", "AdvancedEventSelectors", "Features", "CreateVolumePermissions"};

bool isAmong(std::string_view word, std::span<const std::string_view> words)
{
    return std::ranges::find(words, word) != words.end();
}

/// A token that is there says that the list goes on in another reply.
bool goesOn(const Json& rest)
{
    for (const char* key : {"NextToken", "nextToken", "NextMarker", "Marker"}) {
        if (!textOf(rest, key).empty())
            return true;
    }
    return boolOf(rest, "IsTruncated").value_or(false);
}

std::span<const std::span<const HandlerRow>> allHandlers()
{
    static const std::array tables = {networkHandlers(), networkLimitHandlers(), transitHandlers(), identityHandlers(),
        iamCallHandlers(), workloadHandlers(), serverlessHandlers(), storeHandlers(), bucketHandlers(),
        clusterHandlers(), watchingHandlers(), platformHandlers()};
    return tables;
}

std::span<const std::span<const WholeRow>> allWholes()
{
    static const std::array tables = {identityWholes(), iamCallWholes(), networkLimitWholes(), storeWholes(),
        bucketWholes(), clusterWholes(), clusterIdentityWholes(), workloadWholes(), serverlessWholes(),
        watchingWholes(), platformWholes()};
    return tables;
}

} // namespace

namespace aws {

const HandlerRow* handlerFor(std::string_view key, const Json* piece)
{
    for (const auto rows : allHandlers()) {
        for (const HandlerRow& row : rows) {
            if (row.key == key && (!piece || row.needs.empty() || piece->contains(row.needs)))
                return &row;
        }
    }
    return nullptr;
}

const WholeRow* wholeFor(const Json& object, std::string_view call)
{
    const WholeRow* fallback = nullptr;
    for (const auto rows : allWholes()) {
        for (const WholeRow& row : rows) {
            if (!object.contains(row.key))
                continue;
            if (!row.call.empty() && call == row.call)
                return &row;
            if (row.call.empty() && !fallback)
                fallback = &row;
        }
    }
    return fallback;
}

} // namespace aws

namespace {

bool isWholeKey(std::string_view key)
{
    for (const auto rows : allWholes()) {
        if (std::ranges::any_of(rows, [&](const WholeRow& row) { return row.key == key; }))
            return true;
    }
    return false;
}

/// The listing that an array of this key is, told by its elements or, when there are none, by the file's name.
const HandlerRow* listingFor(std::string_view key, std::string_view call)
{
    const HandlerRow* only = nullptr;
    std::size_t rows = 0;
    for (const auto table : allHandlers()) {
        for (const HandlerRow& row : table) {
            if (row.key != key || row.listing.empty())
                continue;
            if (!call.empty() && row.listing.ends_with(call))
                return &row;
            only = &row;
            ++rows;
        }
    }
    // Amazon EMR lists its clusters under the key that Redshift uses.
    return rows == 1 && key != "Clusters" && key != "items" && key != "Items" ? only : nullptr;
}

/// Others too have lists of "clusters": what tells them apart must be there, unless the list is empty.
bool isListKey(std::string_view key, const Sniff& sniffed)
{
    for (const auto rows : allHandlers()) {
        for (const HandlerRow& row : rows) {
            if (row.key == key
                && (row.needs.empty() || sniffed.elementKeys.empty() || sniffed.hasElementKey(row.needs)))
                return true;
        }
    }
    return false;
}

bool recognisesReply(const Sniff& sniffed)
{
    if (sniffed.form != Sniff::Form::JsonText || sniffed.outermostIsArray)
        return false;
    const bool named = !callName(sniffed.path).call.empty();
    if (sniffed.keys.empty())
        return named && trimmed(sniffed.head).size() < 64;
    // A bare policy document and other formats have keys of their own that no reply has.
    for (const char* foreign : {"Statement", "AWSTemplateFormatVersion", "apiVersion", "configurationItems",
             "terraform_version", "planned_values", "Resources", "glacisSample", "$schema"}) {
        if (sniffed.hasKey(foreign))
            return false;
    }
    const bool known = std::ranges::any_of(sniffed.keys,
        [&](const std::string& key) { return isListKey(key, sniffed) || isWholeKey(key) || isAmong(key, idle); });
    return known || named;
}

/// A reply with nothing in it: for these calls that is how "off" is said, by the service itself ("GetBucketLogging",
/// "GetBucketVersioning", Amazon S3 API Reference) or by the collection script, which writes it where the service says
/// that there is none ("Error responses", the same).
void readEmptyReply(Context& context)
{
    const auto& [call, parameter, second] = context.call;
    const EvidenceId at = context.seen({});
    const Ref bucket = context.inventory.text("arn:aws:s3:::" + parameter);
    const auto off = [&](std::initializer_list<std::string_view> keys) {
        for (const std::string_view key : keys)
            context.inventory.property(bucket, key, false, at);
    };
    const bool named = !parameter.empty();
    if (named && call == "get-bucket-logging")
        off({"access_logging"});
    else if (named && call == "get-bucket-versioning")
        context.inventory.property(bucket, "versioning", "Disabled", at);
    else if (named && call == "get-public-access-block" && !looksLikeAwsAccount(parameter))
        off({"block_public_acls", "ignore_public_acls", "block_public_policy", "restrict_public_buckets"});
    else if (named && call == "get-bucket-policy-status")
        off({"policy_is_public"});
    else if (!named || (call != "get-bucket-policy" && call != "get-bucket-tagging"))
        context.file.row.leave("the reply", "it holds nothing");
}

/// Marks the listings that were read to their end.
void markListings(Context& context, const std::map<std::string, const HandlerRow*>& lists, const Json& rest)
{
    if (goesOn(rest))
        return context.file.row.leave("further pages",
            "the reply says that the list goes on: import the other pages too, or collect without a limit");
    for (const auto& [key, row] : lists) {
        // A file that is named after another call, or with a parameter, lists what belongs to one thing.
        const auto& [call, parameter, second] = context.call;
        if (row && !row->listing.empty() && (call.empty() || (row->listing.ends_with(call) && parameter.empty())))
            context.inventory.asked(context.file.scope, row->level, row->listing, context.seen(pointerTo({}, key)));
    }
}

/// Ids that files are named after and that a thing has as they are: ARNs, "sg-0123456789abcdef0".
bool isId(std::string_view text)
{
    const std::size_t dash = text.rfind('-');
    return text.starts_with("arn:")
        || (dash != std::string_view::npos && text.size() - dash > 8
            && std::ranges::all_of(
                text.substr(dash + 1), [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); }));
}

/// A call of the collection was made and read to its end, for a place or for the thing that the file is named after.
void markCall(Context& context)
{
    const Collection& collection = *collectionOf("aws");
    const auto& [name, parameter, second] = context.call;
    const CollectionCall* call = collection.call(name);
    if (!call || (call->each.empty() && !parameter.empty()))
        return;
    const EvidenceId at = context.seen({});
    if (call->each.empty())
        context.inventory.asked(
            context.file.scope, call->once ? ScopedRow::Level::Account : ScopedRow::Level::Region, name, at);
    else if (collection.list(call->each)->value == CollectionList::Value::Id && isId(parameter))
        context.inventory.property(context.inventory.text(parameter), "read:" + name, true, at);
}

void leaveUnread(LedgerRow& row, std::string_view key, std::string_view why)
{
    // Times of a trail's last deliveries and the like.
    if (isAmong(key, frames) || key.starts_with("Latest") || key.starts_with("TimeLogging")
        || key.ends_with("LoggingTime"))
        return;
    row.leave(key, isAmong(key, idle) ? std::string_view("Glacis needs nothing from this call") : why);
}

void readReply(ReadFile& file)
{
    Context context(file);
    if (!context.call.call.empty())
        file.row.format = std::string(file.row.format) + ' ' + context.call.call;
    if (file.sniffed.keys.empty()) {
        readEmptyReply(context);
        return markCall(context);
    }
    Json rest = Json::object();
    std::map<std::string, const HandlerRow*> lists;
    const auto error = streamJson(
        file.text, {},
        [&](JsonPiece piece) {
            if (piece.position == JsonPiece::whole) {
                rest[std::string(piece.key)] = std::move(piece.value);
                return;
            }
            // The grants of a bucket's access list share their key with those of a key.
            if ((piece.key == "Grants" && context.call.call == "get-bucket-acl") || isAmong(piece.key, together)) {
                rest[std::string(piece.key)].push_back(std::move(piece.value));
                return;
            }
            const HandlerRow* row = handlerFor(piece.key, &piece.value);
            lists.emplace(piece.key, row);
            if (row)
                row->handler(context, piece.value, piece.pointer());
            else
                leaveUnread(file.row, piece.key, "Glacis does not read this call");
        },
        &file.progress,
        [&](std::string_view key) {
            if (isAmong(key, together) || (key == "Grants" && context.call.call == "get-bucket-acl"))
                rest[std::string(key)] = Json::array();
            else if (const HandlerRow* row = listingFor(key, context.call.call))
                lists.emplace(key, row);
            else if (!handlerFor(key, nullptr))
                leaveUnread(file.row, key, "Glacis does not read this call");
        });
    if (error && error->reason != JsonError::Reason::Cancelled)
        file.row.problem(Severity::Error, error->sentence, error->line, error->column);
    if (!error)
        markListings(context, lists, rest);
    if (!error && !goesOn(rest))
        markCall(context);
    if (rest.empty())
        return;
    const WholeRow* whole = wholeFor(rest, context.call.call);
    if (whole)
        whole->handler(context, rest, {});
    for (const auto& [key, value] : rest.items()) {
        if (!isWholeKey(key) && !(whole && isAmong(key, together)))
            leaveUnread(file.row, key, "Glacis does not read this member");
    }
}

bool recognisesReport(const Sniff& sniffed)
{
    return sniffed.head.starts_with("user,arn,user_creation_time");
}

void readReport(ReadFile& file)
{
    Context context(file);
    readCredentialReport(context, file.text, {});
}

bool recognisesPolicy(const Sniff& sniffed)
{
    return sniffed.form == Sniff::Form::JsonText && !sniffed.outermostIsArray && sniffed.hasKey("Statement");
}

/// A document by itself belongs to nobody: it becomes a policy that nothing is attached to yet.
void readPolicy(ReadFile& file)
{
    Context context(file);
    Json document;
    if (const auto error = parseWhole(file.text, {}, document, &file.progress)) {
        file.row.problem(Severity::Error, error->sentence, error->line, error->column);
        return;
    }
    const EvidenceId at = context.seen({});
    const Ref ref =
        context.thing(Kind::Policy, "IAM policy document", file.path, fileOf(file.path), Json::object(), at);
    context.region("global");
    context.policy(ref, PolicyRole::Managed, fileOf(file.path), document, at);
}

} // namespace

Reader awsCliReader()
{
    return {"AWS CLI", recognisesReply, readReply};
}
Reader credentialReportReader()
{
    return {"IAM credential report", recognisesReport, readReport};
}
Reader policyDocumentReader()
{
    return {"IAM policy document", recognisesPolicy, readPolicy};
}

} // namespace glacis
