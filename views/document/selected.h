// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/answers.h"

#include <cstdint>
#include <memory>
#include <variant>
#include <vector>

namespace glacis {

/// What is selected besides things. Positions are those of the answers at hand; a way carries its steps itself, since
/// a view may ask for ways of its own.
namespace subject {
struct Things {
    bool operator==(const Things&) const = default;
};
/// Connections between classes of things, drawn as one arrow.
struct Flows {
    std::vector<std::uint32_t> flows; ///< in Segmentation::flows
    bool operator==(const Flows&) const = default;
};
struct Violation {
    std::uint32_t at = 0; ///< in Segmentation::violations
    bool operator==(const Violation&) const = default;
};
struct Finding {
    std::uint32_t at = 0; ///< in PostureReport::results
    bool operator==(const Finding&) const = default;
};
struct Path {
    std::shared_ptr<const AttackPath> path;
    int step = -1; ///< the step at hand; −1: the whole way
    bool operator==(const Path&) const;
};
struct Step {
    std::shared_ptr<const AttackStep> step;
    bool operator==(const Step&) const;
};
/// What least privilege would not leave so.
struct Privilege {
    std::uint32_t at = 0; ///< in Answers::privileges
    bool operator==(const Privilege&) const = default;
};
/// A field of the responsibility picture.
struct Cell {
    std::uint32_t column = 0;
    std::uint32_t layer = 0;
    bool operator==(const Cell&) const = default;
};
struct OutsideParty {
    std::uint32_t at = 0; ///< in ResponsibilityPicture::parties
    bool operator==(const OutsideParty&) const = default;
};
struct Zone {
    std::uint32_t zone = 0; ///< in Tiers::zones; Placement::unassigned
    bool operator==(const Zone&) const = default;
};
struct File {
    std::uint32_t at = 0; ///< in Ledger::rows
    bool operator==(const File&) const = default;
};
struct Missing {
    std::uint32_t at = 0; ///< in PostureReport::missing
    bool operator==(const Missing&) const = default;
};
/// What identities may do to stores: a field of the matrix. Of those that are alike the first is asked about.
struct Access {
    std::vector<NodeId> principals;
    std::vector<NodeId> stores;
    bool operator==(const Access&) const = default;
};
/// One of the things that are tried out.
struct Trial {
    std::uint32_t at = 0; ///< in WhatIf::trials
    bool operator==(const Trial&) const = default;
};
} // namespace subject

using Subject = std::variant<subject::Things, subject::Flows, subject::Violation, subject::Finding, subject::Path,
    subject::Step, subject::Cell, subject::OutsideParty, subject::Zone, subject::File, subject::Missing, subject::Trial,
    subject::Access, subject::Privilege>;

/// Whether two ways lead over the same things by the same techniques. Their edges may be those of different graphs.
[[nodiscard]] bool sameWay(const AttackPath& a, const AttackPath& b);

/// The one selection of the program. `things` are what every view marks: the selected things themselves, or the ends of
/// an arrow, the thing of a finding, the stations of a way; the first is the one that is talked of.
struct Selected {
    std::vector<NodeId> things;
    Subject subject;

    Selected();
    Selected(std::vector<NodeId> marked, Subject what);
    // Here rather than in each of the many files that hold a selection, where they would be compiled again.
    Selected(const Selected&);
    Selected(Selected&&) noexcept;
    Selected& operator=(const Selected&);
    Selected& operator=(Selected&&) noexcept;
    ~Selected();
    [[nodiscard]] bool isEmpty() const { return things.empty() && std::holds_alternative<subject::Things>(subject); }
    [[nodiscard]] bool has(NodeId node) const;
    template <class T> [[nodiscard]] const T* as() const { return std::get_if<T>(&subject); }
    bool operator==(const Selected&) const;
    /// The same once other answers stand for the same things: positions in lists don't hold any more, things do.
    [[nodiscard]] Selected carriedOver() const;

    [[nodiscard]] static Selected thing(NodeId node);
    [[nodiscard]] static Selected of(std::vector<NodeId> nodes);
    [[nodiscard]] static Selected flows(const Answers& answers, std::vector<std::uint32_t> flows);
    [[nodiscard]] static Selected violation(const Answers& answers, std::uint32_t at);
    [[nodiscard]] static Selected finding(const Answers& answers, std::uint32_t at);
    [[nodiscard]] static Selected privilege(const Answers& answers, std::uint32_t at);
    [[nodiscard]] static Selected path(std::shared_ptr<const AttackPath> path, int step = -1);
    [[nodiscard]] static Selected step(std::shared_ptr<const AttackStep> step);
    [[nodiscard]] static Selected cell(const Answers& answers, std::uint32_t column, std::uint32_t layer);
    [[nodiscard]] static Selected outsideParty(const Answers& answers, std::uint32_t at);
    [[nodiscard]] static Selected zone(const Answers& answers, std::uint32_t zone);
    [[nodiscard]] static Selected file(std::uint32_t at);
    [[nodiscard]] static Selected access(std::vector<NodeId> principals, std::vector<NodeId> stores);
    [[nodiscard]] static Selected trial(const Answers& answers, std::uint32_t at);
    [[nodiscard]] static Selected missing(std::uint32_t at);
};

} // namespace glacis
