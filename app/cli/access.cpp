// SPDX-License-Identifier: GPL-3.0-or-later
#include "commands.h"
#include "evidence_json.h"

#include "core/text.h"
#include "identity/access.h"
#include "identity/all/identities.h"
#include "identity/all/provider_decision.h"
#include "identity/privilege_review.h"

#include <iostream>

namespace glacis::cli {

namespace {

Ordered allAsJson(const Estate& estate, const std::vector<Reason>& reasons)
{
    Ordered all = Ordered::array();
    for (const Reason& reason : reasons)
        all.push_back(asJson(estate, reason));
    return all;
}

/// {"access":[{"principal","resource","level","verdict","open","because"}]}
int effective(const Arguments& arguments)
{
    const Opened opened = open(arguments);
    if (opened.exit != Done)
        return opened.exit;
    const std::string who = arguments.one("--principal");
    const auto only = opened.estate.find(who);
    if (!who.empty() && !only) {
        std::cerr << "No principal in the input is named " << who << "; give its ARN as the export spells it.\n";
        return Usage;
    }
    Progress progress;
    const Access access(opened.estate);
    std::vector<StoreAccess> rows = identityAnswers(opened.estate, access, progress).access;
    for (StoreAccess& row : access.toWorkloads(progress))
        rows.push_back(std::move(row));
    Ordered list = Ordered::array();
    for (const StoreAccess& row : rows) {
        if (only && row.principal != *only)
            continue;
        if (arguments.format() == Format::Text) {
            std::cout << idOf(opened.estate, row.principal) << ' ' << name(row.level) << ' '
                      << idOf(opened.estate, row.store) << '\n';
            for (const std::string& condition : row.decision.open)
                std::cout << "    if: " << condition << '\n';
            continue;
        }
        list.push_back({{"principal", idOf(opened.estate, row.principal)}, {"resource", idOf(opened.estate, row.store)},
            {"level", name(row.level)}, {"verdict", name(row.decision.verdict)}, {"open", row.decision.open},
            {"because", allAsJson(opened.estate, row.decision.because)}});
    }
    if (arguments.format() != Format::Text)
        print({{"format", 1}, {"access", list}}, arguments.format() == Format::JsonLines);
    return Done;
}

/// {"review":[{"principal","what","text","because"}]}
int review(const Arguments& arguments)
{
    const Opened opened = open(arguments);
    if (opened.exit != Done)
        return opened.exit;
    Progress progress;
    const Access access(opened.estate);
    Ordered list = Ordered::array();
    for (const PrivilegeNote& note : reviewPrivileges(opened.estate, access, progress)) {
        if (arguments.format() == Format::Text)
            std::cout << name(note.what) << ": " << note.text << '\n';
        else
            list.push_back({{"principal", idOf(opened.estate, note.of)}, {"what", name(note.what)}, {"text", note.text},
                {"because", allAsJson(opened.estate, note.because)}});
    }
    if (arguments.format() != Format::Text)
        print({{"format", 1}, {"review", list}}, arguments.format() == Format::JsonLines);
    return Done;
}

} // namespace

int access(const Arguments& arguments)
{
    if (arguments.has("--effective"))
        return effective(arguments);
    if (arguments.has("--review"))
        return review(arguments);
    const std::string who = arguments.one("--principal"), action = arguments.one("--action"),
                      what = arguments.one("--resource");
    if (who.empty() || what.empty() || !providerOf(action)) {
        std::cerr
            << "Say who does what on which: --principal X --action A --resource R, with A as AWS (s3:GetObject), "
               "Azure (Microsoft.Compute/virtualMachines/write) or Google Cloud (storage.objects.get) writes it.\n";
        return Usage;
    }
    RequestContext context;
    for (const std::string& pair : arguments.all("--context")) {
        if (pair.find('=') == std::string::npos) {
            std::cerr << "--context takes KEY=VALUE, not " << pair << ".\n";
            return Usage;
        }
        context[std::string(before(pair, '='))].emplace_back(after(pair, '='));
    }
    const Opened opened = open(arguments);
    if (opened.exit != Done)
        return opened.exit;
    const auto principal = opened.estate.find(who);
    if (!principal) {
        std::cerr << "No principal in the input is named " << who << "; give its ARN or id as the export spells it.\n";
        return Usage;
    }
    AccessQuestion question{*principal, action, what, std::move(context), std::nullopt};
    if (arguments.has("--data"))
        question.overData = true;
    const Decision decision = decide(opened.estate, question);
    if (arguments.format() == Format::Text) {
        std::cout << name(decision.verdict) << '\n';
        for (const std::string& open : decision.open)
            std::cout << "    if: " << open << '\n';
        for (const Reason& reason : decision.because)
            std::cout << "    " << reason.text << '\n';
        return Done;
    }
    print({{"format", 1}, {"verdict", name(decision.verdict)}, {"open", decision.open},
              {"because", allAsJson(opened.estate, decision.because)}},
        arguments.format() == Format::JsonLines);
    return Done;
}

} // namespace glacis::cli
