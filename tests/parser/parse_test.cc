#include "parser/grammar/parse.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace imapspec::parser::test {
namespace {

using namespace std::string_view_literals;

TEST(TagOf, IsTheRunOfTagCharsBeforeSpOrLineEnd) {
  EXPECT_EQ(tag_of("A1 NOOP\r\n"), "A1");
  EXPECT_EQ(tag_of("A1 \x80garbage\r\n"), "A1");
  EXPECT_EQ(tag_of("A1\r\n"), "A1");
  EXPECT_EQ(tag_of("A1\n"), "A1");
  EXPECT_EQ(tag_of("A1"), "A1");
  EXPECT_EQ(tag_of(""), "");
  EXPECT_EQ(tag_of(" A1 NOOP\r\n"), "");
  EXPECT_EQ(tag_of("* OK\r\n"), "");
  EXPECT_EQ(tag_of("A+1 NOOP\r\n"), "");
  EXPECT_EQ(tag_of("A1\tNOOP\r\n"), "");
  EXPECT_EQ(tag_of("A1\0 NOOP\r\n"sv), "");
}

TEST(UnescapeOctets, UndoesEscaping) {
  for (const std::string_view octets : {"a \"b\" \\Seen"sv, "\r\n\0\x7f\xff"sv, "\\x41"sv, "\\\\x"sv, ""sv}) {
    EXPECT_EQ(unescape_octets(escape_octets(octets)), octets);
  }
  EXPECT_EQ(unescape_octets("\\x4a\\x4A"), "JJ");
  for (const std::string_view broken : {"\\x", "\\x4", "\\xg0", "\\x0g", "a\\x 1"}) {
    EXPECT_EQ(unescape_octets(broken), std::nullopt) << broken;
  }
}

TEST(EscapeOctets, WritesWhatAPersonCanType) {
  EXPECT_EQ(escape_octets("a \"b\" \\Seen"), "a \"b\" \\Seen");
  EXPECT_EQ(escape_octets("\r\n\0\x7f\xff"sv), "\\x0D\\x0A\\x00\\x7F\\xFF");
  EXPECT_EQ(escape_octets("\\x41"), "\\x5Cx41");
  EXPECT_EQ(escape_octets("\\\\x"), "\\\\x5Cx");
  EXPECT_EQ(escape_octets(""), "");
}

std::string described(std::string_view octets, std::size_t offset) {
  return describe({ErrorKind::Invalid, "rule", "thing", offset, {}}, octets);
}

TEST(Describe, NamesWhatIsThere) {
  EXPECT_EQ(described("ab 0 x", 3), "offset 3: rule: expected thing, found \"0\"");
  EXPECT_EQ(described("ab foo-bar x", 3), "offset 3: rule: expected thing, found \"foo-bar\"");
  EXPECT_EQ(described("ab foo-bar x", 6), "offset 6: rule: expected thing, found \"-bar\" after \"foo\"");
  EXPECT_EQ(described("ab (x", 3), "offset 3: rule: expected thing, found \"(\"");
  EXPECT_EQ(described("ab", 2), "offset 2: rule: expected thing, found the end");
  EXPECT_EQ(described("ab\r\n", 2), "offset 2: rule: expected thing, found CRLF");
  EXPECT_EQ(described("ab\n", 2), "offset 2: rule: expected thing, found a bare LF");
  EXPECT_EQ(described("ab\r\n", 3), "offset 3: rule: expected thing, found LF");
  EXPECT_EQ(described("ab \n", 2), "offset 2: rule: expected thing, found a space before the line end");
  EXPECT_EQ(described("ab ", 2), "offset 2: rule: expected thing, found a space");
  EXPECT_EQ(described("\n", 0), "offset 0: rule: expected thing, found a bare LF");
  EXPECT_EQ(described("ab\rc", 2), "offset 2: rule: expected thing, found a bare CR");
  EXPECT_EQ(described("ab\"c", 2), "offset 2: rule: expected thing, found DQUOTE");
  EXPECT_EQ(described("ab\tc", 2), "offset 2: rule: expected thing, found TAB");
  EXPECT_EQ(described("ab\0c"sv, 2), "offset 2: rule: expected thing, found NUL");
  EXPECT_EQ(described("ab  c", 3), "offset 3: rule: expected thing, found a double space");
  EXPECT_EQ(described("ab \r\n", 2), "offset 2: rule: expected thing, found a space before the line end");
  EXPECT_EQ(described("ab c", 2), "offset 2: rule: expected thing, found a space");
  EXPECT_EQ(described("ab\xff", 2), "offset 2: rule: expected thing, found \"\\xFF\"");
}

TEST(Describe, SaysThatALimitIsOurs) {
  EXPECT_EQ(describe({ErrorKind::LimitExceeded, "body", "fewer nested levels", 7, {}}, "* 1 FETCH"),
            "offset 7: body: more than this parser takes: fewer nested levels");
}

TEST(Parse, ServersMayNotSendNonSynchronizingLiterals) {
  Arena arena;
  Profile profile = kRev2;
  profile.add(Extension::LiteralPlus);
  EXPECT_FALSE(parse_response("* LIST () NIL {1+}\r\na\r\n", arena, profile));
  EXPECT_TRUE(parse_command("A1 SELECT {1+}\r\na\r\n", arena, profile));
}

TEST(Parse, AuthenticateDataAndIdleDone) {
  const auto data = parse_authenticate_data("Zm9v\r\n");
  ASSERT_TRUE(data);
  EXPECT_EQ(**data, "Zm9v");
  const auto cancel = parse_authenticate_data("*\r\n");
  ASSERT_TRUE(cancel);
  EXPECT_FALSE(*cancel);
  EXPECT_FALSE(parse_authenticate_data("Zm9v\r\nx"));
  EXPECT_TRUE(parse_idle_done("done\r\n"));
  EXPECT_FALSE(parse_idle_done("DONE\r\nx"));
  EXPECT_FALSE(parse_idle_done("A1 DONE\r\n"));
}

}  // namespace
}  // namespace imapspec::parser::test
