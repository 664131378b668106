#include "parser/grammar/date_time.h"

#include <array>

#include "parser/core/keyword.h"
#include "parser/grammar/char_class.h"

namespace imapspec::parser {

namespace {

// Note: L21. Any digits will do: "99-Feb-0000" is a date of the grammar.
std::expected<int, Error> fixed_digits(Cursor& in, int count, Name rule) {
  int value = 0;
  for (; count > 0; --count) {
    if (!is_digit(in.peek())) return in.fail(rule, "DIGIT");
    value = value * 10 + (in.peek() - '0');
    in.skip(1);
  }
  return value;
}

std::expected<TwoDigits, Error> two_digits(Cursor& in, Name rule) {
  IMAPSPEC_TRY(const int value, fixed_digits(in, 2, rule));
  return TwoDigits::nearest(value);
}

// date-day = 1*2DIGIT
//              ; Day of month
std::expected<TwoDigits, Error> date_day(Cursor& in) {
  Attempt attempt(in, "date-day");
  const int count = is_digit(in.peek()) && is_digit(in.peek(1)) ? 2 : 1;
  IMAPSPEC_TRY(const int day, fixed_digits(in, count, "date-day"));
  return attempt.accept(TwoDigits::nearest(day));
}

// date-day-fixed = (SP DIGIT) / 2DIGIT
//                    ; Fixed-format version of date-day
std::expected<TwoDigits, Error> date_day_fixed(Cursor& in) {
  Attempt attempt(in, "date-day-fixed");
  const bool one = in.take(' ');
  if (!one && !is_digit(in.peek())) return attempt.fail("SP or DIGIT");
  IMAPSPEC_TRY(const int day, fixed_digits(in, one ? 1 : 2, "date-day-fixed"));
  return attempt.accept(TwoDigits::nearest(day));
}

constexpr auto kMonths = std::to_array<Keyword<Month>>({
    {"Jan", 1},
    {"Feb", 2},
    {"Mar", 3},
    {"Apr", 4},
    {"May", 5},
    {"Jun", 6},
    {"Jul", 7},
    {"Aug", 8},
    {"Sep", 9},
    {"Oct", 10},
    {"Nov", 11},
    {"Dec", 12},
});

// date-month = "Jan" / "Feb" / "Mar" / "Apr" / "May" / "Jun" /
//              "Jul" / "Aug" / "Sep" / "Oct" / "Nov" / "Dec"
std::expected<Month, Error> date_month(Cursor& in) {
  Attempt attempt(in, "date-month");
  IMAPSPEC_TRY(const Month month, keyword_in_front(in, kMonths, "date-month", "the name of a month"));
  return attempt.accept(month);
}

// date-year = 4DIGIT
std::expected<Year, Error> date_year(Cursor& in) {
  Attempt attempt(in, "date-year");
  IMAPSPEC_TRY(const int year, fixed_digits(in, 4, "date-year"));
  return attempt.accept(Year::nearest(year));
}

// The end that date-text and date-time share: date-day has been read.
std::expected<Date, Error> month_and_year(Cursor& in, TwoDigits day, Name rule) {
  Date date;
  date.day = day;
  if (!in.take('-')) return in.fail(rule, "\"-\"");
  IMAPSPEC_TRY(date.month, date_month(in));
  if (!in.take('-')) return in.fail(rule, "\"-\"");
  IMAPSPEC_TRY(date.year, date_year(in));
  return date;
}

// date-text = date-day "-" date-month "-" date-year
std::expected<Date, Error> date_text(Cursor& in) {
  Attempt attempt(in, "date-text");
  IMAPSPEC_TRY(const TwoDigits day, date_day(in));
  IMAPSPEC_TRY(const Date result, month_and_year(in, day, "date-text"));
  return attempt.accept(result);
}

// time = 2DIGIT ":" 2DIGIT ":" 2DIGIT
//          ; Hours minutes seconds
std::expected<void, Error> time(Cursor& in, DateTime& result) {
  Attempt attempt(in, "time");
  IMAPSPEC_TRY(result.hour, two_digits(in, "time"));
  if (!in.take(':')) return attempt.fail("\":\"");
  IMAPSPEC_TRY(result.minute, two_digits(in, "time"));
  if (!in.take(':')) return attempt.fail("\":\"");
  IMAPSPEC_TRY(result.second, two_digits(in, "time"));
  return attempt.accept();
}

// zone = ("+" / "-") 4DIGIT
//          ; Signed four-digit value of hhmm representing
//          ; hours and minutes east of Greenwich
std::expected<void, Error> zone(Cursor& in, DateTime& result) {
  Attempt attempt(in, "zone");
  const bool west = in.peek() == '-';
  if (!west && in.peek() != '+') return attempt.fail("\"+\" or \"-\"");
  in.skip(1);
  IMAPSPEC_TRY(const int hhmm, fixed_digits(in, 4, "zone"));
  result.zone = decltype(result.zone)::nearest(west ? -hhmm : hhmm);
  result.minus_zero = west && hhmm == 0;
  return attempt.accept();
}

}  // namespace

// date = date-text / DQUOTE date-text DQUOTE
//
// Note: L22. A date may be quoted, a date-time must be.
std::expected<Date, Error> date(Cursor& in) {
  Attempt attempt(in, "date");
  const bool quoted = in.take('"');
  if (!quoted && !is_digit(in.peek())) return attempt.fail("date-text or DQUOTE");
  IMAPSPEC_TRY(const Date result, date_text(in));
  if (quoted && !in.take('"')) return attempt.fail("DQUOTE");
  return attempt.accept(result);
}

// date-time = DQUOTE date-day-fixed "-" date-month "-" date-year
//             SP time SP zone DQUOTE
std::expected<DateTime, Error> date_time(Cursor& in) {
  Attempt attempt(in, "date-time");
  DateTime result;
  if (!in.take('"')) return attempt.fail("DQUOTE");
  IMAPSPEC_TRY(const TwoDigits day, date_day_fixed(in));
  IMAPSPEC_TRY(result.date, month_and_year(in, day, "date-time"));
  if (!in.take(' ')) return attempt.fail("SP");
  IMAPSPEC_CHECK(time(in, result));
  if (!in.take(' ')) return attempt.fail("SP");
  IMAPSPEC_CHECK(zone(in, result));
  if (!in.take('"')) return attempt.fail("DQUOTE");
  return attempt.accept(result);
}

}  // namespace imapspec::parser
