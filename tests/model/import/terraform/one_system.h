// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/json.h"
#include "core/text.h"

#include <map>
#include <set>
#include <string>
#include <vector>

namespace glacis {

/// A shop in three tiers, told once: each resource with its arguments, in which "${aws_vpc.main.id}" refers to another.
/// From it come the configuration, the plan's JSON and the state, as Terraform writes them.
class OneSystem {
public:
    OneSystem()
    {
        const auto tags = [](const char* name) { return Json{{"Name", name}}; };
        const Json all = {"0.0.0.0/0"};
        add("aws_vpc", "main", {{"cidr_block", "10.0.0.0/16"}, {"tags", tags("shop")}});
        add("aws_internet_gateway", "out", {{"vpc_id", "${aws_vpc.main.id}"}, {"tags", tags("out")}});
        for (const auto& [name, block, open] :
            {std::tuple{"web", "10.0.1.0/24", true}, {"app", "10.0.2.0/24", false}, {"db", "10.0.3.0/24", false}})
            add("aws_subnet", name,
                {{"vpc_id", "${aws_vpc.main.id}"}, {"cidr_block", block}, {"map_public_ip_on_launch", open},
                    {"tags", tags(name)}});
        add("aws_route_table", "web",
            {{"vpc_id", "${aws_vpc.main.id}"}, {"tags", tags("web")},
                {"route",
                    Json::array({{{"cidr_block", "0.0.0.0/0"}, {"gateway_id", "${aws_internet_gateway.out.id}"}}})}});
        add("aws_route_table_association", "web",
            {{"subnet_id", "${aws_subnet.web.id}"}, {"route_table_id", "${aws_route_table.web.id}"}});
        const auto rule = [](int port, const char* key, Json from) {
            return Json{{"protocol", port < 0 ? "-1" : "tcp"}, {"from_port", std::max(port, 0)},
                {"to_port", std::max(port, 0)}, {key, std::move(from)}};
        };
        const Json out = Json::array({rule(-1, "cidr_blocks", all)});
        const auto group = [&](const char* name, Json in) {
            add("aws_security_group", name,
                {{"name", name}, {"description", "of the tier"}, {"vpc_id", "${aws_vpc.main.id}"},
                    {"ingress", Json::array({std::move(in)})}, {"egress", out}});
        };
        group("web", rule(443, "cidr_blocks", all));
        group("app", rule(8443, "security_groups", {"${aws_security_group.web.id}"}));
        group("db", rule(5432, "security_groups", {"${aws_security_group.app.id}"}));
        add("aws_iam_role", "app", {{"name", "app"}, {"assume_role_policy", trust().dump()}});
        add("aws_iam_role_policy", "app",
            {{"name", "orders"}, {"role", "${aws_iam_role.app.name}"}, {"policy", rights().dump()}});
        add("aws_iam_instance_profile", "app", {{"name", "app"}, {"role", "${aws_iam_role.app.name}"}});
        for (const std::string name : {"web", "app"})
            add("aws_instance", name,
                {{"ami", "ami-0123456789abcdef0"}, {"instance_type", "t3.micro"},
                    {"subnet_id", "${aws_subnet." + name + ".id}"},
                    {"vpc_security_group_ids", {"${aws_security_group." + name + ".id}"}},
                    {"iam_instance_profile", name == "app" ? Json("${aws_iam_instance_profile.app.name}") : Json()},
                    {"tags", tags(name.c_str())}});
        add("aws_db_instance", "orders",
            {{"identifier", "orders"}, {"engine", "postgres"}, {"storage_encrypted", true},
                {"publicly_accessible", false}, {"vpc_security_group_ids", {"${aws_security_group.db.id}"}}});
        add("aws_s3_bucket", "orders", {{"bucket", "shop-orders"}});
        add("aws_s3_bucket_public_access_block", "orders",
            {{"bucket", "${aws_s3_bucket.orders.id}"}, {"block_public_acls", true}, {"block_public_policy", true},
                {"ignore_public_acls", true}, {"restrict_public_buckets", false}});
    }

    static Json trust()
    {
        return {{"Version", "2012-10-17"},
            {"Statement",
                Json::array({{{"Action", "sts:AssumeRole"}, {"Effect", "Allow"},
                    {"Principal", {{"Service", "ec2.amazonaws.com"}}}}})}};
    }

    static Json rights()
    {
        return {{"Version", "2012-10-17"},
            {"Statement",
                Json::array(
                    {{{"Action", "s3:GetObject"}, {"Effect", "Allow"}, {"Resource", "arn:aws:s3:::shop-orders/*"}}})}};
    }

    [[nodiscard]] std::string configuration() const
    {
        std::string text = "provider \"aws\" {\n  region = \"eu-central-1\"\n}\n";
        for (const Row& row : m_rows)
            text += "resource \"" + row.type + "\" \"" + row.name + "\" {\n" + body(row.values) + "}\n";
        return text;
    }

    [[nodiscard]] std::string plan() const
    {
        Json changes = Json::array(), planned = Json::array(), configured = Json::array();
        for (const Row& row : m_rows) {
            Json after = Json::object(), unknown = Json::object(), expressions = Json::object();
            for (const auto& [key, value] : row.values.items()) {
                const Json known = resolved(value, false);
                after[key] = known;
                if (const Json shadow = unknownIn(known); shadow != Json(false))
                    unknown[key] = shadow;
                expressions[key] = expression(value);
            }
            for (const char* told : {"id", "arn"})
                unknown[told] = true;
            without(after);
            const Json head = {{"address", row.type + '.' + row.name}, {"mode", "managed"}, {"type", row.type},
                {"name", row.name}, {"provider_name", "registry.terraform.io/hashicorp/aws"}};
            Json change = head, resource = head, own = head;
            change["change"] = {{"actions", {"create"}}, {"before", nullptr}, {"after", after},
                {"after_unknown", unknown}, {"after_sensitive", Json::object()}};
            resource["values"] = after;
            own["expressions"] = expressions;
            changes.push_back(change);
            planned.push_back(resource);
            configured.push_back(own);
        }
        const Json provider = {{"name", "aws"}, {"expressions", {{"region", {{"constant_value", "eu-central-1"}}}}}};
        return Json{{"format_version", "1.2"}, {"terraform_version", "1.9.0"},
            {"planned_values", {{"root_module", {{"resources", planned}}}}}, {"resource_changes", changes},
            {"configuration", {{"provider_config", {{"aws", provider}}}, {"root_module", {{"resources", configured}}}}}}
            .dump(1);
    }

    [[nodiscard]] std::string state() const
    {
        Json resources = Json::array();
        for (const Row& row : m_rows) {
            Json attributes = resolved(row.values, true);
            attributes["id"] = idOf(row.type + '.' + row.name);
            resources.push_back({{"mode", "managed"}, {"type", row.type}, {"name", row.name},
                {"provider", "provider[\"registry.terraform.io/hashicorp/aws\"]"},
                {"instances", Json::array({{{"schema_version", 1}, {"attributes", attributes}}})}});
        }
        return Json{{"version", 4}, {"terraform_version", "1.9.0"}, {"serial", 1}, {"lineage", "one"},
            {"outputs", Json::object()}, {"resources", resources}}
            .dump(1);
    }

private:
    struct Row {
        std::string type, name;
        Json values;
    };

    void add(std::string type, std::string name, Json values)
    {
        for (auto at = values.begin(); at != values.end();)
            at = at->is_null() ? values.erase(at) : std::next(at);
        m_rows.push_back({std::move(type), std::move(name), std::move(values)});
    }

    static bool isReference(const Json& value)
    {
        return value.is_string() && value.get_ref<const std::string&>().starts_with("${");
    }

    static std::string referenceOf(const Json& value)
    {
        const std::string text = value.get<std::string>();
        return text.substr(2, text.size() - 3);
    }

    static std::string written(const Json& value)
    {
        if (isReference(value))
            return referenceOf(value);
        if (value.is_string())
            return value.dump();
        if (value.is_array()) {
            std::string all;
            for (const Json& one : value)
                all += (all.empty() ? "" : ", ") + written(one);
            return '[' + all + ']';
        }
        if (!value.is_object())
            return value.dump();
        std::string all;
        for (const auto& [key, one] : value.items())
            all += ' ' + key + " = " + written(one) + '\n';
        return "{\n" + all + '}';
    }

    static std::string body(const Json& values)
    {
        std::string text;
        for (const auto& [key, value] : values.items()) {
            if (value.is_array() && value.front().is_object()) {
                for (const Json& block : value)
                    text += "  " + key + " {\n" + body(block) + "  }\n";
            } else {
                text += "  " + key + " = " + written(value) + '\n';
            }
        }
        return text;
    }

    /// What an apply gives each resource.
    [[nodiscard]] std::string idOf(const std::string& address) const
    {
        static const std::map<std::string, std::string> ids = {{"aws_vpc.main", "vpc-00000000000000001"},
            {"aws_internet_gateway.out", "igw-00000000000000001"}, {"aws_subnet.web", "subnet-00000000000000001"},
            {"aws_subnet.app", "subnet-00000000000000002"}, {"aws_subnet.db", "subnet-00000000000000003"},
            {"aws_route_table.web", "rtb-00000000000000001"}, {"aws_security_group.web", "sg-00000000000000001"},
            {"aws_security_group.app", "sg-00000000000000002"}, {"aws_security_group.db", "sg-00000000000000003"},
            {"aws_instance.web", "i-00000000000000001"}, {"aws_instance.app", "i-00000000000000002"},
            {"aws_s3_bucket.orders", "shop-orders"}, {"aws_iam_role.app", "app"},
            {"aws_iam_instance_profile.app", "app"}, {"aws_db_instance.orders", "db-ORDERS"}};
        const auto found = ids.find(address);
        return found == ids.end() ? address : found->second;
    }

    /// References followed: always to what the other resource sets, and to its id when it is there already.
    [[nodiscard]] Json resolved(const Json& value, bool applied) const
    {
        if (isReference(value)) {
            const std::string text = referenceOf(value);
            const std::string address = text.substr(0, text.rfind('.')), attribute(afterLast(text, '.'));
            if (attribute == "id")
                return applied ? Json(idOf(address)) : value;
            for (const Row& row : m_rows) {
                if (row.type + '.' + row.name == address)
                    return row.values.at(attribute);
            }
        }
        if (!value.is_structured())
            return value;
        Json made = value;
        for (Json& one : made)
            one = resolved(one, applied);
        return made;
    }

    static Json unknownIn(const Json& value)
    {
        if (isReference(value))
            return true;
        Json made = value.is_array() ? Json::array() : Json::object();
        bool any = false;
        if (value.is_structured()) {
            for (auto at = value.begin(); at != value.end(); ++at) {
                const Json inner = unknownIn(*at);
                any = any || inner != Json(false);
                if (value.is_array())
                    made.push_back(inner);
                else if (inner != Json(false))
                    made[at.key()] = inner;
            }
        }
        return any ? made : Json(false);
    }

    /// Unknown values are left out of objects, and null in lists.
    static void without(Json& value)
    {
        if (value.is_object()) {
            for (auto at = value.begin(); at != value.end();) {
                if (isReference(*at)) {
                    at = value.erase(at);
                } else {
                    without(*at);
                    ++at;
                }
            }
        } else if (value.is_array()) {
            for (Json& one : value) {
                if (isReference(one))
                    one = nullptr;
                else
                    without(one);
            }
        }
    }

    static Json expression(const Json& value)
    {
        std::set<std::string> all;
        collect(value, all);
        if (value.is_array() && value.front().is_object()) {
            Json blocks = Json::array();
            for (const Json& block : value) {
                Json inner = Json::object();
                for (const auto& [key, one] : block.items())
                    inner[key] = expression(one);
                blocks.push_back(inner);
            }
            return blocks;
        }
        if (all.empty())
            return {{"constant_value", value}};
        Json references = Json::array();
        for (const std::string& one : all) {
            references.push_back(one);
            references.push_back(one.substr(0, one.rfind('.')));
        }
        return {{"references", references}};
    }

    static void collect(const Json& value, std::set<std::string>& into)
    {
        if (isReference(value))
            into.insert(referenceOf(value));
        for (const Json& one : value.is_structured() ? value : Json::array())
            collect(one, into);
    }

    std::vector<Row> m_rows;
};

} // namespace glacis
