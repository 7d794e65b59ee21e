// SPDX-License-Identifier: GPL-3.0-or-later
#include "canvas/canvas.h"
#include "glacis/export_command.h"
#include "glacis/main_window.h"
#include "glacis/settings.h"
#include "glacis/view_list.h"

#include <QApplication>
#include <QTranslator>

#include <iostream>

namespace {

constexpr auto help = "glacis [PATH…]            opens the window, on what is named\n"
                      "glacis --sample NAME      opens the window on a built-in sample: three-tier\n"
                      "glacis export …           writes pictures without a display; see glacis export --help\n"
                      "glacis --version\n";

bool hasDisplay()
{
#ifdef Q_OS_UNIX
    return qEnvironmentVariableIsSet("DISPLAY") || qEnvironmentVariableIsSet("WAYLAND_DISPLAY")
        || qEnvironmentVariableIsSet("QT_QPA_PLATFORM");
#else
    return true;
#endif
}

int runWindow(const std::vector<std::string>& line)
{
    using namespace glacis;
    Settings settings;
    applyTheme(*qApp, settings.theme(), settings.textPercent());
    MainWindow window(allViews(), settings);
    QStringList paths;
    for (std::size_t at = 0; at < line.size(); ++at) {
        if (line[at] == "--sample" && at + 1 < line.size())
            window.openSample(QString::fromStdString(line[++at]));
        else if (line[at] == "--input" && at + 1 < line.size())
            paths << QString::fromStdString(line[++at]);
        else if (!line[at].starts_with('-'))
            paths << QString::fromStdString(line[at]);
    }
    if (!paths.isEmpty())
        window.openPaths(paths);
    window.show();
    return QApplication::exec();
}

} // namespace

int main(int count, char** words)
{
    const std::vector<std::string> line(words + 1, words + count);
    if (!line.empty() && (line[0] == "--help" || line[0] == "-h")) {
        std::cout << help;
        return 0;
    }
    if (!line.empty() && line[0] == "--version") {
        std::cout << "glacis " GLACIS_VERSION "\n";
        return 0;
    }
    const bool isExport = glacis::prepareExport(line);
    if (!isExport && !hasDisplay()) {
        std::cerr << "There is no display. glacis export writes pictures without one; glacis-cli answers in text.\n";
        return 2;
    }
    QApplication application(count, words);
    QApplication::setApplicationName(QStringLiteral("Glacis"));
    QApplication::setApplicationVersion(QStringLiteral(GLACIS_VERSION));
    QApplication::setDesktopFileName(QStringLiteral("glacis"));
    QApplication::setWindowIcon(QIcon(QStringLiteral(":/glacis.svg")));
    QTranslator english; // plural forms
    if (english.load(QStringLiteral(":/i18n/glacis_en.qm")))
        QApplication::installTranslator(&english);
    glacis::installCanvasAccessibility();
    return isExport ? glacis::runExport(line) : runWindow(line);
}
