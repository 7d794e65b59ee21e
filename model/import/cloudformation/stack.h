// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "import/cloudformation/template.h"

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace glacis::cloudformation {

using Templates = std::map<std::string, Template, std::less<>>; ///< by path
using Exports = std::map<std::string, Json, std::less<>>;

/// A template as one stack makes it: parameters, conditions and functions worked out as far as they can be. What only a
/// deployment would tell is a reference (import/terraform/hcl/values.h): "network.yaml/Vpc",
/// "network.yaml/Vpc.CidrBlock". Source: "Intrinsic function reference" and "Pseudo parameters reference", AWS
/// CloudFormation User Guide.
class Stack {
public:
    /// Properties of one resource, worked out.
    struct Made {
        std::string logicalId;
        std::string address;
        std::string type;
        Json properties;
        std::string pointer; ///< of the properties in the template
    };
    struct Notes {
        std::vector<std::pair<const Template*, std::string>> leftOut; ///< resource, and why
        Exports exports;
    };

    /// `prefix` is what addresses begin with ("network.yaml/"); `inputs` the parameters that are set.
    Stack(const Template& from, std::string prefix, Json inputs, const Exports& exports);

    /// Resources that are there under the conditions; undecided conditions count as met.
    [[nodiscard]] std::vector<Made> resources();
    /// What the stack exports by name, and what a stack around it may ask for.
    [[nodiscard]] Exports exports();
    [[nodiscard]] Json output(const std::string& name);
    /// The stack that a resource of type AWS::CloudFormation::Stack makes, once it is known.
    void nest(const std::string& logicalId, Stack* inner) { m_nested[logicalId] = inner; }
    /// Parameters that a nested stack's resource sets.
    [[nodiscard]] Json evaluated(const Json& value) { return evaluate(value, 0); }
    [[nodiscard]] const Template& from() const { return m_from; }
    [[nodiscard]] const std::string& prefix() const { return m_prefix; }
    /// True, false, or nothing when a parameter without a default decides.
    [[nodiscard]] std::optional<bool> condition(const std::string& name);

private:
    Json evaluate(const Json& value, int depth);
    Json function(const std::string& name, const Json& arguments, int depth);
    Json ref(const std::string& name);
    Json attribute(const Json& arguments, int depth);
    Json substituted(const Json& arguments, int depth);
    Json parameter(const std::string& name, const Json& declared);
    Json mapped(const Json& arguments, int depth);
    std::optional<bool> truth(const Json& value, int depth);

    const Template& m_from;
    std::string m_prefix;
    Json m_inputs;
    const Exports& m_exports;
    std::map<std::string, Stack*, std::less<>> m_nested;
    std::set<std::string> m_busy;
    std::size_t m_steps = 0;
};

} // namespace glacis::cloudformation
