#include "runner/monitor/completions.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>
#include <variant>

#include "parser/grammar/parse.h"

namespace imapspec::runner {
namespace {

using parser::Status;
namespace commands = parser::commands;

// Commands without arguments, and where they are right.
struct Simple {
  std::string_view name;
  bool needs_mailbox;
};
constexpr std::array<Simple, 7> kSimple{{{"CAPABILITY", false},
                                         {"NOOP", false},
                                         {"LOGOUT", false},
                                         {"CLOSE", true},
                                         {"UNSELECT", true},
                                         {"EXPUNGE", true},
                                         {"CHECK", true}}};

// Answer is what has to come before a command is OK.
struct Answer {
  std::string_view command;
  Told told;
  CheckId check;
  std::string_view word;
};
constexpr auto kAnswers = std::to_array<Answer>({
    {"CAPABILITY", Told::Capability, CheckId::CapabilityIsSent, "CAPABILITY"},
    {"ENABLE", Told::Enabled, CheckId::EnabledIsSent, "ENABLED"},
    {"STATUS", Told::Status, CheckId::StatusIsSent, "STATUS"},
    {"NAMESPACE", Told::Namespace, CheckId::NamespaceIsSent, "NAMESPACE"},
    {"SELECT", Told::Flags, CheckId::SelectSendsFlags, "FLAGS"},
    {"SELECT", Told::Exists, CheckId::SelectSendsExists, "EXISTS"},
    {"SELECT", Told::List, CheckId::SelectSendsList, "LIST"},
    {"SELECT", Told::PermanentFlags, CheckId::SelectSendsPermanentFlags, "PERMANENTFLAGS"},
    {"SELECT", Told::UidNext, CheckId::SelectSendsUidNext, "UIDNEXT"},
    {"SELECT", Told::UidValidity, CheckId::SelectSendsUidValidity, "UIDVALIDITY"},
    {"EXAMINE", Told::Flags, CheckId::ExamineSendsTheSame, "FLAGS"},
    {"EXAMINE", Told::Exists, CheckId::ExamineSendsTheSame, "EXISTS"},
    {"EXAMINE", Told::List, CheckId::ExamineSendsTheSame, "LIST"},
    {"EXAMINE", Told::PermanentFlags, CheckId::ExamineSendsTheSame, "PERMANENTFLAGS"},
    {"EXAMINE", Told::UidNext, CheckId::ExamineSendsTheSame, "UIDNEXT"},
    {"EXAMINE", Told::UidValidity, CheckId::ExamineSendsTheSame, "UIDVALIDITY"},
});

// What RFC 3501 has no rule about.
bool only_in_rev2(const Answer& answer) { return answer.told == Told::List; }

}  // namespace

void Completions::on_greeting(const parser::StatusResponse& greeting) {
  bye_ = greeting.status == Status::Bye;
  refused_ = bye_;
}

void Completions::on_response(const parser::Response& response) {
  const auto* status = std::get_if<parser::StatusResponse>(&response);
  const bool completion = status != nullptr && status->tag;
  if (over_) {
    session_.reports.add(CheckId::NothingAfterBye, "a response after LOGOUT completed",
                         "a response came after the tagged OK of LOGOUT");
  } else if (bye_ && !completion) {
    session_.reports.add(CheckId::NothingAfterBye, "an untagged response after BYE",
                         "an untagged response came after BYE");
  }
}

void Completions::on_untagged(const parser::StatusResponse& status) {
  if (status.status == Status::Bad) {
    refused_ = true;
    if (std::exchange(lines_without_tag_, 0) > 0 || session_.commands.pending().empty()) return;
    session_.reports.add(
        CheckId::UntaggedBad, "an untagged BAD though every line had a tag",
        fmt::format("an untagged BAD came though every line had a tag: {}", parser::escape_octets(status.text.text)));
  }
  if (status.status != Status::Bye) return;
  const bool asked = session_.commands.in_progress("LOGOUT");
  const bool wrong = std::ranges::any_of(session_.commands.pending(),
                                         [](const auto& command) { return !command->parsed.has_value(); });
  if (!asked && !refused_ && !wrong && lines_without_tag_ == 0 && !status.text.code && !bye_) {
    session_.reports.add(CheckId::ByeWithoutLogout, "BYE without LOGOUT",
                         fmt::format("BYE came without LOGOUT: {}", parser::escape_octets(status.text.text)));
  }
  bye_ = true;
}

const SentCommand* Completions::on_tagged(const parser::StatusResponse& status) {
  const SentCommand* const command = session_.commands.complete(*status.tag);
  if (command == nullptr && session_.commands.take_stray(*status.tag)) return nullptr;
  if (command == nullptr) {
    const bool again = session_.commands.completed_before(*status.tag);
    session_.reports.add(again ? CheckId::CompletesOnce : CheckId::TagOfACommand,
                         again ? "a tag completed twice" : "a tag that was not sent",
                         fmt::format("a tagged response with the tag {}, which {}", parser::escape_octets(*status.tag),
                                     again ? "was completed before" : "no command in progress has"));
    return nullptr;
  }
  if (status.status != Status::Ok) refused_ = true;
  if (status.status == Status::Bad) check_bad(*command);
  if (status.status != Status::Ok) return command;
  if (command->unsure) return command;
  if (command->name == "LOGOUT") {
    over_ = true;
    if (!bye_) {
      session_.reports.add(CheckId::ByeBeforeOk, "LOGOUT completed without BYE",
                           "the tagged OK to LOGOUT came without a BYE before it");
    }
  }
  if (command->alone) check_answers(*command);
  return command;
}

void Completions::check_bad(const SentCommand& command) {
  if (!command.parsed || !command.alone || bye_) return;
  const auto* expunge = command.as<commands::Expunge>();
  if (expunge != nullptr && expunge->uids) return;
  const auto simple = std::ranges::find(kSimple, command.name, &Simple::name);
  if (simple == kSimple.end() || (simple->needs_mailbox && !session_.selected)) return;
  session_.reports.add(CheckId::BadToARightCommand, fmt::format("BAD to {}", command.name),
                       fmt::format("{} was answered BAD, though it is right and in place", command.name));
}

void Completions::check_answers(const SentCommand& command) {
  for (const Answer& answer : kAnswers) {
    if (answer.command != command.name || command.was_told(answer.told)) continue;
    if (session_.reports.rev1() && only_in_rev2(answer)) continue;
    session_.reports.add(answer.check, fmt::format("{} without {}", command.name, answer.word),
                         fmt::format("{} was completed with OK, and no {} came", command.name, answer.word));
  }
  check_search(command);
}

void Completions::check_search(const SentCommand& command) {
  const auto* search = command.as<commands::Search>();
  if (search == nullptr || command.was_told(Told::Search)) return;
  const auto& returns = search->program.returns;
  const bool only_saves = returns && !returns->empty() && std::ranges::all_of(*returns, [](const auto& option) {
                            return option.kind == parser::SearchReturnOption::Kind::Save;
                          });
  if (command.was_told(Told::Esearch)) {
    if (only_saves || command.was_told(Told::EsearchWithTag) || !command.was_told(Told::EsearchWithoutTag)) return;
    session_.reports.add(CheckId::EsearchNamesItsCommand, "ESEARCH without the tag of its command",
                         fmt::format("{} got only an ESEARCH response without a tag", command.name));
    return;
  }
  if (only_saves || (returns && session_.reports.rev1())) return;
  const CheckId check = session_.reports.rev1() ? CheckId::SearchIsSent : CheckId::EsearchIsSent;
  session_.reports.add(check, fmt::format("{} without a result", command.name),
                       fmt::format("{} was completed with OK, and no result came", command.name));
}

}  // namespace imapspec::runner
