#include "cli/parsed_unit.h"

#include <limits>
#include <utility>

#include "parser/grammar/parse.h"

namespace imapspec::cli {
namespace {

// The stream is in memory already, so framing needs no limit of its own.
constexpr std::size_t kNoLimit = std::numeric_limits<std::size_t>::max();
constexpr parser::FramingLimits kFraming{.line = kNoLimit, .literal = kNoLimit, .unit = kNoLimit, .literals = kNoLimit};

std::optional<parser::Unit> unit_of(UnitForm form) {
  switch (form) {
    case UnitForm::Greeting:
      return parser::Unit::ServerGreeting;
    case UnitForm::Command:
      return parser::Unit::ClientCommand;
    case UnitForm::Response:
      return parser::Unit::ServerResponse;
    case UnitForm::AuthenticateData:
    case UnitForm::IdleDone:
      return std::nullopt;
  }
  return std::nullopt;
}

template <class T>
std::optional<parser::Error> error_of(const std::expected<T, parser::Error>& outcome) {
  return outcome ? std::nullopt : std::optional(outcome.error());
}

std::optional<parser::Error> refusal(std::string_view octets, UnitForm form, const parser::Profile& profile) {
  parser::Arena arena;
  switch (form) {
    case UnitForm::Greeting:
      return error_of(parser::parse_greeting(octets, arena, profile));
    case UnitForm::Command:
      return error_of(parser::parse_command(octets, arena, profile));
    case UnitForm::Response:
      return error_of(parser::parse_response(octets, arena, profile));
    case UnitForm::AuthenticateData:
      return error_of(parser::parse_authenticate_data(octets));
    case UnitForm::IdleDone:
      return error_of(parser::parse_idle_done(octets));
  }
  return std::nullopt;
}

// The same rule again, watched.
parser::Trace trace_of(std::string_view octets, UnitForm form, parser::Profile profile) {
  parser::Trace trace;
  parser::Arena arena;
  parser::Cursor in(octets, arena, parser::Limits(), &trace);
  profile.from_server = direction_of(form) == parser::Direction::FromServer;
  switch (form) {
    case UnitForm::Greeting:
      static_cast<void>(parser::greeting(in, profile));
      break;
    case UnitForm::Command:
      static_cast<void>(parser::command(in, profile));
      break;
    case UnitForm::Response:
      static_cast<void>(parser::response(in, profile));
      break;
    case UnitForm::AuthenticateData:
      static_cast<void>(parser::authenticate_data(in));
      break;
    case UnitForm::IdleDone:
      static_cast<void>(parser::idle_done(in));
      break;
  }
  return trace;
}

}  // namespace

parser::Direction direction_of(UnitForm form) {
  return form == UnitForm::Greeting || form == UnitForm::Response ? parser::Direction::FromServer
                                                                  : parser::Direction::FromClient;
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

void parse(ParsedUnit& unit, UnitForm form, const parser::Profile& profile) {
  unit.error = refusal(unit.octets, form, profile);
  const bool refused = unit.error.has_value();
  if (refused) {
    unit.judgement = unit.error->kind == parser::ErrorKind::LimitExceeded ? Judgement::TooMuch : Judgement::Refused;
  }
  if (const auto kind = unit_of(form); kind && unit.judgement != Judgement::TooMuch) {
    if (!refused) unit.error = parser::refusal(unit.octets, *kind, profile);
    if (!refused && unit.error) unit.judgement = Judgement::Deviates;
    if (unit.error) unit.diagnosis = parser::diagnose(unit.octets, *kind, profile);
  }
  parser::Trace trace = trace_of(unit.octets, form, profile);
  if (unit.error) unit.path = trace.failure_path();
  if (!refused) unit.tree = trace.nodes();
}

}  // namespace imapspec::cli
