#include "cli/parsed_unit.h"

#include <limits>
#include <utility>

namespace imapspec::cli {
namespace {

// The stream is in memory already, so framing needs no limit of its own.
constexpr std::size_t kNoLimit = std::numeric_limits<std::size_t>::max();
constexpr parser::FramingLimits kFraming{.line = kNoLimit, .literal = kNoLimit, .unit = kNoLimit, .literals = kNoLimit};

// What diagnose calls it; nullopt where it knows no quirks.
std::optional<parser::Unit> unit_of(parser::ReadAs form) {
  switch (form) {
    case parser::ReadAs::ServerGreeting:
      return parser::Unit::ServerGreeting;
    case parser::ReadAs::ClientCommand:
      return parser::Unit::ClientCommand;
    case parser::ReadAs::ServerResponse:
      return parser::Unit::ServerResponse;
    case parser::ReadAs::AuthenticateData:
    case parser::ReadAs::IdleDone:
      return std::nullopt;
  }
  return std::nullopt;
}

}  // namespace

parser::Direction direction_of(parser::ReadAs form) {
  const bool from_server = form == parser::ReadAs::ServerGreeting || form == parser::ReadAs::ServerResponse;
  return from_server ? parser::Direction::FromServer : parser::Direction::FromClient;
}

std::vector<ParsedUnit> cut(std::string_view stream, parser::Direction direction) {
  std::vector<ParsedUnit> units;
  parser::Framer framer(direction, kFraming);
  std::size_t begin = 0;
  std::string_view rest = stream;
  while (!rest.empty()) {
    if (framer.consume(rest) != parser::FramingEvent::Unit) continue;
    ParsedUnit unit;
    unit.offset = begin;
    unit.octets = framer.take_unit();
    units.push_back(std::move(unit));
    begin = stream.size() - rest.size();
  }
  if (begin < stream.size() || units.empty()) {
    ParsedUnit unit;
    unit.offset = begin;
    unit.octets = std::string(stream.substr(begin));
    units.push_back(std::move(unit));
  }
  return units;
}

void parse(ParsedUnit& unit, parser::ReadAs form, const parser::Profile& profile) {
  auto tree = parser::explain(unit.octets, profile, form);
  const auto kind = unit_of(form);
  if (!tree) {
    unit.refusal = std::move(tree.error());
    const bool limit = unit.refusal->error.kind == parser::ErrorKind::LimitExceeded;
    unit.judgement = limit ? Judgement::TooMuch : Judgement::Refused;
  } else {
    unit.tree = tree->nodes();
    const auto code = kind ? parser::refusal(unit.octets, *kind, profile) : std::nullopt;
    if (code) {
      unit.refusal = parser::explanation_of(*code, *tree);
      unit.judgement = Judgement::Deviates;
    }
  }
  if (kind && unit.refusal && unit.judgement != Judgement::TooMuch) {
    unit.diagnosis = parser::diagnose(unit.octets, *kind, profile);
  }
}

}  // namespace imapspec::cli
