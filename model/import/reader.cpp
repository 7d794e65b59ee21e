// SPDX-License-Identifier: GPL-3.0-or-later
#include "import/reader.h"

#include "core/text.h"

#include <algorithm>

namespace glacis {

namespace {

/// Collects keys of the outermost object (or of the first objects of an array) and stops early.
class KeyCollector : public nlohmann::json_sax<Json> {
public:
    explicit KeyCollector(Sniff& sniffed) : m_sniffed(sniffed) { }
    bool null() override { return true; }
    bool boolean(bool) override { return true; }
    bool number_integer(number_integer_t) override { return true; }
    bool number_unsigned(number_unsigned_t) override { return true; }
    bool number_float(number_float_t, const string_t&) override { return true; }
    bool string(string_t&) override { return true; }
    bool binary(binary_t&) override { return true; }
    bool start_object(std::size_t) override
    {
        ++m_objects;
        return ++m_depth < 64;
    }
    bool start_array(std::size_t) override
    {
        if (m_depth == 0)
            m_sniffed.outermostIsArray = true;
        return ++m_depth < 64;
    }
    bool end_object() override
    {
        --m_depth;
        return true;
    }
    bool end_array() override
    {
        --m_depth;
        return true;
    }
    bool key(string_t& name) override
    {
        const std::size_t element = m_sniffed.outermostIsArray ? 2 : 3;
        if (m_depth == 1)
            add(m_sniffed.keys, name);
        else if (m_depth == element)
            add(m_sniffed.elementKeys, name);
        return true;
    }
    bool parse_error(std::size_t, const std::string&, const nlohmann::detail::exception&) override { return false; }

private:
    static void add(std::vector<std::string>& names, const std::string& name)
    {
        if (names.size() < 200 && std::ranges::find(names, name) == names.end())
            names.push_back(name);
    }
    Sniff& m_sniffed;
    std::size_t m_depth = 0;
    std::size_t m_objects = 0;
};

} // namespace

void LedgerRow::leave(std::string_view what, std::string_view why, std::size_t count)
{
    for (LeftOut& known : leftOut) {
        if (known.what == what && known.why == why) {
            known.count += count;
            return;
        }
    }
    leftOut.push_back({std::string(what), std::string(why), count});
}

void LedgerRow::problem(Severity severity, std::string_view sentence, int line, int column, std::string_view pointer)
{
    Diagnostic& added = problems.emplace_back();
    added.severity = severity;
    added.place.file = file;
    added.place.pointer = pointer;
    added.place.line = line;
    added.place.column = column;
    added.sentence = sentence;
}

bool Ledger::anythingRead() const
{
    return std::ranges::any_of(rows, [](const LedgerRow& row) { return row.facts > 0; });
}

bool Ledger::anythingWrong() const
{
    return std::ranges::any_of(rows, [](const LedgerRow& row) { return !row.problems.empty() || row.format.empty(); });
}

bool Sniff::hasKey(std::string_view key) const
{
    return std::ranges::find(keys, key) != keys.end();
}
bool Sniff::hasElementKey(std::string_view key) const
{
    return std::ranges::find(elementKeys, key) != elementKeys.end();
}

Sniff sniff(std::string_view text)
{
    Sniff sniffed;
    sniffed.head = text.substr(0, std::size_t{64} * 1024);
    const std::string_view content = trimmed(sniffed.head);
    if (content.empty()) {
        sniffed.form = Sniff::Form::Empty;
        return sniffed;
    }
    if (content.front() != '{' && content.front() != '[')
        return sniffed;
    sniffed.form = Sniff::Form::JsonText;
    KeyCollector collector(sniffed);
    // The head is usually cut in the middle: what was collected until then is what counts.
    (void)Json::sax_parse(content, &collector);
    return sniffed;
}

std::string_view folderOf(std::string_view path)
{
    const auto slash = path.rfind('/');
    return slash == std::string_view::npos ? std::string_view{} : path.substr(0, slash);
}

std::string_view fileOf(std::string_view path)
{
    return afterLast(path, '/');
}

bool looksLikeAwsAccount(std::string_view text)
{
    return text.size() == 12 && text.find_first_not_of("0123456789") == std::string_view::npos;
}

bool looksLikeAwsRegion(std::string_view text)
{
    const auto parts = split(text, '-');
    if (parts.size() < 3 || parts.size() > 4 || parts.front().size() != 2 || parts.back().size() != 1)
        return false;
    const auto letters = [](std::string_view part) {
        return part.find_first_not_of("abcdefghijklmnopqrstuvwxyz") == std::string_view::npos;
    };
    return std::all_of(parts.begin(), parts.end() - 1, letters) && parts.back()[0] >= '1' && parts.back()[0] <= '9';
}

} // namespace glacis
