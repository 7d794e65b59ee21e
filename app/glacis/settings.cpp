// SPDX-License-Identifier: GPL-3.0-or-later
#include "glacis/settings.h"

#include "network/zone_matrix_text.h"

#include <QCryptographicHash>
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

/// A path may hold any letter, a key of the settings not.
QString policyGroup(const Source& source)
{
    const QByteArray name = textOf(source).join(QLatin1Char('\n')).toUtf8();
    return QStringLiteral("network/")
        + QString::fromLatin1(QCryptographicHash::hash(name, QCryptographicHash::Sha1).toHex());
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

std::optional<NetworkPolicy> Settings::policy(const Source& source) const
{
    const QString group = policyGroup(source);
    if (!m_store.contains(group + QStringLiteral("/tiers")) && !m_store.contains(group + QStringLiteral("/matrix")))
        return {};
    NetworkPolicy policy;
    for (const QString& line : m_store.value(group + QStringLiteral("/tiers")).toStringList()) {
        // A zone has no space in its id.
        const qsizetype space = line.indexOf(QLatin1Char(' '));
        if (space > 0)
            policy.tiers.push_back({line.mid(space + 1).toStdString(), line.left(space).toStdString()});
    }
    const QString text = m_store.value(group + QStringLiteral("/matrix")).toString();
    if (!text.isEmpty()) {
        Diagnostics notes;
        ZoneMatrix matrix = ZoneMatrix::from(text.toStdString(), "zone matrix", notes);
        if (!matrix.rows.empty())
            policy.matrix = std::make_shared<const ZoneMatrix>(std::move(matrix));
    }
    return policy;
}

void Settings::setPolicy(const Source& source, const NetworkPolicy& policy)
{
    const QString group = policyGroup(source);
    m_store.remove(group);
    QStringList lines;
    for (const TierOverride& one : policy.tiers)
        lines << shown(one.zone) + QLatin1Char(' ') + shown(one.node);
    if (!lines.isEmpty())
        m_store.setValue(group + QStringLiteral("/tiers"), lines);
    if (policy.matrix)
        m_store.setValue(group + QStringLiteral("/matrix"), shown(zoneMatrixJson(*policy.matrix)));
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
