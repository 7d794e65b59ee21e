// SPDX-License-Identifier: GPL-3.0-or-later
#include "import/fact_taker.h"

#include "core/text.h"
#include "import/redact.h"

namespace glacis {

void FactTaker::settings(
    Ref of, const Json& json, EvidenceId at, std::initializer_list<std::pair<std::string_view, std::string_view>> names)
{
    for (const auto& [key, setting] : names)
        this->setting(of, setting, member(json, key), at);
}

void FactTaker::setting(Ref of, std::string_view key, const Json& value, EvidenceId at)
{
    if (of == StringId::Empty)
        return;
    if (value.is_boolean())
        inventory.property(of, key, value.get<bool>(), at);
    else if (value.is_number_integer())
        inventory.property(of, key, value.get<std::int64_t>(), at);
    else if (value.is_string() && looksSecret(value.get_ref<const std::string&>()))
        secret("texts that look like keys or tokens");
    else if (value.is_string())
        inventory.property(of, key, std::string_view(value.get_ref<const std::string&>()), at);
}

void FactTaker::tag(Ref of, std::string_view key, std::string_view value)
{
    const bool hidden = !value.empty() && (namesSecret(key) || looksSecret(value));
    if (hidden)
        secret("values of tags");
    inventory.tag(of, key, hidden ? secretMask : value);
}

void FactTaker::edges(Ref from, EdgeKind kind, const Json& ids, EvidenceId at, std::string_view idKey)
{
    if (from == StringId::Empty || !ids.is_array())
        return;
    for (const Json& id : ids) {
        if (id.is_string())
            inventory.edge(from, kind, id.get_ref<const std::string&>(), at);
        else if (!idKey.empty())
            inventory.edge(from, kind, textOf(id, idKey), at);
    }
}

void FactTaker::policy(Ref of, PolicyRole role, std::string_view name, const Json& document, EvidenceId at)
{
    if (of == StringId::Empty || document.is_null())
        return;
    Json parsed;
    if (!document.is_string()) {
        parsed = document;
    } else {
        const std::string& text = document.get_ref<const std::string&>();
        auto whole = parseJson(text.starts_with('%') ? urlDecoded(text) : text);
        if (!whole) {
            row.problem(Severity::Warning, "The policy document is not JSON, so it was left out.", 0, 0,
                inventory.strings[inventory.evidence[index(at)].pointer]);
            return;
        }
        parsed = std::move(*whole);
    }
    inventory.facts.policies.push_back({of, role, inventory.text(name),
        inventory.text(parsed.dump(-1, ' ', false, Json::error_handler_t::replace)), at});

    const auto mention = [&](const Json& principals) {
        if (principals.is_string())
            inventory.edge(of, EdgeKind::Mentions, principals.get_ref<const std::string&>(), at);
        for (const Json& principal : principals.is_array() ? principals : Json::array()) {
            if (principal.is_string())
                inventory.edge(of, EdgeKind::Mentions, principal.get_ref<const std::string&>(), at);
        }
    };
    const Json& statements = member(parsed, "Statement");
    const Json list = statements.is_array() ? statements : Json::array({statements});
    for (const Json& statement : list) {
        if (textOf(statement, "Effect") == "Deny")
            continue;
        const Json& principal = member(statement, "Principal");
        if (principal.is_object()) {
            for (const auto& [type, principals] : principal.items())
                mention(principals);
        } else {
            mention(principal);
        }
    }
}

void FactTaker::secret(std::string_view what, std::size_t count)
{
    if (count > 0)
        row.leave(what, "it may hold secrets, and no secret is kept", count);
}

std::int16_t protocolNumber(std::string_view text)
{
    if (text == "tcp")
        return 6;
    if (text == "udp")
        return 17;
    if (text == "icmp")
        return 1;
    if (text == "icmpv6")
        return 58;
    return static_cast<std::int16_t>(integer(text).value_or(-1));
}

} // namespace glacis
