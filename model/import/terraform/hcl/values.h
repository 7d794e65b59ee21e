// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/json.h"

#include <string>
#include <string_view>
#include <vector>

/// What expressions come to: JSON values in whose texts a reference may stand for what only an apply would tell,
/// between two marks that no source text holds. So "${aws_s3_bucket.logs.arn}/*" keeps what it refers to and what it
/// adds.
namespace glacis::hcl {

/// The value of something that is not known, by what it would be read from ("aws_s3_bucket.logs.arn").
[[nodiscard]] Json unknown(std::string_view reference);
/// Not known, and worked out from all that the given values refer to.
[[nodiscard]] Json derived(const std::vector<const Json*>& from);
/// Whether the value is one reference and nothing else, the same thing exactly.
[[nodiscard]] bool isReference(const Json& value);
/// Whether a reference stands anywhere in the value.
[[nodiscard]] bool isOpen(const Json& value);
/// The references in a value, in order; each once.
[[nodiscard]] std::vector<std::string> references(const Json& value);
/// Calls `name` for each reference in a text and puts what it gives in its place.
template <class Name> std::string withReferences(std::string_view text, Name name);
/// The reference extended by a step: the attribute of something that is not known.
[[nodiscard]] Json stepInto(const Json& reference, std::string_view step);

inline constexpr char referenceBegins = '\x01';
inline constexpr char referenceEnds = '\x02';
/// First in a reference that something was worked out from: the value is not the reference's own.
inline constexpr char workedOut = '~';
/// Between the references that something was worked out from.
inline constexpr char referenceJoins = '\x03';

template <class Name> std::string withReferences(std::string_view text, Name name)
{
    std::string made;
    for (std::size_t at = 0;;) {
        const auto begin = text.find(referenceBegins, at);
        const auto end = begin == std::string_view::npos ? begin : text.find(referenceEnds, begin);
        made += text.substr(at, end == std::string_view::npos ? text.npos : begin - at);
        if (end == std::string_view::npos)
            return made;
        made += name(text.substr(begin + 1, end - begin - 1));
        at = end + 1;
    }
}

} // namespace glacis::hcl
