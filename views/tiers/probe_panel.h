// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/task.h"
#include "estate/estate.h"
#include "network/reach.h"

#include <QWidget>

class QComboBox;
class QLabel;
class QListWidget;
class QSpinBox;

namespace glacis {

/// Asks whether a connection can be opened from one thing to another, and shows each control on the way.
class ProbePanel : public QWidget {
    Q_OBJECT
public:
    explicit ProbePanel(QWidget* parent = nullptr);

    void setEstate(std::shared_ptr<const Estate> estate);
    /// The next end to be given: the first, the second, then the first again.
    void take(NodeId thing);
    void setFrom(NodeId thing);
    void setTo(NodeId thing);
    void clear();
    void setService(Service service);

    [[nodiscard]] NodeId from() const { return m_from; }
    [[nodiscard]] NodeId to() const { return m_to; }
    [[nodiscard]] Service service() const;
    /// Null until it has come.
    [[nodiscard]] const ReachAnswer* answer() const { return m_answer.get(); }
    [[nodiscard]] QString verdict() const;
    /// "tcp/22: blocked by security group".
    [[nodiscard]] QString shortVerdict() const;

Q_SIGNALS:
    /// Ends, service or answer are others.
    void changed();
    void picked(glacis::NodeId control);
    void closed();

private:
    void ask();
    void show(ReachAnswer answer);
    void refresh();
    [[nodiscard]] QString nameOf(NodeId thing) const;

    std::shared_ptr<const Estate> m_estate;
    NodeId m_from = noNode;
    NodeId m_to = noNode;
    std::shared_ptr<const ReachAnswer> m_answer;
    Task m_asking;
    QLabel* m_ends[2] = {};
    QComboBox* m_protocol = nullptr;
    QSpinBox* m_port = nullptr;
    QLabel* m_verdict = nullptr;
    QListWidget* m_hops = nullptr;
};

} // namespace glacis
