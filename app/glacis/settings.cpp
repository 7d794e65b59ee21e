// SPDX-License-Identifier: GPL-3.0-or-later
#include "glacis/settings.h"

#include <QDir>
#include <QStandardPaths>

#include <algorithm>

namespace glacis {

namespace {

constexpr int mostRecent = 10;

QString fileOr(const QString& file)
{
    return file.isEmpty()
        ? QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation) + QStringLiteral("/glacis/glacis.ini")
        : file;
}

QStringList textOf(const Source& source)
{
    QStringList text;
    if (!source.sample.empty())
        text << QStringLiteral("sample:") + shown(source.sample);
    for (const auto& path : source.paths)
        text << QString::fromStdString(path.string());
    return text;
}

Source sourceOf(const QStringList& text)
{
    Source source;
    for (const QString& word : text) {
        if (word.startsWith(QLatin1String("sample:")))
            source.sample = word.mid(7).toStdString();
        else if (!word.isEmpty())
            source.paths.emplace_back(word.toStdString());
    }
    return source;
}

} // namespace

Settings::Settings(const QString& file) : m_store(fileOr(file), QSettings::IniFormat) { }

QVector<Source> Settings::recent() const
{
    QVector<Source> sources;
    for (int at = 0; at < mostRecent; ++at) {
        const Source source = sourceOf(m_store.value(QStringLiteral("recent/%1").arg(at)).toStringList());
        if (!source.isEmpty())
            sources.push_back(source);
    }
    return sources;
}

void Settings::addRecent(const Source& source)
{
    QVector<Source> sources = recent();
    sources.removeAll(source);
    sources.prepend(source);
    clearRecent();
    for (int at = 0; at < std::min<int>(mostRecent, static_cast<int>(sources.size())); ++at)
        m_store.setValue(QStringLiteral("recent/%1").arg(at), textOf(sources[at]));
}

void Settings::clearRecent()
{
    m_store.remove(QStringLiteral("recent"));
}

ThemeKind Settings::theme() const
{
    const QString word = m_store.value(QStringLiteral("theme")).toString();
    return word == QLatin1String("light")       ? ThemeKind::Light
        : word == QLatin1String("dark")         ? ThemeKind::Dark
        : word == QLatin1String("highContrast") ? ThemeKind::HighContrast
                                                : ThemeKind::System;
}

void Settings::setTheme(ThemeKind kind)
{
    m_store.setValue(QStringLiteral("theme"),
        kind == ThemeKind::Light              ? QStringLiteral("light")
            : kind == ThemeKind::Dark         ? QStringLiteral("dark")
            : kind == ThemeKind::HighContrast ? QStringLiteral("highContrast")
                                              : QStringLiteral("system"));
}

int Settings::textPercent() const
{
    return std::clamp(m_store.value(QStringLiteral("textPercent"), 100).toInt(), 80, 200);
}

void Settings::setTextPercent(int percent)
{
    m_store.setValue(QStringLiteral("textPercent"), percent);
}

QByteArray Settings::geometry() const
{
    return m_store.value(QStringLiteral("window/geometry")).toByteArray();
}

QByteArray Settings::docks() const
{
    return m_store.value(QStringLiteral("window/docks")).toByteArray();
}

void Settings::setWindow(const QByteArray& geometry, const QByteArray& docks)
{
    m_store.setValue(QStringLiteral("window/geometry"), geometry);
    if (!docks.isEmpty())
        m_store.setValue(QStringLiteral("window/docks"), docks);
}

QString Settings::view() const
{
    return m_store.value(QStringLiteral("view")).toString();
}

void Settings::setView(const QString& name)
{
    m_store.setValue(QStringLiteral("view"), name);
}

QString Settings::lastFolder() const
{
    return m_store.value(QStringLiteral("lastFolder"), QDir::homePath()).toString();
}

void Settings::setLastFolder(const QString& folder)
{
    m_store.setValue(QStringLiteral("lastFolder"), folder);
}

} // namespace glacis
