// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/answers.h"
#include "document/task.h"
#include "import/import.h"
#include "session/analyses.h"

#include <QObject>
#include <QString>

#include <optional>

namespace glacis {

/// One document: reads it, links it, and lets the analyses follow one by one, all off the thread of the window. What
/// was open stays until the next has been read.
class Session : public QObject {
    Q_OBJECT
public:
    explicit Session(QObject* parent = nullptr);

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
    /// Judges the network by the user's word, from now on.
    void setPolicy(const NetworkPolicy& policy);

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
    /// Reading was cancelled after so many files.
    void partHeld(int files);

private:
    struct Linked {
        std::shared_ptr<const Ledger> ledger;
        std::shared_ptr<const Estate> estate;
    };
    struct Part {
        Source source;
        Imported imported;
    };

    void taken(const Source& source, Imported imported, bool cancelled);
    void linkUp(const Source& source, Imported imported, bool partial);
    void analyse();
    void run(const char* name, Analysis::Put (*compute)(const Answers& known, Progress& progress));

    Answers m_answers;
    Task m_reading;
    Task m_analysing;
    QString m_stage; ///< of the analysis that runs
    std::optional<Part> m_part;
};

} // namespace glacis
