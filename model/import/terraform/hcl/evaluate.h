// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "import/terraform/hcl/syntax.h"
#include "import/terraform/hcl/values.h"

#include <functional>
#include <optional>
#include <span>
#include <stdexcept>
#include <string_view>

namespace glacis::hcl {

/// An expression that has no value: the sentence says why.
struct EvaluationError : std::runtime_error {
    using std::runtime_error::runtime_error;
};
[[noreturn]] inline void fail(const std::string& sentence)
{
    throw EvaluationError(sentence);
}

/// One step of a traversal with its index worked out.
struct Step {
    enum class Kind : std::uint8_t { Name, Index, Splat };
    Kind kind = Kind::Name;
    std::string name;
    Json index;
};

/// Gives the value of a name that is not bound within the expression itself, and how many of the steps behind it that
/// value already took; nothing when the name is not known.
using Lookup =
    std::function<std::optional<Json>(std::string_view name, std::span<const Step> steps, std::size_t& taken)>;

/// Functions that look beyond their arguments ("file"); nothing for one that is not among them.
using OwnFunctions = std::function<std::optional<Json>(std::string_view name, const std::vector<Json>& arguments)>;

/// How much one import may work: an expression of a hostile file could go on for ever, or lead from value to value
/// until nothing is left of the stack.
class Budget {
public:
    explicit Budget(std::size_t steps = 20'000'000) : m_left(steps) { }
    /// Throws EvaluationError when nothing is left.
    void spend(std::size_t steps = 1);

    /// What is worked out within something else, until the end of the scope; throws EvaluationError when too deep.
    class Within {
    public:
        explicit Within(Budget& budget, int weight = 1);
        ~Within() { m_budget.m_depth -= m_weight; }
        Within(const Within&) = delete;
        Within& operator=(const Within&) = delete;

    private:
        Budget& m_budget;
        int m_weight;
    };

private:
    std::size_t m_left;
    int m_depth = 0;
};

/// Throws EvaluationError. What is not known stays a reference (see values.h).
[[nodiscard]] Json evaluate(
    const Expression& expression, const Lookup& lookup, Budget& budget, const OwnFunctions& own = {});

/// A function of Terraform; nothing when Glacis doesn't know it. Throws EvaluationError for arguments it can't have.
/// Source: "Built-in Functions", Terraform Language documentation.
[[nodiscard]] std::optional<Json> callFunction(
    std::string_view name, const std::vector<Json>& arguments, Budget& budget);

/// Conversions as the language makes them where a type is asked for.
[[nodiscard]] std::string asTemplateText(const Json& value);
[[nodiscard]] std::optional<bool> asTruth(const Json& value);
[[nodiscard]] std::optional<double> asNumber(const Json& value);
[[nodiscard]] Json numeric(double value); ///< an integer when it is one
/// A name that is worked out by a reference, or a plain name, as it stands in an address: ["key"] or [0].
[[nodiscard]] std::string indexText(const Json& index);

} // namespace glacis::hcl
