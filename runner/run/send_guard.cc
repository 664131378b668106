#include "runner/run/send_guard.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <limits>
#include <utility>

#include "parser/core/ascii.h"
#include "runner/scenario/command_words.h"

namespace imapspec::runner {
namespace {

constexpr std::string_view kScratch = "imapspec-";
constexpr std::string_view kInboxName = "INBOX";
constexpr std::size_t kRunId = 8;

bool is_letter_or_digit(char c) {
  return (c >= '0' && c <= '9') || (parser::to_lower(c) >= 'a' && parser::to_lower(c) <= 'z');
}

// Whether a name is INBOX, or lies below it, whatever stands between the levels.
bool lies_in_inbox(std::string_view name) {
  if (!parser::equal_ignoring_case(name.substr(0, kInboxName.size()), kInboxName)) return false;
  if (name.size() == kInboxName.size()) return true;
  const char next = name[kInboxName.size()];
  return !is_letter_or_digit(next) && next != '-' && next != '_' && static_cast<unsigned char>(next) < 0x80;
}

// Whether behind the word that all scratch names have there is the id of a run.
bool has_run_id(std::string_view rest) {
  return rest.size() > kRunId && rest[kRunId] == '-' &&
         std::ranges::all_of(rest.substr(0, kRunId), [](char c) { return parser::hex_value(c) >= 0; });
}

std::string_view first_word_of(std::string_view unit) { return unit.substr(0, unit.find_first_of(" \r\n")); }

}  // namespace

SendGuard::SendGuard(SendRules rules) : rules_(std::move(rules)), view_(new_view()) {}

SendGuard::View SendGuard::new_view() {
  View view;
  // How much is too much, the server says.
  constexpr std::size_t kAny = std::numeric_limits<std::size_t>::max();
  view.framer.set_limits({.line = kAny, .literal = kAny, .unit = kAny, .literals = kAny});
  return view;
}

void SendGuard::begin() {
  const std::string_view unit = view_.framer.unit();
  const bool in_line = !unit.empty() && !unit.ends_with('\n');
  if ((in_line || view_.waits) && !refused_) refused_ = new_view();
}

std::optional<std::string> SendGuard::why_not(std::string_view octets) {
  if (refused_) {
    if (auto why = follow(*refused_, octets, false)) return why;
  }
  return follow(view_, octets, true);
}

std::optional<std::string> SendGuard::follow(View& view, std::string_view octets, bool may_be_refused) {
  while (!octets.empty()) {
    if (std::exchange(view.waits, false) && may_be_refused && !refused_) {
      refused_ = new_view();
      if (auto why = follow(*refused_, octets, false)) return why;
    }
    const parser::FramingEvent event = view.framer.consume(octets);
    if (event == parser::FramingEvent::LiteralAnnounced) {
      view.waits = view.framer.literal().synchronizing;
    } else if (event == parser::FramingEvent::Unit) {
      if (auto why = judge(view.framer.unit())) return why;
    } else if (event != parser::FramingEvent::NeedMore) {
      view.framer.abandon_unit();
    }
  }
  return std::nullopt;
}

void SendGuard::invited() {
  if (!view_.waits) return;
  view_.waits = false;
  refused_.reset();
}

void SendGuard::completed(std::string_view tag, bool ok) {
  if (ok && !login_.empty() && tag == login_) entered_ = true;
  if (first_word_of(view_.framer.unit()) != tag) return;
  // It was over at its literal, or before the end of its line.
  view_ = refused_ ? *std::exchange(refused_, std::nullopt) : new_view();
}

void SendGuard::reset() {
  view_ = new_view();
  refused_.reset();
}

bool SendGuard::is_scratch(std::string_view name) const {
  const std::string own = fmt::format("{}{}{}", rules_.mailbox_prefix, kScratch, rules_.run_id);
  if (name.starts_with(own)) return true;
  // A name that a scenario has typed is no other run's.
  return name.starts_with(kScratch) && !has_run_id(name.substr(kScratch.size()));
}

std::optional<std::string> SendGuard::judge_mailbox(const std::string& command, const std::string& name,
                                                    bool removes) const {
  // A literal that is none is no name either.
  if (name.empty() || name.starts_with('{') || is_scratch(name)) return std::nullopt;
  if (lies_in_inbox(name)) {
    if (rules_.inbox) return std::nullopt;
    return fmt::format(
        "{} of INBOX, which is somebody's mail, is not sent: a scenario that names it says \"inbox: true\"", command);
  }
  if (!removes) return std::nullopt;
  return fmt::format(
      "{} of a mailbox that is not the scenario's is not sent, and no key gives leave: {{mailbox}}, {{other-mailbox}}, "
      "the names of \"mailboxes\", and what begins with one of them are",
      command);
}

std::optional<std::string> SendGuard::judge(std::string_view unit) {
  const CommandWords command = command_words(unit);
  if (!rules_.account) {
    constexpr std::string_view kWhy =
        "{} is not sent by a scenario of class P0, which never logs in: one that does has the key \"class: P1\"";
    const auto uses = [&](const SendRules::Login& one) {
      const bool by_login =
          is_login(command) && command.arguments[0] == one.user && command.arguments[1] == one.password;
      return by_login || (!one.plain.empty() && unit.find(one.plain) != std::string_view::npos);
    };
    if (std::ranges::any_of(rules_.logins, uses)) return fmt::format(kWhy, "a password");
    if (entered_ && changes_mail(command)) return fmt::format(kWhy, command.name);
  }
  if (command.name == "LOGIN" || command.name == "AUTHENTICATE") login_ = first_word_of(unit);
  // Looking for names below INBOX tells of nobody's mail.
  const bool lists = command.name == "LIST" || command.name == "LSUB";
  const std::vector<std::string> names = mailboxes_of(command);
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (lists && names[i].size() != kInboxName.size()) continue;
    // What is taken away is the first name of RENAME.
    const bool removes = command.name == "DELETE" || (command.name == "RENAME" && i == 0);
    if (auto why = judge_mailbox(command.name, names[i], removes)) return why;
  }
  return std::nullopt;
}

}  // namespace imapspec::runner
