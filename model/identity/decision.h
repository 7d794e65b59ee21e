// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ids.h"

#include <string>
#include <string_view>
#include <vector>

namespace glacis {

enum class Verdict { Allowed, Conditional, ImplicitDeny, ExplicitDeny, Unknown };
[[nodiscard]] std::string_view name(Verdict verdict); ///< "allowed", "conditional", "implicit_deny" …

/// One statement that decided.
struct Reason {
    NodeId of = noNode; ///< the principal or resource whose policy it is
    EvidenceId evidence = noEvidence; ///< of the policy document; no evidence for a request that stands alone
    std::string pointer; ///< within the document: "/Statement/2"
    std::string text; ///< one plain sentence: "Inline policy deploy of role/ci, statement 2 (AllowPass) allows it."
};

/// Whether a principal may do something. `open` holds what must be true besides, in readable form, when Conditional;
/// when Unknown it names what was not in the export.
struct Decision {
    Verdict verdict = Verdict::ImplicitDeny;
    std::vector<std::string> open;
    std::vector<Reason> because; ///< in the order in which they decided

    [[nodiscard]] bool possible() const { return verdict == Verdict::Allowed || verdict == Verdict::Conditional; }
};

} // namespace glacis
