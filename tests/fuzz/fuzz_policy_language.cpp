// SPDX-License-Identifier: GPL-3.0-or-later
// Reads the input as the engines read a policy.
#include "identity/policy_document.h"

#include <cstddef>
#include <cstdint>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size)
{
    (void)glacis::parsePolicy({reinterpret_cast<const char*>(bytes), size});
    return 0;
}
