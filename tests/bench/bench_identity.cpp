// SPDX-License-Identifier: GPL-3.0-or-later
#include "estate/link.h"
#include "identity/access.h"
#include "identity/escalation.h"
#include "identity/evaluate.h"

#include <benchmark/benchmark.h>

#include <string>

/// How fast policies are evaluated: single requests a second, and an estate's access and escalations as
/// principals grow.
namespace glacis {

namespace {

constexpr std::string_view fiveStatements = R"({"Version": "2012-10-17", "Statement": [
    {"Effect": "Allow", "Action": ["ec2:Describe*", "ec2:StartInstances"], "Resource": "*"},
    {"Effect": "Allow", "Action": "sqs:*", "Resource": "arn:aws:sqs:eu-central-1:111122223333:orders-*"},
    {"Effect": "Allow", "Action": ["s3:GetObject", "s3:PutObject"], "Resource": "arn:aws:s3:::ledger/2026/*"},
    {"Effect": "Allow", "Action": "kms:Decrypt", "Resource": "*",
     "Condition": {"StringEquals": {"kms:ViaService": "s3.eu-central-1.amazonaws.com"}}},
    {"Effect": "Deny", "Action": "s3:*", "Resource": "*", "Condition": {"Bool": {"aws:SecureTransport": "false"}}}]})";

PolicyRequest request(const char* action, const char* resource)
{
    PolicyRequest made;
    made.principal = principalNamed("arn:aws:iam::111122223333:role/worker");
    made.action = action;
    made.resource = resource;
    made.context = {{"aws:SecureTransport", {"true"}}, {"aws:PrincipalAccount", {"111122223333"}}};
    made.unsaid = Unsaid::Absent;
    return made;
}

void evaluateOne(benchmark::State& state, const char* action, const char* resource)
{
    const PolicyDocument document = parsePolicy(fiveStatements);
    const PolicyRequest asked = request(action, resource);
    PolicyStack stack;
    stack.identity.push_back({&document, 0});
    for (auto _ : state)
        benchmark::DoNotOptimize(evaluate(asked, stack).verdict);
    state.SetItemsProcessed(state.iterations());
}
BENCHMARK_CAPTURE(evaluateOne, allowed, "s3:GetObject", "arn:aws:s3:::ledger/2026/report.csv");
BENCHMARK_CAPTURE(evaluateOne, denied, "dynamodb:GetItem", "arn:aws:dynamodb:eu-central-1:111122223333:table/t");

/// Each principal has a policy of its own that names one of 200 buckets; a tenth may read all.
Estate estateOf(std::int64_t principals)
{
    Inventory inventory;
    const ScopeId scope = inventory.scope(rootScope, "", "111122223333", "eu-central-1");
    const EvidenceId at = inventory.seen(inventory.file("bench.json"), "");
    for (int i = 0; i < 200; ++i)
        inventory.thing(Kind::ObjectStore, Provider::Aws, "", "arn:aws:s3:::bucket-" + std::to_string(i), scope, at);
    for (std::int64_t i = 0; i < principals; ++i) {
        const std::string id = "arn:aws:iam::111122223333:role/r" + std::to_string(i);
        inventory.thing(Kind::Role, Provider::Aws, "", id, scope, at);
        const std::string resource =
            i % 10 == 0 ? "*" : "arn:aws:s3:::bucket-" + std::to_string(i % 200) + "/team-" + std::to_string(i) + "/*";
        inventory.facts.policies.push_back({inventory.text(id), PolicyRole::Inline, inventory.text("own"),
            inventory.text(R"({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:GetObject", )"
                           R"("Resource": ")"
                + resource + R"("}]})"),
            at});
    }
    Progress progress;
    return link(std::move(inventory), progress);
}

void accessToStores(benchmark::State& state)
{
    const Estate estate = estateOf(state.range(0));
    for (auto _ : state) {
        Progress progress;
        const Access access(estate);
        benchmark::DoNotOptimize(access.toStores(progress).size());
    }
    state.SetComplexityN(state.range(0));
}
BENCHMARK(accessToStores)->Arg(100)->Arg(1000)->Arg(3000)->Arg(10000)->Complexity()->Unit(benchmark::kMillisecond);

/// Half of the principals are users. A tenth may pass roles to new functions, each to those of its team; the others
/// read.
Estate teamsOf(std::int64_t principals)
{
    Inventory inventory;
    const ScopeId scope = inventory.scope(rootScope, "", "111122223333", "eu-central-1");
    const EvidenceId at = inventory.seen(inventory.file("bench.json"), "");
    inventory.thing(Kind::Account, Provider::Aws, "", "111122223333", scope, at);
    const auto give = [&](const std::string& id, PolicyRole role, const std::string& statement) {
        inventory.facts.policies.push_back({inventory.text(id), role, inventory.text("own"),
            inventory.text(R"({"Version": "2012-10-17", "Statement": [)" + statement + "]}"), at});
    };
    for (std::int64_t i = 0; i < principals; ++i) {
        const std::string team = "team-" + std::to_string(i % (principals / 20 + 1));
        const bool isUser = i % 2 == 0;
        const std::string id =
            "arn:aws:iam::111122223333:" + std::string(isUser ? "user/" : "role/") + team + "-" + std::to_string(i);
        inventory.thing(isUser ? Kind::User : Kind::Role, Provider::Aws, "", id, scope, at);
        if (!isUser)
            give(id, PolicyRole::Trust,
                R"({"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"Service": "lambda.amazonaws.com"}})");
        give(id, PolicyRole::Inline,
            i % 10 == 0
                ? R"({"Effect": "Allow", "Action": ["lambda:CreateFunction", "lambda:InvokeFunction"], "Resource": "*"},)"
                  R"({"Effect": "Allow", "Action": "iam:PassRole", "Resource": "arn:aws:iam::111122223333:role/)"
                    + team + R"(-*"})"
                : R"({"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::bucket/)" + team
                    + R"(/*"})");
    }
    Progress progress;
    return link(std::move(inventory), progress);
}

void allEscalations(benchmark::State& state)
{
    const Estate estate = teamsOf(state.range(0));
    std::size_t found = 0;
    for (auto _ : state) {
        Progress progress;
        const Access access(estate);
        found = escalations(estate, access, progress, 1).size();
    }
    state.counters["ways"] = static_cast<double>(found);
    state.SetComplexityN(state.range(0));
}
BENCHMARK(allEscalations)->Arg(1000)->Arg(3000)->Arg(10000)->Complexity()->Unit(benchmark::kMillisecond);

} // namespace

} // namespace glacis

BENCHMARK_MAIN();
