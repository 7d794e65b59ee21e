// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "canvas/canvas.h"
#include "document/answers.h"
#include "document/selected.h"
#include "matrix/matrix_scene.h"

#include <QWidget>

class QLabel;

namespace glacis {

class PairEditor;

/// The zone matrix as a grid beside an editor of the field at hand. A field selects the connections that it counts; a
/// change is told, and comes back with the answers when it has been judged.
class MatrixPanel : public QWidget {
    Q_OBJECT
public:
    explicit MatrixPanel(QWidget* parent = nullptr);

    void setAnswers(const Answers& answers);
    [[nodiscard]] const Scene& scene() const { return m_canvas->scene(); }
    [[nodiscard]] Canvas& canvas() { return *m_canvas; }
    /// Reads a matrix from a file, JSON or CSV by its content; empty, or what went wrong.
    QString importFrom(const QString& path);
    /// Writes it, as CSV when the name ends so; empty, or what went wrong.
    [[nodiscard]] QString exportTo(const QString& path) const;

Q_SIGNALS:
    void picked(const glacis::Selected& selected);
    void policyWanted(const glacis::NetworkPolicy& policy, const QString& what);

private:
    void showCell(const QVector<MarkId>& ids);
    void change(const ZoneMatrix& matrix, const QString& what);
    void chooseImport();
    void chooseExport();

    Answers m_answers;
    MatrixPicture m_picture;
    Canvas* m_canvas = nullptr;
    PairEditor* m_editor = nullptr;
    QLabel* m_measure = nullptr;
    QLabel* m_problem = nullptr;
};

} // namespace glacis
