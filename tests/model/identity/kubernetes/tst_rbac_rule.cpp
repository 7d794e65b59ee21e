// SPDX-License-Identifier: GPL-3.0-or-later
#include "identity/kubernetes/rbac_rule.h"

#include <QtTest>

using namespace glacis;
using namespace glacis::rbac;

namespace {

Request asks(const char* verb, const char* resource, const char* subresource = "", const char* name = "")
{
    return {verb, "", resource, subresource, "shop", name, ""};
}

Request asksFor(const char* verb, const char* url)
{
    Request request;
    request.verb = verb;
    request.url = url;
    return request;
}

} // namespace

/// "Using RBAC Authorization", Kubernetes documentation.
class RbacRuleTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aResourceDoesNotStandForItsParts()
    {
        const Rule rule{{"get"}, {""}, {"pods"}, {}, {}};
        QVERIFY(allows(rule, asks("get", "pods")));
        QVERIFY(!allows(rule, asks("get", "pods", "log")));
        QVERIFY(!allows(rule, asks("get", "pod")));
    }

    void aStarStandsForResourcesAndTheirParts()
    {
        const Rule rule{{"get"}, {""}, {"*"}, {}, {}};
        QVERIFY(allows(rule, asks("get", "pods")));
        QVERIFY(allows(rule, asks("get", "pods", "log")));
    }

    void aPartOfEveryResourceIsNotTheResource()
    {
        const Rule rule{{"get"}, {""}, {"*/scale"}, {}, {}};
        QVERIFY(allows(rule, asks("get", "deployments", "scale")));
        QVERIFY(!allows(rule, asks("get", "deployments")));
        QVERIFY(!allows(rule, asks("get", "deployments", "status")));
    }

    void aResourceWithAStarAfterItIsAName()
    {
        const Rule rule{{"get"}, {""}, {"pods/*"}, {}, {}};
        QVERIFY2(!allows(rule, asks("get", "pods", "log")), "only a star before the slash means all");
        QVERIFY(!allows(rule, asks("get", "pods")));
    }

    void theCoreGroupIsTheEmptyOne()
    {
        const Rule core{{"get"}, {""}, {"pods"}, {}, {}}, any{{"get"}, {"*"}, {"pods"}, {}, {}};
        Request metrics = asks("get", "pods");
        metrics.apiGroup = "metrics.k8s.io";
        QVERIFY(!allows(core, metrics));
        QVERIFY(allows(any, metrics));
        QVERIFY(allows(any, asks("get", "pods")));
        QVERIFY2(!allows({{"get"}, {}, {"pods"}, {}, {}}, asks("get", "pods")), "no group is none, not the core one");
    }

    void namesHoldOnlyForRequestsThatNameAnObject()
    {
        const Rule rule{{"*"}, {""}, {"secrets"}, {"creds"}, {}};
        QVERIFY(allows(rule, asks("get", "secrets", "", "creds")));
        QVERIFY(!allows(rule, asks("get", "secrets", "", "other")));
        for (const char* verb : {"list", "watch", "create", "deletecollection"})
            QVERIFY2(!allows(rule, asks(verb, "secrets")), verb);
        QVERIFY2(allows(rule, asks("list", "secrets", "", "creds")), "with a field selector on the name");
    }

    void verbsAreWholeWords()
    {
        const Rule rule{{"get"}, {""}, {"pods"}, {}, {}};
        QVERIFY(!allows(rule, asks("list", "pods")));
        QVERIFY(!allows(rule, asks("*", "pods")));
        QVERIFY2(!allows({{"g*"}, {""}, {"pods"}, {}, {}}, asks("get", "pods")), "no patterns within a verb");
    }

    void pathsEndInAStarOrAreWhole()
    {
        QVERIFY(urlCovers("*", "/healthz"));
        QVERIFY(urlCovers("/healthz/*", "/healthz/etcd"));
        QVERIFY(!urlCovers("/healthz/*", "/healthz"));
        QVERIFY(urlCovers("/healthz*", "/healthzcheck"));
        QVERIFY2(!urlCovers("/*/etcd", "/healthz/etcd"), "a star elsewhere is a letter");
        QVERIFY(!urlCovers("/api", "/api/v1"));
    }

    void rulesOfResourcesSayNothingOfPaths()
    {
        const Rule resources{{"*"}, {"*"}, {"*"}, {}, {}}, paths{{"get"}, {}, {}, {}, {"/metrics"}};
        QVERIFY(!allows(resources, asksFor("get", "/metrics")));
        QVERIFY(allows(paths, asksFor("get", "/metrics")));
        QVERIFY(!allows(paths, asksFor("post", "/metrics")));
        QVERIFY(!allows(paths, asks("get", "metrics")));
    }

    void coveredIsWhatTheOwnersRulesGrantTogether()
    {
        const std::vector<Rule> owned = {{{"get", "list"}, {""}, {"pods"}, {}, {}}, {{"delete"}, {""}, {"*"}, {}, {}}};
        QVERIFY(notCovered(owned, {{{"get", "delete"}, {""}, {"pods"}, {}, {}}}).empty());
        const auto left = notCovered(owned, {{{"get", "update"}, {""}, {"pods"}, {}, {}}});
        QCOMPARE(left.size(), std::size_t{1});
        QCOMPARE(left[0].verbs, std::vector<std::string>{"update"});
    }

    void aStarIsCoveredByAStarOnly()
    {
        const std::vector<Rule> owned = {
            {{"get", "list", "watch", "create", "update", "patch", "delete"}, {""}, {"pods"}, {}, {}}};
        QVERIFY(!notCovered(owned, {{{"*"}, {""}, {"pods"}, {}, {}}}).empty());
        QVERIFY(!notCovered(owned, {{{"get"}, {""}, {"*"}, {}, {}}}).empty());
    }

    void namedRulesCoverTheirNamesOnly()
    {
        const std::vector<Rule> owned = {{{"get"}, {""}, {"secrets"}, {"a", "b"}, {}}};
        QVERIFY(notCovered(owned, {{{"get"}, {""}, {"secrets"}, {"b"}, {}}}).empty());
        QCOMPARE(notCovered(owned, {{{"get"}, {""}, {"secrets"}, {"b", "c"}, {}}}).size(), std::size_t{1});
        QVERIFY2(!notCovered(owned, {{{"get"}, {""}, {"secrets"}, {}, {}}}).empty(), "all is more than some");
    }

    void partsOfEveryResourceCoverPartsOfOne()
    {
        const std::vector<Rule> owned = {{{"update"}, {"apps"}, {"*/scale"}, {}, {}}};
        QVERIFY(notCovered(owned, {{{"update"}, {"apps"}, {"deployments/scale"}, {}, {}}}).empty());
        QVERIFY(!notCovered(owned, {{{"update"}, {"apps"}, {"deployments"}, {}, {}}}).empty());
    }
};

QTEST_GUILESS_MAIN(RbacRuleTest)
#include "tst_rbac_rule.moc"
