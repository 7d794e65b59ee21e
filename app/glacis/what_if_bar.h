// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/what_if.h"

#include <QFrame>

class QLabel;

namespace glacis {

/// Says over every view that what it shows was changed to try something out, and what that did.
class WhatIfBar final : public QFrame {
    Q_OBJECT
public:
    explicit WhatIfBar(QWidget* parent = nullptr);

    /// Hides itself when nothing is tried.
    void setAnswers(const Answers& answers);
    [[nodiscard]] QString sentence() const;

Q_SIGNALS:
    void listWanted();
    void undoWanted();
    void resetWanted();

private:
    void refreshSign();
    void changeEvent(QEvent* event) override;

    QLabel* m_sign;
    QLabel* m_text;
};

/// "What-if, 2 changes: paths 13 → 10, violations 6 → 5, findings 40 → 40".
[[nodiscard]] QString whatIfSentence(const Answers& answers);

} // namespace glacis
