// SPDX-License-Identifier: GPL-3.0-or-later
#include "paths_view/paths_scene.h"

#include "canvas/layout_layered.h"
#include "data/data_class.h"
#include "marks/marks.h"
#include "paths/step_changes.h"

#include <QCoreApplication>
#include <QFontMetricsF>

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

namespace glacis {

namespace {

constexpr QSizeF markSize = {196, 52};
constexpr qsizetype mostMarks = 1000; ///< that the layout places while one waits

class Texts {
    Q_DECLARE_TR_FUNCTIONS(PathsScene)
};

class Builder {
public:
    Builder(const Estate& estate, const std::vector<AttackPath>& paths, const std::vector<ChokePoint>& chokePoints,
        const PathsStyle& style)
        : m_estate(estate), m_paths(paths), m_style(style)
    {
        for (const ChokePoint& point : chokePoints)
            m_choke.emplace(point.node, point.targets);
        for (const AttackPath& path : paths)
            m_ends.insert(path.steps.back().to);
    }

    PathsPicture built()
    {
        m_picture.scene.title = Texts::tr("Attack paths");
        m_picture.scene.subtitle = Texts::tr("From where an attacker starts to what they are after");
        for (std::size_t path = 0; path < m_paths.size(); ++path) {
            if (m_picture.scene.marks.size() > mostMarks) {
                m_picture.leftOut = m_paths.size() - path;
                break;
            }
            m_lane = m_style.sideBySide ? path : 0;
            for (std::size_t step = 0; step < m_paths[path].steps.size(); ++step)
                addStep(path, static_cast<int>(step));
            if (static_cast<int>(path) == m_style.strong) {
                for (const AttackStep& step : m_paths[path].steps)
                    m_picture.scene.firstSight << markOf(step.from) << markOf(step.to);
            }
        }
        place();
        addNote();
        addLegend();
        return std::move(m_picture);
    }

private:
    int markOfThing(NodeId node)
    {
        const auto [found, isNew] =
            m_positions.try_emplace(std::pair(m_lane, node), static_cast<int>(m_picture.scene.marks.size()));
        if (!isNew)
            return found->second;
        const Kind kind = m_estate.kind(node);
        Scene::Mark mark;
        mark.id = markOf(node);
        mark.size = markSize;
        mark.shape = shapeOf(kind);
        mark.glyph = glyphOf(kind);
        mark.hue = hueOfShape(mark.shape);
        mark.kindText = titleOf(kind);
        mark.title = kind == Kind::Internet ? Texts::tr("Internet") : shown(m_estate.name(node));
        mark.subtitle = kind == Kind::Internet ? Texts::tr("anyone") : mark.kindText;
        mark.crown = m_ends.count(node) > 0;
        if (holdsData(kind)) {
            const Classified classified = dataClassOf(m_estate, node);
            if (classified.dataClass != DataClass::Unknown)
                mark.subtitle += QStringLiteral(" · ")
                    + QCoreApplication::translate("DataClass", std::string(name(classified.dataClass)).c_str());
        }
        mark.tooltip = shown(m_estate.id(node));
        if (const auto choke = m_choke.find(node); choke != m_choke.end() && !mark.crown) {
            mark.ringed = true;
            mark.tooltip +=
                QLatin1Char('\n') + Texts::tr("%1 targets can be reached only through here").arg(choke->second);
        }
        if (m_estate.node(node).outside && kind != Kind::Internet)
            mark.state = MarkState::Outside;
        m_picture.scene.marks.push_back(mark);
        m_input.nodes.push_back({markSize, -1});
        return found->second;
    }

    static ZoneHue hueOfShape(MarkShape shape)
    {
        switch (shape) {
        case MarkShape::Outside:
            return ZoneHue::Internet;
        case MarkShape::Identity:
            return ZoneHue::Management;
        case MarkShape::Workload:
            return ZoneHue::Web;
        case MarkShape::Store:
            return ZoneHue::Data;
        default:
            return ZoneHue::Neutral;
        }
    }

    void addStep(std::size_t path, int at)
    {
        const AttackStep& step = m_paths[path].steps[static_cast<std::size_t>(at)];
        const int from = markOfThing(step.from);
        const int to = markOfThing(step.to);
        const auto [found, isNew] = m_arrows.try_emplace(
            std::tuple(from, to, step.technique), static_cast<std::uint32_t>(m_picture.arrows.size()));
        if (isNew) {
            Scene::Link link;
            link.id = markOf(paths_mark::arrow, found->second);
            link.from = Scene::End::mark(from);
            link.to = Scene::End::mark(to);
            link.style = LinkStyle::Normal;
            link.label = stepTitle(step);
            if (!step.open.empty())
                link.label += Texts::tr(", if …");
            QStringList lines{shown(step.sentence)};
            for (const std::string& open : step.open)
                lines << Texts::tr("If: %1").arg(shown(open));
            link.tooltip = lines.join(QLatin1Char('\n'));
            link.accessibleText = lines.join(QStringLiteral("; "));
            m_picture.scene.links.push_back(link);
            m_picture.arrows.push_back({});
            LayeredInput::Edge edge;
            edge.from = from;
            edge.to = to;
            edge.label = {QFontMetricsF(canvasFont(11)).horizontalAdvance(link.label) + 14, 20};
            m_input.edges.push_back(edge);
        }
        m_picture.arrows[found->second].uses.emplace_back(path, at);
        if (path >= m_style.cutFrom && m_style.graph && !sameStepIn(*m_style.graph, step)) {
            Scene::Link& link = m_picture.scene.links[static_cast<int>(found->second)];
            link.style = LinkStyle::Changed;
            if (isNew) {
                link.tooltip += QLatin1Char('\n') + Texts::tr("Taken away by what is tried out");
                link.accessibleText += QStringLiteral("; ") + Texts::tr("taken away");
            }
        } else if (static_cast<int>(path) == m_style.strong)
            m_picture.scene.links[static_cast<int>(found->second)].style = LinkStyle::Path;
    }

    void place()
    {
        const LayeredPlan plan = layoutLayered(m_input);
        Scene& scene = m_picture.scene;
        for (int i = 0; i < scene.marks.size(); ++i)
            scene.marks[i].centre = plan.nodes[static_cast<std::size_t>(i)].center();
        for (int i = 0; i < scene.links.size(); ++i) {
            Scene::Link& link = scene.links[i];
            link.points = plan.routes[static_cast<std::size_t>(i)].points;
            link.labelRect = plan.routes[static_cast<std::size_t>(i)].label;
            link.curve = LinkCurve::Cubic;
            link.weight = std::min(
                4.0, 1.0 + 0.4 * static_cast<double>(m_picture.arrows[static_cast<std::size_t>(i)].uses.size() - 1));
        }
    }

    void addNote()
    {
        const QRectF extent = m_picture.scene.extent();
        if (m_style.note.isEmpty())
            return;
        Scene::Label label;
        label.rect = {extent.left(), extent.top() - 44, std::max(extent.width(), 420.0), 26};
        label.text = m_style.note;
        label.role = TextRole::Heading;
        label.glyph = Glyph::WhatIf;
        m_picture.scene.labels.push_back(label);
    }

    void addLegend()
    {
        using Entry = Scene::LegendEntry;
        const auto shape = [&](MarkShape which, const QString& text) {
            Entry entry;
            entry.kind = Entry::Kind::Shape;
            entry.shape = which;
            entry.hue = hueOfShape(which);
            entry.text = text;
            m_picture.scene.legend.push_back(entry);
        };
        shape(MarkShape::Identity, Texts::tr("Identity"));
        shape(MarkShape::Workload, Texts::tr("Workload"));
        shape(MarkShape::Store, Texts::tr("Store"));
        Entry ring;
        ring.kind = Entry::Kind::Ring;
        ring.text = Texts::tr("Choke point: every way leads through it");
        m_picture.scene.legend.push_back(ring);
        Entry line;
        line.kind = Entry::Kind::Link;
        line.link = LinkStyle::Path;
        line.text = Texts::tr("The path in hand");
        m_picture.scene.legend.push_back(line);
        if (m_style.cutFrom < m_paths.size()) {
            line.link = LinkStyle::Changed;
            line.text = Texts::tr("Taken away by what is tried out");
            m_picture.scene.legend.push_back(line);
        }
    }

    const Estate& m_estate;
    const std::vector<AttackPath>& m_paths;
    const PathsStyle& m_style;
    std::map<NodeId, std::size_t> m_choke;
    std::set<NodeId> m_ends;
    std::map<std::pair<std::size_t, NodeId>, int> m_positions; ///< by path when they stand side by side
    std::size_t m_lane = 0;
    std::map<std::tuple<int, int, std::string>, std::uint32_t> m_arrows;
    LayeredInput m_input;
    PathsPicture m_picture;
};

} // namespace

PathsPicture pathsPicture(const Estate& estate, const std::vector<AttackPath>& paths,
    const std::vector<ChokePoint>& chokePoints, const PathsStyle& style)
{
    return Builder(estate, paths, chokePoints, style).built();
}

QString stepTitle(const AttackStep& step)
{
    switch (step.kind) {
    case StepKind::Reach:
        return Texts::tr("Connects");
    case StepKind::UseRole:
        return Texts::tr("Takes its role");
    case StepKind::Administer:
        return Texts::tr("Administers");
    case StepKind::Access:
        if (step.technique == "store-read")
            return Texts::tr("Reads");
        return step.technique == "store-write" ? Texts::tr("Writes") : Texts::tr("Controls");
    case StepKind::Escalate:
        break;
    }
    for (const Technique& technique : techniques()) {
        if (technique.id == step.technique)
            return QCoreApplication::translate("Technique", technique.title.c_str());
    }
    return Texts::tr("Becomes");
}

QString pathTitle(const Estate& estate, const AttackPath& path)
{
    const auto title = [&](NodeId node) {
        return estate.kind(node) == Kind::Internet ? Texts::tr("Internet") : shown(estate.name(node));
    };
    return Texts::tr("%1 → %2").arg(title(path.steps.front().from), title(path.steps.back().to));
}

QString pathText(const AttackPath& path)
{
    QStringList lines;
    for (std::size_t i = 0; i < path.steps.size(); ++i) {
        lines << QStringLiteral("%1. %2").arg(i + 1).arg(shown(path.steps[i].sentence));
        for (const std::string& open : path.steps[i].open)
            lines << QStringLiteral("    ") + Texts::tr("If: %1").arg(shown(open));
    }
    return lines.join(QLatin1Char('\n'));
}

} // namespace glacis
