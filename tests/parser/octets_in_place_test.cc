// Every octet in every place of a unit where a character class stands, through the public entry
// points: accepted exactly when it is in the class.
//
// RFC 9051 section 9, RFC 3501 section 9
#include <gtest/gtest.h>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "parser/grammar/parse.h"
#include "tests/parser/octet_sets.h"
#include "tests/parser/unit_laws.h"

namespace imapspec::parser::test {
namespace {

using enum UnitKind;

// Place is a unit with a hole for one octet.
struct Place {
  std::string_view name;
  UnitKind kind;
  std::string_view before;
  std::string_view after;
  const OctetSet set;
  std::vector<Profile> profiles = {kRev1, kRev2, kRev1AndRev2};
};

std::string with_octet(const Place& place, std::size_t octet) {
  return std::string(place.before) + static_cast<char>(octet) + std::string(place.after) + "\r\n";
}

void check(const std::vector<Place>& places) {
  for (const Place& place : places) {
    for (const Profile& profile : place.profiles) {
      for (std::size_t octet = 0; octet < place.set.size(); ++octet) {
        const std::string unit = with_octet(place, octet);
        Arena arena;
        EXPECT_EQ(!parse_error(place.kind, unit, profile, arena), place.set.test(octet))
            << place.name << ": " << escape_octets(unit) << (profile.rev2 ? "" : " in rev1");
      }
    }
  }
}

// Behind an atom of a list, SP begins the next one.
const OctetSet kAtomCharOrSp = kAtomChar | octets({{0x20, 0x20}});
const OctetSet kAstringCharOrSp = kAstringChar | octets({{0x20, 0x20}});
const std::vector<Profile> kOnlyRev1 = {kRev1};
const std::vector<Profile> kOnlyRev2 = {kRev2, kRev1AndRev2};

TEST(OctetsInPlace, OfCommands) {
  check({
      {"the first octet of a tag", Command, "", "y NOOP", kTagChar},
      {"inside a tag", Command, "x", "y NOOP", kTagChar},
      {"the last octet of a tag", Command, "x", " NOOP", kTagChar},
      {"the first octet of an astring", Command, "a LOGIN ", "y z", kAstringChar},
      {"inside an astring", Command, "a LOGIN x", "y z", kAstringChar},
      {"the last octet of an astring", Command, "a LOGIN x", " z", kAstringChar},
      {"the last octet of a command", Command, "a LOGIN x y", "", kAstringChar},
      {"inside a quoted string", Command, "a LOGIN \"x", "y\" z", kQuotedCharOfOne},
      {"behind a backslash", Command, "a LOGIN \"x\\", "y\" z", kQuotedSpecials},
      {"inside a literal", Command, "a LOGIN {1}\r\n", " z", kChar8},
      {"inside a mailbox", Command, "a SELECT x", "y", kAstringChar},
      {"inside a list-mailbox", Command, "a LIST \"\" x", "y", kListChar},
      {"the first octet of a list-mailbox", Command, "a LIST \"\" ", "y", kListChar},
      {"inside a pattern", Command, "a LIST \"\" (x", "y)", kListChar | octets({{0x20, 0x20}}), kOnlyRev2},
      {"inside the reference of LIST", Command, "a LIST x", "y z", kAstringChar},
      {"inside a selection option", Command, "a LIST (x", "y) \"\" z", kAtomCharOrSp, kOnlyRev2},
      // L25: a name-component as the ABNF has it would hold CR, LF, SP and quotes.
      {"inside a name-component", Command, "a LIST (vendor.x", "y-z) \"\" z", kAtomCharOrSp, kOnlyRev2},
      {"inside an option-value", Command, "a LIST (o (x", "y)) \"\" z", kAstringCharOrSp, kOnlyRev2},
      {"inside a return option", Command, "a LIST \"\" z RETURN (x", "y)", kAtomCharOrSp, kOnlyRev2},
      {"the first octet of a flag-keyword", Command, "a SEARCH KEYWORD ", "y", kAtomChar},
      {"inside a flag-keyword", Command, "a SEARCH KEYWORD x", "y", kAtomChar},
      {"inside a flag", Command, "a STORE 1 FLAGS (x", "y)", kAtomCharOrSp},
      {"inside a flag-extension", Command, "a STORE 1 FLAGS (\\x", "y)", kAtomCharOrSp},
      {"behind the backslash of a flag", Command, "a STORE 1 FLAGS (\\", "y)", kAtomChar},
      {"inside a charset", Command, "a SEARCH CHARSET x", "y ALL", kAtomChar, {kRev2}},
      {"inside a charset of rev1, an astring", Command, "a SEARCH CHARSET x", "y ALL", kAstringChar, kOnlyRev1},
      {"inside an auth-type", Command, "a AUTHENTICATE X", "y", kAtomChar},
      {"inside an initial response", Command, "a AUTHENTICATE X AA", "A", kBase64Char, kOnlyRev2},
      {"inside a capability", Command, "a ENABLE x", "y", kAtomCharOrSp, kOnlyRev2},
      {"inside a header field name", Command, "a FETCH 1 BODY[HEADER.FIELDS (x", "y)]", kAstringCharOrSp},
  });
}

TEST(OctetsInPlace, OfClientLinesWithoutTag) {
  check({
      {"inside base64", AuthenticateData, "AA", "A", kBase64Char},
      {"the first octet of base64", AuthenticateData, "", "AAA", kBase64Char},
      {"instead of base64", AuthenticateData, "", "", octets({{'*', '*'}})},
      {"inside DONE", IdleDone, "D", "NE", octets({{'O', 'O'}, {'o', 'o'}})},
  });
}

TEST(OctetsInPlace, OfResponses) {
  check({
      {"the first octet of a tag", Response, "", "y OK z", kTagChar},
      {"inside a tag", Response, "x", "y OK z", kTagChar},
      {"instead of a tag", Response, "", " OK z", kTagChar | octets({{'*', '*'}, {'+', '+'}})},
      {"the first octet of a text", Response, "* OK ", "y", kTextChar},
      {"inside a text", Response, "* OK x", "y", kTextChar},
      {"the last octet of a text", Response, "a OK x", "", kTextChar},
      {"inside a continuation request", Response, "+ x", "y", kTextChar},
      {"inside a mailbox", Response, "* STATUS x", "y (UNSEEN 1)", kAstringChar},
      {"inside a number", Response, "* 1", "1 EXISTS", kDigit},
      {"the first octet of a number", Response, "* ", "1 EXISTS", kDigit},
      {"the first octet of an nz-number", Response, "* ", "1 EXPUNGE", kDigitNz},
      {"a hierarchy delimiter", Response, "* LIST () \"", "\" x", kQuotedCharOfOne},
      {"an escaped hierarchy delimiter", Response, "* LIST () \"\\", "\" x", kQuotedSpecials},
      {"inside a mailbox attribute", Response, "* LIST (\\x", "y) NIL z", kAtomChar},
      {"inside a literal", Response, "* LIST () NIL {1}\r\n", "", kChar8},
      {"inside a literal8", Response, "* 1 FETCH (BINARY[1] ~{1}\r\n", ")", kOctet, kOnlyRev2},
      {"inside a capability", Response, "* CAPABILITY IMAP4rev1 IMAP4rev2 x", "y", kAtomCharOrSp},
      {"inside a flag of FETCH", Response, "* 1 FETCH (FLAGS (\\x", "y))", kAtomCharOrSp},
      {"the first octet of a tagged-ext-label", Response, "* ESEARCH ", "x 5", kTaggedLabelFchar, kOnlyRev2},
      {"inside a tagged-ext-label", Response, "* ESEARCH x", "y 5", kTaggedLabelChar, kOnlyRev2},
      {"inside a tag-string", Response, "* ESEARCH (TAG x", "y)", kAstringChar, kOnlyRev2},
      {"inside a tagged-ext-comp", Response, "* ESEARCH x (x", "y)", kAstringCharOrSp, kOnlyRev2},
  });
}

TEST(OctetsInPlace, OfGreetings) {
  check({
      {"the star", Greeting, "", " OK x", octets({{'*', '*'}})},
      {"inside a text", Greeting, "* PREAUTH x", "y", kTextChar},
  });
}

// A malformed code is a text, so it is the code that tells.
TEST(OctetsInPlace, OfResponseCodes) {
  for (const Profile& profile : {kRev1, kRev2, kRev1AndRev2}) {
    for (std::size_t octet = 0; octet < kOctet.size(); ++octet) {
      const std::string o(1, static_cast<char>(octet));
      SCOPED_TRACE(escape_octets(o));
      Arena arena;
      const std::string in_name = "* OK [x" + o + "y] z\r\n";
      const auto name = parse_response(in_name, arena, profile);
      const bool is_name = name && std::get<StatusResponse>(*name).text.code &&
                           std::get<StatusResponse>(*name).text.code->name.octets().size() == 3;
      EXPECT_EQ(is_name, kAtomChar.test(octet));
      const std::string in_arguments = "* OK [x y" + o + "] z\r\n";
      const auto arguments = parse_response(in_arguments, arena, profile);
      const bool is_argument = arguments && std::get<StatusResponse>(*arguments).text.code &&
                               std::get<StatusResponse>(*arguments).text.code->arguments.octets().size() == 2;
      EXPECT_EQ(is_argument, kTextCharButBracket.test(octet));
    }
  }
}

// The second octets that may follow each first one (RFC 3629 section 4).
OctetSet second_octets(std::size_t first) {
  if (kUtf8LeadOf2.test(first)) return kUtf8Tail;
  if (first == 0xe0) return octets({{0xa0, 0xbf}});
  if (first == 0xed) return octets({{0x80, 0x9f}});
  if (kUtf8LeadOf3.test(first)) return kUtf8Tail;
  if (first == 0xf0) return octets({{0x90, 0xbf}});
  if (first == 0xf4) return octets({{0x80, 0x8f}});
  if (kUtf8LeadOf4.test(first)) return kUtf8Tail;
  return {};
}

std::string tails_behind(std::size_t first) {
  return std::string(kUtf8LeadOf4.test(first) ? 2 : kUtf8LeadOf3.test(first) ? 1 : 0, '\x80');
}

bool text_and_quoted_take(const std::string& character, const Profile& profile) {
  Arena arena;
  const bool text = !parse_error(Response, "* OK x" + character + "y\r\n", profile, arena);
  const bool quoted = !parse_error(Command, "a LOGIN \"x" + character + "y\" z\r\n", profile, arena);
  EXPECT_EQ(text, quoted) << escape_octets(character);
  return text && quoted;
}

TEST(OctetsInPlace, Utf8IsWhatRfc3629Has) {
  for (std::size_t first = 0x80; first < kOctet.size(); ++first) {
    const OctetSet allowed = second_octets(first);
    for (std::size_t second = 0; second < kOctet.size(); ++second) {
      const std::string character =
          std::string{static_cast<char>(first), static_cast<char>(second)} + tails_behind(first);
      EXPECT_EQ(text_and_quoted_take(character, kRev2), allowed.test(second)) << escape_octets(character);
    }
  }
}

TEST(OctetsInPlace, Utf8TailsAreTails) {
  for (const std::string_view before : {"\xe1\x80", "\xf1\x80", "\xf1\x80\x80"}) {
    for (std::size_t octet = 0; octet < kOctet.size(); ++octet) {
      std::string character = std::string(before) + static_cast<char>(octet);
      if (before == "\xf1\x80") character += '\x80';
      EXPECT_EQ(text_and_quoted_take(character, kRev2), kUtf8Tail.test(octet)) << escape_octets(character);
    }
  }
}

TEST(OctetsInPlace, Rev1HasNoUtf8) {
  for (std::size_t first = 0x80; first < kOctet.size(); ++first) {
    const std::string character = std::string{static_cast<char>(first), '\xa0'} + tails_behind(first);
    EXPECT_FALSE(text_and_quoted_take(character, kRev1)) << escape_octets(character);
  }
}

}  // namespace
}  // namespace imapspec::parser::test
