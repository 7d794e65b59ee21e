// SPDX-License-Identifier: GPL-3.0-or-later
#include "import/aws_cli/aws_cli.h"

#include "import/aws_cli/context.h"

#include <algorithm>

namespace glacis {

namespace {

using namespace aws;

/// Members that frame a reply and hold nothing to take.
constexpr std::string_view frames[] = {"NextToken", "IsTruncated", "Marker", "ResponseMetadata", "PolicyName",
    "ReportFormat", "GeneratedTime", "UserId", "Arn", "MFADelete", "Owner", "RevisionId", "Truncated", "ARN", "Name",
    "registryId", "repositoryName", "failures", "KeyId", "Prefix", "NextRotationDate", "RotationPeriodInDays"};

const HandlerRow* handlerFor(std::string_view key, const Json* piece)
{
    for (const auto rows :
        {networkHandlers(), identityHandlers(), workloadHandlers(), storeHandlers(), watchingHandlers()}) {
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
    for (const auto rows : {identityWholes(), storeWholes()}) {
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

bool isWholeKey(std::string_view key)
{
    for (const auto rows : {identityWholes(), storeWholes()}) {
        if (std::ranges::any_of(rows, [&](const WholeRow& row) { return row.key == key; }))
            return true;
    }
    return false;
}

bool recognisesReply(const Sniff& sniffed)
{
    if (sniffed.form != Sniff::Form::JsonText || sniffed.outermostIsArray)
        return false;
    if (sniffed.keys.empty() || sniffed.hasKey("glacisSample"))
        return false;
    // A bare policy document and other formats have keys of their own that no reply has.
    for (const char* foreign : {"Statement", "AWSTemplateFormatVersion", "apiVersion", "configurationItems",
             "terraform_version", "planned_values"}) {
        if (sniffed.hasKey(foreign))
            return false;
    }
    return std::ranges::any_of(
        sniffed.keys, [](const std::string& key) { return handlerFor(key, nullptr) || isWholeKey(key); });
}

void readReply(ReadFile& file)
{
    Context context(file);
    if (!context.call.call.empty())
        file.row.format = std::string(file.row.format) + ' ' + context.call.call;
    Json rest = Json::object();
    const auto error = streamJson(
        file.text, {},
        [&](JsonPiece piece) {
            if (piece.position == JsonPiece::whole) {
                rest[std::string(piece.key)] = std::move(piece.value);
                return;
            }
            // The grants of a bucket's access list share their key with those of a key.
            if ((piece.key == "Grants" && context.call.call == "get-bucket-acl") || piece.key == "TagSet") {
                rest[std::string(piece.key)].push_back(std::move(piece.value));
                return;
            }
            const HandlerRow* row = handlerFor(piece.key, &piece.value);
            if (row)
                row->handler(context, piece.value, piece.pointer());
            else if (std::ranges::find(frames, piece.key) == std::ranges::end(frames))
                file.row.leave(piece.key, "Glacis does not read this call");
        },
        &file.progress);
    if (error && error->reason != JsonError::Reason::Cancelled)
        file.row.problems.push_back({Severity::Error, {file.path, {}, error->line, error->column}, error->sentence});
    if (rest.empty())
        return;
    const WholeRow* whole = wholeFor(rest, context.call.call);
    if (whole)
        whole->handler(context, rest, {});
    for (const auto& [key, value] : rest.items()) {
        if (!isWholeKey(key) && std::ranges::find(frames, key) == std::ranges::end(frames))
            file.row.leave(key, "Glacis does not read this member");
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
        file.row.problems.push_back({Severity::Error, {file.path, {}, error->line, error->column}, error->sentence});
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
