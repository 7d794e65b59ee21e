// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ids.h"
#include "estate/inventory.h"
#include "import/terraform/file_functions.h"
#include "import/terraform/hcl/evaluate.h"

#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace glacis::terraform {

/// One file of a configuration.
struct Source {
    FileId file = noFile;
    ScopeId scope = rootScope;
    std::size_t row = 0; ///< in the ledger
    std::string path;
    hcl::Body body;
};

/// All files by the folder they lie in; "" for files that were given one by one.
using Folders = std::map<std::string, std::vector<Source>, std::less<>>;

/// A resource or data source with its settings worked out as far as they can be: nested blocks are lists of objects, as
/// in a plan's JSON, and what only an apply would tell is a reference (see hcl/values.h).
struct Resource {
    std::string address; ///< "module.edge.aws_instance.web[0]"
    std::string type;
    bool isData = false;
    Json values = Json::object();
    std::map<std::string, std::uint32_t, std::less<>> lines; ///< by JSON pointer into `values`
    const Source* source = nullptr;
    std::uint32_t line = 0;
    std::string pointer; ///< of `values` in a file of JSON, where there are no lines
    std::map<std::string, std::string, std::less<>> origins; ///< pointers in the file, where `values` was put together
    Json provider = Json::object(); ///< what is known of its provider's settings: region, project, subscription_id
    std::string planned; ///< what the apply does to it: "create", "update" …; empty where nothing is planned

    /// Where a part of `values` was written: a pointer in a file of JSON, otherwise a line.
    [[nodiscard]] std::pair<std::string, std::uint32_t> place(std::string_view part) const;
};

struct ModuleProblem {
    const Source* source = nullptr;
    hcl::Place place;
    std::string sentence;
};

/// Something that a file names and that is not at hand, which is nobody's fault.
struct LeftOpen {
    const Source* source = nullptr;
    std::string what, why;
};

using Values = std::map<std::string, Json, std::less<>>;
/// Where `terraform init` put the modules of a configuration: the folder by the names of the calls that lead to it
/// ("network.subnets"), for each folder that an apply begins in.
using Vendored = std::map<std::string, std::map<std::string, std::string, std::less<>>, std::less<>>;

/// A module as one call makes it. Values are worked out when asked for, each once.
class Module {
public:
    struct Shared {
        const Folders& folders;
        const Vendored& vendored;
        FileFunctions& files;
        hcl::Budget& budget;
        std::vector<ModuleProblem> problems;
        std::vector<LeftOpen> open;
        std::size_t modules = 0; ///< how many have been made
    };

    /// What a call gives to a module.
    struct Call {
        std::string folder;
        std::string root; ///< the folder that the apply begins in
        std::string prefix; ///< what addresses begin with ("module.edge.")
        std::string key; ///< names of the calls that lead here ("edge.rules")
        Values inputs; ///< variables that the call sets
        Values providers; ///< settings by name and alias ("aws", "aws.west")
        int depth = 0;
    };

    Module(Shared& shared, Call call);
    ~Module();
    Module(const Module&) = delete;
    Module& operator=(const Module&) = delete;

    /// Those of the module and of the local modules that it calls.
    void collect(std::vector<Resource>& into);
    /// Folders of local modules that are called from here, directly or not.
    void calledFolders(std::set<std::string, std::less<>>& into);

private:
    struct Declared {
        const hcl::Block* block = nullptr;
        const Source* source = nullptr;
    };
    /// One of what count or for_each make of a block.
    struct Instance {
        bool counted = false, keyed = false;
        Json key, value;
    };
    class Busy;

    void declare(const Source& source);
    std::vector<Instance> instances(const Declared& declared);
    std::optional<Json> lookup(
        std::string_view name, std::span<const hcl::Step> steps, std::size_t& taken, const Instance& instance);
    std::optional<Json> ofModule(std::string_view name);
    Json variable(const std::string& name);
    Json local(const std::string& name);
    Json output(const std::string& call, const Json* key, const std::string& name);
    Json called(std::span<const hcl::Step> steps, std::size_t& taken);
    Json reference(const std::string& address, std::span<const hcl::Step> steps, std::size_t& taken);
    Json ofInstance(const std::string& address, const Declared& declared, const Instance& instance,
        std::span<const hcl::Step> steps, std::size_t& taken);
    Json attribute(
        const std::string& address, const Declared& declared, const Instance& instance, const std::string& name);
    Json dataValue(
        const std::string& address, const Declared& declared, const Instance& instance, const std::string& name);
    const Json& blocksOf(const std::string& address, const Declared& declared, const Instance& instance);
    const Values& providers();
    Json provider(const hcl::Block& of);
    std::string path() const;
    Json evaluated(const hcl::Expression& expression, const Instance& instance);
    Json tried(const hcl::Attribute& attribute, const Source& source, const Instance& instance);
    void body(
        const hcl::Body& from, Resource& into, Json& values, const std::string& pointer, const Instance& instance);
    void dynamic(
        const hcl::Block& block, Resource& into, Json& values, const std::string& pointer, const Instance& instance);
    Resource resource(const std::string& address, const Declared& declared, const Instance& instance);
    Module* child(const std::string& call, const Json* key);
    std::optional<std::string> folderOf(const std::string& name, const hcl::Block& call);
    Values passedProviders(const hcl::Block& call);
    void problem(const Source* source, hcl::Place place, std::string sentence);

    Shared& m_shared;
    Call m_call;
    std::optional<Values> m_ownProviders;
    std::map<std::string, Declared, std::less<>> m_variables, m_outputs, m_calls;
    std::map<std::string, Declared, std::less<>>
        m_declared; ///< resources and data sources by address within the module
    std::vector<std::string> m_order; ///< of their addresses, as written
    std::map<std::string, std::pair<const hcl::Attribute*, const Source*>, std::less<>> m_locals;
    std::vector<Declared> m_providers;
    Values m_known;
    std::set<std::string, std::less<>> m_busy;
    std::map<std::string, std::unique_ptr<Module>, std::less<>> m_children;
    /// Names that dynamic blocks bind, innermost last.
    std::vector<std::pair<std::string, Json>> m_iterators;
};

} // namespace glacis::terraform
