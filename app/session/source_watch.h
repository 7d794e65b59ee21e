// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/task.h"

#include <QBasicTimer>
#include <QFileSystemWatcher>

#include <cstdint>
#include <filesystem>
#include <vector>

namespace glacis {

/// Tells when the files of a source were saved: by the system's word, and by looking every few seconds where that word
/// does not come (network drives, more folders than the system watches). Editors that replace a file by another, new
/// and removed files count; what happens in quick succession is told once, when it is over. Looking is done off the
/// thread of the window.
class SourceWatch : public QObject {
    Q_OBJECT
public:
    explicit SourceWatch(QObject* parent = nullptr);

    /// Nothing: stops.
    void watch(const std::vector<std::filesystem::path>& inputs);
    /// Milliseconds from the last sign to the look, and between looks without a sign.
    void setPace(int quiet, int look);

Q_SIGNALS:
    void changed();

protected:
    void timerEvent(QTimerEvent* event) override;

private:
    /// What is there, and what to ask the system about.
    struct Look {
        std::uint64_t print = 0; ///< of names, sizes and times
        QStringList watched;
    };
    static Look lookAt(const std::vector<std::filesystem::path>& inputs, Progress& progress);
    void look();
    void take(const Look& now);

    std::vector<std::filesystem::path> m_inputs;
    QFileSystemWatcher m_system;
    Task m_task;
    QBasicTimer m_quiet;
    QBasicTimer m_every;
    int m_quietFor = 250;
    int m_lookEvery = 3000;
    std::uint64_t m_print = 0;
    bool m_known = false; ///< there was a first look
    bool m_again = false; ///< there was a sign while looking
};

} // namespace glacis
