// SPDX-License-Identifier: GPL-3.0-or-later
#include "import/terraform/folder_files.h"

#include "core/text.h"

#include <filesystem>

namespace glacis::terraform {

namespace {

constexpr std::size_t largestFile = 1U << 20U, largestOfAll = 64U << 20U;

} // namespace

const FolderFiles::Texts& FolderFiles::all()
{
    if (m_collected || !m_again)
        return m_texts;
    m_collected = true;
    std::size_t kept = 0;
    m_again([&](const WalkedFile& file) {
        if (!file.problem.empty() || file.bytes.size() > largestFile || kept + file.bytes.size() > largestOfAll)
            return;
        if (auto text = asUtf8(file.bytes)) {
            kept += text->size();
            m_texts.emplace(file.path, std::move(*text));
        }
    });
    return m_texts;
}

const std::string* FolderFiles::text(std::string_view path)
{
    const auto found = all().find(path);
    return found == m_texts.end() ? nullptr : &found->second;
}

std::string pathWithin(std::string_view from, std::string_view asked)
{
    if (asked.starts_with('/') || asked.starts_with('~') || asked.find('\\') != std::string_view::npos)
        return {};
    std::string path = (std::filesystem::path(from) / asked).lexically_normal().generic_string();
    while (path.size() > 1 && path.ends_with('/'))
        path.pop_back();
    return path == ".." || path.starts_with("../") ? std::string() : path;
}

} // namespace glacis::terraform
