// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "import/gcp/gathered.h"
#include "import/gcp/names.h"
#include "import/gcp/type_table.h"

namespace glacis::gcp {

/// One asset on its way into the inventory, whatever form it came in.
class Asset : public FactTaker {
public:
    Asset(ReadFile& read, Gathered& all, std::string_view fullName, const TypeRow& typeRow, EvidenceId seenAt)
        : FactTaker(read.inventory, read.row), gathered(all), file(read), type(typeRow), name(fullName), at(seenAt)
    {
    }

    Gathered& gathered;
    ReadFile& file;
    const TypeRow& type;
    std::string name; ///< full resource name
    EvidenceId at;
    std::string project; ///< number or id; empty for what belongs to no project
    std::string container; ///< full name of the project, folder or organisation it lies in, when told
    Ref ref{};

    /// The thing itself with its place, name, labels, settings and links. `data` may be empty: then only that it is.
    void thing(const Json& data);
    /// Another thing that is part of this one ("/networkInterfaces/nic0").
    Ref part(
        Kind kind, std::string_view typeName, std::string_view id, std::string_view partName, std::string_view parent);
    void link(Ref from, EdgeKind edge, std::string_view value, bool reversed = false);
    /// The project's default service account runs it.
    void runsAsDefault(std::string_view pattern);

private:
    void place(ThingRow& thing, const Json& data);
    void settingsOf(const Json& data);
    void linksOf(const Json& data);
};

/// What no row can say. Each takes the description of an asset whose thing has been added.
void describeMachine(Asset& asset, const Json& data);
void describeTemplate(Asset& asset, const Json& data);
void describeCluster(Asset& asset, const Json& data);
void describeServerless(Asset& asset, const Json& data);
void describeInstanceGroup(Asset& asset, const Json& data);
void describeAccount(Asset& asset, const Json& data);
void describeNetwork(Asset& asset, const Json& data);
void describeSubnet(Asset& asset, const Json& data);
void describeRoute(Asset& asset, const Json& data);
void describeRouter(Asset& asset, const Json& data);
void describeAddress(Asset& asset, const Json& data);
void describeDatabase(Asset& asset, const Json& data);
void describeFirewall(Asset& asset, const Json& data);
void describeFirewallPolicy(Asset& asset, const Json& data);
void describeForwarding(Asset& asset, const Json& data);
void describeBackends(Asset& asset, const Json& data);
void describeProxy(Gathered& gathered, const std::string& name, const Json& data);
void describeRole(Asset& asset, const Json& data);
void describeOrgPolicy(Asset& asset, const Json& data);
void describeProject(Asset& asset, const Json& data);
/// The lists that buckets and datasets keep beside their policies.
void describeOwnList(Asset& asset, const Json& data);

/// The allow policy of a resource, its deny policies, and organisation policies of the first generation.
void allowPolicy(Asset& asset, const Json& policy, EvidenceId at);
void denyPolicy(Asset& asset, const Json& policy, EvidenceId at);
void orgPolicies(Asset& asset, const Json& list, const std::string& pointer);
void accessContext(Asset& asset, const Json& item);

/// An asset of Cloud Asset Inventory; one item of a list (its reply's key, or empty). False when it is none.
void readAsset(ReadFile& file, Gathered& gathered, const Json& item, EvidenceId at);
bool readItem(ReadFile& file, Gathered& gathered, const Json& item, std::string_view listKey, EvidenceId at);
/// A member of a group, whose address only the file's name tells; false for what is none. Source: "gcloud identity
/// groups memberships list", Google Cloud CLI reference; "Membership", Cloud Identity API.
bool readMembership(ReadFile& file, Gathered& gathered, const Json& item, EvidenceId at);
/// A reply that is no list: a policy, a role, a single resource.
void readSingle(ReadFile& file, Gathered& gathered, const Json& reply, EvidenceId at);

} // namespace glacis::gcp
