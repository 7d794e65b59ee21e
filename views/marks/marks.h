// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "canvas/scene.h"
#include "estate/estate.h"

#include <QString>

/// Marks, the same in every view: which glyph and outline say a kind, which hue a zone.
namespace glacis {

[[nodiscard]] Glyph glyphOf(Kind kind);
[[nodiscard]] MarkShape shapeOf(Kind kind);
/// "Object store", translated.
[[nodiscard]] QString titleOf(Kind kind);
/// The hue of a zone of the tiers by its id ("web"); neutral for a zone of the user's own.
[[nodiscard]] ZoneHue hueOfZone(std::string_view zone);

/// A thing's mark id in every scene. 0 is decoration, so node 0 is 1.
[[nodiscard]] constexpr MarkId markOf(NodeId node)
{
    return MarkId{index(node)} + 1;
}
/// Ids of what is no thing: `kind` from 1 says what it is, `row` which.
[[nodiscard]] constexpr MarkId markOf(std::uint32_t kind, std::uint32_t row)
{
    return (MarkId{kind} << 32) + row + 1;
}
[[nodiscard]] constexpr std::uint32_t markKind(MarkId id)
{
    return static_cast<std::uint32_t>((id - 1) >> 32);
}
[[nodiscard]] constexpr std::uint32_t markRow(MarkId id)
{
    return static_cast<std::uint32_t>(id - 1);
}

} // namespace glacis
