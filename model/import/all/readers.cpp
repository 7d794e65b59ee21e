// SPDX-License-Identifier: GPL-3.0-or-later
#include "import/all/readers.h"

#include "import/aws_cli/aws_cli.h"
#include "import/kubernetes/kubernetes.h"

namespace glacis {

std::span<const Reader> readers()
{
    static const Reader all[] = {kubernetesReader(), policyDocumentReader(), awsCliReader(), credentialReportReader()};
    return all;
}

} // namespace glacis
