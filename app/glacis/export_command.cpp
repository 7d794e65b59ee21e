// SPDX-License-Identifier: GPL-3.0-or-later
#include "glacis/export_command.h"

#include "arguments.h"
#include "canvas/export.h"
#include "core/text.h"
#include "glacis/main_window.h"
#include "glacis/settings.h"
#include "glacis/view_list.h"
#include "session/session.h"

#include <QApplication>
#include <QEventLoop>
#include <QSaveFile>
#include <QTemporaryDir>

#include <algorithm>
#include <charconv>
#include <iostream>
#include <optional>

namespace glacis {

namespace {

using cli::Arguments;
using cli::Exit;

constexpr auto help =
    "glacis export --input PATH… --view NAME --output FILE.png|svg|pdf [OPTIONS]\n\n"
    "  --input PATH      a file, folder or archive; may be given several times\n"
    "  --sample NAME     the built-in sample instead: three-tier\n"
    "  --view NAME       tiers, paths, access, responsibility; window for the whole window (PNG only)\n"
    "  --in NAME         the view that the window shows\n"
    "  --select ID       an id or other name of a thing; violation:N, finding:N, path:N for the Nth\n"
    "  --theme NAME      light (default), dark or high-contrast\n"
    "  --size WxH        of the page in view pixels; without it the whole picture at 100 %\n"
    "  --scale N         pixels of a PNG for each view pixel, 1 to 4\n"
    "  --strict          exit 4 when part of the input could not be read\n\n"
    "Needs no display. Exit: 0 done, 2 usage or not writable, 3 nothing could be read, 4 partly read.\n\n"
    "Example: glacis export --sample three-tier --view tiers --output tiers.svg\n";

const std::vector<cli::Option> options = {{"--input"}, {"--sample"}, {"--view"}, {"--in"}, {"--output"}, {"--select"},
    {"--theme"}, {"--size"}, {"--scale"}, {"--strict", false}, {"--help", false}};

struct Order {
    Source source;
    QString view, in, output;
    std::string select;
    ThemeKind theme = ThemeKind::Light;
    QSize size;
    double scale = 1;
};

std::optional<ThemeKind> themeNamed(std::string_view name)
{
    if (name.empty() || name == "light")
        return ThemeKind::Light;
    if (name == "dark")
        return ThemeKind::Dark;
    if (name == "high-contrast")
        return ThemeKind::HighContrast;
    return {};
}

std::optional<double> scaleOf(const std::string& text)
{
    if (text.empty())
        return 1;
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool whole = error == std::errc() && end == text.data() + text.size();
    return whole && value >= 1 && value <= 4 ? std::optional(value) : std::nullopt;
}

std::optional<QSize> sizeOf(const std::string& text)
{
    if (text.empty())
        return QSize();
    const auto width = integer(before(text, 'x')), height = integer(after(text, 'x'));
    if (!width || !height || *width < 100 || *height < 100 || *width > 20000 || *height > 20000)
        return {};
    return QSize(static_cast<int>(*width), static_cast<int>(*height));
}

/// The order, or a sentence that says what is wrong with the line.
std::variant<Order, std::string> orderOf(const Arguments& arguments)
{
    if (!arguments.error.empty())
        return arguments.error;
    Order order;
    for (const std::string& input : arguments.all("--input"))
        order.source.paths.emplace_back(input);
    order.source.sample = arguments.one("--sample");
    if (order.source.paths.empty() == order.source.sample.empty())
        return std::string("Say what to read: --input PATH, or --sample three-tier.");
    order.view = QString::fromStdString(arguments.one("--view"));
    order.in = QString::fromStdString(arguments.one("--in"));
    const auto views = allViews();
    const auto known = [&](const QString& name) {
        return std::any_of(views.begin(), views.end(), [&](const ViewEntry& entry) { return entry.name == name; });
    };
    if (!known(order.view) && order.view != QLatin1String("window"))
        return std::string("Say which view: --view tiers, paths, access, responsibility or window.");
    if (!order.in.isEmpty() && !known(order.in))
        return std::string("There is no view ") + order.in.toStdString() + ".";
    order.output = QString::fromStdString(arguments.one("--output"));
    const QString ending = order.output.section(QLatin1Char('.'), -1).toLower();
    if (ending != QLatin1String("png") && ending != QLatin1String("svg") && ending != QLatin1String("pdf"))
        return std::string("Say where to write: --output FILE.png, FILE.svg or FILE.pdf.");
    if (order.view == QLatin1String("window") && ending != QLatin1String("png"))
        return std::string("The window is written as PNG only.");
    order.select = arguments.one("--select");
    const auto theme = themeNamed(arguments.one("--theme"));
    const auto size = sizeOf(arguments.one("--size"));
    const auto scale = scaleOf(arguments.one("--scale"));
    if (!theme)
        return std::string("The theme is light, dark or high-contrast.");
    if (!size)
        return std::string("The size is given as WIDTHxHEIGHT, from 100x100 to 20000x20000.");
    if (!scale)
        return std::string("The scale is a number from 1 to 4.");
    order.theme = *theme;
    order.size = *size;
    order.scale = *scale;
    return order;
}

/// Runs the whole chain to its end.
Exit readAll(Session& session, const Source& source)
{
    QEventLoop loop;
    std::shared_ptr<const Ledger> unread;
    QObject::connect(&session, &Session::failed, &loop,
        [&](const Source&, const std::shared_ptr<const Ledger>& ledger) { unread = ledger; });
    QObject::connect(&session, &Session::busyChanged, &loop, [&] {
        if (!session.isBusy())
            loop.quit();
    });
    session.open(source);
    if (session.isBusy())
        loop.exec();
    if (session.isOpen())
        return Exit::Done;
    for (const LedgerRow& row : unread ? unread->rows : std::vector<LedgerRow>{}) {
        for (const Diagnostic& problem : row.problems)
            std::cerr << describe(problem.place) << ": " << problem.sentence << '\n';
    }
    std::cerr << "Nothing could be read from the input; see the README for what can be imported.\n";
    return Exit::NothingRead;
}

std::optional<Selected> selectedBy(const Answers& answers, const std::string& words)
{
    const auto number = integer(after(words, ':'));
    const std::string_view list = before(words, ':');
    const auto at = [&](std::size_t size) {
        return number && *number >= 1 && static_cast<std::size_t>(*number) <= size
            ? std::optional(static_cast<std::uint32_t>(*number - 1))
            : std::nullopt;
    };
    if (list == "violation" && answers.segmentation) {
        if (const auto row = at(answers.segmentation->violations.size()))
            return Selected::violation(answers, *row);
    } else if (list == "finding" && answers.posture) {
        if (const auto row = at(answers.posture->results.size()))
            return Selected::finding(answers, *row);
    } else if (list == "path" && answers.paths) {
        if (const auto row = at(answers.paths->paths.size()))
            return Selected::path(std::shared_ptr<const AttackPath>(answers.paths, &answers.paths->paths[*row]));
    }
    if (const auto node = answers.estate->find(words))
        return Selected::thing(*node);
    return {};
}

QString writeView(const Order& order, const Answers& answers, const Selected& selected)
{
    for (const ViewEntry& entry : allViews()) {
        if (entry.name != order.view)
            continue;
        const std::unique_ptr<View> view(entry.make(nullptr));
        view->resize(order.size.isEmpty() ? QSize(1280, 800) : order.size);
        view->setAnswers(answers);
        view->setSelected(selected);
        ExportNotes notes;
        notes.footer = MainWindow::footerOf(answers, view->summary());
        return exportScene(view->scene(), currentTheme(), order.output, order.size, order.scale, notes);
    }
    return {};
}

/// Reads anew, for the window has a session of its own.
QString writeWindow(const Order& order)
{
    const QTemporaryDir folder;
    Settings settings(folder.filePath(QStringLiteral("settings.ini")));
    settings.setTheme(order.theme);
    if (!order.in.isEmpty())
        settings.setView(order.in);
    MainWindow window(allViews(), settings);
    window.resize(order.size.isEmpty() ? QSize(1360, 860) : order.size);
    window.show();
    readAll(window.session(), order.source);
    if (!order.select.empty()) {
        if (const auto selected = selectedBy(window.session().answers(), order.select))
            window.selection().select(*selected);
    }
    // Layouts and cameras settle on the events that are under way.
    for (int turn = 0; turn < 4; ++turn)
        QCoreApplication::processEvents(QEventLoop::ExcludeUserInputEvents);
    QSaveFile file(order.output);
    const QPixmap picture = window.grab();
    if (!file.open(QIODevice::WriteOnly) || !picture.save(&file, "PNG") || !file.commit())
        return QCoreApplication::translate("Export", "%1 could not be written: %2")
            .arg(order.output, file.errorString());
    return {};
}

} // namespace

bool prepareExport(const std::vector<std::string>& line)
{
    if (line.empty() || line.front() != "export")
        return false;
    if (!qEnvironmentVariableIsSet("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    const Arguments arguments = parseArguments({line.begin() + 1, line.end()}, options);
    if (arguments.one("--view") == "window" && scaleOf(arguments.one("--scale")))
        qputenv(
            "QT_SCALE_FACTOR", QByteArray::fromStdString(arguments.has("--scale") ? arguments.one("--scale") : "1"));
    return true;
}

int runExport(const std::vector<std::string>& line)
{
    const Arguments arguments = parseArguments({line.begin() + 1, line.end()}, options);
    if (arguments.has("--help")) {
        std::cout << help;
        return Exit::Done;
    }
    const auto parsed = orderOf(arguments);
    if (const auto* wrong = std::get_if<std::string>(&parsed)) {
        std::cerr << *wrong << '\n';
        return Exit::Usage;
    }
    const Order& order = std::get<Order>(parsed);
    applyTheme(*qApp, order.theme);
    Session session;
    if (const Exit exit = readAll(session, order.source); exit != Exit::Done)
        return exit;
    Selected selected;
    if (!order.select.empty()) {
        const auto found = selectedBy(session.answers(), order.select);
        if (!found) {
            std::cerr << "There is nothing named " << order.select << " in the input.\n";
            return Exit::Usage;
        }
        selected = *found;
    }
    const QString problem =
        order.view == QLatin1String("window") ? writeWindow(order) : writeView(order, session.answers(), selected);
    if (!problem.isEmpty()) {
        std::cerr << problem.toStdString() << '\n';
        return Exit::Usage;
    }
    if (arguments.has("--strict") && session.answers().ledger->anythingWrong()) {
        std::cerr << "Part of the input could not be read, and --strict was given; glacis-cli inspect says which.\n";
        return Exit::PartlyRead;
    }
    return Exit::Done;
}

} // namespace glacis
