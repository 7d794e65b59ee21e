// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/labels.h"

#include "document/answers.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>

namespace glacis {

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

QString titleOf(PrivilegeNote::What what)
{
    using What = PrivilegeNote::What;
    switch (what) {
    case What::Administrator:
        return QCoreApplication::translate("Privilege", "Administrator");
    case What::WildcardAction:
        return QCoreApplication::translate("Privilege", "Wildcard action");
    case What::WithoutBoundary:
        return QCoreApplication::translate("Privilege", "No permissions boundary");
    case What::TrustsOutside:
        return QCoreApplication::translate("Privilege", "Trusts another account");
    case What::TrustsAnyone:
        return QCoreApplication::translate("Privilege", "Trusts anyone");
    case What::LongTermKey:
        return QCoreApplication::translate("Privilege", "Long-term key");
    case What::KeyNotRotated:
        return QCoreApplication::translate("Privilege", "Old key");
    case What::KeyUnused:
        return QCoreApplication::translate("Privilege", "Unused key");
    case What::ConsoleWithoutFactor:
        return QCoreApplication::translate("Privilege", "No second factor");
    case What::RootWithoutFactor:
        return QCoreApplication::translate("Privilege", "Root without second factor");
    case What::RootFactorVirtual:
        return QCoreApplication::translate("Privilege", "Root's factor in software");
    case What::RootKeys:
        return QCoreApplication::translate("Privilege", "Root access keys");
    case What::Unused:
        return QCoreApplication::translate("Privilege", "Unused identity");
    case What::UnusedService:
        return QCoreApplication::translate("Privilege", "Unused permission");
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
