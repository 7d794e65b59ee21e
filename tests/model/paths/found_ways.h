// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "estate/link.h"
#include "paths/attack_paths.h"

#include <cassert>
#include <map>
#include <string>
#include <utility>
#include <vector>

/// Things of one account, and what the engines are taken to have found about them. Each principal has a policy of its
/// own, so that what it may do can be taken away statement by statement.
class FoundWays {
public:
    using Things = std::vector<std::pair<glacis::Kind, std::string>>;
    struct How {
        bool open = false; ///< something must hold besides
        int statement = -1; ///< of the principal's policy; -1: one that nothing else is said by
        const char* by = nullptr; ///< whose policy it is, when not that of who acts
        const char* technique = nullptr;
        bool follows = false; ///< from no statement: no change takes it away
    };

    explicit FoundWays(
        const Things& things = usual(), const std::vector<std::pair<std::string, std::string>>& members = {})
    {
        using namespace glacis;
        Inventory m;
        const FileId file = m.file("a.json");
        const ScopeId scope = m.scope(rootScope, "", "111122223333", "eu-central-1");
        for (const auto& [kind, id] : things) {
            const EvidenceId at = m.seen(file, "/" + id);
            m.thing(kind, Provider::Aws, "", id, scope, at);
            if (info(kind).shape != Shape::Identity && kind != Kind::RoleBinding)
                continue;
            std::string statements;
            for (int i = 0; i < statementCount; ++i)
                statements += std::string(i > 0 ? "," : "") + R"({"Effect":"Allow","Action":"*","Resource":"*"})";
            m.facts.policies.push_back({m.text(id), PolicyRole::Inline, m.text("own"),
                m.text(R"({"Version":"2012-10-17","Statement":[)" + statements + "]}"), at});
        }
        for (const auto& [user, group] : members)
            m.edge(m.text(user), EdgeKind::MemberOf, group, m.seen(file, "/" + user + "/" + group));
        Progress progress;
        estate = link(std::move(m), progress);
        network.flows.classOf.assign(estate.nodeCount(), ~0u);
    }

    static Things usual()
    {
        using glacis::Kind;
        return {{Kind::User, "eve"}, {Kind::User, "mallory"}, {Kind::User, "root-like"}, {Kind::Role, "deploy"},
            {Kind::Role, "admin"}, {Kind::Vm, "web-1"}, {Kind::Vm, "web-2"}, {Kind::ObjectStore, "customer-exports"},
            {Kind::ObjectStore, "payment-archive"}};
    }

    glacis::NodeId operator[](const std::string& id) const { return estate.find(id).value(); }
    std::vector<glacis::NodeId> all(const std::vector<std::string>& ids) const
    {
        std::vector<glacis::NodeId> nodes;
        for (const std::string& id : ids)
            nodes.push_back((*this)[id]);
        return nodes;
    }

    FoundWays& becomes(const std::string& from, const std::string& to, const How& how)
    {
        glacis::Escalation row;
        row.from = (*this)[from];
        row.to = (*this)[to];
        if (how.technique)
            row.technique = glacis::techniqueNamed(how.technique).value();
        row.decision = decided(row.from, how);
        escalations.push_back(row);
        return *this;
    }
    FoundWays& becomes(const std::string& from, const std::string& to, bool open = false)
    {
        return becomes(from, to, How{.open = open});
    }
    FoundWays& reads(const std::string& principal, const std::string& store, const How& how)
    {
        access.push_back(
            {(*this)[principal], (*this)[store], glacis::AccessLevel::Read, decided((*this)[principal], how)});
        return *this;
    }
    FoundWays& reads(const std::string& principal, const std::string& store) { return reads(principal, store, How{}); }
    FoundWays& administers(const std::string& principal)
    {
        administrators.emplace_back((*this)[principal], decided((*this)[principal], {}));
        return *this;
    }
    /// A class of things, by which `opens` names it. The first is the internet.
    std::uint32_t group(const std::vector<std::string>& things)
    {
        auto& classes = network.flows.classes;
        if (classes.empty())
            classes.push_back({{glacis::idAt<glacis::NodeId>(0)}, glacis::noNode, glacis::noNode, {}, true});
        classes.push_back({all(things), glacis::noNode, glacis::noNode, {}, true});
        return static_cast<std::uint32_t>(classes.size() - 1);
    }
    FoundWays& opens(std::uint32_t from, std::uint32_t to, glacis::Reach verdict = glacis::Reach::Reachable)
    {
        glacis::Flow flow;
        flow.from = from;
        flow.to = to;
        flow.ports = {{6, 443, 443}};
        flow.verdict = verdict;
        network.flows.flows.push_back(flow);
        return *this;
    }
    /// Both machines are one class, which the internet may open.
    FoundWays& webIsOpen(glacis::Reach verdict = glacis::Reach::Reachable)
    {
        return opens(0, group({"web-1", "web-2"}), verdict);
    }

    [[nodiscard]] glacis::AttackGraph graph() const
    {
        return glacis::AttackGraph({estate, escalations, access, administrators, network});
    }
    [[nodiscard]] std::vector<glacis::AttackPath> overview(const glacis::PathQuestion& question = {}) const
    {
        glacis::Progress progress;
        return glacis::pathOverview(graph(), question, progress).paths;
    }
    [[nodiscard]] std::vector<glacis::AttackPath> cheapest(const std::vector<std::string>& from,
        const std::vector<std::string>& to, std::size_t most = 50, const glacis::StepFilter& filter = {},
        glacis::Measure measure = glacis::Measure::Cost) const
    {
        glacis::Progress progress;
        return glacis::cheapestPaths(graph(), {all(from), all(to), most, filter, measure}, progress);
    }
    using Lines = std::vector<std::string>;
    /// The ids of what a path passes: "eve deploy customer-exports".
    [[nodiscard]] std::string along(const glacis::AttackPath& path) const
    {
        std::string line(estate.id(path.steps.front().from));
        for (const glacis::AttackStep& step : path.steps)
            line += ' ' + std::string(estate.id(step.to));
        return line;
    }
    [[nodiscard]] Lines along(const std::vector<glacis::AttackPath>& paths) const
    {
        Lines lines;
        for (const glacis::AttackPath& path : paths)
            lines.push_back(along(path));
        return lines;
    }
    [[nodiscard]] Lines idsOf(const std::vector<glacis::NodeId>& nodes) const
    {
        Lines ids;
        for (const glacis::NodeId node : nodes)
            ids.emplace_back(estate.id(node));
        return ids;
    }

    glacis::Estate estate;
    std::vector<glacis::Escalation> escalations;
    std::vector<glacis::StoreAccess> access;
    std::vector<std::pair<glacis::NodeId, glacis::Decision>> administrators;
    glacis::Segmentation network;

private:
    static constexpr int statementCount = 12;

    glacis::Decision decided(glacis::NodeId principal, const How& how)
    {
        glacis::Decision made;
        made.verdict = how.open ? glacis::Verdict::Conditional : glacis::Verdict::Allowed;
        if (how.open)
            made.open.emplace_back("MFA is present");
        const glacis::NodeId by = how.by ? (*this)[how.by] : principal;
        const auto policies = estate.policies(by);
        if (how.follows || policies.empty()) {
            made.because.push_back({by, glacis::noEvidence, "", "so it is"});
            return made;
        }
        const int statement = how.statement >= 0 ? how.statement : m_used[by]++;
        assert(statement < statementCount);
        made.because.push_back({by, policies.front().evidence, "/Statement/" + std::to_string(statement), "says so"});
        return made;
    }

    std::map<glacis::NodeId, int> m_used; ///< statements that were said once
};
