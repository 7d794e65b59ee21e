// SPDX-License-Identifier: GPL-3.0-or-later
#include "import/cloudformation/serverless.h"

#include "import/cloudformation/property_map.h"
#include "import/terraform/hcl/values.h"

namespace glacis::cloudformation {

void addImpliedRole(Stack::Made& function, const Template& from, std::vector<terraform::Resource>& into)
{
    if (function.type != "AWS::Serverless::Function")
        return;
    const Json given = function.properties.contains("Policies") ? function.properties["Policies"] : Json();
    function.properties.erase("Policies");
    if (function.properties.contains("Role"))
        return;
    Stack::Made role{
        function.logicalId + "Role", function.address + "Role", "AWS::IAM::Role", Json::object(), function.pointer};
    role.properties["AssumeRolePolicyDocument"] = Json{{"Version", "2012-10-17"},
        {"Statement",
            {{{"Effect", "Allow"}, {"Principal", {{"Service", "lambda.amazonaws.com"}}},
                {"Action", "sts:AssumeRole"}}}}};
    Json managed = Json::array({"arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"});
    Json inlined = Json::array();
    for (const Json& policy : given.is_array() ? given : given.is_null() ? Json::array() : Json::array({given})) {
        if (policy.is_string()) {
            const std::string& name = policy.get_ref<const std::string&>();
            managed.push_back(
                name.starts_with("arn:") || hcl::isOpen(policy) ? name : "arn:aws:iam::aws:policy/" + name);
        } else if (policy.contains("Statement")) {
            inlined.push_back({{"PolicyName", "Policy" + std::to_string(inlined.size())}, {"PolicyDocument", policy}});
        }
    }
    role.properties["ManagedPolicyArns"] = std::move(managed);
    role.properties["Policies"] = std::move(inlined);
    addResources(role, from, into);
    function.properties["Role"] = hcl::unknown(role.address);
}

} // namespace glacis::cloudformation
