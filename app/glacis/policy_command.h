// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "glacis/settings.h"
#include "session/session.h"

#include <QUndoCommand>

namespace glacis {

/// The user's word on the network, given and taken back, and kept with the document each time.
class PolicyCommand final : public QUndoCommand {
public:
    PolicyCommand(Session& session, Settings& settings, NetworkPolicy policy, const QString& what)
        : QUndoCommand(what),
          m_session(session),
          m_settings(settings),
          m_before(session.answers().policy),
          m_after(std::move(policy))
    {
    }

    void undo() override { give(m_before); }
    void redo() override { give(m_after); }

private:
    void give(const NetworkPolicy& policy)
    {
        m_session.setPolicy(policy);
        m_settings.setPolicy(m_session.answers().source, policy);
    }

    Session& m_session;
    Settings& m_settings;
    NetworkPolicy m_before;
    NetworkPolicy m_after;
};

} // namespace glacis
