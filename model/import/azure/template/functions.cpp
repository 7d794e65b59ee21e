// SPDX-License-Identifier: GPL-3.0-or-later
#include "import/azure/template/scope.h"

#include "core/ip.h"
#include "core/text.h"

#include <algorithm>
#include <limits>
#include <map>
#include <numeric>

namespace glacis::azure {

namespace {

using Values = std::vector<Json>;

const Json& at(const Values& values, std::size_t i)
{
    static const Json none;
    return i < values.size() ? values[i] : none;
}
std::string word(const Values& values, std::size_t i)
{
    return asWord(at(values, i));
}
bool unknown(const Values& values)
{
    return std::ranges::any_of(values, [](const Json& value) { return isSymbolic(value); });
}
std::optional<long long> number(const Values& values, std::size_t i)
{
    if (at(values, i).is_number_integer())
        return at(values, i).get<long long>();
    return std::nullopt;
}

/// A short number that is the same for the same texts: stands for what Azure would work out from them.
std::string fingerprint(const Values& values)
{
    std::uint32_t hash = 2166136261u;
    for (const Json& value : values) {
        for (const char c : asWord(value) + '\n')
            hash = (hash ^ static_cast<unsigned char>(c)) * 16777619u;
    }
    constexpr char digits[] = "0123456789abcdef";
    std::string text;
    for (int i = 0; i < 6; ++i, hash >>= 4u)
        text += digits[hash & 15u];
    return text;
}

Json concat(TemplateScope&, const Values& values)
{
    if (!values.empty() && std::ranges::all_of(values, [](const Json& value) { return value.is_array(); })) {
        Json made = Json::array();
        for (const Json& list : values)
            made.insert(made.end(), list.begin(), list.end());
        return made;
    }
    std::string text;
    for (const Json& value : values)
        text += asWord(value);
    return text;
}

Json format(TemplateScope&, const Values& values)
{
    const std::string pattern = word(values, 0);
    std::string text;
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        const char c = pattern[i];
        if ((c == '{' || c == '}') && i + 1 < pattern.size() && pattern[i + 1] == c) {
            text += c;
            ++i;
            continue;
        }
        const std::size_t close = pattern.find('}', i);
        if (c != '{' || close == std::string::npos) {
            text += c;
            continue;
        }
        const std::string_view slot = std::string_view(pattern).substr(i + 1, close - i - 1);
        if (const auto position = integer(before(slot, ':')); position && *position >= 0)
            text += word(values, static_cast<std::size_t>(*position) + 1);
        i = close;
    }
    return text;
}

template <class Change> Json changedText(const Values& values, Change change)
{
    if (isSymbolic(at(values, 0)))
        return at(values, 0);
    std::string text = word(values, 0);
    for (char& c : text)
        c = change(c);
    return text;
}
Json toLower(TemplateScope&, const Values& values)
{
    return changedText(values, [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
}
Json toUpper(TemplateScope&, const Values& values)
{
    return changedText(values, [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
}
Json trim(TemplateScope&, const Values& values)
{
    return std::string(trimmed(word(values, 0)));
}

Json substring(TemplateScope&, const Values& values)
{
    // A part of what is not known is as little known, and keeps its name.
    if (isSymbolic(at(values, 0)))
        return at(values, 0);
    const std::string text = word(values, 0);
    const auto begin = number(values, 1), length = number(values, 2);
    if (!begin || *begin < 0 || *begin > static_cast<long long>(text.size()))
        return text;
    return text.substr(static_cast<std::size_t>(*begin),
        length && *length >= 0 ? static_cast<std::size_t>(*length) : std::string::npos);
}

Json replace(TemplateScope&, const Values& values)
{
    std::string text = word(values, 0);
    const std::string from = word(values, 1), to = word(values, 2);
    if (from.empty() || (!to.empty() && text.size() > 1'000'000 / to.size()))
        return text;
    for (std::size_t i = text.find(from); i != std::string::npos; i = text.find(from, i + to.size()))
        text.replace(i, from.size(), to);
    return text;
}

Json splitText(TemplateScope&, const Values& values)
{
    std::vector<std::string> marks;
    if (at(values, 1).is_array())
        for (const Json& mark : at(values, 1))
            marks.push_back(asWord(mark));
    else
        marks.push_back(word(values, 1));
    const std::string text = word(values, 0);
    Json made = Json::array();
    std::size_t begin = 0;
    for (std::size_t i = 0; i < text.size();) {
        const auto mark = std::ranges::find_if(
            marks, [&](const std::string& one) { return !one.empty() && text.compare(i, one.size(), one) == 0; });
        if (mark == marks.end()) {
            ++i;
            continue;
        }
        made.push_back(text.substr(begin, i - begin));
        i += mark->size();
        begin = i;
    }
    made.push_back(text.substr(begin));
    return made;
}

Json join(TemplateScope&, const Values& values)
{
    std::string text;
    const Json& list = at(values, 0);
    for (std::size_t i = 0; i < (list.is_array() ? list.size() : 0); ++i)
        text += (i == 0 ? std::string() : word(values, 1)) + asWord(list[i]);
    return text;
}

Json length(TemplateScope&, const Values& values)
{
    if (isSymbolic(at(values, 0)))
        return symbol("length");
    return at(values, 0).is_string() ? at(values, 0).get_ref<const std::string&>().size() : at(values, 0).size();
}

Json empty(TemplateScope&, const Values& values)
{
    if (isSymbolic(at(values, 0)))
        return symbol("empty");
    return at(values, 0).is_string() ? at(values, 0).get_ref<const std::string&>().empty() : at(values, 0).empty();
}

Json contains(TemplateScope&, const Values& values)
{
    if (unknown(values))
        return symbol("contains");
    const Json& container = at(values, 0);
    if (container.is_array())
        return std::ranges::find(container, at(values, 1)) != container.end();
    if (container.is_object())
        return std::ranges::any_of(
            container.items(), [&](const auto& item) { return equalIgnoringCase(item.key(), word(values, 1)); });
    return word(values, 0).find(word(values, 1)) != std::string::npos;
}

Json startsWith(TemplateScope&, const Values& values)
{
    return lowered(word(values, 0)).starts_with(lowered(word(values, 1)));
}
Json endsWith(TemplateScope&, const Values& values)
{
    return lowered(word(values, 0)).ends_with(lowered(word(values, 1)));
}
Json indexOf(TemplateScope&, const Values& values)
{
    const auto found = lowered(word(values, 0)).find(lowered(word(values, 1)));
    return found == std::string::npos ? -1 : static_cast<long long>(found);
}

Json piece(const Values& values, bool keep)
{
    const Json& whole = at(values, 0);
    const auto count = number(values, 1);
    if (!count || isSymbolic(whole))
        return whole;
    const std::size_t size = whole.is_string() ? whole.get_ref<const std::string&>().size() : whole.size();
    const auto cut = static_cast<std::size_t>(std::clamp<long long>(*count, 0, static_cast<long long>(size)));
    if (whole.is_string())
        return keep ? whole.get<std::string>().substr(0, cut) : whole.get<std::string>().substr(cut);
    Json made = Json::array();
    for (std::size_t i = keep ? 0 : cut; whole.is_array() && i < (keep ? cut : size); ++i)
        made.push_back(whole[i]);
    return made;
}
Json take(TemplateScope&, const Values& values)
{
    return piece(values, true);
}
Json skip(TemplateScope&, const Values& values)
{
    return piece(values, false);
}
Json edgeOf(const Values& values, bool front)
{
    const Json& whole = at(values, 0);
    if (whole.is_array())
        return whole.empty() ? Json() : front ? whole.front() : whole.back();
    const std::string text = word(values, 0);
    return isSymbolic(whole) || text.empty() ? whole : Json(std::string(1, front ? text.front() : text.back()));
}
Json first(TemplateScope&, const Values& values)
{
    return edgeOf(values, true);
}
Json last(TemplateScope&, const Values& values)
{
    return edgeOf(values, false);
}

Json unionOfAll(TemplateScope&, const Values& values)
{
    Json made = at(values, 0);
    for (std::size_t i = 1; i < values.size(); ++i) {
        if (made.is_object() && values[i].is_object())
            made.update(values[i]);
        else if (made.is_array() && values[i].is_array())
            for (const Json& one : values[i])
                if (std::ranges::find(made, one) == made.end())
                    made.push_back(one);
    }
    return made;
}

Json intersection(TemplateScope&, const Values& values)
{
    const Json& whole = at(values, 0);
    Json made = whole.is_object() ? Json::object() : Json::array();
    for (const auto& [key, value] : whole.items()) {
        const bool inAll = std::ranges::all_of(values, [&, k = key, v = value](const Json& other) {
            return whole.is_object() ? member(other, k) == v : std::ranges::find(other, v) != other.end();
        });
        if (inAll && whole.is_object())
            made[key] = value;
        else if (inAll)
            made.push_back(value);
    }
    return made;
}

Json createArray(TemplateScope&, const Values& values)
{
    return Json(values);
}
Json createObject(TemplateScope&, const Values& values)
{
    Json made = Json::object();
    for (std::size_t i = 0; i + 1 < values.size(); i += 2)
        made[asWord(values[i])] = values[i + 1];
    return made;
}
Json array(TemplateScope&, const Values& values)
{
    return at(values, 0).is_array() ? at(values, 0) : Json::array({at(values, 0)});
}
Json flatten(TemplateScope&, const Values& values)
{
    Json made = Json::array();
    for (const Json& list : at(values, 0).is_array() ? at(values, 0) : Json(Json::array())) {
        if (list.is_array())
            made.insert(made.end(), list.begin(), list.end());
    }
    return made;
}
Json range(TemplateScope&, const Values& values)
{
    const auto begin = number(values, 0), count = number(values, 1);
    Json made = Json::array();
    for (long long i = 0; begin && count && i < std::min<long long>(*count, 10'000); ++i)
        made.push_back(*begin + i);
    return made;
}
Json items(TemplateScope&, const Values& values)
{
    Json made = Json::array();
    if (at(values, 0).is_object())
        for (const auto& [key, value] : at(values, 0).items())
            made.push_back({{"key", key}, {"value", value}});
    return made;
}
Json objectKeys(TemplateScope&, const Values& values)
{
    Json made = Json::array();
    if (at(values, 0).is_object())
        for (const auto& [key, value] : at(values, 0).items())
            made.push_back(key);
    return made;
}

template <class Work> Json arithmetic(const Values& values, Work work)
{
    const auto a = number(values, 0), b = number(values, 1);
    constexpr long long most = std::numeric_limits<std::int32_t>::max();
    // The language counts in 32 bits; what is larger is an error there.
    if (!a || !b || *a > most || *a < -most || *b > most || *b < -most)
        return symbol("number");
    return work(*a, *b);
}
Json add(TemplateScope&, const Values& values)
{
    return arithmetic(values, [](long long a, long long b) { return Json(a + b); });
}
Json sub(TemplateScope&, const Values& values)
{
    return arithmetic(values, [](long long a, long long b) { return Json(a - b); });
}
Json mul(TemplateScope&, const Values& values)
{
    return arithmetic(values, [](long long a, long long b) { return Json(a * b); });
}
Json div(TemplateScope&, const Values& values)
{
    return arithmetic(values, [](long long a, long long b) { return b == 0 ? symbol("number") : Json(a / b); });
}
Json mod(TemplateScope&, const Values& values)
{
    return arithmetic(values, [](long long a, long long b) { return b == 0 ? symbol("number") : Json(a % b); });
}
Json extreme(const Values& values, bool largest)
{
    const Json& list = at(values, 0).is_array() ? at(values, 0) : Json(values);
    std::optional<long long> best;
    for (const Json& one : list) {
        if (!one.is_number_integer())
            return symbol("number");
        const long long value = one.get<long long>();
        best = !best || (largest ? value > *best : value < *best) ? value : *best;
    }
    return best ? Json(*best) : symbol("number");
}
Json minimum(TemplateScope&, const Values& values)
{
    return extreme(values, false);
}
Json maximum(TemplateScope&, const Values& values)
{
    return extreme(values, true);
}

Json toInt(TemplateScope&, const Values& values)
{
    const auto value = integer(word(values, 0));
    return value ? Json(*value) : at(values, 0);
}
Json toString(TemplateScope&, const Values& values)
{
    return asText(at(values, 0));
}
Json toBool(TemplateScope&, const Values& values)
{
    const std::string text = lowered(word(values, 0));
    return text == "true" || text == "1" ? Json(true) : text == "false" || text == "0" ? Json(false) : at(values, 0);
}
Json fromJson(TemplateScope&, const Values& values)
{
    return parseJson(word(values, 0)).value_or(symbol("json"));
}
Json base64ToText(TemplateScope&, const Values& values)
{
    const auto decoded = base64Decoded(word(values, 0));
    return decoded ? Json(asUtf8(*decoded).value_or(std::string())) : symbol("text");
}
/// What is encoded is mostly a secret or a program; its contents are not needed.
Json encoded(TemplateScope&, const Values&)
{
    return symbol("encoded");
}
Json same(TemplateScope&, const Values& values)
{
    return at(values, 0);
}

Json logical(const Values& values, bool all)
{
    bool open = false;
    for (const Json& value : values) {
        if (!value.is_boolean())
            open = true;
        else if (value.get<bool>() != all)
            return !all;
    }
    return open ? symbol("condition") : Json(all);
}
Json both(TemplateScope&, const Values& values)
{
    return logical(values, true);
}
Json either(TemplateScope&, const Values& values)
{
    return logical(values, false);
}
Json negated(TemplateScope&, const Values& values)
{
    return at(values, 0).is_boolean() ? Json(!at(values, 0).get<bool>()) : symbol("condition");
}
Json equals(TemplateScope&, const Values& values)
{
    return unknown(values) ? at(values, 0) == at(values, 1) ? Json(true) : symbol("condition")
                           : Json(at(values, 0) == at(values, 1));
}
template <class Compare> Json compared(const Values& values, Compare compare)
{
    const auto a = number(values, 0), b = number(values, 1);
    if (a && b)
        return compare(*a, *b);
    return unknown(values) ? symbol("condition") : Json(compare(word(values, 0).compare(word(values, 1)), 0));
}
Json less(TemplateScope&, const Values& values)
{
    return compared(values, [](long long a, long long b) { return a < b; });
}
Json lessOrEquals(TemplateScope&, const Values& values)
{
    return compared(values, [](long long a, long long b) { return a <= b; });
}
Json greater(TemplateScope&, const Values& values)
{
    return compared(values, [](long long a, long long b) { return a > b; });
}
Json greaterOrEquals(TemplateScope&, const Values& values)
{
    return compared(values, [](long long a, long long b) { return a >= b; });
}
Json coalesce(TemplateScope&, const Values& values)
{
    for (const Json& value : values) {
        if (!value.is_null())
            return value;
    }
    return {};
}
Json nothing(TemplateScope&, const Values&)
{
    return {};
}
Json yes(TemplateScope&, const Values&)
{
    return true;
}
Json no(TemplateScope&, const Values&)
{
    return false;
}

Json parameters(TemplateScope& scope, const Values& values)
{
    return scope.parameter(word(values, 0));
}
Json variables(TemplateScope& scope, const Values& values)
{
    return scope.variable(word(values, 0));
}
Json copyIndex(TemplateScope& scope, const Values& values)
{
    const bool named = at(values, 0).is_string();
    const long long offset = number(values, named ? 1 : 0).value_or(0);
    for (auto loop = scope.loops.rbegin(); loop != scope.loops.rend(); ++loop) {
        if (!named || loop->first == lowered(word(values, 0)))
            return loop->second + offset;
    }
    return symbol("copyIndex");
}

Json resourceGroup(TemplateScope& scope, const Values&)
{
    return {
        {"id", baseOf(scope.place)}, {"name", scope.place.group}, {"location", "{location}"}, {"tags", Json::object()}};
}
Json subscription(TemplateScope& scope, const Values&)
{
    return {{"id", "/subscriptions/" + scope.place.subscription}, {"subscriptionId", scope.place.subscription},
        {"tenantId", "{tenant}"}, {"displayName", "{subscription}"}};
}
Json tenant(TemplateScope&, const Values&)
{
    return {{"tenantId", "{tenant}"}, {"id", "/tenants/{tenant}"}};
}
Json deployment(TemplateScope&, const Values&)
{
    return {{"name", "{deployment}"}, {"location", "{location}"},
        {"properties", {{"templateLink", {{"uri", "{templateUri}"}}}}}};
}
Json environment(TemplateScope&, const Values&)
{
    return {{"name", "AzureCloud"}, {"resourceManager", "https://management.azure.com/"},
        {"suffixes",
            {{"storage", "core.windows.net"}, {"keyvaultDns", ".vault.azure.net"},
                {"sqlServerHostname", ".database.windows.net"}}}};
}
Json uniqueString(TemplateScope&, const Values& values)
{
    return symbol("unique-" + fingerprint(values));
}
Json guid(TemplateScope&, const Values& values)
{
    return symbol("guid-" + fingerprint(values));
}

/// The names of a resource id from the first argument that is a type on; what stands before says where.
Json idFrom(const Values& values, std::size_t type, std::string_view base)
{
    std::string name;
    for (std::size_t i = type + 1; i < values.size(); ++i)
        name += (name.empty() ? "" : "/") + asWord(values[i]);
    return resourceIdOf(base, word(values, type), name);
}
std::size_t typeAt(const Values& values)
{
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (asWord(values[i]).find('/') != std::string::npos)
            return i;
    }
    return values.size();
}
Json resourceId(TemplateScope& scope, const Values& values)
{
    const std::size_t type = typeAt(values);
    if (type == values.size())
        return symbol("resourceId");
    Place where = scope.place;
    if (type >= 1)
        where.group = asWord(values[type - 1]);
    if (type >= 2)
        where.subscription = asWord(values[type - 2]);
    return idFrom(values, type, baseOf(where));
}
Json subscriptionResourceId(TemplateScope& scope, const Values& values)
{
    const std::size_t type = typeAt(values);
    const std::string own = type == 1 ? asWord(values[0]) : scope.place.subscription;
    return type == values.size() ? symbol("resourceId") : idFrom(values, type, "/subscriptions/" + own);
}
Json tenantResourceId(TemplateScope&, const Values& values)
{
    return values.empty() ? symbol("resourceId") : idFrom(values, 0, {});
}
Json extensionResourceId(TemplateScope&, const Values& values)
{
    return values.size() < 2 ? symbol("resourceId") : idFrom(values, 1, asWord(values[0]));
}

/// "Resource functions: reference": what a resource is at run time; of outputs of a nested deployment, what they say.
Json reference(TemplateScope& scope, const Values& values)
{
    std::string id = word(values, 0);
    if (id.find('/') == std::string::npos && scope.idOf) {
        if (const std::string named = scope.idOf(id); !named.empty())
            id = named;
    }
    if (lowered(id).find("microsoft.resources/deployments/") != std::string::npos && scope.outputsOf) {
        if (Json outputs = scope.outputsOf(afterLast(id, '/')); !outputs.is_null())
            return {{"outputs", std::move(outputs)}};
    }
    return {{"$reference", id}};
}

/// Whatever lists keys or connection strings gives secrets, and those are never kept.
Json secret(TemplateScope&, const Values&)
{
    return symbol("secret");
}

/// "CIDR functions for Bicep": the block of a new length at a position within a network.
Json cidrSubnet(TemplateScope&, const Values& values)
{
    const auto whole = parseIpPrefix(word(values, 0));
    const auto length = number(values, 1), position = number(values, 2);
    if (!whole || !length || !position || whole->address.v6 || *length < whole->length || *length > 32 || *position < 0
        || *position >= (1LL << (*length - whole->length)))
        return symbol("block");
    IpPrefix made = *whole;
    made.length = static_cast<std::uint8_t>(*length);
    made.address.low += static_cast<std::uint64_t>(*position) << (32 - *length);
    return glacis::toString(made);
}

} // namespace

Function functionNamed(std::string_view name)
{
    static const std::map<std::string_view, Function> all = {{"concat", concat}, {"format", format},
        {"tolower", toLower}, {"toupper", toUpper}, {"trim", trim}, {"substring", substring}, {"replace", replace},
        {"split", splitText}, {"join", join}, {"length", length}, {"empty", empty}, {"contains", contains},
        {"startswith", startsWith}, {"endswith", endsWith}, {"indexof", indexOf}, {"take", take}, {"skip", skip},
        {"first", first}, {"last", last}, {"union", unionOfAll}, {"shallowmerge", unionOfAll},
        {"intersection", intersection}, {"createarray", createArray}, {"createobject", createObject}, {"array", array},
        {"flatten", flatten}, {"range", range}, {"items", items}, {"objectkeys", objectKeys}, {"add", add},
        {"sub", sub}, {"mul", mul}, {"div", div}, {"mod", mod}, {"min", minimum}, {"max", maximum}, {"int", toInt},
        {"string", toString}, {"bool", toBool}, {"json", fromJson}, {"base64", encoded},
        {"base64tostring", base64ToText}, {"uricomponent", same}, {"datauri", encoded}, {"and", both}, {"or", either},
        {"not", negated}, {"equals", equals}, {"less", less}, {"lessorequals", lessOrEquals}, {"greater", greater},
        {"greaterorequals", greaterOrEquals}, {"coalesce", coalesce}, {"null", nothing}, {"true", yes}, {"false", no},
        {"parameters", parameters}, {"variables", variables}, {"copyindex", copyIndex},
        {"resourcegroup", resourceGroup}, {"subscription", subscription}, {"tenant", tenant},
        {"deployment", deployment}, {"environment", environment}, {"uniquestring", uniqueString}, {"guid", guid},
        {"newguid", guid}, {"resourceid", resourceId}, {"subscriptionresourceid", subscriptionResourceId},
        {"tenantresourceid", tenantResourceId}, {"managementgroupresourceid", tenantResourceId},
        {"extensionresourceid", extensionResourceId}, {"reference", reference}, {"listkeys", secret},
        {"listsecrets", secret}, {"listaccountsas", secret}, {"listservicesas", secret},
        {"listconnectionstrings", secret}, {"listcredentials", secret}, {"list", secret}, {"cidrsubnet", cidrSubnet}};
    const auto found = all.find(name);
    return found == all.end() ? nullptr : found->second;
}

} // namespace glacis::azure
