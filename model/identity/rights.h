// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "identity/policies.h"

#include <span>

namespace glacis {

/// What a principal may do, its policies gathered once so that many questions can be put. It answers for all principals
/// that are alike, but for what names one of them itself.
/// Refers to the policies, which must outlive it. Questions may be put from several threads.
class Rights {
public:
    struct Answer {
        Decision decision;
        std::string stoppedBy; ///< the layer that denied, as "permissions boundary"; empty when rights are just missing
    };

    Rights(const Policies& policies, NodeId principal);

    [[nodiscard]] NodeId principal() const { return m_principal; }
    /// The same without a permissions boundary, as after it was taken away.
    [[nodiscard]] Rights withoutBoundary() const;
    /// The same with nothing but the boundary to limit: what a principal that writes its own policies can come to.
    [[nodiscard]] Rights atMost() const;

    /// A right on a thing of the estate, with its resource policy. A role's trust policy is asked where the action
    /// assumes it.
    [[nodiscard]] Answer on(std::string_view action, NodeId thing, const RequestContext& more = {}) const;
    /// A right on what the estate need not hold, in the principal's own account.
    [[nodiscard]] Answer on(std::string_view action, const std::string& resource) const;

    struct AnswerForSome {
        std::vector<NodeId> things; ///< in the order in which they were asked about
        Answer answer;
    };
    /// A right on each of many things: those of which the same statements speak are asked about once.
    [[nodiscard]] std::vector<AnswerForSome> onEach(
        std::string_view action, std::span<const NodeId> things, const RequestContext& more = {}) const;

    /// The statements that allow an action on some resource, whatever their conditions and limits.
    [[nodiscard]] std::vector<Decider> allowing(std::string_view action) const;
    /// A statement that would allow the action on the thing if its conditions held.
    [[nodiscard]] std::optional<Reason> allowingBut(std::string_view action, NodeId thing) const;

private:
    [[nodiscard]] PolicyRequest request(std::string_view action, std::string resource, NodeId owned) const;
    [[nodiscard]] Answer answer(const PolicyRequest& request, std::optional<PolicyLayer> resource, NodeId owned) const;

    const Policies* m_policies;
    NodeId m_principal;
    Principal m_who;
    RequestContext m_context;
    PolicyStack m_stack;
};

/// Whether a principal may do everything, by a few actions of different services; with the statement that lets it.
[[nodiscard]] Decision administration(const Rights& rights);
/// Both at once: denied when either is, open where either is, with the statements of both.
void both(Decision& all, const Decision& one);
/// Of what needs no right.
[[nodiscard]] Decision allowedAnyway();

} // namespace glacis
