// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStyledItemDelegate>

namespace glacis {

struct FactRow;
class FactsModel;

/// Lays out and paints one line of an explanation; as high as its wrapped text needs.
class FactsDelegate final : public QStyledItemDelegate {
    Q_OBJECT
public:
    FactsDelegate(const FactsModel& model, QObject* parent) : QStyledItemDelegate(parent), m_model(model) { }

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

private:
    const FactsModel& m_model;
};

} // namespace glacis
