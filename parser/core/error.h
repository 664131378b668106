// Outcomes of parsing, as small values.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace imapspec::parser {

// Name is the name of a grammar rule, of something expected or of a resolution: a string
// literal, so an Error stays small and trivially copyable and needs no table of ids.
class Name {
 public:
  Name() = default;
  // The array form admits literals and nothing that could die before the Error does.
  template <std::size_t N>
  consteval Name(const char (&literal)[N]) : text_(literal) {}  // NOLINT(google-explicit-constructor)

  [[nodiscard]] constexpr std::string_view text() const { return text_; }
  [[nodiscard]] constexpr bool empty() const { return *text_ == '\0'; }
  friend constexpr bool operator==(const Name& a, const Name& b) { return a.text() == b.text(); }

 private:
  const char* text_ = "";
};

// ErrorKind says what a failure means to the caller.
enum class ErrorKind : std::uint8_t {
  Incomplete,      // the octets end where more were needed; every octet so far may be right
  LiteralPending,  // the octets end right after a literal's announcement
  Invalid,         // no continuation of these octets is in the grammar
  LimitExceeded,   // one of our own limits, never a statement about the grammar
};

// Error is why a rule did not match.
struct Error {
  ErrorKind kind = ErrorKind::Invalid;
  Name rule;               // the ABNF rule that was being read, by its RFC name
  Name expected;           // what that rule needed at `offset`
  std::size_t offset = 0;  // 0-based octet offset in the unit
  Name resolution;         // the id of the resolution that refuses it ("T25"), empty where the ABNF does
  friend bool operator==(const Error&, const Error&) = default;
};

}  // namespace imapspec::parser
