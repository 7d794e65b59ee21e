// SPDX-License-Identifier: GPL-3.0-or-later
#include "import/terraform/hcl/evaluate.h"

#include <QtTest>

using namespace glacis;
using namespace glacis::hcl;

namespace {

/// The value of one expression, where `known` are the names around it; an error is its sentence.
Json valueOf(const std::string& expression, const Json& known = Json::object())
{
    const Parsed parsed = parse("value = " + expression + "\n");
    if (!parsed.problems.empty())
        return "does not parse: " + parsed.problems.front().sentence;
    Budget budget(1'000'000);
    const Lookup lookup = [&](std::string_view name, std::span<const Step> steps, std::size_t& taken) {
        if (name == "aws_vpc") {
            taken = std::min<std::size_t>(2, steps.size());
            return std::optional(unknown("aws_vpc." + steps[0].name + (taken > 1 ? '.' + steps[1].name : "")));
        }
        return known.contains(name) ? std::optional(known.at(std::string(name))) : std::nullopt;
    };
    try {
        return evaluate(parsed.body.attribute("value")->value, lookup, budget);
    } catch (const EvaluationError& error) {
        return std::string("error: ") + error.what();
    }
}

bool fails(const Json& value)
{
    return value.is_string() && value.get<std::string>().starts_with("error: ");
}

QByteArray shown(const Json& value)
{
    return QByteArray::fromStdString(value.dump());
}

} // namespace

class HclTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void values_data()
    {
        QTest::addColumn<QByteArray>("expression");
        QTest::addColumn<QByteArray>("value");
        const auto row = [](const char* expression, const char* value) {
            QTest::newRow(expression) << QByteArray(expression) << QByteArray(value);
        };
        // Operations: precedence, and the three that stop early.
        row("1 + 2 * 3", "7");
        row("(1 + 2) * 3", "9");
        row("-2 - -3", "1");
        row("7 % 4", "3");
        row("1 / 2", "0.5");
        row("1 == 1.0", "true");
        row("\"1\" == 1", "false");
        row("!true || true && false", "false");
        row("false && nobody", "false");
        row("true || nobody", "true");
        row("true ? 1 : nobody", "1");
        row("1 < 2 ? \"a\" : \"b\"", "\"a\"");
        row("1e3", "1000");
        row("null", "null");
        // Texts.
        row("\"a\\tb\\\"c\\u00e9\"", "\"a\\tb\\\"c\xc3\xa9\"");
        row("\"$${kept} %%{kept}\"", "\"${kept} %{kept}\"");
        row("\"a ${1 + 1} b\"", "\"a 2 b\"");
        row("\"${[1, 2]}\"", "[1,2]");
        row("\"${\"nested ${1}\"}\"", "\"nested 1\"");
        row("\"%{ if true }yes%{ else }no%{ endif }\"", "\"yes\"");
        row("\"%{ for x in [1, 2] }<${x}>%{ endfor }\"", "\"<1><2>\"");
        row("\"a  ${~ 1 ~}  b\"", "\"a1b\"");
        row("<<END\n  one\n two\nEND", "\"  one\\n two\\n\"");
        row("<<-END\n    one\n\n      two ${1}\n    END", "\"one\\n\\n  two 1\\n\"");
        row("<<END\n\\n stays\nEND", "\"\\\\n stays\\n\"");
        // Collections.
        row("[1, 2, 3,]", "[1,2,3]");
        row("{ a = 1, \"b c\" = 2\n (\"k\") : 3 }", "{\"a\":1,\"b c\":2,\"k\":3}");
        row("{ (\"x\") = { y = [\"z\"] } }.x.y[0]", "\"z\"");
        row("[\"a\", \"b\"].1", "\"b\"");
        row("[{ n = 1 }, { n = 2 }][*].n", "[1,2]");
        row("[{ n = 1 }, { n = 2 }].*.n", "[1,2]");
        row("{ n = 1 }[*].n", "[1]");
        row("null[*]", "[]");
        row("[for i, x in [\"a\", \"b\"] : \"${i}${x}\"]", "[\"0a\",\"1b\"]");
        row("[for x in [1, 2, 3] : x * x if x != 2]", "[1,9]");
        row("{ for k, v in { a = 1 } : upper(k) => v + 1 }", "{\"A\":2}");
        row("{ for x in [\"ab\", \"ac\"] : substr(x, 0, 1) => x... }", "{\"a\":[\"ab\",\"ac\"]}");
        row("[for x in [[1], [2]] : [for y in x : y]]", "[[1],[2]]");
        // Functions.
        row("concat([1], [2])...", "\"does not parse\"");
        row("max([3, 9, 2]...)", "9");
        row("merge({ a = 1 }, { a = 2, b = 3 })", "{\"a\":2,\"b\":3}");
        row("cidrsubnet(\"10.0.0.0/16\", 8, 3)", "\"10.0.3.0/24\"");
        row("cidrsubnets(\"10.0.0.0/16\", 4, 8)", "[\"10.0.0.0/20\",\"10.0.16.0/24\"]");
        row("cidrhost(\"10.0.0.0/24\", -1)", "\"10.0.0.255\"");
        row("cidrsubnet(\"fd00::/56\", 8, 5)", "\"fd00:0:0:5::/64\"");
        row("format(\"%s-%03d\", \"web\", 7)", "\"web-007\"");
        row("formatlist(\"%s/32\", [\"a\", \"b\"])", "[\"a/32\",\"b/32\"]");
        row("join(\",\", split(\" \", \"a b\"))", "\"a,b\"");
        row("jsondecode(jsonencode({ a = [true] }))", "{\"a\":[true]}");
        row("base64decode(base64encode(\"hello\"))", "\"hello\"");
        row("try(nobody.there, \"else\")", "\"else\"");
        row("can(nobody.there)", "false");
        row("lookup({ a = 1 }, \"b\", 2)", "2");
        row("flatten([[1, [2]], 3])", "[1,2,3]");
        row("setsubtract([\"a\", \"b\"], [\"a\"])", "[\"b\"]");
        row("element([\"a\", \"b\"], 3)", "\"b\"");
        row("range(3)", "[0,1,2]");
        row("length(\"h\xc3\xa9\")", "2");
        row("coalesce(\"\", \"b\")", "\"b\"");
        row("zipmap([\"a\"], [1])", "{\"a\":1}");
        row("chunklist([1, 2, 3], 2)", "[[1,2],[3]]");
        row("setproduct([\"a\", \"b\"], [1, 2])", "[[\"a\",1],[\"a\",2],[\"b\",1],[\"b\",2]]");
        row("matchkeys([\"a\", \"b\"], [1, 2], [2])", "[\"b\"]");
        row("transpose({ a = [\"x\", \"y\"], b = [\"y\"] })", "{\"x\":[\"a\"],\"y\":[\"a\",\"b\"]}");
        row("parseint(\"ff\", 16)", "255");
        row("signum(-3)", "-1");
        row("regex(\"[a-z]+\", \"12ab3\")", "\"ab\"");
        row("regex(\"(\\\\d+)-(\\\\w+)\", \"7-x\")", "[\"7\",\"x\"]");
        row("regex(\"(?P<day>[0-9]+)\", \"12th\").day", "\"12\"");
        row("try(regex(\"z\", \"ab\"), \"none\")", "\"none\"");
        row("regexall(\"[0-9]\", \"a1b2\")", "[\"1\",\"2\"]");
        row("replace(\"a-b-c\", \"/-(.)/\", \"<$1>\")", "\"a<b><c>\"");
        row("basename(\"a/b.txt\")", "\"b.txt\"");
        row("dirname(\"a/b.txt\")", "\"a\"");
        row("urlencode(\"a b/c\")", "\"a+b%2Fc\"");
        row("csvdecode(\"a,b\\n1,\\\"2,3\\\"\\n\")", "[{\"a\":\"1\",\"b\":\"2,3\"}]");
        row("yamldecode(\"a: [1, x]\")", "{\"a\":[1,\"x\"]}");
        row("timecmp(\"2024-01-01T00:00:00Z\", timeadd(\"2023-12-31T23:00:00Z\", \"1h\"))", "0");
        row("core::upper(\"a\")", "\"A\"");
        // Comments and line ends.
        row("[ # one\n 1, // two\n /* three */ 2 ]", "[1,2]");
    }

    void values()
    {
        QFETCH(QByteArray, expression);
        QFETCH(QByteArray, value);
        const Json found = valueOf(expression.toStdString());
        if (value == "\"does not parse\"")
            QVERIFY(found.get<std::string>().starts_with("does not parse"));
        else
            QCOMPARE(shown(found), value);
    }

    void errorsSayWhy()
    {
        QVERIFY(fails(valueOf("nobody")));
        QVERIFY(fails(valueOf("1 + \"a\"")));
        QVERIFY(fails(valueOf("1 / 0")));
        QVERIFY(fails(valueOf("[1][5]")));
        QVERIFY(fails(valueOf("range(1000000)")));
    }

    /// A reference to what is not known stays one: an edge, not a hole.
    void whatIsNotKnownKeepsItsReference()
    {
        QVERIFY(isReference(valueOf("aws_vpc.main.id")));
        const Json text = valueOf("\"${aws_vpc.main.arn}/*\"");
        QVERIFY(isOpen(text) && !isReference(text));
        QCOMPARE(references(text), std::vector<std::string>{"aws_vpc.main.arn"});
        QCOMPARE(withReferences(
                     text.get<std::string>(), [](std::string_view name) { return "<" + std::string(name) + ">"; }),
            std::string("<aws_vpc.main.arn>/*"));
        QCOMPARE(references(valueOf("lower(aws_vpc.main.id)")), std::vector<std::string>{"aws_vpc.main.id"});
        QVERIFY(!isReference(valueOf("lower(aws_vpc.main.id)")));
        QCOMPARE(references(valueOf("[for s in aws_vpc.main.subnets : s.id]")),
            std::vector<std::string>{"aws_vpc.main.subnets"});
        QCOMPARE(shown(valueOf("length([aws_vpc.a.id, aws_vpc.b.id])")), QByteArray("2"));
        QCOMPARE(references(valueOf("aws_vpc.a.id == \"x\" ? aws_vpc.b.id : \"y\"")),
            (std::vector<std::string>{"aws_vpc.a.id", "aws_vpc.b.id"}));
        QCOMPARE(shown(valueOf("aws_vpc.a.id == aws_vpc.a.id")), QByteArray("true"));
        QCOMPARE(
            references(valueOf("a_function_nobody_knows(aws_vpc.a.id)")), std::vector<std::string>{"aws_vpc.a.id"});
        // Through the text of JSON and back.
        QCOMPARE(references(valueOf("jsondecode(jsonencode({ a = aws_vpc.a.id }))")),
            std::vector<std::string>{"aws_vpc.a.id"});
    }

    void blocksAndPlaces()
    {
        const Parsed parsed = parse("# first\nresource \"aws_vpc\" \"main\" {\n  cidr_block = \"10.0.0.0/8\" # why\n"
                                    "  one { two = 3 }\n  empty {}\n}\nlocals { a = 1 }\n");
        QVERIFY(parsed.problems.empty());
        QCOMPARE(parsed.body.blocks.size(), std::size_t{2});
        const Block& block = parsed.body.blocks.front();
        QCOMPARE(block.labels, (std::vector<std::string>{"aws_vpc", "main"}));
        QCOMPARE(block.place.line, 2U);
        QCOMPARE(block.lastLine, 6U);
        QCOMPARE(block.body->attribute("cidr_block")->place.line, 3U);
        QCOMPARE(block.body->attribute("cidr_block")->place.column, 3U);
        QCOMPARE(block.body->blocks.size(), std::size_t{2});
    }

    /// One that is broken takes only itself away, and says where.
    void readingGoesOnAfterAnError()
    {
        const Parsed parsed =
            parse("resource \"a_b\" \"one\" {\n  x = = 2\n}\nresource \"a_b\" \"two\" {\n  x = 1\n}\n");
        QCOMPARE(parsed.problems.size(), std::size_t{1});
        QCOMPARE(parsed.problems.front().place.line, 2U);
        QCOMPARE(parsed.problems.front().place.column, 7U);
        QCOMPARE(parsed.body.blocks.size(), std::size_t{1});
        QCOMPARE(parsed.body.blocks.front().labels[1], std::string("two"));
    }

    void hostileTextsEndWell_data()
    {
        QTest::addColumn<QByteArray>("text");
        const auto row = [](const char* name, QByteArray text) { QTest::newRow(name) << text; };
        row("brackets", "a = " + QByteArray(100'000, '['));
        row("braces", "a = " + QByteArray(100'000, '{'));
        row("round", "a = " + QByteArray(100'000, '('));
        row("blocks", QByteArray("a {\n").repeated(100'000));
        row("minus", "a = " + QByteArray(100'000, '-') + '1');
        row("sum", "a = 1" + QByteArray(" + 1").repeated(100'000));
        row("conditions", "a = " + QByteArray("true ? 1 : ").repeated(100'000) + '1');
        row("templates", "a = " + QByteArray("\"${").repeated(100'000));
        row("directives", "a = \"" + QByteArray("%{ if true }").repeated(100'000) + "\"");
        row("open text", "a = \"never ends");
        row("open heredoc", "a = <<END\nnever ends\n");
        row("open comment", "/* never ends");
        row("nothing behind", "a =");
        row("zeros", QByteArray(1000, '\0'));
        row("long line", "a = \"" + QByteArray(10'000'000, 'x') + "\"\n");
    }

    void hostileTextsEndWell()
    {
        QFETCH(QByteArray, text);
        const Parsed parsed = parse(std::string_view(text.constData(), static_cast<std::size_t>(text.size())));
        QVERIFY(parsed.problems.size() <= 100);
        QVERIFY(!parsed.problems.empty() || text.size() > 1'000'000);
    }

    void hostileValuesEndWell()
    {
        // Each step doubles the text; the budget or the bound ends it.
        std::string doubling = "\"x\"";
        for (int i = 0; i < 40; ++i)
            doubling = "join(\"\", [for x in [1, 2] : " + doubling + "])";
        QVERIFY(fails(valueOf(doubling)));
    }
};

QTEST_APPLESS_MAIN(HclTest)
#include "tst_hcl.moc"
