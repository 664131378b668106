#include "runner/run/preparation.h"

#include <fmt/format.h>

#include <algorithm>
#include <variant>

#include "parser/core/ascii.h"
#include "parser/grammar/parse.h"

namespace imapspec::runner {
namespace {

// Missing is flags that the message of that number has not got.
struct Missing {
  std::uint32_t number;
  std::string flags;
};

bool has_flag(const parser::MsgAtt& item, std::string_view flag) {
  return std::ranges::any_of(item.flags, [&](std::string_view one) { return parser::equal_ignoring_case(one, flag); });
}

// missing_from yields the flags of a list that a message was not told to have.
std::string missing_from(const parser::MsgAtt& item, std::string_view flags) {
  std::string missing;
  while (!flags.empty()) {
    const std::string_view flag = flags.substr(0, flags.find(' '));
    flags.remove_prefix(std::min(flag.size() + 1, flags.size()));
    if (!flag.empty() && !has_flag(item, flag)) missing.append(missing.empty() ? "" : " ").append(flag);
  }
  return missing;
}

std::expected<std::vector<Missing>, Blocked> missing_flags(Conversation& conversation, const Bindings& bindings,
                                                           const std::vector<Fixture>& messages) {
  const auto told = must_succeed(conversation, bindings, "FETCH 1:* (FLAGS)");
  if (!told) return std::unexpected(told.error());
  std::vector<Missing> missing;
  for (const Received& received : told->responses) {
    const auto* fetch = received.response ? std::get_if<parser::Fetch>(&*received.response) : nullptr;
    if (fetch == nullptr) continue;
    const auto number = static_cast<std::uint32_t>(fetch->number);
    if (number == 0 || number > messages.size()) continue;
    for (const parser::MsgAtt& item : fetch->items) {
      if (item.kind != parser::MsgAtt::Kind::Flags) continue;
      std::string flags = missing_from(item, messages[number - 1].flags);
      std::erase_if(missing, [&](const Missing& one) { return one.number == number; });
      if (!flags.empty()) missing.push_back({number, std::move(flags)});
    }
  }
  return missing;
}

// complete_flags leaves the mailbox by way of EXAMINE, after which CLOSE removes nothing (section 6.4.1).
std::expected<void, Blocked> complete_flags(Conversation& conversation, const Bindings& bindings,
                                            std::string_view mailbox, const std::vector<Fixture>& messages) {
  const auto run = [&](const std::string& command) -> std::expected<void, Blocked> {
    const auto done = must_succeed(conversation, bindings, command);
    if (!done) return std::unexpected(done.error());
    return {};
  };
  const std::string name(mailbox);
  if (auto done = run("EXAMINE " + name); !done) return done;
  auto missing = missing_flags(conversation, bindings, messages);
  if (!missing) return std::unexpected(missing.error());
  if (!missing->empty()) {
    if (auto done = run("SELECT " + name); !done) return done;
    for (const Missing& one : *missing) {
      if (auto done = run(fmt::format("STORE {} +FLAGS.SILENT ({})", one.number, one.flags)); !done) return done;
    }
    if (auto done = run("EXAMINE " + name); !done) return done;
    missing = missing_flags(conversation, bindings, messages);
    if (!missing) return std::unexpected(missing.error());
    if (!missing->empty()) {
      return std::unexpected(Blocked{
          fmt::format("neither APPEND nor STORE sets the flag {} here", missing->front().flags), Verdict::Skip});
    }
  }
  return run("CLOSE");
}

}  // namespace

std::expected<Exchange, Blocked> must_succeed(Conversation& conversation, const Bindings& bindings,
                                              std::string_view command, Verdict refusal) {
  auto octets = expand(command, bindings);
  if (!octets) return std::unexpected(Blocked{octets.error()});
  Exchange exchange = conversation.command(*octets);
  const auto why = conversation.why_not(exchange);
  if (!why) return exchange;
  return std::unexpected(
      Blocked{fmt::format("{}: {}", exchange.sent, *why), exchange.completion() != nullptr ? refusal : Verdict::Error});
}

std::expected<void, Blocked> put_messages(Conversation& conversation, const Bindings& bindings,
                                          std::string_view mailbox, const std::vector<Fixture>& messages) {
  Bindings with_message = bindings;
  for (const Fixture& message : messages) {
    with_message.set_octets("fixture-octets", message.octets);
    std::string command = fmt::format("APPEND {}", mailbox);
    if (!message.flags.empty()) command += " (" + message.flags + ')';
    if (!message.date.empty()) command += " \"" + message.date + '"';
    const auto done = must_succeed(conversation, with_message, command + " {fixture-octets:literal}");
    if (!done) return std::unexpected(done.error());
  }
  if (std::ranges::all_of(messages, &std::string::empty, &Fixture::flags)) return {};
  return complete_flags(conversation, bindings, mailbox, messages);
}

}  // namespace imapspec::runner
