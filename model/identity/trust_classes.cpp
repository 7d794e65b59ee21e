// SPDX-License-Identifier: GPL-3.0-or-later
#include "identity/trust_classes.h"

#include "core/text.h"

#include <algorithm>

namespace glacis {

TrustClasses::TrustClasses(const Policies& policies) : m_policies(policies)
{
    const Estate& estate = policies.estate();
    std::map<std::string, std::size_t> known;
    for (const NodeId role : estate.ofKind(Kind::Role)) {
        if (estate.node(role).outside || estate.node(role).provider != Provider::Aws)
            continue;
        auto trust = policies.trustOf(role);
        if (!trust)
            continue;
        const std::string key = std::to_string(index(estate.node(role).account)) + policies.textsOf(*trust);
        const auto [found, isNew] = known.try_emplace(key, m_classes.size());
        if (isNew) {
            m_classes.emplace_back();
            m_classes.back().trust = std::move(*trust);
            read(m_classes.back());
            for (const NodeId named : m_classes.back().named)
                m_naming[named].push_back(found->second);
        }
        m_classes[found->second].roles.push_back(role);
    }
}

void TrustClasses::read(Class& made) const
{
    const Estate& estate = m_policies.estate();
    for (const PlacedPolicy& policy : made.trust) {
        for (const Statement& statement : policy.document->statements) {
            if (!statement.allows || !actionMatches(statement, assumeRole))
                continue;
            made.anyone = made.anyone || statement.principal.anyone
                || statement.principal.presence == PrincipalElement::Presence::NotPrincipal;
            for (const std::string& name : statement.principal.aws) {
                const auto arn = parseArn(name);
                if (!arn)
                    made.accounts.push_back(name);
                else if (arn->resource == "root")
                    made.accounts.emplace_back(arn->account);
                else if (const auto node = estate.find(name))
                    made.named.push_back(*node);
            }
        }
    }
    std::ranges::sort(made.named);
    const auto same = std::ranges::unique(made.named);
    made.named.erase(same.begin(), same.end());
}

std::vector<TrustClasses::Trusting> TrustClasses::trusting(const std::string& service) const
{
    const Estate& estate = m_policies.estate();
    std::vector<Trusting> found;
    for (const Class& one : m_classes) {
        PolicyRequest request;
        request.principal = principalNamed(service);
        request.action = assumeRole;
        request.resource = estate.id(one.roles.front());
        const NodeId account = estate.node(one.roles.front()).account;
        request.context["aws:SecureTransport"] = {"true"};
        request.context["aws:PrincipalIsAWSService"] = {"true"};
        // A service that was handed the role by its account says so: "The confused deputy problem".
        if (account != noNode)
            request.context["aws:SourceAccount"] = {std::string(estate.id(account))};
        PolicyStack stack;
        stack.resource = one.trust;
        const Evaluation evaluation = evaluate(request, stack);
        if (evaluation.verdict != Verdict::Allowed && evaluation.verdict != Verdict::Conditional)
            continue;
        Trusting trusting{one.roles, {evaluation.verdict, evaluation.open.lines(), {}}};
        for (const Decider& decider : evaluation.because)
            trusting.decision.because.push_back(m_policies.reasonOf(decider));
        found.push_back(std::move(trusting));
    }
    return found;
}

std::vector<std::vector<NodeId>> TrustClasses::toldApart(const Class& by, const std::vector<NodeId>& members)
{
    std::vector<std::vector<NodeId>> parts;
    const bool eachForItself = Policies::usesVariables(by.trust);
    for (const NodeId member : members) {
        if (std::ranges::binary_search(by.named, member))
            continue;
        if (parts.empty() || eachForItself)
            parts.emplace_back();
        parts.back().push_back(member);
    }
    return parts;
}

std::vector<TrustClasses::Assumption> TrustClasses::assumedBy(
    const Rights& rights, const std::vector<NodeId>& alike, bool allowed) const
{
    const Estate& estate = m_policies.estate();
    const NodeId account = estate.node(alike.front()).account;
    const std::string accountId = account == noNode ? std::string() : std::string(estate.id(account));
    std::vector<Assumption> found;
    const auto ask = [&](const Rights& of, const std::vector<NodeId>& who, const std::vector<NodeId>& roles) {
        for (Rights::AnswerForSome& some : of.onEach(assumeRole, roles))
            found.push_back({who, std::move(some.things), std::move(some.answer)});
    };
    for (const Class& one : m_classes) {
        const bool ours = allowed && std::ranges::find(one.accounts, accountId) != one.accounts.end();
        if (!ours && !one.anyone)
            continue;
        for (const std::vector<NodeId>& part : toldApart(one, alike)) {
            if (part.front() == rights.principal())
                ask(rights, part, one.roles);
            else
                ask(Rights(m_policies, part.front()), part, one.roles);
        }
    }
    for (const NodeId member : alike) {
        const auto naming = m_naming.find(member);
        if (naming == m_naming.end())
            continue;
        const Rights own(m_policies, member);
        for (const std::size_t position : naming->second)
            ask(own, {member}, m_classes[position].roles);
    }
    return found;
}

} // namespace glacis
