// SPDX-License-Identifier: GPL-3.0-or-later
#include "network/zone_matrix_text.h"

#include "catalog/schema.h"
#include "core/text.h"
#include "core/time.h"
#include "network/zone_table.h"

#include <algorithm>
#include <cassert>

namespace glacis {

namespace {

constexpr std::string_view referenceWord = "sg_reference", narrowWord = "no_broad_cidr:/";

bool isAllow(std::string_view access)
{
    return access == "allow" || access == "allow_only" || access == "allow_all";
}

/// A member that is one text or a list of texts.
std::vector<std::string> oneOrMore(const Json& json, std::string_view key)
{
    std::vector<std::string> texts;
    if (const std::string_view one = textOf(json, key); !one.empty())
        texts.emplace_back(one);
    for (const Json& item : arrayOf(json, key)) {
        if (item.is_string())
            texts.push_back(item.get<std::string>());
    }
    return texts;
}

EnvironmentRules environmentsFrom(const Json& json, std::string_view file, Diagnostics& notes)
{
    EnvironmentRules made;
    for (const std::string& text : oneOrMore(json, "order")) {
        if (auto source = environmentSourceNamed(text))
            made.order.push_back(*std::move(source));
        else
            notes.note(Severity::Warning, {std::string(file), "/environments/order", 0, 0},
                "An environment can't be read from " + text
                    + "; write tag:Key, subnet_tag:Key, vpc_tag:Key, account_tag:Key, account_name or vpc_name.");
    }
    const Json& values = member(json, "values");
    for (const auto& [environment, patterns] : values.items()) {
        if (values.is_object())
            made.values.emplace_back(environment, oneOrMore(values, environment));
    }
    return made;
}

/// Reads a matrix of our own form ("rows"), or a policy with zones, default and "flows".
class Reading {
public:
    Reading(std::string_view file, Diagnostics& notes) : m_file(file), m_notes(notes) { }

    /// `zoneIds` are in the order of the text, which a parsed object does not keep.
    ZoneMatrix matrix(const Json& json, const std::vector<std::string>& zoneIds)
    {
        m_made.name = std::string(textOf(json, "name"));
        const Json& fallback = member(json, "default");
        m_made.allowByDefault = isAllow(fallback.is_object() ? textOf(fallback, "verdict") : textOf(json, "default"));
        m_made.defaultSeverity = riskNamed(textOf(fallback, "severity")).value_or(Risk::Medium);
        for (const std::string& id : zoneIds)
            addZone(id, member(member(json, "zones"), id));
        if (json.contains("environments"))
            m_made.environments = environmentsFrom(member(json, "environments"), m_file, m_notes);
        each(json, json.contains("rows") ? "rows" : "flows", &Reading::row);
        each(json, "defaults_by", &Reading::fallback);
        each(json, "exceptions", &Reading::exception);
        if (m_made.rows.empty())
            note({}, Severity::Error, "The zone matrix has no rows; list them under \"rows\".");
        return std::move(m_made);
    }

private:
    void note(const std::string& pointer, Severity severity, std::string sentence)
    {
        m_notes.note(severity, {std::string(m_file), pointer, 0, 0}, std::move(sentence));
    }

    void each(const Json& json, const std::string& list, void (Reading::*read)(const Json&, const std::string&))
    {
        std::size_t position = 0;
        for (const Json& item : arrayOf(json, list))
            (this->*read)(item, pointerTo(pointerTo("", list), position++));
    }

    static Crossing crossingOf(std::optional<bool> different)
    {
        return !different ? Crossing::Any : *different ? Crossing::Different : Crossing::Same;
    }

    void row(const Json& json, const std::string& pointer)
    {
        ZoneMatrix::Row row;
        row.id = std::string(textOf(json, "id"));
        row.from = std::string(textOf(json, "from"));
        row.to = std::string(textOf(json, "to"));
        row.allow = isAllow(textOf(json, "access"));
        row.severity = riskNamed(textOf(json, "severity")).value_or(Risk::Medium);
        const std::string_view environments = textOf(json, "environments");
        if (environments == "same" || environments == "different")
            row.environments = crossingOf(environments == "different");
        for (const std::string& need : oneOrMore(json, "require"))
            addNeed(row.needs, need, pointer);
        for (const std::string& service : oneOrMore(json, "services")) {
            const PortSet ports = portsNamed(service);
            if (ports.empty())
                note(pointer, Severity::Warning,
                    "The service " + service + " is not understood; write it as tcp/443, udp/1024-2048 or any.");
            row.ports = unionOf(row.ports, ports);
        }
        if (row.from.empty() || row.to.empty())
            return note(pointer, Severity::Warning, "A row needs both from and to; it is left out.");
        // No ports means any: a row of which no service was understood must not come to that.
        if (row.ports.empty() && !arrayOf(json, "services").empty())
            return;
        m_made.rows.push_back(std::move(row));
    }

    void addNeed(ZoneMatrix::Needs& needs, const std::string& text, const std::string& pointer)
    {
        const auto length = text.starts_with(narrowWord) ? integer(std::string_view(text).substr(narrowWord.size()))
                                                         : std::optional<long long>();
        if (text == referenceWord)
            needs.groupReference = true;
        else if (length && *length >= 0 && *length <= 128)
            needs.narrowest = static_cast<int>(*length);
        else
            note(pointer, Severity::Warning,
                "The requirement " + text + " is not understood; write sg_reference or no_broad_cidr:/24.");
    }

    void fallback(const Json& json, const std::string& /*pointer*/)
    {
        ZoneMatrix::Fallback made;
        made.sameZone = boolOf(json, "same_zone");
        made.environments = crossingOf(boolOf(json, "cross_env"));
        made.allow = isAllow(textOf(json, "verdict"));
        made.severity = riskNamed(textOf(json, "severity")).value_or(Risk::Medium);
        made.why = std::string(textOf(json, "why"));
        m_made.fallbacks.push_back(std::move(made));
    }

    void exception(const Json& json, const std::string& pointer)
    {
        ZoneMatrix::Exception made;
        made.row = std::string(textOf(json, json.contains("row") ? "row" : "flow"));
        made.from = std::string(textOf(json, "from"));
        made.to = std::string(textOf(json, "to"));
        made.resources = oneOrMore(json, "resources");
        made.owner = std::string(textOf(json, "owner"));
        made.reason = std::string(textOf(json, "reason"));
        made.expires = std::string(textOf(json, "expires"));
        constexpr std::int64_t day = std::int64_t{24} * 60 * 60;
        const auto last = parseTime(made.expires.size() == 10 ? made.expires + "T00:00:00Z" : made.expires);
        const bool placed = !made.row.empty() || (!made.from.empty() && !made.to.empty());
        if (!placed || !last || made.owner.empty() || made.reason.empty())
            return note(pointer, Severity::Warning,
                "An exception needs a flow (or from and to), an owner, a reason and the day on which it expires "
                "(2027-01-31); it is left out.");
        made.endsAt = *last + day;
        m_made.exceptions.push_back(std::move(made));
    }

    void addZone(const std::string& id, const Json& zone)
    {
        MatrixZone made;
        made.id = id;
        made.title = std::string(textOf(zone, "title"));
        if (made.title.empty())
            made.title = id;
        const std::string_view builtin = textOf(zone, "builtin");
        made.isInternet = builtin == "internet";
        made.isRest = builtin == "rest";
        const std::string pointer = pointerTo("/zones", id);
        for (const std::string& text : oneOrMore(zone, "cidrs")) {
            if (const auto block = parseIpPrefix(text))
                made.blocks.push_back(*block);
            else
                note(pointer, Severity::Warning, text + " is no address block.");
        }
        made.prefixLists = oneOrMore(zone, "prefix_lists");
        std::size_t position = 0;
        for (const Json& test : arrayOf(zone, "match"))
            addTest(made, test, pointerTo(pointerTo(pointer, "match"), position++));
        m_made.zones.push_back(std::move(made));
    }

    void addTest(MatrixZone& zone, const Json& json, const std::string& pointer)
    {
        ZoneTest test;
        bool understood = json.is_object() && !json.empty();
        for (const auto& [key, value] : json.items()) {
            if (key == "kind") {
                for (const std::string& word : oneOrMore(json, key)) {
                    const auto kinds = ZoneTable::builtIn().kindsOfWord(word);
                    if (kinds.empty())
                        note(pointer, Severity::Warning, "The kind " + word + " is not known; it fits nothing.");
                    test.kinds.insert(test.kinds.end(), kinds.begin(), kinds.end());
                }
                understood = understood && !test.kinds.empty();
            } else if (key == "tag" && value.is_object()) {
                for (const auto& [tag, pattern] : value.items())
                    test.tags.emplace_back(tag, asText(pattern));
            } else if (key == "sg_name" && value.is_string()) {
                test.groupName = value.get<std::string>();
            } else if (key == "name" && value.is_string()) {
                test.name = value.get<std::string>();
            } else if (key == "id") {
                test.ids = oneOrMore(json, key);
                understood = understood && !test.ids.empty();
            } else {
                understood = false;
            }
        }
        // A test of which a part is not understood would fit too much.
        if (!understood)
            return note(pointer, Severity::Warning,
                "A zone is told by kind, tag, sg_name, name or id; what names something else is left out.");
        zone.match.push_back(std::move(test));
    }

    std::string_view m_file;
    Diagnostics& m_notes;
    ZoneMatrix m_made;
};

/// Of a text that was parsed before, so that its depth is known to be bounded.
std::vector<std::string> zoneIdsOf(std::string_view text)
{
    std::vector<std::string> ids;
    const auto json = nlohmann::ordered_json::parse(text, nullptr, false);
    const auto zones = json.find("zones");
    if (zones == json.end() || !zones->is_object())
        return ids;
    for (const auto& [id, zone] : zones->items())
        ids.push_back(id);
    return ids;
}

const Json& builtInTable()
{
    static const Table read = [] {
        Table table = loadTable("network/matrix.json", "network/schema.json", "matrix");
        assert(table.faults.empty());
        return table;
    }();
    return read.json;
}

Json listOr(const std::vector<std::string>& texts)
{
    return texts.size() == 1 ? Json(texts.front()) : Json(texts);
}

Json jsonOf(const MatrixZone& zone)
{
    Json json = {{"title", zone.title}};
    if (zone.isInternet || zone.isRest)
        json["builtin"] = zone.isInternet ? "internet" : "rest";
    else if (!zone.blocks.empty() || !zone.prefixLists.empty())
        json["builtin"] = "cidr";
    for (const IpPrefix& block : zone.blocks)
        json["cidrs"].push_back(toString(block));
    if (!zone.prefixLists.empty())
        json["prefix_lists"] = zone.prefixLists;
    for (const ZoneTest& test : zone.match) {
        Json one = Json::object();
        std::vector<std::string> words;
        for (const ZoneTest::KindWord& kind : test.kinds) {
            if (words.empty() || words.back() != kind.word)
                words.push_back(kind.word);
        }
        if (!words.empty())
            one["kind"] = words;
        for (const auto& [key, pattern] : test.tags)
            one["tag"][key] = pattern;
        if (!test.groupName.empty())
            one["sg_name"] = test.groupName;
        if (!test.name.empty())
            one["name"] = test.name;
        if (!test.ids.empty())
            one["id"] = listOr(test.ids);
        json["match"].push_back(std::move(one));
    }
    return json;
}

Json jsonOf(const ZoneMatrix::Row& row)
{
    Json json = {{"from", row.from}, {"to", row.to}, {"access", row.allow ? "allow" : "deny"},
        {"severity", std::string(name(row.severity))}};
    if (!row.id.empty())
        json["id"] = row.id;
    if (row.environments != Crossing::Any)
        json["environments"] = row.environments == Crossing::Same ? "same" : "different";
    if (!row.ports.empty())
        json["services"] = servicesOf(row.ports);
    if (row.needs.groupReference)
        json["require"].push_back(referenceWord);
    if (row.needs.narrowest >= 0)
        json["require"].push_back(std::string(narrowWord) + std::to_string(row.needs.narrowest));
    return json;
}

Json jsonOf(const ZoneMatrix::Fallback& fallback)
{
    Json json = {{"verdict", fallback.allow ? "allow" : "deny"}, {"severity", std::string(name(fallback.severity))}};
    if (fallback.sameZone)
        json["same_zone"] = *fallback.sameZone;
    if (fallback.environments != Crossing::Any)
        json["cross_env"] = fallback.environments == Crossing::Different;
    if (!fallback.why.empty())
        json["why"] = fallback.why;
    return json;
}

Json jsonOf(const ZoneMatrix::Exception& exception)
{
    Json json = {{"owner", exception.owner}, {"reason", exception.reason}, {"expires", exception.expires}};
    if (!exception.row.empty())
        json["row"] = exception.row;
    if (!exception.from.empty())
        json["from"] = exception.from;
    if (!exception.to.empty())
        json["to"] = exception.to;
    if (!exception.resources.empty())
        json["resources"] = exception.resources;
    return json;
}

Json jsonOf(const EnvironmentRules& rules)
{
    Json json = {{"order", Json::array()}, {"values", Json::object()}};
    for (const EnvironmentRules::Source& source : rules.order)
        json["order"].push_back(name(source));
    for (const auto& [environment, patterns] : rules.values)
        json["values"][environment] = patterns;
    return json;
}

template <class Row> void addList(nlohmann::ordered_json& json, const char* key, const std::vector<Row>& rows)
{
    for (const Row& row : rows)
        json[key].push_back(nlohmann::ordered_json(jsonOf(row)));
}

} // namespace

const EnvironmentRules& EnvironmentRules::builtIn()
{
    static const EnvironmentRules rules = [] {
        Diagnostics notes;
        EnvironmentRules made = environmentsFrom(member(builtInTable(), "environments"), "network/matrix.json", notes);
        assert(notes.empty());
        return made;
    }();
    return rules;
}

const ZoneMatrix& ZoneMatrix::builtIn()
{
    static const ZoneMatrix matrix = [] {
        Diagnostics notes;
        ZoneMatrix made = Reading("network/matrix.json", notes).matrix(builtInTable(), {});
        assert(notes.empty());
        return made;
    }();
    return matrix;
}

ZoneMatrix ZoneMatrix::from(std::string_view text, std::string_view file, Diagnostics& notes)
{
    const auto json = parseJson(text);
    if (json && json->is_object())
        return Reading(file, notes).matrix(*json, zoneIdsOf(text));
    notes.note(Severity::Error, {std::string(file), {}, 0, 0}, "The zone matrix is not a JSON object.");
    return {};
}

std::string zoneMatrixJson(const ZoneMatrix& matrix)
{
    nlohmann::ordered_json json = {{"format", 1}};
    if (!matrix.name.empty())
        json["name"] = matrix.name;
    json["default"] = {
        {"verdict", matrix.allowByDefault ? "allow" : "deny"}, {"severity", name(matrix.defaultSeverity)}};
    json["environments"] = jsonOf(matrix.environments);
    json["rows"] = nlohmann::ordered_json::array();
    for (const MatrixZone& zone : matrix.zones)
        json["zones"][zone.id] = jsonOf(zone);
    addList(json, "rows", matrix.rows);
    addList(json, "defaults_by", matrix.fallbacks);
    addList(json, "exceptions", matrix.exceptions);
    return json.dump(2) + '\n';
}

} // namespace glacis
