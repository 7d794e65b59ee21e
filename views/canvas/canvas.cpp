// SPDX-License-Identifier: GPL-3.0-or-later
#include "canvas/canvas.h"

#include "canvas/legend.h"
#include "canvas/minimap.h"
#include "canvas/navigation.h"
#include "canvas/text_cache.h"

#include <QAccessible>
#include <QContextMenuEvent>
#include <QHelpEvent>
#include <QMouseEvent>
#include <QNativeGestureEvent>
#include <QPaintEvent>
#include <QPainter>
#include <QStyle>
#include <QTimerEvent>
#include <QToolTip>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

namespace glacis {

namespace {

/// Of the picture around the view, painted ahead for panning; view pixels.
constexpr int panMargin = 160;
constexpr int restMilliseconds = 140;
constexpr int overlayMargin = 12;
constexpr int mostAccessible = 400;
/// An element that is looked for is shown at least at this scale.
constexpr double readableScale = 0.7;
constexpr double overviewScale = 0.5; ///< below it most titles are gone

/// The same point on the pixel grid of the screen, so that a kept picture is copied without blur.
QPointF onPixels(QPointF point, double ratio)
{
    return {std::round(point.x() * ratio) / ratio, std::round(point.y() * ratio) / ratio};
}

QSet<MarkId> known(const ScenePainter& painter, const QSet<MarkId>& ids)
{
    QSet<MarkId> kept;
    for (const MarkId id : ids) {
        if (!painter.elementsOf(id).isEmpty())
            kept.insert(id);
    }
    return kept;
}

QVector<MarkId> sorted(const QSet<MarkId>& ids)
{
    QVector<MarkId> list(ids.begin(), ids.end());
    std::sort(list.begin(), list.end());
    return list;
}

} // namespace

Canvas::Canvas(QWidget* parent) : QWidget(parent), m_scene(std::make_shared<const Scene>())
{
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setAttribute(Qt::WA_OpaquePaintEvent);
    setMinimumSize(160, 120);
    setAccessibleName(tr("Picture"));
    installCanvasAccessibility();
    rebuildPainter();
    m_minimap = new Minimap(this);
    m_legend = new LegendOverlay(this);
    placeOverlays();
}

Canvas::~Canvas() = default;

void Canvas::rebuildPainter()
{
    m_painter = std::make_unique<ScenePainter>(m_scene, currentTheme());
    invalidatePicture();
}

void Canvas::setScene(Scene scene, KeepCamera keep)
{
    const MarkId focused = focusedId();
    m_scene = std::make_shared<const Scene>(std::move(scene));
    m_readingOrderKnown = false;
    m_drag.reset();
    m_emphasis.hovered = {};
    m_emphasis.focused = {};
    rebuildPainter();
    m_emphasis.selected = known(*m_painter, m_emphasis.selected);
    m_emphasis.highlighted = known(*m_painter, m_emphasis.highlighted);
    const QVector<ElementRef> sameFocus = m_painter->elementsOf(focused);
    if (!sameFocus.isEmpty())
        m_emphasis.focused = sameFocus.front();
    m_legend->setEntries(m_scene->legend);
    m_minimap->refresh();
    placeOverlays();
    m_fitPending = m_fitPending || keep == KeepCamera::No;
    if (m_fitPending && isVisible())
        showFirstSight();
    setAccessibleDescription(
        m_scene->subtitle.isEmpty() ? m_scene->title : m_scene->title + QLatin1String(". ") + m_scene->subtitle);
    placeOverlays();
    announceElements();
    update();
}

const Scene& Canvas::scene() const
{
    return *m_scene;
}

std::shared_ptr<const Scene> Canvas::sharedScene() const
{
    return m_scene;
}

void Canvas::setEmptyText(const QString& heading, const QString& sentence)
{
    m_emptyHeading = heading;
    m_emptySentence = sentence;
    update();
}

void Canvas::select(const QVector<MarkId>& ids)
{
    m_emphasis.selected = known(*m_painter, QSet<MarkId>(ids.begin(), ids.end()));
    update();
}

QVector<MarkId> Canvas::selection() const
{
    return sorted(m_emphasis.selected);
}

void Canvas::highlight(const QVector<MarkId>& ids)
{
    m_emphasis.highlighted = known(*m_painter, QSet<MarkId>(ids.begin(), ids.end()));
    invalidatePicture();
}

bool Canvas::centreOn(MarkId id)
{
    const QVector<ElementRef> elements = m_painter->elementsOf(id);
    if (elements.isEmpty())
        return false;
    m_fitPending = false;
    Camera camera = m_camera;
    camera.centre = rectOf(*m_scene, elements.front()).center();
    if (!m_painter->isShown(elements.front(), camera.scale))
        camera.scale = std::max(camera.scale, readableScale);
    moveCamera(camera);
    return true;
}

bool Canvas::ensureVisible(MarkId id)
{
    const QVector<ElementRef> elements = m_painter->elementsOf(id);
    if (elements.isEmpty())
        return false;
    showElement(elements.front());
    return true;
}

void Canvas::fit()
{
    fitTo(m_painter->extent());
}

void Canvas::fitTo(const QRectF& sceneRect)
{
    m_fitPending = !isVisible();
    moveCamera(fitting(sceneRect));
    m_fitted = sceneRect;
    m_fittedBy = m_camera;
}

void Canvas::showFirstSight()
{
    fit();
    const QRectF first = extentOf(m_scene->firstSight);
    if (m_camera.scale >= overviewScale || first.isNull())
        return;
    fitTo(first);
    if (m_camera.scale >= overviewScale)
        return;
    // Where it begins, large enough to be read.
    Camera camera = m_camera;
    camera.scale = readableScale;
    camera.centre.setX(first.left() + width() / camera.scale / 2);
    moveCamera(camera);
}

Camera Canvas::fitting(const QRectF& sceneRect) const
{
    const int strip = m_legend && !m_legend->isHidden() ? m_legend->height() + overlayMargin : 0;
    Camera camera = Camera::fitting(sceneRect, QSize(width(), height() - strip));
    camera.centre.ry() += strip / 2.0 / camera.scale;
    return camera;
}

QRectF Canvas::extentOf(const QVector<MarkId>& ids) const
{
    QRectF all;
    for (const MarkId id : ids) {
        for (const ElementRef element : m_painter->elementsOf(id))
            all = all.united(rectOf(*m_scene, element));
    }
    // Room for the marks at the ends of links.
    constexpr double around = 120;
    return all.isNull() ? all : all.adjusted(-around, -around, around, around);
}

void Canvas::fitTo(const QVector<MarkId>& ids)
{
    if (const QRectF all = extentOf(ids); !all.isNull())
        fitTo(all);
}

void Canvas::zoomBy(double factor)
{
    zoomTo(m_camera.scale * factor);
}

void Canvas::zoomTo(double scale)
{
    moveCamera(m_camera.zoomedAt(QPointF(width() / 2.0, height() / 2.0), size(), scale));
}

void Canvas::setCamera(const Camera& camera)
{
    m_fitPending = false;
    moveCamera(camera);
}

void Canvas::moveCamera(const Camera& wanted)
{
    Camera camera = wanted;
    camera.scale = std::clamp(camera.scale, Camera::smallest, Camera::largest);
    const QRectF extent = m_painter->extent();
    if (!extent.isEmpty()) {
        camera.centre.setX(std::clamp(camera.centre.x(), extent.left(), extent.right()));
        camera.centre.setY(std::clamp(camera.centre.y(), extent.top(), extent.bottom()));
    }
    const QPointF half(width() / 2.0, height() / 2.0);
    camera.centre = (onPixels(camera.centre * camera.scale - half, devicePixelRatioF()) + half) / camera.scale;
    if (camera == m_camera)
        return;
    m_camera = camera;
    m_accessibleKnown = false;
    placeOverlays();
    update();
    Q_EMIT cameraChanged(m_camera);
}

MarkId Canvas::focusedId() const
{
    return idOf(*m_scene, m_emphasis.focused);
}

void Canvas::setFocusedElement(ElementRef element)
{
    if (element == m_emphasis.focused)
        return;
    m_emphasis.focused = element;
    if (!element.isNull())
        showElement(element);
    announceFocus();
    update();
    Q_EMIT focusMoved(focusedId());
}

void Canvas::showElement(ElementRef element)
{
    const QRectF rect = rectOf(*m_scene, element);
    Camera camera = m_camera;
    if (!m_painter->isShown(element, camera.scale))
        camera.scale = std::max(camera.scale, readableScale);
    const QRectF seen = camera.visible(size());
    const double margin = 36 / camera.scale;
    const QRectF wanted = rect.adjusted(-margin, -margin, margin, margin);
    const auto shift = [](double low, double high, double seenLow, double seenHigh) {
        if (high - low > seenHigh - seenLow)
            return low - seenLow;
        return std::min(0.0, low - seenLow) + std::max(0.0, high - seenHigh);
    };
    camera.centre += QPointF(shift(wanted.left(), wanted.right(), seen.left(), seen.right()),
        shift(wanted.top(), wanted.bottom(), seen.top(), seen.bottom()));
    m_fitPending = false;
    moveCamera(camera);
}

ElementRef Canvas::elementAt(QPoint viewPoint) const
{
    return m_painter->elementAt(m_camera.toScene(viewPoint, size()), viewNow());
}

QRectF Canvas::viewRectOf(ElementRef element) const
{
    const QRectF rect = rectOf(*m_scene, element);
    return {m_camera.toView(rect.topLeft(), size()), rect.size() * m_camera.scale};
}

PaintView Canvas::viewNow() const
{
    return {m_camera.visible(size()), m_camera.scale};
}

const QVector<ElementRef>& Canvas::readingOrder() const
{
    if (!m_readingOrderKnown) {
        m_readingOrder = readingOrderOf(*m_scene);
        m_readingOrderKnown = true;
    }
    return m_readingOrder;
}

const QVector<ElementRef>& Canvas::accessibleElements() const
{
    if (!m_accessibleKnown) {
        m_accessible.clear();
        const QRectF seen = m_camera.visible(size());
        for (const ElementRef element : readingOrder()) {
            if (m_accessible.size() >= mostAccessible)
                break;
            if (seen.intersects(rectOf(*m_scene, element).adjusted(-0.5, -0.5, 0.5, 0.5))
                && m_painter->isShown(element, m_camera.scale))
                m_accessible.push_back(element);
        }
        m_accessibleKnown = true;
    }
    return m_accessible;
}

std::pair<int, int> Canvas::placeOf(ElementRef element) const
{
    return placeAmongNeighbours(*m_scene, element);
}

void Canvas::setMinimapVisible(bool visible)
{
    m_minimapWanted = visible;
    placeOverlays();
}

void Canvas::setLegendVisible(bool visible)
{
    m_legendWanted = visible;
    placeOverlays();
}

void Canvas::placeOverlays()
{
    if (!m_minimap || !m_legend)
        return;
    const bool roomy = width() >= 520 && height() >= 360;
    const bool showsLegend = m_legendWanted && roomy && !m_legend->isEmpty();
    const bool showsMap = m_minimapWanted && roomy && m_minimap->isUseful();
    m_legend->setVisible(showsLegend);
    m_minimap->setVisible(showsMap);
    int bottom = height() - overlayMargin;
    if (showsLegend) {
        const QSize wanted = m_legend->sizeIn(width() - 2 * overlayMargin);
        bottom -= wanted.height();
        m_legend->setGeometry({{overlayMargin, bottom}, wanted});
        bottom -= overlayMargin;
    }
    if (showsMap) {
        const QSize wanted = m_minimap->sizeHint().boundedTo(size() / 2);
        m_minimap->setGeometry({{width() - overlayMargin - wanted.width(), bottom - wanted.height()}, wanted});
        m_minimap->update();
    }
}

void Canvas::refreshColours()
{
    if (m_painter && m_painter->theme().kind != currentTheme().kind) {
        rebuildPainter();
        m_minimap->refresh();
        m_legend->update();
    }
}

// Painting

void Canvas::invalidatePicture()
{
    m_picture = {};
    m_accessibleKnown = false;
    update();
}

void Canvas::refillPicture(const QRect& wanted)
{
    const double ratio = devicePixelRatioF();
    QPixmap pixmap(wanted.size() * ratio);
    pixmap.setDevicePixelRatio(ratio);
    const QRect old(m_picture.origin, m_picture.pixmap.isNull() ? QSize() : (m_picture.pixmap.size() / ratio));
    const bool reuses = !m_picture.pixmap.isNull() && m_picture.scale == m_camera.scale && old.intersects(wanted);
    QPainter painter(&pixmap);
    QRegion missing(wanted);
    if (reuses) {
        painter.drawPixmap(old.topLeft() - wanted.topLeft(), m_picture.pixmap);
        missing -= old;
    }
    for (const QRect& piece : missing) {
        const QRect target = piece.translated(-wanted.topLeft());
        painter.save();
        painter.setClipRect(target);
        painter.fillRect(target, currentTheme().canvas);
        painter.translate(target.topLeft());
        const QRectF visible(QPointF(piece.topLeft()) / m_camera.scale, QSizeF(piece.size()) / m_camera.scale);
        const PaintReport report = m_painter->paint(painter, {visible, m_camera.scale}, m_emphasis);
        if (!reuses)
            m_picture.report = report;
        painter.restore();
    }
    m_picture.pixmap = pixmap;
    m_picture.origin = wanted.topLeft();
    m_picture.scale = m_camera.scale;
    m_picture.pieced = reuses;
}

void Canvas::paintPicture(QPainter& painter)
{
    const QPointF corner = m_camera.centre * m_camera.scale - QPointF(width() / 2.0, height() / 2.0);
    const QPoint topLeft(
        static_cast<int>(std::floor(corner.x() + 1e-6)), static_cast<int>(std::floor(corner.y() + 1e-6)));
    const QRect wanted(topLeft, size() + QSize(1, 1));
    const double ratio = devicePixelRatioF();
    const QRect kept(m_picture.origin, m_picture.pixmap.isNull() ? QSize() : m_picture.pixmap.size() / ratio);
    const bool sameScale = !m_picture.pixmap.isNull() && m_picture.scale == m_camera.scale;
    if (!sameScale || !kept.contains(wanted)) {
        // While the scale changes only the view is painted; what lies around it follows when the hand rests.
        const int around = sameScale ? panMargin : 0;
        refillPicture(wanted.adjusted(-around, -around, around, around));
        m_rest.start(restMilliseconds, this);
    }
    painter.drawPixmap(QPointF(m_picture.origin) - corner, m_picture.pixmap);
}

void Canvas::timerEvent(QTimerEvent* event)
{
    if (event->timerId() != m_rest.timerId()) {
        QWidget::timerEvent(event);
        return;
    }
    m_rest.stop();
    if (m_picture.pieced) {
        m_picture = {};
        update();
    }
    announceElements();
}

void Canvas::paintEvent(QPaintEvent* event)
{
    QPainter painter(this);
    painter.setClipRegion(event->region());
    painter.fillRect(event->rect(), currentTheme().canvas);
    if (m_scene->isEmpty()) {
        paintEmptyText(painter);
        return;
    }
    paintPicture(painter);
    Emphasis emphasis = m_emphasis;
    if (!m_focusRing)
        emphasis.focused = {};
    m_painter->paintEmphasis(painter, viewNow(), emphasis);
    paintOverlays(painter);
}

void Canvas::paintOverlays(QPainter& painter)
{
    m_painter->paintLaneNames(painter, viewNow());
    const Theme& colours = currentTheme();
    painter.setRenderHint(QPainter::Antialiasing);
    if (m_drag && m_drag->kind == Drag::Kind::Frame && m_drag->moved) {
        QColor fill = colours.accent;
        fill.setAlphaF(0.12F);
        painter.setBrush(fill);
        painter.setPen(QPen(colours.accent, 1.2, Qt::DashLine));
        painter.drawRect(QRectF(QRect(m_drag->start, m_dragNow).normalized()));
    }
    if (m_drag && m_drag->kind == Drag::Kind::Marks && m_drag->moved)
        paintDrag(painter);
    const QString notice = m_painter->notice(m_picture.report);
    if (!notice.isEmpty()) {
        const PictureFont& font = pictureFont(11, QFont::Normal);
        const double wide = std::min(font.metrics.horizontalAdvance(notice) + 24, width() - 24.0);
        const QRectF plate(12, height() - 36, wide, 24);
        painter.setBrush(colours.surface);
        painter.setPen(QPen(colours.border, 1));
        painter.drawRoundedRect(plate, 6, 6);
        TextCache texts;
        texts.draw(painter, plate.adjusted(11, 0, -9, 0), {0, notice, 11, QFont::Normal, colours.textMuted});
    }
    if (hasFocus() && m_focusRing && m_emphasis.focused.isNull()) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(colours.accent, 2));
        painter.drawRoundedRect(QRectF(rect()).adjusted(1.5, 1.5, -1.5, -1.5), 4, 4);
    }
}

/// The lane that the mark would come to stand in, and the mark at the pointer.
void Canvas::paintDrag(QPainter& painter)
{
    const Theme& colours = currentTheme();
    const int lane = laneAt(m_dragNow);
    painter.setBrush(Qt::NoBrush);
    if (lane >= 0 && lane != laneAt(m_drag->start)) {
        painter.setPen(QPen(colours.accent, 2.4));
        const QRectF rect = viewRectOf({ElementRef::Kind::Lane, lane}).adjusted(1, 1, -1, -1);
        painter.drawRoundedRect(rect, 10, 10);
    }
    QRectF ghost = viewRectOf(m_drag->mark);
    ghost.translate(m_dragNow - m_drag->start);
    QColor fill = colours.surface;
    fill.setAlphaF(0.85F);
    painter.setBrush(fill);
    painter.setPen(QPen(colours.accent, 1.6));
    painter.drawRoundedRect(ghost, 6, 6);
    TextCache texts;
    texts.draw(painter, ghost.adjusted(8, 0, -8, 0),
        {0, nameOf(*m_scene, m_drag->mark), 12, QFont::DemiBold, colours.text, Qt::AlignCenter});
}

void Canvas::paintEmptyText(QPainter& painter)
{
    const Theme& colours = currentTheme();
    const double middle = height() / 2.0;
    TextCache texts;
    painter.setRenderHint(QPainter::TextAntialiasing);
    texts.draw(painter, QRectF(24, middle - 34, width() - 48, 26),
        {0, m_emptyHeading, 16, QFont::DemiBold, colours.text, Qt::AlignCenter});
    painter.setFont(canvasFont(13));
    painter.setPen(colours.textMuted);
    const double wide = std::min(width() - 48.0, 560.0);
    painter.drawText(QRectF((width() - wide) / 2, middle - 2, wide, 120),
        static_cast<int>(Qt::AlignHCenter | Qt::AlignTop | Qt::TextWordWrap), m_emptySentence);
}

// Events

void Canvas::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    m_accessibleKnown = false;
    placeOverlays();
    if (m_fitPending && isVisible())
        showFirstSight();
    else if (m_camera == m_fittedBy)
        fitTo(m_fitted); // nobody has moved it since
    else
        moveCamera(m_camera);
}

bool Canvas::event(QEvent* event)
{
    switch (event->type()) {
    case QEvent::Show:
        if (m_fitPending) {
            placeOverlays();
            showFirstSight();
            m_fitPending = false;
        }
        break;
    case QEvent::ToolTip: {
        auto* help = static_cast<QHelpEvent*>(event);
        const ElementRef element = elementAt(help->pos());
        const QString text = tooltipOf(*m_scene, element);
        if (text.isEmpty()) {
            QToolTip::hideText();
        } else {
            // Texts of an export may look like markup: shown as they are.
            QString escaped = text.toHtmlEscaped();
            escaped.replace(QLatin1Char('\n'), QLatin1String("<br>"));
            QToolTip::showText(help->globalPos(), QLatin1String("<qt>") + escaped + QLatin1String("</qt>"), this,
                viewRectOf(element).toAlignedRect());
        }
        return true;
    }
    case QEvent::NativeGesture: {
        auto* gesture = static_cast<QNativeGestureEvent*>(event);
        if (gesture->gestureType() == Qt::ZoomNativeGesture) {
            m_fitPending = false;
            moveCamera(m_camera.zoomedAt(gesture->position(), size(), m_camera.scale * (1 + gesture->value())));
            return true;
        }
        break;
    }
    default:
        break;
    }
    return QWidget::event(event);
}

void Canvas::mousePressEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton && event->button() != Qt::MiddleButton) {
        QWidget::mousePressEvent(event);
        return;
    }
    m_focusRing = false;
    const bool wantsFrame = event->button() == Qt::LeftButton && event->modifiers().testFlag(Qt::ShiftModifier);
    m_drag = Drag{wantsFrame ? Drag::Kind::Frame : Drag::Kind::Pan, event->pos(), m_camera.centre, false, {}};
    const ElementRef under = elementAt(event->pos());
    if (m_movable && !wantsFrame && event->button() == Qt::LeftButton && under.kind == ElementRef::Kind::Mark) {
        m_drag->kind = Drag::Kind::Marks;
        m_drag->mark = under;
    }
    m_dragNow = event->pos();
}

void Canvas::mouseMoveEvent(QMouseEvent* event)
{
    if (!m_drag) {
        setHovered(elementAt(event->pos()));
        return;
    }
    m_dragNow = event->pos();
    if (!m_drag->moved && (event->pos() - m_drag->start).manhattanLength() < QApplication::startDragDistance())
        return;
    if (!m_drag->moved)
        setHovered({});
    m_drag->moved = true;
    if (m_drag->kind == Drag::Kind::Pan) {
        setCursor(Qt::ClosedHandCursor);
        Camera camera = m_camera;
        camera.centre = m_drag->centreAtStart - QPointF(event->pos() - m_drag->start) / m_camera.scale;
        setCamera(camera);
    } else if (m_drag->kind == Drag::Kind::Marks) {
        setCursor(laneAt(event->pos()) < 0 ? Qt::ForbiddenCursor : Qt::DragMoveCursor);
    }
    update();
}

int Canvas::laneAt(QPoint viewPoint) const
{
    const QPointF point = m_camera.toScene(viewPoint, size());
    for (int lane = 0; lane < m_scene->lanes.size(); ++lane) {
        if (m_scene->lanes.at(lane).rect.contains(point))
            return lane;
    }
    return -1;
}

void Canvas::dropMarks(const Drag& drag)
{
    const int lane = laneAt(m_dragNow);
    const MarkId dragged = idOf(*m_scene, drag.mark);
    if (lane < 0 || lane == laneAt(drag.start) || dragged == 0)
        return;
    const bool isSelected = m_emphasis.selected.contains(dragged);
    Q_EMIT moved(isSelected ? selection() : QVector<MarkId>{dragged}, m_scene->lanes.at(lane).id);
}

void Canvas::mouseReleaseEvent(QMouseEvent* event)
{
    if (!m_drag) {
        QWidget::mouseReleaseEvent(event);
        return;
    }
    const Drag drag = *m_drag;
    m_drag.reset();
    unsetCursor();
    update();
    const bool add = event->modifiers() & (Qt::ShiftModifier | Qt::ControlModifier);
    if (drag.moved && drag.kind == Drag::Kind::Frame)
        selectInFrame(QRect(drag.start, event->pos()).normalized(), event->modifiers() & Qt::ControlModifier);
    else if (drag.moved && drag.kind == Drag::Kind::Marks)
        dropMarks(drag);
    else if (!drag.moved && event->button() == Qt::LeftButton)
        clickOn(elementAt(event->pos()), add);
}

void Canvas::mouseDoubleClickEvent(QMouseEvent* event)
{
    if (event->button() == Qt::LeftButton)
        activate(elementAt(event->pos()));
}

void Canvas::wheelEvent(QWheelEvent* event)
{
    m_fitPending = false;
    // Touch pads tell pixels: they pan, and zoom with Ctrl; wheels tell steps: they zoom.
    const bool isPad = !event->pixelDelta().isNull() && event->phase() != Qt::NoScrollPhase;
    if (isPad && !event->modifiers().testFlag(Qt::ControlModifier)) {
        Camera camera = m_camera;
        camera.centre -= QPointF(event->pixelDelta()) / m_camera.scale;
        moveCamera(camera);
    } else if (event->modifiers().testFlag(Qt::ShiftModifier)) {
        Camera camera = m_camera;
        camera.centre -= QPointF(event->angleDelta().y() + event->angleDelta().x(), 0) / 2 / m_camera.scale;
        moveCamera(camera);
    } else {
        const double factor = std::exp2(event->angleDelta().y() / 360.0);
        moveCamera(m_camera.zoomedAt(event->position(), size(), m_camera.scale * factor));
    }
    event->accept();
}

void Canvas::leaveEvent(QEvent* event)
{
    setHovered({});
    QWidget::leaveEvent(event);
}

void Canvas::contextMenuEvent(QContextMenuEvent* event)
{
    const bool byKey = event->reason() == QContextMenuEvent::Keyboard;
    const ElementRef element = byKey ? m_emphasis.focused : elementAt(event->pos());
    const MarkId id = idOf(*m_scene, element);
    if (id != 0 && !m_emphasis.selected.contains(id))
        clickOn(element, false);
    const QPoint at =
        byKey && !element.isNull() ? mapToGlobal(viewRectOf(element).center().toPoint()) : event->globalPos();
    Q_EMIT contextRequested(id, at);
    event->accept();
}

void Canvas::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::StyleChange)
        refreshColours();
    QWidget::changeEvent(event);
}

void Canvas::focusInEvent(QFocusEvent* event)
{
    QWidget::focusInEvent(event);
    m_focusRing = event->reason() != Qt::MouseFocusReason;
    const bool byTab = event->reason() == Qt::TabFocusReason || event->reason() == Qt::BacktabFocusReason;
    if (byTab && m_emphasis.focused.isNull())
        moveFocusInOrder(event->reason() == Qt::TabFocusReason ? 1 : -1);
    update();
}

void Canvas::focusOutEvent(QFocusEvent* event)
{
    QWidget::focusOutEvent(event);
    m_focusRing = false;
    update();
}

// Selection

void Canvas::setHovered(ElementRef element)
{
    if (element == m_emphasis.hovered)
        return;
    m_emphasis.hovered = element;
    update();
    Q_EMIT hovered(idOf(*m_scene, element));
}

void Canvas::setSelection(const QSet<MarkId>& ids)
{
    if (ids == m_emphasis.selected)
        return;
    m_emphasis.selected = ids;
    update();
    Q_EMIT selectionChanged(sorted(ids));
}

void Canvas::clickOn(ElementRef element, bool add)
{
    const MarkId id = idOf(*m_scene, element);
    m_emphasis.focused = element;
    update();
    QSet<MarkId> ids = add ? m_emphasis.selected : QSet<MarkId>();
    if (id != 0 && add && ids.contains(id))
        ids.remove(id);
    else if (id != 0)
        ids.insert(id);
    setSelection(ids);
}

void Canvas::selectInFrame(const QRect& frame, bool add)
{
    const QRectF sceneFrame(m_camera.toScene(frame.topLeft(), size()), m_camera.toScene(frame.bottomRight(), size()));
    QSet<MarkId> ids = add ? m_emphasis.selected : QSet<MarkId>();
    for (const ElementRef element : m_painter->elementsIn(sceneFrame, m_camera.scale))
        ids.insert(idOf(*m_scene, element));
    setSelection(ids);
}

void Canvas::activate(ElementRef element)
{
    const MarkId id = idOf(*m_scene, element);
    if (id != 0)
        Q_EMIT activated(id);
}

} // namespace glacis
