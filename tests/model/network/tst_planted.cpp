// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/json.h"
#include "estate/link.h"
#include "import/all/readers.h"
#include "import/import.h"
#include "paths/public_policies.h"

#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QtTest>

#include <set>

using namespace glacis;

/// An account that a generator makes with violations planted in it, and with decoys that only look like some. It is not
/// part of the project; without it nothing is tried.
class PlantedTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        m_generator = QStringLiteral(GLACIS_SOURCE_DIR "/../shared/tools/gen_vpc.py");
        m_python = QStandardPaths::findExecutable(QStringLiteral("python3"));
        if (!QFile::exists(m_generator) || m_python.isEmpty())
            QSKIP("the generator is not at hand");
    }

    void everyPlantIsToldAndNoDecoy_data()
    {
        QTest::addColumn<int>("seed");
        for (const int seed : {1, 2, 3, 7, 11})
            QTest::addRow("seed %d", seed) << seed;
    }
    void everyPlantIsToldAndNoDecoy()
    {
        QFETCH(int, seed);
        QTemporaryDir folder;
        QProcess::execute(m_python,
            {m_generator, QStringLiteral("--instances"), QStringLiteral("1000"), QStringLiteral("--vpcs"),
                QStringLiteral("4"), QStringLiteral("--seed"), QString::number(seed), QStringLiteral("--out"),
                folder.path()});
        QFile file(folder.filePath(QStringLiteral("manifest.json")));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const auto manifest = parseJson(file.readAll().toStdString());
        QVERIFY(manifest);
        Progress progress;
        const std::filesystem::path input(folder.filePath(QStringLiteral("account-data")).toStdString());
        const Estate estate = link(import({&input, 1}, readers(), progress).inventory, progress);
        Segmentation made = segmentation(
            estate, inferTiers(estate), findFlows(estate, Reachability(estate), progress), ZoneMatrix::builtIn(), 0);
        addViolations(made, publicPolicies(estate, Access(estate), made.tiers, ZoneMatrix::builtIn()));
        std::size_t planted = 0;
        for (const Json& plant : arrayOf(*manifest, "plants")) {
            const QByteArray id =
                QByteArray::fromStdString(asText(member(plant, "id")) + ' ' + asText(member(plant, "kind")));
            if (boolOf(plant, "violation").value_or(false)) {
                ++planted;
                QVERIFY2(isTold(estate, made, plant), id.constData());
            } else {
                const std::string told = toldAsOpen(estate, made, member(plant, "flow"));
                QVERIFY2(told.empty(), (id + " was told as " + told.c_str()).constData());
            }
        }
        QCOMPARE(planted, std::size_t(15));
    }

private:
    /// The kind of violation that a plant's kind is told as.
    static std::string kindOf(const Json& plant)
    {
        const std::string kind(textOf(plant, "kind"));
        if (kind == "internet_to_data_via_lb")
            return "internet_to_data";
        if (kind == "admin_port_world_ipv6")
            return "admin_port_world";
        return kind == "public_bucket" || kind == "kms_public_policy" ? "public_policy" : kind;
    }

    /// By one violation of the kind that names every resource of the plant at its ends or on its way.
    static bool isTold(const Estate& estate, const Segmentation& made, const Json& plant)
    {
        return std::ranges::any_of(made.violations, [&](const Violation& violation) {
            if (violation.kind != kindOf(plant))
                return false;
            std::set<NodeId> named(violation.from.begin(), violation.from.end());
            named.insert(violation.to.begin(), violation.to.end());
            for (const Hop& hop : violation.hops)
                named.insert(hop.node);
            return std::ranges::all_of(arrayOf(plant, "resources"), [&](const Json& resource) {
                const auto node = estate.find(asText(resource));
                return node && named.contains(*node);
            });
        });
    }

    /// The kind of a violation that says a decoy's flow is open to all; latent, or open to some clients only, is no
    /// such claim.
    static std::string toldAsOpen(const Estate& estate, const Segmentation& made, const Json& flow)
    {
        const auto node = [&](const char* end) {
            const std::string_view text = textOf(flow, end);
            return text.starts_with("internet") ? std::optional(NodeId{0}) : estate.find(text);
        };
        const auto from = node("from"), to = node("to");
        const auto port = static_cast<std::int32_t>(numberOf(flow, "port").value_or(0));
        for (const Violation& violation : made.violations) {
            if (from && to && violation.verdict == Reach::Reachable && violation.ports.contains(tcp, port)
                && std::ranges::find(violation.from, *from) != violation.from.end()
                && std::ranges::find(violation.to, *to) != violation.to.end())
                return violation.kind;
        }
        return {};
    }

    QString m_generator, m_python;
};

QTEST_APPLESS_MAIN(PlantedTest)
#include "tst_planted.moc"
