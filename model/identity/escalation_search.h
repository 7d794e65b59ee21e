// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "identity/escalation_ground.h"

namespace glacis {

/// All ways of principals that are alike, by each technique of the catalogue, and what closes those that are closed by
/// one layer alone.
class EscalationSearch {
public:
    enum class Look : std::uint8_t { ForWays, ForNearMisses };
    EscalationSearch(const EscalationGround& ground, const std::vector<NodeId>& alike, Look look);

    void search();
    std::vector<Escalation> found;
    std::vector<NearMiss> missed;

private:
    /// Each of `from` has the way to each of `to`, as far as was asked.
    struct Way {
        std::vector<NodeId> from;
        std::vector<NodeId> to;
        Decision decision = allowedAnyway();
        std::string blockedBy; ///< by one layer alone
        std::vector<Reason> because; ///< of what blocks
    };
    using Ways = std::vector<Way>;

    void apply(const Recipe& recipe);
    [[nodiscard]] Ways starts(const Recipe& recipe);
    [[nodiscard]] Ways assumptions();
    [[nodiscard]] Ways toTargets(const Recipe& recipe);
    [[nodiscard]] Ways toOneself(const Recipe& recipe) const;
    [[nodiscard]] Ways toWhatIsOnes(const Recipe& recipe) const;
    void throughPolicies(const Recipe& recipe, Ways& ways) const;
    void narrow(Ways& ways, const std::string& action, const RequestContext& more = {}) const;
    void narrowByNew(Ways& ways, const Recipe& recipe) const;
    void narrowByFacts(Ways& ways, const Recipe& recipe) const;
    /// Whether the way stays: it is possible, or blocked by one layer whose name is wanted.
    [[nodiscard]] bool goesOn(Way& way, const Rights::Answer& answer, std::optional<Reason> but) const;
    void keep(const Recipe& recipe, Way way);
    void keepFreed(const Recipe& recipe, const Way& way);
    void emit(const Recipe& recipe, const Way& way, NodeId from, NodeId to);
    [[nodiscard]] bool limited(NodeId principal) const;

    const EscalationGround& m_ground;
    const Estate& m_estate;
    const std::vector<NodeId>& m_alike;
    Rights m_rights;
    NodeId m_account;
    bool m_misses;
    EscalationGround::Marks m_marks;
    std::optional<Ways> m_assumptions;
};

} // namespace glacis
