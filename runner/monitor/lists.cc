#include "runner/monitor/lists.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <utility>

#include "parser/core/ascii.h"
#include "parser/grammar/parse.h"

namespace imapspec::runner {
namespace {

namespace commands = parser::commands;
using parser::StatusAtt;

constexpr std::size_t kMostTopLevelNames = 1'000;
constexpr std::size_t kLongestTopLevelName = 1'000;

bool has(parser::List<parser::Flag> attributes, std::string_view name) {
  return std::ranges::any_of(attributes, [&](const parser::Flag& one) { return one == name; });
}

const parser::StatusAttVal* find(const parser::StatusData& data, StatusAtt att) {
  const auto* value = std::ranges::find(data.values, att, &parser::StatusAttVal::att);
  return value == data.values.end() ? nullptr : value;
}

}  // namespace

void Lists::on_list(const parser::ListData& data) {
  check_attributes(data.list);
  check_delimiter(data.list);
  if (data.lsub) return;
  check_selected_name(data.list);
  check_child_info(data.list);
}

void Lists::check_attributes(const parser::MailboxList& list) {
  if (has(list.attributes, "\\HasChildren") && has(list.attributes, "\\Noinferiors")) {
    session_.reports.add(CheckId::NoinferiorsHasNoChildren, "\\Noinferiors and \\HasChildren",
                         "a LIST response has both \\Noinferiors and \\HasChildren");
  }
}

void Lists::check_delimiter(const parser::MailboxList& list) {
  if (!list.delimiter) return;
  const std::string delimiter = list.delimiter->value();
  const std::string name = list.mailbox.value();
  const std::size_t end = delimiter.empty() ? std::string::npos : name.find(delimiter);
  if (end == std::string::npos || end == 0 || end > kLongestTopLevelName) return;
  const std::string top = name.substr(0, end);
  const auto known = delimiters_.find(top);
  if (known == delimiters_.end()) {
    if (delimiters_.size() < kMostTopLevelNames) delimiters_.emplace(top, delimiter);
  } else if (known->second != delimiter) {
    session_.reports.add(CheckId::OneDelimiterPerHierarchy, "two delimiters below one name",
                         fmt::format("below {} the delimiter was {} and is {}", parser::escape_octets(top),
                                     parser::escape_octets(known->second), parser::escape_octets(delimiter)));
  }
}

void Lists::check_selected_name(const parser::MailboxList& list) {
  const SentCommand* const alone = session_.commands.alone();
  if (alone == nullptr) return;
  // Which mailbox SELECT names is not known where its name is a literal that is still to come.
  if (!alone->parsed && session_.commands.selecting()) session_.commands.tell(Told::List);
  const auto* select = alone->as<commands::Select>();
  const auto* examine = alone->as<commands::Examine>();
  if (select == nullptr && examine == nullptr) return;
  const std::string asked = select != nullptr ? select->mailbox.value() : examine->mailbox.value();
  const bool renamed =
      std::ranges::any_of(list.extended, [](const parser::ListItem& item) { return item.old_name.has_value(); });
  if (renamed || parser::equal_ignoring_case(asked, list.mailbox.value())) session_.commands.tell(Told::List);
}

void Lists::check_child_info(const parser::MailboxList& list) {
  const SentCommand* const alone = session_.commands.alone();
  const auto* command = alone == nullptr ? nullptr : alone->as<commands::List>();
  if (command == nullptr) return;
  const auto& selection = command->arguments.selection;
  const bool recursive = selection && std::ranges::any_of(*selection, [](const parser::ListOption& option) {
                           return option.name == "RECURSIVEMATCH";
                         });
  const bool child_info = std::ranges::any_of(list.extended, [](const parser::ListItem& item) {
    return parser::equal_ignoring_case(item.tag.value(), "CHILDINFO");
  });
  if (!child_info || recursive) return;
  session_.reports.add(CheckId::ChildinfoOnlyWhereAsked, "CHILDINFO without RECURSIVEMATCH",
                       "a LIST response has CHILDINFO, and LIST had no RECURSIVEMATCH");
}

void Lists::on_status(const parser::StatusData& data) {
  const auto* messages = find(data, StatusAtt::Messages);
  for (const StatusAtt att : {StatusAtt::Unseen, StatusAtt::Deleted}) {
    const auto* part = find(data, att);
    if (messages == nullptr || part == nullptr || part->value <= messages->value) continue;
    session_.reports.add(CheckId::StatusAddsUp, fmt::format("{} above MESSAGES", parser::status_att_name(att)),
                         fmt::format("STATUS has {} {} of {} messages", std::uint64_t{part->value},
                                     parser::status_att_name(att), std::uint64_t{messages->value}));
  }
  check_request(data);
  tell(data);
}

void Lists::check_request(const parser::StatusData& data) {
  const SentCommand* const alone = session_.commands.alone();
  const auto* command = alone == nullptr ? nullptr : alone->as<commands::Status>();
  // A server may have the name in another form than the client (section 5.1).
  session_.commands.tell(Told::Status);
  if (command == nullptr) return;
  if (!parser::equal_ignoring_case(command->mailbox.value(), data.mailbox.value())) {
    session_.reports.add(CheckId::StatusNamesTheMailbox, "STATUS of another mailbox",
                         "the STATUS response to STATUS names another mailbox than the command");
    return;
  }
  if (!status_told_) status_told_.emplace();
  for (const parser::StatusAttVal& value : data.values) {
    status_told_->insert(value.att);
    if (std::ranges::find(command->atts, value.att) != command->atts.end()) continue;
    session_.reports.add(CheckId::StatusHasTheItems,
                         fmt::format("STATUS with {} unasked", parser::status_att_name(value.att)),
                         fmt::format("STATUS did not ask for {}", parser::status_att_name(value.att)));
  }
}

void Lists::on_completed(const SentCommand& command, const parser::StatusResponse& status) {
  const auto told = std::exchange(status_told_, std::nullopt);
  const auto* request = command.as<commands::Status>();
  if (!told || request == nullptr || !command.alone || status.status != parser::Status::Ok) return;
  for (const StatusAtt att : request->atts) {
    if (told->contains(att)) continue;
    session_.reports.add(CheckId::StatusHasTheItems, fmt::format("STATUS without {}", parser::status_att_name(att)),
                         fmt::format("STATUS asked for {}, and it did not come", parser::status_att_name(att)));
  }
}

void Lists::tell(const parser::StatusData& data) {
  const std::uint64_t asked_at = session_.asked_at();
  const MailboxName mailbox = session_.name_of(data.mailbox.value());
  const auto told = [&](StatusAtt att) { return find(data, att); };
  const auto clipped = [](const parser::StatusAttVal& value) {
    return static_cast<std::uint32_t>(std::min<std::uint64_t>(value.value, UINT32_MAX));
  };
  if (const auto* value = told(StatusAtt::UidValidity)) {
    if (const auto before = session_.knowledge->tell_uid_validity(mailbox, clipped(*value), asked_at)) {
      session_.reports.add(CheckId::UidValidityGrows, "UIDVALIDITY became smaller",
                           fmt::format("UIDVALIDITY was {} and is {}", *before, clipped(*value)));
    }
  }
  // Alone it proves nothing: the UIDVALIDITY may be another one now. That of the selected mailbox is not.
  const auto* const validity = told(StatusAtt::UidValidity);
  std::uint32_t under = 0;
  if (validity != nullptr) {
    under = clipped(*validity);
  } else if (data.mailbox.value() == session_.mailbox) {
    under = session_.uid_validity.value_or(0);
  }
  if (const auto* value = told(StatusAtt::UidNext); value != nullptr && under != 0) {
    if (const auto before = session_.knowledge->tell_uid_next(mailbox, clipped(*value), under, asked_at)) {
      session_.reports.add(CheckId::UidNextDoesNotShrink, "UIDNEXT became smaller",
                           fmt::format("UIDNEXT was {} and is {}", *before, clipped(*value)));
    }
  }
  if (const auto* value = told(StatusAtt::HighestModSeq); value != nullptr && value->value > 0) {
    if (const auto before = session_.knowledge->tell_highest_mod_sequence(mailbox, value->value, asked_at)) {
      session_.reports.add(CheckId::HighestModseqDoesNotShrink, "HIGHESTMODSEQ became smaller",
                           fmt::format("HIGHESTMODSEQ was {} and is {}", *before, std::uint64_t{value->value}));
    }
  }
}

}  // namespace imapspec::runner
