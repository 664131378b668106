// LSUB (RFC 3501 section 6.3.9)
#include <map>
#include <string>
#include <string_view>

#include "server/commands/handlers.h"
#include "server/commands/listing.h"
#include "server/store/mailbox_name.h"

namespace imapspec::server::commands {

namespace {

// Where a pattern with "%" stops above a subscribed name, what it matches is listed as \Noselect, though it is not
// subscribed itself.
std::map<std::string, bool, std::less<>> listed(const Account& account, std::string_view pattern) {
  const bool partial = pattern.ends_with('%');
  std::map<std::string, bool, std::less<>> names;  // name -> is it subscribed
  for (const std::string& subscribed : account.subscriptions()) {
    if (matches_pattern(subscribed, pattern)) names[subscribed] = true;
    for (std::string_view above = superior_name(subscribed); partial && !above.empty(); above = superior_name(above)) {
      if (matches_pattern(above, pattern)) names.emplace(above, false);
    }
  }
  return names;
}

}  // namespace

Result lsub(Context& context, const syntax::Lsub& command) {
  const auto reference = context.pattern_of(command.reference.name().value());
  const auto rest = context.pattern_of(command.pattern.value());
  if (!reference || !rest) return ok("LSUB completed");
  const std::string pattern = canonical_name(*reference + *rest);
  if (pattern.size() > 2 * context.options.limits.mailbox_name) return ok("LSUB completed");
  for (const auto& [name, subscribed] : listed(*context.account, pattern)) {
    static constexpr parser::Flag kNoselect{"\\Noselect"};
    send_lsub(context, name, subscribed ? parser::List<parser::Flag>() : parser::List<parser::Flag>(&kNoselect, 1));
  }
  return ok("LSUB completed");
}

}  // namespace imapspec::server::commands
