#include "cli/parse.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <expected>
#include <fstream>
#include <iostream>
#include <istream>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cli/exit_code.h"
#include "cli/parse_report.h"
#include "cli/parsed_unit.h"
#include "parser/core/ascii.h"
#include "parser/grammar/extension_names.h"
#include "parser/grammar/parse.h"

namespace imapspec::cli {
namespace {

constexpr std::size_t kMostOctets = std::size_t{64} << 20;

template <class T>
struct Word {
  std::string_view word;
  T value;
};

constexpr std::array<Word<parser::ReadAs>, 5> kForms{{{"greeting", parser::ReadAs::ServerGreeting},
                                                      {"command", parser::ReadAs::ClientCommand},
                                                      {"response", parser::ReadAs::ServerResponse},
                                                      {"authenticate-data", parser::ReadAs::AuthenticateData},
                                                      {"idle-done", parser::ReadAs::IdleDone}}};

constexpr std::array<Word<parser::Profile>, 3> kRevisions{
    {{"rev1", parser::kRev1}, {"rev2", parser::kRev2}, {"rev1+rev2", parser::kRev1AndRev2}}};

template <class T, std::size_t N>
std::vector<std::string> words(const std::array<Word<T>, N>& table) {
  std::vector<std::string> list;
  for (const Word<T>& each : table) list.emplace_back(each.word);
  return list;
}

// The value of a word that the command line has checked.
template <class T, std::size_t N>
T value_of(const std::array<Word<T>, N>& table, std::string_view word) {
  return std::ranges::find(table, word, &Word<T>::word)->value;
}

struct ParseArguments {
  std::string form;
  std::string octets;
  std::string file;
  std::string revision = "rev2";
  std::vector<std::string> capabilities;
  bool json = false;
  bool explain = false;
};

// A mistake in the arguments, as a sentence.
using Mistake = std::string;

// read yields all of a stream.
std::expected<std::string, Mistake> read(std::istream& stream) {
  std::string octets;
  std::string buffer(65'536, '\0');
  while (stream.read(buffer.data(), static_cast<std::streamsize>(buffer.size())), stream.gcount() > 0) {
    if (octets.size() + static_cast<std::size_t>(stream.gcount()) > kMostOctets) {
      return std::unexpected(fmt::format("more than {} octets", kMostOctets));
    }
    octets.append(buffer, 0, static_cast<std::size_t>(stream.gcount()));
  }
  return octets;
}

// unescaped puts a CRLF at the end where there is no line end.
std::expected<std::string, Mistake> unescaped(std::string_view text) {
  auto octets = parser::unescape_octets(text);
  if (!octets) return std::unexpected("\"\\x\" goes without two hexadecimal digits");
  if (!octets->ends_with('\n')) *octets += "\r\n";
  return *std::move(octets);
}

std::expected<std::string, Mistake> input_of(const ParseArguments& arguments) {
  if (!arguments.octets.empty()) return unescaped(arguments.octets);
  if (arguments.file.empty()) return read(std::cin);
  std::ifstream file(arguments.file, std::ios::binary);
  if (!file) return std::unexpected("cannot read " + arguments.file);
  return read(file);
}

std::expected<parser::Profile, Mistake> profile_of(const ParseArguments& arguments) {
  parser::Profile profile = value_of(kRevisions, arguments.revision);
  for (const std::string& capability : arguments.capabilities) {
    const auto found = std::ranges::find_if(parser::kExtensionNames, [&](const parser::ExtensionName& name) {
      return parser::equal_ignoring_case(name.capability, capability);
    });
    if (found == parser::kExtensionNames.end()) {
      std::string known;
      for (const parser::ExtensionName& name : parser::kExtensionNames) known += fmt::format(" {}", name.capability);
      return std::unexpected(fmt::format("\"{}\" adds nothing to the grammar; these do:{}", capability, known));
    }
    profile.add(found->extension);
  }
  return profile;
}

int run_parse(const ParseArguments& arguments) {
  const auto profile = profile_of(arguments);
  const auto octets = profile ? input_of(arguments) : std::unexpected(profile.error());
  if (!octets) {
    fmt::print(stderr, "imapspec parse: {}\n", octets.error());
    return kExitUsage;
  }
  const parser::ReadAs form = value_of(kForms, arguments.form);
  std::vector<ParsedUnit> units = cut(*octets, direction_of(form));
  for (ParsedUnit& unit : units) parse(unit, form, *profile);
  const std::string text = arguments.json ? parse_json(units, arguments.explain) : parse_text(units, arguments.explain);
  std::fwrite(text.data(), 1, text.size(), stdout);
  const bool good =
      std::ranges::all_of(units, [](const ParsedUnit& unit) { return unit.judgement == Judgement::Accepted; });
  return good ? kExitGood : kExitFound;
}

}  // namespace

void add_parse(CLI::App& app, int& exit_code) {
  auto* command = app.add_subcommand(
      "parse",
      "Read units (lines with their literals) and say where one leaves the grammar, which known quirk that\n"
      "looks like, and with --explain what each octet is. Exit code 0: all are valid; 1: one is not; 2: the\n"
      "arguments make no sense");
  const auto arguments = std::make_shared<ParseArguments>();
  command
      ->add_option("what", arguments->form,
                   "What they are: greeting, command, response, authenticate-data or idle-done")
      ->required()
      ->check(CLI::IsMember(words(kForms)));
  auto* octets =
      command->add_option("octets", arguments->octets,
                          "The octets, those that cannot be typed as \\xHH; a CRLF is added where it ends in\n"
                          "no line end. Without it, they are read from standard input");
  command->add_option("--file", arguments->file, "Read the octets from this file")->excludes(octets);
  command->add_option("--profile", arguments->revision, "The revision: rev1, rev2 or rev1+rev2")
      ->capture_default_str()
      ->check(CLI::IsMember(words(kRevisions)));
  command->add_option("--with", arguments->capabilities, "The capabilities that are in force besides: CONDSTORE,ID,...")
      ->delimiter(',');
  command->add_flag("--json", arguments->json, "As JSON (cli/parse.schema.json)");
  command->add_flag("--explain", arguments->explain, "Show the syntax tree of what is valid");
  command->callback([arguments, &exit_code] { exit_code = run_parse(*arguments); });
}

}  // namespace imapspec::cli
