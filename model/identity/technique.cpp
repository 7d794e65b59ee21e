// SPDX-License-Identifier: GPL-3.0-or-later
#include "identity/technique.h"

#include "catalog/schema.h"
#include "core/resources.h"

#include <algorithm>
#include <array>
#include <cassert>

namespace glacis {

namespace {

constexpr std::array catalogues = {std::pair(Provider::Aws, "techniques/aws.json"),
    std::pair(Provider::Azure, "techniques/azure.json"), std::pair(Provider::Gcp, "techniques/gcp.json"),
    std::pair(Provider::Kubernetes, "techniques/kubernetes.json")};

Technique techniqueOf(const Json& row, Provider provider)
{
    Technique technique;
    technique.id = textOf(row, "id");
    technique.provider = provider;
    technique.title = textOf(row, "title");
    technique.gives = textOf(row, "gives");
    for (const Json& need : arrayOf(row, "needs"))
        technique.needs.push_back({std::string(textOf(need, "right")), std::string(textOf(need, "fact")),
            std::string(textOf(need, "on")), std::string(textOf(need, "is"))});
    technique.condition = textOf(row, "if");
    technique.effort = member(member(row, "cost"), "effort").get<double>();
    technique.noise = member(member(row, "cost"), "noise").get<double>();
    technique.cost = technique.effort + technique.noise;
    technique.attack = textOf(row, "attack");
    technique.sentence = textOf(row, "sentence");
    technique.detect = textOf(row, "detect");
    technique.fix = textOf(row, "fix");
    technique.source = textOf(member(row, "source"), "title");
    technique.publisher = textOf(member(row, "source"), "publisher");
    return technique;
}

} // namespace

const std::vector<Technique>& techniques()
{
    static const std::vector<Technique> all = [] {
        std::vector<Technique> made;
        for (const auto& [provider, path] : catalogues) {
            if (!resource(path))
                continue;
            const Table read = loadTable(path, "techniques/schema.json", "techniques");
            assert(read.faults.empty());
            for (const Json& row : arrayOf(read.json, "techniques"))
                made.push_back(techniqueOf(row, provider));
        }
        return made;
    }();
    return all;
}

std::optional<std::uint32_t> techniqueNamed(std::string_view id)
{
    const auto found = std::ranges::find(techniques(), id, &Technique::id);
    if (found == techniques().end())
        return std::nullopt;
    return static_cast<std::uint32_t>(found - techniques().begin());
}

} // namespace glacis
