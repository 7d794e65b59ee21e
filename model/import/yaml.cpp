// SPDX-License-Identifier: GPL-3.0-or-later
#include "import/yaml.h"

#include "core/text.h"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <charconv>
#include <sstream>

namespace glacis {

namespace {

struct Stop {
    YamlProblem problem; ///< empty sentence: cancelled
};

bool isWord(std::string_view text, std::initializer_list<std::string_view> words)
{
    return std::ranges::find(words, text) != words.end();
}

/// "10.3.2. Tag Resolution", YAML 1.2.
Json plainScalar(const std::string& text)
{
    if (text.empty() || isWord(text, {"~", "null", "Null", "NULL"}))
        return nullptr;
    if (isWord(text, {"true", "True", "TRUE"}))
        return true;
    if (isWord(text, {"false", "False", "FALSE"}))
        return false;
    const auto digits = text.find_first_not_of("+-");
    if (digits == std::string::npos || digits > 1
        || std::string_view("0123456789.").find(text[digits]) == std::string_view::npos)
        return text;
    const char* begin = text.data() + (text[0] == '+' ? 1 : 0);
    const char* end = text.data() + text.size();
    std::int64_t whole = 0;
    const bool octal = text.starts_with("0o"), hexadecimal = text.starts_with("0x");
    const auto read = octal || hexadecimal ? std::from_chars(begin + 2, end, whole, octal ? 8 : 16)
                                           : std::from_chars(begin, end, whole);
    if (read.ec == std::errc{} && read.ptr == end)
        return whole;
    double broken = 0;
    const auto real = std::from_chars(begin, end, broken);
    if (real.ec == std::errc{} && real.ptr == end)
        return broken;
    return text;
}

/// Puts the parser's events together as JSON.
class Builder : public YAML::EventHandler {
public:
    Builder(YamlDocument& document, const YamlLimits& limits, std::uint32_t linesBefore, const Progress* progress)
        : m_document(document), m_limits(limits), m_before(linesBefore), m_progress(progress)
    {
    }

    void OnDocumentStart(const YAML::Mark&) override { }
    void OnDocumentEnd() override { }
    void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override { value(mark, anchor, nullptr, 1); }
    void OnScalar(
        const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor, const std::string& text) override
    {
        value(mark, anchor, wrapped(tag, tag == "?" ? plainScalar(text) : Json(text)), 1 + text.size() / 16);
    }
    void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override
    {
        const auto known = m_anchors.find(anchor);
        if (known == m_anchors.end())
            fail(mark, "An alias refers to a value that holds it; take the alias out.");
        m_aliased += known->second.cost;
        if (m_aliased > m_limits.aliased)
            fail(mark, "The aliases of this document swell to more than the limit, so it was not read.");
        value(mark, 0, known->second.value, known->second.cost);
    }
    void OnSequenceStart(
        const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor, YAML::EmitterStyle::value) override
    {
        open(mark, anchor, Json::array(), tag);
    }
    void OnMapStart(
        const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor, YAML::EmitterStyle::value) override
    {
        open(mark, anchor, Json::object(), tag);
    }
    void OnSequenceEnd() override { close(); }
    void OnMapEnd() override { close(); }

    [[nodiscard]] bool any() const { return m_any; }

private:
    struct Frame {
        Json value;
        std::string key;
        std::string pointer;
        std::string tag;
        YAML::anchor_t anchor = 0;
        std::size_t cost = 1;
        bool hasKey = false;
        bool mergeKey = false;
    };
    struct Anchored {
        Json value;
        std::size_t cost = 1;
    };

    [[noreturn]] void fail(const YAML::Mark& mark, std::string sentence) const
    {
        throw Stop{{m_before + static_cast<std::uint32_t>(std::max(mark.line, 0)) + 1,
            static_cast<std::uint32_t>(std::max(mark.column, 0)) + 1, std::move(sentence)}};
    }

    /// The place of the value that comes next; only a map's value and a list's element have one.
    std::string nextPointer() const
    {
        if (m_frames.empty())
            return {};
        const Frame& frame = m_frames.back();
        return frame.value.is_array() ? pointerTo(frame.pointer, frame.value.size())
                                      : pointerTo(frame.pointer, frame.key);
    }

    void remember(const YAML::Mark& mark, const std::string& pointer)
    {
        const std::uint32_t line = m_before + static_cast<std::uint32_t>(std::max(mark.line, 0)) + 1;
        if (!m_any)
            m_document.line = line;
        m_any = true;
        if (m_frames.size() <= 4)
            m_document.lines.emplace(pointer, line);
    }

    [[nodiscard]] Json wrapped(const std::string& tag, Json&& json) const
    {
        const bool local = m_limits.localTags && tag.size() > 1 && tag[0] == '!' && tag[1] != '!';
        return local ? Json::object({{tag, std::move(json)}}) : std::move(json);
    }

    void open(const YAML::Mark& mark, YAML::anchor_t anchor, Json&& empty, const std::string& tag)
    {
        if (m_frames.size() >= m_limits.depth)
            fail(mark,
                "The document is nested deeper than " + std::to_string(m_limits.depth)
                    + " levels, so it was not read.");
        if (m_progress && m_progress->cancelled())
            throw Stop{};
        Frame frame;
        frame.value = std::move(empty);
        frame.tag = tag;
        frame.anchor = anchor;
        frame.pointer = nextPointer();
        remember(mark, frame.pointer);
        m_frames.push_back(std::move(frame));
    }

    void close()
    {
        Frame frame = std::move(m_frames.back());
        m_frames.pop_back();
        frame.value = wrapped(frame.tag, std::move(frame.value));
        if (frame.anchor != 0)
            m_anchors[frame.anchor] = {frame.value, frame.cost};
        put(std::move(frame.value), frame.cost);
    }

    void value(const YAML::Mark& mark, YAML::anchor_t anchor, Json&& json, std::size_t cost)
    {
        if (anchor != 0)
            m_anchors[anchor] = {json, cost};
        const bool isKey = !m_frames.empty() && m_frames.back().value.is_object() && !m_frames.back().hasKey;
        if (!isKey)
            remember(mark, nextPointer());
        put(std::move(json), cost);
    }
    void value(const YAML::Mark& mark, YAML::anchor_t anchor, const Json& json, std::size_t cost)
    {
        value(mark, anchor, Json(json), cost);
    }

    void put(Json&& json, std::size_t cost)
    {
        if (m_frames.empty()) {
            m_document.value = std::move(json);
            return;
        }
        Frame& frame = m_frames.back();
        frame.cost += cost;
        if (frame.value.is_array()) {
            frame.value.push_back(std::move(json));
        } else if (!frame.hasKey) {
            // A list or map as a key has no place in JSON; written out as text, keys within keys would double each
            // time.
            frame.key = json.is_structured() ? std::string("?") : json.is_null() ? std::string("null") : asText(json);
            frame.hasKey = true;
        } else {
            if (frame.key == "<<")
                merge(frame.value, json);
            else
                frame.value[frame.key] = std::move(json);
            frame.hasKey = false;
        }
    }

    /// "Merge Key Language-Independent Type for YAML": the map's own keys win.
    static void merge(Json& into, const Json& from)
    {
        if (from.is_object()) {
            for (const auto& [key, value] : from.items()) {
                if (!into.contains(key))
                    into[key] = value;
            }
        } else if (from.is_array()) {
            for (const Json& one : from) {
                if (one.is_object())
                    merge(into, one);
            }
        }
    }

    YamlDocument& m_document;
    const YamlLimits& m_limits;
    std::uint32_t m_before;
    const Progress* m_progress;
    std::vector<Frame> m_frames;
    std::unordered_map<YAML::anchor_t, Anchored> m_anchors;
    std::size_t m_aliased = 0;
    bool m_any = false;
};

/// Whether anything but comments, directives and white space stands there.
bool hasContent(std::string_view text)
{
    for (const std::string_view line : split(text, '\n')) {
        const std::string_view bare = trimmed(line);
        if (!bare.empty() && bare.front() != '#' && line.front() != '%')
            return true;
    }
    return false;
}

bool isMarker(std::string_view line, std::string_view marker)
{
    return line.starts_with(marker) && (line.size() == 3 || std::string_view(" \t\r").find(line[3]) != line.npos);
}

void readOne(std::string_view text, std::uint32_t linesBefore, const YamlLimits& limits,
    const std::function<void(YamlDocument&)>& document, const std::function<void(const YamlProblem&)>& problem,
    const Progress* progress)
{
    YamlDocument read;
    try {
        std::istringstream in{std::string(text)};
        YAML::Parser parser(in);
        Builder builder(read, limits, linesBefore, progress);
        parser.HandleNextDocument(builder);
        if (builder.any())
            document(read);
    } catch (const Stop& stop) {
        if (!stop.problem.sentence.empty())
            problem(stop.problem);
    } catch (const YAML::Exception& error) {
        const bool template_ = text.find("{{") != text.npos;
        problem({linesBefore + static_cast<std::uint32_t>(std::max(error.mark.line, 0)) + 1,
            static_cast<std::uint32_t>(std::max(error.mark.column, 0)) + 1,
            template_ ? "This is a template with {{ … }} in it; render it first (helm template) and import the result."
                      : "The document is not YAML from here on (" + error.msg + "), so it was not read."});
    }
}

} // namespace

std::uint32_t YamlDocument::lineOf(std::string_view pointer) const
{
    while (!pointer.empty()) {
        if (const auto known = lines.find(std::string(pointer)); known != lines.end())
            return known->second;
        pointer = pointer.substr(0, pointer.rfind('/'));
    }
    return line;
}

void readYaml(std::string_view text, const YamlLimits& limits, const std::function<void(YamlDocument&)>& document,
    const std::function<void(const YamlProblem&)>& problem, const Progress* progress)
{
    // A marker at the left edge ends a document whatever came before, so each can be parsed by itself and one that is
    // broken leaves the others whole.
    std::size_t begin = 0;
    std::uint32_t line = 0, first = 0;
    const auto finish = [&](std::size_t end) {
        const std::string_view chunk = text.substr(begin, end - begin);
        if (hasContent(chunk) && !(progress && progress->cancelled()))
            readOne(chunk, first, limits, document, problem, progress);
    };
    for (std::size_t at = 0; at < text.size(); ++line) {
        const std::size_t newline = std::min(text.find('\n', at), text.size());
        const std::string_view here = text.substr(at, newline - at);
        const bool starts = isMarker(here, "---");
        if (starts || isMarker(here, "...")) {
            finish(at);
            // What stands on the marker's own line belongs to the document that it opens.
            begin = starts ? at + 3 : std::min(newline + 1, text.size());
            first = starts ? line : line + 1;
        }
        at = newline + 1;
    }
    finish(text.size());
}

} // namespace glacis
