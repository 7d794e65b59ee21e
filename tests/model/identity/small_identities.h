// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "asked.h"
#include "estate/link.h"

#include <string>
#include <string_view>

namespace glacis {

/// A small estate of identities and stores for tests, in account 111122223333. Names are short: user("ann") is
/// arn:aws:iam::111122223333:user/ann. Each policy has evidence.
class SmallIdentities {
public:
    SmallIdentities()
    {
        scope = m.scope(rootScope, "", "111122223333", "eu-central-1");
        at = m.seen(m.file("small.json"), "/x");
        m.thing(Kind::Account, Provider::Aws, "", "111122223333", scope, at);
    }

    [[nodiscard]] static std::string arn(std::string_view rest)
    {
        return "arn:aws:iam::111122223333:" + std::string(rest);
    }

    SmallIdentities& user(std::string_view name) { return thing(Kind::User, arn("user/" + std::string(name))); }
    SmallIdentities& role(std::string_view name, const std::string& trustedBy)
    {
        thing(Kind::Role, arn("role/" + std::string(name)));
        return document(
            PolicyRole::Trust, policy("'Effect': 'Allow', 'Action': 'sts:AssumeRole', 'Principal': " + trustedBy));
    }
    SmallIdentities& group(std::string_view name) { return thing(Kind::Group, arn("group/" + std::string(name))); }
    SmallIdentities& managed(std::string_view name, const std::string& text)
    {
        thing(Kind::Policy, arn("policy/" + std::string(name)));
        return document(PolicyRole::Managed, text);
    }
    SmallIdentities& thing(Kind kind, std::string_view id)
    {
        m.thing(kind, Provider::Aws, "", id, scope, at);
        m_last = m.text(id);
        return *this;
    }
    /// Of the thing that was named last.
    SmallIdentities& may(const std::string& statement) { return document(PolicyRole::Inline, policy(statement)); }
    SmallIdentities& document(PolicyRole role, const std::string& text)
    {
        m.facts.policies.push_back({m_last, role, m.text("p"), m.text(text), at});
        return *this;
    }
    SmallIdentities& to(EdgeKind kind, std::string_view other)
    {
        m.edge(m_last, kind, other, at);
        return *this;
    }
    template <class Value> SmallIdentities& with(std::string_view name, Value value)
    {
        m.property(m_last, name, value, at);
        return *this;
    }
    /// Names a thing again, to say more of it.
    SmallIdentities& of(std::string_view id)
    {
        m_last = m.text(id);
        return *this;
    }

    [[nodiscard]] Estate linked() const
    {
        Progress progress;
        Inventory copy = m;
        return link(std::move(copy), progress);
    }

    Inventory m;
    ScopeId scope{};
    EvidenceId at{};

private:
    Ref m_last{};
};

} // namespace glacis
