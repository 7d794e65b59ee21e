// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "canvas/scene.h"
#include "theme/theme.h"

#include <QSize>
#include <QString>

namespace glacis {

/// What is written under an exported picture: date of the data, filters in force, what-if mark, version of the tool.
struct ExportNotes {
    QString footer;
    bool withTitle = true;
    bool withLegend = true;
};

/// Writes the whole scene to `path` as PNG, SVG or PDF, as the name ends. `size` is that of the page in view pixels (a
/// null size takes the scene at 100 % with a margin); a PNG has `scale` times as many pixels. Nothing half written is
/// left behind: the file is written beside and renamed. Returns an empty string, or a sentence that says what went
/// wrong.
[[nodiscard]] QString exportScene(const Scene& scene, const Theme& theme, const QString& path, QSize size, double scale,
    const ExportNotes& notes = {});

} // namespace glacis
