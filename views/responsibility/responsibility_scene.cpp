// SPDX-License-Identifier: GPL-3.0-or-later
#include "responsibility_view/responsibility_scene.h"

#include "canvas/layout_matrix.h"
#include "marks/marks.h"

#include <QCoreApplication>

namespace glacis {

namespace {

constexpr std::uint32_t cellKind = 1;
constexpr std::uint32_t partyKind = 2;
constexpr double partyWidth = 230;
constexpr double partyHeight = 52;
constexpr double partyGap = 12;
constexpr double boundaryLabelWidth = 200; ///< beside the row headers, so that it hides no field

class Texts {
    Q_DECLARE_TR_FUNCTIONS(ResponsibilityScene)
};

QString translatedData(const std::string& text)
{
    return QCoreApplication::translate("ResponsibilityTable", text.c_str());
}

ZoneHue hueOf(Side side)
{
    switch (side) {
    case Side::Provider:
        return ZoneHue::Provider;
    case Side::Customer:
        return ZoneHue::Customer;
    case Side::Shared:
        break;
    }
    return ZoneHue::Shared;
}

QString wordOf(Side side)
{
    switch (side) {
    case Side::Provider:
        return Texts::tr("Provider");
    case Side::Customer:
        return Texts::tr("You");
    case Side::Shared:
        break;
    }
    return Texts::tr("Shared");
}

MarkState stateOf(Risk worst)
{
    return worst >= Risk::High ? MarkState::Violation : MarkState::Latent;
}

class Builder {
public:
    Builder(const Estate& estate, const ResponsibilityAnswers& answers, bool withEmptyModels)
        : m_estate(estate), m_answers(answers), m_picture(answers.picture), m_table(*answers.picture.table)
    {
        for (std::size_t i = 0; i < m_picture.columns.size(); ++i) {
            if (withEmptyModels || !m_picture.columns[i].nodes.empty())
                m_columns.push_back(i);
        }
    }

    Scene built()
    {
        m_scene.title = Texts::tr("Shared responsibility");
        m_scene.subtitle = Texts::tr("Who secures which layer of which service, and where your side has open findings");
        if (m_columns.empty())
            return std::move(m_scene);
        place();
        addHeaders();
        for (std::size_t shown = 0; shown < m_columns.size(); ++shown) {
            for (std::size_t layer = 0; layer < m_table.layers.size(); ++layer)
                addCell(shown, layer);
        }
        if (m_plan.boundary.size() > 1) {
            Scene::Boundary boundary;
            boundary.points = m_plan.boundary;
            boundary.label = Texts::tr("yours above · the provider's below");
            boundary.labelAt = m_plan.boundary.front() - QPointF(boundaryLabelWidth, 0);
            boundary.tooltip = Texts::tr("Below this line everything is the provider's alone.");
            m_scene.boundaries.push_back(boundary);
        }
        addParties();
        addLegend();
        return std::move(m_scene);
    }

private:
    void place()
    {
        MatrixInput input;
        input.rows = static_cast<int>(m_table.layers.size());
        input.columns = static_cast<int>(m_columns.size());
        input.rowHeaderWidth = 290;
        input.cellWidth = 176;
        input.cellHeight = 46;
        input.columnHeaderHeight = 84;
        for (const std::size_t column : m_columns)
            input.above.push_back(static_cast<int>(m_picture.columns[column].boundary));
        m_plan = layoutMatrix(input);
    }

    void addHeaders()
    {
        for (std::size_t shown = 0; shown < m_columns.size(); ++shown) {
            const ResponsibilityColumn& column = m_picture.columns[m_columns[shown]];
            const auto& model = m_table.models[column.model];
            Scene::Cell cell;
            cell.rect = m_plan.columnHeaders[shown];
            cell.header = true;
            cell.text = translatedData(model.title);
            const int things = static_cast<int>(column.nodes.size());
            cell.subtitle = things == 0 ? Texts::tr("none here")
                : things == 1           ? Texts::tr("1 thing")
                                        : Texts::tr("%1 things").arg(things);
            cell.tooltip = Texts::tr("%1: %2").arg(cell.text, glacis::shown(column.examples));
            m_scene.cells.push_back(cell);
        }
        for (std::size_t layer = 0; layer < m_table.layers.size(); ++layer) {
            Scene::Cell cell;
            cell.rect = m_plan.rowHeaders[layer];
            cell.header = true;
            cell.alignment = Qt::AlignLeft | Qt::AlignVCenter;
            cell.text = translatedData(m_table.layers[layer].title);
            m_scene.cells.push_back(cell);
        }
    }

    void addCell(std::size_t shown, std::size_t layer)
    {
        const ResponsibilityColumn& column = m_picture.columns[m_columns[shown]];
        const ResponsibilityCell& from = column.cells[layer];
        const Duty& duty = *from.duty;
        Scene::Cell cell;
        cell.id = responsibilityCellMark(
            m_picture, static_cast<std::uint32_t>(m_columns[shown]), static_cast<std::uint32_t>(layer));
        cell.rect = m_plan.cell(static_cast<int>(layer), static_cast<int>(shown));
        cell.text = wordOf(duty.side);
        cell.split = duty.side == Side::Shared;
        cell.hue = cell.split ? ZoneHue::Customer : hueOf(duty.side);
        cell.secondHue = ZoneHue::Provider;
        cell.shade = 0.35;
        cell.badge = static_cast<int>(from.nodesWithFindings);
        cell.badgeState = stateOf(from.worst);
        cell.kindText = Texts::tr("responsibility");
        QStringList lines;
        if (!duty.customer.empty())
            lines << Texts::tr("You: %1").arg(translatedData(duty.customer));
        if (!duty.provider.empty())
            lines << Texts::tr("Provider: %1").arg(translatedData(duty.provider));
        if (cell.badge > 0)
            lines << (cell.badge == 1 ? Texts::tr("1 thing has open findings")
                                      : Texts::tr("%1 things have open findings").arg(cell.badge));
        lines << Texts::tr("Source: %1, %2").arg(glacis::shown(duty.source), glacis::shown(duty.publisher));
        cell.tooltip = lines.join(QLatin1Char('\n'));
        cell.accessibleText = Texts::tr("%1, %2: %3")
                                  .arg(translatedData(m_table.models[column.model].title),
                                      translatedData(m_table.layers[layer].title), cell.text);
        if (cell.badge > 0)
            cell.accessibleText += Texts::tr(", %1 with open findings").arg(cell.badge);
        m_scene.cells.push_back(cell);
    }

    void addParties()
    {
        if (m_picture.parties.empty())
            return;
        const double left = m_plan.extent.right() + 40;
        Scene::Label heading;
        heading.rect = {left, m_plan.columnHeaders.front().top(), partyWidth, m_plan.columnHeaders.front().height()};
        heading.text = Texts::tr("Outside parties");
        heading.role = TextRole::Heading;
        m_scene.labels.push_back(heading);
        double top = m_plan.cell(0, 0).top();
        for (std::size_t i = 0; i < m_picture.parties.size(); ++i) {
            const OutsideParty& party = m_picture.parties[i];
            Scene::Mark mark;
            mark.id = outsidePartyMark(static_cast<std::uint32_t>(i));
            mark.size = {partyWidth, partyHeight};
            mark.centre = {left + partyWidth / 2, top + partyHeight / 2};
            mark.shape = MarkShape::Outside;
            mark.glyph = glyphOf(m_estate.kind(party.node));
            mark.state = MarkState::Outside;
            mark.title = glacis::shown(m_estate.name(party.node));
            const int named = static_cast<int>(party.namedBy.size());
            mark.subtitle = named == 1 ? Texts::tr("named by 1 policy") : Texts::tr("named by %1 policies").arg(named);
            mark.kindText = roleText(party.role);
            mark.tooltip = mark.kindText + QLatin1Char('\n') + mark.title;
            m_scene.marks.push_back(mark);
            top += partyHeight + partyGap;
        }
    }

    static QString roleText(OutsideParty::Role role)
    {
        switch (role) {
        case OutsideParty::Role::ForeignAccount:
            return Texts::tr("Account of somebody else");
        case OutsideParty::Role::IdentityProvider:
            return Texts::tr("Identity provider that signs your people in");
        case OutsideParty::Role::ForeignPrincipal:
            break;
        }
        return Texts::tr("Identity of somebody else");
    }

    void addLegend()
    {
        using Entry = Scene::LegendEntry;
        const auto hue = [&](ZoneHue which, const QString& text) {
            Entry entry;
            entry.kind = Entry::Kind::Hue;
            entry.hue = which;
            entry.text = text;
            m_scene.legend.push_back(entry);
        };
        hue(ZoneHue::Customer, Texts::tr("You secure it"));
        hue(ZoneHue::Provider, Texts::tr("The provider secures it"));
        Entry split;
        split.kind = Entry::Kind::SplitHue;
        split.hue = ZoneHue::Customer;
        split.secondHue = ZoneHue::Provider;
        split.text = Texts::tr("Both have a part");
        m_scene.legend.push_back(split);
        Entry line;
        line.kind = Entry::Kind::Boundary;
        line.text = Texts::tr("Below it all is the provider's");
        m_scene.legend.push_back(line);
        Entry badge;
        badge.kind = Entry::Kind::State;
        badge.state = MarkState::Violation;
        badge.text = Texts::tr("Number of things with open findings");
        m_scene.legend.push_back(badge);
    }

    const Estate& m_estate;
    const ResponsibilityAnswers& m_answers;
    const ResponsibilityPicture& m_picture;
    const ResponsibilityTable& m_table;
    std::vector<std::size_t> m_columns; ///< that are shown
    MatrixPlan m_plan;
    Scene m_scene;
};

} // namespace

Scene responsibilityScene(const Estate& estate, const ResponsibilityAnswers& answers, bool withEmptyModels)
{
    return Builder(estate, answers, withEmptyModels).built();
}

MarkId responsibilityCellMark(const ResponsibilityPicture& picture, std::uint32_t column, std::uint32_t layer)
{
    return markOf(cellKind, column * static_cast<std::uint32_t>(picture.table->layers.size()) + layer);
}

MarkId outsidePartyMark(std::uint32_t party)
{
    return markOf(partyKind, party);
}

Selected responsibilitySelection(const Answers& answers, MarkId id)
{
    if (id == 0 || !answers.responsibility)
        return {};
    if (markKind(id) == partyKind)
        return Selected::outsideParty(answers, markRow(id));
    if (markKind(id) != cellKind)
        return {};
    const auto layers = static_cast<std::uint32_t>(answers.responsibility->picture.table->layers.size());
    return Selected::cell(answers, markRow(id) / layers, markRow(id) % layers);
}

} // namespace glacis
