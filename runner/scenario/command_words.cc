#include "runner/scenario/command_words.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>
#include <optional>
#include <utility>

#include "parser/core/ascii.h"

namespace imapspec::runner {
namespace {

using std::string_view_literals::operator""sv;

constexpr std::size_t kMostWords = 200;
constexpr std::size_t kLongestArgument = 8'192;

// Where the mailboxes of a command are among its arguments.
struct MailboxPlaces {
  std::string_view name;
  std::size_t first;
  std::size_t last;
};

constexpr std::array<MailboxPlaces, 22> kMailboxPlaces = {
    {{"APPEND", 0, 0},  {"COPY", 1, 1},        {"CREATE", 0, 0},      {"DELETE", 0, 0},       {"DELETEACL", 0, 0},
     {"EXAMINE", 0, 0}, {"GETACL", 0, 0},      {"GETMETADATA", 0, 0}, {"GETQUOTAROOT", 0, 0}, {"LISTRIGHTS", 0, 0},
     {"MOVE", 1, 1},    {"MYRIGHTS", 0, 0},    {"RENAME", 0, 1},      {"REPLACE", 1, 1},      {"SELECT", 0, 0},
     {"SETACL", 0, 0},  {"SETMETADATA", 0, 0}, {"STATUS", 0, 0},      {"SUBSCRIBE", 0, 0},    {"UNSUBSCRIBE", 0, 0},
     {"LIST", 0, 1},    {"LSUB", 0, 1}}};

constexpr std::array kChanges = {"APPEND"sv,   "CLOSE"sv, "COPY"sv,      "CREATE"sv,     "DELETE"sv, "DELETEACL"sv,
                                 "EXPUNGE"sv,  "MOVE"sv,  "RENAME"sv,    "REPLACE"sv,    "SETACL"sv, "SETMETADATA"sv,
                                 "SETQUOTA"sv, "STORE"sv, "SUBSCRIBE"sv, "UNSUBSCRIBE"sv};

// WordReader takes words from the front of a unit.
class WordReader {
 public:
  explicit WordReader(std::string_view rest) : rest_(rest) {}

  // plain yields what goes to the next space.
  std::string_view plain() {
    const std::string_view word = rest_.substr(0, rest_.find_first_of(" \t\r\n"));
    rest_.remove_prefix(word.size());
    skip_spaces();
    return word;
  }

  // next yields a word, or a parenthesis; nullopt at the end of the command.
  struct Word {
    char parenthesis = 0;
    std::string text = {};
  };
  std::optional<Word> next() {
    skip_spaces();
    if (rest_.empty() || rest_.front() == '\r' || rest_.front() == '\n') return std::nullopt;
    if (rest_.front() == '(' || rest_.front() == ')') {
      const char parenthesis = rest_.front();
      rest_.remove_prefix(1);
      return Word{.parenthesis = parenthesis};
    }
    if (rest_.front() == '"') return Word{.text = quoted()};
    if (auto octets = literal()) return Word{.text = *std::move(octets)};
    const std::string_view atom = rest_.substr(0, rest_.find_first_of(" \t\r\n()", 1));
    rest_.remove_prefix(atom.size());
    return Word{.text = std::string(atom.substr(0, kLongestArgument))};
  }

 private:
  void skip_spaces() { rest_.remove_prefix(std::min(rest_.find_first_not_of(" \t"), rest_.size())); }

  std::string quoted() {
    std::string text;
    std::size_t at = 1;
    for (; at < rest_.size() && rest_[at] != '"'; ++at) {
      if (rest_[at] == '\\' && at + 1 < rest_.size()) ++at;
      if (text.size() < kLongestArgument) text += rest_[at];
    }
    rest_.remove_prefix(std::min(at + 1, rest_.size()));
    return text;
  }

  std::optional<std::string> literal() {
    std::string_view head = rest_;
    if (head.starts_with('~')) head.remove_prefix(1);
    if (!head.starts_with('{')) return std::nullopt;
    head.remove_prefix(1);
    std::size_t octets = 0;
    const auto [end, error] = std::from_chars(head.data(), head.data() + head.size(), octets);
    if (error != std::errc{}) return std::nullopt;
    head.remove_prefix(static_cast<std::size_t>(end - head.data()));
    if (head.starts_with('+') || head.starts_with('-')) head.remove_prefix(1);
    if (!head.starts_with('}')) return std::nullopt;
    head.remove_prefix(1);
    if (head.starts_with('\r')) head.remove_prefix(1);
    if (!head.starts_with('\n')) return std::nullopt;
    head.remove_prefix(1);
    std::string text(head.substr(0, std::min(octets, kLongestArgument)));
    head.remove_prefix(std::min(octets, head.size()));
    rest_ = head;
    return text;
  }

  std::string_view rest_;
};

bool is_list_command(const CommandWords& command) { return command.name == "LIST" || command.name == "LSUB"; }

}  // namespace

CommandWords command_words(std::string_view unit) {
  WordReader reader(unit);
  reader.plain();  // the tag
  CommandWords command;
  command.name = parser::to_upper(reader.plain());
  if (command.name == "UID") command.name = parser::to_upper(reader.plain());
  std::size_t depth = 0;
  std::size_t lists = 0;  // behind an argument
  for (std::size_t words = 0; words < kMostWords; ++words) {
    auto word = reader.next();
    if (!word) break;
    if (word->parenthesis == '(') {
      if (depth++ == 0 && !command.arguments.empty()) ++lists;
    } else if (word->parenthesis == ')') {
      if (depth > 0) --depth;
    } else if (depth == 0) {
      command.arguments.push_back(std::move(word->text));
    } else if (lists == 1) {
      command.listed.push_back(std::move(word->text));
    }
  }
  return command;
}

bool is_login(const CommandWords& command) { return command.name == "LOGIN" && command.arguments.size() >= 2; }

bool changes_mail(const CommandWords& command) { return std::ranges::find(kChanges, command.name) != kChanges.end(); }

std::vector<std::string> mailboxes_of(const CommandWords& command) {
  const auto places = std::ranges::find(kMailboxPlaces, command.name, &MailboxPlaces::name);
  if (places == kMailboxPlaces.end()) return {};
  std::vector<std::string> names;
  if (is_list_command(command)) {
    const std::string reference = command.arguments.empty() ? std::string() : command.arguments.front();
    if (command.arguments.size() > 1) names.push_back(reference + command.arguments[1]);
    for (const std::string& pattern : command.listed) names.push_back(reference + pattern);
    return names;
  }
  for (std::size_t i = places->first; i <= places->last && i < command.arguments.size(); ++i) {
    names.push_back(command.arguments[i]);
  }
  return names;
}

}  // namespace imapspec::runner
