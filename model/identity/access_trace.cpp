// SPDX-License-Identifier: GPL-3.0-or-later
#include "identity/access_trace.h"

#include <algorithm>

namespace glacis {

namespace {

using Place = TracedStatement::Place;
using Outcome = TracedStatement::Outcome;

struct Held {
    Verdict verdict{};
    std::vector<std::string> open;
};

/// Whether a statement applies to a request, asked of the evaluator by a policy that holds nothing else and allows.
Held heldAgainst(const PolicyRequest& request, Statement statement, bool variables, bool ofResource)
{
    statement.allows = true;
    PolicyDocument document;
    document.variables = variables;
    document.statements.push_back(std::move(statement));
    PolicyRequest asked = request;
    // As within one account, where a statement alone is enough; root would be let in without any.
    const bool isRoot = request.principal.kind == Principal::Kind::Root;
    asked.resourceAccount = isRoot ? "another account" : request.principal.account;
    PolicyStack stack;
    static const PolicyDocument everything =
        parsePolicy(R"({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]})");
    // "Default key policy": what a key policy lets an account do, its own policies have to allow besides.
    if (ofResource && request.action.rfind("kms:", 0) == 0)
        stack.identity.push_back({&everything, 0});
    if (ofResource)
        stack.resource = PolicyLayer{{&document, 0}};
    else
        stack.identity.push_back({&document, 0});
    const Evaluation answer = evaluate(asked, stack);
    return {answer.verdict, answer.open.lines()};
}

class Tracer {
public:
    Tracer(const Policies& policies, PolicyRequest request) : m_policies(policies), m_request(std::move(request)) { }

    void add(const PolicyLayer& layer, Place place)
    {
        for (const PlacedPolicy& policy : layer) {
            for (const Statement& statement : policy.document->statements) {
                if (actionMatches(statement, m_request.action))
                    add(policy, statement, place);
            }
        }
    }

    std::vector<TracedStatement> taken()
    {
        std::stable_sort(m_traced.begin(), m_traced.end(),
            [](const TracedStatement& a, const TracedStatement& b) { return a.allows < b.allows; });
        return std::move(m_traced);
    }

private:
    void add(const PlacedPolicy& policy, const Statement& statement, Place place)
    {
        TracedStatement traced;
        traced.place = place;
        traced.allows = statement.allows;
        traced.where = m_policies.reasonOf({policy.tag, &statement});
        for (const Condition& condition : statement.conditions)
            traced.conditions.push_back(textOf(condition));
        traced.outcome = outcomeOf(statement, policy.document->variables, place, traced.conditions);
        m_traced.push_back(std::move(traced));
    }

    Outcome outcomeOf(
        const Statement& statement, bool variables, Place place, std::vector<std::string>& conditions) const
    {
        // Limits of an organisation name a principal only to say that everyone is meant.
        const bool ofResource = place == Place::Resource;
        Statement held = statement;
        if (!ofResource)
            held.principal = {};
        const Held whole = heldAgainst(m_request, held, variables, ofResource);
        // Unknown is only whether the key policy, which is not asked here, agrees.
        if (whole.verdict == Verdict::Allowed || whole.verdict == Verdict::Unknown)
            return Outcome::Applies;
        if (whole.verdict == Verdict::Conditional) {
            conditions = whole.open;
            return Outcome::OnlyIf;
        }
        held.conditions.clear();
        const auto fits = [&] {
            const Verdict verdict = heldAgainst(m_request, held, variables, ofResource).verdict;
            return verdict == Verdict::Allowed || verdict == Verdict::Conditional || verdict == Verdict::Unknown;
        };
        if (fits())
            return Outcome::ConditionsFail;
        if (!ofResource)
            return Outcome::OtherResource;
        held.resources.assign(1, {"*", true, false, false});
        held.notResource = false;
        return fits() ? Outcome::OtherResource : Outcome::OtherPrincipal;
    }

    const Policies& m_policies;
    PolicyRequest m_request;
    std::vector<TracedStatement> m_traced;
};

} // namespace

std::string_view name(TracedStatement::Place place)
{
    switch (place) {
    case Place::Identity:
        return "identity policy";
    case Place::Resource:
        return "resource policy";
    case Place::Boundary:
        return "permissions boundary";
    case Place::ServiceControl:
        return "service control policy";
    case Place::ResourceControl:
        break;
    }
    return "resource control policy";
}

std::string textOf(const Condition& condition)
{
    std::string text = condition.key + ' ';
    if (condition.set == Condition::Set::ForAllValues)
        text += "(all values) ";
    else if (condition.set == Condition::Set::ForAnyValue)
        text += "(any value) ";
    text += condition.op;
    if (condition.ifExists)
        text += " (if there is one)";
    for (std::size_t i = 0; i < condition.values.size(); ++i)
        text += (i == 0 ? " " : " or ") + condition.values[i];
    return text;
}

std::vector<TracedStatement> traceAccess(
    const Policies& policies, NodeId principal, NodeId store, std::string_view action, std::string_view resource)
{
    PolicyRequest request;
    request.principal = policies.principalOf(principal);
    request.action = action;
    request.resource = resource;
    request.context = policies.contextOf(principal);
    const PolicyStack stack = policies.stackOf(principal);
    Tracer tracer(policies, std::move(request));
    tracer.add(stack.identity, Place::Identity);
    if (const auto layer = policies.resourcePoliciesOf(store))
        tracer.add(*layer, Place::Resource);
    tracer.add(policies.grantsOf(store), Place::Resource);
    if (stack.boundary)
        tracer.add(*stack.boundary, Place::Boundary);
    for (const PolicyLayer& level : stack.serviceControl)
        tracer.add(level, Place::ServiceControl);
    for (const PolicyLayer& level : policies.resourceControlsOf(store))
        tracer.add(level, Place::ResourceControl);
    return tracer.taken();
}

} // namespace glacis
