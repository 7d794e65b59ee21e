// SPDX-License-Identifier: GPL-3.0-or-later
#include "import/terraform/json/known_values.h"

#include "import/terraform/data_sources.h"
#include "import/terraform/hcl/values.h"

#include <unordered_map>

namespace glacis::terraform {

namespace {

constexpr std::string_view documentType = "aws_iam_policy_document";

bool isMark(char c)
{
    return c == hcl::referenceBegins || c == hcl::referenceEnds || c == hcl::referenceJoins;
}

void replace(Json& value, const std::unordered_map<std::string, std::string>& documents)
{
    if (value.is_string()) {
        if (!hcl::isReference(value))
            return;
        const auto found = documents.find(hcl::references(value).front());
        if (found != documents.end())
            value = found->second;
    } else if (value.is_structured()) {
        for (Json& inner : value)
            replace(inner, documents);
    }
}

} // namespace

std::size_t dropSensitive(Json& values, const Json& marks)
{
    std::size_t dropped = 0;
    if (marks.is_boolean() && marks.get<bool>()) {
        dropped = values.is_null() ? 0 : 1;
        values = nullptr;
    } else if (marks.is_object() && values.is_object()) {
        for (const auto& [key, inner] : marks.items()) {
            if (values.contains(key))
                dropped += dropSensitive(values[key], inner);
        }
    } else if (marks.is_array() && values.is_array()) {
        for (std::size_t i = 0; i < std::min(marks.size(), values.size()); ++i)
            dropped += dropSensitive(values[i], marks[i]);
    }
    return dropped;
}

void onlyKnown(Json& values)
{
    if (values.is_string()) {
        std::erase_if(values.get_ref<std::string&>(), isMark);
    } else if (values.is_object()) {
        for (auto at = values.begin(); at != values.end();) {
            onlyKnown(*at);
            at = at->is_null() ? values.erase(at) : std::next(at);
        }
    } else if (values.is_array()) {
        for (Json& inner : values)
            onlyKnown(inner);
    }
}

void readDocuments(std::vector<Resource>& resources)
{
    std::unordered_map<std::string, std::string> documents;
    for (const Resource& resource : resources) {
        if (resource.isData && resource.type == documentType)
            documents.emplace(resource.address + ".json",
                policyDocument(resource.values).dump(-1, ' ', false, Json::error_handler_t::replace));
    }
    for (Resource& resource : resources) {
        if (!resource.isData)
            replace(resource.values, documents);
    }
}

} // namespace glacis::terraform
