// SPDX-License-Identifier: GPL-3.0-or-later
#include "evidence_json.h"

#include <iostream>

namespace glacis::cli {

std::string idOf(const Estate& estate, NodeId node)
{
    return node == noNode ? std::string() : std::string(estate.id(node));
}

Ordered idsOf(const Estate& estate, const std::vector<NodeId>& nodes)
{
    Ordered ids = Ordered::array();
    for (const NodeId node : nodes)
        ids.push_back(idOf(estate, node));
    return ids;
}

Ordered asJson(const Estate& estate, const Hop& hop)
{
    return {{"node", idOf(estate, hop.node)}, {"control", hop.control}, {"rule", hop.rule},
        {"effect", hop.passed ? "allow" : "deny"}, {"why", hop.why}};
}

Ordered asJson(const Estate& estate, const Reason& reason)
{
    std::string file, pointer = reason.pointer;
    if (reason.evidence != noEvidence) {
        const Evidence& evidence = estate.evidence(reason.evidence);
        file = estate.file(evidence.file);
        pointer = std::string(estate.text(evidence.pointer)) + reason.pointer;
    }
    return {{"file", file}, {"pointer", pointer}, {"text", reason.text}};
}

void print(const Ordered& document, bool asLine)
{
    std::cout << document.dump(asLine ? -1 : 2, ' ', false, Ordered::error_handler_t::replace) << '\n';
}

} // namespace glacis::cli
