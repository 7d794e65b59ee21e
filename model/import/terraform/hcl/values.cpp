// SPDX-License-Identifier: GPL-3.0-or-later
#include "import/terraform/hcl/values.h"

#include "core/text.h"

#include <algorithm>

namespace glacis::hcl {

namespace {

void collect(const Json& value, std::vector<std::string>& into)
{
    if (value.is_string()) {
        withReferences(value.get_ref<const std::string&>(), [&](std::string_view reference) {
            if (reference.starts_with(workedOut))
                reference.remove_prefix(1);
            for (const std::string_view one : split(reference, referenceJoins)) {
                if (!one.empty() && std::ranges::find(into, one) == into.end())
                    into.emplace_back(one);
            }
            return std::string_view{};
        });
    } else if (value.is_structured()) {
        for (const Json& inner : value)
            collect(inner, into);
    }
}

} // namespace

Json unknown(std::string_view reference)
{
    return referenceBegins + std::string(reference) + referenceEnds;
}

Json derived(const std::vector<const Json*>& from)
{
    std::vector<std::string> found;
    for (const Json* value : from)
        collect(*value, found);
    std::string all(1, workedOut);
    for (const std::string& one : found)
        all += (all.size() > 1 ? std::string(1, referenceJoins) : std::string()) + one;
    return unknown(all);
}

bool isReference(const Json& value)
{
    if (!value.is_string())
        return false;
    const std::string& text = value.get_ref<const std::string&>();
    return text.size() > 2 && text.front() == referenceBegins && text[1] != workedOut
        && text.find(referenceEnds) == text.size() - 1;
}

bool isOpen(const Json& value)
{
    if (value.is_string())
        return value.get_ref<const std::string&>().find(referenceBegins) != std::string::npos;
    return value.is_structured() && std::ranges::any_of(value, isOpen);
}

std::vector<std::string> references(const Json& value)
{
    std::vector<std::string> found;
    collect(value, found);
    return found;
}

Json stepInto(const Json& reference, std::string_view step)
{
    if (!isReference(reference))
        return derived({&reference});
    const std::string& text = reference.get_ref<const std::string&>();
    return unknown(text.substr(1, text.size() - 2) + std::string(step));
}

} // namespace glacis::hcl
