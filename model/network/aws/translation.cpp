// SPDX-License-Identifier: GPL-3.0-or-later
#include "network/aws/translation.h"

namespace glacis::aws {

namespace {

/// Zones are numbered before anything refers to them; their tables are filled in by `translateTables`.
void translateSegments(Translation& into)
{
    for (const NodeId subnet : into.estate.ofKind(Kind::Subnet)) {
        if (!into.isOurs(subnet))
            continue;
        Segment segment;
        segment.node = subnet;
        segment.network = into.estate.within(subnet, Kind::Network).value_or(noNode);
        segment.place = into.estate.word(subnet, "zone");
        segment.missing =
            "the route table of " + std::string(into.estate.id(subnet)) + " (aws ec2 describe-route-tables)";
        segment.out = aclGates(into, subnet, Direction::Out);
        segment.in = aclGates(into, subnet, Direction::In);
        blockPublicAccess(into, segment);
        into.segmentOf[subnet] = NetworkModel::add<SegmentId>(into.model.segments, std::move(segment));
    }
}

} // namespace

void translateNetwork(const Estate& estate, NetworkModel& model)
{
    Translation into{estate, model, {}, {}, {}, {}, {}, {}};
    addNetworks(
        estate, model, [&](NodeId node) { return into.isOurs(node); },
        [&](NodeId network) { return attachedTo(estate, network, Kind::InternetGateway); });
    translateSegments(into);
    translateTransit(into);
    translateTables(into);
    translateInterfaces(into);
    translateBalancers(into);
}

} // namespace glacis::aws
