// SPDX-License-Identifier: GPL-3.0-or-later
#include "import/cloudformation/cloudformation.h"

#include "core/text.h"
#include "import/cloudformation/property_map.h"
#include "import/cloudformation/serverless.h"
#include "import/terraform/facts.h"
#include "import/terraform/hcl/values.h"

#include <deque>
#include <filesystem>

namespace glacis {

namespace {

using namespace cloudformation;
using terraform::Resource;

constexpr int deepestNest = 8;
constexpr std::string_view nestedType = "AWS::CloudFormation::Stack";
constexpr std::string_view applicationType = "AWS::Serverless::Application";

bool nests(std::string_view type)
{
    return type == nestedType || type == applicationType;
}

class CloudFormationGatherer : public Gatherer {
public:
    void take(ReadFile& file, std::size_t at) override
    {
        Template read = readTemplate(file, at);
        if (read.json.is_null()) {
            if (file.row.problems.empty())
                file.row.leave("the file", "it declares no resources");
            return;
        }
        m_templates.emplace(file.path, std::move(read));
    }

    void finish(Inventory& inventory, Ledger& ledger, Progress& progress) override
    {
        progress.begin("Working out the templates", m_templates.size());
        const auto roots = rootTemplates();
        // Names that one stack exports may be imported by any other, so exports come first.
        for (const Template* root : roots) {
            Stack stack(*root, root->source.path + '/', Json::object(), m_exports);
            m_exports.merge(stack.exports());
        }
        std::vector<Resource> resources;
        for (const Template* root : roots) {
            if (progress.cancelled())
                return;
            progress.advance();
            m_stacks.emplace_back(*root, root->source.path + '/', Json::object(), m_exports);
            add(m_stacks.back(), resources, ledger, 0);
        }
        defaultEgress(resources);
        writeResources(inventory, resources,
            [&](const Resource& resource) -> LedgerRow& { return ledger.rows[resource.source->row]; });
        for (const auto& [path, read] : m_templates) {
            LedgerRow& row = ledger.rows[read.source.row];
            if (row.facts == 0 && row.leftOut.empty() && row.problems.empty())
                row.leave("the file", "what it makes stands in the templates that it nests");
        }
    }

private:
    /// Those that no other nests.
    std::vector<const Template*> rootTemplates() const
    {
        std::set<const Template*> nested;
        for (const auto& [path, read] : m_templates) {
            for (const auto& [id, resource] : member(read.json, "Resources").items()) {
                if (const Template* inner = nestedTemplate(read, resource); inner && inner != &read)
                    nested.insert(inner);
            }
        }
        std::vector<const Template*> roots;
        for (const auto& [path, read] : m_templates) {
            if (!nested.contains(&read))
                roots.push_back(&read);
        }
        if (roots.empty()) {
            for (const auto& [path, read] : m_templates)
                roots.push_back(&read);
        }
        return roots;
    }

    /// By its path in the folder, or by the file's name at the end of an address.
    const Template* nestedTemplate(const Template& from, const Json& resource) const
    {
        if (!nests(textOf(resource, "Type")))
            return nullptr;
        const Json& properties = member(resource, "Properties");
        const Json& place =
            properties.contains("TemplateURL") ? member(properties, "TemplateURL") : member(properties, "Location");
        std::string text = place.is_string() ? place.get<std::string>() : place.dump();
        if (place.is_string() && text.find("://") == std::string::npos) {
            const std::string path =
                (std::filesystem::path(folderOf(from.source.path)) / text).lexically_normal().generic_string();
            const auto found = m_templates.find(path);
            return found == m_templates.end() ? nullptr : &found->second;
        }
        // "https://bucket.s3.amazonaws.com/${Prefix}templates/network.yaml": the file's name tells.
        while (!text.empty() && std::string_view("\"}]) ").find(text.back()) != std::string_view::npos)
            text.pop_back();
        const std::string_view name = fileOf(text);
        const Template* only = nullptr;
        for (const auto& [path, read] : m_templates) {
            if (fileOf(path) != name)
                continue;
            if (only)
                return nullptr;
            only = &read;
        }
        return only;
    }

    void add(Stack& stack, std::vector<Resource>& into, Ledger& ledger, int depth)
    {
        LedgerRow& row = ledger.rows[stack.from().source.row];
        const Json& declared = member(stack.from().json, "Resources");
        for (const auto& [id, resource] : declared.items()) {
            const Template* inner = nestedTemplate(stack.from(), resource);
            if (!inner)
                continue;
            if (depth >= deepestNest || inner == &stack.from()) {
                row.leave(id, "templates nest one another more than " + std::to_string(deepestNest) + " deep");
                continue;
            }
            m_stacks.emplace_back(*inner, stack.prefix() + id + '/',
                stack.evaluated(member(member(resource, "Properties"), "Parameters")), m_exports);
            Stack& nested = m_stacks.back();
            stack.nest(id, &nested);
            add(nested, into, ledger, depth + 1);
        }
        for (const auto& [id, resource] : declared.items()) {
            const std::string name(textOf(resource, "Condition"));
            if (!name.empty() && !stack.condition(name))
                row.leave("the condition " + name, "a parameter without a default decides it, so it was taken as met");
        }
        for (Stack::Made& made : stack.resources()) {
            if (nests(made.type)) {
                if (!nestedTemplate(stack.from(), declared[made.logicalId]))
                    row.leave(made.type, "the template that it nests is not among the files");
                continue;
            }
            addImpliedRole(made, stack.from(), into);
            if (isMapped(made.type))
                addResources(made, stack.from(), into);
            else
                row.leave(made.type, "Glacis does not read this type of resource");
        }
    }

    /// "AWS::EC2::SecurityGroupEgress": a group has the rule that lets everything out until it is given one of its own,
    /// within it or beside it.
    static void defaultEgress(std::vector<Resource>& resources)
    {
        std::set<std::string> given;
        for (const Resource& resource : resources) {
            if (resource.type == "aws_security_group_rule" && textOf(resource.values, "type") == "egress") {
                for (const std::string& group : hcl::references(member(resource.values, "security_group_id")))
                    given.insert(std::string(before(group.substr(group.rfind('/') + 1), '.')));
            }
        }
        for (Resource& resource : resources) {
            if (resource.type == "aws_security_group"
                && given.contains(resource.address.substr(resource.address.rfind('/') + 1))
                && !resource.lines.contains("/egress") && !resource.origins.contains("/egress"))
                resource.values.erase("egress");
        }
    }

    Templates m_templates;
    Exports m_exports;
    std::deque<Stack> m_stacks;
};

} // namespace

Reader cloudFormationReader()
{
    return {"CloudFormation template", looksLikeTemplate, nullptr,
        []() -> std::unique_ptr<Gatherer> { return std::make_unique<CloudFormationGatherer>(); }};
}

} // namespace glacis
