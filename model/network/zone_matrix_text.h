// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "network/zone_matrix.h"

#include <string>
#include <string_view>
#include <vector>

namespace glacis {

/// The matrix as a file of our own form, to be read again by ZoneMatrix::from.
[[nodiscard]] std::string zoneMatrixJson(const ZoneMatrix& matrix);

/// One word for each range, as a matrix lists them: "tcp/443", "tcp/8080-8090".
[[nodiscard]] std::vector<std::string> servicesOf(const PortSet& ports);

/// The same as the table that segmentation tools exchange: From zone, To zone, Severity, Access type, Services, Rule
/// properties. The access type is Allow all, Block all, Allow only or Block only; services are parted by semicolons
/// ("tcp 443"); the properties say SAME_ENVIRONMENT or DIFFERENT_ENVIRONMENTS. Zones and exceptions have no columns.
[[nodiscard]] std::string zoneMatrixCsv(const ZoneMatrix& matrix);
/// What is wrong with a line is noted with its number, and the lines that can be read are kept.
[[nodiscard]] ZoneMatrix zoneMatrixFromCsv(std::string_view text, std::string_view file, Diagnostics& notes);

/// Rows that name exactly this pair of zones are replaced by one; the rest stays.
void setPair(ZoneMatrix& matrix, ZoneMatrix::Row row);
/// What is said of the pair by rows of its own is forgotten.
void forgetPair(ZoneMatrix& matrix, std::string_view from, std::string_view to);
/// The one row that names exactly this pair; null when none or several do.
[[nodiscard]] const ZoneMatrix::Row* rowOfPair(const ZoneMatrix& matrix, std::string_view from, std::string_view to);

} // namespace glacis
