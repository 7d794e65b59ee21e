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
};

/// `chokePoints` are ringed. The first path is drawn stronger when `strong` is its position.
[[nodiscard]] PathsPicture pathsPicture(const Estate& estate, const std::vector<AttackPath>& paths,
    const std::vector<ChokePoint>& chokePoints, int strong = -1);

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
