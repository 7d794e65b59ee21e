// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "network/way.h"

namespace glacis {

/// Partial: only part of the clients' ports get replies. Latent: open in every control but one, which is no security
/// group.
enum class Reach { Reachable, Partial, Latent, Blocked, Unknown };
[[nodiscard]] std::string_view name(Reach verdict);
/// From blocked to reachable, for choosing the best of several ways.
[[nodiscard]] int rank(Reach verdict);

/// What becomes of some of the asked services on a way.
struct Outcome {
    Reach verdict{};
    PortSet ports;
    std::vector<Hop> hops; ///< in the order of the way
    std::string missing; ///< when Unknown: which export would decide, with the read-only command
};

/// Joins the outcomes of several ways between the same ends: each service keeps its best.
class BestOutcomes {
public:
    void take(Outcome one);
    [[nodiscard]] std::vector<Outcome> kept() { return std::move(m_kept); }

private:
    std::vector<Outcome> m_kept;
};

/// Sends the asked services down a way. The outcomes are disjoint and together all that was asked; services that the
/// same rules decide stay together.
[[nodiscard]] std::vector<Outcome> outcomes(
    const NetworkModel& model, const Estate& estate, const Way& way, const PortSet& asked);

} // namespace glacis
