// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/labels.h"

#include "document/answers.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>

namespace glacis {

Glyph glyphOf(Kind kind)
{
    switch (kind) {
    case Kind::Organization:
    case Kind::OrgUnit:
        return Glyph::Organisation;
    case Kind::Account:
        return Glyph::Account;
    case Kind::Region:
        return Glyph::Region;
    case Kind::Network:
        return Glyph::Network;
    case Kind::Subnet:
    case Kind::Namespace:
        return Glyph::Subnet;
    case Kind::Internet:
        return Glyph::Globe;
    case Kind::User:
        return Glyph::Person;
    case Kind::Group:
        return Glyph::Group;
    case Kind::Role:
    case Kind::InstanceProfile:
    case Kind::ServiceAccount:
        return Glyph::Role;
    case Kind::IdentityProvider:
    case Kind::ServicePrincipal:
        return Glyph::Cloud;
    case Kind::Policy:
    case Kind::RoleDefinition:
    case Kind::RoleBinding:
        return Glyph::Policy;
    case Kind::Vm:
        return Glyph::Server;
    case Kind::Function:
        return Glyph::Function;
    case Kind::ContainerTask:
    case Kind::Workload:
    case Kind::Pod:
        return Glyph::Container;
    case Kind::K8sCluster:
    case Kind::ContainerCluster:
    case Kind::ContainerService:
        return Glyph::Cluster;
    case Kind::LoadBalancer:
    case Kind::Listener:
    case Kind::TargetGroup:
        return Glyph::LoadBalancer;
    case Kind::ObjectStore:
        return Glyph::Bucket;
    case Kind::SqlDb:
    case Kind::Cache:
    case Kind::Warehouse:
    case Kind::Search:
        return Glyph::Database;
    case Kind::NosqlDb:
        return Glyph::Table;
    case Kind::FileShare:
    case Kind::Disk:
    case Kind::DiskSnapshot:
        return Glyph::Disk;
    case Kind::Queue:
    case Kind::Stream:
        return Glyph::Queue;
    case Kind::Topic:
        return Glyph::Topic;
    case Kind::ContainerRegistry:
        return Glyph::Registry;
    case Kind::Secret:
    case Kind::Parameter:
        return Glyph::Secret;
    case Kind::Key:
        return Glyph::Key;
    case Kind::SecurityGroup:
    case Kind::NetworkAcl:
        return Glyph::Shield;
    case Kind::RouteTable:
    case Kind::TransitRouteTable:
        return Glyph::Route;
    case Kind::InternetGateway:
    case Kind::EgressOnlyGateway:
    case Kind::NatGateway:
    case Kind::PrivateEndpoint:
    case Kind::ApiGateway:
    case Kind::VpnGateway:
    case Kind::CustomerGateway:
        return Glyph::Gateway;
    case Kind::NetworkPeering:
    case Kind::TransitHub:
    case Kind::TransitAttachment:
    case Kind::VpnConnection:
        return Glyph::Peering;
    case Kind::AuditLog:
    case Kind::LogGroup:
    case Kind::FlowLog:
        return Glyph::Log;
    case Kind::MetricAlarm:
    case Kind::EventRule:
        return Glyph::Alarm;
    case Kind::ConfigRecorder:
    case Kind::ConfigRule:
    case Kind::ThreatDetector:
    case Kind::PostureService:
        return Glyph::Eye;
    default:
        break;
    }
    switch (info(kind).shape) {
    case Shape::Container:
        return Glyph::Subnet;
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
    return Glyph::Info;
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
    return QCoreApplication::translate("Kind", std::string(info(kind).title).c_str());
}

QString nameOf(const Estate& estate, NodeId node)
{
    return node == noNode ? QString() : shown(estate.name(node));
}

QString placeOf(const Estate& estate, NodeId node)
{
    QStringList names;
    // Parents form no loop in an estate, so this ends.
    for (NodeId at = estate.node(node).parent; at != noNode; at = estate.node(at).parent)
        names.prepend(nameOf(estate, at));
    return names.join(QStringLiteral(" › "));
}

QString namesOf(const Estate& estate, const std::vector<NodeId>& nodes, std::size_t most)
{
    QStringList names;
    for (std::size_t at = 0; at < std::min(most, nodes.size()); ++at)
        names << nameOf(estate, nodes[at]);
    const QString list = names.join(QStringLiteral(", "));
    if (nodes.size() <= most)
        return list;
    const int more = static_cast<int>(nodes.size() - most);
    //: %1 is a list of names
    return QCoreApplication::translate("Labels", "%1 and %n more", nullptr, more).arg(list);
}

QString titleOf(Risk risk)
{
    switch (risk) {
    case Risk::Info:
        return QCoreApplication::translate("Risk", "info");
    case Risk::Low:
        return QCoreApplication::translate("Risk", "low");
    case Risk::Medium:
        return QCoreApplication::translate("Risk", "medium");
    case Risk::High:
        return QCoreApplication::translate("Risk", "high");
    case Risk::Critical:
        return QCoreApplication::translate("Risk", "critical");
    }
    return {};
}

MarkState stateOf(Risk risk)
{
    return risk >= Risk::High ? MarkState::Violation : risk == Risk::Medium ? MarkState::Latent : MarkState::Normal;
}

QString placeOf(const Estate& estate, EvidenceId evidence)
{
    if (evidence == noEvidence)
        return {};
    const Evidence& at = estate.evidence(evidence);
    QString place = shown(estate.file(at.file));
    if (const auto pointer = estate.text(at.pointer); !pointer.empty())
        place += QLatin1Char(' ') + shown(pointer);
    else if (at.line > 0)
        place += QLatin1Char(':') + QString::number(at.line);
    return place;
}

} // namespace glacis
