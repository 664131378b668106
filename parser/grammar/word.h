// Leaves that are octets of one rule, as values that cannot hold others.
//
// RFC 9051 section 9: atom, tag, text, tagged-ext-label
#pragma once

#include <concepts>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "parser/core/ascii.h"
#include "parser/core/utf8.h"
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
  [[nodiscard]] constexpr bool empty() const { return octets_.empty(); }
  constexpr operator std::string_view() const { return octets_; }  // NOLINT(google-explicit-constructor)

  friend constexpr bool operator==(const Word& a, const Word& b) { return equal(a.octets_, b.octets_); }
  template <class Text>
    requires(std::convertible_to<const Text&, std::string_view> && !std::same_as<Text, Word>)
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

// AtomRule is of atom.
struct AtomRule {
  static constexpr std::string_view kDefault = "NIL";
  static constexpr bool kExact = false;
  static constexpr bool matches(std::string_view octets) { return is_all(octets, is_atom_char); }
};

// AtomName is an atom that names something; the case of its letters does not matter.
using AtomName = Word<AtomRule>;

struct LabelRule {
  static constexpr std::string_view kDefault = "X";
  static constexpr bool kExact = false;
  static constexpr bool matches(std::string_view octets) {
    return is_all(octets, is_tagged_label_char) && is_tagged_label_fchar(static_cast<unsigned char>(octets.front()));
  }
};

// Label is a tagged-ext-label.
using Label = Word<LabelRule>;

struct TagRule {
  static constexpr std::string_view kDefault = "A";
  static constexpr bool kExact = true;
  static constexpr bool matches(std::string_view octets) { return is_all(octets, is_tag_char); }
};

// Tag is a command's tag. It compares exactly.
using Tag = Word<TagRule>;

struct TextRule {
  static constexpr std::string_view kDefault = "";
  static constexpr bool kExact = true;
  static constexpr bool matches(std::string_view octets) {
    while (!octets.empty()) {
      const bool plain = is_text_char(static_cast<unsigned char>(octets.front()));
      const std::size_t size = plain ? 1 : utf8_char(octets).octets;
      if (size == 0) return false;
      octets.remove_prefix(size);
    }
    return true;
  }
};

// HumanText is text, or nothing. Its UTF-8 is in RFC 9051 only.
using HumanText = Word<TextRule>;

}  // namespace imapspec::parser
