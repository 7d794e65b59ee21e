// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "import/reader.h"

#include <map>
#include <string>
#include <string_view>

namespace glacis::terraform {

/// The texts of files that a configuration asks for by name. They are collected when the first is asked for, by walking
/// the inputs once more: so links that lead out, and whatever lies outside of the inputs, can't be had.
class FolderFiles {
public:
    using Texts = std::map<std::string, std::string, std::less<>>;

    explicit FolderFiles(Gatherer::Again again) : m_again(std::move(again)) { }

    /// Null when there is no such file, it is no text, or it is larger than a configuration's files are.
    [[nodiscard]] const std::string* text(std::string_view path);
    /// All of them, by path.
    [[nodiscard]] const Texts& all();

private:
    Gatherer::Again m_again;
    Texts m_texts;
    bool m_collected = false;
};

/// The path that `asked` means for a configuration in the folder `from`; empty when it leads out of the inputs.
[[nodiscard]] std::string pathWithin(std::string_view from, std::string_view asked);

} // namespace glacis::terraform
