// SPDX-License-Identifier: GPL-3.0-or-later
#include "read_design.h"

using namespace glacis;

namespace {

/// A plan of some changes and a configuration.
std::string plan(const std::string& changes, const std::string& root = "{}", const char* version = "1.2")
{
    return "{\"format_version\":\"" + std::string(version)
        + "\",\"terraform_version\":\"1.9.0\",\"planned_values\":{},\"resource_changes\":[" + changes
        + "],\"configuration\":{\"provider_config\":{\"aws\":{\"name\":\"aws\",\"expressions\":{\"region\":"
          "{\"constant_value\":\"eu-central-1\"}}}},\"root_module\":"
        + root + "}}";
}

std::string change(const std::string& address, const char* type, const std::string& after,
    const std::string& unknown = "{}", const char* actions = "\"create\"", const std::string& sensitive = "{}")
{
    return "{\"address\":" + Json(address).dump() + ",\"mode\":\"managed\",\"type\":\"" + type
        + "\",\"change\":{\"actions\":[" + actions + "],\"before\":null,\"after\":" + after
        + ",\"after_unknown\":" + unknown + ",\"after_sensitive\":" + sensitive + "}}";
}

Read readPlan(const std::string& text)
{
    return read({{"plan.json", text.c_str()}});
}

} // namespace

class PlanAndStateTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void whatIsNotKnownYetComesFromTheConfiguration()
    {
        const Read r =
            readPlan(plan(change("aws_vpc.main", "aws_vpc", R"({"cidr_block":"10.0.0.0/16"})", R"({"id":true})") + ','
                    + change("aws_subnet.a", "aws_subnet", R"({"cidr_block":"10.0.1.0/24"})",
                        R"({"id":true,"vpc_id":true})"),
                R"({"resources":[{"address":"aws_vpc.main","expressions":{}},{"address":"aws_subnet.a","expressions":
                {"vpc_id":{"references":["aws_vpc.main.id","aws_vpc.main"]}}}]})"));
        QCOMPARE(r.estate.node(at(r, "aws_subnet.a")).parent, at(r, "aws_vpc.main"));
        const Evidence& evidence = r.estate.evidence(r.estate.evidence(at(r, "aws_subnet.a")).front());
        QCOMPARE(r.estate.text(evidence.pointer), std::string_view("/resource_changes/1/change/after"));
    }

    void aReferenceIsFollowedDownThroughVariablesAndUpThroughOutputs()
    {
        const Read r = readPlan(plan(change("module.net.aws_vpc.this[0]", "aws_vpc", "{}", R"({"id":true})") + ','
                + change("module.app.aws_subnet.one", "aws_subnet", "{}", R"({"vpc_id":true})"),
            R"({"module_calls":{
                "net":{"module":{"outputs":{"id":{"expression":{"references":["aws_vpc.this[0].id","aws_vpc.this[0]","aws_vpc.this"]}}},
                    "resources":[{"address":"aws_vpc.this","expressions":{},"count_expression":{"constant_value":1}}]}},
                "app":{"expressions":{"network":{"references":["module.net.id","module.net"]}},
                    "module":{"resources":[{"address":"aws_subnet.one","expressions":{"vpc_id":{"references":["var.network"]}}}]}}}})"));
        QCOMPARE(r.estate.node(at(r, "module.app.aws_subnet.one")).parent, at(r, "module.net.aws_vpc.this[0]"));
    }

    void anIndexThatBothShareLeadsToTheSameInstance()
    {
        const auto both = [](const char* type, const char* name, const char* unknown) {
            std::string all;
            for (const char* index : {"[0]", "[1]"})
                all += (all.empty() ? "" : ",") + change(std::string(type) + '.' + name + index, type, "{}", unknown);
            return all;
        };
        const Read r = readPlan(plan(
            both("aws_instance", "web", R"({"subnet_id":true})") + ',' + both("aws_subnet", "web", R"({"id":true})"),
            R"({"resources":[{"address":"aws_subnet.web","expressions":{}},{"address":"aws_instance.web","expressions":
                {"subnet_id":{"references":["aws_subnet.web","count.index"]}}}]})"));
        QCOMPARE(r.estate.node(at(r, "aws_instance.web[1]")).parent, at(r, "aws_subnet.web[1]"));
    }

    void whatTheApplyDoesIsKeptAndWhatItTakesAwayIsNot()
    {
        const Read r = readPlan(plan(change("aws_vpc.stays", "aws_vpc", "{}", "{}", "\"no-op\"") + ','
            + change("aws_vpc.grows", "aws_vpc", "{}", "{}", "\"update\"") + ','
            + change("aws_vpc.again", "aws_vpc", "{}", "{}", "\"delete\",\"create\"") + ','
            + change("aws_vpc.goes", "aws_vpc", "null", "{}", "\"delete\"")));
        QVERIFY(!r.estate.find("aws_vpc.goes"));
        QVERIFY(!r.estate.property(at(r, "aws_vpc.stays"), "planned"));
        QCOMPARE(r.estate.word(at(r, "aws_vpc.grows"), "planned"), std::string_view("update"));
        QCOMPARE(r.estate.word(at(r, "aws_vpc.again"), "planned"), std::string_view("delete+create"));
    }

    void sensitiveValuesAreDroppedAndCounted()
    {
        const Read r = readPlan(plan(change("aws_security_group.a", "aws_security_group",
            R"({"name":"s3cr3t-name","description":"d"})", "{}", "\"create\"", R"({"name":true})")));
        QCOMPARE(r.ledger.rows[0].leftOut.size(), std::size_t{1});
        QVERIFY(r.estate.name(at(r, "aws_security_group.a")) != std::string_view("s3cr3t-name"));
        QVERIFY(!r.estate.property(at(r, "aws_security_group.a"), "group_name"));
    }

    void aDocumentOfADataSourceIsRead()
    {
        const std::string document =
            R"({"address":"data.aws_iam_policy_document.d","mode":"data","type":"aws_iam_policy_document",
            "change":{"actions":["read"],"before":null,"after":{"statement":[{"effect":"Allow","actions":["s3:GetObject"],"resources":[null]}]},
            "after_unknown":{"json":true,"statement":[{"resources":[true]}]}}})";
        const Read r = readPlan(plan(document + ','
                + change("aws_s3_bucket.b", "aws_s3_bucket", R"({"bucket":"quarterly"})", R"({"arn":true})") + ','
                + change("aws_iam_policy.p", "aws_iam_policy", R"({"name":"p"})", R"({"policy":true})"),
            R"({"resources":[{"address":"aws_s3_bucket.b","expressions":{}},
                {"address":"data.aws_iam_policy_document.d","expressions":{"statement":[{"resources":{"references":["aws_s3_bucket.b.arn","aws_s3_bucket.b"]}}]}},
                {"address":"aws_iam_policy.p","expressions":{"policy":{"references":["data.aws_iam_policy_document.d.json","data.aws_iam_policy_document.d"]}}}]})"));
        const auto policies = r.estate.policies(at(r, "aws_iam_policy.p"));
        QCOMPARE(policies.size(), std::size_t{1});
        QVERIFY(r.estate.text(policies[0].document).find("arn:aws:s3:::quarterly") != std::string_view::npos);
    }

    void aMajorVersionNobodyKnowsIsRefused()
    {
        const Read r = readPlan(plan(change("aws_vpc.a", "aws_vpc", "{}"), "{}", "2.0"));
        QCOMPARE(r.ledger.rows[0].problems.size(), std::size_t{1});
        QVERIFY(!r.estate.find("aws_vpc.a"));
    }

    void aStateShownAsJsonIsReadToo()
    {
        const Read r =
            readPlan(R"({"format_version":"1.0","terraform_version":"1.9.0","values":{"root_module":{"child_modules":[
            {"resources":[{"address":"module.n.aws_vpc.a","mode":"managed","type":"aws_vpc","values":{"id":"vpc-0a1b2c3d4e"}}]}]}}})");
        QCOMPARE(at(r, "vpc-0a1b2c3d4e"), at(r, "module.n.aws_vpc.a"));
    }

    void aStateNamesThingsByAddressAndFindsThemByTheirIds()
    {
        const Read r = read({{"terraform.tfstate", R"({"version":4,"terraform_version":"1.9.0","resources":[
            {"mode":"managed","type":"aws_subnet","name":"a","instances":[{"index_key":"x","attributes":{"id":"subnet-0a1b2c3d4e","vpc_id":"vpc-0a1b2c3d4e"}}]},
            {"module":"module.n","mode":"managed","type":"aws_vpc","name":"v","instances":[{"attributes":{"id":"vpc-0a1b2c3d4e","arn":"arn:aws:ec2:eu-west-1:111122223333:vpc/vpc-0a1b2c3d4e"}}]},
            {"mode":"managed","type":"aws_iam_user","name":"admin","instances":[{"attributes":{"id":"admin","name":"admin"}}]},
            {"mode":"managed","type":"aws_iam_role","name":"admin","instances":[{"attributes":{"id":"admin","name":"admin"}}]}]})"}});
        QCOMPARE(r.estate.node(at(r, "aws_subnet.a[\"x\"]")).parent, at(r, "module.n.aws_vpc.v"));
        QCOMPARE(at(r, "vpc-0a1b2c3d4e"), at(r, "module.n.aws_vpc.v"));
        QVERIFY(at(r, "aws_iam_user.admin") != at(r, "aws_iam_role.admin"));
        QVERIFY(r.estate.find("111122223333"));
    }

    void anOldStateIsRefusedWithWhatToDo()
    {
        const Read r =
            read({{"terraform.tfstate", R"({"version":3,"terraform_version":"0.11.0","serial":1,"modules":[]})"}});
        QCOMPARE(r.ledger.rows[0].problems.size(), std::size_t{1});
        QVERIFY(r.ledger.rows[0].problems[0].sentence.find("version 3") != std::string::npos);
    }

    void brokenPlansKeepWhatCanBeRead()
    {
        std::string text = plan(change("aws_vpc.a", "aws_vpc", "{}"));
        text.resize(text.find("\"configuration\"") + 20);
        const Read cut = readPlan(text);
        QCOMPARE(cut.ledger.rows[0].problems.size(), std::size_t{1});
        QVERIFY(cut.estate.find("aws_vpc.a"));
        for (const char* odd :
            {R"({"format_version":7,"resource_changes":{"a":1},"configuration":[]})",
                R"({"format_version":"1.0","resource_changes":[7,null,{"change":[]},{"change":{"after":[],"actions":7}}],"configuration":{"root_module":[]}})",
                R"({"version":4,"terraform_version":"1","resources":[{"type":"aws_vpc","name":"a","instances":[{"attributes":{"id":["x"]},"sensitive_attributes":[[{"value":{"value":{}}}]]}]}]})"})
            QCOMPARE(readPlan(odd).ledger.rows.size(), std::size_t{1});
    }

    void anAddressThatNamesAModuleAndNothingInItEnds()
    {
        const Read r = readPlan(plan(change("module.a", "aws_vpc", "{}", "{\"id\":true}") + ','
            + change("module.a.module.b", "aws_vpc", "{}", "{\"id\":true}")));
        QCOMPARE(r.ledger.rows.size(), std::size_t{1});
    }

    void referencesThatGoInCirclesEnd()
    {
        const Read r = readPlan(plan(change("module.m.aws_subnet.a", "aws_subnet", "{}", R"({"vpc_id":true})"),
            R"({"module_calls":{"m":{"expressions":{"v":{"references":["module.m.o"]}},"module":{"outputs":{"o":{"expression":
                {"references":["var.v"]}}},"resources":[{"address":"aws_subnet.a","expressions":{"vpc_id":{"references":["var.v"]}}}]}}}})"));
        QVERIFY(r.estate.find("module.m.aws_subnet.a"));
    }
};

QTEST_GUILESS_MAIN(PlanAndStateTest)
#include "tst_plan_and_state.moc"
