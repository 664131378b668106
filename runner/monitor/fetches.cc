#include "runner/monitor/fetches.h"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>

#include "parser/core/ascii.h"
#include "parser/grammar/parse.h"
#include "runner/monitor/counts.h"

namespace imapspec::runner {
namespace {

using Kind = parser::MsgAtt::Kind;

const parser::MsgAtt* find(const parser::Fetch& fetch, Kind kind) {
  const auto* item = std::ranges::find_if(fetch.items, [&](const parser::MsgAtt& each) { return each.kind == kind; });
  return item == fetch.items.end() ? nullptr : item;
}

// The name of the header field that begins at a line, in upper case; empty for what continues one or is none.
std::string field_name(std::string_view line) {
  if (line.starts_with(' ') || line.starts_with('\t')) return {};
  const std::size_t colon = line.find(':');
  if (colon == std::string_view::npos) return {};
  std::string_view name = line.substr(0, colon);
  while (name.ends_with(' ') || name.ends_with('\t')) name.remove_suffix(1);
  return parser::to_upper(name);
}

bool says_nothing(const parser::NString& string) { return !string || string->octets().empty(); }

bool says_nothing(const parser::Envelope& envelope) {
  return says_nothing(envelope.date) && says_nothing(envelope.subject) && says_nothing(envelope.in_reply_to) &&
         says_nothing(envelope.message_id) && envelope.from.empty() && envelope.sender.empty() &&
         envelope.reply_to.empty() && envelope.to.empty() && envelope.cc.empty() && envelope.bcc.empty();
}

// Whether no item says more than that there is nothing: the "NIL FETCH response" of RFC 2180 section 4.1.3.
bool says_nothing(const parser::List<parser::MsgAtt>& items) {
  return std::ranges::all_of(items, [](const parser::MsgAtt& item) {
    switch (item.kind) {
      case Kind::Rfc822Size:
      case Kind::BinarySize:
        return item.number == 0;
      case Kind::Envelope:
        return says_nothing(*item.envelope);
      case Kind::Body:
      case Kind::BodyStructure:
        return !item.body->multipart && item.body->octets == 0;
      case Kind::BodySection:
      case Kind::Binary:
      case Kind::Rfc822:
      case Kind::Rfc822Header:
      case Kind::Rfc822Text:
        return says_nothing(item.data);
      default:
        return item.kind != Kind::InternalDate;
    }
  });
}

}  // namespace

void Fetches::on_fetch(const parser::Fetch& fetch) {
  if (!check_selected(session_, "FETCH")) return;
  const auto number = static_cast<std::uint32_t>(fetch.number);
  if (session_.count && number > *session_.count) session_.fetched_beyond = std::max(session_.fetched_beyond, number);
  ToldMessage* const message = session_.messages.at(number);
  const parser::MsgAtt* const uid = find(fetch, Kind::Uid);
  if (uid == nullptr) {
    check_uid_is_there(number, fetch);
  } else if (message != nullptr) {
    learn_uid(number, static_cast<std::uint32_t>(uid->uid), *message);
  }
  check_mod_sequence(fetch, message);
  if (message != nullptr) check_static_data(fetch, *message);
  for (const parser::MsgAtt& item : fetch.items) {
    if (item.kind == Kind::BodySection && item.data && !item.origin && !item.section.fields.empty()) {
      check_fields(item);
    }
  }
}

void Fetches::learn_uid(std::uint32_t number, std::uint32_t uid, ToldMessage& message) {
  if (message.uid == uid) return;
  if (message.uid != 0) {
    session_.reports.add(CheckId::UidIsStable, "another UID for the same message",
                         fmt::format("message {} had the UID {} and now has {}", number, message.uid, uid));
    message.facts.reset();
    message.uid = uid;
    return;
  }
  message.uid = uid;
  const std::uint32_t below = session_.messages.uid_below(number);
  const std::uint32_t above = session_.messages.uid_above(number);
  if (below >= uid || (above != 0 && above <= uid)) {
    session_.reports.add(
        CheckId::UidsAscend, "UIDs that do not ascend",
        fmt::format("message {} has the UID {}, and a neighbour has {}", number, uid, below >= uid ? below : above));
  }
  if (session_.messages.was_expunged(uid)) {
    session_.reports.add(CheckId::UidIsNotReused, "the UID of an expunged message",
                         fmt::format("message {} has the UID {}, which an expunged one had", number, uid));
  }
  selected_state_.on_uid(number, uid);
}

void Fetches::check_uid_is_there(std::uint32_t number, const parser::Fetch& fetch) {
  // An RFC 3501 server may tell flags that others changed, without UID, at any time.
  const bool only_flags = std::ranges::all_of(fetch.items, [](const parser::MsgAtt& item) {
    return item.kind == Kind::Flags || item.kind == Kind::ModSequence;
  });
  const auto& pending = session_.commands.pending();
  if (session_.commands.unsure_in_progress()) return;
  if (pending.size() == 1 && pending.front()->name.starts_with("UID ") && (session_.speaks_rev2() || !only_flags)) {
    session_.reports.add(
        CheckId::UidInUidCommandFetch, fmt::format("FETCH without UID during {}", pending.front()->name),
        fmt::format("a FETCH response for message {} without UID during {}", number, pending.front()->name));
    return;
  }
  const bool asked = std::ranges::any_of(pending, [](const auto& command) {
    return command->name.ends_with("FETCH") || command->name.ends_with("STORE");
  });
  if (asked || session_.commands.selecting()) return;
  session_.reports.add(CheckId::UnaskedFetchHasUid, "an unasked FETCH without UID",
                       fmt::format("a FETCH response for message {} that no command asked for has no UID", number));
}

void Fetches::check_mod_sequence(const parser::Fetch& fetch, ToldMessage* message) {
  const parser::MsgAtt* const item = find(fetch, Kind::ModSequence);
  const bool fetching = session_.commands.in_progress("FETCH") || session_.commands.in_progress("UID FETCH") ||
                        session_.commands.selecting() || session_.commands.unsure_in_progress();
  if (session_.enabled_qresync && !session_.no_mod_sequences && !fetching && find(fetch, Kind::Uid) == nullptr) {
    session_.reports.add(CheckId::UidInUntaggedFetch, "an unasked FETCH without UID after ENABLE QRESYNC",
                         fmt::format("a FETCH response for message {} that no FETCH asked for has no UID, though "
                                     "QRESYNC is enabled",
                                     static_cast<std::uint32_t>(fetch.number)));
  }
  if (item == nullptr) {
    if (!session_.condstore_aware || session_.no_mod_sequences || fetching || find(fetch, Kind::Flags) == nullptr) {
      return;
    }
    session_.reports.add(CheckId::ModseqInUntaggedFetch, "flags without MODSEQ",
                         "a FETCH response tells flags without MODSEQ after a CONDSTORE enabling command");
    return;
  }
  if (message == nullptr || session_.commands.selecting()) return;
  const std::uint64_t now = item->number;
  if (now < message->mod_sequence) {
    session_.reports.add(CheckId::ModseqDoesNotShrink, "MODSEQ became smaller",
                         fmt::format("the mod-sequence of message {} was {} and is {}",
                                     static_cast<std::uint32_t>(fetch.number), message->mod_sequence, now));
  }
  message->mod_sequence = now;
}

void Fetches::check_static_data(const parser::Fetch& fetch, ToldMessage& message) {
  const bool tells = std::ranges::any_of(fetch.items, [](const parser::MsgAtt& item) {
    return item.kind != Kind::Flags && item.kind != Kind::Uid && item.kind != Kind::ModSequence;
  });
  const bool known = message.uid != 0 && session_.uid_validity && !session_.mailbox.empty();
  if (tells && !session_.commands.selecting() && says_nothing(fetch.items)) {
    // So a message looks that was expunged and not told of yet, or one that is there and is shown wrongly.
    std::vector<Contradiction> among_nothing;
    if (message.doubtful == nullptr) message.doubtful = std::make_unique<MessageFacts>();
    message.doubtful->learn(fetch.items, session_.mode(), whole_binary(), among_nothing);
    doubts_ = true;
    return;
  }
  if ((!tells && !(known && message.facts != nullptr)) || session_.commands.selecting()) return;
  contradictions_.clear();
  const auto learn = [&](MessageFacts& facts) {
    if (tells && message.doubtful != nullptr) facts.merge(*message.doubtful, contradictions_);
    facts.learn(fetch.items, session_.mode(), whole_binary(), contradictions_);
  };
  if (known) {
    const auto look = session_.knowledge->look(session_.name_of(session_.mailbox), *session_.uid_validity, message.uid);
    if (look.facts != nullptr) {
      if (message.facts != nullptr) look.facts->merge(*message.facts, contradictions_);
      learn(*look.facts);
    }
    message.facts.reset();
  } else {
    if (message.facts == nullptr) message.facts = std::make_unique<MessageFacts>();
    learn(*message.facts);
  }
  if (tells) message.doubtful.reset();
  report(contradictions_);
}

void Fetches::on_completed(const SentCommand& command, const parser::StatusResponse& status) {
  const bool asked = command.name == "NOOP" && command.alone && status.status == parser::Status::Ok;
  if (asked && session_.selected && std::exchange(doubts_, false)) check_doubts();
}

void Fetches::check_doubts() {
  std::uint32_t number = 0;
  for (const ToldMessage& message : session_.messages.all()) {
    ++number;
    if (message.doubtful == nullptr) continue;
    std::vector<Contradiction> found;
    if (message.facts != nullptr) {
      found = message.facts->contradictions(*message.doubtful, session_.mode());
    } else if (message.uid != 0 && session_.uid_validity && !session_.mailbox.empty()) {
      const auto look =
          session_.knowledge->look(session_.name_of(session_.mailbox), *session_.uid_validity, message.uid);
      if (look.facts != nullptr) found = look.facts->contradictions(*message.doubtful, session_.mode());
    }
    if (found.empty()) continue;
    session_.reports.add(CheckId::EmptyAnswerIsOfAnExpungedMessage,
                         fmt::format("{} of nothing for a message that is there", found.front().item),
                         fmt::format("{} of message {} was said to be nothing, it had more before, and NOOP told of no "
                                     "EXPUNGE",
                                     found.front().item, number));
  }
}

bool Fetches::whole_binary() const {
  return std::ranges::all_of(session_.commands.pending(), [](const auto& command) {
    const auto* const asked = command->template as<parser::commands::Fetch>();
    if (asked == nullptr) return command->parsed.has_value();
    return std::ranges::none_of(asked->atts, [](const parser::FetchAtt& att) {
      return att.kind == parser::FetchAtt::Kind::Binary && att.partial;
    });
  });
}

void Fetches::report(const std::vector<Contradiction>& found) {
  for (const Contradiction& one : found) {
    switch (one.kind) {
      case Contradiction::Kind::Changed:
        session_.reports.add(CheckId::MessagesDoNotChange, fmt::format("another {} for the same message", one.item),
                             one.before == one.now ? fmt::format("{} of a message changed", one.item)
                                                   : fmt::format("{} of a message changed, from {} octets to {}",
                                                                 one.item, one.before, one.now));
        break;
      case Contradiction::Kind::Size:
        session_.reports.add(session_.reports.rev1() ? CheckId::SizeIsExact : CheckId::SizeIsInOctets,
                             "RFC822.SIZE is not the size of BODY[]",
                             fmt::format("RFC822.SIZE is {}, and BODY[] has {} octets", one.before, one.now));
        break;
      case Contradiction::Kind::Parts:
        session_.reports.add(
            CheckId::HeaderAndTextAreTheMessage, "BODY[HEADER] and BODY[TEXT] are not BODY[]",
            fmt::format("BODY[] has {} octets, and BODY[HEADER] and BODY[TEXT] have {}", one.before, one.now));
        break;
      case Contradiction::Kind::BinarySize:
        session_.reports.add(CheckId::BinarySizeMatches, "BINARY.SIZE is not the size of BINARY",
                             fmt::format("BINARY.SIZE is {}, and BINARY has {} octets", one.before, one.now));
        break;
    }
  }
}

void Fetches::check_fields(const parser::MsgAtt& item) {
  const bool excluding = item.section.text == parser::SectionText::HeaderFieldsNot;
  std::unordered_set<std::string> named;
  for (const parser::String& field : item.section.fields) named.insert(parser::to_upper(field.value()));
  const std::string data = item.data->value();
  std::string_view rest = data;
  while (!rest.empty()) {
    // A lone LF ends no line (RFC 5322 section 2.3).
    const std::size_t end = std::min(rest.find("\r\n"), rest.size());
    const std::string name = field_name(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 2, rest.size()));
    if (name.empty() || named.contains(name) != excluding) continue;
    session_.reports.add(
        excluding ? CheckId::NoExcludedFields : CheckId::OnlyNamedFields,
        excluding ? "HEADER.FIELDS.NOT with a field that it names" : "HEADER.FIELDS with a field that it does not name",
        fmt::format("the section has the field {}", parser::escape_octets(name.substr(0, 100))));
    return;
  }
}

}  // namespace imapspec::runner
