// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace glacis::terraform {

/// The parts of an address between its dots, those within "[…]" left alone: "a.b[\"x.y\"].c" has three.
[[nodiscard]] std::vector<std::string_view> addressSegments(std::string_view address);
/// "aws_instance.web[0]" → "aws_instance.web"; only the last part's index is taken away.
[[nodiscard]] std::string withoutIndex(std::string_view address);
/// The resource or data source that a reference leads to, without the attribute; empty when it leads to none.
/// "module.edge.aws_lb.front[0].arn" → "module.edge.aws_lb.front[0]".
[[nodiscard]] std::string referencedAddress(std::string_view reference);

} // namespace glacis::terraform
