// SPDX-License-Identifier: GPL-3.0-or-later
#include "glacis/view_list.h"

#include "access_view/access_view.h"
#include "paths_view/paths_view.h"
#include "responsibility_view/responsibility_view.h"
#include "tiers_view/tiers_view.h"

#include <QCoreApplication>

namespace glacis {

namespace {

template <class T> View* make(QWidget* parent)
{
    return new T(parent);
}

QString words(const char* text)
{
    return QCoreApplication::translate("Views", text);
}

} // namespace

std::vector<ViewEntry> allViews()
{
    return {
        {QStringLiteral("tiers"), words(QT_TRANSLATE_NOOP("Views", "Tiers")),
            words(QT_TRANSLATE_NOOP(
                "Views", "Zones as lanes, what can reach what, and where it goes against the matrix")),
            2, Glyph::Tiers, make<TiersView>},
        {QStringLiteral("paths"), words(QT_TRANSLATE_NOOP("Views", "Paths")),
            words(QT_TRANSLATE_NOOP("Views", "The cheapest ways of an attacker, step by step")), 3, Glyph::Paths,
            make<PathsView>},
        {QStringLiteral("access"), words(QT_TRANSLATE_NOOP("Views", "Access")),
            words(QT_TRANSLATE_NOOP("Views", "Which identity may read, write and administer which store")), 4,
            Glyph::Key, make<AccessView>},
        {QStringLiteral("responsibility"), words(QT_TRANSLATE_NOOP("Views", "Responsibility")),
            words(QT_TRANSLATE_NOOP("Views", "Who has to secure which layer of which service")), 6,
            Glyph::Responsibility, make<ResponsibilityView>},
    };
}

} // namespace glacis
