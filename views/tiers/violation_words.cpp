// SPDX-License-Identifier: GPL-3.0-or-later
#include "tiers_view/violation_words.h"

#include "document/answers.h"

#include <QCoreApplication>

#include <array>

namespace glacis {

namespace {

struct Word {
    std::string_view kind;
    const char* title;
};

constexpr auto words = std::to_array<Word>({
    {"internet_to_data", QT_TRANSLATE_NOOP("Violation", "Internet reaches data")},
    {"admin_port_world", QT_TRANSLATE_NOOP("Violation", "Administration open to the world")},
    {"internet_exposed", QT_TRANSLATE_NOOP("Violation", "Exposed to the internet")},
    {"latent_open_sg", QT_TRANSLATE_NOOP("Violation", "One change from open")},
    {"tier_skip", QT_TRANSLATE_NOOP("Violation", "Skips a tier")},
    {"flat_east_west", QT_TRANSLATE_NOOP("Violation", "Flat between tiers")},
    {"lateral_same_tier", QT_TRANSLATE_NOOP("Violation", "Sideways within a tier")},
    {"unrestricted_data_egress", QT_TRANSLATE_NOOP("Violation", "Data may go out")},
    {"unwanted_egress", QT_TRANSLATE_NOOP("Violation", "Unwanted way out")},
    {"broad_cidr", QT_TRANSLATE_NOOP("Violation", "Block too wide")},
    {"sg_peer_reference", QT_TRANSLATE_NOOP("Violation", "Group of another network")},
    {"stale_sg_reference", QT_TRANSLATE_NOOP("Violation", "Group that is gone")},
    {"prod_nonprod_crossing", QT_TRANSLATE_NOOP("Violation", "Between environments")},
    {"nacl_ephemeral_hole", QT_TRANSLATE_NOOP("Violation", "Hole for replies")},
    {"nacl_return_partial", QT_TRANSLATE_NOOP("Violation", "Replies in part")},
    {"unused_sg", QT_TRANSLATE_NOOP("Violation", "Unused group")},
    {"unused_rule", QT_TRANSLATE_NOOP("Violation", "Unused rule")},
    {"blackhole_route", QT_TRANSLATE_NOOP("Violation", "Route to nowhere")},
    {"orphan_route_table", QT_TRANSLATE_NOOP("Violation", "Route table of nobody")},
    {"public_policy", QT_TRANSLATE_NOOP("Violation", "Policy opens to everyone")},
    {"rule_requirement", QT_TRANSLATE_NOOP("Violation", "Rule lacks what the matrix asks")},
    {"block_exposed", QT_TRANSLATE_NOOP("Violation", "Zone's block exposed")},
    {"overlapping_cidr", QT_TRANSLATE_NOOP("Violation", "Overlapping blocks")},
});

} // namespace

QString titleOfViolation(std::string_view kind)
{
    for (const Word& word : words) {
        if (word.kind == kind)
            return QCoreApplication::translate("Violation", word.title);
    }
    return shown(kind);
}

} // namespace glacis
