// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <cstdint>
#include <string>
#include <string_view>

namespace glacis {

/// Where in a text: a JSON pointer, or a line from 1 where there is no pointer; `within` goes on below the pointer,
/// also into a document that is kept as a string (a policy, quoted or URL-encoded).
struct ExcerptPlace {
    std::string pointer;
    std::uint32_t line = 0;
    std::string within;
};

/// Some lines of a source, with the part that is meant. Holds no secret: what looks like one is replaced.
struct Excerpt {
    QString text;
    int firstLine = 1; ///< number of the first line of `text` in the file
    int markedFrom = 0; ///< lines of the file, both included; 0 when nothing is marked
    int markedTo = 0;
    bool reformatted = false; ///< laid out anew: the file has it in one long line, or packed into a string
    bool cut = false; ///< more belongs to the part than is shown
    QString problem; ///< one sentence when the place was not found; the text is then the beginning of the file
};

/// `context` lines before and after are shown with it.
[[nodiscard]] Excerpt excerptOf(std::string_view text, const ExcerptPlace& place, int context);

/// The text with the values of members that may hold secrets (user data, environment variables, passwords, tokens,
/// keys) and what looks like a key wherever it stands replaced by a mark. Lines and their number stay.
[[nodiscard]] std::string withoutSecrets(std::string_view text);

} // namespace glacis
