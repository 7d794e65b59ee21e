// SPDX-License-Identifier: GPL-3.0-or-later
#include "asked.h"

#include <QtTest>

using namespace glacis;

Q_DECLARE_METATYPE(glacis::Verdict)

namespace {

std::string allow(const std::string& action, const std::string& resource, const std::string& more = {})
{
    return policy("'Effect': 'Allow', 'Action': '" + action + "', 'Resource': '" + resource + "'" + more);
}

std::string bucketPolicy(const std::string& principal)
{
    return policy(
        "'Effect': 'Allow', 'Action': 's3:GetObject', 'Resource': '*', 'Principal': {'AWS': '" + principal + "'}");
}

/// "*" as a test of a single request means it: some resource that the action knows.
Verdict onAny(const char* action, const std::string& resource)
{
    Asked asked(ann, action, "*", "111122223333");
    asked.request.anyResource = true;
    return asked.identity(allow("s3:*", resource)).verdict();
}

} // namespace

/// The corners of the evaluation, each by the words of the documentation.
class EvaluateCornersTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    /// "Grants in AWS KMS": considered beside the key policy and the policies of identities, and in another account
    /// too.
    void aGrantLetsItsGranteeAndNobodyElse()
    {
        const auto grantTo = [](const std::string& who) {
            return policy(
                "'Effect': 'Allow', 'Principal': {'AWS': '" + who + "'}, 'Action': 'kms:Decrypt', 'Resource': '*'");
        };
        const std::string keyPolicy =
            policy("'Effect': 'Allow', 'Principal': {'AWS': '111122223333'}, 'Action': 'kms:*', 'Resource': '*'");
        const auto asked = [&](const char* who, const char* action) {
            return Asked(who, action, kmsKey, "111122223333").resource(keyPolicy);
        };
        QCOMPARE(asked(ann, "kms:Decrypt").grant(grantTo(ann)).verdict(), Verdict::Allowed);
        QCOMPARE(asked(ann, "kms:Encrypt").grant(grantTo(ann)).verdict(), Verdict::ImplicitDeny);
        QCOMPARE(asked(worker, "kms:Decrypt").grant(grantTo(ann)).verdict(), Verdict::ImplicitDeny);
        QCOMPARE(asked(worker, "kms:Decrypt").grant(grantTo(worker)).verdict(), Verdict::Allowed);
        QCOMPARE(asked(stranger, "kms:Decrypt").grant(grantTo(stranger)).verdict(), Verdict::Allowed);
        QCOMPARE(asked(stranger, "kms:Decrypt").grant(grantTo(ann)).verdict(), Verdict::ImplicitDeny);
    }

    void anExplicitDenialStandsAboveAGrant()
    {
        const std::string grant = policy(std::string("'Effect': 'Allow', 'Principal': {'AWS': '") + ann
            + "'}, 'Action': 'kms:Decrypt', 'Resource': '*'");
        const std::string denies = "'Effect': 'Deny', 'Action': 'kms:*', 'Resource': '*'";
        const auto asked = [&] { return Asked(ann, "kms:Decrypt", kmsKey, "111122223333").grant(grant); };
        QCOMPARE(asked().resource(policy(denies + ", 'Principal': '*'")).verdict(), Verdict::ExplicitDeny);
        QCOMPARE(asked().identity(policy(denies)).verdict(), Verdict::ExplicitDeny);
        QCOMPARE(
            asked().control({policy(allowAll)}).control({policy({allowAll, denies})}).verdict(), Verdict::ExplicitDeny);
    }

    void theEncryptionContextOfAGrantMustBeTheRequests()
    {
        const std::string grant = policy(std::string("'Effect': 'Allow', 'Principal': {'AWS': '") + ann
            + "'}, 'Action': 'kms:Decrypt', 'Resource': '*', 'Condition': {'StringEquals': "
              "{'kms:EncryptionContext:app': 'shop'}}");
        const auto asked = [&] { return Asked(ann, "kms:Decrypt", kmsKey, "111122223333").grant(grant); };
        QCOMPARE(asked().with("kms:EncryptionContext:app", {"shop"}).verdict(), Verdict::Allowed);
        QCOMPARE(asked().with("kms:EncryptionContext:app", {"bank"}).verdict(), Verdict::ImplicitDeny);
        QCOMPARE(asked().verdict(), Verdict::ImplicitDeny);
        QCOMPARE(asked().openly().verdict(), Verdict::Conditional);
    }

    /// "IAM JSON policy elements: Resource": an action that knows no resources is named with "*".
    void anActionThatKnowsNoResourcesNeedsAStar()
    {
        QCOMPARE(onAny("s3:ListAllMyBuckets", "arn:aws:s3:::bucket"), Verdict::ImplicitDeny);
        QCOMPARE(onAny("s3:ListAllMyBuckets", "*"), Verdict::Allowed);
    }

    void askingForAnyResourceIsAnsweredByThoseThatAreAllowed()
    {
        QCOMPARE(onAny("s3:GetObject", "arn:aws:s3:::bucket/*"), Verdict::Conditional);
        QCOMPARE(onAny("s3:GetObject", "arn:aws:s3:::bucket"), Verdict::ImplicitDeny);
        QCOMPARE(onAny("s3:GetObject", "arn:aws:sqs:*:*:queue"), Verdict::ImplicitDeny);
    }

    void partsThatOnlyTheBoundaryOrOnlyThePolicyAllowsAreNotAllowed()
    {
        const auto ask = [](const char* boundary) {
            return Asked(ann, "s3:GetObject", "arn:aws:s3:::bucket/*", "111122223333")
                .identity(allow("s3:GetObject", "arn:aws:s3:::bucket/public/*"))
                .boundary(allow("s3:*", boundary))
                .answer();
        };
        QCOMPARE(ask("arn:aws:s3:::bucket/private/*").verdict, Verdict::ImplicitDeny);
        const Evaluation part = ask("arn:aws:s3:::bucket/public/*");
        QCOMPARE(part.verdict, Verdict::Conditional);
        QCOMPARE(part.open.text(), std::string("the resource is arn:aws:s3:::bucket/public/*"));
    }

    void aDenialOfAPartLeavesTheRest()
    {
        const Evaluation answer =
            Asked(ann, "s3:GetObject", "arn:aws:s3:::bucket/*", "111122223333")
                .identity(
                    policy({allowAll, "'Effect': 'Deny', 'Action': '*', 'Resource': 'arn:aws:s3:::bucket/secret/*'"}))
                .answer();
        QCOMPARE(answer.verdict, Verdict::Conditional);
        QCOMPARE(answer.open.text(), std::string("not (the resource is arn:aws:s3:::bucket/secret/*)"));
    }

    /// "IAM ARNs": a wildcard can't stand for the type of a resource.
    void aWildcardDoesNotStandForTheTypeOfAThing()
    {
        const auto ask = [](const char* pattern) {
            return Asked(ann, "ec2:StopInstances", "arn:aws:ec2:eu-central-1:111122223333:instance/i-1")
                .identity(allow("ec2:*", pattern))
                .verdict();
        };
        QCOMPARE(ask("arn:aws:ec2:*:*:*/i-1"), Verdict::ImplicitDeny);
        QCOMPARE(ask("arn:aws:ec2:*:*:*/*"), Verdict::Allowed);
        QCOMPARE(ask("arn:aws:ec2:*:*:instance/*"), Verdict::Allowed);
        QCOMPARE(
            Asked(ann, "s3:GetObject", object, "111122223333").identity(allow("s3:*", "arn:aws:s3:::*/key")).verdict(),
            Verdict::Allowed);
    }

    /// "GetCallerIdentity", "GetSessionToken", AWS STS API Reference.
    void someCallsNeedNoPermission()
    {
        const std::string deny = policy("'Effect': 'Deny', 'Action': '*', 'Resource': '*'");
        QCOMPARE(Asked(ann, "sts:GetCallerIdentity", "*").identity(deny).verdict(), Verdict::Allowed);
        QCOMPARE(Asked("", "sts:GetCallerIdentity", "*").verdict(), Verdict::ImplicitDeny);
        QCOMPARE(Asked(ann, "sts:GetSessionToken", "*").verdict(), Verdict::Allowed);
        QCOMPARE(Asked(session, "sts:GetSessionToken", "*").verdict(), Verdict::ImplicitDeny);
        QCOMPARE(Asked(ann, "sts:GetFederationToken", "*").verdict(), Verdict::ImplicitDeny);
    }

    void whatBelongsToAServiceIsChangedByNobodyElse()
    {
        const auto ask = [](const char* action, const char* role) {
            return Asked(ann, action, std::string("arn:aws:iam::111122223333:role/") + role)
                .identity(policy(allowAll))
                .verdict();
        };
        const char* const linked = "aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS";
        QCOMPARE(ask("iam:AttachRolePolicy", linked), Verdict::ImplicitDeny);
        QCOMPARE(ask("iam:UpdateRoleDescription", linked), Verdict::Allowed);
        QCOMPARE(ask("iam:GetRole", linked), Verdict::Allowed);
        const char* const reserved = "aws-reserved/sso.amazonaws.com/AWSReservedSSO_Admin_0123456789abcdef";
        QCOMPARE(ask("iam:PutRolePolicy", reserved), Verdict::ImplicitDeny);
        QCOMPARE(ask("iam:ListRolePolicies", reserved), Verdict::Allowed);
        QCOMPARE(ask("iam:PutRolePolicy", "worker"), Verdict::Allowed);
    }

    /// "Resource control policies (RCPs)": the services that they reach are listed.
    void resourceControlReachesOnlyWhatItIsMadeFor()
    {
        const std::string deny = policy("'Effect': 'Deny', 'Principal': '*', 'Action': '*', 'Resource': '*'");
        const auto ask = [&](const char* action, const std::string& resource) {
            return Asked(ann, action, resource, "111122223333")
                .identity(policy(allowAll))
                .resource(
                    policy("'Effect': 'Allow', 'Action': '*', 'Resource': '*', 'Principal': {'AWS': '111122223333'}"))
                .resourceControl({deny})
                .verdict();
        };
        QCOMPARE(ask("s3:GetObject", object), Verdict::ExplicitDeny);
        QCOMPARE(ask("ec2:StopInstances", "arn:aws:ec2:eu-central-1:111122223333:instance/i-1"), Verdict::Allowed);
        QCOMPARE(ask("kms:Decrypt", kmsKey), Verdict::ExplicitDeny);
        QCOMPARE(ask("kms:RetireGrant", kmsKey), Verdict::Allowed);
    }

    /// "Permissions boundaries for IAM entities": only what names the role is limited.
    void aBoundaryLimitsWhatNamesARoleAndNothingElseInItsAccount()
    {
        const auto ask = [](const char* who, const char* named) {
            return Asked(who, "s3:GetObject", object, "111122223333")
                .boundary(allow("ec2:*", "*"))
                .resource(bucketPolicy(named))
                .verdict();
        };
        QCOMPARE(ask(session, worker), Verdict::ImplicitDeny);
        QCOMPARE(ask(worker, worker), Verdict::ImplicitDeny);
        QCOMPARE(ask(session, session), Verdict::Allowed);
        QCOMPARE(ask(session, "*"), Verdict::Allowed);
        QCOMPARE(ask(ann, ann), Verdict::Allowed);
        QCOMPARE(ask(session, "111122223333"), Verdict::ImplicitDeny);
    }

    void aSessionIsOfItsRoleWhateverThePath()
    {
        QCOMPARE(Asked(session, "s3:GetObject", object, "111122223333")
                     .resource(bucketPolicy("arn:aws:iam::111122223333:role/team/worker"))
                     .verdict(),
            Verdict::Allowed);
    }

    void aRoleMayBeAnyOfItsSessionsWhenAnExportAsks()
    {
        const auto ask = [] {
            return Asked(worker, "s3:GetObject", object, "111122223333").resource(bucketPolicy(session));
        };
        QCOMPARE(ask().verdict(), Verdict::ImplicitDeny);
        QCOMPARE(ask().openly().answer().open.text(), std::string("the session is named tonight"));
    }

    void anEndpointPolicyMayNameWhoPasses()
    {
        const auto ask = [](const char* named) {
            return Asked(ann, "s3:GetObject", object, "111122223333")
                .identity(policy(allowAll))
                .endpoint(bucketPolicy(named))
                .verdict();
        };
        QCOMPARE(ask(ann), Verdict::Allowed);
        QCOMPARE(ask(stranger), Verdict::ImplicitDeny);
    }

    void severalOpenWaysAreAlternatives()
    {
        const auto when = [](const char* key) {
            return std::string(", 'Condition': {'StringEquals': {'") + key + "': 'x'}}";
        };
        Asked asked(ann, "s3:GetObject", object, "111122223333");
        asked.identity(allow("s3:*", "*", when("aws:SourceVpc"))).identity(allow("s3:*", "*", when("aws:SourceVpce")));
        const Evaluation answer = asked.openly().answer();
        QCOMPARE(answer.verdict, Verdict::Conditional);
        QCOMPARE(answer.open.lines().size(), std::size_t(1));
        QCOMPARE(answer.open.text(), std::string("aws:SourceVpc StringEquals x or aws:SourceVpce StringEquals x"));
    }

    /// "Actions, resources, and condition keys for AWS services": s3:prefix is a key of listing, not of reading.
    void aKeyThatTheActionCanNotHaveIsNotOpen()
    {
        const auto ask = [](const char* action, const char* resource) {
            return Asked(ann, action, resource, "111122223333")
                .identity(allow("s3:*", "*", ", 'Condition': {'StringEquals': {'s3:prefix': 'x'}}"))
                .openly()
                .verdict();
        };
        QCOMPARE(ask("s3:ListBucket", "arn:aws:s3:::bucket"), Verdict::Conditional);
        QCOMPARE(ask("s3:GetObject", object), Verdict::ImplicitDeny);
    }

    void keysMayBeToldWhollyOrByPresenceOnly()
    {
        Asked asked(ann, "s3:GetObject", object, "111122223333");
        asked.identity(allow("s3:*", "*", ", 'Condition': {'StringEquals': {'aws:PrincipalTag/team': 'x'}}")).openly();
        QCOMPARE(asked.verdict(), Verdict::Conditional);
        asked.request.told = {"aws:PrincipalTag/*"};
        QCOMPARE(asked.verdict(), Verdict::ImplicitDeny);
        asked.request.present = {"aws:PrincipalTag/team"};
        QCOMPARE(asked.verdict(), Verdict::Conditional);
    }

    void setOperatorsOfNoValue_data()
    {
        QTest::addColumn<QByteArray>("op");
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<Verdict>("verdict");
        const Verdict yes = Verdict::Allowed, no = Verdict::ImplicitDeny;
        QTest::newRow("every of none") << QByteArray("ForAllValues:StringEquals") << QByteArray("x") << yes;
        QTest::newRow("some of none") << QByteArray("ForAnyValue:StringEquals") << QByteArray("x") << no;
        QTest::newRow("some of none, if there")
            << QByteArray("ForAnyValue:StringEqualsIfExists") << QByteArray("x") << yes;
        QTest::newRow("every of none is null") << QByteArray("ForAllValues:Null") << QByteArray("true") << yes;
        QTest::newRow("some of none is null") << QByteArray("ForAnyValue:Null") << QByteArray("true") << no;
    }
    void setOperatorsOfNoValue()
    {
        QFETCH(QByteArray, op);
        QFETCH(QByteArray, value);
        QFETCH(Verdict, verdict);
        Asked asked(ann, "s3:GetObject", object, "111122223333");
        asked.identity(allow("s3:*", "*",
            ", 'Condition': {'" + op.toStdString() + "': {'aws:TagKeys': '" + value.toStdString() + "'}}"));
        QCOMPARE(asked.verdict(), verdict);
        if (!op.contains("Null") && !op.contains("IfExists"))
            QCOMPARE(asked.with("aws:TagKeys", {""}).verdict(), verdict);
    }

    /// "IAM policy elements: Variables and tags": not with numbers, dates, addresses and truth values.
    void variablesAreFilledInForTextsOnly()
    {
        const auto ask = [](const char* op) {
            return Asked(ann, "s3:GetObject", object, "111122223333")
                .identity(allow("s3:*", "*", std::string(", 'Condition': {'") + op + "': {'k': '${limit}'}}"))
                .with("k", {"5"})
                .with("limit", {"5"})
                .verdict();
        };
        QCOMPARE(ask("StringEquals"), Verdict::Allowed);
        QCOMPARE(ask("NumericEquals"), Verdict::ImplicitDeny);
    }
};

QTEST_APPLESS_MAIN(EvaluateCornersTest)
#include "tst_evaluate_corners.moc"
