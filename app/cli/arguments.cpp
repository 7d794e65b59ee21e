// SPDX-License-Identifier: GPL-3.0-or-later
#include "arguments.h"

#include <algorithm>

#include <unistd.h>

namespace glacis::cli {

std::vector<std::string> Arguments::all(std::string_view name) const
{
    const auto found = options.find(name);
    return found == options.end() ? std::vector<std::string>{} : found->second;
}

std::string Arguments::one(std::string_view name) const
{
    const auto found = options.find(name);
    return found == options.end() || found->second.empty() ? std::string{} : found->second.back();
}

Format Arguments::format() const
{
    const std::string named = one("--format");
    if (named.empty())
        return isatty(STDOUT_FILENO) ? Format::Text : Format::Json;
    return named == "text" ? Format::Text : named == "jsonl" ? Format::JsonLines : Format::Json;
}

Arguments parseArguments(const std::vector<std::string>& line, const std::vector<Option>& known)
{
    Arguments arguments;
    for (std::size_t i = 0; i < line.size(); ++i) {
        const std::string& word = line[i];
        if (word.size() < 2 || word[0] != '-') {
            arguments.words.push_back(word);
            continue;
        }
        const auto equals = word.starts_with("--") ? word.find('=') : std::string::npos;
        const std::string name = word.substr(0, equals);
        const auto option = std::ranges::find(known, name, &Option::name);
        if (option == known.end()) {
            arguments.error = "There is no option " + name + "; see --help.";
            return arguments;
        }
        auto& values = arguments.options[name];
        if (equals != std::string::npos) {
            values.push_back(word.substr(equals + 1));
        } else if (option->takesValue) {
            if (i + 1 == line.size()) {
                arguments.error = "The option " + name + " needs a value; see --help.";
                return arguments;
            }
            values.push_back(line[++i]);
        }
    }
    const std::string format = arguments.one("--format");
    if (!format.empty() && format != "text" && format != "json" && format != "jsonl")
        arguments.error = "There is no format " + format + "; use text, json or jsonl.";
    return arguments;
}

} // namespace glacis::cli
