// LIST (RFC 9051 section 6.3.9, RFC 6154)
#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "parser/core/ascii.h"
#include "server/commands/handlers.h"
#include "server/commands/listing.h"
#include "server/commands/mailbox_status.h"
#include "server/store/mailbox_name.h"

namespace imapspec::server::commands {

namespace {

// Options is the selection and return options (sections 6.3.9.1, 6.3.9.2). CHILDREN and SPECIAL-USE
// return nothing more, since the attributes they ask for are always sent, and no mailbox is remote.
struct Options {
  bool select_subscribed = false;
  bool select_special_use = false;
  bool recursive_match = false;
  bool return_subscribed = false;
  std::optional<parser::List<parser::StatusAtt>> status;

  // selects says whether a name meets all of the selection options.
  [[nodiscard]] bool selects(const Account& account, std::string_view name) const {
    if (select_subscribed && !account.subscriptions().contains(name)) return false;
    if (!select_special_use) return true;
    const auto mailbox = account.find(name);
    return mailbox != nullptr && mailbox->special_uses().size() != 0;
  }
};

using parser::equal_ignoring_case;

// options_of is nullopt where an option is not known or RECURSIVEMATCH stands alone.
std::optional<Options> options_of(const Context& context, const parser::ListArguments& arguments) {
  const bool unknown_is_bad = !context.faults.has(Fault::ListUnknownOptionOk);
  Options options;
  const auto is_special_use = [&context](const parser::ListOption& option) {
    return equal_ignoring_case(option.name, "SPECIAL-USE") && context.options.offer.has("SPECIAL-USE");
  };
  for (const parser::ListOption& option : arguments.selection.value_or(parser::List<parser::ListOption>())) {
    if (equal_ignoring_case(option.name, "SUBSCRIBED")) {
      options.select_subscribed = true;
    } else if (equal_ignoring_case(option.name, "RECURSIVEMATCH")) {
      options.recursive_match = true;
    } else if (is_special_use(option)) {
      options.select_special_use = true;
    } else if (!equal_ignoring_case(option.name, "REMOTE") && unknown_is_bad) {
      return std::nullopt;
    }
  }
  if (options.recursive_match && !options.select_subscribed) return std::nullopt;
  options.return_subscribed = options.select_subscribed;
  for (const parser::ListOption& option : arguments.returns.value_or(parser::List<parser::ListOption>())) {
    if (equal_ignoring_case(option.name, "SUBSCRIBED")) {
      options.return_subscribed = true;
    } else if (equal_ignoring_case(option.name, "STATUS") && context.offers(parser::Extension::ListStatus)) {
      options.status = option.status;
    } else if (!equal_ignoring_case(option.name, "CHILDREN") && !is_special_use(option) && unknown_is_bad) {
      return std::nullopt;
    }
  }
  return options;
}

// patterns_of makes the canonical LIST patterns: the reference with each name after it. A
// pattern longer than any name with all its wildcards is not accepted, so matches nothing.
std::vector<std::string> patterns_of(const Context& context, const parser::ListArguments& arguments) {
  std::vector<std::string> patterns;
  for (const parser::String& argument : arguments.patterns) {
    const std::string name = argument.value();
    if (name.empty()) continue;
    // A reference and a pattern may be halves of one name, each written on its own.
    const auto reference = context.pattern_of(arguments.reference.name().value());
    const auto rest = context.pattern_of(name);
    if (!reference || !rest) continue;
    std::string pattern = canonical_name(*reference + *rest);
    if (context.faults.has(Fault::ListPercentCrosses)) std::replace(pattern.begin(), pattern.end(), '%', '*');
    if (context.faults.has(Fault::ListStarStops)) std::replace(pattern.begin(), pattern.end(), '*', '%');
    if (pattern.size() <= 2 * context.options.limits.mailbox_name) patterns.push_back(std::move(pattern));
  }
  return patterns;
}

bool matches_any(std::string_view name, const std::vector<std::string>& patterns) {
  return std::any_of(patterns.begin(), patterns.end(),
                     [name](const std::string& pattern) { return matches_pattern(name, pattern); });
}

// candidates is every name that could be listed.
std::set<std::string, std::less<>> candidates(const Account& account, const Options& options) {
  std::set<std::string, std::less<>> names;
  if (!options.select_subscribed) {
    for (const auto& [name, mailbox] : account.names()) names.insert(name);
    return names;
  }
  names = account.subscriptions();
  if (!options.recursive_match) return names;
  for (const std::string& subscribed : account.subscriptions()) {
    for (std::string_view above = superior_name(subscribed); !above.empty(); above = superior_name(above)) {
      names.emplace(above);
    }
  }
  return names;
}

// Inferiors is the names below a name that are subscribed and selected otherwise.
struct Inferiors {
  bool any = false;
  bool unlisted = false;  // one of them does not match the patterns
};

Inferiors selected_inferiors(const Account& account, std::string_view name, const Options& options,
                             const std::vector<std::string>& patterns) {
  Inferiors found;
  for (const std::string& subscribed : account.subscriptions()) {
    if (!is_inferior(subscribed, name) || !options.selects(account, subscribed)) continue;
    found.any = true;
    if (!matches_any(subscribed, patterns)) found.unlisted = true;
  }
  return found;
}

void send_root(Context& context) {
  // Names are not rooted, so the root of any reference is empty.
  static constexpr parser::Flag kNoselect{"\\Noselect"};
  send_list(context, "", parser::List<parser::Flag>(&kNoselect, 1));
}

void send_name(Context& context, std::string_view name, const Options& options,
               const std::vector<std::string>& patterns) {
  const Account& account = *context.account;
  const bool selected = options.selects(account, name);
  parser::List<parser::ListItem> extended;
  static constexpr parser::String kSubscribed{"SUBSCRIBED", parser::StringForm::Quoted};
  static constexpr parser::ListItem kChildInfo{
      .tag = {"CHILDINFO", parser::StringForm::Quoted}, .child_info = {&kSubscribed, 1}, .old_name = {}, .value = {}};
  if (options.recursive_match) {
    const Inferiors inferiors = selected_inferiors(account, name, options, patterns);
    // A name that is listed only for its inferiors would be redundant beside them (section 6.3.9.6).
    if (!selected && !inferiors.unlisted) return;
    if (inferiors.any && !context.faults.has(Fault::ChildinfoMissing)) {
      extended = parser::List<parser::ListItem>(&kChildInfo, 1);
    }
  } else if (!selected) {
    return;
  } else if (account.has_inferiors(name) && context.faults.has(Fault::ChildinfoUnasked)) {
    extended = parser::List<parser::ListItem>(&kChildInfo, 1);
  }
  const bool with_subscribed = options.return_subscribed && !context.faults.has(Fault::ListSubscribedNotMarked);
  send_list(context, name, attributes(context, name, with_subscribed), extended);
  if (!selected || !options.status || context.faults.has(Fault::ListStatusMissing)) return;
  if (const auto mailbox = account.find(name)) {
    send_status(context, name, *mailbox, *options.status);
  } else if (context.faults.has(Fault::ListStatusOfNoselect)) {
    send_status(context, name, *account.find("INBOX"), *options.status);
  }
}

}  // namespace

Result list(Context& context, const syntax::List& command) {
  const parser::ListArguments& arguments = command.arguments;
  const bool extended = arguments.selection || arguments.returns || arguments.extended_patterns;
  if (!extended && arguments.patterns.front().value().empty()) {
    if (!context.faults.has(Fault::ListRootMissing)) send_root(context);
    return ok("LIST completed");
  }
  if (extended && !context.offers(parser::Extension::ListExtended)) return bad("Extended LIST is switched off");
  const auto options = options_of(context, arguments);
  if (!options) return bad("Unknown or useless LIST option");
  if (options->status && !offers_items(context, *options->status)) return bad("Unknown STATUS item");
  const std::vector<std::string> patterns = patterns_of(context, arguments);
  for (const std::string& name : candidates(*context.account, *options)) {
    if (matches_any(name, patterns)) send_name(context, name, *options, patterns);
  }
  return ok("LIST completed");
}

}  // namespace imapspec::server::commands
