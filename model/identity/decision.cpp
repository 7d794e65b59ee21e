// SPDX-License-Identifier: GPL-3.0-or-later
#include "identity/decision.h"

namespace glacis {

std::string_view name(Verdict verdict)
{
    switch (verdict) {
    case Verdict::Allowed:
        return "allowed";
    case Verdict::Conditional:
        return "conditional";
    case Verdict::ImplicitDeny:
        return "implicit_deny";
    case Verdict::ExplicitDeny:
        return "explicit_deny";
    case Verdict::Unknown:
        break;
    }
    return "unknown";
}

} // namespace glacis
