// SPDX-License-Identifier: GPL-3.0-or-later
#include "import/gcp/gcp.h"

#include "collection/collection.h"
#include "core/text.h"
#include "import/gcp/asset.h"
#include "import/records.h"

#include <algorithm>

namespace glacis {

namespace {

using namespace gcp;

bool holds(const Sniff& sniffed, std::string_view text)
{
    return sniffed.head.find(text) != std::string_view::npos;
}

bool speaksOf(const Sniff& sniffed, std::initializer_list<std::string_view> keys)
{
    return std::ranges::any_of(
        keys, [&](std::string_view key) { return sniffed.hasKey(key) || sniffed.hasElementKey(key); });
}

bool isAssetExport(const Sniff& sniffed)
{
    const bool records = sniffed.form == Sniff::Form::JsonText
        || (sniffed.head.starts_with('#') && holds(sniffed, "\n{") && sniffed.form == Sniff::Form::Other);
    return records && (holds(sniffed, "\"asset_type\"") || holds(sniffed, "\"assetType\""))
        && (holds(sniffed, "googleapis.com/") || holds(sniffed, "k8s.io/"));
}

/// Members that begin with a capital letter are Amazon's, whatever of Google's they speak of.
bool isForeign(const Sniff& sniffed)
{
    const auto& keys = sniffed.outermostIsArray ? sniffed.elementKeys : sniffed.keys;
    const std::string first = keys.empty() ? std::string() : keys.front().substr(0, 1);
    return (first >= "A" && first <= "Z")
        || speaksOf(sniffed,
            {"terraform_version", "planned_values", "Statement", "$schema", "glacisSample", "class_uid",
                "finding_info"});
}

/// A list without an entry, which only the file's name tells.
bool isEmptyList(const Sniff& sniffed)
{
    return sniffed.form == Sniff::Form::JsonText && sniffed.outermostIsArray && sniffed.elementKeys.empty()
        && trimmed(sniffed.head).size() < 8 && collectedFile(*collectionOf("gcp"), sniffed.path).call;
}

/// A reply is told by what only Google's interfaces write: their links, kinds and names.
bool recognises(const Sniff& sniffed)
{
    if (isAssetExport(sniffed) || isEmptyList(sniffed))
        return true;
    if (sniffed.form != Sniff::Form::JsonText || isForeign(sniffed))
        return false;
    if (holds(sniffed, "serving.knative.dev/"))
        return holds(sniffed, "run.googleapis.com/") || holds(sniffed, "cloud.googleapis.com/");
    if (speaksOf(sniffed, {"apiVersion", "metadata"}))
        return false;
    if (speaksOf(sniffed, {"bindings"}) && (holds(sniffed, "\"roles/") || holds(sniffed, "/roles/")))
        return true;
    if (speaksOf(sniffed, {"preferredMemberKey"})
        || (speaksOf(sniffed, {"memberships"}) && holds(sniffed, "\"preferredMemberKey\"")))
        return true;
    if (speaksOf(sniffed, {"includedPermissions", "included_permissions", "denyRule", "projectNumber", "storage_url"})
        || (holds(sniffed, "\"denyRule\"") && holds(sniffed, "googleapis.com")))
        return true;
    return holds(sniffed, "googleapis.com/") || holds(sniffed, "\"compute#") || holds(sniffed, "\"storage#")
        || holds(sniffed, "\"sql#") || holds(sniffed, "\"bigquery#")
        || (speaksOf(sniffed, {"name"})
            && (holds(sniffed, "\"projects/") || holds(sniffed, "\"organizations/") || holds(sniffed, "\"folders/")
                || holds(sniffed, "\"roles/")));
}

class Assets : public Gatherer {
public:
    void take(ReadFile& file, std::size_t) override
    {
        const std::size_t before = file.inventory.factCount() + m_gathered.size();
        if (isJsonLines(file.text))
            eachJsonLine(file, [&](Json& item, std::uint32_t line) {
                take(file, item, {}, file.inventory.seen(file.file, {}, line));
            });
        else
            document(file);
        file.row.facts = file.inventory.factCount() + m_gathered.size() - before;
        const CollectedFile named = collectedFile(*collectionOf("gcp"), file.path);
        // A call that was read to its end says that there is nothing else of what it lists.
        if (named.call && named.of.empty() && file.row.problems.empty())
            file.inventory.asked(
                file.scope, ScopedRow::Level::Account, named.call->file, file.inventory.seen(file.file, {}));
        if (!named.call && file.row.facts == 0 && file.row.leftOut.empty() && file.row.problems.empty())
            file.row.leave("the file", "it holds nothing to take");
    }

    void finish(Inventory& inventory, Ledger&, Progress&) override
    {
        settleNetworks(inventory, m_gathered);
        settleBalancers(inventory, m_gathered);
        settleProjects(inventory, m_gathered);
        settleMembers(inventory, m_gathered);
    }

private:
    void document(ReadFile& file)
    {
        Json rest = Json::object();
        const auto error = streamJson(
            file.text, {},
            [&](JsonPiece piece) {
                if (piece.position == JsonPiece::whole)
                    rest[std::string(piece.key)] = std::move(piece.value);
                else if (!take(file, piece.value, piece.key, file.inventory.seen(file.file, piece.pointer())))
                    rest[std::string(piece.key)].push_back(std::move(piece.value));
            },
            &file.progress, [&](std::string_view key) { rest[std::string(key)] = Json::array(); });
        if (error && error->reason != JsonError::Reason::Cancelled)
            file.row.problem(Severity::Error, error->sentence, error->line, error->column);
        if (!word(rest, "nextPageToken").empty())
            file.row.leave("further pages",
                "the reply says that the list goes on: import the other pages too, or collect without a limit");
        if (rest.contains(""))
            file.row.leave("entries", "nothing in them tells what they are", rest[""].size());
        else if (!rest.empty())
            readSingle(file, m_gathered, rest, file.inventory.seen(file.file, {}));
    }

    bool take(ReadFile& file, const Json& item, std::string_view key, EvidenceId at)
    {
        if (word(item, "assetType").empty() && readMembership(file, m_gathered, item, at))
            return true;
        if (word(item, "assetType").empty())
            return readItem(file, m_gathered, item, key, at);
        readAsset(file, m_gathered, item, at);
        return true;
    }

    Gathered m_gathered;
};

std::unique_ptr<Gatherer> gather()
{
    return std::make_unique<Assets>();
}

} // namespace

Reader gcpReader()
{
    return {"Google Cloud", recognises, nullptr, gather};
}

} // namespace glacis
