// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace glacis::azure {

/// An expression of a template: a text, a number, a call, or a step into a value.
/// Source: "Syntax and expressions in ARM templates", Azure Resource Manager documentation.
struct Expression {
    enum class Kind { Text, Number, Call, Member, Element };
    Kind kind = Kind::Text;
    std::string word; ///< the text; the function ("namespace.function" for one's own); the member
    long long number = 0;
    std::vector<std::unique_ptr<Expression>> parts; ///< arguments; or the value, and the position of an element
};

/// Whether a text of a template is an expression: "[…]", but not "[[…", which stands for a bracket.
[[nodiscard]] bool isExpression(std::string_view text);
/// Null with a sentence when it is malformed or nested deeper than 100.
[[nodiscard]] std::unique_ptr<Expression> parseExpression(std::string_view text, std::string& fault);

} // namespace glacis::azure
