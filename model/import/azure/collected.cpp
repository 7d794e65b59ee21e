// SPDX-License-Identifier: GPL-3.0-or-later
#include "import/azure/collected.h"

#include "core/json.h"
#include "core/resources.h"
#include "core/text.h"
#include "import/azure/names.h"
#include "import/reader.h"

#include <map>

namespace glacis::azure {

namespace {

std::string_view withoutEnding(std::string_view name)
{
    return name.ends_with(".json") ? name.substr(0, name.size() - 5) : name;
}

} // namespace

std::string collectedCall(std::string_view path)
{
    static const auto calls = [] {
        std::map<std::string, std::string, std::less<>> made;
        const Json json = parseJson(resource("collection/azure.json").value_or("{}")).value_or(Json());
        for (const Json& call : arrayOf(json, "calls"))
            made.emplace(textOf(call, "file"), textOf(call, "command"));
        return made;
    }();
    const auto found = calls.find(withoutEnding(fileOf(path)));
    return found == calls.end() ? std::string() : found->second;
}

Related relatedTo(std::string_view path)
{
    struct Row {
        std::string_view folder;
        Kind kind;
        EdgeKind edge;
    };
    constexpr Row rows[] = {{"ad-group-member-list", Kind::Group, EdgeKind::MemberOf},
        {"ad-group-owner-list", Kind::Group, EdgeKind::Owns}, {"ad-app-owner-list", Kind::Application, EdgeKind::Owns},
        {"ad-sp-owner-list", Kind::ServicePrincipal, EdgeKind::Owns}};
    const std::string_view folder = fileOf(folderOf(path)), of = withoutEnding(fileOf(path));
    for (const Row& row : rows) {
        if (row.folder == folder && isGuid(of))
            return {lowered(of), row.kind, row.edge};
    }
    return {};
}

} // namespace glacis::azure
