// SPDX-License-Identifier: GPL-3.0-or-later
#include "import/terraform/file_functions.h"

#include "core/text.h"
#include "import/terraform/hcl/function_table.h"

#include <algorithm>
#include <array>

namespace glacis::terraform {

namespace {

constexpr std::array<std::string_view, 8> names{
    "abspath", "file", "filebase64", "fileexists", "fileset", "pathexpand", "templatefile", "templatestring"};

/// "**" stands for any folders, "*" and "?" for what one folder's name may hold, "{a,b}" for either.
bool fits(std::string_view path, std::string_view pattern, int depth = 0)
{
    if (depth > 60)
        return false;
    if (pattern.empty())
        return path.empty();
    if (pattern.starts_with("**/"))
        return fits(path, pattern.substr(3), depth + 1)
            || (path.find('/') != std::string_view::npos && fits(path.substr(path.find('/') + 1), pattern, depth + 1));
    if (pattern.front() == '{') {
        const auto end = pattern.find('}');
        if (end == std::string_view::npos)
            return false;
        return std::ranges::any_of(split(pattern.substr(1, end - 1), ','), [&](std::string_view word) {
            return path.starts_with(word) && fits(path.substr(word.size()), pattern.substr(end + 1), depth + 1);
        });
    }
    if (pattern.front() == '*') {
        const std::string_view rest = pattern.substr(std::min(pattern.find_first_not_of('*'), pattern.size()));
        const bool folders = pattern.starts_with("**");
        for (std::size_t i = 0; i <= path.size(); ++i) {
            if (fits(path.substr(i), rest, depth + 1))
                return true;
            if (i < path.size() && path[i] == '/' && !folders)
                return false;
        }
        return false;
    }
    return !path.empty() && (path.front() == pattern.front() || (pattern.front() == '?' && path.front() != '/'))
        && fits(path.substr(1), pattern.substr(1), depth);
}

} // namespace

const std::string& FileFunctions::text(const Json& path, std::string_view root)
{
    const std::string asked = hcl::asTemplateText(path);
    const std::string* found = m_files.text(pathWithin(root, asked));
    if (!found)
        throw hcl::EvaluationError("The file " + asked + " was not imported.");
    m_budget.spend(1 + found->size() / 64);
    return *found;
}

Json FileFunctions::rendered(const hcl::ParsedTemplate& parsed, const Json& values, std::string_view root)
{
    if (!parsed.problem.empty())
        throw hcl::EvaluationError(parsed.problem);
    if (!values.is_object())
        return hcl::derived({&values});
    return hcl::asTemplateText(hcl::evaluate(
        parsed.value,
        [&](std::string_view name, std::span<const hcl::Step>, std::size_t&) -> std::optional<Json> {
            if (!values.contains(name))
                return {};
            return values.at(std::string(name));
        },
        m_budget,
        [&](std::string_view name, const std::vector<Json>& arguments) { return call(name, arguments, root); }));
}

Json FileFunctions::fileSet(const std::string& folder, const std::string& pattern, std::string_view root)
{
    std::string within = pathWithin(root, folder);
    if (within.empty())
        throw hcl::EvaluationError("The folder " + folder + " was not imported.");
    within = within == "." ? std::string() : within + '/';
    Json all = Json::array();
    for (const auto& [path, text] : m_files.all()) {
        m_budget.spend();
        if (path.starts_with(within) && fits(std::string_view(path).substr(within.size()), pattern))
            all.push_back(path.substr(within.size()));
    }
    return all;
}

std::optional<Json> FileFunctions::call(
    std::string_view name, const std::vector<Json>& arguments, std::string_view root)
{
    if (std::ranges::find(names, name) == names.end() || arguments.empty())
        return {};
    if (!arguments[0].is_string() || hcl::isOpen(arguments[0])
        || (arguments.size() > 1 && name == "fileset" && hcl::isOpen(arguments[1]))) {
        std::vector<const Json*> from;
        from.reserve(arguments.size());
        for (const Json& argument : arguments)
            from.push_back(&argument);
        return hcl::derived(from);
    }
    const std::string& first = arguments[0].get_ref<const std::string&>();
    const Json none = Json::object();
    const Json& values = arguments.size() > 1 ? arguments[1] : none;
    if (name == "abspath" || name == "pathexpand")
        return first;
    if (name == "fileexists")
        return m_files.text(pathWithin(root, first)) != nullptr;
    if (name == "fileset")
        return fileSet(first, hcl::asTemplateText(values), root);
    if (name == "templatestring")
        return rendered(hcl::parseTemplate(first), values, root);
    const std::string& found = text(first, root);
    if (name == "filebase64")
        return hcl::callFunction("base64encode", {found}, m_budget);
    if (name == "file")
        return found;
    const std::string path = pathWithin(root, first);
    auto known = m_templates.find(path);
    if (known == m_templates.end())
        known = m_templates.emplace(path, hcl::parseTemplate(found)).first;
    return rendered(known->second, values, root);
}

} // namespace glacis::terraform
