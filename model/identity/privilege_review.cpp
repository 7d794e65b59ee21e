// SPDX-License-Identifier: GPL-3.0-or-later
#include "identity/privilege_review.h"

#include "core/text.h"
#include "identity/policies.h"

#include <algorithm>
#include <array>
#include <tuple>

namespace glacis {

namespace {

using What = PrivilegeNote::What;

constexpr std::int64_t day = 86400;
/// "Security best practices in IAM" and the CIS AWS Foundations Benchmark ask for keys and identities to be looked at
/// after this long.
constexpr std::int64_t longAgo = 90;

constexpr std::string_view serviceUse = "service_last_used:";

/// In the order of PrivilegeNote::What.
struct KindOfNote {
    std::string_view name;
    Risk risk;
};
constexpr KindOfNote kinds[] = {
    {"administrator", Risk::High},
    {"wildcard_action", Risk::Medium},
    {"without_boundary", Risk::Medium},
    {"trusts_outside", Risk::Medium},
    {"trusts_anyone", Risk::Critical},
    {"long_term_key", Risk::Low},
    {"key_not_rotated", Risk::Medium},
    {"key_unused", Risk::Medium},
    {"console_without_factor", Risk::High},
    {"root_without_factor", Risk::Critical},
    {"root_factor_virtual", Risk::Medium},
    {"root_keys", Risk::Critical},
    {"unused", Risk::Low},
    {"unused_service", Risk::Low},
};

class Review {
public:
    Review(const Estate& estate, const Access& access) : m_estate(estate), m_access(access), m_policies(estate)
    {
        for (const auto& row : estate.facts().properties) {
            const std::string_view key = estate.text(row.key);
            const auto* moment = std::get_if<std::int64_t>(&row.value);
            if (moment && (key.ends_with("last_used") || key.ends_with("_rotated") || key.starts_with(serviceUse)))
                m_now = std::max(m_now, *moment);
        }
    }

    std::vector<PrivilegeNote> notes(Progress& progress)
    {
        for (const auto& [principal, decision] : m_access.administrators())
            note(What::Administrator, principal, "may do everything", decision.because);
        for (const Kind kind : {Kind::User, Kind::Role}) {
            const auto nodes = m_estate.ofKind(kind);
            progress.begin("Looking at what identities need", nodes.size());
            for (const NodeId node : nodes) {
                if (progress.cancelled())
                    return {};
                const NodeRow& row = m_estate.node(node);
                if (!row.outside && row.provider == Provider::Aws)
                    identity(node);
                progress.advance();
            }
        }
        for (const NodeId account : m_estate.ofKind(Kind::Account))
            root(account);
        std::ranges::sort(m_notes, [](const PrivilegeNote& a, const PrivilegeNote& b) {
            return std::tie(a.of, a.what, a.text) < std::tie(b.of, b.what, b.text);
        });
        return std::move(m_notes);
    }

private:
    void note(What what, NodeId of, const std::string& text, std::vector<Reason> because)
    {
        m_notes.push_back({what, of, std::string(m_estate.name(of)) + ' ' + text + '.', std::move(because)});
    }

    void noteOf(What what, NodeId of, const char* property, const std::string& text)
    {
        const auto* row = m_estate.property(of, property);
        Reason reason;
        reason.of = of;
        reason.evidence = row ? row->evidence : noEvidence;
        reason.text = "The export says so of " + std::string(m_estate.name(of)) + '.';
        note(what, of, text, {std::move(reason)});
    }

    [[nodiscard]] bool isLongAgo(std::int64_t moment) const { return m_now - moment > longAgo * day; }
    [[nodiscard]] std::string daysSince(std::int64_t moment) const
    {
        return std::to_string((m_now - moment) / day) + " days";
    }

    void identity(NodeId node)
    {
        wildcards(node);
        boundary(node);
        services(node);
        if (m_estate.kind(node) == Kind::Role) {
            trust(node);
            if (const auto used = m_estate.number(node, "last_used"); used && isLongAgo(*used))
                noteOf(What::Unused, node, "last_used", "was not used for " + daysSince(*used));
            return;
        }
        credentials(node);
    }

    void wildcards(NodeId node)
    {
        for (const PlacedPolicy& policy : m_policies.stackOf(node).identity) {
            const auto& row = m_estate.facts().policies[policy.tag];
            if (m_estate.id(row.of).find(":iam::aws:") != std::string_view::npos)
                continue;
            for (const Statement& statement : policy.document->statements) {
                const auto wide = std::ranges::find_if(statement.actions,
                    [](const ActionPattern& pattern) { return pattern.everything || pattern.name == "*"; });
                if (!statement.allows || statement.notAction || wide == statement.actions.end())
                    continue;
                note(What::WildcardAction, node,
                    wide->everything ? "is allowed every action" : "is allowed every action of " + wide->service,
                    {m_policies.reasonOf({policy.tag, &statement})});
            }
        }
    }

    /// "Refine permissions in AWS using last accessed information": granted, and not used.
    void services(NodeId node)
    {
        for (const auto& row : m_estate.properties(node)) {
            const std::string_view key = m_estate.text(row.key);
            if (!key.starts_with(serviceUse))
                continue;
            const auto* moment = std::get_if<std::int64_t>(&row.value);
            if (moment && !isLongAgo(*moment))
                continue;
            const std::string service(key.substr(serviceUse.size()));
            std::vector<Reason> because = {
                {node, row.evidence, "", "The export says so of " + std::string(m_estate.name(node)) + '.'}};
            const std::size_t only = because.size();
            addAllowing(node, service, because);
            if (because.size() > only)
                note(What::UnusedService, node,
                    "is allowed " + service + " and "
                        + (moment ? "did not use it for " + daysSince(*moment)
                                  : std::string("has not used it in the time that AWS keeps count of")),
                    std::move(because));
        }
    }

    /// Statements that allow something of a service.
    void addAllowing(NodeId node, const std::string& service, std::vector<Reason>& because) const
    {
        for (const PlacedPolicy& policy : m_policies.stackOf(node).identity) {
            for (const Statement& statement : policy.document->statements) {
                const bool speaks = std::ranges::any_of(statement.actions,
                    [&](const ActionPattern& pattern) { return pattern.everything || pattern.service == service; });
                if (statement.allows && (speaks || statement.notAction))
                    because.push_back(m_policies.reasonOf({policy.tag, &statement}));
            }
        }
    }

    /// "Permissions boundaries for IAM entities": they are there for those who may change permissions.
    void boundary(NodeId node)
    {
        if (!m_estate.targets(node, EdgeKind::BoundedBy).empty())
            return;
        constexpr std::array changes = {"iam:PutRolePolicy", "iam:AttachRolePolicy", "iam:PutUserPolicy",
            "iam:AttachUserPolicy", "iam:CreatePolicyVersion"};
        const auto change =
            std::ranges::find_if(changes, [&](const char* action) { return m_access.mayAllow(node, action); });
        if (change == changes.end())
            return;
        std::vector<Reason> because;
        for (const PlacedPolicy& policy : m_policies.stackOf(node).identity) {
            for (const Statement& statement : policy.document->statements) {
                if (statement.allows && actionMatches(statement, *change))
                    because.push_back(m_policies.reasonOf({policy.tag, &statement}));
            }
        }
        note(What::WithoutBoundary, node,
            std::string("may change permissions (") + *change + ") and has no permissions boundary",
            std::move(because));
    }

    void trust(NodeId role)
    {
        const auto layer = m_policies.trustOf(role);
        if (!layer)
            return;
        const NodeId account = m_estate.node(role).account;
        for (const PlacedPolicy& policy : *layer) {
            for (const Statement& statement : policy.document->statements) {
                if (!statement.allows)
                    continue;
                std::vector<Reason> because = {m_policies.reasonOf({policy.tag, &statement})};
                if (statement.principal.anyone && statement.conditions.empty())
                    note(What::TrustsAnyone, role, "may be assumed by anyone", because);
                for (const std::string& trusted : statement.principal.aws) {
                    const auto arn = parseArn(trusted);
                    const std::string other(arn ? std::string(arn->account) : trusted);
                    if (other != "*" && account != noNode && other != m_estate.id(account))
                        note(What::TrustsOutside, role, "may be assumed from account " + other, because);
                }
            }
        }
    }

    void credentials(NodeId user)
    {
        if (m_estate.flag(user, "console_password").value_or(false) && m_estate.flag(user, "mfa") == false)
            noteOf(What::ConsoleWithoutFactor, user, "mfa", "has a console password and no second factor");
        std::optional<std::int64_t> last = m_estate.number(user, "password_last_used");
        for (const char* const which : {"access_key_1", "access_key_2"}) {
            const std::string key(which);
            const auto used = m_estate.number(user, key + "_last_used");
            if (used)
                last = std::max(last.value_or(*used), *used);
            if (!m_estate.flag(user, key + "_active").value_or(false))
                continue;
            noteOf(What::LongTermKey, user, (key + "_active").c_str(), "has a long-term access key");
            const auto rotated = m_estate.number(user, key + "_rotated");
            if (rotated && isLongAgo(*rotated))
                noteOf(What::KeyNotRotated, user, (key + "_rotated").c_str(),
                    "has an access key that was made " + daysSince(*rotated) + " ago");
            if (used && isLongAgo(*used))
                noteOf(What::KeyUnused, user, (key + "_last_used").c_str(),
                    "has an access key that was not used for " + daysSince(*used));
        }
        if (last && isLongAgo(*last))
            noteOf(What::Unused, user, "password_last_used", "was not used for " + daysSince(*last));
    }

    void root(NodeId account)
    {
        if (m_estate.flag(account, "root_mfa") == false)
            noteOf(What::RootWithoutFactor, account, "root_mfa", "has a root user without a second factor");
        // "AWS account root user": more than one, and hardware or passkeys at best.
        if (m_estate.flag(account, "root_mfa_virtual").value_or(false))
            noteOf(What::RootFactorVirtual, account, "root_mfa_virtual",
                "has a root user whose second factor is a program on another machine");
        if (m_estate.flag(account, "root_access_keys").value_or(false))
            noteOf(What::RootKeys, account, "root_access_keys", "has access keys of its root user");
    }

    const Estate& m_estate;
    const Access& m_access;
    Policies m_policies;
    std::int64_t m_now = 0;
    std::vector<PrivilegeNote> m_notes;
};

} // namespace

std::string_view name(PrivilegeNote::What what)
{
    return kinds[static_cast<std::size_t>(what)].name;
}

Risk riskOf(PrivilegeNote::What what)
{
    return kinds[static_cast<std::size_t>(what)].risk;
}

std::vector<PrivilegeNote> reviewPrivileges(const Estate& estate, const Access& access, Progress& progress)
{
    return Review(estate, access).notes(progress);
}

} // namespace glacis
