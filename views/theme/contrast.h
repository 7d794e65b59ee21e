// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>

namespace glacis {

/// Ratio of 1 … 21 between two opaque colours. Source: "Contrast ratio" and "Relative luminance", Web Content
/// Accessibility Guidelines 2.1.
[[nodiscard]] double contrastRatio(const QColor& one, const QColor& other);

/// `share` of `over` laid over `under`, 0 … 1, in sRGB; opaque.
[[nodiscard]] QColor mixed(const QColor& over, const QColor& under, double share);

enum class ColourVision { Full, Protan, Deutan, Tritan };

/// How the colour looks to someone without one kind of cone. Source: Machado, Oliveira, Fernandes, "A
/// Physiologically-based Model for Simulation of Color Vision Deficiency" (2009), severity 1.
[[nodiscard]] QColor seenBy(ColourVision vision, const QColor& colour);

/// Distance in CIE L*a*b* (D65): about 2 is just noticeable.
[[nodiscard]] double colourDistance(const QColor& one, const QColor& other);

} // namespace glacis
