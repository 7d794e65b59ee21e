// SPDX-License-Identifier: GPL-3.0-or-later
#include "tiers_view/tiers_scene.h"

#include "canvas/layout_lanes.h"
#include "canvas/text_cache.h"
#include "data/data_class.h"
#include "document/answers.h"
#include "marks/marks.h"
#include "tiers_view/tiers_arrows.h"

#include <QCoreApplication>
#include <QFontMetricsF>

#include <algorithm>
#include <cmath>

namespace glacis {

namespace {

constexpr double cardHeight = 40;
constexpr double leastCard = 104;
constexpr double widestCard = 236;
constexpr std::size_t listedThings = 12; ///< in a tool tip
constexpr qsizetype longestLabel = 18;

class Texts {
    Q_DECLARE_TR_FUNCTIONS(TiersScene)
};

QString things(std::size_t count)
{
    return count == 1 ? Texts::tr("1 thing") : Texts::tr("%L1 things").arg(count);
}

/// What the names of equal things share ("web-1", "web-2" → "web"); the kind where they share nothing.
QString commonName(const Estate& estate, const std::vector<NodeId>& of)
{
    const std::string_view first = estate.name(of.front());
    std::size_t shared = first.size();
    for (const NodeId thing : of) {
        const std::string_view other = estate.name(thing);
        shared = std::min(shared, other.size());
        shared = static_cast<std::size_t>(
            std::mismatch(first.begin(), first.begin() + static_cast<long>(shared), other.begin()).first
            - first.begin());
    }
    while (shared > 0 && std::string_view("-_. 0123456789").find(first[shared - 1]) != std::string_view::npos)
        --shared;
    return shared >= 2 ? shown(first.substr(0, shared)) : titleOf(estate.kind(of.front()));
}

double textWidth(const QString& text, int pixels, QFont::Weight weight)
{
    return pictureFont(pixels, weight).metrics.horizontalAdvance(text);
}

class Builder {
public:
    Builder(
        const Estate& estate, const Segmentation& segmentation, const TiersOptions& options, const ZoneMatrix& matrix)
        : m_estate(estate),
          m_segmentation(segmentation),
          m_options(options),
          m_outline(tiersOutline(estate, segmentation, matrix.environments, options)),
          m_arrows(tiersArrows(segmentation, matrix, m_outline, options))
    {
    }

    TiersPicture built()
    {
        Scene& scene = m_picture.scene;
        scene.title = Texts::tr("Network tiers");
        scene.subtitle = subtitle();
        m_picture.shownFlows = m_arrows.shownFlows;
        m_picture.hiddenFlows = m_arrows.hiddenFlows;
        m_picture.things = m_outline.things;
        m_picture.hiddenThings = m_outline.hidden;
        addLanes();
        addRows();
        addBoxes();
        for (std::size_t group = 0; group < m_outline.groups.size(); ++group)
            addGroup(group);
        for (TiersArrow& arrow : m_arrows.arrows)
            addArrow(arrow);
        place(layoutLanes(m_input, m_options.aspect));
        indexThings();
        addLegend();
        return std::move(m_picture);
    }

private:
    [[nodiscard]] QString subtitle() const
    {
        switch (m_options.side) {
        case TiersSide::Wanted:
            return Texts::tr("What the matrix allows from zone to zone, and what of that nothing opens");
        case TiersSide::Difference:
            return Texts::tr("Where what is open and what the matrix allows differ");
        case TiersSide::Open:
            break;
        }
        return Texts::tr("What can be opened from zone to zone, and where the matrix does not want it");
    }

    void addLanes()
    {
        const auto& zones = m_segmentation.tiers.zones;
        std::vector<std::size_t> counts(zones.size() + 1, 0);
        for (const TiersOutline::Group& group : m_outline.groups)
            counts[group.lane] += group.kind == Kind::Internet ? 0 : group.things.size();
        for (const TiersOutline::Box& box : m_outline.boxes)
            counts[box.lane] += box.open ? 0 : static_cast<std::size_t>(box.things);
        const bool unassigned = m_segmentation.tiers.unassigned > 0;
        for (std::uint32_t zone = 0; zone < zones.size() + (unassigned ? 1 : 0); ++zone) {
            const bool named = zone < zones.size();
            Scene::Lane lane;
            lane.id = markOf(tiers_mark::zone, zone);
            lane.title =
                named ? QCoreApplication::translate("Zone", zones[zone].title.c_str()) : Texts::tr("Without a tier");
            lane.subtitle = counts[zone] > 0 ? things(counts[zone]) : QString();
            lane.hue = hueOfZone(named ? zones[zone].id : "unassigned");
            if (!named)
                lane.tooltip = Texts::tr("Nothing in the export says which tier these belong to.");
            LanesInput::Lane room;
            room.minWidth = std::max(150.0, textWidth(lane.title, 14, QFont::Bold) * 1.6 + 40);
            room.outside = named && zones[zone].id == "internet";
            m_input.lanes.push_back(room);
            m_picture.scene.lanes.push_back(lane);
        }
    }

    /// An account that nothing names is called after the folder it was found in.
    [[nodiscard]] QString titleOfAccount(NodeId account) const
    {
        if (account == noNode)
            return Texts::tr("Account not known");
        const std::string_view name = m_estate.name(account);
        constexpr std::string_view unnamed = "account of ";
        return name.starts_with(unnamed) ? Texts::tr("Account of %1").arg(shown(name.substr(unnamed.size())))
                                         : Texts::tr("Account %1").arg(shown(name));
    }

    [[nodiscard]] QString blockOf(NodeId node) const
    {
        for (const auto& row : m_estate.blocks(node))
            return shown(toString(row.block));
        return {};
    }

    void addRows()
    {
        for (const TiersOutline::Row& row : m_outline.rows) {
            m_input.frames.push_back({row.parent, false});
            Scene::Box box;
            box.id = row.id;
            box.parent = row.parent;
            box.canOpen = true;
            box.collapsed = !row.open;
            if (row.isAccount) {
                box.title = titleOfAccount(row.node);
                box.glyph = Glyph::Account;
            } else {
                box.title = row.node == noNode ? Texts::tr("Beside the networks") : shown(m_estate.name(row.node));
                box.glyph = row.node == noNode ? Glyph::Cloud : Glyph::Network;
            }
            if (row.node != noNode) {
                box.kindText = titleOf(m_estate.kind(row.node));
                box.subtitle = blockOf(row.node);
            }
            if (!row.open)
                box.badge = things(static_cast<std::size_t>(row.things));
            if (row.parent >= 0)
                m_picture.containerOf.emplace(row.id, m_outline.rows[at(row.parent)].id);
            m_picture.scene.boxes.push_back(box);
        }
    }

    void addBoxes()
    {
        for (std::size_t position = 0; position < m_outline.boxes.size(); ++position) {
            const TiersOutline::Box& row = m_outline.boxes[position];
            Scene::Box box;
            box.id = markOf(row.subnet);
            box.parent = row.row;
            box.title = shown(m_estate.name(row.subnet));
            box.glyph = Glyph::Subnet;
            box.hue = m_picture.scene.lanes[static_cast<int>(row.lane)].hue;
            box.kindText = titleOf(Kind::Subnet);
            box.subtitle = blockOf(row.subnet);
            box.canOpen = true;
            box.collapsed = !row.open;
            box.count = row.open ? 0 : row.things;
            if (m_arrows.violationWithin[m_outline.groups.size() + position])
                box.state = MarkState::Violation;
            LanesInput::Box room{row.row, static_cast<int>(row.lane), !row.open, 0};
            room.headerWidth =
                std::min(textWidth(box.title, 12, QFont::DemiBold) * 1.35 + (row.open ? 62 : 100), widestCard);
            m_input.boxes.push_back(room);
            m_picture.containerOf.emplace(box.id, m_outline.rows[at(row.row)].id);
            m_picture.scene.boxes.push_back(box);
        }
    }

    void addGroup(std::size_t position)
    {
        const TiersOutline::Group& group = m_outline.groups[position];
        Mark mark = group.mixed ? mixedMark(group) : markOfGroup(group);
        mark.count = static_cast<int>(group.things.size());
        mark.hue = m_picture.scene.lanes[static_cast<int>(group.lane)].hue;
        mark.shape = shapeOf(group.kind);
        mark.glyph = glyphOf(group.kind);
        mark.kindText = titleOf(group.kind);
        mark.tooltip = tooltipOfGroup(group);
        if (m_arrows.violationWithin[position])
            mark.state = MarkState::Violation;
        if (group.things.size() == 1) {
            mark.id = markOf(group.things.front());
        } else {
            mark.id = markOf(tiers_mark::group, static_cast<std::uint32_t>(m_picture.classes.size()));
            m_picture.classes.push_back(group.things);
        }
        const double badge = mark.badge.isEmpty() ? 0 : textWidth(mark.badge, 11, QFont::DemiBold) + 24;
        const double text =
            std::max(textWidth(mark.title, 12, QFont::DemiBold) * 1.25, textWidth(mark.subtitle, 11, QFont::Normal));
        mark.size = {std::clamp(std::ceil(text + badge + 62), leastCard, widestCard), cardHeight};
        mark.box = group.box >= 0 ? static_cast<int>(m_outline.rows.size()) + group.box : group.row;
        if (mark.box >= 0)
            m_picture.containerOf.emplace(mark.id, m_picture.scene.boxes[mark.box].id);
        LanesInput::Mark room;
        room.size = mark.size;
        room.lane = static_cast<int>(group.lane);
        room.frame = group.row;
        room.box = group.box;
        m_input.marks.push_back(room);
        m_picture.scene.marks.push_back(mark);
    }

    using Mark = Scene::Mark; // a name that translation tools can follow

    [[nodiscard]] Mark mixedMark(const TiersOutline::Group& group) const
    {
        Mark mark;
        mark.title =
            group.things.size() == 1 ? shown(m_estate.name(group.things.front())) : things(group.things.size());
        mark.subtitle = titleOf(group.kind);
        const bool onlyOne =
            std::ranges::all_of(group.things, [&](NodeId thing) { return m_estate.kind(thing) == group.kind; });
        if (!onlyOne)
            mark.subtitle = Texts::tr("%1 and others").arg(mark.subtitle);
        return mark;
    }

    [[nodiscard]] Mark markOfGroup(const TiersOutline::Group& group) const
    {
        Mark mark;
        const NodeId first = group.things.front();
        if (group.kind == Kind::Internet) {
            mark.title = Texts::tr("Internet");
            mark.subtitle = Texts::tr("anyone");
            return mark;
        }
        mark.title = group.things.size() == 1 ? shown(m_estate.name(first)) : commonName(m_estate, group.things);
        if (group.things.size() > 1)
            mark.badge = QStringLiteral("×%L1").arg(group.things.size());
        mark.subtitle = titleOf(group.kind);
        if (holdsData(group.kind)) {
            const Classified found = dataClassOf(m_estate, first);
            if (found.dataClass >= DataClass::Confidential) {
                mark.crown = true;
                mark.subtitle = QCoreApplication::translate("DataClass", std::string(name(found.dataClass)).c_str());
            }
        }
        return mark;
    }

    [[nodiscard]] QString tooltipOfGroup(const TiersOutline::Group& group) const
    {
        QStringList lines;
        for (std::size_t i = 0; i < std::min(group.things.size(), listedThings); ++i)
            lines << shown(m_estate.name(group.things[i]));
        if (group.things.size() > listedThings)
            lines << Texts::tr("and %L1 more").arg(group.things.size() - listedThings);
        const Placement& placement = m_segmentation.tiers.of[index(group.things.front())];
        if (!placement.reason.empty() && !group.mixed)
            lines << Texts::tr("Tier because: %1").arg(shown(placement.reason));
        if (!placement.conflict.empty() && !group.mixed)
            lines << Texts::tr("But: %1").arg(shown(placement.conflict));
        return lines.join(QLatin1Char('\n'));
    }

    [[nodiscard]] QString titleOfEnd(const TiersArrow::End& end) const
    {
        const Scene& scene = m_picture.scene;
        if (end.group < 0)
            return scene.boxes.at(static_cast<int>(m_outline.rows.size()) + end.box).title;
        const Mark& mark = scene.marks.at(end.group);
        const TiersOutline::Group& group = m_outline.groups[at(end.group)];
        if (!group.mixed)
            return mark.title;
        return Texts::tr("%1 in %2")
            .arg(scene.lanes.at(static_cast<int>(group.lane)).title, scene.boxes.at(group.row).title);
    }

    void addArrow(TiersArrow& arrow)
    {
        constexpr LinkStyle styles[] = {
            LinkStyle::Normal, LinkStyle::Unused, LinkStyle::Unknown, LinkStyle::Latent, LinkStyle::Violation};
        Scene::Link link;
        link.id = markOf(tiers_mark::arrow, static_cast<std::uint32_t>(m_picture.arrows.size()));
        link.style = styles[static_cast<std::size_t>(arrow.loudness)];
        const auto endOf = [&](const TiersArrow::End& end) {
            return end.group >= 0 ? Scene::End::mark(end.group)
                                  : Scene::End::box(static_cast<int>(m_outline.rows.size()) + end.box);
        };
        link.from = endOf(arrow.from);
        link.to = endOf(arrow.to);
        const QString all = shown(glacis::describe(arrow.ports));
        // What several boxes of a lane may open alike is written once; tool tip and inspector tell it of each.
        const bool loud = arrow.loudness > Loudness::Unused;
        const auto sameLabel = std::tuple(laneOfEnd(arrow.from), arrow.to.group, arrow.to.box, all);
        if (loud || m_labelled.insert(sameLabel).second)
            link.label = all.size() > longestLabel ? all.left(longestLabel - 1) + QChar(0x2026) : all;
        link.accessibleText = Texts::tr("%1 to %2, %3").arg(titleOfEnd(arrow.from), titleOfEnd(arrow.to), all);
        link.tooltip = tooltipOfArrow(arrow, link.accessibleText);
        link.weight = std::clamp(
            1 + std::log2(std::max<double>(1, static_cast<double>(arrow.flows.size() + arrow.waysIn.size()))) / 8, 1.0,
            1.8);
        LanesInput::Link room;
        const auto roomEnd = [](const TiersArrow::End& end) {
            return end.group >= 0 ? LanesInput::End{LanesInput::End::Kind::Mark, end.group}
                                  : LanesInput::End{LanesInput::End::Kind::Box, end.box};
        };
        room.from = roomEnd(arrow.from);
        room.to = roomEnd(arrow.to);
        // A loud label carries a glyph, too.
        if (!link.label.isEmpty())
            room.label = {textWidth(link.label, 11, QFont::Medium) + (loud ? 34 : 14), 18};
        m_input.links.push_back(room);
        m_picture.scene.links.push_back(link);
        m_picture.arrows.push_back({std::move(arrow.flows), std::move(arrow.waysIn)});
    }

    [[nodiscard]] std::uint32_t laneOfEnd(const TiersArrow::End& end) const
    {
        return end.group >= 0 ? m_outline.groups[at(end.group)].lane : m_outline.boxes[at(end.box)].lane;
    }

    [[nodiscard]] QString tooltipOfArrow(const TiersArrow& arrow, const QString& first) const
    {
        QStringList lines{first};
        if (arrow.loudness == Loudness::Unused)
            lines << Texts::tr("The matrix allows this, and nothing opens it.");
        for (const std::uint32_t flow : arrow.flows) {
            const std::uint32_t violation = m_segmentation.violationOf[flow];
            if (violation != ~0u && arrow.loudness > Loudness::Unused)
                lines << shown(m_segmentation.violations[violation].sentence);
            if (!m_segmentation.flows.flows[flow].missing.empty())
                lines << shown(m_segmentation.flows.flows[flow].missing);
            if (lines.size() > static_cast<qsizetype>(listedThings))
                break;
        }
        for (const std::uint32_t violation : arrow.waysIn) {
            if (lines.size() <= static_cast<qsizetype>(listedThings))
                lines << shown(m_segmentation.violations[violation].sentence);
        }
        lines.removeDuplicates();
        return lines.join(QLatin1Char('\n'));
    }

    void place(const LanesPlan& plan)
    {
        Scene& scene = m_picture.scene;
        for (int i = 0; i < scene.lanes.size(); ++i)
            scene.lanes[i].rect = plan.lanes[at(i)];
        const auto rows = static_cast<int>(m_outline.rows.size());
        for (int i = 0; i < scene.boxes.size(); ++i)
            scene.boxes[i].rect = i < rows ? plan.frames[at(i)] : plan.boxes[at(i - rows)];
        for (int i = 0; i < scene.marks.size(); ++i) {
            scene.marks[i].centre = plan.marks[at(i)].center();
            scene.marks[i].size = plan.marks[at(i)].size();
        }
        for (int i = 0; i < scene.links.size(); ++i) {
            scene.links[i].points = plan.routes[at(i)].points;
            scene.links[i].curve = LinkCurve::Cubic;
            scene.links[i].labelRect = plan.routes[at(i)].label;
        }
    }

    void indexThings()
    {
        m_picture.markOfThing.reserve(m_outline.things + 1);
        for (std::uint32_t node = 0; node < m_outline.placeOf.size(); ++node) {
            const TiersOutline::Place place = m_outline.placeOf[node];
            if (place.group >= 0)
                m_picture.markOfThing.emplace(node, m_picture.scene.marks.at(place.group).id);
            else if (place.box >= 0)
                m_picture.markOfThing.emplace(node, markOf(m_outline.boxes[at(place.box)].subnet));
        }
    }

    void addLegend()
    {
        using Entry = Scene::LegendEntry;
        const auto link = [&](LinkStyle style, const QString& text) {
            Entry entry;
            entry.kind = Entry::Kind::Link;
            entry.link = style;
            entry.text = text;
            m_picture.scene.legend.push_back(entry);
        };
        if (m_options.side != TiersSide::Difference)
            link(LinkStyle::Normal, Texts::tr("Open and wanted"));
        if (m_options.side != TiersSide::Wanted)
            link(LinkStyle::Violation, Texts::tr("Open against the matrix"));
        if (m_options.side == TiersSide::Open) {
            link(LinkStyle::Latent, Texts::tr("One change from open"));
            link(LinkStyle::Unknown, Texts::tr("Not known: an export is missing"));
        } else {
            link(LinkStyle::Unused, Texts::tr("Allowed, but nothing opens it"));
        }
    }

    [[nodiscard]] static std::size_t at(int position) { return static_cast<std::size_t>(position); }

    const Estate& m_estate;
    const Segmentation& m_segmentation;
    const TiersOptions& m_options;
    TiersOutline m_outline;
    TiersArrows m_arrows;
    TiersPicture m_picture;
    LanesInput m_input;
    std::set<std::tuple<std::uint32_t, int, int, QString>> m_labelled; ///< source lane, target, ports
};

} // namespace

TiersPicture tiersPicture(
    const Estate& estate, const Segmentation& segmentation, const TiersOptions& options, const ZoneMatrix& matrix)
{
    return Builder(estate, segmentation, options, matrix).built();
}

} // namespace glacis
