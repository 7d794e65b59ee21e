// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "estate/estate.h"
#include "network/port_set.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

/// Segments, filters and forwarding as every provider's network comes down to. A provider adds a translation that fills
/// these tables from an Estate; the walk (walk.h) knows nothing but them.
namespace glacis {

enum class FilterId : std::uint32_t {};
enum class GateId : std::uint32_t {};
enum class GuardId : std::uint32_t {};
enum class SegmentId : std::uint32_t {};
enum class TableId : std::uint32_t {};
enum class HubId : std::uint32_t {};
/// What rules refer to interfaces by, besides addresses: a security group, a network tag, the labels of a pod.
enum class Label : std::uint32_t {};

/// Which ends of a connection a rule speaks of: those whose address is in a block, and those that bear a label.
struct EndSet {
    bool anyone = false;
    std::vector<IpPrefix> blocks;
    std::vector<Label> labels;
    std::string missing; ///< when not empty the rule may speak of others besides: the export that would tell
    std::vector<Label> perhaps; ///< of those that bear one of these; empty: of anyone
};

/// Pass: this layer has no opinion, the next one is asked.
enum class Effect : std::uint8_t { Allow, Deny, Pass };

struct FilterRule {
    Effect effect = Effect::Allow;
    PortSet services;
    EndSet other; ///< the far end
    EndSet own{true, {}, {}, {}, {}}; ///< the end that the filter guards
    NodeId of = noNode; ///< what people would open to change it
    StringId name{}; ///< as the provider calls the rule
    EvidenceId evidence = noEvidence;
};

/// The rules of one control and one direction, in the order in which they are asked; the first that matches decides.
struct Filter {
    std::vector<FilterRule> rules;
};

/// Filters asked one after the other as if they were one; what none matches has the effect `otherwise`.
struct Layer {
    std::vector<FilterId> filters;
    Effect otherwise = Effect::Deny;
    std::string why; ///< said when `otherwise` decides: "no inbound rule allows it"
    std::string missing; ///< when not empty nobody knows what `otherwise` would be: the export that would tell
};

/// A control that a connection meets: its layers are asked in order while the answer is Pass; Pass to the end lets it
/// through.
struct Gate {
    NodeId node = noNode; ///< named when no rule decides
    std::string control; ///< "security group", "network ACL"
    std::vector<Layer> layers;
    bool stateless = false; ///< replies are asked as well
    bool latent = false; ///< what only this gate refuses is one change from open (`Reach::Latent`)
};

/// What stands around an interface. Interfaces that are guarded alike share one.
struct Guard {
    std::vector<GateId> out; ///< in the order in which a connection that it opens meets them
    std::vector<GateId> in;
    std::vector<Label> labels; ///< sorted; seen by others only when it is met by its private address
};

/// Where the traffic goes next.
enum class Next : std::uint8_t {
    Local, ///< within the network
    Drop, ///< a blackhole
    Internet, ///< to the internet by the interface's own public address (IPv6: its own)
    EgressOnly, ///< to the internet over IPv6, connections from inside only
    Nat, ///< on from another segment (`Route::segment`) under the gateway's address
    Peering, ///< to `Route::networks`, only for addresses in their own blocks
    Hub, ///< to `Route::hub`, whose tables decide
    Service, ///< to a service of the provider (gateway endpoint): no way to any interface
    Outside, ///< to a network that was not imported (VPN): known to lead to `Route::known`, else nobody can say
    Unknown ///< nobody can say: `Route::why` names the export that would
};

/// How a NAT gateway changes the way.
struct NatRule {
    PortSet carries; ///< what it translates at all
    bool hasOutside = true; ///< false: private, it reaches other networks only
    IpAddress inside; ///< its own address in its segment
};

struct Route {
    IpPrefix to;
    int rank = 0; ///< between routes of one length the higher wins
    Next next{};
    NodeId via = noNode; ///< the gateway, peering …
    std::vector<NodeId> networks; ///< Peering: the far ends
    std::vector<IpPrefix> known; ///< Outside
    HubId hub{}; ///< Hub
    SegmentId segment{}; ///< Nat: where it goes on
    NatRule nat;
    bool labelsCross = false; ///< Peering: whether rules may refer to interfaces beyond by their labels
    bool translatesAll = false; ///< Internet: also without a public address of its own
    std::string name; ///< as people look it up: the destination
    std::string why; ///< Drop, Unknown: what to say
    EvidenceId evidence = noEvidence;
};

struct ForwardingTable {
    NodeId node = noNode;
    std::vector<Route> routes; ///< longest prefix first, then by rank: the first that holds the address is taken
};

/// A subnet: interfaces in one segment reach each other without meeting its gates or its table.
struct Segment {
    NodeId node = noNode;
    NodeId network = noNode;
    std::vector<GateId> out, in; ///< for what leaves and enters
    std::vector<GateId> fromInternet, toInternet; ///< besides those, for what comes from or goes to the internet
    std::vector<GateId> outOnly; ///< in place of toInternet where nothing can come back uncalled (NAT, egress-only)
    TableId table = noId<TableId>;
    std::string missing; ///< without a table: the export that would tell
    std::string place; ///< availability zone, for attachments that serve some only
};

/// Where a network, or another hub, is attached to a hub.
struct Attachment {
    NodeId node = noNode;
    NodeId network = noNode; ///< noNode: not a network
    HubId farHub = noId<HubId>; ///< a peering of hubs …
    NodeId farAttachment = noNode; ///< … and its other end
    std::vector<SegmentId> segments; ///< of the network, where traffic goes in and out; empty: not known
    bool samePlaceOnly = false; ///< takes traffic only from segments that share their place with one of `segments`
    TableId table = noId<TableId>; ///< that decides about what comes in here
    std::vector<IpPrefix> known; ///< neither network nor hub: what is known to lie behind
    std::string missing; ///< and the export that would tell the rest
};
/// Routes of a hub's tables are of kind Hub, Drop or Unknown and name attachments by `via`.
struct Hub {
    NodeId node = noNode;
    std::vector<Attachment> attachments;
    bool labelsCross = false;
};

struct Interface {
    NodeId node = noNode; ///< the interface, or the thing itself when the export shows none
    NodeId thing = noNode; ///< what it belongs to; itself when it belongs to nothing
    SegmentId segment = noId<SegmentId>;
    GuardId guard{};
    IpAddress inside;
    IpAddress outside;
    bool hasInside = false;
    bool hasOutside = false; ///< also without a known public address: `outside` is then empty
    bool accepts = true; ///< whether connections can be opened to it at all
    bool opens = true; ///< whether it opens connections
};

/// A network: what is not in any of its blocks is elsewhere.
struct Network {
    NodeId node = noNode;
    std::vector<IpPrefix> blocks;
    NodeId internetGateway = noNode;
};

/// Where a balancer sends what arrives on a port.
struct Backend {
    NodeId group = noNode;
    NodeId target = noNode; ///< thing …
    IpAddress address; ///< … or, when noNode, whoever has this address in the balancer's network
    PortRange port;
    bool takesTraffic = true; ///< false: its health keeps it out
    std::string health;
    std::optional<bool> crossZone; ///< whether it is sent to from other places; unset: as the balancer has it
    EvidenceId evidence = noEvidence;
};
struct Listener {
    NodeId node = noNode;
    PortSet ports;
    std::vector<Backend> backends;
    bool keepsClient = false; ///< the target sees the client's address, not the balancer's
    EvidenceId evidence = noEvidence;
};
struct Balancer {
    NodeId thing = noNode;
    bool fromInternet = false; ///< it has a public address in each of its segments
    bool crossZone = true; ///< whether an interface sends to targets of other places
    /// What sends on in its place from a network of its own (an endpoint of a service behind a balancer).
    NodeId sender = noNode; ///< noNode: itself
    bool senderAsks = false; ///< the sender's own guard is asked for the address of the client
    std::vector<Listener> listeners;
    std::string missing; ///< without listeners: the export that would tell
};

class NetworkModel {
public:
    NetworkModel() { guards.emplace_back(); }

    std::vector<Filter> filters;
    std::vector<Gate> gates;
    std::vector<Guard> guards;
    std::vector<Segment> segments;
    std::vector<ForwardingTable> tables;
    std::vector<Hub> hubs;
    std::vector<Network> networks;
    std::vector<Interface> interfaces; ///< sorted by thing
    std::vector<Balancer> balancers; ///< sorted by thing

    [[nodiscard]] Label newLabel() { return idAt<Label>(m_labels++); }
    template <class Id, class Row> static Id add(std::vector<Row>& rows, Row row)
    {
        rows.push_back(std::move(row));
        return idAt<Id>(rows.size() - 1);
    }
    /// Sorts what look-ups need sorted; called once, when every provider has been translated.
    void finish();

    [[nodiscard]] const Network* network(NodeId node) const; ///< null: not imported
    [[nodiscard]] SegmentId segment(NodeId subnet) const; ///< noId: none
    /// Where a thing stands, or the interface itself.
    [[nodiscard]] std::vector<const Interface*> at(NodeId thing) const;
    /// A guard that lets everything through.
    [[nodiscard]] static GuardId unguarded() { return GuardId{0}; }
    [[nodiscard]] const Balancer* balancer(NodeId thing) const; ///< null: it is none
    /// Interfaces with this private (public) address; several networks may use the same.
    [[nodiscard]] std::vector<const Interface*> withInside(const IpAddress& address) const;
    [[nodiscard]] std::vector<const Interface*> withOutside(const IpAddress& address) const;

    [[nodiscard]] const Filter& operator[](FilterId id) const { return filters[index(id)]; }
    [[nodiscard]] const Gate& operator[](GateId id) const { return gates[index(id)]; }
    [[nodiscard]] const Guard& operator[](GuardId id) const { return guards[index(id)]; }
    [[nodiscard]] const Segment& operator[](SegmentId id) const { return segments[index(id)]; }
    [[nodiscard]] const ForwardingTable& operator[](TableId id) const { return tables[index(id)]; }
    [[nodiscard]] const Hub& operator[](HubId id) const { return hubs[index(id)]; }

private:
    std::uint32_t m_labels = 0;
    std::vector<std::pair<NodeId, std::uint32_t>> m_networkAt; ///< sorted
    std::vector<std::pair<NodeId, SegmentId>> m_segmentOf; ///< sorted
    std::vector<std::pair<IpAddress, std::uint32_t>> m_byInside, m_byOutside; ///< sorted
    std::vector<std::pair<NodeId, std::uint32_t>> m_byNode; ///< sorted; of things and of interfaces
};

/// The route that is taken for an address: the longest prefix, then the highest rank. Null: none leads there.
[[nodiscard]] const Route* bestRoute(const ForwardingTable& table, const IpAddress& to);

/// All networks of an estate, translated by every provider's rules.
[[nodiscard]] NetworkModel networkModel(const Estate& estate);

} // namespace glacis
