// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text.h"
#include "import/findings/finding.h"
#include "import/findings/findings.h"

namespace glacis {

namespace {

using namespace findings;

/// The results stand in a script: "scoutsuite_results =", a line end, JSON.
std::string_view resultsIn(std::string_view text)
{
    const auto begin = text.find('{');
    return begin == std::string_view::npos ? std::string_view{} : text.substr(begin);
}

/// What names the object that an item's path leads to: its ARN, or its id.
std::string_view nameOf(const Json& object)
{
    for (const char* key : {"arn", "Arn", "ARN"}) {
        if (const std::string_view arn = textOf(object, key); !arn.empty())
            return arn;
    }
    return textOf(object, "id");
}

/// Paths end in a part of the thing that was found wrong, and begin at the service: "ec2.regions.eu-west-1.vpcs.vpc-1.
/// security_groups.sg-1.rules.ingress …". Names in them may hold points themselves.
class PathWalk {
public:
    PathWalk(const Json& services, std::string_view path) : m_here(&services)
    {
        while (!path.empty() && step(path)) { }
    }
    [[nodiscard]] std::string_view thing() const { return m_thing; }
    [[nodiscard]] std::string_view region() const { return m_region; }

private:
    /// Goes down by the shortest beginning of the path that is a key.
    bool step(std::string_view& path)
    {
        for (std::size_t end = path.find('.');; end = path.find('.', end + 1)) {
            const std::string_view key = path.substr(0, end);
            if (const Json* next = below(key)) {
                arrive(*next, key);
                path = end == std::string_view::npos ? std::string_view{} : path.substr(end + 1);
                return true;
            }
            if (end == std::string_view::npos)
                return false;
        }
    }

    const Json* below(std::string_view key) const
    {
        if (m_here->is_object()) {
            const auto found = m_here->find(key);
            return found == m_here->end() ? nullptr : &*found;
        }
        const auto position = integer(key);
        const bool inside =
            m_here->is_array() && position && *position >= 0 && static_cast<std::size_t>(*position) < m_here->size();
        return inside ? &(*m_here)[static_cast<std::size_t>(*position)] : nullptr;
    }

    void arrive(const Json& next, std::string_view key)
    {
        // What stands in a list of things is a thing; so are a rule's parts, but they have no name of their own.
        constexpr std::string_view vpcOnly = "vpcs";
        if (const std::string_view name = nameOf(next); !name.empty() && next.is_object())
            m_thing = name;
        else if (m_list == vpcOnly)
            m_thing = key;
        if (m_list == "regions")
            m_region = key;
        m_list = key;
        m_here = &next;
    }

    const Json* m_here;
    std::string_view m_list; ///< the key before
    std::string_view m_thing;
    std::string_view m_region;
};

class Results {
public:
    explicit Results(ReadFile& file) : m_file(file) { }

    void read(const Json& results)
    {
        m_account = textOf(results, "account_id");
        const Json& services = member(results, "services");
        if (!services.is_object())
            return m_file.row.leave("the file", "it has no services");
        for (const auto& [service, content] : services.items()) {
            for (const auto& [rule, finding] : member(content, "findings").items())
                take(services, service, rule, finding);
        }
    }

private:
    void take(const Json& services, const std::string& service, const std::string& rule, const Json& finding)
    {
        const Json& items = arrayOf(finding, "items");
        if (items.empty())
            return m_file.row.leave("rules that found nothing", "they name no thing that passed");
        const EvidenceId at = m_file.inventory.seen(
            m_file.file, pointerTo(pointerTo(pointerTo("/services", service) + "/findings", rule), "items"));
        for (const Json& item : items) {
            const std::string path = asText(item);
            const PathWalk walk(services, path);
            Told told;
            told.tool = "ScoutSuite";
            told.id = path;
            told.rule = rule;
            told.severity = textOf(finding, "level");
            told.status = "flagged";
            told.title = textOf(finding, "description");
            told.words = textOf(finding, "rationale");
            told.account = m_account;
            told.region = walk.region();
            findings::take(m_file, told, walk.thing(), at);
        }
    }

    ReadFile& m_file;
    std::string m_account;
};

void readResults(ReadFile& file)
{
    Json results;
    const std::string_view text = resultsIn(file.text);
    if (const auto error = parseWhole(text, {}, results, &file.progress)) {
        if (error->reason != JsonError::Reason::Cancelled)
            file.row.problem(Severity::Error, error->sentence);
        return;
    }
    Results(file).read(results);
}

bool recognisesResults(const Sniff& sniffed)
{
    return sniffed.head.starts_with("scoutsuite_results")
        || (sniffed.form == Sniff::Form::JsonText && sniffed.hasKey("provider_code") && sniffed.hasKey("last_run"));
}

} // namespace

Reader scoutSuiteReader()
{
    return {"ScoutSuite results", recognisesResults, readResults};
}

} // namespace glacis
