// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/answers.h"
#include "glacis/change_bar.h"

namespace glacis {

/// Says what the saves since a design was opened have changed.
class RereadBar : public ChangeBar {
    Q_OBJECT
public:
    explicit RereadBar(QWidget* parent = nullptr);

    void setAnswers(const Answers& answers);

Q_SIGNALS:
    /// The next things that came or changed are to be selected.
    void showWanted();
    /// What stands now is what later saves are held against.
    void startWanted();
};

/// Which files can't be read as they stand, one sentence; empty when all can.
[[nodiscard]] QString heldSentence(const Answers& answers);

} // namespace glacis
