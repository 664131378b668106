// SELECT and EXAMINE (RFC 9051 sections 6.3.2, 6.3.3)
#include "server/commands/handlers.h"
#include "server/commands/listing.h"
#include "server/store/mailbox_name.h"

namespace imapspec::server::commands {

namespace {

void send_number(Context& context, parser::AtomName name, std::uint32_t number, std::string_view text) {
  parser::ResponseCode code = server::code(name);
  code.number = parser::NzNumber::nearest(number);
  context.replies.status(parser::Status::Ok, code, text);
}

// send_unseen names the first unseen message (RFC 3501 section 6.3.1).
void send_unseen(Context& context) {
  const MailboxView& view = *context.view;
  for (std::uint32_t at = 1; at <= view.size(); ++at) {
    if (!view.message(parser::sequence_number(at)).flags.has("\\Seen")) {
      return send_number(context, "UNSEEN", at, "First unseen");
    }
  }
}

void send_state(Context& context, std::string_view name) {
  const FaultSet& faults = context.faults;
  const MailboxView& view = *context.view;
  const Mailbox& mailbox = view.mailbox();
  if (!faults.has(Fault::SelectWithoutFlags)) {
    context.replies.send(parser::FlagsData{context.applicable_flags(mailbox)});
  }
  if (!faults.has(Fault::SelectWithoutExists)) context.replies.send(parser::Exists{view.size()});
  if (!context.profile.rev2) {
    context.replies.send(parser::Recent{view.recent()});
    send_unseen(context);
  } else if (!faults.has(Fault::SelectWithoutList)) {
    send_list(context, name, attributes(context, name, true));
  }
  if (!faults.has(Fault::SelectWithoutPermanentflags)) {
    parser::ResponseCode code = server::code("PERMANENTFLAGS");
    code.flags = context.permanent_flags(mailbox, view.read_only());
    context.replies.status(parser::Status::Ok, code, "Flags permitted");
  }
  if (!faults.has(Fault::SelectWithoutUidnext)) {
    send_number(context, "UIDNEXT", mailbox.uid_next(), "Predicted next UID");
  }
  if (!faults.has(Fault::SelectWithoutUidvalidity)) {
    send_number(context, "UIDVALIDITY", mailbox.uid_validity(), "UIDs valid");
  }
}

Completion open(Context& context, const parser::Mailbox& argument, bool read_only) {
  const std::string name = context.name_of(argument);
  Account::MailboxPtr mailbox = context.account->find(name);
  if (mailbox == nullptr && context.faults.has(Fault::SelectMissingCreates) && context.account->create(name)) {
    mailbox = context.account->find(name);
  }
  if (context.view && !(mailbox == nullptr && context.faults.has(Fault::FailedSelectKeepsMailbox))) {
    context.deselect();
    if (context.profile.rev2 && !context.faults.has(Fault::NoClosedCode)) {
      context.replies.status(parser::Status::Ok, code("CLOSED"), "Previous mailbox is now closed");
    }
  }
  if (mailbox == nullptr) return no(code("NONEXISTENT"), "No such mailbox");
  context.view.emplace(std::move(mailbox), read_only);
  context.state = Session::State::Selected;
  send_state(context, name);
  return ok(read_only ? code("READ-ONLY") : code("READ-WRITE"), "Mailbox selected");
}

}  // namespace

Result select(Context& context, const syntax::Select& command) { return open(context, command.mailbox, false); }

Result examine(Context& context, const syntax::Examine& command) {
  Completion done = open(context, command.mailbox, !context.faults.has(Fault::ExamineIsReadWrite));
  if (done.status != parser::Status::Ok) return done;
  done.code = code("READ-ONLY");
  if (context.faults.has(Fault::ExamineWithoutReadOnly)) done.code.reset();
  return done;
}

}  // namespace imapspec::server::commands
