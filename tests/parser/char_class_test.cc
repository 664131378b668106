// Every octet of every character class, against the sets of octet_sets.h.
#include "parser/grammar/char_class.h"

#include <gtest/gtest.h>

#include <cstddef>

#include "tests/parser/octet_sets.h"

namespace imapspec::parser::test {
namespace {

template <class InClass>
void expect_same(InClass in_class, const OctetSet& set) {
  for (std::size_t octet = 0; octet < set.size(); ++octet) {
    EXPECT_EQ(in_class(static_cast<int>(octet)), set.test(octet)) << "octet " << octet;
  }
  EXPECT_FALSE(in_class(-1)) << "the end of the octets";
}

// The sets are written as ranges; the text derives most of them from each other.
TEST(OctetSets, AreWhatTheTextDerives) {
  const OctetSet sp = octets({{0x20, 0x20}});
  const OctetSet parentheses = octets({{'(', '('}, {')', ')'}, {'{', '{'}});
  EXPECT_EQ(kAtomSpecials, parentheses | sp | kCtl | kListWildcards | kQuotedSpecials | kRespSpecials);
  EXPECT_EQ(kAtomChar, kChar & ~kAtomSpecials);
  EXPECT_EQ(kAstringChar, kAtomChar | kRespSpecials);
  EXPECT_EQ(kListChar, kAtomChar | kListWildcards | kRespSpecials);
  EXPECT_EQ(kTagChar, kAstringChar & ~octets({{'+', '+'}}));
  EXPECT_EQ(kTextChar, kChar & ~octets({{'\r', '\r'}, {'\n', '\n'}}));
  EXPECT_EQ(kTextCharButBracket, kTextChar & ~kRespSpecials);
  EXPECT_EQ(kQuotedCharOfOne, kTextChar & ~kQuotedSpecials);
  EXPECT_EQ(kBase64Char, kAlpha | kDigit | octets({{'+', '+'}, {'/', '/'}}));
  EXPECT_EQ(kTaggedLabelFchar, kAlpha | octets({{'-', '-'}, {'_', '_'}, {'.', '.'}}));
  EXPECT_EQ(kTaggedLabelChar, kTaggedLabelFchar | kDigit | octets({{':', ':'}}));
  EXPECT_EQ(kChar8, kOctet & ~octets({{0, 0}}));
  EXPECT_EQ(kDigitNz, kDigit & ~octets({{'0', '0'}}));
}

TEST(OctetSets, AreOfTheRightSize) {
  EXPECT_EQ(kAtomChar.count(), 86U);
  EXPECT_EQ(kAstringChar.count(), 87U);
  EXPECT_EQ(kListChar.count(), 89U);
  EXPECT_EQ(kTagChar.count(), 86U);
  EXPECT_EQ(kTextChar.count(), 125U);
  EXPECT_EQ(kQuotedCharOfOne.count(), 123U);
  EXPECT_EQ(kBase64Char.count(), 64U);
  EXPECT_EQ(kTaggedLabelFchar.count(), 55U);
  EXPECT_EQ(kTaggedLabelChar.count(), 66U);
  EXPECT_EQ(kCtl.count(), 33U);
}

TEST(CharClass, HoldsTheOctetsOfItsRule) {
  const struct {
    const char* rule;
    bool (*in_class)(int);
    const OctetSet& set;
  } classes[] = {
      {"ATOM-CHAR", is_atom_char, kAtomChar},
      {"ASTRING-CHAR", is_astring_char, kAstringChar},
      {"list-char", is_list_char, kListChar},
      {"tag", is_tag_char, kTagChar},
      {"TEXT-CHAR", is_text_char, kTextChar},
      {"DIGIT", is_digit, kDigit},
      {"ALPHA", is_alpha, kAlpha},
      {"base64-char", is_base64_char, kBase64Char},
      {"tagged-label-fchar", is_tagged_label_fchar, kTaggedLabelFchar},
      {"tagged-label-char", is_tagged_label_char, kTaggedLabelChar},
  };
  for (const auto& each : classes) {
    SCOPED_TRACE(each.rule);
    expect_same(each.in_class, each.set);
  }
}

}  // namespace
}  // namespace imapspec::parser::test
