// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text.h"

#include <QtTest>

using namespace glacis;

class TextTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void splittingKeepsEmptyParts()
    {
        QCOMPARE(split("a,,b,", ',').size(), std::size_t{4});
        QCOMPARE(split("", ',').size(), std::size_t{1});
    }

    void integersAreTheWholeText()
    {
        QCOMPARE(integer("-12").value_or(0), -12LL);
        QVERIFY(!integer("12a"));
        QVERIFY(!integer(""));
        QVERIFY(!integer("99999999999999999999"));
    }

    void base64MayBeWrappedAndUnpadded()
    {
        QCOMPARE(base64Decoded("dXNlcixh\ncm4=").value_or(""), std::string("user,arn"));
        QCOMPARE(base64Decoded("dXNlcg").value_or(""), std::string("user"));
        QVERIFY(!base64Decoded("user,arn"));
        QVERIFY(!base64Decoded("dXNlc"));
    }

    void urlDecodingLeavesMalformedEscapes()
    {
        QCOMPARE(urlDecoded("arn%3Aaws%3A%3A+x"), std::string("arn:aws:: x"));
        QCOMPARE(urlDecoded("50%"), std::string("50%"));
        QCOMPARE(urlDecoded("%zz%4"), std::string("%zz%4"));
    }

    void windowsEncodingsBecomeUtf8()
    {
        QCOMPARE(asUtf8("\xEF\xBB\xBF{}").value_or(""), std::string("{}"));
        QCOMPARE(asUtf8(std::string_view("\xFF\xFE{\0\xE4\0", 6)).value_or(""), std::string("{\xC3\xA4"));
        QCOMPARE(
            asUtf8(std::string_view("\xFE\xFF\0{\xD8\x3D\xDE\0", 8)).value_or(""), std::string("{\xF0\x9F\x98\x80"));
    }

    void otherBytesAreNoText()
    {
        QVERIFY(!asUtf8("caf\xE9"));
        QVERIFY(!asUtf8(std::string_view("\x89PNG\0\0", 6)));
        QVERIFY(!asUtf8("\xC3"));
        QVERIFY(!asUtf8("\xC0\x80"));
    }

    void arnsHaveSixParts()
    {
        const auto arn = parseArn("arn:aws:s3:::bucket/a:b");
        QVERIFY(arn.has_value());
        QCOMPARE(arn->service, std::string_view("s3"));
        QCOMPARE(arn->account, std::string_view());
        QCOMPARE(arn->resource, std::string_view("bucket/a:b"));
        QVERIFY(!parseArn("arn:aws:s3"));
        QVERIFY(!parseArn("*"));
    }
};

QTEST_APPLESS_MAIN(TextTest)
#include "tst_text.moc"
