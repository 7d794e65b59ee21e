// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/data_class.h"
#include "estate/link.h"

#include <QtTest>

using namespace glacis;

namespace {

Classified classOf(Kind kind, const char* id, const char* key = "", const char* value = "")
{
    Inventory inventory;
    const EvidenceId at = inventory.seen(inventory.file("a.json"), "/0");
    inventory.thing(kind, Provider::Aws, "", id, rootScope, at);
    if (*key)
        inventory.tag(inventory.text(id), key, value);
    Progress progress;
    const Estate estate = link(std::move(inventory), progress);
    return dataClassOf(estate, *estate.find(id));
}

} // namespace

class DataClassTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aTagIsSomebodysWord()
    {
        const Classified found = classOf(Kind::ObjectStore, "assets", "dataclassification", "Confidential");
        QCOMPARE(found.dataClass, DataClass::Confidential);
        QVERIFY(!found.inferred);
        QVERIFY(!found.reason.empty());
    }

    void aNameIsOnlyAnInference()
    {
        const Classified found = classOf(Kind::ObjectStore, "shop-customer-exports");
        QCOMPARE(found.dataClass, DataClass::Confidential);
        QVERIFY(found.inferred);
    }

    void theLoudestWordOfANameCounts()
    {
        QCOMPARE(classOf(Kind::ObjectStore, "static-payment-pages").dataClass, DataClass::Restricted);
    }

    void partsOfWordsSayNothing()
    {
        QCOMPARE(classOf(Kind::ObjectStore, "bordersandhealthy").dataClass, DataClass::Unknown);
    }

    void aWordThatNobodyKnowsLeavesItToTheRest()
    {
        QCOMPARE(classOf(Kind::Secret, "x", "Classification", "level-7").dataClass, DataClass::Restricted);
    }

    void whatHoldsNoDataHasNoClass() { QCOMPARE(classOf(Kind::Vm, "customer-web").dataClass, DataClass::Unknown); }
};

QTEST_APPLESS_MAIN(DataClassTest)
#include "tst_data_class.moc"
