// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "collection/collection.h"
#include "core/json_fwd.h"
#include "estate/estate.h"

#include <string>
#include <string_view>
#include <vector>

namespace glacis {

struct SchemaFault;

/// An export that was not given, and the read-only command that makes it.
struct MissingExport {
    std::string name; ///< of the call in the collection: "get-bucket-versioning"
    std::string command; ///< ready to paste into a shell; empty when no command makes it
    std::string account; ///< id of the account to run it in; empty when not known
    bool operator==(const MissingExport&) const = default;
    auto operator<=>(const MissingExport&) const = default;
};

/// What the estate's settings are called and which export says each; the table resources/catalog/properties.json.
class Catalog {
public:
    enum class ValueType { Flag, Number, Word, Time };

    struct ExportHint {
        Provider provider{};
        const Collection* collection = nullptr;
        const CollectionCall* call = nullptr;
    };
    struct Setting {
        std::string key;
        ValueType type{};
        std::string title;
        std::vector<Kind> kinds;
        std::vector<ExportHint> exports;
    };
    struct Listing {
        Kind kind{};
        std::vector<ExportHint> exports;
    };

    /// What the engines can't answer for things of one kind without a listing of another, or without a call of their
    /// own.
    struct Need {
        Kind kind{};
        std::optional<Kind> needs;
        std::vector<ExportHint> calls; ///< where no kind is needed
        std::optional<Kind> beside; ///< needed only where there are such things too
        std::string decides; ///< "what may connect to what"
    };

    /// The table of the program.
    [[nodiscard]] static const Catalog& builtIn();
    /// From a table that fits its schema; kinds that the program does not know become faults.
    [[nodiscard]] static Catalog from(const Json& table, std::vector<SchemaFault>& faults);

    [[nodiscard]] const std::vector<Setting>& settings() const { return m_settings; }
    [[nodiscard]] const std::vector<Need>& needs() const { return m_needs; }
    /// The row of a setting for a kind; null when there is none.
    [[nodiscard]] const Setting* setting(std::string_view key, Kind kind) const;
    /// The export that would say a setting of this node; nothing when the table knows none for its provider.
    [[nodiscard]] std::optional<MissingExport> exportOf(const Estate& estate, NodeId node, std::string_view key) const;
    /// The export that lists all of a kind in the account or region that the node stands for or in.
    [[nodiscard]] std::optional<MissingExport> listingOf(const Estate& estate, NodeId node, Kind kind) const;
    /// The one of these that the node's provider has, asked of the node or of where it lies.
    [[nodiscard]] static std::optional<MissingExport> exportFor(
        const std::vector<ExportHint>& exports, const Estate& estate, NodeId node);

private:
    std::vector<Setting> m_settings;
    std::vector<Listing> m_listings;
    std::vector<Need> m_needs;
};

} // namespace glacis
