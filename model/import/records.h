// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/json.h"
#include "import/reader.h"

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

/// Files that are one record after another: lines of JSON, tables as text.
namespace glacis {

/// Lines of JSON, each a record by itself; lines that begin with '#' are remarks.
[[nodiscard]] bool isJsonLines(std::string_view text);
/// Each record with its line from 1. A line that can't be read is a problem of its own.
void eachJsonLine(ReadFile& file, const std::function<void(Json& record, std::uint32_t line)>& take);

/// A row of a table whose first row names the columns.
class TableRow {
public:
    TableRow(const std::vector<std::string>& columns, const std::vector<std::string>& cells, std::uint32_t at)
        : line(at), m_columns(columns), m_cells(cells)
    {
    }
    const std::uint32_t line; ///< where it begins, from 1
    /// Empty when there is no such column.
    [[nodiscard]] std::string_view operator[](std::string_view column) const;

private:
    const std::vector<std::string>& m_columns;
    const std::vector<std::string>& m_cells;
};

/// Text with separated cells, which may stand in quotes and then hold separators, doubled quotes and ends of lines.
/// False when the text ends within quotes. Source: RFC 4180.
bool eachTableRow(std::string_view text, char separator, const std::function<void(const TableRow& row)>& take);

} // namespace glacis
