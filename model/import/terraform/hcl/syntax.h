// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/json.h"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

/// HCL as it is written. Source: "HCL Native Syntax Specification".
namespace glacis::hcl {

struct Place {
    std::uint32_t line = 0; ///< from 1
    std::uint32_t column = 0; ///< from 1, in bytes
};

/// One node of an expression. What `name` and `parts` hold depends on the kind.
struct Expression {
    enum class Kind : std::uint8_t {
        Literal, ///< `literal`
        Template, ///< parts are joined as text; a single part that is no literal keeps its own type
        Variable, ///< `name`
        Traversal, ///< parts[0] and what is taken of it: Step, Index, AttributeSplat, FullSplat …
        Step, ///< ".name"
        Index, ///< "[parts[0]]"
        AttributeSplat, ///< ".*"
        FullSplat, ///< "[*]"
        Call, ///< name(parts…); `flag`: the last argument is expanded ("...")
        Unary, ///< name: "-" or "!"
        Binary, ///< name: the operator; two parts
        Conditional, ///< condition, then, else; also of "%{ if }"
        Tuple,
        Object, ///< key, value, key, value …
        For, ///< collection, value, then the key of an object and the condition, as `hasKey` and `hasCondition` say
    };

    Kind kind = Kind::Literal;
    bool flag = false; ///< For: groups values of one key ("...")
    bool hasKey = false;
    bool hasCondition = false;
    Place place;
    Json literal;
    std::string name; ///< For: name of the value
    std::string keyName; ///< For: name of the key or position, empty when not asked for
    std::vector<Expression> parts;
};

struct Attribute {
    std::string name;
    Expression value;
    Place place;
};

struct Body;

struct Block {
    std::string type;
    std::vector<std::string> labels;
    std::unique_ptr<Body> body;
    Place place;
    std::uint32_t lastLine = 0;
    std::string pointer; ///< to its body in a file of JSON, where there are no places
};

struct Body {
    std::vector<Attribute> attributes;
    std::vector<Block> blocks;

    [[nodiscard]] const Attribute* attribute(std::string_view name) const;
};

struct Problem {
    Place place;
    std::string sentence;
};

struct Parsed {
    Body body;
    std::vector<Problem> problems; ///< each took one outermost block or attribute away
};

/// The most that brackets and blocks may lie within one another.
inline constexpr int deepest = 200;

/// Reads a configuration file. After something malformed it goes on at the next outermost block.
[[nodiscard]] Parsed parse(std::string_view text);
/// The same from a file of JSON (.tf.json), whose texts are templates.
/// Source: "JSON Configuration Syntax", Terraform Language documentation; "HCL JSON Syntax Specification".
[[nodiscard]] Parsed parseJsonSyntax(std::string_view text);
/// The settings of a file of values (.tfvars, or .tfvars.json, whose texts mean themselves).
[[nodiscard]] Parsed parseValues(std::string_view text, bool isJson);
/// A template by itself, as a template file holds it.
struct ParsedTemplate {
    Expression value;
    std::string problem; ///< empty when it could be read
};
[[nodiscard]] ParsedTemplate parseTemplate(std::string_view text);

} // namespace glacis::hcl
