// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/progress.h"

#include <QBasicTimer>
#include <QWidget>

#include <functional>

class QLabel;
class QProgressBar;

namespace glacis {

/// Stands where the picture will be while the first document is read.
class WorkPage : public QWidget {
    Q_OBJECT
public:
    explicit WorkPage(QWidget* parent = nullptr);

    /// Asks how far the work is while the page is seen.
    void watch(const QString& title, std::function<Progress::Snapshot()> ask);

Q_SIGNALS:
    void cancelWanted();

protected:
    void timerEvent(QTimerEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    void refresh();

    QLabel* m_title = nullptr;
    QLabel* m_stage = nullptr;
    QLabel* m_detail = nullptr;
    QProgressBar* m_bar = nullptr;
    QBasicTimer m_poll;
    std::function<Progress::Snapshot()> m_ask;
};

} // namespace glacis
