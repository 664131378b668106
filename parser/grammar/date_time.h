// Dates as the wire has them; whether such a day exists is not the grammar's business.
//
// RFC 9051 section 9: date, date-time
#pragma once

#include <cstdint>
#include <expected>

#include "parser/core/cursor.h"

namespace imapspec::parser {

struct Date {
  std::uint16_t year = 0;
  std::uint8_t month = 1;  // 1..12
  std::uint8_t day = 0;    // 0..99, as the grammar has it
  friend bool operator==(const Date&, const Date&) = default;
};

struct DateTime {
  Date date;
  std::uint8_t hour = 0;
  std::uint8_t minute = 0;
  std::uint8_t second = 0;
  std::int16_t zone = 0;    // hhmm east of Greenwich, signed as written
  bool minus_zero = false;  // "-0000", which is another way to write the zone "+0000"
  friend bool operator==(const DateTime&, const DateTime&) = default;
};

// date = date-text / DQUOTE date-text DQUOTE
std::expected<Date, Error> date(Cursor& in);

// date-time = DQUOTE date-day-fixed "-" date-month "-" date-year SP time SP zone DQUOTE
std::expected<DateTime, Error> date_time(Cursor& in);

}  // namespace imapspec::parser
