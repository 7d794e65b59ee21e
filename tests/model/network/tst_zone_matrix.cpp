// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/json.h"
#include "network/segmentation.h"

#include <QtTest>

using namespace glacis;

namespace {

Json row(const char* from, const char* to, const char* access, const std::vector<std::string>& services = {},
    const char* severity = "high")
{
    Json made = {{"from", from}, {"to", to}, {"access", access}, {"severity", severity}};
    if (!services.empty())
        made["services"] = services;
    return made;
}

ZoneMatrix matrixOf(const Json& rows, const Json& fallback = "deny")
{
    Diagnostics notes;
    return ZoneMatrix::from(Json{{"format", 1}, {"default", fallback}, {"rows", rows}}.dump(), "m.json", notes);
}

std::string allowed(const ZoneMatrix& matrix, const char* from, const char* to)
{
    return describe(matrix.between(from, to).allowed);
}

} // namespace

class ZoneMatrixTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void whatNoRowSpeaksOfIsLeftToTheDefault()
    {
        const Json rows = Json::array({row("web", "app", "allow")});
        QCOMPARE(allowed(matrixOf(rows), "app", "web"), std::string("none"));
        QCOMPARE(allowed(matrixOf(rows, "allow"), "app", "web"), std::string("any"));
        QVERIFY(matrixOf(rows).between("app", "web").row.empty());
    }

    void aRowIsReadInOneDirection()
    {
        const ZoneMatrix matrix = matrixOf(Json::array({row("web", "app", "allow", {"tcp/8080"})}));
        QCOMPARE(allowed(matrix, "web", "app"), std::string("tcp/8080"));
        QCOMPARE(matrix.between("web", "app").row, std::string("web → app"));
    }

    void theRowThatNamesBothStandsAboveAStar()
    {
        const ZoneMatrix matrix = matrixOf(Json::array({row("*", "data", "deny", {}, "critical"),
            row("app", "data", "allow", {"tcp/5432"}, "low"), row("app", "*", "deny"), row("*", "*", "deny")}));
        QCOMPARE(allowed(matrix, "app", "data"), std::string("tcp/5432"));
        QCOMPARE(matrix.between("app", "data").severity, Risk::Low);
        QCOMPARE(matrix.between("web", "data").severity, Risk::Critical);
        QCOMPARE(matrix.between("web", "app").row, std::string("* → *"));
    }

    void aDenialOfSomePortsWantsTheOthers()
    {
        const ZoneMatrix matrix = matrixOf(Json::array({row("web", "app", "block_only", {"tcp/22"})}));
        const PortSet ports = matrix.between("web", "app").allowed;
        QVERIFY(intersectionOf(ports, {{6, 22, 22}}).empty());
        QVERIFY(!intersectionOf(ports, {{6, 23, 23}}).empty());
        QVERIFY(!intersectionOf(ports, {{17, 22, 22}}).empty());
    }

    void ofTwoRowsForAPairTheDenialTakesAway()
    {
        const ZoneMatrix matrix =
            matrixOf(Json::array({row("web", "app", "deny", {"tcp/22"}), row("web", "app", "allow", {"tcp/20-25"})}));
        QCOMPARE(allowed(matrix, "web", "app"), std::string("tcp/20-21,23-25"));
    }

    void bothSpellingsOfAccessAndOfTheListAreRead()
    {
        Diagnostics notes;
        const Json json = {{"default", {{"verdict", "deny"}, {"severity", "critical"}}},
            {"flows",
                Json::array({row("web", "app", "allow_only", {"tcp/443"}), row("app", "web", "allow_all"),
                    row("web", "data", "block_all")})}};
        const ZoneMatrix matrix = ZoneMatrix::from(json.dump(), "m.json", notes);
        QVERIFY(notes.empty());
        QCOMPARE(allowed(matrix, "web", "app"), std::string("tcp/443"));
        QCOMPARE(allowed(matrix, "app", "web"), std::string("any"));
        QCOMPARE(allowed(matrix, "web", "data"), std::string("none"));
        QCOMPARE(matrix.between("data", "web").severity, Risk::Critical);
    }

    void aServiceThatIsNotUnderstoodIsNotedWithItsPlace()
    {
        Diagnostics notes;
        const Json json = {{"rows", Json::array({row("web", "app", "allow", {"tcp/443", "https"})})}};
        const ZoneMatrix matrix = ZoneMatrix::from(json.dump(), "m.json", notes);
        QCOMPARE(notes.all().size(), std::size_t(1));
        QCOMPARE(notes.all()[0].place.pointer, std::string("/rows/0"));
        QVERIFY(notes.all()[0].sentence.find("https") != std::string::npos);
        QCOMPARE(allowed(matrix, "web", "app"), std::string("tcp/443"));
    }

    /// A row whose only service is misspelt must not turn into one that allows everything.
    void aRowOfWhichNoServiceIsUnderstoodAllowsNothing()
    {
        Diagnostics notes;
        const Json json = {{"rows", Json::array({row("web", "app", "allow", {"https"})})}};
        const ZoneMatrix matrix = ZoneMatrix::from(json.dump(), "m.json", notes);
        QVERIFY(!notes.empty());
        QCOMPARE(allowed(matrix, "web", "app"), std::string("none"));
    }

    void aRowWithoutAnEndIsLeftOutAndTheOthersStay()
    {
        Diagnostics notes;
        const Json json = {{"rows", Json::array({{{"from", "web"}, {"access", "allow"}}, row("web", "app", "allow")})}};
        const ZoneMatrix matrix = ZoneMatrix::from(json.dump(), "m.json", notes);
        QCOMPARE(notes.all().size(), std::size_t(1));
        QCOMPARE(matrix.rows.size(), std::size_t(1));
    }

    void whereNoRowSpeaksTheWorstOfTheDefaultsThatHoldDoes()
    {
        Diagnostics notes;
        const Json rows = Json::array({row("web", "app", "allow_only", {"tcp/8443"})});
        const ZoneMatrix matrix = ZoneMatrix::from(
            Json{{"version", 1}, {"default", {{"verdict", "allow"}, {"severity", "medium"}}},
                {"defaults_by",
                    {{{"same_zone", true}, {"verdict", "deny"}, {"severity", "low"}, {"why", "lateral movement"}},
                        {{"cross_env", true}, {"verdict", "deny"}, {"severity", "critical"}}}},
                {"flows", rows}}
                .dump(),
            "m.json", notes);
        QVERIFY(notes.empty());
        QCOMPARE(allowed(matrix, "web", "data"), std::string("any"));
        const ZoneMatrix::Answer same = matrix.between("app", "app");
        QVERIFY(same.allowed.empty());
        QCOMPARE(same.severity, Risk::Low);
        QCOMPARE(same.why, std::string("lateral movement"));
        QCOMPARE(matrix.between("app", "app", true).severity, Risk::Critical);
        QVERIFY2(describe(matrix.between("web", "app", true).allowed) == "tcp/8443", "a row stands above the defaults");
    }

    void whatIsNoMatrixIsAnError_data()
    {
        QTest::addColumn<QByteArray>("text");
        for (const char* text : {"", "[]", "{", "3", "null", "{}", "{\"rows\": 3}", "{\"rows\": [1, null]}"})
            QTest::newRow(*text ? text : "nothing") << QByteArray(text);
    }
    void whatIsNoMatrixIsAnError()
    {
        QFETCH(QByteArray, text);
        Diagnostics notes;
        const ZoneMatrix matrix = ZoneMatrix::from(text.toStdString(), "m.json", notes);
        QVERIFY(
            std::ranges::any_of(notes.all(), [](const Diagnostic& note) { return note.severity == Severity::Error; }));
        QVERIFY(matrix.between("web", "app").allowed.empty());
    }

    void theBuiltInMatrixKeepsTheInternetFromDataAndWebFromData()
    {
        const ZoneMatrix& matrix = ZoneMatrix::builtIn();
        QCOMPARE(allowed(matrix, "internet", "data"), std::string("none"));
        QCOMPARE(matrix.between("internet", "data").severity, Risk::Critical);
        QCOMPARE(allowed(matrix, "web", "data"), std::string("none"));
        QCOMPARE(allowed(matrix, "app", "data"), std::string("any"));
        QCOMPARE(allowed(matrix, "web", "management"), std::string("none"));
    }
};

QTEST_APPLESS_MAIN(ZoneMatrixTest)
#include "tst_zone_matrix.moc"
