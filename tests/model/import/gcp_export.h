// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "written_folder.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace glacis {

/// An asset export of organisation 33, folder 22 and project 11 ("acme"), a line for each asset; quotes are written as
/// apostrophes.
class GcpExport {
public:
    static constexpr std::string_view organization = "//cloudresourcemanager.googleapis.com/organizations/33";
    static constexpr std::string_view folder = "//cloudresourcemanager.googleapis.com/folders/22";
    static constexpr std::string_view project = "//cloudresourcemanager.googleapis.com/projects/11";

    GcpExport()
    {
        asset("cloudresourcemanager.googleapis.com/Organization", organization, "'displayName':'acme.test'",
            "['organizations/33']");
        asset("cloudresourcemanager.googleapis.com/Folder", folder, "'displayName':'prod'",
            "['folders/22','organizations/33']");
        asset("cloudresourcemanager.googleapis.com/Project", project,
            "'projectId':'acme','projectNumber':'11','name':'acme'");
    }

    static std::string quoted(std::string text)
    {
        std::ranges::replace(text, '\'', '"');
        return text;
    }

    GcpExport& line(const std::string& text)
    {
        m_lines += quoted(text) + '\n';
        return *this;
    }
    GcpExport& asset(std::string_view type, std::string_view name, const std::string& data,
        const std::string& ancestors = "['projects/11','folders/22','organizations/33']")
    {
        return line("{'name':'" + std::string(name) + "','assetType':'" + std::string(type)
            + "','ancestors':" + ancestors + ",'resource':{'data':{" + data + "}}}");
    }
    /// `bindings`: "{'role':…,'members':[…]}", several with commas.
    GcpExport& policy(std::string_view type, std::string_view name, const std::string& bindings)
    {
        return line("{'name':'" + std::string(name) + "','assetType':'" + std::string(type)
            + "','iamPolicy':{'bindings':[" + bindings + "]}}");
    }
    GcpExport& onProject(const std::string& bindings)
    {
        return policy("cloudresourcemanager.googleapis.com/Project", project, bindings);
    }
    GcpExport& onFolder(const std::string& bindings)
    {
        return policy("cloudresourcemanager.googleapis.com/Folder", folder, bindings);
    }
    GcpExport& onOrganization(const std::string& bindings)
    {
        return policy("cloudresourcemanager.googleapis.com/Organization", organization, bindings);
    }
    static std::string grant(std::string_view role, std::string_view member)
    {
        return "{'role':'" + std::string(role) + "','members':['" + std::string(member) + "']}";
    }
    /// Known as "serviceAccount:NAME@acme.iam.gserviceaccount.com".
    GcpExport& account(const std::string& name)
    {
        const std::string email = name + "@acme.iam.gserviceaccount.com";
        return asset("iam.googleapis.com/ServiceAccount", "//iam.googleapis.com/projects/acme/serviceAccounts/" + email,
            "'email':'" + email + "'");
    }
    GcpExport& role(const std::string& where, const std::vector<std::string>& permissions)
    {
        std::string list;
        for (const std::string& one : permissions)
            list += (list.empty() ? "'" : ",'") + one + "'";
        return asset("iam.googleapis.com/Role", "//iam.googleapis.com/" + where,
            "'name':'" + where + "','includedPermissions':[" + list + "]");
    }
    GcpExport& bucket(const std::string& name, const std::string& data = {})
    {
        return asset("storage.googleapis.com/Bucket", "//storage.googleapis.com/" + name, data);
    }

    [[nodiscard]] const std::string& text() const { return m_lines; }
    [[nodiscard]] Estate estate() const
    {
        WrittenFolder folder_;
        return folder_.file("assets.json", m_lines).estate();
    }

private:
    std::string m_lines;
};

} // namespace glacis
