// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "canvas/scene.h"
#include "document/answers.h"
#include "document/selected.h"
#include "document/what_if.h"

#include <QString>

#include <cstdint>
#include <optional>
#include <vector>

namespace glacis {

/// One line of an explanation.
struct FactRow {
    enum class Kind : std::uint8_t {
        Heading,
        Fact, ///< name and text side by side
        Line, ///< text, with a glyph before it when there is one
        Command, ///< to copy
        Note ///< what is not there and why; muted
    };
    Kind kind = Kind::Line;
    QString name; ///< of a Fact; what a Command would decide
    QString text;
    Glyph glyph = Glyph::None;
    MarkState state = MarkState::Normal;
    bool good = false;
    Selected leadsTo; ///< selected on activation, unless empty
    EvidenceId evidence = noEvidence; ///< shown on activation, when there is nothing else to select
    std::optional<Trial> tries = {}; ///< tried out on activation
};

/// One place of the input that made something true.
struct Quote {
    EvidenceId evidence = noEvidence;
    std::string within; ///< JSON pointer below that of the evidence: "/Statement/2"
    QString why;
};

/// What the inspector's head says.
struct Heading {
    QString title;
    QString kind; ///< "Object store", "Connection", "Finding, high"
    QString place;
    QString sentence;
    Glyph glyph = Glyph::None;
    MarkShape shape = MarkShape::Other;
    MarkState state = MarkState::Normal;
};

enum class Aspect : std::uint8_t { Summary, Access, Reach, Paths, Findings };

// Words for what is selected, from the answers alone; no widget. Lists end after `mostRows` with a line that says how
// many more there are.
inline constexpr std::size_t mostRows = 200;

[[nodiscard]] Heading headingOf(const Answers& answers, const Selected& selected);
[[nodiscard]] std::vector<FactRow> factsOf(const Answers& answers, const Selected& selected, Aspect aspect);
[[nodiscard]] std::vector<Quote> quotesOf(const Answers& answers, const Selected& selected);

} // namespace glacis
