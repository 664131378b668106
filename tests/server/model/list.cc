// The plan of LIST (RFC 9051 section 6.3.9).
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <memory>
#include <variant>

#include "parser/core/ascii.h"
#include "tests/server/model/disagreement.h"
#include "tests/server/model/model.h"

namespace imapspec::server::model {

namespace {

// Line is what one LIST response has to say. Attributes that the model does not know are not looked at.
struct Line {
  Flags attributes;
  bool child_info = false;
  bool status = false;  // a STATUS response has to follow
};

struct Asked {
  bool only_subscribed = false;
  bool recursive = false;
  bool show_subscribed = false;
  bool unknown = false;
  std::optional<parser::List<parser::StatusAtt>> status;
};

Asked asked_of(const parser::ListArguments& arguments) {
  Asked asked;
  using parser::equal_ignoring_case;
  for (const auto& option : arguments.selection.value_or(parser::List<parser::ListOption>())) {
    if (option.name == "SUBSCRIBED") asked.only_subscribed = true;
    if (option.name == "RECURSIVEMATCH") asked.recursive = true;
  }
  for (const auto& option : arguments.returns.value_or(parser::List<parser::ListOption>())) {
    if (option.name == "SUBSCRIBED") asked.show_subscribed = true;
    if (option.name == "STATUS") asked.status = option.status;
  }
  asked.show_subscribed |= asked.only_subscribed;
  return asked;
}

Flags attributes_of(const Mailboxes& mailboxes, const std::string& name, bool with_subscribed) {
  Flags attributes{mailboxes.has_children(name) ? "\\haschildren" : "\\hasnochildren"};
  const auto at = mailboxes.names.find(name);
  if (at == mailboxes.names.end()) attributes.insert("\\nonexistent");
  if (at != mailboxes.names.end() && at->second == nullptr) attributes.insert("\\noselect");
  if (with_subscribed && mailboxes.subscriptions.contains(name)) attributes.insert("\\subscribed");
  return attributes;
}

std::map<std::string, Line> lines_of(const Mailboxes& mailboxes, const parser::ListArguments& arguments,
                                     const Asked& asked) {
  std::vector<std::string> patterns;
  for (const parser::String& pattern : arguments.patterns) {
    if (!pattern.value().empty()) patterns.push_back(canonical(arguments.reference.name().value() + pattern.value()));
  }
  const auto matches_any = [&](const std::string& name) {
    return std::any_of(patterns.begin(), patterns.end(), [&](const std::string& p) { return matches(name, p); });
  };
  std::set<std::string> candidates;
  for (const auto& [name, box] : mailboxes.names) candidates.insert(name);
  for (const std::string& name : mailboxes.subscriptions) {
    candidates.insert(name);
    for (std::size_t at = name.find('/'); at != std::string::npos; at = name.find('/', at + 1)) {
      if (at > 0) candidates.insert(name.substr(0, at));
    }
  }
  std::map<std::string, Line> lines;
  for (const std::string& name : candidates) {
    const auto at = mailboxes.names.find(name);
    const bool subscribed = mailboxes.subscriptions.contains(name);
    if (!matches_any(name)) continue;
    bool inferior = false;  // a subscribed one
    bool hidden = false;    // that does not match
    for (const std::string& other : mailboxes.subscriptions) {
      inferior |= below(other, name);
      hidden |= below(other, name) && !matches_any(other);
    }
    const bool selected = asked.only_subscribed ? subscribed : at != mailboxes.names.end();
    if (!selected && !(asked.recursive && hidden)) continue;
    lines[name] = {attributes_of(mailboxes, name, asked.show_subscribed), asked.recursive && inferior,
                   selected && asked.status && at != mailboxes.names.end() && at->second != nullptr};
  }
  return lines;
}

void hear(const parser::MailboxList& list, std::map<std::string, Line>& lines) {
  static const Flags kLookedAt{"\\haschildren", "\\hasnochildren", "\\nonexistent",
                               "\\noselect",    "\\subscribed",    "\\noinferiors"};
  const std::string name = canonical(list.mailbox.value());
  const auto at = lines.find(name);
  require(at != lines.end(), fmt::format("LIST of {}, which does not match or was listed before", name));
  Flags told = flags_of(list.attributes);
  std::erase_if(told, [](const std::string& flag) { return !kLookedAt.contains(flag); });
  require(told == at->second.attributes, fmt::format("LIST of {}: ({}), expected ({})", name, fmt::join(told, " "),
                                                     fmt::join(at->second.attributes, " ")));
  const bool child_info = std::any_of(list.extended.begin(), list.extended.end(),
                                      [](const parser::ListItem& item) { return item.tag.value() == "CHILDINFO"; });
  require(child_info == at->second.child_info, fmt::format("LIST of {}: CHILDINFO", name));
}

}  // namespace

Plan plan_list(Mailboxes& mailboxes, const parser::ListArguments& arguments) {
  Plan plan;
  const bool extended = arguments.selection || arguments.returns || arguments.extended_patterns;
  const auto lines = std::make_shared<std::map<std::string, Line>>();
  const Asked asked = asked_of(arguments);
  if (asked.recursive && !asked.only_subscribed) return refused();
  if (!extended && arguments.patterns.front().value().empty()) {
    (*lines)[""] = {{"\\noselect"}, false, false};
  } else {
    *lines = lines_of(mailboxes, arguments, asked);
  }
  const auto statuses = std::make_shared<std::set<std::string>>();
  for (const auto& [name, line] : *lines) {
    if (line.status) statuses->insert(name);
  }
  plan.data = [&mailboxes, lines, statuses, asked](const parser::Response& response) {
    if (const auto* list = std::get_if<parser::ListData>(&response)) {
      hear(list->list, *lines);
      lines->erase(canonical(list->list.mailbox.value()));
      return true;
    }
    const auto* status = std::get_if<parser::StatusData>(&response);
    if (status == nullptr) return false;
    require(statuses->erase(canonical(status->mailbox.value())) == 1, "a STATUS response that LIST did not ask for");
    require_status(mailboxes, *status, *asked.status);
    return true;
  };
  plan.finish = [lines, statuses](const parser::StatusResponse&) {
    require(lines->empty(), fmt::format("no LIST of {}", lines->empty() ? "" : lines->begin()->first));
    require(statuses->empty(), "a STATUS response of LIST is missing");
  };
  return plan;
}

}  // namespace imapspec::server::model
