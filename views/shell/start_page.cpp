// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/start_page.h"

#include "collection/script.h"
#include "document/answers.h"
#include "shell/door.h"
#include "theme/glyphs.h"
#include "theme/theme.h"

#include <QBoxLayout>
#include <QClipboard>
#include <QGuiApplication>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QScrollArea>
#include <QStyle>
#include <QToolButton>

#include <algorithm>

namespace glacis {

namespace {

constexpr int widest = 980;
/// Below this the cards stand one below the other.
constexpr int narrow = 720;

QLabel* textLabel(const QString& text, const char* role, QWidget* parent)
{
    auto* label = new QLabel(text, parent);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    if (role)
        label->setProperty("role", QString::fromLatin1(role));
    return label;
}

/// Where an export can be let go. Dropping works everywhere; this says so.
class DropArea final : public QWidget {
public:
    DropArea(const QString& text, QWidget* parent) : QWidget(parent), m_text(text)
    {
        setMinimumHeight(64);
        setAccessibleName(text);
    }

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        const Theme& colours = currentTheme();
        painter.setPen(QPen(colours.borderStrong, 1.3, Qt::DashLine));
        painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), 9, 9);
        painter.setPen(colours.textMuted);
        const QRect room = rect().adjusted(52, 4, -16, -4);
        drawGlyph(painter, Glyph::Import, QRectF(18, height() / 2.0 - 11, 22, 22), colours.textMuted);
        painter.drawText(room, Qt::AlignVCenter | Qt::AlignLeft | Qt::TextWordWrap, m_text);
    }

private:
    QString m_text;
};

} // namespace

StartPage::StartPage(QWidget* parent) : QWidget(parent)
{
    setObjectName(QStringLiteral("startPage"));
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    auto* scroll = new QScrollArea(this);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setFocusPolicy(Qt::NoFocus);
    outer->addWidget(scroll);
    auto* field = new QWidget(scroll);
    auto* centre = new QHBoxLayout(field);
    centre->setContentsMargins(24, 28, 24, 28);
    m_column = new QWidget(field);
    m_column->setMaximumWidth(widest);
    centre->addStretch(1);
    centre->addWidget(m_column, 1000);
    centre->addStretch(1);
    auto* column = new QVBoxLayout(m_column);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(14);
    column->addWidget(textLabel(tr("See what your cloud lets happen"), "title", m_column));
    column->addWidget(textLabel(tr("Glacis reads exports of cloud accounts and shows who can reach what, which path an "
                                   "attacker would take, and who has to secure it. Nothing leaves this machine."),
        "muted", m_column));
    column->addWidget(makeProblem());
    column->addSpacing(4);
    m_choices = makeChoices();
    column->addWidget(m_choices);
    column->addWidget(new DropArea(tr("… or drop files, folders or archives anywhere in this window."), m_column));
    column->addSpacing(6);
    m_lower = new QWidget(m_column);
    auto* lower = new QBoxLayout(QBoxLayout::LeftToRight, m_lower);
    lower->setContentsMargins(0, 0, 0, 0);
    lower->setSpacing(24);
    m_recent = new QWidget(m_lower);
    m_recentRows = new QVBoxLayout(m_recent);
    m_recentRows->setContentsMargins(0, 0, 0, 0);
    m_recentRows->setSpacing(4);
    lower->addWidget(m_recent, 2, Qt::AlignTop);
    lower->addWidget(makeScripts(), 3, Qt::AlignTop);
    column->addWidget(m_lower);
    column->addStretch(1);
    scroll->setWidget(field);
    setRecent({});
}

QWidget* StartPage::makeProblem()
{
    m_problem = new QFrame(m_column);
    m_problem->setProperty("card", true);
    auto* row = new QHBoxLayout(m_problem);
    row->setContentsMargins(14, 12, 14, 12);
    row->setSpacing(12);
    auto* sign = new QLabel(m_problem);
    sign->setPixmap(icon(Glyph::Warning, currentTheme().violation).pixmap(22, 22));
    row->addWidget(sign, 0, Qt::AlignTop);
    auto* texts = new QVBoxLayout;
    m_problemHeading = textLabel({}, "heading", m_problem);
    m_problemSentence = textLabel({}, nullptr, m_problem);
    m_problemSentence->setTextInteractionFlags(Qt::TextSelectableByMouse);
    texts->addWidget(m_problemHeading);
    texts->addWidget(m_problemSentence);
    row->addLayout(texts, 1);
    m_problem->hide();
    return m_problem;
}

void StartPage::setProblem(const QString& heading, const QString& sentence)
{
    m_problemHeading->setText(heading);
    m_problemSentence->setText(sentence);
    m_problem->setVisible(!heading.isEmpty());
}

QString StartPage::problem() const
{
    return m_problemHeading->text();
}

QWidget* StartPage::makeChoices()
{
    auto* choices = new QWidget(m_column);
    auto* row = new QBoxLayout(QBoxLayout::LeftToRight, choices);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(12);
    auto* folder = new Door(Glyph::Open, tr("Open an export"),
        tr("A folder of what the AWS CLI printed, Kubernetes manifests, Terraform files."), choices);
    folder->setPrimary(true);
    folder->setObjectName(QStringLiteral("openFolder"));
    auto* sample = new Door(Glyph::Lesson, tr("Open the sample company"),
        tr("A mail-order shop in three tiers, with some things wrong on purpose."), choices);
    sample->setObjectName(QStringLiteral("openSample"));
    auto* files = new Door(Glyph::Import, tr("Open single files"),
        tr("Or an archive: .zip, .tar.gz. Several at once are read together."), choices);
    files->setObjectName(QStringLiteral("openFiles"));
    for (Door* door : {folder, sample, files})
        row->addWidget(door, 1);
    connect(folder, &Door::clicked, this, &StartPage::folderWanted);
    connect(sample, &Door::clicked, this, &StartPage::sampleWanted);
    connect(files, &Door::clicked, this, &StartPage::filesWanted);
    return choices;
}

QWidget* StartPage::makeScripts()
{
    auto* card = new QFrame(m_lower);
    card->setProperty("card", true);
    auto* column = new QVBoxLayout(card);
    column->setContentsMargins(14, 12, 14, 14);
    column->setSpacing(8);
    column->addWidget(textLabel(tr("Make an export"), "heading", card));
    column->addWidget(
        textLabel(tr("A script for each provider that only asks for lists and descriptions. Whoever may see "
                     "the account reviews it and runs it; the folder that it makes opens here."),
            "muted", card));
    for (const Collection& one : collections()) {
        const QString title = shown(one.title), provider = shown(one.provider);
        auto* row = new QHBoxLayout;
        row->setSpacing(8);
        row->addWidget(textLabel(title, nullptr, card), 1);
        auto* copy = new QPushButton(icon(Glyph::Copy), tr("Copy"), card);
        copy->setObjectName(QStringLiteral("copyScript.") + provider);
        copy->setAccessibleName(tr("Copy the script for %1").arg(title));
        auto* view = new QPushButton(tr("Review…"), card);
        view->setObjectName(QStringLiteral("reviewScript.") + provider);
        view->setAccessibleName(tr("Review the script for %1").arg(title));
        row->addWidget(copy);
        row->addWidget(view);
        column->addLayout(row);
        connect(copy, &QPushButton::clicked, this, [this, &one, title] {
            QGuiApplication::clipboard()->setText(shown(collectionScript(one)));
            Q_EMIT told(tr("The script for %1 was copied.").arg(title));
        });
        connect(view, &QPushButton::clicked, this, [this, provider] { Q_EMIT scriptWanted(provider); });
    }
    return card;
}

void StartPage::setRecent(const QVector<Recent>& recent)
{
    while (QLayoutItem* item = m_recentRows->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    m_recentRows->addWidget(textLabel(tr("Recent"), "heading", m_recent));
    if (recent.isEmpty())
        m_recentRows->addWidget(textLabel(tr("What you open stands here the next time."), "muted", m_recent));
    for (int at = 0; at < std::min<int>(static_cast<int>(recent.size()), 6); ++at) {
        auto* button = new QToolButton(m_recent);
        button->setProperty("flat", true);
        button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        button->setIcon(icon(Glyph::Open));
        button->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
        const QString title = fontMetrics().elidedText(recent[at].title, Qt::ElideMiddle, 250);
        // An ampersand of a file name is no shortcut.
        button->setText(QString(title).replace(QLatin1Char('&'), QStringLiteral("&&")));
        button->setToolTip(recent[at].place.toHtmlEscaped());
        button->setAccessibleName(recent[at].title);
        button->setAccessibleDescription(recent[at].place);
        connect(button, &QToolButton::clicked, this, [this, at] { Q_EMIT recentWanted(at); });
        m_recentRows->addWidget(button);
    }
}

void StartPage::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    const auto direction = width() < narrow ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight;
    for (QWidget* part : {m_choices, m_lower})
        static_cast<QBoxLayout*>(part->layout())->setDirection(direction);
}

} // namespace glacis
