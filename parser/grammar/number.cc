#include "parser/grammar/number.h"

#include <limits>

#include "parser/grammar/char_class.h"

namespace imapspec::parser {

namespace {

constexpr std::uint64_t kMostNumber = std::numeric_limits<std::uint32_t>::max();
constexpr std::uint64_t kMostNumber64 = std::numeric_limits<std::int64_t>::max();

// 1*DIGIT, or digit-nz *DIGIT where `nz`
//
// Note: L11, L12. The range is of the value, not of the digits: any number of leading zeros is
// a number, so digits are folded in one by one and the first to exceed `most` does not fit.
std::expected<std::uint64_t, Error> digits(Cursor& in, std::uint64_t most, bool nz, Name rule, Name range) {
  Attempt attempt(in, rule);
  if (nz && in.peek() == '0') return attempt.fail("digit-nz");
  const std::string_view rest = in.rest();
  std::uint64_t value = 0;
  std::size_t size = 0;
  for (; size < rest.size() && is_digit(static_cast<unsigned char>(rest[size])); ++size) {
    const auto digit = static_cast<std::uint64_t>(rest[size] - '0');
    if (value > (most - digit) / 10) return attempt.fail_at(attempt.start() + size, range, "L12");
    value = value * 10 + digit;
  }
  if (size == 0) return attempt.fail(nz ? Name("digit-nz") : Name("DIGIT"));
  in.skip(size);
  return attempt.accept(value);
}

constexpr Name kRange = "a number below 4294967296";
constexpr Name kRange64 = "a number up to 9223372036854775807";

}  // namespace

// number = 1*DIGIT
//            ; Unsigned 32-bit integer
//            ; (0 <= n < 4,294,967,296)
std::expected<std::uint32_t, Error> number(Cursor& in) {
  IMAPSPEC_TRY(const std::uint64_t value, digits(in, kMostNumber, false, "number", kRange));
  return static_cast<std::uint32_t>(value);
}

// nz-number = digit-nz *DIGIT
//               ; Non-zero unsigned 32-bit integer
//               ; (0 < n < 4,294,967,296)
std::expected<NzNumber, Error> nz_number(Cursor& in) {
  IMAPSPEC_TRY(const std::uint64_t value, digits(in, kMostNumber, true, "nz-number", kRange));
  return NzNumber::nearest(value);
}

// number64 = 1*DIGIT
//              ; Unsigned 63-bit integer
//              ; (0 <= n <= 9,223,372,036,854,775,807)
std::expected<Number64, Error> number64(Cursor& in) {
  IMAPSPEC_TRY(const std::uint64_t value, digits(in, kMostNumber64, false, "number64", kRange64));
  return Number64::nearest(value);
}

std::expected<Number64, Error> wide_number(Cursor& in, const Profile& profile) {
  if (profile.rev2) return number64(in);
  return number(in);
}

// nz-number64 = digit-nz *DIGIT
//                 ; Unsigned 63-bit integer
//                 ; (0 < n <= 9,223,372,036,854,775,807)
std::expected<NzNumber64, Error> nz_number64(Cursor& in) {
  IMAPSPEC_TRY(const std::uint64_t value, digits(in, kMostNumber64, true, "nz-number64", kRange64));
  return NzNumber64::nearest(value);
}

}  // namespace imapspec::parser
