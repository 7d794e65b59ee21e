// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "canvas/canvas.h"
#include "document/view.h"

class QHBoxLayout;
class QVBoxLayout;

namespace glacis {

/// A view that is one canvas with a bar of controls above it. It keeps what the canvas marks and the program's one
/// selection in step; what a mark stands for is for the view to say.
class CanvasView : public View {
    Q_OBJECT
public:
    explicit CanvasView(QWidget* parent = nullptr);

    void setSelected(const Selected& selected) final;
    [[nodiscard]] Scene scene() const override { return m_canvas->scene(); }
    void fit() override { m_canvas->fit(); }
    void readAgain(const Answers& answers, const Selected& selected) override;
    void setChanged(const std::vector<NodeId>& things) override { m_changed = things; }
    void showChanged() override;

protected:
    /// What the marked elements stand for, the last picked last.
    [[nodiscard]] virtual Selected selectedOf(const QVector<MarkId>& ids) const = 0;
    [[nodiscard]] virtual QVector<MarkId> idsOf(const Selected& selected) const = 0;
    /// The selection changed here or elsewhere.
    virtual void selectionShown(const Selected& /*selected*/) { }

    [[nodiscard]] Canvas& canvas() { return *m_canvas; }
    [[nodiscard]] const Canvas& canvas() const { return *m_canvas; }
    /// The row above the canvas; hidden while nothing was added.
    [[nodiscard]] QHBoxLayout& bar();
    [[nodiscard]] QHBoxLayout& body() { return *m_body; }
    [[nodiscard]] const Selected& selected() const { return m_selected; }
    /// Shows another scene and marks in it what is selected.
    void showScene(Scene scene, Canvas::KeepCamera keep = Canvas::KeepCamera::No);
    /// Selects here and tells the program.
    void pick(const Selected& selected);

private:
    void mark();
    void markChanged(Scene& scene) const;

    Canvas* m_canvas;
    QHBoxLayout* m_bar;
    QHBoxLayout* m_body;
    QWidget* m_barWidget;
    Selected m_selected;
    std::vector<NodeId> m_changed; ///< since the document was opened
    Scene m_unmarked; ///< what is shown without the marks of what changed; empty when there are none
    bool m_keepsPlace = false; ///< the next picture is of the same document, read again
    bool m_staysPut = false; ///< what is selected now was selected before
};

} // namespace glacis
