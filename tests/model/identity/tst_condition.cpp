// SPDX-License-Identifier: GPL-3.0-or-later
#include "asked.h"

#include <QtTest>

using namespace glacis;

Q_DECLARE_METATYPE(glacis::Truth)

namespace {

/// What a Condition block comes to in a request that has only these keys.
Truth holds(const std::string& block, const RequestContext& context, Unsaid unsaid = Unsaid::Absent)
{
    const PolicyDocument document =
        parsePolicy(policy("'Effect': 'Allow', 'Action': '*', 'Resource': '*', 'Condition': " + block));
    PolicyRequest request;
    request.principal = principalNamed(ann);
    request.context = context;
    request.unsaid = unsaid;
    std::vector<Residual> open;
    return conditionsHold(document.statements.at(0).conditions, request, document.variables, open);
}

/// One operator against one value of the request.
bool single(const char* op, const char* wanted, const char* value)
{
    return holds(std::string("{'") + op + "': {'k': '" + wanted + "'}}", {{"k", {value}}}) == Truth::True;
}

} // namespace

class ConditionTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void oneValueAgainstAnother_data()
    {
        QTest::addColumn<QByteArray>("op");
        QTest::addColumn<QByteArray>("wanted");
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<bool>("holds");
        const auto row = [](const char* op, const char* wanted, const char* value, bool holds) {
            QTest::addRow("%s %s of %s", op, wanted, value)
                << QByteArray(op) << QByteArray(wanted) << QByteArray(value) << holds;
        };
        row("StringEquals", "Ann", "Ann", true);
        row("StringEquals", "Ann", "ann", false);
        row("StringEquals", "A*", "Ann", false);
        row("StringNotEquals", "Ann", "ann", true);
        row("StringNotEquals", "Ann", "Ann", false);
        row("StringEqualsIgnoreCase", "Ann", "aNN", true);
        row("StringNotEqualsIgnoreCase", "Ann", "aNN", false);
        row("StringLike", "A?n*", "Ann", true);
        row("StringLike", "a*", "Ann", false);
        row("StringNotLike", "A*", "Ann", false);
        row("StringNotLike", "B*", "Ann", true);
        row("ArnNotLike", "arn:aws:iam::*:role/a", "no arn", false);
        row("ArnLike", "*:*:*:*:*:*", "no arn", false);
        row("DateEquals", "2024-01", "2024-01-01T00:00Z", true);
        row("DateEquals", "2024-01-01T00:00:00.5Z", "2024-01-01T00:00:00Z", false);
        row("NumericEquals", "10", "10.0", true);
        row("NumericNotEquals", "10", "11", true);
        row("NumericLessThan", "9", "10", false);
        row("NumericLessThan", "10", "9", true);
        row("NumericLessThanEquals", "10", "10", true);
        row("NumericGreaterThan", "9", "10", true);
        row("NumericGreaterThan", "10", "10", false);
        row("NumericGreaterThanEquals", "10", "10", true);
        row("NumericEquals", "10", "ten", false);
        row("NumericLessThan", "-1", "-2", true);
        row("DateLessThan", "2026-01-01T00:00:00Z", "2025-12-31T23:59:59Z", true);
        row("DateLessThan", "2026-01-01T00:00:00Z", "2026-01-01T00:00:00Z", false);
        row("DateLessThanEquals", "2026-01-01T00:00:00Z", "2026-01-01T00:00:00Z", true);
        row("DateGreaterThan", "2026-01-01T00:00:00Z", "2026-01-01T00:00:01Z", true);
        row("DateGreaterThanEquals", "2026-01-01T00:00:00Z", "2025-12-31T23:59:59Z", false);
        row("DateEquals", "2026-01-01T00:00:00Z", "1767225600", true);
        row("DateNotEquals", "2026-01-01T00:00:00Z", "1767225601", true);
        row("Bool", "true", "true", true);
        row("Bool", "false", "true", false);
        row("Bool", "true", "True", true);
        row("Bool", "true", "yes", false);
        row("Bool", "false", "yes", false);
        row("Bool", "true", "1", false);
        row("BinaryEquals", "QmluYXJ5", "QmluYXJ5", true);
        row("BinaryEquals", "QmluYXJ5", "qmluYXJ5", false);
        row("IpAddress", "203.0.113.0/24", "203.0.113.255", true);
        row("IpAddress", "203.0.113.0/24", "203.0.114.0", false);
        row("IpAddress", "203.0.113.7", "203.0.113.7", true);
        row("IpAddress", "203.0.113.7", "203.0.113.8", false);
        row("IpAddress", "2001:db8::/32", "2001:db8:1::1", true);
        row("IpAddress", "0.0.0.0/0", "2001:db8::1", false);
        row("NotIpAddress", "203.0.113.0/24", "198.51.100.1", true);
        row("NotIpAddress", "203.0.113.0/24", "203.0.113.1", false);
        row("NotIpAddress", "0.0.0.0/0", "2001:db8::1", true);
        row("ArnEquals", "arn:aws:sns:*:111122223333:topic", "arn:aws:sns:eu-central-1:111122223333:topic", true);
        row("ArnLike", "arn:aws:sns:*:111122223333:t?pic", "arn:aws:sns:eu-central-1:111122223333:topic", true);
        row("ArnLike", "arn:aws:iam::111122223333:role/*", "arn:aws:iam::111122223333:role/a/b", true);
        row("ArnLike", "arn:aws:iam::111122223333:role/*", "arn:aws:iam::111122223333:user/a", false);
        // A wildcard does not reach over a colon: each of the six parts is held against its own.
        row("ArnLike", "arn:aws:sns:*:topic", "arn:aws:sns:eu-central-1:111122223333:topic", false);
        row("ArnNotEquals", "arn:aws:iam::111122223333:role/a", "arn:aws:iam::111122223333:role/b", true);
        row("ArnNotLike", "arn:aws:iam::*:role/*", "arn:aws:iam::111122223333:role/b", false);
    }
    void oneValueAgainstAnother()
    {
        QFETCH(QByteArray, op);
        QFETCH(QByteArray, wanted);
        QFETCH(QByteArray, value);
        QFETCH(bool, holds);
        QCOMPARE(single(op.constData(), wanted.constData(), value.constData()), holds);
    }

    void severalValuesOfAPolicyAreAlternatives()
    {
        QCOMPARE(holds("{'StringEquals': {'k': ['a', 'b']}}", {{"k", {"b"}}}), Truth::True);
        QCOMPARE(holds("{'StringEquals': {'k': ['a', 'b']}}", {{"k", {"c"}}}), Truth::False);
    }

    /// "Conditions with multiple context keys or values": for a negated operator the values are joined by NOR.
    void severalValuesOfANegatedOperatorMustAllDiffer()
    {
        QCOMPARE(holds("{'StringNotEquals': {'k': ['a', 'b']}}", {{"k", {"b"}}}), Truth::False);
        QCOMPARE(holds("{'StringNotEquals': {'k': ['a', 'b']}}", {{"k", {"c"}}}), Truth::True);
        QCOMPARE(
            holds("{'NotIpAddress': {'k': ['10.0.0.0/8', '192.0.2.0/24']}}", {{"k", {"192.0.2.1"}}}), Truth::False);
    }

    /// "Single-valued vs. multivalued context keys": a key with several values requires a set operator.
    void severalValuesInTheRequestNeedASetOperator()
    {
        const RequestContext context = {{"k", {"a", "b"}}};
        QCOMPARE(holds("{'StringEquals': {'k': ['a', 'b']}}", context), Truth::False);
        QCOMPARE(holds("{'StringNotEquals': {'k': 'c'}}", context), Truth::False);
        QCOMPARE(holds("{'StringEqualsIfExists': {'k': 'a'}}", context), Truth::False);
        QCOMPARE(holds("{'ForAnyValue:StringEquals': {'k': 'a'}}", context), Truth::True);
        QCOMPARE(holds("{'Null': {'k': 'false'}}", context), Truth::True);
    }

    void keysAndOperatorsMustAllHold()
    {
        const RequestContext context = {{"a", {"1"}}, {"b", {"2"}}};
        QCOMPARE(holds("{'StringEquals': {'a': '1', 'b': '2'}}", context), Truth::True);
        QCOMPARE(holds("{'StringEquals': {'a': '1', 'b': '3'}}", context), Truth::False);
        QCOMPARE(holds("{'StringEquals': {'a': '1'}, 'NumericLessThan': {'b': '2'}}", context), Truth::False);
    }

    void keysAreNamedWithoutCase()
    {
        QCOMPARE(
            holds("{'StringEquals': {'AWS:SourceVPCE': 'vpce-1'}}", {{"aws:SourceVpce", {"vpce-1"}}}), Truth::True);
    }

    void aKeyThatIsAbsent_data()
    {
        QTest::addColumn<QByteArray>("op");
        QTest::addColumn<bool>("holds");
        const auto row = [](const char* op, bool holds) { QTest::newRow(op) << QByteArray(op) << holds; };
        for (const char* op : {"StringEquals", "StringLike", "StringEqualsIgnoreCase", "NumericEquals",
                 "NumericLessThan", "DateEquals", "DateGreaterThan", "Bool", "BinaryEquals", "IpAddress", "ArnEquals",
                 "ArnLike", "ForAnyValue:StringEquals", "ForAnyValue:StringNotEquals"})
            row(op, false);
        for (const char* op : {"StringNotEquals", "StringNotLike", "StringNotEqualsIgnoreCase", "NumericNotEquals",
                 "DateNotEquals", "NotIpAddress", "ArnNotEquals", "ArnNotLike", "StringEqualsIfExists", "BoolIfExists",
                 "IpAddressIfExists", "NumericLessThanIfExists", "ArnLikeIfExists", "StringNotEqualsIfExists",
                 "ForAllValues:StringEquals", "ForAllValues:StringNotEquals", "ForAnyValue:StringEqualsIfExists"})
            row(op, true);
    }
    void aKeyThatIsAbsent()
    {
        QFETCH(QByteArray, op);
        QFETCH(bool, holds);
        QCOMPARE(::holds("{'" + op.toStdString() + "': {'k': 'x'}}", {}), holds ? Truth::True : Truth::False);
        // So it is for a key that an export knows to be absent.
        QCOMPARE(::holds("{'" + op.toStdString() + "': {'k': 'x'}}", {{"k", {}}}, Unsaid::Unknown),
            holds ? Truth::True : Truth::False);
    }

    void ifExistsStillLooksAtAKeyThatIsThere()
    {
        QCOMPARE(holds("{'StringEqualsIfExists': {'k': 'a'}}", {{"k", {"b"}}}), Truth::False);
        QCOMPARE(holds("{'BoolIfExists': {'aws:MultiFactorAuthPresent': 'true'}}",
                     {{"aws:MultiFactorAuthPresent", {"false"}}}),
            Truth::False);
    }

    void nullAsksWhetherAKeyIsThere()
    {
        QCOMPARE(holds("{'Null': {'k': 'true'}}", {}), Truth::True);
        QCOMPARE(holds("{'Null': {'k': 'true'}}", {{"k", {"x"}}}), Truth::False);
        QCOMPARE(holds("{'Null': {'k': 'false'}}", {}), Truth::False);
        QCOMPARE(holds("{'Null': {'k': 'false'}}", {{"k", {"x"}}}), Truth::True);
        QCOMPARE(holds("{'Null': {'k': false}}", {{"k", {"x"}}}), Truth::True);
    }

    void forAllValuesWantsEveryValueOfTheRequest()
    {
        const std::string block = "{'ForAllValues:StringEquals': {'aws:TagKeys': ['team', 'cost']}}";
        QCOMPARE(holds(block, {{"aws:TagKeys", {"team"}}}), Truth::True);
        QCOMPARE(holds(block, {{"aws:TagKeys", {"team", "cost"}}}), Truth::True);
        QCOMPARE(holds(block, {{"aws:TagKeys", {"team", "other"}}}), Truth::False);
    }

    void forAnyValueWantsOneValueOfTheRequest()
    {
        const std::string block = "{'ForAnyValue:StringLike': {'aws:TagKeys': ['te*']}}";
        QCOMPARE(holds(block, {{"aws:TagKeys", {"cost", "team"}}}), Truth::True);
        QCOMPARE(holds(block, {{"aws:TagKeys", {"cost"}}}), Truth::False);
    }

    /// "Multivalued context key examples".
    void negatedOperatorsWithAQualifier()
    {
        const std::string all = "{'ForAllValues:StringNotLike': {'aws:TagKeys': 'key1*'}}";
        QCOMPARE(holds(all, {{"aws:TagKeys", {"key1:legal"}}}), Truth::False);
        QCOMPARE(holds(all, {{"aws:TagKeys", {"key2:audit"}}}), Truth::True);
        QCOMPARE(holds(all, {{"aws:TagKeys", {"key1:hr", "key2:audit"}}}), Truth::False);
        const std::string any = "{'ForAnyValue:StringNotLike': {'aws:TagKeys': 'key1*'}}";
        QCOMPARE(holds(any, {{"aws:TagKeys", {"key1:hr", "key2:audit"}}}), Truth::True);
        QCOMPARE(holds(any, {{"aws:TagKeys", {"key1:hr"}}}), Truth::False);
    }

    void whatAnExportDoesNotTellIsOpen()
    {
        for (const char* op : {"StringEquals", "StringNotEquals", "Bool", "IpAddress", "StringEqualsIfExists",
                 "ForAllValues:StringEquals", "Null"})
            QCOMPARE(holds(std::string("{'") + op + "': {'k': 'true'}}", {}, Unsaid::Unknown), Truth::Open);
    }

    void whatIsKnownToFailIsFalseWhateverIsOpen()
    {
        const RequestContext context = {{"a", {"1"}}};
        QCOMPARE(holds("{'StringEquals': {'a': '2', 'z': '1'}}", context, Unsaid::Unknown), Truth::False);
        QCOMPARE(holds("{'StringEquals': {'a': '1', 'z': '1'}}", context, Unsaid::Unknown), Truth::Open);
    }

    void whatIsOpenIsSaidInAReadableLine()
    {
        const PolicyDocument document =
            parsePolicy(policy("'Effect': 'Allow', 'Action': '*', 'Resource': '*', "
                               "'Condition': {'StringEquals': {'aws:SourceVpce': ['vpce-1', 'vpce-2']}}"));
        PolicyRequest request;
        std::vector<Residual> open;
        QCOMPARE(conditionsHold(document.statements[0].conditions, request, true, open), Truth::Open);
        QCOMPARE(open.size(), std::size_t(1));
        for (const char* word : {"aws:SourceVpce", "vpce-1", "vpce-2"})
            QVERIFY(open[0].text().find(word) != std::string::npos);
    }

    void anOperatorThatIsNotKnownDoesNotHoldAndIsOpenInAnExport()
    {
        QCOMPARE(holds("{'StringSounds': {'k': 'x'}}", {{"k", {"x"}}}), Truth::False);
        QCOMPARE(holds("{'StringSounds': {'k': 'x'}}", {{"k", {"x"}}}, Unsaid::Unknown), Truth::Open);
    }

    void aVariableIsFilledInByTheRequest()
    {
        const std::string block = "{'StringEquals': {'aws:ResourceTag/owner': '${aws:username}'}}";
        QCOMPARE(holds(block, {{"aws:ResourceTag/owner", {"ann"}}, {"aws:username", {"ann"}}}), Truth::True);
        QCOMPARE(holds(block, {{"aws:ResourceTag/owner", {"bob"}}, {"aws:username", {"ann"}}}), Truth::False);
        QCOMPARE(holds(block, {{"aws:ResourceTag/owner", {"bob"}}}), Truth::False);
        QCOMPARE(holds(block, {{"aws:ResourceTag/owner", {"bob"}}}, Unsaid::Unknown), Truth::Open);
    }

    /// "Single-valued vs. multivalued context keys": a key with several values can't be a variable.
    void aKeyWithSeveralValuesIsNoVariable()
    {
        QCOMPARE(holds("{'StringEquals': {'k': '${aws:TagKeys}'}}", {{"k", {"a"}}, {"aws:TagKeys", {"a", "b"}}}),
            Truth::False);
    }
};

QTEST_APPLESS_MAIN(ConditionTest)
#include "tst_condition.moc"
