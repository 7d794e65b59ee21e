// SPDX-License-Identifier: GPL-3.0-or-later
// A design that is saved while it is open.
#include "document/reread.h"
#include "glacis/collection_dialog.h"
#include "glacis/main_window.h"
#include "glacis/reread_bar.h"
#include "glacis/settings.h"
#include "glacis/view_list.h"
#include "shell/message_bar.h"

#include "canvas/canvas.h"

#include <QAction>
#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QPushButton>
#include <QSignalSpy>
#include <QtTest>

#include <algorithm>

using namespace glacis;

namespace {

const char* const network = R"(
resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}
resource "aws_subnet" "web" {
  vpc_id     = aws_vpc.main.id
  cidr_block = "10.0.1.0/24"
}
resource "aws_security_group" "web" {
  vpc_id = aws_vpc.main.id
  ingress {
    from_port   = 443
    to_port     = 443
    protocol    = "tcp"
    cidr_blocks = ["10.0.0.0/8"]
  }
}
)";

const char* const machines = R"(
resource "aws_instance" "web" {
  ami                    = "ami-1"
  instance_type          = "t3.small"
  subnet_id              = aws_subnet.web.id
  vpc_security_group_ids = [aws_security_group.web.id]
}
)";

/// A Terraform folder, open in the window.
class Design {
public:
    Design() : settings(home.filePath(QStringLiteral("glacis.ini"))), window(allViews(), settings)
    {
        write(QStringLiteral("network.tf"), network);
        write(QStringLiteral("machines.tf"), machines);
        window.session().watch().setPace(20, 200);
        window.resize(1360, 860);
        window.show();
        window.openPaths({folder.path()});
    }
    bool settled()
    {
        QSignalSpy busy(&window.session(), &Session::busyChanged);
        while (window.session().isBusy()) {
            if (!busy.wait(60000))
                return false;
        }
        return window.session().isOpen();
    }
    void write(const QString& name, const QByteArray& text)
    {
        QFile file(folder.filePath(name));
        if (file.open(QIODevice::WriteOnly | QIODevice::Truncate))
            file.write(text);
    }
    /// As many editors save: another file takes the name.
    void replace(const QString& name, const QByteArray& text)
    {
        write(name + QStringLiteral(".new"), text);
        QFile::remove(folder.filePath(name));
        QFile::rename(folder.filePath(name + QStringLiteral(".new")), folder.filePath(name));
    }
    const Answers& answers() { return window.session().answers(); }
    NodeId thing(std::string_view id) { return answers().estate->find(id).value_or(noNode); }
    const Reread* reread() { return answers().reread.get(); }
    Canvas& canvas() { return *window.view(QStringLiteral("tiers"))->findChild<Canvas*>(); }
    template <class Object> Object* child(const char* name)
    {
        return window.findChild<Object*>(QString::fromUtf8(name));
    }

    QTemporaryDir home, folder;
    Settings settings;
    MainWindow window;
};

} // namespace

class LiveTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aSaveIsReadAndItsDifferenceIsMarked()
    {
        Design design;
        QVERIFY(design.settled());
        QVERIFY(!design.reread());
        design.write(QStringLiteral("network.tf"), QByteArray(network).replace("10.0.0.0/8", "0.0.0.0/0"));
        QTRY_VERIFY_WITH_TIMEOUT(design.reread(), 30000);
        QCOMPARE(design.reread()->difference.changed.size(), std::size_t{1});
        QCOMPARE(design.reread()->marked, std::vector<NodeId>{design.thing("aws_security_group.web")});
        // A group is no mark of its own: the machine that bears it is marked.
        const auto& touched = design.reread()->touched;
        QVERIFY(std::ranges::find(touched, design.thing("aws_instance.web")) != touched.end());
        const QVector<Scene::Mark>& marks = design.canvas().scene().marks;
        QVERIFY(std::ranges::any_of(marks, [](const Scene::Mark& mark) { return mark.state == MarkState::Changed; }));
        QVERIFY(design.reread()->difference.added.empty());
        QVERIFY(design.child<RereadBar>("rereadBar")->sentence().contains(QStringLiteral("1 changed")));
    }

    void placeZoomAndSelectionStay()
    {
        Design design;
        QVERIFY(design.settled());
        design.window.selection().showView(QStringLiteral("tiers"));
        design.window.selection().select(Selected::thing(design.thing("aws_instance.web")));
        design.canvas().zoomBy(1.7);
        const double zoom = design.canvas().camera().scale;
        const QPointF centre = design.canvas().camera().centre;
        // More things before it: all ids of nodes move.
        design.write(QStringLiteral("a.tf"), "resource \"aws_s3_bucket\" \"a\" {\n  bucket = \"a\"\n}\n");
        QTRY_VERIFY_WITH_TIMEOUT(design.reread(), 30000);
        QCOMPARE(design.reread()->difference.added.size(), std::size_t{1});
        QCOMPARE(design.window.selection().current().things, std::vector<NodeId>{design.thing("aws_instance.web")});
        QCOMPARE(design.window.selection().view(), QStringLiteral("tiers"));
        QCOMPARE(design.canvas().camera().scale, zoom);
        QCOMPARE(design.canvas().camera().centre, centre);
        QVERIFY(!design.canvas().selection().isEmpty());
    }

    void filesThatAreReplacedNewOrGoneAreSeen()
    {
        Design design;
        QVERIFY(design.settled());
        design.replace(QStringLiteral("machines.tf"), QByteArray(machines).replace("\"web\" {", "\"front\" {"));
        QTRY_VERIFY_WITH_TIMEOUT(design.reread() && design.thing("aws_instance.front") != noNode, 30000);
        // With the machine goes what came with it: its disk.
        const Reread& reread = *design.reread();
        QVERIFY(std::ranges::any_of(reread.difference.removed,
            [&](NodeId node) { return reread.before.estate->id(node) == "aws_instance.web"; }));
        QFile::remove(design.folder.filePath(QStringLiteral("machines.tf")));
        QTRY_COMPARE_WITH_TIMEOUT(design.thing("aws_instance.front"), noNode, 30000);
        // What went is held against what was opened, not against the save before.
        QVERIFY(design.reread()->difference.added.empty());
    }

    void aFileThatIsBeingTypedIsShownAsItWas()
    {
        Design design;
        QVERIFY(design.settled());
        design.write(QStringLiteral("network.tf"), QByteArray(network).replace("ingress {", "ingress {{"));
        QTRY_VERIFY_WITH_TIMEOUT(!design.window.messages().sentence().isEmpty(), 30000);
        QVERIFY(design.window.messages().sentence().contains(QStringLiteral("network.tf")));
        QVERIFY(design.thing("aws_security_group.web") != noNode);
        QVERIFY(design.reread()->difference.isNone());
        QCOMPARE(design.child<RereadBar>("rereadBar")->sentence(), QString());
        // The other files go on.
        design.write(QStringLiteral("machines.tf"),
            QByteArray(machines).replace("t3.small", "t3.large")
                + "resource \"aws_instance\" \"two\" {\n  ami = \"ami-1\"\n}\n");
        QTRY_VERIFY_WITH_TIMEOUT(design.thing("aws_instance.two") != noNode, 30000);
        QVERIFY(design.thing("aws_security_group.web") != noNode);
        // Repaired, it counts, and nothing is said any more.
        design.write(QStringLiteral("network.tf"), QByteArray(network).replace("10.0.0.0/8", "0.0.0.0/0"));
        QTRY_VERIFY_WITH_TIMEOUT(design.reread()->held.empty(), 30000);
        QVERIFY(design.window.messages().isHidden());
    }

    void whatIsTriedOutStaysWhereItsSubjectIs()
    {
        Design design;
        QVERIFY(design.settled());
        const NodeId machine = design.thing("aws_instance.web");
        const auto edges = design.answers().estate->out(machine);
        QVERIFY(!edges.empty());
        Trial trial;
        trial.title = QStringLiteral("Take it apart");
        trial.changes = {RemoveEdge{
            "aws_instance.web", edges.front().kind, std::string(design.answers().estate->id(edges.front().to))}};
        design.window.session().tryOut(trial);
        QVERIFY(design.settled());
        QVERIFY(design.answers().whatIf);
        design.write(QStringLiteral("a.tf"), "resource \"aws_s3_bucket\" \"a\" {\n  bucket = \"a\"\n}\n");
        QTRY_VERIFY_WITH_TIMEOUT(design.reread(), 30000);
        QVERIFY(design.answers().whatIf);
        QCOMPARE(design.answers().whatIf->trials, std::vector<Trial>{trial});
        // The bucket came in the design, not by what is tried out.
        QCOMPARE(design.reread()->difference.count(), std::size_t{1});
        // It can still be taken back.
        design.window.session().undoStack().undo();
        QVERIFY(design.settled());
        QVERIFY(!design.answers().whatIf);
        design.window.session().undoStack().redo();
        QVERIFY(design.settled());
        QVERIFY(design.answers().whatIf);
        // Its subject goes: it is dropped and named.
        QFile::remove(design.folder.filePath(QStringLiteral("machines.tf")));
        QTRY_VERIFY_WITH_TIMEOUT(!design.answers().whatIf, 30000);
        QVERIFY(design.window.messages().sentence().contains(QStringLiteral("Take it apart")));
        QVERIFY(!design.window.session().undoStack().canUndo());
    }

    void whatStandsCanBeTakenAsTheStart()
    {
        Design design;
        QVERIFY(design.settled());
        design.write(QStringLiteral("network.tf"), QByteArray(network).replace("10.0.0.0/8", "0.0.0.0/0"));
        QTRY_VERIFY_WITH_TIMEOUT(design.reread(), 30000);
        QTest::mouseClick(design.child<QPushButton>("rereadStart"), Qt::LeftButton);
        QVERIFY(!design.reread());
        QCOMPARE(design.child<RereadBar>("rereadBar")->sentence(), QString());
        design.write(QStringLiteral("network.tf"), network);
        QTRY_VERIFY_WITH_TIMEOUT(design.reread(), 30000);
        QCOMPARE(design.reread()->difference.changed.size(), std::size_t{1});
    }

    void aSaveThatSaysTheSameShowsNothing()
    {
        Design design;
        QVERIFY(design.settled());
        QSignalSpy looked(&design.window.session().watch(), &SourceWatch::changed);
        design.write(QStringLiteral("network.tf"), QByteArray(network) + "\n# a remark\n");
        QTRY_VERIFY_WITH_TIMEOUT(!looked.isEmpty(), 30000);
        QVERIFY(design.settled());
        QVERIFY(!design.reread());
    }

    void theCollectionScriptIsShownSavedAndCopied()
    {
        Design design;
        QVERIFY(design.settled());
        design.child<QAction>("collectionAction")->trigger();
        auto* dialog = design.window.findChild<CollectionDialog*>();
        QVERIFY(dialog && dialog->isVisible());
        QVERIFY(dialog->script().contains(QStringLiteral("aws sts get-caller-identity")));
        auto* provider = dialog->findChild<QComboBox*>(QStringLiteral("collectionProvider"));
        QCOMPARE(provider->count(), 4);
        QTest::keyClick(provider, Qt::Key_End);
        QVERIFY(dialog->script().contains(QStringLiteral("kubectl get pods")));
        QTest::mouseClick(dialog->findChild<QPushButton*>(QStringLiteral("collectionCopy")), Qt::LeftButton);
        QCOMPARE(QGuiApplication::clipboard()->text(), dialog->script());
        const QString path = design.home.filePath(QStringLiteral("collect.sh"));
        QCOMPARE(dialog->save(path), QString());
        QFile written(path);
        QVERIFY(written.open(QIODevice::ReadOnly));
        QCOMPARE(QString::fromUtf8(written.readAll()), dialog->script());
        QVERIFY(!dialog->save(QStringLiteral("/nonexistent/collect.sh")).isEmpty());
    }
};

QTEST_MAIN(LiveTest)
#include "tst_live.moc"
