// Every octet of every character class, against sets written from the text of RFC 9051 section 9.
#include "parser/grammar/char_class.h"

#include <gtest/gtest.h>

#include <string_view>

namespace imapspec::parser {
namespace {

constexpr std::string_view kUpper = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
constexpr std::string_view kLower = "abcdefghijklmnopqrstuvwxyz";
constexpr std::string_view kDigits = "0123456789";

bool has(std::string_view set, int octet) { return set.find(static_cast<char>(octet)) != std::string_view::npos; }
bool is_alnum(int octet) { return octet < 128 && (has(kUpper, octet) || has(kLower, octet) || has(kDigits, octet)); }

// What is left of the visible ASCII characters when "(" ")" "{" "%" "*" DQUOTE "\" "]" are gone.
constexpr std::string_view kAtomMarks = "!#$&'+,-./:;<=>?@[^_`|}~";

template <class InClass, class InSet>
void expect_same(InClass in_class, InSet in_set) {
  for (int octet = 0; octet < 256; ++octet) {
    EXPECT_EQ(in_class(octet), octet < 128 && in_set(octet)) << "octet " << octet;
  }
  EXPECT_FALSE(in_class(-1)) << "the end of the octets";
}

template <class InClass>
int size_of(InClass in_class) {
  int size = 0;
  for (int octet = 0; octet < 256; ++octet) size += in_class(octet) ? 1 : 0;
  return size;
}

TEST(CharClass, AtomCharIsAnyCharButAtomSpecials) {
  expect_same(is_atom_char, [](int octet) { return is_alnum(octet) || has(kAtomMarks, octet); });
  EXPECT_EQ(size_of(is_atom_char), 86);
}

TEST(CharClass, AstringCharAddsTheClosingBracket) {
  expect_same(is_astring_char, [](int octet) { return is_alnum(octet) || has(kAtomMarks, octet) || octet == ']'; });
  EXPECT_EQ(size_of(is_astring_char), 87);
}

TEST(CharClass, ListCharAddsTheBracketAndTheWildcards) {
  expect_same(is_list_char, [](int octet) { return is_alnum(octet) || has(kAtomMarks, octet) || has("]%*", octet); });
}

TEST(CharClass, TagCharIsAstringCharWithoutPlus) {
  expect_same(is_tag_char,
              [](int octet) { return (is_alnum(octet) || has(kAtomMarks, octet) || octet == ']') && octet != '+'; });
}

TEST(CharClass, TextCharIsAnyCharButCrAndLf) {
  expect_same(is_text_char, [](int octet) { return octet != 0 && octet != 13 && octet != 10; });
}

TEST(CharClass, DigitsAndLetters) {
  expect_same(is_digit, [](int octet) { return has(kDigits, octet); });
  expect_same(is_alpha, [](int octet) { return has(kUpper, octet) || has(kLower, octet); });
}

TEST(CharClass, Base64Char) {
  expect_same(is_base64_char, [](int octet) { return is_alnum(octet) || has("+/", octet); });
  EXPECT_EQ(size_of(is_base64_char), 64);
}

TEST(CharClass, TaggedLabels) {
  expect_same(is_tagged_label_fchar,
              [](int octet) { return has(kUpper, octet) || has(kLower, octet) || has("-_.", octet); });
  expect_same(is_tagged_label_char, [](int octet) { return is_alnum(octet) || has("-_.:", octet); });
}

}  // namespace
}  // namespace imapspec::parser
