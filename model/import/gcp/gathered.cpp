// SPDX-License-Identifier: GPL-3.0-or-later
#include "import/gcp/gathered.h"

#include "core/text.h"
#include "import/gcp/names.h"

#include <algorithm>

namespace glacis::gcp {

namespace {

bool isNumber(std::string_view text)
{
    return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

struct MemberForm {
    std::string_view prefix;
    Kind kind;
    bool outside;
};

/// "Principal identifiers", Identity and Access Management documentation.
constexpr MemberForm forms[] = {
    {"user:", Kind::User, false},
    {"group:", Kind::Group, false},
    {"domain:", Kind::Group, false},
    {"serviceAccount:", Kind::ServiceAccount, false},
    {"principal://", Kind::User, true},
    {"principalSet://", Kind::Group, true},
};

const MemberForm* formOf(std::string_view member)
{
    for (const MemberForm& form : forms) {
        if (member.starts_with(form.prefix))
            return &form;
    }
    return nullptr;
}

/// The project behind a service account's address; empty when it is none of a customer's. Source: "Types of service
/// accounts", Identity and Access Management documentation.
std::string projectOfAccount(std::string_view email)
{
    const std::string_view local = before(email, '@'), domain = after(email, '@');
    if (domain == "developer.gserviceaccount.com")
        return std::string(before(local, '-'));
    if (domain == "appspot.gserviceaccount.com" || domain == "cloudservices.gserviceaccount.com"
        || domain == "cloudbuild.gserviceaccount.com")
        return std::string(local);
    constexpr std::string_view ending = ".iam.gserviceaccount.com";
    if (!domain.ends_with(ending) || domain.starts_with("gcp-sa-"))
        return {};
    return std::string(domain.substr(0, domain.size() - ending.size()));
}

/// "project.svc.id.goog[namespace/account]": a service account of a cluster. Source: "Authenticate to Google Cloud APIs
/// from GKE workloads", Google Kubernetes Engine documentation.
std::string clusterAccount(std::string_view member)
{
    const std::size_t open = member.find(".svc.id.goog[");
    if (open == std::string_view::npos || !member.ends_with(']'))
        return {};
    const std::string_view inner = member.substr(open + 13, member.size() - open - 14);
    if (inner.find('/') == std::string_view::npos)
        return {};
    return std::string(before(inner, '/')) + "/ServiceAccount/" + std::string(after(inner, '/'));
}

} // namespace

void Gathered::knowProject(std::string_view id, std::string_view number)
{
    if (isNumber(number) && !id.empty() && !isNumber(id) && id != "-" && id != "_")
        numberOf.emplace(id, number);
}

std::string Gathered::projectNode(std::string_view idOrNumber) const
{
    const auto known = numberOf.find(idOrNumber);
    return projectName(known == numberOf.end() ? idOrNumber : std::string_view(known->second));
}

std::string Gathered::member(std::string_view text, EvidenceId at)
{
    if (text == "allUsers" || text == "allAuthenticatedUsers")
        return "internet";
    if (!formOf(text))
        return {};
    members.emplace(text, at);
    const std::string inCluster = clusterAccount(text);
    return inCluster.empty() ? std::string(text) : inCluster;
}

void settleProjects(Inventory& inventory, Gathered& gathered)
{
    const auto settled = [&](StringId name) {
        const std::string text(inventory.strings[name]);
        const std::string_view project = segmentAfter(text, "projects");
        if (!text.starts_with(resourceManager) || project.empty() || text != projectName(project))
            return name;
        return inventory.text(gathered.projectNode(project));
    };
    std::set<StringId> projects;
    for (ThingRow& row : inventory.things) {
        if (row.provider != Provider::Gcp)
            continue;
        row.account = settled(row.account);
        row.parent = settled(row.parent);
        if (row.kind == Kind::Account)
            row.id = settled(row.id);
        if (row.account != StringId::Empty)
            projects.insert(row.account);
    }
    for (const StringId project : projects) {
        ThingRow& row = inventory.thing(Kind::Account, Provider::Gcp, "cloudresourcemanager.googleapis.com/Project",
            inventory.strings[project], rootScope, noEvidence);
        row.region = inventory.text("global");
    }
    for (const auto& [id, number] : gathered.numberOf) {
        const Ref node = inventory.text(projectName(number));
        for (const std::string& other : {id, projectName(id)})
            inventory.alias(other, node);
    }
    // A key that is made opens what the project's services give to keys: "Manage API keys", Google Cloud documentation.
    for (const std::string& described : gathered.described) {
        ThingRow& row = inventory.thing(Kind::AccessKey, Provider::Gcp, "apikeys.googleapis.com/Keys",
            "//apikeys.googleapis.com/" + described.substr(resourceManager.size()) + "/locations/global/keys",
            rootScope, noEvidence);
        row.name = inventory.text("API keys");
        row.account = settled(inventory.text(described));
        row.region = inventory.text("global");
    }
}

void settleMembers(Inventory& inventory, Gathered& gathered)
{
    for (const DefaultAccount& one : gathered.defaults) {
        std::string number = one.project, id = one.project;
        if (const auto known = gathered.numberOf.find(one.project); known != gathered.numberOf.end())
            number = known->second;
        for (const auto& [name, itsNumber] : gathered.numberOf) {
            if (itsNumber == one.project)
                id = name;
        }
        std::string email = one.pattern;
        const bool byNumber = email.starts_with("{number}");
        if (byNumber != isNumber(byNumber ? number : id))
            continue; // the project's number, or its id, is not in the export
        email.replace(0, email.find('}') + 1, byNumber ? number : id);
        inventory.edge(one.workload, EdgeKind::RunsAs, gathered.member("serviceAccount:" + email, one.at), one.at);
    }
    std::set<std::string> known;
    for (const ThingRow& row : inventory.things) {
        if (row.provider == Provider::Gcp && row.kind == Kind::Account && !row.outside)
            known.emplace(inventory.strings[row.id]);
    }
    for (const auto& [member, at] : gathered.members) {
        const MemberForm& form = *formOf(member);
        const std::string name = member.substr(form.prefix.size());
        if (form.kind == Kind::ServiceAccount && gathered.accounts.count(name) > 0)
            continue;
        if (const std::string inCluster = clusterAccount(member); !inCluster.empty()) {
            ThingRow& row =
                inventory.thing(Kind::ServiceAccount, Provider::Kubernetes, "ServiceAccount", inCluster, rootScope, at);
            row.outside = true;
            row.name = inventory.text(afterLast(inCluster, '/'));
            const Ref ref = row.id;
            inventory.alias(member, ref);
            continue;
        }
        ThingRow& row = inventory.thing(form.kind, Provider::Gcp, before(form.prefix, ':'), member, rootScope, at);
        row.name = inventory.text(form.outside ? afterLast(name, '/') : std::string_view(name));
        row.region = inventory.text("global");
        row.outside = form.outside;
        const Ref ref = row.id;
        if (form.kind == Kind::ServiceAccount) {
            const std::string project = projectOfAccount(name);
            const std::string node = project.empty() ? std::string() : gathered.projectNode(project);
            row.outside = known.count(node) == 0;
            if (!row.outside)
                row.account = inventory.text(node);
            inventory.alias(name, ref);
            if (!project.empty()) {
                std::string whole = "//iam.googleapis.com/projects/";
                whole.append(project).append("/serviceAccounts/").append(name);
                inventory.alias(whole, ref);
            }
        }
    }
}

} // namespace glacis::gcp
