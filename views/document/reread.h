// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/answers.h"
#include "estate/difference.h"

#include <memory>
#include <string>
#include <vector>

namespace glacis {

/// A file that can't be read as it stands, and is shown as it was when it last could be.
struct HeldFile {
    std::string file;
    std::string why; ///< one sentence, with the place
};

/// What the saves since a document was opened have changed in it.
struct Reread {
    Answers before; ///< as it was opened, or last taken as the new start
    EstateDifference difference; ///< of that and the estate as it is imported now
    std::vector<NodeId> marked; ///< what came or changed, as things of the estate that is shown
    std::vector<NodeId> touched; ///< those, and what a rule, route or policy that changed is laid on
    std::vector<HeldFile> held;
};

/// Which things a picture marks: the changed ones, and for what is no place of its own in a picture, such as a security
/// group, the things that it is laid on. In node order.
[[nodiscard]] std::vector<NodeId> touchedBy(const Estate& estate, const std::vector<NodeId>& changed);
/// "Since it was opened: 1 came, 2 changed, 1 went · paths 4 → 3"; empty when nothing differs.
[[nodiscard]] QString rereadSentence(const Answers& answers);
/// What people count, before and now: "paths 4 → 3 · violations 2 → 2".
[[nodiscard]] QString countsSentence(const Answers& before, const Answers& now);

} // namespace glacis
