// SPDX-License-Identifier: GPL-3.0-or-later
// Gives the input to one reader as a file in memory, whether or not it would have been recognised, and links what was
// read.
#include "estate/link.h"
#include "import/import.h"
#include "targets.h"

#include <algorithm>

using namespace glacis;

namespace {

Reader readerUnderTest()
{
    const auto* const target =
        std::ranges::find(fuzz::targets, std::string_view(GLACIS_FUZZ_TARGET), &fuzz::Target::name);
    Reader reader = target->reader();
    reader.recognises = [](const Sniff&) { return true; };
    return reader;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size)
{
    static const Reader reader = readerUnderTest();
    const std::string_view input(reinterpret_cast<const char*>(bytes), size);
    const auto end = input.find(fuzz::endOfPath);
    if (end == std::string_view::npos)
        return -1;
    const WalkedFile file{std::string(input.substr(0, end)), input.substr(end + 1), {}};
    Progress progress;
    Imported imported = importFiles({&file, 1}, {&reader, 1}, progress);
    (void)link(std::move(imported.inventory), progress);
    return 0;
}
