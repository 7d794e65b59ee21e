// SPDX-License-Identifier: GPL-3.0-or-later
#include "identity/all/identities.h"

#include "identity/azure/azure_escalation.h"
#include "identity/gcp/answers.h"
#include "identity/kubernetes/escalations.h"

#include <algorithm>
#include <iterator>
#include <tuple>

namespace glacis {

namespace {

void append(IdentityAnswers& into, IdentityAnswers&& more)
{
    const auto move = [](auto& to, auto& from) {
        to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
    };
    move(into.access, more.access);
    move(into.escalations, more.escalations);
    move(into.administrators, more.administrators);
}

IdentityAnswers azureAnswers(const Estate& estate, Progress& progress)
{
    const azure::Grants grants(estate);
    const azure::AzureAccess access(grants);
    return {access.toStores(progress), azure::azureEscalations(access, progress), access.administrators()};
}

void sort(IdentityAnswers& answers)
{
    std::ranges::sort(answers.access, [](const StoreAccess& a, const StoreAccess& b) {
        return std::tie(a.store, a.principal, a.level) < std::tie(b.store, b.principal, b.level);
    });
    std::ranges::sort(answers.escalations, [](const Escalation& a, const Escalation& b) {
        return std::tie(a.from, a.to, a.technique) < std::tie(b.from, b.to, b.technique);
    });
    std::ranges::sort(answers.administrators, {}, [](const auto& row) { return row.first; });
}

} // namespace

IdentityAnswers identityAnswers(const Estate& estate, const Access& access, Progress& progress, unsigned threads)
{
    IdentityAnswers answers;
    answers.access = access.toStores(progress);
    answers.escalations = escalations(estate, access, progress, threads);
    answers.administrators = access.administrators();
    append(answers, azureAnswers(estate, progress));
    append(answers, rbac::clusterAnswers(estate, rbac::Rbac(estate), progress));
    append(answers, gcp::answers(estate, progress));
    sort(answers);
    return answers;
}

} // namespace glacis
