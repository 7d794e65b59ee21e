// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QIcon>
#include <QPainterPath>

#include <cstdint>

class QPainter;

namespace glacis {

/// Our own line drawings, on a field of 24 × 24. Row order of the table in glyph_table.cpp.
enum class Glyph : std::uint8_t {
    None,
    // identities and what they carry
    Person,
    Group,
    Role,
    Key,
    Lock,
    LockOpen,
    Policy,
    Secret,
    // workloads
    Server,
    Function,
    Container,
    Cluster,
    // stores
    Database,
    Bucket,
    Table,
    Queue,
    Topic,
    Disk,
    Registry,
    // network
    Network,
    Subnet,
    Shield,
    Gateway,
    LoadBalancer,
    Route,
    Peering,
    Globe,
    Cloud,
    // places
    Account,
    Organisation,
    Region,
    // watching
    Log,
    Alarm,
    Eye,
    EyeOff,
    // states
    Warning,
    Question,
    Check,
    Cross,
    Info,
    Changed,
    // actions
    Import,
    Export,
    Open,
    Save,
    Search,
    Back,
    Forward,
    Up,
    Undo,
    Redo,
    WhatIf,
    Present,
    Play,
    Pause,
    Fit,
    ZoomIn,
    ZoomOut,
    ThemeSwitch,
    Filter,
    Pin,
    Note,
    Copy,
    Cut,
    Probe,
    Settings,
    Help,
    Close,
    More,
    ChevronRight,
    ChevronDown,
    Legend,
    Minimap,
    // views
    Overview,
    Tiers,
    Paths,
    Access,
    Stores,
    Responsibility,
    Posture,
    Monitoring,
    Compare,
    Lesson,
    Count
};

/// A glyph as what is stroked (round ends, glyphStroke wide) and what is filled, both on a field of 24 × 24.
struct GlyphPaths {
    QPainterPath stroked;
    QPainterPath filled;
};

constexpr double glyphField = 24;
constexpr double glyphStroke = 1.8;

[[nodiscard]] const GlyphPaths& glyphPaths(Glyph glyph);

/// Draws the glyph to fill `rect`, as vectors; the painter's pen, brush and transform are as before afterwards.
void drawGlyph(QPainter& painter, Glyph glyph, const QRectF& rect, const QColor& colour);

/// An icon that takes its colour from the palette of the moment it is drawn (so it follows a change of theme) and is
/// drawn anew for each size and pixel ratio.
[[nodiscard]] QIcon icon(Glyph glyph);

/// The same in a fixed colour.
[[nodiscard]] QIcon icon(Glyph glyph, const QColor& colour);

} // namespace glacis
