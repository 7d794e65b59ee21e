// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/selection.h"

namespace glacis {

void Selection::visit(const Stop& stop)
{
    const Stop before = m_stops[m_at];
    if (stop == before)
        return;
    m_stops.resize(m_at + 1);
    // A first look at nothing is no stop that anyone would go back to.
    if (before.view.isEmpty())
        m_stops.back() = stop;
    else
        m_stops.push_back(stop);
    if (m_stops.size() > m_longest)
        m_stops.erase(m_stops.begin());
    moveTo(m_stops.size() - 1, before);
}

void Selection::back()
{
    if (canGoBack())
        moveTo(m_at - 1, Stop(m_stops[m_at]));
}

void Selection::forward()
{
    if (canGoForward())
        moveTo(m_at + 1, Stop(m_stops[m_at]));
}

void Selection::reset()
{
    const Stop before = m_stops[m_at];
    m_stops = {{before.view, {}}};
    moveTo(0, before);
}

void Selection::forgetViolations()
{
    const Stop before = m_stops[m_at];
    for (Stop& stop : m_stops) {
        if (stop.selected.as<subject::Violation>())
            stop.selected.subject = subject::Things{};
    }
    if (!(m_stops[m_at] == before))
        moveTo(m_at, before);
}

void Selection::carryOver()
{
    const Stop before = m_stops[m_at];
    for (Stop& stop : m_stops)
        stop.selected = stop.selected.carriedOver();
    moveTo(m_at, before);
}

void Selection::translate(const std::function<std::vector<NodeId>(const std::vector<NodeId>&)>& same)
{
    for (Stop& stop : m_stops)
        stop.selected = Selected::of(same(stop.selected.things));
}

void Selection::moveTo(std::size_t at, const Stop& before)
{
    m_at = at;
    const Stop now = m_stops[m_at];
    if (now.view != before.view)
        Q_EMIT viewChanged(now.view);
    if (!(now.selected == before.selected))
        Q_EMIT selected(now.selected);
    Q_EMIT wayChanged();
}

} // namespace glacis
