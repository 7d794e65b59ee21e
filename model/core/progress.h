// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <cstdint>
#include <mutex>
#include <stop_token>
#include <string>
#include <string_view>

namespace glacis {

/// What a long job tells of itself, and how it hears that it should stop. The job writes, anyone may read at any time.
/// A function that sees `cancelled()` returns early; what it returns then is incomplete and the caller says so or drops
/// it.
class Progress {
public:
    struct Snapshot {
        std::string stage;
        std::string detail; ///< the file or thing at hand
        std::uint64_t done = 0;
        std::uint64_t total = 0; ///< 0 when not known
    };

    Progress() = default;
    explicit Progress(std::stop_token stop) : m_stop(std::move(stop)) { }

    void begin(std::string_view stage, std::uint64_t total);
    void at(std::string_view detail);
    void advance(std::uint64_t amount = 1) { m_done.fetch_add(amount, std::memory_order_relaxed); }
    [[nodiscard]] bool cancelled() const { return m_stop.stop_requested(); }
    [[nodiscard]] Snapshot snapshot() const;

private:
    std::stop_token m_stop;
    mutable std::mutex m_mutex;
    std::string m_stage;
    std::string m_detail;
    std::atomic<std::uint64_t> m_done = 0;
    std::atomic<std::uint64_t> m_total = 0;
};

} // namespace glacis
