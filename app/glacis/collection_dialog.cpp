// SPDX-License-Identifier: GPL-3.0-or-later
#include "glacis/collection_dialog.h"

#include "collection/script.h"
#include "document/answers.h"
#include "theme/glyphs.h"

#include <QClipboard>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QDir>
#include <QFileDialog>
#include <QFontDatabase>
#include <QGuiApplication>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSaveFile>
#include <QVBoxLayout>

#include <algorithm>

namespace glacis {

CollectionDialog::CollectionDialog(QWidget* parent)
    : QDialog(parent),
      m_provider(new QComboBox(this)),
      m_use(new QLabel(this)),
      m_text(new QPlainTextEdit(this)),
      m_problem(new QLabel(this))
{
    setObjectName(QStringLiteral("collectionDialog"));
    setWindowTitle(tr("Collection script"));
    auto* column = new QVBoxLayout(this);
    column->setSpacing(10);
    auto* top = new QHBoxLayout;
    auto* label = new QLabel(tr("&Provider"), this);
    label->setBuddy(m_provider);
    for (const Collection& one : collections())
        m_provider->addItem(shown(one.title), shown(one.provider));
    m_provider->setObjectName(QStringLiteral("collectionProvider"));
    top->addWidget(label);
    top->addWidget(m_provider);
    top->addStretch(1);
    column->addLayout(top);
    m_use->setWordWrap(true);
    m_use->setTextFormat(Qt::PlainText);
    column->addWidget(m_use);
    m_text->setObjectName(QStringLiteral("collectionScript"));
    m_text->setReadOnly(true);
    m_text->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_text->setAccessibleName(tr("The script"));
    QFont fixed = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    fixed.setPointSizeF(font().pointSizeF());
    m_text->setFont(fixed);
    resize(std::min(1120, QFontMetrics(fixed).averageCharWidth() * 122 + 60), fontMetrics().height() * 38);
    m_text->setTabChangesFocus(true);
    column->addWidget(m_text, 1);
    m_problem->setTextFormat(Qt::PlainText);
    m_problem->setWordWrap(true);
    m_problem->hide();
    column->addWidget(m_problem);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    auto* copy = buttons->addButton(tr("Co&py"), QDialogButtonBox::ActionRole);
    copy->setIcon(icon(Glyph::Copy));
    copy->setObjectName(QStringLiteral("collectionCopy"));
    auto* save = buttons->addButton(tr("&Save…"), QDialogButtonBox::ActionRole);
    save->setObjectName(QStringLiteral("collectionSave"));
    save->setDefault(true);
    column->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(copy, &QPushButton::clicked, this, [this] {
        QGuiApplication::clipboard()->setText(script());
        Q_EMIT told(tr("The script was copied."));
    });
    connect(save, &QPushButton::clicked, this, &CollectionDialog::chooseFile);
    connect(m_provider, &QComboBox::currentIndexChanged, this, &CollectionDialog::refresh);
    refresh();
}

void CollectionDialog::showProvider(const QString& provider)
{
    m_provider->setCurrentIndex(std::max(0, m_provider->findData(provider)));
}

QString CollectionDialog::script() const
{
    return m_text->toPlainText();
}

void CollectionDialog::refresh()
{
    const Collection& collection = *collectionOf(m_provider->currentData().toString().toStdString());
    m_text->setPlainText(shown(collectionScript(collection)));
    m_problem->hide();
    m_use->setText(
        tr("Review it, then run it where %1 is signed in: sh collect.sh. It makes a folder to import here. It "
           "only asks for lists and descriptions; what is refused is noted and does not stop the rest.")
            .arg(shown(collection.tool)));
}

QString CollectionDialog::save(const QString& path) const
{
    QSaveFile file(path);
    const QByteArray bytes = script().toUtf8();
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size() || !file.commit())
        return tr("The script could not be written to %1: %2").arg(QDir::toNativeSeparators(path), file.errorString());
    QFile::setPermissions(path, QFile::permissions(path) | QFile::ExeOwner | QFile::ExeUser);
    return {};
}

void CollectionDialog::chooseFile()
{
    const QString path = QFileDialog::getSaveFileName(
        this, tr("Save the script"), QStringLiteral("collect.sh"), tr("Shell script (*.sh);;All files (*)"));
    if (path.isEmpty())
        return;
    const QString problem = save(path);
    m_problem->setText(problem);
    m_problem->setVisible(!problem.isEmpty());
    if (problem.isEmpty())
        Q_EMIT told(tr("Written to %1.").arg(path));
}

} // namespace glacis
