// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "estate/estate.h"

#include <optional>
#include <string>
#include <string_view>

namespace glacis {

/// How sensitive what a store holds is, quiet to loud.
enum class DataClass : std::uint8_t { Unknown, Public, Internal, Confidential, Restricted };
[[nodiscard]] std::string_view name(DataClass dataClass);
[[nodiscard]] std::optional<DataClass> dataClassNamed(std::string_view name);

/// A class and from what it was concluded. Only a tag is somebody's word; all else is inferred and says so.
struct Classified {
    DataClass dataClass = DataClass::Unknown;
    bool inferred = false;
    std::string reason; ///< one plain sentence: "tag DataClassification is confidential"
};

/// The class of what a thing holds, by the rows of resources/data/classes.json: tags first, then what the kind of store
/// is for, then words in its name. Unknown when nothing speaks; Unknown too for things that hold no data.
[[nodiscard]] Classified dataClassOf(const Estate& estate, NodeId node);

} // namespace glacis
