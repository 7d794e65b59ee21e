// SPDX-License-Identifier: GPL-3.0-or-later
#include "import/aws_cli/context.h"

namespace glacis::aws {

void readManagedPolicy(Context& c, Json& j, const std::string& p);

namespace {

void resourcePolicy(Context& c, Json& j, const std::string& p)
{
    // iam get-policy describes a managed policy under the same key.
    if (Json inner = member(j, "Policy"); inner.is_object() && inner.contains("Arn"))
        return readManagedPolicy(c, inner, p + "/Policy");
    const std::string_view call = c.call.call;
    std::string of = c.call.parameter;
    if (call.starts_with("get-bucket-policy"))
        of = of.empty() ? of : bucketArn(of);
    else if (call.starts_with("get-policy") && !of.empty() && !of.starts_with("arn:"))
        of = "lambda:" + of;
    if (of.empty()) {
        // Without a telling name the policy's own resource may still name a bucket.
        const auto document = parseJson(textOf(j, "Policy"));
        const Json& statements = document ? arrayOf(*document, "Statement") : Json::array();
        const Json& resource = statements.empty() ? Json() : member(statements[0], "Resource");
        const std::string first = resource.is_array() && !resource.empty() ? asText(resource[0]) : asText(resource);
        if (first.starts_with("arn:aws:s3:::"))
            of = std::string(before(first, '/'));
    }
    if (of.empty())
        return c.file.row.leave(
            "a resource policy", "the file's name does not say what it guards: name the file after the resource");
    const char* key = j.contains("policyText") ? "policyText"
        : j.contains("ResourcePolicy")         ? "ResourcePolicy"
                                               : "Policy";
    c.policy(c.inventory.text(of), PolicyRole::Resource, "resource policy", member(j, key), c.seen(pointerTo(p, key)));
}

/// A secret without a policy is answered with its name alone.
void noResourcePolicy(Context& c, Json& j, const std::string& p)
{
    if (!j.contains("ResourcePolicy") && !textOf(j, "ARN").empty())
        c.inventory.property(c.inventory.text(textOf(j, "ARN")), "resource_policy", false, c.seen(p));
}

void database(Context& c, Json& j, const std::string& p)
{
    const EvidenceId at = c.seen(p);
    const bool cluster = j.contains("DBClusterArn");
    const std::string_view name = textOf(j, cluster ? "DBClusterIdentifier" : "DBInstanceIdentifier");
    std::string id(textOf(j, cluster ? "DBClusterArn" : "DBInstanceArn"));
    if (id.empty() && !name.empty())
        id = c.arn("rds", (cluster ? "cluster:" : "db:") + std::string(name));
    const Ref ref = c.thing(Kind::SqlDb, cluster ? "AWS::RDS::DBCluster" : "AWS::RDS::DBInstance", id, name, j, at);
    if (ref == StringId::Empty)
        return;
    c.inventory.alias("rds:" + std::string(name), ref);
    const Json& group = member(j, "DBSubnetGroup");
    c.parent(textOf(group, "VpcId"));
    c.settings(ref, j, at,
        {{"PubliclyAccessible", "publicly_accessible"}, {"StorageEncrypted", "encrypted"}, {"MultiAZ", "multi_zone"},
            {"BackupRetentionPeriod", "backup_days"}, {"DeletionProtection", "deletion_protection"},
            {"Engine", "engine"}, {"IAMDatabaseAuthenticationEnabled", "iam_authentication"},
            {"AvailabilityZone", "zone"}, {"DbInstancePort", "port"}});
    c.setting(ref, "port", member(member(j, "Endpoint"), "Port"), at);
    c.inventory.edge(ref, EdgeKind::EncryptedWith, textOf(j, "KmsKeyId"), at);
    c.inventory.edge(ref, EdgeKind::CopyOf,
        textOf(j, "ReadReplicaSourceDBInstanceIdentifier").empty()
            ? std::string()
            : "rds:" + std::string(textOf(j, "ReadReplicaSourceDBInstanceIdentifier")),
        at);
    c.edges(ref, EdgeKind::GuardedBy, arrayOf(j, "VpcSecurityGroups"), at, "VpcSecurityGroupId");
    c.edges(ref, EdgeKind::InSubnet, arrayOf(group, "Subnets"), at, "SubnetIdentifier");
    // A cluster names its group, an instance shows it.
    if (const std::string_view named = textOf(j, "DBSubnetGroup"); !named.empty())
        c.inventory.edge(ref, EdgeKind::InSubnet, c.arn("rds", "subgrp:" + std::string(named)), at);
}

void tableName(Context& c, Json& j, const std::string& p)
{
    if (j.is_string())
        c.thing(Kind::NosqlDb, "AWS::DynamoDB::Table", c.arn("dynamodb", "table/" + j.get<std::string>()),
            j.get<std::string>(), Json::object(), c.seen(p));
}

void table(Context& c, const Json& j, const std::string& p)
{
    const EvidenceId at = c.seen(p);
    const Ref ref =
        c.thing(Kind::NosqlDb, "AWS::DynamoDB::Table", textOf(j, "TableArn"), textOf(j, "TableName"), j, at);
    const Json& sse = member(j, "SSEDescription");
    // "DynamoDB encryption at rest", Amazon DynamoDB Developer Guide: without a choice, a key that AWS owns is used.
    if (ref != StringId::Empty && j.contains("TableStatus") && sse.is_null())
        c.inventory.property(ref, "encryption", "AWS owned key", at);
    c.settings(ref, sse, at, {{"Status", "encryption_status"}, {"SSEType", "encryption"}});
    if (ref != StringId::Empty)
        c.inventory.edge(ref, EdgeKind::EncryptedWith, textOf(sse, "KMSMasterKeyArn"), at);
    c.settings(ref, j, at, {{"DeletionProtectionEnabled", "deletion_protection"}});
}

/// "DescribeContinuousBackups", Amazon DynamoDB API Reference: the reply does not name its table.
void continuousBackups(Context& c, Json& j, const std::string& p)
{
    if (c.call.parameter.empty())
        return c.file.row.leave(
            "a table's backups", "the file's name does not say which table it is of: name the file after the table");
    const std::string id =
        c.call.parameter.starts_with("arn:") ? c.call.parameter : c.arn("dynamodb", "table/" + c.call.parameter);
    const std::string_view status =
        textOf(member(member(j, "ContinuousBackupsDescription"), "PointInTimeRecoveryDescription"),
            "PointInTimeRecoveryStatus");
    if (!status.empty())
        c.inventory.property(c.inventory.text(id), "point_in_time_recovery", status == "ENABLED",
            c.seen(p + "/ContinuousBackupsDescription"));
}

void listedTable(Context& c, Json& j, const std::string& p)
{
    table(c, member(j, "Table").is_null() ? j : member(j, "Table"), p);
}
void wholeTable(Context& c, Json& j, const std::string& p)
{
    table(c, member(j, "Table"), p + "/Table");
}

void volume(Context& c, Json& j, const std::string& p)
{
    const EvidenceId at = c.seen(p);
    const Ref ref = c.thing(Kind::Disk, "AWS::EC2::Volume", textOf(j, "VolumeId"), {}, j, at);
    if (ref == StringId::Empty)
        return;
    c.settings(ref, j, at, {{"Encrypted", "encrypted"}, {"AvailabilityZone", "zone"}, {"State", "state"}});
    c.inventory.edge(ref, EdgeKind::EncryptedWith, textOf(j, "KmsKeyId"), at);
    c.edges(ref, EdgeKind::AttachedTo, arrayOf(j, "Attachments"), at, "InstanceId");
}

void snapshot(Context& c, Json& j, const std::string& p)
{
    const EvidenceId at = c.seen(p);
    const Ref ref = c.thing(Kind::DiskSnapshot, "AWS::EC2::Snapshot", textOf(j, "SnapshotId"), {}, j, at);
    if (ref == StringId::Empty)
        return;
    c.settings(ref, j, at, {{"Encrypted", "encrypted"}, {"State", "state"}});
    c.inventory.edge(ref, EdgeKind::CopyOf, textOf(j, "VolumeId"), at);
    c.inventory.edge(ref, EdgeKind::EncryptedWith, textOf(j, "KmsKeyId"), at);
}

void key(Context& c, Json& j, const std::string& p)
{
    const std::string_view id = textOf(j, "KeyId");
    const std::string_view arn = textOf(j, "KeyArn").empty() ? textOf(j, "Arn") : textOf(j, "KeyArn");
    const EvidenceId at = c.seen(p);
    const Ref ref = c.thing(Kind::Key, "AWS::KMS::Key", arn.empty() ? id : arn, {}, j, at);
    if (ref == StringId::Empty)
        return;
    c.inventory.alias(id, ref);
    c.settings(ref, j, at,
        {{"Enabled", "enabled"}, {"KeyState", "state"}, {"KeyManager", "key_manager"}, {"Description", "description"},
            {"Origin", "origin"}, {"KeySpec", "key_spec"}});
}

void keyMetadata(Context& c, Json& j, const std::string& p)
{
    Json inner = member(j, "KeyMetadata");
    key(c, inner, p + "/KeyMetadata");
}

void keyAlias(Context& c, Json& j, const std::string& p)
{
    const std::string_view target = textOf(j, "TargetKeyId");
    if (target.empty())
        return;
    const Ref of = c.inventory.text(target);
    c.inventory.alias(textOf(j, "AliasArn"), of);
    c.inventory.property(of, "alias", textOf(j, "AliasName"), c.seen(p));
}

void keyRotation(Context& c, Json& j, const std::string& p)
{
    const std::string_view named = textOf(j, "KeyId").empty() ? std::string_view(c.call.parameter) : textOf(j, "KeyId");
    if (named.empty())
        return c.file.row.leave(
            "a key's rotation", "the file's name does not say which key it is of: name the file after the key");
    c.setting(c.inventory.text(named), "rotation", member(j, "KeyRotationEnabled"), c.seen(p));
}

/// "Using grant constraints" and "AWS KMS condition keys", AWS KMS Developer Guide: a subset holds where the request
/// has these pairs, an equal where it has no others.
Json conditionsOf(const Json& constraints)
{
    Json conditions = Json::object();
    for (const char* kind : {"EncryptionContextSubset", "EncryptionContextEquals"}) {
        const Json& pairs = member(constraints, kind);
        Json keys = Json::array();
        if (!pairs.is_object())
            continue;
        for (const auto& [key, value] : pairs.items()) {
            conditions["StringEquals"]["kms:EncryptionContext:" + key] = asText(value);
            keys.push_back(key);
        }
        if (!keys.empty() && kind == std::string_view("EncryptionContextEquals"))
            conditions["ForAllValues:StringEquals"]["kms:EncryptionContextKeys"] = keys;
    }
    if (const std::string_view source = textOf(constraints, "SourceArn"); !source.empty())
        conditions["ArnLike"]["aws:SourceArn"] = source;
    return conditions;
}

/// A key grants beside its policy. Source: "ListGrants", AWS KMS API Reference.
void grant(Context& c, Json& j, const std::string& p)
{
    const std::string_view named = textOf(j, "KeyId").empty() ? std::string_view(c.call.parameter) : textOf(j, "KeyId");
    const std::string_view service = textOf(j, "GranteeServicePrincipal");
    const std::string_view grantee = service.empty() ? textOf(j, "GranteePrincipal") : service;
    if (named.empty() || grantee.empty())
        return c.file.row.leave("a key's grant", "it does not say which key it is of, or to whom");
    const Json& constraints = member(j, "Constraints");
    const Json conditions = conditionsOf(constraints);
    // "Create a grant": what has no encryption context is not held to one.
    Json held = Json::array(), free = Json::array();
    for (const Json& operation : arrayOf(j, "Operations")) {
        const std::string action = "kms:" + asText(operation);
        const bool contextless = action == "kms:DescribeKey" || action == "kms:RetireGrant";
        (conditions.empty() || contextless ? free : held).push_back(action);
    }
    const char* const type = grantee.ends_with(".amazonaws.com") ? "Service" : "AWS";
    for (const auto& [actions, condition] : {std::pair(&free, Json::object()), std::pair(&held, conditions)}) {
        Json statement = {
            {"Effect", "Allow"}, {"Principal", {{type, grantee}}}, {"Action", *actions}, {"Resource", "*"}};
        if (!condition.empty())
            statement["Condition"] = condition;
        if (!actions->empty())
            c.policy(c.inventory.text(named), PolicyRole::Resource, "grant " + std::string(textOf(j, "GrantId")),
                {{"Version", "2012-10-17"}, {"Statement", std::move(statement)}}, c.seen(p));
    }
}

void secret(Context& c, Json& j, const std::string& p)
{
    const EvidenceId at = c.seen(p);
    const Ref ref = c.thing(Kind::Secret, "AWS::SecretsManager::Secret", textOf(j, "ARN"), textOf(j, "Name"), j, at);
    if (ref == StringId::Empty)
        return;
    c.inventory.alias(textOf(j, "Name"), ref);
    // "DescribeSecret", AWS Secrets Manager API Reference: nothing is said where rotation was never set up.
    c.inventory.property(ref, "rotation", boolOf(j, "RotationEnabled").value_or(false), at);
    c.inventory.edge(ref, EdgeKind::EncryptedWith, textOf(j, "KmsKeyId"), at);
}

void describedSecret(Context& c, Json& j, const std::string& p)
{
    secret(c, j, p);
}

/// "Share an Amazon EBS snapshot", Amazon EBS User Guide.
void snapshotAttribute(Context& c, Json& j, const std::string& p)
{
    const std::string_view id =
        textOf(j, "SnapshotId").empty() ? std::string_view(c.call.parameter) : textOf(j, "SnapshotId");
    if (id.empty())
        return c.file.row.leave("who may copy a snapshot", "neither the file nor its name says which it is of");
    const Ref of = c.inventory.text(id);
    bool everyone = false;
    const Json& permissions = arrayOf(j, "CreateVolumePermissions");
    for (std::size_t i = 0; i < permissions.size(); ++i) {
        everyone = everyone || textOf(permissions[i], "Group") == "all";
        c.inventory.edge(of, EdgeKind::Mentions, textOf(permissions[i], "UserId"),
            c.seen(pointerTo(p + "/CreateVolumePermissions", i)));
    }
    c.inventory.property(of, "shared_with_everyone", everyone, c.seen(p + "/CreateVolumePermissions"));
}

void diskDefault(Context& c, Json& j, const std::string& p)
{
    if (const auto on = boolOf(j, "EbsEncryptionByDefault"))
        c.inventory.scopedProperty(c.file.scope, Level::Region, "disk_encryption_by_default", *on, c.seen(p));
}

void queueUrl(Context& c, Json& j, const std::string& p)
{
    if (!j.is_string())
        return;
    // https://sqs.REGION.amazonaws.com/ACCOUNT/NAME
    const std::string url = j.get<std::string>();
    const auto parts = split(url, '/');
    if (parts.size() != 5)
        return c.file.row.leave("a queue", "its URL has an unknown form");
    const auto host = split(parts[2], '.');
    const std::string arn = "arn:aws:sqs:" + std::string(host.size() > 1 ? host[1] : "") + ':' + std::string(parts[3])
        + ':' + std::string(parts[4]);
    const Ref ref = c.thing(Kind::Queue, "AWS::SQS::Queue", arn, parts[4], Json::object(), c.seen(p));
    c.inventory.alias(url, ref);
}

void attributes(Context& c, Json& j, const std::string& p)
{
    const Json& map = member(j, "Attributes");
    const bool queue = map.contains("QueueArn");
    const std::string_view arn = textOf(map, queue ? "QueueArn" : "TopicArn");
    const EvidenceId at = c.seen(p + "/Attributes");
    const Ref ref = c.thing(queue ? Kind::Queue : Kind::Topic, queue ? "AWS::SQS::Queue" : "AWS::SNS::Topic", arn,
        afterLast(arn, ':'), Json::object(), at);
    if (ref == StringId::Empty)
        return c.file.row.leave("attributes", "they name neither a queue nor a topic");
    c.inventory.edge(ref, EdgeKind::EncryptedWith, textOf(map, "KmsMasterKeyId"), at);
    if (const auto managed = boolOf(map, "SqsManagedSseEnabled"))
        c.inventory.property(ref, "encrypted", *managed || map.contains("KmsMasterKeyId"), at);
    else if (!queue || map.contains("KmsMasterKeyId") || map.contains("VisibilityTimeout"))
        // A queue may have been asked for some attributes only; with the timeout among them it was for all.
        c.inventory.property(ref, "encrypted", !textOf(map, "KmsMasterKeyId").empty(), at);
    c.policy(ref, PolicyRole::Resource, "Policy", member(map, "Policy"), c.seen(p + "/Attributes/Policy"));
}

void topic(Context& c, Json& j, const std::string& p)
{
    c.thing(Kind::Topic, "AWS::SNS::Topic", textOf(j, "TopicArn"), afterLast(textOf(j, "TopicArn"), ':'), j, c.seen(p));
}

void repository(Context& c, Json& j, const std::string& p)
{
    const EvidenceId at = c.seen(p);
    const Ref ref = c.thing(Kind::ContainerRegistry, "AWS::ECR::Repository", textOf(j, "repositoryArn"),
        textOf(j, "repositoryName"), j, at);
    c.settings(ref, j, at, {{"imageTagMutability", "tag_mutability"}});
    c.settings(ref, member(j, "imageScanningConfiguration"), at, {{"scanOnPush", "scan_on_push"}});
    c.settings(ref, member(j, "encryptionConfiguration"), at, {{"encryptionType", "encryption"}});
}

/// "Subscribe", Amazon SNS API Reference: of people's addresses only the way is kept.
void subscription(Context& c, Json& j, const std::string& p)
{
    const std::string_view topic = textOf(j, "TopicArn"), to = textOf(j, "Endpoint");
    if (topic.empty())
        return;
    const EvidenceId at = c.seen(p);
    const bool confirmed = textOf(j, "SubscriptionArn").starts_with("arn:");
    c.inventory.property(c.inventory.text(topic), "subscribed:" + std::string(textOf(j, "Protocol")), confirmed, at);
    if (to.starts_with("arn:"))
        c.inventory.edge(c.inventory.text(topic), EdgeKind::NotifiesOn, to, at);
    else
        c.file.row.leave("addresses of subscribers", "whom a notice reaches does not matter here, only that it leaves");
}

/// "DescribeParameters", AWS Systems Manager API Reference.
void parameter(Context& c, Json& j, const std::string& p)
{
    const EvidenceId at = c.seen(p);
    std::string name(textOf(j, "Name")), arn(textOf(j, "ARN"));
    if (arn.empty())
        arn = c.arn("ssm", (name.starts_with('/') ? "parameter" : "parameter/") + name);
    const Ref ref = c.thing(Kind::Parameter, "AWS::SSM::Parameter", arn, name, j, at);
    c.settings(ref, j, at, {{"Type", "parameter_type"}});
    if (ref != StringId::Empty)
        c.inventory.edge(ref, EdgeKind::EncryptedWith, textOf(j, "KeyId"), at);
    c.secret("values of parameters", j.contains("Value") ? 1 : 0);
}

constexpr HandlerRow storesRows[] = {
    {"Subscriptions", "SubscriptionArn", subscription, "list-subscriptions"},
    {"Parameters", "Name", parameter, "describe-parameters"},
    {"DBInstances", "", database, "describe-db-instances"},
    {"DBClusters", "", database, "describe-db-clusters"},
    {"TableNames", "", tableName, "list-tables"},
    {"Tables", "", listedTable},
    {"Volumes", "", volume, "describe-volumes"},
    {"Snapshots", "SnapshotId", snapshot, "describe-snapshots"},
    {"Keys", "KeyId", key, "list-keys"},
    {"Aliases", "AliasArn", keyAlias, "list-aliases"},
    {"Grants", "GrantId", grant},
    {"SecretList", "", secret, "list-secrets"},
    {"QueueUrls", "", queueUrl, "list-queues"},
    {"Topics", "", topic, "list-topics"},
    {"repositories", "repositoryArn", repository, "describe-repositories"},
};

constexpr WholeRow storesWholeRows[] = {
    {"Policy", "", resourcePolicy},
    {"policyText", "", resourcePolicy},
    {"ResourcePolicy", "", resourcePolicy},
    {"KeyMetadata", "", keyMetadata},
    {"KeyRotationEnabled", "", keyRotation},
    {"Attributes", "", attributes},
    {"Table", "", wholeTable},
    {"ContinuousBackupsDescription", "", continuousBackups},
    {"ARN", "get-resource-policy", noResourcePolicy},
    {"VersionIdsToStages", "", describedSecret},
    {"ARN", "describe-secret", describedSecret},
    {"CreateVolumePermissions", "", snapshotAttribute},
    {"EbsEncryptionByDefault", "", diskDefault},
};

} // namespace

std::span<const HandlerRow> storeHandlers()
{
    return storesRows;
}
std::span<const WholeRow> storeWholes()
{
    return storesWholeRows;
}

} // namespace glacis::aws
