// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/answers.h"
#include "document/task.h"
#include "document/what_if.h"
#include "import/import.h"
#include "session/analyses.h"
#include "session/source_texts.h"
#include "session/source_watch.h"

#include <QObject>
#include <QString>
#include <QStringList>
#include <QUndoStack>

#include <optional>

namespace glacis {

/// One document: reads it, links it, and lets the analyses follow one by one, all off the thread of the window. What
/// was open stays until the next has been read.
class Session : public QObject {
    Q_OBJECT
public:
    explicit Session(QObject* parent = nullptr);
    ~Session() override;

    [[nodiscard]] const Answers& answers() const { return m_answers; }
    [[nodiscard]] bool isOpen() const { return m_answers.estate != nullptr; }

    /// Cancels what runs and reads this. Ends in `opened`, `failed` or `partHeld`.
    void open(const Source& source);
    void close();
    /// Stops what runs. Of a reading, what was read so far is held until `keepPart` or `dropPart`; of the analyses,
    /// what has come stays.
    void cancel();
    void keepPart();
    void dropPart();
    /// Computes what a cancel left open.
    void resume();
    /// Reads the source again, beside what is shown: it stays until all answers have come, and what is tried out is
    /// laid over the new estate where its subject is still there. Done by itself when a file is saved.
    void readAgain();
    /// What stands now is what later saves are held against.
    void takeAsStart();
    [[nodiscard]] SourceWatch& watch() { return m_watch; }
    /// Judges the network by the user's word, from now on.
    void setPolicy(const NetworkPolicy& policy);

    /// Lays a change over what was imported, and computes everything again; what is shown stays until that is done.
    /// Ends in `answersChanged` or `trialFailed`. Undone through the undo stack.
    void tryOut(const Trial& trial);
    /// Takes one change back, whichever it is; that can be undone, too.
    void dropTrial(std::size_t at);
    void dropTrials();
    [[nodiscard]] QUndoStack& undoStack() { return m_undo; }

    [[nodiscard]] bool isReading() const { return m_reading.isRunning(); }
    [[nodiscard]] bool isBusy() const { return m_reading.isRunning() || m_analysing.isRunning(); }
    /// What runs now, its stage translated.
    [[nodiscard]] Progress::Snapshot progress() const;

Q_SIGNALS:
    /// Another document stands, with ledger and estate.
    void opened();
    /// A further answer has come, or was dropped.
    void answersChanged();
    void busyChanged();
    /// Nothing could be read; the document is as before.
    void failed(const glacis::Source& source, std::shared_ptr<const glacis::Ledger> ledger);
    /// The source was read again after a save; what is tried out and did not fit any more is named.
    void readAgainDone(const QStringList& droppedTrials);
    /// Reading was cancelled after so many files.
    void partHeld(int files);
    /// A change can't be tried out: one sentence that says why.
    void trialFailed(const QString& why);

private:
    struct Linked {
        std::shared_ptr<const Ledger> ledger;
        std::shared_ptr<const Estate> estate;
    };
    struct Part {
        Source source;
        Imported imported;
    };
    struct Again;

    void taken(const Source& source, SourceReading reading, bool cancelled);
    static Again readBeside(const Answers& imported, const std::vector<Trial>& wanted,
        const std::shared_ptr<const SourceTexts>& texts, Progress& progress);
    void takeAgain(Again again);
    void linkUp(const Source& source, Imported imported, bool partial);
    void analyse();
    void run(const char* name, Analysis::Put (*compute)(const Answers& known, Progress& progress));

    friend class TrialCommand;
    void tryNext();
    void layOut(const std::vector<Trial>& trials);
    void takeTried(Answers tried);
    void publish(Answers answers);
    void forgetUnshown();
    [[nodiscard]] const std::vector<Trial>& shownTrials() const;

    Answers m_answers;
    Task m_reading;
    Task m_analysing;
    QString m_stage; ///< of the analysis that runs
    std::optional<Part> m_part;

    SourceWatch m_watch;
    std::shared_ptr<const SourceTexts> m_texts; ///< of the document's files, as they last could be read
    int m_documents = 0; ///< opened so far
    int m_words = 0; ///< counts the user's words on the network
    bool m_beside = false; ///< what is being read is the document that is shown
    bool m_readAgain = false; ///< wanted as soon as nothing is computed

    QUndoStack m_undo;
    bool m_layingOut = false; ///< the undo stack is made anew
    int m_shownAt = 0; ///< index of the undo stack that made what is shown
    std::vector<Trial> m_wanted; ///< what is to be tried out; differs from what is shown while that is computed
    std::vector<Answers> m_tried; ///< what was shown before, newest last, so that undoing is instant
};

} // namespace glacis
