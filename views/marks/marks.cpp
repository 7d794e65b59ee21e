// SPDX-License-Identifier: GPL-3.0-or-later
#include "marks/marks.h"

#include <QCoreApplication>

#include <array>

namespace glacis {

namespace {

struct GlyphRow {
    Kind kind;
    Glyph glyph;
};

/// Kinds that are not named here take the glyph of their shape.
constexpr GlyphRow glyphRows[] = {
    {Kind::Organization, Glyph::Organisation},
    {Kind::OrgUnit, Glyph::Organisation},
    {Kind::Account, Glyph::Account},
    {Kind::ResourceGroup, Glyph::Container},
    {Kind::Region, Glyph::Region},
    {Kind::K8sCluster, Glyph::Cluster},
    {Kind::Namespace, Glyph::Container},
    {Kind::Network, Glyph::Network},
    {Kind::Subnet, Glyph::Subnet},
    {Kind::Internet, Glyph::Globe},
    {Kind::User, Glyph::Person},
    {Kind::Group, Glyph::Group},
    {Kind::Role, Glyph::Role},
    {Kind::ServiceAccount, Glyph::Role},
    {Kind::InstanceProfile, Glyph::Role},
    {Kind::IdentityProvider, Glyph::Key},
    {Kind::ServicePrincipal, Glyph::Cloud},
    {Kind::Application, Glyph::Container},
    {Kind::ManagedIdentity, Glyph::Role},
    {Kind::Device, Glyph::Server},
    {Kind::AccessKey, Glyph::Key},
    {Kind::Policy, Glyph::Policy},
    {Kind::RoleDefinition, Glyph::Policy},
    {Kind::RoleBinding, Glyph::Policy},
    {Kind::Vm, Glyph::Server},
    {Kind::VmGroup, Glyph::Server},
    {Kind::Function, Glyph::Function},
    {Kind::AppPlatform, Glyph::Globe},
    {Kind::Automation, Glyph::Function},
    {Kind::Workflow, Glyph::Function},
    {Kind::Notebook, Glyph::Function},
    {Kind::ContainerCluster, Glyph::Cluster},
    {Kind::ContainerService, Glyph::Container},
    {Kind::ContainerTask, Glyph::Container},
    {Kind::NodeGroup, Glyph::Cluster},
    {Kind::DataProcessing, Glyph::Cluster},
    {Kind::Workload, Glyph::Container},
    {Kind::Pod, Glyph::Container},
    {Kind::LoadBalancer, Glyph::LoadBalancer},
    {Kind::ApiGateway, Glyph::Gateway},
    {Kind::Cdn, Glyph::Globe},
    {Kind::Bastion, Glyph::Gateway},
    {Kind::ObjectStore, Glyph::Bucket},
    {Kind::SqlDb, Glyph::Database},
    {Kind::NosqlDb, Glyph::Table},
    {Kind::Cache, Glyph::Database},
    {Kind::Warehouse, Glyph::Database},
    {Kind::Search, Glyph::Database},
    {Kind::FileShare, Glyph::Disk},
    {Kind::Disk, Glyph::Disk},
    {Kind::DiskSnapshot, Glyph::Disk},
    {Kind::Image, Glyph::Disk},
    {Kind::Queue, Glyph::Queue},
    {Kind::Topic, Glyph::Topic},
    {Kind::Stream, Glyph::Queue},
    {Kind::ContainerRegistry, Glyph::Registry},
    {Kind::Secret, Glyph::Secret},
    {Kind::Key, Glyph::Key},
    {Kind::KeyVault, Glyph::Secret},
    {Kind::Parameter, Glyph::Secret},
    {Kind::BackupVault, Glyph::Disk},
    {Kind::OrganizationPolicy, Glyph::Policy},
    {Kind::Lock, Glyph::Policy},
    {Kind::KeyRing, Glyph::Key},
    {Kind::RouteTable, Glyph::Route},
    {Kind::Router, Glyph::Route},
    {Kind::InternetGateway, Glyph::Gateway},
    {Kind::EgressOnlyGateway, Glyph::Gateway},
    {Kind::NatGateway, Glyph::Gateway},
    {Kind::PrivateEndpoint, Glyph::Gateway},
    {Kind::NetworkPeering, Glyph::Peering},
    {Kind::TransitHub, Glyph::Peering},
    {Kind::TransitAttachment, Glyph::Peering},
    {Kind::TransitRouteTable, Glyph::Route},
    {Kind::AuditLog, Glyph::Log},
    {Kind::LogGroup, Glyph::Log},
    {Kind::FlowLog, Glyph::Log},
    {Kind::MetricAlarm, Glyph::Alarm},
};

Glyph glyphOfShape(Shape shape)
{
    switch (shape) {
    case Shape::Container:
        return Glyph::Account;
    case Shape::Identity:
        return Glyph::Person;
    case Shape::Workload:
        return Glyph::Server;
    case Shape::Store:
        return Glyph::Database;
    case Shape::Control:
        return Glyph::Shield;
    case Shape::Watcher:
        return Glyph::Eye;
    case Shape::Outside:
        return Glyph::Globe;
    case Shape::Other:
        break;
    }
    return Glyph::Settings;
}

} // namespace

Glyph glyphOf(Kind kind)
{
    static const auto table = [] {
        std::array<Glyph, static_cast<std::size_t>(Kind::Count)> made{};
        for (std::size_t i = 0; i < made.size(); ++i)
            made[i] = glyphOfShape(info(static_cast<Kind>(i)).shape);
        for (const GlyphRow& row : glyphRows)
            made[static_cast<std::size_t>(row.kind)] = row.glyph;
        return made;
    }();
    return table[static_cast<std::size_t>(kind)];
}

MarkShape shapeOf(Kind kind)
{
    switch (info(kind).shape) {
    case Shape::Container:
        return MarkShape::Container;
    case Shape::Identity:
        return MarkShape::Identity;
    case Shape::Workload:
        return MarkShape::Workload;
    case Shape::Store:
        return MarkShape::Store;
    case Shape::Control:
        return MarkShape::Control;
    case Shape::Watcher:
        return MarkShape::Watcher;
    case Shape::Outside:
        return MarkShape::Outside;
    case Shape::Other:
        break;
    }
    return MarkShape::Other;
}

QString titleOf(Kind kind)
{
    const std::string title(info(kind).title);
    return QCoreApplication::translate("Kind", title.c_str());
}

ZoneHue hueOfZone(std::string_view zone)
{
    struct Row {
        std::string_view zone;
        ZoneHue hue;
    };
    constexpr Row rows[] = {{"internet", ZoneHue::Internet}, {"edge", ZoneHue::Edge}, {"web", ZoneHue::Web},
        {"app", ZoneHue::App}, {"data", ZoneHue::Data}, {"management", ZoneHue::Management},
        {"mgmt", ZoneHue::Management}, {"unassigned", ZoneHue::Unassigned}};
    for (const Row& row : rows) {
        if (row.zone == zone)
            return row.hue;
    }
    return ZoneHue::Neutral;
}

} // namespace glacis
