// SPDX-License-Identifier: GPL-3.0-or-later
#include "network/zone_matrix_text.h"

#include "core/text.h"

#include <algorithm>

namespace glacis {

namespace {

constexpr std::size_t longestFile = 4U << 20;

/// One line of comma-separated values, by RFC 4180; a quoted field holds no line break here.
std::vector<std::string> fieldsOf(std::string_view line)
{
    std::vector<std::string> fields(1);
    bool quoted = false;
    for (std::size_t at = 0; at < line.size(); ++at) {
        const char c = line[at];
        if (quoted && c == '"' && at + 1 < line.size() && line[at + 1] == '"') {
            fields.back() += '"';
            ++at;
        } else if (c == '"') {
            quoted = !quoted;
        } else if (c == ',' && !quoted) {
            fields.emplace_back();
        } else {
            fields.back() += c;
        }
    }
    for (std::string& field : fields)
        field = std::string(trimmed(field));
    return fields;
}

std::string quotedField(std::string_view text)
{
    if (text.find_first_of(",\"\n\r") == std::string_view::npos)
        return std::string(text);
    std::string quoted = "\"";
    for (const char c : text) {
        quoted += c;
        if (c == '"')
            quoted += c;
    }
    return quoted + '"';
}

/// "tcp 443" or "tcp/443".
PortSet portsOfService(std::string_view service)
{
    std::string word(trimmed(service));
    const std::size_t space = word.find(' ');
    if (space != std::string::npos)
        word = word.substr(0, space) + '/' + std::string(trimmed(std::string_view(word).substr(space)));
    return portsNamed(lowered(word));
}

std::string_view propertyOf(Crossing environments)
{
    return environments == Crossing::Any ? ""
        : environments == Crossing::Same ? "SAME_ENVIRONMENT"
                                         : "DIFFERENT_ENVIRONMENTS";
}

class CsvReader {
public:
    CsvReader(std::string_view file, Diagnostics& notes) : m_file(file), m_notes(notes) { }

    ZoneMatrix read(std::string_view text)
    {
        if (text.size() > longestFile) {
            note(0, Severity::Error, "The zone matrix is larger than 4 MiB; it was not read.");
            return {};
        }
        if (text.starts_with("\xef\xbb\xbf"))
            text.remove_prefix(3);
        for (const std::string_view line : split(text, '\n')) {
            ++m_line;
            if (!trimmed(line).empty())
                take(fieldsOf(trimmed(line)));
        }
        if (m_made.rows.empty())
            note(0, Severity::Error, "The table has no row with a From zone, a To zone and an Access type.");
        return std::move(m_made);
    }

private:
    void note(int line, Severity severity, std::string sentence)
    {
        m_notes.note(severity, {std::string(m_file), {}, line, 0}, std::move(sentence));
    }

    void take(const std::vector<std::string>& fields)
    {
        if (!m_known) {
            m_known = true;
            for (const std::string& field : fields) {
                std::string name = lowered(field);
                std::erase_if(name, [](char c) { return c == ' ' || c == '_'; });
                m_columns.emplace_back(std::move(name));
            }
            return;
        }
        const auto field = [&](std::string_view name) -> std::string {
            const auto found = std::ranges::find(m_columns, name);
            const auto at = static_cast<std::size_t>(found - m_columns.begin());
            return found == m_columns.end() || at >= fields.size() ? std::string() : fields[at];
        };
        ZoneMatrix::Row row;
        row.from = lowered(field("fromzone"));
        row.to = lowered(field("tozone"));
        std::string access = lowered(field("accesstype"));
        std::ranges::replace(access, '_', ' ');
        const bool known =
            access == "allow all" || access == "block all" || access == "allow only" || access == "block only";
        if (row.from.empty() || row.to.empty() || !known) {
            note(m_line, Severity::Warning,
                "A row needs a From zone, a To zone and one of Allow all, Block all, Allow only and Block only; it is "
                "left out.");
            return;
        }
        row.allow = access.starts_with("allow");
        // Without what it says of environments a row would say more than it does.
        for (const Crossing one : {Crossing::Same, Crossing::Different}) {
            if (lowered(field("ruleproperties")).find(lowered(propertyOf(one))) != std::string::npos)
                row.environments = one;
        }
        row.severity = riskNamed(lowered(field("severity"))).value_or(Risk::Medium);
        if (access.ends_with("only") && !takeServices(row, field("services")))
            return;
        m_made.rows.push_back(std::move(row));
    }

    bool takeServices(ZoneMatrix::Row& row, const std::string& services)
    {
        for (const std::string_view service : split(services, ';')) {
            if (trimmed(service).empty())
                continue;
            const PortSet ports = portsOfService(service);
            if (ports.empty())
                note(m_line, Severity::Warning, "The service " + std::string(trimmed(service)) + " is not understood.");
            row.ports = unionOf(row.ports, ports);
        }
        // No ports means any: a row of which no service was understood must not come to that.
        if (row.ports.empty())
            note(m_line, Severity::Warning, "A row that speaks of services only needs at least one; it is left out.");
        return !row.ports.empty();
    }

    std::string_view m_file;
    Diagnostics& m_notes;
    ZoneMatrix m_made;
    std::vector<std::string> m_columns;
    int m_line = 0;
    bool m_known = false;
};

/// A row that speaks of environments besides is no row of the pair alone.
bool isPair(const ZoneMatrix::Row& row, std::string_view from, std::string_view to)
{
    return row.from == from && row.to == to && row.environments == Crossing::Any;
}

} // namespace

std::vector<std::string> servicesOf(const PortSet& ports)
{
    if (ports == allPorts())
        return {"any"};
    std::vector<std::string> services;
    for (const PortRange& range : ports.ranges())
        services.push_back(describe(PortSet{range}));
    return services;
}

std::string zoneMatrixCsv(const ZoneMatrix& matrix)
{
    std::string text = "From zone,To zone,Severity,Access type,Services,Rule properties\r\n";
    for (const ZoneMatrix::Row& row : matrix.rows) {
        std::string services;
        for (std::string service : servicesOf(row.ports)) {
            std::ranges::replace(service, '/', ' ');
            services += (services.empty() ? "" : "; ") + service;
        }
        text += quotedField(row.from) + ',' + quotedField(row.to) + ',' + std::string(name(row.severity)) + ','
            + (row.allow ? "Allow " : "Block ") + (row.ports.empty() ? "all" : "only") + ',' + quotedField(services)
            + ',' + std::string(propertyOf(row.environments)) + "\r\n";
    }
    return text;
}

ZoneMatrix zoneMatrixFromCsv(std::string_view text, std::string_view file, Diagnostics& notes)
{
    return CsvReader(file, notes).read(text);
}

void forgetPair(ZoneMatrix& matrix, std::string_view from, std::string_view to)
{
    std::erase_if(matrix.rows, [&](const ZoneMatrix::Row& row) { return isPair(row, from, to); });
}

void setPair(ZoneMatrix& matrix, ZoneMatrix::Row row)
{
    forgetPair(matrix, row.from, row.to);
    matrix.rows.push_back(std::move(row));
}

const ZoneMatrix::Row* rowOfPair(const ZoneMatrix& matrix, std::string_view from, std::string_view to)
{
    const ZoneMatrix::Row* found = nullptr;
    for (const ZoneMatrix::Row& row : matrix.rows) {
        if (!isPair(row, from, to))
            continue;
        if (found)
            return nullptr;
        found = &row;
    }
    return found;
}

} // namespace glacis
