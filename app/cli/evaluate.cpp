// SPDX-License-Identifier: GPL-3.0-or-later
#include "commands.h"
#include "evidence_json.h"

#include "core/text.h"
#include "identity/policy_case.h"

#include <fstream>
#include <iostream>

namespace glacis::cli {

int evaluate(const Arguments& arguments)
{
    if (arguments.words.size() != 1) {
        std::cerr << "Name one file of policy requests, a JSON object a line.\n";
        return Usage;
    }
    const std::string& file = arguments.words.front();
    std::ifstream in(file);
    if (!in) {
        std::cerr << file << ": the file could not be opened.\n";
        return NothingRead;
    }
    std::string line;
    bool any = false, unreadable = false;
    for (int number = 1; std::getline(in, line); ++number) {
        if (trimmed(line).empty())
            continue;
        const auto json = parseJson(line);
        PolicyCase asked;
        if (!json || !readPolicyCase(*json, asked)) {
            std::cerr
                << file << ':' << number
                << ": the line is not a policy request; it needs \"request\" with principal, action and resource.\n";
            unreadable = true;
            continue;
        }
        any = true;
        const Evaluation answer = glacis::evaluate(asked.request, asked.stack);
        Ordered because = Ordered::array();
        for (const Decider& decider : answer.because)
            because.push_back(describe(asked, decider));
        print({{"id", textOf(*json, "id")}, {"verdict", caseName(answer.verdict)}, {"open", answer.open.lines()},
                  {"because", because}},
            true);
    }
    if (!any)
        return NothingRead;
    return unreadable && arguments.has("--strict") ? PartlyRead : Done;
}

} // namespace glacis::cli
