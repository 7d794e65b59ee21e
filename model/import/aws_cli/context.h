// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/text.h"
#include "import/fact_taker.h"

#include <functional>
#include <string>
#include <string_view>

namespace glacis::aws {

/// Where a file's own name says what its body leaves out.
struct CallName {
    std::string call; ///< "get-bucket-policy", without service prefix; empty when the name tells none
    std::string parameter; ///< what the call was asked about: bucket, key id, ARN …
    std::string second;
};
[[nodiscard]] CallName callName(std::string_view path);

/// Everything a handler needs to turn one piece of a reply into facts.
class Context : public FactTaker {
public:
    explicit Context(ReadFile& file);

    ReadFile& file;
    CallName call;

    [[nodiscard]] std::string_view account() const { return inherited(&Scope::account); }
    [[nodiscard]] std::string_view region() const { return inherited(&Scope::region); }
    [[nodiscard]] std::string arn(std::string_view service, std::string_view resource) const;

    /// Where a place of the piece stands in the file, for a reader that reshapes what it hands on; empty: just there.
    std::function<std::string(std::string_view pointer)> placeOf;

    std::uint32_t line = 0; ///< of a piece that has a line of its own

    EvidenceId seen(std::string_view pointer)
    {
        return inventory.seen(file.file, placeOf ? placeOf(pointer) : std::string(pointer), line);
    }
    /// A thing of the reply with its name (tag Name first, then `name`), owner, tags and evidence; empty id: nothing is
    /// added.
    Ref thing(
        Kind kind, std::string_view type, std::string_view id, std::string_view name, const Json& json, EvidenceId at);
    void parent(std::string_view id); ///< of the thing added last
    void region(std::string_view name); ///< of the thing added last
    void tags(Ref of, const Json& json);
    /// A user, group or role that a reply names without its path; empty when nothing tells the account.
    Ref principal(std::string_view type, std::string_view name);
    /// The account that the file belongs to gets a setting, also when only a later file names the account.
    void accountSetting(std::string_view key, Value value, EvidenceId at);

private:
    std::string_view inherited(StringId Scope::*column) const;
};

using Handler = void (*)(Context& context, Json& piece, const std::string& pointer);

/// One outermost key of a reply. Where several calls share a key, `needs` names a member that tells them apart.
struct HandlerRow {
    std::string_view key;
    std::string_view needs;
    Handler handler;
    std::string_view listing{}; ///< the call that, asked without a parameter, lists all there are
    ScopedRow::Level level = ScopedRow::Level::Region;
};
using Level = ScopedRow::Level;
[[nodiscard]] std::span<const HandlerRow> networkHandlers();
[[nodiscard]] std::span<const HandlerRow> networkLimitHandlers();
[[nodiscard]] std::span<const HandlerRow> transitHandlers();
[[nodiscard]] std::span<const HandlerRow> identityHandlers();
[[nodiscard]] std::span<const HandlerRow> workloadHandlers();
[[nodiscard]] std::span<const HandlerRow> storeHandlers();
[[nodiscard]] std::span<const HandlerRow> bucketHandlers();
[[nodiscard]] std::span<const HandlerRow> watchingHandlers();
[[nodiscard]] std::span<const HandlerRow> clusterHandlers();
[[nodiscard]] std::span<const HandlerRow> iamCallHandlers();
[[nodiscard]] std::span<const HandlerRow> serverlessHandlers();
[[nodiscard]] std::span<const HandlerRow> platformHandlers();

/// Replies without an array, told by one of their keys: the whole object is the piece.
struct WholeRow {
    std::string_view key;
    std::string_view call; ///< when not empty, the file's or folder's name must tell this call
    Handler handler;
};
[[nodiscard]] std::span<const WholeRow> networkLimitWholes();
[[nodiscard]] std::span<const WholeRow> storeWholes();
[[nodiscard]] std::span<const WholeRow> bucketWholes();
[[nodiscard]] std::span<const WholeRow> identityWholes();
[[nodiscard]] std::span<const WholeRow> workloadWholes();
[[nodiscard]] std::span<const WholeRow> watchingWholes();
[[nodiscard]] std::span<const WholeRow> clusterIdentityWholes();
[[nodiscard]] std::span<const WholeRow> clusterWholes();
[[nodiscard]] std::span<const WholeRow> iamCallWholes();
[[nodiscard]] std::span<const WholeRow> serverlessWholes();
[[nodiscard]] std::span<const WholeRow> platformWholes();

[[nodiscard]] std::string bucketArn(std::string_view name);

void readCredentialReport(Context& context, std::string_view csv, std::string_view pointer);

} // namespace glacis::aws
