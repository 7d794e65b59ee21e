// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/json.h"
#include "estate/facts.h"

#include <string>
#include <string_view>
#include <vector>

namespace glacis::terraform {

/// What a type of resource means: one row of resources/terraform/*.json. Paths lead into a resource's settings: names
/// with dots between, "*" for each of a list.
struct TypeRow {
    struct Target {
        std::string path;
        Kind kind = Kind::Other; ///< of what the setting refers to
    };
    struct Link {
        Target to;
        EdgeKind edge{};
        bool reversed = false; ///< from what is referred to
    };
    struct Setting {
        std::string path, key;
        Json absent; ///< the value when the argument is left out; null: then it is not known
        Json there; ///< not null: the value when the argument is there, whatever it holds
        Json values; ///< not null: what the argument's values are called here
    };
    struct Document {
        std::string path;
        PolicyRole role{};
    };

    std::string type; ///< "aws_s3_bucket"
    std::string as; ///< "AWS::S3::Bucket"; empty: the row has no thing of its own
    Kind kind = Kind::Other;
    std::string name; ///< path
    std::string arn; ///< with "{path}" for settings; empty where only an apply tells it
    std::vector<std::string> names; ///< other names, in the same form
    Target of; ///< path empty unless it describes another resource rather than one of its own
    std::vector<Target> parents; ///< the first that is there contains it
    std::vector<Setting> settings;
    std::vector<Link> links;
    std::vector<Document> documents;
    std::vector<std::string> blocks; ///< paths of address blocks
    std::string note; ///< what the ledger says of each
};

/// Null when the table has no such type.
[[nodiscard]] const TypeRow* typeRow(std::string_view type);

} // namespace glacis::terraform
