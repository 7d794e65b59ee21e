// SPDX-License-Identifier: GPL-3.0-or-later
#include "identity/evaluate.h"

#include "core/text.h"

#include <algorithm>
#include <array>

namespace glacis {

namespace {

/// How a statement's Principal element speaks of who asks, from far to near.
enum class Named : std::uint8_t { No, Account, Anyone, Itself, Session };

bool isAccountOf(std::string_view name, std::string_view account)
{
    if (account.empty())
        return false;
    const auto arn = parseArn(name);
    return name == account || (arn && arn->service == "iam" && arn->account == account && arn->resource == "root");
}

Named namedBy(const PrincipalElement& element, const Principal& who)
{
    if (who.kind == Principal::Kind::Service) {
        const bool named = std::ranges::find(element.services, who.arn) != element.services.end();
        return named ? Named::Itself : element.anyone ? Named::Anyone : Named::No;
    }
    if (who.kind == Principal::Kind::Federated
        && std::ranges::find(element.federated, who.arn) != element.federated.end())
        return Named::Itself;
    Named best = element.anyone ? Named::Anyone : Named::No;
    if (who.kind == Principal::Kind::Anonymous)
        return best;
    for (const std::string& name : element.aws) {
        if (name == who.arn)
            best = std::max(best, who.kind == Principal::Kind::Session ? Named::Session : Named::Itself);
        else if (!who.role.empty() && name == who.role)
            best = std::max(best, Named::Itself);
        else if (isAccountOf(name, who.account))
            best = std::max(best, who.kind == Principal::Kind::Root ? Named::Itself : Named::Account);
    }
    return best;
}

/// "AWS JSON policy elements: NotPrincipal": everyone but those named; of a role, its sessions and its account must be
/// named too, and whoever has a permissions boundary is always meant.
bool meantByNotPrincipal(const PrincipalElement& element, const Principal& who, bool hasBoundary, bool denies)
{
    if (denies && hasBoundary)
        return true;
    return namedBy(element, who) == Named::No;
}

std::string completed(std::string_view arn)
{
    std::string text(arn);
    const auto colons = std::ranges::count(text, ':');
    if (text.rfind("arn:", 0) == 0 && colons < 5) {
        for (auto have = colons; have < 5; ++have)
            text += ":*";
    }
    return text;
}

bool isIncomplete(std::string_view arn)
{
    return arn.rfind("arn:", 0) == 0 && std::ranges::count(arn, ':') < 5;
}

struct Layering {
    /// What becomes of an ARN with fewer than six parts: filled up in policies of identities and their limits, taken
    /// as written in resource policies, and not valid in the policies of an organisation.
    enum class Incomplete : std::uint8_t { Completed, AsWritten, VoidsStatement };
    Incomplete incomplete = Incomplete::AsWritten;
    bool hasBoundary = false;
};

/// Two patterns with a text in common: what is asked of many resources at once is partly allowed where some fit.
bool patternsMeet(std::string_view a, std::string_view b)
{
    std::vector<bool> row(b.size() + 1), next(b.size() + 1);
    row[0] = true;
    for (std::size_t j = 0; j < b.size() && b[j] == '*'; ++j)
        row[j + 1] = true;
    for (const char c : a) {
        next[0] = c == '*' && row[0];
        for (std::size_t j = 0; j < b.size(); ++j) {
            if (c == '*' || b[j] == '*')
                next[j + 1] = row[j] || (c == '*' ? row[j + 1] || next[j] : next[j]) || (b[j] == '*' && row[j + 1]);
            else
                next[j + 1] = row[j] && (c == b[j] || c == '?' || b[j] == '?');
        }
        std::swap(row, next);
    }
    return row[b.size()];
}

/// True, False, or Open when a variable can't be filled in or only a part of what is asked for fits.
Truth resourceMatches(const Statement& statement, const PolicyRequest& request, bool variables,
    const Layering& layering, std::vector<std::string>& open)
{
    using Incomplete = Layering::Incomplete;
    if (statement.resources.empty())
        return Truth::True;
    const bool asksForMany = request.resource != "*" && request.resource.find('*') != std::string::npos;
    Truth any = Truth::False;
    std::vector<std::string> partly;
    for (const std::string& pattern : statement.resources) {
        std::string whole = pattern;
        if (isIncomplete(pattern)) {
            // Only a Resource element is filled up; a NotResource that is not valid says nothing about anything.
            const bool asWritten = layering.incomplete == Incomplete::AsWritten;
            if (!asWritten && (statement.notResource || layering.incomplete == Incomplete::VoidsStatement))
                return Truth::False;
            if (!asWritten)
                whole = completed(pattern);
        }
        std::string missing;
        const auto filled = variables ? withVariables(whole, request, missing) : std::optional<std::string>(whole);
        if (!filled) {
            if (!request.absentIsAbsent) {
                any = std::max(any, Truth::Open);
                partly.push_back("the resource is " + pattern);
            }
            continue;
        }
        if (*filled == "*" || wildcardMatches(*filled, request.resource)) {
            any = Truth::True;
            break;
        }
        if (asksForMany && statement.allows && patternsMeet(*filled, request.resource)) {
            any = Truth::Open;
            partly.push_back("the resource is " + pattern);
        }
    }
    if (statement.notResource)
        return any == Truth::True ? Truth::False : any == Truth::False ? Truth::True : Truth::Open;
    if (any == Truth::Open)
        open.insert(open.end(), partly.begin(), partly.end());
    return any;
}

/// What a layer of policies says: how far it allows and denies, and by which statements.
struct Says {
    Truth allow = Truth::False;
    Truth deny = Truth::False;
    std::vector<std::string> allowIf;
    std::vector<std::string> denyIf;
    std::vector<Decider> allowedBy;
    std::vector<Decider> deniedBy;
};

void take(Truth holds, const std::vector<std::string>& open, const Decider& decider, Truth& truth,
    std::vector<std::string>& conditions, std::vector<Decider>& deciders)
{
    if (holds == Truth::False || (truth == Truth::True && holds == Truth::Open))
        return;
    if (holds == Truth::True && truth != Truth::True) {
        conditions.clear();
        deciders.clear();
    }
    truth = std::max(truth, holds);
    deciders.push_back(decider);
    if (holds == Truth::Open) {
        std::string all;
        for (const std::string& one : open)
            all += (all.empty() ? "" : " and ") + one;
        if (std::ranges::find(conditions, all) == conditions.end())
            conditions.push_back(std::move(all));
    }
}

class Evaluator {
public:
    Evaluator(const PolicyRequest& request, const PolicyStack& stack)
        : m_request(request), m_stack(stack), m_who(request.principal), m_resourceAccount(accountOfResource())
    {
    }

    Evaluation evaluated()
    {
        const Layering ofIdentities{Layering::Incomplete::Completed, m_stack.boundary.has_value()};
        const Says identity =
            m_who.kind == Principal::Kind::Root ? everything() : said(m_stack.identity, ofIdentities, false);
        const Says resource = m_stack.resource
            ? said(*m_stack.resource, {Layering::Incomplete::AsWritten, m_stack.boundary.has_value()}, true)
            : Says{};
        if (const auto denied = denials(identity, resource))
            return *denied;
        if (isFixedByAws())
            return {};
        limit();
        if (m_result.verdict == Verdict::ExplicitDeny || !m_result.stoppedBy.empty())
            return std::move(m_result);
        grant(identity, resource);
        return std::move(m_result);
    }

private:
    static Says everything()
    {
        Says says;
        says.allow = Truth::True;
        return says;
    }

    std::string accountOfResource() const
    {
        if (!m_request.resourceAccount.empty())
            return m_request.resourceAccount;
        const auto arn = parseArn(m_request.resource);
        return arn && !arn->account.empty() ? std::string(arn->account) : m_who.account;
    }

    /// "AWS managed policies": nobody but AWS changes them. "AWS KMS concepts": nor its own keys' aliases.
    [[nodiscard]] bool isFixedByAws() const
    {
        const std::string action = lowered(m_request.action);
        if (m_request.resource.find(":iam::aws:policy/") != std::string::npos) {
            constexpr std::array changes = {"iam:createpolicyversion", "iam:deletepolicy", "iam:deletepolicyversion",
                "iam:setdefaultpolicyversion", "iam:tagpolicy", "iam:untagpolicy"};
            return std::ranges::find(changes, action) != changes.end();
        }
        // "Referencing permission sets in resource policies": roles of IAM Identity Center are changed by it alone.
        if (m_request.resource.find(":role/aws-reserved/") != std::string::npos)
            return action.rfind("iam:", 0) == 0 && action.rfind("iam:get", 0) != 0 && action.rfind("iam:list", 0) != 0;
        if (m_request.resource.find(":alias/aws/") != std::string::npos)
            return action == "kms:createalias" || action == "kms:deletealias" || action == "kms:updatealias";
        return false;
    }

    Says said(const PolicyLayer& layer, const Layering& layering, bool byPrincipal, Named atLeast = Named::No) const
    {
        Says says;
        for (const PlacedPolicy& policy : layer) {
            for (const Statement& statement : policy.document->statements) {
                if (!actionMatches(statement, m_request.action))
                    continue;
                if (byPrincipal && !speaksOfUs(statement, layering, atLeast))
                    continue;
                std::vector<std::string> open;
                Truth holds = resourceMatches(statement, m_request, policy.document->variables, layering, open);
                if (holds != Truth::False)
                    holds = std::min(
                        holds, conditionsHold(statement.conditions, m_request, policy.document->variables, open));
                if (statement.allows)
                    take(holds, open, {policy.tag, &statement}, says.allow, says.allowIf, says.allowedBy);
                else
                    take(holds, open, {policy.tag, &statement}, says.deny, says.denyIf, says.deniedBy);
            }
        }
        return says;
    }

    [[nodiscard]] bool speaksOfUs(const Statement& statement, const Layering& layering, Named atLeast) const
    {
        switch (statement.principal.presence) {
        case PrincipalElement::Presence::Principal: {
            const Named named = namedBy(statement.principal, m_who);
            return named != Named::No && named >= atLeast;
        }
        case PrincipalElement::Presence::NotPrincipal:
            return atLeast <= Named::Anyone
                && meantByNotPrincipal(statement.principal, m_who, layering.hasBoundary, !statement.allows);
        case PrincipalElement::Presence::Absent:
            break;
        }
        return false;
    }

    std::optional<Evaluation> denials(const Says& identity, const Says& resource)
    {
        for (const Says* says : {&identity, &resource}) {
            if (says->deny == Truth::True) {
                Evaluation denied;
                denied.verdict = Verdict::ExplicitDeny;
                denied.because = says->deniedBy;
                return denied;
            }
            unless(*says);
        }
        return std::nullopt;
    }

    void unless(const Says& says)
    {
        if (says.deny != Truth::Open)
            return;
        for (const std::string& condition : says.denyIf)
            m_open.push_back("not (" + condition + ')');
        m_because.insert(m_because.end(), says.deniedBy.begin(), says.deniedBy.end());
    }

    /// A layer that must allow for anything to be allowed. False when it stops the request.
    bool mustAllow(const Says& says, const char* layer)
    {
        if (says.deny == Truth::True) {
            m_result.verdict = Verdict::ExplicitDeny;
            m_result.because = says.deniedBy;
            m_result.stoppedBy = layer;
            return false;
        }
        unless(says);
        if (says.allow == Truth::False) {
            m_result.stoppedBy = layer;
            return false;
        }
        if (says.allow == Truth::Open)
            m_open.insert(m_open.end(), says.allowIf.begin(), says.allowIf.end());
        return true;
    }

    /// What the organisation and the way in allow at most. All are looked at, so that an explicit denial of one is
    /// told before an implicit denial of another.
    void limit()
    {
        const bool ofOrganisation = m_who.kind != Principal::Kind::Service && m_who.kind != Principal::Kind::Anonymous;
        std::vector<std::pair<Says, const char*>> limits;
        // "Service control policies": service-linked roles are not restricted.
        if (ofOrganisation && !m_who.serviceLinked) {
            for (const PolicyLayer& level : m_stack.serviceControl)
                limits.emplace_back(
                    said(level, {Layering::Incomplete::VoidsStatement, false}, false), "service control policy");
        }
        if (!m_who.serviceLinked) {
            for (const PolicyLayer& level : m_stack.resourceControl) {
                Says says = said(level, {Layering::Incomplete::VoidsStatement, false}, false);
                says.allow = Truth::True;
                limits.emplace_back(std::move(says), "resource control policy");
            }
        }
        if (m_stack.endpoint)
            limits.emplace_back(
                said(*m_stack.endpoint, {Layering::Incomplete::Completed, false}, false), "VPC endpoint policy");
        m_boundary =
            m_stack.boundary ? said(*m_stack.boundary, {Layering::Incomplete::Completed, false}, false) : everything();
        m_session =
            m_stack.session ? said(*m_stack.session, {Layering::Incomplete::Completed, false}, false) : everything();
        limits.emplace_back(m_boundary, "permissions boundary");
        limits.emplace_back(m_session, "session policy");
        for (const auto& [says, layer] : limits) {
            if (says.deny == Truth::True && !mustAllow(says, layer))
                return;
        }
        // Boundary and session only limit what they do not let pass: a resource policy may grant beside them.
        for (auto limit = limits.begin(); limit != limits.end() - 2; ++limit) {
            if (!mustAllow(limit->first, limit->second))
                return;
        }
    }

    void grant(const Says& identity, const Says& resource)
    {
        if (m_who.kind == Principal::Kind::Service || m_who.kind == Principal::Kind::Anonymous
            || m_who.kind == Principal::Kind::Federated) {
            allowBy(resource);
            return;
        }
        const bool sameAccount = m_resourceAccount.empty() || m_resourceAccount == m_who.account;
        if (!sameAccount) {
            if (!m_stack.resource)
                return;
            allowByBoth(identity, resource);
            return;
        }
        const Layering ofResource{Layering::Incomplete::AsWritten, m_stack.boundary.has_value()};
        if (m_stack.resource) {
            // "Policy evaluation for requests within a single account": what names a user or a session itself is not
            // limited by boundary and session policy; what names a role is.
            const bool namesUs = m_who.kind == Principal::Kind::User || m_who.kind == Principal::Kind::Root;
            const Says direct = said(*m_stack.resource, ofResource, true, namesUs ? Named::Anyone : Named::Session);
            if (direct.allow == Truth::True) {
                allowBy(direct);
                return;
            }
            Says named = said(*m_stack.resource, ofResource, true, Named::Anyone);
            if (named.allow == Truth::True && allowWithin(named))
                return;
            // "Default key policy", "IAM role trust policies": an account that is named lets its own policies decide.
            if (needsResourcePolicy()) {
                if (named.allow == Truth::Open && identity.allow != Truth::True)
                    allowWithin(named);
                else
                    allowByBoth(identity, resource);
                return;
            }
            if (identity.allow == Truth::False || (identity.allow == Truth::Open && named.allow == Truth::Open)) {
                if (identity.allow == Truth::Open)
                    allowWithin(identity);
                else
                    allowWithin(named);
                return;
            }
        } else if (needsResourcePolicy()) {
            // A trust policy that was not given can't be told from one that lets everyone in.
            if (m_request.absentIsAbsent && lowered(m_request.action).rfind("sts:", 0) == 0)
                allowWithin(identity);
            else if (!m_request.absentIsAbsent && identity.allow != Truth::False)
                m_result.verdict = Verdict::Unknown;
            return;
        }
        allowWithin(identity);
    }

    [[nodiscard]] bool needsResourcePolicy() const
    {
        const std::string action = lowered(m_request.action);
        if (action.rfind("sts:assumerole", 0) == 0)
            return true;
        return action.rfind("kms:", 0) == 0 && m_request.resource.find(":key/") != std::string::npos;
    }

    bool allowBy(const Says& says)
    {
        if (says.allow == Truth::False)
            return false;
        if (says.allow == Truth::Open)
            m_open.insert(m_open.end(), says.allowIf.begin(), says.allowIf.end());
        m_because.insert(m_because.begin(), says.allowedBy.begin(), says.allowedBy.end());
        finish();
        return true;
    }

    bool allowWithin(const Says& says)
    {
        if (says.allow == Truth::False)
            return false;
        if (!mustAllow(m_boundary, "permissions boundary") || !mustAllow(m_session, "session policy"))
            return false;
        m_because.insert(m_because.end(), m_boundary.allowedBy.begin(), m_boundary.allowedBy.end());
        return allowBy(says);
    }

    void allowByBoth(const Says& identity, const Says& resource)
    {
        if (identity.allow == Truth::False || resource.allow == Truth::False)
            return;
        if (resource.allow == Truth::Open)
            m_open.insert(m_open.end(), resource.allowIf.begin(), resource.allowIf.end());
        m_because.insert(m_because.end(), resource.allowedBy.begin(), resource.allowedBy.end());
        allowWithin(identity);
    }

    void finish()
    {
        m_result.verdict = m_open.empty() ? Verdict::Allowed : Verdict::Conditional;
        m_result.open = std::move(m_open);
        m_result.because = std::move(m_because);
        m_result.stoppedBy.clear();
    }

    const PolicyRequest& m_request;
    const PolicyStack& m_stack;
    const Principal& m_who;
    std::string m_resourceAccount;
    Evaluation m_result;
    std::vector<std::string> m_open;
    std::vector<Decider> m_because;
    Says m_boundary;
    Says m_session;
};

} // namespace

bool actionMatches(const Statement& statement, std::string_view action)
{
    const std::string_view service = before(action, ':');
    const bool any = std::ranges::any_of(statement.actions, [&](const std::string& pattern) {
        if (pattern == "*")
            return true;
        // A wildcard in place of the service is not part of the grammar: it matches nothing.
        return equalIgnoringCase(before(pattern, ':'), service)
            && wildcardMatchesIgnoringCase(after(pattern, ':'), after(action, ':'));
    });
    return any != statement.notAction;
}

Evaluation evaluate(const PolicyRequest& request, const PolicyStack& stack)
{
    return Evaluator(request, stack).evaluated();
}

} // namespace glacis
