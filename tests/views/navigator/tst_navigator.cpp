// SPDX-License-Identifier: GPL-3.0-or-later
#include "estate/link.h"
#include "navigator/navigator.h"

#include <QAbstractItemModelTester>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QSignalSpy>
#include <QTreeView>
#include <QtTest>

using namespace glacis;

namespace {

/// An account with a network, a subnet, two machines in it and users beside it.
class Answered {
public:
    explicit Answered(int users = 3)
    {
        Inventory m;
        const EvidenceId at = m.seen(m.file("a.json"), "/0");
        const ScopeId scope = m.scope(rootScope, "", "111122223333", "eu-central-1");
        const auto thing = [&](Kind kind, const std::string& id, const char* within) {
            auto& row = m.thing(kind, Provider::Aws, "", id, scope, at);
            if (within)
                row.parent = m.text(within);
            return row.id;
        };
        thing(Kind::Network, "vpc-1", nullptr);
        thing(Kind::Subnet, "subnet-1", "vpc-1");
        thing(Kind::Vm, "i-web", "subnet-1");
        m.tag(thing(Kind::Vm, "i-app", "subnet-1"), "Env", "prod");
        for (int i = 0; i < users; ++i)
            thing(Kind::User, "user-" + std::to_string(i), nullptr);
        Progress progress;
        answers.estate = std::make_shared<const Estate>(link(std::move(m), progress));
        answers.ledger = std::make_shared<const Ledger>();
    }
    NodeId node(const char* id) const { return answers.estate->find(id).value(); }

    Answers answers;
};

} // namespace

class NavigatorTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theTreeIsAModelAsQtWantsIt()
    {
        const Answered from(700); // more than one chunk of rows
        EstateTreeModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        // It would ask for more rows in the middle of the signals that tell of rows, which no view does.
        tester.setUseFetchMore(false);
        model.setEstate(from.answers.estate);
        const QModelIndex last = model.indexOf(from.node("user-699"));
        QVERIFY(last.isValid());
        QCOMPARE(model.nodeAt(last), std::optional(from.node("user-699")));
        QCOMPARE(model.indexOf(from.node("i-web")).data().toString(), QStringLiteral("i-web"));
        model.setEstate(Answered(2).answers.estate);
        model.setEstate(nullptr);
        QCOMPARE(model.rowCount(), 0);
    }

    void theListOfFoundThingsIsAModelAsQtWantsIt()
    {
        const Answered from;
        FoundModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.show(from.answers.estate, {from.node("i-web"), from.node("user-0")});
        QCOMPARE(model.index(1).data().toString(), QStringLiteral("user-0"));
        model.show(from.answers.estate, {});
    }

    void withoutAnExportItSaysWhatWillStandThere()
    {
        Navigator navigator;
        navigator.show();
        QVERIFY(!navigator.findChild<QLineEdit*>(QStringLiteral("navigatorFilter"))->isEnabled());
        QVERIFY(!navigator.findChild<QTreeView*>(QStringLiteral("estateTree"))->isVisible());
    }

    void arrowKeysWalkTheTreeAndSelect()
    {
        const Answered from;
        Navigator navigator;
        navigator.show();
        navigator.setAnswers(from.answers);
        auto* tree = navigator.findChild<QTreeView*>(QStringLiteral("estateTree"));
        const QSignalSpy picked(&navigator, &Navigator::picked);
        navigator.setSelected(Selected::thing(from.node("i-app")));
        QCOMPARE(picked.count(), 0); // it was told, not asked
        QCOMPARE(tree->currentIndex().data().toString(), QStringLiteral("i-app"));
        QTest::keyClick(tree, Qt::Key_Down);
        QCOMPARE(picked.count(), 1);
        QCOMPARE(picked.at(0).at(0).value<Selected>().things, std::vector<NodeId>{from.node("i-web")});
    }

    void wordsKindsAndTagsFilter_data()
    {
        QTest::addColumn<QString>("words");
        QTest::addColumn<int>("found");
        QTest::newRow("a word") << QStringLiteral("web") << 1;
        QTest::newRow("a kind") << QStringLiteral("kind:user") << 3;
        QTest::newRow("the beginning of a kind") << QStringLiteral("kind:sub") << 1;
        QTest::newRow("a tag") << QStringLiteral("tag:Env=prod") << 1;
        QTest::newRow("a tag with another value") << QStringLiteral("tag:Env=dev") << 0;
        QTest::newRow("both") << QStringLiteral("kind:vm app") << 1;
        QTest::newRow("case does not matter") << QStringLiteral("USER-1") << 1;
    }
    void wordsKindsAndTagsFilter()
    {
        QFETCH(QString, words);
        QFETCH(int, found);
        const Answered from;
        Navigator navigator;
        navigator.show();
        navigator.setAnswers(from.answers);
        auto* filter = navigator.findChild<QLineEdit*>(QStringLiteral("navigatorFilter"));
        QTest::keyClicks(filter, words);
        QCOMPARE(navigator.found().rowCount(), found);
        auto* list = navigator.findChild<QListView*>(QStringLiteral("foundList"));
        QCOMPARE(list->isVisible(), found > 0);
        filter->clear();
        QVERIFY(navigator.findChild<QTreeView*>(QStringLiteral("estateTree"))->isVisible());
    }

    void enterTakesTheFirstThatWasFound()
    {
        const Answered from;
        Navigator navigator;
        navigator.show();
        navigator.setAnswers(from.answers);
        const QSignalSpy picked(&navigator, &Navigator::picked);
        auto* filter = navigator.findChild<QLineEdit*>(QStringLiteral("navigatorFilter"));
        QTest::keyClicks(filter, QStringLiteral("user-2"));
        QCOMPARE(picked.count(), 0);
        QTest::keyClick(filter, Qt::Key_Return);
        QCOMPARE(picked.count(), 1);
        QCOMPARE(picked.at(0).at(0).value<Selected>().things, std::vector<NodeId>{from.node("user-2")});
    }
};

QTEST_MAIN(NavigatorTest)
#include "tst_navigator.moc"
