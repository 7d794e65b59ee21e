// SPDX-License-Identifier: GPL-3.0-or-later
#include "identity/escalation.h"
#include "identity/escalation_recipe.h"
#include "small_identities.h"

#include <QtTest>

using namespace glacis;

namespace {

const std::string account = "111122223333";

/// An estate in which a technique of the catalogue works, made from its row; or with one thing missing.
class Staged {
public:
    struct Lack {
        std::string right; ///< that nobody has; empty for none
        bool trust = false; ///< the role trusts another service
        bool denied = false;
    };

    Staged(const Technique& technique, Lack lack) : m_technique(technique), m_lack(std::move(lack))
    {
        for (const Need& need : technique.needs) {
            if (need.fact == "present" || need.fact == "exists")
                thing(Kind::Other, need.is, "arn:aws:some:eu-central-1:" + account + ":thing/there");
        }
        if (technique.gives == "runs_as") {
            makeRole("{'Service': 'lambda.amazonaws.com'}");
            return;
        }
        stageTarget();
        stageActor();
    }

    [[nodiscard]] bool works() const
    {
        const Estate estate = m_small.linked();
        const Access access(estate);
        Progress progress;
        const auto found = escalations(estate, access, progress);
        return std::ranges::any_of(found, [&](const Escalation& row) {
            return techniques()[row.technique].id == m_technique.id
                && (m_technique.gives == "runs_as" || estate.id(row.from) == m_actor);
        });
    }
    [[nodiscard]] bool isNearMiss() const
    {
        const Estate estate = m_small.linked();
        const Access access(estate);
        Progress progress;
        const auto missed = nearMisses(estate, access, progress);
        return std::ranges::any_of(missed, [&](const NearMiss& row) {
            return techniques()[row.technique].id == m_technique.id && row.blockedBy == "explicit deny"
                && !row.because.empty();
        });
    }
    void runsSomething()
    {
        thing(Kind::Function, "AWS::Lambda::Function", "arn:aws:lambda:eu-central-1:" + account + ":function:job");
        m_small.of("arn:aws:lambda:eu-central-1:" + account + ":function:job").to(EdgeKind::RunsAs, m_role);
    }

private:
    [[nodiscard]] std::string fact(std::string_view name, std::string_view on) const
    {
        for (const Need& need : m_technique.needs) {
            if (need.fact == name && need.on == on)
                return need.is.empty() ? "yes" : need.is;
        }
        return {};
    }
    [[nodiscard]] bool needsOn(std::string_view place) const
    {
        return std::ranges::any_of(m_technique.needs, [&](const Need& need) { return need.on == place; });
    }
    void thing(Kind kind, const std::string& type, const std::string& id)
    {
        m_small.m.thing(kind, Provider::Aws, type, id, m_small.scope, m_small.at);
    }
    void makeRole(const std::string& trust) { m_small.role("worker", trust); }

    void stageTarget()
    {
        const std::string service = m_lack.trust ? "rds.amazonaws.com" : fact("trusts", "target");
        const bool user = fact("kind", "target") == "user";
        if (!service.empty())
            makeRole("{'Service': '" + service + "'}");
        else if (!user)
            makeRole("{'AWS': 'arn:aws:iam::" + account + ":root'}");
        if (user) {
            m_small.user("bob");
            if (!fact("password", "target").empty() || !fact("no_password", "target").empty())
                m_small.with("console_password", !fact("password", "target").empty());
            if (!fact("two_keys", "target").empty())
                m_small.with("access_key_1", true).with("access_key_2", true);
        }
        if (needsOn("policy_of_target"))
            m_small.to(EdgeKind::HasPolicy, SmallIdentities::arn("policy/tools"))
                .managed("tools", policy("'Effect': 'Allow', 'Action': 's3:GetObject', 'Resource': '*'"));
        if (needsOn("group"))
            m_small.group("admins").may(allowAll);
        const std::string kind = fact("kind", "workload"), type = fact("type", "workload");
        if (!kind.empty() || !type.empty()) {
            const std::string id = "arn:aws:some:eu-central-1:" + account + ":thing/job";
            thing(kindNamed(kind).value_or(Kind::Other), type, id);
            m_small.of(id).to(EdgeKind::RunsAs, m_role);
        }
    }

    [[nodiscard]] std::string rights() const
    {
        std::string all;
        for (const Need& need : m_technique.needs) {
            if (!need.right.empty() && need.right != m_lack.right)
                all += (all.empty() ? "'" : ", '") + need.right + "'";
        }
        return "'Effect': 'Allow', 'Action': [" + all + "], 'Resource': '*'";
    }

    void stageActor()
    {
        const bool role = fact("kind", "self") == "role";
        m_actor = SmallIdentities::arn(role ? "role/actor" : "user/ann");
        if (role)
            m_small.role("actor", "{'Service': 'ec2.amazonaws.com'}");
        else
            m_small.user("ann");
        const bool bounded = !fact("bounded", "self").empty();
        m_small.may(bounded ? std::string(allowAll) : rights());
        if (m_lack.denied)
            m_small.may("'Effect': 'Deny', 'Action': '" + lastRight() + "', 'Resource': '*'");
        if (needsOn("own_policy"))
            m_small.to(EdgeKind::HasPolicy, SmallIdentities::arn("policy/mine"));
        if (needsOn("own_group"))
            m_small.to(EdgeKind::MemberOf, SmallIdentities::arn("group/staff")).group("staff");
        if (bounded)
            m_small.of(m_actor)
                .to(EdgeKind::BoundedBy, SmallIdentities::arn("policy/limit"))
                .managed("limit", policy(rights()));
        if (needsOn("own_policy"))
            m_small.managed("mine", policy("'Effect': 'Allow', 'Action': 's3:GetObject', 'Resource': '*'"));
    }

    [[nodiscard]] std::string lastRight() const
    {
        std::string last;
        for (const Need& need : m_technique.needs) {
            if (!need.right.empty())
                last = need.right;
        }
        return last;
    }

    const Technique& m_technique;
    Lack m_lack;
    SmallIdentities m_small;
    std::string m_role = SmallIdentities::arn("role/worker");
    std::string m_actor;
};

} // namespace

/// Each row of the catalogue is taken at its word: with all that it needs it is found, with one thing missing it is
/// not.
class TechniqueCatalogueTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theSearchKnowsEveryWord()
    {
        for (const std::string& fault : recipeFaults())
            QFAIL(fault.c_str());
    }

    void aTechniqueIsFoundAndItsNearMissesAreNot_data()
    {
        QTest::addColumn<int>("position");
        for (const Recipe& recipe : recipes())
            QTest::newRow(techniques()[recipe.technique].id.c_str()) << static_cast<int>(recipe.technique);
    }
    void aTechniqueIsFoundAndItsNearMissesAreNot()
    {
        QFETCH(int, position);
        const Technique& technique = techniques()[static_cast<std::size_t>(position)];
        if (technique.gives == "runs_as") {
            Staged staged(technique, {});
            QVERIFY(!staged.works());
            staged.runsSomething();
            QVERIFY(staged.works());
            return;
        }
        QVERIFY(Staged(technique, {}).works());
        for (const Need& need : technique.needs) {
            if (!need.right.empty())
                QVERIFY2(!Staged(technique, {need.right, false, false}).works(), need.right.c_str());
            if (need.fact == "trusts")
                QVERIFY(!Staged(technique, {{}, true, false}).works());
        }
        const Staged denied(technique, {{}, false, true});
        QVERIFY(!denied.works());
        QVERIFY(denied.isNearMiss());
    }
};

QTEST_APPLESS_MAIN(TechniqueCatalogueTest)
#include "tst_technique_catalogue.moc"
