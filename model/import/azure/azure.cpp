// SPDX-License-Identifier: GPL-3.0-or-later
#include "import/azure/azure.h"

#include "import/azure/collected.h"
#include "import/azure/context.h"
#include "import/azure/plain.h"
#include "import/azure/template/template.h"

#include <array>

namespace glacis {

namespace {

using namespace azure;

bool holds(const Sniff& sniffed, std::string_view text)
{
    return sniffed.head.find(text) != std::string_view::npos;
}

bool isJson(const Sniff& sniffed)
{
    return sniffed.form == Sniff::Form::JsonText;
}

bool isRecording(const Sniff& sniffed)
{
    return isJson(sniffed) && sniffed.outermostIsArray && sniffed.hasElementKey("uri") && sniffed.hasElementKey("body")
        && (holds(sniffed, "https://management.azure.com/") || holds(sniffed, "https://graph.microsoft.com/"));
}

bool isHound(const Sniff& sniffed)
{
    if (!isJson(sniffed))
        return false;
    if (sniffed.outermostIsArray)
        return sniffed.hasElementKey("kind") && sniffed.hasElementKey("data") && holds(sniffed, "\"AZ");
    return sniffed.hasKey("data") && (sniffed.hasKey("meta") || holds(sniffed, "\"AZ"))
        && (sniffed.hasElementKey("kind") || holds(sniffed, "\"azure\""));
}

bool isGraphResult(const Sniff& sniffed)
{
    if (!isJson(sniffed) || sniffed.outermostIsArray || !sniffed.hasKey("data"))
        return false;
    for (const char* key : {"total_records", "totalRecords", "skip_token", "$skipToken", "resultTruncated"}) {
        if (sniffed.hasKey(key))
            return true;
    }
    return sniffed.hasKey("count") && holds(sniffed, "/subscriptions/");
}

/// Names of members by which objects of the directory, or lists of subscriptions, are told.
bool isOfDirectory(const Sniff& sniffed)
{
    const auto any = [&](std::initializer_list<std::string_view> keys) {
        return std::ranges::any_of(
            keys, [&](std::string_view key) { return sniffed.hasKey(key) || sniffed.hasElementKey(key); });
    };
    if (holds(sniffed, "https://graph.microsoft.com/") && (sniffed.hasKey("@odata.context") || any({"@odata.type"})))
        return true;
    return any({"userPrincipalName", "servicePrincipalType", "signInAudience", "homeTenantId", "roleTemplateId",
               "directoryScopeId", "securityEnabled"})
        || (any({"principalId", "policy"}) && any({"roleDefinitionId", "appRoleId"}))
        || (any({"permissions"}) && any({"assignableScopes"}));
}

bool isList(const Sniff& sniffed)
{
    if (!isJson(sniffed))
        return false;
    for (const char* foreign : {"terraform_version", "planned_values", "AWSTemplateFormatVersion", "metadata",
             "format_version", "configurationItems", "finding_info", "class_uid", "glacisSample"}) {
        if (sniffed.hasKey(foreign) || sniffed.hasElementKey(foreign))
            return false;
    }
    const bool hasId = sniffed.hasKey("id") || sniffed.hasElementKey("id") || sniffed.hasKey("value");
    const bool ofResources = holds(sniffed, "\"/subscriptions/") || holds(sniffed, "\"/providers/Microsoft.");
    return (hasId && ofResources) || isOfDirectory(sniffed) || collected(sniffed.path).call;
}

/// Takes what the elements of any list or reply are.
class Reading {
public:
    Reading(ReadFile& file, Session& session) : m_file(file), m_context(file, session), m_related(relatedTo(file.path))
    {
    }

    void run()
    {
        if (m_file.row.format == houndFormat)
            return records();
        stream([&](JsonPiece& piece) {
            const bool element = piece.position != JsonPiece::whole
                && (piece.key.empty() || piece.key == "value" || piece.key == "data" || piece.key == "values");
            if (element)
                take(piece.value, piece.pointer());
            else if (piece.position == JsonPiece::whole)
                m_rest[std::string(piece.key)] = std::move(piece.value);
            else
                m_rest[std::string(piece.key)].push_back(std::move(piece.value));
        });
        framed();
    }

    static constexpr std::string_view houndFormat = "AzureHound collection";

private:
    template <class Handle> void stream(Handle handle)
    {
        const auto error = streamJson(
            m_file.text, {}, [&](JsonPiece piece) { handle(piece); }, &m_file.progress,
            [&](std::string_view key) {
                m_emptyLists.insert(std::string(key));
                if (!key.empty() && key != "value" && key != "data")
                    m_rest[std::string(key)] = Json::array();
            });
        m_whole = !error;
        if (error && error->reason != JsonError::Reason::Cancelled)
            m_file.row.problem(Severity::Error, error->sentence, error->line, error->column);
    }

    void records()
    {
        std::size_t told = 0, seen = 0;
        stream([&](JsonPiece& piece) {
            if (piece.position == JsonPiece::whole && piece.key == "meta") {
                told = static_cast<std::size_t>(numberOf(piece.value, "count").value_or(0));
            } else if (piece.position != JsonPiece::whole) {
                ++seen;
                if (!takeHoundRecord(m_context, piece.value, piece.pointer()))
                    m_file.row.leave(textOf(piece.value, "kind").empty() ? std::string_view("a record")
                                                                         : textOf(piece.value, "kind"),
                        "Glacis does not read this kind of record");
            }
        });
        if (told > seen)
            m_file.row.problem(Severity::Warning,
                "The collection says that it has more records than the file holds: it may have been cut off.");
    }

    void take(const Json& json, const std::string& pointer)
    {
        if (!json.is_object())
            return m_file.row.leave("an element", "it is no object");
        if (json.contains("uri") && json.contains("body"))
            return recorded(json, pointer);
        if (!m_related.id.empty()) {
            relate(json, pointer);
            return;
        }
        if (isSubscription(json))
            return subscription(json, pointer);
        if (json.contains("addressPrefixes") || member(json, "properties").contains("addressPrefixes")) {
            const Json plain = plainForm(json);
            if (plain.contains("systemservice") || plain.contains("changenumber"))
                return takeServiceTag(m_context, plain, pointer);
        }
        if (!takeResource(m_context, json, pointer) && !takeDirectoryObject(m_context, json, pointer))
            m_file.row.leave("an object", "it is neither an Azure resource nor an object of its directory");
    }

    /// A reply that was recorded together with what was asked.
    void recorded(const Json& json, const std::string& pointer)
    {
        const Json& body = member(json, "body");
        const Json& list = arrayOf(body, "value");
        for (std::size_t i = 0; i < list.size(); ++i)
            take(list[i], pointerTo(pointer + "/body/value", i));
        if (body.is_object() && body.contains("id"))
            take(body, pointer + "/body");
        if (!textOf(body, "nextLink").empty() && list.empty())
            m_file.row.leave("further pages", "the reply says that the list goes on");
    }

    /// "az account list" names a subscription by its number.
    static bool isSubscription(const Json& json)
    {
        return json.contains("homeTenantId")
            || (json.contains("subscriptionId") && json.contains("subscriptionPolicies"))
            || (json.contains("tenantId") && json.contains("isDefault") && json.contains("state"));
    }

    void subscription(Json json, const std::string& pointer)
    {
        const std::string_view told =
            textOf(json, "subscriptionId").empty() ? textOf(json, "id") : textOf(json, "subscriptionId");
        if (!isGuid(afterLast(told, '/')))
            return m_file.row.leave("a subscription", "it has no number");
        json["id"] = "/subscriptions/" + std::string(afterLast(told, '/'));
        json["type"] = "Microsoft.Resources/subscriptions";
        if (json.contains("name") && !json.contains("displayName"))
            json["displayName"] = json["name"];
        takeResource(m_context, json, pointer);
    }

    /// Who belongs to or owns an object that only the file's name tells.
    void relate(const Json& json, const std::string& pointer)
    {
        const std::string id = lowered(textOf(json, "id").empty() ? textOf(json, "objectId") : textOf(json, "id"));
        if (id.empty())
            return m_file.row.leave("an object", "it has no id");
        takeDirectoryObject(m_context, json, pointer);
        m_context.session.mention(m_related.id, m_related.kind, m_context.seen(pointer));
        m_context.linkBack(id, m_related.edge, m_context.inventory.text(m_related.id),
            kindOfDirectoryObject(m_context, json), m_context.seen(pointer));
    }

    /// The members that frame a list, or those of a single object.
    void framed()
    {
        for (const char* key : {"nextLink", "@odata.nextLink", "skip_token", "$skipToken", "skipToken"}) {
            if (!textOf(m_rest, key).empty()) {
                m_whole = false;
                // The collection script follows them, into files beside this one.
                if (const CollectionCall* call = collected(m_file.path).call; call && !call->next.empty())
                    continue;
                m_file.row.problem(Severity::Warning,
                    "The reply says that the list goes on: import the other pages too, or collect without a limit.");
            }
        }
        const auto total = numberOf(m_rest, "total_records").has_value() ? numberOf(m_rest, "total_records")
                                                                         : numberOf(m_rest, "totalRecords");
        const auto count = numberOf(m_rest, "count");
        if (total && count && *count < *total) {
            m_file.row.problem(Severity::Warning,
                "The result was cut off: it holds " + std::to_string(*count) + " of " + std::to_string(*total)
                    + " records (az graph query --first 1000 --skip-token …).");
            m_whole = false;
        }
        if (m_rest.contains("id") || isOfObject(m_rest))
            take(m_rest, {});
        asked();
    }

    static bool isOfObject(const Json& rest)
    {
        return rest.contains("homeTenantId") || rest.contains("principalId") || rest.contains("permissions");
    }

    /// A call that was read to its end says that there is nothing else of what it lists.
    void asked()
    {
        const CollectedFile file = collected(m_file.path);
        if (m_whole && file.call && file.of.empty())
            m_context.inventory.asked(m_file.scope, ScopedRow::Level::Account, file.call->file, m_context.seen({}));
        if (m_file.sniffed.outermostIsArray && m_emptyLists.contains(std::string()) && m_file.row.leftOut.empty()
            && !file.call)
            m_file.row.leave("the list", "it is empty");
    }

    ReadFile& m_file;
    Context m_context;
    Related m_related;
    Json m_rest = Json::object();
    std::set<std::string> m_emptyLists;
    bool m_whole = false;
};

constexpr std::string_view templateFormat = "Azure Resource Manager template";
constexpr std::string_view parameterFormat = "parameters of an Azure template";

/// What a file is called in the ledger; empty when it is none of Azure's.
std::string_view formatOf(const Sniff& sniffed)
{
    return isTemplate(sniffed)     ? templateFormat
        : isParameterFile(sniffed) ? parameterFormat
        : isRecording(sniffed)     ? std::string_view("recorded replies of Azure")
        : isHound(sniffed)         ? Reading::houndFormat
        : isGraphResult(sniffed)   ? std::string_view("Azure Resource Graph result")
        : isList(sniffed)          ? std::string_view("Azure resource list")
                                   : std::string_view{};
}

bool recognises(const Sniff& sniffed)
{
    return !formatOf(sniffed).empty();
}

class AzureGatherer : public Gatherer {
public:
    void take(ReadFile& file, std::size_t at) override
    {
        const std::string_view format = formatOf(file.sniffed);
        file.row.format = format;
        if (format == templateFormat || format == parameterFormat)
            return m_templates.keep(file, at);
        const std::size_t before = file.inventory.factCount();
        Reading(file, m_session).run();
        file.row.facts = file.inventory.factCount() - before;
        if (file.row.facts == 0 && file.row.leftOut.empty() && file.row.problems.empty() && !collected(file.path).call)
            file.row.leave("the file", "it holds nothing to take");
    }
    void finish(Inventory& inventory, Ledger& ledger, Progress& progress) override
    {
        m_templates.read(inventory, ledger, progress, m_session);
        m_session.finish(inventory);
    }

private:
    Session m_session;
    Templates m_templates;
};

std::unique_ptr<Gatherer> gather()
{
    return std::make_unique<AzureGatherer>();
}

} // namespace

Reader azureReader()
{
    return {"Azure", recognises, nullptr, gather};
}

} // namespace glacis
