#include "runner/record/mailbox_model.h"

#include <algorithm>
#include <iterator>
#include <variant>

#include "parser/core/ascii.h"
#include "runner/record/command_pieces.h"

namespace imapspec::runner {
namespace {

// A server can claim any number; a model of so many messages helps nobody.
constexpr std::uint32_t kMostMessages = 2'000;

const parser::ResponseCode* code_of(const parser::StatusResponse& status) {
  return status.text.code && status.text.code->is("COPYUID") ? &*status.text.code : nullptr;
}

bool is_whole(const parser::MsgAtt& item) {
  return item.section.part.empty() && item.section.text == parser::SectionText::Whole && !item.origin;
}

std::set<std::string> flag_set(parser::List<parser::Flag> flags) {
  std::set<std::string> set;
  for (const std::string_view flag : flags) {
    if (!parser::equal_ignoring_case(flag, "\\Recent")) set.emplace(flag);
  }
  return set;
}

// The words of a flag list, as STORE has them.
std::set<std::string> words_of(std::string_view text) {
  std::set<std::string> words;
  std::string word;
  for (const char octet : text) {
    if (octet == ' ' || octet == '(' || octet == ')') {
      if (!word.empty()) words.insert(std::exchange(word, {}));
    } else {
      word += octet;
    }
  }
  if (!word.empty()) words.insert(word);
  return words;
}

// The flags that a command may set, and that its own responses then show.
std::set<std::string> stored_by(const Turn& turn, const std::vector<Argument>& arguments) {
  const std::string& name = turn.said->name;
  if (name.ends_with("STORE") && arguments.size() > 2) return words_of(arguments.back().value);
  if (!name.ends_with("FETCH") || arguments.size() < 2) return {};
  std::string items = arguments[1].value;
  for (char& octet : items) octet = parser::to_upper(octet);
  for (const std::string_view text : {"BODY[", "BINARY[", "RFC822 ", "RFC822)", "RFC822.TEXT"}) {
    if ((items + ' ').find(text) != std::string::npos) return {"\\Seen"};
  }
  return {};
}

void resize(KnownMailbox::Messages& messages, std::uint32_t count) {
  while (messages.size() < std::min(count, kMostMessages)) messages.push_back(std::make_shared<KnownMessage>());
}

// The first of those at the end that EXISTS told of, and nobody is known to have added.
KnownMailbox::Messages::iterator first_unclaimed(KnownMailbox::Messages& messages) {
  auto place = messages.end();
  while (place != messages.begin() && (*std::prev(place))->unclaimed) --place;
  return place;
}

std::optional<std::uint32_t> one_uid(const parser::SequenceSet& set) {
  if (set.ranges().size() != 1) return std::nullopt;
  const parser::SeqRange& range = set.ranges().front();
  if (range.first != range.last || !range.first.number) return std::nullopt;
  return std::uint32_t{*range.first.number};
}

}  // namespace

std::string mailbox_name(std::string_view argument) {
  return parser::equal_ignoring_case(argument, "INBOX") ? "INBOX" : std::string(argument);
}

bool knows_command(std::string_view name, const std::vector<Argument>& arguments) {
  static const std::set<std::string_view> kWithoutMailbox = {
      "CAPABILITY", "NOOP",       "LOGOUT", "STARTTLS", "AUTHENTICATE", "LOGIN",     "ENABLE",        "LIST",
      "LSUB",       "NAMESPACE",  "IDLE",   "CHECK",    "CLOSE",        "UNSELECT",  "EXPUNGE",       "FETCH",
      "STORE",      "SEARCH",     "SORT",   "THREAD",   "UID EXPUNGE",  "UID FETCH", "UID STORE",     "UID SEARCH",
      "UID SORT",   "UID THREAD", "ID",     "COMPRESS", "GETQUOTA",     "LANGUAGE",  "UNAUTHENTICATE"};
  if (kWithoutMailbox.contains(name)) return true;
  const auto places = mailbox_arguments(name, arguments);
  // The annotations of no mailbox are the server's (RFC 5464 section 4.3).
  const bool is_servers = !places.empty() && places.front() < arguments.size() &&
                          arguments[places.front()].value.empty() && name == "SETMETADATA";
  return !places.empty() && !is_servers;
}

std::vector<std::size_t> mailbox_arguments(std::string_view name, const std::vector<Argument>& arguments) {
  static const std::set<std::string_view> kFirst = {
      "SELECT", "EXAMINE", "CREATE",   "DELETE",     "SUBSCRIBE", "STATUS",       "APPEND",     "UNSUBSCRIBE",
      "GETACL", "SETACL",  "MYRIGHTS", "LISTRIGHTS", "DELETEACL", "GETQUOTAROOT", "SETMETADATA"};
  static const std::set<std::string_view> kSecond = {"COPY", "MOVE", "REPLACE", "UID COPY", "UID MOVE", "UID REPLACE"};
  if (kFirst.contains(name)) return {0};
  if (kSecond.contains(name)) return {1};
  if (name == "RENAME") return {0, 1};
  // Its options may come first (RFC 5464 section 4.2).
  if (name == "GETMETADATA") {
    return {!arguments.empty() && arguments.front().form == Argument::Form::List ? std::size_t{1} : std::size_t{0}};
  }
  return {};
}

bool is_select(std::string_view name) { return name == "SELECT" || name == "EXAMINE"; }

KnownMailbox& MailboxModel::there(const std::string& name) {
  KnownMailbox& mailbox = mailboxes_[name];
  if (!mailbox.created) mailbox.existed = true;
  return mailbox;
}

const KnownMessage* MailboxModel::fetched(const parser::Fetch& fetch) const {
  const auto found = fetched_.find(&fetch);
  return found == fetched_.end() ? nullptr : found->second.get();
}

void MailboxModel::on_turn(const Turn& turn, std::size_t connection) {
  view_ = &views_[connection];
  follow(turn);
  selected_after_[&turn] = view_->selected;
}

// Whatever was added in the recording was not there before.
void MailboxModel::count(KnownMailbox& mailbox, std::uint64_t messages) {
  if (mailbox.counted) return;
  mailbox.counted = true;
  const std::uint64_t all = std::min<std::uint64_t>(messages, kMostMessages);
  resize(mailbox.before, static_cast<std::uint32_t>(all - std::min<std::uint64_t>(all, mailbox.now.size())));
  mailbox.now.insert(mailbox.now.begin(), mailbox.before.begin(), mailbox.before.end());
}

void MailboxModel::follow(const Turn& turn) {
  const std::string& name = turn.said->name;
  const auto arguments = command_arguments(turn.said->octets, name);
  std::vector<std::string> names;
  for (const std::size_t place : mailbox_arguments(name, arguments)) {
    if (place < arguments.size()) names.push_back(mailbox_name(arguments[place].value));
  }
  if (const auto flags = stored_by(turn, arguments); !flags.empty()) {
    for (const auto& message : view_->messages) {
      if (!message->flags) message->stored.insert(flags.begin(), flags.end());
    }
  }
  if (is_select(name) && !names.empty()) return on_select(turn, names.front());
  for (const parser::Response* response : turn.responses) on_response(*response);
  if (name == "SEARCH" || name == "UID SEARCH") on_search(turn);
  if (!turn.ok()) return;
  if (name == "CLOSE" || name == "UNSELECT" || name == "LOGOUT") *view_ = {};
  if (names.empty()) return;
  if (name == "CREATE") {
    KnownMailbox& mailbox = mailboxes_[names.front()];
    if (!mailbox.existed) mailbox.created = true;
    mailbox.counted = true;
  } else if (name == "DELETE") {
    there(names.front()).now.clear();
  } else if (name == "RENAME" && names.size() == 2) {
    KnownMailbox& to = mailboxes_[names[1]];
    to.created = to.created || !to.existed;
    to.counted = true;
    to.now = there(names.front()).now;
    there(names.front()).now.clear();
  } else if (name == "APPEND" || name.ends_with("REPLACE")) {
    const auto literals = literals_of(turn.said->octets);
    on_append(turn, names.front(), literals.empty() ? "" : literals.back().octets);
  } else if (name.ends_with("COPY") || name.ends_with("MOVE")) {
    on_copy(turn, names.front());
  } else if (name == "STATUS" || (name.ends_with("METADATA") && !names.front().empty())) {
    there(names.front());
  }
}

void MailboxModel::on_select(const Turn& turn, const std::string& name) {
  *view_ = {};
  if (!turn.ok()) return;
  view_->selected = name;
  KnownMailbox& mailbox = there(name);
  for (const parser::Response* response : turn.responses) {
    const auto* exists = std::get_if<parser::Exists>(response);
    if (exists == nullptr) continue;
    count(mailbox, exists->count);
    resize(mailbox.now, exists->count);
    if (mailbox.now.size() > exists->count) mailbox.now.resize(exists->count);
  }
  view_->messages = mailbox.now;
  for (const parser::Response* response : turn.responses) {
    if (std::holds_alternative<parser::Fetch>(*response)) on_response(*response);
  }
}

void MailboxModel::on_response(const parser::Response& response) {
  if (const auto* status = std::get_if<parser::StatusData>(&response)) {
    const std::string name = status->mailbox.value();
    KnownMailbox& mailbox = there(name);
    for (const parser::StatusAttVal& value : status->values) {
      if (value.att == parser::StatusAtt::Messages) count(mailbox, value.value);
    }
  }
  if (view_->selected.empty()) return;
  if (const auto* exists = std::get_if<parser::Exists>(&response)) {
    grow(exists->count);
  } else if (const auto* expunge = std::get_if<parser::Expunge>(&response)) {
    const auto number = static_cast<std::uint32_t>(expunge->number);
    KnownMailbox::Messages& seen = view_->messages;
    if (number > seen.size()) return;
    const auto gone = seen.begin() + static_cast<std::ptrdiff_t>(number - 1);
    std::erase(mailboxes_[view_->selected].now, *gone);  // unless another connection was told before
    seen.erase(gone);
  } else if (const auto* fetch = std::get_if<parser::Fetch>(&response)) {
    on_fetch(*fetch);
  }
}

// What came into the mailbox came by another connection that was recorded, or from elsewhere.
void MailboxModel::grow(std::uint32_t count) {
  KnownMailbox::Messages& seen = view_->messages;
  const std::size_t size = std::min(count, kMostMessages);
  if (seen.size() >= size) return;
  KnownMailbox::Messages& now = mailboxes_[view_->selected].now;
  const std::set<std::shared_ptr<KnownMessage>> known(seen.begin(), seen.end());
  for (std::size_t i = 0; i < now.size() && seen.size() < size; ++i) {
    if (!known.contains(now[i])) seen.push_back(now[i]);
  }
  while (seen.size() < size) {
    const auto& message = seen.emplace_back(std::make_shared<KnownMessage>());
    message->unclaimed = true;
    if (now.size() < kMostMessages) now.push_back(message);
  }
}

void MailboxModel::on_fetch(const parser::Fetch& fetch) {
  const auto number = static_cast<std::uint32_t>(fetch.number);
  if (number > view_->messages.size()) return;
  const std::shared_ptr<KnownMessage>& known = view_->messages[number - 1];
  fetched_[&fetch] = known;
  using Kind = parser::MsgAtt::Kind;
  for (const parser::MsgAtt& item : fetch.items) {
    if (item.kind == Kind::Uid && !known->uid) known->uid = static_cast<std::uint32_t>(item.uid);
    if (item.kind == Kind::Rfc822Size) known->size = std::uint64_t{item.number};
    if (item.kind == Kind::Flags && !known->flags) {
      known->flags = flag_set(item.flags);
      for (const std::string& flag : known->stored) known->flags->erase(flag);
    }
    const bool whole = item.kind == Kind::Rfc822 || (item.kind == Kind::BodySection && is_whole(item));
    if (whole && item.data && !known->octets) known->octets = item.data->value();
  }
}

void MailboxModel::on_search(const Turn& turn) {
  if (view_->selected.empty() || turn.said->name != "UID SEARCH") return;
  const KnownMailbox::Messages& now = view_->messages;
  for (const parser::Response* response : turn.responses) {
    const auto* found = std::get_if<parser::SearchData>(response);
    // All of them: then they are in order.
    if (found == nullptr || found->numbers.size() != now.size()) continue;
    std::vector<std::uint32_t> uids(found->numbers.begin(), found->numbers.end());
    std::ranges::sort(uids);
    for (std::size_t i = 0; i < now.size(); ++i) {
      if (!now[i]->uid) now[i]->uid = uids[i];
    }
  }
}

void MailboxModel::on_append(const Turn& turn, const std::string& name, std::string octets) {
  KnownMailbox& mailbox = there(name);
  auto message = std::make_shared<KnownMessage>();
  message->octets = std::move(octets);
  message->flags.emplace();
  if (turn.completion->text.code && turn.completion->text.code->is("APPENDUID")) {
    message->uid = one_uid(turn.completion->text.code->uids);
  }
  // Where a connection has the mailbox selected, EXISTS may have told of it already.
  const auto place = std::find_if(first_unclaimed(mailbox.now), mailbox.now.end(), [&](const auto& one) {
    return !one->octets && (!one->uid || !message->uid || one->uid == message->uid);
  });
  if (place != mailbox.now.end()) {
    **place = *message;
  } else if (mailbox.now.size() < kMostMessages) {
    mailbox.now.push_back(std::move(message));
  }
}

// What was copied is as unknown as where it came from, but it is there.
void MailboxModel::on_copy(const Turn& turn, const std::string& name) {
  KnownMailbox& mailbox = there(name);
  const parser::ResponseCode* code = code_of(*turn.completion);
  for (const parser::Response* response : turn.responses) {
    const auto* status = std::get_if<parser::StatusResponse>(response);
    if (status != nullptr && code_of(*status) != nullptr) code = code_of(*status);
  }
  if (code == nullptr) return;
  for (const parser::SeqRange& range : code->uids.ranges()) {
    const std::uint32_t first = range.first.or_largest(1);
    const std::uint32_t last = range.last.or_largest(1);
    const std::uint64_t added = std::uint64_t{std::max(first, last)} - std::min(first, last) + 1;
    auto place = first_unclaimed(mailbox.now);
    for (std::uint64_t i = 0; i < added; ++i) {
      if (place == mailbox.now.end()) {
        if (mailbox.now.size() >= kMostMessages) break;
        mailbox.now.push_back(std::make_shared<KnownMessage>());
        place = std::prev(mailbox.now.end());
      }
      (*place)->unclaimed = false;
      (*place)->copied = true;
      ++place;
    }
  }
}

}  // namespace imapspec::runner
