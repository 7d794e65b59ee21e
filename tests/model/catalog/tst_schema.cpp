// SPDX-License-Identifier: GPL-3.0-or-later
#include "catalog/schema.h"

#include <QtTest>

using namespace glacis;

namespace {

/// "@word" stands for a reference to the definition of that name: moc stumbles over '#' inside a raw string.
std::vector<SchemaFault> faultsOf(std::string rule, const char* value)
{
    if (const auto at = rule.find('@'); at != std::string::npos)
        rule.replace(at, 1, "#/$defs/");
    const Json schema = {{"$defs", {{"thing", Json::parse(rule)}, {"word", {{"type", "string"}}}}}};
    return schemaFaults(schema, "thing", Json::parse(value));
}

} // namespace

class SchemaTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void whatFitsHasNoFault()
    {
        const char* rule = R"({"type": "object", "required": ["a"], "additionalProperties": false,
            "properties": {"a": {"type": "array", "minItems": 1, "items": {"$ref": "@word"}}}})";
        QVERIFY(faultsOf(rule, R"({"a": ["x", "y"]})").empty());
    }

    void aMissingMemberIsAFaultOfItsObject()
    {
        const auto faults = faultsOf(R"({"required": ["a"]})", R"({"b": 1})");
        QCOMPARE(faults.size(), std::size_t{1});
        QCOMPARE(faults[0], (SchemaFault{"", "lacks \"a\""}));
    }

    void aMemberWithoutPlaceIsAFault()
    {
        const auto faults = faultsOf(R"({"additionalProperties": false, "properties": {"a": {}}})", R"({"a/b": 1})");
        QCOMPARE(faults.size(), std::size_t{1});
        QCOMPARE(faults[0].pointer, std::string("/a~1b"));
    }

    void faultsSayWhereTheyAre()
    {
        const auto faults = faultsOf(R"({"items": {"$ref": "@word"}})", R"(["x", 1, "y", null])");
        QCOMPARE(faults.size(), std::size_t{2});
        QCOMPARE(faults[0].pointer, std::string("/1"));
        QCOMPARE(faults[1].pointer, std::string("/3"));
    }

    void enumPatternAndLengthAreHeld()
    {
        QCOMPARE(faultsOf(R"({"enum": ["a", 1]})", "2").size(), std::size_t{1});
        QCOMPARE(faultsOf(R"({"pattern": "^[a-z]+$"})", "\"A\"").size(), std::size_t{1});
        QCOMPARE(faultsOf(R"({"minLength": 3})", "\"äö\"").size(), std::size_t{1});
        QCOMPARE(faultsOf(R"({"minItems": 1})", "[]").size(), std::size_t{1});
    }

    void membersWithoutNameAreHeldAgainstTheRuleForOthers()
    {
        const char* rule = R"({"additionalProperties": {"type": "integer"}, "properties": {"a": {"type": "string"}}})";
        QVERIFY(faultsOf(rule, R"({"a": "x", "b": 1})").empty());
        QCOMPARE(faultsOf(rule, R"({"b": "x"})").size(), std::size_t{1});
    }

    void anUnknownKeywordIsAFaultOfTheSchema()
    {
        QCOMPARE(faultsOf(R"({"maximum": 3})", "2").size(), std::size_t{1});
        QCOMPARE(faultsOf(R"({"$ref": "@nowhere"})", "2").size(), std::size_t{1});
    }

    void aTableThatIsNotBuiltInIsAFault()
    {
        QCOMPARE(loadTable("catalog/nothing.json", "catalog/schema.json", "properties").faults.size(), std::size_t{1});
    }
};

QTEST_APPLESS_MAIN(SchemaTest)
#include "tst_schema.moc"
