// SPDX-License-Identifier: GPL-3.0-or-later
#include "import/terraform/address.h"
#include "import/terraform/facts.h"
#include "import/terraform/hcl/values.h"
#include "import/terraform/json/known_values.h"
#include "import/terraform/json/readers.h"

namespace glacis {

namespace {

using namespace terraform;

class State {
public:
    explicit State(ReadFile& file) : m_file(file)
    {
        m_source.file = file.file;
        m_source.scope = file.scope;
    }

    void read()
    {
        const auto error = streamJson(
            m_file.text, {}, [&](JsonPiece piece) { take(piece); }, &m_file.progress);
        if (error && error->reason != JsonError::Reason::Cancelled)
            m_file.row.problem(Severity::Error, error->sentence, error->line, error->column);
        if (!m_refused.empty())
            return m_file.row.problem(Severity::Error, m_refused);
        if (m_sensitive > 0)
            m_file.row.leave("a value", "the state marks it as sensitive", m_sensitive);
        writeResources(m_file.inventory, m_resources, [&](const Resource&) -> LedgerRow& { return m_file.row; });
    }

private:
    void take(JsonPiece& piece)
    {
        if (piece.key == "version" && piece.value != 4) {
            m_refused = "This state is of version " + asText(piece.value).substr(0, 20)
                + ", and Glacis reads version 4: any command of Terraform 0.12 or later that writes the state brings "
                  "it up to date.";
        } else if (piece.key == "resources" && piece.position != JsonPiece::whole) {
            resource(piece);
        }
    }

    void resource(JsonPiece& piece)
    {
        const Json& said = piece.value;
        const std::string_view type = textOf(said, "type"), name = textOf(said, "name"),
                               module = textOf(said, "module");
        if (type.empty() || name.empty())
            return m_file.row.leave("a resource", "it has no type or no name");
        const bool isData = textOf(said, "mode") == "data";
        std::string address = module.empty() ? std::string() : std::string(module) + '.';
        address += (isData ? "data." : "") + std::string(type) + '.' + std::string(name);
        const Json& instances = arrayOf(said, "instances");
        for (std::size_t i = 0; i < instances.size(); ++i) {
            const Json& instance = instances[i];
            if (!textOf(instance, "deposed").empty()) {
                m_file.row.leave("an instance", "it has been replaced and waits to be taken away");
                continue;
            }
            Json values = member(instance, "attributes");
            if (!values.is_object()) {
                m_file.row.leave("an instance",
                    instance.contains("attributes_flat") ? "its attributes are in the form of Terraform 0.11"
                                                         : "it has no attributes");
                continue;
            }
            dropPaths(values, arrayOf(instance, "sensitive_attributes"));
            onlyKnown(values);
            Resource made;
            made.address = address + (instance.contains("index_key") ? hcl::indexText(instance["index_key"]) : "");
            made.type = type;
            made.isData = isData;
            made.values = std::move(values);
            made.source = &m_source;
            made.pointer = piece.pointer() + "/instances/" + std::to_string(i) + "/attributes";
            m_resources.push_back(std::move(made));
        }
    }

    /// Paths of steps: {"type": "get_attr", "value": "password"} and {"type": "index", "value": …}.
    void dropPaths(Json& values, const Json& paths)
    {
        for (const Json& path : paths) {
            Json* at = &values;
            for (const Json& step : path.is_array() ? path : Json::array({path})) {
                const Json& key = member(step, "value");
                const Json& name = key.is_object() ? member(key, "value") : key;
                if (at->is_object() && name.is_string() && at->contains(name.get_ref<const std::string&>()))
                    at = &(*at)[name.get_ref<const std::string&>()];
                else if (at->is_array() && name.is_number_unsigned() && name.get<std::size_t>() < at->size())
                    at = &(*at)[name.get<std::size_t>()];
                else
                    break;
            }
            if (at != &values && !at->is_null()) {
                *at = nullptr;
                ++m_sensitive;
            }
        }
    }

    ReadFile& m_file;
    Source m_source;
    std::string m_refused;
    std::size_t m_sensitive = 0;
    std::vector<Resource> m_resources;
};

bool recognisesState(const Sniff& sniffed)
{
    return sniffed.form == Sniff::Form::JsonText && sniffed.hasKey("version") && sniffed.hasKey("terraform_version")
        && !sniffed.hasKey("format_version");
}

} // namespace

Reader terraformStateReader()
{
    return {"Terraform state", recognisesState, [](ReadFile& file) { State(file).read(); }, nullptr};
}

} // namespace glacis
