// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "estate/estate.h"
#include "identity/evaluate.h"

#include <map>
#include <memory>

namespace glacis {

/// The policies of an estate, each distinct text parsed once, and which of them apply to whom. Tags of placed policies
/// are positions in the estate's table of policies.
class Policies {
public:
    explicit Policies(const Estate& estate);

    [[nodiscard]] const Estate& estate() const { return m_estate; }
    /// What limits and grants for a principal of the estate, without what its target and the target's organisation say.
    [[nodiscard]] PolicyStack stackOf(NodeId principal) const;
    /// Resource control policies of the account that owns a resource, whoever asks. Source: "Resource control policies
    /// (RCPs)", AWS Organizations User Guide.
    [[nodiscard]] std::vector<PolicyLayer> resourceControlsOf(NodeId resource) const;
    [[nodiscard]] std::optional<PolicyLayer> resourcePoliciesOf(NodeId resource) const; ///< nothing when it has none
    /// What a resource grants beside its policy: rows of its own whose name begins with "grant ". An access control
    /// list of a bucket that enforces its owner's ownership has no effect.
    [[nodiscard]] PolicyLayer grantsOf(NodeId resource) const;
    [[nodiscard]] std::optional<PolicyLayer> trustOf(NodeId role) const;
    /// Equal for principals of one account to whom the same texts apply, and of whom every condition of the estate that
    /// asks who they are says the same, so that one answer does for all.
    [[nodiscard]] std::string signatureOf(NodeId principal) const;
    /// Whether a managed policy that is attached was not in the export: then a denial is not known.
    [[nodiscard]] bool lacksDocuments(NodeId principal) const;
    /// The same of its permissions boundary: then nobody knows what it lets pass.
    [[nodiscard]] bool lacksBoundary(NodeId principal) const;
    /// The texts of a layer, so that equal layers can be told: their positions, in order.
    [[nodiscard]] std::string textsOf(const PolicyLayer& layer) const;
    /// Whether a text names things by variables, so that equal texts may give different answers.
    [[nodiscard]] static bool usesVariables(const PolicyLayer& layer);

    [[nodiscard]] Principal principalOf(NodeId node) const;
    /// What is known of any request of a principal: who it is, over TLS.
    [[nodiscard]] RequestContext contextOf(NodeId principal) const;
    [[nodiscard]] Reason reasonOf(const Decider& decider) const;
    [[nodiscard]] const PolicyDocument& document(std::size_t row) const { return *m_documents[row]; }

private:
    /// Whether tags may be handed over when the role is assumed, beside those that it has.
    [[nodiscard]] bool takesSessionTags(NodeId role) const;
    /// What each condition on who asks says of a principal, a digit each.
    [[nodiscard]] std::string answersAbout(NodeId principal) const;
    void add(PolicyLayer& layer, NodeId of, std::initializer_list<PolicyRole> roles) const;
    [[nodiscard]] bool isGrant(const PlacedPolicy& policy) const;
    [[nodiscard]] std::vector<NodeId> identitiesOf(NodeId principal) const;
    [[nodiscard]] std::vector<PolicyLayer> controlsOf(NodeId account, PolicyRole role) const;

    const Estate& m_estate;
    std::map<StringId, std::unique_ptr<PolicyDocument>> m_parsed;
    std::vector<const PolicyDocument*> m_documents; ///< by row of the table
    struct Asks {
        const Condition* condition = nullptr;
        bool variables = false;
    };
    std::vector<Asks> m_aboutPrincipals; ///< distinct conditions on keys that tell one principal from another
};

} // namespace glacis
