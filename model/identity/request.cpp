// SPDX-License-Identifier: GPL-3.0-or-later
#include "identity/request.h"

#include "core/matching.h"
#include "core/text.h"

namespace glacis {

bool KeyLess::operator()(std::string_view a, std::string_view b) const
{

    return lessIgnoringCase(a, b);
}

namespace {

/// "Canonical user ID for your AWS account", AWS Account Management Reference Guide: by it an access control list names
/// an account.
bool isCanonicalUser(std::string_view name)
{
    return name.size() == 64 && name.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

} // namespace

Principal principalNamed(std::string_view name)
{
    Principal made;
    made.arn = name;
    const auto arn = parseArn(name);
    if (isCanonicalUser(name)) {
        made.kind = Principal::Kind::Root;
        made.account = name;
        return made;
    }
    if (!arn) {
        made.kind = name.ends_with(".amazonaws.com") ? Principal::Kind::Service : Principal::Kind::Federated;
        if (name.empty() || name == "*")
            made.kind = Principal::Kind::Anonymous;
        return made;
    }
    made.account = arn->account;
    const std::string_view type = before(arn->resource, '/');
    if (type == "root" || arn->resource == "root") {
        made.kind = Principal::Kind::Root;
    } else if (type == "role") {
        made.kind = Principal::Kind::Role;
        made.role = name;
        made.serviceLinked = arn->resource.rfind("role/aws-service-role/", 0) == 0;
    } else if (type == "assumed-role" || type == "federated-user") {
        made.kind = Principal::Kind::Session;
        if (type == "assumed-role") {
            // The session does not tell the role's path.
            const std::string_view role = before(after(arn->resource, '/'), '/');
            made.role = "arn:" + std::string(arn->partition) + ":iam::" + made.account + ":role/" + std::string(role);
            made.serviceLinked = role.rfind("AWSServiceRoleFor", 0) == 0;
        }
    } else if (type == "saml-provider" || type == "oidc-provider") {
        made.kind = Principal::Kind::Federated;
    }
    return made;
}

} // namespace glacis
