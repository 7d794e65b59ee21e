// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/json_stream.h"
#include "core/progress.h"
#include "estate/inventory.h"
#include "import/ledger.h"
#include "import/walk.h"

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace glacis {

/// What a look at the beginning of a text tells, enough to choose a reader by content.
struct Sniff {
    enum class Form { Empty, JsonText, Other };
    Form form = Form::Other;
    bool outermostIsArray = false;
    std::vector<std::string> keys; ///< outermost keys that stand in the first part of the text
    std::vector<std::string> elementKeys; ///< keys of the first object one level in
    std::string_view head; ///< the first 64 KiB
    std::string_view path; ///< as walked; only for what holds too little to be known by its content ("{}")

    [[nodiscard]] bool hasKey(std::string_view key) const;
    [[nodiscard]] bool hasElementKey(std::string_view key) const;
};
[[nodiscard]] Sniff sniff(std::string_view text);

/// One file on its way into the inventory.
struct ReadFile {
    Inventory& inventory;
    LedgerRow& row;
    Progress& progress;
    FileId file = noFile;
    ScopeId scope = rootScope; ///< of the folder it lies in
    std::string path; ///< as the ledger shows it
    std::string_view text; ///< UTF-8
    const Sniff& sniffed;
};

/// Reads files that mean something only together, as the files of a Terraform folder do.
class Gatherer {
public:
    /// Walks all inputs of the import once more, for files that turn out to be meant by others.
    using Again = std::function<void(const Visitor&)>;

    virtual ~Gatherer() = default;
    void mayWalkAgain(Again again) { m_again = std::move(again); }
    /// Keeps what it needs of a file; the file's text is gone afterwards. `at` is the file's row in the ledger.
    virtual void take(ReadFile& file, std::size_t at) = 0;
    /// All files have been seen: adds their facts, and what is to say of each to its row.
    virtual void finish(Inventory& inventory, Ledger& ledger, Progress& progress) = 0;

protected:
    [[nodiscard]] const Again& again() const { return m_again; }

private:
    Again m_again;
};

/// A source of facts. `recognises` looks at content only; nothing here throws for what the input holds. With neither
/// `read` nor `gather` the file is known, and there is nothing in it to take.
struct Reader {
    std::string_view format;
    bool (*recognises)(const Sniff& sniffed) = nullptr;
    void (*read)(ReadFile& file) = nullptr;
    std::unique_ptr<Gatherer> (*gather)() = nullptr; ///< one for a whole import
};

/// The folder part and the file part of a walked path.
[[nodiscard]] std::string_view folderOf(std::string_view path);
[[nodiscard]] std::string_view fileOf(std::string_view path);
/// "eu-central-1" and the like, any partition.
[[nodiscard]] bool looksLikeAwsRegion(std::string_view text);
[[nodiscard]] bool looksLikeAwsAccount(std::string_view text);

} // namespace glacis
