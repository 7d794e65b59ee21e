// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/json.h"

#include <string>
#include <string_view>
#include <vector>

namespace glacis {

struct SchemaFault {
    std::string pointer; ///< JSON pointer into the table
    std::string sentence; ///< what is wrong there
    bool operator==(const SchemaFault&) const = default;
};

/// What is wrong with a table, held against the definition "$defs/<definition>" of a schema. Understands the part of
/// the language that our own schemas use: $ref within the file, type, enum, required, properties,
/// additionalProperties, items, minItems, minLength, pattern. A keyword outside that part is itself a fault, so that no
/// rule is passed over in silence. Source: "JSON Schema Validation", draft 2020-12.
[[nodiscard]] std::vector<SchemaFault> schemaFaults(const Json& schema, std::string_view definition, const Json& value);

/// A table that is built into the program, with what is wrong with it: nothing, or we are at fault (a test looks).
struct Table {
    Json json;
    std::vector<SchemaFault> faults;
};
/// Paths as in core/resources.h.
[[nodiscard]] Table loadTable(std::string_view path, std::string_view schemaPath, std::string_view definition);

} // namespace glacis
