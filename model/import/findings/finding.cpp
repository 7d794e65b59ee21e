// SPDX-License-Identifier: GPL-3.0-or-later
#include "import/findings/finding.h"

#include "import/fact_taker.h"
#include "import/records.h"
#include "import/redact.h"

#include <algorithm>

namespace glacis::findings {

namespace {

void withoutSecret(std::string& text, ReadFile& file)
{
    if (!looksSecret(text))
        return;
    FactTaker(file.inventory, file.row).secret("words of a finding");
    text = secretMask;
}

} // namespace

void take(ReadFile& file, const Told& told, std::string_view thing, EvidenceId at)
{
    // "AWS::::Account:111122223333": how the AWS Security Finding Format names an account.
    constexpr std::string_view ofAccount = "AWS::::Account:";
    if (thing.starts_with(ofAccount))
        thing.remove_prefix(ofAccount.size());
    if (thing.empty())
        thing = told.account;
    if (thing.empty())
        return file.row.leave("a finding", "it names neither a thing nor an account");
    ToldFinding kept = told;
    withoutSecret(kept.title, file);
    withoutSecret(kept.words, file);
    tell(file.inventory, thing, kept, at);
}

std::string ec2Arn(const Told& told, std::string_view type, std::string_view id)
{
    std::string arn("arn:aws:ec2:");
    arn.append(told.region).append(":").append(told.account).append(":").append(type).append("/").append(id);
    return arn;
}

void eachFinding(ReadFile& file, std::initializer_list<std::string_view> members,
    const std::function<void(const Json& finding, EvidenceId at)>& take)
{
    const auto one = [&](const Json& finding, EvidenceId at) {
        if (finding.is_object())
            take(finding, at);
        else
            file.row.leave("an entry", "it is no finding");
    };
    if (isJsonLines(file.text)) {
        return eachJsonLine(
            file, [&](Json& finding, std::uint32_t line) { one(finding, file.inventory.seen(file.file, {}, line)); });
    }
    bool single = file.sniffed.form == Sniff::Form::JsonText && !file.sniffed.outermostIsArray;
    Json rest = Json::object();
    const auto error = streamJson(
        file.text, {},
        [&](JsonPiece piece) {
            const bool listed = piece.key.empty() || std::ranges::find(members, piece.key) != members.end();
            if (piece.position != JsonPiece::whole && listed) {
                single = false;
                one(piece.value, file.inventory.seen(file.file, piece.pointer()));
            } else if (piece.position == JsonPiece::whole) {
                rest[std::string(piece.key)] = std::move(piece.value);
            } else {
                rest[std::string(piece.key)].push_back(std::move(piece.value));
            }
        },
        &file.progress,
        [&](std::string_view key) { single = single && std::ranges::find(members, key) == members.end(); });
    if (error && error->reason != JsonError::Reason::Cancelled)
        file.row.problem(Severity::Error, error->sentence, error->line, error->column);
    else if (single && !rest.empty())
        one(rest, file.inventory.seen(file.file, {}));
    if (!textOf(rest, "NextToken").empty() || !textOf(rest, "nextToken").empty())
        file.row.leave("further pages",
            "the reply says that the list goes on: import the other pages too, or collect without a limit");
}

} // namespace glacis::findings
