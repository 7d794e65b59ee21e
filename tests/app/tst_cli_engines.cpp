// SPDX-License-Identifier: GPL-3.0-or-later
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QtTest>

using namespace Qt::StringLiterals;

namespace {

const QString deployer = u"arn:aws:iam::111122223333:user/ci-deployer"_s;
const QString lambdaAdmin = u"arn:aws:iam::111122223333:role/lambda-admin"_s;
const QString web = u"i-025090778ddc7c246"_s;

QByteArray line(const QString& id, const QString& action, const QByteArray& expected)
{
    const QJsonObject statement{
        {u"Effect"_s, u"Allow"_s}, {u"Action"_s, u"s3:Get*"_s}, {u"Resource"_s, u"*"_s}, {u"Sid"_s, u"Reads"_s}};
    const QJsonObject policy{{u"Version"_s, u"2012-10-17"_s}, {u"Statement"_s, QJsonArray{statement}}};
    const QJsonObject request{{u"principal"_s, deployer}, {u"action"_s, action},
        {u"resource"_s, u"arn:aws:s3:::bucket/key"_s}, {u"resource_account"_s, u"111122223333"_s}};
    return QJsonDocument(
               QJsonObject{{u"id"_s, id}, {u"request"_s, request}, {u"identity_policies"_s, QJsonArray{policy}},
                   {u"expected"_s, QString::fromUtf8(expected)}})
               .toJson(QJsonDocument::Compact)
        + '\n';
}

} // namespace

/// The commands of the engines on the built-in sample: exit codes and the members of their JSON that scripts rely on.
class CliEnginesTest : public QObject {
    Q_OBJECT
private:
    int run(const QStringList& words)
    {
        QProcess process;
        process.start(QString::fromUtf8(GLACIS_CLI), words);
        if (!process.waitForFinished(120000) || process.exitStatus() != QProcess::NormalExit)
            return -1;
        m_out = process.readAllStandardOutput();
        m_error = process.readAllStandardError();
        return process.exitCode();
    }
    /// On the sample, as JSON.
    int onSample(const QString& command, const QStringList& more = {})
    {
        const int exit = run(QStringList{command, u"--sample"_s, u"three-tier"_s, u"--format"_s, u"json"_s} + more);
        m_json = QJsonDocument::fromJson(m_out).object();
        return exit;
    }
    /// Asked of an export, as JSON.
    QString verdictOf(const QString& input, const QString& who, const QString& action, const QString& resource,
        const QStringList& more = {})
    {
        const QStringList words{u"access"_s, u"--input"_s, input, u"--format"_s, u"json"_s, u"--principal"_s, who,
            u"--action"_s, action, u"--resource"_s, resource};
        if (run(words + more) != 0)
            return QString::fromUtf8(m_error);
        m_json = QJsonDocument::fromJson(m_out).object();
        return m_json[u"verdict"_s].toString();
    }
    QString write(const QString& name, const QByteArray& text)
    {
        const QString path = m_folder.filePath(name);
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
            return {};
        return path;
    }
    bool has(const QJsonObject& object, const QStringList& members)
    {
        for (const QString& member : members) {
            if (!object.contains(member)) {
                qWarning() << "no member" << member;
                return false;
            }
        }
        return true;
    }
    QTemporaryDir m_folder;
    QByteArray m_out, m_error;
    QJsonObject m_json;

private Q_SLOTS:
    void init() { QVERIFY(m_folder.isValid()); }

    void escalationsAreTheSameBytesOnOneThreadAndOnTwo()
    {
        QCOMPARE(onSample(u"escalations"_s, {u"--threads"_s, u"1"_s}), 0);
        const QByteArray one = m_out;
        QVERIFY(!m_json[u"edges"_s].toArray().isEmpty());
        QCOMPARE(onSample(u"escalations"_s, {u"--threads"_s, u"2"_s}), 0);
        QCOMPARE(m_out, one);
        QCOMPARE(onSample(u"escalations"_s, {u"--threads"_s, u"two"_s}), 2);
    }

    void accessTellsTheVerdictAndWhatDecided()
    {
        QCOMPARE(onSample(u"access"_s,
                     {u"--principal"_s, deployer, u"--action"_s, u"iam:PassRole"_s, u"--resource"_s, lambdaAdmin}),
            0);
        QVERIFY(has(m_json, {u"format"_s, u"verdict"_s, u"open"_s, u"because"_s}));
        QCOMPARE(m_json[u"verdict"_s].toString(), u"allowed"_s);
        const QJsonObject reason = m_json[u"because"_s].toArray().at(0).toObject();
        QVERIFY(has(reason, {u"file"_s, u"pointer"_s, u"text"_s}));
        QVERIFY(reason[u"pointer"_s].toString().contains(u"/Statement/"_s));
    }

    void accessOfAnyoneIsAskedAsInternet()
    {
        const auto ask = [&](const QString& object) {
            return onSample(u"access"_s,
                {u"--principal"_s, u"internet"_s, u"--action"_s, u"s3:GetObject"_s, u"--resource"_s, object});
        };
        QCOMPARE(ask(u"arn:aws:s3:::quillmere-customer-exports/list.csv"_s), 0);
        QCOMPARE(m_json[u"verdict"_s].toString(), u"allowed"_s);
        QCOMPARE(ask(u"arn:aws:s3:::quillmere-app-assets/logo.svg"_s), 0);
        QCOMPARE(m_json[u"verdict"_s].toString(), u"implicit_deny"_s);
    }

    void accessIsAskedOfGoogleCloudToo()
    {
        const QByteArray head =
            "{\"name\":\"//storage.googleapis.com/b\",\"assetType\":\"storage.googleapis.com/Bucket\","
            "\"ancestors\":[\"projects/11\"],";
        const QString input = write(u"assets.jsonl"_s,
            head + "\"resource\":{\"data\":{\"name\":\"b\"}}}\n" + head
                + "\"iamPolicy\":{\"bindings\":[{\"role\":\"roles/"
                  "storage.objectViewer\",\"members\":[\"user:ann@acme.test\"]"
                  "}]}}\n");
        const QString ann = u"user:ann@acme.test"_s, bucket = u"//storage.googleapis.com/b"_s;
        QCOMPARE(verdictOf(input, ann, u"storage.objects.get"_s, bucket), u"allowed"_s);
        const QJsonObject reason = m_json[u"because"_s].toArray().at(0).toObject();
        QVERIFY(reason[u"file"_s].toString().endsWith(u"assets.jsonl"_s));
        QVERIFY(!reason[u"text"_s].toString().isEmpty());
        QCOMPARE(verdictOf(input, ann, u"storage.objects.delete"_s, bucket), u"implicit_deny"_s);
        QCOMPARE(verdictOf(input, u"internet"_s, u"storage.objects.get"_s, bucket), u"implicit_deny"_s);
        QCOMPARE(verdictOf(input, ann, u"storage.objects.get"_s, u"//storage.googleapis.com/other"_s), u"unknown"_s);
        QVERIFY(verdictOf(input, ann, u"get"_s, bucket).contains(u"--action"_s));
    }

    void accessIsAskedOfAzureToo()
    {
        const QString scope = u"/subscriptions/aaaaaaaa-0000-0000-0000-000000000001"_s;
        const QString number = u"dddddddd-0000-0000-0000-000000000001"_s;
        // "Reader" of the built-in roles.
        const QString input = write(u"assignments.json"_s,
            QStringLiteral("[{\"id\":\"%1/providers/Microsoft.Authorization/roleAssignments/1\",\"name\":\"1\","
                           "\"type\":\"Microsoft.Authorization/roleAssignments\",\"principalId\":\"%2\","
                           "\"principalType\":\"User\",\"roleDefinitionId\":\"%1/providers/Microsoft.Authorization/"
                           "roleDefinitions/acdd72a7-3385-48ef-bd42-f606fba81ae7\",\"scope\":\"%1\"}]")
                .arg(scope, number)
                .toUtf8());
        const QString machine = scope + u"/resourceGroups/shop/providers/Microsoft.Compute/virtualMachines/vm"_s;
        QCOMPARE(verdictOf(input, number, u"Microsoft.Compute/virtualMachines/read"_s, machine), u"allowed"_s);
        QVERIFY(!m_json[u"because"_s].toArray().isEmpty());
        QCOMPARE(verdictOf(input, number, u"Microsoft.Compute/virtualMachines/write"_s, machine), u"implicit_deny"_s);
        // To read blobs is a right over data, which "*/read" does not give.
        const QString blobs = u"Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read"_s;
        QCOMPARE(verdictOf(input, number, blobs, scope), u"implicit_deny"_s);
        const QString novelty = u"Microsoft.Novelty/things/entries/read"_s;
        QCOMPARE(verdictOf(input, number, novelty, scope), u"unknown"_s);
        QCOMPARE(verdictOf(input, number, novelty, scope, {u"--data"_s}), u"implicit_deny"_s);
    }

    void effectiveAccessIsToldForEachPrincipalAndStore()
    {
        QCOMPARE(onSample(u"access"_s, {u"--effective"_s}), 0);
        const QJsonArray rows = m_json[u"access"_s].toArray();
        QVERIFY(!rows.isEmpty());
        bool publicRead = false;
        for (const auto& each : rows) {
            const QJsonObject row = each.toObject();
            QVERIFY(has(row, {u"principal"_s, u"resource"_s, u"level"_s, u"verdict"_s, u"open"_s, u"because"_s}));
            QVERIFY(row[u"verdict"_s] == u"allowed"_s || row[u"verdict"_s] == u"conditional"_s);
            publicRead = publicRead
                || (row[u"principal"_s] == u"internet"_s && row[u"level"_s] == u"read"_s
                    && row[u"resource"_s] == u"arn:aws:s3:::quillmere-customer-exports"_s);
        }
        QVERIFY(publicRead);
        QCOMPARE(onSample(u"access"_s, {u"--effective"_s, u"--principal"_s, deployer}), 0);
        QVERIFY(!m_json[u"access"_s].toArray().isEmpty());
        for (const auto& row : m_json[u"access"_s].toArray())
            QCOMPARE(row.toObject()[u"principal"_s].toString(), deployer);
        QCOMPARE(onSample(u"access"_s, {u"--effective"_s, u"--principal"_s, u"nobody"_s}), 2);
    }

    void theReviewTellsWhatLeastPrivilegeWouldNotLeave()
    {
        QCOMPARE(onSample(u"access"_s, {u"--review"_s}), 0);
        QStringList kinds;
        for (const auto& each : m_json[u"review"_s].toArray()) {
            const QJsonObject row = each.toObject();
            QVERIFY(has(row, {u"principal"_s, u"what"_s, u"text"_s, u"because"_s}));
            QVERIFY(!row[u"because"_s].toArray().isEmpty());
            kinds << row[u"what"_s].toString();
        }
        QVERIFY(kinds.contains(u"administrator"_s));
        QVERIFY(kinds.contains(u"trusts_outside"_s));
    }

    void contextMayDecideWhatIsOpen()
    {
        const QStringList words{u"--principal"_s, u"444455556666"_s, u"--action"_s, u"sts:AssumeRole"_s,
            u"--resource"_s, u"arn:aws:iam::111122223333:role/partner-cost-review"_s};
        QCOMPARE(onSample(u"access"_s, words), 0);
        QCOMPARE(m_json[u"verdict"_s].toString(), u"conditional"_s);
        QCOMPARE(m_json[u"open"_s].toArray().size(), 1);
        QCOMPARE(
            onSample(u"access"_s, words + QStringList{u"--context"_s, u"sts:ExternalId=quillmere-cost-review"_s}), 0);
        QCOMPARE(m_json[u"verdict"_s].toString(), u"allowed"_s);
        QCOMPARE(onSample(u"access"_s, words + QStringList{u"--context"_s, u"sts:ExternalId=guessed"_s}), 0);
        QCOMPARE(m_json[u"verdict"_s].toString(), u"implicit_deny"_s);
    }

    void escalationsAreThosePlanted()
    {
        QCOMPARE(onSample(u"escalations"_s), 0);
        QVERIFY(has(m_json, {u"format"_s, u"edges"_s, u"admins"_s}));
        QStringList found;
        const QJsonArray edges = m_json[u"edges"_s].toArray();
        for (const QJsonValue& value : edges) {
            const QJsonObject edge = value.toObject();
            QVERIFY(has(edge, {u"from"_s, u"to"_s, u"technique"_s, u"condition"_s}));
            if (edge[u"technique"_s].toString() != u"aws-workload-role"_s)
                found << edge[u"from"_s].toString().section(u'/', -1) + u' ' + edge[u"technique"_s].toString();
        }
        found.sort();
        QCOMPARE(found,
            (QStringList{u"444455556666 aws-assume-role"_s, u"ci-deployer aws-passrole-lambda-invoke"_s,
                u"support-1 aws-create-policy-version"_s}));
        QVERIFY(m_json[u"admins"_s].toArray().contains(lambdaAdmin));
    }

    void requestsThatStandAloneAreAnsweredALineEach()
    {
        const QString file = write(u"requests.jsonl"_s,
            line(u"one"_s, u"s3:GetObject"_s, "Allowed") + '\n'
                + line(u"two"_s, u"s3:PutObject"_s, "ImplicitlyDenied"));
        QCOMPARE(run({u"evaluate"_s, file}), 0);
        const QList<QByteArray> lines = m_out.trimmed().split('\n');
        QCOMPARE(lines.size(), 2);
        const QJsonObject first = QJsonDocument::fromJson(lines[0]).object(),
                          second = QJsonDocument::fromJson(lines[1]).object();
        QVERIFY(has(first, {u"id"_s, u"verdict"_s, u"open"_s, u"because"_s}));
        QCOMPARE(first[u"id"_s].toString(), u"one"_s);
        QCOMPARE(first[u"verdict"_s].toString(), u"Allowed"_s);
        QVERIFY(first[u"because"_s].toArray().at(0).toString().contains(u"(Reads)"_s));
        QCOMPARE(second[u"verdict"_s].toString(), u"ImplicitlyDenied"_s);
    }

    void aLineThatIsNoRequestIsSaidWithItsNumber()
    {
        const QString file =
            write(u"mixed.jsonl"_s, line(u"one"_s, u"s3:GetObject"_s, "Allowed") + "{\"request\": 3}\n");
        QCOMPARE(run({u"evaluate"_s, file}), 0);
        QVERIFY(m_error.contains("mixed.jsonl:2"));
        QCOMPARE(run({u"evaluate"_s, file, u"--strict"_s}), 4);
        QCOMPARE(run({u"evaluate"_s, write(u"none.jsonl"_s, "[]\n")}), 3);
    }

    void pathsHaveCostsStepsAndFixes()
    {
        QCOMPARE(onSample(u"paths"_s, {u"-k"_s, u"5"_s}), 0);
        QVERIFY(has(m_json, {u"format"_s, u"paths"_s, u"choke_points"_s, u"fixes"_s}));
        const QJsonArray paths = m_json[u"paths"_s].toArray();
        QVERIFY(!paths.isEmpty() && paths.size() <= 5);
        double last = 0;
        for (const QJsonValue& value : paths) {
            const QJsonObject path = value.toObject();
            QVERIFY(path[u"cost"_s].toDouble() >= last);
            last = path[u"cost"_s].toDouble();
            QString at;
            const QJsonArray steps = path[u"steps"_s].toArray();
            for (const QJsonValue& each : steps) {
                const QJsonObject step = each.toObject();
                QVERIFY(has(step, {u"from"_s, u"to"_s, u"technique"_s, u"condition"_s, u"because"_s}));
                QVERIFY(at.isEmpty() || at == step[u"from"_s].toString());
                at = step[u"to"_s].toString();
            }
        }
        const QJsonObject fix = m_json[u"fixes"_s].toArray().at(0).toObject();
        QVERIFY(has(fix, {u"change"_s, u"removes_paths"_s, u"removes_stores"_s, u"changes"_s}));
        QVERIFY(fix[u"removes_stores"_s].toInt() > 0);
    }

    void theSmallestCutOfTheSampleIsTheOpenBucketAndTheWayIn()
    {
        QCOMPARE(onSample(u"paths"_s), 0);
        const QJsonObject cut = m_json[u"smallest_cut"_s].toObject();
        QCOMPARE(cut[u"fixes"_s].toArray().size(), 2);
        for (const QJsonValue& fix : cut[u"fixes"_s].toArray())
            QVERIFY(!fix[u"changes"_s].toArray().isEmpty());
        QVERIFY(cut[u"standing"_s].toArray().isEmpty());
        QVERIFY(m_json.contains(u"groups"_s));
    }

    void pathsBetweenSetsAreTheCheapestOfAll()
    {
        const QStringList ends = {u"--from"_s, u"kind:role"_s, u"--to"_s, u"kind:object_store"_s};
        QCOMPARE(onSample(u"paths"_s, ends + QStringList{u"-k"_s, u"3"_s}), 0);
        const QJsonArray three = m_json[u"paths"_s].toArray();
        QCOMPARE(three.size(), 3);
        QCOMPARE(onSample(u"paths"_s, ends + QStringList{u"-k"_s, u"2"_s}), 0);
        const QJsonArray two = m_json[u"paths"_s].toArray();
        QCOMPARE(two.size(), 2);
        for (int i = 0; i < two.size(); ++i)
            QCOMPARE(two[i], three[i]);
    }

    void pathsAreNarrowedByKindTechniqueAndCondition()
    {
        const QStringList ends = {u"--from"_s, deployer, u"--to"_s, lambdaAdmin};
        QCOMPARE(onSample(u"paths"_s, ends), 0);
        const QJsonArray all = m_json[u"paths"_s].toArray();
        const QString technique = all[0][u"steps"_s][0][u"technique"_s].toString();
        QCOMPARE(onSample(u"paths"_s, ends + QStringList{u"--without"_s, technique}), 0);
        for (const QJsonValue& path : m_json[u"paths"_s].toArray()) {
            for (const QJsonValue& step : path[u"steps"_s].toArray())
                QVERIFY(step[u"technique"_s].toString() != technique);
        }
        QCOMPARE(onSample(u"paths"_s, ends + QStringList{u"--without"_s, u"escalate"_s}), 0);
        QVERIFY(m_json[u"paths"_s].toArray().isEmpty());
        QCOMPARE(onSample(u"paths"_s, {u"--unconditional"_s, u"--fewest-hops"_s}), 0);
        QVERIFY(!m_json[u"paths"_s].toArray().isEmpty());
        for (const QJsonValue& path : m_json[u"paths"_s].toArray()) {
            for (const QJsonValue& step : path[u"steps"_s].toArray())
                QVERIFY(step[u"condition"_s].toArray().isEmpty());
        }
        QCOMPARE(onSample(u"paths"_s, {u"--without"_s, u"teleport"_s}), 2);
    }

    void pathsTellWhatReachesAThingAndWhatItReaches()
    {
        QCOMPARE(onSample(u"paths"_s, {u"--descendants"_s, deployer, u"--ancestors"_s, lambdaAdmin}), 0);
        const QJsonObject below = m_json[u"descendants"_s].toObject(), above = m_json[u"ancestors"_s].toObject();
        QVERIFY(below[u"things"_s].toArray().contains(lambdaAdmin));
        QVERIFY(above[u"things"_s].toArray().contains(deployer));
        int counted = 0;
        for (const QJsonValue& count : below[u"kinds"_s].toObject())
            counted += count.toInt();
        QCOMPARE(counted, below[u"things"_s].toArray().size());
        QVERIFY(below[u"stores"_s][u"restricted"_s].toInt() > 0);
    }

    void aSelectorThatNamesNoneIsAnsweredWithNoPaths()
    {
        for (const QString& none : {u"kind:notebook"_s, u"tag:Env=nowhere"_s}) {
            QCOMPARE(onSample(u"paths"_s, {u"--to"_s, none}), 0);
            QVERIFY(m_json.contains(u"paths"_s) && m_json[u"paths"_s].toArray().isEmpty());
            QVERIFY(m_json[u"choke_points"_s].toArray().isEmpty());
        }
        QCOMPARE(onSample(u"paths"_s, {u"--to"_s, u"nobody"_s}), 2); // that is no answer but a slip
    }

    void whatWasReadIsAnsweredForThoughStrict()
    {
        const QString bad = write(u"bad.json"_s, "{\"SecurityGroups\": [");
        const QString good =
            write(u"good.json"_s, "{\"Vpcs\": [{\"VpcId\": \"vpc-1\", \"CidrBlock\": \"10.0.0.0/16\"}]}");
        QCOMPARE(run({u"paths"_s, u"--input"_s, good, u"--input"_s, bad, u"--strict"_s, u"--format"_s, u"json"_s}), 4);
        QVERIFY(QJsonDocument::fromJson(m_out).object().contains(u"paths"_s));
    }

    void pathsMayBeAskedBetweenTwoThings()
    {
        QCOMPARE(onSample(u"paths"_s, {u"--from"_s, deployer, u"--to"_s, lambdaAdmin}), 0);
        const QJsonArray paths = m_json[u"paths"_s].toArray();
        QVERIFY(!paths.isEmpty());
        for (const QJsonValue& value : paths) {
            const QJsonArray steps = value.toObject()[u"steps"_s].toArray();
            QCOMPARE(steps.first().toObject()[u"from"_s].toString(), deployer);
            QCOMPARE(steps.last().toObject()[u"to"_s].toString(), lambdaAdmin);
        }
    }

    void segmentationTellsTheSkippedTier()
    {
        QCOMPARE(onSample(u"segmentation"_s), 0);
        QVERIFY(has(m_json, {u"format"_s, u"violations"_s, u"unassigned"_s}));
        // The bucket that its policy opens to everyone comes from further out.
        const QJsonArray violations = m_json[u"violations"_s].toArray();
        QCOMPARE(violations.at(0).toObject()[u"kind"_s].toString(), u"public_policy"_s);
        const QJsonObject worst = violations.at(1).toObject();
        QVERIFY(has(worst,
            {u"kind"_s, u"severity"_s, u"from_zone"_s, u"to_zone"_s, u"from"_s, u"to"_s, u"ports"_s, u"decided_by"_s,
                u"fix"_s}));
        QCOMPARE(worst[u"kind"_s].toString(), u"tier_skip"_s);
        QCOMPARE(worst[u"ports"_s].toString(), u"tcp/5432"_s);
        QVERIFY(worst[u"from"_s].toArray().contains(web));
        QCOMPARE(worst[u"decided_by"_s].toObject()[u"node"_s].toString(), u"sg-07fde6590ea1b6cfc"_s);
    }

    void failOnIsOneFromItsSeverityUp()
    {
        for (const QString& severity : {u"info"_s, u"low"_s, u"medium"_s, u"high"_s})
            QCOMPARE(onSample(u"segmentation"_s, {u"--fail-on"_s, severity}), 1);
        QVERIFY(!m_json[u"violations"_s].toArray().isEmpty());
        QCOMPARE(onSample(u"segmentation"_s, {u"--fail-on"_s, u"critical"_s}), 0);
        QCOMPARE(onSample(u"segmentation"_s, {u"--fail-on"_s, u"terrible"_s}), 2);
    }

    void aMatrixOfOnesOwnDecides()
    {
        const QByteArray anything =
            "{\"default\": \"allow\", \"rows\": [{\"from\": \"web\", \"to\": \"data\", \"access\": \"allow\"}]}";
        QCOMPARE(
            onSample(u"segmentation"_s, {u"--matrix"_s, write(u"matrix.json"_s, anything), u"--fail-on"_s, u"low"_s}),
            0);
        QCOMPARE(onSample(u"segmentation"_s, {u"--matrix"_s, write(u"broken.json"_s, "{")}), 2);
        QVERIFY(m_error.contains("broken.json"));
        QCOMPARE(onSample(u"segmentation"_s, {u"--matrix"_s, m_folder.filePath(u"absent.json"_s)}), 2);
    }

    void reachWithoutAPortTellsWhichPortsAreOpen()
    {
        QCOMPARE(onSample(u"reach"_s, {u"--from"_s, u"i-025090778ddc7c246"_s, u"--to"_s, u"rds:orders-db"_s}), 0);
        QCOMPARE(m_json[u"verdict"_s].toString(), u"reachable"_s);
        QCOMPARE(m_json[u"ports"_s].toString(), u"tcp/5432"_s);
    }

    void reachTellsTheWayControlByControl()
    {
        QCOMPARE(onSample(u"reach"_s, {u"--from"_s, web, u"--to"_s, u"rds:orders-db"_s, u"--port"_s, u"5432"_s}), 0);
        QVERIFY(has(m_json, {u"id"_s, u"verdict"_s, u"ports"_s, u"hops"_s, u"decided_by"_s}));
        QCOMPARE(m_json[u"verdict"_s].toString(), u"reachable"_s);
        QCOMPARE(m_json[u"ports"_s].toString(), u"tcp/5432"_s);
        const QJsonArray hops = m_json[u"hops"_s].toArray();
        for (const QJsonValue& hop : hops)
            QVERIFY(has(hop.toObject(), {u"node"_s, u"control"_s, u"rule"_s, u"effect"_s}));
        QCOMPARE(
            onSample(u"reach"_s, {u"--from"_s, u"internet"_s, u"--to"_s, u"rds:orders-db"_s, u"--port"_s, u"5432"_s}),
            0);
        QCOMPARE(m_json[u"verdict"_s].toString(), u"blocked"_s);
    }

    void whatCanNotBeAnsweredSaysWhatIsMissing()
    {
        QCOMPARE(onSample(u"reach"_s,
                     {u"--from"_s, u"internet"_s, u"--to"_s, u"i-0000000000000none"_s, u"--port"_s, u"443"_s}),
            0);
        QCOMPARE(m_json[u"verdict"_s].toString(), u"unknown"_s);
        QVERIFY(m_json[u"missing"_s].toString().contains(u"aws ec2"_s));
    }

    void manyQueriesAreAnsweredALineEachInTheirOrder()
    {
        const QString file = write(u"queries.jsonl"_s,
            QByteArray("{\"id\": \"a\", \"from\": \"internet\", \"to\": \"") + web.toUtf8()
                + "\", \"protocol\": \"tcp\", \"port\": 443}\n" + "{\"id\": \"b\", \"from\": \"internet\", \"to\": \""
                + web.toUtf8() + "\", \"protocol\": \"tcp\", \"port\": 22}\n");
        QCOMPARE(run({u"reach"_s, u"--sample"_s, u"three-tier"_s, u"--queries"_s, file, u"--format"_s, u"json"_s}), 0);
        const QList<QByteArray> lines = m_out.trimmed().split('\n');
        QCOMPARE(lines.size(), 2);
        QCOMPARE(QJsonDocument::fromJson(lines[0]).object()[u"verdict"_s].toString(), u"reachable"_s);
        QCOMPARE(QJsonDocument::fromJson(lines[1]).object()[u"id"_s].toString(), u"b"_s);
        QCOMPARE(QJsonDocument::fromJson(lines[1]).object()[u"verdict"_s].toString(), u"blocked"_s);
    }

    void misuseIsTwo_data()
    {
        QTest::addColumn<QStringList>("words");
        const auto row = [](const char* name, const QString& words) { QTest::newRow(name) << words.split(u' '); };
        row("access without a principal", u"access --sample three-tier --action s3:GetObject --resource x"_s);
        row("access by an action without a service",
            u"access --sample three-tier --principal internet --action GetObject --resource x"_s);
        row("access by nobody known",
            u"access --sample three-tier --principal nobody --action s3:GetObject --resource x"_s);
        row("context without a value",
            u"access --sample three-tier --principal internet --action s3:GetObject --resource x --context k"_s);
        row("escalations of nothing", u"escalations"_s);
        row("evaluate without a file", u"evaluate"_s);
        row("evaluate of two files", u"evaluate a b"_s);
        row("paths from nowhere", u"paths --sample three-tier --from nowhere"_s);
        row("no paths at all", u"paths --sample three-tier -k 0"_s);
        row("paths without a number", u"paths --sample three-tier -k many"_s);
        row("an option without its value", u"segmentation --sample three-tier --matrix"_s);
        row("reach to nowhere", u"reach --sample three-tier --from internet --port 443"_s);
        row("reach beyond the last port", u"reach --sample three-tier --from internet --to x --port 65536"_s);
        row("reach by no protocol", u"reach --sample three-tier --from internet --to x --port 1 --protocol http"_s);
        row("a format that is not there", u"escalations --sample three-tier --format yaml"_s);
    }
    void misuseIsTwo()
    {
        QFETCH(QStringList, words);
        QCOMPARE(run(words), 2);
        QVERIFY2(!m_error.isEmpty(), "what is wrong is said");
        QVERIFY2(m_out.isEmpty(), "and nothing is answered");
    }

    void whatCanNotBeReadIsThree()
    {
        for (const QString& command : {u"escalations"_s, u"segmentation"_s, u"paths"_s})
            QCOMPARE(run({command, u"--input"_s, m_folder.filePath(u"absent"_s)}), 3);
        QCOMPARE(run({u"evaluate"_s, m_folder.filePath(u"absent.jsonl"_s)}), 3);
    }

    void answersAreTheSameEveryTime()
    {
        for (const QString& command : {u"escalations"_s, u"segmentation"_s, u"paths"_s}) {
            QCOMPARE(onSample(command), 0);
            const QByteArray first = m_out;
            QCOMPARE(onSample(command), 0);
            QCOMPARE(m_out, first);
        }
    }

    void everyCommandHelpsWithAnExample()
    {
        for (const QString& command :
            {u"access"_s, u"escalations"_s, u"evaluate"_s, u"paths"_s, u"segmentation"_s, u"reach"_s}) {
            QCOMPARE(run({command, u"--help"_s}), 0);
            QVERIFY(m_out.contains("Example: glacis-cli " + command.toUtf8()));
        }
    }
};

QTEST_GUILESS_MAIN(CliEnginesTest)
#include "tst_cli_engines.moc"
