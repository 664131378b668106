// APPEND (RFC 9051 section 6.3.12)
#include <chrono>
#include <cstdlib>
#include <utility>

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

}  // namespace

Result append(Context& context, const syntax::Append& command) {
  const auto mailbox = destination(context, command.mailbox);
  if (!mailbox) return mailbox.error();
  const parser::AppendMessage& message = command.messages.front();
  if (message.date_time && !exists(*message.date_time)) return no("There is no such time");
  const FlagNames flags = permanent(message.flags);
  if (!(*mailbox)->admits(flags)) return flags_refused();
  if (!(*mailbox)->has_room(1)) return no(code("LIMIT"), "The mailbox is full");
  auto octets = context.store.hold(message.octets.octets());
  if (octets == nullptr) return no(code("OVERQUOTA"), "The store is full");
  const parser::Uid uid =
      deliver(context, **mailbox, std::move(octets), flags, message.date_time.value_or(context.store.now()));
  if (!context.offers(parser::Extension::Uidplus) || context.faults.has(Fault::AppenduidMissing))
    return ok("APPEND completed");
  parser::ResponseCode code = server::code("APPENDUID");
  code.number = parser::NzNumber::nearest((*mailbox)->uid_validity());
  code.uids = sequence_set_of({static_cast<std::uint32_t>(uid)}, context.arena);
  return ok(code, "APPEND completed");
}

}  // namespace imapspec::server::commands
