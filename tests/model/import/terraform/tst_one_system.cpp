// SPDX-License-Identifier: GPL-3.0-or-later
#include "one_system.h"
#include "read_design.h"

#include <QtTest>

using namespace glacis;

namespace {

using Facts = std::set<std::string>;

std::string label(const Estate& estate, NodeId node)
{
    return std::string(info(estate.kind(node)).name) + ' ' + std::string(estate.name(node));
}

bool isOfTheSystem(const Estate& estate, NodeId node)
{
    constexpr Kind kinds[] = {Kind::Network, Kind::Subnet, Kind::InternetGateway, Kind::SecurityGroup, Kind::Role,
        Kind::InstanceProfile, Kind::Vm, Kind::SqlDb, Kind::ObjectStore};
    return !estate.node(node).outside && std::ranges::find(kinds, estate.kind(node)) != std::end(kinds);
}

/// What the four forms must say alike, in the names that people gave; ids are each form's own.
Facts factsOf(const Estate& estate)
{
    Facts facts;
    for (std::size_t i = 0; i < estate.nodeCount(); ++i) {
        const auto node = idAt<NodeId>(i);
        if (!isOfTheSystem(estate, node))
            continue;
        const std::string own = label(estate, node);
        facts.insert(own);
        if (estate.node(node).region != noNode && estate.name(estate.node(node).region) != "global")
            facts.insert(own + " is in " + std::string(estate.name(estate.node(node).region)));
        for (const auto& block : estate.blocks(node))
            facts.insert(own + " has " + toString(block.block));
        if (const auto network = estate.within(node, Kind::Network); network && *network != node)
            facts.insert(own + " lies in " + label(estate, *network));
        for (const auto& rule : estate.firewall(node))
            facts.insert(own + (rule.direction == Direction::In ? " lets in " : " lets out ")
                + std::to_string(rule.protocol) + '/' + std::to_string(rule.from) + '-' + std::to_string(rule.to) + ' '
                + (rule.byPeer ? label(estate, rule.peer) : toString(rule.block)));
        for (const auto& policy : estate.policies(node))
            facts.insert(own + " says " + parseJson(estate.text(policy.document)).value_or(Json()).dump());
        for (const char* key : {"encrypted", "publicly_accessible", "public_address_on_launch", "block_public_acls",
                 "block_public_policy", "ignore_public_acls", "restrict_public_buckets", "multi_zone"}) {
            if (const auto flag = estate.flag(node, key))
                facts.insert(own + ' ' + key + (*flag ? " on" : " off"));
        }
        if (estate.kind(node) == Kind::SqlDb)
            facts.insert(own + " runs " + std::string(estate.word(node, "engine")));
        for (const EdgeKind kind : {EdgeKind::RunsAs, EdgeKind::ProfileRole, EdgeKind::GuardedBy}) {
            for (const NodeId other : estate.targets(node, kind)) {
                if (isOfTheSystem(estate, other))
                    facts.insert(own + " -> " + label(estate, other));
            }
        }
        // A machine is guarded and placed through its interfaces.
        for (const NodeId interface : estate.sources(node, EdgeKind::AttachedTo)) {
            if (estate.kind(interface) != Kind::NetworkInterface)
                continue;
            for (const NodeId group : estate.targets(interface, EdgeKind::GuardedBy))
                facts.insert(own + " is guarded by " + label(estate, group));
            if (const auto subnet = estate.within(interface, Kind::Subnet))
                facts.insert(own + " stands in " + label(estate, *subnet));
        }
    }
    for (const NodeId table : estate.ofKind(Kind::RouteTable)) {
        if (estate.name(table) != "web")
            continue; // the main table has no name
        for (const NodeId subnet : estate.sources(table, EdgeKind::RoutedBy))
            facts.insert(label(estate, subnet) + " is routed by web");
        for (const auto& route : estate.routes(table))
            facts.insert("web leads " + toString(route.block) + " to "
                + (route.local ? std::string("its network") : label(estate, route.target)));
    }
    return facts;
}

Facts told(const char* file, const std::string& text)
{
    const Read r = read({{file, text.c_str()}});
    return factsOf(r.estate);
}

Json tags(const char* name)
{
    return Json::array({{{"Key", "Name"}, {"Value", name}}});
}

/// The same system as the AWS CLI lists it once it stands.
class Listing {
public:
    Facts facts()
    {
        network();
        groups();
        machines();
        stores();
        identities();
        const Imported imported = m_folder.imported();
        Progress progress;
        return factsOf(link(Inventory(imported.inventory), progress));
    }

private:
    static constexpr const char* vpc = "vpc-00000000000000001";

    void write(const std::string& file, const Json& reply) { m_folder.file("111122223333/" + file, reply.dump()); }

    void network()
    {
        write("eu-central-1/describe-vpcs.json",
            {{"Vpcs",
                Json::array({{{"VpcId", vpc}, {"CidrBlock", "10.0.0.0/16"}, {"OwnerId", "111122223333"},
                    {"CidrBlockAssociationSet",
                        Json::array({{{"CidrBlock", "10.0.0.0/16"}, {"CidrBlockState", {{"State", "associated"}}}}})},
                    {"Tags", tags("shop")}}})}});
        Json subnets = Json::array();
        for (const auto& [id, name, block, open] : {std::tuple{"1", "web", "10.0.1.0/24", true},
                 {"2", "app", "10.0.2.0/24", false}, {"3", "db", "10.0.3.0/24", false}})
            subnets.push_back({{"SubnetId", subnet(id)}, {"VpcId", vpc}, {"CidrBlock", block},
                {"MapPublicIpOnLaunch", open}, {"OwnerId", "111122223333"}, {"Tags", tags(name)}});
        write("eu-central-1/describe-subnets.json", {{"Subnets", subnets}});
        write("eu-central-1/describe-internet-gateways.json",
            {{"InternetGateways",
                Json::array({{{"InternetGatewayId", "igw-00000000000000001"},
                    {"Attachments", Json::array({{{"VpcId", vpc}, {"State", "available"}}})},
                    {"Tags", tags("out")}}})}});
        write("eu-central-1/describe-route-tables.json",
            {{"RouteTables",
                Json::array({{{"RouteTableId", "rtb-00000000000000001"}, {"VpcId", vpc}, {"Tags", tags("web")},
                    {"Associations", Json::array({{{"SubnetId", subnet("1")}, {"Main", false}}})},
                    {"Routes",
                        Json::array(
                            {{{"DestinationCidrBlock", "10.0.0.0/16"}, {"GatewayId", "local"}, {"State", "active"}},
                                {{"DestinationCidrBlock", "0.0.0.0/0"}, {"GatewayId", "igw-00000000000000001"},
                                    {"State", "active"}}})}}})}});
    }

    static std::string subnet(const std::string& number) { return "subnet-0000000000000000" + number; }
    static std::string group(const std::string& number) { return "sg-0000000000000000" + number; }

    void groups()
    {
        const Json everyone = Json::array({{{"CidrIp", "0.0.0.0/0"}}});
        const Json out = Json::array({{{"IpProtocol", "-1"}, {"IpRanges", everyone}}});
        Json all = Json::array();
        const auto add = [&](const char* number, const char* name, int port, const char* key, Json from) {
            all.push_back({{"GroupId", group(number)}, {"GroupName", name}, {"VpcId", vpc}, {"OwnerId", "111122223333"},
                {"IpPermissions",
                    Json::array(
                        {{{"IpProtocol", "tcp"}, {"FromPort", port}, {"ToPort", port}, {key, std::move(from)}}})},
                {"IpPermissionsEgress", out}});
        };
        add("1", "web", 443, "IpRanges", everyone);
        add("2", "app", 8443, "UserIdGroupPairs", Json::array({{{"GroupId", group("1")}}}));
        add("3", "db", 5432, "UserIdGroupPairs", Json::array({{{"GroupId", group("2")}}}));
        write("eu-central-1/describe-security-groups.json", {{"SecurityGroups", all}});
    }

    void machines()
    {
        Json instances = Json::array(), interfaces = Json::array();
        for (const auto& [number, name] : {std::pair{"1", "web"}, {"2", "app"}}) {
            const std::string id = "i-0000000000000000" + std::string(number);
            const Json guards = Json::array({{{"GroupId", group(number)}, {"GroupName", name}}});
            Json instance = {{"InstanceId", id}, {"SubnetId", subnet(number)}, {"VpcId", vpc}, {"Tags", tags(name)},
                {"State", {{"Name", "running"}}}, {"SecurityGroups", guards}};
            if (std::string_view(name) == "app")
                instance["IamInstanceProfile"] = {{"Arn", "arn:aws:iam::111122223333:instance-profile/app"}};
            instances.push_back(instance);
            interfaces.push_back({{"NetworkInterfaceId", "eni-0000000000000000" + std::string(number)},
                {"SubnetId", subnet(number)}, {"VpcId", vpc}, {"OwnerId", "111122223333"}, {"Groups", guards},
                {"Attachment", {{"InstanceId", id}, {"DeviceIndex", 0}}}});
        }
        write("eu-central-1/describe-instances.json",
            {{"Reservations", Json::array({{{"OwnerId", "111122223333"}, {"Instances", instances}}})}});
        write("eu-central-1/describe-network-interfaces.json", {{"NetworkInterfaces", interfaces}});
    }

    void stores()
    {
        write("eu-central-1/describe-db-instances.json",
            {{"DBInstances",
                Json::array({{{"DBInstanceIdentifier", "orders"},
                    {"DBInstanceArn", "arn:aws:rds:eu-central-1:111122223333:db:orders"}, {"Engine", "postgres"},
                    {"StorageEncrypted", true}, {"PubliclyAccessible", false}, {"MultiAZ", false},
                    {"VpcSecurityGroups",
                        Json::array({{{"VpcSecurityGroupId", group("3")}, {"Status", "active"}}})}}})}});
        write("list-buckets.json", {{"Buckets", Json::array({{{"Name", "shop-orders"}}})}});
        write("get-bucket-location/shop-orders.json", {{"LocationConstraint", "eu-central-1"}});
        write("get-public-access-block/shop-orders.json",
            {{"PublicAccessBlockConfiguration",
                {{"BlockPublicAcls", true}, {"BlockPublicPolicy", true}, {"IgnorePublicAcls", true},
                    {"RestrictPublicBuckets", false}}}});
    }

    void identities()
    {
        const std::string account = "arn:aws:iam::111122223333:";
        const Json profile = {{"InstanceProfileName", "app"}, {"Arn", account + "instance-profile/app"},
            {"Roles", Json::array({{{"RoleName", "app"}, {"Arn", account + "role/app"}}})}};
        write("get-account-authorization-details.json",
            {{"UserDetailList", Json::array()}, {"GroupDetailList", Json::array()}, {"Policies", Json::array()},
                {"RoleDetailList",
                    Json::array({{{"RoleName", "app"}, {"Arn", account + "role/app"}, {"Path", "/"},
                        {"AssumeRolePolicyDocument", OneSystem::trust()},
                        {"RolePolicyList",
                            Json::array({{{"PolicyName", "orders"}, {"PolicyDocument", OneSystem::rights()}}})},
                        {"InstanceProfileList", Json::array({profile})}}})}});
    }

    WrittenFolder m_folder;
};

/// Each fact that only one side tells, so that a failure names it.
QByteArray difference(const Facts& left, const Facts& right)
{
    std::string all;
    for (const std::string& one : left)
        all += right.contains(one) ? "" : "- " + one + '\n';
    for (const std::string& one : right)
        all += left.contains(one) ? "" : "+ " + one + '\n';
    return QByteArray::fromStdString(all);
}

/// Facts without those that contain a text.
Facts without(Facts facts, std::string_view text)
{
    std::erase_if(facts, [&](const std::string& one) { return one.find(text) != std::string::npos; });
    return facts;
}

} // namespace

class OneSystemTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theDesignTellsTheWholeSystem()
    {
        const Facts facts = told("main.tf", OneSystem().configuration());
        for (const char* one : {"security_group db lets in 6/5432-5432 security_group app",
                 "vm app is guarded by security_group app", "vm app stands in subnet app",
                 "vm app -> instance_profile app", "instance_profile app -> role app", "subnet web is routed by web",
                 "web leads 0.0.0.0/0 to internet_gateway out", "web leads 10.0.0.0/16 to its network",
                 "sql_db orders encrypted on", "object_store shop-orders block_public_acls on",
                 "subnet db lies in network shop", "vm web is in eu-central-1"})
            QVERIFY2(facts.contains(one), one);
        QVERIFY(facts.size() > 60);
    }

    void aPlanTellsWhatTheConfigurationTells()
    {
        const OneSystem system;
        QCOMPARE(difference(told("main.tf", system.configuration()), told("plan.json", system.plan())), QByteArray());
    }

    void aStateTellsTheSameButWhereItIs()
    {
        const OneSystem system;
        // A state names no region; each resource's ARN would, and these have none.
        const Facts design = without(told("main.tf", system.configuration()), " is in eu-central-1");
        QCOMPARE(difference(design, told("terraform.tfstate", system.state())), QByteArray());
    }

    void aListingTellsTheSame()
    {
        const OneSystem system;
        QCOMPARE(difference(told("main.tf", system.configuration()), Listing().facts()), QByteArray());
    }
};

QTEST_APPLESS_MAIN(OneSystemTest)
#include "tst_one_system.moc"
