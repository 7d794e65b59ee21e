// SPDX-License-Identifier: GPL-3.0-or-later
#include "import/redact.h"

#include <QtTest>

using namespace glacis;

namespace {

std::string shown(const QByteArray& text)
{
    std::string all;
    for (const ShownLine& line : redactedLines(text.toStdString(), 1, 1000000))
        all += line.text + '\n';
    return all;
}

} // namespace

class RedactTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void secretsAreMasked_data()
    {
        QTest::addColumn<QByteArray>("text");
        const auto row = [](const char* name, const char* text) { QTest::newRow(name) << QByteArray(text); };
        row("variables of a function", "{\"Environment\":{\"Variables\":{\"FOO\":\"hunter2\"}}}");
        row("variables of a container", "{\"environment\":[{\"name\":\"FOO\",\"value\":\"hunter2\"}]}");
        row("user data", "{\"UserData\":{\"Value\":\"hunter2\"}}");
        row("user data as text", "{\"UserData\":\"hunter2\"}");
        row("a password", "{\"MasterUserPassword\": \"hunter2\"}");
        row("a value that was cut off", "{\"password\": \"hunter2");
        row("a map in a secret map", "{\"Variables\":{\"A\":{\"B\":\"hunter2\"}}}");
        row("a VPN's configuration", "{\"CustomerGatewayConfiguration\":\"<psk>hunter2</psk>\"}");
        row("Kubernetes secret, JSON", "{\"apiVersion\":\"v1\",\"kind\":\"Secret\",\"data\":{\"k\":\"hunter2\"}}");
        row("command line, JSON", "{\"containers\":[{\"command\":[\"sh\",\"-c\",\"login hunter2\"]}]}");
        row("Kubernetes variables",
            "apiVersion: v1\nspec:\n  containers:\n  - name: c\n    env:\n    - name: FOO\n"
            "      value: hunter2\n    image: x\n");
        row("variables in one line", "apiVersion: v1\nspec:\n  env: [{name: FOO, value: hunter2}]\n");
        row("variables, a line each", "spec:\n  env:\n    - {name: FOO, value: hunter2}\n");
        row("Kubernetes secret", "apiVersion: v1\nkind: Secret\nstringData:\n  foo: hunter2\n");
        row("Kubernetes config map",
            "apiVersion: v1\nkind: ConfigMap\ndata:\n  app.ini: |\n    [db]\n    foo = hunter2\n  b: hunter2\n");
        row("command line", "spec:\n  command:\n  - sh\n  - hunter2\n");
        row("last applied configuration",
            "metadata:\n  annotations:\n    kubectl.kubernetes.io/last-applied-configuration: |\n      "
            "{\"a\":\"hunter2\"}\n");
        row("HCL variables",
            "resource \"x\" \"y\" {\n  environment {\n    variables = {\n      FOO = \"hunter2\"\n    }\n  }\n}\n");
        row("HCL password", "  master_password = \"hunter2\"\n");
        row("HCL user data", "  user_data = <<-EOF\n    #!/bin/sh\n    echo hunter2\n  EOF\n");
        row("settings file", "db_password=hunter2\n");
        row("address with a password", "url: postgres://app:hunter2@db/orders\n");
        row("private key", "x: y\n-----BEGIN RSA PRIVATE KEY-----\nhunter2\n-----END RSA PRIVATE KEY-----\n");
        row("quoted YAML key", "\"password\": hunter2\n");
    }
    void secretsAreMasked()
    {
        QFETCH(QByteArray, text);
        const std::string result = shown(text);
        QVERIFY2(result.find("hunter2") == std::string::npos, result.c_str());
        QVERIFY2(result.find(secretMask) != std::string::npos, result.c_str());
    }

    void keysOfKnownFormsAreMaskedAnywhere_data()
    {
        QTest::addColumn<QByteArray>("secret");
        QTest::newRow("access key id") << QByteArray("AKIA") + QByteArray("IOSFODNN7EXAMPLE");
        QTest::newRow("web token") << QByteArray("eyJ") + QByteArray("hbGciOiJIUzI1NiJ9.").repeated(3);
        QTest::newRow("long base64") << QByteArray("Zm9vYmFyMTIzQUJDZGVm").repeated(4);
    }
    void keysOfKnownFormsAreMaskedAnywhere()
    {
        QFETCH(QByteArray, secret);
        QVERIFY(looksSecret(secret.toStdString()));
        for (const QByteArray& text : {QByteArray("{\"Description\":\"see " + secret + " there\"}"),
                 QByteArray("description: see " + secret + " there\n"), QByteArray("# " + secret)})
            QVERIFY2(shown(text).find(secret.toStdString()) == std::string::npos, text.constData());
    }

    void whatIsNoSecretStays_data()
    {
        QTest::addColumn<QByteArray>("text");
        const auto row = [](const char* text) { QTest::newRow(text) << QByteArray(text); };
        row("{\"NextToken\":\"abc\",\"HttpTokens\":\"required\",\"AuthTokenEnabled\":false}");
        row("{\"SecretList\":[{\"ARN\":\"arn:aws:secretsmanager:eu-west-1:111122223333:secret:prod/payments\"}]}");
        row("{\"PasswordLastUsed\":\"2026-01-01T00:00:00Z\"}");
        row("{\"image\":\"x@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\"}");
        row("{\"Arn\":\"arn:aws:elasticloadbalancing:eu-central-1:111122223333:listener-rule/app/a/e2f9/9ac7/2736\"}");
        row("{\"x\":\"200611803367/role/AWSServiceRoleForCloudFormationStackSetsOrgMemberAndSoOn\"}");
        row("rules:\n  - apiGroups: [\"\"]\n    resources: [\"secrets\", \"pods\"]\n    verbs: [\"get\"]\n");
        row("resource \"aws_s3_bucket\" \"b\" {\n  bucket = \"data\"\n  tags = {\n    Env = \"prod\"\n  }\n}\n");
        row("volumes:\n  - name: v\n    secret:\n      secretName: creds\n");
        row("automountServiceAccountToken: false\n");
        row("env:\n  - name: A\nimage: nginx\n");
    }
    void whatIsNoSecretStays()
    {
        QFETCH(QByteArray, text);
        const std::string result = shown(text);
        QVERIFY2(result.find(secretMask) == std::string::npos, result.c_str());
    }

    void onlyTheLinesAskedForAreGiven()
    {
        const auto lines = redactedLines("a\nb\r\nc\nd", 2, 3);
        QCOMPARE(lines.size(), std::size_t{2});
        QCOMPARE(lines[0].number, 2);
        QCOMPARE(lines[0].text, std::string("b"));
        QCOMPARE(lines[1].text, std::string("c"));
        QVERIFY(redactedLines("a", 5, 9).empty());
    }

    void aSecretOfManyLinesIsMaskedInEach()
    {
        const auto lines = redactedLines("{\"password\": \"one\\\n two\",\n\"name\": \"x\"}", 1, 9);
        QCOMPARE(lines.size(), std::size_t{3});
        QVERIFY(lines[0].masked && lines[1].masked && !lines[2].masked);
        QVERIFY(lines[1].text.find("two") == std::string::npos);
    }

    void aLineWithoutEndIsCutBetweenSigns()
    {
        std::string text = "{\"name\":\"";
        for (int i = 0; i < 5000; ++i)
            text += "é";
        const auto lines = redactedLines(text, 1, 1);
        QVERIFY(lines[0].text.size() < 4100);
        QVERIFY(QString::fromStdString(lines[0].text).count(QChar::ReplacementCharacter) == 0);
    }

    void anythingAtAllIsSafeToAskFor()
    {
        for (const QByteArray& text : {QByteArray(), QByteArray("\n\n"), QByteArray("[").repeated(100000),
                 QByteArray("{\"a\":").repeated(50000), QByteArray("\"\\"), QByteArray("{\"\\"), QByteArray("env:\n- "),
                 QByteArray("://"), QByteArray("a = <<"), QByteArray("password: |")})
            (void)shown(text);
        QVERIFY(!redactedFileLines(std::filesystem::path("/nonexistent"), 1, 2).has_value());
    }
};

QTEST_APPLESS_MAIN(RedactTest)
#include "tst_redact.moc"
