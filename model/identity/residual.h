// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "identity/policy_document.h"

#include <string>
#include <vector>

namespace glacis {

/// What must be true besides for an answer to hold: a small expression over conditions of policies and facts that an
/// export can't tell. All of nothing: nothing is left open.
struct Residual {
    enum class Form : std::uint8_t { All, Any, Not, Condition, Fact };
    Form form = Form::All;
    std::vector<Residual> parts; ///< of All, Any and Not
    const Condition* condition = nullptr; ///< of the document, which must outlive this
    std::string fact; ///< "the resource is arn:aws:s3:::bucket/*"

    [[nodiscard]] static Residual of(const Condition& condition);
    [[nodiscard]] static Residual of(std::string fact);
    [[nodiscard]] bool isEmpty() const { return form == Form::All && parts.empty(); }
    [[nodiscard]] std::string text() const;
    /// One line for each thing that must be true.
    [[nodiscard]] std::vector<std::string> lines() const;
};

[[nodiscard]] Residual allOf(std::vector<Residual> parts);
[[nodiscard]] Residual anyOf(std::vector<Residual> parts);
[[nodiscard]] Residual notThe(Residual part);
/// Adds to what must be true.
void require(Residual& all, Residual more);

/// "aws:SourceIp IpAddress 10.0.0.0/8 or 192.0.2.0/24".
[[nodiscard]] std::string readable(const Condition& condition);

} // namespace glacis
