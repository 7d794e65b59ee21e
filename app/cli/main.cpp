// SPDX-License-Identifier: GPL-3.0-or-later
#include "commands.h"

#include "estate/link.h"
#include "import/all/readers.h"
#include "import/import.h"

#include <iostream>

namespace glacis::cli {

namespace {

const std::vector<Option> inputOptions = {
    {"--input"}, {"--sample"}, {"--format"}, {"--strict", false}, {"--help", false}};

std::vector<Option> with(std::vector<Option> more)
{
    more.insert(more.end(), inputOptions.begin(), inputOptions.end());
    return more;
}

const std::vector<Command>& commands()
{
    static const std::vector<Command> all = {
        {"inspect", "the ledger of an import and what the estate holds",
            "glacis-cli inspect --input PATH… [--format text|json|jsonl] [--strict]\n\n"
            "PATH is a file, a folder or an archive; --sample three-tier takes the built-in sample instead.\n\n"
            "Example: glacis-cli inspect --input exports/ --format text\n",
            with({}), inspect},
        {"access", "whether a principal may do something, and which statements decide",
            "glacis-cli access --input PATH… --principal X --action A --resource R [--context KEY=VALUE]… [--data]\n"
            "glacis-cli access --input PATH… --effective [--principal X]\n"
            "glacis-cli access --input PATH… --review\n\n"
            "X is an ARN or the provider's id, or internet for anyone; A is as its provider writes it: s3:GetObject,\n"
            "Microsoft.Compute/virtualMachines/write (--data when it is one over data and no role says so),\n"
            "storage.objects.get. What the input leaves open is said. --effective tells who may read, write\n"
            "or administer which store, secret, key, function and machine; --review what least privilege would not "
            "leave so.\n\n"
            "Example: glacis-cli access --sample three-tier --principal internet --action s3:GetObject "
            "--resource arn:aws:s3:::quillmere-customer-exports/list.csv\n",
            with({{"--principal"}, {"--action"}, {"--resource"}, {"--context"}, {"--data", false},
                {"--effective", false}, {"--review", false}}),
            access},
        {"collect-script", "a script that collects what is read, by calls that only list and show",
            "glacis-cli collect-script aws|azure|gcp|kubernetes\n\n"
            "Prints a shell script for whoever may see the account to review and run; its folder imports as it is.\n\n"
            "Example: glacis-cli collect-script azure > collect.sh\n",
            {{"--help", false}}, collectScript},
        {"escalations", "every way by which one identity becomes another",
            "glacis-cli escalations --input PATH… [--threads N] [--format text|json|jsonl]\n\n"
            "The answer is the same for any number of threads; as many as the machine has, when not said.\n\n"
            "Example: glacis-cli escalations --sample three-tier\n",
            with({{"--threads"}}), escalations},
        {"evaluate", "policy requests that stand alone, one a line",
            "glacis-cli evaluate FILE.jsonl [--strict]\n\n"
            "Each line is an object with a request and the policies that apply to it.\n\n"
            "Example: glacis-cli evaluate requests.jsonl\n",
            {{"--strict", false}, {"--format"}, {"--help", false}}, evaluate},
        {"paths", "the cheapest attack paths, choke points and what each fix is worth",
            "glacis-cli paths --input PATH… [--from SEL]… [--to SEL]… [-k N] [--fewest-hops]\n"
            "                 [--without KIND|TECHNIQUE]… [--unconditional]\n"
            "glacis-cli paths --input PATH… --ancestors SEL… | --descendants SEL… [--without …] [--unconditional]\n\n"
            "SEL is an id, internet, kind:role, tag:Env=prod, class:confidential or account:NUMBER. With --from, --to "
            "and -k\n"
            "the N cheapest paths of all from the ones to the others are told, between two things 50 without -k; "
            "otherwise one\n"
            "for each start and target, N or 50 at most. Without --from the paths of the internet and of every stolen "
            "identity\n"
            "are told, without --to those to sensitive stores and to the administration of accounts.\n\n"
            "--fewest-hops ranks by steps in place of cost. --without leaves out a kind of step (reach, use_role, "
            "escalate,\n"
            "administer, access) or a technique by its id, --unconditional all steps for which something else must "
            "hold.\n"
            "--ancestors tells all that can get at things, --descendants all that can be got at from them, with "
            "counts.\n"
            "\"smallest_cut\" holds the fewest fixes that leave no path from the starts (the internet without --from) "
            "to the\n"
            "targets, and under \"standing\" paths that no change of the input takes away; \"groups\" identities of "
            "which\n"
            "whoever holds one can become all.\n\n"
            "Example: glacis-cli paths --sample three-tier --to class:restricted\n",
            with({{"--from"}, {"--to"}, {"-k"}, {"--fewest-hops", false}, {"--without"}, {"--unconditional", false},
                {"--ancestors"}, {"--descendants"}}),
            paths},
        {"rbac", "whether Kubernetes lets someone do something, and which binding and rule decide",
            "glacis-cli rbac --input PATH… --user U [--group G]… --verb V --resource R [--subresource S] [--api-group "
            "G]\n"
            "                [--namespace N] [--name X]\n"
            "glacis-cli rbac --input PATH… --who-can --verb V --resource R …\n\n"
            "U is a name as the cluster knows it; a service account is system:serviceaccount:NAMESPACE:NAME. The "
            "groups\n"
            "that every user of its kind is in are added. R is a resource (pods, pods/exec, deployments.apps) or a "
            "path\n"
            "(/healthz). Without --namespace all of them are asked for.\n\n"
            "Example: glacis-cli rbac --input cluster/ --user jane --verb create --resource pods/exec --namespace "
            "shop\n",
            with({{"--user"}, {"--group"}, {"--verb"}, {"--resource"}, {"--subresource"}, {"--api-group"},
                {"--namespace"}, {"--name"}, {"--who-can", false}}),
            rbac},
        {"reach", "whether a connection can be opened, and which control decides",
            "glacis-cli reach --input PATH… --from X --to Y [--protocol tcp|udp|icmp|NUMBER] [--port N]\n"
            "glacis-cli reach --input PATH… --queries FILE.jsonl\n\n"
            "X and Y are ids, IP addresses, internet or internet6.\n\n"
            "Example: glacis-cli reach --sample three-tier --from internet --to i-0123456789abcdef0 --port 443\n",
            with({{"--from"}, {"--to"}, {"--protocol"}, {"--port"}, {"--queries"}}), reach},
        {"segmentation", "where a tier is crossed",
            "glacis-cli segmentation --input PATH… [--matrix FILE.json] [--fail-on SEVERITY] [--format "
            "text|json|jsonl]\n\n"
            "FILE says which zone may open what to which; without it the program's own matrix is used.\n\n"
            "Example: glacis-cli segmentation --sample three-tier --fail-on high\n",
            with({{"--matrix"}, {"--fail-on"}}), segmentation},
    };
    return all;
}

int usage(std::ostream& out, Exit exit)
{
    out << "glacis-cli COMMAND [OPTIONS]\n\n";
    for (const Command& command : commands())
        out << "  " << command.name << "\n      " << command.summary << '\n';
    out << "\nglacis-cli COMMAND --help says more, with an example.\n";
    return exit;
}

} // namespace

Opened open(const Arguments& arguments)
{
    Opened opened;
    std::vector<std::filesystem::path> inputs;
    for (const std::string& input : arguments.all("--input"))
        inputs.emplace_back(input);
    if (inputs.empty() && !arguments.has("--sample")) {
        std::cerr << "Nothing to read: give --input PATH (a file, folder or archive) or --sample three-tier.\n";
        opened.exit = Usage;
        return opened;
    }
    Progress progress;
    Imported imported = inputs.empty() ? importSample(arguments.one("--sample"), readers(), progress)
                                       : import(inputs, readers(), progress);
    opened.ledger = std::move(imported.ledger);
    if (!opened.ledger.anythingRead()) {
        std::cerr << "Nothing could be read from the input; see the README for what can be imported.\n";
        opened.exit = NothingRead;
        return opened;
    }
    opened.estate = link(std::move(imported.inventory), progress);
    if (arguments.has("--strict") && opened.ledger.anythingWrong()) {
        std::cerr << "Part of the input could not be read, and --strict was given; inspect says which.\n";
        opened.exit = PartlyRead;
    }
    return opened;
}

int run(const std::vector<std::string>& line)
{
    if (line.empty())
        return usage(std::cerr, Usage);
    if (line[0] == "--help" || line[0] == "-h" || line[0] == "help")
        return usage(std::cout, Done);
    for (const Command& command : commands()) {
        if (command.name != line[0])
            continue;
        const Arguments arguments = parseArguments({line.begin() + 1, line.end()}, command.options);
        if (arguments.has("--help")) {
            std::cout << command.help;
            return Done;
        }
        if (!arguments.error.empty()) {
            std::cerr << arguments.error << '\n';
            return Usage;
        }
        return command.run(arguments);
    }
    std::cerr << "There is no command " << line[0] << ".\n";
    return usage(std::cerr, Usage);
}

} // namespace glacis::cli

int main(int count, char** words)
{
    std::ios::sync_with_stdio(false);
    return glacis::cli::run({words + 1, words + count});
}
