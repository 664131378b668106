#include "runner/scenario/manners_reader.h"

#include <algorithm>
#include <variant>

#include "parser/core/ascii.h"
#include "parser/grammar/char_class.h"
#include "runner/scenario/command_words.h"
#include "runner/scenario/reference.h"
#include "runner/scenario/step_texts.h"

namespace imapspec::runner {
namespace {

using std::string_view_literals::operator""sv;

// In the order of the enumeration.
constexpr std::array kClasses = {"P0"sv, "P1"sv, "P2"sv, "P3"sv};

bool is_word_char(char c) {
  const auto octet = static_cast<unsigned char>(c);
  return parser::is_alpha(octet) || parser::is_digit(octet) || c == '-' || c == '_';
}

// why_account says what of a scenario is about to log in; empty where nothing is.
std::string why_account(const Scenario& scenario) {
  // Whoever needs these is about to; a wrong password may lock an account.
  constexpr std::array kAccount = {"user"sv,  "password"sv,    "user2"sv,         "password2"sv,
                                   "plain"sv, "plain-wrong"sv, "wrong-password"sv};
  const auto is_late = [](Start start) { return start >= Start::Authenticated; };
  if (is_late(scenario.start)) return "\"start\" is a state in which somebody is logged in";
  if (scenario.scratch) return "\"mailbox\" is made by who is logged in";
  if (!scenario.mailboxes.empty()) return "\"mailboxes\" are made by who is logged in";
  for (const std::string_view name : kAccount) {
    if (scenario.sends.contains(name)) return "it sends {" + std::string(name) + "}";
  }
  if (std::ranges::any_of(scenario.connections, is_late, &ConnectionPlan::start)) {
    return "a connection of it begins logged in, as it does without the key \"start\"";
  }
  bool late = false;
  each_step(scenario.steps, [&](const Step& step) {
    const auto* const connect = std::get_if<ConnectStep>(&step.action);
    late = late || (connect != nullptr && is_late(connect->start));
  });
  return late ? "a step \"connect\" of it begins logged in" : "";
}

// Whether one of these lines is LOGIN with a name and a password, whatever they are.
bool has_login(std::string_view lines) {
  while (!lines.empty()) {
    const std::string_view line = lines.substr(0, lines.find('\n'));
    if (is_login(command_words(line))) return true;
    lines.remove_prefix(std::min(line.size() + 1, lines.size()));
  }
  return false;
}

// Whether LOGIN is typed out: somebody's account may be meant.
bool types_login(const Scenario& scenario) {
  bool found = false;
  each_step(scenario.steps, [&](const Step& step) {
    const auto* const command = std::get_if<CommandStep>(&step.action);
    const auto* const send = std::get_if<SendStep>(&step.action);
    if (found || (command == nullptr && send == nullptr)) return;
    std::string typed = command != nullptr ? "tag " : "";
    const auto pieces = split_references(command != nullptr ? command->text.text : send->text.text);
    if (!pieces) return;
    for (const Piece& piece : *pieces) typed += piece.kind == Piece::Kind::Text ? piece.text : "value";
    found = has_login(typed);
  });
  return found;
}

void read_tags(YamlReader& reader, const YamlNode& node, Scenario& scenario) {
  if (!reader.expect_list(node, "\"tags\"")) return;
  for (const YamlNode& item : node.items) {
    auto tag = reader.text(item, "a tag");
    if (!tag) continue;
    if (!std::ranges::all_of(*tag, is_word_char)) {
      reader.error(item.where, "a tag is a word of letters, digits, \"-\" and \"_\", found " + in_quotes(*tag));
    } else if (std::ranges::find(scenario.tags, *tag) != scenario.tags.end()) {
      reader.error(item.where, "the tag " + in_quotes(*tag) + " is there already");
    } else {
      scenario.tags.push_back(std::move(*tag));
    }
  }
}

}  // namespace

void read_manners(YamlReader& reader, const YamlNode& root, Scenario& scenario) {
  if (const YamlNode* const node = YamlReader::find(root, "class")) {
    if (const auto risk = reader.choice(*node, kClasses, "\"class\"")) scenario.risk = static_cast<Risk>(*risk);
  }
  if (const YamlNode* const node = YamlReader::find(root, "inbox")) {
    scenario.inbox = reader.boolean(*node, "\"inbox\"").value_or(false);
  }
  if (const YamlNode* const node = YamlReader::find(root, "reconnect")) {
    scenario.reconnect = reader.boolean(*node, "\"reconnect\"").value_or(false);
  }
  if (const YamlNode* const node = YamlReader::find(root, "tags")) read_tags(reader, *node, scenario);
}

void settle_risk(YamlReader& reader, const YamlNode& root, Scenario& scenario) {
  const std::string why = why_account(scenario);
  const YamlNode* const said = YamlReader::find(root, "class");
  if (said == nullptr) {
    // Its own name is nothing that a server has to keep from who is not logged in, but it is a mailbox to clean up.
    const bool harmless = why.empty() && !scenario.sends.contains("mailbox") && !types_login(scenario);
    scenario.risk = harmless ? Risk::P0 : Risk::P1;
  } else if (scenario.risk == Risk::P0 && !why.empty()) {
    reader.error(said->where, "\"class\": P0 never logs in, but " + why + "; it is P1");
  }
}

bool names_inbox(std::string_view text) {
  constexpr std::string_view kName = "INBOX";
  for (std::size_t at = 0; at + kName.size() <= text.size(); ++at) {
    if (!parser::equal_ignoring_case(text.substr(at, kName.size()), kName)) continue;
    const bool begins = at == 0 || !is_word_char(text[at - 1]);
    const std::size_t end = at + kName.size();
    if (begins && (end == text.size() || !is_word_char(text[end]))) return true;
  }
  return false;
}

}  // namespace imapspec::runner
