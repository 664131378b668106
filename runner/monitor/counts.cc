#include "runner/monitor/counts.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>
#include <utility>

namespace imapspec::runner {
namespace {

// Commands during which section 7.5.1 forbids EXPUNGE. Their UID forms are other commands.
constexpr std::array<std::string_view, 3> kNoExpunge{"FETCH", "STORE", "SEARCH"};

// check_renumbering reports a response that changes sequence numbers while they are in use.
void check_renumbering(Session& session, CheckId check, std::string_view what) {
  const auto& pending = session.commands.pending();
  const bool only_forbidden = std::ranges::all_of(pending, [](const auto& command) {
    return !command->unsure && std::ranges::find(kNoExpunge, command->name) != kNoExpunge.end();
  });
  // A command is not in progress while its literal is negotiated.
  if (!only_forbidden && (session.literals_due == 0 || pending.size() > 1)) return;
  const bool idle = pending.empty() || session.literals_due > 0;
  const std::string deviation = idle ? fmt::format("{} with no command in progress", what)
                                     : fmt::format("{} during {}", what, pending.front()->name);
  session.reports.add(check, deviation, deviation);
}

void check_close(Session& session, std::string_view what) {
  const SentCommand* const alone = session.commands.alone();
  if (alone == nullptr || alone->unsure || alone->name != "CLOSE") return;
  session.reports.add(CheckId::CloseSendsNoExpunge, fmt::format("{} during CLOSE", what),
                      fmt::format("CLOSE sent {}", what));
}

}  // namespace

bool check_selected(Session& session, std::string_view what) {
  if (session.selected || session.selection_unsure || session.commands.selecting()) return true;
  session.reports.add(CheckId::MailboxDataOnlyWhenSelected, fmt::format("{} without a selected mailbox", what),
                      fmt::format("{} came while no mailbox is selected", what));
  return false;
}

void count_exists(Session& session, const parser::Exists& exists) {
  if (!check_selected(session, "EXISTS")) return;
  const bool selecting = session.commands.selecting();
  // While another mailbox is being selected the number may already be its own.
  if (!selecting && session.count && exists.count < *session.count) {
    session.reports.add(CheckId::ExistsDoesNotShrink, "EXISTS with a smaller number",
                        fmt::format("EXISTS {} after {} messages, without EXPUNGE", exists.count, *session.count));
  }
  if (selecting) session.messages.clear();
  session.count = exists.count;
}

bool count_expunge(Session& session, const parser::Expunge& expunge) {
  if (!check_selected(session, "EXPUNGE")) return false;
  const auto number = static_cast<std::uint32_t>(expunge.number);
  check_renumbering(session, CheckId::NoExpungeWhileFetching, "EXPUNGE");
  check_close(session, "EXPUNGE");
  if (session.enabled_qresync && !session.no_mod_sequences && !session.commands.selecting()) {
    session.reports.add(CheckId::VanishedInsteadOfExpunge, "EXPUNGE though QRESYNC is enabled",
                        "EXPUNGE came, though QRESYNC is enabled");
  }
  if (session.count && number > *session.count) {
    session.reports.add(CheckId::ExpungeWithinCount, "EXPUNGE beyond the last message",
                        fmt::format("EXPUNGE {}, but the mailbox has {} messages", number, *session.count));
    return false;
  }
  if (session.count) --*session.count;
  if (session.fetched_beyond > number) --session.fetched_beyond;
  if (session.found_beyond > number) --session.found_beyond;
  session.messages.expunge(number);
  return true;
}

void judge_numbers(Session& session) {
  const std::uint32_t fetched = std::exchange(session.fetched_beyond, 0);
  const std::uint32_t found = std::exchange(session.found_beyond, 0);
  if (!session.count) return;
  if (fetched > *session.count) {
    session.reports.add(
        CheckId::FetchWithinCount, "FETCH beyond the last message",
        fmt::format("a FETCH response for message {}, but the mailbox has {}", fetched, *session.count));
  }
  if (found > *session.count) {
    session.reports.add(CheckId::ResultsAreMessages, "a result beyond the last message",
                        fmt::format("a search result names message {}, but the mailbox has {}", found, *session.count));
  }
}

void count_vanished(Session& session, const parser::Vanished& vanished) {
  if (vanished.earlier) {
    const bool asked = session.commands.selecting() || session.commands.in_progress("UID FETCH");
    if (!asked) {
      session.reports.add(CheckId::EarlierOnlyWhereAsked, "VANISHED (EARLIER) that nothing asked for",
                          "VANISHED (EARLIER) came, but no SELECT, EXAMINE or UID FETCH is in progress");
    }
    return;  // what went earlier was never counted (RFC 7162 section 3.2.10.1)
  }
  if (!check_selected(session, "VANISHED")) return;
  if (!session.enabled_qresync) {
    session.reports.add(CheckId::VanishedOnlyAfterEnable, "VANISHED though QRESYNC is not enabled",
                        "VANISHED came, though QRESYNC is not enabled");
  }
  check_renumbering(session, CheckId::NoVanishedWhileFetching, "VANISHED");
  check_close(session, "VANISHED");
  const std::uint64_t gone = distinct_in(vanished.uids).value_or(0);
  const bool knew_all = session.count && session.messages.knows_all(*session.count);
  const bool known = session.messages.vanish(vanished.uids);
  if (!session.count) return;
  if (gone > *session.count) {
    session.reports.add(CheckId::VanishedWithinCount, "VANISHED with more UIDs than messages",
                        fmt::format("VANISHED with {} UIDs, but the mailbox has {} messages", gone, *session.count));
  } else if (knew_all && !known) {
    session.reports.add(CheckId::VanishedWithinCount, "VANISHED with a UID that no message has",
                        "VANISHED names a UID that no message of the mailbox has");
  }
  const auto less = [&](std::uint32_t& number) {
    number -= static_cast<std::uint32_t>(std::min<std::uint64_t>(gone, number));
  };
  less(*session.count);
  less(session.fetched_beyond);
  less(session.found_beyond);
}

}  // namespace imapspec::runner
