// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "catalog/risk.h"
#include "core/diagnostics.h"
#include "core/ip.h"
#include "estate/estate.h"
#include "network/environment.h"
#include "network/port_set.h"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace glacis {

/// One way to tell that a thing stands in a zone: all that it names must hold.
struct ZoneTest {
    struct KindWord {
        Kind kind{};
        std::string type; ///< of a load balancer, when the word says which; else empty
        std::string word; ///< as it was written
    };
    std::vector<KindWord> kinds; ///< one of these; empty: any
    std::vector<std::pair<std::string, std::string>> tags; ///< key and pattern of the value, each of them
    std::string groupName; ///< pattern that the name of one of its security groups fits; empty: any
    std::string name; ///< pattern of its own name; empty: any
    std::vector<std::string> ids; ///< one of these; empty: any
};

/// A zone as a matrix defines it. Without tests and blocks the built-in inference fills it.
struct MatrixZone {
    std::string id, title;
    std::vector<ZoneTest> match; ///< one of these
    std::vector<IpPrefix> blocks; ///< addresses that belong to it, inside or out
    std::vector<std::string> prefixLists; ///< ids or names of lists whose blocks belong to it, too
    bool isInternet = false;
    bool isRest = false; ///< what no other zone takes: has no tier
};

/// The addresses of a zone: its own blocks, and those of the prefix lists that it names, as far as they were imported.
[[nodiscard]] std::vector<IpPrefix> blocksOf(const MatrixZone& zone, const Estate& estate);

/// Whether both ends stand in different environments; a thing without one stands in none.
enum class Crossing : std::uint8_t { Any, Same, Different };

/// Which zone may open what to which, as resources/network/matrix.json or the user's own file says.
struct ZoneMatrix {
    /// What a rule that opens an allowed flow must be like.
    struct Needs {
        bool groupReference = false; ///< it names a group, no addresses
        int narrowest = -1; ///< its block has at least this length; −1: any
        bool operator==(const Needs&) const = default;
    };
    struct Row {
        std::string from; ///< zone id or "*"
        std::string to;
        PortSet ports; ///< empty: any
        bool allow = true;
        Risk severity{};
        std::string id; ///< what exceptions name it by; may be empty
        Crossing environments = Crossing::Any;
        Needs needs;
    };
    /// Speaks of all pairs that no row does.
    struct Fallback {
        std::optional<bool> sameZone; ///< nothing: both
        Crossing environments = Crossing::Any;
        bool allow = false;
        Risk severity{};
        std::string why;
    };
    /// What is let pass although a row does not want it, until a day.
    struct Exception {
        std::string row; ///< id of the row; empty: by zones
        std::string from, to; ///< zone ids or "*", when there is no row
        std::vector<std::string> resources; ///< ids at either end; empty: all
        std::string owner, reason;
        std::string expires; ///< its last day, "2027-01-31"
        std::int64_t endsAt = 0; ///< the second after that day, by UTC
    };

    std::vector<Row> rows;
    bool allowByDefault = false;
    Risk defaultSeverity = Risk::Medium;
    std::string name;
    std::vector<MatrixZone> zones; ///< empty: the built-in ones
    EnvironmentRules environments = EnvironmentRules::builtIn();
    std::vector<Fallback> fallbacks;
    std::vector<Exception> exceptions;

    [[nodiscard]] static const ZoneMatrix& builtIn();
    /// From the text of a file of the user's: our own form, or a policy with zones, default and flows. What is wrong
    /// with it is noted with its place, and what can be read is kept.
    [[nodiscard]] static ZoneMatrix from(std::string_view text, std::string_view file, Diagnostics& notes);

    struct Answer {
        PortSet allowed;
        Risk severity{};
        std::string row; ///< "web → data"; empty when only the default speaks
        std::vector<std::string> ids; ///< of the rows that speak
        std::string why; ///< of a fallback
        Needs needs;
    };
    /// What may be opened from one zone to another: the row that names both, else one side, else a fallback, else the
    /// default. A row that speaks of environments stands above those that do not.
    [[nodiscard]] Answer between(std::string_view from, std::string_view to, bool crossing = false) const;
};

} // namespace glacis
