// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "arguments.h"

#include "estate/estate.h"
#include "import/ledger.h"

namespace glacis::cli {

struct Command {
    std::string_view name;
    std::string_view summary;
    std::string_view help; ///< usage and one example
    std::vector<Option> options;
    int (*run)(const Arguments& arguments);
};

/// What every command starts from. `exit` is not Done when the command can't go on, and has been said.
struct Opened {
    Estate estate;
    Ledger ledger;
    Exit exit = Done;
};
[[nodiscard]] Opened open(const Arguments& arguments);

int inspect(const Arguments& arguments);
int access(const Arguments& arguments);
int collectScript(const Arguments& arguments);
int escalations(const Arguments& arguments);
int evaluate(const Arguments& arguments);
int paths(const Arguments& arguments);
int rbac(const Arguments& arguments);
int reach(const Arguments& arguments);
int segmentation(const Arguments& arguments);

} // namespace glacis::cli
