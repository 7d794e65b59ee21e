// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/json_fwd.h"
#include "estate/kinds.h"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace glacis {

struct SchemaFault;

/// Who answers for a layer of a service.
enum class Side : std::uint8_t { Provider, Customer, Shared };
[[nodiscard]] std::string_view name(Side side);

/// One cell of the table: a sentence for each side, and where it is published.
struct Duty {
    Side side{};
    std::string provider;
    std::string customer;
    std::string source; ///< title of the page
    std::string publisher;
};

/// Who does what, for each provider: layers from data down to buildings, service models from a machine of one's own to
/// finished software. Our wording of the pages that each cell names; the table is in resources/responsibility.
struct ResponsibilityTable {
    struct Group {
        std::string id;
        std::string title;
    };
    struct Layer {
        std::string id;
        std::string title;
        std::size_t group = 0;
        std::optional<Side> classic; ///< whose item it is in the usual list of five and six
    };
    struct Model {
        std::string id;
        std::string title;
        std::string model; ///< "IaaS", "PaaS" …
        std::vector<Kind> kinds;
    };
    struct ProviderDuties {
        Provider provider{};
        std::string title;
        std::vector<std::string> examples; ///< for each model: the provider's services of that sort
        std::vector<Duty> duties; ///< layer by layer, each with all models
    };

    std::vector<Group> groups;
    std::vector<Layer> layers;
    std::vector<Model> models;
    std::vector<ProviderDuties> providers;

    /// The table of the program.
    [[nodiscard]] static const ResponsibilityTable& builtIn();
    /// From tables that fit resources/responsibility/schema.json. What does not hang together (an unknown layer, a cell
    /// that nobody filled, a source that is not listed) becomes a fault and the table is then not to be used.
    [[nodiscard]] static ResponsibilityTable from(
        const Json& layers, std::span<const Json> providers, std::vector<SchemaFault>& faults);

    [[nodiscard]] std::optional<std::size_t> layerNamed(std::string_view id) const;
    /// The column that a kind sits in; nothing for what is no service (a route, an interface).
    [[nodiscard]] std::optional<std::size_t> modelOf(Kind kind) const;
    [[nodiscard]] const ProviderDuties* of(Provider provider) const; ///< null when the table lacks it
    [[nodiscard]] const Duty& duty(const ProviderDuties& of, std::size_t layer, std::size_t model) const
    {
        return of.duties[layer * models.size() + model];
    }
    /// The first layer from which everything below is the provider's alone: where the boundary is drawn.
    [[nodiscard]] std::size_t boundary(const ProviderDuties& of, std::size_t model) const;
};

} // namespace glacis
