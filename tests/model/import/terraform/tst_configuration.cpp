// SPDX-License-Identifier: GPL-3.0-or-later
#include "read_design.h"

#include <QtTest>

using namespace glacis;

namespace {

/// A network whose tag tells a value.
std::string told(const std::string& expression)
{
    return "resource \"aws_vpc\" \"told\" {\n  tags = { value = " + expression + " }\n}\n";
}

std::string valueIn(const Read& r, std::string_view address = "aws_vpc.told")
{
    return std::string(r.estate.tag(at(r, address), "value"));
}

bool saysOf(const Read& r, std::string_view file, std::string_view words)
{
    const LedgerRow* row = rowOf(r.ledger, file);
    if (!row)
        return false;
    return std::ranges::any_of(row->leftOut,
               [&](const LeftOut& left) { return (left.what + ": " + left.why).find(words) != std::string::npos; })
        || std::ranges::any_of(row->problems,
            [&](const Diagnostic& problem) { return problem.sentence.find(words) != std::string::npos; });
}

using Files = std::vector<std::pair<const char*, const char*>>;

} // namespace

class ConfigurationTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void filesOfValuesAreReadInTheirOrder()
    {
        const std::string main = "variable \"a\" { default = \"default\" }\nvariable \"b\" {}\nvariable \"c\" {}\n"
            + told("\"${var.a} ${var.b} ${var.c}\"");
        const Read r = read({{"main.tf", main.c_str()}, {"terraform.tfvars", "a = \"first\"\nb = \"first\"\nc = 1\n"},
            {"terraform.tfvars.json", "{\"b\": \"second ${kept}\", \"c\": 2}"}, {"z.auto.tfvars", "c = 4\n"},
            {"a.auto.tfvars", "c = 3\n"}, {"prod.tfvars", "a = \"prod\"\n"}, {"dev.tfvars", "a = \"dev\"\n"}});
        QCOMPARE(valueIn(r), std::string("first second ${kept} 4"));
        QVERIFY(saysOf(r, "prod.tfvars", "command line"));
    }

    void aSingleFileOfValuesHolds()
    {
        const std::string main = "variable \"a\" { default = \"default\" }\n" + told("var.a");
        const Read r = read({{"main.tf", main.c_str()}, {"prod.tfvars", "a = \"prod\"\n"}});
        QCOMPARE(valueIn(r), std::string("prod"));
    }

    void aVariableHasTheTypeThatItSays()
    {
        const std::string main = "variable \"settings\" {\n  type = object({\n    name = string\n    count = "
                                 "optional(number, 3)\n    open = optional(bool)\n    inner = optional(object({ size = "
                                 "optional(string, \"small\") }), {})\n  })\n}\n"
                                 "variable \"names\" { type = set(string) }\nvariable \"flag\" { type = bool }\n"
                                 "variable \"kept\" {\n  type = string\n  default = \"kept\"\n  nullable = false\n}\n"
            + told("jsonencode([var.settings, var.names, var.flag, var.kept])");
        const Read r = read({{"main.tf", main.c_str()},
            {"terraform.tfvars",
                "settings = { name = 7, extra = true }\nnames = [\"a\", \"b\", \"a\"]\nflag = \"true\"\nkept = "
                "null\n"}});
        QCOMPARE(valueIn(r),
            std::string("[{\"count\":3,\"inner\":{\"size\":\"small\"},\"name\":\"7\",\"open\":null},[\"a\",\"b\"],true,"
                        "\"kept\"]"));
    }

    void jsonSaysTheSameAsTheNativeSyntax()
    {
        const char* native =
            "variable \"port\" { default = 22 }\nlocals { open = [\"0.0.0.0/0\"] }\n"
            "resource \"aws_vpc\" \"v\" {\n  cidr_block = \"10.0.0.0/16\"\n  tags = { Name = \"main\" }\n}\n"
            "resource \"aws_security_group\" \"g\" {\n  count = 2\n  name = \"g${count.index}\"\n"
            "  vpc_id = aws_vpc.v.id\n  ingress {\n    protocol = \"tcp\"\n    from_port = var.port\n"
            "    to_port = var.port\n    cidr_blocks = local.open\n  }\n"
            "  dynamic \"egress\" {\n    for_each = [443]\n    content {\n      protocol = \"tcp\"\n"
            "      from_port = egress.value\n      to_port = egress.value\n      cidr_blocks = "
            "local.open\n    }\n  }\n}\n";
        const char* json =
            "{\"//\": \"remark\", \"variable\": {\"port\": {\"default\": 22, \"type\": \"number\"}},"
            "\"locals\": {\"open\": [\"0.0.0.0/0\"]},"
            "\"resource\": [{\"aws_vpc\": {\"v\": {\"cidr_block\": \"10.0.0.0/16\", \"tags\": {\"Name\": \"main\"}}}},"
            "{\"aws_security_group\": {\"g\": [{\"count\": 2, \"name\": \"g${count.index}\", \"vpc_id\": "
            "\"${aws_vpc.v.id}\", \"ingress\": {\"protocol\": \"tcp\", \"from_port\": \"${var.port}\", \"to_port\": "
            "\"${var.port}\", \"cidr_blocks\": \"${local.open}\"}, \"dynamic\": {\"egress\": {\"for_each\": [443], "
            "\"content\": {\"protocol\": \"tcp\", \"from_port\": \"${egress.value}\", \"to_port\": "
            "\"${egress.value}\", \"cidr_blocks\": \"${local.open}\"}}}}]}}]}";
        for (const Read& r : {read({{"main.tf", native}}), read({{"main.tf.json", json}})}) {
            QCOMPARE(r.estate.name(at(r, "aws_vpc.v")), std::string_view("main"));
            const NodeId group = at(r, "aws_security_group.g[1]");
            QCOMPARE(r.estate.name(group), std::string_view("g1"));
            QCOMPARE(r.estate.node(group).parent, at(r, "aws_vpc.v"));
            const auto rules = r.estate.firewall(group);
            QCOMPARE(rules.size(), std::size_t{2});
            QCOMPARE(std::pair(rules[0].from, rules[1].from), std::pair(22, 443));
        }
    }

    void evidenceOfJsonIsAPlaceInIt()
    {
        const Read r =
            read({{"main.tf.json", "{\"resource\": {\"aws_vpc\": {\"v\": {\"cidr_block\": \"10.0.0.0/16\"}}}}"}});
        const auto blocks = r.estate.blocks(at(r, "aws_vpc.v"));
        QCOMPARE(blocks.size(), std::size_t{1});
        QCOMPARE(r.estate.text(r.estate.evidence(blocks[0].evidence).pointer),
            std::string_view("/resource/aws_vpc/v/cidr_block"));
    }

    void modulesThatInitFetchedAreRead()
    {
        const Read r = read({{"prod/main.tf",
                                 "module \"net\" {\n  source = \"terraform-aws-modules/vpc/aws\"\n  cidr = "
                                 "\"10.0.0.0/16\"\n}\nmodule \"gone\" { source = \"git::ssh://somewhere\" }\n"},
            {"prod/.terraform/modules/modules.json",
                "{\"Modules\": [{\"Key\": \"\", \"Source\": \"\", \"Dir\": \".\"}, {\"Key\": \"net\", \"Source\": "
                "\"registry\", \"Dir\": \".terraform/modules/net\"}, {\"Key\": \"net.flow\", \"Source\": \"x\", "
                "\"Dir\": \".terraform/modules/net.flow\"}]}"},
            {"prod/.terraform/modules/net/main.tf",
                "variable \"cidr\" {}\nresource \"aws_vpc\" \"this\" { cidr_block = var.cidr }\n"
                "module \"flow\" { source = \"another/registry/module\" }\n"},
            {"prod/.terraform/modules/net/examples/x/main.tf", "resource \"aws_vpc\" \"example\" {}\n"},
            {"prod/.terraform/modules/net.flow/main.tf", "resource \"aws_flow_log\" \"this\" {}\n"},
            {"prod/.terraform/providers/x.tf", "resource \"aws_vpc\" \"never\" {}\n"}});
        QCOMPARE(r.estate.blocks(at(r, "module.net.aws_vpc.this")).size(), std::size_t{1});
        QVERIFY(r.estate.find("module.net.module.flow.aws_flow_log.this"));
        QVERIFY(!r.estate.find("aws_vpc.example"));
        QVERIFY(!r.estate.find("aws_vpc.never"));
        QVERIFY(saysOf(r, "prod/main.tf", "terraform init"));
    }

    void anExampleMayCallTheModuleAboveIt()
    {
        const Read r =
            read({{"main.tf", "variable \"name\" {}\nresource \"aws_vpc\" \"v\" {\n  tags = { Name = var.name }\n}\n"},
                {"examples/full/main.tf", "module \"it\" {\n  source = \"../../\"\n  name = \"shown\"\n}\n"}});
        QCOMPARE(r.estate.name(at(r, "module.it.aws_vpc.v")), std::string_view("shown"));
        QVERIFY(!r.estate.find("aws_vpc.v"));
    }

    void filesWithinTheFolderAreRead()
    {
        const std::string main = "module \"m\" { source = \"./m\" }\n"
            + told("join(\" \", [trimspace(file(\"${path.module}/a.txt\")), templatefile(\"t.tpl\", { names = [\"x\", "
                   "\"y\"], base = 1 }), join(\",\", fileset(path.module, \"*.{txt,tpl}\")), fileexists(\"none\"), "
                   "filebase64(\"a.txt\")])");
        const Read r = read({{"main.tf", main.c_str()}, {"a.txt", "text\n"},
            {"t.tpl", "%{ for n in names ~}\n${n}-${base} \"${upper(n)}\"\n%{ endfor ~}\n"},
            {"m/main.tf",
                "resource \"aws_iam_role\" \"r\" {\n  name = \"r\"\n  assume_role_policy = "
                "file(\"${path.module}/trust.json\")\n}\n"},
            {"m/trust.json",
                "{\"Statement\": [{\"Effect\": \"Allow\", \"Principal\": {\"Service\": \"ec2.amazonaws.com\"}, "
                "\"Action\": \"sts:AssumeRole\"}]}"}});
        QCOMPARE(valueIn(r), std::string("text x-1 \"X\"\ny-1 \"Y\"\n a.txt,t.tpl false dGV4dAo="));
        QCOMPARE(targets(r, "module.m.aws_iam_role.r", EdgeKind::Mentions), Ids{"ec2.amazonaws.com"});
    }

    void filesOutsideOfTheFolderAreNot()
    {
        for (const char* path : {"/etc/passwd", "../../../../etc/passwd", "~/.ssh/id_rsa", "sub/../../x"}) {
            const Read r = read({{"main.tf", told("file(\"" + std::string(path) + "\")").c_str()}});
            QVERIFY2(valueIn(r).find("root") == std::string::npos, path);
            QVERIFY2(saysOf(r, "main.tf", "was not imported"), path);
        }
    }

    void blocksOfOtherResourcesTellTheirValues()
    {
        const std::string main = "resource \"aws_instance\" \"m\" {\n  root_block_device {\n    volume_size = 8\n  }\n "
                                 " credit_specification {}\n}\n"
            + told("\"${aws_instance.m.root_block_device[0].volume_size} "
                   "${aws_instance.m.root_block_device.0.volume_id}\"");
        const Read r = read({{"main.tf", main.c_str()}});
        QVERIFY2(valueIn(r).starts_with("8 "), valueIn(r).c_str());
        QVERIFY2(valueIn(r).find("aws_instance.m") != std::string::npos, valueIn(r).c_str());
    }

    void resourcesMayBeMadeForEachOfOthers()
    {
        const Read r = read({{"main.tf",
            "resource \"aws_vpc\" \"v\" {\n  for_each = { a = \"10.0.0.0/16\", b = \"10.1.0.0/16\" }\n  cidr_block = "
            "each.value\n}\nresource \"aws_internet_gateway\" \"g\" {\n  for_each = aws_vpc.v\n  vpc_id = "
            "each.value.id\n}\nresource \"aws_subnet\" \"s\" {\n  count = length(aws_subnet.t)\n  vpc_id = "
            "aws_vpc.v[\"a\"].id\n}\nresource \"aws_subnet\" \"t\" {\n  count = 3\n}\n"}});
        QVERIFY(r.estate.find("aws_internet_gateway.g[\"b\"]"));
        QVERIFY(!r.estate.find("aws_internet_gateway.g[\"?\"]"));
        QVERIFY(r.estate.find("aws_subnet.s[2]"));
        QCOMPARE(targets(r, "aws_internet_gateway.g[\"b\"]", EdgeKind::AttachedTo), Ids{"aws_vpc.v[\"b\"]"});
    }

    void aResourceIsWhereItsProviderIs()
    {
        const Read r = read({{"main.tf",
                                 "provider \"aws\" { region = \"eu-west-1\" }\nprovider \"aws\" {\n  alias = \"us\"\n  "
                                 "region = \"us-east-1\"\n}\nresource \"aws_vpc\" \"here\" {}\nresource \"aws_vpc\" "
                                 "\"there\" { provider = aws.us }\nmodule \"m\" {\n  source = \"./m\"\n  providers = { "
                                 "aws = aws.us }\n}\nmodule \"n\" { source = \"./m\" }\n"},
            {"m/main.tf", "resource \"aws_vpc\" \"v\" {}\n"}});
        const auto region = [&](std::string_view id) { return r.estate.name(r.estate.node(at(r, id)).region); };
        QCOMPARE(region("aws_vpc.here"), std::string_view("eu-west-1"));
        QCOMPARE(region("aws_vpc.there"), std::string_view("us-east-1"));
        QCOMPARE(region("module.m.aws_vpc.v"), std::string_view("us-east-1"));
        QCOMPARE(region("module.n.aws_vpc.v"), std::string_view("eu-west-1"));
    }

    void dataSourcesThatAskNobodyHaveValues()
    {
        const std::string main =
            "provider \"aws\" { region = \"us-gov-west-1\" }\ndata \"aws_partition\" \"p\" {}\ndata \"aws_region\" "
            "\"r\" "
            "{}\ndata \"template_file\" \"t\" {\n  template = \"hello $${who}\"\n  vars = { who = \"you\" }\n}\n"
            + told("\"${data.aws_partition.p.partition} ${data.aws_region.r.name} ${data.template_file.t.rendered}\"");
        QCOMPARE(valueIn(read({{"main.tf", main.c_str()}})), std::string("aws-us-gov us-gov-west-1 hello you"));
    }

    void aPolicyDocumentIsMadeOfOthers()
    {
        const Read r = read({{"main.tf",
            "data \"aws_iam_policy_document\" \"base\" {\n  statement {\n    sid = \"A\"\n    actions = "
            "[\"s3:GetObject\"]\n"
            "    resources = [\"arn:aws:s3:::b/&{aws:username}/*\"]\n  }\n  statement {\n    sid = \"B\"\n    actions "
            "= "
            "[\"s3:PutObject\"]\n    resources = [\"*\"]\n  }\n}\n"
            "data \"aws_iam_policy_document\" \"all\" {\n  source_policy_documents = "
            "[data.aws_iam_policy_document.base.json]\n  statement {\n    sid = \"B\"\n    effect = \"Deny\"\n    "
            "actions "
            "= [\"s3:*\"]\n    resources = [\"*\"]\n  }\n}\n"
            "resource \"aws_iam_policy\" \"p\" {\n  name = \"p\"\n  policy = "
            "data.aws_iam_policy_document.all.json\n}\n"}});
        const auto policies = r.estate.policies(at(r, "aws_iam_policy.p"));
        QCOMPARE(policies.size(), std::size_t{1});
        const Json document = parseJson(r.estate.text(policies[0].document)).value_or(Json());
        const Json& statements = arrayOf(document, "Statement");
        QCOMPARE(statements.size(), std::size_t{2});
        QCOMPARE(textOf(statements[0], "Resource"), std::string_view("arn:aws:s3:::b/${aws:username}/*"));
        QCOMPARE(textOf(statements[1], "Effect"), std::string_view("Deny"));
    }

    void longChainsOfValuesEndWell()
    {
        std::string main = told("local.a0") + "locals {\n";
        for (int i = 0; i < 10'000; ++i)
            main += "  a" + std::to_string(i) + " = local.a" + std::to_string(i + 1) + "\n";
        main += "  a10000 = 1\n}\n";
        const Read r = read({{"main.tf", main.c_str()}});
        QVERIFY(r.estate.find("aws_vpc.told"));
        QVERIFY(saysOf(r, "main.tf", "too deep"));
    }

    void modulesThatMultiplyEndWell()
    {
        // Each calls the next ten times, twelve deep.
        std::vector<std::pair<std::string, std::string>> written;
        for (int i = 0; i < 14; ++i) {
            std::string text = "resource \"aws_vpc\" \"v\" {}\n";
            for (int k = 0; k < 10; ++k)
                text += "module \"c" + std::to_string(k) + "\" { source = \"../m" + std::to_string(i + 1) + "\" }\n";
            written.emplace_back("m" + std::to_string(i) + "/main.tf", text);
        }
        WrittenFolder folder;
        for (const auto& [name, text] : written)
            folder.file(name, text);
        const Read r = linked(folder.imported());
        QVERIFY(r.estate.find("aws_vpc.v"));
        QVERIFY(r.estate.nodeCount() < 20'000);
    }
};

QTEST_APPLESS_MAIN(ConfigurationTest)
#include "tst_configuration.moc"
