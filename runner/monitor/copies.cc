#include "runner/monitor/copies.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <vector>

namespace imapspec::runner {
namespace {

namespace commands = parser::commands;

struct Destination {
  std::string mailbox;
  const parser::SequenceSet* uids = nullptr;  // that the command names
};

Destination destination_of(const SentCommand& command) {
  if (const auto* append = command.as<commands::Append>()) return {append->mailbox.value(), nullptr};
  if (const auto* copy = command.as<commands::Copy>()) return {copy->mailbox.value(), copy->uid ? &copy->set : nullptr};
  if (const auto* move = command.as<commands::Move>()) return {move->mailbox.value(), move->uid ? &move->set : nullptr};
  return {};
}

std::uint32_t smallest_of(const parser::SequenceSet& set) {
  std::uint32_t smallest = UINT32_MAX;
  for (const parser::SeqRange& range : set.ranges()) {
    smallest = std::min({smallest, range.first.or_largest(UINT32_MAX), range.last.or_largest(UINT32_MAX)});
  }
  return smallest;
}

bool is_within(const parser::SequenceSet& part, const parser::SequenceSet& whole) {
  const auto all = ranges_of(whole);
  return std::ranges::all_of(ranges_of(part), [&](const auto& range) {
    const auto after = std::ranges::upper_bound(all, range.first, {}, [](const auto& r) { return r.first; });
    return after != all.begin() && std::prev(after)->second >= range.second;
  });
}

void check_destination(Session& session, const parser::ResponseCode& code, const SentCommand& command,
                       const std::string& mailbox) {
  const MailboxName name = session.name_of(mailbox);
  const auto known = session.knowledge->uid_validity(name, command.sent_at);
  const std::uint32_t validity = *code.number;
  if (known && validity < *known) {
    session.reports.add(
        code.is("COPYUID") ? CheckId::CopyuidNamesTheDestination : CheckId::AppenduidNamesTheDestination,
        fmt::format("{} with another UIDVALIDITY", code.is("COPYUID") ? "COPYUID" : "APPENDUID"),
        fmt::format("the UIDVALIDITY of the destination is {}, not {}", *known, validity));
  }
  if (known != validity) return;
  const auto next = session.knowledge->uid_next(name, validity, command.sent_at);
  const std::uint32_t smallest = smallest_of(code.uids);
  if (next && smallest < *next) {
    session.reports.add(CheckId::NewUidsAreNew, "a new message with an old UID",
                        fmt::format("a message got the UID {}, though UIDNEXT was {}", smallest, *next));
  }
}

}  // namespace

void check_new_uids(Session& session, const parser::ResponseCode& code, const SentCommand* command) {
  const bool copy = code.is("COPYUID");
  if ((!copy && !code.is("APPENDUID")) || !code.number) return;
  const auto sources = copy ? size_of(code.source) : std::nullopt;
  const auto made = size_of(code.uids);
  if (copy && sources && made && *sources != *made) {
    session.reports.add(CheckId::CopyuidPairsTheUids, "COPYUID with sets of different size",
                        fmt::format("COPYUID has {} UIDs of originals and {} of copies", *sources, *made));
  }
  if (command == nullptr || !command->parsed || !command->alone) return;
  const Destination destination = destination_of(*command);
  if (destination.mailbox.empty()) return;
  if (const auto* append = command->as<commands::Append>(); append != nullptr && !copy && made) {
    if (append->messages.size() == 1 && session.new_uids_as_set && *made == 1) {
      session.reports.add(CheckId::AppenduidCountsTheMessages, "APPENDUID with a set for one message",
                          "APPENDUID has a set of UIDs for one message");
    }
    if (*made != append->messages.size()) {
      session.reports.add(CheckId::AppenduidCountsTheMessages, "APPENDUID with another number of UIDs",
                          fmt::format("APPENDUID has {} UIDs for {} messages", *made, append->messages.size()));
    }
  }
  if (copy && destination.uids != nullptr && size_of(*destination.uids) && sources &&
      !is_within(code.source, *destination.uids)) {
    session.reports.add(CheckId::CopyuidListsTheSources, "COPYUID with a UID that was not named",
                        fmt::format("COPYUID has the UID of a message that {} did not name", command->name));
  }
  if (made) check_destination(session, code, *command, destination.mailbox);
}

}  // namespace imapspec::runner
