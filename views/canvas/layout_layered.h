// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPointF>
#include <QRectF>
#include <QSizeF>
#include <QVector>

#include <vector>

namespace glacis {

/// A directed graph to be drawn from left to right.
struct LayeredInput {
    struct Node {
        QSizeF size = {190, 52};
        int rank = -1; ///< column, when the caller knows it (distance from the source); −1: longest path from a start
    };
    struct Edge {
        int from = 0;
        int to = 0;
        QSizeF label; ///< room for the label on the edge; empty for none
    };
    std::vector<Node> nodes;
    std::vector<Edge> edges;

    double columnGap = 56; ///< between a node and the labels beside it
    double rowGap = 22;
    int sweeps = 12;
};

struct LayeredPlan {
    std::vector<QRectF> nodes;
    struct Route {
        QVector<QPointF> points; ///< cubic
        QRectF label; ///< free of nodes and other labels; null for none
    };
    std::vector<Route> routes;
    std::vector<int> ranks;
    QRectF extent;
    int crossings = 0; ///< between neighbouring columns, after the last sweep
};

/// Layered drawing after Sugiyama, Tagawa, Toda, "Methods for Visual Understanding of Hierarchical System Structures"
/// (1981): ranks, barycentre order in several sweeps, then straightening. Labels take part as places of their own
/// between the columns, so they overlap neither each other nor a node. Edges that run backwards (cycles) are drawn
/// backwards. For up to about 1,000 nodes.
[[nodiscard]] LayeredPlan layoutLayered(const LayeredInput& input);

} // namespace glacis
