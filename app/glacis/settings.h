// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/answers.h"
#include "theme/theme.h"

#include <QByteArray>
#include <QSettings>
#include <QVector>

#include <optional>

namespace glacis {

/// What the program remembers from one start to the next.
class Settings {
public:
    /// In the user's configuration folder, or in the named file.
    explicit Settings(const QString& file = {});

    [[nodiscard]] QVector<Source> recent() const; ///< newest first, at most 10
    void addRecent(const Source& source);
    void clearRecent();

    /// The user's word on the network of a document; nothing when none was given.
    [[nodiscard]] std::optional<NetworkPolicy> policy(const Source& source) const;
    void setPolicy(const Source& source, const NetworkPolicy& policy);

    [[nodiscard]] ThemeKind theme() const;
    void setTheme(ThemeKind kind);
    [[nodiscard]] int textPercent() const; ///< 80 … 200
    void setTextPercent(int percent);

    [[nodiscard]] QByteArray geometry() const;
    [[nodiscard]] QByteArray docks() const; ///< QMainWindow::saveState of `docksVersion`
    void setWindow(const QByteArray& geometry, const QByteArray& docks);
    [[nodiscard]] QString view() const;
    void setView(const QString& name);
    [[nodiscard]] QString lastFolder() const;
    void setLastFolder(const QString& folder);

    static constexpr int docksVersion = 1;

private:
    QSettings m_store;
};

} // namespace glacis
