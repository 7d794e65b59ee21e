// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/session.h"

#include "estate/link.h"
#include "import/all/readers.h"

#include <QCoreApplication>

#include <algorithm>

namespace glacis {

Session::Session(QObject* parent) : QObject(parent)
{
    connect(&m_reading, &Task::runningChanged, this, &Session::busyChanged);
    connect(&m_analysing, &Task::runningChanged, this, &Session::busyChanged);
    connect(&m_undo, &QUndoStack::indexChanged, this, &Session::tryNext);
    connect(&m_watch, &SourceWatch::changed, this, &Session::readAgain);
    // Not in the middle of what ended: what comes next may have been started by then.
    connect(
        this, &Session::busyChanged, this,
        [this] {
            if (m_readAgain && !isBusy())
                readAgain();
        },
        Qt::QueuedConnection);
}

Session::~Session()
{
    // It clears itself when it dies: that is no wish, and who would listen may be half gone.
    m_undo.disconnect();
}

void Session::open(const Source& source)
{
    m_part.reset();
    m_readAgain = m_beside = false;
    // From before the first file is read, so that no save is missed.
    m_watch.watch(source.paths);
    m_reading.setKeepsPart(true);
    m_reading.run(
        [source](Progress& progress) {
            return source.sample.empty() ? readSource(source, nullptr, progress)
                                         : SourceReading{importSample(source.sample, readers(), progress), {}, {}};
        },
        [this, source](SourceReading reading, bool cancelled) { taken(source, std::move(reading), cancelled); });
}

void Session::taken(const Source& source, SourceReading reading, bool cancelled)
{
    Imported& imported = reading.imported;
    if (cancelled || !imported.ledger.anythingRead())
        m_watch.watch(m_answers.source.paths);
    if (cancelled) {
        const auto files = static_cast<int>(imported.ledger.rows.size());
        const bool worthKeeping = imported.ledger.anythingRead();
        if (worthKeeping)
            m_part = Part{source, std::move(imported)};
        Q_EMIT partHeld(worthKeeping ? files : 0);
        return;
    }
    if (!imported.ledger.anythingRead()) {
        Q_EMIT failed(source, std::make_shared<const Ledger>(std::move(imported.ledger)));
        return;
    }
    m_texts = std::move(reading.texts);
    linkUp(source, std::move(imported), false);
}

void Session::linkUp(const Source& source, Imported imported, bool partial)
{
    m_reading.setKeepsPart(false);
    // A job is copied into the pool's function, an inventory is not to be.
    auto held = std::make_shared<Imported>(std::move(imported));
    m_reading.run(
        [held](Progress& progress) {
            progress.begin("Linking", 0);
            auto ledger = std::make_shared<const Ledger>(std::move(held->ledger));
            auto estate = std::make_shared<const Estate>(link(std::move(held->inventory), progress));
            return Linked{std::move(ledger), std::move(estate)};
        },
        [this, source, partial](const Linked& linked, bool cancelled) {
            if (cancelled)
                return;
            m_analysing.cancel();
            m_answers = {};
            m_wanted.clear();
            m_tried.clear();
            m_undo.clear();
            m_shownAt = 0;
            m_answers.source = source;
            m_answers.document = ++m_documents;
            m_answers.partial = partial;
            m_answers.ledger = linked.ledger;
            m_answers.estate = linked.estate;
            m_answers.busy = true;
            Q_EMIT opened();
            Q_EMIT answersChanged();
            analyse();
        });
}

void Session::analyse()
{
    const auto all = analyses();
    const auto next =
        std::find_if(all.begin(), all.end(), [this](const Analysis& one) { return !one.isThere(m_answers); });
    m_answers.busy = next != all.end();
    if (next == all.end()) {
        Q_EMIT answersChanged();
        tryNext();
        return;
    }
    run(next->name, next->compute);
}

void Session::run(const char* name, Analysis::Put (*compute)(const Answers& known, Progress& progress))
{
    m_stage = QCoreApplication::translate("Analysis", name);
    m_analysing.run([known = m_answers, compute](Progress& progress) { return compute(known, progress); },
        [this](const Analysis::Put& put, bool cancelled) {
            if (cancelled || !put)
                return;
            put(m_answers);
            Q_EMIT answersChanged();
            analyse();
        });
}

void Session::resume()
{
    if (isOpen() && !isBusy())
        analyse();
}

void Session::setPolicy(const NetworkPolicy& policy)
{
    // What was tried out was judged by the word before, and so was what it is held against.
    m_tried.clear();
    m_answers = Answers(asImported(m_answers));
    m_answers.policy = policy;
    ++m_words;
    if (!isOpen())
        return;
    // What was judged stays to be seen until the new judgement comes; what runs is taken up again after it.
    m_analysing.cancel();
    m_answers.busy = true;
    run(QT_TRANSLATE_NOOP("Analysis", "Judging connections"), computeJudgement);
}

void Session::cancel()
{
    if (m_reading.isRunning()) {
        m_beside = false;
        m_reading.cancel();
    } else if (m_analysing.isRunning()) {
        m_analysing.cancel();
        forgetUnshown();
        m_answers.busy = false;
        Q_EMIT answersChanged();
    }
}

void Session::keepPart()
{
    if (!m_part)
        return;
    Part part = std::move(*m_part);
    m_part.reset();
    linkUp(part.source, std::move(part.imported), true);
}

void Session::dropPart()
{
    m_part.reset();
}

void Session::close()
{
    m_part.reset();
    m_texts.reset();
    m_readAgain = m_beside = false;
    m_watch.watch({});
    m_reading.setKeepsPart(false);
    m_reading.cancel();
    m_analysing.cancel();
    m_answers = {};
    m_wanted.clear();
    m_tried.clear();
    m_undo.clear();
    Q_EMIT answersChanged();
}

Progress::Snapshot Session::progress() const
{
    if (m_reading.isRunning()) {
        Progress::Snapshot now = m_reading.progress();
        now.stage = (now.stage == "Linking" ? tr("Linking") : tr("Reading")).toStdString();
        return now;
    }
    Progress::Snapshot now = m_analysing.progress();
    now.stage = m_stage.toStdString();
    return now;
}

} // namespace glacis
