// SPDX-License-Identifier: GPL-3.0-or-later
#include "inspector/excerpt.h"

#include "core/json_stream.h"
#include "core/text.h"

#include <QCoreApplication>

#include <algorithm>
#include <optional>

namespace glacis {

namespace {

constexpr int mostLines = 600;
constexpr std::size_t mostBytes = 256 << 10;
/// A line longer than this is laid out anew rather than scrolled through.
constexpr std::size_t longLine = 400;

std::size_t lineBegin(std::string_view text, std::size_t at)
{
    const auto found = text.substr(0, at).rfind('\n');
    return found == std::string_view::npos ? 0 : found + 1;
}

std::size_t lineEnd(std::string_view text, std::size_t at)
{
    const auto found = text.find('\n', at);
    return found == std::string_view::npos ? text.size() : found;
}

QString toShow(std::string_view piece)
{
    const std::string safe = withoutSecrets(piece);
    return QString::fromUtf8(safe.data(), static_cast<qsizetype>(safe.size()));
}

/// Lines of the file around [begin, end), of which `firstLine` is the number of the first marked one.
Excerpt cutOut(std::string_view text, TextRange range, int context)
{
    Excerpt excerpt;
    excerpt.markedFrom = range.firstLine;
    excerpt.markedTo = range.lastLine;
    std::size_t begin = lineBegin(text, range.begin);
    int first = range.firstLine;
    for (int i = 0; i < context && begin > 0; ++i, --first)
        begin = lineBegin(text, begin - 1);
    std::size_t end = lineEnd(text, std::max(range.begin, range.end > 0 ? range.end - 1 : 0));
    for (int i = 0; i < context && end < text.size(); ++i)
        end = lineEnd(text, end + 1);
    std::string_view piece = text.substr(begin, end - begin);
    int lines = 1;
    for (std::size_t at = 0; at < piece.size(); ++at) {
        if ((piece[at] == '\n' && ++lines > mostLines) || at >= mostBytes) {
            piece = piece.substr(0, at);
            excerpt.cut = true;
            break;
        }
    }
    excerpt.firstLine = first;
    excerpt.text = toShow(piece);
    return excerpt;
}

Excerpt laidOut(const Json& value, int line)
{
    Excerpt excerpt;
    excerpt.reformatted = true;
    excerpt.firstLine = excerpt.markedFrom = excerpt.markedTo = std::max(line, 1);
    std::string pretty = value.dump(2, ' ', false, Json::error_handler_t::replace);
    if (pretty.size() > mostBytes) {
        pretty.resize(mostBytes);
        excerpt.cut = true;
    }
    excerpt.text = toShow(pretty);
    return excerpt;
}

/// A document that the file keeps as a string: quoted JSON, or the same URL-encoded.
std::optional<Json> unpacked(std::string_view value)
{
    Json outer;
    if (parseWhole(value, {}, outer) || !outer.is_string())
        return {};
    const std::string inside = outer.get<std::string>();
    Json document;
    if (!parseWhole(inside, {}, document) && document.is_structured())
        return document;
    if (!parseWhole(urlDecoded(inside), {}, document) && document.is_structured())
        return document;
    return {};
}

std::optional<Excerpt> byPointer(std::string_view text, const ExcerptPlace& place, int context)
{
    if (!place.within.empty()) {
        if (const auto range = locate(text, place.pointer + place.within)) {
            ExcerptPlace whole{place.pointer + place.within, 0, {}};
            return byPointer(text, whole, context);
        }
    }
    const auto range = locate(text, place.pointer);
    if (!range)
        return {};
    const std::string_view value = text.substr(range->begin, range->end - range->begin);
    if (const auto document = unpacked(value)) {
        Json::json_pointer within;
        if (!place.within.empty() && place.within.front() == '/')
            within = Json::json_pointer(place.within);
        return laidOut(document->contains(within) ? document->at(within) : *document, range->firstLine);
    }
    const std::size_t begin = lineBegin(text, range->begin), end = lineEnd(text, range->begin);
    if (end - begin > longLine && range->firstLine == range->lastLine) {
        Json parsed;
        if (!parseWhole(value, {}, parsed))
            return laidOut(parsed, range->firstLine);
    }
    return cutOut(text, *range, context);
}

} // namespace

Excerpt excerptOf(std::string_view text, const ExcerptPlace& place, int context)
{
    if (place.line > 0 && place.pointer.empty()) {
        std::size_t at = 0;
        std::uint32_t line = 1;
        while (line < place.line && at < text.size()) {
            at = std::min(lineEnd(text, at) + 1, text.size());
            ++line;
        }
        if (line == place.line && at < text.size()) {
            const int number = static_cast<int>(line);
            return cutOut(text, {at, lineEnd(text, at), number, number}, context);
        }
    } else if (!place.pointer.empty()) {
        if (auto found = byPointer(text, place, context))
            return *found;
    }
    const bool asked = !place.pointer.empty() || place.line > 0;
    TextRange whole{0, text.size(), 1, 1};
    Excerpt excerpt = cutOut(text, whole, 0);
    excerpt.markedFrom = excerpt.markedTo = 0;
    if (asked) {
        excerpt.problem = QCoreApplication::translate(
            "Excerpt", "The place is not in the file any more; it was changed since it was read.");
    }
    return excerpt;
}

} // namespace glacis
