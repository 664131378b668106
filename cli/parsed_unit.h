// What the parser makes of one unit: its tree, or why it is refused.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "parser/core/trace.h"
#include "parser/diagnose/diagnose.h"
#include "parser/framing/framer.h"
#include "parser/grammar/explain.h"
#include "parser/grammar/profile.h"

namespace imapspec::cli {

// direction_of tells who sends such a unit.
parser::Direction direction_of(parser::ReadAs form);

// Judgement is about a unit as a whole. One that deviates is in the grammar as a text, but breaks a rule of
// its response code.
enum class Judgement { Accepted, Deviates, Refused, TooMuch };

// ParsedUnit is a unit and what was found out about it.
struct ParsedUnit {
  std::size_t offset = 0;  // in the stream
  std::string octets;
  Judgement judgement = Judgement::Accepted;
  std::optional<parser::Explanation> refusal;  // unless it is accepted
  std::vector<parser::TraceNode> tree;         // unless it is refused
  std::optional<parser::Diagnosis> diagnosis;  // of a refusal, where quirks are known for the form
};

// cut yields the units of a stream, and what is left at its end as one more.
std::vector<ParsedUnit> cut(std::string_view stream, parser::Direction direction);

// parse fills in what the parser says.
void parse(ParsedUnit& unit, parser::ReadAs form, const parser::Profile& profile);

}  // namespace imapspec::cli
