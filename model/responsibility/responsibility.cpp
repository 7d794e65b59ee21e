// SPDX-License-Identifier: GPL-3.0-or-later
#include "responsibility/responsibility.h"

#include <algorithm>
#include <array>

namespace glacis {

namespace {

constexpr std::size_t noColumn = static_cast<std::size_t>(-1);
constexpr std::size_t providerCount = static_cast<std::size_t>(Provider::Kubernetes) + 1;

/// A thing inside a cluster answers to the cloud that runs the cluster; where that is not in the export, to none.
Provider cloudOf(const Estate& estate, NodeId node)
{
    for (NodeId at = node; at != noNode; at = estate.node(at).parent) {
        const Provider provider = estate.node(at).provider;
        if (provider != Provider::Kubernetes && provider != Provider::Unknown)
            return provider;
    }
    return estate.node(node).provider;
}

class Picture {
public:
    Picture(const Estate& estate, std::span<const LayerFinding> findings, const ResponsibilityQuestion& question,
        const ResponsibilityTable& table)
        : m_estate(estate),
          m_findings(findings),
          m_question(question),
          m_table(table),
          m_columnOf(estate.nodeCount(), noColumn),
          m_nodes(providerCount * table.models.size())
    {
        m_picture.table = &table;
    }

    ResponsibilityPicture drawn()
    {
        sortNodes();
        for (const auto& duties : m_table.providers) {
            if (isAsked(duties.provider))
                addColumns(duties);
        }
        placeFindings();
        m_picture.parties = outsideParties(m_estate);
        return std::move(m_picture);
    }

private:
    [[nodiscard]] std::size_t slot(Provider provider, std::size_t model) const
    {
        return static_cast<std::size_t>(provider) * m_table.models.size() + model;
    }

    void sortNodes()
    {
        for (std::size_t i = 0; i < m_estate.nodeCount(); ++i) {
            const NodeId node = idAt<NodeId>(i);
            const auto model = m_table.modelOf(m_estate.kind(node));
            if (!model || m_estate.node(node).outside)
                continue;
            const Provider provider = cloudOf(m_estate, node);
            m_nodes[slot(provider, *model)].push_back(node);
            m_seen[static_cast<std::size_t>(provider)] = true;
        }
    }

    [[nodiscard]] bool isAsked(Provider provider) const
    {
        const auto& asked = m_question.providers;
        if (!asked.empty())
            return std::find(asked.begin(), asked.end(), provider) != asked.end();
        const bool any = std::any_of(m_table.providers.begin(), m_table.providers.end(),
            [&](const auto& duties) { return m_seen[static_cast<std::size_t>(duties.provider)]; });
        return any ? m_seen[static_cast<std::size_t>(provider)] : m_question.allModels && provider == Provider::Aws;
    }

    void addColumns(const ResponsibilityTable::ProviderDuties& duties)
    {
        for (std::size_t model = 0; model < m_table.models.size(); ++model) {
            auto& nodes = m_nodes[slot(duties.provider, model)];
            if (nodes.empty() && !m_question.allModels)
                continue;
            ResponsibilityColumn column;
            column.provider = duties.provider;
            column.model = model;
            column.examples = duties.examples[model];
            column.boundary = m_table.boundary(duties, model);
            column.cells.resize(m_table.layers.size());
            for (std::size_t layer = 0; layer < m_table.layers.size(); ++layer)
                column.cells[layer].duty = &m_table.duty(duties, layer, model);
            for (const NodeId node : nodes)
                m_columnOf[index(node)] = m_picture.columns.size();
            column.nodes = std::move(nodes);
            m_picture.columns.push_back(std::move(column));
        }
    }

    void placeFindings()
    {
        for (std::size_t i = 0; i < m_findings.size(); ++i) {
            const LayerFinding& finding = m_findings[i];
            const auto layer = m_table.layerNamed(finding.layer);
            const bool known = finding.node != noNode && index(finding.node) < m_columnOf.size();
            std::size_t column = known ? m_columnOf[index(finding.node)] : noColumn;
            // What is wrong with a region is wrong with its account.
            if (known && m_estate.kind(finding.node) == Kind::Region && m_estate.node(finding.node).account != noNode)
                column = m_columnOf[index(m_estate.node(finding.node).account)];
            if (!layer || column == noColumn)
                m_picture.unplaced.push_back(i);
            else
                m_picture.columns[column].cells[*layer].findings.push_back(i);
        }
        for (ResponsibilityColumn& column : m_picture.columns) {
            for (ResponsibilityCell& cell : column.cells)
                count(cell);
        }
    }

    void count(ResponsibilityCell& cell) const
    {
        std::stable_sort(cell.findings.begin(), cell.findings.end(),
            [&](std::size_t a, std::size_t b) { return m_findings[a].severity > m_findings[b].severity; });
        if (!cell.findings.empty())
            cell.worst = m_findings[cell.findings.front()].severity;
        if (cell.duty->side == Side::Provider)
            return;
        std::vector<NodeId> nodes;
        nodes.reserve(cell.findings.size());
        for (const std::size_t i : cell.findings)
            nodes.push_back(m_findings[i].node);
        std::sort(nodes.begin(), nodes.end());
        cell.nodesWithFindings = static_cast<std::size_t>(std::unique(nodes.begin(), nodes.end()) - nodes.begin());
    }

    const Estate& m_estate;
    std::span<const LayerFinding> m_findings;
    const ResponsibilityQuestion& m_question;
    const ResponsibilityTable& m_table;
    std::vector<std::size_t> m_columnOf;
    std::vector<std::vector<NodeId>> m_nodes; ///< by provider, then model
    std::array<bool, providerCount> m_seen{};
    ResponsibilityPicture m_picture;
};

} // namespace

ResponsibilityPicture responsibility(const Estate& estate, std::span<const LayerFinding> findings,
    const ResponsibilityQuestion& question, const ResponsibilityTable& table)
{
    return Picture(estate, findings, question, table).drawn();
}

} // namespace glacis
