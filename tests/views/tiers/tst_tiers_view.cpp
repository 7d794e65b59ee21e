// SPDX-License-Identifier: GPL-3.0-or-later
#include "estate/link.h"
#include "marks/marks.h"
#include "tiers_view/probe_panel.h"
#include "tiers_view/tiers_outline.h"
#include "tiers_view/tiers_view.h"

#include <QLabel>
#include <QSignalSpy>
#include <QToolButton>
#include <QtTest>

using namespace glacis;

namespace {

/// Two web machines and one without an equal before a database; the internet may open the web, and so may one more
/// machine than wanted open the database.
std::shared_ptr<const Estate> threeTiers()
{
    Inventory m;
    const EvidenceId at = m.seen(m.file("a.json"), "/0");
    const ScopeId scope = m.scope(rootScope, "", "111122223333", "eu-central-1");
    m.thing(Kind::Network, Provider::Aws, "", "vpc-1", scope, at);
    for (const char* subnet : {"public-a", "data-a"})
        m.thing(Kind::Subnet, Provider::Aws, "", subnet, scope, at).parent = m.text("vpc-1");
    for (const char* machine : {"web-1", "web-2"})
        m.thing(Kind::Vm, Provider::Aws, "", machine, scope, at).parent = m.text("public-a");
    m.thing(Kind::SqlDb, Provider::Aws, "", "orders-db", scope, at).parent = m.text("data-a");
    m.thing(Kind::ObjectStore, Provider::Aws, "", "customer-exports", scope, at);
    Progress progress;
    return std::make_shared<const Estate>(link(std::move(m), progress));
}

std::shared_ptr<const Segmentation> segmentationOf(const Estate& estate)
{
    Segmentation made;
    made.tiers.zones = {{"internet", "Internet"}, {"web", "Web"}, {"data", "Data"}};
    made.tiers.of.resize(estate.nodeCount());
    made.flows.classOf.assign(estate.nodeCount(), ~0u);
    const auto place = [&](const char* id, std::uint32_t zone, std::uint32_t cls) {
        const NodeId node = estate.find(id).value();
        made.tiers.of[index(node)] = {zone, "tag Tier says so", "", noEvidence};
        made.tiers.placed.push_back(node);
        made.flows.classOf[index(node)] = cls;
    };
    place("internet", 0, 0);
    place("web-1", 1, 1);
    place("web-2", 1, 1);
    place("orders-db", 2, 2);
    place("customer-exports", 2, ~0u);
    const NodeId network = estate.find("vpc-1").value();
    made.flows.classes = {{{idAt<NodeId>(0)}, noNode, noNode, {}, true},
        {{*estate.find("web-1"), *estate.find("web-2")}, *estate.find("public-a"), network, {}, true},
        {{*estate.find("orders-db")}, *estate.find("data-a"), network, {}, false}};
    const auto flow = [&](std::uint32_t from, std::uint32_t to, std::int32_t port) {
        Flow row;
        row.from = from;
        row.to = to;
        row.ports = {{6, port, port}};
        row.verdict = Reach::Reachable;
        made.flows.flows.push_back(row);
    };
    flow(0, 1, 443);
    flow(1, 2, 5432);
    Violation violation;
    violation.kind = "tier_skip";
    violation.from = made.flows.classes[1].things;
    violation.to = made.flows.classes[2].things;
    violation.sentence = "web may open data on tcp/5432";
    made.violations = {violation};
    made.violationOf = {~0u, 0};
    return std::make_shared<const Segmentation>(std::move(made));
}

Answers answers()
{
    Answers made;
    made.estate = threeTiers();
    made.segmentation = segmentationOf(*made.estate);
    return made;
}

const Scene::Mark* markTitled(const Scene& scene, const QString& title)
{
    for (const Scene::Mark& mark : scene.marks) {
        if (mark.title == title)
            return &mark;
    }
    return nullptr;
}

const Scene::Link* linkLabelled(const Scene& scene, const QString& label)
{
    for (const Scene::Link& link : scene.links) {
        if (link.label == label)
            return &link;
    }
    return nullptr;
}

} // namespace

class TiersViewTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void zonesAreLanesFromTheOutsideIn()
    {
        const Answers from = answers();
        const Scene scene = tiersPicture(*from.estate, *from.segmentation).scene;
        QCOMPARE(scene.lanes.size(), 3);
        for (int i = 1; i < scene.lanes.size(); ++i)
            QVERIFY(scene.lanes[i].rect.left() > scene.lanes[i - 1].rect.right());
    }

    void equalMachinesAreOneMarkWithTheirNumber()
    {
        const Answers from = answers();
        const Scene scene = tiersPicture(*from.estate, *from.segmentation).scene;
        const Scene::Mark* web = markTitled(scene, QStringLiteral("web"));
        QVERIFY(web);
        QCOMPARE(web->badge, QStringLiteral("×2"));
        QVERIFY(scene.lanes[1].rect.contains(web->centre));
    }

    void aFlowAgainstTheMatrixIsAViolation()
    {
        const Answers from = answers();
        const Scene scene = tiersPicture(*from.estate, *from.segmentation).scene;
        const Scene::Link* skip = linkLabelled(scene, QStringLiteral("tcp/5432"));
        QVERIFY(skip);
        QCOMPARE(skip->style, LinkStyle::Violation);
        QVERIFY(skip->tooltip.contains(QStringLiteral("web may open data")));
        QCOMPARE(linkLabelled(scene, QStringLiteral("tcp/443"))->style, LinkStyle::Normal);
    }

    void anOpenPolicyIsAnArrowFromTheInternet()
    {
        Answers from = answers();
        Segmentation made = *from.segmentation;
        Violation open;
        open.kind = "public_policy";
        open.severity = Risk::High;
        open.from = {idAt<NodeId>(0)};
        open.to = {*from.estate->find("customer-exports")};
        open.fromZone = 0;
        open.toZone = 2;
        open.ports = {{6, 443, 443}};
        open.verdict = Reach::Reachable;
        open.sentence = "The policy lets anyone in.";
        addViolations(made, {open});
        from.segmentation = std::make_shared<const Segmentation>(std::move(made));
        TiersView view;
        view.resize(1100, 700);
        view.setAnswers(from);
        view.show();
        QVERIFY(QTest::qWaitForWindowExposed(&view));
        const QSignalSpy picked(&view, &View::picked);
        auto* canvas = view.findChild<Canvas*>(QStringLiteral("tiersCanvas"));
        const Scene& scene = canvas->scene();
        QCOMPARE(scene.links.size(), 3);
        for (int i = 0; i < scene.links.size(); ++i) {
            if (!scene.links[i].tooltip.contains(QStringLiteral("lets anyone in")))
                continue;
            QCOMPARE(scene.links[i].style, LinkStyle::Violation);
            canvas->setFocusedElement({ElementRef::Kind::Link, i});
            QTest::keyClick(canvas, Qt::Key_Space);
        }
        QCOMPARE(picked.count(), 1);
        const auto selected = picked.front().front().value<Selected>();
        QVERIFY(selected.as<subject::Violation>());
        QCOMPARE(selected.things.front(), idAt<NodeId>(0));
    }

    void aStoreBesideTheNetworksStandsInItsLane()
    {
        const Answers from = answers();
        const Scene scene = tiersPicture(*from.estate, *from.segmentation).scene;
        const Scene::Mark* store = markTitled(scene, QStringLiteral("customer-exports"));
        QVERIFY(store);
        QVERIFY(store->crown);
        QVERIFY(scene.lanes[2].rect.contains(store->centre));
    }

    void aFilterHidesFlowsAndSaysHowMany()
    {
        TiersView view;
        view.setAnswers(answers());
        QCOMPARE(view.scene().links.size(), 2);
        for (QToolButton* button : view.findChildren<QToolButton*>()) {
            if (button->text() == TiersView::tr("Wanted"))
                QTest::mouseClick(button, Qt::LeftButton);
        }
        QCOMPARE(view.scene().links.size(), 1);
        QVERIFY(view.summary().contains(TiersView::tr(", %1 flows hidden by filters").arg(1)));
    }

    void aClickOnAnArrowSelectsItsFlows()
    {
        TiersView view;
        view.resize(1100, 700);
        view.setAnswers(answers());
        view.show();
        QVERIFY(QTest::qWaitForWindowExposed(&view));
        QSignalSpy picked(&view, &View::picked);
        auto* canvas = view.findChild<Canvas*>(QStringLiteral("tiersCanvas"));
        canvas->fit();
        const Scene& scene = canvas->scene();
        for (int i = 0; i < scene.links.size(); ++i) {
            if (scene.links[i].label != QStringLiteral("tcp/5432"))
                continue;
            canvas->setFocusedElement({ElementRef::Kind::Link, i});
            QTest::keyClick(canvas, Qt::Key_Space);
        }
        QCOMPARE(picked.count(), 1);
        const auto selected = picked.front().front().value<Selected>();
        QVERIFY(selected.as<subject::Flows>());
        QCOMPARE(selected.as<subject::Flows>()->flows, std::vector<std::uint32_t>{1});
    }

    void aMachineSelectedElsewhereMarksItsClass()
    {
        TiersView view;
        const Answers from = answers();
        view.setAnswers(from);
        QSignalSpy picked(&view, &View::picked);
        view.setSelected(Selected::thing(*from.estate->find("web-2")));
        const QVector<MarkId> ids = view.findChild<Canvas*>(QStringLiteral("tiersCanvas"))->selection();
        QCOMPARE(ids.size(), 1);
        QCOMPARE(ids.front(), markTitled(view.scene(), QStringLiteral("web"))->id);
        QCOMPARE(picked.count(), 0); // told by others, not told again
    }

    void aClosedNetworkShowsOneMarkForEachZoneAndBundlesItsFlows()
    {
        const Answers from = answers();
        TiersOptions options;
        options.opened[markOf(*from.estate->find("vpc-1"))] = false;
        const TiersPicture picture = tiersPicture(*from.estate, *from.segmentation, options);
        const Scene& scene = picture.scene;
        // The internet, web, data, and the store beside the networks.
        QCOMPARE(scene.marks.size(), 4);
        QCOMPARE(scene.links.size(), 2);
        QCOMPARE(picture.markOfThing.at(index(*from.estate->find("web-1"))),
            picture.markOfThing.at(index(*from.estate->find("web-2"))));
        const auto closed =
            std::find_if(scene.boxes.begin(), scene.boxes.end(), [](const Scene::Box& box) { return box.collapsed; });
        QVERIFY(closed != scene.boxes.end());
        QVERIFY(closed->canOpen);
    }

    void aDoubleClickClosesANetworkAndEnterOpensIt()
    {
        TiersView view;
        view.resize(1100, 700);
        view.setAnswers(answers());
        view.show();
        QVERIFY(QTest::qWaitForWindowExposed(&view));
        auto* canvas = view.findChild<Canvas*>(QStringLiteral("tiersCanvas"));
        const auto network = [&] {
            for (int box = 0; box < canvas->scene().boxes.size(); ++box) {
                if (canvas->scene().boxes[box].title == QStringLiteral("vpc-1"))
                    return box;
            }
            return -1;
        };
        const QRectF header = canvas->viewRectOf({ElementRef::Kind::Box, network()});
        QTest::mouseDClick(canvas, Qt::LeftButton, {}, (header.topLeft() + QPointF(30, 8)).toPoint());
        QVERIFY(canvas->scene().boxes[network()].collapsed);
        canvas->setFocusedElement({ElementRef::Kind::Box, network()});
        QTest::keyClick(canvas, Qt::Key_Return);
        QVERIFY(!canvas->scene().boxes[network()].collapsed);
        canvas->setFocusedElement({ElementRef::Kind::Box, network()});
        QTest::keyClick(canvas, Qt::Key_Backspace);
        QVERIFY(canvas->scene().boxes[network()].collapsed);
    }

    void severalFlowsOfTwoBoxesAreOneArrowWithAllPorts()
    {
        Answers from = answers();
        Segmentation more = *from.segmentation;
        Flow second = more.flows.flows[0];
        second.ports = portsNamed("tcp/80");
        more.flows.flows.push_back(second);
        more.violationOf.push_back(~0u);
        const Scene scene = tiersPicture(*from.estate, more).scene;
        QCOMPARE(scene.links.size(), 2);
        QVERIFY(linkLabelled(scene, QStringLiteral("tcp/80,443")));
    }

    void asWantedLeavesOutViolationsAndShowsWhatIsAllowedAndNotOpen()
    {
        const Answers from = answers();
        TiersOptions options;
        options.side = TiersSide::Wanted;
        ZoneMatrix matrix;
        matrix.rows = {{"internet", "web", portsNamed("tcp/443"), true, Risk::Low, {}, Crossing::Any, {}},
            {"data", "web", portsNamed("tcp/9000"), true, Risk::Low, {}, Crossing::Any, {}}};
        const Scene scene = tiersPicture(*from.estate, *from.segmentation, options, matrix).scene;
        QVERIFY(std::none_of(scene.links.begin(), scene.links.end(),
            [](const Scene::Link& link) { return link.style == LinkStyle::Violation; }));
        const Scene::Link* unused = linkLabelled(scene, QStringLiteral("tcp/9000"));
        QVERIFY(unused);
        QCOMPARE(unused->style, LinkStyle::Unused);
        QCOMPARE(linkLabelled(scene, QStringLiteral("tcp/443"))->style, LinkStyle::Normal);
    }

    void theDifferenceShowsViolationsAndUnusedOnly()
    {
        const Answers from = answers();
        TiersOptions options;
        options.side = TiersSide::Difference;
        const Scene scene = tiersPicture(*from.estate, *from.segmentation, options).scene;
        QVERIFY(!scene.links.isEmpty());
        for (const Scene::Link& link : scene.links)
            QVERIFY(link.style == LinkStyle::Violation || link.style == LinkStyle::Unused);
    }

    void aKindOfViolationCanBeAskedFor()
    {
        const Answers from = answers();
        TiersOptions options;
        options.violationKind = "tier_skip";
        QCOMPARE(tiersPicture(*from.estate, *from.segmentation, options).scene.links.size(), 2);
        options.violationKind = "admin_port_world";
        QCOMPARE(tiersPicture(*from.estate, *from.segmentation, options).scene.links.size(), 1);
        options.violationKind.clear();
        options.leastSeverity = Risk::Critical;
        QCOMPARE(tiersPicture(*from.estate, *from.segmentation, options).scene.links.size(), 1);
    }

    void whatCanReachAThingIsLitAndSaid()
    {
        TiersView view;
        const Answers from = answers();
        view.setAnswers(from);
        view.setSelected(Selected::thing(*from.estate->find("orders-db")));
        auto* canvas = view.findChild<Canvas*>(QStringLiteral("tiersCanvas"));
        QTest::keyClick(canvas, Qt::Key_R);
        auto* note = view.findChild<QLabel*>(QStringLiteral("tiersNote"));
        QVERIFY(note->text().contains(QLatin1Char('2'))); // web-1 and web-2
        QVERIFY(note->text().contains(QStringLiteral("orders-db")));
        QTest::keyClick(canvas, Qt::Key_Escape); // first what is selected
        QTest::keyClick(canvas, Qt::Key_Escape);
        QVERIFY(note->text().isEmpty());
    }

    void aThingIsMovedToAnotherTierByTheUsersWord()
    {
        TiersView view;
        const Answers from = answers();
        view.setAnswers(from);
        QSignalSpy wanted(&view, &View::policyWanted);
        auto* canvas = view.findChild<Canvas*>(QStringLiteral("tiersCanvas"));
        const MarkId web = markTitled(view.scene(), QStringLiteral("web"))->id;
        Q_EMIT canvas->moved({web}, markOf(tiers_mark::zone, 2));
        QCOMPARE(wanted.count(), 1);
        const auto policy = wanted.front().front().value<NetworkPolicy>();
        QCOMPARE(policy.tiers.size(), std::size_t{2});
        QCOMPARE(policy.tiers.front().zone, std::string("data"));
        const Tiers tiers = inferTiers(*from.estate, policy.tiers);
        const std::uint32_t zone = tiers.of[index(*from.estate->find("web-1"))].zone;
        QCOMPARE(tiers.zones[zone].id, std::string("data"));
    }

    void anEnvironmentOfTheMatrixShowsOnlyItsThings()
    {
        Inventory m;
        const EvidenceId at = m.seen(m.file("a.json"), "/0");
        const ScopeId scope = m.scope(rootScope, "", "111122223333", "eu-central-1");
        for (const char* store : {"live", "tried", "silent"})
            m.thing(Kind::ObjectStore, Provider::Aws, "", store, scope, at);
        m.tag(m.text("live"), "Env", "production");
        m.tag(m.text("tried"), "Stage", "qa-2");
        Progress progress;
        const Estate estate = link(std::move(m), progress);
        Segmentation found;
        found.tiers.zones = {{"internet", "Internet"}, {"data", "Data"}};
        found.tiers.of.resize(estate.nodeCount());
        found.flows.classOf.assign(estate.nodeCount(), ~0u);
        for (const char* store : {"live", "tried", "silent"})
            found.tiers.placed.push_back(estate.find(store).value());
        TiersOptions options;
        options.environment = "prod"; // how the matrix calls what the tag calls production
        const TiersOutline outline = tiersOutline(estate, found, EnvironmentRules::builtIn(), options);
        QCOMPARE(outline.things, std::size_t{1});
        QCOMPARE(outline.hidden, std::size_t{2});
        QCOMPARE(outline.groups.back().things, std::vector{estate.find("live").value()});
    }

    void hiddenThingsAreGoneAndCounted()
    {
        TiersView view;
        view.setAnswers(answers());
        auto* canvas = view.findChild<Canvas*>(QStringLiteral("tiersCanvas"));
        Q_EMIT canvas->hideRequested({markTitled(view.scene(), QStringLiteral("web"))->id});
        QVERIFY(!markTitled(view.scene(), QStringLiteral("web")));
        QVERIFY(view.summary().contains(TiersView::tr(", %L1 things hidden").arg(2)));
    }

    void aProbeAsksFromTheFirstClickToTheSecond()
    {
        TiersView view;
        view.resize(1100, 700);
        const Answers from = answers();
        view.setAnswers(from);
        view.show();
        QVERIFY(QTest::qWaitForWindowExposed(&view));
        auto* canvas = view.findChild<Canvas*>(QStringLiteral("tiersCanvas"));
        QTest::keyClick(canvas, Qt::Key_P);
        auto* panel = view.findChild<ProbePanel*>();
        QVERIFY(panel->isVisible());
        QSignalSpy changed(panel, &ProbePanel::changed);
        const auto click = [&](const QString& title) {
            const auto id = markTitled(canvas->scene(), title)->id;
            const auto element = canvas->painter().elementsOf(id).front();
            QTest::mouseClick(canvas, Qt::LeftButton, {}, canvas->viewRectOf(element).center().toPoint());
        };
        click(QStringLiteral("web"));
        QCOMPARE(panel->from(), *from.estate->find("web-1"));
        click(QStringLiteral("orders-db"));
        QCOMPARE(panel->to(), *from.estate->find("orders-db"));
        QTRY_VERIFY(panel->answer());
        const Scene scene = canvas->scene();
        QVERIFY(std::any_of(scene.links.begin(), scene.links.end(),
            [](const Scene::Link& link) { return link.id == markOf(tiers_mark::probe, 0); }));
        // The interfaces were not exported, so nobody knows.
        QCOMPARE(panel->answer()->verdict, Reach::Unknown);
        QTest::keyClick(canvas, Qt::Key_Escape);
        QTest::keyClick(canvas, Qt::Key_Escape);
        QVERIFY(!panel->isVisible());
    }

    void theMatrixTakesThePlaceOfThePicture()
    {
        TiersView view;
        view.resize(1100, 700);
        view.setAnswers(answers());
        view.show();
        QVERIFY(QTest::qWaitForWindowExposed(&view));
        auto* canvas = view.findChild<Canvas*>(QStringLiteral("tiersCanvas"));
        QTest::keyClick(canvas, Qt::Key_M);
        QVERIFY(!canvas->isVisible());
        QVERIFY(!view.scene().cells.isEmpty());
        QTest::keyClick(view.findChild<Canvas*>(QStringLiteral("matrixCanvas")), Qt::Key_M);
        QVERIFY(canvas->isVisible());
    }

    void withoutNetworksItSaysWhatWouldBeHere()
    {
        TiersView view;
        view.setAnswers({});
        QVERIFY(view.scene().isEmpty());
    }
};

QTEST_MAIN(TiersViewTest)
#include "tst_tiers_view.moc"
