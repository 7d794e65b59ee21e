// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/json.h"
#include "import/reader.h"

#include <initializer_list>
#include <string_view>
#include <utility>

namespace glacis {

/// Writes facts of one file, whatever its format, so that secrets are dropped and policies understood in one place.
class FactTaker {
public:
    FactTaker(Inventory& into, LedgerRow& ledgerRow) : inventory(into), row(ledgerRow) { }

    Inventory& inventory;
    LedgerRow& row;

    /// A scalar becomes a setting; null, lists and objects are no settings and add nothing.
    void setting(Ref of, std::string_view key, const Json& value, EvidenceId at);
    /// Members that become settings when they are there: {"Encrypted", "encrypted"} …
    void settings(Ref of, const Json& json, EvidenceId at,
        std::initializer_list<std::pair<std::string_view, std::string_view>> names);
    /// Its value is masked when it is or looks secret.
    void tag(Ref of, std::string_view key, std::string_view value);
    /// An edge to each id of a list; of objects, to the id in their member `idKey`.
    void edges(Ref from, EdgeKind kind, const Json& ids, EvidenceId at, std::string_view idKey = {});
    /// A policy document given as JSON, as text of JSON, or URL-encoded; principals it names become mentions.
    void policy(Ref of, PolicyRole role, std::string_view name, const Json& document, EvidenceId at);
    /// Says in the ledger that something was not kept because it may be secret.
    void secret(std::string_view what, std::size_t count = 1);
};

/// The IANA number behind "tcp", "6" or "-1" (all). Source: "Security group rules", Amazon VPC User Guide.
[[nodiscard]] std::int16_t protocolNumber(std::string_view text);

} // namespace glacis
