// SPDX-License-Identifier: GPL-3.0-or-later
#include "identity/principal_match.h"

#include "core/text.h"

#include <algorithm>

namespace glacis {

namespace {

constexpr std::string_view sessionType = "assumed-role/";

bool isAccountOf(std::string_view name, std::string_view account)
{
    if (account.empty() || name.find(account) == std::string_view::npos)
        return false;
    const auto arn = parseArn(name);
    return name == account || (arn && arn->service == "iam" && arn->account == account && arn->resource == "root");
}

/// A session tells its role's name, which is the only one of its account, but not its path.
bool isRoleOfSession(std::string_view name, const Principal& session)
{
    if (name == session.role)
        return true;
    const auto arn = parseArn(name);
    return arn && arn->service == "iam" && arn->account == session.account && arn->resource.starts_with("role/")
        && afterLast(arn->resource, '/') == afterLast(session.role, '/');
}

/// The name of the session when a policy names one of the role's sessions.
std::string_view sessionOf(std::string_view name, const Principal& who)
{
    const auto arn = parseArn(name);
    if (who.role.empty() || !arn || arn->service != "sts" || arn->account != who.account
        || !arn->resource.starts_with(sessionType))
        return {};
    const std::string_view rest = arn->resource.substr(sessionType.size());
    return before(rest, '/') == afterLast(who.role, '/') ? after(rest, '/') : std::string_view{};
}

} // namespace

Naming namedBy(const PrincipalElement& element, const Principal& who)
{
    using Kind = Principal::Kind;
    Naming named;
    named.anyone = element.anyone;
    if (who.kind == Kind::Service)
        named.itself = std::ranges::find(element.services, who.arn) != element.services.end();
    if (who.kind == Kind::Federated)
        named.itself = std::ranges::find(element.federated, who.arn) != element.federated.end();
    if (who.kind == Kind::Service || who.kind == Kind::Anonymous)
        return named;
    for (const std::string& name : element.aws) {
        if (name == who.arn)
            (who.kind == Kind::Role ? named.role : named.itself) = true;
        else if (who.kind == Kind::Session && !who.role.empty() && isRoleOfSession(name, who))
            named.role = true;
        else if (isAccountOf(name, who.account))
            (who.kind == Kind::Root ? named.itself : named.account) = true;
        else if (named.session.empty())
            named.session = sessionOf(name, who);
    }
    return named;
}

bool meantByNotPrincipal(const PrincipalElement& element, const Principal& who, bool hasBoundary, bool denies)
{
    return (denies && hasBoundary) || !namedBy(element, who).any();
}

} // namespace glacis
