// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

class QComboBox;
class QLabel;
class QPlainTextEdit;

namespace glacis {

/// The script that collects what is read of a provider, to be reviewed, and handed to whoever may see the account.
class CollectionDialog : public QDialog {
    Q_OBJECT
public:
    explicit CollectionDialog(QWidget* parent = nullptr);

    void showProvider(const QString& provider);
    [[nodiscard]] QString script() const;
    /// Writes the script; an empty string, or what went wrong.
    [[nodiscard]] QString save(const QString& path) const;

Q_SIGNALS:
    /// One sentence for the status line.
    void told(const QString& sentence);

private:
    void refresh();
    void chooseFile();

    QComboBox* m_provider;
    QLabel* m_use;
    QPlainTextEdit* m_text;
    QLabel* m_problem;
};

} // namespace glacis
