// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "estate/link.h"

#include <string_view>
#include <variant>

namespace glacis {

/// A small estate for tests, written as facts: things of account 111122223333 in eu-central-1 with their settings.
class SmallEstate {
public:
    SmallEstate()
        : m_scope(m_inventory.scope(rootScope, "", "111122223333", "eu-central-1")),
          m_at(m_inventory.seen(m_inventory.file("a.json"), "/0"))
    {
        thing(Kind::Account, "111122223333");
    }
    SmallEstate& thing(Kind kind, std::string_view id, Provider provider = Provider::Aws)
    {
        m_inventory.thing(kind, provider, "", id, m_scope, m_at);
        m_last = m_inventory.text(id);
        return *this;
    }
    template <class Value> SmallEstate& with(std::string_view key, Value value)
    {
        m_inventory.property(m_last, key, value, m_at);
        return *this;
    }
    SmallEstate& to(EdgeKind kind, std::string_view other)
    {
        m_inventory.edge(m_last, kind, other, m_at);
        return *this;
    }
    [[nodiscard]] Estate linked()
    {
        Progress progress;
        return link(std::move(m_inventory), progress);
    }

private:
    Inventory m_inventory;
    ScopeId m_scope;
    EvidenceId m_at;
    Ref m_last{};
};

} // namespace glacis
