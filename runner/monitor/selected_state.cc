#include "runner/monitor/selected_state.h"

#include <fmt/format.h>

#include <algorithm>
#include <variant>

namespace imapspec::runner {
namespace {

using parser::Status;
namespace commands = parser::commands;

// The mailbox of SELECT or EXAMINE; empty where it is not known.
std::string mailbox_of(const SentCommand& command) {
  if (const auto* select = command.as<commands::Select>()) return select->mailbox.value();
  if (const auto* examine = command.as<commands::Examine>()) return examine->mailbox.value();
  return {};
}

bool asks_for_mod_sequences(const SentCommand& command) {
  const auto names = [](const parser::List<parser::SelectParameter>& parameters) {
    for (const parser::SelectParameter& parameter : parameters) {
      if (!std::holds_alternative<parser::UnknownModifier>(parameter)) return true;
    }
    return false;
  };
  if (const auto* select = command.as<commands::Select>()) return names(select->parameters);
  if (const auto* examine = command.as<commands::Examine>()) return names(examine->parameters);
  return false;
}

}  // namespace

void SelectedState::on_sent(SentCommand& command) {
  command.selected_before = session_.selected;
  if (command.name == "SELECT" || command.name == "EXAMINE") {
    opening_ = {};
    early_ = false;
  }
  forget_names(command);
}

void SelectedState::forget_names(const SentCommand& command) {
  if (command.name != "CREATE" && command.name != "DELETE" && command.name != "RENAME") return;
  if (!session_.knows_user()) return session_.knowledge->forget_all();
  const auto* create = command.as<commands::Create>();
  const auto* remove = command.as<commands::Delete>();
  const std::string mailbox = create != nullptr   ? create->mailbox.value()
                              : remove != nullptr ? remove->mailbox.value()
                                                  : std::string();
  const MailboxName name = session_.name_of(mailbox);
  // A name that is not the same in both revisions is one that another connection has another for.
  if (mailbox.empty() || name.name != mailbox) return session_.knowledge->forget_user(session_.user);
  session_.knowledge->forget_contents(name);
}

void SelectedState::on_expunge(std::uint32_t number) {
  if (uids_below_ && number <= uids_below_->count) --uids_below_->count;
}

void SelectedState::on_code(const parser::ResponseCode& code, std::uint64_t asked_at) {
  if (code.is("CLOSED")) return on_closed();
  if (code.is("PERMANENTFLAGS")) session_.commands.tell(Told::PermanentFlags);
  if (code.is("NOMODSEQ")) opening_.no_mod_sequences = true;
  if (code.is("HIGHESTMODSEQ") && code.mod_sequence) on_highest_mod_sequence(*code.mod_sequence, asked_at);
  if (!code.number) return;
  if (code.is("UIDVALIDITY")) on_uid_validity(*code.number);
  if (code.is("UIDNEXT")) {
    opening_.uid_next = *code.number;
    session_.commands.tell(Told::UidNext);
  }
}

void SelectedState::on_exists(std::uint32_t count) {
  if (session_.commands.selecting()) opening_.fewest = std::min(opening_.fewest.value_or(count), count);
}

void SelectedState::on_closed() {
  session_.commands.tell(Told::Closed);
  if (session_.commands.selecting()) {
    // What came before was of the old mailbox (section 7.1, CLOSED).
    early_ = opening_.uid_next.has_value();
    opening_ = {};
    session_.commands.forget_selected();
  }
  const SentCommand* alone = session_.commands.alone();
  if (!session_.selected && !session_.selection_unsure && alone != nullptr && session_.commands.selecting() &&
      !alone->selected_before) {
    session_.reports.add(CheckId::ClosedClosesAMailbox, "CLOSED without a selected mailbox",
                         "CLOSED came while no mailbox was selected");
  }
  closed();
}

void SelectedState::on_uid_validity(std::uint32_t value) {
  session_.commands.tell(Told::UidValidity);
  if (session_.commands.selecting()) {
    opening_.uid_validity = value;
    return;
  }
  if (session_.selected && session_.uid_validity && *session_.uid_validity != value) {
    session_.reports.add(
        CheckId::UidValidityStays, "another UIDVALIDITY while selected",
        fmt::format("UIDVALIDITY was {} and is {} while the mailbox is selected", *session_.uid_validity, value));
  }
}

void SelectedState::tell_uid_validity(std::uint32_t value, std::uint64_t asked_at) {
  const auto before = session_.knowledge->tell_uid_validity(session_.name_of(session_.mailbox), value, asked_at);
  if (!before) return;
  session_.reports.add(CheckId::UidValidityGrows, "UIDVALIDITY became smaller",
                       fmt::format("UIDVALIDITY was {} and is {}", *before, value));
}

void SelectedState::on_highest_mod_sequence(std::uint64_t value, std::uint64_t asked_at) {
  if (session_.commands.selecting()) {
    opening_.highest_mod_sequence = value;
    return;
  }
  if (session_.mailbox.empty() || !session_.selected) return;
  const auto before =
      session_.knowledge->tell_highest_mod_sequence(session_.name_of(session_.mailbox), value, asked_at);
  if (!before) return;
  session_.reports.add(CheckId::HighestModseqDoesNotShrink, "HIGHESTMODSEQ became smaller",
                       fmt::format("HIGHESTMODSEQ was {} and is {}", *before, value));
}

void SelectedState::on_completed(const SentCommand& command, const parser::StatusResponse& status) {
  // Another connection may have been told the old facts meanwhile.
  forget_names(command);
  const bool ok = status.status == Status::Ok;
  const bool selects = command.name == "SELECT" || command.name == "EXAMINE";
  const bool closes = command.name == "CLOSE" || command.name == "UNSELECT" || command.name == "UNAUTHENTICATE";
  // BAD: nothing was tried, so what was selected stays so.
  if (status.status == Status::Bad || !(selects || (closes && ok))) return;
  if (selects && ok && !command.unsure) return opened(command, status);
  closed();
  session_.selection_unsure = command.unsure;
}

void SelectedState::closed() {
  session_.selected = false;
  session_.mailbox.clear();
  session_.uid_validity.reset();
  session_.forget_messages();
  uids_below_.reset();
}

void SelectedState::opened(const SentCommand& command, const parser::StatusResponse& status) {
  const parser::ResponseCode* code = status.text.code ? &*status.text.code : nullptr;
  const bool read_only = code != nullptr && code->is("READ-ONLY");
  if (command.name == "EXAMINE" && !read_only) {
    session_.reports.add(CheckId::ExamineIsReadOnly, "EXAMINE without READ-ONLY",
                         "the tagged OK to EXAMINE does not have READ-ONLY");
  } else if (command.name == "SELECT" && !read_only && (code == nullptr || !code->is("READ-WRITE"))) {
    session_.reports.add(CheckId::SelectTellsAccess, "SELECT without READ-WRITE",
                         "the tagged OK to SELECT has neither READ-WRITE nor READ-ONLY");
  }
  if (command.selected_before && command.alone && !command.was_told(Told::Closed)) {
    session_.reports.add(CheckId::ClosedIsSent, fmt::format("{} without CLOSED", command.name),
                         fmt::format("{} closed the selected mailbox, and CLOSED did not come", command.name));
  }
  if (command.alone && early_ && !opening_.uid_next) {
    session_.reports.add(CheckId::ClosedComesFirst, "CLOSED after UIDNEXT",
                         "CLOSED came after the UIDNEXT of the mailbox it makes room for");
  }
  if (asks_for_mod_sequences(command)) session_.condstore_aware = true;
  session_.selected = true;
  session_.selection_unsure = false;
  session_.mailbox = command.alone ? mailbox_of(command) : std::string();
  session_.uid_validity = command.alone ? opening_.uid_validity : std::nullopt;
  session_.no_mod_sequences = opening_.no_mod_sequences;
  uids_below_.reset();
  if (command.alone && session_.count && opening_.uid_next) {
    uids_below_ = {std::min(*session_.count, opening_.fewest.value_or(0)), *opening_.uid_next};
  }
  if (session_.mailbox.empty()) return;

  if (session_.uid_validity) tell_uid_validity(*session_.uid_validity, command.sent_at);
  const MailboxName name = session_.name_of(session_.mailbox);
  if (opening_.uid_next && session_.uid_validity) {
    if (const auto before =
            session_.knowledge->tell_uid_next(name, *opening_.uid_next, *session_.uid_validity, command.sent_at)) {
      session_.reports.add(CheckId::UidNextDoesNotShrink, "UIDNEXT became smaller",
                           fmt::format("UIDNEXT was {} and is {}", *before, *opening_.uid_next));
    }
  }
  if (!opening_.highest_mod_sequence) return;
  if (const auto before =
          session_.knowledge->tell_highest_mod_sequence(name, *opening_.highest_mod_sequence, command.sent_at)) {
    session_.reports.add(CheckId::HighestModseqDoesNotShrink, "HIGHESTMODSEQ became smaller",
                         fmt::format("HIGHESTMODSEQ was {} and is {}", *before, *opening_.highest_mod_sequence));
  }
}

void SelectedState::on_uid(std::uint32_t number, std::uint32_t uid) {
  if (!uids_below_ || session_.commands.selecting() || number > uids_below_->count || uid < uids_below_->uid_next) {
    return;
  }
  session_.reports.add(CheckId::UidsAreBelowUidNext, "a message with a UID from UIDNEXT on",
                       fmt::format("message {}, which SELECT counted, has the UID {}, and UIDNEXT was {}", number, uid,
                                   uids_below_->uid_next));
}

}  // namespace imapspec::runner
