// SPDX-License-Identifier: GPL-3.0-or-later
#include "import/aws_cli/constants.h"

#include "import/aws_cli/columns.h"
#include "import/aws_cli/replies.h"

#include <algorithm>

namespace glacis {

namespace {

using namespace aws;

constexpr std::string_view untold = "nothing in it tells which call it is the reply of; import the reply itself";

/// The lists of a reply; false when there are none that a call is known by.
bool takeLists(Context& context, Json& reply, const std::string& pointer)
{
    bool taken = false;
    for (auto& [key, list] : reply.items()) {
        for (std::size_t i = 0; list.is_array() && i < list.size(); ++i) {
            const HandlerRow* const row = handlerFor(key, &list[i]);
            if (row)
                row->handler(context, list[i], pointerTo(pointerTo(pointer, key), i));
            taken = taken || row;
        }
    }
    return taken;
}

/// An element of a list that nothing names: some hold lists themselves, as reservations do.
void takeElement(Context& context, std::string_view constant, Json& element, const std::string& pointer)
{
    const TableDescription* const table = element.is_object() ? tableOfReply(element) : nullptr;
    const HandlerRow* const row = table ? handlerFor(table->reply, &element) : nullptr;
    if (row)
        row->handler(context, element, pointer);
    else if (!element.is_object() || !takeLists(context, element, pointer))
        context.file.row.leave(constant, untold);
}

/// A whole reply: the lists in it, or else what it says of one thing.
void takeReply(Context& context, std::string_view constant, Json& reply, const std::string& pointer)
{
    if (takeLists(context, reply, pointer))
        return;
    if (const WholeRow* const row = wholeFor(reply, {}))
        row->handler(context, reply, pointer);
    else
        context.file.row.leave(constant, untold);
}

void readConstants(ReadFile& file)
{
    Context context(file);
    const auto error = streamJson(
        file.text, {},
        [&](JsonPiece piece) {
            if (piece.position == JsonPiece::whole && piece.value.is_object())
                takeReply(context, piece.key, piece.value, piece.pointer());
            else
                takeElement(context, piece.key, piece.value, piece.pointer());
        },
        &file.progress);
    if (error && error->reason != JsonError::Reason::Cancelled)
        file.row.problem(Severity::Error, error->sentence, error->line, error->column);
}

bool recognisesConstants(const Sniff& sniffed)
{
    const auto isConstant = [](const std::string& key) {
        return key.size() > 3 && key.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_") == std::string::npos;
    };
    return sniffed.form == Sniff::Form::JsonText && !sniffed.outermostIsArray && !sniffed.keys.empty()
        && std::ranges::all_of(sniffed.keys, isConstant);
}

} // namespace

Reader constantsReader()
{
    return {"constants of a program's tests", recognisesConstants, readConstants};
}

} // namespace glacis
