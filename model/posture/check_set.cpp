// SPDX-License-Identifier: GPL-3.0-or-later
#include "posture/check_set.h"

#include "catalog/schema.h"
#include "core/json.h"

#include <algorithm>
#include <cassert>

namespace glacis {

namespace {

std::optional<EdgeKind> edgeNamed(std::string_view text)
{
    for (std::size_t i = 0; i < static_cast<std::size_t>(EdgeKind::Count); ++i) {
        if (name(static_cast<EdgeKind>(i)) == text)
            return static_cast<EdgeKind>(i);
    }
    return std::nullopt;
}

Provider providerNamed(std::string_view name)
{
    if (name == "aws")
        return Provider::Aws;
    return name == "azure" ? Provider::Azure : Provider::Gcp;
}

struct Operation {
    std::string_view keyword;
    CheckTest::Op op;
    std::string_view operand; ///< member that must stand beside it; empty: none
};
constexpr Operation operations[] = {{"all", CheckTest::Op::All, ""}, {"any", CheckTest::Op::Any, ""},
    {"not", CheckTest::Op::Not, ""}, {"flag", CheckTest::Op::Flag, "is"}, {"word", CheckTest::Op::Word, "in"},
    {"number", CheckTest::Op::AtLeast, "atLeast"}, {"age", CheckTest::Op::AtMostDays, "atMostDays"},
    {"edge", CheckTest::Op::Edge, "direction"}, {"holds", CheckTest::Op::Holds, ""}};

class CheckReader {
public:
    CheckReader(const Catalog& catalog, std::vector<SchemaFault>& faults) : m_catalog(catalog), m_faults(faults) { }

    Check read(const Json& row, const std::string& pointer)
    {
        Check check{std::string(textOf(row, "id")), std::string(textOf(row, "title")),
            std::string(textOf(row, "fails")), {}, {}, std::string(textOf(row, "layer")),
            riskNamed(textOf(row, "severity")).value_or(Risk::Medium), {}, {}, std::string(textOf(row, "why")),
            std::string(textOf(row, "fix")), std::string(textOf(member(row, "source"), "title")),
            std::string(textOf(member(row, "source"), "publisher"))};
        for (const Json& kind : arrayOf(row, "kinds")) {
            if (const auto known = readKind(asText(kind), pointer))
                check.kinds.push_back(*known);
        }
        for (const Json& provider : arrayOf(row, "providers"))
            check.providers.push_back(providerNamed(asText(provider)));
        if (row.contains("when"))
            check.when = readTest(row["when"], check.kinds, pointer + "/when");
        check.test = readTest(member(row, "test"), check.kinds, pointer + "/test");
        return check;
    }

private:
    void fault(const std::string& pointer, std::string sentence) { m_faults.push_back({pointer, std::move(sentence)}); }

    std::optional<Kind> readKind(std::string_view text, const std::string& pointer)
    {
        const auto kind = kindNamed(text);
        if (!kind)
            fault(pointer, std::string(text) + " is no kind");
        return kind;
    }

    const Operation* operationOf(const Json& json, const std::string& pointer)
    {
        const Operation* found = nullptr;
        for (const Operation& operation : operations) {
            if (!json.contains(operation.keyword))
                continue;
            if (found)
                fault(pointer, "says two things at once");
            found = &operation;
        }
        if (!found)
            fault(pointer, "says nothing");
        else if (!found->operand.empty() && !json.contains(found->operand))
            fault(pointer, "lacks \"" + std::string(found->operand) + '"');
        return found;
    }

    CheckTest readTest(const Json& json, const std::vector<Kind>& kinds, const std::string& pointer)
    {
        CheckTest test;
        const Operation* operation = operationOf(json, pointer);
        if (!operation)
            return test;
        test.op = operation->op;
        switch (test.op) {
        case CheckTest::Op::All:
        case CheckTest::Op::Any:
            for (const Json& part : json[operation->keyword])
                test.parts.push_back(readTest(part, kinds, pointer + '/' + std::string(operation->keyword)));
            break;
        case CheckTest::Op::Not:
            test.parts.push_back(readTest(json["not"], kinds, pointer + "/not"));
            break;
        case CheckTest::Op::Edge:
            readEdge(test, json, pointer);
            break;
        case CheckTest::Op::Holds:
            test.kind = readKind(textOf(json, "holds"), pointer).value_or(Kind::Other);
            readWhere(test, json, pointer);
            break;
        default:
            readSetting(test, json, *operation, kinds, pointer);
        }
        return test;
    }

    void readEdge(CheckTest& test, const Json& json, const std::string& pointer)
    {
        const auto edge = edgeNamed(textOf(json, "edge"));
        if (!edge)
            return fault(pointer, std::string(textOf(json, "edge")) + " is no sort of edge");
        test.edge = *edge;
        test.inward = textOf(json, "direction") == "in";
        if (json.contains("kind"))
            test.kind = readKind(textOf(json, "kind"), pointer).value_or(Kind::Other);
        if (test.inward && test.kind == Kind::Other)
            fault(pointer, "needs the kind of thing that would point here, to know which export lists them");
        readWhere(test, json, pointer);
    }

    void readWhere(CheckTest& test, const Json& json, const std::string& pointer)
    {
        if (json.contains("where"))
            test.parts.push_back(readTest(json["where"], {test.kind}, pointer + "/where"));
    }

    void readSetting(CheckTest& test, const Json& json, const Operation& operation, const std::vector<Kind>& kinds,
        const std::string& pointer)
    {
        test.key = textOf(json, operation.keyword);
        test.wanted = boolOf(json, "is").value_or(true);
        test.words = textsOf(json, "in");
        test.bound = numberOf(json, operation.operand).value_or(0);
        const std::string_view on = textOf(json, "on");
        test.on = on == "account" ? CheckTest::On::Account
            : on == "region"      ? CheckTest::On::Region
                                  : CheckTest::On::Self;
        const std::vector<Kind> asked = test.on == CheckTest::On::Account ? std::vector{Kind::Account}
            : test.on == CheckTest::On::Region                            ? std::vector{Kind::Region}
                                                                          : kinds;
        for (const Kind kind : asked) {
            if (!m_catalog.setting(test.key, kind))
                fault(pointer,
                    "asks for \"" + test.key + "\", which the catalogue lacks for " + std::string(info(kind).name));
        }
    }

    const Catalog& m_catalog;
    std::vector<SchemaFault>& m_faults;
};

} // namespace

bool Check::appliesTo(Provider provider) const
{
    return providers.empty() || std::find(providers.begin(), providers.end(), provider) != providers.end();
}

const CheckSet& CheckSet::builtIn()
{
    static const CheckSet checks = [] {
        Table table = loadTable("checks/basic.json", "checks/schema.json", "checks");
        assert(table.faults.empty());
        CheckSet read = from(table.json, Catalog::builtIn(), table.faults);
        assert(table.faults.empty());
        return read;
    }();
    return checks;
}

CheckSet CheckSet::from(const Json& table, const Catalog& catalog, std::vector<SchemaFault>& faults)
{
    CheckSet set;
    CheckReader reader(catalog, faults);
    const Json& rows = arrayOf(table, "checks");
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const std::string pointer = pointerTo("/checks", i);
        if (set.named(textOf(rows[i], "id")))
            faults.push_back({pointer, "stands there twice"});
        set.checks.push_back(reader.read(rows[i], pointer));
    }
    return set;
}

const Check* CheckSet::named(std::string_view id) const
{
    const auto found = std::find_if(checks.begin(), checks.end(), [&](const Check& check) { return check.id == id; });
    return found == checks.end() ? nullptr : &*found;
}

} // namespace glacis
