#include "parser/grammar/explain.h"

#include <fmt/format.h>

#include <ranges>

#include "parser/grammar/parse.h"

namespace imapspec::parser {

namespace {

// The error of a unit, if it has one, and its trace.
std::optional<Error> error_of(std::string_view octets, const Profile& profile, ReadAs read_as, const Limits& limits,
                              Trace& trace) {
  Arena arena;
  const auto error = [](const auto& outcome) { return outcome ? std::nullopt : std::optional(outcome.error()); };
  switch (read_as) {
    case ReadAs::ClientCommand:
      return error(parse_command(octets, arena, profile, limits, &trace));
    case ReadAs::AuthenticateData:
      return error(parse_authenticate_data(octets, &trace));
    case ReadAs::IdleDone:
      return error(parse_idle_done(octets, &trace));
    case ReadAs::ServerResponse:
      return error(parse_response(octets, arena, profile, limits, &trace));
    case ReadAs::ServerGreeting:
      return error(parse_greeting(octets, arena, profile, limits, &trace));
  }
  return std::nullopt;
}

}  // namespace

Explanation explanation_of(const Error& error, const Trace& trace) {
  Explanation explanation{error, trace.failure_path(), nullptr, resolution(error.resolution.text())};
  for (const Name& rule : explanation.path | std::views::reverse) {
    explanation.reference = rule_reference(rule.text());
    if (explanation.reference != nullptr) break;
  }
  return explanation;
}

std::expected<Trace, Explanation> explain(std::string_view octets, const Profile& profile, ReadAs read_as,
                                          const Limits& limits) {
  Trace trace;
  const auto error = error_of(octets, profile, read_as, limits, trace);
  if (!error) return trace;
  return std::unexpected(explanation_of(*error, trace));
}

std::optional<Explanation> explain_error(std::string_view octets, const Profile& profile, ReadAs read_as,
                                         const Limits& limits) {
  const auto outcome = explain(octets, profile, read_as, limits);
  return outcome ? std::nullopt : std::optional(outcome.error());
}

std::string describe(const Explanation& explanation, std::string_view octets) {
  std::string line;
  for (const Name& rule : explanation.path) line += fmt::format("{}{}", line.empty() ? "" : " > ", rule.text());
  line += (line.empty() ? "" : ", ") + describe(explanation.error, octets);
  if (const auto* why = explanation.resolution; why != nullptr) {
    line += fmt::format(" [{} {}, {}: {}]", why->id, severity_name(why->severity), why->clause, why->reason);
  }
  // A limit is ours: no section has it.
  if (explanation.error.kind != ErrorKind::LimitExceeded && explanation.reference != nullptr) {
    line += fmt::format(" ({} section {})", explanation.reference->rfc, explanation.reference->section);
  }
  return line;
}

}  // namespace imapspec::parser
