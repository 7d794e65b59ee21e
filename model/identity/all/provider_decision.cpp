// SPDX-License-Identifier: GPL-3.0-or-later
#include "identity/all/provider_decision.h"

#include "identity/azure/azure_access.h"
#include "identity/gcp/answers.h"

#include <algorithm>

namespace glacis {

std::optional<Provider> providerOf(std::string_view action)
{
    if (action.find(':') != std::string_view::npos)
        return Provider::Aws;
    if (action.find('/') != std::string_view::npos)
        return Provider::Azure;
    return std::ranges::count(action, '.') >= 2 ? std::optional(Provider::Gcp) : std::nullopt;
}

Decision decide(const Estate& estate, const AccessQuestion& question)
{
    const auto provider = providerOf(question.action);
    if (provider == Provider::Azure) {
        const auto named = estate.find(question.resource);
        const azure::Grants grants(estate);
        return azure::AzureAccess(grants).ask(question.principal, question.action,
            named ? estate.id(*named) : std::string_view(question.resource), question.overData);
    }
    if (provider == Provider::Gcp) {
        if (const auto resource = estate.find(question.resource))
            return gcp::decide(estate, question.principal, question.action, *resource);
        return {Verdict::Unknown,
            {question.resource + " was not in the export (gcloud asset export --content-type iam-policy)"}, {}};
    }
    return Access(estate).decide(question.principal, question.action, question.resource, question.context);
}

} // namespace glacis
