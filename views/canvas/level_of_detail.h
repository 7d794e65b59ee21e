// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "canvas/scene.h"

#include <cstdint>
#include <vector>

namespace glacis {

/// What a scene holds, in numbers that don't depend on the scale. Made once, in linear time.
struct SceneStatistics {
    struct BoxSum {
        int things = 0; ///< in it and in all boxes inside it
        MarkState loudest = MarkState::Normal;
        double markHeight = 0; ///< mean of the marks straight in it; 0 when there are none
        double childSide = 0; ///< mean shorter side of the boxes straight in it
        int marks = 0;
        int children = 0;
    };
    std::vector<BoxSum> boxes;
    double looseMarkHeight = 0; ///< mean of the marks in no box
};

[[nodiscard]] SceneStatistics statisticsOf(const Scene& scene);

/// What is drawn by itself at one scale, and what is counted in a tile.
struct LevelOfDetail {
    enum class BoxLevel : std::uint8_t {
        Open, ///< drawn with its content
        Tile, ///< drawn as a count of what it holds
        Hidden ///< inside a tile
    };

    /// A square of the scene that stands for marks in no box.
    struct Patch {
        QRectF rect;
        int things = 0;
        MarkState loudest = MarkState::Normal;
        ZoneHue hue = ZoneHue::Neutral;
    };

    /// All links between two tiles (or a tile and a mark), as one line.
    struct Bundle {
        QPointF from;
        QPointF to;
        int links = 0;
        LinkStyle loudest = LinkStyle::Normal;
    };

    double scale = 0;
    std::vector<BoxLevel> boxes;
    bool looseMarksHidden = false;
    std::vector<Patch> patches;
    std::vector<Bundle> bundles;
    std::vector<bool> linkBundled; ///< has an end in a tile; empty when there are no tiles

    [[nodiscard]] bool isMarkShown(const Scene::Mark& mark) const
    {
        return mark.box < 0 ? !looseMarksHidden : boxes[static_cast<std::size_t>(mark.box)] == BoxLevel::Open;
    }
};

/// Linear in boxes, loose marks and links; to be asked once for each scale.
[[nodiscard]] LevelOfDetail levelOfDetail(const Scene& scene, const SceneStatistics& statistics, double scale);

} // namespace glacis
