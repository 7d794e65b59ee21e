// SPDX-License-Identifier: GPL-3.0-or-later
#include "import/import.h"

#include "core/resources.h"
#include "core/text.h"

#include <map>
#include <set>

namespace glacis {

namespace {

/// What is known of a file that no reader wants.
std::string unknown(const Sniff& sniffed)
{
    if (sniffed.form != Sniff::Form::JsonText)
        return "it is text of no kind that Glacis knows";
    const auto& keys = sniffed.outermostIsArray ? sniffed.elementKeys : sniffed.keys;
    if (keys.empty())
        return "it is JSON without a key to tell it by";
    std::string names;
    for (std::size_t i = 0; i < keys.size() && i < 3; ++i)
        names += (i == 0 ? "" : ", ") + keys[i].substr(0, 40);
    return "it is JSON of no kind that Glacis knows (" + names + (keys.size() > 3 ? " …)" : ")");
}

class Importer {
public:
    Importer(std::span<const Reader> readers, Gatherer::Again again, Progress& progress)
        : m_readers(readers), m_again(std::move(again)), m_progress(progress)
    {
    }

    void take(const WalkedFile& walked)
    {
        m_progress.advance();
        LedgerRow row;
        row.file = walked.path;
        if (walked.problem.empty())
            read(walked, row);
        else
            row.problem(Severity::Error, walked.problem);
        m_result.ledger.rows.push_back(std::move(row));
    }

    Imported finish()
    {
        for (const Reader& reader : m_readers) {
            if (const auto found = m_gatherers.find(&reader); found != m_gatherers.end())
                found->second->finish(m_result.inventory, m_result.ledger, m_progress);
        }
        settleAccounts();
        return std::move(m_result);
    }

private:
    void read(const WalkedFile& walked, LedgerRow& row)
    {
        const auto fail = [&](std::string_view sentence) { row.problem(Severity::Error, sentence); };
        if (walked.bytes.empty())
            return fail("The file is empty; the call behind it may have failed: make the export again.");
        const auto text = asUtf8(walked.bytes);
        if (!text)
            return fail("The file is not text in UTF-8 or UTF-16, so it was not read.");
        Sniff sniffed = sniff(*text);
        sniffed.path = walked.path;
        if (sniffed.form == Sniff::Form::Empty)
            return fail("The file holds only white space; the call behind it may have failed: make the export again.");
        for (const Reader& reader : m_readers) {
            if (!reader.recognises(sniffed))
                continue;
            row.format = reader.format;
            if (!reader.read && !reader.gather)
                return;
            const std::size_t before = m_result.inventory.factCount();
            ReadFile file{m_result.inventory, row, m_progress, m_result.inventory.file(walked.path),
                scopeOf(folderOf(walked.path)), walked.path, *text, sniffed};
            if (reader.gather) {
                auto& gatherer = m_gatherers[&reader];
                if (!gatherer) {
                    gatherer = reader.gather();
                    gatherer->mayWalkAgain(m_again);
                }
                return gatherer->take(file, m_result.ledger.rows.size());
            }
            reader.read(file);
            row.facts = m_result.inventory.factCount() - before;
            if (row.facts == 0 && row.leftOut.empty() && row.problems.empty())
                row.leave("the file", "it holds nothing to take");
            return;
        }
        row.leave("the file", unknown(sniffed));
    }

    ScopeId scopeOf(std::string_view folder)
    {
        if (folder.empty())
            return rootScope;
        if (const auto known = m_scopes.find(folder); known != m_scopes.end())
            return known->second;
        const ScopeId parent = scopeOf(folderOf(folder));
        const std::string_view label = fileOf(folder);
        const ScopeId scope =
            m_result.inventory.scope(parent, label, looksLikeAwsAccount(label) ? label : std::string_view{},
                looksLikeAwsRegion(label) ? label : std::string_view{});
        m_scopes.emplace(folder, scope);
        return scope;
    }

    /// A folder whose things all name one account is that account's, also for the things in it that name none.
    void settleAccounts()
    {
        Inventory& inventory = m_result.inventory;
        std::vector<std::set<StringId>> named(inventory.scopes.size());
        for (const ThingRow& thing : inventory.things) {
            if (thing.account == StringId::Empty || thing.outside)
                continue;
            for (ScopeId at = thing.scope;; at = inventory.scopes[index(at)].parent) {
                named[index(at)].insert(thing.account);
                if (at == rootScope)
                    break;
            }
        }
        for (std::size_t i = 0; i < inventory.scopes.size(); ++i) {
            if (inventory.scopes[i].account == StringId::Empty && named[i].size() == 1)
                inventory.scopes[i].account = *named[i].begin();
        }
    }

    std::span<const Reader> m_readers;
    Gatherer::Again m_again;
    Progress& m_progress;
    Imported m_result;
    std::map<std::string, ScopeId, std::less<>> m_scopes;
    std::map<const Reader*, std::unique_ptr<Gatherer>> m_gatherers;
};

} // namespace

Imported import(std::span<const std::filesystem::path> inputs, std::span<const Reader> readers, Progress& progress,
    const WalkLimits& limits, const FileHook& hook)
{
    progress.begin("Reading", 0);
    const Gatherer::Again all = [&](const Visitor& visitor) {
        const Visitor hooked = [&](const WalkedFile& file) {
            visitor(file.problem.empty() ? WalkedFile{file.path, hook(file.path, file.bytes), {}} : file);
        };
        for (const auto& input : inputs)
            walk(input, limits, hook ? hooked : visitor, progress);
    };
    Importer importer(readers, all, progress);
    all([&](const WalkedFile& file) { importer.take(file); });
    return importer.finish();
}

Imported importFiles(std::span<const WalkedFile> files, std::span<const Reader> readers, Progress& progress)
{
    progress.begin("Reading", files.size());
    const Gatherer::Again all = [&](const Visitor& visitor) {
        for (const WalkedFile& file : files)
            visitor(file);
    };
    Importer importer(readers, all, progress);
    all([&](const WalkedFile& file) { importer.take(file); });
    return importer.finish();
}

Imported importSample(std::string_view name, std::span<const Reader> readers, Progress& progress)
{
    const std::string folder = "samples/" + std::string(name) + '/';
    std::vector<WalkedFile> files;
    for (const std::string_view path : resourcesBelow(folder))
        files.push_back({std::string(path.substr(folder.size())), *resource(path), {}});
    return importFiles(files, readers, progress);
}

} // namespace glacis
