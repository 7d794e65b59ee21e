// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/matching.h"

#include <QtTest>

using namespace glacis;

class MatchingTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aStarStandsForAnythingAndAMarkForOne()
    {
        QVERIFY(wildcardMatches("a*c", "abbc"));
        QVERIFY(wildcardMatches("a*c", "ac"));
        QVERIFY(!wildcardMatches("a?c", "ac"));
        QVERIFY(wildcardMatches("a?c", "abc"));
        QVERIFY(wildcardMatches("*", ""));
        QVERIFY(!wildcardMatches("", "a"));
    }

    void caseMattersUnlessAsked()
    {
        QVERIFY(!wildcardMatches("Get*", "getObject"));
        QVERIFY(wildcardMatchesIgnoringCase("Get*", "getObject"));
    }

    void anEscapedStarMatchesOnlyItself()
    {
        const std::string pattern = std::string("a") + literalStar + literalMark;
        QVERIFY(wildcardMatches(pattern, "a*?"));
        QVERIFY(!wildcardMatches(pattern, "abc"));
    }

    void patternsMeetWhenATextFitsBoth()
    {
        QVERIFY(wildcardsMeet("bucket/*", "*/*.iso"));
        QVERIFY(wildcardsMeet("a*", "*b"));
        QVERIFY(wildcardsMeet("abc", "a?c"));
        QVERIFY(!wildcardsMeet("foo*", "bar*"));
        QVERIFY(!wildcardsMeet("a?", "a"));
        QVERIFY(wildcardsMeet("*", ""));
    }

    void manyStarsAreAnsweredInTime()
    {
        const std::string text(20000, 'a');
        std::string pattern;
        for (int i = 0; i < 60; ++i)
            pattern += "a*";
        QVERIFY(!wildcardMatches(pattern + "b", text));
        QVERIFY(wildcardMatches(pattern, text));
    }
};

QTEST_APPLESS_MAIN(MatchingTest)
#include "tst_matching.moc"
