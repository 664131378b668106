#include "server/commands/listing.h"

#include "parser/grammar/serialize.h"
#include "server/store/mailbox_name.h"
#include "server/store/modified_utf7.h"

namespace imapspec::server {

parser::List<parser::Flag> attributes(Context& context, std::string_view name, bool with_subscribed) {
  const Account& account = *context.account;
  parser::ListBuilder<parser::Flag> list(context.arena);
  const auto at = account.names().find(name);
  if (at == account.names().end()) {
    list.push({"\\NonExistent"});
  } else if (at->second == nullptr) {
    list.push({"\\Noselect"});
  }
  const bool inferiors = account.has_inferiors(name) && !context.faults.has(Fault::HasChildrenNotNoticed);
  if (!context.faults.has(Fault::ChildrenNotTold)) {
    list.push(inferiors ? parser::Flag("\\HasChildren") : parser::Flag("\\HasNoChildren"));
  }
  if (inferiors && context.faults.has(Fault::HasAndHasNoChildren)) list.push({"\\HasNoChildren"});
  if (at != account.names().end() && at->second != nullptr && context.options.offer.has("SPECIAL-USE")) {
    for (const parser::Flag& use : flag_list(at->second->special_uses(), context.arena)) list.push(use);
  }
  if (with_subscribed && account.subscriptions().contains(name)) list.push({"\\Subscribed"});
  return list.list();
}

namespace {

parser::ListData list_data(Context& context, std::string_view name, parser::List<parser::Flag> attributes) {
  static constexpr std::string_view kQuotedDelimiter(&kDelimiter, 1);
  parser::ListData data;
  data.list.attributes = attributes;
  data.list.delimiter = parser::String::from(kQuotedDelimiter, parser::StringForm::Quoted);
  data.list.mailbox = mailbox_of(context, name);
  return data;
}

}  // namespace

void send_list(Context& context, std::string_view name, parser::List<parser::Flag> attributes,
               parser::List<parser::ListItem> extended) {
  parser::ListData data = list_data(context, name, attributes);
  data.list.extended = extended;
  context.replies.send(data);
}

parser::List<parser::ListItem> old_name(Context& context, const parser::Mailbox& supplied, std::string_view name) {
  parser::ListBuilder<parser::ListItem> items(context.arena);
  if (context.profile.rev2 && supplied.name().value() != name) {
    items.push({.tag = {"OLDNAME", parser::StringForm::Quoted}, .child_info = {}, .old_name = supplied, .value = {}});
  }
  return items.list();
}

void send_normalized(Context& context, const parser::Mailbox& supplied, std::string_view name) {
  const auto item = old_name(context, supplied, context.name_of(supplied));
  if (!item.empty()) send_list(context, name, attributes(context, name, false), item);
}

void send_lsub(Context& context, std::string_view name, parser::List<parser::Flag> attributes) {
  parser::ListData data = list_data(context, name, attributes);
  data.lsub = true;
  context.replies.send(data);
}

parser::Mailbox mailbox_of(Context& context, std::string_view name) {
  const std::string written = context.profile.rev2 ? std::string(name) : to_modified_utf7(name);
  return parser::Mailbox::from(parser::make_astring(context.keep(written), context.profile, context.arena))
      .value_or(parser::Mailbox());
}

}  // namespace imapspec::server
