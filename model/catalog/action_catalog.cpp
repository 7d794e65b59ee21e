// SPDX-License-Identifier: GPL-3.0-or-later
#include "catalog/action_catalog.h"

#include "core/matching.h"
#include "core/resources.h"
#include "core/text.h"

#include <algorithm>

namespace glacis {

namespace {

/// The part before the first separator, which is taken off the text.
std::string_view taken(std::string_view& text, char separator)
{
    const std::size_t end = text.find(separator);
    const std::string_view first = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    return first;
}

std::vector<std::uint16_t> numbers(std::string_view list)
{
    std::vector<std::uint16_t> all;
    while (!list.empty() && list != "-")
        all.push_back(static_cast<std::uint16_t>(integer(taken(list, ',')).value_or(0)));
    return all;
}

ActionLevel levelNamed(std::string_view letter)
{
    return letter == "l" ? ActionLevel::List
        : letter == "r"  ? ActionLevel::Read
        : letter == "t"  ? ActionLevel::Tagging
        : letter == "p"  ? ActionLevel::Permissions
                         : ActionLevel::Write;
}

ActionCatalog::Shape shapeFrom(std::string_view& line)
{
    ActionCatalog::Shape shape;
    shape.level = levelNamed(taken(line, ' '));
    std::string_view types = taken(line, ' ');
    while (!types.empty() && types != "-") {
        std::string_view one = taken(types, ',');
        ActionCatalog::TypeUse use;
        use.required = one.ends_with('!');
        if (use.required)
            one.remove_suffix(1);
        use.type = static_cast<std::uint16_t>(integer(one).value_or(0));
        shape.types.push_back(use);
    }
    shape.keys = numbers(taken(line, ' '));
    return shape;
}

void readLine(ActionCatalog::Service& service, std::string_view line)
{
    const std::string_view what = taken(line, ' ');
    if (what == "k") {
        const std::string_view name = taken(line, ' ');
        service.keys.push_back({name, line});
    } else if (what == "r") {
        ActionCatalog::ResourceType type;
        type.name = taken(line, ' ');
        type.arn = taken(line, ' ');
        type.keys = numbers(line);
        service.types.push_back(std::move(type));
    } else if (what == "=") {
        service.shapes.push_back(shapeFrom(line));
        while (!line.empty())
            service.actions.push_back({taken(line, ' '), static_cast<std::uint16_t>(service.shapes.size() - 1)});
    }
}

} // namespace

std::string_view name(ActionLevel level)
{
    constexpr std::string_view names[] = {"list", "read", "write", "tagging", "permissions"};
    return names[static_cast<std::size_t>(level)];
}

const ActionCatalog& ActionCatalog::builtIn()
{
    static const ActionCatalog catalog(resource("catalog/aws_actions.txt").value_or(std::string_view{}));
    return catalog;
}

ActionCatalog::ActionCatalog(std::string_view text)
{
    std::size_t at = text.find("\n@");
    while (at != std::string_view::npos) {
        const std::size_t next = text.find("\n@", at + 2);
        auto entry = std::make_unique<Entry>();
        entry->text = text.substr(at + 1, next == std::string_view::npos ? std::string_view::npos : next - at - 1);
        entry->prefix = before(before(entry->text, '\n'), ' ').substr(1);
        m_entries.push_back(std::move(entry));
        at = next;
    }
}

const ActionCatalog::Service& ActionCatalog::read(const Entry& entry) const
{
    std::call_once(entry.once, [&] {
        auto service = std::make_unique<Service>();
        std::string_view rest = entry.text;
        std::string_view header = taken(rest, '\n');
        service->prefix = taken(header, ' ').substr(1);
        service->resourceControl = header.starts_with("rcp ");
        service->title = header.substr(service->resourceControl ? 4 : 0);
        while (!rest.empty())
            readLine(*service, taken(rest, '\n'));
        std::ranges::sort(service->actions, lessIgnoringCase, &Action::name);
        entry.service = std::move(service);
    });
    return *entry.service;
}

std::vector<std::string_view> ActionCatalog::services() const
{
    std::vector<std::string_view> all;
    for (const auto& entry : m_entries)
        all.push_back(entry->prefix);
    return all;
}

const ActionCatalog::Service* ActionCatalog::service(std::string_view prefix) const
{
    const auto found =
        std::ranges::lower_bound(m_entries, prefix, lessIgnoringCase, [](const auto& entry) { return entry->prefix; });
    return found != m_entries.end() && equalIgnoringCase((*found)->prefix, prefix) ? &read(**found) : nullptr;
}

const ActionCatalog::Action* ActionCatalog::Service::action(std::string_view wanted) const
{
    const auto found = std::ranges::lower_bound(actions, wanted, lessIgnoringCase, &Action::name);
    return found != actions.end() && equalIgnoringCase(found->name, wanted) ? &*found : nullptr;
}

ActionCatalog::Known ActionCatalog::action(std::string_view wanted) const
{
    const Service* of = service(before(wanted, ':'));
    return {of, of ? of->action(after(wanted, ':')) : nullptr};
}

bool ActionCatalog::Service::knowsKey(const Action& action, std::string_view key) const
{
    const auto among = [&](const std::vector<std::uint16_t>& positions) {
        return std::ranges::any_of(positions, [&](std::uint16_t position) {
            const std::string_view listed = keys[position].name;
            // "aws:ResourceTag/${TagKey}", "s3:ExistingObjectTag/<key>": any key of that family
            const std::size_t open = listed.find_first_of("$<");
            return open == std::string_view::npos
                ? equalIgnoringCase(listed, key)
                : key.size() > open && equalIgnoringCase(listed.substr(0, open), key.substr(0, open));
        });
    };
    const Shape& shape = shapeOf(action);
    return among(shape.keys)
        || std::ranges::any_of(shape.types, [&](const TypeUse& use) { return among(types[use.type].keys); });
}

std::vector<std::string> ActionCatalog::matching(std::string_view pattern) const
{
    std::vector<std::string> all;
    const bool everything = pattern == "*";
    for (const auto& entry : m_entries) {
        if (!everything && !equalIgnoringCase(entry->prefix, before(pattern, ':')))
            continue;
        for (const Action& action : read(*entry).actions) {
            if (everything || wildcardMatchesIgnoringCase(after(pattern, ':'), action.name))
                all.push_back(std::string(entry->prefix).append(":").append(action.name));
        }
    }
    return all;
}

} // namespace glacis
