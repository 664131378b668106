#include "parser/grammar/date_time.h"

#include <array>

#include "parser/core/keyword.h"
#include "parser/grammar/char_class.h"

namespace imapspec::parser {

namespace {

// Note: L21. Any digits will do: "99-Feb-0000" is a date of the grammar.
template <class T>
std::expected<T, Error> fixed_digits(Cursor& in, int count, Name rule) {
  int value = 0;
  for (; count > 0; --count) {
    if (!is_digit(in.peek())) return in.fail(rule, "DIGIT");
    value = value * 10 + (in.peek() - '0');
    in.skip(1);
  }
  return static_cast<T>(value);
}

// date-day = 1*2DIGIT
//              ; Day of month
std::expected<std::uint8_t, Error> date_day(Cursor& in) {
  return fixed_digits<std::uint8_t>(in, is_digit(in.peek()) && is_digit(in.peek(1)) ? 2 : 1, "date-day");
}

// date-day-fixed = (SP DIGIT) / 2DIGIT
//                    ; Fixed-format version of date-day
std::expected<std::uint8_t, Error> date_day_fixed(Cursor& in) {
  if (in.take(' ')) return fixed_digits<std::uint8_t>(in, 1, "date-day-fixed");
  if (!is_digit(in.peek())) return in.fail("date-day-fixed", "SP or DIGIT");
  return fixed_digits<std::uint8_t>(in, 2, "date-day-fixed");
}

// date-month = "Jan" / "Feb" / "Mar" / "Apr" / "May" / "Jun" /
//              "Jul" / "Aug" / "Sep" / "Oct" / "Nov" / "Dec"
std::expected<std::uint8_t, Error> date_month(Cursor& in) {
  constexpr std::array<std::string_view, 12> kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                     "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  for (std::uint8_t month = 0; month < kMonths.size(); ++month) {
    if (in.take_word(kMonths[month])) return static_cast<std::uint8_t>(month + 1);
  }
  for (const std::string_view month : kMonths) {
    if (ends_inside(in.rest(), month)) return in.fail_at(in.octets().size(), "date-month", "the name of a month");
  }
  return in.fail("date-month", "the name of a month");
}

// The end that date-text and date-time share: date-day has been read.
//
// date-year = 4DIGIT
std::expected<Date, Error> month_and_year(Cursor& in, std::uint8_t day, Name rule) {
  Date date;
  date.day = day;
  if (!in.take('-')) return in.fail(rule, "\"-\"");
  IMAPSPEC_TRY(date.month, date_month(in));
  if (!in.take('-')) return in.fail(rule, "\"-\"");
  IMAPSPEC_TRY(date.year, fixed_digits<std::uint16_t>(in, 4, "date-year"));
  return date;
}

// date-text = date-day "-" date-month "-" date-year
std::expected<Date, Error> date_text(Cursor& in) {
  IMAPSPEC_TRY(const std::uint8_t day, date_day(in));
  return month_and_year(in, day, "date-text");
}

// time = 2DIGIT ":" 2DIGIT ":" 2DIGIT
//          ; Hours minutes seconds
std::expected<void, Error> time(Cursor& in, DateTime& result) {
  IMAPSPEC_TRY(result.hour, fixed_digits<std::uint8_t>(in, 2, "time"));
  if (!in.take(':')) return in.fail("time", "\":\"");
  IMAPSPEC_TRY(result.minute, fixed_digits<std::uint8_t>(in, 2, "time"));
  if (!in.take(':')) return in.fail("time", "\":\"");
  IMAPSPEC_TRY(result.second, fixed_digits<std::uint8_t>(in, 2, "time"));
  return {};
}

// zone = ("+" / "-") 4DIGIT
//          ; Signed four-digit value of hhmm representing
//          ; hours and minutes east of Greenwich
std::expected<std::int16_t, Error> zone(Cursor& in) {
  const bool west = in.peek() == '-';
  if (!west && in.peek() != '+') return in.fail("zone", "\"+\" or \"-\"");
  in.skip(1);
  IMAPSPEC_TRY(const std::int16_t hhmm, fixed_digits<std::int16_t>(in, 4, "zone"));
  return static_cast<std::int16_t>(west ? -hhmm : hhmm);
}

}  // namespace

// date = date-text / DQUOTE date-text DQUOTE
//
// Note: L22. A date may be quoted, a date-time must be.
std::expected<Date, Error> date(Cursor& in) {
  Attempt attempt(in, "date");
  const bool quoted = in.take('"');
  if (!quoted && !is_digit(in.peek())) return in.fail("date", "date-text or DQUOTE");
  IMAPSPEC_TRY(const Date result, date_text(in));
  if (quoted && !in.take('"')) return in.fail("date", "DQUOTE");
  return attempt.accept(result);
}

// date-time = DQUOTE date-day-fixed "-" date-month "-" date-year
//             SP time SP zone DQUOTE
std::expected<DateTime, Error> date_time(Cursor& in) {
  Attempt attempt(in, "date-time");
  DateTime result;
  if (!in.take('"')) return in.fail("date-time", "DQUOTE");
  IMAPSPEC_TRY(const std::uint8_t day, date_day_fixed(in));
  IMAPSPEC_TRY(result.date, month_and_year(in, day, "date-time"));
  if (!in.take(' ')) return in.fail("date-time", "SP");
  if (auto outcome = time(in, result); !outcome) return std::unexpected(outcome.error());
  if (!in.take(' ')) return in.fail("date-time", "SP");
  IMAPSPEC_TRY(result.zone, zone(in));
  if (!in.take('"')) return in.fail("date-time", "DQUOTE");
  return attempt.accept(result);
}

}  // namespace imapspec::parser
