// SPDX-License-Identifier: GPL-3.0-or-later
// Prints how long the Tiers view takes to be built and how long a frame takes while it is panned and zoomed, with one
// class of machines for each network, tier and zone of availability, at 100, 10,000 and 100,000 machines. Closed as the
// view opens it, and with all opened. Drawn by the raster engine, without a screen. Never fails.
#include "canvas/canvas.h"
#include "estate/link.h"
#include "tiers_view/tiers_scene.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QImage>

#include <algorithm>
#include <cstdio>
#include <string>

using namespace glacis;

namespace {

struct Made {
    std::shared_ptr<const Estate> estate;
    Segmentation segmentation;
};

constexpr const char* tiers[] = {"web", "app", "data"};

Made made(int machines)
{
    const int networks = std::clamp(machines / 500, 2, 40);
    constexpr int zones = 3;
    Inventory m;
    const EvidenceId at = m.seen(m.file("a.json"), "/0");
    const ScopeId scope = m.scope(rootScope, "", "111122223333", "eu-central-1");
    struct Stand {
        std::string id;
        int network, tier, zone;
    };
    std::vector<Stand> stands;
    for (int network = 0; network < networks; ++network) {
        const std::string vpc = "vpc-" + std::to_string(network);
        m.thing(Kind::Network, Provider::Aws, "", vpc, scope, at);
        for (int tier = 0; tier < 3; ++tier) {
            for (int zone = 0; zone < zones; ++zone) {
                const std::string subnet = vpc + '-' + tiers[tier] + '-' + static_cast<char>('a' + zone);
                m.thing(Kind::Subnet, Provider::Aws, "", subnet, scope, at).parent = m.text(vpc);
                const int count = std::max(1, machines / (networks * 3 * zones));
                for (int one = 0; one < count; ++one) {
                    const std::string id = subnet + "-host-" + std::to_string(one);
                    m.thing(Kind::Vm, Provider::Aws, "", id, scope, at).parent = m.text(subnet);
                    stands.push_back({id, network, tier, zone});
                }
            }
        }
    }
    Progress progress;
    Made result;
    result.estate = std::make_shared<const Estate>(link(std::move(m), progress));
    const Estate& estate = *result.estate;
    Segmentation& judged = result.segmentation;
    judged.tiers.zones = {{"internet", "Internet"}, {"web", "Web"}, {"app", "App"}, {"data", "Data"}};
    judged.tiers.of.resize(estate.nodeCount());
    judged.tiers.of.front().zone = 0;
    judged.flows.classOf.assign(estate.nodeCount(), ~0u);
    judged.flows.classes.push_back({{idAt<NodeId>(0)}, noNode, noNode, {}, true});
    const auto classAt = [&](int network, int tier, int zone) {
        return static_cast<std::uint32_t>(1 + (network * 3 + tier) * zones + zone);
    };
    judged.flows.classes.resize(1 + static_cast<std::size_t>(networks) * 3 * zones);
    for (const Stand& one : stands) {
        const NodeId node = *estate.find(one.id);
        judged.tiers.of[index(node)].zone = static_cast<std::uint32_t>(1 + one.tier);
        judged.tiers.placed.push_back(node);
        const std::uint32_t cls = classAt(one.network, one.tier, one.zone);
        judged.flows.classOf[index(node)] = cls;
        EndpointClass& row = judged.flows.classes[cls];
        row.things.push_back(node);
        row.subnet = estate.node(node).parent;
        row.network = estate.node(row.subnet).parent;
    }
    std::ranges::sort(judged.tiers.placed);
    const auto flow = [&](std::uint32_t from, std::uint32_t to, const char* ports, bool wanted) {
        Flow row;
        row.from = from;
        row.to = to;
        row.ports = portsNamed(ports);
        row.verdict = Reach::Reachable;
        judged.flows.flows.push_back(std::move(row));
        judged.violationOf.push_back(wanted ? ~0u : 0);
    };
    judged.violations.emplace_back();
    for (int network = 0; network < networks; ++network) {
        for (int from = 0; from < zones; ++from) {
            flow(0, classAt(network, 0, from), "tcp/443", true);
            for (int to = 0; to < zones; ++to) {
                flow(classAt(network, 0, from), classAt(network, 1, to), "tcp/8080", true);
                flow(classAt(network, 1, from), classAt(network, 2, to), "tcp/5432", true);
                flow(classAt(network, 0, from), classAt(network, 2, to), "tcp/22", network % 3 != 0);
            }
        }
    }
    return result;
}

double share(std::vector<double>& times, double at)
{
    std::sort(times.begin(), times.end());
    return times.empty() ? 0 : times[static_cast<std::size_t>(at * static_cast<double>(times.size() - 1))];
}

/// Frames of a canvas that is moved by `step(frame)`.
template <class Step> std::vector<double> frames(Canvas& canvas, int count, Step step)
{
    QImage image(canvas.size(), QImage::Format_ARGB32_Premultiplied);
    std::vector<double> times;
    for (int frame = 0; frame < count; ++frame) {
        QElapsedTimer timer;
        timer.start();
        step(frame);
        canvas.render(&image);
        times.push_back(static_cast<double>(timer.nsecsElapsed()) / 1e6);
    }
    return times;
}

void tell(const char* what, std::vector<double> times)
{
    std::printf("    %-22s p50 %6.2f ms   p95 %6.2f ms\n", what, share(times, 0.5), share(times, 0.95));
}

void measure(const Made& from, const TiersOptions& options, const char* title)
{
    QElapsedTimer timer;
    timer.start();
    const TiersPicture picture = tiersPicture(*from.estate, from.segmentation, options);
    const double built = static_cast<double>(timer.nsecsElapsed()) / 1e6;
    std::printf("  %s: %lld marks, %lld boxes, %lld lines; built in %.1f ms\n", title,
        static_cast<long long>(picture.scene.marks.size()), static_cast<long long>(picture.scene.boxes.size()),
        static_cast<long long>(picture.scene.links.size()), built);
    Canvas canvas;
    canvas.resize(1280, 800);
    canvas.setScene(picture.scene);
    canvas.show();
    canvas.fit();
    const Camera whole = canvas.camera();
    constexpr int count = 240;
    for (const double scale : {whole.scale, 0.5, 1.0}) {
        Camera camera = whole;
        camera.scale = scale;
        canvas.setCamera(camera);
        const auto times = frames(canvas, count, [&](int frame) {
            Camera next = canvas.camera();
            next.centre += QPointF(9, 7) * (frame % 60 < 30 ? 1 : -1) / next.scale;
            canvas.setCamera(next);
        });
        tell(qPrintable(QStringLiteral("pan at %1 %").arg(scale * 100, 0, 'f', 0)), times);
    }
    canvas.setCamera(whole);
    tell("zoom in and out", frames(canvas, count, [&](int frame) {
        const double turn = frame % 120 < 60 ? 1.03 : 1 / 1.03;
        canvas.zoomBy(turn);
    }));
}

} // namespace

int main(int argc, char** argv)
{
    if (!qEnvironmentVariableIsSet("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    const QApplication application(argc, argv);
    for (const int machines : {100, 10'000, 100'000}) {
        std::printf("%d machines\n", machines);
        const Made from = made(machines);
        measure(from, {}, "as it opens");
        TiersOptions open;
        for (const NodeId network : from.estate->ofKind(Kind::Network))
            open.opened[MarkId{index(network)} + 1] = true;
        measure(from, open, "all open");
    }
    return 0;
}
