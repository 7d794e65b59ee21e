// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

/// The calls of the providers' own tools whose answers Glacis reads: one table for the collection scripts, for what is
/// said to be missing, and for the readers, who know a file by the call that it is named after.
namespace glacis {

/// Things that further calls are asked about, one by one: a command that prints a name or id on each line.
struct CollectionList {
    enum class Value { None, Name, Id };
    std::string name; ///< "bucket": what {bucket} stands for in commands
    std::string command;
    std::string of; ///< the list whose items this one is asked for; empty: none
    std::string deep; ///< asked for each item again, as long as there are any
    Value value = Value::None; ///< what of a thing of the estate it prints
    bool once = false; ///< asked once; otherwise in each place
    bool shortName = false; ///< files are named after the last part of the item
};

struct CollectionCall {
    std::string file; ///< of its answer, without ending; its folder, when it is asked of many
    std::string command; ///< without the tool; {bucket}, {account}, {place} stand for what is asked about
    std::string each; ///< the list that it is asked of; empty: it lists all there are
    std::string unless; ///< the file that says the same; asked only where that one is not there
    std::string ending; ///< of its files
    std::string next; ///< the query for the address of the next page, for a tool that does not follow it by itself
    bool once = false;
};

/// A provider's tool and all calls. Places are regions, subscriptions, projects or clusters.
struct Collection {
    std::string provider, title, tool;
    std::string named; ///< what further arguments of the script name: "profile"
    std::string environment; ///< the variable that takes such a name; empty: they are the places
    std::vector<std::string> settings; ///< of the environment, for answers that can be read
    std::string root; ///< prints what the folder is named after; empty: there is none
    std::string below; ///< a folder around those of the places
    std::string places; ///< prints the places
    std::string option; ///< of the tool, to name a place
    std::string empty; ///< what an answer without a word stands for; empty: it is none
    std::vector<std::string> absent; ///< refusals that say that there is none
    std::vector<CollectionList> lists;
    std::vector<CollectionCall> calls;

    [[nodiscard]] const CollectionCall* call(std::string_view file) const;
    [[nodiscard]] const CollectionList* list(std::string_view name) const;
};

/// In the order in which they are offered.
[[nodiscard]] std::span<const Collection> collections();
/// "aws", "azure", "gcp", "kubernetes"; null for another.
[[nodiscard]] const Collection* collectionOf(std::string_view provider);

/// What a file of a collection is named after: the call, and of what it was asked (as written, not decoded).
struct CollectedFile {
    const CollectionCall* call = nullptr; ///< null: no call of the collection
    std::string_view of; ///< empty: it lists all there are
};
[[nodiscard]] CollectedFile collectedFile(const Collection& collection, std::string_view path);

} // namespace glacis
