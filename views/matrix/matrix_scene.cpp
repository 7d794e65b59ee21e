// SPDX-License-Identifier: GPL-3.0-or-later
#include "matrix/matrix_scene.h"

#include "canvas/layout_matrix.h"
#include "document/answers.h"
#include "marks/marks.h"

#include <QCoreApplication>

#include <set>

namespace glacis {

namespace {

class Texts {
    Q_DECLARE_TR_FUNCTIONS(MatrixScene)
};

/// Which connections go from each zone to each.
void countFlows(MatrixPicture& picture, const Segmentation& segmentation)
{
    const auto& classes = segmentation.flows.classes;
    std::vector<std::set<std::uint32_t>> zonesOf(classes.size());
    for (std::size_t cls = 0; cls < classes.size(); ++cls) {
        for (const NodeId thing : classes[cls].things)
            zonesOf[cls].insert(segmentation.tiers.of[index(thing)].zone);
    }
    for (std::uint32_t flow = 0; flow < segmentation.flows.flows.size(); ++flow) {
        const Flow& row = segmentation.flows.flows[flow];
        if (row.verdict != Reach::Reachable && row.verdict != Reach::Partial)
            continue;
        for (const std::uint32_t from : zonesOf[row.from]) {
            for (const std::uint32_t to : zonesOf[row.to]) {
                if (from < picture.zones && to < picture.zones)
                    picture.cells[from * picture.zones + to].flows.push_back(flow);
            }
        }
    }
    for (const Violation& violation : segmentation.violations) {
        if (violation.fromZone < picture.zones && violation.toZone < picture.zones
            && violation.verdict != Reach::Latent)
            ++picture.cells[violation.fromZone * picture.zones + violation.toZone].violations;
    }
}

Scene::Cell drawn(const MatrixPicture::Cell& cell, const std::vector<Zone>& zones, const ZoneMatrix& matrix)
{
    Scene::Cell made;
    const ZoneMatrix::Answer wanted = matrix.between(zones[cell.from].id, zones[cell.to].id);
    const bool any = wanted.allowed == allPorts();
    made.text = wanted.allowed.empty() ? Texts::tr("blocked")
        : any                          ? Texts::tr("all")
                                       : shown(describe(wanted.allowed));
    made.subtitle = cell.flows.empty() ? Texts::tr("nothing open")
        : cell.flows.size() == 1       ? Texts::tr("1 flow")
                                       : Texts::tr("%L1 flows").arg(cell.flows.size());
    made.hue = wanted.allowed.empty() ? ZoneHue::Neutral : hueOfZone(zones[cell.to].id);
    made.shade = any ? 0.25 : wanted.allowed.empty() ? 0 : 0.1;
    made.badge = cell.violations;
    made.state = cell.violations > 0 ? MarkState::Violation : MarkState::Normal;
    made.kindText = Texts::tr("from zone to zone");
    const QString pair = Texts::tr("%1 to %2").arg(titleOfZone(zones[cell.from]), titleOfZone(zones[cell.to]));
    made.accessibleText = Texts::tr("%1: %2, %3").arg(pair, made.text, made.subtitle);
    made.tooltip = made.accessibleText;
    if (!wanted.row.empty())
        made.tooltip += QLatin1Char('\n') + Texts::tr("Row of the matrix: %1").arg(shown(wanted.row));
    return made;
}

} // namespace

QString titleOfZone(const Zone& zone)
{
    return QCoreApplication::translate("Zone", zone.title.c_str());
}

MatrixPicture matrixPicture(const Segmentation& segmentation, const ZoneMatrix& matrix)
{
    MatrixPicture picture;
    const auto& zones = segmentation.tiers.zones;
    picture.zones = static_cast<std::uint32_t>(zones.size());
    picture.scene.title = Texts::tr("Zone matrix");
    picture.scene.subtitle =
        Texts::tr("What may be opened from the zone of the row to that of the column, and what is");
    for (std::uint32_t from = 0; from < picture.zones; ++from) {
        for (std::uint32_t to = 0; to < picture.zones; ++to)
            picture.cells.push_back({from, to, {}, 0});
    }
    countFlows(picture, segmentation);

    MatrixInput input;
    input.rows = static_cast<int>(picture.zones);
    input.columns = input.rows;
    input.cellWidth = 132;
    input.cellHeight = 60;
    input.rowHeaderWidth = 150;
    input.columnHeaderHeight = 44;
    const MatrixPlan plan = layoutMatrix(input);
    const auto header = [&](const QRectF& rect, const QString& text, ZoneHue hue, Qt::Alignment alignment) {
        Scene::Cell cell;
        cell.rect = rect;
        cell.header = true;
        cell.text = text;
        cell.hue = hue;
        cell.alignment = alignment;
        picture.scene.cells.push_back(cell);
    };
    for (std::uint32_t zone = 0; zone < picture.zones; ++zone) {
        const ZoneHue hue = hueOfZone(zones[zone].id);
        header(plan.rowHeaders[zone], Texts::tr("From %1").arg(titleOfZone(zones[zone])), hue,
            Qt::AlignLeft | Qt::AlignVCenter);
        header(plan.columnHeaders[zone], Texts::tr("to %1").arg(titleOfZone(zones[zone])), hue, Qt::AlignCenter);
    }
    for (std::size_t at = 0; at < picture.cells.size(); ++at) {
        Scene::Cell cell = drawn(picture.cells[at], zones, matrix);
        cell.id = markOf(matrixCell, static_cast<std::uint32_t>(at));
        cell.rect = plan.cells[at];
        picture.scene.cells.push_back(cell);
    }
    return picture;
}

} // namespace glacis
