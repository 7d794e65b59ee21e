// SPDX-License-Identifier: GPL-3.0-or-later
#include "glacis/keys_dialog.h"

#include <QHeaderView>
#include <QMenuBar>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace glacis {

KeysDialog::KeysDialog(const QMenuBar& menus, QWidget* parent) : QDialog(parent)
{
    setWindowTitle(tr("Keys"));
    resize(460, 560);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    auto* list = new QTreeWidget(this);
    list->setHeaderLabels({tr("What"), tr("Key")});
    list->setRootIsDecorated(false);
    list->setFrameShape(QFrame::NoFrame);
    list->setAccessibleName(tr("Keys"));
    column->addWidget(list);
    const auto heading = [list](const QString& text) {
        auto* item = new QTreeWidgetItem(list, {text});
        QFont font = item->font(0);
        font.setWeight(QFont::DemiBold);
        item->setFont(0, font);
        item->setFlags(Qt::ItemIsEnabled);
        return item;
    };
    const auto row = [](QTreeWidgetItem* above, const QString& what, const QString& key) {
        new QTreeWidgetItem(above, {what, key});
    };
    for (const QAction* top : menus.actions()) {
        if (!top->menu())
            continue;
        QTreeWidgetItem* group = heading(QString(top->text()).remove(QLatin1Char('&')));
        for (const QAction* action : top->menu()->actions()) {
            if (!action->shortcut().isEmpty())
                row(group, QString(action->text()).remove(QLatin1Char('&')),
                    action->shortcut().toString(QKeySequence::NativeText));
        }
        group->setExpanded(true);
    }
    QTreeWidgetItem* picture = heading(tr("In a picture"));
    row(picture, tr("To the next neighbour in that direction"), tr("Arrows"));
    row(picture, tr("To the next in reading order"), tr("Tab, Shift+Tab"));
    row(picture, tr("Select; one more"), tr("Space; Shift+Space"));
    row(picture, tr("Open, close, go there"), tr("Enter"));
    row(picture, tr("Up to what holds it"), tr("Backspace"));
    row(picture, tr("Move the picture"), tr("Shift+Arrows"));
    row(picture, tr("Larger, smaller, 100 %, all"), tr("+  −  0  F"));
    row(picture, tr("Hide"), tr("H"));
    row(picture, tr("Select nothing; cancel what runs"), tr("Esc"));
    picture->setExpanded(true);
    list->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    list->header()->setSectionResizeMode(1, QHeaderView::ResizeToContents);
    list->header()->setStretchLastSection(false);
}

} // namespace glacis
