// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "inspector/excerpt.h"

#include <QPlainTextEdit>

namespace glacis {

/// Lines of a source, read only, with their numbers and the part that is meant marked.
class SourceView final : public QPlainTextEdit {
    Q_OBJECT
public:
    explicit SourceView(QWidget* parent = nullptr);

    void show(const Excerpt& excerpt);
    [[nodiscard]] const Excerpt& excerpt() const { return m_excerpt; }
    [[nodiscard]] int gutterWidth() const;
    void paintGutter(QPaintEvent* event);

protected:
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void markLines();
    void placeGutter();
    [[nodiscard]] bool isMarked(int line) const { return line >= m_excerpt.markedFrom && line <= m_excerpt.markedTo; }

    Excerpt m_excerpt;
    QWidget* m_gutter = nullptr;
};

} // namespace glacis
