// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/json.h"
#include "estate/kinds.h"

#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace glacis::terraform {

/// What a type of resource is in the words of its provider's own interface, which that provider's reader knows: a row
/// of resources/terraform/azurerm.json and its like. Paths are names with dots between; "*" stands for each of a list.
/// A form is a text with "{path}" in it for a setting; "{a|b|'c}" takes the first that is there, "c" itself,
/// "{@TYPE.path}" is the id of the resource of that type that has the name at the path.
struct NativeRow {
    struct Move {
        std::string from, to;
        std::string form; ///< not empty: what the value becomes, where "{}" is the value
        Json values; ///< not null: what the argument's values are called there
        bool keys = false; ///< a list of texts becomes an object with these keys
        bool joined = false; ///< a list of texts becomes one text
        bool pairs = false; ///< an object becomes a list of {"key", "value"}
        bool parsed = false; ///< a text is JSON
    };

    std::string type; ///< "azurerm_subnet"; "data.…" for a data source that is no resource of the same name
    std::string as; ///< the native type
    std::string version; ///< of the Kubernetes interface
    std::string id; ///< form
    std::string of; ///< form of the id of the resource that it says more of; empty: it is one of its own
    std::string list; ///< path of the list that it adds an element to
    std::string when; ///< path that must be there
    std::string whole; ///< path of an argument that is the native object itself
    bool plain = false; ///< what it says lies beside the root, not in it
    std::vector<Move> moves;
    std::map<std::string, Json> set; ///< by path: what always holds
    std::map<std::string, Json> absent; ///< by path: what holds when nothing says otherwise
    std::map<std::string, std::string, std::less<>> names; ///< arguments that are called otherwise, anywhere
    std::map<std::string, std::string, std::less<>> gives; ///< attributes that only the provider tells, as forms
};

/// One provider's file.
struct NativeProvider {
    std::string prefix; ///< of its types: "azurerm_"
    Provider cloud = Provider::Unknown;
    std::string root; ///< path of what an argument becomes a member of
    bool camel = false; ///< "host_port" is "hostPort" there
    std::set<std::string, std::less<>> once; ///< blocks that stand at most once and are objects there
    std::set<std::string, std::less<>> maps; ///< arguments whose own names are data
    std::set<std::string, std::less<>> secret; ///< arguments that are dropped, and told in the ledger
    std::map<std::string, std::string, std::less<>> names; ///< as of a row
    std::vector<NativeRow::Move> moves; ///< of every resource of its own
    std::map<std::string, std::string, std::less<>> collections; ///< argument → form of the id that a plain name means
    std::multimap<std::string, NativeRow, std::less<>> rows; ///< by type
};

/// Whose resources a type's are.
[[nodiscard]] Provider providerOf(std::string_view type);
/// The provider that a type belongs to; null when its types are not translated.
[[nodiscard]] const NativeProvider* nativeProvider(std::string_view type);
/// The rows of a type, in their order; empty when there are none.
[[nodiscard]] std::vector<const NativeRow*> nativeRows(std::string_view type);

} // namespace glacis::terraform
