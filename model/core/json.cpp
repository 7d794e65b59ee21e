// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/json.h"

#include "core/json_stream.h"
#include "core/text.h"

template class nlohmann::basic_json<>;

namespace glacis {

const Json& member(const Json& object, std::string_view key)
{
    static const Json nothing;
    if (!object.is_object())
        return nothing;
    const auto found = object.find(key);
    return found == object.end() ? nothing : *found;
}

std::string_view textOf(const Json& object, std::string_view key)
{
    const Json& value = member(object, key);
    return value.is_string() ? std::string_view(value.get_ref<const std::string&>()) : std::string_view{};
}

std::optional<bool> boolOf(const Json& object, std::string_view key)
{
    const Json& value = member(object, key);
    if (value.is_boolean())
        return value.get<bool>();
    if (value.is_string() && equalIgnoringCase(value.get_ref<const std::string&>(), "true"))
        return true;
    if (value.is_string() && equalIgnoringCase(value.get_ref<const std::string&>(), "false"))
        return false;
    return std::nullopt;
}

std::optional<long long> numberOf(const Json& object, std::string_view key)
{
    const Json& value = member(object, key);
    if (value.is_number_integer())
        return value.get<long long>();
    if (value.is_number_float()) {
        const double number = value.get<double>();
        return number > -9e15 && number < 9e15 ? std::optional(static_cast<long long>(number)) : std::nullopt;
    }
    return value.is_string() ? integer(value.get_ref<const std::string&>()) : std::nullopt;
}

const Json& arrayOf(const Json& object, std::string_view key)
{
    static const Json nothing = Json::array();
    const Json& value = member(object, key);
    return value.is_array() ? value : nothing;
}

std::string asText(const Json& value)
{
    return value.is_string() ? value.get<std::string>() : value.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::vector<std::string> textsOf(const Json& object, std::string_view key)
{
    const Json& list = arrayOf(object, key);
    std::vector<std::string> texts(list.size());
    std::ranges::transform(list, texts.begin(), asText);
    return texts;
}

std::string pointerTo(std::string_view base, std::string_view key)
{
    std::string pointer(base);
    pointer += '/';
    for (const char c : key) {
        if (c == '~')
            pointer += "~0";
        else if (c == '/')
            pointer += "~1";
        else
            pointer += c;
    }
    return pointer;
}

std::string pointerTo(std::string_view base, std::size_t position)
{
    return std::string(base) + '/' + std::to_string(position);
}

std::optional<Json> parseJson(std::string_view text)
{
    Json whole;
    JsonLimits limits;
    limits.depth = 64;
    const auto error = parseWhole(text, limits, whole);
    return error ? std::nullopt : std::optional(std::move(whole));
}

} // namespace glacis
