// SPDX-License-Identifier: GPL-3.0-or-later
#include "identity/rights.h"

#include "core/matching.h"
#include "core/text.h"
#include "identity/public_access.h"

#include <algorithm>
#include <array>
#include <unordered_map>

namespace glacis {

namespace {

bool assumes(std::string_view action)
{
    return lowered(action).rfind("sts:assumerole", 0) == 0;
}

/// What AWS itself treats apart whatever policies say: resources/catalog/aws_evaluation.json.
constexpr std::array toldApartByAws = {"arn:*:iam::aws:policy/*", "arn:*:iam::*:role/aws-reserved/*",
    "arn:*:iam::*:role/aws-service-role/*", "arn:*:kms:*:*:alias/aws/*", "arn:*:kms:*:*:key/*"};

/// The patterns by which the statements that speak of an action tell resources apart.
class Distinctions {
public:
    Distinctions(const PolicyRequest& request, const PolicyStack& stack) : m_request(request)
    {
        take(stack.identity);
        if (stack.boundary)
            take(*stack.boundary);
        for (const PolicyLayer& level : stack.serviceControl)
            take(level);
    }

    void take(const PolicyLayer& layer)
    {
        for (const PlacedPolicy& policy : layer) {
            for (const Statement& statement : policy.document->statements) {
                if (actionMatches(statement, m_request.action))
                    take(statement, policy.document->variables);
            }
        }
    }

    /// Equal for resources of which the same statements speak.
    [[nodiscard]] std::string of(std::string_view resource) const
    {
        std::string marks;
        marks.reserve(m_patterns.size() + toldApartByAws.size());
        for (const std::string& pattern : m_patterns)
            marks += wildcardMatches(pattern, resource) ? '1' : '0';
        for (const char* pattern : toldApartByAws)
            marks += wildcardMatches(pattern, resource) ? '1' : '0';
        return marks;
    }

private:
    void take(const Statement& statement, bool variables)
    {
        for (const ResourcePattern& pattern : statement.resources) {
            if (pattern.everything)
                continue;
            std::string missing;
            const auto filled = variables && pattern.variables ? withVariables(pattern.text, m_request, missing)
                                                               : std::optional(pattern.text);
            if (!filled)
                continue;
            add(*filled);
            // In policies of identities an incomplete ARN is filled up.
            auto colons = std::ranges::count(*filled, ':');
            if (filled->rfind("arn:", 0) == 0 && colons < 5) {
                std::string whole = *filled;
                for (; colons < 5; ++colons)
                    whole += ":*";
                add(whole);
            }
        }
    }

    void add(const std::string& pattern)
    {
        if (std::ranges::find(m_patterns, pattern) == m_patterns.end())
            m_patterns.push_back(pattern);
    }

    const PolicyRequest& m_request;
    std::vector<std::string> m_patterns;
};

} // namespace

Rights::Rights(const Policies& policies, NodeId principal)
    : m_policies(&policies),
      m_principal(principal),
      m_who(policies.principalOf(principal)),
      m_context(policies.contextOf(principal)),
      m_stack(policies.stackOf(principal))
{
}

Rights Rights::withoutBoundary() const
{
    Rights freed = *this;
    freed.m_stack.boundary.reset();
    return freed;
}

Rights Rights::atMost() const
{
    static const PolicyDocument everything =
        parsePolicy(R"({"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}})");
    Rights most = *this;
    most.m_stack.identity = {{&everything, 0}};
    most.m_stack.serviceControl.clear();
    return most;
}

PolicyRequest Rights::request(std::string_view action, std::string resource, NodeId owned) const
{
    const Estate& estate = m_policies->estate();
    PolicyRequest made;
    made.principal = m_who;
    made.action = action;
    made.resource = std::move(resource);
    made.context = m_context;
    if (owned != noNode && estate.node(owned).account != noNode)
        made.resourceAccount = estate.id(estate.node(owned).account);
    return made;
}

Rights::Answer Rights::answer(const PolicyRequest& request, std::optional<PolicyLayer> resource, NodeId owned) const
{
    PolicyStack stack = m_stack;
    stack.resource = std::move(resource);
    if (owned != noNode) {
        stack.resourceControl = m_policies->resourceControlsOf(owned);
        stack.grants = m_policies->grantsOf(owned);
    }
    Evaluation evaluation = evaluate(request, stack);
    Answer made;
    made.decision.verdict = evaluation.verdict;
    made.decision.open = evaluation.open.lines();
    for (const Decider& decider : evaluation.because)
        made.decision.because.push_back(m_policies->reasonOf(decider));
    made.stoppedBy = evaluation.stoppedBy;
    if (made.stoppedBy.empty() && evaluation.verdict == Verdict::ExplicitDeny)
        made.stoppedBy = "explicit deny";
    return made;
}

Rights::Answer Rights::on(std::string_view action, NodeId thing, const RequestContext& more) const
{
    return std::move(onEach(action, std::span(&thing, 1), more).front().answer);
}

Rights::Answer Rights::on(std::string_view action, const std::string& resource) const
{
    return answer(request(action, resource, noNode), std::nullopt, m_policies->estate().node(m_principal).account);
}

std::vector<Rights::AnswerForSome> Rights::onEach(
    std::string_view action, std::span<const NodeId> things, const RequestContext& more) const
{
    const Estate& estate = m_policies->estate();
    PolicyRequest asked = request(action, {}, noNode);
    for (const auto& [key, values] : more)
        asked.context[key] = values;
    Distinctions distinctions(asked, m_stack);
    std::vector<AnswerForSome> answers;
    std::unordered_map<std::string, std::size_t> known;
    for (const NodeId thing : things) {
        const bool isRole = estate.kind(thing) == Kind::Role;
        std::optional<PolicyLayer> layer = !isRole ? m_policies->resourcePoliciesOf(thing)
            : assumes(action)                      ? m_policies->trustOf(thing)
                                                   : std::nullopt;
        const std::string arn = arnOf(estate, thing);
        std::string key = distinctions.of(arn) + ' ' + std::to_string(index(estate.node(thing).account)) + ' '
            + (layer ? m_policies->textsOf(*layer) : std::string()) + m_policies->textsOf(m_policies->grantsOf(thing));
        for (const PolicyLayer& level : m_policies->resourceControlsOf(thing)) {
            Distinctions limits(asked, {});
            limits.take(level);
            key += ' ' + limits.of(arn);
        }
        const auto [found, isNew] = known.try_emplace(std::move(key), answers.size());
        if (isNew) {
            PolicyRequest one = request(action, arn, thing);
            one.context = asked.context;
            answers.push_back({{}, answer(one, std::move(layer), thing)});
        }
        answers[found->second].things.push_back(thing);
    }
    return answers;
}

std::vector<Decider> Rights::allowing(std::string_view action) const
{
    std::vector<Decider> found;
    for (const PlacedPolicy& policy : m_stack.identity) {
        for (const Statement& statement : policy.document->statements) {
            if (statement.allows && actionMatches(statement, action))
                found.push_back({policy.tag, &statement});
        }
    }
    return found;
}

std::optional<Reason> Rights::allowingBut(std::string_view action, NodeId thing) const
{
    PolicyRequest asked = request(action, arnOf(m_policies->estate(), thing), thing);
    for (const Decider& decider : allowing(action)) {
        Statement bare = *decider.statement;
        bare.conditions.clear();
        PolicyDocument document;
        document.variables = m_policies->document(decider.tag).variables;
        document.statements.push_back(std::move(bare));
        PolicyStack stack;
        stack.identity = {{&document, decider.tag}};
        if (evaluate(asked, stack).verdict == Verdict::Allowed)
            return m_policies->reasonOf(decider);
    }
    return std::nullopt;
}

Decision administration(const Rights& rights)
{
    constexpr std::array probes = {
        "iam:AttachUserPolicy", "s3:PutBucketPolicy", "lambda:UpdateFunctionCode", "ec2:RunInstances"};
    Decision all = allowedAnyway();
    for (const char* probe : probes) {
        both(all, rights.on(probe, "*").decision);
        if (!all.possible())
            break;
    }
    return all;
}

void both(Decision& all, const Decision& one)
{
    const auto rank = [](Verdict verdict) {
        return verdict == Verdict::Allowed ? 0 : verdict == Verdict::Conditional ? 1 : 2;
    };
    if (rank(one.verdict) > rank(all.verdict))
        all.verdict = one.verdict;
    for (const std::string& open : one.open) {
        if (std::ranges::find(all.open, open) == all.open.end())
            all.open.push_back(open);
    }
    for (const Reason& reason : one.because) {
        const auto same = [&](const Reason& other) {
            return other.of == reason.of && other.evidence == reason.evidence && other.pointer == reason.pointer;
        };
        if (std::ranges::none_of(all.because, same))
            all.because.push_back(reason);
    }
}

Decision allowedAnyway()
{
    Decision made;
    made.verdict = Verdict::Allowed;
    return made;
}

} // namespace glacis
