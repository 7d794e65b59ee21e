// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "marks/canvas_view.h"
#include "tiers_view/tiers_scene.h"

class QActionGroup;
class QLabel;
class QMenu;
class QToolButton;

namespace glacis {

class MatrixPanel;
class ProbePanel;

/// Zones as lanes and flows as arrows, judged against the matrix. Keys besides those of the canvas: P probes, R shows
/// what can reach the selected, Shift+R what the selected can reach, M the matrix, Esc ends what was begun.
class TiersView : public CanvasView {
    Q_OBJECT
public:
    explicit TiersView(QWidget* parent = nullptr);

    void setAnswers(const Answers& answers) override;
    [[nodiscard]] QString summary() const override;
    [[nodiscard]] Scene scene() const override;
    void fit() override;

    void setSide(TiersSide side);
    void setMatrixShown(bool shown);
    void setProbing(bool probing);
    enum class Direction : std::uint8_t { To, From };
    /// Lights what can open a connection to these things, or what these can open one to.
    void showReach(const std::vector<NodeId>& things, Direction direction);
    [[nodiscard]] const TiersOptions& options() const { return m_options; }
    /// What the menu on an element offers.
    void fillMenu(QMenu& menu, MarkId id);

protected:
    [[nodiscard]] Selected selectedOf(const QVector<MarkId>& ids) const override;
    [[nodiscard]] QVector<MarkId> idsOf(const Selected& selected) const override;
    void selectionShown(const Selected& selected) override;
    void keyPressEvent(QKeyEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    QToolButton* chip(const QString& text, const QString& hint, bool checked);
    QToolButton* filter(const QString& text, const QString& hint, bool TiersOptions::*option);
    void makeBar();
    void makePanels();
    void fillFilters();
    void refreshFilters();
    void rebuild(Canvas::KeepCamera keep);
    void setOpen(MarkId id, bool open);
    void toggle(MarkId id);
    void goUp();
    void hide(const QVector<MarkId>& ids);
    void moveTo(const std::vector<NodeId>& things, std::uint32_t zone);
    void forgetMoves(const std::vector<NodeId>& things);
    void say(const QString& note);
    void endReach();
    void drawProbe();
    [[nodiscard]] std::vector<NodeId> thingsOf(MarkId id) const;
    [[nodiscard]] std::vector<NodeId> selectedThings() const;
    [[nodiscard]] MarkId markFor(NodeId thing) const;

    Answers m_answers;
    TiersOptions m_options;
    TiersPicture m_picture;
    QToolButton* m_sides[3] = {};
    QToolButton* m_filters[3] = {};
    QToolButton* m_more = nullptr; ///< further filters
    QToolButton* m_probe = nullptr;
    QToolButton* m_grid = nullptr;
    QLabel* m_note = nullptr;
    ProbePanel* m_probePanel = nullptr;
    MatrixPanel* m_matrix = nullptr;
    bool m_reachShown = false;
    bool m_probeDrawn = false;
};

} // namespace glacis
