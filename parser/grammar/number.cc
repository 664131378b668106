#include "parser/grammar/number.h"

#include <limits>

#include "parser/grammar/char_class.h"

namespace imapspec::parser {

namespace {

constexpr std::uint64_t kMostNumber = std::numeric_limits<std::uint32_t>::max();
constexpr std::uint64_t kMostNumber64 = std::numeric_limits<std::int64_t>::max();

// Note: L11, L12. The range is of the value, not of the digits: any number of leading zeros is
// a number, so digits are folded in one by one and the first to exceed `most` ends it.
std::expected<std::uint64_t, Error> digits(Cursor& in, std::uint64_t most, Name rule, Name range) {
  const std::size_t start = in.offset();
  const std::string_view rest = in.rest();
  std::uint64_t value = 0;
  std::size_t size = 0;
  for (; size < rest.size() && is_digit(static_cast<unsigned char>(rest[size])); ++size) {
    const auto digit = static_cast<std::uint64_t>(rest[size] - '0');
    if (value > (most - digit) / 10) return in.fail_at(start, rule, range);
    value = value * 10 + digit;
  }
  if (size == 0) return in.fail(rule, "DIGIT");
  in.skip(size);
  return value;
}

}  // namespace

// number = 1*DIGIT
//            ; Unsigned 32-bit integer
//            ; (0 <= n < 4,294,967,296)
std::expected<std::uint32_t, Error> number(Cursor& in) {
  IMAPSPEC_TRY(const std::uint64_t value, digits(in, kMostNumber, "number", "a number below 4294967296"));
  return static_cast<std::uint32_t>(value);
}

// nz-number = digit-nz *DIGIT
//               ; Non-zero unsigned 32-bit integer
//               ; (0 < n < 4,294,967,296)
std::expected<std::uint32_t, Error> nz_number(Cursor& in) {
  if (in.peek() == '0' || !is_digit(in.peek())) return in.fail("nz-number", "digit-nz");
  IMAPSPEC_TRY(const std::uint64_t value, digits(in, kMostNumber, "nz-number", "a number below 4294967296"));
  return static_cast<std::uint32_t>(value);
}

// number64 = 1*DIGIT
//              ; Unsigned 63-bit integer
//              ; (0 <= n <= 9,223,372,036,854,775,807)
std::expected<std::uint64_t, Error> number64(Cursor& in) {
  return digits(in, kMostNumber64, "number64", "a number up to 9223372036854775807");
}

// nz-number64 = digit-nz *DIGIT
//                 ; Unsigned 63-bit integer
//                 ; (0 < n <= 9,223,372,036,854,775,807)
std::expected<std::uint64_t, Error> nz_number64(Cursor& in) {
  if (in.peek() == '0' || !is_digit(in.peek())) return in.fail("nz-number64", "digit-nz");
  return digits(in, kMostNumber64, "nz-number64", "a number up to 9223372036854775807");
}

}  // namespace imapspec::parser
