// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/string_pool.h"
#include "estate/facts.h"

#include <string>
#include <string_view>
#include <vector>

namespace glacis {

using Ref = StringId;
enum class ScopeId : std::uint32_t {};
inline constexpr ScopeId rootScope = ScopeId{0};

/// A folder (or the like) whose files share what a file alone may not say: account and region.
struct Scope {
    ScopeId parent = rootScope;
    StringId label{}; ///< the folder's name, for an account that nothing names
    StringId account{};
    StringId region{};
};

/// A thing as one place of an export describes it. Several rows with one id are merged by `link`.
struct ThingRow {
    Ref id{}; ///< the provider's own: ARN, "i-…", Terraform address
    Kind kind{};
    Provider provider{};
    StringId type{}; ///< the provider's type name: "AWS::EC2::Instance"
    StringId name{};
    Ref parent{}; ///< innermost container; empty: the region or account of the scope
    StringId account{}; ///< empty: that of the scope
    StringId region{}; ///< empty: that of the scope; "global" for what has none
    ScopeId scope = rootScope;
    bool outside = false; ///< only spoken of
    EvidenceId evidence = noEvidence;
};

/// A setting of the account or region that a folder belongs to, which is known only when all has been read.
struct ScopedRow {
    enum class Level : std::uint8_t { Account, Region };
    ScopeId scope = rootScope;
    Level level = Level::Region; ///< where the folder has no region: its account
    StringId key{};
    Value value;
    EvidenceId evidence = noEvidence;
};

/// Neutral facts, as readers give them: what was read and where, nothing concluded.
class Inventory {
public:
    Inventory();

    StringPool strings;
    std::vector<std::string> files; ///< by FileId: path as shown to people
    std::vector<Evidence> evidence;
    std::vector<Scope> scopes;
    std::vector<ThingRow> things;
    std::vector<std::pair<Ref, Ref>> aliases; ///< another name → id
    std::vector<ScopedRow> scoped;
    FactTables<Ref> facts;

    /// How many rows have been written.
    [[nodiscard]] std::size_t factCount() const;

    StringId text(std::string_view value) { return strings.intern(value); }
    FileId file(std::string_view path);
    EvidenceId seen(FileId file, std::string_view pointer, std::uint32_t line = 0);
    ScopeId scope(ScopeId parent, std::string_view label, std::string_view account, std::string_view region);

    /// Adds a thing and gives it back for its other columns; valid until the next call.
    ThingRow& thing(
        Kind kind, Provider provider, std::string_view type, std::string_view id, ScopeId scope, EvidenceId seenAt);
    void alias(std::string_view other, Ref id);
    void edge(Ref from, EdgeKind kind, std::string_view to, EvidenceId seenAt);
    void property(Ref of, std::string_view key, bool value, EvidenceId seenAt);
    void property(Ref of, std::string_view key, std::int64_t value, EvidenceId seenAt);
    void property(Ref of, std::string_view key, std::string_view value, EvidenceId seenAt);
    void property(Ref of, std::string_view key, const char* value, EvidenceId seenAt)
    {
        property(of, key, std::string_view(value), seenAt);
    }
    void tag(Ref of, std::string_view key, std::string_view value);
    void scopedProperty(ScopeId scope, ScopedRow::Level level, std::string_view key, Value value, EvidenceId seenAt);
    /// A listing was read to its end: the property "read:<call>" of the region (account, when it has none or the call
    /// is the same for all regions) tells "there is none" from "nobody asked". See `wasAsked`.
    void asked(ScopeId scope, ScopedRow::Level level, std::string_view call, EvidenceId seenAt);
};

} // namespace glacis
