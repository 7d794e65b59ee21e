// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/source_watch.h"

#include "core/fingerprint.h"

#include <QSet>
#include <QTimerEvent>

#include <algorithm>
#include <chrono>

namespace glacis {

namespace fs = std::filesystem;

namespace {

constexpr int mostWatched = 2000; ///< systems watch some thousands for a user; the rest is found by looking
constexpr std::size_t mostSeen = 200000;

/// Folders that tools keep for themselves: what is saved there is no design.
bool isTools(const fs::path& folder)
{
    const std::string name = folder.filename().string();
    return name == ".git" || name == "node_modules" || name == ".terraform";
}

std::string printOf(const fs::path& file)
{
    std::error_code error;
    const auto size = fs::file_size(file, error);
    const auto time = fs::last_write_time(file, error);
    return file.string() + ' ' + std::to_string(size) + ' ' + std::to_string(time.time_since_epoch().count());
}

} // namespace

SourceWatch::SourceWatch(QObject* parent) : QObject(parent)
{
    const auto sign = [this] { m_quiet.start(m_quietFor, this); };
    connect(&m_system, &QFileSystemWatcher::fileChanged, this, sign);
    connect(&m_system, &QFileSystemWatcher::directoryChanged, this, sign);
}

void SourceWatch::setPace(int quiet, int look)
{
    m_quietFor = quiet;
    m_lookEvery = look;
}

void SourceWatch::watch(const std::vector<fs::path>& inputs)
{
    m_task.cancel();
    m_quiet.stop();
    m_every.stop();
    m_known = m_again = false;
    m_inputs = inputs;
    if (const QStringList old = m_system.files() + m_system.directories(); !old.isEmpty())
        m_system.removePaths(old);
    if (!m_inputs.empty())
        look();
}

SourceWatch::Look SourceWatch::lookAt(const std::vector<fs::path>& inputs, Progress& progress)
{
    Look seen;
    std::vector<std::string> prints;
    const auto addWatched = [&](const fs::path& path) {
        if (seen.watched.size() < mostWatched)
            seen.watched << QString::fromStdString(path.string());
    };
    for (const fs::path& input : inputs) {
        std::error_code error;
        addWatched(input);
        if (!fs::is_directory(input, error)) {
            // A file that is replaced is seen in its folder.
            addWatched(input.parent_path());
            prints.push_back(printOf(input));
            continue;
        }
        fs::recursive_directory_iterator at(input, fs::directory_options::skip_permission_denied, error);
        for (const fs::recursive_directory_iterator end; !error && at != end; at.increment(error)) {
            if (progress.cancelled() || prints.size() > mostSeen)
                return seen;
            if (at->is_directory(error)) {
                if (isTools(at->path()))
                    at.disable_recursion_pending();
                else
                    addWatched(at->path());
                continue;
            }
            addWatched(at->path());
            prints.push_back(printOf(at->path()));
        }
    }
    std::ranges::sort(prints);
    Fingerprint print;
    for (const std::string& one : prints)
        print.add(one);
    seen.print = print.value();
    return seen;
}

void SourceWatch::look()
{
    m_quiet.stop();
    if (m_task.isRunning()) {
        m_again = true;
        return;
    }
    m_task.run([inputs = m_inputs](Progress& progress) { return lookAt(inputs, progress); },
        [this](const Look& now, bool cancelled) {
            if (!cancelled)
                take(now);
        });
}

void SourceWatch::take(const Look& now)
{
    // A file that was replaced by another of its name is no longer watched.
    const QStringList old = m_system.files() + m_system.directories();
    const QSet<QString> known(old.begin(), old.end());
    QStringList fresh;
    for (const QString& path : now.watched) {
        if (!known.contains(path))
            fresh << path;
    }
    if (!fresh.isEmpty())
        m_system.addPaths(fresh);
    const bool differs = m_known && now.print != m_print;
    m_known = true;
    m_print = now.print;
    m_every.start(m_lookEvery, this);
    if (std::exchange(m_again, false))
        m_quiet.start(m_quietFor, this);
    if (differs)
        Q_EMIT changed();
}

void SourceWatch::timerEvent(QTimerEvent* event)
{
    if (event->timerId() == m_quiet.timerId() || event->timerId() == m_every.timerId())
        look();
    else
        QObject::timerEvent(event);
}

} // namespace glacis
