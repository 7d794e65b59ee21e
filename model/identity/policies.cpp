// SPDX-License-Identifier: GPL-3.0-or-later
#include "identity/policies.h"

#include "core/text.h"

#include <algorithm>
#include <set>

namespace glacis {

namespace {

std::string_view roleTitle(PolicyRole role)
{
    switch (role) {
    case PolicyRole::Inline:
        return "inline policy";
    case PolicyRole::Managed:
        return "managed policy";
    case PolicyRole::Resource:
        return "resource policy";
    case PolicyRole::Trust:
        return "trust policy";
    case PolicyRole::ServiceControl:
        return "service control policy";
    case PolicyRole::ResourceControl:
        return "resource control policy";
    case PolicyRole::Endpoint:
        return "endpoint policy";
    default:
        return "policy";
    }
}

/// "resource policy of exports", "inline policy deploy of ci-deployer". Nothing twice: a thing's own policy has no name
/// that people gave it, and a managed policy is a thing by itself.
std::string titleOf(const Estate& estate, const PolicyRow<NodeId>& row)
{
    const std::string role(roleTitle(row.role)), called(estate.text(row.name)), of(estate.name(row.of));
    if (row.role == PolicyRole::Managed && called == of)
        return role + ' ' + of;
    const bool own = row.role != PolicyRole::Inline && row.role != PolicyRole::Managed;
    return own || called.empty() ? role + " of " + of : role + ' ' + called + " of " + of;
}

/// Keys by which principals that have the same policies may still be told apart.
bool asksWho(std::string_view key)
{
    constexpr std::string_view keys[] = {"aws:PrincipalArn", "aws:username", "aws:userid"};
    return equalIgnoringCase(before(key, '/'), "aws:PrincipalTag")
        || std::ranges::any_of(keys, [&](std::string_view one) { return equalIgnoringCase(one, key); });
}

} // namespace

Policies::Policies(const Estate& estate) : m_estate(estate)
{
    for (const auto& row : estate.facts().policies) {
        auto& parsed = m_parsed[row.document];
        if (!parsed)
            parsed = std::make_unique<PolicyDocument>(parsePolicy(estate.text(row.document)));
        m_documents.push_back(parsed.get());
    }
    std::set<std::string> known;
    for (const auto& [text, document] : m_parsed) {
        for (const Statement& statement : document->statements) {
            for (const Condition& condition : statement.conditions) {
                if (asksWho(condition.key) && known.insert(readable(condition)).second)
                    m_aboutPrincipals.push_back({&condition, document->variables});
            }
        }
    }
}

void Policies::add(PolicyLayer& layer, NodeId of, std::initializer_list<PolicyRole> roles) const
{
    const auto rows = m_estate.policies(of);
    if (rows.empty())
        return;
    const auto first = static_cast<std::size_t>(rows.data() - m_estate.facts().policies.data());
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (std::ranges::find(roles, rows[i].role) != roles.end())
            layer.push_back({m_documents[first + i], static_cast<std::uint32_t>(first + i)});
    }
}

std::vector<NodeId> Policies::identitiesOf(NodeId principal) const
{
    std::vector<NodeId> all = {principal};
    const auto groups = m_estate.targets(principal, EdgeKind::MemberOf);
    all.insert(all.end(), groups.begin(), groups.end());
    return all;
}

PolicyStack Policies::stackOf(NodeId principal) const
{
    PolicyStack stack;
    for (const NodeId identity : identitiesOf(principal)) {
        add(stack.identity, identity, {PolicyRole::Inline});
        for (const NodeId attached : m_estate.targets(identity, EdgeKind::HasPolicy))
            add(stack.identity, attached, {PolicyRole::Managed});
    }
    const auto boundaries = m_estate.targets(principal, EdgeKind::BoundedBy);
    if (!boundaries.empty()) {
        stack.boundary.emplace();
        for (const NodeId boundary : boundaries)
            add(*stack.boundary, boundary, {PolicyRole::Managed});
    }
    const NodeId account = m_estate.node(principal).account;
    stack.serviceControl = controlsOf(account, PolicyRole::ServiceControl);
    return stack;
}

std::vector<PolicyLayer> Policies::resourceControlsOf(NodeId resource) const
{
    const NodeId account = m_estate.kind(resource) == Kind::Account ? resource : m_estate.node(resource).account;
    return controlsOf(account, PolicyRole::ResourceControl);
}

/// "How SCPs evaluation works": from the root down to the account, each level must allow. "Service control policies",
/// "Resource control policies": neither has an effect in the management account.
std::vector<PolicyLayer> Policies::controlsOf(NodeId account, PolicyRole role) const
{
    std::vector<PolicyLayer> levels;
    if (account == noNode)
        return levels;
    if (const auto organisation = m_estate.within(account, Kind::Organization);
        organisation && m_estate.word(*organisation, "management_account") == m_estate.id(account))
        return levels;
    for (NodeId at = account; at != noNode; at = m_estate.node(at).parent) {
        PolicyLayer level;
        for (const NodeId attached : m_estate.targets(at, EdgeKind::HasPolicy))
            add(level, attached, {role});
        if (!level.empty())
            levels.insert(levels.begin(), std::move(level));
    }
    return levels;
}

std::optional<PolicyLayer> Policies::resourcePoliciesOf(NodeId resource) const
{
    PolicyLayer layer;
    add(layer, resource, {PolicyRole::Resource});
    std::erase_if(layer, [&](const PlacedPolicy& policy) { return isGrant(policy); });
    return layer.empty() ? std::nullopt : std::optional(std::move(layer));
}

bool Policies::isGrant(const PlacedPolicy& policy) const
{
    return m_estate.text(m_estate.facts().policies[policy.tag].name).starts_with("grant ");
}

/// "Controlling ownership of objects and disabling ACLs for your bucket", Amazon S3 User Guide.
PolicyLayer Policies::grantsOf(NodeId resource) const
{
    PolicyLayer layer;
    if (m_estate.word(resource, "object_ownership") == "BucketOwnerEnforced")
        return layer;
    add(layer, resource, {PolicyRole::Resource});
    std::erase_if(layer, [&](const PlacedPolicy& policy) { return !isGrant(policy); });
    return layer;
}

std::optional<PolicyLayer> Policies::trustOf(NodeId role) const
{
    PolicyLayer layer;
    add(layer, role, {PolicyRole::Trust});
    return layer.empty() ? std::nullopt : std::optional(std::move(layer));
}

std::string Policies::signatureOf(NodeId principal) const
{
    const PolicyStack stack = stackOf(principal);
    const auto& rows = m_estate.facts().policies;
    std::vector<std::uint32_t> texts;
    for (const PlacedPolicy& policy : stack.identity)
        texts.push_back(index(rows[policy.tag].document));
    std::ranges::sort(texts);
    std::string signature = std::to_string(index(m_estate.node(principal).account));
    for (const std::uint32_t text : texts)
        signature += ' ' + std::to_string(text);
    if (stack.boundary) {
        signature += '|';
        for (const PlacedPolicy& policy : *stack.boundary)
            signature += ' ' + std::to_string(index(rows[policy.tag].document));
    }
    // Users and roles are named differently by resource policies, and tags are part of a request.
    signature += m_estate.kind(principal) == Kind::User ? " u" : " r";
    if (principalOf(principal).serviceLinked)
        signature += 'l';
    bool variables = usesVariables(stack.identity) || (stack.boundary && usesVariables(*stack.boundary));
    for (const PolicyLayer& level : stack.serviceControl)
        variables = variables || usesVariables(level);
    if (variables)
        return signature + ' ' + std::to_string(index(principal)) + '!';
    return signature + answersAbout(principal);
}

std::string Policies::textsOf(const PolicyLayer& layer) const
{
    std::vector<std::uint32_t> texts;
    texts.reserve(layer.size());
    for (const PlacedPolicy& policy : layer)
        texts.push_back(index(m_estate.facts().policies[policy.tag].document));
    std::ranges::sort(texts);
    std::string all;
    for (const std::uint32_t text : texts)
        all += ' ' + std::to_string(text);
    return all;
}

/// "Passing session tags in AWS STS": the role's trust policy must allow sts:TagSession.
bool Policies::takesSessionTags(NodeId role) const
{
    const auto trust = trustOf(role);
    if (!trust)
        return true;
    return std::ranges::any_of(*trust, [](const PlacedPolicy& policy) {
        return std::ranges::any_of(policy.document->statements,
            [](const Statement& one) { return one.allows && actionMatches(one, "sts:TagSession"); });
    });
}

std::string Policies::answersAbout(NodeId principal) const
{
    if (m_aboutPrincipals.empty())
        return {};
    PolicyRequest request;
    request.principal = principalOf(principal);
    request.context = contextOf(principal);
    std::string answers = " ";
    for (const Asks& asks : m_aboutPrincipals)
        answers += static_cast<char>('0' + static_cast<int>(conditionHolds(*asks.condition, request, asks.variables)));
    return answers;
}

bool Policies::lacksDocuments(NodeId principal) const
{
    for (const NodeId identity : identitiesOf(principal)) {
        for (const NodeId attached : m_estate.targets(identity, EdgeKind::HasPolicy)) {
            if (m_estate.policies(attached).empty())
                return true;
        }
    }
    return false;
}

bool Policies::lacksBoundary(NodeId principal) const
{
    return std::ranges::any_of(m_estate.targets(principal, EdgeKind::BoundedBy),
        [&](NodeId boundary) { return m_estate.policies(boundary).empty(); });
}

bool Policies::usesVariables(const PolicyLayer& layer)
{
    return std::ranges::any_of(layer, [](const PlacedPolicy& policy) {
        return policy.document->variables
            && std::ranges::any_of(policy.document->statements, [](const Statement& statement) {
                   return std::ranges::any_of(statement.resources, &ResourcePattern::variables)
                       || std::ranges::any_of(statement.conditions, &Condition::variables);
               });
    });
}

Principal Policies::principalOf(NodeId node) const
{
    Principal made;
    switch (m_estate.kind(node)) {
    case Kind::Internet:
        made.kind = Principal::Kind::Anonymous;
        return made;
    case Kind::Account:
        // Somebody else's account stands for whomever it lets do it.
        made.kind = Principal::Kind::Root;
        made.account = m_estate.id(node);
        made.arn = "arn:aws:iam::" + made.account + ":root";
        return made;
    case Kind::ServicePrincipal:
        made.kind = Principal::Kind::Service;
        made.arn = m_estate.id(node);
        return made;
    default:
        break;
    }
    made = principalNamed(m_estate.id(node));
    if (made.account.empty() && m_estate.node(node).account != noNode)
        made.account = m_estate.id(m_estate.node(node).account);
    return made;
}

RequestContext Policies::contextOf(NodeId principal) const
{
    RequestContext context;
    context["aws:SecureTransport"] = {"true"};
    const Principal who = principalOf(principal);
    if (who.kind == Principal::Kind::Anonymous) {
        // "AWS global condition context keys": a request without credentials has no principal and comes from no
        // service.
        for (const char* key : {"aws:PrincipalArn", "aws:PrincipalAccount", "aws:PrincipalOrgID",
                 "aws:PrincipalOrgPaths", "aws:PrincipalType", "aws:userid", "aws:username", "aws:SourceAccount",
                 "aws:SourceArn", "aws:SourceOwner", "aws:SourceOrgID", "aws:PrincipalServiceName", "aws:CalledVia",
                 "kms:CallerAccount", "kms:ViaService"})
            context[key];
        context["aws:PrincipalIsAWSService"] = {"false"};
        return context;
    }
    context["aws:PrincipalArn"] = {who.arn};
    context["aws:PrincipalAccount"] = {who.account};
    context["aws:PrincipalIsAWSService"] = {who.kind == Principal::Kind::Service ? "true" : "false"};
    if (who.kind == Principal::Kind::User)
        context["aws:username"] = {std::string(afterLast(who.arn, '/'))};
    if (const NodeId account = m_estate.node(principal).account; account != noNode) {
        if (const auto organisation = m_estate.within(account, Kind::Organization))
            context["aws:PrincipalOrgID"] = {std::string(m_estate.id(*organisation))};
    }
    for (const auto& tag : m_estate.tags(principal))
        context["aws:PrincipalTag/" + std::string(m_estate.text(tag.key))] = {std::string(m_estate.text(tag.value))};
    // An export that tells one tag tells all: what is not among them is not there, unless a session may bring it.
    const bool complete = !m_estate.tags(principal).empty()
        && (who.kind == Principal::Kind::User || (who.kind == Principal::Kind::Role && !takesSessionTags(principal)));
    for (const Asks& asks : m_aboutPrincipals) {
        if (complete && equalIgnoringCase(before(asks.condition->key, '/'), "aws:PrincipalTag"))
            context[asks.condition->key];
    }
    return context;
}

Reason Policies::reasonOf(const Decider& decider) const
{
    const auto& row = m_estate.facts().policies[decider.tag];
    Reason reason;
    reason.of = row.of;
    reason.evidence = row.evidence;
    if (isGrant({m_documents[decider.tag], decider.tag})) {
        reason.text =
            "The " + std::string(m_estate.text(row.name)) + " of " + std::string(m_estate.name(row.of)) + " allows it.";
        return reason;
    }
    reason.pointer = decider.statement->pointer;
    const std::string sid = decider.statement->sid.empty() ? std::string() : " (" + decider.statement->sid + ")";
    // A document with one statement may write it without a list around it, and then it has no number.
    const std::string number(afterLast(decider.statement->pointer, '/'));
    const bool numbered = !number.empty() && number.find_first_not_of("0123456789") == std::string::npos;
    reason.text = (numbered ? "Statement " + number : std::string("The statement")) + sid + " of the "
        + titleOf(m_estate, row) + (decider.statement->allows ? " allows it." : " denies it.");
    return reason;
}

} // namespace glacis
