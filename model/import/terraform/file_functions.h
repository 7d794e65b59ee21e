// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "import/terraform/folder_files.h"
#include "import/terraform/hcl/evaluate.h"

#include <map>
#include <string>

namespace glacis::terraform {

/// The functions that read files: file, templatefile, fileset and their like. Only what was imported can be read; what
/// lies outside leaves the value open. Source: "Filesystem Functions", Terraform Language documentation.
class FileFunctions {
public:
    FileFunctions(FolderFiles& files, hcl::Budget& budget) : m_files(files), m_budget(budget) { }

    /// Nothing for a function that is not among them. `root` is the folder that paths are relative to.
    [[nodiscard]] std::optional<Json> call(
        std::string_view name, const std::vector<Json>& arguments, std::string_view root);

private:
    Json rendered(const hcl::ParsedTemplate& parsed, const Json& values, std::string_view root);
    const std::string& text(const Json& path, std::string_view root);
    Json fileSet(const std::string& folder, const std::string& pattern, std::string_view root);

    FolderFiles& m_files;
    hcl::Budget& m_budget;
    std::map<std::string, hcl::ParsedTemplate, std::less<>> m_templates; ///< by their text's path
};

} // namespace glacis::terraform
