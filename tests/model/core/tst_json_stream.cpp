// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/json_stream.h"

#include <QtTest>

using namespace glacis;

namespace {

/// "pointer=value" of each piece.
std::vector<std::string> pieces(std::string_view text, std::optional<JsonError>* error = nullptr)
{
    std::vector<std::string> out;
    auto failed =
        streamJson(text, {}, [&](JsonPiece piece) { out.push_back(piece.pointer() + '=' + piece.value.dump()); });
    if (error)
        *error = std::move(failed);
    return out;
}

} // namespace

class JsonStreamTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void arraysOfTheOutermostObjectComeElementByElement()
    {
        const std::vector<std::string> expected = {
            "/Vpcs/0={\"a\":[1]}", "/Vpcs/1=2", "/NextToken=\"x\"", "/Meta={\"b\":{}}"};
        QCOMPARE(pieces(R"({"Vpcs":[{"a":[1]},2],"NextToken":"x","Meta":{"b":{}}})"), expected);
    }

    void anOutermostArrayComesElementByElement()
    {
        const std::vector<std::string> expected = {"/0={}", "/1=[1,2]"};
        QCOMPARE(pieces("[{},[1,2]]"), expected);
    }

    void anOutermostScalarComesOnce() { QCOMPARE(pieces("null"), std::vector<std::string>{"=null"}); }

    void keysAreEscapedInPointers() { QCOMPARE(pieces(R"({"a/b~c":1})"), std::vector<std::string>{"/a~1b~0c=1"}); }

    void anEmptyArrayIsReportedSoThatNoneDiffersFromNotAsked()
    {
        std::vector<std::string> empty;
        const auto error = streamJson(R"({"Vpcs":[],"Subnets":[1],"Deep":{"x":[]}})", {}, [](JsonPiece) {}, nullptr,
            [&](std::string_view key) { empty.emplace_back(key); });
        QVERIFY(!error);
        QCOMPARE(empty, std::vector<std::string>{"Vpcs"});
    }

    void whatStandsBeforeACutIsKept()
    {
        std::optional<JsonError> error;
        QCOMPARE(pieces("{\"Vpcs\":[1,\n2,", &error).size(), std::size_t{2});
        QVERIFY(error.has_value());
        QCOMPARE(error->reason, JsonError::Reason::Syntax);
        QVERIFY(error->sentence.find("cut off") != std::string::npos);
    }

    void aSyntaxErrorNamesItsLine()
    {
        std::optional<JsonError> error;
        pieces("{\n  \"a\": 1,\n  b: 2\n}", &error);
        QVERIFY(error.has_value());
        QCOMPARE(error->line, 3);
    }

    void aHundredThousandLevelsAreRefusedWithoutRecursion()
    {
        for (const char bracket : {'[', '{'}) {
            std::string text;
            for (int i = 0; i < 100000; ++i)
                text += bracket == '[' ? "[" : "{\"a\":";
            std::optional<JsonError> error;
            pieces(text, &error);
            QVERIFY(error.has_value());
            QCOMPARE(error->reason, JsonError::Reason::TooDeep);
        }
    }

    void aCancelStopsTheReading()
    {
        std::string text = "[0";
        for (int i = 0; i < 100000; ++i)
            text += ",1";
        text += ']';
        std::stop_source stop;
        const Progress progress(stop.get_token());
        std::size_t seen = 0;
        const auto error = streamJson(
            text, {},
            [&](JsonPiece) {
                if (++seen == 10)
                    stop.request_stop();
            },
            &progress);
        QVERIFY(error.has_value());
        QCOMPARE(error->reason, JsonError::Reason::Cancelled);
        QVERIFY(seen < 10000);
    }

    void aPointerIsFoundInTheText()
    {
        const std::string_view text = "{\n \"skip\": [\"]\\\"\", {}],\n \"a/b\": [\n  1,\n  {\"x\": \"y\"}\n ]\n}";
        const auto range = locate(text, "/a~1b/1");
        QVERIFY(range.has_value());
        QCOMPARE(text.substr(range->begin, range->end - range->begin), std::string_view("{\"x\": \"y\"}"));
        QCOMPARE(range->firstLine, 5);
        QVERIFY(!locate(text, "/a~1b/2"));
        QVERIFY(!locate(text, "/none"));
        QVERIFY(locate(text, "").has_value());
    }

    void aPointerIntoBrokenTextEnds()
    {
        QVERIFY(!locate("{\"a\": [1, 2", "/a/7"));
        QVERIFY(!locate("", "/a"));
        QVERIFY(!locate("{\"a", "/a"));
    }
};

QTEST_APPLESS_MAIN(JsonStreamTest)
#include "tst_json_stream.moc"
