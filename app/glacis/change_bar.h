// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "theme/glyphs.h"

#include <QFrame>

class QLabel;
class QPushButton;

namespace glacis {

/// A line above the picture that says in what it differs from what stood before, with what can be done about it.
class ChangeBar : public QFrame {
    Q_OBJECT
public:
    ChangeBar(Glyph glyph, const QString& name, QWidget* parent);

    /// Hides itself when there is nothing to say.
    void say(const QString& sentence, const QString& tip = {});
    [[nodiscard]] QString sentence() const;

protected:
    QPushButton* addButton(const QString& title, const QString& hint, const char* name);
    void changeEvent(QEvent* event) override;

private:
    void refreshSign();

    Glyph m_glyph;
    QLabel* m_sign;
    QLabel* m_text;
};

} // namespace glacis
