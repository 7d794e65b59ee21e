// SPDX-License-Identifier: GPL-3.0-or-later
#include "matrix/matrix_panel.h"

#include "marks/marks.h"
#include "matrix/pair_editor.h"
#include "network/zone_matrix_text.h"

#include <QFile>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSaveFile>
#include <QSignalBlocker>
#include <QVBoxLayout>

namespace glacis {

MatrixPanel::MatrixPanel(QWidget* parent) : QWidget(parent)
{
    setObjectName(QStringLiteral("matrixPanel"));
    auto* across = new QHBoxLayout(this);
    across->setContentsMargins(0, 0, 0, 0);
    across->setSpacing(0);
    m_canvas = new Canvas(this);
    m_canvas->setObjectName(QStringLiteral("matrixCanvas"));
    m_canvas->setAccessibleName(tr("Zone matrix"));
    m_canvas->setEmptyText(tr("No zones yet"), tr("The zones appear when the network has been judged."));
    across->addWidget(m_canvas, 1);
    auto* side = new QWidget(this);
    side->setFixedWidth(std::max(260, fontMetrics().averageCharWidth() * 38));
    auto* column = new QVBoxLayout(side);
    column->setContentsMargins(12, 10, 12, 10);
    column->setSpacing(10);
    m_editor = new PairEditor(side);
    column->addWidget(m_editor);
    const auto addLabel = [&](const char* role) {
        auto* label = new QLabel(side);
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
        label->setProperty("role", QString::fromLatin1(role));
        column->addWidget(label);
        return label;
    };
    m_problem = addLabel("muted");
    m_problem->setObjectName(QStringLiteral("matrixProblem"));
    m_problem->hide();
    column->addStretch(1);
    m_measure = addLabel("muted");
    m_measure->setObjectName(QStringLiteral("zeroTrustMeasure"));
    auto* buttons = new QHBoxLayout;
    const auto addButton = [&](const QString& text, const QString& hint, auto slot) {
        auto* button = new QPushButton(text, side);
        button->setToolTip(hint);
        connect(button, &QPushButton::clicked, this, slot);
        buttons->addWidget(button);
    };
    addButton(tr("Import…"), tr("Read a matrix from a JSON or CSV file"), &MatrixPanel::chooseImport);
    addButton(tr("Export…"), tr("Write the matrix to a JSON or CSV file"), &MatrixPanel::chooseExport);
    addButton(tr("Built-in"), tr("Back to the built-in matrix"),
        [this] { change(ZoneMatrix::builtIn(), tr("Built-in matrix")); });
    column->addLayout(buttons);
    across->addWidget(side);
    setFocusProxy(m_canvas);
    connect(m_canvas, &Canvas::selectionChanged, this, &MatrixPanel::showCell);
    connect(m_editor, &PairEditor::changed, this, &MatrixPanel::change);
}

void MatrixPanel::setAnswers(const Answers& answers)
{
    const bool same =
        answers.segmentation == m_answers.segmentation && answers.policy.matrix == m_answers.policy.matrix;
    m_answers = answers;
    if (same)
        return;
    const bool first = m_picture.cells.empty();
    m_picture =
        answers.segmentation ? matrixPicture(*answers.segmentation, answers.policy.matrixNow()) : MatrixPicture{};
    {
        const QSignalBlocker quiet(m_canvas);
        m_canvas->setScene(m_picture.scene, first ? Canvas::KeepCamera::No : Canvas::KeepCamera::Yes);
    }
    m_measure->clear();
    if (answers.segmentation && answers.segmentation->pairsThatTalk > 0) {
        const auto all = static_cast<double>(answers.segmentation->pairsThatTalk);
        const double wanted = static_cast<double>(answers.segmentation->pairsWanted);
        m_measure->setText(tr("Of %L1 pairs that can talk inside, the matrix wants %L2 (%L3 %).")
                               .arg(answers.segmentation->pairsThatTalk)
                               .arg(answers.segmentation->pairsWanted)
                               .arg(100 * wanted / all, 0, 'f', 0));
    }
    if (const QVector<MarkId> ids = m_canvas->selection(); !ids.isEmpty()) {
        const MatrixPicture::Cell& cell = m_picture.cells[markRow(ids.back())];
        const auto& zones = answers.segmentation->tiers.zones;
        m_editor->show(answers.policy.matrixNow(), zones[cell.from], zones[cell.to]);
    } else {
        m_editor->clear();
    }
}

void MatrixPanel::showCell(const QVector<MarkId>& ids)
{
    if (ids.isEmpty() || !m_answers.segmentation) {
        m_editor->clear();
        return;
    }
    const MatrixPicture::Cell& cell = m_picture.cells[markRow(ids.back())];
    const auto& zones = m_answers.segmentation->tiers.zones;
    m_editor->show(m_answers.policy.matrixNow(), zones[cell.from], zones[cell.to]);
    if (!cell.flows.empty())
        Q_EMIT picked(Selected::flows(m_answers, cell.flows));
}

void MatrixPanel::change(const ZoneMatrix& matrix, const QString& what)
{
    m_problem->hide();
    NetworkPolicy policy = m_answers.policy;
    policy.matrix = std::make_shared<const ZoneMatrix>(matrix);
    Q_EMIT policyWanted(policy, what);
}

QString MatrixPanel::importFrom(const QString& path)
{
    QFile file(path);
    constexpr qint64 largest = 4 << 20;
    if (!file.open(QIODevice::ReadOnly))
        return tr("%1 could not be read: %2").arg(path, file.errorString());
    if (file.size() > largest)
        return tr("%1 is too large for a zone matrix.").arg(path);
    const std::string text = file.readAll().toStdString();
    const std::string name = QFileInfo(path).fileName().toStdString();
    Diagnostics notes;
    const auto first = text.find_first_not_of(" \t\r\n");
    const bool isJson = first != std::string::npos && text[first] == '{';
    const ZoneMatrix matrix = isJson ? ZoneMatrix::from(text, name, notes) : zoneMatrixFromCsv(text, name, notes);
    QString problem;
    for (const Diagnostic& note : notes.all()) {
        problem = tr("%1: %2").arg(shown(describe(note.place)), shown(note.sentence));
        break;
    }
    if (!matrix.rows.empty())
        change(matrix, tr("Matrix from %1").arg(QFileInfo(path).fileName()));
    return problem;
}

QString MatrixPanel::exportTo(const QString& path) const
{
    const ZoneMatrix& matrix = m_answers.policy.matrixNow();
    const bool csv = path.endsWith(QLatin1String(".csv"), Qt::CaseInsensitive);
    const std::string text = csv ? zoneMatrixCsv(matrix) : zoneMatrixJson(matrix);
    QSaveFile file(path);
    const auto size = static_cast<qint64>(text.size());
    if (!file.open(QIODevice::WriteOnly) || file.write(text.data(), size) != size || !file.commit())
        return tr("%1 could not be written: %2").arg(path, file.errorString());
    return {};
}

void MatrixPanel::chooseImport()
{
    const QString path = QFileDialog::getOpenFileName(
        this, tr("Import a zone matrix"), {}, tr("Zone matrix (*.json *.csv);;All files (*)"));
    if (path.isEmpty())
        return;
    const QString problem = importFrom(path);
    m_problem->setText(problem);
    m_problem->setVisible(!problem.isEmpty());
}

void MatrixPanel::chooseExport()
{
    const QString path = QFileDialog::getSaveFileName(
        this, tr("Export the zone matrix"), QStringLiteral("zone-matrix.json"), tr("JSON (*.json);;Table (*.csv)"));
    if (path.isEmpty())
        return;
    const QString problem = exportTo(path);
    m_problem->setText(problem);
    m_problem->setVisible(!problem.isEmpty());
}

} // namespace glacis
