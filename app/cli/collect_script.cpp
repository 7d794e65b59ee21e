// SPDX-License-Identifier: GPL-3.0-or-later
#include "commands.h"

#include "collection/script.h"

#include <iostream>

namespace glacis::cli {

int collectScript(const Arguments& arguments)
{
    if (const Collection* collection = arguments.words.size() == 1 ? collectionOf(arguments.words.front()) : nullptr) {
        std::cout << collectionScript(*collection);
        return Done;
    }
    std::cerr << "Say for which provider: glacis-cli collect-script aws, azure, gcp or kubernetes.\n";
    return Usage;
}

} // namespace glacis::cli
