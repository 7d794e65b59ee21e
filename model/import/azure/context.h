// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/text.h"
#include "import/azure/names.h"
#include "import/azure/type_table.h"
#include "import/fact_taker.h"

#include <map>
#include <set>
#include <string>
#include <string_view>

namespace glacis::azure {

/// What all Azure files of an import share, because one file names what another describes.
class Session {
public:
    /// A thing that is spoken of, so that it has its kind also when nothing describes it.
    void mention(std::string_view id, Kind kind, EvidenceId at);
    void described(std::string_view id) { m_described.insert(lowered(id)); }
    /// An application's id as its users know it, and the object that acts for it in the directory.
    void actsFor(std::string_view appId, std::string_view servicePrincipal);
    /// Something runs as the service principal of an application, of which only the application's id is told.
    void runsAsApplication(Ref from, std::string_view appId, EvidenceId at);
    /// An application's id and the object that registers it.
    void application(std::string_view appId, std::string_view object)
    {
        m_applications.emplace(lowered(appId), object);
    }
    /// Whoever may change an application of which only its id is told.
    void ownsApplication(std::string_view owner, std::string_view appId, EvidenceId at);
    void tenant(std::string_view guid, EvidenceId at) { m_tenants.emplace(lowered(guid), at); }
    /// A subscription lies in its directory, unless a management group holds it.
    void subscriptionIn(Ref subscription, std::string_view tenant) { m_tenantOf.emplace_back(subscription, tenant); }
    /// How people know a role or principal that is perhaps not described.
    void roleName(std::string_view id, std::string_view name) { m_names.emplace(lowered(id), name); }
    void principalName(std::string_view id, std::string_view name) { m_names.emplace(lowered(id), name); }
    /// A row of the inventory for an object of the directory that does not say of which.
    void withoutTenant(std::size_t row) { m_withoutTenant.push_back(row); }
    /// All files have been read.
    void finish(Inventory& inventory);

private:
    struct Mention {
        std::string id;
        Kind kind{};
        EvidenceId at = noEvidence;
    };
    struct Acting {
        Ref from{};
        std::string appId;
        EvidenceId at = noEvidence;
    };
    std::set<std::string> m_described;
    std::map<std::string, Mention> m_mentioned;
    std::map<std::string, std::string> m_servicePrincipals;
    std::vector<Acting> m_acting;
    struct Owning {
        std::string owner, appId;
        EvidenceId at = noEvidence;
    };
    void placeInTenant(Inventory& inventory);
    std::vector<Owning> m_owningBy;
    std::map<std::string, std::string> m_applications;
    std::map<std::string, EvidenceId> m_tenants;
    std::vector<std::pair<Ref, std::string>> m_tenantOf;
    std::map<std::string, std::string> m_names;
    std::vector<std::size_t> m_withoutTenant;
};

/// One file on its way into the inventory.
class Context : public FactTaker {
public:
    Context(ReadFile& read, Session& shared) : FactTaker(read.inventory, read.row), file(read), session(shared) { }

    ReadFile& file;
    Session& session;

    EvidenceId seen(std::string_view pointer) { return inventory.seen(file.file, pointer); }
    /// A thing with an id of Azure Resource Manager, in its subscription, region and innermost container.
    Ref thing(Kind kind, std::string_view type, std::string_view id, std::string_view name, std::string_view location,
        EvidenceId at);
    /// An object of the directory. `tenant` may be empty.
    Ref directoryObject(Kind kind, std::string_view type, std::string_view id, std::string_view name,
        std::string_view tenant, EvidenceId at);
    /// An edge to what is perhaps described elsewhere; an empty or malformed id adds nothing.
    void link(Ref from, EdgeKind edge, std::string_view to, Kind kind, EvidenceId at);
    void linkBack(std::string_view from, EdgeKind edge, Ref to, Kind kind, EvidenceId at);
    void tags(Ref of, const Json& tags);
    void document(Ref of, std::string_view name, const Json& document, EvidenceId at);
};

/// One resource, in plain form.
class Resource {
public:
    Resource(Context& into, const Json& original, std::string where);

    Context& context;
    Json json;
    std::string id, type, name;
    std::string pointer;
    const TypeRow* row = nullptr;
    Ref ref{};
    EvidenceId at = noEvidence;
    std::size_t thing = 0; ///< its row in the inventory

    /// What it lies in, when its id does not tell.
    void place(std::string_view parent) const
    {
        context.inventory.things[thing].parent = context.inventory.text(parent);
    }
    /// Where an outermost member stands, or one of its elements.
    [[nodiscard]] EvidenceId seen(std::string_view key) const;
    [[nodiscard]] EvidenceId seen(std::string_view key, std::size_t element) const;
    [[nodiscard]] const Json& list(std::string_view key) const { return arrayOf(json, key); }
    [[nodiscard]] std::string_view text(std::string_view key) const { return textOf(json, key); }

private:
    std::map<std::string, std::string> m_places;
};

/// Takes a resource of Azure Resource Manager; false when its type is not known, which is said in the ledger.
bool takeResource(Context& context, const Json& json, const std::string& pointer);

/// What no row of the type table can say. `ref` is the resource, or for parts of one what they belong to.
using Handler = void (*)(Resource& resource);
struct HandlerRow {
    std::string_view type; ///< in small letters
    Handler handler;
};
[[nodiscard]] std::span<const HandlerRow> networkHandlers();
[[nodiscard]] std::span<const HandlerRow> filterHandlers();
[[nodiscard]] std::span<const HandlerRow> balancerHandlers();
[[nodiscard]] std::span<const HandlerRow> workloadHandlers();
[[nodiscard]] std::span<const HandlerRow> storeHandlers();
[[nodiscard]] std::span<const HandlerRow> authorizationHandlers();

/// Objects of Microsoft Entra ID, as Microsoft Graph and `az ad` tell them; false when it is none.
bool takeDirectoryObject(Context& context, const Json& json, const std::string& pointer);
[[nodiscard]] Kind kindOfDirectoryObject(Context& context, const Json& json);
/// An assignment of a directory role, `json` in plain form.
void takeDirectoryAssignment(Context& context, const Json& json, std::string_view tenant, bool eligible, EvidenceId at);
/// The name of a directory role's definition, built in or not.
[[nodiscard]] std::string directoryRoleId(std::string_view guid);
/// What an assignment of a role over resources says, `json` in plain form.
void takeRoleAssignment(Context& context, const Json& json, Ref assignment, bool eligible, EvidenceId at);
/// Who outside may become an identity, `json` in plain form.
void takeFederatedCredential(Context& context, const Json& json, Ref identity, EvidenceId at);
/// One record of AzureHound: {"kind": "AZUser", "data": {…}}; false when the kind is not known.
bool takeHoundRecord(Context& context, const Json& record, const std::string& pointer);

/// What a service tag ("Internet", "Storage.WestEurope") is known by, and the ranges that it stands for. Source:
/// "Virtual network service tags", Azure Virtual Network documentation.
[[nodiscard]] std::string serviceTagId(std::string_view tag);
void takeServiceTag(Context& context, const Json& tag, const std::string& pointer);

/// The id of the object that a member refers to: {"id": …} or the id itself.
[[nodiscard]] std::string_view referenceOf(const Json& json, std::string_view key);

} // namespace glacis::azure
