// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace glacis {

/// What stands in the place of a secret, of whatever length that was.
inline constexpr std::string_view secretMask = "••••••";

/// Whether a setting, variable or column of this name holds a secret: password, token, private key, user data …
/// Names that only speak of one ("SecretList", "NextToken", "secretName") do not.
[[nodiscard]] bool namesSecret(std::string_view name);
/// Whether a text looks like a secret wherever it stands: keys and tokens of known forms, private keys, addresses with
/// a password in them, long base64.
[[nodiscard]] bool looksSecret(std::string_view text);

/// A line of a source as it may be shown.
struct ShownLine {
    int number = 0; ///< from 1
    std::string text; ///< UTF-8, cut after 4,000 bytes
    bool masked = false; ///< something in it was replaced by `secretMask`
};

/// Lines of a source file with all that may be secret masked, by the rules of the readers: environment variables, data
/// of Kubernetes secrets and config maps, command lines, user data, VPN configurations, passwords, access keys, long
/// base64. Masks too much rather than too little. JSON, YAML, HCL and plain text. Linear in the text up to `lastLine`.
[[nodiscard]] std::vector<ShownLine> redactedLines(std::string_view text, int firstLine, int lastLine);
/// The same of a file on disk (UTF-8 or UTF-16, at most 64 MiB); nothing when it can't be read.
[[nodiscard]] std::optional<std::vector<ShownLine>> redactedFileLines(
    const std::filesystem::path& path, int firstLine, int lastLine);

} // namespace glacis
