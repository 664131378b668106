// Dates as the wire has them; whether such a day exists is not the grammar's business.
//
// RFC 9051 section 9: date, date-time
#pragma once

#include <cstdint>
#include <expected>

#include "parser/core/cursor.h"
#include "parser/grammar/bounded.h"

namespace imapspec::parser {

using Year = Bounded<std::uint16_t, 0, 9999>;
using Month = Bounded<std::uint8_t, 1, 12>;
using TwoDigits = Bounded<std::uint8_t, 0, 99>;

struct Date {
  Year year;
  Month month;
  TwoDigits day;
  friend bool operator==(const Date&, const Date&) = default;
};

struct DateTime {
  Date date;
  TwoDigits hour;
  TwoDigits minute;
  TwoDigits second;
  Bounded<std::int16_t, -9999, 9999> zone;  // hhmm east of Greenwich, signed as written
  bool minus_zero = false;                  // "-0000", which is another way to write the zone "+0000"
  friend bool operator==(const DateTime&, const DateTime&) = default;
};

// date = date-text / DQUOTE date-text DQUOTE
std::expected<Date, Error> date(Cursor& in);

// date-time = DQUOTE date-day-fixed "-" date-month "-" date-year SP time SP zone DQUOTE
std::expected<DateTime, Error> date_time(Cursor& in);

}  // namespace imapspec::parser
