// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/selected.h"

#include <QModelIndexList>
#include <QWidget>

class QAbstractItemView;
class QHBoxLayout;
class QLabel;
class QLineEdit;
class QStackedWidget;

namespace glacis {

/// What every page of the drawer has: a list that is filtered by words and copied as tab-separated text, how many rows
/// it shows, and a sentence where there is none.
class ListPage : public QWidget {
    Q_OBJECT
public:
    void setFilter(const QString& words);
    /// Titles and the chosen rows, or all rows when none is chosen.
    [[nodiscard]] QString asText() const;

Q_SIGNALS:
    void picked(const glacis::Selected& selected);
    /// Double click or Enter: the place in the input is wanted.
    void opened(const glacis::Selected& selected);

protected:
    ListPage(const QString& filterName, QWidget* parent);

    /// Once, by the page's constructor.
    void setList(QAbstractItemView* list);
    /// Right of the count, before the button that copies.
    void addToBar(QWidget* widget);
    void setCount(const QString& text, bool canFilter);
    void setEmpty(const QString& sentence) const;
    void showEmpty(bool empty) const;
    /// Empties the field without filtering.
    void clearFilter();
    /// `pixels` at the width of letters that the columns were drawn for, and no less than the title needs.
    [[nodiscard]] int columnWidth(const QString& title, int pixels) const;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    virtual void filter(const QString& words) = 0;
    /// Of the list's model, in the order shown.
    [[nodiscard]] virtual QModelIndexList allRows() const = 0;
    /// Whether a row that is chosen stands for itself, not for others.
    [[nodiscard]] virtual bool isCopied(const QModelIndex& row) const
    {
        Q_UNUSED(row)
        return true;
    }
    void copy() const;

    QHBoxLayout* m_bar = nullptr;
    QLineEdit* m_filter = nullptr;
    QLabel* m_count = nullptr;
    QStackedWidget* m_stack = nullptr;
    QAbstractItemView* m_list = nullptr;
    QLabel* m_empty = nullptr;
};

} // namespace glacis
