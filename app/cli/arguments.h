// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace glacis::cli {

/// Exit codes that scripts rely on.
enum Exit : int { Done = 0, FoundSome = 1, Usage = 2, NothingRead = 3, PartlyRead = 4 };

enum class Format { Text, Json, JsonLines };

struct Option {
    std::string_view name; ///< with its dashes
    bool takesValue = true;
};

/// What stands behind the command: `--name value`, `--name=value`, and plain words.
struct Arguments {
    std::map<std::string, std::vector<std::string>, std::less<>> options;
    std::vector<std::string> words;
    std::string error; ///< one sentence when the line is not usable

    [[nodiscard]] bool has(std::string_view name) const { return options.find(name) != options.end(); }
    [[nodiscard]] std::vector<std::string> all(std::string_view name) const;
    [[nodiscard]] std::string one(std::string_view name) const; ///< the last one given; empty when none
    [[nodiscard]] Format format() const;
};
[[nodiscard]] Arguments parseArguments(const std::vector<std::string>& line, const std::vector<Option>& known);

} // namespace glacis::cli
