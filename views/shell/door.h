// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "theme/glyphs.h"

#include <QAbstractButton>

namespace glacis {

/// A large choice: a glyph, a title and a sentence on a card that is pressed as a whole.
class Door final : public QAbstractButton {
    Q_OBJECT
public:
    Door(Glyph glyph, const QString& title, const QString& sentence, QWidget* parent = nullptr);

    /// The one that most people want stands out.
    void setPrimary(bool primary);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;
    [[nodiscard]] bool hasHeightForWidth() const override { return true; }
    [[nodiscard]] int heightForWidth(int width) const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    void enterEvent(QEnterEvent* event) override;
    void leaveEvent(QEvent* event) override;

private:
    [[nodiscard]] QFont titleFont() const;
    [[nodiscard]] QRect textRect(int width) const;

    Glyph m_glyph;
    QString m_sentence;
    bool m_primary = false;
};

} // namespace glacis
