// SPDX-License-Identifier: GPL-3.0-or-later
#include "estate/access_list.h"

#include <utility>

namespace glacis {

std::vector<std::string_view> actionsOfListed(std::string_view permission)
{
    constexpr std::pair<std::string_view, std::string_view> meanings[] = {{"READ", "s3:ListBucket"},
        {"READ", "s3:ListBucketVersions"}, {"READ", "s3:ListBucketMultipartUploads"}, {"WRITE", "s3:PutObject"},
        {"READ_ACP", "s3:GetBucketAcl"}, {"WRITE_ACP", "s3:PutBucketAcl"}};
    std::vector<std::string_view> actions;
    for (const auto& [meant, action] : meanings) {
        if (permission == meant || permission == "FULL_CONTROL")
            actions.push_back(action);
    }
    return actions;
}

} // namespace glacis
