// SPDX-License-Identifier: GPL-3.0-or-later
#include "catalog/schema.h"
#include "collection/collection.h"
#include "collection/shell.h"
#include "core/text.h"
#include "import/aws_cli/context.h"

#include <QDirIterator>
#include <QFile>
#include <QRegularExpression>
#include <QtTest>

#include <set>

using namespace glacis;

namespace {

/// What a command does is one of its words; no other word of a call may be a verb.
bool onlyReads(const Collection& collection, std::string_view command)
{
    static const QRegularExpression reads(QStringLiteral("^(list|show|describe|get|search|current-context)(-|$)"));
    static const QRegularExpression writes(QStringLiteral("^(create|delete|update|put|set|add|remove|attach|detach|"
                                                          "start|stop|run|apply|patch|invoke|generate|export)(-|$)"));
    const QString words = QString::fromStdString(std::string(command));
    if (collection.tool == "az" && words.startsWith(QStringLiteral("rest ")))
        return words.startsWith(QStringLiteral("rest --method get --url https://graph.microsoft.com/"));
    bool found = false;
    for (const QString& word : words.split(QLatin1Char(' '))) {
        if (word.startsWith(QLatin1String("--")))
            break;
        if (writes.match(word).hasMatch() && word != QLatin1String("run"))
            return false;
        found = found || reads.match(word).hasMatch();
    }
    return found;
}

QString commandsOf(const Collection& collection)
{
    QString all;
    for (const CollectionCall& call : collection.calls)
        all += QString::fromStdString(collection.tool + ' ' + call.command + '\n');
    return all;
}

} // namespace

class CollectionTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void tablesFitTheirSchema()
    {
        for (const Collection& one : collections()) {
            const Table table =
                loadTable("collection/" + one.provider + ".json", "collection/schema.json", "collection");
            for (const SchemaFault& fault : table.faults)
                qWarning("%s %s: %s", one.provider.c_str(), fault.pointer.c_str(), fault.sentence.c_str());
            QVERIFY(table.faults.empty());
        }
    }

    void whatRowsReferToIsThere()
    {
        for (const Collection& one : collections()) {
            for (const CollectionList& list : one.lists)
                QVERIFY2(
                    list.of.empty() || (one.list(list.of) && one.list(list.of)->once == list.once), list.name.c_str());
            for (const CollectionCall& call : one.calls) {
                const CollectionList* list = one.list(call.each);
                QVERIFY2(call.each.empty() || (list && list->once == call.once), call.file.c_str());
                QVERIFY2(call.unless.empty() || one.call(call.unless), call.file.c_str());
            }
        }
    }

    void noTwoCallsWriteTheSameFile()
    {
        for (const Collection& one : collections()) {
            std::set<std::pair<std::string, std::string>> files;
            for (const CollectionCall& call : one.calls)
                QVERIFY2(files.insert({call.file, call.each}).second, call.file.c_str());
        }
    }

    void everyCommandOnlyReads()
    {
        for (const Collection& one : collections()) {
            QVERIFY(one.root.empty() || onlyReads(one, one.root));
            QVERIFY(onlyReads(one, one.places));
            for (const CollectionList& list : one.lists)
                QVERIFY2(onlyReads(one, list.command) && (list.deep.empty() || onlyReads(one, list.deep)),
                    list.command.c_str());
            for (const CollectionCall& call : one.calls)
                QVERIFY2(onlyReads(one, call.command), call.command.c_str());
        }
    }

    /// A listing that is read and not collected has another call that says the same.
    void everyListingThatIsReadIsCollected()
    {
        const std::set<std::string_view> saidByAnother = {"list-users", "list-groups", "list-roles",
            "list-instance-profiles", "describe-tags", "describe-elasticsearch-domains"};
        const Collection& aws = *collectionOf("aws");
        for (const auto rows :
            {aws::networkHandlers(), aws::networkLimitHandlers(), aws::transitHandlers(), aws::identityHandlers(),
                aws::iamCallHandlers(), aws::workloadHandlers(), aws::serverlessHandlers(), aws::storeHandlers(),
                aws::bucketHandlers(), aws::clusterHandlers(), aws::watchingHandlers(), aws::platformHandlers()}) {
            for (const aws::HandlerRow& row : rows) {
                if (!row.listing.empty() && !saidByAnother.contains(row.listing))
                    QVERIFY2(aws.call(row.listing), std::string(row.listing).c_str());
            }
        }
    }

    /// What the engines tell the user to run for an answer is what the script runs.
    void everyCommandThatAnEngineNamesIsCollected()
    {
        static const QRegularExpression named(
            QStringLiteral("\\((aws|az|gcloud|kubectl) ((?:[a-z][a-z0-9-]*)(?: [a-z][a-z0-9-]*)*)"));
        // The same for a whole organisation, by a call that writes to a bucket of the user's.
        const QSet<QString> other = {QStringLiteral("gcloud asset export"), QStringLiteral("az graph query"),
            QStringLiteral("aws iam get-role"), QStringLiteral("kubectl get")};
        QString all;
        for (const Collection& one : collections())
            all += commandsOf(one);
        int seen = 0;
        QDirIterator files(QStringLiteral(GLACIS_SOURCE_DIR "/model"), {QStringLiteral("*.cpp")}, QDir::Files,
            QDirIterator::Subdirectories);
        while (files.hasNext()) {
            QFile file(files.next());
            QVERIFY(file.open(QIODevice::ReadOnly));
            auto found = named.globalMatch(QString::fromUtf8(file.readAll()));
            while (found.hasNext()) {
                const QString command = found.next().captured().mid(1);
                ++seen;
                QVERIFY2(other.contains(command) || all.contains(command + QLatin1Char(' '))
                        || all.contains(command + QLatin1Char('\n')),
                    qPrintable(command + QStringLiteral(" in ") + file.fileName()));
            }
        }
        QVERIFY(seen > 20);
    }

    void aFileIsKnownByTheCallItIsNamedAfter()
    {
        const Collection& azure = *collectionOf("azure");
        QCOMPARE(collectedFile(azure, "out/t/s/network-nsg-list.json").call->command, std::string("network nsg list"));
        const CollectedFile members = collectedFile(azure, "ad-group-member-list/ab-12.json");
        QCOMPARE(members.call->file, std::string("ad-group-member-list"));
        QCOMPARE(members.of, std::string_view("ab-12"));
        QVERIFY(!collectedFile(azure, "something-else.json").call);
        QVERIFY(!collectedFile(azure, "").call);
        QCOMPARE(collectedFile(*collectionOf("kubernetes"), "c/secrets.yaml").call->file, std::string("secrets"));
    }

    void aCommandIsQuotedForTheShell()
    {
        const auto fill = [](std::string_view name) { return "<" + std::string(name) + ">"; };
        QCOMPARE(shellCommand("s3api list --query Buckets[].Name", fill),
            std::string("s3api list --query 'Buckets[].Name'"));
        QCOMPARE(shellCommand("a --id {bucket} gs://{bucket}/x", fill), std::string("a --id <bucket> gs://<bucket>/x"));
        QCOMPARE(shellCommand("a --format=value(x) --plain=y", fill), std::string("a --format='value(x)' --plain=y"));
        QCOMPARE(shellCommand("a '--t={{range .i}}b c{{end}}'", fill), std::string("a --t='{{range .i}}b c{{end}}'"));
    }
};

QTEST_GUILESS_MAIN(CollectionTest)
#include "tst_collection.moc"
