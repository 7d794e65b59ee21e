// SPDX-License-Identifier: GPL-3.0-or-later
#include "collection/script.h"

#include "collection/shell.h"

#include <algorithm>

namespace glacis {

namespace {

constexpr std::string_view head = R"sh(#!/bin/sh
# Collects what Glacis reads of @TITLE@. Every call only asks for lists and descriptions; nothing is changed, and
# nothing leaves this machine. Answers may hold what was written into definitions, such as environment variables:
# keep the folder as you would keep those.
#
# Usage: sh collect.sh [FOLDER [@NAMED@...]]
# FOLDER ("collection" when not given) is made, and imports as it is. @DEFAULT@
# What is refused is noted in FOLDER.errors.txt and does not stop the rest.
# Lists are split at the ends of lines and at nothing else: that is what IFS and "set -f" are for.
# shellcheck disable=SC2046,SC2016
set -uf
IFS='
'
command -v @TOOL@ > /dev/null || { echo "@TOOL@ is not installed." >&2; exit 1; }
out=${1:-collection}
[ $# -gt 0 ] && shift
errors="$out.errors.txt"
part="$out.part"
mkdir -p "$out" && : > "$errors" || exit 1
trap 'rm -f "$part"; exit 130' INT TERM

# note COMMAND...: a call without an answer.
note() { (IFS=' '; printf 'not collected: %s\n' "$*") | tee -a "$errors" >&2; }

# keep FILE COMMAND...: the answer of a call in a file.
keep() {
    file=$1
    shift
    mkdir -p "$(dirname "$file")"
    if message=$("$@" 2>&1 > "$part"); then
@EMPTY@        [ ! -s "$part" ] || mv "$part" "$file"
@ABSENT@    else
        note "$@"
        printf '%s\n' "$message" >> "$errors"
    fi
    rm -f "$part"
}

# items COMMAND...: one on each line.
items() {
    list=$("$@" 2>> "$errors") || note "$@"
    printf '%s\n' "$list" | tr '\t' '\n' | tr -d '\r' | grep -v -x -e None -e ''
}

# named ITEM: as the name of a file.
named() { printf '%s' "$1" | sed -e 's/%/%25/g' -e 's,/,%2F,g' -e 's/:/%3A/g' -e 's/+/%2B/g' -e 's/ /%20/g'; }
)sh";

constexpr std::string_view pagesFunction = R"sh(
# pages FILE COMMAND...: an answer and those that it says it goes on in.
pages() {
    base=$1
    shift
    keep "$base.json" "$@"
    page=1
    while next=$(items "$@" --query '@NEXT@' --output tsv); [ -n "$next" ] && [ "$page" -lt 1000 ]; do
        page=$((page + 1))
        set -- az rest --method get --url "$next"
        keep "$base-$page.json" "$@"
    done
}
)sh";

constexpr std::string_view end = R"sh(
echo "Collected in $out; calls without an answer: $(grep -c '^not collected' "$errors"), see $errors." >&2
)sh";

void replace(std::string& text, std::string_view mark, std::string_view by)
{
    for (std::size_t at = text.find(mark); at != std::string::npos; at = text.find(mark, at + by.size()))
        text.replace(at, mark.size(), by);
}

class Script {
public:
    explicit Script(const Collection& collection) : m_collection(collection) { }

    std::string written()
    {
        begin();
        if (m_collection.environment.empty()) {
            m_text += '\n'
                + (m_collection.root.empty() ? "top=$out\n" : rooted() + " || exit 1\ntop=\"$out/$account\"\n")
                + "here=$top\n";
            calls(true);
            m_text += "\n[ $# -gt 0 ] || set -- $(" + items(m_collection.places) + ")\n";
            inPlaces("\"$@\"", m_collection.below.empty() ? "$top" : "$top/" + m_collection.below);
        } else {
            profiles();
        }
        return m_text.append(end);
    }

private:
    void begin()
    {
        m_text = head;
        const bool places = m_collection.environment.empty();
        std::string named = m_collection.named;
        std::ranges::transform(named, named.begin(), [](char c) { return static_cast<char>(c - 'a' + 'A'); });
        replace(m_text, "@NAMED@", named);
        replace(m_text, "@DEFAULT@",
            !places ? "Without a " + m_collection.named + " the one that is set up is asked."
                : m_collection.provider == "kubernetes" ? "Without a context the current one is asked."
                                                        : "Without a " + m_collection.named + " all are asked.");
        replace(m_text, "@TITLE@", m_collection.title);
        replace(m_text, "@TOOL@", m_collection.tool);
        replace(m_text, "@EMPTY@",
            m_collection.empty.empty() ? std::string()
                                       : "        [ -s \"$part\" ] || echo '" + m_collection.empty + "' > \"$part\"\n");
        std::string absent;
        for (const std::string& word : m_collection.absent)
            absent += " -e " + word;
        replace(m_text, "@ABSENT@",
            absent.empty() ? std::string()
                           : "    elif printf '%s' \"$message\" | grep -q" + absent + "; then\n        echo '"
                    + m_collection.empty + "' > \"$file\" # the answer is that there is none\n");
        const auto paged =
            std::ranges::find_if(m_collection.calls, [](const auto& call) { return !call.next.empty(); });
        if (paged != m_collection.calls.end()) {
            std::string function(pagesFunction);
            replace(function, "@NEXT@", paged->next);
            m_text += function;
        }
        for (const std::string& setting : m_collection.settings)
            m_text += "\nexport " + setting;
        if (!m_collection.settings.empty())
            m_text += '\n';
    }

    /// A tool that takes whose account it is from its environment is asked for one after the other.
    void profiles()
    {
        m_text += "\ncollect() {\n    " + rooted() + " || { note " + command(m_collection.root)
            + "; return; }\n    here=\"$out/$account\"\n";
        m_indent = 4;
        calls(true);
        inPlaces("$(" + items(m_collection.places) + ")", "$out/$account");
        m_indent = 0;
        m_text += "}\n\n[ $# -gt 0 ] || collect\nfor " + m_collection.named + " in \"$@\"; do\n    export "
            + m_collection.environment + "=\"$" + m_collection.named + "\"\n    collect\ndone\n";
    }

    [[nodiscard]] std::string rooted() const { return "account=$(" + command(m_collection.root) + " 2>> \"$errors\")"; }

    void inPlaces(const std::string& places, const std::string& folder)
    {
        line("for place in " + places + "; do");
        m_indent += 4;
        line("here=\"" + folder + "/$(named \"$place\")\"");
        calls(false);
        m_indent -= 4;
        line("done");
    }

    void calls(bool once)
    {
        m_once = once;
        for (const CollectionCall& call : m_collection.calls) {
            if (call.once == once && call.each.empty())
                keep(call);
        }
        for (const CollectionList& list : m_collection.lists) {
            if (list.once == once && list.of.empty())
                loop(list);
        }
    }

    void loop(const CollectionList& list)
    {
        std::string all = "$(" + items(list.command) + ")";
        if (!list.deep.empty()) {
            const std::string function = list.name + "s";
            line(function + "() {");
            line("    for " + list.name + " in \"$@\"; do");
            line("        printf '%s\\n' \"$" + list.name + "\"");
            line("        " + function + " $(" + items(list.deep) + ")");
            line("    done");
            line("}");
            all = "$(" + function + ' ' + all + ")";
        }
        line("for " + list.name + " in " + all + "; do");
        m_indent += 4;
        for (const CollectionCall& call : m_collection.calls) {
            if (call.each == list.name)
                keep(call);
        }
        for (const CollectionList& inner : m_collection.lists) {
            if (inner.of == list.name)
                loop(inner);
        }
        m_indent -= 4;
        line("done");
    }

    void keep(const CollectionCall& call)
    {
        std::string file = "\"$here/" + call.file;
        if (const CollectionList* list = m_collection.list(call.each))
            file += list->shortName ? "/$(named \"${" + list->name + "##*/}\")" : "/$(named \"$" + list->name + "\")";
        const std::string first = call.unless.empty() ? std::string() : "[ -e \"$here/" + call.unless + ".json\" ] || ";
        line(first + (call.next.empty() ? "keep " + file + call.ending + "\" " : "pages " + file + "\" ")
            + command(call.command));
    }

    /// The tool with a command of the table, asked in the place where one is at hand.
    [[nodiscard]] std::string command(std::string_view words) const
    {
        std::string text = m_collection.tool + ' '
            + shellCommand(words, [](std::string_view name) { return "\"$" + std::string(name) + '"'; });
        if (!m_once && !m_collection.option.empty())
            text += ' ' + m_collection.option + " \"$place\"";
        return text;
    }
    [[nodiscard]] std::string items(std::string_view words) const { return "items " + command(words); }

    void line(const std::string& words) { m_text += std::string(m_indent, ' ') + words + '\n'; }

    const Collection& m_collection;
    std::string m_text;
    std::size_t m_indent = 0;
    bool m_once = true;
};

} // namespace

std::string collectionScript(const Collection& collection)
{
    return Script(collection).written();
}

} // namespace glacis
