// SPDX-License-Identifier: GPL-3.0-or-later
#include "identity/policy_case.h"

#include "core/matching.h"
#include "core/text.h"

namespace glacis {

namespace {

PlacedPolicy place(PolicyCase& made, const Json& document, std::string layer)
{
    made.documents.push_back(parsePolicy(document.dump(-1, ' ', false, Json::error_handler_t::replace)));
    made.layers.push_back(std::move(layer));
    return {&made.documents.back(), static_cast<std::uint32_t>(made.layers.size() - 1)};
}

PolicyLayer layerOf(PolicyCase& made, const Json& documents, const std::string& name)
{
    PolicyLayer layer;
    if (documents.is_object())
        return {place(made, documents, name)};
    int number = 0;
    for (const Json& document : documents)
        layer.push_back(place(made, document, name + ' ' + std::to_string(++number)));
    return layer;
}

std::vector<PolicyLayer> levelsOf(PolicyCase& made, const Json& levels, const std::string& name)
{
    std::vector<PolicyLayer> layers;
    if (!levels.is_array())
        return layers;
    for (const Json& level : levels)
        layers.push_back(layerOf(made, arrayOf(level, "policies"), name + " of " + std::string(textOf(level, "id"))));
    return layers;
}

/// "/aws:PrincipalTag/.*/" means all keys that the expression fits, written here with a star; other names mean
/// themselves.
std::string keyPattern(std::string text)
{
    if (text.size() > 2 && text.front() == '/' && text.back() == '/')
        text = text.substr(1, text.size() - 2);
    for (std::size_t at = text.find(".*"); at != std::string::npos; at = text.find(".*"))
        text.replace(at, 2, "*");
    return text;
}

/// In mode "Discovery" it is asked what would have to be true: of the context nothing counts as known but what
/// "discovery_context_key_constraints" names, and of that its value only where it says so.
void leaveOpen(const Json& json, PolicyRequest& request)
{
    RequestContext known;
    for (const Json& constraint : arrayOf(json, "discovery_context_key_constraints")) {
        const std::string pattern = keyPattern(std::string(textOf(constraint, "keyName")));
        const bool value = boolOf(constraint, "valueIsKnown").value_or(false);
        if (!boolOf(constraint, "presenceIsKnown").value_or(false))
            continue;
        request.told.push_back(pattern);
        for (const auto& [key, values] : request.context) {
            if (!wildcardMatchesIgnoringCase(pattern, key))
                continue;
            if (value)
                known[key] = values;
            else
                request.present.push_back(key);
        }
    }
    request.context = std::move(known);
    request.unsaid = Unsaid::Unknown;
}

} // namespace

bool readPolicyCase(const Json& json, PolicyCase& made)
{
    const Json& request = member(json, "request");
    if (!request.is_object() || textOf(request, "action").empty())
        return false;
    const Json& principal = member(request, "principal");
    made.request.principal = principalNamed(principal.is_string() ? asText(principal) : std::string());
    made.request.action = textOf(request, "action");
    made.request.resource = textOf(request, "resource");
    made.request.resourceAccount = textOf(request, "resource_account");
    made.request.unsaid = Unsaid::Absent;
    made.request.anyResource = true;
    const Json& context = member(request, "context");
    if (context.is_object()) {
        for (const auto& [key, value] : context.items()) {
            std::vector<std::string>& values = made.request.context[key];
            if (value.is_array()) {
                for (const Json& one : value)
                    values.push_back(asText(one));
            } else {
                values.push_back(asText(value));
            }
        }
    }
    if (equalIgnoringCase(textOf(json, "mode"), "Discovery"))
        leaveOpen(json, made.request);
    made.stack.identity = layerOf(made, arrayOf(json, "identity_policies"), "identity policy");
    if (const Json& policy = member(json, "resource_policy"); policy.is_object())
        made.stack.resource = layerOf(made, policy, "resource policy");
    if (const Json& policies = member(json, "permission_boundaries"); policies.is_array())
        made.stack.boundary = layerOf(made, policies, "permissions boundary");
    if (const Json& policy = member(json, "session_policy"); policy.is_object())
        made.stack.session = layerOf(made, policy, "session policy");
    if (const Json& policies = member(json, "vpc_endpoint_policies"); policies.is_array())
        made.stack.endpoint = layerOf(made, policies, "VPC endpoint policy");
    made.stack.serviceControl = levelsOf(made, member(json, "scps"), "service control policy");
    made.stack.resourceControl = levelsOf(made, member(json, "rcps"), "resource control policy");
    return true;
}

std::string_view caseName(Verdict verdict)
{
    switch (verdict) {
    case Verdict::Allowed:
    case Verdict::Conditional:
        return "Allowed";
    case Verdict::ExplicitDeny:
        return "ExplicitlyDenied";
    default:
        return "ImplicitlyDenied";
    }
}

std::string describe(const PolicyCase& of, const Decider& decider)
{
    std::string text = of.layers[decider.tag] + ' ' + decider.statement->pointer;
    if (!decider.statement->sid.empty())
        text += " (" + decider.statement->sid + ')';
    return text;
}

} // namespace glacis
