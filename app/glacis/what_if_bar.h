// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/what_if.h"
#include "glacis/change_bar.h"

namespace glacis {

/// Says that what is shown is not what was imported, and what the changes did.
class WhatIfBar : public ChangeBar {
    Q_OBJECT
public:
    explicit WhatIfBar(QWidget* parent = nullptr);

    void setAnswers(const Answers& answers);

Q_SIGNALS:
    void listWanted();
    void undoWanted();
    void resetWanted();
};

/// "What-if, 2 changes: paths 13 → 10, violations 6 → 5, findings 40 → 40".
[[nodiscard]] QString whatIfSentence(const Answers& answers);

} // namespace glacis
