// SPDX-License-Identifier: GPL-3.0-or-later
#include "read_design.h"

#include "catalog/schema.h"
#include "import/terraform/type_table.h"

#include <QDir>
#include <QtTest>

using namespace glacis;

namespace {

/// A folder of designs/ beside this file.
Read design(const char* name)
{
    Progress progress;
    const std::filesystem::path inputs[] = {
        std::filesystem::path(GLACIS_SOURCE_DIR) / "tests/model/import/terraform/designs" / name};
    return linked(import(inputs, readers(), progress));
}

} // namespace

class TerraformTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyTypeOfTheTableIsWellFormed()
    {
        const Table table = loadTable("terraform/aws.json", "terraform/schema.json", "types");
        for (const auto& fault : table.faults)
            qWarning("%s: %s", fault.pointer.c_str(), fault.sentence.c_str());
        QVERIFY(table.faults.empty());
        for (const Json& row : arrayOf(table.json, "types")) {
            const auto* type = terraform::typeRow(textOf(row, "type"));
            QVERIFY2(type, row.dump().c_str());
            QVERIFY2(type->as.empty() || type->of.path.empty(), row.dump().c_str());
        }
    }

    void aNetworkComesWithATableAndAListThatNobodyWrites()
    {
        const Read r = read({{"main.tf",
            "resource \"aws_vpc\" \"v\" {\n  cidr_block = \"10.0.0.0/16\"\n}\n"
            "resource \"aws_subnet\" \"open\" {\n  vpc_id = aws_vpc.v.id\n}\n"
            "resource \"aws_subnet\" \"listed\" {\n  vpc_id = aws_vpc.v.id\n}\n"
            "resource \"aws_network_acl\" \"own\" {\n  vpc_id = aws_vpc.v.id\n  subnet_ids = "
            "[aws_subnet.listed.id]\n}\n"
            "resource \"aws_vpc\" \"w\" {\n  cidr_block = \"10.1.0.0/16\"\n}\n"
            "resource \"aws_default_route_table\" \"t\" {\n  default_route_table_id = "
            "aws_vpc.w.default_route_table_id\n}\n"}});
        QCOMPARE(targets(r, "aws_vpc.v", EdgeKind::RoutedBy), Ids{"aws_vpc.v.main_route_table"});
        const auto routes = r.estate.routes(at(r, "aws_vpc.v.main_route_table"));
        QCOMPARE(routes.size(), std::size_t{1});
        QVERIFY(routes[0].local);
        QCOMPARE(targets(r, "aws_vpc.w", EdgeKind::RoutedBy), Ids{"aws_default_route_table.t"});
        QCOMPARE(targets(r, "aws_subnet.open", EdgeKind::GuardedBy), Ids{"aws_vpc.v.default_network_acl"});
        QCOMPARE(r.estate.firewall(at(r, "aws_vpc.v.default_network_acl")).size(), std::size_t{4});
        QCOMPARE(targets(r, "aws_subnet.listed", EdgeKind::GuardedBy), Ids{"aws_network_acl.own"});
    }

    void aMachineHasAPublicAddressWhenItOrItsSubnetSaysSo()
    {
        const Read r = read({{"main.tf",
            "resource \"aws_subnet\" \"s\" {\n  map_public_ip_on_launch = true\n}\n"
            "resource \"aws_instance\" \"by_subnet\" {\n  subnet_id = aws_subnet.s.id\n}\n"
            "resource \"aws_instance\" \"refuses\" {\n  subnet_id = aws_subnet.s.id\n  associate_public_ip_address = "
            "false\n}\n"
            "resource \"aws_instance\" \"unknown\" {\n  subnet_id = var.subnet\n}\n"}});
        const auto flag = [&](const std::string& machine) { return r.estate.flag(at(r, machine), "public_address"); };
        QCOMPARE(flag("aws_instance.by_subnet"), std::optional(true));
        QCOMPARE(flag("aws_instance.refuses"), std::optional(false));
        QVERIFY(!flag("aws_instance.unknown"));
    }

    void groupsOfATierNameOneAnother()
    {
        const Read r = design("security_groups");
        const NodeId web = at(r, "aws_security_group.web");
        QCOMPARE(r.estate.kind(web), Kind::SecurityGroup);
        QCOMPARE(r.estate.name(web), std::string_view("web"));
        QCOMPARE(r.estate.firewall(web).size(), std::size_t{3});
        // The network is only spoken of, and it is one for both.
        const NodeId network = at(r, "module.vpc.vpc_id");
        QVERIFY(r.estate.node(network).outside);
        QCOMPARE(r.estate.kind(network), Kind::Network);
        QCOMPARE(r.estate.children(network).size(), std::size_t{2});
        const auto app = r.estate.firewall(at(r, "aws_security_group.app"));
        QCOMPARE(app.size(), std::size_t{1});
        QVERIFY(app[0].byPeer);
        QCOMPARE(r.estate.id(app[0].peer), std::string_view("aws_security_group.web"));
        QCOMPARE(app[0].from, 8080);
        QVERIFY(r.estate.node(at(r, "aws_security_group.bastion")).outside);
        // Everything may leave by the last rule: all protocols, so no port is named.
        for (const auto& row : r.estate.firewall(web)) {
            if (row.direction == Direction::Out)
                QCOMPARE(std::pair(int(row.protocol), row.from), std::pair(-1, -1));
        }
        // Evidence is the line of the argument.
        QCOMPARE(r.estate.evidence(app[0].evidence).line, 29U);
    }

    void aBucketAndWhatStandsBesideIt()
    {
        const Read r = design("bucket");
        const NodeId bucket = at(r, "aws_s3_bucket.data");
        QCOMPARE(at(r, "arn:aws:s3:::company-data"), bucket);
        QCOMPARE(r.estate.word(bucket, "versioning"), std::string_view("Enabled"));
        QCOMPARE(r.estate.word(bucket, "encryption"), std::string_view("aws:kms"));
        QCOMPARE(r.estate.flag(bucket, "block_public_acls"), std::optional(true));
        // "Resource: aws_s3_bucket_public_access_block": what is left out is false.
        QCOMPARE(r.estate.flag(bucket, "restrict_public_buckets"), std::optional(false));
        QCOMPARE(r.estate.tag(bucket, "dataclassification"), std::string_view("confidential"));
        QCOMPARE(targets(r, "aws_s3_bucket.data", EdgeKind::EncryptedWith), Ids{"aws_kms_key.data"});
        QCOMPARE(r.estate.policies(bucket).size(), std::size_t{1});
        const std::string_view document = r.estate.text(r.estate.policies(bucket)[0].document);
        QVERIFY(document.find("arn:aws:s3:::company-data/*") != document.npos);
    }

    void aTypeThatDoesNotExistIsReadAsWhatItMeans()
    {
        const Read r = design("config_rule");
        QCOMPARE(r.estate.word(at(r, "aws_config_rule.ssh"), "source"), std::string_view("INCOMING_SSH_DISABLED"));
        QCOMPARE(r.ledger.rows[0].leftOut.size(), std::size_t{1});
        QVERIFY(r.ledger.rows[0].leftOut[0].why.find("aws_config_config_rule") != std::string::npos);
    }

    void variablesLocalsCountAndForEach()
    {
        const Read r = design("repeated");
        QCOMPARE(r.estate.name(at(r, "aws_vpc.main")), std::string_view("shop-network"));
        const NodeId subnet = at(r, "aws_subnet.each[\"b\"]");
        QCOMPARE(toString(r.estate.blocks(subnet)[0].block), std::string("10.1.1.0/24"));
        QCOMPARE(r.estate.node(subnet).parent, at(r, "aws_vpc.main"));
        QCOMPARE(r.estate.node(at(r, "aws_instance.web[1]")).parent, at(r, "aws_subnet.each[\"a\"]"));
        const NodeId interface = at(r, "aws_instance.web[1].primary_network_interface");
        QCOMPARE(toString(r.estate.addresses(interface)[0].inside), std::string("10.1.0.11"));
        // How many there are is not known: one stands for all, and its rules are there.
        QCOMPARE(r.estate.firewall(at(r, "aws_security_group.open[\"?\"]")).size(), std::size_t{2});
    }

    void aLocalModuleIsPartOfTheDesign()
    {
        const Read r = design("module");
        const NodeId network = at(r, "module.net.aws_vpc.this");
        QCOMPARE(toString(r.estate.blocks(network)[0].block), std::string("10.2.0.0/16"));
        QCOMPARE(r.estate.node(at(r, "aws_security_group.web")).parent, network);
        QVERIFY(!r.estate.find("aws_vpc.this"));
    }

    void identitiesAndTheirPolicies()
    {
        const Read r = design("identities");
        QCOMPARE(targets(r, "aws_instance.web", EdgeKind::RunsAs), Ids{"aws_iam_instance_profile.web"});
        QCOMPARE(targets(r, "aws_iam_instance_profile.web", EdgeKind::ProfileRole), Ids{"aws_iam_role.web"});
        QCOMPARE(targets(r, "aws_iam_role.web", EdgeKind::HasPolicy), Ids{"arn:aws:iam::aws:policy/ReadOnlyAccess"});
        QCOMPARE(targets(r, "aws_iam_role.web", EdgeKind::Mentions), Ids{"ec2.amazonaws.com"});
        const auto policies = r.estate.policies(at(r, "aws_iam_role.web"));
        QCOMPARE(policies.size(), std::size_t{2});
        bool names = false;
        for (const auto& policy : policies)
            names = names || r.estate.text(policy.document).find("aws_s3_bucket.logs/*") != std::string_view::npos;
        QVERIFY(names);
    }

    void whatRefersToItselfIsSaid()
    {
        const Read r = read({{"loop.tf",
                                 "locals {\n a = local.b\n b = local.a\n}\n"
                                 "resource \"aws_vpc\" \"main\" { cidr_block = local.a }\n"},
            {"one/main.tf", "module \"two\" { source = \"../two\" }\nresource \"aws_vpc\" \"x\" {}\n"},
            {"two/main.tf", "module \"one\" { source = \"../one\" }\nresource \"aws_vpc\" \"y\" {}\n"}});
        QVERIFY(r.estate.find("aws_vpc.main"));
        QVERIFY(r.ledger.anythingWrong());
    }

    void aBrokenBlockIsNamedAndTheRestStands()
    {
        const Read r =
            read({{"main.tf", "resource \"aws_vpc\" \"a\" {\n  cidr_block = \n}\nresource \"aws_vpc\" \"b\" {}\n"}});
        QVERIFY(!r.estate.find("aws_vpc.a"));
        QVERIFY(r.estate.find("aws_vpc.b"));
        QCOMPARE(r.ledger.rows[0].problems.size(), std::size_t{1});
        QCOMPARE(r.ledger.rows[0].problems[0].place.line, 2);
    }

    void thePublishedExamplesAreReadWhole()
    {
        for (QDir at(QStringLiteral(GLACIS_SOURCE_DIR)); at.cdUp();) {
            QFile cases(at.filePath(QStringLiteral("shared/data/tf_cases/cases.jsonl")));
            if (!cases.open(QIODevice::ReadOnly))
                continue;
            const std::filesystem::path folder = QFileInfo(cases).path().toStdString();
            std::map<std::string, Read> read;
            std::string unknown;
            while (!cases.atEnd()) {
                const Json one = parseJson(cases.readLine().toStdString()).value_or(Json());
                const std::string input(textOf(one, "input_dir")), address(textOf(one, "resource"));
                if (!read.contains(input)) {
                    Progress progress;
                    const std::filesystem::path inputs[] = {folder / input};
                    read.emplace(input, linked(import(inputs, readers(), progress)));
                    for (const LedgerRow& row : read.at(input).ledger.rows) {
                        for (const Diagnostic& problem : row.problems)
                            if (problem.severity == Severity::Error)
                                unknown += input + '/' + row.file + ": " + problem.sentence + '\n';
                    }
                }
                const Read& r = read.at(input);
                if (!r.estate.find(address))
                    unknown += input + ": " + address + '\n';
            }
            QCOMPARE(QByteArray::fromStdString(unknown), QByteArray());
            return;
        }
        QSKIP("the published examples are not on this machine");
    }
};

QTEST_APPLESS_MAIN(TerraformTest)
#include "tst_terraform.moc"
