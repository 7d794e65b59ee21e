// SPDX-License-Identifier: GPL-3.0-or-later
#include "import/all/readers.h"

#include "import/aws_cli/aws_cli.h"

namespace glacis {

std::span<const Reader> readers()
{
    static const Reader all[] = {policyDocumentReader(), awsCliReader(), credentialReportReader()};
    return all;
}

} // namespace glacis
