// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "identity/evaluate.h"

#include <algorithm>
#include <deque>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>

namespace glacis {

inline const char* const ann = "arn:aws:iam::111122223333:user/ann";
inline const char* const worker = "arn:aws:iam::111122223333:role/worker";
inline const char* const session = "arn:aws:sts::111122223333:assumed-role/worker/tonight";
inline const char* const stranger = "arn:aws:iam::444455556666:user/stranger";
inline const char* const object = "arn:aws:s3:::bucket/key";
inline const char* const kmsKey = "arn:aws:kms:eu-central-1:111122223333:key/0a1b";

/// JSON written with single quotes, so that tests can be read.
[[nodiscard]] inline std::string quoted(std::string text)
{
    std::ranges::replace(text, '\'', '"');
    return text;
}

/// A policy of the current version, of the members of its statements: "'Effect': 'Allow', 'Action': …".
[[nodiscard]] inline std::string policy(
    std::initializer_list<std::string> statements, const std::string& version = "2012-10-17")
{
    std::string all;
    for (const std::string& statement : statements)
        all += (all.empty() ? "{" : ", {") + quoted(statement) + '}';
    return quoted("{'Version': '" + version + "', 'Statement': [") + all + "]}";
}
[[nodiscard]] inline std::string policy(const std::string& statement)
{
    return policy({statement});
}

inline const char* const allowAll = "'Effect': 'Allow', 'Action': '*', 'Resource': '*'";

/// One question with the policies that apply, and its answer. A key that is not given is not in the request.
class Asked {
public:
    Asked(std::string_view principal, std::string_view action, std::string_view resource,
        std::string_view resourceAccount = {})
    {
        request.principal = principalNamed(principal);
        request.action = action;
        request.resource = resource;
        request.resourceAccount = resourceAccount;
        request.unsaid = Unsaid::Absent;
    }
    Asked& identity(const std::string& text) { return add(stack.identity, text); }
    Asked& resource(const std::string& text) { return add(stack.resource, text); }
    Asked& grant(const std::string& text) { return add(stack.grants, text); }
    Asked& boundary(const std::string& text) { return add(stack.boundary, text); }
    Asked& session(const std::string& text) { return add(stack.session, text); }
    Asked& endpoint(const std::string& text) { return add(stack.endpoint, text); }
    /// Each call is a level of the organisation, from the root down.
    Asked& control(std::initializer_list<std::string> texts)
    {
        stack.serviceControl.push_back(layer(texts));
        return *this;
    }
    Asked& resourceControl(std::initializer_list<std::string> texts)
    {
        stack.resourceControl.push_back(layer(texts));
        return *this;
    }
    Asked& with(const std::string& key, std::vector<std::string> values)
    {
        request.context[key] = std::move(values);
        return *this;
    }
    /// As of an export: what is not given is not known.
    Asked& openly()
    {
        request.unsaid = Unsaid::Unknown;
        return *this;
    }
    [[nodiscard]] Evaluation answer() const { return evaluate(request, stack); }
    [[nodiscard]] Verdict verdict() const { return answer().verdict; }

    PolicyRequest request;
    PolicyStack stack;

private:
    const PolicyDocument* read(const std::string& text)
    {
        m_documents->push_back(parsePolicy(text));
        return &m_documents->back();
    }
    Asked& add(PolicyLayer& layer, const std::string& text)
    {
        layer.push_back({read(text), static_cast<std::uint32_t>(m_documents->size() - 1)});
        return *this;
    }
    Asked& add(std::optional<PolicyLayer>& layer, const std::string& text)
    {
        if (!layer)
            layer.emplace();
        return add(*layer, text);
    }
    PolicyLayer layer(std::initializer_list<std::string> texts)
    {
        PolicyLayer made;
        for (const std::string& text : texts)
            add(made, text);
        return made;
    }

    /// Shared, so that a copy of the question points to documents that live.
    std::shared_ptr<std::deque<PolicyDocument>> m_documents = std::make_shared<std::deque<PolicyDocument>>();
};

} // namespace glacis
