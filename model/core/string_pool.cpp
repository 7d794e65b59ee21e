// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/string_pool.h"

namespace glacis {

namespace {
constexpr std::size_t blockSize = std::size_t{64} * 1024;
}

StringPool::StringPool()
{
    m_texts.emplace_back();
    m_ids.emplace(std::string_view{}, StringId::Empty);
}

StringPool::StringPool(const StringPool& other) : StringPool()
{
    m_texts.reserve(other.m_texts.size());
    m_ids.reserve(other.m_texts.size());
    for (std::size_t i = 1; i < other.m_texts.size(); ++i)
        intern(other.m_texts[i]);
}

StringPool& StringPool::operator=(const StringPool& other)
{
    if (this != &other) {
        StringPool copy(other);
        *this = std::move(copy);
    }
    return *this;
}

std::string_view StringPool::keep(std::string_view text)
{
    if (text.size() > blockSize / 4) {
        // A long text gets a block of its own, before the one that is being filled.
        m_blocks.emplace_front(text);
        return m_blocks.front();
    }
    if (m_blocks.empty() || m_blocks.back().capacity() - m_blocks.back().size() < text.size()) {
        m_blocks.emplace_back();
        m_blocks.back().reserve(blockSize);
    }
    std::string& block = m_blocks.back();
    const std::size_t at = block.size();
    block.append(text);
    return std::string_view(block).substr(at);
}

StringId StringPool::intern(std::string_view text)
{
    if (const auto known = m_ids.find(text); known != m_ids.end())
        return known->second;
    const std::string_view kept = keep(text);
    const auto id = idAt<StringId>(m_texts.size());
    m_texts.push_back(kept);
    m_ids.emplace(kept, id);
    return id;
}

StringId StringPool::find(std::string_view text) const
{
    const auto known = m_ids.find(text);
    return known == m_ids.end() ? StringId::Empty : known->second;
}

} // namespace glacis
