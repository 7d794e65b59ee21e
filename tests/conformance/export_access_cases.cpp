// SPDX-License-Identifier: GPL-3.0-or-later
#include "case_runner.h"

#include "core/text.h"
#include "estate/link.h"
#include "identity/access.h"
#include "import/all/readers.h"
#include "import/import.h"

#include <algorithm>
#include <fstream>
#include <sstream>

namespace glacis {

namespace {

using Paths = std::vector<std::filesystem::path>;

/// Adds what a suite writes in forms of its own to what the AWS CLI exported: resource policies as a list of
/// {"Resource", "Account", "Policy"}, and an organisation as a tree of {"Id", "Policies", "Children"}.
class Supplement {
public:
    explicit Supplement(Inventory& inventory) : m(inventory) { }

    void resourcePolicies(const Json& list)
    {
        for (const Json& row : list) {
            const std::string_view id = textOf(row, "Resource");
            ThingRow& thing = m.thing(Kind::Other, Provider::Aws, "", id, rootScope, noEvidence);
            thing.account = m.text(textOf(row, "Account"));
            document(m.text(id), PolicyRole::Resource, "resource policy", member(row, "Policy"));
        }
    }

    void organisation(const Json& root)
    {
        // arn:aws:organizations::<management account>:root/<organisation>/<root>
        const auto arn = parseArn(textOf(root, "Arn"));
        if (!arn)
            return;
        const std::string organisation(before(after(arn->resource, '/'), '/'));
        m.thing(Kind::Organization, Provider::Aws, "", organisation, rootScope, noEvidence);
        m.property(m.text(organisation), "management_account", arn->account, noEvidence);
        level(root, organisation);
    }

private:
    void level(const Json& json, const std::string& parent)
    {
        const std::string id(textOf(json, "Id"));
        const Kind kind = textOf(json, "Type") == "Account" ? Kind::Account : Kind::OrgUnit;
        m.thing(kind, Provider::Aws, "", id, rootScope, noEvidence).parent = m.text(parent);
        for (const Json& policy : arrayOf(json, "Policies")) {
            const std::string_view policyId = textOf(policy, "Id");
            if (m.strings.find(policyId) == StringId::Empty) {
                m.thing(Kind::Policy, Provider::Aws, "", policyId, rootScope, noEvidence);
                document(
                    m.text(policyId), PolicyRole::ServiceControl, textOf(policy, "Name"), member(policy, "Content"));
            }
            m.edge(m.text(id), EdgeKind::HasPolicy, policyId, noEvidence);
        }
        for (const Json& child : arrayOf(json, "Children"))
            level(child, id);
    }

    void document(Ref of, PolicyRole role, std::string_view name, const Json& policy)
    {
        m.facts.policies.push_back({of, role, m.text(name), m.text(policy.dump()), noEvidence});
    }

    Inventory& m;
};

struct Question {
    Paths exports, resourcePolicies, organisations;
    auto operator<=>(const Question&) const = default;
};

/// "Can this principal do that" and "who can do that", asked of whole exports.
class ExportAccessCases : public CaseRunner {
    bool knows(const Json& one) const override
    {
        return member(one, "files").is_object() && member(one, "input").is_array() && one.contains("expected");
    }

    CaseOutcome run(const Json& one, const std::filesystem::path& beside) override
    {
        const Json& files = member(one, "files");
        const Estate& estate =
            of({paths(files, "gaads", beside), paths(files, "resources", beside), paths(files, "scps", beside)});
        const Access access(estate);
        const Json& input = member(one, "input");
        const bool asksWho = member(one, "expected").is_array();
        CaseOutcome outcome;
        if (!asksWho) {
            outcome.expected = asText(member(one, "expected"));
            outcome.got = can(estate, access, input.at(0).get<std::string>(), input.at(1).get<std::string>(),
                              input.at(2).get<std::string>(), input, 3, outcome.because)
                ? "true"
                : "false";
            return outcome;
        }
        std::vector<std::string> expected, got;
        for (const Json& row : member(one, "expected"))
            expected.push_back(asText(row));
        const std::string action = input.at(0).get<std::string>();
        const bool batch = input.at(1).is_array();
        for (const Json& resource : batch ? input.at(1) : Json::array({input.at(1)})) {
            for (const std::string& principal : principals(estate)) {
                if (can(estate, access, principal, action, resource.get<std::string>(), input, 2, outcome.because))
                    got.push_back(batch ? "('" + principal + "', '" + resource.get<std::string>() + "')" : principal);
            }
        }
        outcome.expected = joined(std::move(expected));
        outcome.got = joined(std::move(got));
        return outcome;
    }

    /// After the question itself: conditions as "key=value", a file of conditions, and whether keys that nobody names
    /// are absent.
    static bool can(const Estate& estate, const Access& access, const std::string& principal, const std::string& action,
        const std::string& resource, const Json& input, std::size_t more, std::string& because)
    {
        const auto who = estate.find(principal);
        if (!who || estate.node(*who).outside)
            return false;
        RequestContext context;
        if (input.size() > more && input.at(more).is_array()) {
            for (const Json& pair : input.at(more))
                context[std::string(before(asText(pair), '='))].emplace_back(after(asText(pair), '='));
        }
        const bool strict = input.size() > more + 2 && input.at(more + 2) == Json(true);
        const Decision decision =
            access.decide(*who, action, resource, context, strict ? Unsaid::Absent : Unsaid::Unknown);
        because += std::string(because.empty() ? "" : "; ") + std::string(name(decision.verdict));
        for (const Reason& reason : decision.because)
            because += ' ' + reason.text;
        return decision.possible();
    }

    static std::vector<std::string> principals(const Estate& estate)
    {
        std::vector<std::string> all;
        for (const Kind kind : {Kind::User, Kind::Role}) {
            for (const NodeId node : estate.ofKind(kind)) {
                if (!estate.node(node).outside)
                    all.emplace_back(estate.id(node));
            }
        }
        return all;
    }

    static std::string joined(std::vector<std::string> texts)
    {
        std::ranges::sort(texts);
        std::string all;
        for (const std::string& text : texts)
            all += (all.empty() ? "" : ", ") + text;
        return '[' + all + ']';
    }

    static Paths paths(const Json& files, const char* which, const std::filesystem::path& beside)
    {
        Paths all;
        for (const Json& file : arrayOf(files, which))
            all.push_back(beside / asText(file));
        return all;
    }

    const Estate& of(const Question& question)
    {
        const auto known = m_estates.find(question);
        if (known != m_estates.end())
            return known->second;
        Progress progress;
        Inventory inventory = import(question.exports, readers(), progress).inventory;
        Supplement supplement(inventory);
        for (const auto& file : question.resourcePolicies)
            supplement.resourcePolicies(read(file));
        for (const auto& file : question.organisations)
            supplement.organisation(read(file));
        return m_estates.emplace(question, link(std::move(inventory), progress)).first->second;
    }

    static Json read(const std::filesystem::path& file)
    {
        std::ostringstream text;
        text << std::ifstream(file).rdbuf();
        return parseJson(text.str()).value_or(Json());
    }

    std::map<Question, Estate> m_estates;
};

} // namespace

std::unique_ptr<CaseRunner> exportAccessCases()
{
    return std::make_unique<ExportAccessCases>();
}

} // namespace glacis
