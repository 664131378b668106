// FETCH and UID FETCH (RFC 9051 section 6.4.5, RFC 7162 sections 3.1.4, 3.2.6)
#include <algorithm>
#include <limits>
#include <memory>
#include <optional>
#include <utility>
#include <variant>
#include <vector>

#include "parser/grammar/serialize.h"
#include "server/commands/handlers.h"
#include "server/commands/message_section.h"
#include "server/commands/message_structure.h"
#include "server/commands/resynchronize.h"

namespace imapspec::server::commands {

namespace {

using Att = parser::FetchAtt;
using Kind = parser::FetchAtt::Kind;

Att att(Kind kind) {
  Att result;
  result.kind = kind;
  return result;
}

// expand replaces a macro by what it stands for.
std::vector<Att> expand(parser::List<Att> atts, const FaultSet& faults) {
  std::vector<Att> expanded;
  for (const Att& wanted : atts) {
    if (wanted.kind != Kind::All && wanted.kind != Kind::Fast && wanted.kind != Kind::Full) {
      expanded.push_back(wanted);
      continue;
    }
    for (const Kind kind : {Kind::Flags, Kind::InternalDate, Kind::Rfc822Size}) expanded.push_back(att(kind));
    if (wanted.kind != Kind::Fast && !faults.has(Fault::AllWithoutEnvelope)) expanded.push_back(att(Kind::Envelope));
    if (wanted.kind == Kind::Full) expanded.push_back(att(Kind::Body));
  }
  return expanded;
}

bool wants(const std::vector<Att>& atts, Kind kind) {
  return std::any_of(atts.begin(), atts.end(), [kind](const Att& wanted) { return wanted.kind == kind; });
}

// Job sends one FETCH response a step, so that the output is never longer than one of them.
class Job {
 public:
  Job(Context& context, std::vector<parser::SequenceNumber> numbers, std::vector<Att> atts, bool uid_command,
      std::optional<std::uint64_t> changed_since)
      : context_(context),
        numbers_(std::move(numbers)),
        atts_(std::move(atts)),
        changed_since_(changed_since),
        uid_command_(uid_command) {
    with_mod_sequence_ = changed_since_ || wants(atts_, Kind::ModSequence);
    with_uid_ = wants(atts_, Kind::Uid) || context_.adds_uid(uid_command);
    sets_seen_ = std::any_of(atts_.begin(), atts_.end(), [this](const Att& wanted) { return sets_seen(wanted); });
    sets_seen_ = sets_seen_ && !context_.view->read_only();
  }

  std::optional<Completion> step() {
    if (next_ == numbers_.size()) return ok("FETCH completed");
    return respond(numbers_[next_++]);
  }

 private:
  [[nodiscard]] bool sets_seen(const Att& wanted) const {
    if (wanted.kind != Kind::BodySection && wanted.kind != Kind::Binary && wanted.kind != Kind::Rfc822 &&
        wanted.kind != Kind::Rfc822Text) {
      return false;
    }
    if (wanted.peek) return context_.faults.has(Fault::PeekSetsSeen);
    return !context_.faults.has(Fault::BodyDoesNotSetSeen);
  }

  std::optional<Completion> respond(parser::SequenceNumber number);
  std::optional<Completion> add(const Message& message, const Att& wanted, parser::ListBuilder<parser::MsgAtt>& items);
  void add_section(const Message& message, const Att& wanted, parser::MsgAtt& item);
  std::optional<Completion> add_binary(const Message& message, const Att& wanted, parser::MsgAtt& item);
  // cut puts a section's octets into an item, whole or in part.
  void cut(std::string_view octets, const std::optional<parser::Partial>& partial, parser::MsgAtt& item);
  // anatomy is valid until it is asked for another message's.
  mime::Anatomy& anatomy(const Message& message) { return context_.anatomy.of(message.octets); }
  void send(const parser::Fetch& fetch);

  Context& context_;
  std::vector<parser::SequenceNumber> numbers_;
  std::vector<Att> atts_;
  std::optional<std::uint64_t> changed_since_;
  bool uid_command_;
  bool with_uid_ = false;
  bool with_mod_sequence_ = false;
  bool sets_seen_ = false;
  std::size_t next_ = 0;

  // Of the response being made:
  parser::Arena arena_;
  std::size_t octets_ = 0;
};

std::optional<Completion> Job::respond(parser::SequenceNumber number) {
  MailboxView& view = *context_.view;
  Message& message = view.message(number);
  if (changed_since_ && message.mod_sequence <= *changed_since_ && !context_.faults.has(Fault::ChangedsinceIgnored)) {
    return std::nullopt;
  }
  arena_.reset();
  octets_ = 0;
  parser::ListBuilder<parser::MsgAtt> items(arena_);
  const bool replaced = message.expunged && context_.faults.has(Fault::ExpungedShowsAnother);
  const Message& shown = replaced ? view.message(parser::sequence_number(view.size())) : message;
  const bool seen_changes = sets_seen_ && !message.flags.has("\\Seen");
  // What it does to the flags is told as what others do is (RFC 7162 section 3.2.4).
  const bool tells_change = seen_changes && context_.condstore_enabled;
  if (with_uid_ || tells_change) {
    parser::MsgAtt uid;
    uid.kind = parser::MsgAtt::Kind::Uid;
    uid.uid = message.uid;
    items.push(uid);
  }
  for (const Att& wanted : atts_) {
    if (wanted.kind == Kind::Flags || wanted.kind == Kind::Uid || wanted.kind == Kind::ModSequence) continue;
    if (auto failed = add(shown, wanted, items)) return failed;
    if (octets_ > context_.options.limits.session_memory) return no(code("LIMIT"), "Response too long");
  }
  if (seen_changes) {
    FlagNames flags = message.flags;
    flags.add("\\Seen");
    view.mailbox().set_flags(message, flags);
  }
  if (seen_changes || wants(atts_, Kind::Flags)) {
    parser::MsgAtt flags;
    flags.kind = parser::MsgAtt::Kind::Flags;
    flags.flags = context_.flags_of(number, arena_);
    items.push(flags);
    view.told_flags(number);
    context_.send_keywords();
  }
  if (with_mod_sequence_ || tells_change) {
    parser::MsgAtt mod_sequence;
    mod_sequence.kind = parser::MsgAtt::Kind::ModSequence;
    mod_sequence.number = parser::Number64::nearest(message.mod_sequence);
    items.push(mod_sequence);
  }
  const bool misnumbered = uid_command_ && context_.faults.has(Fault::UidFetchNumbersAreUids);
  const parser::SequenceNumber told = misnumbered ? parser::SequenceNumber{parser::NzNumber{message.uid}} : number;
  send({told, items.list()});
  return std::nullopt;
}

void Job::send(const parser::Fetch& fetch) {
  if (context_.faults.has(Fault::LiteralCountShort)) {
    context_.replies.altered(fetch, "}\r\n", "}\r\nx");
  } else if (context_.faults.has(Fault::NonsyncLiteralSent)) {
    context_.replies.altered(fetch, "}\r\n", "+}\r\n");
  } else if (context_.faults.has(Fault::FetchWithTwoSpaces)) {
    context_.replies.altered(fetch, "FETCH (ENVELOPE", "FETCH  (ENVELOPE");
  } else if (context_.faults.has(Fault::FetchEndsWithSpace)) {
    context_.replies.altered(fetch, ")\r\n", " )\r\n");
  } else {
    context_.replies.send(fetch);
  }
}

std::optional<Completion> Job::add(const Message& message, const Att& wanted,
                                   parser::ListBuilder<parser::MsgAtt>& items) {
  parser::MsgAtt item;
  Structures structures(arena_, context_.profile, context_.faults);
  switch (wanted.kind) {
    case Kind::InternalDate:
      item.kind = parser::MsgAtt::Kind::InternalDate;
      item.internal_date = message.internal_date;
      if (wants(atts_, Kind::Flags) && context_.faults.has(Fault::InternaldateDrifts)) {
        item.internal_date = context_.store.now();
      }
      break;
    case Kind::Rfc822Size:
      item.kind = parser::MsgAtt::Kind::Rfc822Size;
      item.number =
          parser::Number64::nearest(message.octets->size() + (context_.faults.has(Fault::Rfc822SizeOff) ? 1 : 0));
      break;
    case Kind::Envelope:
      item.kind = parser::MsgAtt::Kind::Envelope;
      item.envelope = structures.envelope(anatomy(message).header());
      break;
    case Kind::Body:
    case Kind::BodyStructure: {
      const bool extensible = wanted.kind == Kind::BodyStructure;
      item.kind = extensible ? parser::MsgAtt::Kind::BodyStructure : parser::MsgAtt::Kind::Body;
      item.body = structures.body(anatomy(message).structure(), extensible);
      break;
    }
    case Kind::BodySection:
      add_section(message, wanted, item);
      break;
    case Kind::Binary:
    case Kind::BinarySize:
      if (auto failed = add_binary(message, wanted, item)) return failed;
      break;
    case Kind::Rfc822:
      item.kind = parser::MsgAtt::Kind::Rfc822;
      cut(*message.octets, std::nullopt, item);
      break;
    case Kind::Rfc822Header:
      item.kind = parser::MsgAtt::Kind::Rfc822Header;
      cut(anatomy(message).header(), std::nullopt, item);
      break;
    case Kind::Rfc822Text:
      item.kind = parser::MsgAtt::Kind::Rfc822Text;
      cut(anatomy(message).text(), std::nullopt, item);
      break;
    case Kind::Flags:
    case Kind::Uid:
    case Kind::All:
    case Kind::Fast:
    case Kind::Full:
    case Kind::ModSequence:
      return std::nullopt;  // elsewhere, or expanded
  }
  items.push(item);
  return std::nullopt;
}

void Job::cut(std::string_view octets, const std::optional<parser::Partial>& partial, parser::MsgAtt& item) {
  if (partial) {
    if (!context_.faults.has(Fault::PartialWithoutOrigin)) item.origin = static_cast<std::uint32_t>(partial->first);
    if (partial->first >= octets.size() && context_.faults.has(Fault::PartialPastEndNil)) return;
    parser::Partial range = *partial;
    if (context_.faults.has(Fault::PartialOffByOne)) range.first = parser::Number64::nearest(range.first + 1);
    octets = partial_of(octets, range);
  }
  octets_ += octets.size();
  item.data = parser::make_string(without_nul(octets, arena_), context_.profile, arena_);
}

void Job::add_section(const Message& message, const Att& wanted, parser::MsgAtt& item) {
  item.kind = parser::MsgAtt::Kind::BodySection;
  item.section = wanted.section;
  const auto octets = body_section(anatomy(message), wanted.section, context_.faults, arena_);
  if (octets) return cut(*octets, wanted.partial, item);
  if (wanted.partial) item.origin = static_cast<std::uint32_t>(wanted.partial->first);
}

std::optional<Completion> Job::add_binary(const Message& message, const Att& wanted, parser::MsgAtt& item) {
  item.section = wanted.section;
  auto decoded = binary_section(anatomy(message), wanted.section, context_.faults);
  if (decoded && context_.faults.has(Fault::BinaryNotDecoded)) {
    const auto body = body_section(anatomy(message), wanted.section, context_.faults, arena_);
    if (body) *decoded = std::string(*body);
  }
  if (!decoded) {
    if (decoded.error() == BinaryError::UnknownEncoding) return no(code("UNKNOWN-CTE"), "Unknown encoding");
    return no(code("CANNOT"), "Only parts without parts can be decoded");
  }
  if (wanted.kind == Kind::BinarySize) {
    if (!*decoded) return no(code("CANNOT"), "No such part");
    item.kind = parser::MsgAtt::Kind::BinarySize;
    item.number = parser::Number64::nearest((*decoded)->size() + (context_.faults.has(Fault::BinarySizeOff) ? 1 : 0));
    return std::nullopt;
  }
  item.kind = parser::MsgAtt::Kind::Binary;
  // Note: T38. The text of section 7.5.2 shows an origin; the grammar has none.
  if (!*decoded) return std::nullopt;
  const std::string_view range = wanted.partial ? partial_of(**decoded, *wanted.partial) : std::string_view(**decoded);
  char* kept = arena_.allocate<char>(range.size());
  std::copy(range.begin(), range.end(), kept);
  const std::string_view octets(kept, range.size());
  octets_ += octets.size();
  item.data = parser::make_string(octets, context_.profile, arena_);
  return std::nullopt;
}

// Modifiers is what stands in parentheses behind the items.
struct Modifiers {
  std::optional<std::uint64_t> changed_since;
  bool vanished = false;
};

std::optional<Modifiers> modifiers_of(const Context& context, const syntax::Fetch& command) {
  Modifiers modifiers;
  for (const parser::FetchModifier& modifier : command.modifiers) {
    if (const auto* since = std::get_if<parser::ChangedSince>(&modifier)) {
      modifiers.changed_since = since->mod_sequence;
    } else if (std::holds_alternative<parser::VanishedModifier>(modifier) && context.qresync_enabled) {
      modifiers.vanished = true;
    } else {
      return std::nullopt;
    }
  }
  return modifiers;
}

}  // namespace

Result fetch(Context& context, const syntax::Fetch& command) {
  const auto modifiers = modifiers_of(context, command);
  if (!modifiers) return bad("Unknown FETCH modifier, or one that was not enabled");
  auto atts = expand(command.atts, context.faults);
  const bool binary = wants(atts, Kind::Binary) || wants(atts, Kind::BinarySize);
  if (binary && !context.offers(parser::Extension::Binary)) return bad("BINARY is switched off");
  auto numbers = context.numbers(command.set, command.uid);
  if (!numbers) return numbers.error();
  for (const Att& wanted : command.atts) {
    // The origin in the response is a number of 32 bits (section 9, msg-att-static).
    if (wanted.partial && wanted.partial->first > std::numeric_limits<std::uint32_t>::max()) {
      return no(code("CANNOT"), "No message is that long");
    }
  }
  if (modifiers->changed_since || wants(atts, Kind::ModSequence)) context.enable_condstore();
  if (modifiers->vanished && !command.set.is_last_result()) {
    send_earlier(context, *modifiers->changed_since, {command.set, context.view->largest_uid(), context.faults});
  }
  auto job =
      std::make_shared<Job>(context, std::move(*numbers), std::move(atts), command.uid, modifiers->changed_since);
  context.steps = [job] { return job->step(); };
  return std::nullopt;
}

}  // namespace imapspec::server::commands
