// SPDX-License-Identifier: GPL-3.0-or-later
#include "commands.h"
#include "evidence_json.h"

#include "core/json.h"
#include "core/text.h"
#include "network/kubernetes/pod_reach.h"
#include "network/reach.h"

#include <fstream>
#include <iostream>

namespace glacis::cli {

namespace {

struct Query {
    std::string id, from, to, protocol;
    std::int32_t port = -1;
};

std::optional<std::int16_t> protocolNumber(std::string_view text)
{
    if (text.empty() || text == "tcp")
        return 6;
    if (text == "udp")
        return 17;
    if (text == "icmp")
        return 1;
    if (text == "icmpv6")
        return 58;
    const auto number = integer(text);
    return number && *number >= 0 && *number < 256 ? std::optional(static_cast<std::int16_t>(*number)) : std::nullopt;
}

/// Clusters answer for their pods, the networks around them for the rest.
struct Engines {
    explicit Engines(const Estate& of) : estate(of) { }
    const Estate& estate;
    Reachability networks{estate};
    kubernetes::PodReach clusters{estate};
};

ReachAnswer ask(const Engines& engines, const Query& query, std::int16_t protocol)
{
    const Service service{protocol, query.port};
    auto ofPods = engines.clusters.ask(query.from, query.to, service);
    return ofPods ? *std::move(ofPods) : engines.networks.ask(query.from, query.to, service);
}

/// Without a protocol and a port both of the protocols that have ports are asked for all of theirs.
ReachAnswer ask(const Engines& engines, const Query& query)
{
    ReachAnswer first = ask(engines, query, protocolNumber(query.protocol).value_or(tcp));
    if (!query.protocol.empty() || query.port >= 0)
        return first;
    ReachAnswer second = ask(engines, query, udp);
    if (rank(second.verdict) > rank(first.verdict))
        return second;
    if (second.verdict == first.verdict)
        first.ports = unionOf(first.ports, second.ports);
    return first;
}

Ordered answerOf(const Engines& engines, const Query& query)
{
    const Estate& estate = engines.estate;
    const ReachAnswer answer = ask(engines, query);
    Ordered hops = Ordered::array();
    for (const Hop& hop : answer.hops)
        hops.push_back(asJson(estate, hop));
    const bool open = answer.verdict == Reach::Reachable || answer.verdict == Reach::Partial;
    // Clusters answer for what was asked as a whole.
    const PortSet asked{{protocolNumber(query.protocol).value_or(tcp), query.port, query.port}};
    const std::string ports = describe(answer.ports.empty() ? asked : answer.ports);
    Ordered row = {{"id", query.id}, {"verdict", name(answer.verdict)}, {"ports", open ? ports : std::string()},
        {"hops", hops}, {"decided_by", answer.decidedBy() ? asJson(estate, *answer.decidedBy()) : Ordered::object()}};
    if (!answer.missing.empty())
        row["missing"] = answer.missing;
    return row;
}

void printRow(const Ordered& row, Format format)
{
    if (format != Format::Text) {
        print(row, format == Format::JsonLines);
        return;
    }
    std::cout << row["verdict"].get<std::string>() << ' ' << row["ports"].get<std::string>() << '\n';
    for (const auto& hop : row["hops"]) {
        std::cout << "    " << hop["effect"].get<std::string>() << "  " << hop["control"].get<std::string>() << ' '
                  << hop["node"].get<std::string>() << ' ' << hop["rule"].get<std::string>() << " ("
                  << hop["why"].get<std::string>() << ")\n";
    }
    if (row.contains("missing"))
        std::cout << "    not in the export: " << row["missing"].get<std::string>() << '\n';
}

} // namespace

int reach(const Arguments& arguments)
{
    const std::string file = arguments.one("--queries");
    Query single{"", arguments.one("--from"), arguments.one("--to"), arguments.one("--protocol"), -1};
    if (file.empty() && (single.from.empty() || single.to.empty())) {
        std::cerr << "Say from where to where: --from X --to Y, or --queries FILE.jsonl.\n";
        return Usage;
    }
    const auto port = integer(arguments.one("--port"));
    if (!protocolNumber(single.protocol)
        || (!arguments.one("--port").empty() && (!port || *port < 0 || *port > 65535))) {
        std::cerr << "The protocol is tcp, udp, icmp, icmpv6 or a number to 255, and the port a number to 65535.\n";
        return Usage;
    }
    single.port = port ? static_cast<std::int32_t>(*port) : -1;
    const Opened opened = open(arguments);
    if (opened.exit != Done)
        return opened.exit;
    const Engines engines(opened.estate);
    if (file.empty()) {
        printRow(answerOf(engines, single), arguments.format());
        return Done;
    }
    std::ifstream in(file);
    if (!in) {
        std::cerr << file << ": the file could not be opened.\n";
        return Usage;
    }
    std::string line;
    for (int number = 1; std::getline(in, line); ++number) {
        if (trimmed(line).empty())
            continue;
        const auto json = parseJson(line);
        if (!json || !json->is_object()) {
            std::cerr << file << ':' << number << ": the line is not a JSON object.\n";
            return Usage;
        }
        Query query{std::string(textOf(*json, "id")), std::string(textOf(*json, "from")),
            std::string(textOf(*json, "to")), std::string(textOf(*json, "protocol")),
            static_cast<std::int32_t>(numberOf(*json, "port").value_or(-1))};
        printRow(answerOf(engines, query), arguments.format() == Format::Json ? Format::JsonLines : arguments.format());
    }
    return Done;
}

} // namespace glacis::cli
