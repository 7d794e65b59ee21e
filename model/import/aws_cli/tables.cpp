// SPDX-License-Identifier: GPL-3.0-or-later
#include "import/aws_cli/tables.h"

#include "import/aws_cli/columns.h"
#include "import/aws_cli/replies.h"
#include "import/records.h"

#include <algorithm>

namespace glacis {

namespace {

using namespace aws;

class Rows {
public:
    explicit Rows(ReadFile& file) : m_file(file), m_named(tableNamed(file.path)) { }

    /// `line`: of a row that has a line of its own, else 0.
    void take(const Json& row, const std::string& pointer, std::uint32_t line)
    {
        if (!row.is_object())
            return m_file.row.leave("a row", "it is no object");
        const TableDescription* const table = m_named ? m_named : tableOf(row);
        if (!table)
            return m_file.row.leave("a row",
                "its columns do not tell which table it is of: name the file after the table, or ask for all columns");
        if (!table->why.empty())
            return m_file.row.leave("rows of " + table->names.front(), table->why);
        const Piece piece = pieceOf(*table, row);
        if (!hasId(*table, row))
            return m_file.row.leave("rows of " + table->names.front(),
                "they do not say of which thing they are: ask for the column " + table->id + " too");
        const ReadFile scoped{
            m_file.inventory, m_file.row, m_file.progress, m_file.file, scopeOf(row), {}, {}, m_file.sniffed};
        give(scoped, *table, piece, pointer, line);
        const std::string thing = idOf(*table, row);
        for (const AboutRow& about : table->about) {
            if (const Piece more = pieceOf(about, row); !more.json.empty())
                give(scoped, about.call, thing, more, pointer, line);
        }
    }

private:
    /// CloudQuery calls ids as the interface does, where Steampipe has "id", "name" or "arn".
    static bool hasId(const TableDescription& table, const Json& row) { return !idOf(table, row).empty(); }
    static std::string idOf(const TableDescription& table, const Json& row)
    {
        if (const std::string_view id = textOf(row, table.id); !id.empty())
            return std::string(id);
        const auto place = std::ranges::find(table.columns, table.id, &Columns::value_type::first);
        for (const auto& [column, to] : table.columns) {
            if (place != table.columns.end() && to == place->second && !textOf(row, column).empty())
                return std::string(textOf(row, column));
        }
        return std::string(textOf(row, "arn"));
    }

    ScopeId scopeOf(const Json& row)
    {
        const std::string_view account = textOf(row, "account_id"), region = textOf(row, "region");
        return m_file.inventory.scope(m_file.scope, {}, looksLikeAwsAccount(account) ? account : std::string_view{},
            looksLikeAwsRegion(region) ? region : std::string_view{});
    }

    /// What is said of a member of the piece was read in the column that it comes from.
    static void place(
        Context& context, const Piece& piece, const std::string& pointer, std::uint32_t line, bool wrapped)
    {
        context.line = line;
        context.placeOf = [from = piece.from, pointer, line, wrapped](std::string_view at) {
            const auto tokens = split(at, '/');
            const std::size_t first = wrapped ? 2 : 1;
            const auto column = tokens.size() > first ? from.find(tokens[first]) : from.end();
            return line > 0 ? std::string() : column == from.end() ? pointer : pointerTo(pointer, column->second);
        };
    }

    static void give(
        ReadFile file, const TableDescription& table, Piece piece, const std::string& pointer, std::uint32_t line)
    {
        Context context(file);
        place(context, piece, pointer, line, !table.whole.empty());
        if (!table.whole.empty()) {
            Json reply = {{table.whole, std::move(piece.json)}};
            if (const WholeRow* row = wholeFor(reply, {}))
                row->handler(context, reply, {});
        } else if (const HandlerRow* row = handlerFor(table.reply, &piece.json)) {
            row->handler(context, piece.json, {});
        }
    }

    static void give(ReadFile file, const std::string& call, const std::string& thing, Piece piece,
        const std::string& pointer, std::uint32_t line)
    {
        Context context(file);
        place(context, piece, pointer, line, false);
        context.call = {call, thing, {}};
        if (const WholeRow* row = wholeFor(piece.json, call))
            row->handler(context, piece.json, {});
    }

    ReadFile& m_file;
    const TableDescription* m_named;
};

void readTables(ReadFile& file)
{
    Rows rows(file);
    if (isJsonLines(file.text))
        return eachJsonLine(file, [&](Json& row, std::uint32_t line) { rows.take(row, {}, line); });
    const auto error = streamJson(
        file.text, {},
        [&](JsonPiece piece) {
            if (piece.position != JsonPiece::whole && (piece.key.empty() || piece.key == "rows"))
                rows.take(piece.value, piece.pointer(), 0);
        },
        &file.progress);
    if (error && error->reason != JsonError::Reason::Cancelled)
        file.row.problem(Severity::Error, error->sentence, error->line, error->column);
}

/// Steampipe's reply says that it has columns and rows; rows alone have columns that are written small, as no interface
/// writes all of them, and either a file that is named after a table or columns that tell one.
bool recognisesTables(const Sniff& sniffed)
{
    if (sniffed.form != Sniff::Form::JsonText)
        return false;
    if (!sniffed.outermostIsArray && sniffed.hasKey("rows") && (sniffed.hasKey("columns") || sniffed.keys.size() == 1))
        return true;
    const bool lines = !sniffed.outermostIsArray;
    const auto& keys = lines ? sniffed.keys : sniffed.elementKeys;
    const auto isColumn = [](const std::string& key) {
        return key.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") == std::string::npos;
    };
    if (keys.empty() || !std::ranges::all_of(keys, isColumn))
        return false;
    if (tableNamed(sniffed.path))
        return true;
    Json row = Json::object();
    for (const std::string& key : keys)
        row[key] = nullptr;
    const bool ofEither = row.contains("akas") || row.contains("_cq_id") || row.contains("_cq_sync_time");
    return ofEither || (!lines && tableOf(row));
}

} // namespace

Reader tableReader()
{
    return {"Steampipe or CloudQuery table", recognisesTables, readTables};
}

} // namespace glacis
