// SPDX-License-Identifier: GPL-3.0-or-later
#include "import/all/readers.h"

#include "import/aws_cli/aws_cli.h"
#include "import/aws_cli/config_items.h"
#include "import/aws_cli/constants.h"
#include "import/aws_cli/tables.h"
#include "import/azure/azure.h"
#include "import/cloudformation/cloudformation.h"
#include "import/findings/findings.h"
#include "import/gcp/gcp.h"
#include "import/kubernetes/kubernetes.h"
#include "import/named/named.h"
#include "import/terraform/json/readers.h"
#include "import/terraform/terraform.h"

#include <vector>

namespace glacis {

std::span<const Reader> readers()
{
    static const auto all = [] {
        std::vector<Reader> list{ocsfReader(), prowlerTableReader(), asffReader(), guardDutyReader(),
            accessAnalyzerReader(), scoutSuiteReader(), terraformReader(), terraformPlanReader(),
            terraformStateReader(), cloudFormationReader(), azureReader(), gcpReader(), kubernetesReader(),
            policyDocumentReader(), awsConfigReader(), tableReader(), constantsReader(), awsCliReader(),
            credentialReportReader()};
        list.insert(list.end(), namedReaders().begin(), namedReaders().end());
        return list;
    }();
    return all;
}

} // namespace glacis
