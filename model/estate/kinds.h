// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace glacis {

enum class Provider : std::uint8_t { Unknown, Aws, Azure, Gcp, Kubernetes };

/// What a thing is, the same word for every provider. Row order of the table in kinds.cpp.
enum class Kind : std::uint8_t {
    Other,
    // containers, outermost first
    Organization,
    OrgUnit,
    Account,
    ResourceGroup,
    Region,
    K8sCluster,
    Namespace,
    Network,
    Subnet,
    // identities
    Internet,
    User,
    Group,
    Role,
    ServiceAccount,
    InstanceProfile,
    IdentityProvider,
    ServicePrincipal,
    Application,
    ManagedIdentity,
    Device,
    AccessKey,
    Policy,
    RoleDefinition,
    RoleBinding,
    // workloads
    Vm,
    VmGroup,
    Function,
    AppPlatform,
    Automation,
    Workflow,
    Notebook,
    ContainerCluster,
    ContainerService,
    ContainerTask,
    NodeGroup,
    DataProcessing,
    Workload,
    Pod,
    Container,
    LoadBalancer,
    ApiGateway,
    Cdn,
    Bastion,
    KubeService,
    // stores
    ObjectStore,
    SqlDb,
    NosqlDb,
    Cache,
    Warehouse,
    Search,
    FileShare,
    Disk,
    DiskSnapshot,
    Image,
    Queue,
    Topic,
    Stream,
    ContainerRegistry,
    Secret,
    Key,
    KeyVault,
    KeyRing,
    Parameter,
    BackupVault,
    // network controls and parts
    NetworkInterface,
    SecurityGroup,
    AddressGroup,
    NetworkFirewall,
    WebFirewall,
    DdosProtection,
    DnsZone,
    NetworkAcl,
    NetworkPolicy,
    RouteTable,
    InternetGateway,
    EgressOnlyGateway,
    NatGateway,
    PrivateEndpoint,
    NetworkPeering,
    TransitHub,
    TransitAttachment,
    TransitRouteTable,
    PrefixList,
    Router,
    ServerlessConnector,
    PublicIp,
    VpnGateway,
    CustomerGateway,
    VpnConnection,
    Listener,
    TargetGroup,
    VmTemplate,
    Perimeter,
    ServiceEnablement,
    OrganizationPolicy,
    Lock,
    // watching
    AuditLog,
    LogGroup,
    MetricAlarm,
    ConfigRecorder,
    ConfigRule,
    ThreatDetector,
    PostureService,
    EventRule,
    FlowLog,
    Count
};

/// The shape that stands for a kind on every picture.
enum class Shape : std::uint8_t { Container, Identity, Workload, Store, Control, Watcher, Outside, Other };

struct KindInfo {
    Kind kind;
    std::string_view name; ///< as the console writes it: "object_store"
    std::string_view title; ///< as people read it: "Object store"
    Shape shape;
};

[[nodiscard]] const KindInfo& info(Kind kind);
[[nodiscard]] std::span<const KindInfo> allKinds();
[[nodiscard]] std::optional<Kind> kindNamed(std::string_view name);
/// Whether the kind holds data that an attacker would be after (stores, secrets, keys, parameters).
[[nodiscard]] inline bool holdsData(Kind kind)
{
    return info(kind).shape == Shape::Store;
}

/// How two things are bound. Facts only: what follows from them (may become, may reach) is for the engines to say.
enum class EdgeKind : std::uint8_t {
    MemberOf, ///< user → group; interface → address group
    Owns, ///< identity → application, service principal, group or device that it may change
    HasPolicy, ///< principal → managed policy; account, unit → control policy
    BoundedBy, ///< principal → its permissions boundary
    RunsAs, ///< workload → instance profile, role or managed identity; application → its service principal
    ProfileRole, ///< instance profile → role
    Mentions, ///< role or resource → principal its policy names
    AttachedTo, ///< interface → workload; gateway → network; volume → machine
    GuardedBy, ///< interface → security group; subnet → network ACL
    RoutedBy, ///< subnet or network (main) → route table
    InSubnet, ///< load balancer, function, database → subnet, where it has several
    ForwardsTo, ///< listener → target group; load balancer → listener
    Targets, ///< target group → workload
    Connects, ///< peering, attachment, VPN → both its ends
    Associated, ///< transit attachment → route table that it uses
    Propagates, ///< transit attachment → route table that learns its addresses
    EncryptedWith, ///< store → key
    LogsTo, ///< trail, flow log, bucket → where its records go
    Watches, ///< flow log, alarm, rule → what it looks at
    NotifiesOn, ///< alarm, rule → topic, queue, function
    CopyOf, ///< snapshot → volume, replica → database
    Uses, ///< workload → secret, configuration or volume that it is given; ingress → service
    Count
};
[[nodiscard]] std::string_view name(EdgeKind kind);
[[nodiscard]] std::optional<EdgeKind> edgeNamed(std::string_view name);

} // namespace glacis
