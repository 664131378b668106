#include "runner/record/scenario_writer.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <utility>

#include "parser/core/ascii.h"
#include "runner/record/command_pieces.h"
#include "runner/record/expectations.h"
#include "runner/record/mailbox_model.h"
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
  ScenarioWriter(const Recording& recording, std::string title)
      : turns_(turns_of(recording)), title_(std::move(title)), expectations_(model_, names_, captures_) {
    notes_ = recording.notes();
  }

  std::string write() {
    if (turns_.commands.empty()) return {};
    for (const Turn& turn : turns_.commands) model_.on_turn(turn);
    for (const auto& [name, mailbox] : model_.mailboxes()) {
      if (mailbox.existed || mailbox.created) names_.mailbox(name);
    }
    const bool preauth = turns_.greeting != nullptr && turns_.greeting->status == parser::Status::Preauth;
    if (preauth) build_mailboxes();
    for (const Turn& turn : turns_.commands) {
      const bool was_in = built_;
      add(turn);
      if (!was_in && logs_in(turn) && turn.ok()) build_mailboxes();
    }
    for (const std::string& name : turns_.left_out) notes_.push_back(name + " never completed, and is left out");
    captures_.name();
    return render();
  }

 private:
  static bool logs_in(const Turn& turn) { return turn.said->name == "LOGIN" || turn.said->name == "AUTHENTICATE"; }

  void step(std::string key, WireLine line, std::string beside = {}) {
    steps_.push_back({.key = std::move(key), .line = std::move(line), .beside = std::move(beside), .only_if = {}});
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
    step("C", command(turn));
    if (name == "IDLE" && turn.asked_on) {
      step("S", WireLine("+"));
      for (const Said* said : turn.lines) step("continue", WireLine(escape_wire(said->octets)));
    }
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
    Step asked{.key = "setup", .line = WireLine("FETCH 1:* (UID)"), .beside = {}, .only_if = {}};
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

  using Replaced = std::map<std::size_t, std::pair<std::size_t, WireLine>>;  // by offset: size and text

  // command is what the client sent, without its tag, with names for what another run will not have.
  WireLine command(const Turn& turn) {
    const std::string& unit = turn.said->octets;
    const auto arguments = command_arguments(unit, turn.said->name);
    Replaced replaced;
    if (turn.said->name == "LOGIN") {
      const auto replace = [&](const Argument& argument, std::string_view name) {
        replaced[argument.offset] = {argument.size, WireLine(reference(argument, name))};
      };
      replace(arguments[0], "user");
      replace(arguments[1], turn.ok() ? "password" : "wrong-password");
    }
    for (const std::size_t place : mailbox_arguments(turn.said->name, arguments)) {
      if (place >= arguments.size() || (turn.said->name == "GETMETADATA" && arguments[place].value.empty())) continue;
      const std::string name = mailbox_name(arguments[place].value);
      // A name that leads nowhere leads nowhere in the scratch mailboxes either.
      replaced[arguments[place].offset] = {arguments[place].size, WireLine(names_.mailbox(name))};
    }
    if (turn.said->name.starts_with("LIST") || turn.said->name == "LSUB") {
      for (const Argument& argument : arguments) {
        const std::string name = mailbox_name(argument.value);
        if (names_.knows_mailbox(name)) replaced[argument.offset] = {argument.size, WireLine(names_.mailbox(name))};
      }
    }
    for (const LiteralPiece& literal : literals_of(unit)) {
      if (replaced.contains(literal.offset)) continue;
      const auto let = names_.octets(literal.octets, "message");
      if (!let) continue;
      replaced[literal.offset] = {literal.size, WireLine(fmt::format("{}{{{}:literal{}}}", literal.binary ? "~" : "",
                                                                     *let, literal.synchronizing ? "" : "+"))};
    }
    replace_numbers(turn, arguments, replaced);

    WireLine line;
    std::size_t at = unit.find(' ') + 1;
    for (auto& [offset, replacement] : replaced) {
      if (offset < at) continue;
      line.add_octets(std::string_view(unit).substr(at, offset - at));
      line.add(replacement.second);
      at = offset + replacement.first;
    }
    line.add_octets(std::string_view(unit).substr(std::min(at, unit.size())));
    return line;
  }

  static std::string reference(const Argument& argument, std::string_view name) {
    const bool quoted = argument.form == Argument::Form::Quoted;
    return fmt::format("{{{}{}}}", name, quoted ? ":quoted" : "");
  }

  // UIDs in the set of a UID command, and numbers that the server told before in CHANGEDSINCE and the like.
  void replace_numbers(const Turn& turn, const std::vector<Argument>& arguments, Replaced& replaced) {
    const std::string& unit = turn.said->octets;
    const std::string& mailbox = model_.selected(turn);
    const auto replace = [&](std::size_t offset, std::size_t end, const std::string& known) {
      Capture* const capture = captures_.find(known);
      if (capture == nullptr || !capture->bound) return false;
      WireLine line;
      line.add_value(*capture);
      replaced[offset] = {end - offset, std::move(line)};
      return true;
    };
    const auto each_number = [&](std::size_t from, std::size_t to, const auto& use) {
      for (std::size_t at = from; at < to; ++at) {
        if (std::isdigit(static_cast<unsigned char>(unit[at])) == 0) continue;
        std::size_t end = at;
        while (end < to && std::isdigit(static_cast<unsigned char>(unit[end])) != 0) ++end;
        use(at, end, unit.substr(at, end - at));
        at = end;
      }
    };
    if (turn.said->name.starts_with("UID ") && !arguments.empty() && turn.said->name != "UID SEARCH") {
      const Argument& set = arguments.front();
      each_number(set.offset, set.offset + set.size, [&](std::size_t at, std::size_t end, const std::string& digits) {
        if (!replace(at, end, fmt::format("uid {} {}", digits, mailbox))) {
          replace(at, end, fmt::format("next {} {}", digits, mailbox));
        }
      });
    }
    for (const std::string_view word : {"CHANGEDSINCE ", "UNCHANGEDSINCE ", "QRESYNC ("}) {
      const std::size_t found = unit.find(word);
      if (found == std::string::npos) continue;
      const std::size_t from = found + word.size();
      each_number(from, std::min(unit.find(')', from), unit.size()),
                  [&](std::size_t at, std::size_t end, const std::string& digits) {
                    if (!replace(at, end, "modseq " + digits)) replace(at, end, "validity " + mailbox);
                  });
    }
  }

  std::string render() {
    std::string yaml;
    for (const std::string& note : notes_) yaml += "# " + escape_wire(note) + "\n";
    yaml += "title: " + yaml_quoted(title_) + "\n";
    yaml += fmt::format("requirement: {}\nstart: not-authenticated\n", kRequirement);
    std::string needs;
    for (const std::string& capability : needs_) needs += (needs.empty() ? "" : " and ") + ("capability " + capability);
    if (!needs.empty()) yaml += "needs: " + yaml_quoted(needs) + "\n";
    if (!names_.let().empty()) yaml += "let:\n";
    for (const auto& [name, octets] : names_.let())
      yaml += fmt::format("  {}: {}\n", name, yaml_quoted(escape_wire(octets)));
    yaml += "steps:\n";
    for (const Step& one : steps_) render(one, yaml);
    return yaml;
  }

  static void render(const Step& step, std::string& yaml) {
    if (!step.only_if.empty()) {
      const auto used = [](const WireLine& line) { return line.holes().front()->uses > 1; };
      if (std::ranges::none_of(step.only_if, used)) return;
      yaml += fmt::format("  - {}: {}\n", step.key, yaml_quoted(step.line.render()));
      for (const WireLine& line : step.only_if) {
        if (used(line)) yaml += fmt::format("  - S: {}\n", yaml_quoted(line.render()));
      }
      return;
    }
    yaml += fmt::format("  - {}: {}\n", step.key, yaml_quoted(step.line.render()));
    if (!step.beside.empty()) yaml += "    " + step.beside + "\n";
  }

  Turns turns_;
  std::string title_;
  MailboxModel model_;
  Names names_;
  Captures captures_;
  Expectations expectations_;
  std::vector<Step> steps_;
  std::vector<std::string> notes_;
  std::set<std::string> needs_;
  std::set<std::string> first_select_;
  bool built_ = false;
  bool too_many_ = false;
};

}  // namespace

std::string write_scenario(const Recording& recording, const std::string& title) {
  return ScenarioWriter(recording, title).write();
}

}  // namespace imapspec::runner
