// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

namespace glacis {

enum class Severity { Note, Warning, Error };

/// Where in a source something stands. `line` and `column` count from 1; 0 when not known.
struct Place {
    std::string file;
    std::string pointer; ///< JSON pointer, empty for text formats
    int line = 0;
    int column = 0;
    bool operator==(const Place&) const = default;
};

/// "file:line:column" or "file#/pointer", as it is shown to people.
[[nodiscard]] std::string describe(const Place& place);

struct Diagnostic {
    Severity severity = Severity::Warning;
    Place place;
    std::string sentence; ///< one plain sentence: what, and what to do
};

/// What a stage has to say about its input. Input at fault is never an exception: the stage notes it and goes on.
class Diagnostics {
public:
    void note(Severity severity, Place place, std::string sentence);
    [[nodiscard]] const std::vector<Diagnostic>& all() const { return m_all; }
    [[nodiscard]] bool empty() const { return m_all.empty(); }

private:
    std::vector<Diagnostic> m_all;
};

} // namespace glacis
