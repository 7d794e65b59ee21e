// SPDX-License-Identifier: GPL-3.0-or-later
#include "commands.h"
#include "evidence_json.h"

#include "identity/all/identities.h"

#include <iostream>

namespace glacis::cli {

int escalations(const Arguments& arguments)
{
    const Opened opened = open(arguments);
    if (opened.exit != Done)
        return opened.exit;
    const Estate& estate = opened.estate;
    Progress progress;
    const Access access(estate);
    const IdentityAnswers identity = identityAnswers(estate, access, progress);
    if (arguments.format() == Format::Text) {
        for (const Escalation& row : identity.escalations) {
            std::cout << estate.name(row.from) << " → " << estate.name(row.to) << ": "
                      << techniques()[row.technique].title << '\n';
            for (const std::string& open : row.decision.open)
                std::cout << "    if: " << open << '\n';
        }
        for (const auto& [principal, decision] : identity.administrators)
            std::cout << "administrator: " << estate.name(principal) << '\n';
        return Done;
    }
    Ordered edges = Ordered::array(), admins = Ordered::array();
    for (const Escalation& row : identity.escalations) {
        Ordered because = Ordered::array();
        for (const Reason& reason : row.decision.because)
            because.push_back(asJson(estate, reason));
        edges.push_back({{"from", estate.id(row.from)}, {"to", estate.id(row.to)},
            {"technique", techniques()[row.technique].id}, {"condition", row.decision.open}, {"because", because}});
    }
    for (const auto& [principal, decision] : identity.administrators)
        admins.push_back(estate.id(principal));
    print({{"format", 1}, {"edges", edges}, {"admins", admins}}, arguments.format() == Format::JsonLines);
    return Done;
}

} // namespace glacis::cli
