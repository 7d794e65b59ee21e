// SPDX-License-Identifier: GPL-3.0-or-later
// fuzz_seeds OUTPUT INPUT…: puts each small file below the inputs into OUTPUT/<target> of the reader that takes it.
#include "import/all/readers.h"
#include "import/walk.h"
#include "targets.h"

#include <algorithm>
#include <fstream>
#include <functional>
#include <iostream>

using namespace glacis;

namespace {

/// Larger inputs make a run slow and find no more.
constexpr std::size_t largest = 48 * 1024;

std::string_view targetOf(const WalkedFile& file)
{
    Sniff sniffed = sniff(file.bytes);
    sniffed.path = file.path;
    const auto all = readers();
    const auto taker = std::ranges::find_if(all, [&](const Reader& reader) { return reader.recognises(sniffed); });
    if (taker == all.end())
        return {};
    const auto* const target = std::ranges::find_if(
        fuzz::targets, [&](const fuzz::Target& one) { return one.reader().recognises == taker->recognises; });
    return target == std::end(fuzz::targets) ? std::string_view{} : target->name;
}

} // namespace

int main(int count, char** arguments)
{
    if (count < 3) {
        std::cerr << "Usage: fuzz_seeds OUTPUT INPUT…\n";
        return 2;
    }
    const std::filesystem::path output = arguments[1];
    for (const auto& target : fuzz::targets)
        std::filesystem::create_directories(output / target.name);
    Progress progress;
    const auto keep = [&](const WalkedFile& file) {
        const std::string_view target = file.problem.empty() && file.bytes.size() <= largest ? targetOf(file) : "";
        if (target.empty())
            return;
        const std::string seed = file.path + fuzz::endOfPath + std::string(file.bytes);
        std::ofstream(output / target / std::to_string(std::hash<std::string>{}(seed)), std::ios::binary) << seed;
    };
    for (int i = 2; i < count; ++i)
        walk(arguments[i], {}, keep, progress);
    return 0;
}
