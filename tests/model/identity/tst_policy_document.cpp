// SPDX-License-Identifier: GPL-3.0-or-later
#include "asked.h"

#include <QtTest>

using namespace glacis;

namespace {

/// The verdict for ann under one statement of her own.
Verdict under(const std::string& statement, std::string_view action, std::string_view resource)
{
    return Asked(ann, action, resource).identity(policy(statement)).verdict();
}

/// The verdict for somebody under one statement of a bucket's policy, in the account of the bucket.
Verdict byBucket(const std::string& statement, std::string_view who, bool mayByItself = false)
{
    Asked asked(who, "s3:GetObject", object, "111122223333");
    if (mayByItself)
        asked.identity(policy(allowAll));
    return asked.resource(policy(statement)).verdict();
}

} // namespace

class PolicyDocumentTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void oneTextReadsLikeAListOfOne()
    {
        const PolicyDocument one =
            parsePolicy(quoted("{'Statement': {'Effect': 'Allow', 'Action': 's3:GetObject', 'Resource': '*'}}"));
        QCOMPARE(one.statements.size(), std::size_t(1));
        QCOMPARE(one.statements[0].pointer, std::string("/Statement"));
        QCOMPARE(one.statements[0].actions.at(0).service, std::string("s3"));
        QCOMPARE(one.statements[0].actions.at(0).name, std::string("getobject"));
        QVERIFY(one.statements[0].resources.at(0).everything);
    }

    void aStatementKnowsItsPlaceAndName()
    {
        const PolicyDocument document =
            parsePolicy(policy({allowAll, "'Sid': 'Second', 'Effect': 'Deny', 'Action': 's3:*', 'Resource': '*'"}));
        QCOMPARE(document.statements[1].pointer, std::string("/Statement/1"));
        QCOMPARE(document.statements[1].sid, std::string("Second"));
        QVERIFY(!document.statements[1].allows);
    }

    void aStatementThatDoesNotFollowTheGrammarIsNotedAndTheOthersStay_data()
    {
        QTest::addColumn<QByteArray>("statement");
        for (const char* statement : {"'Effect': 'Permit', 'Action': '*', 'Resource': '*'", "'Action': '*'",
                 "'Effect': 'allow', 'Action': '*'", "'Effect': 'Allow', 'Resource': '*'",
                 "'Effect': 'Allow', 'Action': '*', 'Resource': '*', 'Condition': {'Bool': 'x'}"})
            QTest::newRow(statement) << QByteArray(statement);
    }
    void aStatementThatDoesNotFollowTheGrammarIsNotedAndTheOthersStay()
    {
        QFETCH(QByteArray, statement);
        const PolicyDocument document = parsePolicy(policy({statement.toStdString(), allowAll}));
        QCOMPARE(document.problems.size(), std::size_t(1));
        QCOMPARE(document.statements.size(), std::size_t(1));
        QCOMPARE(document.statements[0].pointer, std::string("/Statement/1"));
    }

    void whatIsNoPolicySaysNothing()
    {
        for (const char* text : {"", "[]", "3", "{", "null", "\"\\ud800\""})
            QCOMPARE(parsePolicy(text).statements.size(), std::size_t(0));
        QVERIFY(!parsePolicy("{").problems.empty());
    }

    void operatorsAreTakenApart()
    {
        const PolicyDocument document =
            parsePolicy(policy("'Effect': 'Allow', 'Action': '*', 'Resource': '*', "
                               "'Condition': {'ForAnyValue:StringLikeIfExists': {'aws:TagKeys': ['a', 'b']}}"));
        const Condition& condition = document.statements[0].conditions.at(0);
        QCOMPARE(condition.op, std::string("StringLike"));
        QVERIFY(condition.set == Condition::Set::ForAnyValue && condition.ifExists);
        QCOMPARE(condition.values.size(), std::size_t(2));
    }

    void truthAndNumbersWithoutQuotesAreTexts()
    {
        const PolicyDocument document =
            parsePolicy(policy("'Effect': 'Allow', 'Action': '*', 'Resource': '*', "
                               "'Condition': {'Bool': {'a': true}, 'NumericLessThan': {'b': 300}}"));
        QCOMPARE(document.statements[0].conditions[0].values, std::vector<std::string>{"true"});
        QCOMPARE(document.statements[0].conditions[1].values, std::vector<std::string>{"300"});
    }

    void actionsAreComparedWithoutCase()
    {
        QCOMPARE(under("'Effect': 'Allow', 'Action': 'S3:getobject', 'Resource': '*'", "s3:GetObject", object),
            Verdict::Allowed);
        QCOMPARE(
            under("'Effect': 'Allow', 'Action': 's3:GET*', 'Resource': '*'", "s3:GetObject", object), Verdict::Allowed);
    }

    void resourcesAreComparedWithCase()
    {
        QCOMPARE(
            under("'Effect': 'Allow', 'Action': '*', 'Resource': 'arn:aws:s3:::bucket/Key'", "s3:GetObject", object),
            Verdict::ImplicitDeny);
        QCOMPARE(
            under("'Effect': 'Allow', 'Action': '*', 'Resource': 'arn:aws:s3:::bucket/key'", "s3:GetObject", object),
            Verdict::Allowed);
    }

    void wildcardsInActions_data()
    {
        QTest::addColumn<QByteArray>("pattern");
        QTest::addColumn<bool>("matches");
        QTest::newRow("all") << QByteArray("*") << true;
        QTest::newRow("of the service") << QByteArray("s3:*") << true;
        QTest::newRow("prefix") << QByteArray("s3:Get*") << true;
        QTest::newRow("in the middle") << QByteArray("s3:*Obj*") << true;
        QTest::newRow("marks stand for one character each") << QByteArray("s3:Get??????") << true;
        QTest::newRow("a mark is not nothing") << QByteArray("s3:GetObject?") << false;
        QTest::newRow("a star may be nothing") << QByteArray("s3:GetObject*") << true;
        QTest::newRow("too few marks") << QByteArray("s3:Get?????") << false;
        QTest::newRow("another service") << QByteArray("s3express:*") << false;
        QTest::newRow("a prefix without a star") << QByteArray("s3:Get") << false;
        QTest::newRow("no service") << QByteArray("GetObject") << false;
    }
    void wildcardsInActions()
    {
        QFETCH(QByteArray, pattern);
        QFETCH(bool, matches);
        const Verdict verdict = under(
            "'Effect': 'Allow', 'Action': '" + pattern.toStdString() + "', 'Resource': '*'", "s3:GetObject", object);
        QCOMPARE(verdict, matches ? Verdict::Allowed : Verdict::ImplicitDeny);
    }

    void wildcardsInResources_data()
    {
        QTest::addColumn<QByteArray>("pattern");
        QTest::addColumn<bool>("matches");
        QTest::newRow("objects of the bucket") << QByteArray("arn:aws:s3:::bucket/*") << true;
        QTest::newRow("the bucket itself is not its objects") << QByteArray("arn:aws:s3:::bucket") << false;
        QTest::newRow("buckets by prefix, and what is in them") << QByteArray("arn:aws:s3:::buck*") << true;
        QTest::newRow("one character") << QByteArray("arn:aws:s3:::b?cket/k?y") << true;
        QTest::newRow("a mark stands for exactly one") << QByteArray("arn:aws:s3:::b?ucket/key") << false;
        QTest::newRow("a star in the middle") << QByteArray("arn:aws:s3:::*/key") << true;
        QTest::newRow("folders need their slash") << QByteArray("arn:aws:s3:::bucket/*/key") << false;
        QTest::newRow("another service") << QByteArray("arn:aws:sqs:::*") << false;
    }
    void wildcardsInResources()
    {
        QFETCH(QByteArray, pattern);
        QFETCH(bool, matches);
        const Verdict verdict =
            under("'Effect': 'Allow', 'Action': 's3:GetObject', 'Resource': '" + pattern.toStdString() + "'",
                "s3:GetObject", object);
        QCOMPARE(verdict, matches ? Verdict::Allowed : Verdict::ImplicitDeny);
    }

    /// "IAM JSON policy elements: NotAction": allows all others, of every service.
    void notActionSpeaksOfAllOthers()
    {
        const std::string statement = "'Effect': 'Allow', 'NotAction': 'iam:*', 'Resource': '*'";
        QCOMPARE(under(statement, "s3:GetObject", object), Verdict::Allowed);
        QCOMPARE(under(statement, "iam:CreateUser", ann), Verdict::ImplicitDeny);
        QCOMPARE(under(statement, "IAM:createuser", ann), Verdict::ImplicitDeny);
    }

    /// Denying with NotAction allows nothing by itself.
    void aDenialWithNotActionAllowsNothing()
    {
        const std::string statement = "'Effect': 'Deny', 'NotAction': ['s3:*', 'sts:*'], 'Resource': '*'";
        QCOMPARE(under(statement, "iam:CreateUser", ann), Verdict::ExplicitDeny);
        QCOMPARE(under(statement, "s3:GetObject", object), Verdict::ImplicitDeny);
    }

    void notResourceSpeaksOfAllOthers()
    {
        const std::string statement =
            "'Effect': 'Deny', 'Action': 's3:*', 'NotResource': ['arn:aws:s3:::bucket', 'arn:aws:s3:::bucket/*']";
        QCOMPARE(under(statement, "s3:GetObject", object), Verdict::ImplicitDeny);
        QCOMPARE(under(statement, "s3:GetObject", "arn:aws:s3:::other/key"), Verdict::ExplicitDeny);
    }

    void notPrincipalWithDenyMeansAllOthers()
    {
        const std::string statement =
            std::string("'Effect': 'Deny', 'Action': 's3:*', 'Resource': '*', 'NotPrincipal': {'AWS': ['") + ann
            + "', 'arn:aws:iam::111122223333:root']}";
        QCOMPARE(byBucket(statement, ann, true), Verdict::Allowed);
        QCOMPARE(byBucket(statement, stranger, true), Verdict::ExplicitDeny);
    }

    /// "AWS JSON policy elements: NotPrincipal": whoever has a boundary is denied whatever is named.
    void notPrincipalWithDenyAlwaysMeansWhoHasABoundary()
    {
        Asked asked(ann, "s3:GetObject", object, "111122223333");
        asked.identity(policy(allowAll)).boundary(policy(allowAll));
        asked.resource(
            policy(std::string("'Effect': 'Deny', 'Action': 's3:*', 'Resource': '*', 'NotPrincipal': {'AWS': '") + ann
                + "'}"));
        QCOMPARE(asked.verdict(), Verdict::ExplicitDeny);
    }

    void everyoneMayBeWrittenInTwoWays()
    {
        for (const char* everyone : {"'*'", "{'AWS': '*'}", "{'AWS': ['*']}"}) {
            const std::string statement =
                std::string("'Effect': 'Allow', 'Action': 's3:*', 'Resource': '*', 'Principal': ") + everyone;
            QCOMPARE(byBucket(statement, "*"), Verdict::Allowed);
            QCOMPARE(byBucket(statement, ann), Verdict::Allowed);
        }
    }

    /// A wildcard is all or nothing in a Principal element: it can't stand for part of a name.
    void aPartOfANameIsNoPrincipal()
    {
        QCOMPARE(byBucket("'Effect': 'Allow', 'Action': '*', 'Resource': '*', 'Principal': {'AWS': "
                          "'arn:aws:iam::111122223333:user/*'}",
                     ann),
            Verdict::ImplicitDeny);
    }

    void aServiceIsNotAnAccount()
    {
        const std::string statement =
            "'Effect': 'Allow', 'Action': '*', 'Resource': '*', 'Principal': {'Service': 'logging.s3.amazonaws.com'}";
        QCOMPARE(byBucket(statement, "logging.s3.amazonaws.com"), Verdict::Allowed);
        QCOMPARE(byBucket(statement, "delivery.logs.amazonaws.com"), Verdict::ImplicitDeny);
        QCOMPARE(byBucket(statement, ann), Verdict::ImplicitDeny);
    }

    /// "IAM policy elements: Variables and tags".
    void variablesAreFilledInByTheCurrentVersionOnly()
    {
        const std::string statement =
            "'Effect': 'Allow', 'Action': '*', 'Resource': 'arn:aws:s3:::bucket/${aws:username}'";
        const auto ask = [&](const char* version, const char* resource) {
            return Asked(ann, "s3:GetObject", resource)
                .identity(policy({statement}, version))
                .with("aws:username", {"ann"})
                .verdict();
        };
        QCOMPARE(ask("2012-10-17", "arn:aws:s3:::bucket/ann"), Verdict::Allowed);
        QCOMPARE(ask("2012-10-17", "arn:aws:s3:::bucket/bob"), Verdict::ImplicitDeny);
        QCOMPARE(ask("2008-10-17", "arn:aws:s3:::bucket/ann"), Verdict::ImplicitDeny);
        QCOMPARE(ask("2008-10-17", "arn:aws:s3:::bucket/${aws:username}"), Verdict::Allowed);
    }

    void aVariableWithoutAKeyMatchesNothingButItsDefault()
    {
        const auto ask = [](const std::string& pattern, const char* resource) {
            const std::string text =
                "{\"Version\": \"2012-10-17\", \"Statement\": [{\"Effect\": \"Allow\", \"Action\": \"*\", "
                "\"Resource\": \"arn:aws:s3:::bucket/"
                + pattern + "\"}]}";
            return Asked(ann, "s3:GetObject", resource).identity(text).verdict();
        };
        QCOMPARE(ask("${aws:PrincipalTag/team}", "arn:aws:s3:::bucket/"), Verdict::ImplicitDeny);
        QCOMPARE(ask("${aws:PrincipalTag/team, 'all'}", "arn:aws:s3:::bucket/all"), Verdict::Allowed);
    }

    /// A star that a value brings in is a star and no wildcard.
    void whatAVariableBringsInStandsForItself()
    {
        Asked asked(ann, "s3:GetObject", "arn:aws:s3:::bucket/anything");
        asked.identity(
            policy("'Effect': 'Allow', 'Action': '*', 'Resource': 'arn:aws:s3:::bucket/${aws:PrincipalTag/team}'"));
        asked.with("aws:PrincipalTag/team", {"*"});
        QCOMPARE(asked.verdict(), Verdict::ImplicitDeny);
        asked.request.resource = "arn:aws:s3:::bucket/*";
        QCOMPARE(asked.verdict(), Verdict::Allowed);
    }

    void aCharacterInBracesStandsForItself()
    {
        const std::string statement =
            "'Effect': 'Allow', 'Action': '*', 'Resource': 'arn:aws:s3:::bucket/a${*}b${?}${$}'";
        QCOMPARE(under(statement, "s3:GetObject", "arn:aws:s3:::bucket/a*b?$"), Verdict::Allowed);
        QCOMPARE(under(statement, "s3:GetObject", "arn:aws:s3:::bucket/axbx$"), Verdict::ImplicitDeny);
    }
};

QTEST_APPLESS_MAIN(PolicyDocumentTest)
#include "tst_policy_document.moc"
