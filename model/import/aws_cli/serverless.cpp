// SPDX-License-Identifier: GPL-3.0-or-later
#include "import/aws_cli/context.h"

/// Functions, what calls them, and the gateways in front of them.
namespace glacis::aws {

namespace {

void function(Context& c, Json& j, const std::string& p)
{
    const EvidenceId at = c.seen(p);
    const Ref ref =
        c.thing(Kind::Function, "AWS::Lambda::Function", textOf(j, "FunctionArn"), textOf(j, "FunctionName"), j, at);
    if (ref == StringId::Empty)
        return;
    c.inventory.alias("lambda:" + std::string(textOf(j, "FunctionName")), ref);
    c.settings(ref, j, at, {{"Runtime", "runtime"}, {"PackageType", "package"}});
    c.inventory.edge(ref, EdgeKind::RunsAs, textOf(j, "Role"), at);
    c.inventory.edge(ref, EdgeKind::EncryptedWith, textOf(j, "KMSKeyArn"), at);
    const Json& network = member(j, "VpcConfig");
    if (!textOf(network, "VpcId").empty())
        c.parent(textOf(network, "VpcId"));
    c.edges(ref, EdgeKind::InSubnet, arrayOf(network, "SubnetIds"), at);
    c.edges(ref, EdgeKind::GuardedBy, arrayOf(network, "SecurityGroupIds"), at);
    c.secret("environment variables of functions", member(member(j, "Environment"), "Variables").size());
}

/// get-function and get-function-configuration describe one.
void wholeFunction(Context& c, Json& j, const std::string& p)
{
    const bool wrapped = member(j, "Configuration").is_object();
    Json inner = wrapped ? member(j, "Configuration") : j;
    if (!textOf(inner, "Runtime").empty() || !textOf(inner, "Role").empty())
        function(c, inner, wrapped ? p + "/Configuration" : p);
    else if (!textOf(j, "AuthType").empty())
        c.settings(c.inventory.text(textOf(j, "FunctionArn")), j, c.seen(p), {{"AuthType", "url_auth"}});
}

/// "Control access to Lambda function URLs", AWS Lambda Developer Guide: with NONE only the function's policy guards
/// it.
void functionUrl(Context& c, Json& j, const std::string& p)
{
    if (!textOf(j, "FunctionArn").empty())
        c.settings(c.inventory.text(textOf(j, "FunctionArn")), j, c.seen(p), {{"AuthType", "url_auth"}});
}

/// "ListEventSourceMappings", AWS Lambda API Reference.
void eventSource(Context& c, Json& j, const std::string& p)
{
    const std::string_view source = textOf(j, "EventSourceArn");
    if (source.empty())
        return;
    if (textOf(j, "State").starts_with("Enabl") || textOf(j, "State").empty())
        c.inventory.edge(c.inventory.text(source), EdgeKind::NotifiesOn, textOf(j, "FunctionArn"), c.seen(p));
    else
        c.file.row.leave("an event source", "it is switched off");
}

void gatewayPolicy(Context& c, Ref ref, const Json& j, const std::string& p)
{
    // "GetRestApi", Amazon API Gateway API Reference: the policy comes as text with its quotes escaped once more.
    std::string text(textOf(j, "policy"));
    for (std::size_t at = 0; (at = text.find("\\\"", at)) != std::string::npos;)
        text.erase(at, 1);
    if (!text.empty())
        c.policy(ref, PolicyRole::Resource, "policy", text, c.seen(p + "/policy"));
}

/// "GetRestApis", Amazon API Gateway API Reference.
void restApi(Context& c, Json& j, const std::string& p)
{
    const EvidenceId at = c.seen(p);
    const std::string id(textOf(j, "id"));
    if (id.empty())
        return;
    const Ref ref = c.thing(Kind::ApiGateway, "AWS::ApiGateway::RestApi",
        "arn:aws:apigateway:" + std::string(c.region()) + "::/restapis/" + id, textOf(j, "name"), j, at);
    const Json& types = arrayOf(member(j, "endpointConfiguration"), "types");
    if (!types.empty())
        c.inventory.property(ref, "scheme", asText(types[0]) == "PRIVATE" ? "internal" : "internet-facing", at);
    c.edges(ref, EdgeKind::Connects, arrayOf(member(j, "endpointConfiguration"), "vpcEndpointIds"), at);
    gatewayPolicy(c, ref, j, p);
}

/// "GetApis", Amazon API Gateway Version 2 API Reference.
void httpApi(Context& c, Json& j, const std::string& p)
{
    const EvidenceId at = c.seen(p);
    const std::string id(textOf(j, "ApiId"));
    if (id.empty())
        return;
    const Ref ref = c.thing(Kind::ApiGateway, "AWS::ApiGatewayV2::Api",
        "arn:aws:apigateway:" + std::string(c.region()) + "::/apis/" + id, textOf(j, "Name"), j, at);
    c.settings(ref, j, at, {{"ProtocolType", "protocol"}, {"ApiEndpoint", "dns_name"}});
}

constexpr HandlerRow serverlessRows[] = {
    {"Functions", "FunctionArn", function, "list-functions"},
    {"FunctionUrlConfigs", "", functionUrl},
    {"EventSourceMappings", "", eventSource, "list-event-source-mappings"},
    {"items", "endpointConfiguration", restApi, "get-rest-apis"},
    {"Items", "ApiEndpoint", httpApi, "get-apis"},
};

constexpr WholeRow serverlessWholeRows[] = {
    {"Configuration", "get-function", wholeFunction},
    {"FunctionArn", "", wholeFunction},
};

} // namespace

std::span<const HandlerRow> serverlessHandlers()
{
    return serverlessRows;
}
std::span<const WholeRow> serverlessWholes()
{
    return serverlessWholeRows;
}

} // namespace glacis::aws
