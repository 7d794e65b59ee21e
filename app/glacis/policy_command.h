// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "session/session.h"

#include <QUndoCommand>

namespace glacis {

/// The user's word on the network, given and taken back.
class PolicyCommand final : public QUndoCommand {
public:
    PolicyCommand(Session& session, NetworkPolicy policy, const QString& what)
        : QUndoCommand(what), m_session(session), m_before(session.answers().policy), m_after(std::move(policy))
    {
    }

    void undo() override { m_session.setPolicy(m_before); }
    void redo() override { m_session.setPolicy(m_after); }

private:
    Session& m_session;
    NetworkPolicy m_before;
    NetworkPolicy m_after;
};

} // namespace glacis
