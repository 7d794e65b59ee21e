// SPDX-License-Identifier: GPL-3.0-or-later
#include "../import/written_folder.h"

#include "collection/script.h"
#include "estate/asked.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QStandardPaths>
#include <QtTest>

using namespace glacis;

namespace {

/// A folder on PATH with a tool that answers as it is told, and notes what it was asked.
class Collected {
public:
    /// What the provider's file of answers leaves out is refused.
    explicit Collected(const char* provider, const QStringList& arguments = {})
    {
        const Collection& collection = *collectionOf(provider);
        QFile file(
            QStringLiteral(GLACIS_SOURCE_DIR "/tests/model/collection/answers/%1.sh").arg(QString::fromUtf8(provider)));
        const QByteArray answers = file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
        write(QString::fromStdString(collection.tool),
            "#!/bin/sh\nprintf '%s\\n' \"$*\" >> '" + log().toUtf8() + "'\ncase \"${AWS_PROFILE:-}|$*\" in\n" + answers
                + "*) echo 'AccessDenied: not for you' >&2; exit 254 ;;\nesac\n");
        QFile::setPermissions(
            folder.filePath(QString::fromStdString(collection.tool)), QFile::ReadOwner | QFile::ExeOwner);
        write(QStringLiteral("collect.sh"), QByteArray::fromStdString(collectionScript(collection)));
        QProcess process;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(
            QStringLiteral("PATH"), folder.path() + QLatin1Char(':') + environment.value(QStringLiteral("PATH")));
        environment.remove(QStringLiteral("AWS_PROFILE"));
        process.setProcessEnvironment(environment);
        process.setWorkingDirectory(folder.path());
        process.start(
            QStringLiteral("sh"), QStringList{QStringLiteral("collect.sh"), QStringLiteral("out")} + arguments);
        ended = process.waitForFinished(120000) && process.exitCode() == 0;
        said = process.readAllStandardError();
        Progress progress;
        const std::filesystem::path input = folder.filePath(QStringLiteral("out")).toStdString();
        Imported imported = import({&input, 1}, readers(), progress);
        ledger = std::move(imported.ledger);
        estate = link(std::move(imported.inventory), progress);
    }

    [[nodiscard]] QByteArray read(const QString& name) const
    {
        QFile file(folder.filePath(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    [[nodiscard]] QString log() const { return folder.filePath(QStringLiteral("asked.txt")); }
    [[nodiscard]] NodeId named(Kind kind, std::string_view name) const
    {
        for (const NodeId node : estate.ofKind(kind)) {
            if (estate.name(node) == name)
                return node;
        }
        return noNode;
    }
    /// The first file that no reader knows; empty when there is none.
    [[nodiscard]] std::string unknownFile() const
    {
        for (const LedgerRow& row : ledger.rows) {
            if (row.format.empty() || !row.problems.empty())
                return row.file;
        }
        return {};
    }

    QTemporaryDir folder;
    bool ended = false;
    QByteArray said;
    Ledger ledger;
    Estate estate;

private:
    void write(const QString& name, const QByteArray& text)
    {
        QFile file(folder.filePath(name));
        if (file.open(QIODevice::WriteOnly))
            file.write(text);
    }
};

} // namespace

class CollectionScriptTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyScriptIsAShells()
    {
        for (const Collection& one : collections()) {
            QTemporaryDir folder;
            QFile file(folder.filePath(QStringLiteral("collect.sh")));
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write(QByteArray::fromStdString(collectionScript(one)));
            file.close();
            QCOMPARE(QProcess::execute(QStringLiteral("sh"), {QStringLiteral("-n"), file.fileName()}), 0);
            const QString checker = QStandardPaths::findExecutable(QStringLiteral("shellcheck"));
            if (!checker.isEmpty())
                QCOMPARE(QProcess::execute(checker, {file.fileName()}), 0);
        }
    }

    void theFolderOfAwsImportsAsItIs()
    {
        const Collected made("aws");
        QVERIFY2(made.ended, made.said.constData());
        QCOMPARE(made.unknownFile(), std::string());
        const auto network = made.estate.find("vpc-0a");
        QVERIFY(network);
        QCOMPARE(made.estate.id(made.estate.node(*network).account), std::string_view("111122223333"));
        QCOMPARE(made.estate.name(made.estate.node(*network).region), std::string_view("eu-central-1"));
        QVERIFY(!made.estate.find("vpc-0b"));
    }

    void whatIsRefusedIsNotedAndStopsNothing()
    {
        const Collected made("aws");
        QVERIFY(made.ended);
        const QByteArray errors = made.read(QStringLiteral("out.errors.txt"));
        QVERIFY(errors.contains("not collected: aws s3api get-bucket-acl --bucket logs\n"));
        QVERIFY(errors.contains("AccessDenied: not for you"));
        QVERIFY(!QFile::exists(made.folder.filePath(QStringLiteral("out/111122223333/get-bucket-acl/logs.json"))));
        QVERIFY(QFile::exists(made.folder.filePath(QStringLiteral("out/111122223333/eu-west-1/describe-vpcs.json"))));
    }

    void aSettingThatIsNotThereIsAnAnswer()
    {
        const Collected made("aws");
        const NodeId bucket = *made.estate.find("arn:aws:s3:::logs");
        QCOMPARE(made.estate.flag(bucket, "block_public_acls"), std::optional(false));
        QCOMPARE(made.estate.flag(bucket, "access_logging"), std::optional(false));
        QCOMPARE(made.estate.flag(*made.estate.find("arn:aws:s3:::data"), "block_public_acls"), std::nullopt);
    }

    void aNameWithAwkwardLettersIsToldByItsFile()
    {
        const Collected made("aws");
        const auto group =
            made.estate.find("arn:aws:elasticloadbalancing:eu-central-1:111122223333:targetgroup/web/0123456789abcdef");
        QVERIFY(group);
        QVERIFY(made.estate.flag(*group, "read:describe-target-group-attributes").value_or(false));
    }

    void unitsAreFollowedToTheirEnd()
    {
        const Collected made("aws");
        QVERIFY(made.read(QStringLiteral("asked.txt"))
                    .contains("organizations list-organizational-units-for-parent --parent-id ou-2"));
        QVERIFY(made.estate.find("777788889999"));
    }

    void everyProfileHasAFolderOfItsOwn()
    {
        const Collected made("aws", {QStringLiteral("one"), QStringLiteral("two")});
        QVERIFY2(made.ended, made.said.constData());
        QCOMPARE(
            made.estate.id(made.estate.node(*made.estate.find("vpc-0b")).account), std::string_view("444455556666"));
    }

    void azureIsAskedForEachSubscriptionAndPageByPage()
    {
        const Collected made("azure");
        QVERIFY2(made.ended, made.said.constData());
        QCOMPARE(made.unknownFile(), std::string());
        const NodeId network = made.named(Kind::Network, "main");
        QVERIFY(network != noNode);
        QVERIFY(wasAsked(made.estate, network, "network-nsg-list"));
        QVERIFY(!wasAsked(made.estate, network, "network-nic-list"));
        QCOMPARE(made.estate.ofKind(Kind::RoleBinding).size(), std::size_t{2});
    }

    void googleCloudIsAskedForEachProject()
    {
        const Collected made("gcp");
        QVERIFY2(made.ended, made.said.constData());
        QCOMPARE(made.unknownFile(), std::string());
        const NodeId network = made.named(Kind::Network, "main");
        QVERIFY(network != noNode);
        QVERIFY(wasAsked(made.estate, network, "compute-firewall-rules-list"));
        // The bucket's policy is the bucket's, though it lies in the folder of its project.
        const NodeId bucket = made.named(Kind::ObjectStore, "shop-data");
        QVERIFY(bucket != noNode);
        QCOMPARE(made.estate.policies(bucket).size(), std::size_t{1});
        QVERIFY(made.read(QStringLiteral("asked.txt")).contains("asset list --content-type=iam-policy"));
    }

    void clustersLieInFoldersOfTheirOwnAndSecretsKeepTheirValues()
    {
        const Collected made("kubernetes");
        QVERIFY2(made.ended, made.said.constData());
        QCOMPARE(made.unknownFile(), std::string());
        QVERIFY(QFile::exists(made.folder.filePath(QStringLiteral("out/kind-shop/pods.json"))));
        const NodeId pod = made.named(Kind::Pod, "front");
        QVERIFY(pod != noNode);
        QVERIFY(wasAsked(made.estate, pod, "networkpolicies.networking.k8s.io"));
        QVERIFY(!wasAsked(made.estate, pod, "services"));
        QVERIFY(made.named(Kind::Secret, "key") != noNode);
        QVERIFY(!made.read(QStringLiteral("asked.txt")).contains("get secrets --all-namespaces --output=json"));
    }

    void withoutTheToolItSaysSo()
    {
        QTemporaryDir folder;
        QFile file(folder.filePath(QStringLiteral("collect.sh")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QByteArray::fromStdString(collectionScript(*collectionOf("aws"))));
        file.close();
        QProcess process;
        process.setWorkingDirectory(folder.path());
        process.setProcessEnvironment({});
        process.start(QStringLiteral("/bin/sh"), {file.fileName()});
        QVERIFY(process.waitForFinished());
        QCOMPARE(process.exitCode(), 1);
        QCOMPARE(process.readAllStandardError().trimmed(), QByteArray("aws is not installed."));
    }
};

QTEST_GUILESS_MAIN(CollectionScriptTest)
#include "tst_collection_script.moc"
