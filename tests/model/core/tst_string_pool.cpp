// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/string_pool.h"

#include <QtTest>

using namespace glacis;

class StringPoolTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void equalTextsShareAnId()
    {
        StringPool pool;
        const StringId a = pool.intern("vpc-1");
        QCOMPARE(pool.intern(std::string("vpc-") + "1"), a);
        QVERIFY(pool.intern("vpc-2") != a);
        QCOMPARE(pool.find("vpc-1"), a);
        QCOMPARE(pool.find("vpc-3"), StringId::Empty);
        QCOMPARE(pool.intern(""), StringId::Empty);
    }

    void textsStayWhereTheyAreWhileThePoolGrows()
    {
        StringPool pool;
        const StringId first = pool.intern("first");
        const std::string_view held = pool[first];
        const std::string large(100000, 'x');
        for (int i = 0; i < 20000; ++i) {
            pool.intern("text " + std::to_string(i));
            if (i % 1000 == 0)
                pool.intern(large + std::to_string(i));
        }
        QCOMPARE(held, std::string_view("first"));
        QCOMPARE(pool[pool.find("text 19999")], std::string_view("text 19999"));
        QCOMPARE(pool[pool.find(large + "3000")].size(), large.size() + 4);
    }

    void aCopyStandsAlone()
    {
        StringPool copy;
        {
            StringPool pool;
            pool.intern("a");
            copy = pool;
        }
        QCOMPARE(copy[copy.find("a")], std::string_view("a"));
    }
};

QTEST_APPLESS_MAIN(StringPoolTest)
#include "tst_string_pool.moc"
