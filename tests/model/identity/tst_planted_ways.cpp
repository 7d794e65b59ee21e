// SPDX-License-Identifier: GPL-3.0-or-later
#include "../import/written_folder.h"

#include "core/json.h"
#include "identity/escalation.h"

#include <QProcess>
#include <QtTest>

#include <algorithm>
#include <map>
#include <set>
#include <string>

using namespace glacis;

namespace {

const std::string account = "111122223333";

/// Which techniques a planted kind is found as, by a user or a role.
const std::map<std::string, std::set<std::string>, std::less<>>& techniquesOf()
{
    static const std::map<std::string, std::set<std::string>, std::less<>> all = {
        {"PutSelf", {"aws-put-user-policy", "aws-put-role-policy"}},
        {"AttachSelf", {"aws-attach-user-policy", "aws-attach-role-policy"}},
        {"CreatePolicyVersion", {"aws-create-policy-version"}}, {"AddUserToGroup", {"aws-add-user-to-group"}},
        {"CreateAccessKey", {"aws-create-access-key"}}, {"UpdateLoginProfile", {"aws-update-login-profile"}},
        {"UpdateAssumeRolePolicy", {"aws-update-trust"}}, {"PassRole+ec2", {"aws-passrole-ec2"}},
        {"PassRole+lambda", {"aws-passrole-lambda-invoke"}}, {"PassRole+ecs", {"aws-passrole-ecs-run"}},
        {"PassRole+codebuild", {"aws-passrole-codebuild"}}, {"PassRole+glue", {"aws-passrole-glue-endpoint"}},
        {"PassRole+cloudformation", {"aws-passrole-cloudformation"}}, {"AssumeAdmin", {"aws-assume-role"}},
        {"TwoHop", {"aws-assume-role"}}};
    return all;
}

/// An account with planted ways, decoys, and a list of both, made by a generator that is not part of the project.
struct Planted {
    WrittenFolder folder;
    Json truth;
};

bool make(Planted& planted, int principals, int seed)
{
    const QString out = QString::fromStdString((planted.folder.path() / "authorization.json").string());
    QTemporaryDir beside;
    const QString truth = beside.filePath(QStringLiteral("truth.json"));
    QProcess process;
    process.start(QStringLiteral("python3"),
        {QStringLiteral(GLACIS_SOURCE_DIR "/../shared/tools/gen_authz.py"), QStringLiteral("--principals"),
            QString::number(principals), QStringLiteral("--seed"), QString::number(seed), QStringLiteral("--out"), out,
            QStringLiteral("--truth"), truth});
    if (!process.waitForFinished(120000) || process.exitCode() != 0)
        return false;
    QFile file(truth);
    if (!file.open(QIODevice::ReadOnly))
        return false;
    const auto read = parseJson(file.readAll().toStdString());
    planted.truth = read.value_or(Json());
    return read.has_value();
}

} // namespace

/// All that was planted in an account is found, and nothing else is called an escalation.
class PlantedWaysTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        if (!QFile::exists(QStringLiteral(GLACIS_SOURCE_DIR "/../shared/tools/gen_authz.py")))
            QSKIP("The generator is not part of the project.");
    }

    void everyPlantIsFoundAndNothingElse_data()
    {
        QTest::addColumn<int>("principals");
        QTest::addColumn<int>("seed");
        for (const int principals : {100, 1000}) {
            for (const int seed : {1, 7, 11, 23, 42})
                QTest::addRow("%d principals, seed %d", principals, seed) << principals << seed;
        }
    }
    void everyPlantIsFoundAndNothingElse()
    {
        QFETCH(int, principals);
        QFETCH(int, seed);
        Planted planted;
        QVERIFY(make(planted, principals, seed));
        const Estate estate = planted.folder.estate();
        const Access access(estate);
        Progress progress;
        const std::vector<Escalation> ways = escalations(estate, access, progress);
        std::set<NodeId> planters;
        for (const Json& plant : arrayOf(planted.truth, "planted"))
            planters.insert(found(estate, ways, plant));
        for (const Escalation& way : ways) {
            const std::string& id = techniques()[way.technique].id;
            if (id != "aws-assume-role")
                QVERIFY2(planters.count(way.from) > 0,
                    (std::string(estate.id(way.from)) + " to " + std::string(estate.id(way.to)) + " by " + id).c_str());
        }
        QVERIFY(!arrayOf(planted.truth, "decoys").empty());
        for (const Json& decoy : arrayOf(planted.truth, "decoys"))
            QVERIFY2(planters.count(estate.find(textOf(decoy, "principal")).value()) == 0, "a decoy is no plant");
    }

    /// The statements of ordinary principals let many assume roles that trust their account. Each of these, and no
    /// other, is what asking for the two alone says.
    void whoMayAssumeWhichRoleIsWhatEachPairSays()
    {
        Planted planted;
        QVERIFY(make(planted, 300, 7));
        const Estate estate = planted.folder.estate();
        const Access access(estate);
        Progress progress;
        std::set<std::pair<NodeId, NodeId>> bySearch, byPairs;
        for (const Escalation& way : escalations(estate, access, progress)) {
            if (techniques()[way.technique].id == "aws-assume-role" && !estate.node(way.from).outside)
                bySearch.emplace(way.from, way.to);
        }
        std::set<NodeId> administrators;
        for (const auto& [who, decision] : access.administrators())
            administrators.insert(who);
        for (const Kind kind : {Kind::User, Kind::Role}) {
            for (const NodeId from : estate.ofKind(kind)) {
                for (const NodeId to : estate.ofKind(Kind::Role)) {
                    const bool gains = from != to && administrators.count(from) == 0 && !estate.node(from).outside;
                    if (gains && access.mayAssume(from, to).possible())
                        byPairs.emplace(from, to);
                }
            }
        }
        QVERIFY(!byPairs.empty());
        QVERIFY(bySearch == byPairs);
    }

private:
    /// The principal of a plant whose way was found as its kind, to its target.
    static NodeId found(const Estate& estate, const std::vector<Escalation>& ways, const Json& plant)
    {
        const NodeId from = estate.find(textOf(plant, "principal")).value();
        const std::string_view kind = textOf(plant, "kind");
        const auto wanted = techniquesOf().find(kind);
        // Its own rights and policies, and those of a group, lead to the account.
        const bool direct = kind.starts_with("PassRole") || kind == "CreateAccessKey" || kind == "UpdateLoginProfile"
            || kind == "UpdateAssumeRolePolicy" || kind == "AssumeAdmin";
        const std::string to = direct ? std::string(textOf(plant, "target")) : account;
        const auto way = std::ranges::find_if(ways, [&](const Escalation& one) {
            return one.from == from && wanted != techniquesOf().end()
                && wanted->second.count(techniques()[one.technique].id) > 0
                && (kind == "TwoHop" || estate.id(one.to) == to);
        });
        if (way == ways.end())
            qWarning() << "not found:" << QString::fromStdString(plant.dump());
        const bool denies = boolOf(plant, "conditional_deny").value_or(true);
        const bool hasPassword = boolOf(plant, "target_has_login_profile").value_or(true);
        if (way == ways.end()
            || (!denies && hasPassword && kind != "TwoHop" && way->decision.verdict != Verdict::Allowed)) {
            QTest::qFail(("Not found as it was planted: " + plant.dump()).c_str(), __FILE__, __LINE__);
            return noNode;
        }
        if (kind == "TwoHop")
            secondHop(estate, ways, from, textOf(plant, "target"));
        return from;
    }
    /// Some role that is assumed on the way leads on to the target.
    static void secondHop(
        const Estate& estate, const std::vector<Escalation>& ways, NodeId from, std::string_view target)
    {
        const bool leads = std::ranges::any_of(ways, [&](const Escalation& first) {
            return first.from == from && std::ranges::any_of(ways, [&](const Escalation& second) {
                return second.from == first.to && estate.id(second.to) == target;
            });
        });
        if (!leads)
            QTest::qFail("The second hop was not found.", __FILE__, __LINE__);
    }
};

QTEST_APPLESS_MAIN(PlantedWaysTest)
#include "tst_planted_ways.moc"
