// SPDX-License-Identifier: GPL-3.0-or-later
#include "identity/kubernetes/ways.h"

#include "core/json.h"
#include "core/text.h"

#include <algorithm>
#include <set>

/// Between service accounts and identities of the clouds.
namespace glacis::rbac {

namespace {

/// "*" and "?" as IAM's StringLike has them.
bool isLike(std::string_view pattern, std::string_view text)
{
    std::size_t p = 0, t = 0, star = std::string_view::npos, from = 0;
    while (t < text.size()) {
        if (p < pattern.size() && pattern[p] == '*') {
            star = p++;
            from = t;
        } else if (p < pattern.size() && (pattern[p] == '?' || pattern[p] == text[t])) {
            ++p;
            ++t;
        } else if (star != std::string_view::npos) {
            p = star + 1;
            t = ++from;
        } else {
            return false;
        }
    }
    return pattern.find_first_not_of('*', p) == std::string_view::npos;
}

std::vector<std::string> wordsOf(const Json& value)
{
    std::vector<std::string> words;
    if (value.is_string())
        words.push_back(value.get<std::string>());
    for (const Json& one : value.is_array() ? value : Json::array())
        words.push_back(asText(one));
    return words;
}

enum class Lets { Nobody, Everyone, Named };

/// Whether a statement of a trust policy lets a web identity of that name in: by its ":sub", in a cluster's provider.
/// Source: "Assign IAM roles to Kubernetes service accounts", Amazon EKS User Guide.
Lets letsIn(const Json& statement, const std::string& subject)
{
    if (textOf(statement, "Effect") != "Allow")
        return Lets::Nobody;
    const auto actions = wordsOf(member(statement, "Action"));
    const auto providers = wordsOf(member(member(statement, "Principal"), "Federated"));
    const bool assumes = std::ranges::any_of(actions, [](const std::string& action) {
        return equalIgnoringCase(action, "sts:AssumeRoleWithWebIdentity") || action == "sts:*" || action == "*";
    });
    const bool ofCluster = std::ranges::any_of(
        providers, [](const std::string& one) { return one.find("oidc-provider/oidc.eks") != std::string::npos; });
    if (!assumes || !ofCluster)
        return Lets::Nobody;
    Lets lets = Lets::Everyone;
    for (const auto& [test, keys] : member(statement, "Condition").items()) {
        for (const auto& [key, values] : keys.items()) {
            if (!key.ends_with(":sub") || !test.starts_with("String"))
                continue;
            const bool like = test.starts_with("StringLike");
            const auto wanted = wordsOf(values);
            if (std::ranges::none_of(
                    wanted, [&](const std::string& one) { return like ? isLike(one, subject) : one == subject; }))
                return Lets::Nobody;
            lets = Lets::Named;
        }
    }
    return lets;
}

class CloudFinder {
public:
    CloudFinder(const ClusterFacts& facts, Ways& ways) : m_facts(facts), m_estate(facts.estate), m_ways(ways) { }

    /// The trust policy decides; the annotation only has the token mounted.
    void throughTrust()
    {
        for (const NodeId role : m_estate.ofKind(Kind::Role)) {
            for (const auto& row : m_estate.policies(role)) {
                const auto document =
                    row.role == PolicyRole::Trust ? parseJson(m_estate.text(row.document)) : std::nullopt;
                if (!document)
                    continue;
                const Json& written = member(*document, "Statement");
                const Json statements = written.is_object() ? Json::array({written}) : written;
                for (std::size_t i = 0; statements.is_array() && i < statements.size(); ++i)
                    letIn(role, statements[i], {role, row.evidence, pointerTo("/Statement", i), {}});
            }
        }
    }

    /// "How EKS Pod Identity works", Amazon EKS User Guide: the association names account and role, and the role must
    /// let the agent's service in.
    void throughPodIdentity()
    {
        for (const auto& [space, accounts] : m_facts.accountsIn) {
            for (const NodeId account : accounts) {
                const PropertyRow<NodeId>* said = m_estate.property(account, "pod_identity_role");
                const auto role = said ? m_estate.find(m_estate.word(account, "pod_identity_role")) : std::nullopt;
                if (!role || !trustsAgent(*role))
                    continue;
                for (const Recipe& recipe : m_roles)
                    m_ways.add(account, *role, recipe,
                        {{account, said->evidence, {}, "An association of EKS Pod Identity names it."}});
            }
        }
    }

    /// Where the role's own policy is not in the export, the annotation is all that is known.
    void byAnnotation()
    {
        for (const auto& [space, accounts] : m_facts.accountsIn) {
            for (const NodeId account : accounts) {
                for (const auto& edge : m_estate.out(account)) {
                    if (edge.kind != EdgeKind::RunsAs)
                        continue;
                    const bool isRole = m_estate.kind(edge.to) == Kind::Role;
                    const bool told = isRole && !m_estate.node(edge.to).outside;
                    const std::vector<Reason> because = {{account, edge.evidence, {}, "Its annotation names it."}};
                    for (const Recipe& recipe : told ? m_none : isRole ? m_roles : m_identities)
                        m_ways.add(account, edge.to, recipe, because,
                            isRole ? "the trust policy of the role lets it in (aws iam get-role)" : "");
                }
            }
        }
    }

    void intoGroups()
    {
        for (const NodeId group : m_estate.ofKind(Kind::Group)) {
            if (m_estate.node(group).provider != Provider::Kubernetes)
                continue;
            for (const EdgeId id : m_estate.in(group)) {
                const auto& edge = m_estate.edge(id);
                if (edge.kind != EdgeKind::MemberOf)
                    continue;
                for (const Recipe& recipe : m_mapped)
                    m_ways.add(edge.from, group, recipe, {{edge.from, edge.evidence, {}, "The cluster maps it."}});
            }
        }
    }

private:
    [[nodiscard]] bool trustsAgent(NodeId role) const
    {
        bool told = false;
        for (const auto& row : m_estate.policies(role)) {
            told = told || row.role == PolicyRole::Trust;
            if (row.role == PolicyRole::Trust
                && m_estate.text(row.document).find("pods.eks.amazonaws.com") != std::string_view::npos)
                return true;
        }
        return !told;
    }

    void letIn(NodeId role, const Json& statement, Reason reason)
    {
        for (const auto& [space, accounts] : m_facts.accountsIn) {
            for (const NodeId account : accounts) {
                const std::string subject = std::string(accountPrefix) + std::string(m_estate.name(space)) + ':'
                    + std::string(m_estate.name(account));
                const Lets lets = letsIn(statement, subject);
                if (lets == Lets::Nobody)
                    continue;
                reason.text = lets == Lets::Named ? "The trust policy names the account."
                                                  : "The trust policy lets in every account of the cluster.";
                const auto named = m_estate.targets(account, EdgeKind::RunsAs);
                const bool annotated = std::ranges::find(named, role) != named.end();
                for (const Recipe& recipe : m_roles)
                    m_ways.add(account, role, recipe, {reason},
                        annotated ? "" : "the provider in the trust policy is that of this cluster");
            }
        }
    }

    const ClusterFacts& m_facts;
    const Estate& m_estate;
    Ways& m_ways;
    const std::vector<Recipe> m_none;
    std::vector<Recipe> m_roles = recipesFrom({"account"}, {"cloud_role"});
    std::vector<Recipe> m_identities = recipesFrom({"account"}, {"cloud_identity"});
    std::vector<Recipe> m_mapped = recipesFrom({"cloud_identity"}, {"mapped_group"});
};

} // namespace

void waysToClouds(const ClusterFacts& facts, Ways& ways)
{
    CloudFinder finder(facts, ways);
    finder.throughTrust();
    finder.throughPodIdentity();
    finder.byAnnotation();
    finder.intoGroups();
}

} // namespace glacis::rbac
