// SPDX-License-Identifier: GPL-3.0-or-later
#include "estate/link.h"
#include "responsibility_view/responsibility_scene.h"
#include "responsibility_view/responsibility_view.h"

#include <QSignalSpy>
#include <QToolButton>
#include <QtTest>

using namespace glacis;

namespace {

Answers answered()
{
    Inventory m;
    const EvidenceId at = m.seen(m.file("a.json"), "/0");
    const ScopeId scope = m.scope(rootScope, "", "111122223333", "eu-central-1");
    m.thing(Kind::Vm, Provider::Aws, "", "web-1", scope, at);
    m.thing(Kind::ObjectStore, Provider::Aws, "", "exports", scope, at);
    Progress progress;
    Answers answers;
    answers.estate = std::make_shared<const Estate>(link(std::move(m), progress));
    auto made = std::make_shared<ResponsibilityAnswers>();
    made->findings = {{*answers.estate->find("exports"), "encryption", Risk::High, "not encrypted"}};
    made->picture = responsibility(*answers.estate, made->findings, {true, {}});
    answers.responsibility = made;
    return answers;
}

const Scene::Cell* cellWithBadge(const Scene& scene)
{
    for (const Scene::Cell& cell : scene.cells) {
        if (cell.badge > 0)
            return &cell;
    }
    return nullptr;
}

int columnsOf(const Scene& scene)
{
    QSet<double> lefts;
    for (const Scene::Cell& cell : scene.cells) {
        if (cell.id != 0)
            lefts.insert(cell.rect.left());
    }
    return static_cast<int>(lefts.size());
}

} // namespace

class ResponsibilityViewTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void buildingsAreAlwaysTheProvidersAndDataNever()
    {
        const Answers from = answered();
        const Scene scene = responsibilityScene(*from.estate, *from.responsibility);
        double top = 1e9, bottom = -1e9;
        for (const Scene::Cell& cell : scene.cells) {
            if (cell.id != 0) {
                top = std::min(top, cell.rect.top());
                bottom = std::max(bottom, cell.rect.top());
            }
        }
        for (const Scene::Cell& cell : scene.cells) {
            if (cell.id != 0 && cell.rect.top() == bottom)
                QVERIFY(cell.hue == ZoneHue::Provider && !cell.split);
            if (cell.id != 0 && cell.rect.top() == top)
                QVERIFY(cell.hue == ZoneHue::Customer);
        }
    }

    void openFindingsAreCountedOnTheCustomersSide()
    {
        const Answers from = answered();
        const Scene scene = responsibilityScene(*from.estate, *from.responsibility);
        const Scene::Cell* cell = cellWithBadge(scene);
        QVERIFY(cell);
        QCOMPARE(cell->badge, 1);
        QCOMPARE(cell->badgeState, MarkState::Violation);
        QVERIFY(cell->tooltip.contains(QStringLiteral("Source")));
    }

    void oneLineDividesTheSides()
    {
        const Answers from = answered();
        QCOMPARE(responsibilityScene(*from.estate, *from.responsibility).boundaries.size(), 1);
    }

    void modelsWithoutThingsComeWhenAskedFor()
    {
        ResponsibilityView view;
        view.setAnswers(answered());
        const int few = columnsOf(view.scene());
        QTest::mouseClick(view.findChild<QToolButton*>(), Qt::LeftButton);
        QVERIFY(columnsOf(view.scene()) > few);
    }

    void aFieldPickedByKeyIsToldWithItsThings()
    {
        ResponsibilityView view;
        view.resize(1100, 800);
        const Answers from = answered();
        view.setAnswers(from);
        view.show();
        QVERIFY(QTest::qWaitForWindowExposed(&view));
        QSignalSpy picked(&view, &View::picked);
        auto* canvas = view.findChild<Canvas*>();
        const Scene scene = view.scene();
        for (int i = 0; i < scene.cells.size(); ++i) {
            if (scene.cells[i].badge > 0)
                canvas->setFocusedElement({ElementRef::Kind::Cell, i});
        }
        QTest::keyClick(canvas, Qt::Key_Space);
        QCOMPARE(picked.count(), 1);
        const auto selected = picked.front().front().value<Selected>();
        QVERIFY(selected.as<subject::Cell>());
        QVERIFY(selected.has(*from.estate->find("exports")));
    }

    void aThingSelectedElsewhereMarksTheFieldsOfItsFindings()
    {
        ResponsibilityView view;
        const Answers from = answered();
        view.setAnswers(from);
        view.setSelected(Selected::thing(*from.estate->find("exports")));
        const QVector<MarkId> ids = view.findChild<Canvas*>()->selection();
        QCOMPARE(ids.size(), 1);
        QCOMPARE(ids.front(), cellWithBadge(view.scene())->id);
    }
};

QTEST_MAIN(ResponsibilityViewTest)
#include "tst_responsibility_view.moc"
