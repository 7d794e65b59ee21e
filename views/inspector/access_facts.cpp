// SPDX-License-Identifier: GPL-3.0-or-later
#include "inspector/access_facts.h"

#include "document/labels.h"
#include "identity/access_trace.h"
#include "identity/public_access.h"
#include "identity/store_actions.h"
#include "marks/marks.h"

#include <algorithm>

namespace glacis {

namespace {

class AccessFacts {
    Q_DECLARE_TR_FUNCTIONS(AccessFacts)
public:
    AccessFacts(Rows& rows, const Answers& answers, const subject::Access& access)
        : m_rows(rows),
          m_estate(*answers.estate),
          m_entries(entriesOf(answers, access)),
          m_access(access),
          m_policies(m_estate)
    {
    }

    static QString title(AccessLevel level)
    {
        switch (level) {
        case AccessLevel::Read:
            return tr("Read");
        case AccessLevel::Write:
            return tr("Write");
        case AccessLevel::Administer:
            break;
        }
        return tr("Administer");
    }

    void add()
    {
        for (const AccessLevel level : {AccessLevel::Read, AccessLevel::Write, AccessLevel::Administer})
            addLevel(level);
        if (m_access.principals.size() > 1)
            m_rows.things(tr("Identities with the same access"), m_access.principals);
        if (m_access.stores.size() > 1)
            m_rows.things(tr("Stores that are touched alike"), m_access.stores);
        m_rows.heading(tr("From and to"));
        m_rows.thing(m_access.principals.front(), titleOf(m_estate.kind(m_access.principals.front())));
        m_rows.thing(m_access.stores.front(), titleOf(m_estate.kind(m_access.stores.front())));
    }

    static Heading heading(const Answers& answers, const subject::Access& access)
    {
        Heading heading;
        heading.title = tr("%1 → %2").arg(
            namesOf(*answers.estate, access.principals, 1), namesOf(*answers.estate, access.stores, 1));
        heading.kind = tr("Access");
        heading.glyph = Glyph::Key;
        QStringList levels;
        bool sure = false;
        for (const StoreAccess* entry : entriesOf(answers, access)) {
            levels << title(entry->level).toLower();
            sure = sure || entry->decision.verdict == Verdict::Allowed;
        }
        heading.sentence = levels.isEmpty() ? tr("No access.") : tr("May %1.").arg(levels.join(QStringLiteral(", ")));
        heading.state = levels.isEmpty() || sure ? MarkState::Normal : MarkState::Latent;
        return heading;
    }

private:
    void addLevel(AccessLevel level)
    {
        m_rows.heading(title(level));
        const auto found = std::find_if(
            m_entries.begin(), m_entries.end(), [level](const StoreAccess* entry) { return entry->level == level; });
        if (found == m_entries.end()) {
            m_rows.line(tr("No: nothing that was imported lets it."), Glyph::Cross);
        } else if ((*found)->decision.verdict == Verdict::Conditional) {
            FactRow& row = m_rows.line(tr("Yes, under conditions"), Glyph::Question);
            row.state = MarkState::Latent;
            m_rows.decision((*found)->decision);
        } else {
            m_rows.line(tr("Yes"), Glyph::Check);
            m_rows.decision((*found)->decision);
        }
        addStatements(level);
    }

    void addStatements(AccessLevel level)
    {
        const NodeId store = m_access.stores.front();
        const auto actions = storeActions().find(m_estate.kind(store));
        if (actions == storeActions().end())
            return;
        const auto action = std::find_if(actions->second.begin(), actions->second.end(),
            [level](const StoreAction& one) { return one.level == level; });
        if (action == actions->second.end())
            return;
        std::string resource = action->resource;
        if (const std::size_t at = resource.find("{id}"); at != std::string::npos)
            resource.replace(at, 4, arnOf(m_estate, store));
        const auto traced = traceAccess(m_policies, m_access.principals.front(), store, action->action, resource);
        if (traced.empty())
            return m_rows.note(tr("No statement speaks of %1.").arg(shown(action->action)));
        m_rows.note(tr("Statements that speak of %1:").arg(shown(action->action)));
        for (std::size_t at = 0; at < traced.size() && m_rows.goesOn(at, traced.size()); ++at)
            addStatement(traced[at]);
    }

    void addStatement(const TracedStatement& one)
    {
        const bool applies =
            one.outcome == TracedStatement::Outcome::Applies || one.outcome == TracedStatement::Outcome::OnlyIf;
        FactRow& row = m_rows.line(outcomeText(one), !applies ? Glyph::Info : one.allows ? Glyph::Check : Glyph::Cross);
        row.good = applies && one.allows;
        row.state = applies && !one.allows ? MarkState::Violation : MarkState::Normal;
        QString where = shown(one.where.text);
        row.name = tr("%1: %2").arg(shown(name(one.place)), where);
        row.evidence = one.where.evidence;
    }

    static QString outcomeText(const TracedStatement& one)
    {
        QStringList conditions;
        for (const std::string& condition : one.conditions)
            conditions << shown(condition);
        const QString all = conditions.join(tr(" and "));
        switch (one.outcome) {
        case TracedStatement::Outcome::Applies:
            return one.allows ? tr("Allows it") : tr("Denies it");
        case TracedStatement::Outcome::OnlyIf:
            return one.allows ? tr("Allows it only if %1").arg(all) : tr("Denies it if %1").arg(all);
        case TracedStatement::Outcome::OtherResource:
            return one.allows ? tr("Allows it on other resources only")
                              : tr("Could deny, but speaks of other resources");
        case TracedStatement::Outcome::OtherPrincipal:
            return one.allows ? tr("Allows it to others only") : tr("Could deny, but speaks of others");
        case TracedStatement::Outcome::ConditionsFail:
            break;
        }
        return one.allows ? tr("Would allow it, but this does not hold: %1").arg(all)
                          : tr("Could deny, but this does not hold: %1").arg(all);
    }

    Rows& m_rows;
    const Estate& m_estate;
    std::vector<const StoreAccess*> m_entries;
    const subject::Access& m_access;
    Policies m_policies;
};

} // namespace

Heading accessHeading(const Answers& answers, const subject::Access& access)
{
    return AccessFacts::heading(answers, access);
}

void addAccessField(Rows& rows, const Answers& answers, const subject::Access& access)
{
    AccessFacts(rows, answers, access).add();
}

std::vector<const StoreAccess*> entriesOf(const Answers& answers, const subject::Access& access)
{
    std::vector<const StoreAccess*> entries;
    if (!answers.identity)
        return entries;
    for (const StoreAccess& entry : answers.identity->access) {
        if (entry.principal == access.principals.front() && entry.store == access.stores.front())
            entries.push_back(&entry);
    }
    return entries;
}

} // namespace glacis
