// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/data_class.h"

#include "catalog/schema.h"
#include "core/text.h"

#include <array>
#include <cassert>
#include <map>

namespace glacis {

namespace {

constexpr std::array<std::string_view, 5> classNames = {"unknown", "public", "internal", "confidential", "restricted"};

struct ClassTable {
    using Words = std::map<std::string, DataClass, std::less<>>;
    std::vector<std::string> tagKeys;
    Words words;
    Words nameTokens;
    std::map<Kind, DataClass> kinds;
};

ClassTable::Words wordsOf(const Json& table, std::string_view list, std::string_view key)
{
    ClassTable::Words words;
    for (const Json& row : arrayOf(table, list))
        words.emplace(lowered(textOf(row, key)), dataClassNamed(textOf(row, "class")).value_or(DataClass::Unknown));
    return words;
}

const ClassTable& classTable()
{
    static const ClassTable table = [] {
        const Table read = loadTable("data/classes.json", "data/schema.json", "classes");
        assert(read.faults.empty());
        ClassTable made;
        made.tagKeys = textsOf(read.json, "tagKeys");
        made.words = wordsOf(read.json, "words", "word");
        made.nameTokens = wordsOf(read.json, "nameTokens", "token");
        for (const Json& row : arrayOf(read.json, "kinds")) {
            if (const auto kind = kindNamed(textOf(row, "kind")))
                made.kinds.emplace(*kind, dataClassNamed(textOf(row, "class")).value_or(DataClass::Unknown));
        }
        return made;
    }();
    return table;
}

bool isWordCharacter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

/// The loudest class that a word of the name speaks for.
Classified byName(std::string_view name)
{
    Classified best;
    const std::string text = lowered(name);
    for (std::size_t at = 0; at < text.size();) {
        if (!isWordCharacter(text[at])) {
            ++at;
            continue;
        }
        std::size_t end = at;
        while (end < text.size() && isWordCharacter(text[end]))
            ++end;
        const std::string_view word = std::string_view(text).substr(at, end - at);
        const auto found = classTable().nameTokens.find(word);
        if (found != classTable().nameTokens.end() && found->second > best.dataClass)
            best = {found->second, true, "its name says \"" + std::string(word) + '"'};
        at = end;
    }
    return best;
}

} // namespace

std::string_view name(DataClass dataClass)
{
    return classNames[static_cast<std::size_t>(dataClass)];
}

std::optional<DataClass> dataClassNamed(std::string_view text)
{
    for (std::size_t i = 0; i < classNames.size(); ++i) {
        if (classNames[i] == text)
            return static_cast<DataClass>(i);
    }
    return std::nullopt;
}

Classified dataClassOf(const Estate& estate, NodeId node)
{
    if (!holdsData(estate.kind(node)))
        return {};
    const ClassTable& table = classTable();
    for (const std::string& key : table.tagKeys) {
        const std::string_view value = estate.tag(node, key);
        if (value.empty())
            continue;
        const auto found = table.words.find(lowered(value));
        if (found != table.words.end())
            return {found->second, false, "tag " + key + " is " + std::string(value)};
    }
    if (const auto found = table.kinds.find(estate.kind(node)); found != table.kinds.end())
        return {found->second, true, "what a " + lowered(info(estate.kind(node)).title) + " is for"};
    return byName(estate.name(node));
}

} // namespace glacis
