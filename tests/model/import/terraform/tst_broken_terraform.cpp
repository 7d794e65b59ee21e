// SPDX-License-Identifier: GPL-3.0-or-later
#include "read_design.h"

#include <QtTest>

using namespace glacis;

namespace {

constexpr int deep = 10'000;

std::string repeated(std::string_view text, int count)
{
    std::string all;
    all.reserve(text.size() * static_cast<std::size_t>(count));
    for (int i = 0; i < count; ++i)
        all += text;
    return all;
}

std::string nested(std::string_view open, std::string_view inner, std::string_view close)
{
    return repeated(open, deep) + std::string(inner) + repeated(close, deep);
}

std::string plan(const std::string& rest)
{
    return "{\"format_version\": \"1.2\", \"terraform_version\": \"1.9.0\", " + rest;
}

std::string state(const std::string& rest)
{
    return "{\"version\": 4, \"terraform_version\": \"1.9.0\", " + rest;
}

} // namespace

/// One line of the ledger says what is wrong, and nothing falls over.
class BrokenTerraformTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void oneLineSaysWhatIsWrong_data()
    {
        QTest::addColumn<QByteArray>("file");
        QTest::addColumn<QByteArray>("text");
        const auto row = [](const char* name, const char* file, const std::string& text) {
            QTest::newRow(name) << QByteArray(file) << QByteArray::fromStdString(text);
        };
        row("configuration cut off", "main.tf", "resource \"aws_vpc\" \"a\" {\n  cidr_block = \"10.0");
        row("configuration of wrong types", "main.tf",
            "resource \"aws_vpc\" \"a\" {\n  count = [\"a\"]\n  cidr_block = { a = 1 } + 2\n}\n");
        row("a label too few", "main.tf", "resource \"aws_vpc\" {\n  cidr_block = [[[\n}\n");
        row("deep blocks", "main.tf", "resource \"aws_vpc\" \"a\" {\n" + nested("a {\n", "", "}\n") + "}\n");
        row("deep lists", "main.tf", "locals {\n  a = " + nested("[", "1", "]") + "\n}\n");
        row("deep calls", "main.tf", "locals {\n  a = " + nested("upper(", "\"a\"", ")") + "\n}\n");
        row("deep templates", "main.tf", "locals {\n  a = " + nested("\"${", "1", "}\"") + "\n}\n");
        row("deep conditions", "main.tf", "locals {\n  a = " + repeated("true ? 1 : ", deep) + "1\n}\n");
        row("deep negations", "main.tf", "locals {\n  a = " + repeated("!", deep) + "true\n}\n");
        row("locals in a circle", "main.tf",
            "locals {\n  a = local.b\n  b = local.a\n}\nresource \"aws_vpc\" \"v\" {\n  cidr_block = local.a\n}\n");
        row("resources in a circle", "main.tf",
            "resource \"aws_vpc\" \"a\" {\n  cidr_block = aws_vpc.b.cidr_block\n}\n"
            "resource \"aws_vpc\" \"b\" {\n  cidr_block = aws_vpc.a.cidr_block\n}\n");
        row("a count that asks for itself", "main.tf",
            "resource \"aws_vpc\" \"a\" {\n  count = length(aws_vpc.a[*].id)\n}\n");
        row("JSON cut off", "main.tf.json", "{\"resource\": {\"aws_vpc\": {\"a\": {\"cidr_block\": \"10.");
        row("JSON of wrong types", "main.tf.json", "{\"resource\": 7, \"locals\": [1, null], \"variable\": \"x\"}");
        row("JSON too deep", "main.tf.json", "{\"resource\": " + nested("[", "1", "]") + "}");
        row("values cut off", "terraform.tfvars", "a = [1, ");
        row("plan cut off", "plan.json", plan("\"resource_changes\": [{\"address\": \"aws_vpc.a\", \"type\""));
        row("plan of wrong types", "plan.json",
            plan("\"resource_changes\": [7, {\"address\": 1, \"change\": {\"after\": {\"a\": 1}}}]}"));
        row("plan too deep", "plan.json",
            plan("\"resource_changes\": [{\"address\": \"aws_vpc.a\", \"type\": \"aws_vpc\", \"change\": {\"actions\": "
                 "[\"create\"], \"after\": {\"a\": "
                + nested("[", "1", "]") + "}}}]}"));
        row("state cut off", "terraform.tfstate", state("\"resources\": [{\"mode\": \"managed\", \"ty"));
        row("state of wrong types", "terraform.tfstate",
            state("\"resources\": [7, {\"type\": {}, \"instances\": 1}]}"));
        row("state too deep", "terraform.tfstate",
            state("\"resources\": [{\"type\": \"aws_vpc\", \"name\": \"a\", \"instances\": " + nested("[", "1", "]")
                + "}]}"));
        row("state without attributes", "terraform.tfstate",
            state("\"resources\": [{\"type\": \"aws_vpc\", \"name\": \"a\", \"instances\": [{}]}]}"));
    }

    void oneLineSaysWhatIsWrong()
    {
        QFETCH(QByteArray, file);
        QFETCH(QByteArray, text);
        const Read r = read({{file.constData(), text.constData()}});
        QCOMPARE(r.ledger.rows.size(), std::size_t{1});
        const LedgerRow& row = r.ledger.rows[0];
        QVERIFY(!row.format.empty());
        QVERIFY(row.problems.size() + row.leftOut.size() > 0);
        // What is said once need not be said for each instance or reference.
        QVERIFY2(row.problems.size() <= 3, std::to_string(row.problems.size()).c_str());
        for (const Diagnostic& problem : row.problems)
            QVERIFY(problem.sentence.size() < 400);
    }

    void aVeryLongLineIsReadOrRefused_data()
    {
        QTest::addColumn<QByteArray>("file");
        QTest::addColumn<QByteArray>("before");
        QTest::addColumn<QByteArray>("behind");
        QTest::newRow("configuration") << QByteArray("main.tf")
                                       << QByteArray("resource \"aws_vpc\" \"a\" {\n  note = \"")
                                       << QByteArray("\"\n}\n");
        QTest::newRow("plan") << QByteArray("plan.json")
                              << QByteArray::fromStdString(
                                     plan("\"resource_changes\": [{\"address\": \"aws_vpc.a\", \"type\": \"aws_vpc\", "
                                          "\"change\": {\"actions\": [\"create\"], \"after\": {\"note\": \""))
                              << QByteArray("\"}}}]}");
        QTest::newRow("state") << QByteArray("terraform.tfstate")
                               << QByteArray::fromStdString(
                                      state("\"resources\": [{\"type\": \"aws_vpc\", \"name\": \"a\", \"instances\": "
                                            "[{\"attributes\": {\"note\": \""))
                               << QByteArray("\"}}]}]}");
    }

    void aVeryLongLineIsReadOrRefused()
    {
        QFETCH(QByteArray, file);
        QFETCH(QByteArray, before);
        QFETCH(QByteArray, behind);
        WrittenFolder folder;
        folder.file(file.toStdString(), (before + QByteArray(10'000'000, 'x') + behind).toStdString());
        const Read r = linked(folder.imported());
        QCOMPARE(r.ledger.rows.size(), std::size_t{1});
        QVERIFY(r.estate.find("aws_vpc.a") || !r.ledger.rows[0].problems.empty());
    }

    void modulesInACircleEnd()
    {
        const Read r = read({{"a/main.tf",
                                 "module \"b\" {\n  source = \"../b\"\n  x = module.b.y\n}\noutput \"y\" {\n  value "
                                 "= module.b.y\n}\n"},
            {"b/main.tf",
                "variable \"x\" {}\nmodule \"a\" { source = \"../a\" }\noutput \"y\" {\n  value = "
                "module.a.y\n}\nresource \"aws_vpc\" \"v\" { cidr_block = module.a.y }\n"}});
        QVERIFY(r.ledger.anythingWrong());
        QVERIFY(r.estate.nodeCount() < 1000);
    }
};

QTEST_APPLESS_MAIN(BrokenTerraformTest)
#include "tst_broken_terraform.moc"
