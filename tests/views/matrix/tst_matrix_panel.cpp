// SPDX-License-Identifier: GPL-3.0-or-later
#include "estate/link.h"
#include "marks/marks.h"
#include "matrix/matrix_panel.h"

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QtTest>

using namespace glacis;

namespace {

/// A web machine that may open a database, which the built-in matrix does not want.
Answers answers()
{
    Inventory m;
    const EvidenceId at = m.seen(m.file("a.json"), "/0");
    const ScopeId scope = m.scope(rootScope, "", "111122223333", "eu-central-1");
    m.thing(Kind::Vm, Provider::Aws, "", "web-1", scope, at);
    m.thing(Kind::SqlDb, Provider::Aws, "", "orders-db", scope, at);
    Progress progress;
    Answers made;
    made.estate = std::make_shared<const Estate>(link(std::move(m), progress));
    Segmentation judged;
    judged.tiers.zones = {{"internet", "Internet"}, {"web", "Web"}, {"data", "Data"}};
    judged.tiers.of.resize(made.estate->nodeCount());
    judged.flows.classOf.assign(made.estate->nodeCount(), ~0u);
    const NodeId web = *made.estate->find("web-1"), data = *made.estate->find("orders-db");
    judged.tiers.of[index(web)].zone = 1;
    judged.tiers.of[index(data)].zone = 2;
    judged.flows.classes = {{{idAt<NodeId>(0)}, noNode, noNode, {}, true}, {{web}, noNode, noNode, {}, false},
        {{data}, noNode, noNode, {}, false}};
    Flow flow;
    flow.from = 1;
    flow.to = 2;
    flow.ports = portsNamed("tcp/5432");
    flow.verdict = Reach::Reachable;
    judged.flows.flows = {flow};
    Violation violation;
    violation.fromZone = 1;
    violation.toZone = 2;
    violation.ports = flow.ports;
    violation.verdict = Reach::Reachable;
    judged.violations = {violation};
    judged.violationOf = {0};
    judged.pairsThatTalk = 4;
    judged.pairsWanted = 3;
    made.segmentation = std::make_shared<const Segmentation>(std::move(judged));
    return made;
}

MarkId cellId(std::uint32_t from, std::uint32_t to)
{
    return markOf(matrixCell, from * 3 + to);
}

} // namespace

class MatrixPanelTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aCellCountsItsFlowsAndViolations()
    {
        const Answers from = answers();
        const MatrixPicture picture = matrixPicture(*from.segmentation, ZoneMatrix::builtIn());
        QCOMPARE(picture.cell(1, 2).flows, std::vector<std::uint32_t>{0});
        QCOMPARE(picture.cell(1, 2).violations, 1);
        QVERIFY(picture.cell(2, 1).flows.empty());
        const auto cell = std::find_if(picture.scene.cells.begin(), picture.scene.cells.end(),
            [](const Scene::Cell& one) { return one.id == cellId(1, 2); });
        QCOMPARE(cell->state, MarkState::Violation);
        QCOMPARE(cell->badge, 1);
    }

    void aClickShowsTheFlowsOfTheCell()
    {
        MatrixPanel panel;
        panel.resize(1000, 600);
        panel.setAnswers(answers());
        panel.show();
        QVERIFY(QTest::qWaitForWindowExposed(&panel));
        QSignalSpy picked(&panel, &MatrixPanel::picked);
        const auto element = panel.canvas().painter().elementsOf(cellId(1, 2)).front();
        QTest::mouseClick(&panel.canvas(), Qt::LeftButton, {}, panel.canvas().viewRectOf(element).center().toPoint());
        QCOMPARE(picked.count(), 1);
        const auto selected = picked.front().front().value<Selected>();
        QVERIFY(selected.as<subject::Flows>());
        QCOMPARE(selected.as<subject::Flows>()->flows, std::vector<std::uint32_t>{0});
    }

    void allowingOnlyAServiceTellsTheWholeMatrixWithThatRow()
    {
        MatrixPanel panel;
        panel.resize(1000, 600);
        panel.setAnswers(answers());
        panel.show();
        QVERIFY(QTest::qWaitForWindowExposed(&panel));
        QSignalSpy wanted(&panel, &MatrixPanel::policyWanted);
        panel.canvas().setFocusedElement(panel.canvas().painter().elementsOf(cellId(1, 2)).front());
        QTest::keyClick(&panel.canvas(), Qt::Key_Space);
        auto* access = panel.findChild<QComboBox*>(QStringLiteral("pairAccess"));
        auto* services = panel.findChild<QLineEdit*>(QStringLiteral("pairServices"));
        QCOMPARE(access->currentIndex(), 1); // blocked so far
        access->setCurrentIndex(2);
        Q_EMIT access->activated(2);
        QCOMPARE(wanted.count(), 0); // which services is not said yet
        services->setText(QStringLiteral("tcp/5432"));
        QTest::keyClick(services, Qt::Key_Return);
        QCOMPARE(wanted.count(), 1);
        const auto policy = wanted.front().front().value<NetworkPolicy>();
        QCOMPARE(policy.matrixNow().between("web", "data").allowed, portsNamed("tcp/5432"));
        QCOMPARE(policy.matrixNow().between("internet", "data").allowed, PortSet());
    }

    void aPairThatTalksInOneEnvironmentSaysWhatIsWantedBetweenTwo()
    {
        MatrixPanel panel;
        panel.resize(1000, 600);
        panel.setAnswers(answers());
        panel.show();
        QVERIFY(QTest::qWaitForWindowExposed(&panel));
        const auto noteOf = [&](std::uint32_t from, std::uint32_t to) {
            panel.canvas().setFocusedElement(panel.canvas().painter().elementsOf(cellId(from, to)).front());
            QTest::keyClick(&panel.canvas(), Qt::Key_Space);
            return panel.findChild<QLabel*>(QStringLiteral("pairNote"))->text();
        };
        QVERIFY(noteOf(0, 1).contains(QStringLiteral("From one environment to another nothing is wanted.")));
        QVERIFY(!noteOf(1, 2).contains(QStringLiteral("environment"))); // blocked either way
    }

    void aServiceThatIsNotUnderstoodChangesNothing()
    {
        MatrixPanel panel;
        panel.setAnswers(answers());
        panel.canvas().setFocusedElement(panel.canvas().painter().elementsOf(cellId(1, 2)).front());
        QTest::keyClick(&panel.canvas(), Qt::Key_Space);
        QSignalSpy wanted(&panel, &MatrixPanel::policyWanted);
        auto* access = panel.findChild<QComboBox*>(QStringLiteral("pairAccess"));
        auto* services = panel.findChild<QLineEdit*>(QStringLiteral("pairServices"));
        access->setCurrentIndex(2);
        Q_EMIT access->activated(2);
        services->setText(QStringLiteral("tcp/nonsense"));
        QTest::keyClick(services, Qt::Key_Return);
        QCOMPARE(wanted.count(), 0);
    }

    void whatWasWrittenIsReadAgainAsTheSame()
    {
        const QTemporaryDir folder;
        MatrixPanel panel;
        panel.setAnswers(answers());
        for (const char* name : {"matrix.json", "matrix.csv"}) {
            const QString path = folder.filePath(QString::fromLatin1(name));
            QCOMPARE(panel.exportTo(path), QString());
            QSignalSpy wanted(&panel, &MatrixPanel::policyWanted);
            QCOMPARE(panel.importFrom(path), QString());
            QCOMPARE(wanted.count(), 1);
            const ZoneMatrix read = wanted.front().front().value<NetworkPolicy>().matrixNow();
            const ZoneMatrix& built = ZoneMatrix::builtIn();
            QCOMPARE(read.rows.size(), built.rows.size());
            for (const char* from : {"internet", "edge", "web", "app", "data", "management"}) {
                for (const char* to : {"internet", "edge", "web", "app", "data", "management"}) {
                    QCOMPARE(read.between(from, to).allowed, built.between(from, to).allowed);
                    QCOMPARE(read.between(from, to).severity, built.between(from, to).severity);
                }
            }
        }
    }

    void aBrokenFileSaysWhatIsWrongAndChangesNothing()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("broken.csv"));
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("From zone,To zone\nweb,data\n");
        file.close();
        MatrixPanel panel;
        panel.setAnswers(answers());
        QSignalSpy wanted(&panel, &MatrixPanel::policyWanted);
        QVERIFY(!panel.importFrom(path).isEmpty());
        QVERIFY(!panel.importFrom(folder.filePath(QStringLiteral("none.json"))).isEmpty());
        QCOMPARE(wanted.count(), 0);
    }

    void theMeasureSaysHowManyPairsAreWanted()
    {
        MatrixPanel panel;
        panel.setAnswers(answers());
        const QString text = panel.findChild<QLabel*>(QStringLiteral("zeroTrustMeasure"))->text();
        QVERIFY(
            text.contains(QLatin1Char('4')) && text.contains(QLatin1Char('3')) && text.contains(QLatin1String("75")));
    }
};

QTEST_MAIN(MatrixPanelTest)
#include "tst_matrix_panel.moc"
