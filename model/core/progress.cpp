// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/progress.h"

namespace glacis {

void Progress::begin(std::string_view stage, std::uint64_t total)
{
    const std::scoped_lock lock(m_mutex);
    m_stage = stage;
    m_detail.clear();
    m_done = 0;
    m_total = total;
}

void Progress::at(std::string_view detail)
{
    const std::scoped_lock lock(m_mutex);
    m_detail = detail;
}

Progress::Snapshot Progress::snapshot() const
{
    const std::scoped_lock lock(m_mutex);
    return {m_stage, m_detail, m_done.load(), m_total.load()};
}

} // namespace glacis
