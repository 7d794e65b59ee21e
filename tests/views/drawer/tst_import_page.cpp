// SPDX-License-Identifier: GPL-3.0-or-later
#include "drawer/import_page.h"

#include "estate/link.h"
#include "posture/posture.h"

#include <QAbstractItemModelTester>
#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTreeView>
#include <QtTest>

using namespace glacis;

namespace {

LedgerRow fileNamed(const std::string& name, const std::string& format, std::size_t facts)
{
    LedgerRow row;
    row.file = name;
    row.format = format;
    row.facts = facts;
    return row;
}

/// An account, a cluster and a file that nobody knows; one file is broken, one describes a machine with a value that
/// only an apply would tell.
Answers answersOf(std::size_t more = 0)
{
    Inventory inventory;
    const EvidenceId at = inventory.seen(inventory.file("shop/main.tf"), {}, 3);
    inventory.thing(Kind::Vm, Provider::Aws, "AWS::EC2::Instance", "aws_instance.web", rootScope, at);
    inventory.property(inventory.text("aws_instance.web"), "image", "${data.aws_ami.web.id}", at);
    inventory.property(inventory.text("aws_instance.web"), "owner", "${aws:username}", at);
    Ledger ledger;
    ledger.rows.push_back(fileNamed("111122223333/eu-west-1/describe-vpcs.json", "AWS CLI describe-vpcs", 12));
    ledger.rows.push_back(fileNamed("111122223333/eu-west-1/describe-subnets.json", "AWS CLI describe-subnets", 3));
    ledger.rows.back().problem(Severity::Error, "The text ends too early.", 7, 2);
    ledger.rows.push_back(fileNamed("shop/main.tf", "Terraform", 4));
    ledger.rows.back().leave("a provisioner", "it runs commands", 2);
    ledger.rows.push_back(fileNamed("notes.txt", {}, 0));
    ledger.rows.back().leave("the file", "it is text of no kind that Glacis knows");
    for (std::size_t i = 0; i < more; ++i)
        ledger.rows.push_back(fileNamed("big/file-" + std::to_string(i) + ".json", "Kubernetes objects", i));
    Answers answers;
    answers.document = 1;
    answers.ledger = std::make_shared<const Ledger>(std::move(ledger));
    Progress progress;
    answers.estate = std::make_shared<const Estate>(link(std::move(inventory), progress));
    return answers;
}

QModelIndex sourceNamed(const ImportModel& model, const QString& title)
{
    for (int row = 0; row < model.rowCount(); ++row) {
        if (model.index(row, 0).data().toString() == title)
            return model.index(row, 0);
    }
    return {};
}

const QString aws = QStringLiteral("AWS CLI · 111122223333");
const QString terraform = QStringLiteral("Terraform · shop");

class Shown {
public:
    explicit Shown(std::size_t more = 0)
    {
        page.resize(1100, 300);
        page.show();
        page.setAnswers(answersOf(more));
    }
    QString cell(const QString& source, int row, int column) const
    {
        const QModelIndex above = sourceNamed(page.model(), source);
        return page.model().index(row, column, above).data().toString();
    }
    bool settled()
    {
        QSignalSpy shown(&page, &ImportPage::shownChanged);
        return !page.isBusy() || shown.wait(30000);
    }

    ImportPage page;
};

} // namespace

class ImportPageTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theModelKeepsItsPromises()
    {
        Shown shown;
        const QAbstractItemModelTester tester(
            const_cast<ImportModel*>(&shown.page.model()), QAbstractItemModelTester::FailureReportingMode::QtTest);
        shown.page.setFilter(QStringLiteral("json"));
        shown.page.setFilter({});
    }

    void filesStandBelowTheirSource()
    {
        Shown shown;
        const ImportModel& model = shown.page.model();
        QCOMPARE(model.rowCount(), 3);
        QCOMPARE(model.rowCount(sourceNamed(model, aws)), 2);
        QCOMPARE(model.rowCount(sourceNamed(model, terraform)), 1);
        QVERIFY(sourceNamed(model, QStringLiteral("Not recognised")).isValid());
        QCOMPARE(sourceNamed(model, aws).siblingAtColumn(ImportOrder::Facts).data().toString(), QStringLiteral("15"));
        QCOMPARE(sourceNamed(model, aws).siblingAtColumn(ImportOrder::State).data().toString(),
            QStringLiteral("1 of 2 incomplete"));
    }

    void eachFileSaysWhatBecameOfIt()
    {
        Shown shown;
        QCOMPARE(shown.cell(aws, 1, ImportOrder::State), QStringLiteral("partly read"));
        QCOMPARE(shown.cell(aws, 1, ImportOrder::LeftOut), QStringLiteral("line 7: The text ends too early."));
        QCOMPARE(shown.cell(terraform, 0, ImportOrder::Things), QStringLiteral("1 × Virtual machine"));
        QCOMPARE(
            shown.cell(terraform, 0, ImportOrder::LeftOut), QStringLiteral("a provisioner × 2 (it runs commands)"));
        QCOMPARE(shown.cell(terraform, 0, ImportOrder::Unknown), QStringLiteral("1"));
        QCOMPARE(shown.cell(QStringLiteral("Not recognised"), 0, ImportOrder::State), QStringLiteral("not recognised"));
    }

    void theFilterLeavesWhatHasAllWords()
    {
        Shown shown;
        shown.page.setFilter(QStringLiteral("describe subnets"));
        QCOMPARE(shown.page.model().files(), 1);
        shown.page.setFilter(QStringLiteral("virtual"));
        QCOMPARE(shown.page.model().files(), 1);
        QVERIFY(sourceNamed(shown.page.model(), terraform).isValid());
        shown.page.setFilter(QStringLiteral("nothing has this"));
        QCOMPARE(shown.page.model().files(), 0);
        shown.page.setFilter({});
        QCOMPARE(shown.page.model().files(), 4);
    }

    void aClickOnATitleSortsWithinTheSources()
    {
        Shown shown;
        QHeaderView* header = shown.page.view().header();
        const auto click = [&](int column) {
            QTest::mouseClick(header->viewport(), Qt::LeftButton, {},
                QPoint(header->sectionViewportPosition(column) + 8, header->height() / 2));
        };
        click(ImportOrder::Facts);
        const QString first = shown.cell(aws, 0, ImportOrder::Facts);
        click(ImportOrder::Facts);
        const QSet<QString> seen{first, shown.cell(aws, 0, ImportOrder::Facts)};
        QCOMPARE(seen, (QSet<QString>{QStringLiteral("3"), QStringLiteral("12")}));
    }

    void enterAndDoubleClickOpenTheFile()
    {
        Shown shown;
        QSignalSpy picked(&shown.page, &ImportPage::picked), opened(&shown.page, &ImportPage::opened);
        QTreeView& view = shown.page.view();
        view.setCurrentIndex(sourceNamed(shown.page.model(), aws));
        QTest::keyClick(&view, Qt::Key_Down);
        QTest::keyClick(&view, Qt::Key_Down);
        QCOMPARE(picked.last().first().value<Selected>().as<subject::File>()->at, 1U);
        QTest::keyClick(&view, Qt::Key_Return);
        QCOMPARE(opened.size(), 1);
        QCOMPARE(opened.last().first().value<Selected>().as<subject::File>()->at, 1U);
    }

    void aSelectionElsewhereIsShownAndNotToldAgain()
    {
        Shown shown;
        QSignalSpy picked(&shown.page, &ImportPage::picked);
        shown.page.setSelected(Selected::file(2));
        QCOMPARE(shown.page.model().fileAt(shown.page.view().currentIndex())->at, 2U);
        shown.page.setSelected(Selected::of({}));
        QVERIFY(!shown.page.model().fileAt(shown.page.view().currentIndex()));
        QVERIFY(picked.isEmpty());
    }

    void whatIsCopiedIsATableOfTheFiles()
    {
        Shown shown;
        const QStringList lines = shown.page.asText().split(QLatin1Char('\n'));
        QCOMPARE(lines.size(), 5);
        QVERIFY(lines.front().startsWith(QStringLiteral("Source and file\tState")));
    }

    void manyFilesAreArrangedBesideTheWindow()
    {
        Shown shown(100000);
        QVERIFY(shown.page.isBusy());
        QVERIFY(shown.settled());
        QCOMPARE(shown.page.model().files(), 100004);
        shown.page.view().scrollToBottom();
        shown.page.setFilter(QStringLiteral("file-99999"));
        QVERIFY(shown.settled());
        QCOMPARE(shown.page.model().files(), 1);
    }

    void missingExportsAreCopiedAsCommands()
    {
        Shown shown;
        QVERIFY(!shown.page.findChild<QPushButton*>(QStringLiteral("missingCopy"))->isVisible());
        Answers answers = answersOf();
        auto report = std::make_shared<PostureReport>();
        report->missing = {{"describe-vpcs", "aws ec2 describe-vpcs", "2"}, {"get-x", "", "1"},
            {"list-keys", "aws kms list-keys", "1"}};
        answers.posture = report;
        shown.page.setAnswers(answers);
        QTest::mouseClick(shown.page.findChild<QPushButton*>(QStringLiteral("missingCopy")), Qt::LeftButton);
        QCOMPARE(QGuiApplication::clipboard()->text(),
            QStringLiteral("# account 1\naws kms list-keys\n# account 2\naws ec2 describe-vpcs"));
    }

    void withoutADocumentItSaysWhatStandsHere()
    {
        ImportPage page;
        page.show();
        bool said = false;
        for (const QLabel* label : page.findChildren<QLabel*>())
            said = said || (label->isVisible() && label->text().contains(QStringLiteral("once an export is open")));
        QVERIFY(said);
    }
};

QTEST_MAIN(ImportPageTest)
#include "tst_import_page.moc"
