// SPDX-License-Identifier: GPL-3.0-or-later
#include "import/aws_cli/config_items.h"

#include "import/aws_cli/columns.h"
#include "import/aws_cli/replies.h"

#include <algorithm>
#include <map>
#include <optional>

namespace glacis {

namespace {

using namespace aws;

/// The types whose configuration is the API's own description with small first letters, and the reply that lists such
/// descriptions. Later types come in the words of CloudFormation and are rows of resources/tables/aws.json.
struct TypeRow {
    std::string_view type;
    std::string_view key; ///< of the reply
    bool whole = false; ///< the reply holds just this one
};
constexpr TypeRow types[] = {
    {"AWS::EC2::VPC", "Vpcs"},
    {"AWS::EC2::Subnet", "Subnets"},
    {"AWS::EC2::SecurityGroup", "SecurityGroups"},
    {"AWS::EC2::NetworkAcl", "NetworkAcls"},
    {"AWS::EC2::RouteTable", "RouteTables"},
    {"AWS::EC2::InternetGateway", "InternetGateways"},
    {"AWS::EC2::EgressOnlyInternetGateway", "EgressOnlyInternetGateways"},
    {"AWS::EC2::NatGateway", "NatGateways"},
    {"AWS::EC2::VPNGateway", "VpnGateways"},
    {"AWS::EC2::CustomerGateway", "CustomerGateways"},
    {"AWS::EC2::VPNConnection", "VpnConnections"},
    {"AWS::EC2::NetworkInterface", "NetworkInterfaces"},
    {"AWS::EC2::VPCEndpoint", "VpcEndpoints"},
    {"AWS::EC2::VPCPeeringConnection", "VpcPeeringConnections"},
    {"AWS::EC2::TransitGateway", "TransitGateways"},
    {"AWS::EC2::EIP", "Addresses"},
    {"AWS::EC2::Instance", "Instances"},
    {"AWS::EC2::Volume", "Volumes"},
    {"AWS::EC2::FlowLog", "FlowLogs"},
    {"AWS::IAM::User", "UserDetailList"},
    {"AWS::IAM::Group", "GroupDetailList"},
    {"AWS::IAM::Role", "RoleDetailList"},
    {"AWS::IAM::Policy", "Policies"},
    {"AWS::S3::Bucket", "Buckets"},
    {"AWS::S3::AccountPublicAccessBlock", "PublicAccessBlockConfiguration", true},
    {"AWS::RDS::DBInstance", "DBInstances"},
    {"AWS::RDS::DBCluster", "DBClusters"},
    {"AWS::DynamoDB::Table", "Table", true},
    {"AWS::Redshift::Cluster", "Clusters"},
    {"AWS::Lambda::Function", "Functions"},
    {"AWS::ElasticLoadBalancingV2::LoadBalancer", "LoadBalancers"},
    {"AWS::ElasticLoadBalancing::LoadBalancer", "LoadBalancerDescriptions"},
    {"AWS::KMS::Key", "KeyMetadata", true},
    {"AWS::SNS::Topic", "Attributes", true},
    {"AWS::SQS::Queue", "Attributes", true},
    {"AWS::CloudTrail::Trail", "trailList"},
    {"AWS::CloudWatch::Alarm", "MetricAlarms"},
};

const TypeRow* rowOf(std::string_view type)
{
    const auto found = std::ranges::find(types, type, &TypeRow::type);
    return found == std::end(types) ? nullptr : found;
}

std::string capital(std::string_view key)
{
    std::string name(key);
    if (name == "sseAlgorithm")
        return "SSEAlgorithm";
    if (name == "kmsMasterKeyID")
        return "KMSMasterKeyID";
    if (!name.empty() && name.front() >= 'a' && name.front() <= 'z')
        name.front() = static_cast<char>(name.front() - 'a' + 'A');
    return name;
}

/// The words of the API from those of AWS Config. The ranges of a security group's rule stand there twice: as texts
/// under the old name, which is that of the API's objects, and as these.
Json inWordsOfTheApi(const Json& value)
{
    if (value.is_array()) {
        Json list = Json::array();
        for (const Json& element : value)
            list.push_back(inWordsOfTheApi(element));
        return list;
    }
    if (!value.is_object())
        return value;
    Json made = Json::object();
    const bool twice = value.contains("ipv4Ranges");
    for (const auto& [key, inner] : value.items()) {
        if (twice && key == "ipRanges")
            continue;
        made[twice && key == "ipv4Ranges" ? std::string("IpRanges") : capital(key)] = inWordsOfTheApi(inner);
    }
    return made;
}

/// Where a place of the reshaped piece stands in the item, as far as that can be followed.
std::string placeInItem(const Json& item, std::string_view at, std::string base)
{
    const Json* here = &item;
    for (const std::string_view token : split(at, '/')) {
        if (token.empty())
            continue;
        const Json* next = nullptr;
        std::string name(token);
        if (here->is_array()) {
            const auto position = integer(token);
            if (position && *position >= 0 && static_cast<std::size_t>(*position) < here->size())
                next = &(*here)[static_cast<std::size_t>(*position)];
        } else if (here->is_object()) {
            const bool twice = token == "IpRanges" && here->contains("ipv4Ranges");
            for (const auto& [key, inner] : here->items()) {
                if (twice ? key == "ipv4Ranges" : key == token || capital(key) == token) {
                    next = &inner;
                    name = key;
                    break;
                }
            }
        }
        if (!next)
            break;
        base = pointerTo(base, name);
        here = next;
    }
    return base;
}

/// A part of an item is an object, or the text of one.
Json partOf(const Json& item, const char* key)
{
    const Json& part = member(item, key);
    if (!part.is_string())
        return part;
    return parseJson(part.get_ref<const std::string&>()).value_or(Json());
}

/// One item, read by the handlers of the replies.
class Item {
public:
    Item(ReadFile& file, const Json& item, std::string pointer)
        : m_item(item),
          m_pointer(std::move(pointer)),
          m_more(partOf(item, "supplementaryConfiguration")),
          m_file{file.inventory, file.row, file.progress, file.file, scopeOf(file, item), {}, {}, file.sniffed}
    {
    }

    void take()
    {
        const std::string_view type = textOf(m_item, "resourceType");
        const TypeRow* row = rowOf(type);
        const Json configuration = partOf(m_item, "configuration");
        const TableDescription* const table = row ? nullptr : tableOfType(type);
        if (!row && !table)
            return m_file.row.leave(type, "Glacis does not read this type of AWS Config item");
        if (!configuration.is_object() || configuration.empty())
            return m_file.row.leave(type, "the item has no configuration");
        if (table)
            return inWordsOfCloudFormation(*table, configuration);
        Json piece = inWordsOfTheApi(configuration);
        addTags(piece);
        reply(row->key, row->whole, std::move(piece));
        if (type == "AWS::S3::Bucket")
            bucket(std::string(textOf(configuration, "name")));
        else if (type == "AWS::KMS::Key")
            key(std::string(textOf(configuration, "arn")));
    }

private:
    static ScopeId scopeOf(ReadFile& file, const Json& item)
    {
        const std::string_view account =
            textOf(item, "awsAccountId").empty() ? textOf(item, "accountId") : textOf(item, "awsAccountId");
        const std::string_view region = textOf(item, "awsRegion");
        return file.inventory.scope(file.scope, {}, looksLikeAwsAccount(account) ? account : std::string_view{},
            looksLikeAwsRegion(region) ? region : std::string_view{});
    }

    void inWordsOfCloudFormation(const TableDescription& table, const Json& configuration)
    {
        Json described = configuration;
        // The item itself names its thing where the configuration leaves that out.
        if (textOf(described, table.id).empty())
            described[table.id] = table.id.ends_with("Arn") ? member(m_item, m_item.contains("ARN") ? "ARN" : "arn")
                                                            : member(m_item, "resourceId");
        Piece piece = pieceOf(table, described);
        addTags(piece.json);
        const bool whole = !table.whole.empty();
        reply(whole ? table.whole : table.reply, whole, std::move(piece.json));
    }

    void addTags(Json& piece) const
    {
        const Json& tags = member(m_item, "tags");
        if (!tags.is_object() || tags.empty())
            return;
        Json list = Json::array();
        for (const auto& [key, value] : tags.items())
            list.push_back({{"Key", key}, {"Value", asText(value)}});
        piece["Tags"] = std::move(list);
    }

    /// For a piece made of a part of the item; `wrapped` when the piece has that part under a name of its own.
    Context contextFor(const std::string& part, bool wrapped)
    {
        const Json* here = &m_item;
        for (const std::string_view token : split(std::string_view(part).substr(1), '/'))
            here = &member(*here, token);
        Context context(m_file);
        context.placeOf = [here, wrapped, base = m_pointer + part](std::string_view at) {
            if (wrapped && !at.empty()) {
                const auto inner = at.find('/', 1);
                at = inner == std::string_view::npos ? std::string_view{} : at.substr(inner);
            }
            return placeInItem(*here, at, base);
        };
        return context;
    }

    void reply(std::string_view key, bool whole, Json piece)
    {
        Context context = contextFor("/configuration", whole);
        if (whole) {
            Json object = {{std::string(key), std::move(piece)}};
            if (const WholeRow* row = wholeFor(object, {}))
                row->handler(context, object, {});
        } else if (const HandlerRow* row = handlerFor(key, &piece)) {
            row->handler(context, piece, {});
        }
    }

    /// A reply about one thing that only its call names.
    void about(std::string_view call, const std::string& thing, std::string_view part, Json object)
    {
        Context context = contextFor("/supplementaryConfiguration/" + std::string(part), true);
        context.call = {std::string(call), thing, {}};
        if (const WholeRow* row = wholeFor(object, call))
            row->handler(context, object, {});
    }

    /// "Amazon S3", Supported resource types, AWS Config Developer Guide: what hangs on a bucket stands beside its
    /// configuration.
    void bucket(const std::string& name)
    {
        if (name.empty())
            return;
        if (const Json policy = partOf(m_more, "BucketPolicy"); !textOf(policy, "policyText").empty())
            about("get-bucket-policy", name, "BucketPolicy", {{"Policy", member(policy, "policyText")}});
        for (const char* part : {"PublicAccessBlockConfiguration", "ServerSideEncryptionConfiguration"}) {
            if (const Json given = partOf(m_more, part); given.is_object())
                about("", name, part, {{part, inWordsOfTheApi(given)}});
        }
        if (const Json given = partOf(m_more, "BucketVersioningConfiguration"); !textOf(given, "status").empty()) {
            const std::string_view status = textOf(given, "status");
            about("get-bucket-versioning", name, "BucketVersioningConfiguration",
                {{"Status", status == "Off" ? std::string_view("Disabled") : status},
                    {"MFADelete", boolOf(given, "isMfaDeleteEnabled").value_or(false) ? "Enabled" : "Disabled"}});
        }
        if (const Json given = partOf(m_more, "BucketLoggingConfiguration"); given.is_object())
            logging(name, textOf(given, "destinationBucketName"));
        if (const Json given = partOf(m_more, "AccessControlList"); given.is_object())
            about("get-bucket-acl", name, "AccessControlList", {{"Grants", grantsOf(given)}});
    }

    void logging(const std::string& name, std::string_view target)
    {
        if (!target.empty())
            return about("", name, "BucketLoggingConfiguration", {{"LoggingEnabled", {{"TargetBucket", target}}}});
        Context context = contextFor("/supplementaryConfiguration/BucketLoggingConfiguration", false);
        context.inventory.property(context.inventory.text(bucketArn(name)), "access_logging", false, context.seen({}));
    }

    /// "Access control list (ACL) overview", Amazon S3 User Guide: groups have an address there and a name here.
    static Json grantsOf(const Json& list)
    {
        static const std::map<std::string_view, std::string_view> groups = {
            {"AllUsers", "http://acs.amazonaws.com/groups/global/AllUsers"},
            {"AuthenticatedUsers", "http://acs.amazonaws.com/groups/global/AuthenticatedUsers"},
            {"LogDelivery", "http://acs.amazonaws.com/groups/s3/LogDelivery"}};
        static const std::map<std::string_view, std::string_view> permissions = {{"Read", "READ"}, {"Write", "WRITE"},
            {"ReadAcp", "READ_ACP"}, {"WriteAcp", "WRITE_ACP"}, {"FullControl", "FULL_CONTROL"}};
        Json grants = Json::array();
        for (const Json& given : arrayOf(list, "grantList")) {
            const auto group = groups.find(textOf(given, "grantee"));
            const auto permission = permissions.find(textOf(given, "permission"));
            if (permission == permissions.end())
                continue;
            Json grantee = group != groups.end()
                ? Json{{"Type", "Group"}, {"URI", group->second}}
                : Json{{"Type", "CanonicalUser"}, {"ID", textOf(member(given, "grantee"), "id")}};
            grants.push_back({{"Grantee", std::move(grantee)}, {"Permission", permission->second}});
        }
        return grants;
    }

    void key(const std::string& arn)
    {
        if (arn.empty())
            return;
        if (!textOf(m_more, "Policy").empty())
            about("get-key-policy", arn, "Policy", {{"Policy", member(m_more, "Policy")}});
        const Json& rotates = member(m_more, "KeyRotationStatus");
        if (rotates.is_boolean() || rotates.is_string())
            about("get-key-rotation-status", arn, "KeyRotationStatus",
                {{"KeyRotationEnabled", asText(rotates) == "true"}});
    }

    const Json& m_item;
    std::string m_pointer;
    Json m_more; ///< the supplementary configuration
    ReadFile m_file;
};

/// The results of an advanced query are texts of JSON.
std::optional<Json> itemIn(JsonPiece& piece)
{
    if (piece.value.is_object())
        return std::move(piece.value);
    if (piece.value.is_string())
        return parseJson(piece.value.get_ref<const std::string&>());
    return std::nullopt;
}

bool isItems(std::string_view key)
{
    return key == "configurationItems" || key == "baseConfigurationItems" || key == "Results";
}

std::string nameOf(const Json& item)
{
    const std::string_view arn = textOf(item, "arn").empty() ? textOf(item, "ARN") : textOf(item, "arn");
    std::string name(textOf(item, "resourceType"));
    return name.append(" ").append(textOf(item, "resourceId")).append(" ").append(arn);
}

std::string_view timeOf(const Json& item)
{
    return textOf(item, "configurationItemCaptureTime");
}

using Latest = std::map<std::string, std::pair<std::string, std::size_t>>; ///< name → time, position

std::optional<JsonError> eachItem(ReadFile& file, const std::function<void(JsonPiece&, const Json&)>& take)
{
    return streamJson(
        file.text, {},
        [&](JsonPiece piece) {
            if (piece.position == JsonPiece::whole || !isItems(piece.key))
                return;
            if (const auto item = itemIn(piece); item && item->is_object())
                take(piece, *item);
        },
        &file.progress);
}

void readItems(ReadFile& file)
{
    // A history holds a resource many times; memory must not grow with the items, so the file is walked twice.
    Latest latest;
    const auto error = eachItem(file, [&](JsonPiece& piece, const Json& item) {
        std::pair<std::string, std::size_t> now(timeOf(item), piece.position);
        auto& last = latest[nameOf(item)];
        last = std::max(last, now);
    });
    if (error && error->reason != JsonError::Reason::Cancelled)
        file.row.problem(Severity::Error, error->sentence, error->line, error->column);
    (void)eachItem(file, [&](JsonPiece& piece, const Json& item) {
        if (latest[nameOf(item)].second != piece.position)
            return file.row.leave("an earlier state", "a later one of the same resource is in the file");
        if (textOf(item, "configurationItemStatus").starts_with("ResourceDeleted"))
            return file.row.leave("a deleted resource", "it was not there any more when AWS Config looked last");
        Item(file, item, piece.pointer()).take();
    });
}

bool recognisesItems(const Sniff& sniffed)
{
    return sniffed.form == Sniff::Form::JsonText && !sniffed.outermostIsArray
        && (sniffed.hasKey("configurationItems") || sniffed.hasKey("baseConfigurationItems")
            || (sniffed.hasKey("Results") && sniffed.hasKey("QueryInfo")));
}

} // namespace

Reader awsConfigReader()
{
    return {"AWS Config", recognisesItems, readItems};
}

} // namespace glacis
