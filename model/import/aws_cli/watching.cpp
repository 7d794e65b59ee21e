// SPDX-License-Identifier: GPL-3.0-or-later
#include "import/aws_cli/context.h"

namespace glacis::aws {

namespace {

void trail(Context& c, Json& j, const std::string& p)
{
    const EvidenceId at = c.seen(p);
    const Ref ref = c.thing(Kind::AuditLog, "AWS::CloudTrail::Trail", textOf(j, "TrailARN"), textOf(j, "Name"), j, at);
    if (ref == StringId::Empty)
        return;
    c.settings(ref, j, at,
        {{"IsMultiRegionTrail", "multi_region"}, {"LogFileValidationEnabled", "log_validation"},
            {"IsOrganizationTrail", "organization_trail"}, {"IncludeGlobalServiceEvents", "global_events"}});
    if (!textOf(j, "S3BucketName").empty())
        c.inventory.edge(ref, EdgeKind::LogsTo, "arn:aws:s3:::" + std::string(textOf(j, "S3BucketName")), at);
    c.inventory.edge(ref, EdgeKind::LogsTo, textOf(j, "CloudWatchLogsLogGroupArn"), at);
    c.inventory.edge(ref, EdgeKind::EncryptedWith, textOf(j, "KmsKeyId"), at);
}

void logGroup(Context& c, Json& j, const std::string& p)
{
    const EvidenceId at = c.seen(p);
    const std::string_view arn = textOf(j, "arn");
    const std::string_view bare = arn.ends_with(":*") ? arn.substr(0, arn.size() - 2) : arn;
    const Ref ref = c.thing(Kind::LogGroup, "AWS::Logs::LogGroup", bare, textOf(j, "logGroupName"), j, at);
    if (ref == StringId::Empty)
        return;
    c.inventory.alias(arn, ref);
    c.inventory.alias(textOf(j, "logGroupName"), ref);
    c.settings(ref, j, at, {{"retentionInDays", "retention_days"}});
    c.inventory.edge(ref, EdgeKind::EncryptedWith, textOf(j, "kmsKeyId"), at);
}

void alarm(Context& c, Json& j, const std::string& p)
{
    const EvidenceId at = c.seen(p);
    const Ref ref =
        c.thing(Kind::MetricAlarm, "AWS::CloudWatch::Alarm", textOf(j, "AlarmArn"), textOf(j, "AlarmName"), j, at);
    c.edges(ref, EdgeKind::NotifiesOn, arrayOf(j, "AlarmActions"), at);
    c.settings(ref, j, at,
        {{"MetricName", "metric"}, {"Namespace", "metric_namespace"}, {"ActionsEnabled", "actions_enabled"}});
}

void recorder(Context& c, Json& j, const std::string& p)
{
    const EvidenceId at = c.seen(p);
    const Ref ref = c.thing(Kind::ConfigRecorder, "AWS::Config::ConfigurationRecorder",
        textOf(j, "name").empty() ? std::string() : c.arn("config", "recorder/" + std::string(textOf(j, "name"))),
        textOf(j, "name"), j, at);
    if (ref == StringId::Empty)
        return;
    c.settings(ref, member(j, "recordingGroup"), at,
        {{"allSupported", "all_types"}, {"includeGlobalResourceTypes", "global_types"}});
    c.settings(ref, j, at, {{"recording", "recording"}, {"lastStatus", "last_status"}});
    c.inventory.edge(ref, EdgeKind::RunsAs, textOf(j, "roleARN"), at);
}

void configRule(Context& c, Json& j, const std::string& p)
{
    const EvidenceId at = c.seen(p);
    const Ref ref = c.thing(
        Kind::ConfigRule, "AWS::Config::ConfigRule", textOf(j, "ConfigRuleArn"), textOf(j, "ConfigRuleName"), j, at);
    c.settings(ref, member(j, "Source"), at, {{"SourceIdentifier", "source"}, {"Owner", "source_owner"}});
    c.settings(ref, j, at, {{"ConfigRuleState", "state"}});
}

void detector(Context& c, Json& j, const std::string& p)
{
    if (j.is_string())
        c.thing(Kind::ThreatDetector, "AWS::GuardDuty::Detector",
            c.arn("guardduty", "detector/" + j.get<std::string>()), j.get<std::string>(), Json::object(), c.seen(p));
}

void eventRule(Context& c, Json& j, const std::string& p)
{
    const EvidenceId at = c.seen(p);
    const Ref ref = c.thing(Kind::EventRule, "AWS::Events::Rule", textOf(j, "Arn"), textOf(j, "Name"), j, at);
    c.settings(ref, j, at, {{"State", "state"}, {"ScheduleExpression", "schedule"}});
}

void eventTarget(Context& c, Json& j, const std::string& p)
{
    if (!c.call.parameter.empty())
        c.inventory.edge(c.inventory.text(c.arn("events", "rule/" + c.call.parameter)), EdgeKind::NotifiesOn,
            textOf(j, "Arn"), c.seen(p));
}

void flowLog(Context& c, Json& j, const std::string& p)
{
    const EvidenceId at = c.seen(p);
    const Ref ref = c.thing(Kind::FlowLog, "AWS::EC2::FlowLog", textOf(j, "FlowLogId"), {}, j, at);
    if (ref == StringId::Empty)
        return;
    c.inventory.edge(ref, EdgeKind::Watches, textOf(j, "ResourceId"), at);
    c.inventory.edge(ref, EdgeKind::LogsTo,
        textOf(j, "LogDestination").empty() ? textOf(j, "LogGroupName") : textOf(j, "LogDestination"), at);
    c.settings(ref, j, at, {{"TrafficType", "traffic"}, {"FlowLogStatus", "state"}, {"DeliverLogsStatus", "delivery"}});
}

constexpr HandlerRow rows[] = {
    {"trailList", "", trail},
    {"logGroups", "", logGroup},
    {"MetricAlarms", "", alarm},
    {"ConfigurationRecorders", "", recorder},
    {"ConfigurationRecordersStatus", "", recorder},
    {"ConfigRules", "", configRule},
    {"DetectorIds", "", detector},
    {"Rules", "EventBusName", eventRule},
    {"Targets", "Arn", eventTarget},
    {"FlowLogs", "", flowLog},
};

} // namespace

std::span<const HandlerRow> watchingHandlers()
{
    return rows;
}

} // namespace glacis::aws
