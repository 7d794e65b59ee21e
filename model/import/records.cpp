// SPDX-License-Identifier: GPL-3.0-or-later
#include "import/records.h"

#include "core/text.h"

#include <algorithm>

namespace glacis {

bool isJsonLines(std::string_view text)
{
    bool remark = false;
    while (!text.empty()) {
        const std::string_view line = trimmed(before(text, '\n'));
        if (!line.empty() && line.front() != '#')
            return line.front() == '{' && line.back() == '}' && (remark || trimmed(after(text, '\n')).starts_with('{'));
        remark = remark || !line.empty();
        text = after(text, '\n');
    }
    return false;
}

void eachJsonLine(ReadFile& file, const std::function<void(Json& record, std::uint32_t line)>& take)
{
    std::string_view rest = file.text;
    for (std::uint32_t number = 1; !rest.empty() && !file.progress.cancelled(); ++number) {
        const std::string_view line = trimmed(before(rest, '\n'));
        rest = after(rest, '\n');
        if (line.empty() || line.front() == '#')
            continue;
        Json record;
        if (const auto error = parseWhole(line, {}, record, &file.progress)) {
            if (error->reason != JsonError::Reason::Cancelled)
                file.row.problem(Severity::Error, error->sentence, static_cast<int>(number), error->column);
            continue;
        }
        take(record, number);
    }
}

std::string_view TableRow::operator[](std::string_view column) const
{
    const auto at = static_cast<std::size_t>(std::ranges::find(m_columns, column) - m_columns.begin());
    return at < m_columns.size() && at < m_cells.size() ? std::string_view(m_cells[at]) : std::string_view{};
}

namespace {

/// Takes the cells of one row off the front of a text.
class RowCutter {
public:
    RowCutter(std::string_view text, char separator) : m_rest(text), m_separator(separator) { }

    [[nodiscard]] bool atEnd() const { return m_rest.empty(); }
    [[nodiscard]] bool inQuotes() const { return m_quoted; }
    [[nodiscard]] std::uint32_t line() const { return m_line; }

    std::vector<std::string> row()
    {
        std::vector<std::string> cells(1);
        m_quoted = false;
        while (!m_rest.empty()) {
            const char c = m_rest.front();
            m_rest.remove_prefix(1);
            m_line += c == '\n' ? 1 : 0;
            if (m_quoted)
                quoted(c, cells.back());
            else if (c == '"' && cells.back().empty())
                m_quoted = true;
            else if (c == m_separator)
                cells.emplace_back();
            else if (c == '\n')
                break;
            else if (c != '\r')
                cells.back() += c;
        }
        return cells;
    }

private:
    void quoted(char c, std::string& cell)
    {
        if (c != '"') {
            cell += c;
        } else if (m_rest.starts_with('"')) {
            cell += c;
            m_rest.remove_prefix(1);
        } else {
            m_quoted = false;
        }
    }

    std::string_view m_rest;
    char m_separator;
    bool m_quoted = false;
    std::uint32_t m_line = 1;
};

} // namespace

bool eachTableRow(std::string_view text, char separator, const std::function<void(const TableRow& row)>& take)
{
    RowCutter cutter(text, separator);
    std::vector<std::string> columns;
    while (!cutter.atEnd()) {
        const std::uint32_t line = cutter.line();
        std::vector<std::string> cells = cutter.row();
        if (cutter.inQuotes())
            return false;
        if (cells.size() == 1 && trimmed(cells.front()).empty())
            continue;
        if (columns.empty())
            columns = std::move(cells);
        else
            take(TableRow(columns, cells, line));
    }
    return true;
}

} // namespace glacis
