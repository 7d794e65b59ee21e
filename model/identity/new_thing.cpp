// SPDX-License-Identifier: GPL-3.0-or-later
#include "identity/new_thing.h"

#include "core/matching.h"
#include "core/text.h"

#include <algorithm>

namespace glacis {

namespace {

constexpr std::size_t mostNames = 32; ///< a principal with more patterns than this is asked about the first ones

std::string filled(std::string_view text, std::string_view mark, std::string_view value)
{
    std::string made;
    for (std::size_t at = text.find(mark); at != std::string_view::npos; at = text.find(mark)) {
        made.append(text.substr(0, at)).append(value);
        text.remove_prefix(at + mark.size());
    }
    return made.append(text);
}

std::vector<std::string> partsOf(std::string_view arn)
{
    std::vector<std::string> parts;
    for (int part = 0; part < 5 && arn.find(':') != std::string_view::npos; ++part) {
        parts.emplace_back(before(arn, ':'));
        arn = after(arn, ':');
    }
    parts.emplace_back(arn);
    return parts;
}

/// A name that fits the pattern of a statement and the form; empty when none was found.
std::string fitting(std::string_view statement, const std::string& form, const std::string& anyOfForm)
{
    if (statement == "*")
        return form;
    std::vector<std::string> wanted = partsOf(statement), made = partsOf(form);
    if (made.size() != 6)
        return {};
    for (std::size_t part = 0; part < std::min<std::size_t>(wanted.size(), 6); ++part) {
        const bool anything = wanted[part].find_first_not_of('*') == std::string::npos;
        if (anything)
            continue;
        // What stands for any text is left out where the rest is a name, and filled where it is all of it.
        std::string text = wanted[part];
        std::ranges::replace(text, '?', 'x');
        made[part] = filled(text, "*", "x");
    }
    std::string name = made[0];
    for (std::size_t part = 1; part < 6; ++part)
        name += ':' + made[part];
    return wildcardMatches(anyOfForm, name) ? name : std::string();
}

} // namespace

Rights::Answer mayOnNew(
    const Rights& rights, const std::vector<std::string>& actions, const std::string& pattern, std::string_view account)
{
    const std::string own = filled(pattern, "{account}", account.empty() ? "*" : account);
    const std::string form = filled(filled(own, "{region}", "us-east-1"), "{name}", "new-thing");
    const std::string anyOfForm = filled(filled(own, "{region}", "*"), "{name}", "*");
    std::vector<std::string> names = {form};
    for (const std::string& action : actions) {
        for (const Decider& decider : rights.allowing(action)) {
            for (const ResourcePattern& statement : decider.statement->resources) {
                const std::string name = fitting(statement.text, form, anyOfForm);
                if (!name.empty() && names.size() < mostNames && std::ranges::find(names, name) == names.end())
                    names.push_back(name);
            }
        }
    }
    Rights::Answer best;
    for (const std::string& name : names) {
        Rights::Answer all{allowedAnyway(), {}};
        for (const std::string& action : actions) {
            const Rights::Answer one = rights.on(action, name);
            both(all.decision, one.decision);
            if (!one.decision.possible() && all.stoppedBy.empty())
                all.stoppedBy = one.stoppedBy;
        }
        if (all.decision.verdict == Verdict::Allowed)
            return all;
        const bool better =
            all.decision.possible() ? !best.decision.possible() : !best.decision.possible() && best.stoppedBy.empty();
        if (better)
            best = std::move(all);
    }
    return best;
}

} // namespace glacis
