// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ids.h"
#include "core/ip.h"
#include "estate/kinds.h"

#include <cstdint>
#include <variant>
#include <vector>

/// Rows that say what was read. Each is written once for two lives: in an Inventory things are named by what the export
/// calls them (`Ref` = StringId), in an Estate by where they stand (`Ref` = NodeId).
namespace glacis {

/// Where a fact was read: file, JSON pointer (empty for text formats) and line from 1 (0 when only the pointer is
/// known).
struct Evidence {
    FileId file = noFile;
    StringId pointer = StringId::Empty;
    std::uint32_t line = 0;
};

using Value = std::variant<bool, std::int64_t, StringId>;

/// A setting of a thing. A key that is absent was not in the export: unknown, not off.
template <class Ref> struct PropertyRow {
    Ref of{};
    StringId key{};
    Value value;
    EvidenceId evidence = noEvidence;
};

template <class Ref> struct TagRow {
    Ref of{};
    StringId key{};
    StringId value{};
};

template <class Ref> struct EdgeRow {
    Ref from{};
    Ref to{};
    EdgeKind kind{};
    EvidenceId evidence = noEvidence;
};

enum class PolicyRole : std::uint8_t {
    Inline,
    Managed,
    Resource,
    Trust,
    ServiceControl,
    ResourceControl,
    Endpoint,
    /// What a Kubernetes object says, by the member names of its API and without anything that may be secret: a role's
    /// rules, a binding's subjects, the spec of a network policy or service, a pod's labels, ports and security
    /// settings.
    Kubernetes,
    /// What Azure says by the member names of its API: a role definition's permissions, a role or deny assignment, a
    /// vault's access policies, which issuer and subject may become an application.
    Azure,
    /// What Google Cloud says by the member names of its API: the allow or deny policy of a resource, what a dataset's
    /// or bucket's own list grants, a role's permissions.
    Gcp
};

/// A policy document as compact JSON text; equal documents share one text, so that each is read once by the engines.
template <class Ref> struct PolicyRow {
    Ref of{};
    PolicyRole role{};
    StringId name{};
    StringId document{};
    EvidenceId evidence = noEvidence; ///< of the document, not of its statements
};

enum class Direction : std::uint8_t { In, Out };
/// Pass: the rest of the control is passed over, and the next one in order decides.
enum class RuleEffect : std::uint8_t { Allow, Deny, Pass };

/// One permission of a security group, one entry of a network ACL, one rule of an ordered group.
template <class Ref> struct FirewallRow {
    Ref of{};
    Direction direction{};
    RuleEffect effect{};
    std::int32_t priority = -1; ///< number of an ordered entry, lowest first; -1 where order does not matter
    std::int16_t protocol = -1; ///< IANA number; -1 for all
    std::int32_t from = -1; ///< first port, or ICMP type; -1 for all
    std::int32_t to = -1; ///< last port, or ICMP code; -1 for all
    IpPrefix block; ///< the other side, unless `peer` names it
    Ref peer{}; ///< security group or prefix list
    bool byPeer = false;
    StringId rule{}; ///< the provider's id or number of the rule, as people would look it up
    EvidenceId evidence = noEvidence;
    /// Providers whose rules also say which of the guarded addresses they mean, by block or by group (address group,
    /// service tag): nothing of these means all of them.
    IpPrefix nearBlock;
    Ref nearPeer{};
    bool byNearBlock = false;
    bool byNearPeer = false;
    bool someClientPorts = false; ///< it speaks only of connections from some ports of the client
};

/// An entry of a prefix list.
template <class Ref> struct PrefixRow {
    Ref of{};
    IpPrefix block;
    EvidenceId evidence = noEvidence;
};

template <class Ref> struct RouteRow {
    Ref of{}; ///< route table
    IpPrefix block; ///< destination, unless by prefix list
    Ref list{};
    bool byList = false;
    Ref target{}; ///< gateway, interface, peering …
    bool local = false;
    bool blackhole = false;
    bool propagated = false;
    EvidenceId evidence = noEvidence;
    /// Where it leads when the provider names no thing: "10.0.2.4" (an appliance's address), "internet", "gateway".
    StringId via{};
};

/// An address that an interface answers to, with the public one that the gateway translates to it when there is one.
template <class Ref> struct AddressRow {
    Ref of{};
    IpAddress inside;
    IpAddress outside;
    bool hasInside = false;
    bool hasOutside = false;
    EvidenceId evidence = noEvidence;
};

/// An address block of a network or subnet.
template <class Ref> struct BlockRow {
    Ref of{};
    IpPrefix block;
    EvidenceId evidence = noEvidence;
};

/// What a listener or target group speaks: IANA protocol number and port.
template <class Ref> struct PortRow {
    Ref of{};
    std::int16_t protocol = 6;
    std::int32_t port = -1;
    EvidenceId evidence = noEvidence;
};

/// All typed rows together, so that the inventory and the estate can't drift apart.
template <class Ref> struct FactTables {
    std::vector<PropertyRow<Ref>> properties;
    std::vector<TagRow<Ref>> tags;
    std::vector<EdgeRow<Ref>> edges;
    std::vector<PolicyRow<Ref>> policies;
    std::vector<FirewallRow<Ref>> firewall;
    std::vector<PrefixRow<Ref>> prefixes;
    std::vector<RouteRow<Ref>> routes;
    std::vector<AddressRow<Ref>> addresses;
    std::vector<BlockRow<Ref>> blocks;
    std::vector<PortRow<Ref>> ports;
};

} // namespace glacis
