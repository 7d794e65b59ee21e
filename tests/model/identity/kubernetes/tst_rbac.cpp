// SPDX-License-Identifier: GPL-3.0-or-later
#include "small_roles.h"

#include "../../small_cluster.h"
#include "catalog/schema.h"
#include "identity/kubernetes/defaults.h"
#include "identity/kubernetes/rbac.h"

#include <QtTest>

#include <algorithm>

using namespace glacis;
using namespace glacis::rbac;

namespace {

Request asks(const char* verb, const char* resource, const char* space)
{
    return {verb, "", resource, "", space, "", ""};
}

} // namespace

/// "Using RBAC Authorization" and "Authenticating", Kubernetes documentation.
class RbacTest : public QObject {
    Q_OBJECT
    Verdict verdict(const Asker& asker, const Request& request) { return m_rbac.decide(asker, request).verdict; }

    Estate m_estate = cluster(roles);
    Rbac m_rbac{m_estate};

private Q_SLOTS:
    void aBindingInANamespaceGrantsThereOnly()
    {
        const Asker jane = authenticated("jane");
        QCOMPARE(verdict(jane, asks("get", "pods", "shop")), Verdict::Allowed);
        QCOMPARE(verdict(jane, asks("get", "pods", "other")), Verdict::ImplicitDeny);
        QVERIFY2(verdict(jane, asks("get", "pods", "")) == Verdict::ImplicitDeny, "all namespaces are more than one");
    }

    void aClusterRoleBoundInANamespaceGrantsThereOnly()
    {
        const Asker jim = authenticated("jim");
        QCOMPARE(verdict(jim, asks("get", "secrets", "shop")), Verdict::Allowed);
        QCOMPARE(verdict(jim, asks("get", "secrets", "other")), Verdict::ImplicitDeny);
    }

    void pathsAreGrantedByBindingsOfTheClusterOnly()
    {
        Request metrics;
        metrics.verb = "get";
        metrics.url = "/metrics";
        QCOMPARE(verdict(authenticated("ann", {"auditors"}), metrics), Verdict::Allowed);
        QCOMPARE(verdict(authenticated("jim"), metrics), Verdict::ImplicitDeny);
    }

    void aServiceAccountIsOfTheBindingsNamespaceWhenNoneIsGiven()
    {
        QCOMPARE(
            verdict(authenticated("system:serviceaccount:shop:web"), asks("get", "pods", "shop")), Verdict::Allowed);
        QCOMPARE(
            verdict(authenticated("system:serviceaccount:ops:other"), asks("get", "pods", "shop")), Verdict::Allowed);
        QCOMPARE(verdict(authenticated("system:serviceaccount:dev:web"), asks("get", "pods", "shop")),
            Verdict::ImplicitDeny);
        QVERIFY2(verdict(authenticated("system:serviceaccount:shop:nowhere"), asks("get", "secrets", "shop"))
                == Verdict::ImplicitDeny,
            "a binding of the cluster must say which namespace");
    }

    void groupsThatAuthenticationAdds()
    {
        const auto in = [](const char* user, const char* group) {
            const auto groups = authenticated(user).groups;
            return std::ranges::find(groups, std::string(group)) != groups.end();
        };
        QVERIFY(in("jane", "system:authenticated"));
        QVERIFY(in("system:serviceaccount:a:b", "system:serviceaccounts"));
        QVERIFY(in("system:serviceaccount:a:b", "system:serviceaccounts:a"));
        QVERIFY(in("system:node:one", "system:nodes"));
        QVERIFY(in("system:anonymous", "system:unauthenticated"));
        QVERIFY(!in("system:anonymous", "system:authenticated"));
    }

    void mastersMayDoEverything()
    {
        const Decision decision =
            m_rbac.decide(authenticated("eve", {"system:masters"}), asks("delete", "namespaces", ""));
        QCOMPARE(decision.verdict, Verdict::Allowed);
        QVERIFY(decision.because.front().text.find("system:masters") != std::string::npos);
    }

    void whatDecidedIsTold()
    {
        const Decision decision = m_rbac.decide(authenticated("jane"), asks("list", "pods", "shop"));
        QCOMPARE(decision.because.size(), std::size_t{2});
        QCOMPARE(m_estate.id(decision.because[0].of), std::string_view("shop/RoleBinding/readers"));
        QCOMPARE(m_estate.id(decision.because[1].of), std::string_view("shop/Role/reader"));
        QCOMPARE(decision.because[1].pointer, std::string("/0"));
        QVERIFY(decision.because[1].evidence != noEvidence);
    }

    void aRoleThatWasNotExportedLeavesItUnknown()
    {
        const Decision decision = m_rbac.decide(authenticated("olga"), asks("get", "pods", "shop"));
        QCOMPARE(decision.verdict, Verdict::Unknown);
        QVERIFY(decision.open.front().find("kubectl get clusterroles") != std::string::npos);
    }

    void rolesOfKubernetesItselfAreKnown()
    {
        QCOMPARE(verdict(authenticated("root"), asks("delete", "nodes", "")), Verdict::Allowed);
        QVERIFY(!defaultClusterRole("view").is_null());
        QVERIFY(defaultClusterRole("made-up").is_null());
        QCOMPARE(apiGroupOf("deployments"), std::string_view("apps"));
        QCOMPARE(apiGroupOf("pods"), std::string_view(""));
        for (const auto& [file, part] :
            {std::pair{"kubernetes/default_roles.json", "roles"}, {"kubernetes/api_groups.json", "groups"}})
            QVERIFY(loadTable(file, "kubernetes/schema.json", part).faults.empty());
    }

    void aggregatedRolesHoldTheRulesOfThoseTheySelect()
    {
        const Estate estate = cluster(aggregated);
        const Rbac rbac(estate);
        const auto may = [&](const char* user, const Request& request) {
            return rbac.decide(authenticated(user), request).verdict == Verdict::Allowed;
        };
        const Request metrics{"get", "", "nodes", "metrics", "", "", ""};
        QVERIFY(may("mon", asks("list", "endpoints", "")));
        QVERIFY(may("mon", metrics));
        QVERIFY(!may("mon", asks("get", "secrets", "")));
        QVERIFY2(may("ali", metrics), "through a role that is itself put together, and selects this one in turn");
        const Decision decision = rbac.decide(authenticated("mon"), metrics);
        QVERIFY(decision.because[1].text.find("taken in from ClusterRole nodes") != std::string::npos);
    }

    void rulesForSomeoneBeginWithThoseOfTheCluster()
    {
        const auto rules = m_rbac.rulesFor(authenticated("jane", {"auditors"}), "shop");
        QCOMPARE(rules.size(), std::size_t{3});
        QCOMPARE(rules[2].rule.resources, std::vector<std::string>{"pods"});
        QCOMPARE(m_rbac.rulesFor(authenticated("jane", {"auditors"}), "").size(), std::size_t{2});
    }

    void whoCanNamesEachOnce()
    {
        const auto grants = m_rbac.whoCan(asks("get", "secrets", "shop"));
        std::vector<std::string> names;
        for (const auto& grant : grants)
            names.push_back(grant.subject.kind + ' ' + grant.subject.name);
        const std::vector<std::string> expected = {"User root", "Group auditors", "ServiceAccount nowhere", "User jim"};
        QVERIFY(std::ranges::is_permutation(names, expected));
        for (const auto& grant : m_rbac.whoCan(asks("get", "pods", "shop"))) {
            if (grant.subject.kind == "ServiceAccount")
                QCOMPARE(grant.subject.space, std::string("shop"));
        }
    }
};

QTEST_GUILESS_MAIN(RbacTest)
#include "tst_rbac.moc"
