// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/answers.h"
#include "document/selected.h"

#include <QWidget>

#include <array>
#include <cstdint>

class QTabWidget;

namespace glacis {

class ImportPage;
class TablePage;

/// The tables below the picture. What is selected in one is selected everywhere.
class Drawer : public QWidget {
    Q_OBJECT
public:
    enum class Page : std::uint8_t {
        Findings,
        ToldFindings,
        Violations,
        Paths,
        Privileges,
        Changes,
        Ledger,
        Missing,
        Count
    };

    explicit Drawer(QWidget* parent = nullptr);

    void setAnswers(const Answers& answers);
    void setSelected(const Selected& selected);
    void showPage(Page page);
    [[nodiscard]] Page page() const;
    [[nodiscard]] ImportPage& importPage() { return *m_import; }
    /// Of any page but the ledger's.
    [[nodiscard]] TablePage& tableOf(Page page) { return *m_pages[static_cast<std::size_t>(page)]; }

Q_SIGNALS:
    void picked(const glacis::Selected& selected);
    /// A change that is tried out is to be taken back.
    void trialDropped(std::size_t at);
    void opened(const glacis::Selected& selected);

private:
    struct Shown {
        const void* answer = nullptr;
        bool busy = false;
        bool operator==(const Shown&) const = default;
    };

    QTabWidget* m_tabs = nullptr;
    std::array<TablePage*, static_cast<std::size_t>(Page::Count)> m_pages{}; ///< null where the page is no table
    ImportPage* m_import = nullptr;
    std::array<Shown, static_cast<std::size_t>(Page::Count)> m_shown{};
};

} // namespace glacis
