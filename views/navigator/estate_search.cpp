// SPDX-License-Identifier: GPL-3.0-or-later
#include "navigator/estate_search.h"

#include "core/ip.h"
#include "core/text.h"

#include <QStringList>

#include <algorithm>

namespace glacis {

namespace {

/// Without copies, for it is asked of every name. ASCII only, which ids are.
bool holds(std::string_view text, std::string_view lower)
{
    const auto small = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
    return std::search(text.begin(), text.end(), lower.begin(), lower.end(), [&](char a, char b) {
        return small(a) == b;
    }) != text.end();
}

bool begins(std::string_view text, std::string_view lower)
{
    return text.size() >= lower.size() && equalIgnoringCase(text.substr(0, lower.size()), lower);
}

bool hasAddress(const Estate& estate, NodeId node, std::string_view word)
{
    for (const auto& address : estate.addresses(node)) {
        if ((address.hasInside && toString(address.inside) == word)
            || (address.hasOutside && toString(address.outside) == word))
            return true;
    }
    return false;
}

bool hasTag(const Estate& estate, NodeId node, const std::pair<std::string, std::string>& wanted)
{
    for (const auto& tag : estate.tags(node)) {
        if (equalIgnoringCase(estate.text(tag.key), wanted.first)
            && (wanted.second.empty() || equalIgnoringCase(estate.text(tag.value), wanted.second)))
            return true;
    }
    return false;
}

/// 0: does not fit; else the lower the better.
int rankOf(const Estate& estate, NodeId node, const SearchQuery& query)
{
    const KindInfo& kind = info(estate.kind(node));
    for (const std::string& wanted : query.kinds) {
        if (!begins(kind.name, wanted))
            return 0;
    }
    for (const auto& tag : query.tags) {
        if (!hasTag(estate, node, tag))
            return 0;
    }
    if (query.isPublic) {
        const bool marked = estate.flag(node, "public").value_or(false);
        const auto addresses = estate.addresses(node);
        if (!marked && std::none_of(addresses.begin(), addresses.end(), [](const auto& row) { return row.hasOutside; }))
            return 0;
    }
    int rank = 3;
    const std::string_view name = estate.name(node), id = estate.id(node);
    for (const std::string& word : query.words) {
        if (equalIgnoringCase(id, word) || equalIgnoringCase(name, word))
            rank = std::min(rank, 1);
        else if (begins(name, word))
            rank = std::min(rank, 2);
        else if (!holds(name, word) && !holds(id, word) && !holds(kind.title, word) && !hasAddress(estate, node, word))
            return 0;
    }
    return rank;
}

} // namespace

SearchQuery parseQuery(const QString& text)
{
    SearchQuery query;
    const QStringList parts = text.simplified().split(QLatin1Char(' '), Qt::SkipEmptyParts);
    for (const QString& part : parts) {
        const std::string word = part.toLower().toStdString();
        if (word.starts_with("kind:") && word.size() > 5) {
            query.kinds.push_back(word.substr(5));
        } else if (word.starts_with("tag:") && word.size() > 4) {
            const std::string tag = part.mid(4).toStdString();
            query.tags.emplace_back(before(tag, '='), tag.find('=') == std::string::npos ? "" : after(tag, '='));
        } else if (word == "public" && parts.size() > 1) {
            query.isPublic = true;
        } else {
            query.words.push_back(word);
        }
    }
    return query;
}

std::vector<NodeId> findThings(const Estate& estate, const SearchQuery& query, std::size_t most)
{
    std::vector<NodeId> ranked[3];
    if (query.isEmpty())
        return {};
    // A pasted id needs no walk.
    if (query.words.size() == 1 && query.kinds.empty() && query.tags.empty()) {
        if (const auto exact = estate.find(query.words.front()))
            ranked[0].push_back(*exact);
    }
    for (std::uint32_t at = 0; at < estate.nodeCount(); ++at) {
        const NodeId node = idAt<NodeId>(at);
        const int rank = rankOf(estate, node, query);
        if (rank > 0 && ranked[rank - 1].size() < most && !(rank == 1 && !ranked[0].empty() && ranked[0][0] == node))
            ranked[rank - 1].push_back(node);
    }
    std::vector<NodeId> found;
    for (const auto& list : ranked)
        found.insert(found.end(), list.begin(), list.end());
    if (found.size() > most)
        found.resize(most);
    return found;
}

} // namespace glacis
