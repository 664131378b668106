#include "server/session/context.h"

#include <algorithm>
#include <limits>
#include <utility>

#include <fmt/format.h>

#include "server/commands/login_policy.h"
#include "server/session/number_set.h"
#include "server/store/mailbox_name.h"
#include "server/store/modified_utf7.h"

namespace imapspec::server {

Completion ok(std::string_view text) { return {parser::Status::Ok, std::nullopt, std::string(text)}; }

Completion ok(const parser::ResponseCode& code, std::string_view text) {
  return {parser::Status::Ok, code, std::string(text)};
}

Completion no(std::string_view text) { return {parser::Status::No, std::nullopt, std::string(text)}; }

Completion no(const parser::ResponseCode& code, std::string_view text) {
  return {parser::Status::No, code, std::string(text)};
}

Completion bad(std::string_view text) { return {parser::Status::Bad, std::nullopt, std::string(text)}; }

std::string_view Context::keep(std::string_view text) {
  char* kept = arena.allocate<char>(text.size());
  std::copy(text.begin(), text.end(), kept);
  return {kept, text.size()};
}

parser::List<parser::Flag> flag_list(const FlagNames& flags, parser::Arena& arena) {
  parser::ListBuilder<parser::Flag> list(arena);
  for (const std::string& name : flags.names()) {
    if (const auto flag = parser::Flag::from(name)) list.push(*flag);
  }
  return list.list();
}

parser::List<parser::AtomName> Context::capabilities() {
  parser::ListBuilder<parser::AtomName> list(arena);
  const Offer& offer = options.offer;
  if (offer.rev1) list.push("IMAP4rev1");
  if (offer.rev2 && !(rev2_enabled && faults.has(Fault::EnableRemovesCapability))) list.push("IMAP4rev2");
  for (const OfferedName& offered : kOfferedNames) {
    if (!offer.has(offered.name)) continue;
    // What is part of IMAP4rev2 need not be listed where it is the only revision.
    const bool part_of_rev2 = !offered.extension || *offered.extension < parser::Extension::LiteralPlus;
    if (!offer.rev1 && part_of_rev2) continue;
    if (offered.name == "APPENDLIMIT") {
      list.push(*parser::AtomName::from(keep(fmt::format("APPENDLIMIT={}", append_limit()))));
      continue;
    }
    list.push(*parser::AtomName::from(offered.name));
    if (offered.name != "QUOTA") continue;
    list.push("QUOTA=RES-STORAGE");
    list.push("QUOTA=RES-MESSAGE");
  }
  const bool authenticated = account != nullptr;
  const bool can_start_tls = !tls && !authenticated && options.starttls;
  if (can_start_tls && !faults.has(Fault::StarttlsNotAdvertised)) list.push("STARTTLS");
  for (const Mechanism* mechanism : offered_mechanisms(*this)) {
    list.push(*parser::AtomName::from(keep("AUTH=" + std::string(mechanism->name))));
  }
  const bool login_disabled = !tls && !options.plaintext_login;
  if (login_disabled && !authenticated && !faults.has(Fault::LogindisabledNotAdvertised)) list.push("LOGINDISABLED");
  return list.list();
}

// RFC 7889 section 5 has a number of 32 bits.
std::uint32_t Context::append_limit() const {
  constexpr std::size_t kMost = std::numeric_limits<std::uint32_t>::max();
  return static_cast<std::uint32_t>(std::min(options.limits.message, kMost));
}

parser::ResponseCode Context::capability_code() {
  parser::ResponseCode result = code("CAPABILITY");
  result.capabilities = capabilities();
  return result;
}

void Context::log_in(std::string_view user) {
  account = &store.account(user);
  state = Session::State::Authenticated;
}

void Context::log_out() {
  view.reset();
  account = nullptr;
  rev2_enabled = condstore_enabled = qresync_enabled = was_told_less_ = false;
  profile = options.offer.profile(false);
  state = Session::State::NotAuthenticated;
}

void Context::enable_condstore() {
  if (condstore_enabled) return;
  condstore_enabled = true;
  if (view) send_highest_mod_sequence(view->mailbox().mod_sequence());
}

void Context::deselect() {
  view.reset();
  was_told_less_ = false;
  state = Session::State::Authenticated;
}

bool Context::adds_uid(bool uid_command) const { return uid_command && !faults.has(Fault::UidFetchWithoutUid); }

std::string Context::name_of(const parser::Mailbox& mailbox) const {
  const bool otherwise = mailbox.is_inbox() && mailbox.name().value() != "INBOX";
  if (otherwise && faults.has(Fault::InboxCaseSensitive)) return "";
  return canonical_name(pattern_of(mailbox.value()).value_or(""));
}

std::optional<std::string> Context::pattern_of(std::string_view pattern) const {
  if (profile.rev2 && !faults.has(Fault::ModifiedUtf7Decoded)) return std::string(pattern);
  return from_modified_utf7(pattern);
}

parser::List<parser::Flag> Context::flags_of(parser::SequenceNumber number, parser::Arena& to) const {
  const parser::List<parser::Flag> flags = flag_list(view->message(number).flags, to);
  if (!says_recent() || !view->is_recent(number)) return flags;
  parser::ListBuilder<parser::Flag> with_recent(to);
  with_recent.push({"\\Recent"});
  for (const parser::Flag& flag : flags) with_recent.push(flag);
  return with_recent.list();
}

void Context::send_flags(parser::SequenceNumber number, bool with_uid) {
  send_fetch(number, with_uid || condstore_enabled, true);
}

void Context::send_mod_sequence(parser::SequenceNumber number) { send_fetch(number, true, false); }

void Context::send_fetch(parser::SequenceNumber number, bool with_uid, bool with_flags) {
  const Message& message = view->message(number);
  scratch_.reset();
  parser::ListBuilder<parser::MsgAtt> items(scratch_);
  const auto add = [&items](parser::MsgAtt::Kind kind) -> parser::MsgAtt& {
    parser::MsgAtt& item = items.add();
    item.kind = kind;
    return item;
  };
  if (with_uid) add(parser::MsgAtt::Kind::Uid).uid = message.uid;
  if (condstore_enabled && !(with_flags && faults.has(Fault::ModseqNotTold))) {
    add(parser::MsgAtt::Kind::ModSequence).number = parser::Number64::nearest(message.mod_sequence);
  }
  if (with_flags) add(parser::MsgAtt::Kind::Flags).flags = flags_of(number, scratch_);
  view->told_flags(number);
  replies.send(parser::Fetch{number, items.list()});
}

parser::ResponseCode Context::highest_code(std::uint64_t mod_sequence) {
  parser::ResponseCode highest = code("HIGHESTMODSEQ");
  highest.mod_sequence = parser::NzNumber64::nearest(mod_sequence);
  return highest;
}

void Context::send_highest_mod_sequence(std::uint64_t mod_sequence) {
  replies.status(parser::Status::Ok, highest_code(mod_sequence), "Highest mod-sequence");
}

void Context::send_vanished(const std::vector<UidRange>& uids, bool earlier) {
  if (uids.empty()) return;
  scratch_.reset();
  replies.send(parser::Vanished{earlier, sequence_set_of(uids, scratch_)});
}

void Context::send_news(bool with_expunges) {
  if (!view) return;
  const News news = view->take_news(with_expunges);
  tell(news);
  if (!condstore_enabled) return;
  // A client must not believe that it knows expunges which it was not told of (RFC 7162 section 3.2).
  if (news.held) {
    send_highest_mod_sequence(*news.held - 1);
  } else if (was_told_less_) {
    send_highest_mod_sequence(view->mailbox().mod_sequence());
  }
  was_told_less_ = news.held.has_value();
}

void Context::tell(const News& news) {
  if (news.uid_validity) {
    parser::ResponseCode validity = code("UIDVALIDITY");
    validity.number = parser::NzNumber::nearest(*news.uid_validity);
    replies.status(parser::Status::Ok, validity, "UIDs valid");
  }
  const bool early = news.exists && faults.has(Fault::ExistsBeforeExpunge);
  if (early) replies.send(parser::Exists{*news.exists});
  if (qresync_enabled && !news.expunged.empty() && !faults.has(Fault::ExpungeNotVanished)) {
    send_vanished(news.vanished, false);
  } else {
    for (const parser::SequenceNumber number : news.expunged) replies.send(parser::Expunge{number});
  }
  if (news.exists && !early && !faults.has(Fault::ExistsNotSent)) replies.send(parser::Exists{*news.exists});
  if (news.recent && says_recent()) replies.send(parser::Recent{*news.recent});
  if (news.keywords) send_flag_lists();
  // The UID is a must in all FETCH responses that nobody asked for (section 7.5.2).
  for (const parser::SequenceNumber number : news.changed)
    send_flags(number, !faults.has(Fault::UnaskedFetchWithoutUid));
}

void Context::send_keywords() {
  if (view && view->take_keywords()) send_flag_lists();
}

void Context::send_flag_lists() {
  replies.send(parser::FlagsData{applicable_flags(view->mailbox())});
  // Without "\*" this says that the limit is reached (section 7.1, PERMANENTFLAGS).
  parser::ResponseCode permanent = code("PERMANENTFLAGS");
  permanent.flags = permanent_flags(view->mailbox(), view->read_only());
  replies.status(parser::Status::Ok, permanent, "Flags permitted");
}

parser::List<parser::Flag> Context::applicable_flags(const Mailbox& mailbox) {
  parser::ListBuilder<parser::Flag> list(arena);
  for (const FlagNames* names : {&system_flags(), &well_known_keywords(), &mailbox.keywords()}) {
    for (const std::string& name : names->names()) {
      if (const auto flag = parser::Flag::from(keep(name))) list.push(*flag);
    }
  }
  return list.list();
}

parser::List<parser::Flag> Context::permanent_flags(const Mailbox& mailbox, bool read_only) {
  if (read_only) return {};
  parser::ListBuilder<parser::Flag> list(arena);
  for (const parser::Flag& flag : applicable_flags(mailbox)) list.push(flag);
  if (mailbox.takes_keywords()) list.push({"\\*"});
  return list.list();
}

std::expected<std::vector<parser::SequenceNumber>, Completion> Context::numbers(const parser::SequenceSet& set,
                                                                                bool uid) {
  std::vector<parser::SequenceNumber> found;
  const auto add_uids = [&](std::uint32_t first, std::uint32_t last) {
    for (std::uint32_t at = view->first_at_or_after(first); at <= view->size(); ++at) {
      const parser::SequenceNumber number = parser::sequence_number(at);
      if (static_cast<std::uint32_t>(view->message(number).uid) > last) break;
      found.push_back(number);
    }
  };
  if (!uid && faults.has(Fault::RenumberedUntold)) {
    News news = view->take_news(true);
    news.expunged.clear();
    tell(news);
  }
  if (set.is_last_result()) {
    if (!offers(parser::Extension::Searchres)) return std::unexpected(bad("SEARCHRES is switched off"));
    for (const std::uint32_t number : saved_numbers) {
      if (number <= view->size()) found.push_back(parser::sequence_number(number));
    }
    if (!found.empty()) return found;
    for (const std::uint32_t saved : view->saved()) add_uids(saved, saved);
    if (found.empty() && faults.has(Fault::EmptyResultBad)) return std::unexpected(bad("Nothing is saved"));
    return found;
  }
  std::uint32_t largest = uid ? view->largest_uid() : view->size();
  if (uid && faults.has(Fault::StarIsUidnext)) largest = view->mailbox().uid_next() - 1;
  const NumberSet wanted(set, largest, faults);
  if (uid) {
    for (const auto& [first, last] : wanted.ranges()) add_uids(first, last);
    // Of a range it is enough here that some UID exists.
    const auto ranges = set.ranges();
    const bool missing = std::any_of(ranges.begin(), ranges.end(), [&](const parser::SeqRange& range) {
      return range.first.number && range.first == range.last && !view->number_of(*range.first.number);
    });
    if ((missing || found.empty()) && faults.has(Fault::MissingUidNo)) return std::unexpected(no("No such message"));
    return found;
  }
  for (const auto& [first, last] : wanted.ranges()) {
    if (first == 0 || last > view->size()) return std::unexpected(bad("No message with that sequence number"));
    for (std::uint32_t at = first; at <= last; ++at) found.push_back(parser::sequence_number(at));
  }
  return found;
}

}  // namespace imapspec::server
