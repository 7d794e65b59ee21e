// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace glacis::gcp {

/// What a condition may be asked about.
struct ConditionResource {
    std::vector<std::string> names; ///< the ways to spell its name
    std::string type, service; ///< "storage.googleapis.com/Bucket", "storage.googleapis.com"
    bool partOf = false; ///< the name only begins so: the thing asked for lies inside (objects of a bucket)
};

enum class Truth : std::uint8_t { False, True, Open };

/// Whether a condition holds for a resource, as far as its name, type and service decide; all else (time, tags, access
/// levels) stays open. Sources: "Attribute reference for IAM Conditions", Google Cloud documentation; "Common
/// Expression Language specification".
[[nodiscard]] Truth conditionHolds(std::string_view expression, const ConditionResource& resource);

} // namespace glacis::gcp
