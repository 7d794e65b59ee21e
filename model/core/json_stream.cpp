// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/json_stream.h"

#include "core/text.h"

#include <algorithm>

namespace glacis {

namespace {

/// Builds values like nlohmann's own DOM handler does, but bounds the depth, hears a cancel, and hands the pieces of
/// the outermost container out as soon as they are complete.
class PieceBuilder : public nlohmann::json_sax<Json> {
public:
    PieceBuilder(const JsonLimits& limits, const Progress* progress, bool pieces)
        : m_limits(limits), m_progress(progress), m_pieces(pieces)
    {
    }

    JsonPieceHandler handler;
    std::function<void(std::string_view)> emptyArray;
    Json result;
    std::optional<JsonError> error;

    bool null() override { return scalar(nullptr); }
    bool boolean(bool value) override { return scalar(value); }
    bool number_integer(number_integer_t value) override { return scalar(value); }
    bool number_unsigned(number_unsigned_t value) override { return scalar(value); }
    bool number_float(number_float_t value, const string_t&) override { return scalar(value); }
    bool string(string_t& value) override { return scalar(std::move(value)); }
    bool binary(binary_t&) override { return false; }
    bool start_object(std::size_t) override { return open(Json::object()); }
    bool start_array(std::size_t) override { return open(Json::array()); }
    bool end_object() override { return close(); }
    bool end_array() override { return close(); }

    bool key(string_t& name) override
    {
        if (m_pieces && m_depth == 1)
            m_topKey = std::move(name);
        else
            m_keys.back() = std::move(name);
        return true;
    }

    bool parse_error(std::size_t position, const std::string&, const nlohmann::detail::exception&) override
    {
        error = JsonError{JsonError::Reason::Syntax, position, 0, 0, {}};
        return false;
    }

private:
    /// Whether what opens now is taken apart rather than built: the document itself, or an array right below its
    /// object.
    bool takesApart(const Json& value) const
    {
        return m_pieces && (m_depth == 0 || (m_depth == 1 && m_topIsObject && value.is_array()));
    }

    bool open(Json&& value)
    {
        if (++m_events % 4096 == 0 && m_progress && m_progress->cancelled())
            return stop(JsonError::Reason::Cancelled);
        if (m_depth >= m_limits.depth)
            return stop(JsonError::Reason::TooDeep);
        if (takesApart(value)) {
            if (m_depth == 0)
                m_topIsObject = value.is_object();
            m_inTopArray = value.is_array();
            m_position = 0;
            ++m_depth;
            ++m_apart;
            return true;
        }
        m_stack.push_back(std::move(value));
        m_keys.emplace_back();
        ++m_depth;
        return true;
    }

    bool close()
    {
        --m_depth;
        if (m_stack.empty()) {
            --m_apart;
            if (m_inTopArray && m_position == 0 && emptyArray)
                emptyArray(m_topIsObject ? std::string_view(m_topKey) : std::string_view{});
            m_inTopArray = false;
            return true;
        }
        Json value = std::move(m_stack.back());
        m_stack.pop_back();
        m_keys.pop_back();
        return place(std::move(value));
    }

    template <class Value> bool scalar(Value&& value)
    {
        if (++m_events % 4096 == 0 && m_progress && m_progress->cancelled())
            return stop(JsonError::Reason::Cancelled);
        return place(Json(std::forward<Value>(value)));
    }

    bool place(Json&& value)
    {
        if (!m_stack.empty()) {
            Json& parent = m_stack.back();
            if (parent.is_array())
                parent.push_back(std::move(value));
            else
                parent[m_keys.back()] = std::move(value);
            return true;
        }
        if (!m_pieces) {
            result = std::move(value);
            return true;
        }
        const std::size_t position = m_inTopArray ? m_position++ : JsonPiece::whole;
        handler({m_topIsObject ? std::string_view(m_topKey) : std::string_view{}, position, value});
        return true;
    }

    bool stop(JsonError::Reason reason)
    {
        error = JsonError{reason, 0, 0, 0, {}};
        return false;
    }

    const JsonLimits& m_limits;
    const Progress* m_progress;
    bool m_pieces;
    std::vector<Json> m_stack;
    std::vector<std::string> m_keys;
    std::string m_topKey;
    std::size_t m_depth = 0;
    std::size_t m_apart = 0;
    std::size_t m_position = 0;
    std::size_t m_events = 0;
    bool m_topIsObject = false;
    bool m_inTopArray = false;
};

std::optional<JsonError> run(PieceBuilder& builder, std::string_view text)
{
    if (Json::sax_parse(text, &builder))
        return std::nullopt;
    JsonError error = builder.error.value_or(JsonError{});
    const std::string_view read = text.substr(0, std::min(error.offset, text.size()));
    error.line = 1 + static_cast<int>(std::count(read.begin(), read.end(), '\n'));
    error.column =
        static_cast<int>(read.size() - (read.rfind('\n') == std::string_view::npos ? 0 : read.rfind('\n') + 1));
    switch (error.reason) {
    case JsonError::Reason::Cancelled:
        error.sentence = "Reading was cancelled.";
        break;
    case JsonError::Reason::TooDeep:
        error.sentence = "The JSON is nested too deeply to be an export.";
        break;
    case JsonError::Reason::Syntax:
        error.sentence = error.offset >= text.size()
            ? "The JSON ends too early; the file looks cut off: make the export again."
            : "The JSON is broken at line " + std::to_string(error.line) + " column " + std::to_string(error.column)
                + "; what stands before was kept: make the export again.";
    }
    return error;
}

/// A cursor over JSON text that is known to be mostly well formed; used to find a pointer's place for display.
class Cursor {
public:
    explicit Cursor(std::string_view text) : m_text(text) { }

    void skipSpace()
    {
        while (m_at < m_text.size()
            && (m_text[m_at] == ' ' || m_text[m_at] == '\n' || m_text[m_at] == '\r' || m_text[m_at] == '\t'))
            ++m_at;
    }
    [[nodiscard]] char peek() const { return m_at < m_text.size() ? m_text[m_at] : '\0'; }
    bool take(char c)
    {
        skipSpace();
        if (peek() != c)
            return false;
        ++m_at;
        return true;
    }
    /// The raw text between the quotes.
    std::string_view string()
    {
        skipSpace();
        if (peek() != '"')
            return {};
        const std::size_t start = ++m_at;
        while (m_at < m_text.size() && m_text[m_at] != '"')
            m_at += m_text[m_at] == '\\' ? 2 : 1;
        const std::size_t end = std::min(m_at, m_text.size());
        m_at = std::min(m_at + 1, m_text.size());
        return m_text.substr(start, end - start);
    }
    void skipValue()
    {
        skipSpace();
        std::size_t depth = 0;
        do {
            const char c = peek();
            if (c == '\0' && m_at >= m_text.size())
                return;
            if (c == '"') {
                string();
            } else if (c == '{' || c == '[') {
                ++depth;
                ++m_at;
            } else if (c == '}' || c == ']') {
                if (depth == 0)
                    return;
                --depth;
                ++m_at;
            } else if (depth == 0) {
                while (
                    m_at < m_text.size() && std::string_view(",]} \n\r\t").find(m_text[m_at]) == std::string_view::npos)
                    ++m_at;
                return;
            } else {
                ++m_at;
            }
        } while (depth > 0);
    }
    bool enter(std::string_view step)
    {
        if (take('{')) {
            while (true) {
                skipSpace();
                if (peek() != '"')
                    return false;
                const std::string_view name = string();
                if (!take(':'))
                    return false;
                skipSpace();
                if (name == step)
                    return true;
                skipValue();
                if (!take(','))
                    return false;
            }
        }
        const auto wanted = integer(step);
        if (!wanted || !take('['))
            return false;
        for (long long i = 0; i < *wanted; ++i) {
            skipValue();
            if (!take(','))
                return false;
        }
        skipSpace();
        return true;
    }
    [[nodiscard]] std::size_t at() const { return m_at; }

private:
    std::string_view m_text;
    std::size_t m_at = 0;
};

std::string unescaped(std::string_view step)
{
    std::string out;
    for (std::size_t i = 0; i < step.size(); ++i) {
        if (step[i] == '~' && i + 1 < step.size() && (step[i + 1] == '0' || step[i + 1] == '1'))
            out += step[++i] == '0' ? '~' : '/';
        else
            out += step[i];
    }
    return out;
}

} // namespace

std::string JsonPiece::pointer() const
{
    std::string pointer;
    if (!key.empty())
        pointer = pointerTo({}, key);
    if (position != whole)
        pointer = pointerTo(pointer, position);
    return pointer;
}

std::optional<JsonError> streamJson(std::string_view text, const JsonLimits& limits, const JsonPieceHandler& handler,
    const Progress* progress, const std::function<void(std::string_view key)>& emptyArray)
{
    PieceBuilder builder(limits, progress, true);
    builder.handler = handler;
    builder.emptyArray = emptyArray;
    return run(builder, text);
}

std::optional<JsonError> parseWhole(
    std::string_view text, const JsonLimits& limits, Json& result, const Progress* progress)
{
    PieceBuilder builder(limits, progress, false);
    auto error = run(builder, text);
    result = std::move(builder.result);
    return error;
}

std::optional<TextRange> locate(std::string_view text, std::string_view pointer)
{
    Cursor cursor(text);
    cursor.skipSpace();
    if (!pointer.empty()) {
        for (const std::string_view step : split(pointer.substr(1), '/')) {
            if (!cursor.enter(unescaped(step)))
                return std::nullopt;
        }
    }
    TextRange range;
    range.begin = cursor.at();
    cursor.skipValue();
    range.end = cursor.at();
    range.firstLine =
        1 + static_cast<int>(std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(range.begin), '\n'));
    range.lastLine = range.firstLine
        + static_cast<int>(std::count(text.begin() + static_cast<std::ptrdiff_t>(range.begin),
            text.begin() + static_cast<std::ptrdiff_t>(range.end), '\n'));
    return range;
}

} // namespace glacis
