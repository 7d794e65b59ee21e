// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/progress.h"

#include <QBasicTimer>
#include <QWidget>

#include <functional>

class QLabel;
class QProgressBar;
class QToolButton;

namespace glacis {

/// What the status bar says: what is shown, what runs and how far it is, what is not known.
class StatusLine : public QWidget {
    Q_OBJECT
public:
    explicit StatusLine(QWidget* parent = nullptr);

    void setSummary(const QString& text);
    /// A sentence that goes away by itself.
    void tell(const QString& sentence);
    void setMissing(int exports);
    /// While `busy` the work is asked how far it is, some ten times a second.
    void setBusy(bool busy, std::function<Progress::Snapshot()> ask);
    [[nodiscard]] QString summary() const;

Q_SIGNALS:
    void cancelWanted();
    void missingWanted();

protected:
    void timerEvent(QTimerEvent* event) override;

private:
    void showProgress();

    QLabel* m_summary = nullptr;
    QLabel* m_work = nullptr;
    QProgressBar* m_bar = nullptr;
    QToolButton* m_cancel = nullptr;
    QToolButton* m_missing = nullptr;
    QString m_lasting;
    QBasicTimer m_poll;
    QBasicTimer m_told;
    std::function<Progress::Snapshot()> m_ask;
};

} // namespace glacis
