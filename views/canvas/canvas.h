// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "canvas/camera.h"
#include "canvas/painter.h"
#include "canvas/scene.h"

#include <QBasicTimer>
#include <QPixmap>
#include <QWidget>

#include <memory>
#include <optional>

namespace glacis {

class LegendOverlay;
class Minimap;

/// The drawing surface that all views share: shows one scene and lets one walk through it by mouse and keyboard.
///
/// Keys: arrows go to the next neighbour in that direction, Tab and Shift+Tab through the reading order and out at its
/// end, Space selects, Shift+Space adds, Enter and double click activate, Backspace goes up, Shift+arrows pan, + and −
/// zoom (on a container that can open they open and close it), 0 shows 100 %, F fits, H hides, Esc clears the
/// selection, the Menu key opens the context menu. Shift+drag draws a frame that selects. All other keys go to the
/// parent, so a view adds its own.
class Canvas : public QWidget {
    Q_OBJECT
public:
    enum class KeepCamera : bool { No, Yes };

    explicit Canvas(QWidget* parent = nullptr);
    ~Canvas() override;

    /// Shows another scene. Selection, highlight and focus are kept as far as their ids are in it. The camera fits the
    /// new scene unless it is to be kept.
    void setScene(Scene scene, KeepCamera keep = KeepCamera::No);
    [[nodiscard]] const Scene& scene() const;
    [[nodiscard]] std::shared_ptr<const Scene> sharedScene() const;

    /// What is shown in the middle when the scene is empty: what would be here and how to get it.
    void setEmptyText(const QString& heading, const QString& sentence);

    void select(const QVector<MarkId>& ids);
    [[nodiscard]] QVector<MarkId> selection() const;
    /// Dims all but these; an empty list lights all again.
    void highlight(const QVector<MarkId>& ids);

    /// Moves the camera so that the element is in the middle, and near enough to be shown by itself. False when no
    /// element has this id.
    bool centreOn(MarkId id);
    /// Moves the camera only as far as needed.
    bool ensureVisible(MarkId id);
    void fit();
    /// As large as it fits above the legend.
    void fitTo(const QRectF& sceneRect);
    /// All of these, as large as they fit; nothing happens when none is in the scene.
    void fitTo(const QVector<MarkId>& ids);
    void zoomBy(double factor);
    void zoomTo(double scale);

    [[nodiscard]] Camera camera() const { return m_camera; }
    void setCamera(const Camera& camera);

    /// The element that the keyboard is on.
    [[nodiscard]] ElementRef focusedElement() const { return m_emphasis.focused; }
    [[nodiscard]] MarkId focusedId() const;
    void setFocusedElement(ElementRef element);
    [[nodiscard]] ElementRef elementAt(QPoint viewPoint) const;
    /// Where an element is in the widget, clipped to nothing.
    [[nodiscard]] QRectF viewRectOf(ElementRef element) const;

    void setMinimapVisible(bool visible);
    [[nodiscard]] bool isMinimapVisible() const { return m_minimapWanted; }
    void setLegendVisible(bool visible);
    [[nodiscard]] bool isLegendVisible() const { return m_legendWanted; }

    /// Whether marks can be dragged to another lane.
    void setMovable(bool movable) { m_movable = movable; }

    /// The elements in view that assistive tools are told of, in reading order, at most 400.
    [[nodiscard]] const QVector<ElementRef>& accessibleElements() const;
    /// Place of an element among its neighbours in the same container, from 1, and their number.
    [[nodiscard]] std::pair<int, int> placeOf(ElementRef element) const;

    [[nodiscard]] const ScenePainter& painter() const { return *m_painter; }
    [[nodiscard]] QSize sizeHint() const override { return {900, 600}; }

Q_SIGNALS:
    void selectionChanged(const QVector<glacis::MarkId>& ids);
    /// Enter or double click: open, close, go there.
    void activated(glacis::MarkId id);
    /// The pointer is over another element; 0 when over none.
    void hovered(glacis::MarkId id);
    /// The keyboard is on another element.
    void focusMoved(glacis::MarkId id);
    /// Right click or Menu key; 0 when over none. What is under the pointer is selected first.
    void contextRequested(glacis::MarkId id, const QPoint& globalPosition);
    void hideRequested(const QVector<glacis::MarkId>& ids);
    /// + or − on a container that can open.
    void openRequested(glacis::MarkId id, bool open);
    /// Marks were dropped on another lane.
    void moved(const QVector<glacis::MarkId>& ids, glacis::MarkId lane);
    void upRequested();
    void cameraChanged(const glacis::Camera& camera);

protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool focusNextPrevChild(bool next) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void changeEvent(QEvent* event) override;
    void timerEvent(QTimerEvent* event) override;

private:
    struct Drag {
        enum class Kind : std::uint8_t { Pan, Frame, Marks };
        Kind kind = Kind::Pan;
        QPoint start;
        QPointF centreAtStart;
        bool moved = false;
        ElementRef mark = {}; ///< that is moved
    };

    void rebuildPainter();
    void showFirstSight();
    [[nodiscard]] QRectF extentOf(const QVector<MarkId>& ids) const;
    [[nodiscard]] Camera fitting(const QRectF& sceneRect) const;
    void moveCamera(const Camera& camera);
    void invalidatePicture();
    void paintPicture(QPainter& painter);
    void refillPicture(const QRect& wanted);
    void paintOverlays(QPainter& painter);
    void paintEmptyText(QPainter& painter);
    void paintDrag(QPainter& painter);
    void dropMarks(const Drag& drag);
    [[nodiscard]] int laneAt(QPoint viewPoint) const;
    void placeOverlays();
    void refreshColours();
    void setHovered(ElementRef element);
    void clickOn(ElementRef element, bool add);
    void selectInFrame(const QRect& frame, bool add);
    void setSelection(const QSet<MarkId>& ids);
    void activate(ElementRef element);
    bool moveFocus(Qt::Key key);
    bool moveFocusInOrder(int step);
    bool handleCameraKey(QKeyEvent* event);
    bool handleElementKey(QKeyEvent* event);
    void showElement(ElementRef element);
    void announceFocus();
    void announceElements();
    [[nodiscard]] PaintView viewNow() const;

    std::shared_ptr<const Scene> m_scene;
    std::unique_ptr<ScenePainter> m_painter;
    Camera m_camera;
    Emphasis m_emphasis;
    std::optional<Drag> m_drag;
    QPoint m_dragNow;
    QRectF m_fitted; ///< what was last fitted, and where the camera stood then
    Camera m_fittedBy;
    bool m_fitPending = true; ///< the scene was set before the widget had its size
    bool m_focusRing = false;
    bool m_movable = false;

    /// The picture without emphasis, larger than the view so that panning only copies.
    struct Picture {
        QPixmap pixmap;
        QPoint origin; ///< view pixels from the scene's origin, at `scale`
        double scale = 0;
        PaintReport report;
        bool pieced = false; ///< put together from strips while panning; painted anew when the pan rests
    };
    Picture m_picture;
    QBasicTimer m_rest;

    Minimap* m_minimap = nullptr;
    LegendOverlay* m_legend = nullptr;
    bool m_minimapWanted = true;
    bool m_legendWanted = true;
    QString m_emptyHeading;
    QString m_emptySentence;

    mutable QVector<ElementRef> m_readingOrder; ///< all elements with an id; made when first asked for
    mutable bool m_readingOrderKnown = false;
    mutable QVector<ElementRef> m_accessible;
    mutable bool m_accessibleKnown = false;

    [[nodiscard]] const QVector<ElementRef>& readingOrder() const;
};

/// Lets assistive tools see into every canvas; called once at start. Calling it again does nothing.
void installCanvasAccessibility();

} // namespace glacis
