// SPDX-License-Identifier: GPL-3.0-or-later
#include "canvas/export.h"

#include "canvas/camera.h"
#include "canvas/legend.h"
#include "canvas/painter.h"
#include "canvas/text_cache.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QImage>
#include <QPageSize>
#include <QPainter>
#include <QPdfWriter>
#include <QSaveFile>
#include <QSvgGenerator>

#include <algorithm>

namespace glacis {

namespace {

constexpr double margin = 28;
constexpr double titleHeight = 54;
constexpr double footerHeight = 26;
constexpr double noticeHeight = 22;
/// 16,384 × 16,384 pixels are a gigabyte; more than that is a mistake rather than a wish.
constexpr double mostPixels = 16384.0 * 16384.0;

class ExportTexts {
    Q_DECLARE_TR_FUNCTIONS(PictureExport)
};

/// Where the parts of a page are, in view pixels.
class Page {
public:
    Page(const Scene& scene, const Theme& theme, QSize size, const ExportNotes& notes)
        : m_painter(std::make_shared<const Scene>(scene), theme),
          m_scene(m_painter.scene()),
          m_theme(theme),
          m_notes(notes)
    {
        const QRectF extent = m_painter.extent();
        const double width = size.isEmpty() ? std::max(extent.width() + 2 * margin, 480.0) : size.width();
        const double inner = width - 2 * margin;
        m_title = notes.withTitle && !scene.title.isEmpty() ? titleHeight : 0;
        m_legend = notes.withLegend && !scene.legend.isEmpty() ? legendSize(scene.legend, inner).height() + 14 : 0;
        m_footer = notes.footer.isEmpty() ? 0 : footerHeight;
        const double around = 2 * margin + m_title + m_legend + m_footer + noticeHeight;
        const double height = size.isEmpty() ? extent.height() + around : size.height();
        m_size = QSizeF(width, height).toSize();
        m_picture = QRectF(margin, margin + m_title, inner, std::max(m_size.height() - around, 40.0));
    }

    [[nodiscard]] QSize size() const { return m_size; }

    void paint(QPainter& painter)
    {
        painter.fillRect(QRectF(QPointF(), QSizeF(m_size)), m_theme.canvas);
        paintTitle(painter);
        paintPicture(painter);
        const double below = m_picture.bottom() + noticeHeight;
        if (m_legend > 0)
            paintLegend(painter, m_theme, m_scene.legend, QRectF(margin, below + 6, m_picture.width(), m_legend));
        if (m_footer > 0)
            paintFooter(painter, below + m_legend);
    }

private:
    void paintTitle(QPainter& painter)
    {
        if (m_title <= 0)
            return;
        TextCache texts;
        const QRectF title(margin, margin - 8, m_picture.width(), 28);
        texts.draw(painter, title, {0, m_scene.title, 20, QFont::Bold, m_theme.text});
        const QRectF subtitle(margin, title.bottom(), m_picture.width(), 18);
        texts.draw(painter, subtitle, {0, m_scene.subtitle, 12, QFont::Normal, m_theme.textMuted});
    }

    void paintPicture(QPainter& painter)
    {
        const Camera camera = Camera::fitting(m_painter.extent(), m_picture.size(), 0, 2);
        painter.save();
        painter.translate(m_picture.topLeft());
        const PaintReport report = m_painter.paint(painter, {camera.visible(m_picture.size()), camera.scale});
        painter.restore();
        TextCache texts;
        const QRectF notice(margin, m_picture.bottom() + 4, m_picture.width(), noticeHeight - 4);
        texts.draw(painter, notice, {0, m_painter.notice(report), 11, QFont::Normal, m_theme.textMuted});
    }

    void paintFooter(QPainter& painter, double top)
    {
        painter.setPen(QPen(m_theme.border, 1));
        painter.drawLine(QPointF(margin, top + 8), QPointF(margin + m_picture.width(), top + 8));
        TextCache texts;
        const QRectF footer(margin, top + 12, m_picture.width(), footerHeight - 8);
        texts.draw(painter, footer, {0, m_notes.footer, 11, QFont::Normal, m_theme.textMuted});
    }

    ScenePainter m_painter;
    const Scene& m_scene;
    const Theme& m_theme;
    const ExportNotes& m_notes;
    QSize m_size;
    double m_title = 0;
    double m_legend = 0;
    double m_footer = 0;
    QRectF m_picture;
};

bool writePng(Page& page, QIODevice& device, double scale)
{
    QImage image(page.size() * scale, QImage::Format_ARGB32_Premultiplied);
    if (image.isNull())
        return false;
    image.setDevicePixelRatio(scale);
    QPainter painter(&image);
    page.paint(painter);
    painter.end();
    return image.save(&device, "PNG");
}

bool writeSvg(Page& page, QIODevice& device, const QString& title)
{
    QSvgGenerator generator;
    generator.setOutputDevice(&device);
    generator.setSize(page.size());
    generator.setViewBox(QRect(QPoint(), page.size()));
    // At this resolution a point is a pixel of the page, so fonts come out as high as on the screen.
    generator.setResolution(96);
    generator.setTitle(title);
    QPainter painter;
    if (!painter.begin(&generator))
        return false;
    page.paint(painter);
    return painter.end();
}

bool writePdf(Page& page, QIODevice& device, const QString& title)
{
    constexpr int resolution = 96;
    QPdfWriter writer(&device);
    writer.setResolution(resolution);
    writer.setTitle(title);
    writer.setCreator(QCoreApplication::applicationName());
    const QSizeF points = QSizeF(page.size()) * 72.0 / resolution;
    writer.setPageSize(QPageSize(points, QPageSize::Point, QString(), QPageSize::ExactMatch));
    writer.setPageMargins({});
    QPainter painter;
    if (!painter.begin(&writer))
        return false;
    page.paint(painter);
    return painter.end();
}

} // namespace

QString exportScene(
    const Scene& scene, const Theme& theme, const QString& path, QSize size, double scale, const ExportNotes& notes)
{
    const QString suffix = QFileInfo(path).suffix().toLower();
    if (suffix != QLatin1String("png") && suffix != QLatin1String("svg") && suffix != QLatin1String("pdf"))
        return ExportTexts::tr("A picture is written as .png, .svg or .pdf; \"%1\" ends in none of these.").arg(path);
    Page page(scene, theme, size, notes);
    const double factor = std::clamp(scale, 0.25, 8.0);
    if (suffix == QLatin1String("png") && page.size().width() * factor * page.size().height() * factor > mostPixels)
        return ExportTexts::tr("This picture would have more than %1 million pixels; choose a smaller size, or SVG.")
            .arg(static_cast<int>(mostPixels / 1e6));

    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        return ExportTexts::tr("\"%1\" can't be written: %2.").arg(QDir::toNativeSeparators(path), file.errorString());
    const QString title = scene.title;
    const bool isWritten = suffix == QLatin1String("png") ? writePng(page, file, factor)
        : suffix == QLatin1String("svg")                  ? writeSvg(page, file, title)
                                                          : writePdf(page, file, title);
    if (!isWritten || file.error() != QFileDevice::NoError) {
        const QString why =
            file.error() != QFileDevice::NoError ? file.errorString() : ExportTexts::tr("the picture is too large");
        file.cancelWriting();
        return ExportTexts::tr("\"%1\" can't be written: %2.").arg(QDir::toNativeSeparators(path), why);
    }
    if (!file.commit())
        return ExportTexts::tr("\"%1\" can't be written: %2.").arg(QDir::toNativeSeparators(path), file.errorString());
    return {};
}

} // namespace glacis
