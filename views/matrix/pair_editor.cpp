// SPDX-License-Identifier: GPL-3.0-or-later
#include "matrix/pair_editor.h"

#include "document/answers.h"
#include "document/labels.h"
#include "matrix/matrix_scene.h"
#include "network/zone_matrix_text.h"

#include <QComboBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalBlocker>
#include <QVBoxLayout>

#include <array>

namespace glacis {

namespace {

enum Access { AllowAll, BlockAll, AllowOnly, BlockOnly };

constexpr std::array risks{Risk::Low, Risk::Medium, Risk::High, Risk::Critical};

bool asksForServices(int access)
{
    return access == AllowOnly || access == BlockOnly;
}

} // namespace

PairEditor::PairEditor(QWidget* parent) : QWidget(parent)
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    m_title = new QLabel(this);
    m_title->setProperty("role", QStringLiteral("heading"));
    m_title->setTextFormat(Qt::PlainText);
    m_title->setWordWrap(true);
    column->addWidget(m_title);
    auto* form = new QFormLayout;
    m_access = new QComboBox(this);
    m_access->setObjectName(QStringLiteral("pairAccess"));
    m_access->addItems({tr("Allow all"), tr("Block all"), tr("Allow only"), tr("Block only")});
    form->addRow(tr("Access"), m_access);
    m_services = new QLineEdit(this);
    m_services->setObjectName(QStringLiteral("pairServices"));
    m_services->setPlaceholderText(QStringLiteral("tcp/443, udp/53"));
    form->addRow(tr("Services"), m_services);
    m_severity = new QComboBox(this);
    m_severity->setObjectName(QStringLiteral("pairSeverity"));
    for (const Risk risk : risks)
        m_severity->addItem(titleOf(risk));
    form->addRow(tr("Severity"), m_severity);
    column->addLayout(form);
    m_note = new QLabel(this);
    m_note->setObjectName(QStringLiteral("pairNote"));
    m_note->setProperty("role", QStringLiteral("muted"));
    m_note->setTextFormat(Qt::PlainText);
    m_note->setWordWrap(true);
    column->addWidget(m_note);
    m_forget = new QPushButton(tr("Back to what the rest says"), this);
    m_forget->setToolTip(tr("Removes the row of this pair, so that a row for all zones or the default speaks"));
    column->addWidget(m_forget);
    connect(m_access, &QComboBox::activated, this, [this](int access) {
        m_services->setEnabled(asksForServices(access));
        if (asksForServices(access) && m_services->text().trimmed().isEmpty())
            m_services->setFocus();
        else
            apply();
    });
    connect(m_services, &QLineEdit::editingFinished, this, &PairEditor::apply);
    connect(m_severity, &QComboBox::activated, this, &PairEditor::apply);
    connect(m_forget, &QPushButton::clicked, this, &PairEditor::forget);
    clear();
}

QString PairEditor::pairTitle() const
{
    return tr("%1 → %2").arg(titleOfZone(m_from), titleOfZone(m_to));
}

void PairEditor::clear()
{
    m_from = {};
    m_to = {};
    m_title->setText(tr("Choose a field to change it"));
    for (QWidget* one : std::initializer_list<QWidget*>{m_access, m_services, m_severity, m_forget})
        one->setEnabled(false);
    m_note->clear();
}

void PairEditor::show(const ZoneMatrix& matrix, const Zone& from, const Zone& to)
{
    m_matrix = matrix;
    m_from = from;
    m_to = to;
    m_title->setText(pairTitle());
    const ZoneMatrix::Row* row = rowOfPair(matrix, from.id, to.id);
    const ZoneMatrix::Answer now = matrix.between(from.id, to.id);
    int access = now.allowed.empty() ? BlockAll : now.allowed == allPorts() ? AllowAll : AllowOnly;
    if (row)
        access = row->allow ? (row->ports.empty() ? AllowAll : AllowOnly) : (row->ports.empty() ? BlockAll : BlockOnly);
    const QSignalBlocker quiet(m_services);
    m_access->setCurrentIndex(access);
    m_services->setText(asksForServices(access) ? shown(describe(row ? row->ports : now.allowed)) : QString());
    const auto severity = std::find(risks.begin(), risks.end(), now.severity);
    m_severity->setCurrentIndex(severity == risks.end() ? 0 : static_cast<int>(severity - risks.begin()));
    for (QWidget* one : std::initializer_list<QWidget*>{m_access, m_severity})
        one->setEnabled(true);
    m_services->setEnabled(asksForServices(access));
    m_forget->setEnabled(row != nullptr);
    QString note = row    ? tr("A row of the matrix speaks of this pair.")
        : now.row.empty() ? tr("No row speaks of this pair: the default does.")
                          : tr("The row %1 speaks of this pair.").arg(shown(now.row));
    const ZoneMatrix::Answer crossing = matrix.between(from.id, to.id, true);
    if (crossing.allowed != now.allowed) {
        //: %1 is a list of ports
        note += QLatin1Char('\n')
            + (crossing.allowed.empty()
                    ? tr("From one environment to another nothing is wanted.")
                    : tr("From one environment to another only %1 is wanted.").arg(shown(describe(crossing.allowed))));
    }
    m_note->setText(note);
}

void PairEditor::apply()
{
    if (m_from.id.empty())
        return;
    ZoneMatrix::Row row;
    row.from = m_from.id;
    row.to = m_to.id;
    const int access = m_access->currentIndex();
    row.allow = access == AllowAll || access == AllowOnly;
    row.severity = risks[static_cast<std::size_t>(std::max(0, m_severity->currentIndex()))];
    if (asksForServices(access)) {
        // "tcp/443,8080" goes on with the protocol of the one before.
        QString protocol;
        for (const QString& part : m_services->text().split(QLatin1Char(','), Qt::SkipEmptyParts)) {
            QString word = part.trimmed().toLower();
            if (word.contains(QLatin1Char('/')))
                protocol = word.section(QLatin1Char('/'), 0, 0);
            else if (!word.isEmpty() && word.front().isDigit() && !protocol.isEmpty())
                word = protocol + QLatin1Char('/') + word;
            const PortSet ports = portsNamed(word.toStdString());
            if (ports.empty()) {
                m_note->setText(
                    tr("“%1” is not understood; write services as tcp/443, udp/1024-2048 or any.").arg(word));
                return;
            }
            row.ports = unionOf(row.ports, ports);
        }
        if (row.ports.empty()) {
            m_note->setText(tr("Write at least one service, as tcp/443."));
            return;
        }
    }
    const ZoneMatrix::Row* before = rowOfPair(m_matrix, row.from, row.to);
    if (before && before->allow == row.allow && before->ports == row.ports && before->severity == row.severity)
        return;
    ZoneMatrix made = m_matrix;
    setPair(made, std::move(row));
    Q_EMIT changed(made, tr("Change of %1").arg(pairTitle()));
}

void PairEditor::forget()
{
    ZoneMatrix made = m_matrix;
    forgetPair(made, m_from.id, m_to.id);
    Q_EMIT changed(made, tr("Change of %1").arg(pairTitle()));
}

} // namespace glacis
