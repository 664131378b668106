// What `imapspec parse` says about units: for people, and as JSON.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cli/parsed_unit.h"

namespace imapspec::cli {

// parse_text is one paragraph a unit: the judgement; of an error the line with a caret under the octet,
// the rules, and the quirks; with `tree` the syntax tree of what is accepted.
std::string parse_text(const std::vector<ParsedUnit>& units, bool tree);

// parse_json is the same in the shape of cli/parse.schema.json.
std::string parse_json(const std::vector<ParsedUnit>& units, bool tree);

}  // namespace imapspec::cli
