// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "theme/glyphs.h"
#include "theme/theme.h"

#include <QPointF>
#include <QRectF>
#include <QString>
#include <QVector>

#include <cstdint>

namespace glacis {

/// What is selected when an element of a scene is clicked. Several elements may carry the same id (one thing shown
/// twice); 0 is decoration that can't be selected. What an id means is known to the view that made the scene.
using MarkId = std::uint64_t;

/// The outline of a mark says its kind.
enum class MarkShape : std::uint8_t { Identity, Workload, Store, Container, Control, Watcher, Outside, Other };

/// The border of a mark or box says its state. Ordered from quiet to loud: a count tile shows its loudest.
enum class MarkState : std::uint8_t { Normal, Outside, Unknown, Changed, Latent, Violation };

enum class LinkStyle : std::uint8_t {
    Normal,
    Unused, ///< may be, and is not
    Unknown,
    Changed,
    Latent,
    Violation,
    Path
};

/// How the points of a link are joined.
enum class LinkCurve : std::uint8_t {
    Polyline, ///< straight pieces
    Rounded, ///< straight pieces with rounded corners
    Cubic ///< start, then two control points and an end for each piece
};

/// How a mark shows its text.
enum class MarkFace : std::uint8_t {
    Card, ///< plate on the left, title and subtitle on its right, all on a card as large as the mark
    Icon ///< plate on top, title and subtitle centred below it; the mark's size includes the text
};

/// Typographic level of a free text.
enum class TextRole : std::uint8_t { Title, Heading, Body, Caption };

/// A picture as plain values, in scene units: 1 unit is 1 view pixel at 100 %, x grows to the right and y downwards.
/// Built by a view, placed by a layout, drawn by ScenePainter for screen, PNG, SVG and PDF alike.
///
/// `tooltip` may hold several lines; it and all other texts are plain text, never markup. `accessibleText` is what
/// assistive tools read as the name; empty means title and subtitle. `kindText` is the kind in words ("Object store").
struct Scene {
    /// A zone: a tall muted band with a header on top.
    struct Lane {
        MarkId id = 0;
        QRectF rect;
        QString title;
        QString subtitle;
        ZoneHue hue = ZoneHue::Neutral;
        QString tooltip;
        QString accessibleText;
    };

    /// A container. Parents stand before their children.
    struct Box {
        MarkId id = 0;
        int parent = -1; ///< index in boxes
        QRectF rect;
        QString title;
        QString subtitle;
        Glyph glyph = Glyph::None;
        ZoneHue hue = ZoneHue::Neutral;
        MarkState state = MarkState::Normal;
        bool canOpen = false; ///< shows a chevron; Enter and double click are worth something
        bool collapsed = false; ///< its content isn't in the scene; `count` says how much
        int count = 0; ///< things inside that are not drawn
        QString badge; ///< "3!" at the right of the header
        QString tooltip;
        QString kindText;
        QString accessibleText;
    };

    /// One thing, or a class of equal things.
    struct Mark {
        MarkId id = 0;
        int box = -1; ///< index in boxes
        QPointF centre;
        QSizeF size = {150, 40};
        MarkFace face = MarkFace::Card;
        MarkShape shape = MarkShape::Workload;
        Glyph glyph = Glyph::None;
        ZoneHue hue = ZoneHue::Neutral;
        MarkState state = MarkState::Normal;
        Glyph corner = Glyph::None; ///< small glyph at the plate's lower corner: a lock
        bool ringed = false; ///< a choke point
        bool crown = false; ///< what an attacker is after: a stronger card
        int count = 1; ///< things that this mark stands for; counted by tiles
        QString title;
        QString subtitle;
        QString badge; ///< "×120"
        QString tooltip;
        QString kindText;
        QString accessibleText;

        [[nodiscard]] QRectF rect() const { return {centre - QPointF(size.width(), size.height()) / 2, size}; }
    };

    /// The end of a link: a mark or a box of the same scene, or neither.
    struct End {
        enum class Kind : std::uint8_t { Free, Mark, Box };
        Kind kind = Kind::Free;
        int index = -1;

        static End mark(int index) { return {Kind::Mark, index}; }
        static End box(int index) { return {Kind::Box, index}; }
    };

    struct Link {
        MarkId id = 0;
        End from;
        End to;
        QVector<QPointF> points; ///< empty: a straight line between the edges of both ends
        LinkCurve curve = LinkCurve::Polyline;
        LinkStyle style = LinkStyle::Normal;
        double weight = 1; ///< 1 is thin; 4 and more is the thickest
        bool arrow = true;
        bool bothWays = false;
        QString label;
        QRectF labelRect; ///< where the layout left room for the label; null: the painter finds a place
        QString tooltip;
        QString accessibleText;
    };

    struct Label {
        MarkId id = 0;
        QRectF rect; ///< text is elided or wrapped to it
        QString text;
        TextRole role = TextRole::Body;
        Qt::Alignment alignment = Qt::AlignLeft | Qt::AlignVCenter;
        ZoneHue hue = ZoneHue::Neutral;
        bool muted = false;
        bool wrap = false;
        Glyph glyph = Glyph::None; ///< before the text
        QString tooltip;
    };

    /// A field of a matrix.
    struct Cell {
        MarkId id = 0;
        QRectF rect;
        QString text;
        QString subtitle;
        ZoneHue hue = ZoneHue::Neutral;
        ZoneHue secondHue = ZoneHue::Neutral; ///< of the lower right half, when split
        bool split = false;
        bool header = false; ///< no fill; stronger text
        Qt::Alignment alignment = Qt::AlignCenter;
        bool hatched = false; ///< "conditional"
        double shade = 0; ///< 0 … 1: more of the hue in the fill (read, write, administer)
        MarkState state = MarkState::Normal;
        Glyph glyph = Glyph::None;
        int badge = 0; ///< open findings; 0 shows none
        MarkState badgeState = MarkState::Violation;
        QString tooltip;
        QString kindText;
        QString accessibleText;
    };

    /// A thick line that divides the picture: who is responsible, what is trusted.
    struct Boundary {
        MarkId id = 0;
        QVector<QPointF> points;
        QString label;
        QPointF labelAt; ///< left end of the label's middle line
        QString tooltip;
    };

    struct LegendEntry {
        enum class Kind : std::uint8_t { Hue, SplitHue, Shape, State, Link, Ring, Glyph, Boundary, Text };
        Kind kind = Kind::Text;
        QString text;
        ZoneHue hue = ZoneHue::Neutral;
        ZoneHue secondHue = ZoneHue::Neutral;
        MarkShape shape = MarkShape::Workload;
        MarkState state = MarkState::Normal;
        LinkStyle link = LinkStyle::Normal;
        glacis::Glyph glyph = glacis::Glyph::None;
    };

    QString title;
    QString subtitle;
    QVector<Lane> lanes;
    QVector<Box> boxes;
    QVector<Mark> marks;
    QVector<Link> links;
    QVector<Label> labels;
    QVector<Cell> cells;
    QVector<Boundary> boundaries;
    QVector<LegendEntry> legend;
    QVector<MarkId>
        firstSight; ///< shown first where the whole would be too small to be read; empty: the whole all the same

    /// Rectangle of all that is drawn, without margin; null when the scene is empty.
    [[nodiscard]] QRectF extent() const;
    [[nodiscard]] bool isEmpty() const
    {
        return lanes.isEmpty() && boxes.isEmpty() && marks.isEmpty() && cells.isEmpty() && labels.isEmpty();
    }
};

/// One element of a scene.
struct ElementRef {
    enum class Kind : std::uint8_t { None, Lane, Box, Mark, Link, Label, Cell, Boundary };
    Kind kind = Kind::None;
    int index = -1;

    [[nodiscard]] bool isNull() const { return kind == Kind::None; }
    friend bool operator==(const ElementRef& a, const ElementRef& b) = default;
    friend auto operator<=>(const ElementRef& a, const ElementRef& b) = default;
};

[[nodiscard]] MarkId idOf(const Scene& scene, ElementRef element);
[[nodiscard]] QString tooltipOf(const Scene& scene, ElementRef element);
/// The name that assistive tools read: accessibleText, else title and subtitle.
[[nodiscard]] QString nameOf(const Scene& scene, ElementRef element);
/// Kind in words: kindText, else "mark", "container", "connection", …
[[nodiscard]] QString kindTextOf(const Scene& scene, ElementRef element);
/// State in words, empty when normal: "violation", "latent", "unknown", …
[[nodiscard]] QString stateTextOf(const Scene& scene, ElementRef element);
/// Bounding rectangle in scene units; of a link the rectangle of its route.
[[nodiscard]] QRectF rectOf(const Scene& scene, ElementRef element);
[[nodiscard]] QRectF rectOf(const Scene& scene, Scene::End end); ///< null for a free end

} // namespace glacis
