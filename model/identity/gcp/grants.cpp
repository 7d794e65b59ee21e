// SPDX-License-Identifier: GPL-3.0-or-later
#include "identity/gcp/grants.h"

#include "core/json.h"
#include "core/text.h"

#include <algorithm>

namespace glacis::gcp {

namespace {

bool isOurs(const Estate& estate, NodeId node)
{
    return estate.node(node).provider == Provider::Gcp;
}

/// A denied permission spells the service in full: "iam.googleapis.com/roles.create" for "iam.roles.create". Source:
/// "Permissions supported in deny policies".
std::string inDenyPolicies(std::string_view permission)
{
    return std::string(before(permission, '.')) + ".googleapis.com/" + std::string(after(permission, '.'));
}

bool namesPermission(const std::vector<std::string>& list, const std::string& permission)
{
    return std::ranges::any_of(list, [&](const std::string& one) {
        if (one == permission)
            return true;
        // "Permission groups": "storage.googleapis.com/*.*", "iam.googleapis.com/roles.*"
        return one.ends_with("*") && permission.starts_with(before(one, '*'));
    });
}

void better(Decision& known, const Decision& one)
{
    if (known.verdict == Verdict::Conditional && one.verdict == Verdict::Allowed)
        known = one;
}

} // namespace

Grants::Grants(const Estate& estate) : m_estate(estate), m_roles(estate)
{
    for (const auto& row : estate.facts().policies) {
        if (row.role == PolicyRole::Gcp)
            read(row);
    }
    for (const NodeId group : estate.ofKind(Kind::Group)) {
        std::vector<NodeId> open = {group};
        std::set<NodeId> seen = {group};
        while (!open.empty()) {
            const NodeId at = open.back();
            open.pop_back();
            for (const NodeId member : estate.sources(at, EdgeKind::MemberOf)) {
                if (!seen.insert(member).second)
                    continue;
                m_membersOf[group].push_back(member);
                open.push_back(member);
            }
        }
    }
    for (const NodeId user : estate.ofKind(Kind::User)) {
        if (isOurs(estate, user) && !estate.node(user).outside)
            m_byDomain[std::string(after(estate.id(user), '@'))].push_back(user);
    }
}

void Grants::read(const PolicyRow<NodeId>& row)
{
    const std::string title(m_estate.text(row.name));
    // "Uniform bucket-level access": the lists of a bucket that has it decide nothing.
    if (title == "permissions" || (title == "access list" && m_estate.flag(row.of, "uniform_access").value_or(false)))
        return;
    const Json json = parseJson(m_estate.text(row.document)).value_or(Json());
    const Json& bindings = arrayOf(json, "bindings");
    for (std::size_t i = 0; i < bindings.size(); ++i) {
        Binding binding;
        binding.role = textOf(bindings[i], "role");
        binding.condition = textOf(member(bindings[i], "condition"), "expression");
        binding.title = textOf(member(bindings[i], "condition"), "title");
        binding.of = row.of;
        binding.evidence = row.evidence;
        binding.pointer = pointerTo("/bindings", i);
        binding.document = title;
        for (const Json& one : arrayOf(bindings[i], "members")) {
            const std::string text = asText(one);
            const auto node = m_estate.find(text);
            if (text == "allUsers")
                binding.members.push_back(NodeId{0});
            else if (text == "allAuthenticatedUsers")
                binding.anyAccount = true;
            else if (text.starts_with("projectOwner:") || text.starts_with("projectEditor:")
                || text.starts_with("projectViewer:")) {
                const auto project = m_estate.find(after(text, ':'));
                auto& list = text[7] == 'O' ? binding.owners : text[7] == 'E' ? binding.editors : binding.viewers;
                if (project)
                    list.push_back(*project);
            } else if (!text.starts_with("deleted:") && node) {
                binding.members.push_back(*node);
                if (text.starts_with("domain:"))
                    binding.domains.emplace_back(after(text, ':'));
            }
        }
        m_bindings[row.of].push_back(std::move(binding));
    }
    for (const Json& rule : arrayOf(json, "rules")) {
        m_denials[row.of].push_back({textsOf(rule, "deniedPrincipals"), textsOf(rule, "exceptionPrincipals"),
            textsOf(rule, "deniedPermissions"), textsOf(rule, "exceptionPermissions"),
            std::string(textOf(member(rule, "condition"), "expression")), row.of, row.evidence, title});
    }
}

const std::vector<Binding>& Grants::bindings(NodeId resource) const
{
    static const std::vector<Binding> none;
    const auto found = m_bindings.find(resource);
    return found == m_bindings.end() ? none : found->second;
}

/// Networks and regions hold machines, but no policy of theirs reaches these.
std::vector<NodeId> Grants::lineage(NodeId resource) const
{
    std::vector<NodeId> all = {resource};
    for (NodeId at = m_estate.node(resource).parent; at != noNode; at = m_estate.node(at).parent) {
        const Kind kind = m_estate.kind(at);
        if (kind != Kind::Network && kind != Kind::Subnet && kind != Kind::Region)
            all.push_back(at);
        if (all.size() > 64)
            break;
    }
    return all;
}

Decision Grants::byBinding(const Binding& binding, Truth truth) const
{
    Decision decision;
    decision.verdict = truth == Truth::True ? Verdict::Allowed : Verdict::Conditional;
    if (truth == Truth::Open)
        decision.open.push_back(binding.title.empty() ? binding.condition : binding.title + ": " + binding.condition);
    decision.because.push_back({binding.of, binding.evidence, binding.pointer,
        "The " + binding.document + " of " + std::string(m_estate.name(binding.of)) + " grants " + binding.role
            + " (binding " + std::string(afterLast(binding.pointer, '/')) + ")."});
    return decision;
}

void Grants::give(Granted& into, NodeId principal, const Decision& decision) const
{
    const auto [known, isNew] = into.try_emplace(principal, decision);
    if (!isNew)
        better(known->second, decision);
}

void Grants::spread(Granted& into, const Binding& binding, const Decision& decision, Means means) const
{
    for (const NodeId member : binding.members) {
        give(into, member, decision);
        if (const auto group = m_membersOf.find(member); group != m_membersOf.end()) {
            for (const NodeId one : group->second)
                give(into, one, decision);
        }
    }
    for (const std::string& domain : binding.domains) {
        if (const auto users = m_byDomain.find(domain); users != m_byDomain.end()) {
            for (const NodeId one : users->second)
                give(into, one, decision);
        }
    }
    if (binding.anyAccount) {
        Decision anyone = decision;
        anyone.verdict = Verdict::Conditional;
        anyone.open.emplace_back("signed in with any Google account");
        give(into, NodeId{0}, anyone);
    }
    if (means == Means::Named)
        return;
    for (const auto& [projects, role] : {std::pair(&binding.owners, "roles/owner"), {&binding.editors, "roles/editor"},
             {&binding.viewers, "roles/viewer"}}) {
        for (const NodeId project : *projects) {
            for (const auto& [principal, held] : holdersOf(role, project)) {
                Decision joint = decision;
                if (held.verdict == Verdict::Conditional)
                    joint.verdict = Verdict::Conditional;
                joint.open.insert(joint.open.end(), held.open.begin(), held.open.end());
                joint.because.insert(joint.because.end(), held.because.begin(), held.because.end());
                give(into, principal, joint);
            }
        }
    }
}

Granted Grants::holdersOf(std::string_view role, NodeId container) const
{
    Granted found;
    for (const NodeId at : lineage(container)) {
        for (const Binding& binding : bindings(at)) {
            if (binding.role != role)
                continue;
            const Truth truth = binding.condition.empty()
                ? Truth::True
                : conditionHolds(binding.condition, conditionResource(container, {}));
            if (truth != Truth::False)
                spread(found, binding, byBinding(binding, truth), Means::Named);
        }
    }
    return found;
}

ConditionResource Grants::conditionResource(NodeId resource, std::string_view permission) const
{
    ConditionResource made;
    made.type = m_estate.text(m_estate.node(resource).type);
    made.service = before(made.type, '/');
    const std::string_view id = m_estate.id(resource);
    const std::size_t host = id.find(".googleapis.com/");
    std::string name(host == std::string_view::npos ? id : id.substr(host + 16));
    if (m_estate.kind(resource) == Kind::ObjectStore)
        name = "projects/_/buckets/" + name;
    if (permission.starts_with("storage.objects.")) {
        made.type = "storage.googleapis.com/Object";
        name += "/objects/";
        made.partOf = true;
    }
    made.names.push_back(name);
    // A condition may spell the project by its id or by its number.
    const NodeId project = m_estate.node(resource).account;
    if (project != noNode && name.starts_with("projects/") && !name.starts_with("projects/_/")) {
        const std::string rest(after(after(name, '/'), '/'));
        for (const char* key : {"project_id", "project_number"}) {
            if (const auto word = m_estate.word(project, key); !word.empty())
                made.names.push_back("projects/" + std::string(word) + (rest.empty() ? "" : "/" + rest));
        }
    }
    return made;
}

std::string Grants::memberText(NodeId principal) const
{
    const std::string_view email = m_estate.word(principal, "email");
    if (m_estate.kind(principal) == Kind::ServiceAccount && !email.empty())
        return "serviceAccount:" + std::string(email);
    return std::string(m_estate.id(principal));
}

/// "Principal identifiers": deny policies spell principals in the second form of the Identity API.
bool Grants::isNamed(const std::vector<std::string>& principals, NodeId principal) const
{
    const auto named = [&](NodeId node) {
        const std::string text = memberText(node), who(after(text, ':'));
        for (const std::string& one : principals) {
            if (one == "principalSet://goog/public:all" || one == text
                || (text.starts_with("user:") && one == "principal://goog/subject/" + who)
                || (text.starts_with("group:") && one == "principalSet://goog/group/" + who)
                || (text.starts_with("serviceAccount:") && one.starts_with("principal://iam.googleapis.com/projects/")
                    && one.ends_with("/serviceAccounts/" + who)))
                return true;
            constexpr std::string_view project = "principalSet://cloudresourcemanager.googleapis.com/projects/";
            if (one.starts_with(project) && m_estate.kind(node) == Kind::ServiceAccount) {
                const auto owner = m_estate.find(std::string_view(one).substr(project.size()));
                if (owner && m_estate.node(node).account == *owner)
                    return true;
            }
        }
        return false;
    };
    if (named(principal))
        return true;
    return std::ranges::any_of(m_membersOf, [&](const auto& group) {
        return std::ranges::find(group.second, principal) != group.second.end() && named(group.first);
    });
}

void Grants::takeAway(Granted& from, NodeId resource, std::string_view permission) const
{
    const std::string denied = inDenyPolicies(permission);
    for (const NodeId at : lineage(resource)) {
        const auto rules = m_denials.find(at);
        if (rules == m_denials.end())
            continue;
        for (const DenyRule& rule : rules->second) {
            if (!namesPermission(rule.permissions, denied) || namesPermission(rule.exceptPermissions, denied))
                continue;
            const Truth truth = rule.condition.empty()
                ? Truth::True
                : conditionHolds(rule.condition, conditionResource(resource, permission));
            if (truth == Truth::False)
                continue;
            for (auto one = from.begin(); one != from.end();) {
                if (!isNamed(rule.principals, one->first) || isNamed(rule.exceptPrincipals, one->first)) {
                    ++one;
                } else if (truth == Truth::True) {
                    one = from.erase(one);
                } else {
                    one->second.verdict = Verdict::Conditional;
                    one->second.open.push_back("not: " + rule.condition);
                    ++one;
                }
            }
        }
    }
}

Granted Grants::of(NodeId resource, std::string_view permission) const
{
    Granted found;
    const ConditionResource asked = conditionResource(resource, permission);
    for (const NodeId at : lineage(resource)) {
        for (const Binding& binding : bindings(at)) {
            if (m_roles.holds(binding.role, permission) != Holds::Yes)
                continue;
            const Truth truth = binding.condition.empty() ? Truth::True : conditionHolds(binding.condition, asked);
            if (truth != Truth::False)
                spread(found, binding, byBinding(binding, truth));
        }
    }
    takeAway(found, resource, permission);
    return found;
}

Decision Grants::decide(NodeId principal, std::string_view permission, NodeId resource) const
{
    const Granted granted = of(resource, permission);
    Decision decision;
    if (const auto own = granted.find(principal); own != granted.end())
        decision = own->second;
    if (const auto anyone = granted.find(NodeId{0}); anyone != granted.end() && decision.verdict != Verdict::Allowed) {
        Decision open = anyone->second;
        // Whoever is known to the export has an account.
        std::erase(open.open, "signed in with any Google account");
        if (principal != NodeId{0} && open.open.empty())
            open.verdict = Verdict::Allowed;
        if (!decision.possible() || open.verdict == Verdict::Allowed)
            decision = open;
    }
    if (decision.possible())
        return decision;
    const std::string denied = inDenyPolicies(permission);
    for (const NodeId at : lineage(resource)) {
        const auto rules = m_denials.find(at);
        for (const DenyRule& rule : rules == m_denials.end() ? std::vector<DenyRule>{} : rules->second) {
            if (!namesPermission(rule.permissions, denied) || namesPermission(rule.exceptPermissions, denied)
                || !isNamed(rule.principals, principal) || isNamed(rule.exceptPrincipals, principal)
                || (!rule.condition.empty()
                    && conditionHolds(rule.condition, conditionResource(resource, permission)) != Truth::True))
                continue;
            decision.verdict = Verdict::ExplicitDeny;
            decision.because.push_back({rule.of, rule.evidence, {},
                "The " + rule.name + " of " + std::string(m_estate.name(rule.of)) + " denies it."});
            return decision;
        }
    }
    // A role that nobody can look into, or a group whose members were not exported, may still grant it.
    for (const NodeId at : lineage(resource)) {
        for (const Binding& binding : bindings(at)) {
            const Holds holds = m_roles.holds(binding.role, permission);
            Granted reached;
            spread(reached, binding, {});
            if (holds == Holds::Unknown && reached.count(principal) > 0) {
                decision.verdict = Verdict::Unknown;
                decision.open.push_back(
                    "what " + binding.role + " holds (gcloud iam roles describe " + binding.role + ")");
            } else if (holds == Holds::Yes && m_estate.kind(principal) == Kind::User) {
                for (const NodeId member : binding.members) {
                    if (m_estate.kind(member) != Kind::Group || m_membersOf.count(member) > 0
                        || m_estate.node(member).outside || m_estate.id(member).starts_with("domain:"))
                        continue;
                    decision.verdict = Verdict::Unknown;
                    decision.open.push_back("who is in " + std::string(m_estate.name(member))
                        + " (gcloud identity groups memberships list --group-email="
                        + std::string(m_estate.name(member)) + ")");
                }
            }
        }
    }
    return decision;
}

} // namespace glacis::gcp
