// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "theme/glyphs.h"

#include <string_view>

namespace glacis {

/// The drawing of a glyph in a small path language: M x y, L x y, C x1 y1 x2 y2 x y, Z, O cx cy r (circle), E cx cy rx
/// ry (ellipse), R x y w h r (rounded rectangle), A cx cy r start sweep (arc, degrees, counter-clockwise from three
/// o'clock). Capital letters are stroked, small ones are filled.
[[nodiscard]] std::string_view glyphDrawing(Glyph glyph);

} // namespace glacis
