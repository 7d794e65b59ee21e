// SPDX-License-Identifier: GPL-3.0-or-later
#include "commands.h"

#include "catalog/catalog.h"
#include "core/json.h"
#include "core/resources.h"

#include <algorithm>
#include <iostream>

namespace glacis::cli {

namespace {

/// What runs before and around the calls of a provider: where its places (regions, subscriptions) come from.
struct Frame {
    std::string_view provider;
    std::string_view account; ///< names the folder of what is collected once
    std::string_view places; ///< prints the places, one a line; empty: there are none
    std::string_view placeOption; ///< of the tool
};
constexpr Frame frames[] = {
    {"aws", "aws sts get-caller-identity --query Account --output text",
        "aws ec2 describe-regions --query Regions[].RegionName --output text", "--region"},
    {"azure", "az account show --query tenantId --output tsv", "az account list --query [].id --output tsv",
        "--subscription"},
    {"kubernetes", "kubectl config current-context | tr -c 'A-Za-z0-9._\\n-' '_'", "", ""},
};

constexpr std::string_view beginning = R"sh(#!/bin/sh
# Collects what Glacis reads. Every call only lists or shows; nothing is changed, and nothing leaves this machine.
# Usage: sh collect.sh [FOLDER]; then import the folder.
set -u
out="${1:-collection}"
account="$(@ACCOUNT@)" || exit 1
mkdir -p "$out" || exit 1

# keep FILE COMMAND...: the answer of a call in a file; what it may not be asked is noted and left out.
keep() {
    file="$1"; shift
    mkdir -p "$(dirname "$file")"
    if ! "$@" > "$file" 2>> "$out/errors.txt"; then
        rm -f "$file"
        echo "not collected: $*" >&2
    fi
}
# named ITEM: the last part of an id, as the name of a file.
named() { printf '%s' "${1##*/}" | tr -c 'A-Za-z0-9._-' '_'; }
)sh";

/// The words of a command as the shell reads them back: brackets and the like must not be expanded.
std::string words(std::string_view command)
{
    std::string text;
    for (std::size_t begin = 0; begin < command.size();) {
        const std::size_t end = std::min(command.find(' ', begin), command.size());
        const std::string word(command.substr(begin, end - begin));
        const std::size_t item = word.find("{item}");
        text += text.empty() ? "" : " ";
        if (item != std::string::npos)
            text += '"' + word.substr(0, item) + "$item" + word.substr(item + 6) + '"';
        else
            text += word.starts_with("--") ? "--" + shellQuoted(word.substr(2)) : shellQuoted(word);
        begin = end + 1;
    }
    return text;
}

void printCall(const Json& call, std::string_view tool, const std::string& folder, const std::string& place)
{
    const std::string file(textOf(call, "file"));
    const std::string command = std::string(tool) + ' ' + words(textOf(call, "command")) + place;
    const std::string_view each = textOf(call, "each");
    if (each.empty()) {
        std::cout << "keep \"" << folder << '/' << file << ".json\" " << command << '\n';
        return;
    }
    std::cout << "for item in $(" << words(each) << place << " 2>> \"$out/errors.txt\"); do\n    keep \"" << folder
              << '/' << file << "/$(named \"$item\").json\" " << command << "\ndone\n";
}

void printScript(const Frame& frame, const Json& table)
{
    std::string text(beginning);
    constexpr std::string_view mark = "@ACCOUNT@";
    text.replace(text.find(mark), mark.size(), frame.account);
    std::cout << text << '\n';
    const std::string_view tool = textOf(table, "tool");
    for (const Json& call : arrayOf(table, "calls")) {
        if (textOf(call, "scope") == "account")
            printCall(call, tool, "$out/$account", {});
    }
    if (frame.places.empty())
        return;
    std::cout << "\nfor place in $(" << words(frame.places) << "); do\n";
    for (const Json& call : arrayOf(table, "calls")) {
        if (textOf(call, "scope") == "region")
            printCall(call, tool, "$out/$account/$place", ' ' + std::string(frame.placeOption) + " \"$place\"");
    }
    std::cout << "done\n";
}

} // namespace

int collectScript(const Arguments& arguments)
{
    const std::string provider = arguments.words.size() == 1 ? arguments.words.front() : std::string();
    for (const Frame& frame : frames) {
        const auto text = resource("collection/" + provider + ".json");
        if (frame.provider != provider || !text)
            continue;
        printScript(frame, parseJson(*text).value_or(Json()));
        return Done;
    }
    std::cerr << "Say for which provider: glacis-cli collect-script aws, azure or kubernetes.\n";
    return Usage;
}

} // namespace glacis::cli
