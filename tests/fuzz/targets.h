// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "import/aws_cli/aws_cli.h"
#include "import/aws_cli/config_items.h"
#include "import/aws_cli/constants.h"
#include "import/aws_cli/tables.h"
#include "import/azure/azure.h"
#include "import/cloudformation/cloudformation.h"
#include "import/findings/findings.h"
#include "import/gcp/gcp.h"
#include "import/kubernetes/kubernetes.h"
#include "import/terraform/json/readers.h"
#include "import/terraform/terraform.h"

#include <string_view>

namespace glacis::fuzz {

/// A reader under a name that files and programs can have.
struct Target {
    std::string_view name;
    Reader (*reader)();
};

inline constexpr Target targets[] = {
    {"terraform", terraformReader},
    {"terraform_plan", terraformPlanReader},
    {"terraform_state", terraformStateReader},
    {"cloudformation", cloudFormationReader},
    {"kubernetes", kubernetesReader},
    {"azure", azureReader},
    {"gcp", gcpReader},
    {"aws_cli", awsCliReader},
    {"aws_config", awsConfigReader},
    {"credential_report", credentialReportReader},
    {"policy_document", policyDocumentReader},
    {"ocsf", ocsfReader},
    {"prowler_table", prowlerTableReader},
    {"asff", asffReader},
    {"guard_duty", guardDutyReader},
    {"access_analyzer", accessAnalyzerReader},
    {"scout_suite", scoutSuiteReader},
    {"tables", tableReader},
    {"constants", constantsReader},
};

/// An input is a line with the path of the file, which some readers look at, and then what the file holds.
inline constexpr char endOfPath = '\n';

} // namespace glacis::fuzz
