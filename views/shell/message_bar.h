// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "canvas/scene.h"

#include <QFrame>

#include <functional>
#include <vector>

class QHBoxLayout;
class QLabel;

namespace glacis {

/// A sentence above the picture with what can be done about it; never in the way, and closed when it was read.
class MessageBar : public QFrame {
    Q_OBJECT
public:
    struct Choice {
        QString title;
        std::function<void()> run;
    };

    explicit MessageBar(QWidget* parent = nullptr);

    void say(MarkState state, const QString& sentence, std::vector<Choice> choices = {});
    [[nodiscard]] QString sentence() const;
    /// Takes the choice of a title, as a click does; false when there is none.
    bool choose(const QString& title);

Q_SIGNALS:
    void closed();

private:
    QLabel* m_sign = nullptr;
    QLabel* m_text = nullptr;
    QHBoxLayout* m_choices = nullptr;
};

} // namespace glacis
