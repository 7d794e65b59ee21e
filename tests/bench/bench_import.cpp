// SPDX-License-Identifier: GPL-3.0-or-later
// How reading and linking grow with the export, beside what the JSON parser alone takes for the same bytes.
#include "core/json.h"
#include "estate/link.h"
#include "import/all/readers.h"
#include "import/import.h"

#include <benchmark/benchmark.h>

#include <chrono>
#include <fstream>
#include <thread>

#include <unistd.h>

using namespace glacis;

namespace {

namespace fs = std::filesystem;

/// An export of `machines` machines, each with an interface, in subnets of 250, written once for each size.
fs::path exportOf(std::int64_t machines)
{
    const fs::path folder =
        fs::temp_directory_path() / ("glacis-bench-" + std::to_string(getpid()) + '-' + std::to_string(machines));
    if (fs::exists(folder))
        return folder;
    const fs::path region = folder / "111122223333" / "eu-west-1";
    fs::create_directories(region);
    Json instances = Json::array(), interfaces = Json::array(), subnets = Json::array();
    for (std::int64_t i = 0; i < machines; ++i) {
        const std::string number = std::to_string(i), subnet = "subnet-" + std::to_string(i / 250);
        if (i % 250 == 0)
            subnets.push_back(
                {{"SubnetId", subnet}, {"VpcId", "vpc-1"}, {"CidrBlock", "10.0.0.0/16"}, {"OwnerId", "111122223333"}});
        instances.push_back(
            {{"Instances",
                 Json::array({{{"InstanceId", "i-" + number}, {"SubnetId", subnet}, {"State", {{"Name", "running"}}},
                     {"Tags", Json::array({{{"Key", "Name"}, {"Value", "web-" + number}}})},
                     {"SecurityGroups", Json::array({{{"GroupId", "sg-" + std::to_string(i % 40)}}})}}})},
                {"OwnerId", "111122223333"}});
        interfaces.push_back(
            {{"NetworkInterfaceId", "eni-" + number}, {"SubnetId", subnet}, {"OwnerId", "111122223333"},
                {"Attachment", {{"InstanceId", "i-" + number}}}, {"PrivateIpAddress", "10.0.0.1"},
                {"Groups", Json::array({{{"GroupId", "sg-" + std::to_string(i % 40)}}})}});
    }
    std::ofstream(region / "describe-instances.json") << Json{{"Reservations", instances}}.dump(1);
    std::ofstream(region / "describe-network-interfaces.json") << Json{{"NetworkInterfaces", interfaces}}.dump(1);
    std::ofstream(region / "describe-subnets.json") << Json{{"Subnets", subnets}}.dump(1);
    return folder;
}

void parseAlone(benchmark::State& state)
{
    std::vector<std::string> texts;
    for (const auto& entry : fs::recursive_directory_iterator(exportOf(state.range(0)))) {
        std::ifstream in(entry.path());
        if (entry.is_regular_file())
            texts.emplace_back(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
    }
    for (auto _ : state) {
        for (const std::string& text : texts)
            benchmark::DoNotOptimize(Json::parse(text));
    }
    state.SetComplexityN(state.range(0));
}

void importAndLink(benchmark::State& state)
{
    const fs::path input = exportOf(state.range(0));
    for (auto _ : state) {
        Progress progress;
        benchmark::DoNotOptimize(link(import({&input, 1}, readers(), progress).inventory, progress));
    }
    state.SetComplexityN(state.range(0));
}

/// What a file of a cluster's dump holds: an application with its pods, its ways in and its rights.
std::string application(std::int64_t number)
{
    const std::string name = "app-" + std::to_string(number);
    const std::string head = "---\napiVersion: v1\n";
    const std::string place = "\n  namespace: " + name + "\n";
    const auto meta = [&](const std::string& suffix) { return "metadata:\n  name: " + name + suffix + place; };
    const std::string pod = "  containers:\n  - name: main\n    image: registry/" + name
        + ":1\n    ports:\n    - containerPort: 8080\n    securityContext:\n      runAsNonRoot: true\n"
          "      capabilities:\n        drop: [ALL]\n    env:\n    - name: LEVEL\n      value: info\n"
          "  - name: side\n    image: registry/side:1\n  serviceAccountName: "
        + name + "\n";
    std::string text = head + "kind: Namespace\nmetadata:\n  name: " + name + "\n  labels:\n    team: t"
        + std::to_string(number % 20) + "\n";
    text += head + "kind: ServiceAccount\n" + meta("");
    for (int replica = 0; replica < 5; ++replica)
        text += head + "kind: Pod\n" + meta('-' + std::to_string(replica)) + "  labels:\n    app: " + name + "\nspec:\n"
            + pod + "status:\n  podIP: 10." + std::to_string(number / 250) + '.' + std::to_string(number % 250) + '.'
            + std::to_string(replica + 1) + '\n';
    text += head + "kind: Service\n" + meta("") + "spec:\n  selector:\n    app: " + name
        + "\n  ports:\n  - port: 80\n    targetPort: 8080\n";
    text += "---\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\n" + meta("")
        + "spec:\n  podSelector: {}\n  policyTypes: [Ingress]\n  ingress:\n  - from:\n    - namespaceSelector:\n"
          "        matchLabels:\n          team: t1\n    ports:\n    - port: 8080\n";
    text += "---\napiVersion: rbac.authorization.k8s.io/v1\nkind: Role\n" + meta("")
        + "rules:\n- apiGroups: [\"\"]\n  resources: [configmaps, secrets]\n  verbs: [get, list]\n";
    return text + "---\napiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\n" + meta("")
        + "roleRef:\n  apiGroup: rbac.authorization.k8s.io\n  kind: Role\n  name: " + name
        + "\nsubjects:\n- kind: ServiceAccount\n  name: " + name + "\n  namespace: " + name + "\n";
}

/// A dump of a cluster, a file for each of `files` applications, written once for each size.
fs::path dumpOf(std::int64_t files)
{
    const fs::path folder =
        fs::temp_directory_path() / ("glacis-bench-" + std::to_string(getpid()) + "-dump-" + std::to_string(files));
    if (fs::exists(folder))
        return folder;
    fs::create_directories(folder);
    for (std::int64_t i = 0; i < files; ++i)
        std::ofstream(folder / ("app-" + std::to_string(i) + ".yaml")) << application(i);
    return folder;
}

void importKubernetesDump(benchmark::State& state)
{
    const fs::path input = dumpOf(state.range(0));
    std::size_t things = 0;
    for (auto _ : state) {
        Progress progress;
        const Estate estate = link(import({&input, 1}, readers(), progress).inventory, progress);
        things = estate.nodeCount();
    }
    state.counters["things"] = static_cast<double>(things);
    state.SetComplexityN(state.range(0));
}

/// From the request to stop until the import has returned.
void cancelTakesEffect(benchmark::State& state)
{
    const fs::path input = exportOf(state.range(0));
    for (auto _ : state) {
        std::stop_source stop;
        Progress progress(stop.get_token());
        std::jthread job([&] { benchmark::DoNotOptimize(import({&input, 1}, readers(), progress)); });
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
        const auto asked = std::chrono::steady_clock::now();
        stop.request_stop();
        job.join();
        state.SetIterationTime(std::chrono::duration<double>(std::chrono::steady_clock::now() - asked).count());
    }
}

} // namespace

BENCHMARK(parseAlone)->Arg(1000)->Arg(10000)->Arg(100000)->Unit(benchmark::kMillisecond)->Complexity();
BENCHMARK(importAndLink)->Arg(1000)->Arg(10000)->Arg(100000)->Unit(benchmark::kMillisecond)->Complexity();
BENCHMARK(importKubernetesDump)->Arg(100)->Arg(1000)->Unit(benchmark::kMillisecond)->Complexity();
BENCHMARK(cancelTakesEffect)->Arg(100000)->Unit(benchmark::kMillisecond)->UseManualTime()->Iterations(10);

int main(int count, char** words)
{
    benchmark::Initialize(&count, words);
    benchmark::RunSpecifiedBenchmarks();
    for (const std::int64_t size : {1000, 10000, 100000})
        fs::remove_all(exportOf(size));
    for (const std::int64_t size : {100, 1000})
        fs::remove_all(dumpOf(size));
    return 0;
}
