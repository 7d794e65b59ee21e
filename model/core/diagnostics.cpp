// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/diagnostics.h"

#include <utility>

namespace glacis {

std::string describe(const Place& place)
{
    std::string text = place.file;
    if (place.line > 0)
        text += ':' + std::to_string(place.line);
    if (place.line > 0 && place.column > 0)
        text += ':' + std::to_string(place.column);
    if (!place.pointer.empty())
        text += '#' + place.pointer;
    return text;
}

void Diagnostics::note(Severity severity, Place place, std::string sentence)
{
    m_all.push_back({severity, std::move(place), std::move(sentence)});
}

} // namespace glacis
