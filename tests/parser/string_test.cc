#include "parser/grammar/string.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/parser/dump.h"
#include "tests/parser/rule_table.h"

namespace imapspec::parser::test {
namespace {

using std::string_view_literals::operator""sv;

constexpr Profile server(Profile profile) {
  profile.from_server = true;
  return profile;
}
const Profile kRev1Plus = Profile(kRev1).add(Extension::LiteralPlus);
const Profile kRev1Minus = Profile(kRev1).add(Extension::LiteralMinus);
const Profile kRev2Plus = Profile(kRev2).add(Extension::LiteralPlus);

TEST(String, Atom) {
  check_rule(
      {
          accepted("letters", "abc x", "abc", 2),
          accepted("specials that are none", "[}~:<>+", "[}~:<>+"),
          accepted("stops at a closing bracket", "a]b", "a", 2),
          accepted("stops at DEL", "a\x7f", "a", 1),
          accepted("stops above ASCII", "caf\xc3\xa9", "caf", 2),
          incomplete("nothing", ""),
          invalid("a bracket", "]a", 0),
          invalid("a wildcard", "*", 0),
          invalid("NUL", "\0a"sv, 0),
          invalid("space", " a", 0),
      },
      [](Cursor& in, const Profile&) { return atom(in); }, kDump);
}

TEST(String, Astring) {
  check_rule(
      {
          accepted("NIL is an astring", "NIL", "NIL"),
          accepted("a closing bracket", "a]b c", "a]b", 2),
          accepted("quoted", "\"a b\" ", "\"a b\"", 1),
          accepted("empty quoted", "\"\"", "\"\""),
          accepted("literal", "{3}\r\na b ", "{3}a b", 1),
          incomplete("nothing", ""),
          invalid("a wildcard", "%", 0),
          invalid("a list", "(", 0),
          accepted("a literal8 is none: the tilde is an astring", "~{1}\r\na", "~", 6),
      },
      [](Cursor& in, const Profile& profile) { return astring(in, profile); }, kDump);
}

TEST(String, Quoted) {
  check_rule(
      {
          accepted("empty", "\"\"", "\"\""),
          accepted("escapes", R"("a\"b\\c")", R"("a"b\c")"),
          accepted("controls other than NUL, CR and LF", "\"\x01\t\x07\x7f\"", "\"\\x01\\x09\\x07\\x7F\""),
          accepted("two octets of UTF-8", "\"\xc2\x80\"", "\"\\xC2\\x80\""),
          accepted("three octets of UTF-8", "\"\xe0\xa0\x80\xed\x9f\xbf\xef\xbf\xbf\"",
                   "\"\\xE0\\xA0\\x80\\xED\\x9F\\xBF\\xEF\\xBF\\xBF\""),
          accepted("four octets of UTF-8", "\"\xf0\x90\x80\x80\xf4\x8f\xbf\xbf\"",
                   "\"\\xF0\\x90\\x80\\x80\\xF4\\x8F\\xBF\\xBF\""),
          invalid("another escape", "\"a\\b\"", 3),
          invalid("an escaped CR", "\"\\\r\"", 2),
          invalid("NUL", "\"a\0\""sv, 2),
          invalid("CR", "\"a\r\n\"", 2),
          invalid("LF", "\"a\n\"", 2),
          invalid("a lone continuation octet", "\"\x80\"", 1),
          invalid("overlong, two octets", "\"\xc0\xaf\"", 1),
          invalid("overlong, two octets, last", "\"\xc1\xbf\"", 1),
          invalid("overlong, three octets", "\"\xe0\x9f\xbf\"", 2),
          invalid("a surrogate", "\"\xed\xa0\x80\"", 2),
          invalid("overlong, four octets", "\"\xf0\x8f\xbf\xbf\"", 2),
          invalid("above U+10FFFF", "\"\xf4\x90\x80\x80\"", 2),
          invalid("five octets", "\"\xf8\x88\x80\x80\x80\"", 1),
          invalid("FF", "\"\xff\"", 1),
          invalid("UTF-8 cut by the quote", "\"\xe2\x82\"", 3),
          incomplete("UTF-8 cut by the end", "\"\xe2\x82"),
          incomplete("an escape cut by the end", "\"\\"),
          incomplete("no closing quote", "\"abc"),
          invalid("UTF-8 under rev1", "\"\xc2\x80\"", 1).in(kRev1),
          accepted("UTF-8 under both", "\"\xc2\x80\"", "\"\\xC2\\x80\"").in(kRev1AndRev2),
          invalid("an atom", "abc", 0),
      },
      [](Cursor& in, const Profile& profile) { return quoted(in, profile); }, kDump);
}

TEST(String, QuotedIsExactForEveryOctet) {
  for (int octet = 0; octet < 256; ++octet) {
    const std::string input = {'"', static_cast<char>(octet), '"'};
    Arena arena;
    Cursor in(input, arena, Limits{});
    const bool plain = octet >= 1 && octet <= 127 && octet != '\r' && octet != '\n' && octet != '"' && octet != '\\';
    // `"""` is an empty string and one quote more.
    EXPECT_EQ(quoted(in, kRev2).has_value(), plain || octet == '"') << "octet " << octet;
  }
}

TEST(String, Literal) {
  const std::string most(4096, 'x');
  const std::string more(4097, 'x');
  const std::string at_limit = "{4096+}\r\n" + most + " ";
  const std::string above_limit = "{4097+}\r\n" + more + " ";
  check_rule(
      {
          accepted("three octets", "{3}\r\nabcd", "{3}abc", 1),
          accepted("none", "{0}\r\n ", "{0}", 1),
          accepted("leading zeros", "{0003}\r\nabc ", "{3}abc", 1),
          accepted("line ends and announcements are data", "{8}\r\n{3}\r\n\"a) ", "{8}{3}\\x0D\\x0A\"a)", 1),
          accepted("octets above ASCII", "{2}\r\n\xff\x80 ", "{2}\\xFF\\x80", 1),
          accepted("non-synchronizing", "{3+}\r\nabc ", "{3+}abc", 1),
          accepted("non-synchronizing at the limit", at_limit, "{4096+}" + most, 1),
          invalid("non-synchronizing above the limit", above_limit, 5),
          accepted("non-synchronizing above it with LITERAL+", above_limit, "{4097+}" + more, 1).in(kRev2Plus),
          accepted("LITERAL+ and rev1", above_limit, "{4097+}" + more, 1).in(kRev1Plus),
          accepted("LITERAL- and rev1", at_limit, "{4096+}" + most, 1).in(kRev1Minus),
          invalid("LITERAL- and rev1, above the limit", above_limit, 5).in(kRev1Minus),
          invalid("non-synchronizing in plain rev1", "{3+}\r\nabc ", 2).in(kRev1),
          invalid("non-synchronizing from a server", "{3+}\r\nabc ", 2).in(server(kRev2)),
          invalid("non-synchronizing from a server with LITERAL+", "{3+}\r\nabc ", 2).in(server(kRev2Plus)),
          accepted("synchronizing from a server", "{3}\r\nabc ", "{3}abc", 1).in(server(kRev2)),
          pending("announced", "{3}\r\n"),
          pending("some octets missing", "{3}\r\nab"),
          pending("none are needed, none follow", "{0}\r\n"),
          pending("the largest", "{9223372036854775807}\r\nab"),
          invalid("larger than that", "{9223372036854775808}\r\n", 19),
          pending("the largest of rev1", "{4294967295}\r\nab").in(kRev1),
          invalid("larger than that in rev1", "{4294967296}\r\n", 10).in(kRev1),
          invalid("NUL", "{3}\r\na\0b"sv, 6),
          invalid("NUL in what is there so far", "{3}\r\na\0"sv, 6),
          invalid("no number", "{}\r\n", 1),
          invalid("a sign", "{-1}\r\n", 1),
          invalid("plus first", "{+3}\r\nabc", 1),
          invalid("two pluses", "{3++}\r\nabc", 3),
          invalid("a space", "{3 }\r\nabc", 2),
          invalid("minus", "{3-}\r\nabc", 2),
          invalid("a bare LF", "{3}\nabc", 3),
          invalid("a bare CR", "{3}\rabc", 4),
          incomplete("cut in the number", "{3"),
          incomplete("cut before CRLF", "{3}"),
          incomplete("cut in CRLF", "{3}\r"),
      },
      [](Cursor& in, const Profile& profile) { return literal(in, profile); }, kDump);
}

TEST(String, Literal8) {
  check_rule(
      {
          accepted("with NUL", "~{3}\r\na\0b "sv, "~{3}a\\x00b", 1),
          accepted("none", "~{0}\r\n ", "~{0}", 1),
          pending("some octets missing", "~{3}\r\nab"),
          invalid("non-synchronizing", "~{3+}\r\nabc", 3),
          invalid("a literal", "{3}\r\nabc", 0),
          invalid("a tilde alone", "~3", 1),
      },
      [](Cursor& in, const Profile& profile) { return literal8(in, profile); }, kDump);
}

TEST(String, Nstring) {
  check_rule(
      {
          accepted("nil", "NIL)", "nil", 1),
          accepted("nil in lower case", "nil", "nil"),
          accepted("quoted NIL is a string", "\"NIL\"", "\"NIL\""),
          accepted("empty is not nil", "\"\"", "\"\""),
          accepted("literal", "{1}\r\na ", "{1}a", 1),
          accepted("what follows nil is not looked at", "NILfoo", "nil", 3),
          invalid("an atom", "foo", 0),
          invalid("nearly nil", "NIX", 2),
          incomplete("cut in nil", "NI"),
          incomplete("nothing", ""),
          invalid("a list", "()", 0),
      },
      [](Cursor& in, const Profile& profile) { return nstring(in, profile); }, kDump);
}

TEST(String, ListMailbox) {
  check_rule(
      {
          accepted("wildcards", "a%b*c]d x", "a%b*c]d", 2),
          accepted("quoted", "\"*\"", "\"*\""),
          accepted("empty", "\"\"", "\"\""),
          accepted("literal", "{1}\r\n% ", "{1}%", 1),
          invalid("a list", "(a)", 0),
          invalid("a backslash", "\\a", 0),
          incomplete("nothing", ""),
      },
      [](Cursor& in, const Profile& profile) { return list_mailbox(in, profile); }, kDump);
}

TEST(String, Tag) {
  check_rule(
      {
          accepted("brackets", "a[1] x", "a[1]", 2),
          accepted("stops at a plus", "a+", "a", 1),
          invalid("a plus", "+", 0),
          invalid("a star", "* OK", 0),
          invalid("a percent sign", "%", 0),
          incomplete("nothing", ""),
      },
      [](Cursor& in, const Profile&) { return tag(in); }, kDump);
}

TEST(String, Charset) {
  check_rule(
      {
          accepted("atom", "UTF-8 x", "UTF-8", 2),
          accepted("quoted", "\"UTF-8\"", "\"UTF-8\""),
          invalid("literal", "{5}\r\nUTF-8 ", 0),
          accepted("stops at a bracket", "a]", "a", 1),
          invalid("literal under rev1, where SEARCH has one all the same", "{5}\r\nUTF-8 ", 0).in(kRev1),
      },
      [](Cursor& in, const Profile& profile) { return charset(in, profile); }, kDump);
}

TEST(String, CrlfIsBothOctets) {
  check_rule(
      {
          accepted("both", "\r\nx", "CRLF", 1),
          invalid("LF", "\n", 0),
          invalid("CR and something", "\rx", 1),
          invalid("the wrong way round", "\n\r", 0),
          incomplete("CR", "\r"),
          incomplete("nothing", ""),
      },
      [](Cursor& in, const Profile&) -> std::expected<std::string_view, Error> {
        if (auto end = crlf(in, "command"); !end) return std::unexpected(end.error());
        return "CRLF";
      },
      kDump);
}

TEST(String, ValueUndoesEscapes) {
  EXPECT_EQ((String{R"(a\"b\\)", StringForm::Quoted}).value(), R"(a"b\)");
  EXPECT_EQ((String{R"(a\b)", StringForm::Literal}).value(), R"(a\b)") << "nothing is escaped in a literal";
}

TEST(String, StringsAreEqualWhenTheirValuesAre) {
  EXPECT_TRUE((String{"a\\\"", StringForm::Quoted}) == (String{"a\"", StringForm::Literal}));
  EXPECT_TRUE((String{"abc", StringForm::Quoted}) == (String{"abc", StringForm::Atom}));
  EXPECT_FALSE((String{"a\\\"", StringForm::Literal}) == (String{"a\"", StringForm::Literal}));
  EXPECT_FALSE((String{"abc", StringForm::Atom}) == (String{"ab", StringForm::Atom}));
  EXPECT_FALSE((String{"abc", StringForm::Atom}) == (String{"Abc", StringForm::Atom}));
}

TEST(String, WhatCanBeQuoted) {
  EXPECT_TRUE(is_quotable("", kRev1));
  EXPECT_TRUE(is_quotable("a\"\\\t\x7f", kRev1));
  EXPECT_FALSE(is_quotable("\0"sv, kRev2));
  EXPECT_FALSE(is_quotable("a\rb", kRev2));
  EXPECT_FALSE(is_quotable("a\nb", kRev2));
  EXPECT_TRUE(is_quotable("\xc3\xa9", kRev2));
  EXPECT_FALSE(is_quotable("\xc3\xa9", kRev1));
  EXPECT_FALSE(is_quotable("\xc3", kRev2));
  EXPECT_FALSE(is_quotable("\xed\xa0\x80", kRev2));
}

TEST(String, EscapedValuesComeBack) {
  const std::string value = "a\"b\\c\\\\\"";
  const std::string escaped = escape_quoted(value);
  EXPECT_EQ(escaped, R"(a\"b\\c\\\\\")");
  const auto string = String::from(escaped, StringForm::Quoted);
  ASSERT_TRUE(string);
  EXPECT_EQ(string->value(), value);
}

}  // namespace
}  // namespace imapspec::parser::test
