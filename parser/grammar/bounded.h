// Numbers within the bounds that their rule has.
//
// RFC 9051 section 9: date-day, date-month, date-year, time, zone
#pragma once

#include <algorithm>
#include <concepts>
#include <optional>

namespace imapspec::parser {

// Bounded is an integer from kLeast to kMost, by default the one nearest to 0. It reads as an Int.
template <std::integral Int, Int kLeast, Int kMost>
class Bounded {
 public:
  constexpr Bounded() = default;

  // A constant is checked when it is compiled, all else by from().
  template <std::integral Value>
  consteval Bounded(Value value) : value_(static_cast<Int>(value)) {  // NOLINT(google-explicit-constructor)
    if (!holds(value)) throw "out of bounds";
  }

  // from yields nullopt for what is out of bounds.
  static constexpr std::optional<Bounded> from(long long value) {
    if (!holds(value)) return std::nullopt;
    return nearest(value);
  }

  // nearest yields what is nearest to `value` within the bounds.
  static constexpr Bounded nearest(long long value) {
    Bounded bounded;
    bounded.value_ = static_cast<Int>(std::clamp<long long>(value, kLeast, kMost));
    return bounded;
  }

  constexpr operator Int() const { return value_; }  // NOLINT(google-explicit-constructor)

 private:
  static constexpr bool holds(long long value) { return value >= kLeast && value <= kMost; }

  Int value_ = std::clamp(Int{0}, kLeast, kMost);
};

}  // namespace imapspec::parser
