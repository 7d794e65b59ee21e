// SPDX-License-Identifier: GPL-3.0-or-later
#include "drawer/import_page.h"
#include "drawer/table_page.h"
#include "glacis/main_window.h"
#include "glacis/settings.h"
#include "glacis/view_list.h"
#include "inspector/inspector.h"
#include "inspector/policy_page.h"
#include "navigator/navigator.h"
#include "shell/message_bar.h"
#include "shell/search_field.h"
#include "shell/start_page.h"
#include "shell/status_line.h"

#include <QAction>
#include <QUndoStack>

#include <QAbstractItemModelTester>
#include <QAccessible>
#include <QClipboard>
#include <QComboBox>
#include <QDialog>
#include <QDockWidget>
#include <QDropEvent>
#include <QListView>
#include <QListWidget>
#include <QMenu>
#include <QMimeData>
#include <QPushButton>
#include <QSignalSpy>
#include <QTabWidget>
#include <QTableView>
#include <QToolButton>
#include <QTreeView>
#include <QtTest>

using namespace glacis;

namespace {

/// The window as a user meets it at the first start, with nothing remembered from other runs.
class Opened {
public:
    Opened() : settings(folder.filePath(QStringLiteral("glacis.ini"))), window(allViews(), settings)
    {
        applyTheme(*qApp, ThemeKind::Light, 100);
        window.resize(1360, 860);
        window.show();
    }

    /// Until nothing is read or computed any more.
    bool settled()
    {
        QSignalSpy busy(&window.session(), &Session::busyChanged);
        while (window.session().isBusy()) {
            if (!busy.wait(60000))
                return false;
        }
        return true;
    }

    bool sample()
    {
        window.openSample();
        return settled();
    }

    template <class Object> Object* child(const char* name)
    {
        return window.findChild<Object*>(QString::fromUtf8(name));
    }

    NodeId named(Kind kind, std::string_view name)
    {
        const Estate& estate = *window.session().answers().estate;
        for (const NodeId node : estate.ofKind(kind)) {
            if (estate.name(node) == name)
                return node;
        }
        return noNode;
    }

    QTemporaryDir folder;
    Settings settings;
    MainWindow window;
};

/// The row of a tree that shows a text, wherever it is.
QModelIndex rowOf(QAbstractItemModel& model, const QString& text, const QModelIndex& below = {})
{
    if (model.canFetchMore(below))
        model.fetchMore(below);
    for (int row = 0; row < model.rowCount(below); ++row) {
        const QModelIndex index = model.index(row, 0, below);
        if (index.data().toString() == text)
            return index;
        if (const QModelIndex found = rowOf(model, text, index); found.isValid())
            return found;
    }
    return {};
}

} // namespace

class MainWindowTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aMatrixOfTheUsersJudgesAtOnceIsTakenBackByUndoAndIsKept()
    {
        Opened opened;
        QVERIFY(opened.sample());
        const std::size_t before = opened.window.session().answers().segmentation->violations.size();
        QVERIFY(before > 0);
        NetworkPolicy policy;
        ZoneMatrix open;
        open.allowByDefault = true;
        open.rows = {{"*", "*", {}, true, Risk::Low, {}, Crossing::Any, {}}};
        policy.matrix = std::make_shared<const ZoneMatrix>(open);
        policy.tiers = {{"no such thing", "data"}};
        Q_EMIT opened.window.view(QStringLiteral("tiers"))->policyWanted(policy, QStringLiteral("all open"));
        QVERIFY(opened.settled());
        const auto& answers = opened.window.session().answers();
        QVERIFY(answers.segmentation->violations.size() < before);
        QVERIFY(answers.paths); // the rest was taken up again
        const auto kept = opened.settings.policy(answers.source);
        QVERIFY(kept);
        QCOMPARE(kept->tiers.size(), std::size_t{1});
        QCOMPARE(kept->tiers.front().node, std::string("no such thing"));
        QVERIFY(kept->matrixNow().between("web", "data").allowed == allPorts());
        opened.window.undo().undo();
        QVERIFY(opened.settled());
        QCOMPARE(opened.window.session().answers().segmentation->violations.size(), before);
        QVERIFY(!opened.settings.policy(answers.source));
    }

    void aDoubleClickInTheLedgerShowsTheFile()
    {
        Opened opened;
        QVERIFY(opened.sample());
        opened.window.drawer().showPage(Drawer::Page::Ledger);
        auto& tree = opened.window.drawer().importPage().view();
        Q_EMIT tree.activated(tree.model()->index(1, 0, tree.model()->index(0, 0)));
        QVERIFY(opened.window.selection().current().as<subject::File>());
        QTRY_VERIFY(!opened.window.inspector().excerpt().text.isEmpty());
    }

    void theFirstStartHasAScriptForEachProvider()
    {
        Opened opened;
        auto* copy = opened.child<QAbstractButton>("copyScript.azure");
        QVERIFY(copy && copy->isVisible());
        QTest::mouseClick(copy, Qt::LeftButton);
        QVERIFY(QGuiApplication::clipboard()->text().contains(QStringLiteral("az account list")));
        auto* review = opened.child<QAbstractButton>("reviewScript.gcp");
        QVERIFY(review);
        QTest::mouseClick(review, Qt::LeftButton);
        auto* dialog = opened.child<QDialog>("collectionDialog");
        QVERIFY(dialog && dialog->isVisible());
        QCOMPARE(dialog->findChild<QComboBox*>(QStringLiteral("collectionProvider"))->currentData().toString(),
            QStringLiteral("gcp"));
        QTest::keyClick(dialog, Qt::Key_Escape);
        QVERIFY(!dialog->isVisible());
    }

    void theFirstStartOffersWhatOneCanDo()
    {
        Opened opened;
        QVERIFY(opened.window.startPage().isVisible());
        for (const QDockWidget* dock : opened.window.findChildren<QDockWidget*>())
            QVERIFY(!dock->isVisible());
        auto* sample = opened.child<QAbstractButton>("openSample");
        QVERIFY(sample);
        QTest::mouseClick(sample, Qt::LeftButton);
        QVERIFY(opened.settled());
        QVERIFY(!opened.window.startPage().isVisible());
        QVERIFY(opened.window.view(QStringLiteral("tiers"))->isVisible());
        QVERIFY(opened.window.status().summary().contains(QStringLiteral("7 violations")));
    }

    void theKeysSwitchTheViews()
    {
        Opened opened;
        QVERIFY(opened.sample());
        const std::pair<Qt::Key, QString> keys[] = {{Qt::Key_6, QStringLiteral("responsibility")},
            {Qt::Key_4, QStringLiteral("access")}, {Qt::Key_3, QStringLiteral("paths")},
            {Qt::Key_2, QStringLiteral("tiers")}};
        for (const auto& [key, name] : keys) {
            QTest::keyClick(&opened.window, key, Qt::ControlModifier);
            for (const auto& [other, view] : keys)
                QCOMPARE(opened.window.view(view)->isVisible(), view == name);
        }
    }

    void aCutIsListedCountedAndUndoneByKey()
    {
        Opened opened;
        QVERIFY(opened.sample());
        QTest::keyClick(&opened.window, Qt::Key_3, Qt::ControlModifier);
        auto* view = opened.window.view(QStringLiteral("paths"));
        auto* steps = view->findChild<QListWidget*>();
        QVERIFY(steps->count() > 0);
        steps->setCurrentRow(0);
        QTest::keyClick(view->findChild<QWidget*>(QStringLiteral("pathsCanvas")), Qt::Key_X);
        QVERIFY(opened.settled());
        auto* bar = opened.child<QWidget>("whatIfBar");
        QVERIFY(bar->isVisible());
        QTest::mouseClick(opened.child<QPushButton>("whatIfList"), Qt::LeftButton);
        auto& drawer = *opened.child<Drawer>("drawer");
        QCOMPARE(drawer.page(), Drawer::Page::Changes);
        QCOMPARE(drawer.tableOf(Drawer::Page::Changes).rows(), 1);
        int changed = 0;
        for (const Scene::Link& link : view->scene().links)
            changed += link.style == LinkStyle::Changed ? 1 : 0;
        QVERIFY(changed > 0);
        QTest::keyClick(&opened.window, Qt::Key_Z, Qt::ControlModifier);
        QVERIFY(opened.settled());
        QVERIFY(!bar->isVisible());
        QTest::keyClick(&opened.window, Qt::Key_Y, Qt::ControlModifier);
        QVERIFY(opened.settled());
        QVERIFY(bar->isVisible());
        // Del on its line takes it back as well.
        auto& table = drawer.tableOf(Drawer::Page::Changes).view();
        table.setCurrentIndex(table.model()->index(0, 0));
        QTest::keyClick(&table, Qt::Key_Delete);
        QVERIFY(opened.settled());
        QVERIFY(!bar->isVisible());
    }

    void everyWayFromTheInternetIsCutWithTheFewestChanges()
    {
        Opened opened;
        QVERIFY(opened.sample());
        QTest::keyClick(&opened.window, Qt::Key_3, Qt::ControlModifier);
        auto* view = opened.window.view(QStringLiteral("paths"));
        const auto fromOutside = [&] {
            const auto& ways = opened.window.session().answers().paths->ways;
            return std::ranges::count(ways, idAt<NodeId>(0), &std::pair<NodeId, NodeId>::first);
        };
        QVERIFY(fromOutside() > 0);
        QSignalSpy wanted(qobject_cast<View*>(view), &View::trialWanted);
        const QList<QAction*> cuts = view->findChild<QToolButton*>(QStringLiteral("cutStep"))->menu()->actions();
        cuts.last()->trigger();
        QVERIFY(wanted.wait(30000));
        QVERIFY(opened.settled());
        QCOMPARE(fromOutside(), 0);
        QVERIFY(opened.window.session().answers().whatIf->total.paths.gone > 0);
        QTest::keyClick(&opened.window, Qt::Key_Z, Qt::ControlModifier);
        QVERIFY(opened.settled());
        QVERIFY(fromOutside() > 0);
    }

    void theStepThatMostPathsNeedIsCut()
    {
        Opened opened;
        QVERIFY(opened.sample());
        QTest::keyClick(&opened.window, Qt::Key_3, Qt::ControlModifier);
        auto* view = opened.window.view(QStringLiteral("paths"));
        QSignalSpy wanted(qobject_cast<View*>(view), &View::trialWanted);
        view->findChild<QToolButton*>(QStringLiteral("cutStep"))->menu()->actions().at(1)->trigger();
        QVERIFY(wanted.wait(30000));
        QVERIFY(opened.settled());
        QVERIFY(opened.window.session().answers().whatIf->total.paths.gone > 0);
    }

    void aFieldOfTheMatrixShowsItsPolicyWithTheDecidingStatement()
    {
        Opened opened;
        QVERIFY(opened.sample());
        const Answers& answers = opened.window.session().answers();
        const auto& all = answers.identity->access;
        const auto entry = std::find_if(all.begin(), all.end(), [](const StoreAccess& one) {
            return !one.decision.because.empty() && !one.decision.because.front().pointer.empty();
        });
        QVERIFY(entry != all.end());
        opened.window.selection().select(Selected::access({entry->principal}, {entry->store}));
        auto* tabs = opened.window.inspector().findChild<QTabWidget*>();
        tabs->setCurrentWidget(&opened.window.inspector().policies());
        const auto& lines = opened.window.inspector().policies().lines();
        QVERIFY(!lines.empty());
        QVERIFY(lines.front().decides);
        QVERIFY(lines.front().words.startsWith(QStringLiteral("Lets ")));
        const Excerpt& excerpt = opened.window.inspector().policies().excerpt();
        QVERIFY(excerpt.markedFrom > 1);
        QVERIFY(excerpt.markedTo > excerpt.markedFrom);
    }

    void oneSelectionIsSeenEverywhere()
    {
        Opened opened;
        QVERIFY(opened.sample());
        auto* tree = opened.child<QTreeView>("estateTree");
        const QModelIndex user = rowOf(*tree->model(), QStringLiteral("ci-deployer"));
        QVERIFY(user.isValid());
        tree->scrollTo(user);
        QTest::mouseClick(tree->viewport(), Qt::LeftButton, {}, tree->visualRect(user).center());
        const std::vector<NodeId> things = opened.window.selection().current().things;
        QCOMPARE(things.size(), std::size_t{1});
        QCOMPARE(opened.window.inspector().heading().title, QStringLiteral("ci-deployer"));
        // The same in a view that is first seen now.
        QTest::keyClick(&opened.window, Qt::Key_3, Qt::ControlModifier);
        QCOMPARE(opened.window.selection().current().things, things);
        // The lines of the export that say so.
        auto* tabs = opened.window.inspector().findChild<QTabWidget*>();
        QSignalSpy shown(&opened.window.inspector(), &Inspector::excerptShown);
        tabs->setFocus();
        QTest::keyClick(tabs->tabBar(), Qt::Key_Right);
        QVERIFY(!shown.isEmpty() || shown.wait(10000));
        QVERIFY(!opened.window.inspector().quotes().empty());
        QVERIFY(opened.window.inspector().excerpt().text.contains(QStringLiteral("ci-deployer")));
        QVERIFY(opened.window.inspector().excerpt().markedFrom > 0);
    }

    void backAndForwardFollowTheWay()
    {
        Opened opened;
        QVERIFY(opened.sample());
        const Selected bastion = Selected::thing(opened.named(Kind::Vm, "bastion"));
        const Selected orders = Selected::thing(opened.named(Kind::SqlDb, "orders-db"));
        opened.window.selection().select(bastion);
        opened.window.selection().select(orders);
        QTest::keyClick(&opened.window, Qt::Key_Left, Qt::AltModifier);
        QCOMPARE(opened.window.inspector().heading().title, QStringLiteral("bastion"));
        QTest::keyClick(&opened.window, Qt::Key_Right, Qt::AltModifier);
        QCOMPARE(opened.window.inspector().heading().title, QStringLiteral("orders-db"));
        QVERIFY(!opened.child<QAction>("forward")->isEnabled());
    }

    void searchFindsAndJumps()
    {
        Opened opened;
        QVERIFY(opened.sample());
        QTest::keyClick(&opened.window, Qt::Key_K, Qt::ControlModifier);
        QVERIFY(opened.window.search().hasFocus());
        QAbstractItemModelTester tester(const_cast<SearchResults*>(&opened.window.search().results()),
            QAbstractItemModelTester::FailureReportingMode::QtTest);
        QTest::keyClicks(&opened.window.search(), QStringLiteral("orders-db"));
        QVERIFY(opened.window.search().results().rowCount() > 0);
        QVERIFY(opened.window.search().popup()->isVisible());
        QTest::keyClick(&opened.window.search(), Qt::Key_Return);
        QCOMPARE(opened.window.inspector().heading().title, QStringLiteral("orders-db"));
        QVERIFY(!opened.window.search().popup()->isVisible());
        // Commands are found too.
        QTest::keyClick(&opened.window, Qt::Key_K, Qt::ControlModifier);
        opened.window.search().selectAll();
        QTest::keyClicks(&opened.window.search(), QStringLiteral("Responsibility"));
        QTest::keyClick(&opened.window.search(), Qt::Key_Return);
        QVERIFY(opened.window.view(QStringLiteral("responsibility"))->isVisible());
    }

    void aRowOfATableSelectsWhatItIsAbout()
    {
        Opened opened;
        QVERIFY(opened.sample());
        for (const Drawer::Page page : {Drawer::Page::Findings, Drawer::Page::Violations, Drawer::Page::Paths,
                 Drawer::Page::Privileges, Drawer::Page::Missing}) {
            opened.window.drawer().showPage(page);
            QTableView* table = nullptr;
            for (auto* each : opened.window.drawer().findChildren<QTableView*>())
                table = each->isVisible() ? each : table;
            QVERIFY(table);
            QAbstractItemModelTester tester(table->model(), QAbstractItemModelTester::FailureReportingMode::QtTest);
            QVERIFY(table->model()->rowCount() > 0);
            QTest::mouseClick(
                table->viewport(), Qt::LeftButton, {}, table->visualRect(table->model()->index(0, 0)).center());
            QVERIFY(!opened.window.selection().current().isEmpty());
            QVERIFY(!opened.window.inspector().heading().title.isEmpty());
        }
    }

    void aNoteOnLeastPrivilegeShowsWhyAndTheLineThatSaysSo()
    {
        Opened opened;
        QVERIFY(opened.sample());
        opened.window.drawer().showPage(Drawer::Page::Privileges);
        QTableView& table = opened.window.drawer().tableOf(Drawer::Page::Privileges).view();
        const auto* model = table.model();
        QCOMPARE(model->index(0, 1).data().toString(), QStringLiteral("break-glass"));
        QCOMPARE(model->index(0, 2).data().toString(), QStringLiteral("Administrator"));
        QTest::mouseClick(table.viewport(), Qt::LeftButton, {}, table.visualRect(model->index(0, 0)).center());
        const Selected& selected = opened.window.selection().current();
        QVERIFY(selected.as<subject::Privilege>());
        QCOMPARE(selected.things, std::vector<NodeId>({opened.named(Kind::User, "break-glass")}));
        QVERIFY(opened.window.inspector().heading().kind.startsWith(QStringLiteral("Administrator")));
        QTest::keyClick(&table, Qt::Key_Return);
        QTRY_VERIFY(opened.window.inspector().excerpt().text.contains(QStringLiteral("\"Action\"")));
    }

    void findingsOfAnotherProgramStandApartAndLeadToTheirThing()
    {
        Opened opened;
        QFile buckets(opened.folder.filePath(QStringLiteral("buckets.json")));
        QVERIFY(buckets.open(QIODevice::WriteOnly));
        buckets.write(R"({"Buckets":[{"Name":"logs"}],"Owner":{"ID":"1"}})");
        buckets.close();
        QFile prowler(opened.folder.filePath(QStringLiteral("prowler.csv")));
        QVERIFY(prowler.open(QIODevice::WriteOnly));
        prowler.write(
            "FINDING_UID;PROVIDER;CHECK_ID;CHECK_TITLE;STATUS;STATUS_EXTENDED;SEVERITY;RESOURCE_UID;ACCOUNT_UID\n"
            "1;aws;versions;Versions are kept;PASS;They are.;low;arn:aws:s3:::logs;111122223333\n"
            "2;aws;log;Access is logged;FAIL;It is not.;low;arn:aws:s3:::logs;111122223333\n"
            "3;aws;open;The bucket is closed;FAIL;It is open.;critical;arn:aws:s3:::logs;111122223333\n");
        prowler.close();
        opened.window.openPaths({buckets.fileName(), prowler.fileName()});
        QVERIFY(opened.settled());
        opened.window.drawer().showPage(Drawer::Page::ToldFindings);
        QTableView& table = opened.window.drawer().tableOf(Drawer::Page::ToldFindings).view();
        const auto* model = table.model();
        QCOMPARE(model->rowCount(), 3);
        QCOMPARE(model->index(0, 3).data().toString(), QStringLiteral("The bucket is closed"));
        QCOMPARE(model->index(2, 0).data().toString(), QStringLiteral("passed"));
        QTest::mouseClick(table.viewport(), Qt::LeftButton, {}, table.visualRect(model->index(1, 3)).center());
        QCOMPARE(opened.window.selection().current().things, std::vector{opened.named(Kind::ObjectStore, "logs")});
        QCOMPARE(table.currentIndex().row(), 1);
    }

    void whatCannotBeReadIsSaidAndTheRestStands()
    {
        Opened opened;
        QVERIFY(opened.sample());
        QFile broken(opened.folder.filePath(QStringLiteral("broken.json")));
        QVERIFY(broken.open(QIODevice::WriteOnly));
        broken.write("{\"Vpcs\": [");
        broken.close();
        QSignalSpy failed(&opened.window.session(), &Session::failed);
        opened.window.openPaths({broken.fileName()});
        QVERIFY(!failed.isEmpty() || failed.wait(30000));
        QVERIFY(opened.window.messages().isVisible());
        QVERIFY(opened.window.messages().sentence().contains(QStringLiteral("broken.json")));
        QVERIFY(opened.window.session().isOpen());
        QVERIFY(opened.named(Kind::Vm, "bastion") != noNode);
    }

    void aFolderIsDropped()
    {
        Opened opened;
        QVERIFY(QDir(opened.folder.path()).mkdir(QStringLiteral("export")));
        QFile file(opened.folder.filePath(QStringLiteral("export/vpcs.json")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(
            "{\"Vpcs\": [{\"VpcId\": \"vpc-1\", \"CidrBlock\": \"10.0.0.0/16\", \"OwnerId\": \"111122223333\"}]}");
        file.close();
        QMimeData dragged;
        dragged.setUrls({QUrl::fromLocalFile(opened.folder.filePath(QStringLiteral("export")))});
        QDragEnterEvent enter({200, 200}, Qt::CopyAction, &dragged, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(&opened.window, &enter);
        QVERIFY(enter.isAccepted());
        QSignalSpy done(&opened.window.session(), &Session::opened);
        QDropEvent drop({200, 200}, Qt::CopyAction, &dragged, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(&opened.window, &drop);
        QVERIFY(!done.isEmpty() || done.wait(30000));
        QVERIFY(opened.window.session().answers().estate->find("vpc-1").has_value());
        QVERIFY(opened.settled());
        // Remembered for the next start.
        QCOMPARE(opened.settings.recent().size(), qsizetype{1});
    }

    void themesFollowTheMenu()
    {
        Opened opened;
        QVERIFY(opened.sample());
        const QColor light = opened.window.grab().toImage().pixelColor(3, 3);
        opened.window.setTheme(ThemeKind::Dark);
        QCOMPARE(opened.settings.theme(), ThemeKind::Dark);
        const QColor dark = opened.window.grab().toImage().pixelColor(3, 3);
        QVERIFY(dark.lightness() < light.lightness());
        opened.window.setTheme(ThemeKind::Light);
    }

    void everythingHasANameAndIsReachedByKeys()
    {
        Opened opened;
        QVERIFY(opened.sample());
        int reachable = 0;
        for (const QWidget* widget : opened.window.findChildren<QWidget*>()) {
            if (!widget->isVisible() || (widget->focusPolicy() & Qt::TabFocus) == 0 || widget->focusProxy())
                continue;
            ++reachable;
            const QAccessibleInterface* accessible =
                QAccessible::queryAccessibleInterface(const_cast<QWidget*>(widget));
            QVERIFY(accessible);
            QVERIFY2(!accessible->text(QAccessible::Name).isEmpty(),
                qPrintable(
                    QString::fromUtf8(widget->metaObject()->className()) + QLatin1Char(' ') + widget->objectName()));
        }
        QVERIFY(reachable > 5);
        opened.window.selection().select(Selected::thing(opened.named(Kind::Vm, "bastion")));
        // F6 goes round the regions and comes back to where it began.
        opened.window.activateWindow();
        QTest::keyClick(&opened.window, Qt::Key_F6);
        const QWidget* first = opened.window.focusWidget();
        QVERIFY(first);
        QSet<const QWidget*> seen{first};
        for (int i = 0; i < 3; ++i) {
            QTest::keyClick(&opened.window, Qt::Key_F6);
            seen.insert(opened.window.focusWidget());
        }
        QCOMPARE(seen.size(), qsizetype{4});
        QTest::keyClick(&opened.window, Qt::Key_F6);
        QCOMPARE(opened.window.focusWidget(), first);
    }

    void aReadingCanBeCancelled()
    {
        Opened opened;
        QVERIFY(QDir(opened.folder.path()).mkdir(QStringLiteral("many")));
        for (int i = 0; i < 400; ++i) {
            QFile file(opened.folder.filePath(QStringLiteral("many/vpcs-%1.json").arg(i)));
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write(QByteArray("{\"Vpcs\": [{\"VpcId\": \"vpc-") + QByteArray::number(i) + "\"}]}");
        }
        opened.window.openPaths({opened.folder.filePath(QStringLiteral("many"))});
        QVERIFY(opened.window.session().isReading());
        opened.window.session().cancel();
        QVERIFY(opened.settled());
        QVERIFY(!opened.window.session().isOpen());
        QVERIFY(opened.window.messages().sentence().contains(QStringLiteral("cancelled")));
    }
};

QTEST_MAIN(MainWindowTest)
#include "tst_main_window.moc"
