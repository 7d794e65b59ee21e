// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/answers.h"
#include "document/selected.h"
#include "theme/glyphs.h"

#include <QAbstractListModel>
#include <QLineEdit>

#include <functional>

class QListView;

namespace glacis {

/// Something that the search field offers besides things of the estate: a view or a command.
struct SearchOffer {
    QString title;
    QString hint; ///< "View, Ctrl+2"
    Glyph glyph = Glyph::None;
    std::function<void()> run;
};

/// What was found for the words at hand, as the list below the field shows it.
class SearchResults final : public QAbstractListModel {
    Q_OBJECT
public:
    static constexpr int hintRole = Qt::UserRole;

    struct Row {
        QString title;
        QString hint;
        Glyph glyph = Glyph::None;
        Selected thing; ///< else the offer is run
        std::function<void()> run;
    };
    using QAbstractListModel::QAbstractListModel;
    void setRows(std::vector<Row> rows);
    [[nodiscard]] const Row& row(int at) const { return m_rows[static_cast<std::size_t>(at)]; }

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;

private:
    std::vector<Row> m_rows;
};

/// One field for things, views and commands. Results hang below it; arrows choose, Enter takes, Esc leaves.
class SearchField : public QLineEdit {
    Q_OBJECT
public:
    explicit SearchField(QWidget* parent = nullptr);

    void setAnswers(const Answers& answers);
    void setOffers(std::vector<SearchOffer> offers) { m_offers = std::move(offers); }
    [[nodiscard]] const SearchResults& results() const { return m_results; }
    [[nodiscard]] QWidget* popup() const;
    void take(int row);

Q_SIGNALS:
    void picked(const glacis::Selected& selected);

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void search();
    void place();
    void leave();

    std::shared_ptr<const Estate> m_estate;
    std::vector<SearchOffer> m_offers;
    SearchResults m_results;
    QListView* m_list = nullptr; ///< a child of the window, so that the field keeps the keyboard
};

} // namespace glacis
