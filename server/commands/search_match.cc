#include "server/commands/search_match.h"

#include <algorithm>
#include <array>
#include <tuple>

#include "parser/core/ascii.h"
#include "parser/grammar/char_class.h"
#include "server/mime/charset.h"
#include "server/mime/part.h"

namespace imapspec::server {

namespace {

using Kind = parser::SearchKey::Kind;

std::string lower(std::string_view text) {
  std::string result(text);
  std::transform(result.begin(), result.end(), result.begin(), [](char c) { return parser::to_lower(c); });
  return result;
}

auto order(const parser::Date& date) { return std::tuple(date.year, date.month, date.day); }

// sent_date reads a Date field "[day-of-week ,] day month year ..." (RFC 5322 section 3.3).
std::optional<parser::Date> sent_date(std::string_view value) {
  if (const std::size_t comma = value.find(','); comma != std::string_view::npos) value.remove_prefix(comma + 1);
  const auto next = [&value] {
    value.remove_prefix(std::min(value.find_first_not_of(" \t"), value.size()));
    const std::string_view word = value.substr(0, value.find_first_of(" \t"));
    value.remove_prefix(word.size());
    return word;
  };
  const auto number = [](std::string_view word) {
    unsigned total = 0;
    for (const char c : word) {
      if (!parser::is_digit(static_cast<unsigned char>(c)) || total > 9999) return 0U;
      total = total * 10 + static_cast<unsigned>(c - '0');
    }
    return total;
  };
  static constexpr std::array<std::string_view, 12> kMonths{"jan", "feb", "mar", "apr", "may", "jun",
                                                            "jul", "aug", "sep", "oct", "nov", "dec"};
  const unsigned day = number(next());
  const auto month = std::find(kMonths.begin(), kMonths.end(), lower(next()));
  unsigned year = number(next());
  if (day == 0 || day > 31 || month == kMonths.end() || year == 0 || year > 9999) return std::nullopt;
  if (year < 50) {  // obs-year (RFC 5322 section 4.3)
    year += 2000;
  } else if (year < 1000) {
    year += 1900;
  }
  parser::Date date;
  date.day = parser::TwoDigits::nearest(day);
  date.month = parser::Month::nearest(month - kMonths.begin() + 1);
  date.year = parser::Year::nearest(year);
  return date;
}

std::string_view flag_of(Kind kind) {
  switch (kind) {
    case Kind::Answered:
    case Kind::Unanswered:
      return "\\Answered";
    case Kind::Deleted:
    case Kind::Undeleted:
      return "\\Deleted";
    case Kind::Flagged:
    case Kind::Unflagged:
      return "\\Flagged";
    case Kind::Draft:
    case Kind::Undraft:
      return "\\Draft";
    default:
      return "\\Seen";
  }
}

std::string_view field_of(Kind kind) {
  switch (kind) {
    case Kind::Bcc:
      return "Bcc";
    case Kind::Cc:
      return "Cc";
    case Kind::From:
      return "From";
    case Kind::Subject:
      return "Subject";
    default:
      return "To";
  }
}

}  // namespace

Matcher::Matcher(const parser::SearchKey& key, std::string_view charset, const MailboxView& view,
                 const FaultSet& faults)
    : kind_(key.kind),
      field_(key.field.value()),
      text_(mime::to_utf8(key.text.value(), charset).value_or(""), faults),
      date_(key.date),
      number_(key.mod_sequence != nullptr ? key.mod_sequence->mod_sequence : key.number),
      keyword_(key.keyword.octets()),
      view_(&view),
      faults_(faults) {
  if (kind_ == Kind::Uid || kind_ == Kind::SequenceSet) {
    if (key.set.is_last_result()) {
      saved_ = view.saved();
    } else {
      set_.emplace(key.set, kind_ == Kind::Uid ? view.largest_uid() : view.size(), faults);
    }
  }
  inferiors_.reserve(key.keys.size());
  for (const parser::SearchKey& inferior : key.keys) inferiors_.emplace_back(inferior, charset, view, faults);
}

bool Matcher::matches(parser::SequenceNumber number, const Message& message) const {
  const auto match = [&](const Matcher& inferior) { return inferior.matches(number, message); };
  switch (kind_) {
    case Kind::All:
      return true;
    case Kind::Recent:
      return view_->is_recent(number);
    case Kind::Old:
      return !view_->is_recent(number);
    case Kind::New:
      return view_->is_recent(number) && !message.flags.has("\\Seen");
    case Kind::ModSequence:
      return message.mod_sequence >= number_;  // flags have none of their own (RFC 7162 section 3.1.5)
    case Kind::Answered:
    case Kind::Deleted:
    case Kind::Flagged:
    case Kind::Seen:
    case Kind::Draft:
      return message.flags.has(flag_of(kind_));
    case Kind::Unanswered:
    case Kind::Undeleted:
    case Kind::Unflagged:
    case Kind::Unseen:
    case Kind::Undraft:
      return !message.flags.has(flag_of(kind_));
    case Kind::Keyword:
      return message.flags.has(keyword_);
    case Kind::Unkeyword:
      return !message.flags.has(keyword_);
    case Kind::Bcc:
    case Kind::Body:
    case Kind::Cc:
    case Kind::From:
    case Kind::Subject:
    case Kind::Text:
    case Kind::To:
    case Kind::Header:
      return matches_text(message);
    case Kind::Before:
      return order(message.internal_date.date) < order(date_);
    case Kind::On:
      return order(message.internal_date.date) == order(date_);
    case Kind::Since:
      return order(message.internal_date.date) >= order(date_);
    case Kind::SentBefore:
    case Kind::SentOn:
    case Kind::SentSince:
      return matches_sent(message);
    case Kind::Larger:
      return message.octets->size() + (faults_.has(Fault::SearchLargerInclusive) ? 1 : 0) > number_;
    case Kind::Smaller:
      return message.octets->size() < number_ + (faults_.has(Fault::SearchSmallerInclusive) ? 1 : 0);
    case Kind::Uid:
    case Kind::SequenceSet: {
      const auto uid = static_cast<std::uint32_t>(message.uid);
      if (saved_) return std::binary_search(saved_->begin(), saved_->end(), uid);
      return set_->contains(kind_ == Kind::Uid ? uid : static_cast<std::uint32_t>(number));
    }
    case Kind::Not:
      return match(inferiors_.front()) == faults_.has(Fault::SearchNotIgnored);
    case Kind::Or:
      if (faults_.has(Fault::SearchOrIntersects)) return std::all_of(inferiors_.begin(), inferiors_.end(), match);
      return std::any_of(inferiors_.begin(), inferiors_.end(), match);
    case Kind::And:
      return std::all_of(inferiors_.begin(), inferiors_.end(), match);
  }
  return false;
}

bool Matcher::matches_text(const Message& message) const {
  const std::string_view octets = *message.octets;
  if (kind_ == Kind::Body) return text_.in_body(mime::parse_message(octets));
  if (kind_ == Kind::Text) return text_.in_message(mime::parse_message(octets));
  const std::string_view name = kind_ == Kind::Header ? std::string_view(field_) : field_of(kind_);
  return text_.in_fields(octets.substr(0, mime::header_octets(octets)), name);
}

bool Matcher::matches_sent(const Message& message) const {
  const std::string_view octets = *message.octets;
  const auto value = mime::field_value(mime::fields(octets.substr(0, mime::header_octets(octets))), "Date");
  auto date = sent_date(value.value_or(""));
  if (faults_.has(Fault::SearchSentIsInternal)) date = message.internal_date.date;
  if (!date) return false;
  if (kind_ == Kind::SentBefore) return order(*date) < order(date_);
  if (kind_ == Kind::SentOn) return order(*date) == order(date_);
  return order(*date) >= order(date_);
}

}  // namespace imapspec::server
