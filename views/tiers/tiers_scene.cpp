// SPDX-License-Identifier: GPL-3.0-or-later
#include "tiers_view/tiers_scene.h"

#include "canvas/layout_lanes.h"
#include "data/data_class.h"
#include "document/answers.h"
#include "marks/marks.h"

#include <QCoreApplication>
#include <QFontMetricsF>

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

namespace glacis {

namespace {

constexpr QSizeF markSize = {168, 40};
constexpr std::size_t listedThings = 12; ///< in a tool tip

QString tr(const char* text)
{
    return QCoreApplication::translate("Tiers", text);
}

/// What the names of equal things share ("web-1", "web-2" → "web"); the kind where they share nothing.
QString commonName(const Estate& estate, const std::vector<NodeId>& things)
{
    const std::string_view first = estate.name(things.front());
    std::size_t shared = first.size();
    for (const NodeId thing : things) {
        const std::string_view other = estate.name(thing);
        shared = std::min(shared, other.size());
        shared = static_cast<std::size_t>(
            std::mismatch(first.begin(), first.begin() + static_cast<long>(shared), other.begin()).first
            - first.begin());
    }
    while (shared > 0 && std::string_view("-_. 0123456789").find(first[shared - 1]) != std::string_view::npos)
        --shared;
    return shared >= 2 ? shown(first.substr(0, shared)) : titleOf(estate.kind(things.front()));
}

class Builder {
public:
    Builder(const Estate& estate, const Segmentation& segmentation, const TiersOptions& options)
        : m_estate(estate), m_segmentation(segmentation), m_options(options)
    {
    }

    TiersPicture built()
    {
        Scene& scene = m_picture.scene;
        scene.title = tr("Network tiers");
        scene.subtitle = tr("What can be opened from zone to zone, and where the matrix does not want it");
        addLanes();
        groupThings();
        addMarks();
        addArrows();
        const LanesPlan plan = layoutLanes(m_input);
        take(plan);
        addLegend();
        return std::move(m_picture);
    }

private:
    struct Group {
        std::uint32_t lane = 0;
        NodeId account = noNode;
        NodeId network = noNode;
        NodeId subnet = noNode;
        std::uint32_t cls = ~0u; ///< class of endpoints; none for a store beside the networks
        Kind kind{};
        std::uint32_t apart = 0; ///< parts stores beside the networks from each other
        auto key() const { return std::tie(account, network, subnet, lane, cls, kind, apart); }
        bool operator<(const Group& other) const { return key() < other.key(); }
    };

    [[nodiscard]] const std::vector<Zone>& zones() const { return m_segmentation.tiers.zones; }
    [[nodiscard]] std::uint32_t laneOf(NodeId node) const
    {
        const std::uint32_t zone = m_segmentation.tiers.of[index(node)].zone;
        return zone == Placement::unassigned ? static_cast<std::uint32_t>(zones().size()) : zone;
    }

    void addLanes()
    {
        const bool unassigned = m_segmentation.tiers.unassigned > 0;
        for (std::uint32_t zone = 0; zone < zones().size() + (unassigned ? 1 : 0); ++zone) {
            const bool named = zone < zones().size();
            Scene::Lane lane;
            lane.id = markOf(tiers_mark::zone, zone);
            lane.title =
                named ? QCoreApplication::translate("Zone", zones()[zone].title.c_str()) : tr("Without a tier");
            lane.hue = hueOfZone(named ? zones()[zone].id : "unassigned");
            if (!named)
                lane.tooltip = tr("Nothing in the export says which tier these belong to.");
            m_picture.scene.lanes.push_back(lane);
            LanesInput::Lane place;
            place.outside = named && zones()[zone].id == "internet";
            m_input.lanes.push_back(place);
        }
    }

    void groupThings()
    {
        m_groups[{laneOf(idAt<NodeId>(0)), noNode, noNode, noNode, ~0u, Kind::Internet, 0}] = {idAt<NodeId>(0)};
        for (const NodeId thing : m_segmentation.tiers.placed) {
            if (m_estate.node(thing).outside || m_estate.kind(thing) == Kind::Internet)
                continue;
            Group group;
            group.lane = laneOf(thing);
            group.kind = m_estate.kind(thing);
            group.account = m_estate.node(thing).account;
            group.cls = m_segmentation.flows.classOf[index(thing)];
            if (group.cls != ~0u) {
                group.network = m_segmentation.flows.classes[group.cls].network;
                group.subnet = m_segmentation.flows.classes[group.cls].subnet;
            } else if (holdsData(group.kind)) {
                // One mark a class of data, so that the customers' bucket does not hide among ten others.
                group.apart = 1 + static_cast<std::uint32_t>(dataClassOf(m_estate, thing).dataClass);
            }
            m_groups[group].push_back(thing);
        }
    }

    int frameOf(NodeId container, int parent, const QString& title, Glyph glyph)
    {
        const auto [found, isNew] =
            m_frameOf.try_emplace(std::pair(container, parent), static_cast<int>(m_input.frames.size()));
        if (isNew) {
            m_input.frames.push_back({parent, false});
            Scene::Box box;
            box.id = container == noNode ? 0 : markOf(container);
            box.parent = parent;
            box.title = title;
            box.glyph = glyph;
            if (container != noNode) {
                box.kindText = titleOf(m_estate.kind(container));
                for (const auto& row : m_estate.blocks(container)) {
                    box.subtitle = shown(toString(row.block));
                    break;
                }
            }
            m_frames.push_back(box);
        }
        return found->second;
    }

    /// An account that nothing names is called after the folder it was found in.
    QString titleOfAccount(std::string_view name) const
    {
        constexpr std::string_view unnamed = "account of ";
        return name.starts_with(unnamed) ? tr("Account of %1").arg(shown(name.substr(unnamed.size())))
                                         : tr("Account %1").arg(shown(name));
    }

    int rowOf(const Group& group)
    {
        const NodeId account = group.account;
        const int outer = frameOf(account, -1,
            account == noNode ? tr("Account not known") : titleOfAccount(m_estate.name(account)), Glyph::Account);
        if (group.network == noNode)
            return frameOf(noNode, outer, tr("Beside the networks"), Glyph::Cloud);
        return frameOf(group.network, outer, shown(m_estate.name(group.network)), Glyph::Network);
    }

    int boxOf(const Group& group, int frame)
    {
        const auto [found, isNew] =
            m_boxOf.try_emplace(std::tuple(group.subnet, group.lane, frame), static_cast<int>(m_input.boxes.size()));
        if (isNew) {
            m_input.boxes.push_back({frame, static_cast<int>(group.lane), false});
            Scene::Box box;
            box.id = markOf(group.subnet);
            box.title = shown(m_estate.name(group.subnet));
            box.glyph = Glyph::Subnet;
            box.hue = m_picture.scene.lanes[static_cast<int>(group.lane)].hue;
            box.kindText = titleOf(Kind::Subnet);
            for (const auto& row : m_estate.blocks(group.subnet)) {
                box.subtitle = shown(toString(row.block));
                break;
            }
            m_subnets.push_back(box);
        }
        return found->second;
    }

    void addMarks()
    {
        // Accounts and networks in the order of their nodes, which is that of reading.
        for (const auto& [group, things] : m_groups) {
            LanesInput::Mark place;
            place.size = markSize;
            place.lane = static_cast<int>(group.lane);
            if (!m_input.lanes[group.lane].outside) {
                place.frame = rowOf(group);
                if (group.subnet != noNode)
                    place.box = boxOf(group, place.frame);
            }
            m_input.marks.push_back(place);
            addMark(group, things);
        }
    }

    void addMark(const Group& group, const std::vector<NodeId>& things)
    {
        const NodeId first = things.front();
        Scene::Mark mark;
        mark.size = markSize;
        mark.shape = shapeOf(group.kind);
        mark.glyph = glyphOf(group.kind);
        mark.hue = m_picture.scene.lanes[static_cast<int>(group.lane)].hue;
        mark.kindText = titleOf(group.kind);
        mark.count = static_cast<int>(things.size());
        if (things.size() == 1) {
            mark.id = markOf(first);
            mark.title = group.kind == Kind::Internet ? tr("Internet") : shown(m_estate.name(first));
        } else {
            mark.id = markOf(tiers_mark::group, static_cast<std::uint32_t>(m_picture.classes.size()));
            m_picture.classes.push_back(things);
            mark.title = commonName(m_estate, things);
            mark.badge = QStringLiteral("×%1").arg(things.size());
        }
        mark.subtitle = group.kind == Kind::Internet ? tr("anyone") : mark.kindText;
        if (holdsData(group.kind)) {
            const Classified found = dataClassOf(m_estate, first);
            if (found.dataClass >= DataClass::Confidential) {
                mark.crown = true;
                mark.subtitle = QCoreApplication::translate("DataClass", std::string(name(found.dataClass)).c_str());
            }
        }
        QStringList lines;
        for (std::size_t i = 0; i < std::min(things.size(), listedThings); ++i)
            lines << shown(m_estate.name(things[i]));
        if (things.size() > listedThings)
            lines << tr("and %1 more").arg(things.size() - listedThings);
        const Placement& placement = m_segmentation.tiers.of[index(first)];
        if (!placement.reason.empty())
            lines << tr("Tier because: %1").arg(shown(placement.reason));
        if (!placement.conflict.empty())
            lines << tr("But: %1").arg(shown(placement.conflict));
        mark.tooltip = lines.join(QLatin1Char('\n'));
        const auto position = static_cast<int>(m_picture.scene.marks.size());
        for (const NodeId thing : things) {
            m_picture.markOfThing.emplace(index(thing), mark.id);
            m_positionOfThing.emplace(index(thing), position);
        }
        m_picture.scene.marks.push_back(mark);
    }

    enum class Loudness : std::uint8_t { Wanted, Unknown, Latent, Violation };
    [[nodiscard]] Loudness loudnessOf(std::uint32_t flow) const
    {
        const Flow& row = m_segmentation.flows.flows[flow];
        if (row.verdict == Reach::Unknown)
            return Loudness::Unknown;
        if (row.verdict != Reach::Reachable && row.verdict != Reach::Partial)
            return Loudness::Latent;
        return m_segmentation.violationOf[flow] == ~0u ? Loudness::Wanted : Loudness::Violation;
    }
    [[nodiscard]] bool isShown(Loudness loudness) const
    {
        if (loudness == Loudness::Wanted)
            return m_options.wanted;
        return loudness == Loudness::Violation ? m_options.violations : m_options.latent;
    }

    void addArrows()
    {
        // Marks of one class may stand in several lanes; an arrow goes from each mark of a class to each of the other.
        std::map<std::uint32_t, std::vector<int>> marksOfClass;
        for (const auto& [node, position] : m_positionOfThing) {
            std::vector<int>& marks = marksOfClass[m_segmentation.flows.classOf[node]];
            if (std::find(marks.begin(), marks.end(), position) == marks.end())
                marks.push_back(position);
        }
        std::map<std::tuple<int, int, Loudness>, std::vector<std::uint32_t>> bundles;
        for (std::uint32_t at = 0; at < m_segmentation.flows.flows.size(); ++at) {
            const Flow& flow = m_segmentation.flows.flows[at];
            const Loudness loudness = loudnessOf(at);
            if (!isShown(loudness)) {
                ++m_picture.hiddenFlows;
                continue;
            }
            ++m_picture.shownFlows;
            for (const int from : marksOfClass[flow.from]) {
                for (const int to : marksOfClass[flow.to]) {
                    if (from != to)
                        bundles[{from, to, loudness}].push_back(at);
                }
            }
        }
        for (auto& [ends, flows] : bundles) {
            const auto [from, to, loudness] = ends;
            addArrow(from, to, loudness, std::move(flows));
        }
    }

    void addArrow(int from, int to, Loudness loudness, std::vector<std::uint32_t> flows)
    {
        constexpr LinkStyle styles[] = {LinkStyle::Normal, LinkStyle::Unknown, LinkStyle::Latent, LinkStyle::Violation};
        Scene::Link link;
        link.id = markOf(tiers_mark::arrow, static_cast<std::uint32_t>(m_picture.arrows.size()));
        link.from = Scene::End::mark(from);
        link.to = Scene::End::mark(to);
        link.style = styles[static_cast<std::size_t>(loudness)];
        PortSet ports;
        for (const std::uint32_t at : flows)
            ports = unionOf(ports, m_segmentation.flows.flows[at].ports);
        const QString all = shown(glacis::describe(ports));
        // What several marks of a lane may open alike is written once; tool tip and inspector tell it of each.
        const bool loud = loudness != Loudness::Wanted;
        if (loud || m_labelled.insert({m_input.marks[static_cast<std::size_t>(from)].lane, to, all}).second)
            link.label = all.size() > 26 ? all.left(24) + QChar(0x2026) : all;
        const auto& marks = m_picture.scene.marks;
        link.accessibleText = tr("%1 to %2, %3").arg(marks[from].title, marks[to].title, all);
        QStringList lines{link.accessibleText};
        for (const std::uint32_t at : flows) {
            const std::uint32_t violation = m_segmentation.violationOf[at];
            if (violation != ~0u)
                lines << shown(m_segmentation.violations[violation].sentence);
            if (!m_segmentation.flows.flows[at].missing.empty())
                lines << shown(m_segmentation.flows.flows[at].missing);
        }
        lines.removeDuplicates();
        link.tooltip = lines.join(QLatin1Char('\n'));
        LanesInput::Link place;
        place.from = {LanesInput::End::Kind::Mark, from};
        place.to = {LanesInput::End::Kind::Mark, to};
        // A loud label carries a glyph, too.
        if (!link.label.isEmpty())
            place.label = {QFontMetricsF(canvasFont(11)).horizontalAdvance(link.label) + (loud ? 34 : 14), 18};
        m_input.links.push_back(place);
        m_picture.scene.links.push_back(link);
        m_picture.arrows.push_back(std::move(flows));
    }

    void take(const LanesPlan& plan)
    {
        Scene& scene = m_picture.scene;
        for (int i = 0; i < scene.lanes.size(); ++i)
            scene.lanes[i].rect = plan.lanes[static_cast<std::size_t>(i)];
        for (std::size_t i = 0; i < m_frames.size(); ++i) {
            m_frames[i].rect = plan.frames[i];
            scene.boxes.push_back(m_frames[i]);
        }
        for (std::size_t i = 0; i < m_subnets.size(); ++i) {
            m_subnets[i].parent = m_input.boxes[i].frame;
            m_subnets[i].rect = plan.boxes[i];
            scene.boxes.push_back(m_subnets[i]);
        }
        for (int i = 0; i < scene.marks.size(); ++i) {
            const LanesInput::Mark& place = m_input.marks[static_cast<std::size_t>(i)];
            scene.marks[i].centre = plan.marks[static_cast<std::size_t>(i)].center();
            scene.marks[i].size = plan.marks[static_cast<std::size_t>(i)].size();
            scene.marks[i].box = place.box >= 0 ? static_cast<int>(m_frames.size()) + place.box : place.frame;
        }
        for (int i = 0; i < scene.links.size(); ++i) {
            const LanesPlan::Route& route = plan.routes[static_cast<std::size_t>(i)];
            scene.links[i].points = route.points;
            scene.links[i].curve = LinkCurve::Cubic;
            scene.links[i].labelRect = route.label;
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
        link(LinkStyle::Normal, tr("Open and wanted"));
        link(LinkStyle::Violation, tr("Open against the matrix"));
        link(LinkStyle::Latent, tr("One change from open"));
        link(LinkStyle::Unknown, tr("Not known: an export is missing"));
    }

    const Estate& m_estate;
    const Segmentation& m_segmentation;
    const TiersOptions& m_options;
    TiersPicture m_picture;
    LanesInput m_input;
    std::map<Group, std::vector<NodeId>> m_groups;
    std::map<std::pair<NodeId, int>, int> m_frameOf;
    std::map<std::tuple<NodeId, std::uint32_t, int>, int> m_boxOf;
    std::vector<Scene::Box> m_frames;
    std::vector<Scene::Box> m_subnets;
    std::map<std::uint32_t, int> m_positionOfThing;
    std::set<std::tuple<int, int, QString>> m_labelled; ///< source lane, target mark, ports
};

} // namespace

TiersPicture tiersPicture(const Estate& estate, const Segmentation& segmentation, const TiersOptions& options)
{
    return Builder(estate, segmentation, options).built();
}

} // namespace glacis
