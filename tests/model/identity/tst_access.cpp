// SPDX-License-Identifier: GPL-3.0-or-later
#include "identity/access.h"
#include "small_identities.h"

#include <QtTest>

using namespace glacis;

namespace {

Verdict asks(const SmallIdentities& small, const std::string& who, const char* action, const char* resource)
{
    const Estate estate = small.linked();
    return Access(estate).decide(*estate.find(who), action, resource).verdict;
}

Verdict assumes(const SmallIdentities& small, const char* who, const char* role)
{
    const Estate estate = small.linked();
    return Access(estate)
        .mayAssume(*estate.find(SmallIdentities::arn(who)), *estate.find(SmallIdentities::arn(role)))
        .verdict;
}

/// The account in unit "ou-1" of organisation "o-1".
void organisation(SmallIdentities& small)
{
    small.thing(Kind::Organization, "o-1").thing(Kind::OrgUnit, "ou-1");
    small.m.things.back().parent = small.m.text("o-1");
    small.thing(Kind::Account, "111122223333");
    small.m.things.back().parent = small.m.text("ou-1");
}

const char* const reads = "'Effect': 'Allow', 'Action': 's3:GetObject', 'Resource': '*'";

} // namespace

class AccessTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    /// A grant reaches whom it names, with nothing in their own policies, and is told with its own evidence.
    void aGrantOfAKeyIsAccessToIt()
    {
        SmallIdentities small;
        small.thing(Kind::Key, kmsKey)
            .document(PolicyRole::Resource,
                policy("'Effect': 'Allow', 'Principal': {'AWS': '111122223333'}, 'Action': 'kms:*', 'Resource': '*'"));
        small.m.facts.policies.push_back({small.m.text(kmsKey), PolicyRole::Resource, small.m.text("grant g1"),
            small.m.text(policy(std::string("'Effect': 'Allow', 'Principal': {'AWS': '") + worker
                + "'}, 'Action': 'kms:Decrypt', 'Resource': '*'")),
            small.at});
        small.role("worker", "{'Service': 'ec2.amazonaws.com'}").role("other", "{'Service': 'ec2.amazonaws.com'}");
        const Estate estate = small.linked();
        const Access access(estate);
        Progress progress;
        const auto rows = access.toStores(progress);
        QCOMPARE(rows.size(), std::size_t{1});
        QCOMPARE(estate.id(rows[0].principal), std::string_view(worker));
        const Decision decision = access.decide(*estate.find(worker), "kms:Decrypt", kmsKey);
        QCOMPARE(decision.verdict, Verdict::Allowed);
        QCOMPARE(decision.because.front().text, std::string("The grant g1 of 0a1b allows it."));
        QVERIFY(decision.because.front().evidence != noEvidence);
        QCOMPARE(access.decide(*estate.find(worker), "kms:Encrypt", kmsKey).verdict, Verdict::ImplicitDeny);
    }

    void aUserMayWhatItsGroupsMay()
    {
        SmallIdentities small;
        small.group("readers").may(reads).user("ann").to(EdgeKind::MemberOf, SmallIdentities::arn("group/readers"));
        QCOMPARE(asks(small, ann, "s3:GetObject", object), Verdict::Allowed);
        QCOMPARE(asks(small, ann, "s3:PutObject", object), Verdict::ImplicitDeny);
    }

    void theReasonNamesThePolicyAndWhereItStands()
    {
        SmallIdentities small;
        small.user("ann").may(reads);
        const Estate estate = small.linked();
        const Decision decision = Access(estate).decide(*estate.find(ann), "s3:GetObject", object);
        QCOMPARE(decision.because.size(), std::size_t(1));
        QCOMPARE(decision.because[0].of, *estate.find(ann));
        QVERIFY(decision.because[0].evidence != noEvidence);
        QCOMPARE(decision.because[0].pointer, std::string("/Statement/0"));
    }

    /// A denial is only known when all that might allow it was exported.
    void aManagedPolicyThatWasNotExportedLeavesADenialUnknown()
    {
        SmallIdentities small;
        small.user("ann").may(reads).to(EdgeKind::HasPolicy, SmallIdentities::arn("policy/elsewhere"));
        QCOMPARE(asks(small, ann, "s3:PutObject", object), Verdict::Unknown);
        QCOMPARE(asks(small, ann, "s3:GetObject", object), Verdict::Allowed);
    }

    void aBoundaryThatIsExportedLimits()
    {
        SmallIdentities small;
        small.managed("limit", policy("'Effect': 'Allow', 'Action': 'ec2:*', 'Resource': '*'"));
        small.user("ann").may(reads).to(EdgeKind::BoundedBy, SmallIdentities::arn("policy/limit"));
        QCOMPARE(asks(small, ann, "s3:GetObject", object), Verdict::ImplicitDeny);
    }

    /// A limit of which nobody knows what it says can't be told to deny.
    void aBoundaryThatWasNotExportedLeavesItUnknown()
    {
        SmallIdentities small;
        small.user("ann").may(reads).to(EdgeKind::BoundedBy, SmallIdentities::arn("policy/limit"));
        QCOMPARE(asks(small, ann, "s3:GetObject", object), Verdict::Unknown);
        QCOMPARE(asks(small, ann, "s3:PutObject", object), Verdict::ImplicitDeny);
    }

    void controlPoliciesOfTheAccountAndItsUnitLimit()
    {
        SmallIdentities small;
        organisation(small);
        small.of("ou-1").to(EdgeKind::HasPolicy, "p-unit");
        small.thing(Kind::Policy, "p-unit")
            .document(PolicyRole::ServiceControl,
                policy({allowAll, "'Effect': 'Deny', 'Action': 's3:Put*', 'Resource': '*'"}));
        small.user("ann").may(allowAll);
        QCOMPARE(asks(small, ann, "s3:PutObject", object), Verdict::ExplicitDeny);
        QCOMPARE(asks(small, ann, "s3:GetObject", object), Verdict::Allowed);
    }

    /// "Service control policies": they have no effect in the management account.
    void theManagementAccountIsNotLimitedByControlPolicies()
    {
        SmallIdentities small;
        organisation(small);
        small.of("ou-1").to(EdgeKind::HasPolicy, "p-unit").thing(Kind::Policy, "p-unit");
        small.document(
            PolicyRole::ServiceControl, policy({allowAll, "'Effect': 'Deny', 'Action': 's3:*', 'Resource': '*'"}));
        small.user("ann").may(allowAll);
        QCOMPARE(asks(small, ann, "s3:GetObject", object), Verdict::ExplicitDeny);
        small.of("o-1").with("management_account", "111122223333");
        QCOMPARE(asks(small, ann, "s3:GetObject", object), Verdict::Allowed);
    }

    /// "Resource control policies": those of the account that owns the resource count, whoever asks.
    void resourceControlPoliciesKeepStrangersOutOfOnesOwnBuckets()
    {
        SmallIdentities small;
        organisation(small);
        small.of("ou-1").to(EdgeKind::HasPolicy, "p-unit").thing(Kind::Policy, "p-unit");
        small.document(PolicyRole::ResourceControl,
            policy("'Effect': 'Deny', 'Principal': '*', 'Action': 's3:*', 'Resource': '*', 'Condition': "
                   "{'StringNotEqualsIfExists': {'aws:PrincipalOrgID': 'o-1'}, 'BoolIfExists': "
                   "{'aws:PrincipalIsAWSService': 'false'}}"));
        small.thing(Kind::ObjectStore, "arn:aws:s3:::bucket").with("restrict_public_buckets", false);
        small.document(PolicyRole::Resource,
            policy("'Effect': 'Allow', 'Principal': '*', 'Action': 's3:GetObject', 'Resource': '*'"));
        small.of("111122223333").with("restrict_public_buckets", false);
        small.user("ann").may(allowAll);
        QCOMPARE(asks(small, "internet", "s3:GetObject", object), Verdict::ExplicitDeny);
        QCOMPARE(asks(small, ann, "s3:GetObject", object), Verdict::Allowed);
        const Estate estate = small.linked();
        Progress progress;
        for (const StoreAccess& row : Access(estate).toStores(progress))
            QCOMPARE(row.principal, *estate.find(ann));
    }

    void resourceControlPoliciesDoNotReachBucketsOfOthers()
    {
        SmallIdentities small;
        organisation(small);
        small.of("ou-1").to(EdgeKind::HasPolicy, "p-unit").thing(Kind::Policy, "p-unit");
        small.document(PolicyRole::ResourceControl,
            policy("'Effect': 'Deny', 'Principal': '*', 'Action': 's3:*', 'Resource': '*'"));
        small.user("ann").may(allowAll);
        small.m.thing(Kind::ObjectStore, Provider::Aws, "", "arn:aws:s3:::theirs", small.scope, small.at).account =
            small.m.text("444455556666");
        small.of("arn:aws:s3:::theirs")
            .document(PolicyRole::Resource,
                policy(std::string("'Effect': 'Allow', 'Principal': {'AWS': '") + ann
                    + "'}, 'Action': 's3:GetObject', 'Resource': '*'"));
        QCOMPARE(asks(small, ann, "s3:GetObject", "arn:aws:s3:::theirs/key"), Verdict::Allowed);
    }

    void usersOfTheAccountAreTrustedByNameOrByTheirOwnPolicies()
    {
        SmallIdentities small;
        small.user("ann").user("bob").may("'Effect': 'Allow', 'Action': 'sts:AssumeRole', 'Resource': '*'");
        small.role("by-name", std::string("{'AWS': '") + ann + "'}");
        small.role("by-account", "{'AWS': 'arn:aws:iam::111122223333:root'}");
        QCOMPARE(assumes(small, "user/ann", "role/by-name"), Verdict::Allowed);
        QCOMPARE(assumes(small, "user/bob", "role/by-name"), Verdict::ImplicitDeny);
        QCOMPARE(assumes(small, "user/ann", "role/by-account"), Verdict::ImplicitDeny);
        QCOMPARE(assumes(small, "user/bob", "role/by-account"), Verdict::Allowed);
    }

    void aRoleWhoseTrustPolicyWasNotExportedIsUnknown()
    {
        SmallIdentities small;
        small.user("ann").may(allowAll).thing(Kind::Role, worker);
        QCOMPARE(assumes(small, "user/ann", "role/worker"), Verdict::Unknown);
    }

    /// A trust policy says who becomes the role, not who may change it.
    void aTrustPolicySpeaksOfAssumingOnly()
    {
        SmallIdentities small;
        small.user("ann").role("worker", std::string("{'AWS': '") + ann + "'}");
        QCOMPARE(asks(small, ann, "iam:GetRole", worker), Verdict::ImplicitDeny);
    }

    void administratorsAreThoseWhomNothingLimits()
    {
        SmallIdentities small;
        small.user("ann").may(allowAll).user("bob").may("'Effect': 'Allow', 'NotAction': 'iam:*', 'Resource': '*'");
        small.managed("limit", policy(reads));
        small.user("eve").may(allowAll).to(EdgeKind::BoundedBy, SmallIdentities::arn("policy/limit"));
        small.user("dan").may(
            "'Effect': 'Allow', 'Action': ['iam:*', 's3:*', 'ec2:*', 'lambda:*'], 'Resource': 'arn:aws:s3:::bucket/*'");
        const Estate estate = small.linked();
        const auto found = Access(estate).administrators();
        QCOMPARE(found.size(), std::size_t(1));
        QCOMPARE(found[0].first, *estate.find(ann));
        QVERIFY(!found[0].second.because.empty());
    }

    void equalPrincipalsAreDecidedOnce()
    {
        SmallIdentities small;
        small.managed("read", policy(reads));
        for (const char* name : {"ann", "bob", "eve"})
            small.user(name).to(EdgeKind::HasPolicy, SmallIdentities::arn("policy/read"));
        small.user("dan");
        const Estate estate = small.linked();
        QCOMPARE(Access(estate).alike().size(), std::size_t(2));
    }

    /// A policy that names its user gives another answer for each, so they are not alike.
    void aVariableOrATagKeepsPrincipalsApart()
    {
        SmallIdentities small;
        small.managed("home",
            policy("'Effect': 'Allow', 'Action': 's3:GetObject', 'Resource': 'arn:aws:s3:::bucket/${aws:username}'"));
        for (const char* name : {"ann", "bob"})
            small.user(name).to(EdgeKind::HasPolicy, SmallIdentities::arn("policy/home"));
        QCOMPARE(asks(small, ann, "s3:GetObject", "arn:aws:s3:::bucket/ann"), Verdict::Allowed);
        QCOMPARE(asks(small, ann, "s3:GetObject", "arn:aws:s3:::bucket/bob"), Verdict::ImplicitDeny);
        const Estate estate = small.linked();
        QCOMPARE(Access(estate).alike().size(), std::size_t(2));
    }

    void storesAreToldForEachPrincipalThatMayTouchThem()
    {
        SmallIdentities small;
        small.thing(Kind::ObjectStore, "arn:aws:s3:::bucket").user("ann").may(reads).user("bob");
        small.user("eve").may("'Effect': 'Allow', 'Action': 's3:GetObject', 'Resource': 'arn:aws:s3:::other/*'");
        const Estate estate = small.linked();
        Progress progress;
        const auto found = Access(estate).toStores(progress);
        QCOMPARE(found.size(), std::size_t(1));
        QCOMPARE(found[0].principal, *estate.find(ann));
        QCOMPARE(found[0].level, AccessLevel::Read);
        QCOMPARE(found[0].decision.verdict, Verdict::Allowed);
    }

    void anAccountThatABucketNamesIsToldAsItself()
    {
        SmallIdentities small;
        small.thing(Kind::ObjectStore, "arn:aws:s3:::bucket")
            .document(PolicyRole::Resource,
                policy("'Effect': 'Allow', 'Principal': {'AWS': 'arn:aws:iam::444455556666:root'}, 'Action': "
                       "'s3:PutObject', 'Resource': 'arn:aws:s3:::bucket/*'"));
        small.to(EdgeKind::Mentions, "arn:aws:iam::444455556666:root");
        const Estate estate = small.linked();
        Progress progress;
        const auto found = Access(estate).toStores(progress);
        QCOMPARE(found.size(), std::size_t(1));
        QCOMPARE(estate.id(found[0].principal), std::string_view("444455556666"));
        QCOMPARE(found[0].level, AccessLevel::Write);
    }

    void aDenialForOneByNameDoesNotTouchTheOthers()
    {
        SmallIdentities small;
        small.thing(Kind::ObjectStore, "arn:aws:s3:::bucket")
            .document(PolicyRole::Resource,
                policy(std::string("'Effect': 'Deny', 'Principal': {'AWS': '") + ann
                    + "'}, 'Action': 's3:*', 'Resource': '*'"));
        small.user("ann").may(reads).user("bob").may(reads);
        const Estate estate = small.linked();
        Progress progress;
        const auto found = Access(estate).toStores(progress);
        QCOMPARE(found.size(), std::size_t(1));
        QCOMPARE(found[0].principal, *estate.find(SmallIdentities::arn("user/bob")));
    }

    /// Equal policies don't make equal answers where a condition asks who it is.
    void whomAConditionNamesIsDecidedForItself()
    {
        SmallIdentities small;
        small.thing(Kind::ObjectStore, "arn:aws:s3:::bucket")
            .document(PolicyRole::Resource,
                policy(std::string("'Effect': 'Allow', 'Principal': '*', 'Action': 's3:GetObject', 'Resource': '*', "
                                   "'Condition': {'ArnEquals': {'aws:PrincipalArn': '")
                    + SmallIdentities::arn("user/bob") + "'}}"));
        small.user("ann").user("bob");
        const Estate estate = small.linked();
        Progress progress;
        const auto found = Access(estate).toStores(progress);
        QCOMPARE(found.size(), std::size_t(1));
        QCOMPARE(found[0].principal, *estate.find(SmallIdentities::arn("user/bob")));
    }

    void functionsAreToldBesideStores()
    {
        const char* const function = "arn:aws:lambda:eu-central-1:111122223333:function:billing";
        SmallIdentities small;
        small.thing(Kind::Function, function)
            .user("ann")
            .may("'Effect': 'Allow', 'Action': 'lambda:UpdateFunctionCode', 'Resource': '*'");
        const Estate estate = small.linked();
        Progress progress;
        const Access access(estate);
        QVERIFY(access.toStores(progress).empty());
        const auto found = access.toWorkloads(progress);
        QCOMPARE(found.size(), std::size_t(1));
        QCOMPARE(found[0].store, *estate.find(function));
        QCOMPARE(found[0].level, AccessLevel::Administer);
    }
};

QTEST_APPLESS_MAIN(AccessTest)
#include "tst_access.moc"
