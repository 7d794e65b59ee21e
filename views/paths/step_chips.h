// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/answers.h"

#include <QWidget>

#include <array>

class QToolButton;

namespace glacis {

/// Which steps paths may use: a chip for each kind with how many there are, and one for those with open conditions.
class StepChips : public QWidget {
    Q_OBJECT
public:
    explicit StepChips(QWidget* parent = nullptr);

    /// Null: nothing is known yet.
    void setGraph(const AttackGraph* graph);
    [[nodiscard]] StepFilter filter() const;
    [[nodiscard]] int off() const; ///< how many chips are off
    void turnAllOn();

Q_SIGNALS:
    void changed();

private:
    static constexpr std::size_t m_kinds = 5;
    static constexpr std::size_t m_open = m_kinds; ///< the chip of open conditions, after the kinds
    std::array<QToolButton*, m_kinds + 1> m_chips{};
};

} // namespace glacis
