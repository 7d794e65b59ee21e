// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "import/fact_taker.h"

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace glacis::gcp {

/// An interface of a machine, until all is known that decides what guards it.
struct Interface {
    Ref id{};
    std::string network, subnet;
    std::vector<std::string> tags, accounts; ///< network tags, secure tags ("tagValues/…"); e-mail addresses
    EvidenceId at = noEvidence;
};

struct Subnet {
    std::string id, network, region;
    std::vector<IpPrefix> blocks;
    EvidenceId at = noEvidence;
};

struct Route {
    std::string id, network, target; ///< target: full name of what it leads to, or an address
    IpPrefix block;
    std::int64_t priority = 1000;
    std::vector<std::string> tags;
    EvidenceId at = noEvidence;
};

struct Peering {
    std::string id, network, other, state;
    EvidenceId at = noEvidence;
};

struct Nat {
    std::string id, network, region;
    std::vector<std::string> subnets; ///< empty: all of the region
    EvidenceId at = noEvidence;
};

/// A forwarding rule, with what it leads to.
struct Forwarding {
    std::string id, target, network, subnet, scheme;
    std::vector<std::pair<std::int16_t, std::int32_t>> ports;
    EvidenceId at = noEvidence;
};

/// Who runs a workload when it names no service account, or only "default": the project's own.
struct DefaultAccount {
    Ref workload{};
    std::string project, pattern; ///< pattern: "{number}-compute@developer.gserviceaccount.com", "{id}@appspot…"
    EvidenceId at = noEvidence;
};

/// What the files of an import mean only together: which project a number is, whom a member names, which rules guard
/// which interface, where a network's routes lead.
struct Gathered {
    std::map<std::string, std::string, std::less<>> numberOf; ///< by project id
    std::set<std::string> described; ///< full names of projects that have an asset of their own
    std::set<std::string> accounts; ///< e-mail addresses of service accounts that are described
    std::map<std::string, EvidenceId> members; ///< as policies name them
    std::set<std::string> linked; ///< chains of ancestors that have been told
    std::vector<DefaultAccount> defaults;

    std::set<std::string> networks;
    std::vector<Interface> interfaces;
    std::vector<Subnet> subnets;
    std::vector<Route> routes;
    std::vector<Peering> peerings;
    std::vector<Nat> nats;
    std::set<std::string> groups; ///< address groups that a rule or interface speaks of
    std::set<std::string> firewallsRead; ///< projects (as named) whose VPC firewall rules were in the export
    std::set<std::string> routesRead; ///< networks with at least one route

    std::vector<Forwarding> forwardings;
    std::map<std::string, std::vector<std::string>> leadsTo; ///< proxy, URL map, target → what answers
    std::map<std::string, std::vector<std::string>> machinesOf; ///< instance group or manager → machines
    std::map<std::string, std::string> groupOfManager; ///< instance group ← manager

    /// How much has been gathered, for the ledger.
    [[nodiscard]] std::size_t size() const { return routes.size() + leadsTo.size() + forwardings.size(); }
    void knowProject(std::string_view id, std::string_view number);
    /// A project's node by its number where that is known.
    [[nodiscard]] std::string projectNode(std::string_view idOrNumber) const;
    /// A member as a node: `allUsers` becomes the internet.
    std::string member(std::string_view text, EvidenceId at);
};

/// An address group of the interfaces with a tag in a network ("//…/networks/n/tags/web"), or of those that run as a
/// service account.
[[nodiscard]] std::string tagGroup(std::string_view network, std::string_view tag);
[[nodiscard]] std::string accountGroup(std::string_view email);

/// The rest of the work, when all files have been seen.
void settleProjects(Inventory& inventory, Gathered& gathered);
void settleMembers(Inventory& inventory, Gathered& gathered);
void settleNetworks(Inventory& inventory, Gathered& gathered);
void settleBalancers(Inventory& inventory, Gathered& gathered);

} // namespace glacis::gcp
