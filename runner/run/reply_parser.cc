#include "runner/run/reply_parser.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <variant>

#include "parser/core/ascii.h"
#include "parser/grammar/explain.h"
#include "parser/grammar/extension_names.h"
#include "parser/grammar/parse.h"

namespace imapspec::runner {
namespace {

// Of responses in one conversation that no quirk explains: each is parsed many times to learn that.
constexpr std::size_t kOctetsUnexplained = 128U << 10;

// A status response that no quirk explains keeps its tag and its status, so that the conversation goes on.
std::optional<std::string> repair_status_text(std::string_view octets) {
  const std::size_t tag_end = octets.find(' ');
  if (tag_end == std::string_view::npos) return std::nullopt;
  const std::string_view rest = octets.substr(tag_end + 1);
  const std::string_view word = rest.substr(0, rest.find_first_of(" \r\n"));
  for (const std::string_view status : {"OK", "NO", "BAD", "BYE"}) {
    if (parser::equal_ignoring_case(word, status)) {
      return fmt::format("{} {} (repaired)\r\n", octets.substr(0, tag_end), status);
    }
  }
  return std::nullopt;
}

// The values view the octets and live in the arena.
std::expected<parser::Response, parser::Error> read(std::string_view octets, parser::Arena& arena, parser::Unit unit,
                                                    const parser::Profile& profile) {
  arena.reset();
  if (unit != parser::Unit::ServerGreeting) return parser::parse_response(octets, arena, profile);
  auto greeting = parser::parse_greeting(octets, arena, profile);
  if (!greeting) return std::unexpected(greeting.error());
  return parser::Response(*greeting);
}

std::string deviation_of(const parser::Error& error) {
  return fmt::format("{}: expected {}", error.rule.text(), error.expected.text());
}

// What is known of such mistakes: " (double-space: two spaces stand where one does)"
std::string explained(const parser::Diagnosis& diagnosis) {
  std::string text;
  const parser::Quirk* last = nullptr;
  for (const parser::FoundQuirk& found : diagnosis.quirks) {
    if (found.quirk != last) text += fmt::format(" ({}: {})", found.quirk->name, found.quirk->what);
    last = found.quirk;
  }
  return text;
}

}  // namespace

void ReplyParser::enable(std::string_view capability) { parser::add_enabled(profile_, capability); }

void ReplyParser::parse(Received& received, parser::Unit unit) {
  auto parsed = read(received.octets, *received.arena, unit, profile_);
  if (parsed) {
    received.response = *parsed;
    return;
  }
  if (parsed.error().kind == parser::ErrorKind::LimitExceeded) {
    received.beyond_limits = true;
    transcript_.note("not judged, our own limit: " + parser::describe(parsed.error(), received.octets));
    return;
  }
  const parser::Diagnosis diagnosis = diagnose(received.octets, unit, parsed.error());
  // Once is enough: a server that never gets it right must not fill the memory.
  std::string deviation = deviation_of(parsed.error());
  if (std::ranges::find(told_deviations_, deviation) == told_deviations_.end()) {
    findings_.push_back(make_violation(CheckId::FormalSyntax, !profile_.rev2, deviation,
                                       "a response does not follow the formal syntax: " +
                                           told(parsed.error(), received.octets, unit) + explained(diagnosis)));
    told_deviations_.push_back(std::move(deviation));
  }
  if (!diagnosis.error) {
    received.repaired = diagnosis.octets;
  } else if (auto repaired = repair_status_text(received.octets)) {
    received.repaired = *std::move(repaired);
  } else {
    return;
  }
  const parser::Profile& profile = diagnosis.error ? profile_ : diagnosis.profile;
  if (auto again = read(received.repaired, *received.arena, unit, profile)) received.response = *again;
}

void ReplyParser::set_code_apart(Received& received, parser::Unit unit) {
  const auto* status = std::get_if<parser::StatusResponse>(&*received.response);
  if (status == nullptr || !status->text.malformed_code || !received.repaired.empty()) return;
  if (known_code(status->text.text, profile_).empty()) return;
  const parser::Diagnosis diagnosis = diagnose(received.octets, unit, *status->text.malformed_code);
  if (diagnosis.error) return;
  received.repaired = diagnosis.octets;
  if (auto again = read(received.repaired, *received.arena, unit, diagnosis.profile)) received.response = *again;
}

std::string ReplyParser::told(const parser::Error& error, std::string_view octets, parser::Unit unit) const {
  // An explanation holds a tree of what was read, which is many times as large.
  constexpr std::size_t kMostExplained = 65'536;
  if (octets.size() > kMostExplained) return parser::describe(error, octets);
  const auto explanation = parser::explain_error(
      octets, profile_,
      unit == parser::Unit::ServerGreeting ? parser::ReadAs::ServerGreeting : parser::ReadAs::ServerResponse);
  return explanation ? parser::describe(*explanation, octets) : parser::describe(error, octets);
}

parser::Diagnosis ReplyParser::diagnose(std::string_view octets, parser::Unit unit, const parser::Error& error) {
  if (unexplained_octets_ > kOctetsUnexplained) return {{}, {}, profile_, error};
  parser::Diagnosis diagnosis = parser::diagnose(octets, unit, profile_, {}, parser::Repairs::SameMeaning);
  if (diagnosis.error) unexplained_octets_ += octets.size();
  return diagnosis;
}

std::vector<Violation> ReplyParser::take_findings() { return std::exchange(findings_, {}); }

}  // namespace imapspec::runner
