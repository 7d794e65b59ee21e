// SPDX-License-Identifier: GPL-3.0-or-later
#include "import/azure/plain.h"

namespace glacis::azure {

namespace {

/// Members whose own member names are data.
bool holdsNames(std::string_view key)
{
    return key == "tags" || key == "userassignedidentities";
}

void take(Json& into, const Json& from, const std::string& base, std::map<std::string, std::string>* places)
{
    for (const auto& [name, value] : from.items()) {
        const std::string key = plainKey(name);
        const bool nests = key == "properties" && value.is_object();
        // The outer name, id and type are the resource's own; those of its properties may mean something else.
        if (nests || into.contains(key))
            continue;
        into[key] = holdsNames(key) ? value : plainForm(value);
        if (places)
            places->emplace(key, pointerTo(base, name));
    }
    for (const auto& [name, value] : from.items()) {
        if (plainKey(name) == "properties" && value.is_object())
            take(into, value, pointerTo(base, name), places);
    }
}

} // namespace

std::string plainKey(std::string_view key)
{
    std::string plain;
    for (const char c : key) {
        if (c != '_')
            plain += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    }
    return plain;
}

Json plainForm(const Json& json, std::map<std::string, std::string>* places)
{
    if (json.is_array()) {
        Json made = Json::array();
        for (const Json& element : json)
            made.push_back(plainForm(element));
        return made;
    }
    if (!json.is_object())
        return json;
    Json made = Json::object();
    take(made, json, {}, places);
    return made;
}

} // namespace glacis::azure
