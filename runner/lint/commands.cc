#include "runner/lint/commands.h"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "parser/core/ascii.h"
#include "parser/grammar/extension_names.h"
#include "parser/grammar/parse.h"
#include "runner/match/bindings.h"
#include "runner/scenario/nearest.h"
#include "runner/scenario/reference.h"
#include "runner/scenario/step_texts.h"

namespace imapspec::runner {
namespace {

using std::string_view_literals::operator""sv;

constexpr std::string_view kEndOfCommand = "\r\n";
constexpr std::string_view kSentTag = "t ";

// The names that people type, for suggestions.
constexpr std::array kNames = {
    "APPEND"sv,    "AUTHENTICATE"sv, "CAPABILITY"sv, "CHECK"sv,  "CLOSE"sv,  "COPY"sv,     "CREATE"sv,     "DELETE"sv,
    "ENABLE"sv,    "EXAMINE"sv,      "EXPUNGE"sv,    "FETCH"sv,  "ID"sv,     "IDLE"sv,     "LIST"sv,       "LOGIN"sv,
    "LOGOUT"sv,    "LSUB"sv,         "MOVE"sv,       "NOOP"sv,   "RENAME"sv, "SEARCH"sv,   "SELECT"sv,     "STARTTLS"sv,
    "NAMESPACE"sv, "STATUS"sv,       "STORE"sv,      "UID"sv,    "SORT"sv,   "UNSELECT"sv, "SUBSCRIBE"sv,  "THREAD"sv,
    "GETQUOTA"sv,  "GETQUOTAROOT"sv, "SETQUOTA"sv,   "GETACL"sv, "SETACL"sv, "MYRIGHTS"sv, "UNSUBSCRIBE"sv};

std::string_view word_of(std::string_view text) { return text.substr(0, text.find_first_of(" \r\n")); }

std::string_view rest_of(std::string_view text) {
  const std::size_t space = text.find(' ');
  return space == std::string_view::npos ? std::string_view() : text.substr(space + 1);
}

bool is_any(std::string_view word, std::span<const std::string_view> words) {
  return std::ranges::any_of(words, [&](std::string_view one) { return parser::equal_ignoring_case(word, one); });
}

// typed_tag is the tag that a pattern of a tagged response names; empty where it names none.
std::string_view typed_tag(std::string_view pattern) {
  constexpr std::array kStatuses = {"OK"sv, "NO"sv, "BAD"sv};
  const std::string_view tag = word_of(pattern);
  if (tag == "*" || tag == "+" || is_any(tag, kStatuses)) return {};
  return is_any(word_of(rest_of(pattern)), kStatuses) ? tag : std::string_view();
}

// What is taken whatever the state is, and what wants a mailbox that is selected.
constexpr std::array kAnyState = {"CAPABILITY"sv, "NOOP"sv,  "LOGOUT"sv,      "ID"sv,
                                  "STARTTLS"sv,   "LOGIN"sv, "AUTHENTICATE"sv};
constexpr std::array kOfMailbox = {"FETCH"sv, "STORE"sv, "SEARCH"sv, "COPY"sv, "MOVE"sv,   "EXPUNGE"sv,
                                   "CLOSE"sv, "CHECK"sv, "UID"sv,    "SORT"sv, "THREAD"sv, "UNSELECT"sv};

// is_taken says whether all that is hoped for is that the server takes the command for one.
bool is_taken(const Step& step, const CommandStep& command) {
  constexpr std::array kTaken = {"OK"sv, "NO"sv};
  constexpr std::array kOther = {"BAD"sv, "+"sv, "closed"sv};
  bool taken = command.setup;
  for (const Expectation& expectation : step.expectations) {
    if (expectation.kind == Expectation::Kind::May || expectation.kind == Expectation::Kind::MustNot) continue;
    for (const Alternative& one : expectation.alternatives) {
      if (one.verdict.value_or(Verdict::Pass) != Verdict::Pass) continue;
      const std::string_view text = one.pattern.text;
      const std::string_view word = text.starts_with("* ") ? word_of(rest_of(text)) : word_of(text);
      if (is_any(word, kOther)) return false;
      taken = taken || is_any(word, kTaken);
    }
  }
  return taken;
}

// decoded is what a text ends with, as it is sent; nullopt where that is a reference's value.
std::optional<std::string> decoded_end(std::string_view text) {
  const auto pieces = split_references(text);
  if (!pieces || pieces->empty() || pieces->back().kind != Piece::Kind::Text) return std::nullopt;
  return pieces->back().text;
}

class CommandLint {
 public:
  CommandLint(const Scenario& scenario, std::vector<LintFinding>& findings) : scenario_(scenario), findings_(findings) {
    for (const std::string_view name : built_in_names()) bindings_.set_octets(std::string(name), "x");
    for (const std::string_view name : {"plain"sv, "plain-wrong"sv})
      bindings_.set_octets(std::string(name), "AHgAeA==");
    for (const auto& [name, where] : scenario.named) bindings_.set_octets(name, "x");
    for (const auto& [name, octets] : scenario.let) bindings_.set_octets(name, octets);
    bindings_.follow([](std::uint32_t original) { return std::optional(original); });
    profile_.rev1 = true;
    for (const parser::ExtensionName& name : parser::kExtensionNames) profile_.add(name.extension);
  }

  void run() {
    each_sent_text(scenario_.steps, [this](const WireText& text) {
      sent_ += text.text + '\n';
      quoted_reference(text);
    });
    commands_ = parser::to_upper(sent_);
    each_step(scenario_.steps, [this](const Step& step) {
      const auto* const connect = std::get_if<ConnectStep>(&step.action);
      if (connect != nullptr) latest_ = std::max(latest_, connect->start);
      const auto* const send = std::get_if<SendStep>(&step.action);
      if (send != nullptr) awaited_.insert(send->tags.begin(), send->tags.end());
    });
    each_step(scenario_.steps, [this](const Step& step) {
      if (const auto* const command = std::get_if<CommandStep>(&step.action)) {
        if (!line_end(command->text) && is_taken(step, *command) && grammar(*command)) state(step, *command);
      } else if (const auto* const going_on = std::get_if<ContinueStep>(&step.action)) {
        line_end(going_on->text);
      } else if (const auto* const send = std::get_if<SendStep>(&step.action)) {
        awaited(*send);
      }
      tags(step);
    });
    if (!scenario_.scratch && scenario_.sends.contains("mailbox")) {
      findings_.push_back({"no-mailbox", scenario_.where, "{mailbox} is used, and the scenario has none",
                           "add \"mailbox: []\", or use {other-mailbox} for one that is not there"});
    }
  }

 private:
  void tell(std::string_view check, const Where& where, std::string message, std::string suggestion) {
    findings_.push_back({check, where, std::move(message), std::move(suggestion)});
  }

  bool line_end(const WireText& text) {
    const auto end = decoded_end(text.text);
    if (!end || !(end->ends_with(kEndOfCommand) || end->ends_with("\\r\\n") || end->ends_with("\\n"))) return false;
    tell("line-end", text.where, "the runner ends the line itself, and what ends it here is sent besides",
         "leave it out; \"send\" sends octets as they are, a line end as \\x0D\\x0A");
    return true;
  }

  void quoted_reference(const WireText& text) {
    const auto pieces = split_references(text.text);
    if (!pieces) return;
    for (std::size_t i = 1; i + 1 < pieces->size(); ++i) {
      const Piece& piece = (*pieces)[i];
      const bool between = (*pieces)[i - 1].text.ends_with('"') && (*pieces)[i + 1].text.starts_with('"');
      if (piece.kind != Piece::Kind::Reference || !between || piece.form == "raw") continue;
      tell("quoted-reference", text.where,
           "{" + piece.name + "} writes its own quotes where its value needs some, and stands in quotes",
           "leave the quotes out; {" + piece.name + ":quoted} always has some");
    }
  }

  // grammar parses a command that the server is to take. What was captured is not known here.
  bool grammar(const CommandStep& command) {
    const std::string& text = command.text.text;
    const auto octets = expand(text, bindings_);
    if (!octets) return true;
    const std::string line = std::string(kSentTag) + octets->joined() + std::string(kEndOfCommand);
    parser::Arena arena;
    const auto parsed = parser::parse_command(line, arena, profile_);
    if (parsed || parsed.error().kind != parser::ErrorKind::Invalid) return true;
    const std::string_view name = word_of(text);
    if (is_any(name, kNames)) {
      parser::Error error = parsed.error();
      error.offset -= std::min(error.offset, decltype(error.offset){kSentTag.size()});
      tell("command-grammar", command.text.where,
           "the server is to take this command, and the grammar does not: " +
               parser::describe(error, std::string_view(line).substr(kSentTag.size())),
           "mend it; where a server is to refuse it, expect BAD");
      return false;
    }
    const bool tag = is_any(word_of(rest_of(text)), kNames);
    const std::string_view near = nearest(name, kNames);
    tell("command-grammar", command.text.where, "no command is called " + std::string(name),
         tag            ? "leave it out: the runner sends a tag, or the one that \"tag\" gives"
         : near.empty() ? "where a server is to refuse it, expect BAD"
                        : "did you mean " + std::string(near) + "?");
    return false;
  }

  // state looks whether the connection can be in the state that a command is taken in.
  void state(const Step& step, const CommandStep& command) {
    const std::string_view name = word_of(command.text.text);
    const Start start =
        std::max(step.connection == 0 ? scenario_.start : scenario_.connections[step.connection - 1].start, latest_);
    const bool mailbox = is_any(name, kOfMailbox);
    if (is_any(name, kAnyState) || start == Start::Selected || (start == Start::Authenticated && !mailbox)) return;
    const auto any_sent = [this](std::initializer_list<std::string_view> words) {
      return std::ranges::any_of(words,
                                 [&](std::string_view word) { return commands_.find(word) != std::string::npos; });
    };
    if (mailbox ? any_sent({"SELECT ", "EXAMINE "}) : any_sent({"LOGIN ", "AUTHENTICATE "})) return;
    tell("wrong-state", command.text.where,
         mailbox ? "no mailbox is selected for " + std::string(name) : "nobody has logged in for " + std::string(name),
         mailbox ? "use \"start: selected\" with \"mailbox\", or SELECT one" : "use \"start: authenticated\"");
  }

  void awaited(const SendStep& send) {
    std::string octets;
    const auto pieces = split_references(send.text.text);
    for (std::size_t i = 0; pieces && i < pieces->size(); ++i) octets += (*pieces)[i].text;
    for (const std::string& tag : send.tags) {
      const std::size_t last = octets.rfind(tag);
      if (last != std::string::npos && octets.find(kEndOfCommand, last) == std::string::npos) {
        tell("never-completes", send.text.where, "the line with the tag " + tag + " that is awaited has no end",
             "end it with \\x0D\\x0A");
      } else if (sent_.find(tag) == std::string::npos && !has_raw(sent_)) {
        tell("never-completes", send.text.where, "nothing is sent with the tag " + tag + " that is awaited",
             "await a tag that is sent");
      }
    }
  }

  static bool has_raw(const std::string& text) { return text.find(":raw}") != std::string::npos; }

  // The runner's tags are its own business: they change with what comes before.
  void tags(const Step& step) {
    for (const Expectation& expectation : step.expectations) {
      for (const Alternative& one : expectation.alternatives) {
        const std::string tag(typed_tag(one.pattern.text));
        if (tag.empty() || awaited_.contains(tag) || sent_.find(tag) != std::string::npos ||
            tag.find('{') != std::string::npos || has_raw(sent_)) {
          continue;
        }
        tell("typed-tag", one.pattern.where, "nothing is sent with the tag " + tag,
             "leave the tag out for that of the command; \"tag\" beside \"C\" gives a command one");
      }
    }
  }

  const Scenario& scenario_;
  std::vector<LintFinding>& findings_;
  Bindings bindings_;  // of what is known before the scenario runs
  parser::Profile profile_;
  std::string sent_;               // all of it, a line each
  std::string commands_;           // the same in capital letters
  std::set<std::string> awaited_;  // tags
  Start latest_ = Start::Dialled;  // of the states that a step connects for
};

}  // namespace

void lint_commands(const Scenario& scenario, std::vector<LintFinding>& findings) {
  CommandLint(scenario, findings).run();
}

}  // namespace imapspec::runner
