// Numbers within the bounds that their rule has.
//
// RFC 9051 section 9: number, nz-number, number64, nz-number64, date-month, date-year, zone
#pragma once

#include <algorithm>
#include <concepts>
#include <limits>
#include <optional>
#include <utility>

namespace imapspec::parser {

// Bounded is an integer from kLeast to kMost, by default the one nearest to 0. It reads as an Int.
template <std::integral Int, Int kLeast, Int kMost>
class Bounded {
  // within says whether every number from `least` to `most` is within the bounds.
  template <class Other>
  static constexpr bool within(Other least, Other most) {
    return std::cmp_greater_equal(least, kLeast) && std::cmp_less_equal(most, kMost);
  }
  template <class Value>
  static constexpr bool kFits = within(std::numeric_limits<Value>::min(), std::numeric_limits<Value>::max());

 public:
  constexpr Bounded() = default;

  // A constant is checked when it is compiled, all else by from(); what is within the bounds by its type
  // needs neither.
  template <std::integral Value>
  consteval Bounded(Value value) : value_(static_cast<Int>(value)) {  // NOLINT(google-explicit-constructor)
    if (!within(value, value)) throw "out of bounds";
  }
  template <std::integral Value>
    requires kFits<Value>
  constexpr Bounded(Value value) : value_(value) {}  // NOLINT(google-explicit-constructor)
  template <std::integral Other, Other kOtherLeast, Other kOtherMost>
    requires(within(kOtherLeast, kOtherMost))
  constexpr Bounded(Bounded<Other, kOtherLeast, kOtherMost> other)  // NOLINT(google-explicit-constructor)
      : value_(static_cast<Int>(static_cast<Other>(other))) {}

  // from yields nullopt for what is out of bounds.
  template <std::integral Value>
  static constexpr std::optional<Bounded> from(Value value) {
    if (!within(value, value)) return std::nullopt;
    return nearest(value);
  }

  // nearest yields what is nearest to `value` within the bounds.
  template <std::integral Value>
  static constexpr Bounded nearest(Value value) {
    Bounded bounded;
    bounded.value_ = std::cmp_less(value, kLeast)     ? kLeast
                     : std::cmp_greater(value, kMost) ? kMost
                                                      : static_cast<Int>(value);
    return bounded;
  }

  constexpr operator Int() const { return value_; }  // NOLINT(google-explicit-constructor)

 private:
  Int value_ = std::clamp(Int{0}, kLeast, kMost);
};

}  // namespace imapspec::parser
