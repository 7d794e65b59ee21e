// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/json.h"

#include <map>
#include <string>
#include <string_view>
#include <vector>

/// What resources/tables/aws.json says: which reply of the AWS CLI the row of a table, or an item of AWS Config, is.
namespace glacis::aws {

/// Column or path → where its value stands in the reply.
using Columns = std::vector<std::pair<std::string, std::string>>;

/// What another call would say of the same thing.
struct AboutRow {
    std::string call;
    Columns columns;
    std::map<std::string, std::string, std::less<>> words; ///< value → what the call says for it
};

struct TableDescription {
    std::vector<std::string> names;
    std::string reply; ///< the list that a row is an element of
    std::string whole; ///< or the only member of a reply that it is
    std::string why; ///< or why it is left out
    std::string id; ///< the column without which a row is of nothing
    std::vector<std::string> tells;
    Json always;
    Columns columns;
    std::vector<AboutRow> about;
};

/// By the name of a file or folder, "aws_vpc.json", "aws_vpc/part-0.json"; null: it names none.
[[nodiscard]] const TableDescription* tableNamed(std::string_view path);
/// A type of AWS Config whose items come in the words of CloudFormation; null: not known.
[[nodiscard]] const TableDescription* tableOfType(std::string_view type);
/// By the columns that a row has; null: they tell none.
[[nodiscard]] const TableDescription* tableOf(const Json& row);

/// By the members that an element of a reply has, in the words of the call; null: they tell none.
[[nodiscard]] const TableDescription* tableOfReply(const Json& element);

/// The piece of the reply, with the column that each of its outermost members comes from.
struct Piece {
    Json json;
    std::map<std::string, std::string, std::less<>> from;
};
[[nodiscard]] Piece pieceOf(const TableDescription& table, const Json& row);
/// Empty when the row says nothing of it.
[[nodiscard]] Piece pieceOf(const AboutRow& about, const Json& row);

} // namespace glacis::aws
