// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text.h"
#include "import/findings/finding.h"
#include "import/findings/findings.h"
#include "import/records.h"

namespace glacis {

namespace {

using namespace findings;

/// PASS, FAIL, MANUAL and what older versions wrote; a finding that only came, went or is looked at is open until it
/// went. Source: "status_id" of "Finding", OCSF schema.
ToldState stateOf(std::string_view code, std::string_view status, bool muted)
{
    if (muted || equalIgnoringCase(status, "Suppressed") || equalIgnoringCase(status, "Resolved")
        || equalIgnoringCase(status, "Archived") || equalIgnoringCase(code, "MUTED"))
        return ToldState::Closed;
    if (code.empty() || equalIgnoringCase(code, "FAIL") || equalIgnoringCase(code, "FAILED"))
        return ToldState::Open;
    return equalIgnoringCase(code, "PASS") || equalIgnoringCase(code, "PASSED") ? ToldState::Passed
                                                                                : ToldState::Undecided;
}

/// "FAIL, New".
std::string joined(std::string_view code, std::string_view status)
{
    std::string text(code);
    if (!status.empty())
        text.append(code.empty() ? "" : ", ").append(status);
    return text;
}

std::string_view firstText(std::initializer_list<std::string_view> texts)
{
    for (const std::string_view text : texts) {
        if (!text.empty())
            return text;
    }
    return {};
}

void readOcsf(ReadFile& file)
{
    eachFinding(file, {"findings", "events"}, [&](const Json& j, EvidenceId at) {
        const Json& about = member(j, "finding_info");
        const Json& metadata = member(j, "metadata");
        const Json& compliance = member(j, "compliance");
        const std::string_view code = firstText({textOf(j, "status_code"), textOf(compliance, "status")});
        Told told;
        told.tool = firstText({textOf(member(metadata, "product"), "name"), "OCSF"});
        told.id = textOf(about, "uid");
        told.rule = firstText({textOf(metadata, "event_code"), textOf(compliance, "control")});
        told.severity = textOf(j, "severity");
        told.status = joined(code, textOf(j, "status"));
        told.state = stateOf(code, textOf(j, "status"), false);
        told.title = firstText({textOf(about, "title"), textOf(j, "message")});
        told.words = firstText({textOf(j, "status_detail"), textOf(j, "message"), textOf(about, "desc")});
        told.account = textOf(member(member(j, "cloud"), "account"), "uid");
        told.region = textOf(member(j, "cloud"), "region");
        const Json& things = arrayOf(j, "resources");
        for (const Json& thing : things)
            take(file, told, firstText({textOf(thing, "uid"), textOf(thing, "name")}), at);
        if (things.empty())
            take(file, told, textOf(member(j, "resource"), "uid"), at);
    });
}

bool recognisesOcsf(const Sniff& sniffed)
{
    const bool records = sniffed.form == Sniff::Form::JsonText;
    return records
        && (sniffed.hasKey("finding_info") || sniffed.hasElementKey("finding_info") || sniffed.hasKey("class_uid")
            || sniffed.hasElementKey("class_uid") || sniffed.head.find("\"class_uid\"") != std::string_view::npos);
}

void readTable(ReadFile& file)
{
    const std::string_view header = before(file.text, '\n');
    const char separator = header.find(';') != std::string_view::npos ? ';' : ',';
    const bool whole = eachTableRow(file.text, separator, [&](const TableRow& row) {
        const std::string_view muted = row["MUTED"];
        Told told;
        told.tool = "Prowler";
        told.id = firstText({row["FINDING_UID"], row["FINDING_UNIQUE_ID"]});
        told.rule = row["CHECK_ID"];
        told.severity = row["SEVERITY"];
        told.status = joined(row["STATUS"], equalIgnoringCase(muted, "True") ? "muted" : "");
        told.state = stateOf(row["STATUS"], {}, equalIgnoringCase(muted, "True"));
        told.title = row["CHECK_TITLE"];
        told.words = row["STATUS_EXTENDED"];
        told.account = firstText({row["ACCOUNT_UID"], row["ACCOUNT_ID"]});
        told.region = row["REGION"];
        if (told.rule.empty())
            return file.row.leave("a row", "it names no check");
        const std::string_view thing =
            firstText({row["RESOURCE_UID"], row["RESOURCE_ARN"], row["RESOURCE_ID"], row["RESOURCE_NAME"]});
        take(file, told, thing, file.inventory.seen(file.file, {}, row.line));
    });
    if (!whole)
        file.row.problem(
            Severity::Error, "The table is cut off within quotes; what came before was kept: make it again.");
}

bool recognisesTable(const Sniff& sniffed)
{
    const std::string_view header = before(sniffed.head, '\n');
    return sniffed.form == Sniff::Form::Other && header.find("CHECK_ID") != std::string_view::npos
        && header.find("STATUS_EXTENDED") != std::string_view::npos;
}

} // namespace

Reader ocsfReader()
{
    return {"findings in OCSF", recognisesOcsf, readOcsf};
}
Reader prowlerTableReader()
{
    return {"Prowler table", recognisesTable, readTable};
}

} // namespace glacis
