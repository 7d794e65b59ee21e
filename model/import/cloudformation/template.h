// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/json.h"
#include "import/reader.h"
#include "import/terraform/module.h"

#include <string>
#include <string_view>
#include <unordered_map>

namespace glacis::cloudformation {

/// One template file. Functions stand in their long form ({"Ref": …}, {"Fn::GetAtt": …}), also where YAML wrote a tag.
struct Template {
    terraform::Source source;
    Json json;
    bool hasLines = false; ///< YAML: places are lines; JSON: places are pointers
    std::unordered_map<std::string, std::uint32_t> lines; ///< by JSON pointer

    [[nodiscard]] std::uint32_t lineOf(std::string_view pointer) const;
};

/// Source: "Template anatomy" and "Intrinsic function reference", AWS CloudFormation User Guide.
[[nodiscard]] bool looksLikeTemplate(const Sniff& sniffed);
/// What is wrong with the file is told in its row; a template without resources has an empty `json`.
[[nodiscard]] Template readTemplate(ReadFile& file, std::size_t row);

} // namespace glacis::cloudformation
