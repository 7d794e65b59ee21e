// SPDX-License-Identifier: GPL-3.0-or-later
#include "paths/path_selection.h"

#include "core/text.h"
#include "data/data_class.h"

namespace glacis {

namespace {

template <class Fits> std::vector<NodeId> allThat(const Estate& estate, Fits fits)
{
    std::vector<NodeId> found;
    for (std::size_t i = 0; i < estate.nodeCount(); ++i) {
        if (fits(idAt<NodeId>(i)))
            found.push_back(idAt<NodeId>(i));
    }
    return found;
}

} // namespace

std::optional<std::vector<NodeId>> select(const Estate& estate, std::string_view selector)
{
    // Ids hold colons too (ARNs), so a thing with just this name goes first.
    if (const auto node = estate.find(selector))
        return std::vector<NodeId>{*node};
    const std::string_view what = before(selector, ':');
    const std::string_view value = after(selector, ':');
    if (what == "kind") {
        const auto kind = kindNamed(value);
        if (!kind)
            return std::nullopt;
        const auto nodes = estate.ofKind(*kind);
        return std::vector<NodeId>(nodes.begin(), nodes.end());
    }
    if (what == "tag") {
        return allThat(estate, [&](NodeId node) {
            return !estate.tags(node).empty() && estate.tag(node, before(value, '=')) == after(value, '=');
        });
    }
    if (what == "class") {
        const auto wanted = dataClassNamed(value);
        if (!wanted)
            return std::nullopt;
        return allThat(estate, [&](NodeId node) {
            return holdsData(estate.kind(node)) && dataClassOf(estate, node).dataClass == *wanted;
        });
    }
    if (what == "account") {
        const auto account = estate.find(value);
        if (!account)
            return std::nullopt;
        return allThat(estate, [&](NodeId node) { return estate.node(node).account == *account; });
    }
    return std::nullopt;
}

} // namespace glacis
