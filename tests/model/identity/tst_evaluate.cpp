// SPDX-License-Identifier: GPL-3.0-or-later
#include "asked.h"

#include <QtTest>

using namespace glacis;

Q_DECLARE_METATYPE(glacis::Verdict)

namespace {

const char* const denyAll = "'Effect': 'Deny', 'Action': '*', 'Resource': '*'";
const char* const allowS3 = "'Effect': 'Allow', 'Action': 's3:*', 'Resource': '*'";
const char* const allowEc2 = "'Effect': 'Allow', 'Action': 'ec2:*', 'Resource': '*'";

std::string lets(const std::string& principal, const char* action = "*")
{
    return policy(
        std::string("'Effect': 'Allow', 'Action': '") + action + "', 'Resource': '*', 'Principal': " + principal);
}
std::string aws(const std::string& name)
{
    return "{'AWS': '" + name + "'}";
}

/// A trust policy: it has no Resource.
std::string trusts(const std::string& principal, const std::string& more = {})
{
    return policy("'Effect': 'Allow', 'Action': 'sts:AssumeRole', 'Principal': " + principal + more);
}

Asked read(std::string_view who)
{
    return Asked(who, "s3:GetObject", object, "111122223333");
}
Asked assume(std::string_view who)
{
    return Asked(who, "sts:AssumeRole", worker);
}
Asked decrypt(std::string_view who)
{
    return Asked(who, "kms:Decrypt", kmsKey);
}

const std::string accountRoot = "arn:aws:iam::111122223333:root";

} // namespace

class EvaluateTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void nothingSaidIsAnImplicitDenial()
    {
        QCOMPARE(read(ann).verdict(), Verdict::ImplicitDeny);
        QCOMPARE(read(ann).identity(policy(allowEc2)).verdict(), Verdict::ImplicitDeny);
    }

    void anAllowanceAllowsAndIsNamed()
    {
        const Asked asked = read(ann).identity(policy({allowEc2, allowS3}));
        const Evaluation answer = asked.answer();
        QCOMPARE(answer.verdict, Verdict::Allowed);
        QCOMPARE(answer.because.size(), std::size_t(1));
        QCOMPARE(answer.because[0].statement->pointer, std::string("/Statement/1"));
    }

    void anExplicitDenialWinsWhereverItStands()
    {
        const auto allowed = [] { return read(ann).identity(policy(allowAll)).resource(lets(aws(ann))); };
        QCOMPARE(allowed().verdict(), Verdict::Allowed);
        QCOMPARE(allowed().identity(policy(denyAll)).verdict(), Verdict::ExplicitDeny);
        QCOMPARE(
            allowed().resource(policy(std::string(denyAll) + ", 'Principal': '*'")).verdict(), Verdict::ExplicitDeny);
        QCOMPARE(allowed().boundary(policy({allowAll, denyAll})).verdict(), Verdict::ExplicitDeny);
        QCOMPARE(allowed().session(policy({allowAll, denyAll})).verdict(), Verdict::ExplicitDeny);
        QCOMPARE(
            allowed().endpoint(policy(std::string(denyAll) + ", 'Principal': '*'")).verdict(), Verdict::ExplicitDeny);
        QCOMPARE(allowed().control({policy({allowAll, denyAll})}).verdict(), Verdict::ExplicitDeny);
        QCOMPARE(allowed().resourceControl({policy(std::string(denyAll) + ", 'Principal': '*'")}).verdict(),
            Verdict::ExplicitDeny);
    }

    void theStatementThatDeniedIsNamed()
    {
        const Asked asked = read(ann).identity(policy({allowAll, denyAll}));
        const Evaluation answer = asked.answer();
        QCOMPARE(answer.because.size(), std::size_t(1));
        QCOMPARE(answer.because[0].statement->pointer, std::string("/Statement/1"));
    }

    void aDenialWhoseConditionFailsDoesNotDeny()
    {
        const char* const block =
            "'Effect': 'Deny', 'Action': '*', 'Resource': '*', 'Condition': {'Bool': {'aws:SecureTransport': 'false'}}";
        const auto ask = [&] { return read(ann).identity(policy({allowAll, block})); };
        QCOMPARE(ask().with("aws:SecureTransport", {"false"}).verdict(), Verdict::ExplicitDeny);
        QCOMPARE(ask().with("aws:SecureTransport", {"true"}).verdict(), Verdict::Allowed);
        QCOMPARE(ask().verdict(), Verdict::Allowed);
        const Asked open = ask().openly();
        QCOMPARE(open.answer().verdict, Verdict::Conditional);
        QCOMPARE(open.answer().open.lines().size(), std::size_t(1));
        QVERIFY(open.answer().open.text().find("not (") == 0);
    }

    /// "Permissions boundaries for IAM entities".
    void aBoundaryIsCutWithWhatIsAllowed()
    {
        QCOMPARE(read(ann).identity(policy(allowAll)).boundary(policy(allowS3)).verdict(), Verdict::Allowed);
        QCOMPARE(read(ann).identity(policy(allowAll)).boundary(policy(allowEc2)).verdict(), Verdict::ImplicitDeny);
        QCOMPARE(read(ann).boundary(policy(allowAll)).verdict(), Verdict::ImplicitDeny);
        const Asked stopped = read(ann).identity(policy(allowAll)).boundary(policy(allowEc2));
        QCOMPARE(stopped.answer().stoppedBy, std::string("permissions boundary"));
    }

    void aResourcePolicyThatNamesAUserIsNotLimitedByTheBoundary()
    {
        QCOMPARE(read(ann).boundary(policy(allowEc2)).resource(lets(aws(ann))).verdict(), Verdict::Allowed);
    }

    void aResourcePolicyThatNamesARoleIsLimitedByTheBoundary()
    {
        QCOMPARE(read(worker).boundary(policy(allowEc2)).resource(lets(aws(worker))).verdict(), Verdict::ImplicitDeny);
        QCOMPARE(read(session).boundary(policy(allowEc2)).resource(lets(aws(worker))).verdict(), Verdict::ImplicitDeny);
    }

    void aResourcePolicyThatNamesASessionIsNotLimited()
    {
        QCOMPARE(
            read(session).boundary(policy(allowEc2)).session(policy(allowEc2)).resource(lets(aws(session))).verdict(),
            Verdict::Allowed);
    }

    void aDenialOfTheBoundaryAlsoStopsWhatAResourcePolicyGrants()
    {
        QCOMPARE(
            read(ann).boundary(policy({allowAll, denyAll})).resource(lets(aws(ann))).verdict(), Verdict::ExplicitDeny);
    }

    void aSessionPolicyNarrowsTheRole()
    {
        QCOMPARE(read(session).identity(policy(allowAll)).session(policy(allowS3)).verdict(), Verdict::Allowed);
        QCOMPARE(read(session).identity(policy(allowAll)).session(policy(allowEc2)).verdict(), Verdict::ImplicitDeny);
        QCOMPARE(read(session).session(policy(allowAll)).verdict(), Verdict::ImplicitDeny);
    }

    void boundaryAndSessionAndIdentityMustAllAllow()
    {
        const auto ask = [](const char* boundary, const char* session_) {
            return read(session)
                .identity(policy(allowAll))
                .boundary(policy(boundary))
                .session(policy(session_))
                .verdict();
        };
        QCOMPARE(ask(allowS3, allowAll), Verdict::Allowed);
        QCOMPARE(ask(allowS3, allowEc2), Verdict::ImplicitDeny);
        QCOMPARE(ask(allowEc2, allowS3), Verdict::ImplicitDeny);
    }

    /// "How SCPs evaluation works": each level from the root down must allow.
    void everyLevelOfTheOrganisationMustAllow()
    {
        const auto ask = [](const std::string& root, const std::string& unit) {
            return read(ann).identity(policy(allowAll)).control({root}).control({unit}).verdict();
        };
        QCOMPARE(ask(policy(allowAll), policy(allowAll)), Verdict::Allowed);
        QCOMPARE(ask(policy(allowAll), policy(allowEc2)), Verdict::ImplicitDeny);
        QCOMPARE(ask(policy(allowEc2), policy(allowAll)), Verdict::ImplicitDeny);
    }

    void oneOfSeveralPoliciesOfALevelIsEnough()
    {
        QCOMPARE(read(ann).identity(policy(allowAll)).control({policy(allowEc2), policy(allowS3)}).verdict(),
            Verdict::Allowed);
    }

    void aControlPolicyGrantsNothing()
    {
        QCOMPARE(read(ann).control({policy(allowAll)}).verdict(), Verdict::ImplicitDeny);
    }

    void aControlPolicyAlsoLimitsTheRootUser()
    {
        QCOMPARE(read(accountRoot).verdict(), Verdict::Allowed);
        QCOMPARE(read(accountRoot).control({policy({allowAll, denyAll})}).verdict(), Verdict::ExplicitDeny);
    }

    /// "Service control policies": they do not affect service-linked roles.
    void aServiceLinkedRoleIsNotLimitedByControlPolicies()
    {
        const char* const linked =
            "arn:aws:iam::111122223333:role/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS";
        QCOMPARE(
            read(linked).identity(policy(allowAll)).control({policy({allowAll, denyAll})}).verdict(), Verdict::Allowed);
    }

    /// "Resource control policies": everything is allowed by default, and only a denial tells.
    void aResourceControlPolicyOnlyTakesAway()
    {
        const std::string strangers = policy("'Effect': 'Deny', 'Action': 's3:*', 'Resource': '*', 'Principal': '*', "
                                             "'Condition': {'StringNotEquals': {'aws:PrincipalOrgID': 'o-1'}}");
        const auto ask = [&](const char* who, const char* organisation) {
            return read(who)
                .identity(policy(allowAll))
                .resource(lets("'*'"))
                .resourceControl({strangers})
                .with("aws:PrincipalOrgID", {organisation})
                .verdict();
        };
        QCOMPARE(ask(ann, "o-1"), Verdict::Allowed);
        QCOMPARE(ask(stranger, "o-2"), Verdict::ExplicitDeny);
    }

    void anEndpointPolicyMustAllow()
    {
        QCOMPARE(read(ann).identity(policy(allowAll)).endpoint(lets("'*'", "s3:*")).verdict(), Verdict::Allowed);
        QCOMPARE(read(ann).identity(policy(allowAll)).endpoint(lets("'*'", "s3:PutObject")).verdict(),
            Verdict::ImplicitDeny);
    }

    /// "Cross-account policy evaluation logic".
    void betweenAccountsBothSidesMustAllow()
    {
        QCOMPARE(read(stranger).identity(policy(allowAll)).verdict(), Verdict::ImplicitDeny);
        QCOMPARE(read(stranger).resource(lets(aws(stranger))).verdict(), Verdict::ImplicitDeny);
        QCOMPARE(read(stranger).identity(policy(allowAll)).resource(lets(aws(stranger))).verdict(), Verdict::Allowed);
        QCOMPARE(read(stranger).identity(policy(allowAll)).resource(lets(aws(ann))).verdict(), Verdict::ImplicitDeny);
        QCOMPARE(read(stranger).identity(policy(allowAll)).resource(lets("'*'")).verdict(), Verdict::Allowed);
        QCOMPARE(read(stranger).resource(lets("'*'")).verdict(), Verdict::ImplicitDeny);
    }

    void anAccountMayBeNamedByNumberOrByItsRoot()
    {
        for (const char* name : {"444455556666", "arn:aws:iam::444455556666:root"})
            QCOMPARE(read(stranger).identity(policy(allowAll)).resource(lets(aws(name))).verdict(), Verdict::Allowed);
    }

    void withinAnAccountOneSideIsEnough()
    {
        QCOMPARE(read(ann).identity(policy(allowAll)).resource(lets(aws(stranger))).verdict(), Verdict::Allowed);
        QCOMPARE(read(ann).resource(lets(aws(ann))).verdict(), Verdict::Allowed);
        QCOMPARE(read(worker).resource(lets(aws(worker))).verdict(), Verdict::Allowed);
        QCOMPARE(read(session).resource(lets(aws(worker))).verdict(), Verdict::Allowed);
        QCOMPARE(read(ann).resource(lets("'*'")).verdict(), Verdict::Allowed);
    }

    /// Naming an account lets its own policies decide; it grants nobody anything.
    void namingTheOwnAccountGrantsNothingByItself()
    {
        QCOMPARE(read(ann).resource(lets(aws(accountRoot))).verdict(), Verdict::ImplicitDeny);
        QCOMPARE(read(ann).identity(policy(allowS3)).resource(lets(aws(accountRoot))).verdict(), Verdict::Allowed);
    }

    void theBucketsAccountDecidesNotTheArn()
    {
        Asked asked(stranger, "s3:GetObject", object, "444455556666");
        QCOMPARE(asked.identity(policy(allowAll)).verdict(), Verdict::Allowed);
    }

    void somebodyWithoutCredentialsNeedsEveryone()
    {
        QCOMPARE(read("*").resource(lets("'*'")).verdict(), Verdict::Allowed);
        QCOMPARE(read("*").resource(lets(aws(ann))).verdict(), Verdict::ImplicitDeny);
        QCOMPARE(read("*").verdict(), Verdict::ImplicitDeny);
        QCOMPARE(read("*").resource(lets("'*'")).control({policy({allowAll, denyAll})}).verdict(), Verdict::Allowed);
    }

    void aServiceNeedsToBeNamed()
    {
        QCOMPARE(read("logging.s3.amazonaws.com").resource(lets("{'Service': 'logging.s3.amazonaws.com'}")).verdict(),
            Verdict::Allowed);
        QCOMPARE(read("logging.s3.amazonaws.com").resource(lets(aws(accountRoot))).verdict(), Verdict::ImplicitDeny);
    }

    /// "Key policies in AWS KMS": without the key policy no policy of IAM has any effect.
    void aKeyPolicyIsNeededForAKey()
    {
        QCOMPARE(decrypt(ann).identity(policy(allowAll)).resource(lets(aws(worker), "kms:*")).verdict(),
            Verdict::ImplicitDeny);
        QCOMPARE(decrypt(ann).resource(lets(aws(ann), "kms:*")).verdict(), Verdict::Allowed);
    }

    /// "Default key policy": naming the account lets policies of IAM decide.
    void aKeyPolicyThatNamesTheAccountLetsItsPoliciesDecide()
    {
        QCOMPARE(decrypt(ann).resource(lets(aws(accountRoot), "kms:*")).verdict(), Verdict::ImplicitDeny);
        QCOMPARE(decrypt(ann).identity(policy(allowAll)).resource(lets(aws(accountRoot), "kms:*")).verdict(),
            Verdict::Allowed);
        QCOMPARE(decrypt(ann).identity(policy(allowAll)).resource(lets(aws(accountRoot), "kms:Describe*")).verdict(),
            Verdict::ImplicitDeny);
    }

    void aKeyWhosePolicyWasNotExportedIsUnknown()
    {
        QCOMPARE(decrypt(ann).identity(policy(allowAll)).openly().verdict(), Verdict::Unknown);
        QCOMPARE(decrypt(ann).openly().verdict(), Verdict::ImplicitDeny);
    }

    void ofAKeyInAnotherAccountBothSidesMustAllow()
    {
        QCOMPARE(decrypt(stranger).resource(lets(aws(stranger), "kms:*")).verdict(), Verdict::ImplicitDeny);
        QCOMPARE(decrypt(stranger).identity(policy(allowAll)).resource(lets(aws("444455556666"), "kms:*")).verdict(),
            Verdict::Allowed);
    }

    /// "IAM role trust policies": one's own user may be let in by its name alone.
    void aTrustPolicyThatNamesAUserOfTheAccountIsEnough()
    {
        QCOMPARE(assume(ann).resource(trusts(aws(ann))).verdict(), Verdict::Allowed);
        QCOMPARE(assume(ann).resource(trusts(aws(accountRoot))).verdict(), Verdict::ImplicitDeny);
        QCOMPARE(assume(ann).identity(policy(allowAll)).resource(trusts(aws(accountRoot))).verdict(), Verdict::Allowed);
    }

    void withoutTrustNobodyAssumes()
    {
        QCOMPARE(assume(ann).identity(policy(allowAll)).resource(trusts("{'Service': 'ec2.amazonaws.com'}")).verdict(),
            Verdict::ImplicitDeny);
        QCOMPARE(assume("ec2.amazonaws.com").resource(trusts("{'Service': 'ec2.amazonaws.com'}")).verdict(),
            Verdict::Allowed);
    }

    void fromAnotherAccountTrustAndPermissionAreNeeded()
    {
        QCOMPARE(assume(stranger).resource(trusts(aws(stranger))).verdict(), Verdict::ImplicitDeny);
        QCOMPARE(assume(stranger).identity(policy(allowAll)).verdict(), Verdict::ImplicitDeny);
        QCOMPARE(assume(stranger).identity(policy(allowAll)).resource(trusts(aws("444455556666"))).verdict(),
            Verdict::Allowed);
    }

    void anExternalIdMustBeGiven()
    {
        const std::string trust =
            trusts(aws("444455556666"), ", 'Condition': {'StringEquals': {'sts:ExternalId': '7'}}");
        const auto ask = [&] { return assume(stranger).identity(policy(allowAll)).resource(trust); };
        QCOMPARE(ask().verdict(), Verdict::ImplicitDeny);
        QCOMPARE(ask().with("sts:ExternalId", {"8"}).verdict(), Verdict::ImplicitDeny);
        QCOMPARE(ask().with("sts:ExternalId", {"7"}).verdict(), Verdict::Allowed);
        QCOMPARE(ask().openly().verdict(), Verdict::Conditional);
    }

    void aFederatedIdentityIsLetInByItsProvider()
    {
        const char* const provider = "arn:aws:iam::111122223333:oidc-provider/token.example.org";
        const auto ask = [&](const char* audience) {
            return Asked(provider, "sts:AssumeRoleWithWebIdentity", worker)
                .resource(policy(
                    std::string(
                        "'Effect': 'Allow', 'Action': 'sts:AssumeRoleWithWebIdentity', 'Principal': {'Federated': '")
                    + provider + "'}, 'Condition': {'StringEquals': {'token.example.org:aud': 'ours'}}"))
                .with("token.example.org:aud", {audience})
                .verdict();
        };
        QCOMPARE(ask("ours"), Verdict::Allowed);
        QCOMPARE(ask("theirs"), Verdict::ImplicitDeny);
    }

    void whatOnlyOneOfTwoStatementsLeavesOpenIsNotOpen()
    {
        const Asked asked =
            read(ann)
                .identity(
                    policy({std::string(allowS3) + ", 'Condition': {'Bool': {'aws:MultiFactorAuthPresent': 'true'}}",
                        allowS3}))
                .openly();
        QCOMPARE(asked.verdict(), Verdict::Allowed);
        QVERIFY(asked.answer().open.isEmpty());
    }

    void whatABoundaryLeavesOpenIsPartOfTheAnswer()
    {
        const Asked asked = read(ann)
                                .identity(policy(allowAll))
                                .openly()
                                .boundary(policy(std::string(allowS3)
                                    + ", 'Condition': {'StringEquals': {'aws:RequestedRegion': 'eu-central-1'}}"));
        QCOMPARE(asked.verdict(), Verdict::Conditional);
        QVERIFY(asked.answer().open.text().find("aws:RequestedRegion") != std::string::npos);
    }

    /// "IAM JSON policy elements: Resource": a request for many things is only partly allowed where some fit.
    void aRequestForManyThingsIsAllowedInPart()
    {
        const auto ask = [](const char* pattern) {
            return Asked(ann, "s3:GetObject", "arn:aws:s3:::bucket/*")
                .openly()
                .identity(policy(std::string("'Effect': 'Allow', 'Action': '*', 'Resource': '") + pattern + "'"))
                .verdict();
        };
        QCOMPARE(ask("arn:aws:s3:::bucket/*"), Verdict::Allowed);
        QCOMPARE(ask("arn:aws:s3:::bucket/logs/*"), Verdict::Conditional);
        QCOMPARE(ask("arn:aws:s3:::other/*"), Verdict::ImplicitDeny);
    }

    /// "AWS managed policies": nobody but the provider changes them.
    void managedPoliciesOfTheProviderCantBeChanged()
    {
        QCOMPARE(Asked(ann, "iam:CreatePolicyVersion", "arn:aws:iam::aws:policy/ReadOnlyAccess")
                     .identity(policy(allowAll))
                     .verdict(),
            Verdict::ImplicitDeny);
        QCOMPARE(Asked(ann, "iam:GetPolicyVersion", "arn:aws:iam::aws:policy/ReadOnlyAccess", "111122223333")
                     .identity(policy(allowAll))
                     .verdict()
                == Verdict::ExplicitDeny,
            false);
    }
};

QTEST_APPLESS_MAIN(EvaluateTest)
#include "tst_evaluate.moc"
