// SPDX-License-Identifier: GPL-3.0-or-later
#include "identity/access_trace.h"
#include "identity/policy_words.h"
#include "small_identities.h"

#include <QtTest>

using namespace glacis;

namespace {

QString said(const char* statement, std::string_view target = {})
{
    const PolicyDocument document = parsePolicy(policy(statement));
    return document.statements.empty()
        ? QString()
        : QString::fromStdString(plainWords(document.statements.front(), "whoever has it", target));
}

} // namespace

class PolicyWordsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void anAccountThatMayReadABucketWithMfa()
    {
        QCOMPARE(
            said("'Effect': 'Allow', 'Principal': {'AWS': 'arn:aws:iam::111122223333:root'}, 'Action': 's3:GetObject', "
                 "'Resource': 'arn:aws:s3:::x/*', 'Condition': {'Bool': {'aws:MultiFactorAuthPresent': 'true'}}"),
            QStringLiteral("Lets anyone in account 111122223333 read objects of bucket x, only with MFA."));
    }

    void aDenialWithoutTls()
    {
        QCOMPARE(said("'Effect': 'Deny', 'Principal': '*', 'Action': 's3:*', 'Resource': '*', "
                      "'Condition': {'Bool': {'aws:SecureTransport': 'false'}}"),
            QStringLiteral("Forbids anyone to do everything of S3 on everything, only without TLS."));
    }

    void allButSomeActions()
    {
        QCOMPARE(said("'Effect': 'Allow', 'NotAction': ['iam:*', 'organizations:*'], 'Resource': '*'"),
            QStringLiteral("Lets whoever has it do everything but do everything of IAM and do everything of "
                           "Organizations on everything."));
    }

    void aTrustPolicySpeaksOfItsRole()
    {
        QCOMPARE(said("'Effect': 'Allow', 'Principal': {'Service': 'lambda.amazonaws.com'}, 'Action': 'sts:AssumeRole'",
                     "role x"),
            QStringLiteral("Lets the service lambda.amazonaws.com become role x."));
    }

    void whatHasNoWordsIsSaidByItsName()
    {
        QCOMPARE(said("'Effect': 'Allow', 'Action': 'ec2:DescribeInstances', 'Resource': '*', "
                      "'Condition': {'StringLike': {'ec2:Owner': 'a*'}}"),
            QStringLiteral("Lets whoever has it describe instances (EC2) on everything, only if ec2:Owner StringLike "
                           "a*."));
    }

    void aStatementThatCouldDenyIsTracedWithWhyItDoesNot()
    {
        SmallIdentities small;
        small.thing(Kind::ObjectStore, "arn:aws:s3:::data")
            .document(PolicyRole::Resource,
                policy("'Effect': 'Deny', 'Principal': '*', 'Action': 's3:*', 'Resource': 'arn:aws:s3:::data/*', "
                       "'Condition': {'Bool': {'aws:SecureTransport': 'false'}}"));
        small.user("ann").may("'Effect': 'Allow', 'Action': 's3:GetObject', 'Resource': 'arn:aws:s3:::data/*'");
        small.may("'Effect': 'Deny', 'Action': 's3:GetObject', 'Resource': 'arn:aws:s3:::other/*'");
        const Estate estate = small.linked();
        const Policies policies(estate);
        const auto traced = traceAccess(policies, *estate.find(SmallIdentities::arn("user/ann")),
            *estate.find("arn:aws:s3:::data"), "s3:GetObject", "arn:aws:s3:::data/*");
        QCOMPARE(traced.size(), std::size_t{3});
        int failed = 0, other = 0, applies = 0;
        for (const TracedStatement& one : traced) {
            failed += one.outcome == TracedStatement::Outcome::ConditionsFail ? 1 : 0;
            other += one.outcome == TracedStatement::Outcome::OtherResource ? 1 : 0;
            applies += one.allows && one.outcome == TracedStatement::Outcome::Applies ? 1 : 0;
        }
        QCOMPARE(failed, 1);
        QCOMPARE(other, 1);
        QCOMPARE(applies, 1);
        QVERIFY(!traced.front().allows);
        QVERIFY(traced.back().allows);
    }
};

QTEST_APPLESS_MAIN(PolicyWordsTest)
#include "tst_policy_words.moc"
