// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <limits>

namespace glacis {

/// Dense, typed indices into columns. A value is only meaningful with the object that handed it out.
enum class StringId : std::uint32_t { Empty = 0 };
enum class NodeId : std::uint32_t {};
enum class EdgeId : std::uint32_t {};
enum class EvidenceId : std::uint32_t {};
enum class FileId : std::uint32_t {};

template <class Id> inline constexpr Id noId = Id{std::numeric_limits<std::uint32_t>::max()};
inline constexpr NodeId noNode = noId<NodeId>;
inline constexpr EvidenceId noEvidence = noId<EvidenceId>;
inline constexpr FileId noFile = noId<FileId>;

template <class Id> [[nodiscard]] constexpr std::uint32_t index(Id id)
{
    return static_cast<std::uint32_t>(id);
}
template <class Id> [[nodiscard]] constexpr Id idAt(std::size_t position)
{
    return static_cast<Id>(static_cast<std::uint32_t>(position));
}

} // namespace glacis
