// SPDX-License-Identifier: GPL-3.0-or-later
#include "tiers_view/probe_panel.h"

#include "canvas/drawing.h"
#include "document/answers.h"
#include "theme/glyphs.h"

#include <QComboBox>
#include <QFormLayout>
#include <QLabel>
#include <QListWidget>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QToolButton>
#include <QVBoxLayout>

namespace glacis {

namespace {

constexpr int nodeRole = Qt::UserRole;

MarkState stateOf(Reach verdict)
{
    switch (verdict) {
    case Reach::Blocked:
    case Reach::Reachable:
        return MarkState::Normal;
    case Reach::Partial:
    case Reach::Latent:
        return MarkState::Latent;
    case Reach::Unknown:
        break;
    }
    return MarkState::Unknown;
}

} // namespace

ProbePanel::ProbePanel(QWidget* parent) : QWidget(parent)
{
    setObjectName(QStringLiteral("probePanel"));
    setFixedWidth(std::max(280, fontMetrics().averageCharWidth() * 42));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(12, 10, 12, 10);
    auto* head = new QHBoxLayout;
    auto* title = new QLabel(tr("Probe"), this);
    title->setProperty("role", QStringLiteral("heading"));
    auto* close = new QToolButton(this);
    close->setProperty("flat", true);
    close->setIcon(icon(Glyph::Close));
    close->setToolTip(tr("End probing (Esc)"));
    close->setAccessibleName(close->toolTip());
    connect(close, &QToolButton::clicked, this, &ProbePanel::closed);
    head->addWidget(title, 1);
    head->addWidget(close);
    column->addLayout(head);

    auto* form = new QFormLayout;
    const QString names[] = {tr("From"), tr("To")};
    for (int end = 0; end < 2; ++end) {
        m_ends[end] = new QLabel(this);
        m_ends[end]->setTextFormat(Qt::PlainText);
        m_ends[end]->setWordWrap(true);
        form->addRow(names[end], m_ends[end]);
    }
    m_protocol = new QComboBox(this);
    m_protocol->addItem(QStringLiteral("TCP"), 6);
    m_protocol->addItem(QStringLiteral("UDP"), 17);
    m_protocol->addItem(QStringLiteral("ICMP"), 1);
    m_protocol->setAccessibleName(tr("Protocol"));
    m_port = new QSpinBox(this);
    m_port->setRange(0, 65535);
    m_port->setValue(443);
    m_port->setAccessibleName(tr("Port"));
    auto* service = new QHBoxLayout;
    service->addWidget(m_protocol);
    service->addWidget(m_port, 1);
    form->addRow(tr("Port"), service);
    column->addLayout(form);

    m_verdict = new QLabel(this);
    m_verdict->setObjectName(QStringLiteral("probeVerdict"));
    m_verdict->setTextFormat(Qt::PlainText);
    m_verdict->setWordWrap(true);
    column->addWidget(m_verdict);
    m_hops = new QListWidget(this);
    m_hops->setObjectName(QStringLiteral("probeHops"));
    m_hops->setAccessibleName(tr("Controls on the way"));
    m_hops->setWordWrap(true);
    m_hops->setFrameShape(QFrame::NoFrame);
    m_hops->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    column->addWidget(m_hops, 1);

    connect(m_protocol, &QComboBox::currentIndexChanged, this, [this] {
        m_port->setEnabled(m_protocol->currentData().toInt() != 1);
        ask();
    });
    connect(m_port, &QSpinBox::valueChanged, this, &ProbePanel::ask);
    const auto pick = [this](const QListWidgetItem* item) {
        const auto node = idAt<NodeId>(item->data(nodeRole).toUInt());
        if (node != noNode)
            Q_EMIT picked(node);
    };
    connect(m_hops, &QListWidget::itemClicked, this, pick);
    connect(m_hops, &QListWidget::itemActivated, this, pick);
    refresh();
}

QString ProbePanel::nameOf(NodeId thing) const
{
    if (thing == noNode || !m_estate)
        return {};
    return m_estate->kind(thing) == Kind::Internet ? tr("the internet") : shown(m_estate->name(thing));
}

void ProbePanel::setEstate(std::shared_ptr<const Estate> estate)
{
    if (estate == m_estate)
        return;
    m_estate = std::move(estate);
    clear();
}

void ProbePanel::clear()
{
    m_from = noNode;
    m_to = noNode;
    ask();
}

void ProbePanel::take(NodeId thing)
{
    if (m_from == noNode || m_to != noNode) {
        m_to = noNode;
        setFrom(thing);
    } else {
        setTo(thing);
    }
}

void ProbePanel::setFrom(NodeId thing)
{
    m_from = thing;
    ask();
}

void ProbePanel::setTo(NodeId thing)
{
    m_to = thing;
    ask();
}

void ProbePanel::setService(Service service)
{
    {
        const QSignalBlocker protocol(m_protocol), port(m_port);
        m_protocol->setCurrentIndex(std::max(0, m_protocol->findData(service.protocol)));
        m_port->setValue(std::max(0, service.port));
    }
    ask();
}

Service ProbePanel::service() const
{
    const auto protocol = static_cast<std::int16_t>(m_protocol->currentData().toInt());
    return {protocol, protocol == 1 ? -1 : m_port->value()};
}

void ProbePanel::ask()
{
    m_answer.reset();
    m_asking.cancel();
    if (m_estate && m_from != noNode && m_to != noNode) {
        m_asking.run([estate = m_estate, from = m_from, to = m_to, service = service()](
                         Progress&) { return Reachability(*estate).ask(estate->id(from), estate->id(to), service); },
            [this](ReachAnswer answer, bool cancelled) {
                if (!cancelled)
                    show(std::move(answer));
            });
    }
    refresh();
}

void ProbePanel::show(ReachAnswer answer)
{
    m_answer = std::make_shared<const ReachAnswer>(std::move(answer));
    refresh();
}

QString ProbePanel::verdict() const
{
    if (m_from == noNode)
        return tr("Click where the connection would come from.");
    if (m_to == noNode)
        return tr("Now click where it would go to.");
    if (!m_answer)
        return tr("Asking every control on the way …");
    const Hop* decided = m_answer->decidedBy();
    switch (m_answer->verdict) {
    case Reach::Reachable:
        return tr("Reachable: every control on the way lets it through.");
    case Reach::Partial:
        return tr("Reachable in part: only some of the clients' ports get replies.");
    case Reach::Latent:
        return decided ? tr("One change away: only the %1 holds it back.").arg(shown(decided->control))
                       : tr("One change away from reachable.");
    case Reach::Blocked:
        return decided ? tr("Blocked by the %1.").arg(shown(decided->control)) : tr("Blocked.");
    case Reach::Unknown:
        break;
    }
    return tr("Not known. What would decide it is not in the export: %1").arg(shown(m_answer->missing));
}

QString ProbePanel::shortVerdict() const
{
    const Service asked = service();
    const QString port = asked.port < 0
        ? m_protocol->currentText().toLower()
        : QStringLiteral("%1/%2").arg(m_protocol->currentText().toLower()).arg(asked.port);
    if (!m_answer)
        return port;
    const Hop* decided = m_answer->decidedBy();
    switch (m_answer->verdict) {
    case Reach::Reachable:
        return tr("%1 reachable").arg(port);
    case Reach::Partial:
        return tr("%1 in part").arg(port);
    case Reach::Unknown:
        return tr("%1 not known").arg(port);
    case Reach::Latent:
    case Reach::Blocked:
        break;
    }
    return decided ? tr("%1 held by %2").arg(port, shown(decided->control)) : tr("%1 blocked").arg(port);
}

void ProbePanel::refresh()
{
    const NodeId ends[] = {m_from, m_to};
    for (int end = 0; end < 2; ++end) {
        m_ends[end]->setText(ends[end] == noNode ? QStringLiteral("—") : nameOf(ends[end]));
        m_ends[end]->setEnabled(ends[end] != noNode);
    }
    m_verdict->setText(verdict());
    m_hops->clear();
    if (m_answer) {
        const MarkState state = stateOf(m_answer->verdict);
        for (const Hop& hop : m_answer->hops) {
            const QString rule = hop.rule.empty() ? QString() : QStringLiteral(" · ") + shown(hop.rule);
            auto* item = new QListWidgetItem(shown(hop.control) + rule + QLatin1Char('\n') + shown(hop.why));
            const QColor colour = hop.passed
                ? currentTheme().textMuted
                : stateColour(currentTheme(), state == MarkState::Normal ? MarkState::Violation : state);
            item->setIcon(icon(hop.passed ? Glyph::Check : Glyph::Cross, colour));
            item->setData(nodeRole, static_cast<uint>(index(hop.node)));
            const QString passed = hop.passed ? tr("lets through") : tr("holds back");
            item->setData(Qt::AccessibleTextRole, QString(passed + QStringLiteral(": ") + item->text()));
            if (hop.node != noNode)
                item->setToolTip(nameOf(hop.node).toHtmlEscaped());
            m_hops->addItem(item);
        }
    }
    Q_EMIT changed();
}

} // namespace glacis
