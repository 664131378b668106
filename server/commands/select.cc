// SELECT and EXAMINE (RFC 9051 sections 6.3.2, 6.3.3, RFC 7162 sections 3.1.8, 3.2.5)
#include <cstddef>
#include <optional>
#include <utility>
#include <variant>
#include <vector>

#include "server/commands/expunge_deleted.h"
#include "server/commands/handlers.h"
#include "server/commands/listing.h"
#include "server/commands/resynchronize.h"
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

void send_state(Context& context, const parser::Mailbox& supplied) {
  const FaultSet& faults = context.faults;
  const MailboxView& view = *context.view;
  const Mailbox& mailbox = view.mailbox();
  if (!faults.has(Fault::SelectWithoutFlags)) {
    const parser::FlagsData flags{context.applicable_flags(mailbox)};
    if (faults.has(Fault::StarInFlags)) {
      context.replies.altered(flags, ")", " \\*)");
    } else {
      context.replies.send(flags);
    }
  }
  if (!faults.has(Fault::SelectWithoutExists)) context.replies.send(parser::Exists{view.size()});
  if (!context.profile.rev2) {
    context.replies.send(parser::Recent{view.recent()});
    send_unseen(context);
  } else if (!faults.has(Fault::SelectWithoutList)) {
    const std::string name = context.name_of(supplied);
    send_list(context, name, attributes(context, name, true), old_name(context, supplied, name));
  }
  if (!faults.has(Fault::SelectWithoutPermanentflags)) {
    parser::ResponseCode code = server::code("PERMANENTFLAGS");
    code.flags = context.permanent_flags(mailbox, view.read_only());
    context.replies.status(parser::Status::Ok, code, "Flags permitted");
  }
  if (!faults.has(Fault::SelectWithoutUidnext)) {
    const bool stale = faults.has(Fault::UidnextStale);
    send_number(context, "UIDNEXT", stale ? 1 : mailbox.uid_next(), "Predicted next UID");
  }
  const bool less = view.read_only() && faults.has(Fault::ExamineSendsLess);
  if (!less && !faults.has(Fault::SelectWithoutUidvalidity)) {
    send_number(context, "UIDVALIDITY", mailbox.uid_validity(), "UIDs valid");
  }
  if (context.condstore_enabled && !faults.has(Fault::HighestmodseqMissing)) {
    context.send_highest_mod_sequence(mailbox.mod_sequence());
  }
}

// Parameters is what stands in parentheses behind the mailbox.
struct Parameters {
  bool condstore = false;
  const parser::QresyncParameter* qresync = nullptr;
};

std::optional<Parameters> parameters_of(const Context& context, parser::List<parser::SelectParameter> list) {
  Parameters parameters;
  for (const parser::SelectParameter& parameter : list) {
    if (std::holds_alternative<parser::CondstoreParameter>(parameter)) {
      parameters.condstore = true;
    } else if (const auto* qresync = std::get_if<parser::QresyncParameter>(&parameter)) {
      if (!context.qresync_enabled && !context.faults.has(Fault::QresyncWithoutEnable)) return std::nullopt;
      parameters.qresync = qresync;
    } else {
      return std::nullopt;
    }
  }
  return parameters;
}

// resynchronize tells what was expunged, and yields the messages whose flags have to be told.
std::vector<parser::SequenceNumber> resynchronize(Context& context, const parser::QresyncParameter& client) {
  const MailboxView& view = *context.view;
  const bool same = client.uid_validity == view.mailbox().uid_validity();
  if (!same && !context.faults.has(Fault::QresyncAnyUidvalidity)) return {};
  const parser::SeqRange all{{parser::NzNumber::nearest(1)}, {}};
  const auto known = client.known_uids.value_or(*parser::SequenceSet::from({&all, 1}));
  const NumberSet wanted(known, view.mailbox().uid_next() - 1, context.faults);
  if (!context.faults.has(Fault::VanishedEarlierMissing)) {
    send_earlier(context, client.mod_sequence, wanted, client.match ? last_match(*client.match, view) : 0);
  }
  return missed_changes(view, client.mod_sequence, wanted);
}

// Opening is SELECT or EXAMINE.
struct Opening {
  parser::Mailbox mailbox;
  parser::List<parser::SelectParameter> parameters;
  bool read_only;
  Completion done;
};

Result open(Context& context, const Opening& opening) {
  const auto parameters = parameters_of(context, opening.parameters);
  if (!parameters) return bad("Unknown parameter, or one that was not enabled");
  const std::string name = context.name_of(opening.mailbox);
  Account::MailboxPtr mailbox = context.account->find(name);
  if (mailbox == nullptr && context.faults.has(Fault::SelectMissingCreates) && context.account->create(name)) {
    mailbox = context.account->find(name);
  }
  bool closed_late = false;
  if (context.view && !(mailbox == nullptr && context.faults.has(Fault::FailedSelectKeepsMailbox))) {
    if (context.faults.has(Fault::SelectExpunges)) expunge_deleted(context.view->mailbox());
    context.deselect();
    // Where CONDSTORE is offered IMAP4rev1 has it too (RFC 7162 section 3.2.11).
    const bool says_closed = context.profile.rev2 || context.offers(parser::Extension::Condstore);
    closed_late = says_closed && context.faults.has(Fault::ClosedAfterData);
    if (says_closed && !closed_late && !context.faults.has(Fault::NoClosedCode)) {
      context.replies.status(parser::Status::Ok, code("CLOSED"), "Previous mailbox is now closed");
    }
  }
  if (mailbox == nullptr) return no(code("NONEXISTENT"), "No such mailbox");
  if (parameters->condstore || parameters->qresync != nullptr) context.enable_condstore();
  context.view.emplace(std::move(mailbox), opening.read_only);
  context.state = Session::State::Selected;
  if (!opening.read_only && context.faults.has(Fault::SelectOkBeforeData)) {
    context.replies.complete(context.tag, parser::Status::Ok, opening.done.code, opening.done.text);
    send_state(context, opening.mailbox);
    return std::nullopt;
  }
  send_state(context, opening.mailbox);
  if (closed_late) context.replies.status(parser::Status::Ok, code("CLOSED"), "Previous mailbox is now closed");
  if (parameters->qresync == nullptr) return opening.done;
  context.steps = [&context, missed = resynchronize(context, *parameters->qresync), next = std::size_t{0},
                   done = opening.done]() mutable -> Result {
    if (next == missed.size()) return done;
    context.send_flags(missed[next++], true);
    return std::nullopt;
  };
  return std::nullopt;
}

}  // namespace

Result select(Context& context, const syntax::Select& command) {
  return open(context, {command.mailbox, command.parameters, false, ok(code("READ-WRITE"), "Mailbox selected")});
}

Result examine(Context& context, const syntax::Examine& command) {
  const bool read_only = !context.faults.has(Fault::ExamineIsReadWrite);
  Completion done = ok(code("READ-ONLY"), "Mailbox selected");
  if (context.faults.has(Fault::ExamineWithoutReadOnly)) done.code.reset();
  Result opened = open(context, {command.mailbox, command.parameters, read_only, std::move(done)});
  const bool missing = opened && opened->status == parser::Status::No;
  if (missing && context.faults.has(Fault::ExamineMissingOk)) return ok("Mailbox selected");
  return opened;
}

}  // namespace imapspec::server::commands
