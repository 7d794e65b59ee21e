// SPDX-License-Identifier: GPL-3.0-or-later
#include "commands.h"
#include "evidence_json.h"

#include "core/text.h"
#include "identity/kubernetes/defaults.h"
#include "identity/kubernetes/rbac.h"

#include <iostream>

namespace glacis::cli {

namespace {

/// "pods", "pods/exec", "deployments.apps", "deployments.apps/scale"; "/healthz" is a path and no resource.
rbac::Request requestOf(const Arguments& arguments)
{
    rbac::Request request;
    request.verb = arguments.one("--verb");
    const std::string what = arguments.one("--resource");
    if (what.starts_with('/')) {
        request.url = what;
        return request;
    }
    const std::string_view named = before(what, '/');
    request.resource = before(named, '.');
    request.subresource =
        arguments.has("--subresource") ? arguments.one("--subresource") : std::string(after(what, '/'));
    if (arguments.has("--api-group"))
        request.apiGroup = arguments.one("--api-group");
    else
        request.apiGroup =
            named.find('.') == std::string_view::npos ? rbac::apiGroupOf(request.resource) : after(named, '.');
    request.space = arguments.one("--namespace");
    request.name = arguments.one("--name");
    return request;
}

std::string titleOf(const rbac::Subject& subject)
{
    return subject.kind + ' ' + (subject.space.empty() ? std::string() : subject.space + '/') + subject.name;
}

int tellWhoCan(const Estate& estate, const std::vector<rbac::Rbac::Grant>& grants, Format format)
{
    if (format == Format::Text) {
        for (const auto& grant : grants)
            std::cout << titleOf(grant.subject) << "\n    " << grant.reason.text << '\n';
        std::cout << "Group " << rbac::mastersGroup << "\n    Its members may do everything, whatever roles say.\n";
        return Done;
    }
    Ordered subjects = Ordered::array();
    for (const auto& grant : grants) {
        Ordered row = {{"kind", grant.subject.kind}, {"name", grant.subject.name}};
        if (!grant.subject.space.empty())
            row["namespace"] = grant.subject.space;
        row["because"] = Ordered::array({asJson(estate, grant.reason)});
        subjects.push_back(std::move(row));
    }
    print({{"format", 1}, {"subjects", subjects}}, format == Format::JsonLines);
    return Done;
}

int tellDecision(const Estate& estate, const Decision& decision, Format format)
{
    if (format == Format::Text) {
        std::cout << name(decision.verdict) << '\n';
        for (const std::string& open : decision.open)
            std::cout << "    not in the export: " << open << '\n';
        for (const Reason& reason : decision.because)
            std::cout << "    " << reason.text << '\n';
        return Done;
    }
    Ordered because = Ordered::array();
    for (const Reason& reason : decision.because)
        because.push_back(asJson(estate, reason));
    Ordered row = {{"format", 1}, {"verdict", name(decision.verdict)}, {"because", because}};
    if (!decision.open.empty())
        row["open"] = decision.open;
    print(row, format == Format::JsonLines);
    return Done;
}

} // namespace

int rbac(const Arguments& arguments)
{
    const bool whoCan = arguments.has("--who-can");
    const std::string user = arguments.one("--user");
    if (arguments.one("--verb").empty() || arguments.one("--resource").empty() || (user.empty() && !whoCan)) {
        std::cerr << "Say who does what: --user U (or --who-can), --verb V and --resource R.\n";
        return Usage;
    }
    const Opened opened = open(arguments);
    if (opened.exit != Done)
        return opened.exit;
    const rbac::Rbac engine(opened.estate);
    const rbac::Request request = requestOf(arguments);
    if (whoCan)
        return tellWhoCan(opened.estate, engine.whoCan(request), arguments.format());
    const rbac::Asker asker = rbac::authenticated(user, arguments.all("--group"));
    return tellDecision(opened.estate, engine.decide(asker, request), arguments.format());
}

} // namespace glacis::cli
