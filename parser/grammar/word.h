// Leaves that are octets of one rule, as values that cannot hold others.
//
// RFC 9051 section 9: atom, tag, flag
#pragma once

#include <concepts>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "parser/core/ascii.h"
#include "parser/grammar/char_class.h"

namespace imapspec::parser {

// Word views octets that match `Rule`. A literal is checked when it is compiled, all else by from().
// `Rule` has matches(octets), what a Word holds by default (kDefault), and whether the case of letters
// counts when two are compared (kExact).
template <class Rule>
class Word {
 public:
  constexpr Word() = default;
  template <std::size_t N>
  consteval Word(const char (&literal)[N])  // NOLINT(google-explicit-constructor)
      : octets_(literal, N - 1) {
    if (!Rule::matches(octets_)) throw "these octets do not match the rule";
  }

  // from yields nullopt for octets that do not match.
  static constexpr std::optional<Word> from(std::string_view octets) {
    if (!Rule::matches(octets)) return std::nullopt;
    return unchecked(octets);
  }

  // unchecked is for the function of a rule, which has just read the octets.
  static constexpr Word unchecked(std::string_view octets) {
    Word word;
    word.octets_ = octets;
    return word;
  }

  [[nodiscard]] constexpr std::string_view octets() const { return octets_; }
  constexpr operator std::string_view() const { return octets_; }  // NOLINT(google-explicit-constructor)

  friend constexpr bool operator==(const Word& a, const Word& b) { return equal(a.octets_, b.octets_); }
  template <class Text>
    requires std::same_as<Text, std::string_view> || std::same_as<Text, std::string>
  friend constexpr bool operator==(const Word& a, const Text& b) {
    return equal(a.octets_, b);
  }

 private:
  static constexpr bool equal(std::string_view a, std::string_view b) {
    return Rule::kExact ? a == b : equal_ignoring_case(a, b);
  }

  std::string_view octets_ = Rule::kDefault;
};

// is_all says whether `octets` is 1*class.
constexpr bool is_all(std::string_view octets, bool (*in_class)(int)) {
  for (const char octet : octets) {
    if (!in_class(static_cast<unsigned char>(octet))) return false;
  }
  return !octets.empty();
}

// AtomRule is of an atom that names something; the case of its letters does not matter.
struct AtomRule {
  static constexpr std::string_view kDefault = "NIL";
  static constexpr bool kExact = false;
  static constexpr bool matches(std::string_view octets) { return is_all(octets, is_atom_char); }
};

struct TagRule {
  static constexpr std::string_view kDefault = "A";
  static constexpr bool kExact = true;
  static constexpr bool matches(std::string_view octets) { return is_all(octets, is_tag_char); }
};

// Tag is a command's tag. It compares exactly.
using Tag = Word<TagRule>;

}  // namespace imapspec::parser
