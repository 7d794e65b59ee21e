// SPDX-License-Identifier: GPL-3.0-or-later
#include "import/terraform/address.h"

namespace glacis::terraform {

std::vector<std::string_view> addressSegments(std::string_view address)
{
    std::vector<std::string_view> found;
    std::size_t from = 0;
    int depth = 0;
    bool quoted = false;
    for (std::size_t i = 0; i <= address.size(); ++i) {
        const char c = i < address.size() ? address[i] : '.';
        if (c == '"' && depth > 0 && address[i - 1] != '\\')
            quoted = !quoted;
        if (!quoted)
            depth += c == '[' ? 1 : c == ']' ? -1 : 0;
        if (i == address.size() || (c == '.' && depth <= 0)) {
            found.push_back(address.substr(from, i - from));
            from = i + 1;
        }
    }
    return found;
}

std::string withoutIndex(std::string_view address)
{
    if (!address.ends_with(']'))
        return std::string(address);
    const std::string_view last = addressSegments(address).back();
    const auto begin = static_cast<std::size_t>(last.data() - address.data());
    return std::string(address.substr(0, begin + last.find('[')));
}

std::string referencedAddress(std::string_view reference)
{
    const auto all = addressSegments(reference);
    std::size_t i = 0;
    while (i + 1 < all.size() && all[i] == "module")
        i += 2;
    const std::size_t type = i + (i < all.size() && all[i] == "data" ? 1 : 0);
    if (type + 1 >= all.size() || all[type].find('_') == std::string_view::npos)
        return {};
    return std::string(
        reference.substr(0, static_cast<std::size_t>(all[type + 1].data() + all[type + 1].size() - reference.data())));
}

} // namespace glacis::terraform
