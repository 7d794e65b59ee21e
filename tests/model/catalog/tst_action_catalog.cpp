// SPDX-License-Identifier: GPL-3.0-or-later
#include "catalog/action_catalog.h"

#include "core/resources.h"

#include <QtTest>

#include <algorithm>
#include <thread>

using namespace glacis;

namespace {

const ActionCatalog& builtIn()
{
    return ActionCatalog::builtIn();
}

std::string levelOf(const char* action)
{
    const auto known = builtIn().action(action);
    return known ? std::string(name(known.shape().level)) : std::string("unknown");
}

bool knows(const char* action, const char* key)
{
    const auto known = builtIn().action(action);
    return known && known.service->knowsKey(*known.action, key);
}

} // namespace

class ActionCatalogTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theTableIsWholeAndInOrder()
    {
        const auto services = builtIn().services();
        QVERIFY(services.size() > 400);
        QVERIFY(std::ranges::is_sorted(services));
        std::size_t actions = 0, names = 0;
        for (const std::string_view prefix : services) {
            const auto* service = builtIn().service(prefix);
            QVERIFY2(service, std::string(prefix).c_str());
            actions += service->actions.size();
            for (const auto& action : service->actions) {
                names += service->action(action.name) == &action ? 1 : 0;
                for (const auto& use : service->shapeOf(action).types)
                    QVERIFY(use.type < service->types.size());
                for (const auto key : service->shapeOf(action).keys)
                    QVERIFY(key < service->keys.size());
            }
            for (const auto& type : service->types) {
                QVERIFY2(type.arn.starts_with("arn:"), std::string(type.arn).c_str());
                for (const auto key : type.keys)
                    QVERIFY(key < service->keys.size());
            }
        }
        QVERIFY(actions > 15000);
        QCOMPARE(names, actions);
    }

    void anActionHasItsAccessLevel()
    {
        QCOMPARE(levelOf("s3:GetObject"), std::string("read"));
        QCOMPARE(levelOf("s3:ListBucket"), std::string("list"));
        QCOMPARE(levelOf("s3:PutObject"), std::string("write"));
        QCOMPARE(levelOf("ec2:CreateTags"), std::string("tagging"));
        QCOMPARE(levelOf("iam:AttachRolePolicy"), std::string("permissions"));
        QCOMPARE(levelOf("S3:GETOBJECT"), std::string("read"));
        QCOMPARE(levelOf("s3:NoSuchThing"), std::string("unknown"));
        QCOMPARE(levelOf("nosuchservice:Do"), std::string("unknown"));
    }

    void anActionWithoutTypesIsNamedWithAStarOnly()
    {
        QVERIFY(builtIn().action("s3:ListAllMyBuckets").shape().types.empty());
        QVERIFY(!builtIn().action("s3:GetObject").shape().types.empty());
    }

    void theTypesOfAnActionHavePatterns()
    {
        const auto known = builtIn().action("dynamodb:GetItem");
        std::vector<std::string_view> arns;
        for (const auto& use : known.shape().types)
            arns.push_back(known.service->types[use.type].arn);
        QVERIFY(std::ranges::find(arns, "arn:*:dynamodb:*:*:table/*") != arns.end());
    }

    void aKeyIsKnownToTheActionsThatCanHaveIt()
    {
        QVERIFY(knows("s3:ListBucket", "s3:prefix"));
        QVERIFY(!knows("s3:GetObject", "s3:prefix"));
        QVERIFY(knows("s3:GetObject", "s3:ExistingObjectTag/team"));
        QVERIFY(knows("ec2:RunInstances", "aws:RequestTag/team"));
        QVERIFY(knows("iam:PassRole", "iam:passedtoservice"));
    }

    void aPatternMeansAllActionsThatFit()
    {
        const auto found = builtIn().matching("s3:get*Acl");
        QVERIFY(std::ranges::find(found, "s3:GetObjectAcl") != found.end());
        QVERIFY(std::ranges::find(found, "s3:PutObjectAcl") == found.end());
        QCOMPARE(builtIn().matching("s3:GetObjectAcl").size(), 1U);
        QVERIFY(builtIn().matching("*:GetObject").empty());
    }

    void servicesThatResourceControlPoliciesReachSaySo()
    {
        QVERIFY(builtIn().service("s3")->resourceControl);
        QVERIFY(builtIn().service("sqs")->resourceControl);
        QVERIFY(!builtIn().service("ec2")->resourceControl);
    }

    void aBrokenTextIsReadAsFarAsItGoes()
    {
        const ActionCatalog catalog("glacis-actions 1 x\n@a Service A\nk\nr\n= r 9!,x 7 Do\n@b\n");
        QCOMPARE(catalog.services().size(), 2U);
        QVERIFY(catalog.service("a") && catalog.service("b"));
        QVERIFY(ActionCatalog("").services().empty());
    }

    void severalThreadsMayAskAtOnce()
    {
        const ActionCatalog catalog(*resource("catalog/aws_actions.txt"));
        std::vector<std::size_t> found(4);
        std::vector<std::thread> threads;
        for (std::size_t& one : found)
            threads.emplace_back([&] { one = catalog.matching("*").size(); });
        for (std::thread& thread : threads)
            thread.join();
        QCOMPARE(std::ranges::count(found, found.front()), 4);
        QVERIFY(found.front() > 15000);
    }
};

QTEST_APPLESS_MAIN(ActionCatalogTest)
#include "tst_action_catalog.moc"
