#include "tests/server/model/view.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <utility>

#include "parser/core/ascii.h"
#include "tests/server/model/disagreement.h"

namespace imapspec::server::model {

Flags flags_of(parser::List<parser::Flag> flags) {
  Flags names;
  for (const parser::Flag& flag : flags) {
    std::string name(flag.octets());
    std::transform(name.begin(), name.end(), name.begin(), [](char c) { return parser::to_lower(c); });
    names.insert(std::move(name));
  }
  return names;
}

std::vector<MailPtr> View::unannounced() const {
  const std::uint32_t last = entries.empty() ? 0 : entries.back().mail->uid;
  std::vector<MailPtr> found;
  for (const MailPtr& mail : box->mails) {
    if (mail->uid > last) found.push_back(mail);
  }
  return found;
}

bool View::contains(const parser::SequenceSet& set, bool uid, std::uint32_t number) const {
  if (set.is_last_result()) return saved.contains(mail(number).uid);
  const std::uint32_t largest = entries.empty() ? 0 : uid ? entries.back().mail->uid : size();
  const std::uint32_t mine = uid ? mail(number).uid : number;
  for (const parser::SeqRange& range : set.ranges()) {
    const std::uint32_t a = range.first.or_largest(largest);
    const std::uint32_t b = range.last.or_largest(largest);
    if (std::min(a, b) <= mine && mine <= std::max(a, b)) return true;
  }
  return false;
}

std::optional<Numbers> View::resolve(const parser::SequenceSet& set, bool uid) const {
  if (!uid) {
    for (const parser::SeqRange& range : set.ranges()) {
      for (const parser::SeqNumber& end : {range.first, range.last}) {
        const std::uint32_t number = end.or_largest(size());
        if (number == 0 || number > size()) return std::nullopt;
      }
    }
  }
  Numbers found;
  for (std::uint32_t number = 1; number <= size(); ++number) {
    if (contains(set, uid, number)) found.push_back(number);
  }
  return found;
}

void View::on_exists(std::uint32_t count) {
  const auto fresh = unannounced();
  require(count >= size(), fmt::format("EXISTS {} after {} messages", count, size()));
  require(count - size() <= fresh.size(), fmt::format("EXISTS {}, but only {} new messages", count, fresh.size()));
  for (std::size_t i = 0; size() < count; ++i) entries.push_back({fresh[i], fresh[i]->changes});
}

void View::on_expunge(std::uint32_t number) {
  require(number <= size(), fmt::format("EXPUNGE {} of {} messages", number, size()));
  require(mail(number).gone, fmt::format("EXPUNGE {}, but UID {} is still there", number, mail(number).uid));
  const std::uint32_t uid = mail(number).uid;
  entries.erase(entries.begin() + number - 1);
  saved.erase(uid);
}

void View::on_flags(parser::List<parser::Flag> flags) {
  applicable = flags_of(flags);
  for (const char* name : {"\\answered", "\\deleted", "\\draft", "\\flagged", "\\seen"}) {
    require(applicable.contains(name), fmt::format("FLAGS without {}", name));
  }
}

void View::on_fetch(const parser::Fetch& fetch) {
  using Kind = parser::MsgAtt::Kind;
  const auto number = static_cast<std::uint32_t>(fetch.number);
  require(number <= size(), fmt::format("FETCH {} of {} messages", number, size()));
  Entry& entry = this->entry(number);
  const Mail& mail = *entry.mail;
  for (const parser::MsgAtt& item : fetch.items) {
    if (item.kind == Kind::Uid) {
      require(
          static_cast<std::uint32_t>(item.uid) == mail.uid,
          fmt::format("UID {} of message {}, which has {}", static_cast<std::uint32_t>(item.uid), number, mail.uid));
    } else if (item.kind == Kind::Flags) {
      const Flags told = flags_of(item.flags);
      require(told == mail.flags, fmt::format("FETCH {}: flags ({}), but they are ({})", number, fmt::join(told, " "),
                                              fmt::join(mail.flags, " ")));
      for (const std::string& name : told) {
        require(applicable.contains(name), fmt::format("FETCH {}: {} is not in FLAGS", number, name));
      }
      entry.told = mail.changes;
    } else if (item.kind == Kind::Rfc822Size) {
      require(item.number == mail.octets.size(),
              fmt::format("FETCH {}: RFC822.SIZE is {}", number, mail.octets.size()));
    } else if (item.kind == Kind::BodySection && item.section == parser::Section() && !item.origin) {
      require(item.data && item.data->value() == mail.octets, fmt::format("FETCH {}: another BODY[]", number));
    } else if (item.kind == Kind::InternalDate && mail.date) {
      require(item.internal_date == *mail.date, fmt::format("FETCH {}: another INTERNALDATE", number));
    }
  }
}

void View::on_uid_validity(std::uint32_t validity) {
  box->learn(validity);
  saved.clear();
}

void View::require_all_told(bool with_expunges) const {
  const auto fresh = unannounced();
  require(fresh.empty(), fmt::format("{} new messages were not announced", fresh.size()));
  for (std::uint32_t number = 1; number <= size(); ++number) {
    const Entry& known = entries[number - 1];
    if (known.mail->gone) {
      require(!with_expunges, fmt::format("the expunge of message {} was not told", number));
    } else {
      require(known.told == known.mail->changes, fmt::format("the new flags of message {} were not told", number));
    }
  }
}

}  // namespace imapspec::server::model
