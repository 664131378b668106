#include "runner/scenario/manners_reader.h"

#include <algorithm>
#include <variant>

#include "parser/core/ascii.h"
#include "parser/grammar/char_class.h"
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

bool logs_in(const Scenario& scenario) {
  // Whoever needs these is about to; a wrong password may lock an account.
  constexpr std::array kAccount = {"user"sv,  "password"sv,    "user2"sv,          "password2"sv,
                                   "plain"sv, "plain-wrong"sv, "wrong-password"sv, "mailbox"sv};
  if (scenario.start >= Start::Authenticated || scenario.scratch || !scenario.mailboxes.empty()) return true;
  if (std::ranges::any_of(kAccount, [&](std::string_view name) { return scenario.sends.contains(name); })) return true;
  const auto is_late = [](Start start) { return start >= Start::Authenticated; };
  bool late = std::ranges::any_of(scenario.connections, is_late, &ConnectionPlan::start);
  each_step(scenario.steps, [&](const Step& step) {
    const auto* const connect = std::get_if<ConnectStep>(&step.action);
    late = late || (connect != nullptr && is_late(connect->start));
  });
  return late;
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

void settle_risk(const YamlNode& root, Scenario& scenario) {
  if (YamlReader::find(root, "class") == nullptr) scenario.risk = logs_in(scenario) ? Risk::P1 : Risk::P0;
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
