// SPDX-License-Identifier: GPL-3.0-or-later
#include "import/walk.h"

#include <archive.h>
#include <archive_entry.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <memory>
#include <system_error>
#include <vector>

namespace glacis {

namespace fs = std::filesystem;

namespace {

std::string megabytes(std::uint64_t bytes)
{
    return std::to_string(bytes >> 20) + " MiB";
}

std::string tooLarge(std::uint64_t most)
{
    return "The file is larger than the limit of " + megabytes(most) + "; split the export by region or service.";
}

bool looksLikeArchive(std::string_view head)
{
    using namespace std::string_view_literals;
    return head.starts_with("PK\x03\x04"sv) || head.starts_with("PK\x05\x06"sv) || head.starts_with("\x1F\x8B"sv)
        || head.starts_with("BZh"sv)
        || head.starts_with("\xFD"
                            "7zXZ"sv)
        || head.starts_with("\x28\xB5\x2F\xFD"sv) || (head.size() > 262 && head.substr(257, 5) == "ustar"sv);
}

struct ArchiveCloser {
    void operator()(archive* open) const { archive_read_free(open); }
};

class Walker {
public:
    Walker(const WalkLimits& limits, const Visitor& visitor, Progress& progress)
        : m_limits(limits), m_visitor(visitor), m_progress(progress)
    {
    }

    void folder(const fs::path& root)
    {
        std::error_code error;
        m_root = fs::canonical(root, error);
        below(root, {}, 0);
    }

    void file(const fs::path& path, const std::string& shown)
    {
        if (m_progress.cancelled() || !countFile(shown))
            return;
        std::error_code error;
        if (!fs::is_regular_file(path, error))
            return refuse(shown, "This is not a regular file, so it was not opened.");
        const std::uint64_t size = fs::file_size(path, error);
        std::ifstream in(path, std::ios::binary);
        if (!in)
            return refuse(shown,
                "The file could not be opened (" + std::string(std::strerror(errno)) + "); check its permissions.");
        std::string head(512, '\0');
        in.read(head.data(), static_cast<std::streamsize>(head.size()));
        head.resize(static_cast<std::size_t>(in.gcount()));
        if (looksLikeArchive(head))
            return members(path, shown);
        if (size > m_limits.fileBytes)
            return refuse(shown, tooLarge(m_limits.fileBytes));
        in.clear();
        in.seekg(0);
        std::string bytes(size, '\0');
        in.read(bytes.data(), static_cast<std::streamsize>(size));
        bytes.resize(static_cast<std::size_t>(std::max<std::streamsize>(in.gcount(), 0)));
        give(shown, bytes);
    }

private:
    void refuse(const std::string& shown, std::string problem) { m_visitor({shown, {}, std::move(problem)}); }

    void give(const std::string& shown, std::string_view bytes)
    {
        m_progress.at(shown);
        m_visitor({shown, bytes, {}});
    }

    bool countFile(const std::string& shown)
    {
        if (++m_files == m_limits.files + 1)
            refuse(shown, "There are more than " + std::to_string(m_limits.files) + " files; the rest was left out.");
        return m_files <= m_limits.files;
    }

    bool insideRoot(const fs::path& path) const
    {
        std::error_code error;
        const fs::path real = fs::canonical(path, error);
        if (error)
            return false;
        const auto [end, unused] = std::mismatch(m_root.begin(), m_root.end(), real.begin(), real.end());
        return end == m_root.end();
    }

    void below(const fs::path& folder, const std::string& shown, std::size_t depth)
    {
        if (depth > m_limits.depth)
            return refuse(shown,
                "The folders are nested deeper than " + std::to_string(m_limits.depth)
                    + " levels; this one was left out.");
        std::error_code error;
        std::vector<fs::path> names;
        for (fs::directory_iterator at(folder, error), end; !error && at != end; at.increment(error))
            names.push_back(at->path().filename());
        if (error)
            return refuse(
                shown.empty() ? folder.string() : shown, "The folder could not be read (" + error.message() + ").");
        std::ranges::sort(names);
        for (const fs::path& name : names) {
            if (m_progress.cancelled())
                return;
            const fs::path path = folder / name;
            const std::string inner = shown.empty() ? name.string() : shown + '/' + name.string();
            if (fs::is_symlink(path, error) && !insideRoot(path)) {
                refuse(inner, "This link leads out of the folder (or nowhere), so it was not followed.");
            } else if (fs::is_directory(path, error)) {
                // Of what Terraform keeps beside a configuration only the modules are the configuration's own.
                const bool kept = folder.filename() != ".terraform" || name == "modules";
                if (name != ".git" && kept)
                    below(path, inner, fs::is_symlink(path, error) ? m_limits.depth : depth + 1);
            } else if (folder.filename() != ".terraform") {
                file(path, inner);
            }
        }
    }

    static bool climbs(std::string_view path)
    {
        if (path.starts_with('/') || path.find('\\') != std::string_view::npos || path.find(':') == 1)
            return true;
        for (const fs::path& part : fs::path(path)) {
            if (part == "..")
                return true;
        }
        return false;
    }

    void members(const fs::path& path, const std::string& shown)
    {
        const std::unique_ptr<archive, ArchiveCloser> open(archive_read_new());
        archive_read_support_filter_all(open.get());
        archive_read_support_format_all(open.get());
        archive_read_support_format_raw(open.get());
        if (archive_read_open_filename(open.get(), path.c_str(), 1 << 16) != ARCHIVE_OK)
            return refuse(shown, "The archive could not be opened; it may be cut off: make it again.");
        std::uint64_t unpacked = 0;
        archive_entry* entry = nullptr;
        while (!m_progress.cancelled()) {
            const int status = archive_read_next_header(open.get(), &entry);
            if (status == ARCHIVE_EOF)
                return;
            if (status < ARCHIVE_WARN)
                return refuse(shown, "The archive is broken from here on; what came before was kept: make it again.");
            const char* name = archive_entry_pathname_utf8(entry);
            if (!name)
                name = archive_entry_pathname(entry);
            const std::string inner = name ? name : "";
            // A single compressed file has no name inside; it keeps its own without the ending.
            const bool raw = archive_format(open.get()) == ARCHIVE_FORMAT_RAW;
            const std::string shownInner =
                raw ? fs::path(shown).replace_extension().string() : std::string(shown).append("/").append(inner);
            if (archive_entry_filetype(entry) == AE_IFDIR)
                continue;
            if (!countFile(shownInner))
                return;
            if (!raw && climbs(inner)) {
                refuse(shownInner, "The member's path leads out of the archive, so it was left out.");
                continue;
            }
            if (!raw && archive_entry_filetype(entry) != AE_IFREG) {
                refuse(shownInner, "The member is a link or device, so it was left out.");
                continue;
            }
            if (!member(open.get(), shownInner, unpacked))
                return;
        }
    }

    /// False when the rest of the archive must not be read.
    bool member(archive* open, const std::string& shown, std::uint64_t& unpacked)
    {
        std::string bytes;
        std::vector<char> chunk(1 << 16);
        while (true) {
            const auto got = archive_read_data(open, chunk.data(), chunk.size());
            if (got == 0)
                break;
            if (got < 0) {
                refuse(shown, "The member is damaged or encrypted and could not be unpacked.");
                return archive_errno(open) != ARCHIVE_FATAL;
            }
            unpacked += static_cast<std::uint64_t>(got);
            const auto packed = static_cast<std::uint64_t>(std::max<la_int64_t>(archive_filter_bytes(open, -1), 1));
            if (unpacked > m_limits.archiveBytes || (unpacked > 16ull << 20 && unpacked / packed > m_limits.ratio)) {
                refuse(shown, "The archive unpacks to far more than it holds packed, so the rest was left out.");
                return false;
            }
            if (bytes.size() + static_cast<std::size_t>(got) > m_limits.fileBytes) {
                refuse(shown, tooLarge(m_limits.fileBytes));
                return true;
            }
            if (m_progress.cancelled())
                return false;
            bytes.append(chunk.data(), static_cast<std::size_t>(got));
        }
        if (looksLikeArchive(bytes))
            refuse(shown, "This is an archive inside an archive; unpack it and import it by itself.");
        else
            give(shown, bytes);
        return true;
    }

    const WalkLimits& m_limits;
    const Visitor& m_visitor;
    Progress& m_progress;
    fs::path m_root;
    std::size_t m_files = 0;
};

} // namespace

void walk(const fs::path& input, const WalkLimits& limits, const Visitor& visitor, Progress& progress)
{
    Walker walker(limits, visitor, progress);
    std::error_code error;
    const auto status = fs::status(input, error);
    if (error || !fs::exists(status))
        return visitor({input.string(), {}, "There is no such file or folder, or it may not be read."});
    if (fs::is_directory(status))
        walker.folder(input);
    else
        walker.file(input, input.filename().string());
}

fs::path onDisk(const fs::path& input, const std::string& walkedPath)
{
    std::error_code error;
    fs::path path = fs::is_directory(input, error) ? input / walkedPath : input;
    return fs::is_regular_file(path, error) ? path : fs::path{};
}

} // namespace glacis
