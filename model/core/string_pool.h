// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ids.h"

#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace glacis {

/// Each distinct text once (UTF-8). Views stay valid for the life of the pool. Id 0 is the empty text.
class StringPool {
public:
    StringPool();
    StringPool(const StringPool& other);
    StringPool& operator=(const StringPool& other);
    StringPool(StringPool&&) = default;
    StringPool& operator=(StringPool&&) = default;

    StringId intern(std::string_view text);
    /// The id of a text that is already held; StringId::Empty when it is not (or is empty).
    [[nodiscard]] StringId find(std::string_view text) const;
    [[nodiscard]] std::string_view operator[](StringId id) const { return m_texts[index(id)]; }
    [[nodiscard]] std::size_t size() const { return m_texts.size(); }

private:
    std::string_view keep(std::string_view text);

    std::deque<std::string> m_blocks;
    std::vector<std::string_view> m_texts;
    std::unordered_map<std::string_view, StringId> m_ids;
};

} // namespace glacis
