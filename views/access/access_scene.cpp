// SPDX-License-Identifier: GPL-3.0-or-later
#include "access_view/access_scene.h"

#include "document/labels.h"
#include "marks/marks.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>

namespace glacis {

namespace {

constexpr double nameWidth = 250;
constexpr double totalWidth = 62;
constexpr double rowHeight = 26;
constexpr double columnWidth = 40;
constexpr double titleHeight = 168;
constexpr double bandHeight = 26; ///< of a group's title
constexpr double narrowBand = 120; ///< shows what kind the group is and no title
constexpr std::size_t fieldsDrawn = 12000; ///< with more, empty fields are left out

class Texts {
    Q_DECLARE_TR_FUNCTIONS(AccessScene)
};

QString letters(const AccessBits& bits)
{
    QString text;
    const std::pair<AccessLevel, QString> rows[] = {{AccessLevel::Read, Texts::tr("R")},
        {AccessLevel::Write, Texts::tr("W")}, {AccessLevel::Administer, Texts::tr("A")}};
    for (const auto& [level, letter] : rows) {
        if (bits.has(level))
            text += letter;
    }
    return text;
}

double shadeOf(const AccessBits& bits)
{
    return bits.has(AccessLevel::Administer) ? 0.78 : bits.has(AccessLevel::Write) ? 0.42 : 0.14;
}

class Builder {
public:
    Builder(const Estate& estate, const AccessMatrix& matrix) : m_estate(estate), m_matrix(matrix) { }

    Scene built()
    {
        m_scene.title = Texts::tr("Access");
        m_scene.subtitle = Texts::tr("Which identity may read, write and administer which store");
        if (m_matrix.cells.empty())
            return std::move(m_scene);
        place();
        addPrincipals();
        addStores();
        addCells();
        addLegend();
        return std::move(m_scene);
    }

private:
    static bool startsGroup(const AccessAxis& axis, std::size_t line)
    {
        return line == 0 || axis.lines[line].group != axis.lines[line - 1].group;
    }

    /// Rows and columns with their groups apart; names and totals are two columns and one row before the fields.
    void place()
    {
        double y = titleHeight + bandHeight + rowHeight + 10;
        for (std::size_t i = 0; i < m_matrix.principals.lines.size(); ++i) {
            if (startsGroup(m_matrix.principals, i))
                y += bandHeight + (i == 0 ? 0 : 6);
            m_rows.push_back(y);
            y += rowHeight + 2;
        }
        double x = nameWidth + totalWidth + 10;
        for (std::size_t i = 0; i < m_matrix.stores.lines.size(); ++i) {
            if (i > 0 && startsGroup(m_matrix.stores, i))
                x += 14;
            m_columns.push_back(x);
            x += columnWidth + 2;
        }
    }

    QString titleOfGroup(const AccessAxis::Group& group) const
    {
        QString title = titleOf(group.key.first);
        if (group.key.second != noNode)
            title += QStringLiteral(" · ") + nameOf(m_estate, group.key.second);
        return title;
    }

    QString titleOfLine(const AccessAxis& axis, const AccessAxis::Line& line) const
    {
        if (line.more > 0)
            return Texts::tr("%L1 more, filter to see them").arg(line.more);
        if (line.isGroup)
            return Texts::tr("All %L1").arg(axis.groups[line.group].things);
        if (m_estate.kind(line.things.front()) == Kind::Internet)
            return Texts::tr("Anyone on the internet");
        QString title = nameOf(m_estate, line.things.front());
        if (line.things.size() > 1)
            title += QStringLiteral("  ×") + QLocale().toString(static_cast<qulonglong>(line.things.size()));
        return title;
    }

    QString tooltipOf(const AccessAxis::Line& line) const
    {
        QString text = namesOf(m_estate, line.things, 12);
        if (line.things.size() == 1)
            text = shown(m_estate.id(line.things.front()));
        else if (!line.isGroup && line.more == 0)
            text += QLatin1Char('\n') + Texts::tr("They have the same access, so they are one line.");
        return text;
    }

    QString totalText(const AccessAxis::Line& line) const
    {
        return Texts::tr("reads %L1, writes %L2, administers %L3")
            .arg(line.total[0])
            .arg(line.total[1])
            .arg(line.total[2]);
    }

    Scene::Cell header(MarkId id, const QRectF& rect, const QString& text) const
    {
        Scene::Cell cell;
        cell.id = id;
        cell.rect = rect;
        cell.header = true;
        cell.text = text;
        cell.alignment = Qt::AlignLeft | Qt::AlignVCenter;
        return cell;
    }

    static std::size_t widest(const AccessAxis::Line& line)
    {
        return *std::max_element(line.total.begin(), line.total.end());
    }

    using Cell = Scene::Cell; // a name that translation tools can follow

    Cell groupBand(MarkId id, const QRectF& rect, const AccessAxis::Group& group) const
    {
        Cell band = header(id, rect,
            QStringLiteral("%1  %2").arg(
                titleOfGroup(group), QLocale().toString(static_cast<qulonglong>(group.things))));
        band.glyph = group.folded ? Glyph::ChevronRight : Glyph::ChevronDown;
        band.kindText = Texts::tr("group");
        band.accessibleText = band.text;
        band.tooltip = band.text + QLatin1Char('\n')
            + (group.folded ? Texts::tr("Double click or Enter shows its different lines: %L1").arg(group.classes)
                            : Texts::tr("Double click or Enter folds the group"));
        if (rect.width() < narrowBand) {
            band.text.clear();
            band.glyph = glyphOf(group.key.first);
            band.alignment = Qt::AlignCenter;
        }
        return band;
    }

    void addPrincipals()
    {
        const AccessAxis& axis = m_matrix.principals;
        for (std::size_t i = 0; i < axis.lines.size(); ++i) {
            const AccessAxis::Line& line = axis.lines[i];
            const auto row = static_cast<std::uint32_t>(i);
            if (startsGroup(axis, i))
                m_scene.cells.push_back(groupBand(markOf(access_mark::principalGroup, line.group),
                    {0, m_rows[i] - bandHeight, nameWidth + totalWidth, bandHeight}, axis.groups[line.group]));
            Scene::Cell name = header(markOf(access_mark::principal, row), {14, m_rows[i], nameWidth - 14, rowHeight},
                titleOfLine(axis, line));
            name.glyph = glyphOf(m_estate.kind(line.things.front()));
            name.tooltip = tooltipOf(line) + QLatin1Char('\n') + totalText(line);
            name.kindText = titleOf(m_estate.kind(line.things.front()));
            name.accessibleText = QStringLiteral("%1, %2").arg(name.text, totalText(line));
            m_scene.cells.push_back(name);
            Scene::Cell total = header(0, {nameWidth, m_rows[i], totalWidth, rowHeight},
                QLocale().toString(static_cast<qulonglong>(widest(line))));
            total.alignment = Qt::AlignRight | Qt::AlignVCenter;
            total.tooltip = totalText(line);
            m_scene.cells.push_back(total);
        }
    }

    void addStores()
    {
        const AccessAxis& axis = m_matrix.stores;
        Scene::Label caption;
        caption.rect = {0, titleHeight + bandHeight, nameWidth + totalWidth - 8, rowHeight};
        caption.text = Texts::tr("how many at most, of the other side");
        caption.alignment = Qt::AlignRight | Qt::AlignVCenter;
        caption.role = TextRole::Caption;
        caption.muted = true;
        m_scene.labels.push_back(caption);
        for (std::size_t i = 0; i < axis.lines.size(); ++i) {
            const AccessAxis::Line& line = axis.lines[i];
            if (startsGroup(axis, i)) {
                std::size_t last = i;
                while (last + 1 < axis.lines.size() && axis.lines[last + 1].group == line.group)
                    ++last;
                m_scene.cells.push_back(groupBand(markOf(access_mark::storeGroup, line.group),
                    {m_columns[i] - 6, 0, m_columns[last] + columnWidth - m_columns[i] + 12, bandHeight},
                    axis.groups[line.group]));
            }
            Scene::Cell name = header(markOf(access_mark::store, static_cast<std::uint32_t>(i)),
                {m_columns[i], bandHeight, columnWidth, titleHeight}, titleOfLine(axis, line));
            name.tooltip = tooltipOf(line) + QLatin1Char('\n')
                + Texts::tr("read by %L1, written by %L2, administered by %L3")
                      .arg(line.total[0])
                      .arg(line.total[1])
                      .arg(line.total[2]);
            name.kindText = titleOf(m_estate.kind(line.things.front()));
            m_scene.cells.push_back(name);
            Scene::Cell total = header(0, {m_columns[i], titleHeight + bandHeight, columnWidth, rowHeight},
                QLocale().toString(static_cast<qulonglong>(widest(line))));
            total.alignment = Qt::AlignCenter;
            total.tooltip = name.tooltip;
            m_scene.cells.push_back(total);
        }
    }

    void addCells()
    {
        const std::size_t columns = m_matrix.stores.lines.size();
        const bool all = m_matrix.cells.size() <= fieldsDrawn;
        for (std::size_t at = 0; at < m_matrix.cells.size(); ++at) {
            const AccessBits& bits = m_matrix.cells[at];
            if (bits.none() && !all)
                continue;
            Scene::Cell cell;
            cell.rect = {m_columns[at % columns], m_rows[at / columns], columnWidth, rowHeight};
            if (!bits.none()) {
                const AccessAxis::Line& who = m_matrix.principals.lines[at / columns];
                const AccessAxis::Line& what = m_matrix.stores.lines[at % columns];
                cell.id = markOf(access_mark::cell, static_cast<std::uint32_t>(at));
                cell.text = letters(bits);
                cell.hue = ZoneHue::Data;
                cell.shade = shadeOf(bits);
                cell.hatched = bits.conditional();
                cell.kindText = Texts::tr("access");
                cell.accessibleText = Texts::tr("%1 %2 %3")
                                          .arg(titleOfLine(m_matrix.principals, who), accessText(bits),
                                              titleOfLine(m_matrix.stores, what));
                cell.tooltip = cell.accessibleText;
            }
            m_scene.cells.push_back(cell);
        }
    }

    void addLegend()
    {
        using Entry = Scene::LegendEntry;
        const auto text = [&](const QString& words) {
            Entry entry;
            entry.kind = Entry::Kind::Text;
            entry.text = words;
            m_scene.legend.push_back(entry);
        };
        text(Texts::tr("R reads · W writes · A administers; the stronger the colour, the more"));
        text(Texts::tr("Hatched: only under conditions"));
    }

    const Estate& m_estate;
    const AccessMatrix& m_matrix;
    std::vector<double> m_rows;
    std::vector<double> m_columns;
    Scene m_scene;
};

} // namespace

Scene accessScene(const Estate& estate, const AccessMatrix& matrix)
{
    return Builder(estate, matrix).built();
}

QString accessText(const AccessBits& bits)
{
    QStringList words;
    if (bits.has(AccessLevel::Read))
        words << Texts::tr("may read");
    if (bits.has(AccessLevel::Write))
        words << Texts::tr("may write");
    if (bits.has(AccessLevel::Administer))
        words << Texts::tr("may administer");
    const QString text = words.join(QStringLiteral(", "));
    return bits.conditional() ? Texts::tr("%1 under conditions").arg(text) : text;
}

} // namespace glacis
