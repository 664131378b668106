#include "runner/monitor/monitor.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>
#include <variant>

#include "parser/core/arena.h"
#include "parser/core/ascii.h"
#include "parser/grammar/parse.h"

namespace imapspec::runner {
namespace {

using parser::Status;

// Commands during which section 7.5.1 forbids EXPUNGE. Their UID forms are other commands.
constexpr std::array<std::string_view, 3> kNoExpunge{"FETCH", "STORE", "SEARCH"};

// The codes whose arguments the specification defines, or that have none.
constexpr std::array<std::string_view, 35> kKnownCodes{"ALERT",
                                                       "ALREADYEXISTS",
                                                       "APPENDUID",
                                                       "AUTHENTICATIONFAILED",
                                                       "AUTHORIZATIONFAILED",
                                                       "BADCHARSET",
                                                       "CANNOT",
                                                       "CAPABILITY",
                                                       "CLIENTBUG",
                                                       "CLOSED",
                                                       "CONTACTADMIN",
                                                       "COPYUID",
                                                       "CORRUPTION",
                                                       "EXPIRED",
                                                       "EXPUNGEISSUED",
                                                       "HASCHILDREN",
                                                       "INUSE",
                                                       "LIMIT",
                                                       "NONEXISTENT",
                                                       "NOPERM",
                                                       "NOTSAVED",
                                                       "OVERQUOTA",
                                                       "PARSE",
                                                       "PERMANENTFLAGS",
                                                       "PRIVACYREQUIRED",
                                                       "READ-ONLY",
                                                       "READ-WRITE",
                                                       "SERVERBUG",
                                                       "TRYCREATE",
                                                       "UIDNEXT",
                                                       "UIDNOTSTICKY",
                                                       "UIDVALIDITY",
                                                       "UNAVAILABLE",
                                                       "UNKNOWN-CTE",
                                                       "UNSEEN"};

// The keyword behind "[" of a text that did not parse as a code.
std::string_view code_word(std::string_view text) {
  if (!text.starts_with('[')) return {};
  text.remove_prefix(1);
  return text.substr(0, text.find_first_of(" ]"));
}

// The name of a command that goes on behind a literal, as command_name() has it.
std::string name_of(std::string_view unit) {
  const auto word = [&unit] {
    unit.remove_prefix(std::min(unit.find(' ') + 1, unit.size()));
    return parser::to_upper(unit.substr(0, unit.find_first_of(" \r\n")));
  };
  const std::string name = word();
  return name == "UID" ? name + " " + word() : name;
}

bool is_known_code(std::string_view word) {
  return std::any_of(kKnownCodes.begin(), kKnownCodes.end(),
                     [&](std::string_view known) { return parser::equal_ignoring_case(known, word); });
}

}  // namespace

void Monitor::report(std::string_view requirement, std::string deviation, std::string message) {
  violations_.push_back({std::string(requirement), std::move(deviation), std::move(message)});
}

std::vector<Violation> Monitor::take() { return std::exchange(violations_, {}); }

bool Monitor::in_progress(std::string_view name) const {
  return std::any_of(pending_.begin(), pending_.end(), [&](const Pending& command) { return command.name == name; });
}

bool Monitor::selecting() const { return in_progress("SELECT") || in_progress("EXAMINE"); }

void Monitor::forget_mailbox() {
  count_.reset();
  uids_.clear();
}

void Monitor::on_sent(std::string_view unit, const parser::Profile& profile) {
  if (in_progress("AUTHENTICATE")) return;  // a further line of that command
  if (idling_) {
    // After DONE other commands may come before IDLE has completed.
    if (parser::parse_idle_done(unit)) idling_ = false;
    return;
  }
  parser::Arena arena;
  const auto command = parser::parse_command(unit, arena, profile);
  Pending pending{.tag = std::string(parser::tag_of(unit)), .name = {}};
  if (command) {
    pending.name = parser::command_name(command->body);
    if (pending.name == "AUTHENTICATE" || pending.name == "IDLE") ++continuations_due_;
    idling_ = pending.name == "IDLE";
  } else if (command.error().kind == parser::ErrorKind::LiteralPending) {
    pending.name = name_of(unit);
  }
  if (!pending.tag.empty()) pending_.push_back(std::move(pending));
}

void Monitor::on_greeting(const parser::StatusResponse& greeting) {
  if (greeting.status == Status::Bye) bye_ = true;
}

void Monitor::on_response(const parser::Response& response, const parser::Profile& profile) {
  if (const auto* status = std::get_if<parser::StatusResponse>(&response)) return on_status(*status);
  if (std::holds_alternative<parser::ContinueReq>(response)) return on_continue();
  if (const auto* exists = std::get_if<parser::Exists>(&response)) return on_exists(*exists);
  if (const auto* expunge = std::get_if<parser::Expunge>(&response)) return on_expunge(*expunge);
  if (const auto* vanished = std::get_if<parser::Vanished>(&response)) return on_vanished(*vanished);
  if (const auto* fetch = std::get_if<parser::Fetch>(&response)) return on_fetch(*fetch, profile);
}

void Monitor::on_status(const parser::StatusResponse& status) {
  if (status.text.malformed_code) {
    const std::string_view word = code_word(status.text.text);
    if (is_known_code(word)) {
      report("7.1/known-code-arguments",
             fmt::format("{}: expected {}", parser::to_upper(word), status.text.malformed_code->expected.text()),
             fmt::format("the response code {} does not have the arguments it is defined with: {}",
                         parser::to_upper(word), parser::escape_octets(status.text.text)));
    }
  }
  if (!status.tag) {
    if (status.status == Status::Bye) bye_ = true;
    // A line without a tag can only be refused untagged, and its literal with it.
    if (status.status == Status::Bad && pending_.empty()) {
      continuations_due_ -= std::min(continuations_due_, literals_due_);
      literals_due_ = 0;
    }
    if (!status.text.code) return;
    if (status.text.code->is("UIDNEXT")) opened_ = selecting();
    // The old mailbox is gone from here on (section 7.1, CLOSED).
    if (!status.text.code->is("CLOSED")) return;
    forget_mailbox();
    if (opened_) {
      report("7.1/closed-comes-first", "CLOSED after UIDNEXT",
             "CLOSED came after the UIDNEXT of the mailbox it makes room for");
    }
    return;
  }
  on_completed(status);
}

void Monitor::on_completed(const parser::StatusResponse& status) {
  opened_ = false;
  const auto found =
      std::find_if(pending_.begin(), pending_.end(), [&](const Pending& command) { return command.tag == status.tag; });
  if (found == pending_.end()) {
    const bool again = std::find(completed_.begin(), completed_.end(), status.tag) != completed_.end();
    report(again ? "2.2.2/completes-once" : "2.2.2/tag-of-a-command",
           again ? "a tag completed twice" : "a tag that was not sent",
           fmt::format("a tagged response with the tag {}, which {}", parser::escape_octets(*status.tag),
                       again ? "was completed before" : "no command in progress has"));
    return;
  }
  const std::string name = found->name;
  completed_.push_back(found->tag);
  pending_.erase(found);
  if (name == "AUTHENTICATE" || name == "IDLE" || pending_.empty()) continuations_due_ = 0;
  if (pending_.empty()) literals_due_ = 0;
  if (name == "IDLE") idling_ = false;
  const bool ok = status.status == Status::Ok;
  if (name == "SELECT" || name == "EXAMINE") {
    // BAD: nothing was tried, so what was selected stays so.
    if (status.status == Status::Bad) return;
    selected_ = ok;
    if (!ok) forget_mailbox();
  } else if (ok && (name == "CLOSE" || name == "UNSELECT")) {
    selected_ = false;
    forget_mailbox();
  } else if (ok && name == "LOGOUT" && !bye_) {
    report("6.1.3/bye-before-ok", "LOGOUT completed without BYE",
           "the tagged OK to LOGOUT came without a BYE before it");
  }
}

void Monitor::on_continue() {
  if (continuations_due_ > 0) {
    // An AUTHENTICATE exchange may go on for as many rounds as the mechanism wants.
    if (!in_progress("AUTHENTICATE")) --continuations_due_;
    if (literals_due_ > 0) --literals_due_;
    return;
  }
  report("7.6/continuation-only-when-due", "a continuation request that nothing waits for",
         "a continuation request came, but no literal, AUTHENTICATE or IDLE waits for one");
}

bool Monitor::check_selected(std::string_view what) {
  if (selected_ || selecting()) return true;
  report("3/mailbox-data-only-when-selected", fmt::format("{} without a selected mailbox", what),
         fmt::format("{} came while no mailbox is selected", what));
  return false;
}

void Monitor::on_exists(const parser::Exists& exists) {
  if (!check_selected("EXISTS")) return;
  // While another mailbox is being selected the number may already be its own.
  if (!selecting() && count_ && exists.count < *count_) {
    report("5.2/exists-does-not-shrink", "EXISTS with a smaller number",
           fmt::format("EXISTS {} after {} messages, without EXPUNGE", exists.count, *count_));
  }
  if (selecting()) uids_.clear();
  count_ = exists.count;
}

void Monitor::on_expunge(const parser::Expunge& expunge) {
  if (!check_selected("EXPUNGE")) return;
  const auto number = static_cast<std::uint32_t>(expunge.number);
  check_renumbering("7.5.1/no-expunge-while-fetching", "EXPUNGE");
  if (!count_) return;
  if (number > *count_) {
    report("7.5.1/expunge-within-count", "EXPUNGE beyond the last message",
           fmt::format("EXPUNGE {}, but the mailbox has {} messages", number, *count_));
    return;
  }
  --*count_;
  std::map<std::uint32_t, std::uint32_t> moved;
  for (const auto& [sequence, uid] : uids_) {
    if (sequence != number) moved.emplace(sequence > number ? sequence - 1 : sequence, uid);
  }
  uids_ = std::move(moved);
}

void Monitor::check_renumbering(std::string_view requirement, std::string_view what) {
  const bool only_forbidden = std::all_of(pending_.begin(), pending_.end(), [](const Pending& command) {
    return std::find(kNoExpunge.begin(), kNoExpunge.end(), command.name) != kNoExpunge.end();
  });
  // A command is not in progress while its literal is negotiated.
  if (!only_forbidden && (literals_due_ == 0 || pending_.size() > 1)) return;
  const bool idle = pending_.empty() || literals_due_ > 0;
  const std::string deviation = idle ? fmt::format("{} with no command in progress", what)
                                     : fmt::format("{} during {}", what, pending_.front().name);
  report(requirement, deviation, deviation);
}

void Monitor::on_vanished(const parser::Vanished& vanished) {
  // What went earlier was never counted (RFC 7162 section 3.2.10.1).
  if (vanished.earlier || !check_selected("VANISHED")) return;
  check_renumbering("rfc7162-3.2.10.2/no-vanished-while-fetching", "VANISHED");
  uids_.clear();  // which numbers they had is not known
  if (!count_) return;
  std::uint64_t gone = 0;
  for (const parser::SeqRange& range : vanished.uids.ranges()) {
    const auto [first, last] = std::minmax({range.first.or_largest(0), range.last.or_largest(0)});
    gone += std::uint64_t{last} - first + 1;
  }
  if (gone > *count_) {
    report("rfc7162-3.2.10.2/vanished-within-count", "VANISHED with more UIDs than messages",
           fmt::format("VANISHED with {} UIDs, but the mailbox has {} messages", gone, *count_));
  }
  *count_ -= static_cast<std::uint32_t>(std::min<std::uint64_t>(gone, *count_));
}

void Monitor::on_fetch(const parser::Fetch& fetch, const parser::Profile& profile) {
  if (!check_selected("FETCH")) return;
  const auto number = static_cast<std::uint32_t>(fetch.number);
  if (count_ && number > *count_) {
    report("7.5.2/fetch-within-count", "FETCH beyond the last message",
           fmt::format("a FETCH response for message {}, but the mailbox has {}", number, *count_));
  }
  const auto uid = std::find_if(fetch.items.begin(), fetch.items.end(),
                                [](const parser::MsgAtt& item) { return item.kind == parser::MsgAtt::Kind::Uid; });
  if (uid != fetch.items.end()) {
    const auto value = static_cast<std::uint32_t>(uid->uid);
    const auto [known, fresh] = uids_.emplace(number, value);
    if (!fresh && known->second != value) {
      report("2.3.1.1/uid-is-stable", "another UID for the same message",
             fmt::format("message {} had the UID {} and now has {}", number, known->second, value));
      known->second = value;
    }
    return;
  }
  // An RFC 3501 server may tell flags that others changed, without UID, at any time.
  const bool only_flags = std::all_of(fetch.items.begin(), fetch.items.end(), [](const parser::MsgAtt& item) {
    return item.kind == parser::MsgAtt::Kind::Flags;
  });
  if (pending_.size() == 1 && pending_.front().name.starts_with("UID ") && (profile.rev2 || !only_flags)) {
    report("6.4.9/uid-in-uid-command-fetch", "FETCH without UID during " + pending_.front().name,
           fmt::format("a FETCH response for message {} without UID during {}", number, pending_.front().name));
  }
}

}  // namespace imapspec::runner
