// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "import/reader.h"

/// What other programs found, laid over our things and marked as theirs (`FindingRow`).
namespace glacis {

/// Findings in the Open Cybersecurity Schema Framework, as Prowler writes them. Source: "Detection Finding" and
/// "Compliance Finding", OCSF schema; "Reporting", Prowler documentation.
[[nodiscard]] Reader ocsfReader();
/// Prowler's table. Source: "Reporting", Prowler documentation.
[[nodiscard]] Reader prowlerTableReader();
/// The AWS Security Finding Format: `aws securityhub get-findings` and what other programs write in it.
/// Source: "AWS Security Finding Format (ASFF)", AWS Security Hub User Guide.
[[nodiscard]] Reader asffReader();
/// `aws guardduty get-findings`. Source: "GetFindings", Amazon GuardDuty API Reference.
[[nodiscard]] Reader guardDutyReader();
/// `aws accessanalyzer list-findings` and `list-findings-v2`. Source: "ListFindings" and "ListFindingsV2", IAM Access
/// Analyzer API Reference.
[[nodiscard]] Reader accessAnalyzerReader();
/// The results file of ScoutSuite: the findings, and of the inventory what Glacis has a use for. Source: "Output",
/// Scout Suite wiki, and the form that the program writes.
[[nodiscard]] Reader scoutSuiteReader();

} // namespace glacis
