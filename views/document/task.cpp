// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/task.h"

#include <QMetaObject>
#include <QThreadPool>

#include <algorithm>

namespace glacis {

void TaskRun::finish()
{
    const std::scoped_lock lock(m_mutex);
    m_done = true;
    m_ended.notify_all();
}

void TaskRun::wait()
{
    std::unique_lock lock(m_mutex);
    m_ended.wait(lock, [this] { return m_done; });
}

Task::Task(QObject* parent) : QObject(parent) { }

Task::~Task()
{
    abandon();
    // The thread posts to this object until it has finished, so it must not outlive us.
    for (const auto& run : m_older)
        run->wait();
}

Progress::Snapshot Task::progress() const
{
    return m_run ? m_run->progress.snapshot() : Progress::Snapshot{};
}

void Task::cancel()
{
    if (!m_run)
        return;
    if (m_keepsPart) {
        m_run->cancel();
        return;
    }
    abandon();
    Q_EMIT runningChanged();
}

void Task::abandon()
{
    if (!m_run)
        return;
    m_run->cancel();
    m_older.push_back(std::move(m_run));
    m_run.reset();
}

void Task::start(Body body)
{
    const bool wasRunning = isRunning();
    abandon();
    m_run = std::make_shared<TaskRun>();
    QThreadPool::globalInstance()->start([this, run = m_run, body = std::move(body)] {
        Deliver deliver = body(*run);
        // Posted before finish(): the destructor waits for it, and Qt drops what is posted to an object that dies.
        QMetaObject::invokeMethod(
            this, [this, run, deliver = std::move(deliver)] { arrived(run, deliver); }, Qt::QueuedConnection);
        run->finish();
    });
    if (!wasRunning)
        Q_EMIT runningChanged();
}

void Task::arrived(const std::shared_ptr<TaskRun>& run, const Deliver& deliver)
{
    if (run != m_run) {
        std::erase(m_older, run);
        return;
    }
    m_run.reset();
    // The owner may ask for the next job in here, so that it is never told that nothing runs between two of a chain.
    deliver(run->cancelled());
    if (!isRunning())
        Q_EMIT runningChanged();
}

} // namespace glacis
