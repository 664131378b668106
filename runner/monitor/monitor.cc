#include "runner/monitor/monitor.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>
#include <variant>

#include "parser/core/ascii.h"
#include "parser/grammar/extensions/hooks.h"
#include "parser/grammar/parse.h"
#include "runner/monitor/copies.h"
#include "runner/monitor/counts.h"
#include "runner/monitor/searches.h"

namespace imapspec::runner {
namespace {

using parser::Status;

// The codes whose arguments the specification defines, or that have none.
constexpr auto kKnownCodes = std::to_array<std::string_view>({"ALERT",
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
                                                              "UNSEEN"});

// The keyword behind "[" of a text that did not parse as a code.
std::string_view code_word(std::string_view text) {
  if (!text.starts_with('[')) return {};
  text.remove_prefix(1);
  return text.substr(0, text.find_first_of(" ]"));
}

// What comes behind COMPRESS (RFC 4978), which the grammar does not know, are no longer responses.
bool compresses(const SentCommand& command) {
  std::string_view unit = command.octets;
  unit.remove_prefix(std::min(unit.find(' ') + 1, unit.size()));
  return !command.parsed && parser::equal_ignoring_case(unit.substr(0, unit.find(' ')), "COMPRESS");
}

bool is_known_code(std::string_view word) {
  return std::ranges::any_of(kKnownCodes,
                             [&](std::string_view known) { return parser::equal_ignoring_case(known, word); });
}

// Whether the uid of APPENDUID is written as a set. The grammar makes one value of 5 and 5:5.
bool has_set_of_new_uids(std::string_view unit) {
  constexpr std::string_view kCode = "APPENDUID ";
  const std::size_t begin = unit.find('[') + 1;
  if (begin == 0 || !parser::equal_ignoring_case(unit.substr(begin, kCode.size()), kCode)) return false;
  return unit.substr(begin, unit.find(']', begin) - begin).find_first_of(":,") != std::string_view::npos;
}

}  // namespace

Monitor::Monitor(MonitorFacts facts) : unspeakable_(std::move(facts.secrets), std::move(facts.canaries), facts.users) {
  session_.knowledge = facts.knowledge ? std::move(facts.knowledge) : std::make_shared<MailboxKnowledge>();
  // The name of a user who is not known is nobody else's.
  session_.user = fmt::format("?{}", session_.knowledge->now());
}

void Monitor::use(const parser::Profile& profile) {
  session_.profile = profile;
  session_.reports.speak(!session_.speaks_rev2());
}

void Monitor::on_sent(std::string_view unit, const parser::Profile& profile) {
  if (blind_) return;
  use(profile);
  if (continuations_.takes_lines()) {
    completions_.on_sent(false);
    return continuations_.on_line(unit);
  }
  SentCommand* const command = session_.commands.begin(unit, profile);
  completions_.on_sent(command != nullptr);
  if (command == nullptr) return;
  command->sent_at = session_.knowledge->now();
  continuations_.on_sent(*command);
  capabilities_.on_sent(*command);
  selected_state_.on_sent(*command);
  flags_.on_sent(*command);
}

void Monitor::on_sent_whole(std::string_view unit, const parser::Profile& profile) {
  if (blind_) return;
  use(profile);
  SentCommand* const command = session_.commands.go_on(unit, profile);
  if (command == nullptr) return;
  selected_state_.on_sent(*command);
  flags_.on_sent(*command);
}

void Monitor::on_continued(std::string_view unit) {
  if (!blind_ && continuations_.takes_lines()) on_sent(unit, session_.profile);
}

void Monitor::on_octets(std::string_view unit) {
  // What did not parse may have been what a command has to be answered with.
  if (std::exchange(unread_, true)) session_.commands.tell_all();
  unspeakable_.check(unit, session_);
  session_.new_uids_as_set = has_set_of_new_uids(unit);
}

void Monitor::on_greeting(const parser::StatusResponse& greeting) {
  unread_ = false;
  completions_.on_greeting(greeting);
  capabilities_.on_greeting(greeting);
  const parser::StatusResponse read = with_code(greeting, parser::kRev1AndRev2);
  if (read.text.code) on_code(*read.text.code, nullptr);
}

void Monitor::on_tls() {
  session_.commands.clear();
  capabilities_.on_tls();
}

void Monitor::on_response(const parser::Response& response, const parser::Profile& profile) {
  unread_ = false;
  if (blind_) return;
  use(profile);
  completions_.on_response(response);
  if (const auto* status = std::get_if<parser::StatusResponse>(&response)) return on_status(*status);
  if (const auto* request = std::get_if<parser::ContinueReq>(&response)) return continuations_.on_continue(*request);
  on_mailbox_data(response);
  on_data(response);
}

void Monitor::on_data(const parser::Response& response) {
  if (const auto* capability = std::get_if<parser::CapabilityData>(&response)) {
    session_.commands.tell(Told::Capability);
    capabilities_.on_capability(capability->capabilities, false);
  } else if (const auto* enabled = std::get_if<parser::EnableData>(&response)) {
    session_.commands.tell(Told::Enabled);
    capabilities_.on_enabled(*enabled);
  } else if (const auto* list = std::get_if<parser::ListData>(&response)) {
    capabilities_.on_user_data(list->lsub ? "LSUB" : "LIST");
    if (list->lsub && !session_.profile.rev1) capabilities_.on_rev1_response("LSUB");
    lists_.on_list(*list);
  } else if (std::holds_alternative<parser::NamespaceResponse>(response)) {
    capabilities_.on_user_data("NAMESPACE");
    session_.commands.tell(Told::Namespace);
  } else if (const auto* status = std::get_if<parser::StatusData>(&response)) {
    capabilities_.on_user_data("STATUS");
    const bool recent = std::ranges::find(status->values, parser::StatusAtt::Recent, &parser::StatusAttVal::att) !=
                        status->values.end();
    if (recent && !session_.profile.rev1) capabilities_.on_rev1_response("STATUS RECENT");
    lists_.on_status(*status);
  } else if (const auto* esearch = std::get_if<parser::Esearch>(&response)) {
    capabilities_.on_user_data("ESEARCH");
    check_esearch(session_, *esearch);
  } else if (const auto* search = std::get_if<parser::SearchData>(&response)) {
    capabilities_.on_user_data("SEARCH");
    capabilities_.on_rev1_response("SEARCH");
    check_search(session_, *search);
  }
}

void Monitor::on_mailbox_data(const parser::Response& response) {
  if (const auto* exists = std::get_if<parser::Exists>(&response)) {
    session_.commands.tell(Told::Exists);
    count_exists(session_, *exists);
    selected_state_.on_exists(exists->count);
  } else if (const auto* expunge = std::get_if<parser::Expunge>(&response)) {
    flags_.on_expunge();
    if (count_expunge(session_, *expunge)) selected_state_.on_expunge(static_cast<std::uint32_t>(expunge->number));
  } else if (const auto* vanished = std::get_if<parser::Vanished>(&response)) {
    count_vanished(session_, *vanished);
    if (!vanished->earlier) selected_state_.on_vanished();
  } else if (const auto* fetch = std::get_if<parser::Fetch>(&response)) {
    fetches_.on_fetch(*fetch);
    flags_.on_fetch(*fetch);
  } else if (const auto* flags = std::get_if<parser::FlagsData>(&response)) {
    flags_.on_flags(*flags);
  } else if (std::holds_alternative<parser::Recent>(response)) {
    capabilities_.on_rev1_response("RECENT");
  }
}

std::string known_code(std::string_view text, const parser::Profile& profile) {
  const std::string_view word = code_word(text);
  if (!is_known_code(word) && !parser::extension_knows_code(profile, word)) return {};
  return parser::to_upper(word);
}

std::vector<std::string_view> Monitor::in_progress(std::string_view completed) const {
  if (!completed.empty()) {
    if (const SentCommand* const done = session_.commands.completed_last(completed)) return {done->octets};
  }
  std::vector<std::string_view> all;
  for (const auto& command : session_.commands.pending()) all.push_back(command->octets);
  return all;
}

parser::StatusResponse Monitor::with_code(const parser::StatusResponse& status, const parser::Profile& profile) {
  const parser::RespText& text = status.text;
  if (!text.malformed_code) return status;
  const std::string word = known_code(text.text, profile);
  if (word.empty()) return status;
  bare_octets_ =
      fmt::format("* OK {} x\r\n", std::string_view(text.text).substr(0, std::string_view(text.text).find(']') + 1));
  bare_arena_.reset();
  const auto bare = parser::parse_response(bare_octets_, bare_arena_, profile);
  const auto* const read = bare ? std::get_if<parser::StatusResponse>(&*bare) : nullptr;
  if (read != nullptr && read->text.code) {
    session_.reports.add(
        CheckId::CodeBeforeText, fmt::format("{} without a space or text behind it", word),
        fmt::format("the response code {} has no space, or no text, behind it, and is a text therefore: {}", word,
                    parser::escape_octets(text.text)));
    parser::StatusResponse repaired = status;
    repaired.text.code = read->text.code;
    return repaired;
  }
  // What the arguments of an extension's codes are, no sentence of the base specification says.
  if (!is_known_code(word)) return status;
  session_.reports.add(CheckId::KnownCodeArguments,
                       fmt::format("{}: expected {}", word, text.malformed_code->expected.text()),
                       fmt::format("the response code {} does not have the arguments it is defined with: {}", word,
                                   parser::escape_octets(text.text)));
  return status;
}

void Monitor::on_status(const parser::StatusResponse& received) {
  const parser::StatusResponse status = with_code(received, session_.profile);
  if (!status.tag) return on_untagged(status);
  const SentCommand* const command = completions_.on_tagged(status);
  if (command == nullptr) return;
  if (session_.commands.pending().empty()) judge_numbers(session_);
  capabilities_.on_completed(*command, status);
  if (status.text.code) on_code(*status.text.code, command);
  continuations_.on_completed(*command);
  const bool was_selected = session_.selected;
  selected_state_.on_completed(*command, status);
  flags_.on_completed(*command, status);
  fetches_.on_completed(*command, status);
  lists_.on_completed(*command, status);
  if (was_selected && !session_.selected) flags_.on_closed();
  blind_ = status.status == Status::Ok && compresses(*command);
}

void Monitor::on_untagged(const parser::StatusResponse& status) {
  completions_.on_untagged(status);
  if (status.status == Status::Bad) continuations_.on_untagged_bad();
  if (status.text.code) on_code(*status.text.code, session_.commands.alone());
}

void Monitor::on_code(const parser::ResponseCode& code, const SentCommand* command) {
  if (code.is("CAPABILITY")) capabilities_.on_capability(code.capabilities, true);
  if (code.is("PERMANENTFLAGS")) flags_.on_permanent_flags(code.flags);
  selected_state_.on_code(code, command != nullptr ? command->sent_at : session_.asked_at());
  if (code.is("CLOSED")) flags_.on_closed();
  check_new_uids(session_, code, command);
}

}  // namespace imapspec::runner
