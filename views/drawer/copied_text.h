// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QModelIndex>
#include <QString>

namespace glacis {

/// The cells of a row, or the titles for an invalid one, parted by tabs; nothing that a spreadsheet takes for a
/// formula.
[[nodiscard]] QString copiedRow(const QAbstractItemModel& model, const QModelIndex& row);

} // namespace glacis
