// SPDX-License-Identifier: GPL-3.0-or-later
#include "import/terraform/native.h"

#include "import/azure/context.h"
#include "import/gcp/asset.h"
#include "import/kubernetes/object.h"
#include "import/terraform/native_documents.h"

namespace glacis::terraform {

namespace {

class Readers {
public:
    Readers(Inventory& inventory, const std::function<LedgerRow&(const Resource&)>& rowOf)
        : m_inventory(inventory), m_rowOf(rowOf)
    {
    }

    void take(const NativeDocument& document)
    {
        const Resource& resource = *document.resource;
        LedgerRow& row = m_rowOf(resource);
        const std::size_t facts = m_inventory.factCount(), seen = m_inventory.evidence.size();
        ReadFile file{m_inventory, row, m_progress, resource.source->file, resource.source->scope,
            resource.source->path, {}, m_sniffed};
        if (document.provider->cloud == Provider::Gcp)
            gcp::readAsset(file, m_gathered, document.json, m_inventory.seen(file.file, {}));
        else if (document.provider->cloud == Provider::Kubernetes)
            kubernetes(file, document.json);
        else
            azure(file, document.json, resource);
        for (std::size_t i = seen; i < m_inventory.evidence.size(); ++i)
            place(m_inventory.evidence[i], document);
        if (document.secrets > 0)
            row.leave("an argument", "it may hold secrets, and no secret is kept", document.secrets);
        row.facts += m_inventory.factCount() - facts;
        // What other files say of the thing is in the same facts.
        for (const Resource* other : document.others) {
            if (LedgerRow& theirs = m_rowOf(*other); &theirs != &row)
                ++theirs.facts;
        }
    }

    void finish()
    {
        m_session.finish(m_inventory);
        gcp::settleNetworks(m_inventory, m_gathered);
        gcp::settleBalancers(m_inventory, m_gathered);
        gcp::settleProjects(m_inventory, m_gathered);
        gcp::settleMembers(m_inventory, m_gathered);
    }

private:
    void azure(ReadFile& file, const Json& json, const Resource& resource)
    {
        azure::Context context(file, m_session);
        const bool taken = json.contains("@odata.type") ? azure::takeDirectoryObject(context, json, {})
                                                        : azure::takeResource(context, json, {});
        if (!taken)
            file.row.leave(resource.type, "what it belongs to is not known");
    }

    void kubernetes(ReadFile& file, const Json& json)
    {
        auto& context = m_clusters[file.file];
        if (!context)
            context = std::make_unique<Cluster>(file);
        k8s::takeObject(context->objects, json, {}, nullptr, {});
    }

    /// The reader told a place in the document; here is where that was written.
    void place(Evidence& evidence, const NativeDocument& document)
    {
        std::string_view pointer = m_inventory.strings[evidence.pointer];
        auto origin = document.origins.find(pointer);
        std::string_view rest;
        while (origin == document.origins.end() && !pointer.empty()) {
            const auto slash = pointer.rfind('/');
            rest = m_inventory.strings[evidence.pointer].substr(slash);
            pointer = pointer.substr(0, slash);
            origin = document.origins.find(pointer);
        }
        const bool known = origin != document.origins.end();
        const Resource& resource = known ? *origin->second.resource : *document.resource;
        const std::string there = known ? origin->second.pointer + std::string(rest) : std::string();
        const auto [where, line] = resource.place(there);
        evidence = {resource.source->file, m_inventory.text(where), line};
    }

    struct Cluster {
        explicit Cluster(const ReadFile& from) : file(from), objects(file) { }
        ReadFile file;
        k8s::FileContext objects;
    };

    Inventory& m_inventory;
    const std::function<LedgerRow&(const Resource&)>& m_rowOf;
    Progress m_progress;
    Sniff m_sniffed;
    azure::Session m_session;
    gcp::Gathered m_gathered;
    std::map<FileId, std::unique_ptr<Cluster>> m_clusters;
};

} // namespace

bool isTranslated(std::string_view type)
{
    return !nativeRows(type).empty();
}

void writeTranslated(Inventory& inventory, std::span<const Resource> resources, const Known& known,
    const std::function<LedgerRow&(const Resource&)>& rowOf)
{
    std::vector<const Resource*> translated;
    for (const Resource& resource : resources) {
        if (!resource.isData && isTranslated(resource.type))
            translated.push_back(&resource);
    }
    if (translated.empty())
        return;
    NativeNames names(resources, known);
    std::vector<std::pair<const Resource*, std::string>> ids;
    Readers readers(inventory, rowOf);
    for (const NativeDocument& document : nativeDocuments(translated, names, ids))
        readers.take(document);
    readers.finish();
    std::set<std::string> things;
    for (const ThingRow& thing : inventory.things)
        things.insert(lowered(inventory.strings[thing.id]));
    for (const auto& [resource, own] : ids) {
        // A rule is found by what it is a part of.
        std::string id = own;
        while (id.starts_with('/') && !things.contains(lowered(id)))
            id = azure::outerOf(id);
        if (id.empty())
            continue;
        inventory.alias(resource->address, inventory.text(id));
        if (!resource->planned.empty())
            inventory.property(inventory.text(id), "planned", std::string_view(resource->planned), noEvidence);
    }
}

} // namespace glacis::terraform
