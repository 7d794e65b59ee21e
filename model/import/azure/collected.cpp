// SPDX-License-Identifier: GPL-3.0-or-later
#include "import/azure/collected.h"

#include "core/text.h"
#include "import/azure/names.h"

namespace glacis::azure {

CollectedFile collected(std::string_view path)
{
    return collectedFile(*collectionOf("azure"), path);
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
    const CollectedFile file = collected(path);
    for (const Row& row : rows) {
        if (file.call && row.folder == file.call->file && isGuid(file.of))
            return {lowered(file.of), row.kind, row.edge};
    }
    return {};
}

} // namespace glacis::azure
