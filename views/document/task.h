// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/progress.h"

#include <QObject>

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <stop_token>
#include <utility>
#include <vector>

namespace glacis {

/// What a job's owner and its thread share; outlives both.
class TaskRun {
public:
    TaskRun() : progress(m_stop.get_token()) { }

    void cancel() { m_stop.request_stop(); }
    [[nodiscard]] bool cancelled() const { return m_stop.stop_requested(); }
    void finish();
    void wait();

private:
    std::stop_source m_stop;
    std::mutex m_mutex;
    std::condition_variable m_ended;
    bool m_done = false;

public:
    Progress progress;
};

/// One long job at a time, off the thread of the window. A newer request cancels the older and makes its result stale;
/// the destructor cancels and waits. A result of a cancelled job is handed over too when `keepsPart` says that what was
/// done so far is worth having.
///
/// Not built on QFuture::then(context, …): in Qt 6.4 that asserts when the context dies first.
class Task : public QObject {
    Q_OBJECT
public:
    explicit Task(QObject* parent = nullptr);
    ~Task() override;

    [[nodiscard]] bool isRunning() const { return m_run != nullptr; }
    /// What the running job says of itself; empty when none runs.
    [[nodiscard]] Progress::Snapshot progress() const;
    /// Asks the job to stop; it is over for the owner at once unless its part is to be kept.
    void cancel();
    void setKeepsPart(bool keeps) { m_keepsPart = keeps; }

    /// Runs `work(Progress&)` on a pool thread, and `take(result, cancelled)` on this one when it is done.
    template <class Work, class Take> void run(Work work, Take take)
    {
        using Result = std::invoke_result_t<Work, Progress&>;
        start([work = std::move(work), take = std::move(take)](TaskRun& current) mutable -> Deliver {
            auto result = std::make_shared<Result>(work(current.progress));
            return [result, take = std::move(take)](bool cancelled) mutable { take(std::move(*result), cancelled); };
        });
    }

Q_SIGNALS:
    void runningChanged();

private:
    using Deliver = std::function<void(bool cancelled)>;
    using Body = std::function<Deliver(TaskRun&)>;

    void start(Body body);
    void arrived(const std::shared_ptr<TaskRun>& run, const Deliver& deliver);
    void abandon();

    std::shared_ptr<TaskRun> m_run; ///< the newest request
    std::vector<std::shared_ptr<TaskRun>> m_older; ///< cancelled, may still be on their thread
    bool m_keepsPart = false;
};

} // namespace glacis
