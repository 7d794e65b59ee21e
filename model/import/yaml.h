// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/json.h"
#include "core/progress.h"

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace glacis {

struct YamlLimits {
    bool localTags = false; ///< a value with a tag of its own ("!Ref name") becomes {"!Ref": "name"}
    std::size_t depth = 100; ///< nested lists and maps
    std::size_t aliased = 200'000; ///< values that aliases may add to one document, long texts counted by 16 bytes
};

/// One document of a YAML text as JSON: plain scalars become numbers, booleans and null by the core schema of YAML 1.2,
/// everything else text; aliases and merge keys ("<<") are put in place.
struct YamlDocument {
    Json value;
    std::uint32_t line = 1; ///< where its content begins
    std::unordered_map<std::string, std::uint32_t> lines; ///< by JSON pointer, for the four outermost levels

    /// The line of the nearest enclosing value whose line is kept.
    [[nodiscard]] std::uint32_t lineOf(std::string_view pointer) const;
};

struct YamlProblem {
    std::uint32_t line = 0, column = 0; ///< from 1
    std::string sentence;
};

/// Hands out document after document. One that is broken, too deep or swells by aliases is told as a problem, and the
/// next is read all the same. Stops when `progress` is cancelled. Never throws.
/// Source: "YAML Ain't Markup Language (YAML) version 1.2".
void readYaml(std::string_view text, const YamlLimits& limits, const std::function<void(YamlDocument&)>& document,
    const std::function<void(const YamlProblem&)>& problem, const Progress* progress = nullptr);

} // namespace glacis
