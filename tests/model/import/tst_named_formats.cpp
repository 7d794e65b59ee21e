// SPDX-License-Identifier: GPL-3.0-or-later
#include "written_folder.h"

#include <QtTest>

using namespace glacis;

/// What Glacis does not read it still knows by sight.
class NamedFormatsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aFormatThatIsNotReadIsNamed_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("format");
        const auto row = [](const char* format, const char* text) {
            QTest::newRow(format) << QByteArray(text) << QByteArray(format);
        };
        row("Azure Resource Manager template",
            "{\"$schema\":\"https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#\","
            "\"resources\":[]}");
        row("Azure Resource Graph result", "{\"count\":0,\"data\":[],\"total_records\":0}");
        row("CloudFormation template", "AWSTemplateFormatVersion: '2010-09-09'\nResources: {}\n");
        row("ScoutSuite exceptions", "exceptions =\n{}\n");
    }
    void aFormatThatIsNotReadIsNamed()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, format);
        WrittenFolder folder;
        const Imported imported = folder.file("x", text.toStdString()).imported();
        QCOMPARE(QByteArray::fromStdString(imported.ledger.rows[0].format), format);
        QCOMPARE(imported.ledger.rows[0].facts, std::size_t{0});
        QCOMPARE(imported.ledger.rows[0].leftOut.size(), std::size_t{1});
    }

    void whatNobodyKnowsIsSaidWithWhatItHolds()
    {
        WrittenFolder folder;
        folder.file("a", "{\"first\":1,\"second\":2}").file("b", "dear diary");
        const Imported imported = folder.imported();
        QVERIFY(imported.ledger.rows[0].leftOut[0].why.find("first, second") != std::string::npos);
        QVERIFY(imported.ledger.rows[1].leftOut[0].why.find("text of no kind") != std::string::npos);
        QVERIFY(imported.ledger.rows[0].format.empty());
    }

    void theDescriptionOfASampleIsNotLeftOut()
    {
        WrittenFolder folder;
        const Imported imported = folder.file("sample.json", "{\"glacisSample\":1}").imported();
        QVERIFY(!imported.ledger.rows[0].format.empty());
        QVERIFY(imported.ledger.rows[0].leftOut.empty());
        QVERIFY(!imported.ledger.anythingWrong());
    }

    void listsOfOthersUnderTheSameKeyAreNotTakenForAws()
    {
        WrittenFolder folder;
        const Imported imported =
            folder
                .file("x.json",
                    "{\"clusters\":[{\"name\":\"projects/p/c\",\"selfLink\":\"https://container.googleapis.com/v1\"}]}")
                .imported();
        QCOMPARE(imported.ledger.rows[0].format, std::string("Google Cloud"));
    }
};

QTEST_GUILESS_MAIN(NamedFormatsTest)
#include "tst_named_formats.moc"
