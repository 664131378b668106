#include "cli/parse.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <expected>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "cli/exit_code.h"
#include "parser/grammar/parse.h"

namespace imapspec::cli {
namespace {

constexpr std::size_t kMostOctets = std::size_t{64} << 20;

struct ParseArguments {
  std::string what;
  std::string profile = "rev2";
  bool json = false;
};

// read_input reads standard input to its end; nullopt when there is more than this takes.
std::optional<std::string> read_input() {
  std::string octets;
  std::string buffer(65'536, '\0');
  while (const std::size_t size = std::fread(buffer.data(), 1, buffer.size(), stdin)) {
    if (octets.size() + size > kMostOctets) return std::nullopt;
    octets.append(buffer, 0, size);
  }
  return octets;
}

std::optional<parser::Error> parse(const ParseArguments& arguments, std::string_view octets) {
  const parser::Profile profile = arguments.profile == "rev1"   ? parser::kRev1
                                  : arguments.profile == "rev2" ? parser::kRev2
                                                                : parser::kRev1AndRev2;
  parser::Arena arena;
  const auto error_of = [](const auto& outcome) -> std::optional<parser::Error> {
    if (outcome) return std::nullopt;
    return outcome.error();
  };
  if (arguments.what == "greeting") return error_of(parser::parse_greeting(octets, arena, profile));
  if (arguments.what == "command") return error_of(parser::parse_command(octets, arena, profile));
  return error_of(parser::parse_response(octets, arena, profile));
}

std::string_view kind_name(parser::ErrorKind kind) {
  switch (kind) {
    case parser::ErrorKind::Incomplete:
      return "incomplete";
    case parser::ErrorKind::LiteralPending:
      return "literal-pending";
    case parser::ErrorKind::Invalid:
      return "invalid";
    case parser::ErrorKind::LimitExceeded:
      return "limit-exceeded";
  }
  return "invalid";
}

// Excerpt is the line in which an octet stands, escaped, and the column of that octet in it.
struct Excerpt {
  std::string line;
  std::size_t column = 0;
};

Excerpt excerpt(std::string_view octets, std::size_t offset) {
  // A literal can be one line of megabytes: no more than this much on either side is shown.
  constexpr std::size_t kAround = 70;
  offset = std::min(offset, octets.size());
  const std::string_view before = octets.substr(0, offset);
  const std::size_t line_feed = before.rfind('\n');
  std::size_t begin = line_feed == std::string_view::npos ? 0 : line_feed + 1;
  std::size_t end = octets.find('\n', offset);
  end = end == std::string_view::npos ? octets.size() : end + 1;
  const bool cut_before = offset - begin > kAround;
  const bool cut_after = end - offset > kAround;
  if (cut_before) begin = offset - kAround;
  if (cut_after) end = offset + kAround;

  const std::string_view line = octets.substr(begin, end - begin);
  const std::string escaped = parser::escape_octets(line);
  // Whether an octet is escaped depends on the one after it, never on those before it.
  const std::size_t column = escaped.size() - parser::escape_octets(line.substr(offset - begin)).size();
  const std::string_view left = cut_before ? "..." : "";
  return {fmt::format("{}{}{}", left, escaped, cut_after ? "..." : ""), left.size() + column};
}

std::string found_at(std::string_view octets, std::size_t offset) {
  constexpr std::size_t kShown = 16;
  return offset >= octets.size() ? std::string("end of input") : parser::escape_octets(octets.substr(offset, kShown));
}

void print_json(const std::optional<parser::Error>& error, std::string_view octets) {
  nlohmann::ordered_json json{{"valid", !error.has_value()}};
  if (error) {
    json["error"] = {{"rule", error->rule.text()},
                     {"offset", error->offset},
                     {"expected", error->expected.text()},
                     {"found", found_at(octets, error->offset)},
                     {"kind", kind_name(error->kind)}};
  }
  fmt::print("{}\n", json.dump(2, ' ', true, nlohmann::ordered_json::error_handler_t::replace));
}

void print_text(const std::optional<parser::Error>& error, std::string_view octets) {
  if (!error) {
    fmt::print("valid\n");
    return;
  }
  const Excerpt shown = excerpt(octets, error->offset);
  fmt::print("{}\n  {}\n  {:>{}}\n", parser::describe(*error, octets), shown.line, "^", shown.column + 1);
}

int parse_input(const ParseArguments& arguments) {
  const auto octets = read_input();
  if (!octets) {
    fmt::print(stderr, "imapspec parse: more than {} octets on standard input\n", kMostOctets);
    return kExitUsage;
  }
  const auto error = parse(arguments, *octets);
  arguments.json ? print_json(error, *octets) : print_text(error, *octets);
  return error ? kExitFound : kExitGood;
}

}  // namespace

void add_parse(CLI::App& app, int& exit_code) {
  auto* command = app.add_subcommand(
      "parse",
      "Read one message with its line ends and literals from standard input, and say where it leaves\n"
      "the grammar. Exit code 0: it is valid; 1: it is not");
  const auto arguments = std::make_shared<ParseArguments>();
  command->add_option("what", arguments->what, "What it is: greeting, command or response")
      ->required()
      ->check(CLI::IsMember({"greeting", "command", "response"}));
  command->add_option("--profile", arguments->profile, "The revision: rev1, rev2 or rev1+rev2")
      ->capture_default_str()
      ->check(CLI::IsMember({"rev1", "rev2", "rev1+rev2"}));
  command->add_flag("--json", arguments->json, "As JSON");
  command->callback([arguments, &exit_code] { exit_code = parse_input(*arguments); });
}

}  // namespace imapspec::cli
