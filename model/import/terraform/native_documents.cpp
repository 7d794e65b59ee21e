// SPDX-License-Identifier: GPL-3.0-or-later
#include "import/terraform/native_documents.h"

#include "core/text.h"
#include "import/terraform/hcl/evaluate.h"

#include <algorithm>
#include <utility>

namespace glacis::terraform {

namespace {

constexpr std::size_t longestList = 10'000;

std::string camel(std::string_view name)
{
    std::string made;
    bool upper = false;
    for (const char c : name) {
        if (c == '_') {
            upper = !made.empty();
            continue;
        }
        made += upper && c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
        upper = false;
    }
    return made;
}

/// Puts a value at a path, making what lies on the way; `positions` are those of its "*".
void put(Json& into, std::string_view path, Json value, const std::vector<std::size_t>& positions)
{
    Json* at = &into;
    std::size_t next = 0;
    for (const std::string_view step : split(path, '.')) {
        if (step == "*") {
            const std::size_t position = next < positions.size() ? positions[next] : 0;
            ++next;
            if (position >= longestList)
                return;
            if (!at->is_array())
                *at = Json::array();
            while (at->size() <= position)
                at->push_back(Json::object());
            at = &(*at)[position];
        } else {
            if (!at->is_object())
                *at = Json::object();
            at = &(*at)[std::string(step)];
        }
    }
    *at = std::move(value);
}

/// Whether a member is there, spelled one way or the other: "https_only" and "httpsOnly".
const Json* spelled(const Json& object, std::string_view name)
{
    const auto plain = [](std::string_view text) {
        std::string made = lowered(text);
        std::erase(made, '_');
        return made;
    };
    if (!object.is_object())
        return nullptr;
    const std::string wanted = plain(name);
    for (const auto& [key, value] : object.items()) {
        if (plain(key) == wanted)
            return &value;
    }
    return nullptr;
}

bool has(const Json& json, std::string_view path)
{
    const Json* at = &json;
    for (const std::string_view step : split(path, '.')) {
        if (step == "*")
            return at->is_array() && !at->empty();
        at = spelled(*at, step);
        if (!at)
            return false;
    }
    return !at->is_null();
}

/// What two resources say of one thing: lists grow, and what is said first stays.
void merge(Json& into, const Json& more)
{
    if (into.is_object() && more.is_object()) {
        for (const auto& [key, value] : more.items()) {
            if (into.contains(key))
                merge(into[key], value);
            else
                into[key] = value;
        }
    } else if (into.is_array() && more.is_array()) {
        for (const Json& one : more)
            into.push_back(one);
    }
}

/// The settings of one resource by one row.
class Translation {
public:
    Translation(const NativeProvider& provider, const NativeRow& row, const Resource& resource, NativeNames& names)
        : m_provider(provider), m_row(row), m_resource(resource), m_names(names)
    {
    }

    std::size_t secrets = 0;
    std::map<std::string, NativeDocument::Origin, std::less<>> origins;

    Json members(bool copied)
    {
        Json made = Json::object();
        if (copied)
            object(m_resource.values, made, {}, {});
        for (const NativeRow::Move& move : m_row.moves)
            follow(made, move);
        if (copied) {
            for (const NativeRow::Move& move : m_provider.moves)
                follow(made, move);
        }
        for (const auto& [path, value] : m_row.set)
            put(made, path, constant(value), {});
        for (const auto& [path, value] : m_row.absent) {
            if (!has(made, path))
                put(made, path, constant(value), {});
        }
        return made;
    }

private:
    Json constant(const Json& value)
    {
        return value.is_string() ? Json(m_names.filled(value.get_ref<const std::string&>(), m_resource)) : value;
    }

    std::string nameOf(const std::string& key) const
    {
        if (const auto own = m_row.names.find(key); own != m_row.names.end())
            return own->second;
        if (const auto own = m_provider.names.find(key); own != m_provider.names.end())
            return own->second;
        return m_provider.camel ? camel(key) : key;
    }

    bool isMoved(const std::string& path) const
    {
        const auto isIt = [&](const NativeRow::Move& move) { return move.from == path || move.from == path + ".*"; };
        return std::ranges::any_of(m_row.moves, isIt) || std::ranges::any_of(m_provider.moves, isIt);
    }

    void object(const Json& from, Json& into, const std::string& path, const std::string& pointer)
    {
        for (const auto& [key, value] : from.items()) {
            std::string here = path;
            here.append(path.empty() ? "" : ".").append(key);
            if (isMoved(here) || value.is_null())
                continue;
            if (m_provider.secret.contains(key)) {
                secrets += value.empty() ? 0 : std::max<std::size_t>(value.is_structured() ? value.size() : 1, 1);
                continue;
            }
            const std::string name = nameOf(key);
            if (path.empty())
                origins.try_emplace(pointerTo({}, name), NativeDocument::Origin{&m_resource, pointerTo({}, key)});
            into[name] = copied(key, value, here, pointerTo(pointer, key));
        }
    }

    Json copied(const std::string& key, const Json& value, const std::string& path, const std::string& pointer)
    {
        if (value.is_string())
            return word(key, value);
        if (value.is_object()) {
            Json made = Json::object();
            if (m_provider.maps.contains(key)) {
                for (const auto& [name, inner] : value.items())
                    made[name] = copied({}, inner, path, pointer);
            } else {
                object(value, made, path, pointer);
            }
            return made;
        }
        if (!value.is_array())
            return value;
        const bool blocks = !value.empty() && value.front().is_object();
        if (m_provider.once.contains(key) && (blocks || value.empty()))
            return blocks ? copied(key, value.front(), path, pointer) : Json();
        Json made = Json::array();
        for (std::size_t i = 0; i < value.size(); ++i)
            made.push_back(copied(key, value[i], path + (blocks ? ".*" : ""), pointerTo(pointer, i)));
        return made;
    }

    /// A plain name where the interface has an id is the id's end.
    Json word(const std::string& key, const Json& value)
    {
        std::string made = m_names.text(value.get_ref<const std::string&>());
        const auto collection = m_provider.collections.find(key);
        if (collection == m_provider.collections.end() || made.empty() || made.find('/') != std::string::npos)
            return made;
        return m_names.filled(collection->second, m_resource, made);
    }

    void follow(Json& into, const NativeRow::Move& move)
    {
        std::vector<std::size_t> positions;
        follow(m_resource.values, move.from, {}, positions,
            [&](const Json& value, const std::string& pointer) { moved(into, move, value, pointer, positions); });
    }

    template <class Each>
    void follow(const Json& at, std::string_view path, const std::string& pointer, std::vector<std::size_t>& positions,
        const Each& each)
    {
        if (path.empty())
            return each(at, pointer);
        const std::string_view step = before(path, '.'), rest = after(path, '.');
        if (step == "*") {
            if (at.is_object())
                return follow(Json::array({at}), path, pointer, positions, each);
            for (std::size_t i = 0; at.is_array() && i < at.size(); ++i) {
                positions.push_back(i);
                follow(at[i], rest, pointerTo(pointer, i), positions, each);
                positions.pop_back();
            }
            return;
        }
        const bool inBlock = at.is_array() && !at.empty();
        const Json& within = inBlock ? at.front() : at;
        if (within.is_object() && within.contains(step) && !within.at(std::string(step)).is_null())
            follow(within.at(std::string(step)), rest, pointerTo(inBlock ? pointerTo(pointer, 0) : pointer, step),
                positions, each);
    }

    void moved(Json& into, const NativeRow::Move& move, const Json& value, const std::string& pointer,
        const std::vector<std::size_t>& positions)
    {
        const std::string last(afterLast(move.from, '.'));
        Json made = copied(last == "*"
                ? std::string(afterLast(std::string_view(move.from).substr(0, move.from.size() - 2), '.'))
                : last,
            value, move.from, pointer);
        if (!move.form.empty() && made.is_string())
            made = m_names.filled(move.form, m_resource, made.get_ref<const std::string&>());
        else if (!move.form.empty())
            made = constant(move.form);
        if (move.values.is_object() && !made.is_structured()) {
            const std::string key = asText(made);
            const Json& known = member(move.values, move.values.contains(key) ? std::string_view(key) : "*");
            if (known.is_null())
                return;
            made = known;
        }
        if (move.keys && made.is_array()) {
            Json keyed = Json::object();
            for (const Json& one : made)
                keyed[asText(one)] = Json::object();
            made = std::move(keyed);
        } else if (move.joined && made.is_array()) {
            std::string all;
            for (const Json& one : made)
                all += (all.empty() ? "" : ", ") + asText(one);
            made = std::move(all);
        } else if (move.pairs && made.is_object()) {
            Json list = Json::array();
            for (const auto& [key, inner] : made.items())
                list.push_back({{"key", key}, {"value", inner}});
            made = std::move(list);
        } else if (move.parsed && made.is_string()) {
            made = parseJson(made.get_ref<const std::string&>()).value_or(Json());
            if (made.is_null())
                return;
        }
        const std::string top = pointerTo({}, before(move.to, '.'));
        origins.try_emplace(
            top, NativeDocument::Origin{&m_resource, pointerTo({}, before(std::string_view(pointer).substr(1), '/'))});
        put(into, move.to, std::move(made), positions);
    }

    const NativeProvider& m_provider;
    const NativeRow& m_row;
    const Resource& m_resource;
    NativeNames& m_names;
};

class Documents {
public:
    Documents(NativeNames& names, std::vector<std::pair<const Resource*, std::string>>& ids)
        : m_names(names), m_ids(ids)
    {
    }

    void add(const Resource& resource)
    {
        const NativeProvider& provider = *nativeProvider(resource.type);
        bool named = false;
        for (const NativeRow* row : nativeRows(resource.type)) {
            if (!row->when.empty() && !settingAt(resource.values, row->when))
                continue;
            const std::string id = add(provider, *row, resource);
            if (!std::exchange(named, true))
                m_ids.emplace_back(&resource, id);
        }
    }

    std::vector<NativeDocument> finish() { return std::move(m_all); }

private:
    std::string add(const NativeProvider& provider, const NativeRow& row, const Resource& resource)
    {
        const bool isPart = !row.of.empty();
        std::string own = isPart || row.id.starts_with("{id}") ? m_names.filled(isPart ? row.of : row.id, resource)
                                                               : m_names.idOf(resource);
        if (provider.cloud == Provider::Gcp && !own.starts_with("//"))
            own = "//" + std::string(before(row.as, '/')) + '/' + own;
        Translation translation(provider, row, resource, m_names);
        Json json = Json::object();
        if (!row.whole.empty()) {
            const Json* whole = settingAt(resource.values, row.whole);
            json = whole ? inWords(*whole) : Json::object();
        } else {
            Json members = translation.members(!isPart || !row.list.empty());
            if (!row.list.empty())
                put(json, row.list, Json::array({std::move(members)}), {});
            else if (!provider.root.empty() && !row.plain)
                put(json, provider.root, std::move(members), {});
            else
                json = std::move(members);
        }
        frame(json, provider, row, own);
        if (provider.cloud == Provider::Gcp && !isPart)
            json["project"] = m_names.filled("projects/{project}", resource);
        keep(provider, row, resource, own, std::move(json), translation);
        return isPart && !row.id.empty() ? m_names.idOf(resource) : own;
    }

    /// What each provider's descriptions begin with.
    void frame(Json& json, const NativeProvider& provider, const NativeRow& row, const std::string& id)
    {
        if (provider.cloud == Provider::Gcp) {
            json["name"] = id;
            json["assetType"] = row.as;
        } else if (provider.cloud == Provider::Kubernetes) {
            if (row.whole.empty()) {
                json["kind"] = row.as;
                json["apiVersion"] = row.version;
            }
        } else {
            json["id"] = id;
            json[row.as.starts_with('#') ? "@odata.type" : "type"] = row.as;
        }
    }

    void keep(const NativeProvider& provider, const NativeRow& row, const Resource& resource, const std::string& id,
        Json json, Translation& translation)
    {
        const bool isPart = !row.of.empty();
        // Objects of a cluster are told apart by kind and namespace, which the reader finds.
        const std::string key = provider.cloud == Provider::Kubernetes ? resource.address : lowered(id);
        const auto [place, fresh] = m_place.emplace(key, m_all.size());
        if (fresh)
            m_all.push_back({&provider, &resource, {}, Json::object(), {}, 0});
        NativeDocument& document = m_all[place->second];
        if (!fresh)
            document.others.push_back(isPart ? &resource : std::exchange(document.resource, &resource));
        if (isPart || fresh) {
            merge(document.json, json);
        } else {
            merge(json, document.json);
            document.json = std::move(json);
        }
        document.origins.insert(translation.origins.begin(), translation.origins.end());
        document.secrets += translation.secrets;
    }

    Json inWords(const Json& value)
    {
        if (value.is_string())
            return m_names.text(value.get_ref<const std::string&>());
        if (!value.is_structured())
            return value;
        Json made = value.is_array() ? Json::array() : Json::object();
        for (auto at = value.begin(); at != value.end(); ++at) {
            if (value.is_array())
                made.push_back(inWords(*at));
            else
                made[at.key()] = inWords(*at);
        }
        return made;
    }

    NativeNames& m_names;
    std::vector<std::pair<const Resource*, std::string>>& m_ids;
    std::vector<NativeDocument> m_all;
    std::map<std::string, std::size_t> m_place;
};

} // namespace

std::vector<NativeDocument> nativeDocuments(std::span<const Resource* const> resources, NativeNames& names,
    std::vector<std::pair<const Resource*, std::string>>& ids)
{
    Documents documents(names, ids);
    for (const Resource* resource : resources)
        documents.add(*resource);
    return documents.finish();
}

} // namespace glacis::terraform
