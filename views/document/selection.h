// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/selected.h"

#include <QObject>
#include <QString>

#include <functional>
#include <vector>

namespace glacis {

/// The one selection of the program and the view it is looked at in, with the way that led there.
class Selection : public QObject {
    Q_OBJECT
public:
    struct Stop {
        QString view;
        Selected selected;
        bool operator==(const Stop&) const = default;
    };

    using QObject::QObject;

    [[nodiscard]] const Selected& current() const { return m_stops[m_at].selected; }
    [[nodiscard]] const QString& view() const { return m_stops[m_at].view; }
    [[nodiscard]] bool canGoBack() const { return m_at > 0; }
    [[nodiscard]] bool canGoForward() const { return m_at + 1 < m_stops.size(); }

    void select(const Selected& selected) { visit({view(), selected}); }
    void showView(const QString& name) { visit({name, current()}); }
    /// Both at once, as one step of the way.
    void visit(const Stop& stop);
    void back();
    void forward();
    /// Forgets the way, for another document; the view stays.
    void reset();
    /// Violations become the things that they are of: their positions hold for one judgement only.
    void forgetViolations();
    /// Keeps the way though other answers stand for the same things.
    void carryOver();
    /// Keeps the way though the document was read again: things become those of the same id, positions are dropped.
    /// Tells nobody, as nobody has the other things yet.
    void translate(const std::function<std::vector<NodeId>(const std::vector<NodeId>&)>& same);

Q_SIGNALS:
    void selected(const glacis::Selected& selected);
    void viewChanged(const QString& name);
    void wayChanged();

private:
    void moveTo(std::size_t at, const Stop& before);

    static constexpr std::size_t m_longest = 200;
    std::vector<Stop> m_stops{Stop{}};
    std::size_t m_at = 0;
};

} // namespace glacis
