// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>
#include <QWidget>

class QLabel;
class QPushButton;
class QVBoxLayout;

namespace glacis {

/// What is seen before anything is open: what one can do, what was open last, how an export is made, where to drop it.
class StartPage : public QWidget {
    Q_OBJECT
public:
    explicit StartPage(QWidget* parent = nullptr);

    struct Recent {
        QString title;
        QString place; ///< shown below the title; the folder, or that it is a sample
    };
    void setRecent(const QVector<Recent>& recent);
    /// What went wrong last, and what to do; empty: nothing did.
    void setProblem(const QString& heading, const QString& sentence);
    [[nodiscard]] QString problem() const;

Q_SIGNALS:
    void filesWanted();
    void folderWanted();
    void sampleWanted();
    void recentWanted(int position);
    void scriptWanted(const QString& provider); ///< to be reviewed
    void told(const QString& sentence);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    QWidget* makeChoices();
    QWidget* makeScripts();
    QWidget* makeProblem();

    QWidget* m_column = nullptr;
    QWidget* m_choices = nullptr;
    QWidget* m_lower = nullptr;
    QFrame* m_problem = nullptr;
    QLabel* m_problemHeading = nullptr;
    QLabel* m_problemSentence = nullptr;
    QWidget* m_recent = nullptr;
    QVBoxLayout* m_recentRows = nullptr;
};

} // namespace glacis
