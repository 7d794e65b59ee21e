// SPDX-License-Identifier: GPL-3.0-or-later
#include "identity/evaluate.h"

#include "catalog/action_catalog.h"
#include "core/matching.h"
#include "core/text.h"
#include "identity/principal_match.h"
#include "identity/resource_match.h"
#include "identity/service_rules.h"

#include <algorithm>
#include <array>

namespace glacis {

namespace {

/// An action in lower case, without an allocation for names of ordinary length.
class LoweredAction {
public:
    explicit LoweredAction(std::string_view action)
    {
        char* to = m_short.data();
        if (action.size() > m_short.size()) {
            m_long.resize(action.size());
            to = m_long.data();
        }
        std::ranges::transform(
            action, to, [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
        const std::string_view whole(to, action.size());
        const std::size_t colon = whole.find(':');
        service = whole.substr(0, colon);
        name = colon == std::string_view::npos ? std::string_view{} : whole.substr(colon + 1);
    }
    LoweredAction(const LoweredAction&) = delete;
    LoweredAction& operator=(const LoweredAction&) = delete;

    std::string_view service;
    std::string_view name;

private:
    std::array<char, 96> m_short;
    std::string m_long;
};

/// A wildcard in place of the service is not part of the grammar: it means nothing.
bool speaksOfAction(const Statement& statement, const LoweredAction& action)
{
    const bool any = std::ranges::any_of(statement.actions, [&](const ActionPattern& pattern) {
        if (pattern.everything)
            return true;
        if (pattern.service != action.service)
            return false;
        return pattern.literal ? pattern.name == action.name : wildcardMatches(pattern.name, action.name);
    });
    return any != statement.notAction;
}

/// How far something is granted or denied, under which condition, and by which statements.
struct May {
    Truth truth = Truth::False;
    std::vector<Residual> ways; ///< when Open: one of them must hold
    std::vector<Decider> by;

    void add(Truth holds, std::vector<Residual> open, const Decider& decider)
    {
        if (holds == Truth::False || (truth == Truth::True && holds == Truth::Open))
            return;
        if (holds == Truth::True && truth != Truth::True) {
            ways.clear();
            by.clear();
        }
        truth = holds;
        by.push_back(decider);
        if (holds == Truth::Open)
            ways.push_back(allOf(std::move(open)));
    }
    [[nodiscard]] bool isPossible() const { return truth != Truth::False; }
    [[nodiscard]] Residual condition() const { return truth == Truth::Open ? anyOf(ways) : Residual{}; }
};

/// One of several ways to be allowed, with all that it needs.
struct Way {
    Truth truth = Truth::True;
    Residual open;
    std::vector<Decider> by;

    Way& needs(const May& may)
    {
        truth = std::min(truth, may.truth);
        if (may.truth == Truth::Open)
            require(open, may.condition());
        by.insert(by.end(), may.by.begin(), may.by.end());
        return *this;
    }
};

/// What a layer of policies says.
struct Says {
    May allow;
    May deny;
};

/// What a resource policy grants, by how it names who asks.
struct Granted {
    May direct; ///< boundary and session policy do not limit it
    May toRole; ///< they do
    May toAccount; ///< lets policies of the account decide
    May deny;
};

class Evaluator {
public:
    Evaluator(const PolicyRequest& request, const PolicyStack& stack, const LoweredAction& action)
        : m_request(request), m_stack(stack), m_who(request.principal), m_action(action)
    {
    }

    Evaluation evaluated()
    {
        const May identity = identityAllows();
        const Granted granted = m_stack.resource ? grantedBy(*m_stack.resource) : Granted{};
        if (denied(granted.deny, ""))
            return std::move(m_result);
        if (isRuled(ServiceRule::FixedByAws))
            return {};
        if (!withinLimits())
            return std::move(m_result);
        grant(identity, granted);
        return std::move(m_result);
    }
    /// Whether a part of what was asked for fitted some statement, but not the whole.
    [[nodiscard]] bool partly() const { return m_partly; }

private:
    using Kind = Principal::Kind;

    [[nodiscard]] bool isRuled(ServiceRule rule) const
    {
        return applies(rule, m_action.service, m_action.name, m_request.resource);
    }

    Truth holds(const Statement& statement, bool variables, IncompleteArn incomplete, std::vector<Residual>& open)
    {
        const Truth resource = resourceMatches(statement, m_request, variables, incomplete, open, m_partly);
        if (resource == Truth::False || statement.conditions.empty())
            return resource;
        return std::min(resource, conditionsHold(statement.conditions, m_request, variables, open));
    }

    /// A layer that does not look at who asks.
    Says said(const PolicyLayer& layer, IncompleteArn incomplete)
    {
        Says says;
        for (const PlacedPolicy& policy : layer) {
            for (const Statement& statement : policy.document->statements) {
                if (!speaksOfAction(statement, m_action))
                    continue;
                std::vector<Residual> open;
                const Truth truth = holds(statement, policy.document->variables, incomplete, open);
                (statement.allows ? says.allow : says.deny).add(truth, std::move(open), {policy.tag, &statement});
            }
        }
        return says;
    }

    May identityAllows()
    {
        May all;
        if (m_who.kind == Kind::Root) {
            all.truth = Truth::True;
            return all;
        }
        Says says = said(m_stack.identity, IncompleteArn::Completed);
        denied(says.deny, "");
        return std::move(says.allow);
    }

    Granted grantedBy(const PolicyLayer& layer)
    {
        Granted granted;
        for (const PlacedPolicy& policy : layer) {
            for (const Statement& statement : policy.document->statements) {
                if (!speaksOfAction(statement, m_action))
                    continue;
                const Naming named = namingOf(statement);
                if (!named.any() && named.session.empty())
                    continue;
                std::vector<Residual> open;
                Truth truth = holds(statement, policy.document->variables, IncompleteArn::AsWritten, open);
                if (!named.any()) {
                    if (m_request.unsaid == Unsaid::Absent)
                        continue; // the session has no other name than the request says
                    truth = std::min(truth, Truth::Open);
                    open.push_back(Residual::of("the session is named " + named.session));
                }
                May& may = !statement.allows                                 ? granted.deny
                    : named.anyone || named.itself || !named.session.empty() ? granted.direct
                    : named.role                                             ? granted.toRole
                                                                             : granted.toAccount;
                may.add(truth, std::move(open), {policy.tag, &statement});
            }
        }
        return granted;
    }

    [[nodiscard]] Naming namingOf(const Statement& statement) const
    {
        switch (statement.principal.presence) {
        case PrincipalElement::Presence::Principal:
            return namedBy(statement.principal, m_who);
        case PrincipalElement::Presence::NotPrincipal: {
            Naming named;
            named.anyone =
                meantByNotPrincipal(statement.principal, m_who, m_stack.boundary.has_value(), !statement.allows);
            return named;
        }
        case PrincipalElement::Presence::Absent:
            break;
        }
        return {};
    }

    /// A denial that may hold must not hold; one that holds ends it.
    bool denied(const May& deny, std::string_view layer)
    {
        if (m_result.verdict == Verdict::ExplicitDeny)
            return true;
        if (deny.truth == Truth::True) {
            m_result.verdict = Verdict::ExplicitDeny;
            m_result.because = deny.by;
            m_result.stoppedBy = layer;
            return true;
        }
        if (deny.truth == Truth::Open) {
            for (const Residual& way : deny.ways)
                require(m_open, notThe(way));
            m_unless.insert(m_unless.end(), deny.by.begin(), deny.by.end());
        }
        return false;
    }

    /// What the organisation and the way in allow at most. All are looked at, so that an explicit denial of one is told
    /// before an implicit denial of another.
    bool withinLimits()
    {
        struct Limit {
            Says says;
            std::string_view layer;
            bool mustAllow;
        };
        std::vector<Limit> limits;
        const auto limit = [&](const PolicyLayer& layer, IncompleteArn incomplete, std::string_view name, bool must) {
            limits.push_back({said(layer, incomplete), name, must});
        };
        const bool ofOrganisation = m_who.kind != Kind::Service && m_who.kind != Kind::Anonymous;
        if (ofOrganisation && !m_who.serviceLinked) {
            for (const PolicyLayer& level : m_stack.serviceControl)
                limit(level, IncompleteArn::VoidsStatement, "service control policy", true);
        }
        if (!m_stack.resourceControl.empty() && !m_who.serviceLinked && isResourceControlled()) {
            for (const PolicyLayer& level : m_stack.resourceControl)
                limit(level, IncompleteArn::VoidsStatement, "resource control policy", false);
        }
        if (m_stack.endpoint)
            limits.push_back({endpointSays(), "VPC endpoint policy", true});
        const std::size_t before = limits.size();
        if (m_stack.boundary)
            limit(*m_stack.boundary, IncompleteArn::Completed, "permissions boundary", false);
        if (m_stack.session)
            limit(*m_stack.session, IncompleteArn::Completed, "session policy", false);
        for (const Limit& one : limits) {
            if (denied(one.says.deny, one.layer))
                return false;
        }
        for (const Limit& one : limits) {
            if (!one.mustAllow)
                continue;
            if (!one.says.allow.isPossible()) {
                m_result.stoppedBy = one.layer;
                return false;
            }
            require(m_open, one.says.allow.condition());
        }
        // Boundary and session only limit what they do not let pass: a resource policy may grant beside them.
        for (std::size_t i = before; i < limits.size(); ++i)
            m_passes.push_back({std::move(limits[i].says.allow), limits[i].layer});
        return true;
    }

    /// "Resource control policies (RCPs)": services that they reach are listed, and some things are beyond them.
    [[nodiscard]] bool isResourceControlled() const
    {
        const ActionCatalog::Service* service = ActionCatalog::builtIn().service(m_action.service);
        return (!service || service->resourceControl) && !isRuled(ServiceRule::BeyondResourceControl);
    }

    /// "Control access to VPC endpoints using endpoint policies": a Principal other than everyone narrows it.
    Says endpointSays()
    {
        Says says;
        for (const PlacedPolicy& policy : *m_stack.endpoint) {
            for (const Statement& statement : policy.document->statements) {
                const bool meant =
                    statement.principal.presence == PrincipalElement::Presence::Absent || namingOf(statement).any();
                if (!meant || !speaksOfAction(statement, m_action))
                    continue;
                std::vector<Residual> open;
                const Truth truth = holds(statement, policy.document->variables, IncompleteArn::Completed, open);
                (statement.allows ? says.allow : says.deny).add(truth, std::move(open), {policy.tag, &statement});
            }
        }
        return says;
    }

    [[nodiscard]] bool isSameAccount() const
    {
        std::string_view account = m_request.resourceAccount;
        if (account.empty()) {
            const auto arn = parseArn(m_request.resource);
            account = arn ? arn->account : std::string_view{};
        }
        return account.empty() || account == "*" || account == m_who.account;
    }

    /// What is granted beside the resource policy; it never denies.
    void grantBeside(const May& identity)
    {
        if (m_stack.grants.empty())
            return;
        const Granted beside = grantedBy(m_stack.grants);
        if (isSameAccount() || m_who.kind == Kind::Service)
            consider(Way{}.needs(beside.direct));
        else
            considerWithin(Way{}.needs(beside.direct));
        considerWithin(Way{}.needs(beside.toRole));
        considerWithin(Way{}.needs(identity).needs(beside.toAccount));
    }

    void grant(const May& identity, const Granted& granted)
    {
        grantBeside(identity);
        if (m_who.kind == Kind::Service || m_who.kind == Kind::Anonymous || m_who.kind == Kind::Federated) {
            consider(Way{}.needs(granted.direct));
            conclude();
            return;
        }
        const bool decides = isRuled(ServiceRule::ResourcePolicyDecides);
        if (!isSameAccount()) {
            for (const May* named : {&granted.direct, &granted.toRole, &granted.toAccount})
                considerWithin(Way{}.needs(identity).needs(*named));
        } else if (decides && m_stack.resource) {
            consider(Way{}.needs(granted.direct));
            considerWithin(Way{}.needs(granted.toRole));
            considerWithin(Way{}.needs(identity).needs(granted.toAccount));
        } else if (decides) {
            withoutDecidingPolicy(identity);
        } else {
            consider(Way{}.needs(granted.direct));
            considerWithin(Way{}.needs(granted.toRole));
            considerWithin(Way{}.needs(identity));
        }
        conclude();
    }

    /// A trust policy that was not given in a test of a single request can't be told from one that lets everyone in; a
    /// key policy is always there. In an export nobody knows.
    void withoutDecidingPolicy(const May& identity)
    {
        if (m_request.unsaid == Unsaid::Absent && m_action.service == "sts")
            considerWithin(Way{}.needs(identity));
        else if (m_request.unsaid == Unsaid::Unknown && identity.isPossible())
            m_result.verdict = Verdict::Unknown;
    }

    void considerWithin(Way way)
    {
        if (way.truth == Truth::False)
            return;
        for (const auto& [may, layer] : m_passes) {
            if (!may.isPossible())
                m_stoppedBy = m_stoppedBy.empty() ? layer : m_stoppedBy;
            way.needs(may);
        }
        consider(std::move(way));
    }

    void consider(Way way)
    {
        if (way.truth == Truth::False || (m_best == Truth::True && way.truth == Truth::Open))
            return;
        if (way.truth == Truth::True && m_best == Truth::Open)
            m_ways.clear();
        // The first way that asks for nothing is told; of several open ones each may do.
        if (m_best == Truth::True)
            return;
        m_best = way.truth;
        m_ways.push_back(std::move(way));
    }

    void conclude()
    {
        if (m_ways.empty()) {
            if (m_result.verdict != Verdict::Unknown)
                m_result.stoppedBy = m_stoppedBy;
            return;
        }
        if (m_best == Truth::Open) {
            std::vector<Residual> ways;
            ways.reserve(m_ways.size());
            for (const Way& way : m_ways)
                ways.push_back(way.open);
            require(m_open, anyOf(std::move(ways)));
        }
        for (const Way& way : m_ways)
            m_result.because.insert(m_result.because.end(), way.by.begin(), way.by.end());
        m_result.because.insert(m_result.because.end(), m_unless.begin(), m_unless.end());
        m_result.verdict = m_open.isEmpty() ? Verdict::Allowed : Verdict::Conditional;
        m_result.open = std::move(m_open);
    }

    const PolicyRequest& m_request;
    const PolicyStack& m_stack;
    const Principal& m_who;
    const LoweredAction& m_action;
    Evaluation m_result;
    bool m_partly = false;
    Residual m_open; ///< that no denial holds, and what limits ask for
    std::vector<Decider> m_unless;
    std::vector<std::pair<May, std::string_view>> m_passes; ///< boundary and session policy
    std::vector<Way> m_ways;
    Truth m_best = Truth::False;
    std::string_view m_stoppedBy;
};

bool isPossible(const Evaluation& evaluation)
{
    return evaluation.verdict == Verdict::Allowed || evaluation.verdict == Verdict::Conditional;
}

/// All patterns of statements that may allow a part of what is asked for.
std::vector<std::string> narrower(const PolicyRequest& request, const PolicyStack& stack, const LoweredAction& action)
{
    std::vector<std::string> patterns;
    const auto from = [&](const PolicyLayer& layer, IncompleteArn incomplete) {
        for (const PlacedPolicy& policy : layer) {
            for (const Statement& statement : policy.document->statements) {
                if (speaksOfAction(statement, action))
                    narrowerPatterns(statement, request, policy.document->variables, incomplete, patterns);
            }
        }
    };
    from(stack.identity, IncompleteArn::Completed);
    if (stack.resource)
        from(*stack.resource, IncompleteArn::AsWritten);
    if (stack.boundary)
        from(*stack.boundary, IncompleteArn::Completed);
    return patterns;
}

/// Asked of several resources, and only some fit: each part that a statement speaks of is asked for by itself.
Evaluation ofParts(const PolicyRequest& request, const std::vector<std::string>& parts, const PolicyStack& stack,
    const LoweredAction& action, const Evaluation& whole)
{
    std::vector<Residual> ways;
    Evaluation answer = whole;
    answer.verdict = Verdict::ImplicitDeny;
    answer.because.clear();
    PolicyRequest one = request;
    for (const std::string& part : parts) {
        one.resource = part;
        Evaluation evaluation = Evaluator(one, stack, action).evaluated();
        if (!isPossible(evaluation)) {
            if (answer.verdict == Verdict::ImplicitDeny && evaluation.verdict == Verdict::ExplicitDeny)
                answer = std::move(evaluation);
            continue;
        }
        if (answer.verdict != Verdict::Conditional)
            answer.because.clear();
        answer.verdict = Verdict::Conditional;
        answer.because.insert(answer.because.end(), evaluation.because.begin(), evaluation.because.end());
        Residual where = Residual::of("the resource is " + part);
        require(where, std::move(evaluation.open));
        ways.push_back(std::move(where));
    }
    answer.open = answer.verdict == Verdict::Conditional ? anyOf(std::move(ways)) : Residual{};
    if (answer.verdict == Verdict::Conditional)
        answer.stoppedBy = {};
    return answer;
}

} // namespace

bool actionMatches(const Statement& statement, std::string_view action)
{
    return speaksOfAction(statement, LoweredAction(action));
}

Evaluation evaluate(const PolicyRequest& request, const PolicyStack& stack)
{
    const LoweredAction action(request.action);
    const Principal::Kind kind = request.principal.kind;
    const bool isUser = kind == Principal::Kind::User || kind == Principal::Kind::Root;
    if (kind != Principal::Kind::Anonymous && action.service == "sts"
        && (applies(ServiceRule::NeedsNoPermission, action.service, action.name, request.resource)
            || (isUser
                && applies(ServiceRule::NeedsNoPermissionOfUsers, action.service, action.name, request.resource)))) {
        Evaluation free;
        free.verdict = Verdict::Allowed;
        return free;
    }
    Evaluator evaluator(request, stack, action);
    Evaluation whole = evaluator.evaluated();
    if (isPossible(whole) ? evaluator.partly()
                          : request.anyResource && request.resource == "*" && whole.verdict == Verdict::ImplicitDeny) {
        std::vector<std::string> parts;
        if (request.resource != "*") {
            parts = narrower(request, stack, action);
            if (parts.empty())
                return whole;
        } else {
            PolicyRequest typed = request;
            for (std::string& pattern : resourcesOf(request.action)) {
                typed.resource = std::move(pattern);
                for (std::string& part : narrower(typed, stack, action))
                    parts.push_back(std::move(part));
            }
        }
        return ofParts(request, parts, stack, action, whole);
    }
    return whole;
}

} // namespace glacis
