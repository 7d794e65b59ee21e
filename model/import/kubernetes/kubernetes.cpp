// SPDX-License-Identifier: GPL-3.0-or-later
#include "import/kubernetes/kubernetes.h"

#include "collection/collection.h"
#include "import/kubernetes/object.h"

#include <algorithm>

namespace glacis {

namespace {

using namespace k8s;

/// Whether a line at the left edge begins with `key`.
bool hasLine(std::string_view text, std::string_view key)
{
    return text.starts_with(key) || text.find('\n' + std::string(key)) != std::string_view::npos;
}

bool recognises(const Sniff& sniffed)
{
    if (sniffed.form == Sniff::Form::Other)
        return hasLine(sniffed.head, "apiVersion:")
            && (hasLine(sniffed.head, "kind:") || hasLine(sniffed.head, "items:"));
    if (sniffed.form != Sniff::Form::JsonText)
        return false;
    if (sniffed.outermostIsArray)
        return sniffed.hasElementKey("apiVersion") && sniffed.hasElementKey("kind") && !sniffed.hasElementKey("id");
    // The keys of a long list stand behind its items, out of sight.
    return sniffed.hasKey("apiVersion") && (sniffed.hasKey("kind") || sniffed.hasKey("items"));
}

/// "PodList" holds pods that need not say so.
std::string listed(std::string_view kind)
{
    return kind.size() > 4 && kind.ends_with("List") ? std::string(kind.substr(0, kind.size() - 4)) : std::string();
}

/// `untold`: an item of a list need not repeat its API version.
const HandlerRow* rowFor(std::string_view kind, std::string_view version, bool untold)
{
    const std::string_view group =
        version.find('/') == std::string_view::npos ? std::string_view{} : before(version, '/');
    for (const auto rows : {rbacHandlers(), podHandlers(), serviceHandlers()}) {
        for (const HandlerRow& row : rows) {
            if (row.kind == kind && (row.group == group || (untold && version.empty())))
                return &row;
        }
    }
    return nullptr;
}

class Reading {
public:
    explicit Reading(ReadFile& file) : m_file(file), m_context(file) { }

    void yaml()
    {
        readYaml(
            m_file.text, {},
            [&](YamlDocument& document) {
                if (document.value.is_array()) {
                    for (std::size_t i = 0; i < document.value.size(); ++i)
                        takeObject(m_context, document.value[i], {}, &document, pointerTo({}, i));
                } else {
                    takeObject(m_context, document.value, {}, &document, {});
                }
            },
            [&](const YamlProblem& problem) {
                m_file.row.problem(Severity::Error, problem.sentence, static_cast<int>(problem.line),
                    static_cast<int>(problem.column));
            },
            &m_file.progress);
    }

    /// An item at a time, so that a list of any length takes no more memory than its largest item.
    void json()
    {
        Json rest = Json::object();
        std::vector<std::pair<std::string, Json>> untold;
        const auto error = streamJson(
            m_file.text, {},
            [&](JsonPiece piece) {
                const bool item = piece.position != JsonPiece::whole && (piece.key.empty() || piece.key == "items");
                if (item && piece.value.contains("kind"))
                    takeObject(m_context, piece.value, {}, nullptr, piece.pointer());
                else if (item)
                    untold.emplace_back(piece.pointer(), std::move(piece.value));
                else if (piece.position == JsonPiece::whole)
                    rest[std::string(piece.key)] = std::move(piece.value);
                else
                    rest[std::string(piece.key)].push_back(std::move(piece.value));
            },
            &m_file.progress, [&](std::string_view key) { rest[std::string(key)] = Json::array(); });
        if (error && error->reason != JsonError::Reason::Cancelled)
            m_file.row.problem(Severity::Error, error->sentence, error->line, error->column);
        const std::string list(textOf(rest, "kind"));
        for (const auto& [pointer, item] : untold)
            takeObject(m_context, item, listed(list), nullptr, pointer);
        if (!list.ends_with("List") && rest.contains("kind"))
            takeObject(m_context, rest, {}, nullptr, {});
    }

    /// The list was read to its end, so what it does not hold is not there.
    void asked(std::string_view call)
    {
        const EvidenceId at = m_file.inventory.seen(m_file.file, {});
        m_file.inventory.property(cluster(m_context, at), "read:" + std::string(call), true, at);
    }

private:
    ReadFile& m_file;
    FileContext m_context;
};

void read(ReadFile& file)
{
    Reading reading(file);
    if (file.sniffed.form == Sniff::Form::JsonText)
        reading.json();
    else
        reading.yaml();
    const CollectedFile named = collectedFile(*collectionOf("kubernetes"), file.path);
    if (named.call && file.row.problems.empty())
        reading.asked(named.call->file);
}

} // namespace

void k8s::takeObject(FileContext& context, const Json& json, const std::string& kindOfList, const YamlDocument* yaml,
    const std::string& pointer)
{
    LedgerRow& ledger = context.file.row;
    const std::string kind = textOf(json, "kind").empty() ? kindOfList : std::string(textOf(json, "kind"));
    if (kind.empty())
        return ledger.leave("a document", "it has no kind, so it is no Kubernetes object");
    if (kind.ends_with("List") && (json.contains("items") || kind == "List")) {
        const Json& items = arrayOf(json, "items");
        for (std::size_t i = 0; i < items.size(); ++i)
            takeObject(context, items[i], listed(kind), yaml, pointerTo(pointer + "/items", i));
        return;
    }
    const HandlerRow* row = rowFor(kind, textOf(json, "apiVersion"), !kindOfList.empty());
    if (!row)
        return ledger.leave(kind, "Glacis does not read this kind of Kubernetes object");
    Object one(context, json, kind, yaml, pointer);
    if (one.name.empty())
        return ledger.leave(kind, "it has no name");
    if (row->namespaced) {
        const std::string_view space = textOf(member(json, "metadata"), "namespace");
        // "Namespaces": where none is given, kubectl uses the current one, which is "default" unless set otherwise.
        one.space = space.empty() ? "default" : space;
    }
    row->handler(one);
}

Reader kubernetesReader()
{
    return {"Kubernetes objects", recognises, read};
}

} // namespace glacis
