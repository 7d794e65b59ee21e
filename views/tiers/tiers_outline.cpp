// SPDX-License-Identifier: GPL-3.0-or-later
#include "tiers_view/tiers_outline.h"

#include "data/data_class.h"
#include "marks/marks.h"
#include "network/environment.h"
#include "tiers_view/tiers_scene.h"

#include <algorithm>
#include <tuple>

namespace glacis {

namespace {

/// More groups than this are not read at once: networks are closed then.
constexpr std::size_t mostOpenGroups = 56;
/// More groups of closed networks than this: accounts are closed, too.
constexpr std::size_t mostNetworkGroups = 240;
constexpr std::size_t mostOpenInSubnet = 12;

struct Key {
    NodeId account = noNode;
    NodeId network = noNode;
    NodeId subnet = noNode;
    std::uint32_t lane = 0;
    std::uint32_t cls = ~0u; ///< class of endpoints; none for a store beside the networks
    Kind kind{};
    std::uint32_t apart = 0; ///< parts stores beside the networks from each other
    auto operator<=>(const Key&) const = default;
};

class Outliner {
public:
    Outliner(const Estate& estate, const Segmentation& segmentation, const EnvironmentRules& environments,
        const TiersOptions& options)
        : m_estate(estate), m_segmentation(segmentation), m_environments(environments), m_options(options)
    {
        m_made.placeOf.resize(estate.nodeCount());
    }

    TiersOutline outline()
    {
        addInternet();
        sortIn();
        decide();
        for (const auto& [key, things] : m_things)
            add(key, things);
        return std::move(m_made);
    }

private:
    void addInternet()
    {
        TiersOutline::Group internet;
        internet.kind = Kind::Internet;
        internet.lane = laneOf(m_segmentation, idAt<NodeId>(0));
        internet.things = {idAt<NodeId>(0)};
        m_made.placeOf.front() = {0, -1};
        m_made.groups.push_back(std::move(internet));
    }

    [[nodiscard]] bool isHidden(NodeId thing, const Key& key) const
    {
        const std::set<NodeId>& hidden = m_options.hidden;
        if (!hidden.empty()
            && (hidden.count(thing) + hidden.count(key.subnet) + hidden.count(key.network) + hidden.count(key.account)
                > 0))
            return true;
        return !m_options.environment.empty() && m_environments.nameOf(m_estate, thing) != m_options.environment;
    }

    void sortIn()
    {
        for (const NodeId thing : m_segmentation.tiers.placed) {
            if (m_estate.node(thing).outside || m_estate.kind(thing) == Kind::Internet)
                continue;
            Key key;
            key.lane = laneOf(m_segmentation, thing);
            key.kind = m_estate.kind(thing);
            key.account = m_estate.node(thing).account;
            key.cls = m_segmentation.flows.classOf[index(thing)];
            if (key.cls != ~0u) {
                key.network = m_segmentation.flows.classes[key.cls].network;
                key.subnet = m_segmentation.flows.classes[key.cls].subnet;
            } else if (holdsData(key.kind)) {
                // One mark a class of data, so that the customers' bucket does not hide among ten others.
                key.apart = 1 + static_cast<std::uint32_t>(dataClassOf(m_estate, thing).dataClass);
            }
            if (isHidden(thing, key)) {
                ++m_made.hidden;
                continue;
            }
            m_things[key].push_back(thing);
            ++m_made.things;
        }
    }

    /// How much can be open at once.
    void decide()
    {
        std::set<std::tuple<NodeId, NodeId, std::uint32_t>> closedNetworks;
        std::set<NodeId> accounts;
        for (const auto& [key, things] : m_things) {
            closedNetworks.insert({key.account, key.network, key.lane});
            accounts.insert(key.account);
            ++m_groupsIn[{key.subnet, key.lane}];
        }
        m_networksOpen = m_things.size() <= mostOpenGroups;
        m_accountsOpen = m_networksOpen || closedNetworks.size() <= mostNetworkGroups || accounts.size() == 1;
    }

    [[nodiscard]] bool isOpen(MarkId id, bool byDefault) const
    {
        const auto said = m_options.opened.find(id);
        return said == m_options.opened.end() ? byDefault : said->second;
    }

    int accountRow(NodeId account)
    {
        const auto [found, isNew] = m_accountRows.try_emplace(account, static_cast<int>(m_made.rows.size()));
        if (isNew) {
            TiersOutline::Row row;
            row.node = account;
            row.isAccount = true;
            row.id = account == noNode ? markOf(tiers_mark::noAccount, 0) : markOf(account);
            row.open = isOpen(row.id, m_accountsOpen);
            m_made.rows.push_back(row);
        }
        return found->second;
    }

    int networkRow(int account, NodeId network)
    {
        const auto [found, isNew] = m_networkRows.try_emplace({account, network}, static_cast<int>(m_made.rows.size()));
        if (isNew) {
            TiersOutline::Row row;
            row.node = network;
            row.parent = account;
            row.id =
                network == noNode ? markOf(tiers_mark::beside, static_cast<std::uint32_t>(account)) : markOf(network);
            row.open = isOpen(row.id, m_networksOpen);
            m_made.rows.push_back(row);
        }
        return found->second;
    }

    void add(const Key& key, const std::vector<NodeId>& things)
    {
        const auto count = static_cast<int>(things.size());
        int row = accountRow(key.account);
        m_made.rows[at(row)].things += count;
        if (m_made.rows[at(row)].open) {
            row = networkRow(row, key.network);
            m_made.rows[at(row)].things += count;
        }
        if (!m_made.rows[at(row)].open)
            addToGroup(mixedGroup(row, key.lane), key.kind, things);
        else if (key.subnet == noNode)
            addToGroup(newGroup(row, -1, key), key.kind, things);
        else
            addToBox(row, key, things);
    }

    int newGroup(int row, int box, const Key& key)
    {
        TiersOutline::Group group;
        group.row = row;
        group.box = box;
        group.lane = key.lane;
        group.kind = key.kind;
        m_made.groups.push_back(std::move(group));
        return static_cast<int>(m_made.groups.size()) - 1;
    }

    int mixedGroup(int row, std::uint32_t lane)
    {
        const auto [found, isNew] = m_mixed.try_emplace({row, lane}, static_cast<int>(m_made.groups.size()));
        if (isNew) {
            Key key;
            key.lane = lane;
            m_made.groups[at(newGroup(row, -1, key))].mixed = true;
        }
        return found->second;
    }

    void addToGroup(int position, Kind kind, const std::vector<NodeId>& things)
    {
        TiersOutline::Group& group = m_made.groups[at(position)];
        if (group.mixed) {
            auto& counts = m_kinds[position];
            counts[kind] += things.size();
            const auto most = std::max_element(
                counts.begin(), counts.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
            group.kind = most->first;
        }
        group.things.insert(group.things.end(), things.begin(), things.end());
        for (const NodeId thing : things)
            m_made.placeOf[index(thing)] = {position, -1};
    }

    void addToBox(int row, const Key& key, const std::vector<NodeId>& things)
    {
        const auto [found, isNew] =
            m_boxes.try_emplace({key.subnet, key.lane, row}, static_cast<int>(m_made.boxes.size()));
        if (isNew) {
            TiersOutline::Box box;
            box.subnet = key.subnet;
            box.row = row;
            box.lane = key.lane;
            box.open = isOpen(markOf(key.subnet), m_groupsIn[{key.subnet, key.lane}] <= mostOpenInSubnet);
            m_made.boxes.push_back(box);
        }
        TiersOutline::Box& box = m_made.boxes[at(found->second)];
        box.things += static_cast<int>(things.size());
        if (box.open) {
            addToGroup(newGroup(row, found->second, key), key.kind, things);
            return;
        }
        for (const NodeId thing : things)
            m_made.placeOf[index(thing)] = {-1, found->second};
    }

    [[nodiscard]] static std::size_t at(int position) { return static_cast<std::size_t>(position); }

    const Estate& m_estate;
    const Segmentation& m_segmentation;
    const EnvironmentRules& m_environments;
    const TiersOptions& m_options;
    TiersOutline m_made;
    std::map<Key, std::vector<NodeId>> m_things; ///< accounts and networks in the order of their nodes
    std::map<std::pair<NodeId, std::uint32_t>, std::size_t> m_groupsIn; ///< subnet and lane
    std::map<NodeId, int> m_accountRows;
    std::map<std::pair<int, NodeId>, int> m_networkRows;
    std::map<std::pair<int, std::uint32_t>, int> m_mixed;
    std::map<std::tuple<NodeId, std::uint32_t, int>, int> m_boxes;
    std::map<int, std::map<Kind, std::size_t>> m_kinds;
    bool m_networksOpen = true;
    bool m_accountsOpen = true;
};

} // namespace

std::uint32_t laneOf(const Segmentation& segmentation, NodeId thing)
{
    const std::uint32_t zone = segmentation.tiers.of[index(thing)].zone;
    return zone == Placement::unassigned ? static_cast<std::uint32_t>(segmentation.tiers.zones.size()) : zone;
}

TiersOutline tiersOutline(const Estate& estate, const Segmentation& segmentation, const EnvironmentRules& environments,
    const TiersOptions& options)
{
    return Outliner(estate, segmentation, environments, options).outline();
}

} // namespace glacis
