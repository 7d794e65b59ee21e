// SPDX-License-Identifier: GPL-3.0-or-later
#include "canvas/canvas.h"
#include "canvas/legend.h"

#include <QAccessible>
#include <QPainter>
#include <QSignalSpy>
#include <QtTest>

using namespace glacis;

namespace {

/// Two lanes; a box with two marks in the first, a closed box and a loose mark in the second; a line between the marks.
Scene smallScene()
{
    Scene scene;
    for (int at = 0; at < 2; ++at) {
        Scene::Lane lane;
        lane.id = 100 + static_cast<MarkId>(at);
        lane.rect = QRectF(at * 400, 0, 300, 400);
        lane.title = at == 0 ? QStringLiteral("Web") : QStringLiteral("Data");
        scene.lanes.push_back(lane);
    }
    const auto box = [&](MarkId id, const QRectF& rect, bool collapsed) {
        Scene::Box made;
        made.id = id;
        made.rect = rect;
        made.title = QStringLiteral("box %1").arg(id);
        made.canOpen = true;
        made.collapsed = collapsed;
        made.count = collapsed ? 7 : 0;
        scene.boxes.push_back(made);
    };
    box(10, QRectF(20, 60, 260, 150), false);
    box(11, QRectF(420, 60, 260, 30), true);
    const auto mark = [&](MarkId id, int inBox, QPointF centre) {
        Scene::Mark made;
        made.id = id;
        made.box = inBox;
        made.centre = centre;
        made.title = QStringLiteral("mark %1").arg(id);
        made.kindText = QStringLiteral("Virtual machine");
        scene.marks.push_back(made);
    };
    mark(1, 0, {150, 120});
    mark(2, 0, {150, 180});
    mark(3, -1, {550, 150});
    Scene::Link link;
    link.id = 50;
    link.from = Scene::End::mark(0);
    link.to = Scene::End::mark(2);
    link.style = LinkStyle::Violation;
    scene.links.push_back(link);
    return scene;
}

Scene manyMarks(int count)
{
    Scene scene;
    Scene::Box box;
    box.id = 1;
    box.title = QStringLiteral("many");
    const int side = static_cast<int>(std::ceil(std::sqrt(count)));
    box.rect = QRectF(0, 0, side * 160, side * 50 + 40);
    scene.boxes.push_back(box);
    for (int at = 0; at < count; ++at) {
        Scene::Mark mark;
        mark.id = 10 + static_cast<MarkId>(at);
        mark.box = 0;
        mark.centre = QPointF(at % side * 160 + 80, at / side * 50 + 60);
        scene.marks.push_back(mark);
    }
    return scene;
}

} // namespace

class CanvasTest : public QObject {
    Q_OBJECT
private:
    std::unique_ptr<Canvas> shownCanvas(const Scene& scene)
    {
        auto canvas = std::make_unique<Canvas>();
        canvas->resize(900, 600);
        canvas->setScene(scene);
        canvas->show();
        canvas->setFocus();
        (void)QTest::qWaitForWindowExposed(canvas.get());
        return canvas;
    }

private Q_SLOTS:
    void aClickSelectsWhatIsOnTop()
    {
        const auto canvas = shownCanvas(smallScene());
        QSignalSpy selected(canvas.get(), &Canvas::selectionChanged);
        const QPoint at = canvas->viewRectOf({ElementRef::Kind::Mark, 0}).center().toPoint();
        QCOMPARE(canvas->elementAt(at), (ElementRef{ElementRef::Kind::Mark, 0}));
        QTest::mouseClick(canvas.get(), Qt::LeftButton, {}, at);
        QCOMPARE(canvas->selection(), QVector<MarkId>{1});
        QCOMPARE(selected.count(), 1);
        QTest::keyClick(canvas.get(), Qt::Key_Escape);
        QVERIFY(canvas->selection().isEmpty());
    }

    void aLineIsHitBesideItsMarks()
    {
        const auto canvas = shownCanvas(smallScene());
        const QPoint between = canvas->camera().toView({350, 135}, canvas->size()).toPoint();
        QCOMPARE(canvas->elementAt(between).kind, ElementRef::Kind::Link);
    }

    void tabWalksThroughAllAndSpaceSelects()
    {
        const auto canvas = shownCanvas(smallScene());
        QSet<MarkId> seen;
        for (int step = 0; step < 8; ++step) {
            QTest::keyClick(canvas.get(), Qt::Key_Tab);
            seen.insert(canvas->focusedId());
        }
        for (const MarkId id : {1, 2, 3, 10, 11})
            QVERIFY2(seen.contains(id), qPrintable(QString::number(id)));
        canvas->setFocusedElement({ElementRef::Kind::Mark, 1});
        QTest::keyClick(canvas.get(), Qt::Key_Space);
        QCOMPARE(canvas->selection(), QVector<MarkId>{2});
    }

    void whatWasFittedStaysFittedAsTheWindowGrowsUntilItIsMoved()
    {
        const auto canvas = shownCanvas(smallScene());
        canvas->fit();
        const double small = canvas->camera().scale;
        canvas->resize(canvas->size() / 2);
        QVERIFY(canvas->camera().scale < small);
        canvas->resize(canvas->size() * 2);
        QCOMPARE(canvas->camera().scale, small);
        QTest::keyClick(canvas.get(), Qt::Key_0, Qt::NoModifier);
        const double asMoved = canvas->camera().scale;
        canvas->resize(canvas->size() / 2);
        QCOMPARE(canvas->camera().scale, asMoved);
    }

    void theLegendLiesBelowWhatIsFitted()
    {
        Scene scene = smallScene();
        Scene::LegendEntry entry;
        entry.kind = Scene::LegendEntry::Kind::Text;
        entry.text = QStringLiteral("What the signs mean");
        scene.legend.push_back(entry);
        const double without = shownCanvas(smallScene())->camera().scale;
        const auto canvas = shownCanvas(scene);
        canvas->fit();
        auto* legend = canvas->findChild<LegendOverlay*>();
        QVERIFY(legend->isVisible());
        QVERIFY(legend->width() < canvas->width());
        QVERIFY(canvas->camera().scale <= without);
        const QPointF foot = canvas->camera().toView(canvas->scene().extent().bottomLeft(), canvas->size());
        QVERIFY(foot.y() < legend->geometry().top());
    }

    void aPictureTooLargeToBeReadBeginsWithWhatIsToBeSeenFirst()
    {
        Scene scene = manyMarks(20000);
        const auto whole = shownCanvas(scene);
        scene.firstSight = {scene.marks.at(17).id, scene.marks.at(18).id};
        const auto canvas = shownCanvas(scene);
        QVERIFY(canvas->camera().scale > whole->camera().scale);
        QVERIFY(canvas->camera().visible(canvas->size()).contains(scene.marks.at(17).centre));
        QTest::keyClick(canvas.get(), Qt::Key_F);
        QCOMPARE(canvas->camera().scale, whole->camera().scale);
    }

    void arrowsGoToTheNextNeighbour()
    {
        const auto canvas = shownCanvas(smallScene());
        canvas->setFocusedElement({ElementRef::Kind::Mark, 0});
        QTest::keyClick(canvas.get(), Qt::Key_Down);
        QCOMPARE(canvas->focusedId(), MarkId{2});
        QTest::keyClick(canvas.get(), Qt::Key_Up);
        QCOMPARE(canvas->focusedId(), MarkId{1});
    }

    void plusAndMinusOpenAndCloseAContainerAndElseZoom()
    {
        const auto canvas = shownCanvas(smallScene());
        QSignalSpy asked(canvas.get(), &Canvas::openRequested);
        canvas->setFocusedElement({ElementRef::Kind::Box, 1});
        const double before = canvas->camera().scale;
        QTest::keyClick(canvas.get(), Qt::Key_Plus);
        QCOMPARE(asked.count(), 1);
        QCOMPARE(asked.front().at(1).toBool(), true);
        QCOMPARE(canvas->camera().scale, before);
        canvas->setFocusedElement({ElementRef::Kind::Box, 0});
        QTest::keyClick(canvas.get(), Qt::Key_Minus);
        QCOMPARE(asked.count(), 2);
        QCOMPARE(asked.back().at(1).toBool(), false);
        canvas->setFocusedElement({ElementRef::Kind::Mark, 0});
        QTest::keyClick(canvas.get(), Qt::Key_Plus);
        QCOMPARE(asked.count(), 2);
        QVERIFY(canvas->camera().scale > before);
    }

    void enterActivatesBackspaceGoesUpAndHHides()
    {
        const auto canvas = shownCanvas(smallScene());
        QSignalSpy activated(canvas.get(), &Canvas::activated), up(canvas.get(), &Canvas::upRequested),
            hide(canvas.get(), &Canvas::hideRequested);
        canvas->setFocusedElement({ElementRef::Kind::Mark, 2});
        QTest::keyClick(canvas.get(), Qt::Key_Return);
        QTest::keyClick(canvas.get(), Qt::Key_Backspace);
        QTest::keyClick(canvas.get(), Qt::Key_H);
        QCOMPARE(activated.count(), 1);
        QCOMPARE(activated.front().front().value<MarkId>(), MarkId{3});
        QCOMPARE(up.count(), 1);
        QCOMPARE(hide.count(), 1);
    }

    void aMarkDraggedToAnotherLaneIsToldAndOneWithinIsNot()
    {
        const auto canvas = shownCanvas(smallScene());
        canvas->setMovable(true);
        QSignalSpy moved(canvas.get(), &Canvas::moved);
        const QPoint from = canvas->viewRectOf({ElementRef::Kind::Mark, 0}).center().toPoint();
        const auto drag = [&](QPoint to) {
            QTest::mousePress(canvas.get(), Qt::LeftButton, {}, from);
            QTest::mouseMove(canvas.get(), (from + to) / 2);
            QMouseEvent move(QEvent::MouseMove, to, canvas->mapToGlobal(to), Qt::NoButton, Qt::LeftButton, {});
            QCoreApplication::sendEvent(canvas.get(), &move);
            QTest::mouseRelease(canvas.get(), Qt::LeftButton, {}, to);
        };
        drag(from + QPoint(0, 60));
        QCOMPARE(moved.count(), 0);
        drag(canvas->camera().toView({600, 350}, canvas->size()).toPoint());
        QCOMPARE(moved.count(), 1);
        QCOMPARE(moved.front().at(0).value<QVector<MarkId>>(), QVector<MarkId>{1});
        QCOMPARE(moved.front().at(1).value<MarkId>(), MarkId{101});
    }

    void fromAfarABoxIsACountAndNearItsMarksAreDrawn()
    {
        const auto scene = std::make_shared<const Scene>(manyMarks(5'000));
        const ScenePainter painter(scene, currentTheme());
        QImage image(800, 600, QImage::Format_ARGB32_Premultiplied);
        const auto painted = [&](double scale) {
            QPainter on(&image);
            return painter.paint(on, {QRectF(QPointF(0, 0), QSizeF(800, 600) / scale), scale});
        };
        const PaintReport far = painted(0.05);
        QCOMPARE(far.marks, 0);
        QCOMPARE(far.tiles, 1);
        QCOMPARE(far.things, 5'000);
        QVERIFY(painter.notice(far).contains(QLocale().toString(5'000)));
        const PaintReport near = painted(1);
        QCOMPARE(near.tiles, 0);
        QVERIFY(near.marks > 20 && near.marks < 200);
    }

    void assistiveToolsSeeWhatIsInViewByNameKindAndState()
    {
        const auto canvas = shownCanvas(smallScene());
        QAccessibleInterface* interface = QAccessible::queryAccessibleInterface(canvas.get());
        QVERIFY(interface);
        QCOMPARE(interface->childCount(), canvas->accessibleElements().size());
        QVERIFY(interface->childCount() >= 5);
        QStringList texts;
        for (int at = 0; at < interface->childCount(); ++at) {
            QAccessibleInterface* child = interface->child(at);
            QVERIFY(child);
            texts << child->text(QAccessible::Name) + QLatin1Char('|') + child->text(QAccessible::Description);
        }
        const QString all = texts.join(QLatin1Char('\n'));
        QVERIFY2(all.contains(QStringLiteral("mark 1")), qPrintable(all));
        QVERIFY2(all.contains(QStringLiteral("Virtual machine")), qPrintable(all));
        QVERIFY2(all.contains(QStringLiteral("violation")), qPrintable(all));
    }
};

QTEST_MAIN(CanvasTest)
#include "tst_canvas.moc"
