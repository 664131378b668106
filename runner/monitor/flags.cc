#include "runner/monitor/flags.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

#include "parser/core/ascii.h"
#include "parser/grammar/parse.h"

namespace imapspec::runner {
namespace {

constexpr std::array<std::string_view, 5> kSystemFlags{"\\Answered", "\\Flagged", "\\Deleted", "\\Seen", "\\Draft"};
constexpr std::string_view kRecent = "\\Recent";
constexpr std::size_t kMostKeywords = 64;  // one bit each
constexpr std::size_t kMostStored = 4'096;

bool is_one_of(const auto& names, std::string_view name) {
  return std::ranges::any_of(names, [&](std::string_view one) { return parser::equal_ignoring_case(one, name); });
}

std::vector<std::string> sorted(parser::List<parser::Flag> flags) {
  std::vector<std::string> names;
  names.reserve(flags.size());
  for (const parser::Flag& flag : flags) names.push_back(parser::to_upper(flag));
  std::ranges::sort(names);
  return names;
}

}  // namespace

void Flags::check_names(parser::List<parser::Flag> flags, std::string_view where) {
  for (const std::string_view flag : flags) {
    if (!flag.starts_with('\\') || flag == "\\*" || is_one_of(kSystemFlags, flag)) continue;
    if (parser::equal_ignoring_case(flag, kRecent)) {
      session_.reports.add(CheckId::RecentFlag, fmt::format("\\Recent in {}", where),
                           fmt::format("\\Recent, which is deprecated, is in {}", where));
      continue;
    }
    session_.reports.add(CheckId::NoFlagExtensions, fmt::format("a flag extension in {}", where),
                         fmt::format("{} has {}, which no specification defines", where, parser::escape_octets(flag)));
  }
}

void Flags::on_flags(const parser::FlagsData& data) {
  session_.commands.tell(Told::Flags);
  check_names(data.flags, "FLAGS");
  announced_ = sorted(data.flags);
  told_again_ = told_ && !session_.commands.selecting();
  told_ = true;
  for (const std::string_view flag : kSystemFlags) {
    if (announced(flag)) continue;
    session_.reports.add(CheckId::FlagsNameTheSystemFlags, fmt::format("FLAGS without {}", flag),
                         fmt::format("FLAGS does not name {}", flag));
  }
}

bool Flags::announced(std::string_view flag) const {
  return std::ranges::binary_search(announced_, parser::to_upper(flag));
}

void Flags::on_permanent_flags(parser::List<parser::Flag> flags) {
  check_names(flags, "PERMANENTFLAGS");
  permanent_ = sorted(flags);
  told_permanent_ = true;
}

void Flags::on_sent(const SentCommand& command) {
  if (!command.name.ends_with("STORE")) return;
  // From now on a message may have others, and need not be told of.
  for (ToldMessage& message : session_.messages.all()) message.keywords = 0;
  stored_.clear();
  asked_.clear();
  const auto* const store = command.as<parser::commands::Store>();
  if (store != nullptr && size_of(store->set)) asked_ = ranges_of(store->set);
}

void Flags::on_fetch(const parser::Fetch& fetch) {
  for (const parser::MsgAtt& item : fetch.items) {
    if (item.kind != parser::MsgAtt::Kind::Flags) continue;
    check_names(item.flags, "FETCH");
    // While a mailbox is selected its FLAGS may be still to come.
    if (!told_ || session_.commands.selecting()) continue;
    learn_keywords(static_cast<std::uint32_t>(fetch.number), item.flags);
    on_stored_flags(fetch, item.flags);
    for (const std::string_view flag : item.flags) {
      if (flag.starts_with('\\') || announced(flag)) continue;
      session_.reports.add(CheckId::FlagsAreAnnounced, "a flag that FLAGS did not name",
                           fmt::format("a message has {}, which FLAGS did not name", flag));
    }
  }
}

void Flags::learn_keywords(std::uint32_t number, parser::List<parser::Flag> flags) {
  ToldMessage* const message = session_.messages.at(number);
  if (message == nullptr) return;
  message->keywords = 0;
  for (const std::string_view flag : flags) {
    if (flag.starts_with('\\')) continue;
    std::string name = parser::to_upper(flag);
    auto known = std::ranges::find(keywords_, name);
    if (known == keywords_.end()) {
      if (keywords_.size() == kMostKeywords) continue;
      known = keywords_.insert(known, std::move(name));
    }
    message->keywords |= std::uint64_t{1} << static_cast<unsigned>(known - keywords_.begin());
  }
}

void Flags::check_keywords() {
  std::uint64_t used = 0;
  for (const ToldMessage& message : session_.messages.all()) used |= message.keywords;
  for (std::size_t i = 0; i < keywords_.size(); ++i) {
    if ((used >> i & 1U) == 0 || announced(keywords_[i])) continue;
    session_.reports.add(CheckId::FlagsNameWhatMessagesHave, "FLAGS without a keyword that a message has",
                         fmt::format("FLAGS came again and does not name {}, which a message has", keywords_[i]));
  }
}

void Flags::on_stored_flags(const parser::Fetch& fetch, parser::List<parser::Flag> flags) {
  const SentCommand* const command = session_.commands.alone();
  const auto* const store = command != nullptr ? command->as<parser::commands::Store>() : nullptr;
  if (store == nullptr || store->silent || !store->modifiers.empty() || stored_.size() == kMostStored) return;
  const auto number = static_cast<std::uint32_t>(fetch.number);
  std::uint32_t named = number;
  if (store->uid) {
    const auto uid = std::ranges::find(fetch.items, parser::MsgAtt::Kind::Uid, &parser::MsgAtt::kind);
    if (uid == fetch.items.end()) return;
    named = static_cast<std::uint32_t>(uid->uid);
  }
  const auto after = std::ranges::upper_bound(asked_, named, {}, [](const auto& range) { return range.first; });
  if (after == asked_.begin() || std::prev(after)->second < named) return;
  bool& is_there = stored_[number];
  is_there = is_there || is_result(*store, flags);
}

// What PERMANENTFLAGS does not name may be ignored (section 7.1).
bool Flags::is_result(const parser::commands::Store& store, parser::List<parser::Flag> flags) const {
  using Operation = parser::commands::Store::Operation;
  const auto is_permanent = [&](std::string_view flag) {
    return std::ranges::binary_search(permanent_, parser::to_upper(flag));
  };
  const bool as_named = std::ranges::all_of(store.flags, [&](std::string_view flag) {
    return !is_permanent(flag) || is_one_of(flags, flag) == (store.operation != Operation::Remove);
  });
  return as_named && (store.operation != Operation::Replace || std::ranges::none_of(kSystemFlags, [&](auto flag) {
                        return is_permanent(flag) && is_one_of(flags, flag) && !is_one_of(store.flags, flag);
                      }));
}

void Flags::on_completed(const SentCommand& command, const parser::StatusResponse& status) {
  const bool ok = status.status == parser::Status::Ok;
  if (command.name.ends_with("STORE")) {
    const auto wrong = std::ranges::find(stored_, false, [](const auto& one) { return one.second; });
    if (ok && command.alone && wrong != stored_.end()) {
      session_.reports.add(
          CheckId::StoreTellsWhatItStored, "flags that are not the result of STORE",
          fmt::format("{} succeeded, and the flags told of message {} are not its result", command.name, wrong->first));
    }
    stored_.clear();
  }
  if (!session_.commands.pending().empty()) return;
  if (std::exchange(told_permanent_, false) && command.alone && told_) check_permanent();
  if (std::exchange(told_again_, false)) check_keywords();
  const bool selects = command.name == "SELECT" || command.name == "EXAMINE";
  if (selects && ok && !command.was_told(Told::PermanentFlags)) permanent_.clear();
}

void Flags::check_permanent() {
  for (const std::string& flag : permanent_) {
    if (flag == "\\*" || std::ranges::binary_search(announced_, flag)) continue;
    session_.reports.add(CheckId::PermanentFlagsAreKnown, "PERMANENTFLAGS with a flag that FLAGS does not name",
                         fmt::format("PERMANENTFLAGS has {}, which FLAGS does not name", flag));
  }
}

void Flags::on_closed() {
  told_ = told_again_ = told_permanent_ = false;
  announced_.clear();
  permanent_.clear();
  keywords_.clear();
  for (ToldMessage& message : session_.messages.all()) message.keywords = 0;
  stored_.clear();
}

}  // namespace imapspec::runner
