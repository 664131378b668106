// APPEND (RFC 9051 section 6.3.12, RFC 3502)
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <expected>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "server/commands/destination.h"
#include "server/commands/handlers.h"
#include "server/session/number_set.h"

namespace imapspec::server::commands {

namespace {

// exists says whether there is such a time; the grammar admits a 99th day.
bool exists(const parser::DateTime& time) {
  namespace chrono = std::chrono;
  const chrono::year_month_day day{chrono::year(time.date.year), chrono::month(time.date.month),
                                   chrono::day(time.date.day)};
  const int zone = std::abs(int{time.zone});
  return day.ok() && time.hour < 24 && time.minute < 60 && time.second <= 60 && zone % 100 < 60 && zone < 2400;
}

// Delivery is a message that is ready to be added.
struct Delivery {
  FlagNames flags;
  parser::DateTime internal_date;
  std::shared_ptr<const std::string> octets;
};

// refusal is why a message cannot be in any mailbox.
std::optional<Completion> refusal(const Context& context, const parser::AppendMessage& message) {
  if (message.date_time && !exists(*message.date_time)) return no("There is no such time");
  const std::string_view octets = message.octets.octets();
  // It is how a client takes the command back (RFC 3502).
  if (octets.empty() && context.offers(parser::Extension::Multiappend) &&
      !context.faults.has(Fault::MultiappendTakesEmpty)) {
    return no("A message without octets");
  }
  // What FETCH BODY[] could not send is not taken (RFC 3516 section 4.4).
  if (octets.find('\0') != std::string_view::npos) return no(code("UNKNOWN-CTE"), "Messages with NUL are not stored");
  return std::nullopt;
}

// prepare makes all messages ready, or yields why one of them cannot be added.
std::expected<std::vector<Delivery>, Completion> prepare(Context& context, const Mailbox& mailbox,
                                                         parser::List<parser::AppendMessage> messages) {
  std::vector<Delivery> deliveries;
  FlagNames all_flags;
  Usage added;
  for (const parser::AppendMessage& message : messages) {
    if (auto refused = refusal(context, message)) return std::unexpected(*std::move(refused));
    Delivery& delivery =
        deliveries.emplace_back(permanent(message.flags), message.date_time.value_or(context.store.now()));
    if (message.flags.empty() && context.faults.has(Fault::AppendSetsSeen)) delivery.flags.add("\\Seen");
    for (const std::string& name : delivery.flags.names()) all_flags.add(name);
    added.octets += message.octets.octets().size();
    ++added.messages;
  }
  if (!mailbox.admits(all_flags)) return std::unexpected(flags_refused());
  if (auto refused = room_for(context, mailbox, added)) return std::unexpected(*std::move(refused));
  for (std::size_t i = 0; i < deliveries.size(); ++i) {
    deliveries[i].octets = context.store.hold(messages[i].octets.octets());
    if (deliveries[i].octets == nullptr) return std::unexpected(no(code("OVERQUOTA"), "The store is full"));
  }
  return deliveries;
}

}  // namespace

Result append(Context& context, const syntax::Append& command) {
  const auto mailbox = destination(context, command.mailbox);
  if (!mailbox) return mailbox.error();
  auto deliveries = prepare(context, **mailbox, command.messages);
  if (!deliveries) return deliveries.error();
  std::vector<std::uint32_t> uids;
  for (Delivery& delivery : *deliveries) {
    uids.push_back(static_cast<std::uint32_t>(
        deliver(context, **mailbox, std::move(delivery.octets), delivery.flags, delivery.internal_date)));
  }
  if (!context.offers(parser::Extension::Uidplus) || context.faults.has(Fault::AppenduidMissing)) {
    return ok("APPEND completed");
  }
  parser::ResponseCode code = server::code("APPENDUID");
  if (uids.size() == 1 && context.faults.has(Fault::AppenduidIsRange)) {
    const std::string range = fmt::format("{} {}:{}", (*mailbox)->uid_validity(), uids.front(), uids.front() + 1);
    code.arguments = parser::UnknownArguments::from(context.keep(range)).value_or(parser::UnknownArguments());
    return ok(code, "APPEND completed");
  }
  const bool other = context.view && context.faults.has(Fault::AppenduidOfSelected);
  const Mailbox& named = other ? context.view->mailbox() : **mailbox;
  code.number = parser::NzNumber::nearest(named.uid_validity());
  code.uids = sequence_set_of(uids, context.arena);
  return ok(code, "APPEND completed");
}

}  // namespace imapspec::server::commands
