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
BENCHMARK(cancelTakesEffect)->Arg(100000)->Unit(benchmark::kMillisecond)->UseManualTime()->Iterations(10);

int main(int count, char** words)
{
    benchmark::Initialize(&count, words);
    benchmark::RunSpecifiedBenchmarks();
    for (const std::int64_t size : {1000, 10000, 100000})
        fs::remove_all(exportOf(size));
    return 0;
}
