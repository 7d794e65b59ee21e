// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "canvas/scene.h"

#include <vector>

namespace glacis {

/// What layoutLanes() places. All indices are positions in the lists of this struct; sizes are scene units.
///
/// Lanes stand side by side. Frames (accounts, networks) are boxes across all lanes that aren't `outside`, nested in
/// each other; each frame without frames inside is a row. Boxes (subnets) lie where a row crosses a lane, marks in
/// boxes or straight in a row's lane. Marks of an outside lane belong to no frame.
struct LanesInput {
    struct Lane {
        double minWidth = 180;
        bool outside = false; ///< frames don't reach into it: the internet
    };
    struct Frame {
        int parent = -1; ///< stands before its children
        bool collapsed = false; ///< only its header is shown
    };
    struct Box {
        int frame = -1;
        int lane = 0;
        bool collapsed = false;
        double headerWidth = 0; ///< that its title needs
    };
    struct Mark {
        int box = -1; ///< or else `frame` and `lane`
        int frame = -1;
        int lane = 0;
        QSizeF size = {150, 40};
    };
    struct End {
        enum class Kind : std::uint8_t { Mark, Box, Frame };
        Kind kind = Kind::Mark;
        int index = 0;
    };
    struct Link {
        End from;
        End to;
        QSizeF label; ///< room that its label needs; empty for none
    };

    std::vector<Lane> lanes;
    std::vector<Frame> frames;
    std::vector<Box> boxes;
    std::vector<Mark> marks;
    std::vector<Link> links;

    double laneGap = 72; ///< least room between lanes, where the links run; labels make it wider
    double laneHeader = 56;
    double boxHeader = 30;
    double padding = 12;
    double gap = 10; ///< between marks, and between boxes
};

/// The same lists, placed.
struct LanesPlan {
    std::vector<QRectF> lanes;
    std::vector<QRectF> frames;
    std::vector<QRectF> boxes;
    std::vector<QRectF> marks;
    struct Route {
        QVector<QPointF> points; ///< cubic: start, then two control points and an end for each piece
        QRectF label; ///< in the gap between two lanes; null for links without a label
    };
    std::vector<Route> routes;
    QRectF extent;
};

/// Linear in the number of things, and in the number of links times the boxes of a lane that they pass. Marks stand in
/// as many columns as let the whole be largest in a room whose width is `aspect` times its height.
[[nodiscard]] LanesPlan layoutLanes(const LanesInput& input, double aspect = 1.6);

} // namespace glacis
