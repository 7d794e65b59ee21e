// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/session.h"

#include <QSignalSpy>
#include <QtTest>

using namespace glacis;

namespace {

class Tried {
public:
    Tried()
    {
        Source source;
        source.sample = "three-tier";
        session.open(source);
    }
    bool settled()
    {
        QSignalSpy busy(&session, &Session::busyChanged);
        while (session.isBusy()) {
            if (!busy.wait(60000))
                return false;
        }
        return true;
    }
    const Answers& answers() { return session.answers(); }
    /// The step by which ci-deployer becomes lambda-admin.
    const AttackStep* passesARole()
    {
        for (const AttackPath& path : answers().paths->paths) {
            for (const AttackStep& step : path.steps) {
                if (answers().estate->name(step.from) == "ci-deployer" && step.kind == StepKind::Escalate)
                    return &step;
            }
        }
        return nullptr;
    }
    bool cut()
    {
        session.tryOut(trialThatCuts(*answers().estate, *passesARole()));
        return settled();
    }

    Session session;
};

} // namespace

class TrialsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aCutStepIsGoneAndWhatItCostIsCounted()
    {
        Tried tried;
        QVERIFY(tried.settled());
        const std::size_t before = tried.answers().paths->ways.size();
        QVERIFY(tried.passesARole());
        QVERIFY(tried.cut());
        QVERIFY(tried.answers().whatIf);
        QVERIFY(!tried.passesARole());
        const ChangeEffect& effect = tried.answers().whatIf->effects.front();
        QVERIFY(effect.paths.gone > 0);
        QCOMPARE(effect.paths.came, 0);
        QCOMPARE(tried.answers().paths->ways.size() + static_cast<std::size_t>(effect.paths.gone), before);
        QCOMPARE(tried.answers().whatIf->total, effect);
    }

    void undoAndRedoAreInstant()
    {
        Tried tried;
        QVERIFY(tried.settled());
        const auto imported = tried.answers().estate;
        QVERIFY(tried.cut());
        const auto changed = tried.answers().estate;
        QVERIFY(changed != imported);
        tried.session.undoStack().undo();
        QVERIFY(!tried.session.isBusy());
        QCOMPARE(tried.answers().estate, imported);
        QVERIFY(!tried.answers().whatIf);
        tried.session.undoStack().redo();
        QVERIFY(!tried.session.isBusy());
        QCOMPARE(tried.answers().estate, changed);
    }

    void aChangeInTheMiddleIsTakenBackAlone()
    {
        Tried tried;
        QVERIFY(tried.settled());
        QVERIFY(tried.cut());
        const AttackStep second = tried.answers().paths->paths.front().steps.front();
        tried.session.tryOut(trialThatCuts(*tried.answers().estate, second));
        QVERIFY(tried.settled());
        QCOMPARE(tried.answers().whatIf->trials.size(), std::size_t{2});
        tried.session.dropTrial(0);
        QVERIFY(tried.settled());
        QCOMPARE(tried.answers().whatIf->trials.size(), std::size_t{1});
        QVERIFY(tried.passesARole());
        tried.session.dropTrials();
        QVERIFY(!tried.answers().whatIf);
    }

    void cancelledItIsAsIfItHadNotBeenTried()
    {
        Tried tried;
        QVERIFY(tried.settled());
        tried.session.tryOut(trialThatCuts(*tried.answers().estate, *tried.passesARole()));
        QVERIFY(tried.session.isBusy());
        tried.session.cancel();
        QVERIFY(!tried.session.isBusy());
        QVERIFY(!tried.answers().whatIf);
        QVERIFY(!tried.session.undoStack().canUndo());
    }

    void whatFollowsFromNoSingleFactCannotBeCut()
    {
        Tried tried;
        QVERIFY(tried.settled());
        QSignalSpy failed(&tried.session, &Session::trialFailed);
        tried.session.tryOut({QStringLiteral("nothing"), {}, nullptr});
        QCOMPARE(failed.count(), 1);
        QVERIFY(!tried.session.undoStack().canUndo());
    }
};

QTEST_MAIN(TrialsTest)
#include "tst_trials.moc"
