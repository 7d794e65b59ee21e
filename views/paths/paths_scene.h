// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "canvas/scene.h"
#include "document/answers.h"

#include <utility>
#include <vector>

namespace glacis {

/// Attack paths from left to right; steps that paths share are drawn once.
struct PathsPicture {
    Scene scene;
    struct Arrow {
        std::vector<std::pair<std::size_t, int>> uses; ///< path, step; the cheapest path first
    };
    std::vector<Arrow> arrows; ///< by row of the link's id
    std::size_t leftOut = 0; ///< paths that are too many to be drawn
};

/// How paths are drawn.
struct PathsStyle {
    int strong = -1; ///< position of the path that is drawn stronger
    bool sideBySide = false; ///< each path by itself, rather than merged where they share steps
    std::size_t cutFrom = ~std::size_t{0}; ///< paths from here on were there before what is tried out
    const AttackGraph* graph = nullptr; ///< of what is tried out: steps that it lacks were taken away
    QString note; ///< above the picture
};

/// `chokePoints` are ringed. Above about a thousand things the paths that follow are left out.
[[nodiscard]] PathsPicture pathsPicture(const Estate& estate, const std::vector<AttackPath>& paths,
    const std::vector<ChokePoint>& chokePoints, const PathsStyle& style = {});

/// A path as one line: "ci-deployer → customer-exports".
[[nodiscard]] QString pathTitle(const Estate& estate, const AttackPath& path);
/// Its steps in words, numbered, with what is left open.
[[nodiscard]] QString pathText(const AttackPath& path);
/// What a step is, in two words: "Passes a role".
[[nodiscard]] QString stepTitle(const AttackStep& step);

namespace paths_mark {
inline constexpr std::uint32_t arrow = 1; ///< row: PathsPicture::arrows
}

} // namespace glacis
