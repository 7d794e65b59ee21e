// SPDX-License-Identifier: GPL-3.0-or-later
#include "drawer/table_page.h"

#include <QAbstractItemModelTester>
#include <QHeaderView>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTableView>
#include <QtTest>

using namespace glacis;

namespace {

const QStringList names{QStringLiteral("bravo"), QStringLiteral("Alpha"), QStringLiteral("charlie")};
const QList<int> counts{10, 9, 100};

/// Three files with a count each.
TableModel::Table files()
{
    TableModel::Table table;
    table.rows = static_cast<int>(names.size());
    table.columns = {
        {QStringLiteral("Name"), 120, [](int row) { return names[row]; }},
        {QStringLiteral("Count"), 80, [](int row) { return QString::number(counts[row]); },
            [](int row) { return counts[row]; }, {}, true},
    };
    table.selected = [](int row) { return Selected::file(static_cast<std::uint32_t>(row)); };
    table.rowOf = [](const Selected& selected) {
        const auto* file = selected.as<subject::File>();
        return file ? static_cast<int>(file->at) : -1;
    };
    return table;
}

/// A page on the screen, and what it tells.
class Page {
public:
    Page()
    {
        page.resize(600, 300);
        page.show();
        page.setTable(files(), QStringLiteral("Files"), QStringLiteral("No file"));
    }
    QString top() const { return page.asText().section(QLatin1Char('\n'), 1, 1).section(QLatin1Char('\t'), 0, 0); }
    void clickHeader(int column)
    {
        QHeaderView* header = page.view().horizontalHeader();
        QTest::mouseClick(header->viewport(), Qt::LeftButton, {},
            QPoint(header->sectionViewportPosition(column) + 8, header->height() / 2));
    }

    TablePage page;
};

std::uint32_t fileOf(const QSignalSpy& spy)
{
    return spy.last().at(0).value<Selected>().as<subject::File>()->at;
}

} // namespace

class TablePageTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theTableIsAModelAsQtWantsIt()
    {
        TableModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setTable(files());
        QCOMPARE(model.rowCount(), 3);
        QCOMPARE(model.index(2, 1).data().toString(), QStringLiteral("100"));
        model.setTable({});
        QCOMPARE(model.rowCount(), 0);
    }

    void rowsStandInTheirOwnOrderUntilAHeaderIsClicked()
    {
        Page shown;
        QCOMPARE(shown.top(), QStringLiteral("bravo"));
        shown.clickHeader(0);
        QCOMPARE(shown.top(), QStringLiteral("Alpha"));
        shown.clickHeader(0);
        QCOMPARE(shown.top(), QStringLiteral("charlie"));
    }

    void numbersAreSortedAsNumbers()
    {
        Page shown;
        shown.clickHeader(1);
        QCOMPARE(shown.top(), QStringLiteral("Alpha"));
    }

    void arrowKeysPickAndEnterOpens()
    {
        Page shown;
        const QSignalSpy picked(&shown.page, &TablePage::picked);
        const QSignalSpy opened(&shown.page, &TablePage::opened);
        QTableView& view = shown.page.view();
        view.setFocus();
        view.selectRow(0);
        QTest::keyClick(&view, Qt::Key_Down);
        QCOMPARE(fileOf(picked), 1u);
        QTest::keyClick(&view, Qt::Key_Return);
        QCOMPARE(opened.count(), 1);
        QCOMPARE(fileOf(opened), 1u);
    }

    void aSortedRowIsStillItself()
    {
        Page shown;
        shown.clickHeader(0);
        const QSignalSpy picked(&shown.page, &TablePage::picked);
        QTableView& view = shown.page.view();
        QTest::mouseClick(view.viewport(), Qt::LeftButton, {}, view.visualRect(view.model()->index(0, 0)).center());
        QCOMPARE(fileOf(picked), 1u); // Alpha
    }

    void whatIsSelectedElsewhereIsMarkedWithoutTellingAgain()
    {
        Page shown;
        shown.clickHeader(0);
        const QSignalSpy picked(&shown.page, &TablePage::picked);
        shown.page.setSelected(Selected::file(2));
        QCOMPARE(shown.page.view().currentIndex().siblingAtColumn(0).data().toString(), QStringLiteral("charlie"));
        shown.page.setSelected({});
        QVERIFY(!shown.page.view().currentIndex().isValid());
        QCOMPARE(picked.count(), 0);
    }

    void ofRowsThatStandForTheSameTheClickedOneStays()
    {
        Page shown;
        TableModel::Table table = files();
        table.selected = [](int row) { return Selected::file(row == 0 ? 0 : 1); };
        shown.page.setTable(table, QStringLiteral("Files"), {});
        shown.page.view().selectRow(2);
        shown.page.setSelected(Selected::file(1));
        QCOMPARE(shown.page.view().currentIndex().row(), 2);
        shown.page.setSelected(Selected::file(0));
        QCOMPARE(shown.page.view().currentIndex().row(), 0);
        shown.page.setSelected(Selected::file(1));
        QCOMPARE(shown.page.view().currentIndex().row(), 1);
    }

    void wordsFilterAndTheTextIsWhatIsSeen()
    {
        Page shown;
        QTest::keyClicks(shown.page.findChild<QLineEdit*>(), QStringLiteral("ALP"));
        QCOMPARE(shown.page.asText(), QStringLiteral("Name\tCount\nAlpha\t9"));
    }
};

QTEST_MAIN(TablePageTest)
#include "tst_table_page.moc"
