#include "runner/record/scenario_writer.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>
#include <utility>
#include <variant>

#include "parser/core/ascii.h"
#include "runner/record/command_pieces.h"
#include "runner/record/course.h"
#include "runner/record/expectations.h"
#include "runner/record/mailbox_model.h"
#include "runner/record/sent_lines.h"
#include "runner/record/turns.h"
#include "runner/record/wire_line.h"

namespace imapspec::runner {
namespace {

// The row of the ledger that every answer is about.
constexpr std::string_view kRequirement = "2.2.2/tag-of-a-command";

// Commands that need what not every server has.
struct NeededCapability {
  std::string_view command;
  std::string_view capability;
};
constexpr auto kNeeds = std::to_array<NeededCapability>({{"IDLE", "IDLE"},
                                                         {"MOVE", "MOVE"},
                                                         {"UID MOVE", "MOVE"},
                                                         {"UID EXPUNGE", "UIDPLUS"},
                                                         {"UNSELECT", "UNSELECT"},
                                                         {"NAMESPACE", "NAMESPACE"},
                                                         {"ENABLE", "ENABLE"},
                                                         {"ID", "ID"},
                                                         {"GETQUOTAROOT", "QUOTA"},
                                                         {"GETQUOTA", "QUOTA"},
                                                         {"GETACL", "ACL"},
                                                         {"MYRIGHTS", "ACL"},
                                                         {"REPLACE", "REPLACE"},
                                                         {"UID REPLACE", "REPLACE"},
                                                         {"GETMETADATA", "METADATA"},
                                                         {"SETMETADATA", "METADATA"}});

// Step is a line of the scenario: its key, its text, and what stands beside it.
struct Step {
  std::string key;
  WireLine line;
  std::size_t connection = 0;     // its place in Course::connections
  std::string beside;             // "await: x"
  std::vector<WireLine> only_if;  // expectations of a step that is there to bind what others use
};

// A message that nobody looked into: of the right size, where that was told.
std::string stand_in(const KnownMessage& message) {
  std::string octets = "Subject: as it was not fetched\r\n\r\n";
  const std::uint64_t size = std::clamp<std::uint64_t>(message.size.value_or(0), octets.size(), 20'000);
  while (octets.size() + 2 < size) octets += (octets.size() % 72 == 71 && octets.size() + 4 < size) ? "\r\n" : "x";
  return octets + "\r\n";
}

class ScenarioWriter {
 public:
  ScenarioWriter(std::span<const Recording* const> recordings, Course course, std::string title)
      : course_(std::move(course)), title_(std::move(title)), expectations_(model_, names_, captures_) {
    for (std::size_t i = 0; i < recordings.size(); ++i) {
      for (const std::string& note : recordings[i]->notes()) notes_.push_back(note);
      for (const std::string& name : course_.turns[i].left_out) {
        notes_.push_back(name + " never completed, and is left out");
      }
    }
  }

  std::string write() {
    if (course_.acts.empty()) return {};
    for (const Act& act : course_.acts) {
      if (act.kind == Act::Kind::Command || act.kind == Act::Kind::Rest) model_.on_turn(*act.turn, act.recording);
    }
    for (const auto& [name, mailbox] : model_.mailboxes()) {
      if (mailbox.existed || mailbox.created) names_.mailbox(name);
    }
    for (auto act = course_.acts.begin(); act != course_.acts.end(); ++act) {
      connection_ = act->connection;
      if (act->kind == Act::Kind::Rest) {
        add_rest(act);
      } else {
        add(*act);
      }
    }
    captures_.name();
    return render();
  }

 private:
  static bool logs_in(const Turn& turn) { return turn.said->name == "LOGIN" || turn.said->name == "AUTHENTICATE"; }

  void add(const Act& act) {
    const parser::StatusResponse* const greeting = course_.turns[act.recording].greeting;
    if (act.kind == Act::Kind::Connect) return step("connect", WireLine());
    if (!built_ && greeting != nullptr && greeting->status == parser::Status::Preauth) build_mailboxes();
    if (act.kind == Act::Kind::Begin) return begin(*act.turn);
    add(*act.turn);
    if (!built_ && logs_in(*act.turn) && act.turn->ok()) build_mailboxes();
  }

  // Whether another connection did one of these since the command began.
  [[nodiscard]] bool did_since(std::vector<Act>::const_iterator rest, const std::set<std::string_view>& names) const {
    for (auto act = rest; act->turn != rest->turn || act->kind != Act::Kind::Begin; --act) {
      const bool other = act->turn != nullptr && act->recording != rest->recording && act->turn->ok();
      std::string_view name = other ? std::string_view(act->turn->said->name) : std::string_view();
      if (name.starts_with("UID ")) name.remove_prefix(4);
      if (names.contains(name)) return true;
    }
    return false;
  }

  // A client that goes on because of what another connection did does so when it is told of it.
  void add_rest(std::vector<Act>::const_iterator rest) {
    const Turn& turn = *rest->turn;
    const bool adds = did_since(rest, {"APPEND", "COPY", "MOVE", "REPLACE"});
    const bool removes = did_since(rest, {"EXPUNGE", "MOVE", "CLOSE", "REPLACE"});
    for (std::size_t i = turn.heard_before; i < std::min(turn.heard, turn.responses.size()); ++i) {
      const bool caused = (adds && std::holds_alternative<parser::Exists>(*turn.responses[i])) ||
                          (removes && std::holds_alternative<parser::Expunge>(*turn.responses[i]));
      auto expected = caused ? expectations_.of(*turn.responses[i], turn) : std::nullopt;
      if (expected) step("wait", std::move(expected->pattern));
    }
    for (const Said* said : turn.lines) step("continue", WireLine(escape_wire(said->octets)));
    add_expectations(turn);
  }

  void begin(const Turn& turn) {
    needed(turn.said->name);
    step("C", sent_lines_.of(turn));
    step("S", WireLine("+"));
  }

  void step(std::string key, WireLine line, std::string beside = {}) {
    steps_.push_back({.key = std::move(key),
                      .line = std::move(line),
                      .connection = connection_,
                      .beside = std::move(beside),
                      .only_if = {}});
  }

  // What the client found is there before it looks.
  void build_mailboxes() {
    built_ = true;
    for (const auto& [name, mailbox] : model_.mailboxes()) {
      if (!mailbox.existed) continue;
      step("setup", WireLine("CREATE " + names_.mailbox(name)));
      for (const auto& message : mailbox.before) {
        std::string text = "APPEND " + names_.mailbox(name);
        if (message->flags && !message->flags->empty()) {
          std::string flags;
          for (const std::string& flag : *message->flags) flags += (flags.empty() ? "" : " ") + escape_wire(flag);
          text += " (" + flags + ")";
        }
        auto let = message->octets ? names_.octets(*message->octets, "message") : std::nullopt;
        if (!let) let = names_.octets(stand_in(*message), "message");
        if (!let) {
          if (!std::exchange(too_many_, true)) notes_.emplace_back("there were more messages than a scenario can hold");
          continue;
        }
        step("setup", WireLine(text + " {" + *let + ":literal}"));
      }
    }
  }

  void add(const Turn& turn) {
    const std::string& name = turn.said->name;
    if (name == "COMPRESS" || name == "STARTTLS") return notes_.push_back(name + " is left out");
    if (name == "AUTHENTICATE") return add_authenticate(turn);
    const auto arguments = command_arguments(turn.said->octets, name);
    if (!knows_command(name, arguments)) {
      return notes_.push_back("a command that is not known, or is about the whole server, is left out");
    }
    // Where a LOGIN does not have two arguments, any of its octets may be of a password.
    if (name == "LOGIN" && (turn.said->kind != Said::Kind::Command || arguments.size() != 2)) {
      return notes_.push_back("a LOGIN without just a name and a password is left out");
    }
    needed(name);
    if (turn.said->kind == Said::Kind::Announced) {
      WireLine octets;
      octets.add(escape_wire("r" + turn.said->octets) + "\\x0d\\x0a");
      step("send", std::move(octets), "await: " + yaml_quoted("r" + turn.said->tag));
      step("S", WireLine("r" + turn.said->tag + " " + std::string(parser::status_name(turn.completion->status))));
      return;
    }
    step("C", sent_lines_.of(turn));
    add_expectations(turn);
    if (is_select(name) && turn.ok() && first_select_.insert(model_.selected(turn)).second) bind_uids(turn);
  }

  void add_expectations(const Turn& turn) {
    for (const parser::Response* response : turn.responses) {
      auto expected = expectations_.of(*response, turn);
      if (expected) step(expected->must ? "S" : "S-may", std::move(expected->pattern));
    }
    step("S", expectations_.completion(turn));
  }

  // Other mechanisms than PLAIN prove the password in ways that a scenario cannot know beforehand.
  void add_authenticate(const Turn& turn) {
    const auto arguments = command_arguments(turn.said->octets, turn.said->name);
    const bool plain = !arguments.empty() && parser::equal_ignoring_case(arguments.front().value, "PLAIN");
    if (!turn.ok()) return notes_.push_back("an AUTHENTICATE that failed is left out");
    if (!plain) {
      notes_.push_back("LOGIN stands for AUTHENTICATE " + (arguments.empty() ? "" : arguments.front().value));
      step("C", WireLine("LOGIN {user} {password}"));
    } else if (arguments.size() > 1) {
      step("C", WireLine("AUTHENTICATE PLAIN {plain:raw}"));
    } else {
      step("C", WireLine("AUTHENTICATE PLAIN"));
      step("S", WireLine("+"));
      step("continue", WireLine("{plain:raw}"));
    }
    step("S", WireLine("OK"));
  }

  // A UID that the client used before a scenario can know it is asked for right after SELECT.
  void bind_uids(const Turn& turn) {
    const std::string& mailbox = model_.selected(turn);
    Step asked{
        .key = "setup", .line = WireLine("FETCH 1:* (UID)"), .connection = connection_, .beside = {}, .only_if = {}};
    const auto& before = model_.mailboxes().at(mailbox).before;
    for (std::size_t i = 0; i < before.size(); ++i) {
      if (!before[i]->uid) continue;
      WireLine line(fmt::format("* {} FETCH (UID ", i + 1));
      Capture& capture = expectations_.uid(mailbox, *before[i]->uid);
      line.add_hole(capture);
      line.add(")");
      capture.bound = true;
      asked.only_if.push_back(std::move(line));
    }
    if (!asked.only_if.empty()) steps_.push_back(std::move(asked));
  }

  void needed(std::string_view command) {
    const auto found = std::ranges::find(kNeeds, command, &NeededCapability::command);
    if (found != kNeeds.end()) needs_.insert(std::string(found->capability));
  }

  std::string render() {
    std::string yaml;
    for (const std::string& note : notes_) yaml += "# " + escape_wire(note) + "\n";
    yaml += "title: " + yaml_quoted(title_) + "\n";
    yaml += fmt::format("requirement: {}\nstart: not-authenticated\n", kRequirement);
    std::string needs;
    for (const std::string& capability : needs_) needs += (needs.empty() ? "" : " and ") + ("capability " + capability);
    if (course_.connections.size() > 1) yaml += "connections:\n";
    for (std::size_t i = 1; i < course_.connections.size(); ++i) {
      yaml += fmt::format("  {}: {{start: not-authenticated}}\n", course_.connections[i]);
    }
    if (!needs.empty()) yaml += "needs: " + yaml_quoted(needs) + "\n";
    if (!names_.let().empty()) yaml += "let:\n";
    for (const auto& [name, octets] : names_.let())
      yaml += fmt::format("  {}: {}\n", name, yaml_quoted(escape_wire(octets)));
    yaml += "steps:\n";
    for (const Step& one : steps_) render(one, yaml);
    return yaml;
  }

  void render(const Step& step, std::string& yaml) const {
    const auto used = [](const WireLine& line) { return line.holes().front()->uses > 1; };
    if (!step.only_if.empty() && std::ranges::none_of(step.only_if, used)) return;
    const bool connects = step.key == "connect";
    yaml += fmt::format("  - {}: {}\n", step.key, connects ? "not-authenticated" : yaml_quoted(step.line.render()));
    // What is expected is about the connection of the step before it.
    const bool acts = !step.key.starts_with("S");
    if (acts && step.connection > 0) yaml += fmt::format("    on: {}\n", course_.connections[step.connection]);
    if (!step.beside.empty()) yaml += "    " + step.beside + "\n";
    for (const WireLine& line : step.only_if) {
      if (used(line)) yaml += fmt::format("  - S: {}\n", yaml_quoted(line.render()));
    }
  }

  Course course_;
  std::string title_;
  MailboxModel model_;
  Names names_;
  Captures captures_;
  Expectations expectations_;
  SentLines sent_lines_{model_, names_, captures_};
  std::vector<Step> steps_;
  std::vector<std::string> notes_;
  std::set<std::string> needs_;
  std::set<std::string> first_select_;
  std::size_t connection_ = 0;  // of the act
  bool built_ = false;
  bool too_many_ = false;
};

}  // namespace

std::string write_scenario(std::span<const Recording* const> recordings, const std::string& title) {
  auto course = course_of(recordings);
  return course ? ScenarioWriter(recordings, *std::move(course), title).write() : std::string();
}

}  // namespace imapspec::runner
