// SPDX-License-Identifier: GPL-3.0-or-later
#include "estate/link.h"
#include "import/all/readers.h"
#include "import/import.h"
#include "import/terraform/hcl/syntax.h"

#include <benchmark/benchmark.h>

#include <sys/resource.h>

#include <filesystem>
#include <fstream>

namespace {

using namespace glacis;

/// A configuration of about so many bytes, with what configurations are made of: blocks, templates, heredocs, lists,
/// objects, conditions and calls.
std::string configuration(std::size_t bytes)
{
    std::string text = "variable \"prefix\" {\n  type    = string\n  default = \"shop\"\n}\n\n";
    for (std::size_t i = 0; text.size() < bytes; ++i) {
        const std::string n = std::to_string(i);
        text += "# Network " + n
            + " of the shop, with what guards it.\n"
              "resource \"aws_security_group\" \"web_"
            + n
            + "\" {\n"
              "  name        = \"${var.prefix}-web-"
            + n
            + "\"\n"
              "  description = \"Lets the balancer in\"\n"
              "  vpc_id      = aws_vpc.main["
            + std::to_string(i % 10)
            + "].id\n\n"
              "  dynamic \"ingress\" {\n"
              "    for_each = { for port in [80, 443] : tostring(port) => port if port != var.closed }\n"
              "    content {\n"
              "      from_port   = ingress.value\n"
              "      to_port     = ingress.value\n"
              "      protocol    = \"tcp\"\n"
              "      cidr_blocks = var.open ? [\"0.0.0.0/0\"] : concat(local.offices, [cidrsubnet(var.block, 8, "
            + std::to_string(i % 256)
            + ")])\n"
              "    }\n"
              "  }\n\n"
              "  tags = merge(local.tags, {\n"
              "    Name  = \"${var.prefix}-web-"
            + n
            + "\"\n"
              "    Owner = \"team-"
            + std::to_string(i % 7)
            + "\"\n"
              "  })\n"
              "}\n\n"
              "resource \"aws_iam_role\" \"web_"
            + n
            + "\" {\n"
              "  name               = \"web-"
            + n
            + "\"\n"
              "  assume_role_policy = <<-POLICY\n"
              "    {\n"
              "      \"Version\": \"2012-10-17\",\n"
              "      \"Statement\": [{\n"
              "        \"Effect\": \"Allow\",\n"
              "        \"Principal\": {\"Service\": \"ec2.${local.suffix}\"},\n"
              "        \"Action\": \"sts:AssumeRole\"\n"
              "      }]\n"
              "    }\n"
              "  POLICY\n"
              "}\n\n";
    }
    return text;
}

void parseConfiguration(benchmark::State& state)
{
    const std::string text = configuration(static_cast<std::size_t>(state.range(0)) << 20U);
    for (auto _ : state) {
        const hcl::Parsed parsed = hcl::parse(text);
        if (!parsed.problems.empty())
            state.SkipWithError(parsed.problems.front().sentence.c_str());
        benchmark::DoNotOptimize(parsed.body.blocks.size());
    }
    state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * text.size()));
}

/// A plan of about so many bytes: each resource in planned_values, in resource_changes and in the configuration.
std::filesystem::path plan(std::size_t bytes)
{
    const auto path = std::filesystem::temp_directory_path() / "glacis_bench_plan.json";
    std::ofstream out(path, std::ios::binary);
    const auto values = [](std::size_t i) {
        return "{\"ami\": \"ami-0123456789abcdef0\", \"instance_type\": \"t3.micro\", \"associate_public_ip_address\": "
               "false, \"subnet_id\": null, \"root_block_device\": [{\"encrypted\": true, \"volume_size\": 20}], "
               "\"user_data\": null, \"tags\": {\"Name\": \"web-"
            + std::to_string(i) + "\", \"Owner\": \"team-" + std::to_string(i % 7)
            + "\", \"Purpose\": \"serves the pages of the shop to everyone who asks for them\"}}";
    };
    const auto head = [](std::size_t i) {
        const std::string n = std::to_string(i);
        return "{\"address\": \"aws_instance.web_" + n
            + "\", \"mode\": \"managed\", \"type\": \"aws_instance\", "
              "\"name\": \"web_"
            + n + "\", \"provider_name\": \"registry.terraform.io/hashicorp/aws\"";
    };
    const std::size_t count = bytes / 1900;
    out << "{\"format_version\": \"1.2\", \"terraform_version\": \"1.9.0\", \"planned_values\": {\"root_module\": "
           "{\"resources\": [";
    for (std::size_t i = 0; i < count; ++i)
        out << (i ? "," : "") << head(i) << ", \"schema_version\": 1, \"values\": " << values(i) << "}";
    out << "]}}, \"resource_changes\": [";
    for (std::size_t i = 0; i < count; ++i)
        out << (i ? "," : "") << head(i)
            << ", \"change\": {\"actions\": [\"create\"], \"before\": null, \"after\": " << values(i)
            << ", \"after_unknown\": {\"arn\": true, \"id\": true, \"subnet_id\": true, \"vpc_security_group_ids\": "
               "true, "
               "\"root_block_device\": [{\"volume_id\": true}]}, \"after_sensitive\": {}}}";
    out << "], \"configuration\": {\"provider_config\": {\"aws\": {\"name\": \"aws\", \"expressions\": {\"region\": "
           "{\"constant_value\": \"eu-central-1\"}}}}, \"root_module\": {\"resources\": [";
    for (std::size_t i = 0; i < count; ++i)
        out << (i ? "," : "") << head(i)
            << ", \"expressions\": {\"ami\": {\"constant_value\": "
               "\"ami-0123456789abcdef0\"}, \"subnet_id\": {\"references\": [\"aws_subnet.s_"
            << i % 50 << ".id\", \"aws_subnet.s_" << i % 50
            << "\"]}, \"vpc_security_group_ids\": {\"references\": [\"aws_security_group.g_" << i % 50
            << ".id\", \"aws_security_group.g_" << i % 50 << "\"]}}}";
    out << "]}}}";
    return path;
}

double peakMegabytes()
{
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return static_cast<double>(usage.ru_maxrss) / 1024;
}

void openPlan(benchmark::State& state)
{
    const auto path = plan(static_cast<std::size_t>(state.range(0)) << 20U);
    const auto size = std::filesystem::file_size(path);
    for (auto _ : state) {
        Progress progress;
        Imported imported = import({&path, 1}, readers(), progress);
        const Estate estate = link(std::move(imported.inventory), progress);
        state.counters["things"] = static_cast<double>(estate.nodeCount());
    }
    state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * size));
    state.counters["peak MiB"] = peakMegabytes();
    std::filesystem::remove(path);
}

BENCHMARK(parseConfiguration)->Arg(10)->Unit(benchmark::kMillisecond);
BENCHMARK(openPlan)->Arg(10)->Arg(100)->Unit(benchmark::kMillisecond)->Iterations(1);

} // namespace

BENCHMARK_MAIN();
