// SPDX-License-Identifier: GPL-3.0-or-later
#include "commands.h"

#include "core/json.h"

#include <iostream>
#include <map>

namespace glacis::cli {

namespace {

using Ordered = nlohmann::ordered_json;

Ordered asJson(const LedgerRow& row)
{
    Ordered leftOut = Ordered::array(), problems = Ordered::array();
    for (const LeftOut& item : row.leftOut)
        leftOut.push_back({{"what", item.what}, {"why", item.why}, {"count", item.count}});
    for (const Diagnostic& problem : row.problems)
        problems.push_back({{"place", describe(problem.place)}, {"message", problem.sentence}});
    return {{"file", row.file}, {"format", row.format}, {"facts", row.facts}, {"left_out", leftOut},
        {"problems", problems}};
}

Ordered nodeCounts(const Estate& estate)
{
    Ordered counts = Ordered::object();
    for (const KindInfo& kind : allKinds()) {
        if (const auto nodes = estate.ofKind(kind.kind); !nodes.empty())
            counts[std::string(kind.name)] = nodes.size();
    }
    return counts;
}

Ordered edgeCounts(const Estate& estate)
{
    std::map<EdgeKind, std::size_t> counted;
    for (const auto& edge : estate.facts().edges)
        ++counted[edge.kind];
    Ordered counts = Ordered::object();
    for (const auto& [kind, count] : counted)
        counts[std::string(name(kind))] = count;
    return counts;
}

struct Wanted {
    Kind kind; ///< when there are some of these …
    Kind needed; ///< … but none of these
    std::string_view exportName, command, decides;
};

/// Calls that would turn an unknown into an answer, with the read-only command of the AWS CLI Command Reference.
constexpr Wanted wanted[] = {
    {Kind::Vm, Kind::NetworkInterface, "network interfaces", "aws ec2 describe-network-interfaces",
        "which addresses and groups each machine has"},
    {Kind::Network, Kind::RouteTable, "route tables", "aws ec2 describe-route-tables",
        "what can be reached from where"},
    {Kind::Network, Kind::NetworkAcl, "network ACLs", "aws ec2 describe-network-acls",
        "what is stopped between subnets"},
    {Kind::Network, Kind::SecurityGroup, "security groups", "aws ec2 describe-security-groups",
        "what may connect to what"},
    {Kind::Network, Kind::InternetGateway, "internet gateways", "aws ec2 describe-internet-gateways",
        "what the internet can reach"},
    {Kind::Vm, Kind::User, "identities", "aws iam get-account-authorization-details", "who may do what"},
    {Kind::Account, Kind::AuditLog, "trails", "aws cloudtrail describe-trails", "whether actions are recorded"},
};

Ordered missing(const Estate& estate)
{
    Ordered list = Ordered::array();
    for (const Wanted& row : wanted) {
        bool none = true;
        for (const NodeId node : estate.ofKind(row.needed))
            none = none && estate.node(node).outside;
        if (!estate.ofKind(row.kind).empty() && none)
            list.push_back({{"export", row.exportName}, {"command", row.command}, {"would_decide", row.decides}});
    }
    return list;
}

void printText(const Estate& estate, const Ledger& ledger)
{
    for (const LedgerRow& row : ledger.rows) {
        std::cout << row.file << "\n    " << (row.format.empty() ? "not recognised" : row.format) << ", " << row.facts
                  << " facts\n";
        for (const LeftOut& item : row.leftOut)
            std::cout << "    left out: " << item.what << " ×" << item.count << " (" << item.why << ")\n";
        for (const Diagnostic& problem : row.problems)
            std::cout << "    problem: " << describe(problem.place) << ": " << problem.sentence << '\n';
    }
    std::cout << "\nNodes\n";
    // Named first: items() refers to the object, which must outlive the loop.
    const Ordered nodes = nodeCounts(estate), edges = edgeCounts(estate);
    for (const auto& [kind, count] : nodes.items())
        std::cout << "    " << kind << ' ' << count << '\n';
    std::cout << "Edges\n";
    for (const auto& [kind, count] : edges.items())
        std::cout << "    " << kind << ' ' << count << '\n';
    for (const auto& row : missing(estate))
        std::cout << "Missing: " << row["export"].get<std::string>() << " (" << row["command"].get<std::string>()
                  << ")\n";
}

} // namespace

int inspect(const Arguments& arguments)
{
    // The ledger says why nothing was read, so it is told in every case.
    const Opened opened = open(arguments);
    if (opened.exit == Usage)
        return opened.exit;
    if (arguments.format() == Format::Text) {
        printText(opened.estate, opened.ledger);
        return opened.exit;
    }
    Ordered sources = Ordered::array();
    for (const LedgerRow& row : opened.ledger.rows)
        sources.push_back(asJson(row));
    const Ordered document = {{"format", 1}, {"sources", sources}, {"nodes", nodeCounts(opened.estate)},
        {"edges", edgeCounts(opened.estate)}, {"missing", missing(opened.estate)}};
    std::cout << document.dump(
        arguments.format() == Format::JsonLines ? -1 : 2, ' ', false, Ordered::error_handler_t::replace)
              << '\n';
    return opened.exit;
}

} // namespace glacis::cli
