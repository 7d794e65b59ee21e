// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/reread.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>

namespace glacis {

namespace {

class RereadWords {
    Q_DECLARE_TR_FUNCTIONS(RereadWords)
public:
    static QString difference(const EstateDifference& difference)
    {
        QStringList parts;
        const auto add = [&](std::size_t count, const QString& text) {
            if (count > 0)
                parts << text;
        };
        add(difference.added.size(), tr("%Ln came", nullptr, static_cast<int>(difference.added.size())));
        add(difference.changed.size(), tr("%Ln changed", nullptr, static_cast<int>(difference.changed.size())));
        add(difference.removed.size(), tr("%Ln went", nullptr, static_cast<int>(difference.removed.size())));
        return tr("Since it was opened: %1").arg(parts.join(QStringLiteral(", ")));
    }

    static QString counts(const Answers& before, const Answers& now)
    {
        QStringList counts;
        const auto add = [&](const QString& text, std::size_t was, std::size_t is) {
            counts << text.arg(number(was), number(is));
        };
        if (before.paths && now.paths)
            add(tr("paths %1 → %2"), before.paths->ways.size(), now.paths->ways.size());
        if (before.segmentation && now.segmentation)
            add(tr("violations %1 → %2"), before.segmentation->violations.size(), now.segmentation->violations.size());
        if (before.posture && now.posture)
            add(tr("findings %1 → %2"), before.posture->count(CheckVerdict::Fail),
                now.posture->count(CheckVerdict::Fail));
        return counts.join(QStringLiteral(" · "));
    }

private:
    static QString number(std::size_t value) { return QLocale().toString(static_cast<qulonglong>(value)); }
};

} // namespace

std::vector<NodeId> touchedBy(const Estate& estate, const std::vector<NodeId>& changed)
{
    std::vector<NodeId> touched = changed;
    for (const NodeId thing : changed) {
        if (info(estate.kind(thing)).shape != Shape::Control)
            continue;
        for (const EdgeId edge : estate.in(thing))
            touched.push_back(estate.edge(edge).from);
        for (const auto& edge : estate.out(thing))
            touched.push_back(edge.to);
    }
    std::ranges::sort(touched);
    touched.erase(std::ranges::unique(touched).begin(), touched.end());
    return touched;
}

QString countsSentence(const Answers& before, const Answers& now)
{
    return RereadWords::counts(before, now);
}

QString rereadSentence(const Answers& answers)
{
    if (!answers.reread || answers.reread->difference.isNone())
        return {};
    const QString counts = countsSentence(answers.reread->before, answers);
    const QString changed = RereadWords::difference(answers.reread->difference);
    return counts.isEmpty() ? changed : changed + QStringLiteral(" · ") + counts;
}

} // namespace glacis
