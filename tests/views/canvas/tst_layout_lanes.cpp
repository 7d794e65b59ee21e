// SPDX-License-Identifier: GPL-3.0-or-later
#include "canvas/layout_lanes.h"

#include <QtTest>

using namespace glacis;

namespace {

/// Three lanes, one row, a box with so many marks in each of the last two.
LanesInput input(int marks)
{
    LanesInput made;
    made.lanes.resize(3);
    made.lanes[0].outside = true;
    made.frames.push_back({});
    for (int lane = 1; lane < 3; ++lane) {
        made.boxes.push_back({0, lane, false, 0});
        for (int at = 0; at < marks; ++at) {
            LanesInput::Mark mark;
            mark.box = lane - 1;
            mark.frame = 0;
            mark.lane = lane;
            made.marks.push_back(mark);
        }
    }
    LanesInput::Mark internet;
    internet.lane = 0;
    made.marks.push_back(internet);
    return made;
}

} // namespace

class LayoutLanesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void marksLieInTheirBoxesAndBoxesInTheirLanes()
    {
        const LanesInput in = input(9);
        const LanesPlan plan = layoutLanes(in);
        for (std::size_t mark = 0; mark + 1 < in.marks.size(); ++mark) {
            const auto box = static_cast<std::size_t>(in.marks[mark].box);
            QVERIFY(plan.boxes[box].contains(plan.marks[mark]));
            QVERIFY(plan.lanes[box + 1].contains(plan.boxes[box]));
            QVERIFY(plan.frames[0].contains(plan.boxes[box]));
            for (std::size_t other = 0; other < mark; ++other)
                QVERIFY(!plan.marks[mark].intersects(plan.marks[other]));
        }
    }

    void aWideRoomGetsAWiderPictureThanAHighOne()
    {
        const LanesInput in = input(24);
        const QRectF wide = layoutLanes(in, 3).extent, high = layoutLanes(in, 0.6).extent;
        QVERIFY(wide.width() / wide.height() > high.width() / high.height());
    }

    void aBoxIsAsWideAsItsNameNeeds()
    {
        LanesInput in = input(1);
        in.boxes[0].headerWidth = 230;
        QVERIFY(layoutLanes(in).boxes[0].width() >= 230);
    }

    void aLinePassesALaneWhereNothingStands()
    {
        LanesInput in = input(3);
        LanesInput::Link link;
        link.from = {LanesInput::End::Kind::Mark, static_cast<int>(in.marks.size()) - 1};
        link.to = {LanesInput::End::Kind::Box, 1};
        in.links.push_back(link);
        const LanesPlan plan = layoutLanes(in);
        const QVector<QPointF>& points = plan.routes[0].points;
        // The middle piece crosses the lane between at one height.
        QVERIFY(points.size() >= 10);
        const double y = points[3].y();
        QCOMPARE(points[6].y(), y);
        QVERIFY(y < plan.boxes[0].top() || y > plan.boxes[0].bottom());
        QVERIFY(y < plan.frames[0].top() || y > plan.frames[0].top() + in.boxHeader);
    }

    void aLineLeavesABoxOfSeveralColumnsAtItsEdge()
    {
        LanesInput in = input(12);
        LanesInput::Link link;
        link.from = {LanesInput::End::Kind::Mark, 0};
        link.to = {LanesInput::End::Kind::Mark, 12};
        in.links.push_back(link);
        const LanesPlan plan = layoutLanes(in, 4);
        QVERIFY(plan.marks[1].left() > plan.marks[0].right()); // several columns indeed
        QCOMPARE(plan.routes[0].points.front().x(), plan.boxes[0].right());
    }
};

QTEST_APPLESS_MAIN(LayoutLanesTest)
#include "tst_layout_lanes.moc"
