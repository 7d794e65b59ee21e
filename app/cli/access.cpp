// SPDX-License-Identifier: GPL-3.0-or-later
#include "commands.h"
#include "evidence_json.h"

#include "core/text.h"
#include "identity/access.h"

#include <iostream>

namespace glacis::cli {

int access(const Arguments& arguments)
{
    const std::string who = arguments.one("--principal"), action = arguments.one("--action"),
                      what = arguments.one("--resource");
    if (who.empty() || action.empty() || what.empty() || action.find(':') == std::string::npos) {
        std::cerr << "Say who does what on which: --principal X --action SERVICE:ACTION --resource R.\n";
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
        std::cerr << "No principal in the input is named " << who << "; give its ARN as the export spells it.\n";
        return Usage;
    }
    const Decision decision = Access(opened.estate).decide(*principal, action, what, context);
    if (arguments.format() == Format::Text) {
        std::cout << name(decision.verdict) << '\n';
        for (const std::string& open : decision.open)
            std::cout << "    if: " << open << '\n';
        for (const Reason& reason : decision.because)
            std::cout << "    " << reason.text << '\n';
        return Done;
    }
    Ordered because = Ordered::array();
    for (const Reason& reason : decision.because)
        because.push_back(asJson(opened.estate, reason));
    print({{"format", 1}, {"verdict", name(decision.verdict)}, {"open", decision.open}, {"because", because}},
        arguments.format() == Format::JsonLines);
    return Done;
}

} // namespace glacis::cli
