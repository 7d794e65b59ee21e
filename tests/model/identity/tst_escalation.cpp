// SPDX-License-Identifier: GPL-3.0-or-later
#include "catalog/schema.h"
#include "core/resources.h"
#include "identity/escalation.h"
#include "small_identities.h"

#include <QtTest>

#include <algorithm>
#include <array>

using namespace glacis;

namespace {

const char* const toLambda = "{'Service': 'lambda.amazonaws.com'}";
const char* const toMachines = "{'Service': 'ec2.amazonaws.com'}";
const char* const makesFunctions =
    "'Effect': 'Allow', 'Action': ['iam:PassRole', 'lambda:CreateFunction', 'lambda:InvokeFunction'], 'Resource': '*'";

std::string allows(const char* action, const std::string& resource = "*")
{
    return std::string("'Effect': 'Allow', 'Action': '") + action + "', 'Resource': '" + resource + "'";
}

/// Whether a right is used in it; those of a directory are facts of the catalogue.
bool isAnAct(const Technique& technique)
{
    constexpr std::array directory = {"role", "directory_right", "app_role", "eligible_role", "approver", "elevates"};
    return std::ranges::any_of(technique.needs, [&](const Need& need) {
        return !need.right.empty()
            || (technique.provider == Provider::Azure && std::ranges::find(directory, need.fact) != directory.end());
    });
}

/// What a right may say besides: AWS the form of a new thing's name, Kubernetes the name of what exists, Azure that it
/// is one over data, or the word for it in a vault's own policies.
bool mayBeNarrowed(Provider provider, const Need& need)
{
    switch (provider) {
    case Provider::Aws:
        return need.on == "new";
    case Provider::Kubernetes:
        return need.on == "named";
    case Provider::Azure:
        return need.is == "data" || need.is.find('/') != std::string::npos;
    default:
        return false;
    }
}

std::string last(std::string_view id)
{
    return std::string(id.substr(id.find_last_of('/') == std::string_view::npos ? 0 : id.find_last_of('/') + 1));
}

/// Each escalation as "ann > role by technique", with a mark where it depends.
QStringList found(const SmallIdentities& small)
{
    const Estate estate = small.linked();
    const Access access(estate);
    Progress progress;
    QStringList all;
    for (const Escalation& row : escalations(estate, access, progress))
        all << QString::fromStdString(last(estate.id(row.from)) + " > " + last(estate.id(row.to)) + " by "
            + techniques()[row.technique].id + (row.decision.verdict == Verdict::Conditional ? " ?" : ""));
    all.sort();
    return all;
}
QStringList only(const char* one)
{
    return {QString::fromUtf8(one)};
}

/// A role that a function may have, and ann.
SmallIdentities withFunctionRole()
{
    SmallIdentities small;
    small.role("worker", toLambda).may(allows("dynamodb:*")).user("ann");
    return small;
}

} // namespace

class EscalationTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyCatalogueFollowsTheSchema()
    {
        for (const std::string_view path : resourcesBelow("techniques/")) {
            if (path.ends_with("/schema.json") || path.ends_with("/access.json"))
                continue;
            for (const SchemaFault& fault : loadTable(path, "techniques/schema.json", "techniques").faults)
                QFAIL((std::string(path) + fault.pointer + ' ' + fault.sentence).c_str());
        }
    }

    void aNeedIsARightOrAFact()
    {
        for (const Technique& one : techniques()) {
            for (const Need& need : one.needs)
                QVERIFY2(need.right.empty() != need.fact.empty(), one.id.c_str());
            for (const Need& need : one.needs)
                QVERIFY2(need.right.empty() || need.is.empty() || mayBeNarrowed(one.provider, need), one.id.c_str());
        }
    }

    void everyTechniqueSaysAllThatAReaderNeeds()
    {
        QVERIFY(techniques().size() >= 40);
        std::set<std::string> ids;
        for (const Technique& one : techniques()) {
            QVERIFY2(ids.insert(one.id).second, one.id.c_str());
            for (const std::string* text :
                {&one.title, &one.attack, &one.detect, &one.fix, &one.source, &one.publisher})
                QVERIFY2(!text->empty(), one.id.c_str());
            QVERIFY2(one.sentence.find("{to}") != std::string::npos && one.sentence.find("{from}") != std::string::npos,
                one.id.c_str());
            // What merely comes along, as members come with a group, costs less than an act, which is a call at least.
            QVERIFY2(one.effort > 0 && one.noise >= 0, one.id.c_str());
            QVERIFY2(one.effort >= 1 || !isAnAct(one), one.id.c_str());
        }
    }

    void passingARoleToANewFunction()
    {
        QCOMPARE(found(withFunctionRole().may(makesFunctions)), only("ann > worker by aws-passrole-lambda-invoke"));
    }

    void allThatATechniqueNeedsMustBeAllowed()
    {
        QCOMPARE(found(withFunctionRole().may(
                     "'Effect': 'Allow', 'Action': ['iam:PassRole', 'lambda:CreateFunction'], 'Resource': '*'")),
            QStringList());
        QCOMPARE(found(withFunctionRole()
                           .may("'Effect': 'Allow', 'Action': 'lambda:*', 'Resource': '*'")
                           .may(allows("iam:PassRole", SmallIdentities::arn("role/other")))),
            QStringList());
    }

    void aRoleThatTrustsAnotherServiceCantBePassed()
    {
        SmallIdentities small;
        small.role("worker", toMachines).user("ann").may(makesFunctions);
        QCOMPARE(found(small), QStringList());
    }

    void passingForAnotherServiceOnlyIsNoWay()
    {
        const auto ask = [](const char* service) {
            return found(withFunctionRole()
                             .may(allows("lambda:*"))
                             .may(allows("iam:PassRole") + ", 'Condition': {'StringEquals': {'iam:PassedToService': '"
                                 + service + "'}}"));
        };
        QVERIFY(ask("lambda.amazonaws.com").contains(QStringLiteral("ann > worker by aws-passrole-lambda-invoke")));
        QCOMPARE(ask("ec2.amazonaws.com").filter(QStringLiteral("passrole")), QStringList());
    }

    void anExplicitDenialClosesTheWay()
    {
        QCOMPARE(found(withFunctionRole()
                           .may(makesFunctions)
                           .may("'Effect': 'Deny', 'Action': 'lambda:CreateFunction', 'Resource': '*'")),
            QStringList());
    }

    void aBoundaryClosesTheWay()
    {
        SmallIdentities small = withFunctionRole();
        small.may(makesFunctions).to(EdgeKind::BoundedBy, SmallIdentities::arn("policy/limit"));
        small.managed("limit", policy("'Effect': 'Allow', 'NotAction': 'iam:*', 'Resource': '*'"));
        QCOMPARE(found(small), QStringList());
    }

    void whatIsLeftOpenStaysPartOfTheWay()
    {
        QCOMPARE(found(withFunctionRole().may(
                     std::string(makesFunctions) + ", 'Condition': {'Bool': {'aws:MultiFactorAuthPresent': 'true'}}")),
            only("ann > worker by aws-passrole-lambda-invoke ?"));
    }

    void passingARoleToANewMachine()
    {
        SmallIdentities small;
        small.role("worker", toMachines)
            .user("ann")
            .may("'Effect': 'Allow', 'Action': ['iam:PassRole', 'ec2:RunInstances'], 'Resource': '*'");
        QCOMPARE(found(small), only("ann > worker by aws-passrole-ec2"));
    }

    void whatTheDocumentationCallsPassingIsWithinTheAccount()
    {
        SmallIdentities small;
        small.user("ann").may(makesFunctions).thing(Kind::Role, "arn:aws:iam::444455556666:role/far");
        small.document(PolicyRole::Trust,
            policy(std::string("'Effect': 'Allow', 'Action': 'sts:AssumeRole', 'Principal': ") + toLambda));
        QCOMPARE(found(small), QStringList());
    }

    void writingOnesOwnPolicy_data()
    {
        QTest::addColumn<QByteArray>("action");
        QTest::addColumn<QByteArray>("technique");
        QTest::newRow("inline") << QByteArray("iam:PutUserPolicy") << QByteArray("aws-put-user-policy");
        QTest::newRow("attached") << QByteArray("iam:AttachUserPolicy") << QByteArray("aws-attach-user-policy");
    }
    void writingOnesOwnPolicy()
    {
        QFETCH(QByteArray, action);
        QFETCH(QByteArray, technique);
        SmallIdentities small;
        small.user("bob").user("ann").may(allows(action.constData(), ann));
        QCOMPARE(found(small), only(("ann > 111122223333 by " + technique).constData()));
        SmallIdentities other;
        other.user("bob").user("ann").may(allows(action.constData(), SmallIdentities::arn("user/bob")));
        QCOMPARE(found(other), QStringList());
    }

    /// Whoever has a boundary can write itself any policy, and gains nothing beyond the boundary.
    void ownRightsUnderABoundaryAreNoEscalation()
    {
        SmallIdentities small;
        small.managed("limit", policy(allows("iam:Put*"))).user("ann").may(allows("iam:PutUserPolicy", ann));
        small.to(EdgeKind::BoundedBy, SmallIdentities::arn("policy/limit"));
        QCOMPARE(found(small), QStringList());
    }

    /// Who writes itself the right to take the boundary away is free of it.
    void aBoundaryThatMayBeTakenAwayIsNone()
    {
        SmallIdentities small;
        small.managed("limit", policy(allows("iam:*"))).user("ann").may(allows("iam:PutUserPolicy", ann));
        small.to(EdgeKind::BoundedBy, SmallIdentities::arn("policy/limit"));
        QCOMPARE(found(small), only("ann > 111122223333 by aws-put-user-policy"));
    }

    /// "Controlling access to and for IAM users and roles using tags": a user has the tags that the export tells.
    void aTagThatTheUserDoesNotHaveCantBeAskedFor()
    {
        const auto ask = [](const char* key) {
            SmallIdentities small;
            small.user("ann").may(allows("iam:PutUserPolicy", ann)
                + ", 'Condition': {'StringEquals': {'aws:PrincipalTag/admin': 'yes'}}");
            small.m.facts.tags.push_back({small.m.text(ann), small.m.text(key), small.m.text("yes")});
            return found(small);
        };
        QCOMPARE(ask("team"), QStringList());
        QCOMPARE(ask("admin"), only("ann > 111122223333 by aws-put-user-policy"));
    }

    /// "Passing session tags in AWS STS": a role's session may bring tags where its trust policy lets it.
    void aRolesSessionMayBringATag()
    {
        const auto ask = [](const char* trustAction) {
            SmallIdentities small;
            small.thing(Kind::Role, worker)
                .document(PolicyRole::Trust,
                    policy(
                        std::string("'Effect': 'Allow', 'Principal': ") + toMachines + ", 'Action': " + trustAction));
            small.may(allows("iam:PutRolePolicy", worker)
                + ", 'Condition': {'StringEquals': {'aws:PrincipalTag/admin': 'yes'}}");
            small.m.facts.tags.push_back({small.m.text(worker), small.m.text("team"), small.m.text("core")});
            return found(small);
        };
        QCOMPARE(ask("'sts:AssumeRole'"), QStringList());
        QCOMPARE(ask("['sts:AssumeRole', 'sts:TagSession']"), only("worker > 111122223333 by aws-put-role-policy ?"));
    }

    /// One and the same function must be made and called.
    void whatIsMadeAndWhatIsCalledIsOneFunction()
    {
        const auto ask = [](const char* made, const char* called) {
            const std::string function = "arn:aws:lambda:*:111122223333:function:";
            return found(withFunctionRole()
                             .may(allows("iam:PassRole", worker))
                             .may(allows("lambda:CreateFunction", function + made))
                             .may(allows("lambda:InvokeFunction", function + called)));
        };
        QCOMPARE(ask("dev-*", "dev-*"), only("ann > worker by aws-passrole-lambda-invoke"));
        QCOMPARE(ask("dev-*", "prod-*"), QStringList());
    }

    /// "The confused deputy problem": a service names the account on whose behalf it asks.
    void aTrustForTheOwnAccountsServiceHolds()
    {
        const auto ask = [](const char* account) {
            SmallIdentities small;
            small.role("worker",
                std::string(toLambda) + ", 'Condition': {'StringEquals': {'aws:SourceAccount': '" + account + "'}}");
            return found(small.user("ann").may(makesFunctions));
        };
        QCOMPARE(ask("111122223333"), only("ann > worker by aws-passrole-lambda-invoke"));
        QCOMPARE(ask("444455556666"), QStringList());
    }

    void whatOneLayerAloneClosesIsANearMiss()
    {
        SmallIdentities small = withFunctionRole();
        small.may(makesFunctions).to(EdgeKind::BoundedBy, SmallIdentities::arn("policy/limit"));
        small.managed("limit", policy("'Effect': 'Allow', 'NotAction': 'iam:*', 'Resource': '*'"));
        small.user("bob")
            .may(allows("lambda:*"))
            .may(allows("iam:PassRole")
                + ", 'Condition': {'StringEquals': {'iam:PassedToService': 'ec2.amazonaws.com'}}");
        const Estate estate = small.linked();
        const Access access(estate);
        Progress progress;
        QStringList all;
        for (const NearMiss& row : nearMisses(estate, access, progress)) {
            if (techniques()[row.technique].id == "aws-passrole-lambda-invoke")
                all << QString::fromStdString(last(estate.id(row.from)) + " stopped by " + row.blockedBy);
        }
        QCOMPARE(all,
            (QStringList{
                QStringLiteral("ann stopped by permissions boundary"), QStringLiteral("bob stopped by condition")}));
    }

    void threadsDoNotMatter()
    {
        SmallIdentities small = withFunctionRole();
        for (const char* name : {"bob", "eve", "joe", "kim"})
            small.user(name).may(makesFunctions).may(allows("iam:CreateAccessKey", ann)).may(allows("s3:*", name));
        const Estate estate = small.linked();
        const Access access(estate);
        Progress progress;
        const auto one = escalations(estate, access, progress, 1), two = escalations(estate, access, progress, 2);
        QCOMPARE(one.size(), std::size_t(8));
        QCOMPARE(two.size(), one.size());
        for (std::size_t i = 0; i < one.size(); ++i)
            QVERIFY(one[i].from == two[i].from && one[i].to == two[i].to && one[i].technique == two[i].technique
                && one[i].decision.open == two[i].decision.open);
    }

    void aRoleWritesItsOwnPolicy()
    {
        SmallIdentities small;
        small.role("worker", toMachines).may(allows("iam:PutRolePolicy", worker));
        QCOMPARE(found(small), only("worker > 111122223333 by aws-put-role-policy"));
    }

    void aMemberWritesItsGroupsPolicy()
    {
        SmallIdentities small;
        small.group("staff").user("ann").to(EdgeKind::MemberOf, SmallIdentities::arn("group/staff"));
        small.may(allows("iam:PutGroupPolicy", SmallIdentities::arn("group/staff")));
        QCOMPARE(found(small), only("ann > 111122223333 by aws-put-group-policy"));
        SmallIdentities outside;
        outside.group("staff").user("ann").may(allows("iam:PutGroupPolicy", SmallIdentities::arn("group/staff")));
        QCOMPARE(found(outside), QStringList());
    }

    void rewritingAPolicyThatAppliesToOneself()
    {
        SmallIdentities small;
        const std::string tools = SmallIdentities::arn("policy/tools");
        small.managed("tools", policy(allows("iam:CreatePolicyVersion", tools)))
            .user("ann")
            .to(EdgeKind::HasPolicy, tools);
        QCOMPARE(found(small), only("ann > 111122223333 by aws-create-policy-version"));
    }

    void rewritingAPolicyOfOthersIsNoWay()
    {
        SmallIdentities small;
        small.managed("tools", policy(allows("s3:*")))
            .user("ann")
            .may(allows("iam:CreatePolicyVersion", SmallIdentities::arn("policy/tools")));
        QCOMPARE(found(small), QStringList());
    }

    /// "AWS managed policies": nobody but the provider changes them.
    void aManagedPolicyOfTheProviderCantBeRewritten()
    {
        SmallIdentities small;
        small.thing(Kind::Policy, "arn:aws:iam::aws:policy/ReadOnlyAccess")
            .document(PolicyRole::Managed, policy(allows("s3:Get*")));
        small.user("ann")
            .may(allows("iam:CreatePolicyVersion"))
            .to(EdgeKind::HasPolicy, "arn:aws:iam::aws:policy/ReadOnlyAccess");
        QCOMPARE(found(small), QStringList());
    }

    /// Which other versions there are and what they allow is not part of most exports.
    void anotherVersionOfAPolicyHelpsOnlyIfItAllowsMore()
    {
        SmallIdentities small;
        const std::string tools = SmallIdentities::arn("policy/tools");
        small.managed("tools", policy(allows("iam:SetDefaultPolicyVersion", tools)))
            .user("ann")
            .to(EdgeKind::HasPolicy, tools);
        QCOMPARE(found(small), only("ann > 111122223333 by aws-set-default-policy-version ?"));
    }

    void joiningAGroupOfAdministrators()
    {
        SmallIdentities small;
        small.group("admins")
            .may(allowAll)
            .group("readers")
            .may(allows("s3:Get*"))
            .user("ann")
            .may(allows("iam:AddUserToGroup"));
        QCOMPARE(found(small), only("ann > 111122223333 by aws-add-user-to-group"));
        SmallIdentities other;
        other.group("admins")
            .may(allowAll)
            .group("readers")
            .may(allows("s3:Get*"))
            .user("ann")
            .may(allows("iam:AddUserToGroup", SmallIdentities::arn("group/readers")));
        QCOMPARE(found(other), QStringList());
    }

    void credentialsOfAnotherUser_data()
    {
        QTest::addColumn<QByteArray>("action");
        QTest::addColumn<QByteArray>("technique");
        QTest::newRow("key") << QByteArray("iam:CreateAccessKey") << QByteArray("aws-create-access-key");
        QTest::newRow("first password") << QByteArray("iam:CreateLoginProfile")
                                        << QByteArray("aws-create-login-profile ?");
        QTest::newRow("another password")
            << QByteArray("iam:UpdateLoginProfile") << QByteArray("aws-update-login-profile ?");
    }
    void credentialsOfAnotherUser()
    {
        QFETCH(QByteArray, action);
        QFETCH(QByteArray, technique);
        SmallIdentities small;
        small.user("bob").user("ann").may(allows(action.constData()));
        QCOMPARE(found(small), only(("ann > bob by " + technique).constData()));
        // The pattern of the documentation for managing one's own credentials.
        SmallIdentities own;
        own.user("bob").user("ann").may(allows(action.constData(), SmallIdentities::arn("user/${aws:username}")));
        QCOMPARE(found(own), QStringList());
    }

    void rewritingWhoMayAssumeARole()
    {
        SmallIdentities small;
        small.role("worker", toMachines).user("ann").may(allows("iam:UpdateAssumeRolePolicy", worker));
        QCOMPARE(found(small), only("ann > worker by aws-update-trust"));
    }

    void raisingARoleNeedsToAssumeIt()
    {
        SmallIdentities small;
        small.role("worker", std::string("{'AWS': '") + ann + "'}")
            .user("ann")
            .may(allows("iam:AttachRolePolicy", worker));
        QCOMPARE(found(small),
            (QStringList{QStringLiteral("ann > 111122223333 by aws-attach-to-assumable-role"),
                QStringLiteral("ann > worker by aws-assume-role")}));
        SmallIdentities locked;
        locked.role("worker", toMachines).user("ann").may(allows("iam:AttachRolePolicy", worker));
        QCOMPARE(found(locked), QStringList());
    }

    void assumingARole()
    {
        SmallIdentities small;
        small.role("worker", "{'AWS': 'arn:aws:iam::111122223333:root'}")
            .user("bob")
            .user("ann")
            .may(allows("sts:AssumeRole", worker));
        QCOMPARE(found(small), only("ann > worker by aws-assume-role"));
    }

    void rolesThatLeadToEachOtherAreBothTold()
    {
        SmallIdentities small;
        small.role("a", "{'AWS': 'arn:aws:iam::111122223333:role/b'}")
            .role("b", "{'AWS': 'arn:aws:iam::111122223333:role/a'}");
        QCOMPARE(found(small),
            (QStringList{QStringLiteral("a > b by aws-assume-role"), QStringLiteral("b > a by aws-assume-role")}));
    }

    void anotherAccountThatIsTrusted()
    {
        SmallIdentities small;
        small.role("worker", "{'AWS': 'arn:aws:iam::444455556666:root'}")
            .to(EdgeKind::Mentions, "arn:aws:iam::444455556666:root");
        QCOMPARE(found(small), only("444455556666 > worker by aws-assume-role"));
    }

    void changingTheCodeOfAFunction()
    {
        SmallIdentities small = withFunctionRole();
        const char* const function = "arn:aws:lambda:eu-central-1:111122223333:function:job";
        small.may(allows("lambda:UpdateFunctionCode", function))
            .thing(Kind::Function, function)
            .to(EdgeKind::RunsAs, worker);
        const QStringList all = found(small);
        QVERIFY(all.contains(QStringLiteral("ann > worker by aws-lambda-update-code")));
        QCOMPARE(all.filter(QStringLiteral("aws-workload-role")).size(), 1);
        SmallIdentities other = withFunctionRole();
        other.may(allows("lambda:UpdateFunctionCode", "arn:aws:lambda:eu-central-1:111122223333:function:other"));
        other.thing(Kind::Function, function).to(EdgeKind::RunsAs, worker);
        QCOMPARE(found(other).filter(QStringLiteral("ann")), QStringList());
    }

    void aWorkloadWithoutARoleGivesNothing()
    {
        SmallIdentities small;
        small.thing(Kind::Function, "arn:aws:lambda:eu-central-1:111122223333:function:job")
            .user("ann")
            .may(allows("lambda:UpdateFunctionCode"));
        QCOMPARE(found(small), QStringList());
    }

    void commandsOnAMachineActAsItsRole()
    {
        SmallIdentities small;
        small.role("worker", toMachines)
            .thing(Kind::InstanceProfile, SmallIdentities::arn("instance-profile/p"))
            .to(EdgeKind::ProfileRole, worker);
        small.thing(Kind::Vm, "i-1").to(EdgeKind::RunsAs, SmallIdentities::arn("instance-profile/p"));
        small.user("ann").may(allows("ssm:StartSession"));
        QCOMPARE(found(small),
            (QStringList{QStringLiteral("ann > worker by aws-ssm-start-session"),
                QStringLiteral("i-1 > worker by aws-workload-role")}));
    }

    /// "Change the instance user data": only of a machine that is stopped.
    void aStartScriptNeedsStoppingAndStartingToo()
    {
        SmallIdentities small;
        small.role("worker", toMachines)
            .thing(Kind::Vm, "i-1")
            .to(EdgeKind::RunsAs, worker)
            .user("ann")
            .may(allows("ec2:ModifyInstanceAttribute"));
        QCOMPARE(found(small).filter(QStringLiteral("ann")), QStringList());
        small.may(allows("ec2:St*Instances"));
        QCOMPARE(found(small).filter(QStringLiteral("ann")), only("ann > worker by aws-ec2-user-data"));
    }

    void anAdministratorGainsNothing()
    {
        SmallIdentities small = withFunctionRole();
        QCOMPARE(found(small.may(allowAll)), QStringList());
    }

    void aReaderGainsNothing()
    {
        SmallIdentities small = withFunctionRole();
        small.user("bob").may("'Effect': 'Allow', 'Action': ['iam:Get*', 'iam:List*', 'lambda:List*', "
                              "'sts:GetCallerIdentity'], 'Resource': '*'");
        QCOMPARE(found(small), QStringList());
    }

    void equalPrincipalsAllHaveTheWay()
    {
        SmallIdentities small = withFunctionRole();
        small.managed("deploy", policy(makesFunctions));
        for (const char* name : {"bob", "eve"})
            small.user(name).to(EdgeKind::HasPolicy, SmallIdentities::arn("policy/deploy"));
        QCOMPARE(found(small),
            (QStringList{QStringLiteral("bob > worker by aws-passrole-lambda-invoke"),
                QStringLiteral("eve > worker by aws-passrole-lambda-invoke")}));
    }

    void everyWayHasItsStatements()
    {
        const Estate estate = withFunctionRole().may(makesFunctions).linked();
        const Access access(estate);
        Progress progress;
        for (const Escalation& row : escalations(estate, access, progress)) {
            QVERIFY(!row.decision.because.empty());
            for (const Reason& reason : row.decision.because)
                QVERIFY(reason.evidence != noEvidence && !reason.text.empty());
        }
    }

    void aCancelledSearchReturns()
    {
        const Estate estate = withFunctionRole().may(makesFunctions).linked();
        const Access access(estate);
        std::stop_source stop;
        stop.request_stop();
        Progress progress(stop.get_token());
        QVERIFY(escalations(estate, access, progress).empty());
    }
};

QTEST_APPLESS_MAIN(EscalationTest)
#include "tst_escalation.moc"
