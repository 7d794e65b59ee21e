// SPDX-License-Identifier: GPL-3.0-or-later
#include "estate/link.h"
#include "paths_view/path_list.h"
#include "paths_view/paths_view.h"

#include <QAbstractItemModelTester>
#include <QListView>
#include <QListWidget>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QToolButton>
#include <QtTest>

using namespace glacis;

namespace {

/// eve and mallory may become deploy, which reads the customers' data; mallory may become admin too, who also reads it.
class Answered {
public:
    explicit Answered(Verdict escalation = Verdict::Allowed) : m_escalation(escalation)
    {
        Inventory m;
        const EvidenceId at = m.seen(m.file("a.json"), "/0");
        const ScopeId scope = m.scope(rootScope, "", "111122223333", "eu-central-1");
        for (const char* user : {"eve", "mallory"})
            m.thing(Kind::User, Provider::Aws, "", user, scope, at);
        for (const char* role : {"deploy", "admin"})
            m.thing(Kind::Role, Provider::Aws, "", role, scope, at);
        m.thing(Kind::ObjectStore, Provider::Aws, "", "customer-exports", scope, at);
        Progress progress;
        estate = std::make_shared<const Estate>(link(std::move(m), progress));
        network.flows.classOf.assign(estate->nodeCount(), ~0u);
        becomes("eve", "deploy");
        becomes("mallory", "deploy");
        becomes("mallory", "admin");
        reads("deploy");
        reads("admin");
        auto made = std::make_shared<PathAnswers>();
        made->graph =
            std::make_shared<const AttackGraph>(AttackFacts{*estate, escalations, access, administrators, network});
        made->paths = pathOverview(*made->graph, {}, progress).paths;
        made->chokePoints = chokePoints(*made->graph, {node("eve")}, {node("customer-exports")});
        answers.estate = estate;
        answers.paths = made;
    }

    NodeId node(const char* id) const { return estate->find(id).value(); }

    std::shared_ptr<const Estate> estate;
    Answers answers;

private:
    void becomes(const char* from, const char* to)
    {
        escalations.push_back({node(from), node(to), 0, {m_escalation, {}, {}}});
    }
    void reads(const char* principal)
    {
        access.push_back({node(principal), node("customer-exports"), AccessLevel::Read, {Verdict::Allowed, {}, {}}});
    }

    Verdict m_escalation;
    std::vector<Escalation> escalations;
    std::vector<StoreAccess> access;
    std::vector<std::pair<NodeId, Decision>> administrators;
    Segmentation network;
};

} // namespace

class PathsViewTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theListOfPathsIsASoundModel()
    {
        const Answered from;
        PathList list;
        const QAbstractItemModelTester tester(&list, QAbstractItemModelTester::FailureReportingMode::QtTest);
        list.setPaths(from.estate, from.answers.paths->paths);
        QCOMPARE(list.rowCount(), 2);
        list.setPaths(from.estate, {});
        QCOMPARE(list.rowCount(), 0);
    }

    void stepsThatPathsShareAreDrawnOnce()
    {
        const Answered from;
        const PathsPicture picture =
            pathsPicture(*from.estate, from.answers.paths->paths, from.answers.paths->chokePoints);
        int intoTheStore = 0;
        for (const Scene::Link& link : picture.scene.links)
            intoTheStore += picture.scene.marks[link.to.index].title == QStringLiteral("customer-exports") ? 1 : 0;
        QVERIFY(intoTheStore >= 1);
        QCOMPARE(picture.scene.links.size(), static_cast<int>(picture.arrows.size()));
        for (int i = 0; i < picture.scene.marks.size(); ++i) {
            for (int j = 0; j < i; ++j)
                QVERIFY(!picture.scene.marks[i].rect().intersects(picture.scene.marks[j].rect()));
        }
    }

    void aChokePointIsRinged()
    {
        const Answered from;
        const PathsPicture picture =
            pathsPicture(*from.estate, from.answers.paths->paths, from.answers.paths->chokePoints);
        for (const Scene::Mark& mark : picture.scene.marks)
            QCOMPARE(mark.ringed, mark.title == QStringLiteral("deploy"));
    }

    void theCheapestPathIsInHandAndExplained()
    {
        Answered from;
        PathsView view;
        view.setAnswers(from.answers);
        auto* steps = view.findChild<QListWidget*>();
        QCOMPARE(steps->count(), 2);
        QVERIFY(steps->item(1)->text().contains(QStringLiteral("customer-exports")));
        int strong = 0;
        for (const Scene::Link& link : view.scene().links)
            strong += link.style == LinkStyle::Path ? 1 : 0;
        QCOMPARE(strong, 2);
    }

    void aStepOfTheListIsSelectedEverywhere()
    {
        Answered from;
        PathsView view;
        view.setAnswers(from.answers);
        QSignalSpy picked(&view, &View::picked);
        auto* steps = view.findChild<QListWidget*>();
        steps->setFocus();
        QTest::keyClick(steps, Qt::Key_Down);
        QVERIFY(picked.count() >= 1);
        const auto selected = picked.last().front().value<Selected>();
        QVERIFY(selected.as<subject::Path>());
        QVERIFY(selected.as<subject::Path>()->step >= 0);
    }

    void askedForNobodyItSaysSo()
    {
        Answered from;
        PathsView view;
        view.setAnswers(from.answers);
        view.ask(QStringLiteral("nobody"), QString());
        QVERIFY(view.scene().isEmpty());
    }

    void askedForOnePairItFindsEveryWay()
    {
        Answered from;
        PathsView view;
        view.setAnswers(from.answers);
        QSignalSpy changed(&view, &View::summaryChanged);
        view.ask(QStringLiteral("mallory"), QStringLiteral("customer-exports"));
        QTRY_COMPARE(view.findChild<PathList*>()->rowCount(), 2);
    }

    void theXKeyAsksToCutTheStepInHand()
    {
        Answered from;
        PathsView view;
        view.setAnswers(from.answers);
        QSignalSpy wanted(&view, &View::trialWanted);
        auto* canvas = view.findChild<Canvas*>();
        QTest::keyClick(canvas, Qt::Key_X);
        QCOMPARE(wanted.count(), 0); // no step is chosen
        view.findChild<QListWidget*>()->setCurrentRow(0);
        QTest::keyClick(canvas, Qt::Key_X);
        QCOMPARE(wanted.count(), 1);
        const auto trial = wanted.first().front().value<Trial>();
        QVERIFY(trial.cuts);
        QCOMPARE(trial.cuts->to, from.node("deploy"));
    }

    void sideBySideEachPathHasItsOwnThings()
    {
        const Answered from;
        PathsStyle style;
        style.sideBySide = true;
        const PathsPicture picture =
            pathsPicture(*from.estate, from.answers.paths->paths, from.answers.paths->chokePoints, style);
        int stores = 0;
        for (const Scene::Mark& mark : picture.scene.marks)
            stores += mark.title == QStringLiteral("customer-exports") ? 1 : 0;
        QCOMPARE(stores, static_cast<int>(from.answers.paths->paths.size()));
    }

    void withoutEscalationsThereIsNoPathAndItSaysWhichKindsAreOff()
    {
        Answered from;
        PathsView view;
        view.setAnswers(from.answers);
        auto* chip = view.findChild<QToolButton*>(QStringLiteral("stepKind-2"));
        QVERIFY(chip->text().contains(QStringLiteral("3")));
        chip->click();
        QTRY_VERIFY(view.scene().isEmpty());
        auto* all = view.findChild<QToolButton*>(QStringLiteral("allKinds"));
        QVERIFY(!all->isHidden());
        all->click();
        QVERIFY(!view.scene().isEmpty());
    }

    void thePickersUnderstandNames()
    {
        const Answered from;
        QCOMPARE(thingsNamed(*from.estate, QStringLiteral("EVE")), std::vector<NodeId>{from.node("eve")});
        QCOMPARE(
            thingsNamed(*from.estate, QStringLiteral("anyone on the internet")), std::vector<NodeId>{idAt<NodeId>(0)});
        QCOMPARE(thingsNamed(*from.estate, QStringLiteral("kind:role")).size(), std::size_t{2});
    }

    void fromAndToAreSwapped()
    {
        Answered from;
        PathsView view;
        view.setAnswers(from.answers);
        view.ask(QStringLiteral("mallory"), QStringLiteral("customer-exports"));
        QTRY_COMPARE(view.findChild<PathList*>()->rowCount(), 2);
        view.findChild<QToolButton*>(QStringLiteral("swapEnds"))->click();
        QTRY_COMPARE(view.findChild<PathList*>()->rowCount(), 0);
    }

    void whatCanBeGotAtIsCountedAndDrawn()
    {
        Answered from;
        PathsView view;
        view.setAnswers(from.answers);
        view.ask(QStringLiteral("eve"), QStringLiteral("anything"));
        auto* list = view.findChild<PathList*>();
        QTRY_VERIFY(view.message().contains(QRegularExpression(QStringLiteral("^2 thing.* can be got at from eve"))));
        QCOMPARE(list->rowCount(), 2); // deploy, and the store by way of it
        view.ask(QStringLiteral("mallory"), QStringLiteral("anything"));
        QTRY_VERIFY(view.message().startsWith(QStringLiteral("3 thing")));
    }

    void whoCanGetThereIsCountedAndDrawn()
    {
        Answered from;
        PathsView view;
        view.setAnswers(from.answers);
        view.ask(QStringLiteral("anything"), QStringLiteral("deploy"));
        QTRY_VERIFY(view.message().contains(QRegularExpression(QStringLiteral("^2 thing.* can get at deploy"))));
        QCOMPARE(view.findChild<PathList*>()->rowCount(), 2);
        view.ask(QStringLiteral("anything"), QStringLiteral("eve"));
        QTRY_VERIFY(view.message().contains(QRegularExpression(QStringLiteral("^0 thing.* can get at eve"))));
        QVERIFY(view.scene().isEmpty());
    }

    void anythingAtBothEndsIsAskedBack()
    {
        Answered from;
        PathsView view;
        view.setAnswers(from.answers);
        view.ask(QStringLiteral("anything"), QStringLiteral("anything"));
        QVERIFY(view.message().startsWith(QStringLiteral("Say one end")));
    }

    void stepsWithOpenConditionsCanBeLeftOut()
    {
        Answered from(Verdict::Conditional);
        PathsView view;
        view.setAnswers(from.answers);
        auto* chip = view.findChild<QToolButton*>(QStringLiteral("openConditions"));
        QVERIFY(chip->text().endsWith(QStringLiteral("3")));
        QVERIFY(!view.scene().isEmpty());
        chip->click();
        QTRY_VERIFY(view.scene().isEmpty());
    }

    void aPathSelectedElsewhereComesInHand()
    {
        Answered from;
        PathsView view;
        view.setAnswers(from.answers);
        const AttackPath second = from.answers.paths->paths[1];
        view.setSelected(Selected::path(std::make_shared<const AttackPath>(second), 0));
        for (auto* list : view.findChildren<QListView*>()) {
            if (qobject_cast<PathList*>(list->model()))
                QCOMPARE(list->currentIndex().row(), 1);
        }
    }
};

QTEST_MAIN(PathsViewTest)
#include "tst_paths_view.moc"
