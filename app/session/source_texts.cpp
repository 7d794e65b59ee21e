// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/source_texts.h"

#include "import/all/readers.h"

#include <algorithm>
#include <set>

namespace glacis {

namespace {

constexpr std::size_t largestFile = 1 << 20;
constexpr std::size_t largestSource = 64 << 20;

/// Takes down the texts of an import as it goes by.
class Taken {
public:
    std::string_view operator()(const std::string& path, std::string_view bytes)
    {
        if (bytes.size() > largestFile || m_total + bytes.size() > largestSource)
            return bytes;
        const auto [known, isNew] = m_texts.emplace(path, bytes);
        if (isNew)
            m_total += bytes.size();
        else if (known->second != bytes)
            m_twice.insert(path); // two inputs call different files the same, so neither can be told by its name
        return bytes;
    }
    SourceTexts texts()
    {
        for (const std::string& path : m_twice)
            m_texts.erase(path);
        return std::move(m_texts);
    }

private:
    SourceTexts m_texts;
    std::set<std::string> m_twice;
    std::size_t m_total = 0;
};

/// Why a file is not readable; empty when it is.
std::string fault(const LedgerRow& row)
{
    for (const Diagnostic& problem : row.problems) {
        if (problem.severity != Severity::Error)
            continue;
        return problem.place.line > 0 ? "line " + std::to_string(problem.place.line) + ": " + problem.sentence
                                      : problem.sentence;
    }
    return row.format.empty() && !row.leftOut.empty() ? row.leftOut.front().why : std::string();
}

/// The files that were readable and are not now, though their text is all that changed.
std::vector<HeldFile> broken(const Ledger& ledger, const SourceTexts& now, const SourceTexts& before)
{
    std::vector<HeldFile> held;
    for (const LedgerRow& row : ledger.rows) {
        const auto old = before.find(row.file);
        const auto text = now.find(row.file);
        std::string why = old == before.end() ? std::string() : fault(row);
        if (!why.empty() && (text == now.end() || text->second != old->second))
            held.push_back({row.file, std::move(why)});
    }
    return held;
}

} // namespace

SourceReading readSource(const Source& source, const std::shared_ptr<const SourceTexts>& before, Progress& progress)
{
    SourceReading reading;
    Taken taken;
    reading.imported = import(source.paths, readers(), progress, {}, std::ref(taken));
    SourceTexts texts = taken.texts();
    if (before)
        reading.held = broken(reading.imported.ledger, texts, *before);
    if (!reading.held.empty() && !progress.cancelled()) {
        for (const HeldFile& one : reading.held)
            texts[one.file] = before->at(one.file);
        reading.imported =
            import(source.paths, readers(), progress, {}, [&](const std::string& path, std::string_view bytes) {
                const bool isHeld = std::ranges::find(reading.held, path, &HeldFile::file) != reading.held.end();
                return isHeld ? std::string_view(texts.find(path)->second) : bytes;
            });
        for (LedgerRow& row : reading.imported.ledger.rows) {
            const auto held = std::ranges::find(reading.held, row.file, &HeldFile::file);
            if (held != reading.held.end())
                row.problem(
                    Severity::Warning, "It can't be read as it stands and is taken as it was before: " + held->why);
        }
    }
    // What is not readable now is nothing to go back to.
    for (const LedgerRow& row : reading.imported.ledger.rows) {
        if (!fault(row).empty())
            texts.erase(row.file);
    }
    reading.texts = std::make_shared<const SourceTexts>(std::move(texts));
    return reading;
}

} // namespace glacis
