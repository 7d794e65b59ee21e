// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/answers.h"

#include <QCoreApplication>

namespace glacis {

QString shown(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

QString Source::title() const
{
    if (!sample.empty())
        return QCoreApplication::translate("Source", "Sample %1").arg(shown(sample));
    if (paths.empty())
        return {};
    const std::filesystem::path& first = paths.front();
    const QString name =
        QString::fromStdString((first.has_filename() ? first : first.parent_path()).filename().string());
    if (paths.size() == 1)
        return name;
    return QCoreApplication::translate(
        "Source", "%1 and %n more", "%1 is a file name, %n how many more there are", static_cast<int>(paths.size()) - 1)
        .arg(name);
}

} // namespace glacis
