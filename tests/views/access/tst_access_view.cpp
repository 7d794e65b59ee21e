// SPDX-License-Identifier: GPL-3.0-or-later
#include "access_view/access_scene.h"
#include "access_view/access_view.h"
#include "estate/link.h"
#include "marks/marks.h"

#include <QLineEdit>
#include <QSignalSpy>
#include <QToolButton>
#include <QtTest>

#include <algorithm>

using namespace glacis;

namespace {

/// Users and stores of one account: each user reads the store of its number; the last ones read the same store.
class Answered {
public:
    explicit Answered(int users, int stores)
    {
        Inventory m;
        const EvidenceId at = m.seen(m.file("a.json"), "/0");
        const ScopeId scope = m.scope(rootScope, "", "111122223333", "eu-central-1");
        for (int i = 0; i < users; ++i)
            m.thing(Kind::User, Provider::Aws, "", "user-" + std::to_string(i), scope, at);
        for (int i = 0; i < stores; ++i)
            m.thing(Kind::ObjectStore, Provider::Aws, "", "store-" + std::to_string(i), scope, at);
        Progress progress;
        answers.estate = std::make_shared<const Estate>(link(std::move(m), progress));
        answers.ledger = std::make_shared<const Ledger>();
        auto identity = std::make_shared<IdentityAnswers>();
        for (int i = 0; i < users; ++i)
            identity->access.push_back({node("user-", i), node("store-", std::min(i, stores - 1)), AccessLevel::Read,
                {Verdict::Allowed, {}, {}}});
        answers.identity = identity;
    }
    NodeId node(const char* prefix, int number) const
    {
        return answers.estate->find(prefix + std::to_string(number)).value();
    }
    void also(const char* user, const char* store, AccessLevel level, Verdict verdict)
    {
        auto identity = std::make_shared<IdentityAnswers>(*answers.identity);
        identity->access.push_back(
            {answers.estate->find(user).value(), answers.estate->find(store).value(), level, {verdict, {}, {}}});
        answers.identity = identity;
    }
    AccessMatrix matrix(const AccessFilter& filter = {}) const
    {
        return accessMatrix(*answers.estate, answers.identity->access, filter);
    }

    Answers answers;
};

} // namespace

class AccessViewTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void whoHasTheSameAccessIsOneLine()
    {
        const AccessMatrix matrix = Answered(5, 3).matrix();
        // user-2, user-3 and user-4 read store-2 alike.
        QCOMPARE(matrix.identities, std::size_t{5});
        QCOMPARE(matrix.principals.lines.size(), std::size_t{3});
        QCOMPARE(matrix.stores.lines.size(), std::size_t{3});
        std::size_t largest = 0;
        for (const AccessAxis::Line& line : matrix.principals.lines)
            largest = std::max(largest, line.things.size());
        QCOMPARE(largest, std::size_t{3});
    }

    void totalsCountThingsAndNotLines()
    {
        const AccessMatrix matrix = Answered(5, 3).matrix();
        std::size_t readers = 0;
        for (const AccessAxis::Line& line : matrix.stores.lines)
            readers += line.total[0];
        QCOMPARE(readers, std::size_t{5});
    }

    void aConditionStaysOneOnlyWhereNothingHoldsWithoutIt()
    {
        AccessBits bits{1, 1};
        QVERIFY(bits.conditional());
        bits.join({2, 0});
        QVERIFY(!bits.conditional());
        bits.join({1, 0});
        QCOMPARE(bits, (AccessBits{3, 0}));
    }

    void conditionalAccessIsHatched()
    {
        Answered from(1, 1);
        from.also("user-0", "store-0", AccessLevel::Write, Verdict::Conditional);
        const AccessMatrix sure = from.matrix();
        QVERIFY(!sure.cells.front().conditional());
        AccessFilter writes;
        writes.levels = 2;
        const Scene scene = accessScene(*from.answers.estate, from.matrix(writes));
        const auto cell = std::find_if(scene.cells.begin(), scene.cells.end(),
            [](const Scene::Cell& one) { return one.text == QStringLiteral("W"); });
        QVERIFY(cell != scene.cells.end());
        QVERIFY(cell->hatched);
    }

    void aLargeMatrixIsFoldedAndUnfoldsByItsGroup()
    {
        Answered from(300, 300);
        const AccessMatrix folded = from.matrix();
        QCOMPARE(folded.principals.lines.size(), std::size_t{1});
        QVERIFY(folded.principals.lines.front().isGroup);
        AccessFilter open;
        open.turned.insert(folded.principals.groups.front().key);
        QCOMPARE(from.matrix(open).principals.lines.size(), std::size_t{300});
    }

    void moreLinesThanCanBeShownAreTold()
    {
        Answered from(1200, 1200);
        AccessFilter open;
        open.turned.insert(from.matrix().principals.groups.front().key);
        const AccessMatrix matrix = from.matrix(open);
        QVERIFY(matrix.principals.lines.size() <= mostAccessLines + 1);
        QCOMPARE(matrix.principals.lines.back().more, std::size_t{1200} - mostAccessLines);
    }

    void wordsAndChipsFilter()
    {
        Answered from(3, 3);
        AccessView view;
        view.setAnswers(from.answers);
        auto* words = view.findChild<QLineEdit*>(QStringLiteral("accessFilter"));
        QTest::keyClicks(words, QStringLiteral("user-1"));
        QCOMPARE(view.matrix().identities, std::size_t{1});
        words->clear();
        QCOMPARE(view.matrix().identities, std::size_t{3});
        QTest::mouseClick(view.findChild<QToolButton*>(QStringLiteral("accessRead")), Qt::LeftButton);
        QVERIFY(view.scene().isEmpty());
        QCOMPARE(view.matrix().hidden, std::size_t{3});
    }

    void aClickOnAFieldSelectsTheIdentityAndTheStore()
    {
        const Answered from(3, 3);
        AccessView view;
        view.resize(900, 600);
        view.show();
        view.setAnswers(from.answers);
        auto* canvas = view.findChild<Canvas*>();
        const Scene scene = view.scene();
        const auto field = std::find_if(scene.cells.begin(), scene.cells.end(),
            [](const Scene::Cell& cell) { return cell.id != 0 && markKind(cell.id) == access_mark::cell; });
        QVERIFY(field != scene.cells.end());
        const QSignalSpy picked(&view, &View::picked);
        QTest::mouseClick(
            canvas, Qt::LeftButton, {}, canvas->camera().toView(field->rect.center(), canvas->size()).toPoint());
        QCOMPARE(picked.count(), 1);
        const auto selected = picked.at(0).at(0).value<Selected>();
        const auto* access = selected.as<subject::Access>();
        QVERIFY(access);
        // user-0 reads store-0 alone, and so on: the first field is the first of them.
        QCOMPARE(access->principals, std::vector<NodeId>{from.node("user-", 0)});
        QCOMPARE(access->stores, std::vector<NodeId>{from.node("store-", 0)});
    }

    void enterOnAGroupFoldsIt()
    {
        Answered from(3, 3);
        AccessView view;
        view.resize(900, 600);
        view.show();
        view.setAnswers(from.answers);
        auto* canvas = view.findChild<Canvas*>();
        const Scene scene = view.scene();
        for (int i = 0; i < scene.cells.size(); ++i) {
            if (scene.cells[i].id != 0 && markKind(scene.cells[i].id) == access_mark::principalGroup)
                canvas->setFocusedElement({ElementRef::Kind::Cell, i});
        }
        QTest::keyClick(canvas, Qt::Key_Return);
        QCOMPARE(view.matrix().principals.lines.size(), std::size_t{1});
        QVERIFY(view.matrix().principals.lines.front().isGroup);
    }
};

QTEST_MAIN(AccessViewTest)
#include "tst_access_view.moc"
