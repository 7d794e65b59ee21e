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
    // "DescribeLogGroups", Amazon CloudWatch Logs API Reference: without the member, entries are kept for ever.
    c.inventory.property(ref, "retention_days", std::int64_t{numberOf(j, "retentionInDays").value_or(0)}, at);
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

/// "DescribeMetricFilters", Amazon CloudWatch Logs API Reference: which entries of a log group count for which metric.
void metricFilter(Context& c, Json& j, const std::string& p)
{
    const EvidenceId at = c.seen(p);
    const std::string name(textOf(j, "filterName")), group(textOf(j, "logGroupName"));
    const Ref ref = c.thing(Kind::EventRule, "AWS::Logs::MetricFilter",
        name.empty() ? name : c.arn("logs", "log-group:" + group + ":metric-filter:" + name), name, Json::object(), at);
    if (ref == StringId::Empty)
        return;
    c.inventory.edge(ref, EdgeKind::Watches, c.arn("logs", "log-group:" + group), at);
    c.settings(ref, j, at, {{"filterPattern", "pattern"}});
    for (const Json& metric : arrayOf(j, "metricTransformations"))
        c.settings(ref, metric, at, {{"metricName", "metric"}, {"metricNamespace", "metric_namespace"}});
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

/// What a reply of the trail is about: its own ARN or the file's name.
Ref askedTrail(Context& c, const Json& j)
{
    std::string id(textOf(j, "TrailARN"));
    if (id.empty() && !c.call.parameter.empty())
        id = c.call.parameter.starts_with("arn:") ? c.call.parameter : c.arn("cloudtrail", "trail/" + c.call.parameter);
    if (id.empty())
        c.file.row.leave(
            "a trail's state", "the file's name does not say which trail it is of: name the file after the trail");
    return c.inventory.text(id);
}

/// "GetTrailStatus", AWS CloudTrail API Reference.
void trailStatus(Context& c, Json& j, const std::string& p)
{
    const Ref of = askedTrail(c, j);
    c.setting(of, "logging", member(j, "IsLogging"), c.seen(p));
    if (of != StringId::Empty && !textOf(j, "LatestDeliveryError").empty())
        c.inventory.property(of, "delivery_error", textOf(j, "LatestDeliveryError"), c.seen(p));
}

/// "GetEventSelectors", AWS CloudTrail API Reference.
void eventSelectors(Context& c, Json& j, const std::string& p)
{
    const Ref of = askedTrail(c, j);
    if (of == StringId::Empty)
        return;
    bool management = false, data = false;
    std::string_view kind;
    for (const Json& selector : arrayOf(j, "EventSelectors")) {
        if (boolOf(selector, "IncludeManagementEvents").value_or(false)) {
            management = true;
            kind = textOf(selector, "ReadWriteType");
        }
        data = data || !arrayOf(selector, "DataResources").empty();
    }
    for (const Json& selector : arrayOf(j, "AdvancedEventSelectors")) {
        bool readOnly = false, isManagement = false;
        std::string_view which;
        for (const Json& field : arrayOf(selector, "FieldSelectors")) {
            const Json& equals = arrayOf(field, "Equals");
            const std::string first = equals.empty() ? std::string() : asText(equals[0]);
            isManagement = isManagement || (textOf(field, "Field") == "eventCategory" && first == "Management");
            data = data || (textOf(field, "Field") == "eventCategory" && first == "Data");
            if (textOf(field, "Field") == "readOnly") {
                readOnly = true;
                which = first == "true" ? "ReadOnly" : "WriteOnly";
            }
        }
        if (isManagement) {
            management = true;
            kind = readOnly ? which : std::string_view("All");
        }
    }
    const EvidenceId at = c.seen(p);
    c.inventory.property(of, "management_events", management, at);
    c.inventory.property(of, "management_event_kinds", kind, at);
    c.inventory.property(of, "data_events", data, at);
}

/// "GetDetector", Amazon GuardDuty API Reference.
void detectorDetails(Context& c, Json& j, const std::string& p)
{
    if (c.call.parameter.empty())
        return c.file.row.leave(
            "a detector's state", "the file's name does not say which detector it is of: name the file after its id");
    const EvidenceId at = c.seen(p);
    const Ref ref = c.thing(Kind::ThreatDetector, "AWS::GuardDuty::Detector",
        c.arn("guardduty", "detector/" + c.call.parameter), c.call.parameter, j, at);
    c.inventory.property(ref, "enabled", textOf(j, "Status") == "ENABLED", at);
    c.settings(ref, j, at, {{"FindingPublishingFrequency", "publishing"}});
    const Json& features = arrayOf(j, "Features");
    for (std::size_t i = 0; i < features.size(); ++i) {
        if (!textOf(features[i], "Name").empty())
            c.inventory.property(ref, "feature:" + lowered(textOf(features[i], "Name")),
                textOf(features[i], "Status") == "ENABLED", c.seen(pointerTo(p + "/Features", i)));
    }
}

/// "DescribeDeliveryChannels", AWS Config API Reference: the channel has the recorder's account and region.
void deliveryChannel(Context& c, Json& j, const std::string& p)
{
    const EvidenceId at = c.seen(p);
    const std::string name(textOf(j, "name"));
    if (name.empty())
        return;
    const Ref recorderRef = c.inventory.text(c.arn("config", "recorder/" + name));
    if (!textOf(j, "s3BucketName").empty())
        c.inventory.edge(recorderRef, EdgeKind::LogsTo, "arn:aws:s3:::" + std::string(textOf(j, "s3BucketName")), at);
    c.inventory.edge(recorderRef, EdgeKind::NotifiesOn, textOf(j, "snsTopicARN"), at);
}

void analyzer(Context& c, Json& j, const std::string& p)
{
    const EvidenceId at = c.seen(p);
    const Ref ref =
        c.thing(Kind::PostureService, "AWS::AccessAnalyzer::Analyzer", textOf(j, "arn"), textOf(j, "name"), j, at);
    c.settings(ref, j, at, {{"status", "state"}, {"type", "analyzer_type"}});
}

void securityHub(Context& c, Json& j, const std::string& p)
{
    const EvidenceId at = c.seen(p);
    const Ref ref = c.thing(Kind::PostureService, "AWS::SecurityHub::Hub", textOf(j, "HubArn"), "Security Hub", j, at);
    c.settings(ref, j, at, {{"AutoEnableControls", "auto_enable_controls"}});
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

constexpr HandlerRow watchingRows[] = {
    {"trailList", "", trail, "describe-trails"},
    {"logGroups", "", logGroup, "describe-log-groups"},
    {"MetricAlarms", "", alarm, "describe-alarms"},
    {"CompositeAlarms", "", alarm},
    {"metricFilters", "", metricFilter, "describe-metric-filters"},
    {"ConfigurationRecorders", "", recorder, "describe-configuration-recorders"},
    {"ConfigurationRecordersStatus", "", recorder, "describe-configuration-recorder-status"},
    {"ConfigRules", "", configRule, "describe-config-rules"},
    {"DetectorIds", "", detector, "list-detectors"},
    {"Rules", "EventBusName", eventRule, "list-rules"},
    {"Targets", "Arn", eventTarget},
    {"DeliveryChannels", "", deliveryChannel, "describe-delivery-channels"},
    {"analyzers", "arn", analyzer, "list-analyzers"},
    {"FlowLogs", "", flowLog, "describe-flow-logs"},
};

constexpr WholeRow watchingWholeRows[] = {
    {"IsLogging", "", trailStatus},
    {"EventSelectors", "", eventSelectors},
    {"AdvancedEventSelectors", "", eventSelectors},
    {"FindingPublishingFrequency", "", detectorDetails},
    {"ServiceRole", "get-detector", detectorDetails},
    {"Status", "get-detector", detectorDetails},
    {"DataSources", "get-detector", detectorDetails},
    {"TrailARN", "get-event-selectors", eventSelectors},
    {"HubArn", "", securityHub},
    {"AutoEnableControls", "describe-hub", securityHub},
    {"ControlFindingGenerator", "describe-hub", securityHub},
};

} // namespace

std::span<const WholeRow> watchingWholes()
{
    return watchingWholeRows;
}

std::span<const HandlerRow> watchingHandlers()
{
    return watchingRows;
}

} // namespace glacis::aws
