// Messages that mean harm. What is quadratic would take days at these sizes.
#include <gtest/gtest.h>

#include "parser/grammar/parse.h"
#include "parser/grammar/serialize.h"
#include "server/commands/message_structure.h"
#include "server/commands/search_text.h"
#include "server/mime/address.h"
#include "server/mime/limits.h"
#include "tests/server/mime_messages.h"

namespace imapspec::server::mime {
namespace {

constexpr std::size_t kOctets = 1'500'000;

// filled is `start` and then `piece` until the message has kOctets.
std::string filled(const std::string& start, const std::string& piece) {
  return start + repeat(piece, kOctets / piece.size());
}

struct Case {
  const char* name;
  std::string (*octets)();  // made when they are needed: all together they would take longer than all other tests
};

class Hostile : public testing::TestWithParam<Case> {};

// The structure, ENVELOPE and BODYSTRUCTURE as they are sent, read again by the strict parser.
TEST_P(Hostile, CostsNoMoreThanItsOctets) {
  const std::string octets = GetParam().octets();
  const Part message = parse_message(octets);
  expect_laws(message, octets);
  EXPECT_LE(count(message), kLimits.parts + 1);
  EXPECT_LE(levels(message), kLimits.levels);
  parser::Arena arena;
  const FaultSet faults;
  server::Structures structures(arena, parser::kRev2, faults);
  parser::MsgAtt items[2];
  items[0].kind = parser::MsgAtt::Kind::Envelope;
  items[0].envelope = structures.envelope(message.header);
  items[1].kind = parser::MsgAtt::Kind::BodyStructure;
  items[1].body = structures.body(message, true);
  std::string out;
  parser::serialize(parser::Response(parser::Fetch{parser::sequence_number(1), parser::List<parser::MsgAtt>(items, 2)}),
                    out);
  EXPECT_LT(out.size(), octets.size() * 20 + 1000);
  parser::Arena again;
  const auto parsed = parser::parse_response(out, again, parser::kRev2);
  EXPECT_TRUE(parsed) << parser::describe(parsed.error(), out).substr(0, 300);
}

TEST_P(Hostile, IsSearchedThrough) {
  const std::string octets = GetParam().octets();
  const Part message = parse_message(octets);
  EXPECT_FALSE(SearchText("a text that is not there").in_message(message));
  EXPECT_FALSE(SearchText("\xC3\x84").in_message(message));
}

// Multiparts inside each other, each with a boundary that all the others are prefixes of.
std::string towers(std::size_t height) {
  std::string octets;
  std::string boundary;
  for (std::size_t i = 0; i < height; ++i) {
    boundary += "b";
    octets += "Content-Type: multipart/mixed; boundary=" + boundary + "\r\n\r\n--" + boundary + "\r\n";
  }
  return octets;
}

std::string multipart(const std::string& boundary) {
  return "Content-Type: multipart/mixed; boundary=\"" + boundary + "\"\r\n\r\n";
}

INSTANTIATE_TEST_SUITE_P(
    Messages, Hostile,
    testing::Values(
        Case{"ManyParts", [] { return filled(multipart("b"), "--b\r\n\r\nx\r\n"); }},
        Case{"ManyEmptyParts", [] { return filled(multipart("b"), "--b\r\n"); }},
        Case{"ManyDigestedMessages",
             [] { return filled("Content-Type: multipart/digest; boundary=b\r\n\r\n", "--b\r\n\r\n\r\n"); }},
        Case{"MessagesInMessages", [] { return filled("", "Content-Type: message/rfc822\r\n\r\n"); }},
        Case{"Towers", [] { return towers(2000); }},
        Case{"LinesThatAreNearlyBoundaries", [] { return filled(towers(95), "--" + std::string(94, 'b') + "-\r\n"); }},
        Case{"TheSameBoundaryEverywhere", [] { return filled("", multipart("b") + "--b\r\n"); }},
        Case{"AlternatingLevels",
             [] {
               return filled("", multipart("b") + "--b\r\nContent-Type: message/rfc822\r\n\r\n" + multipart("c") +
                                     "--c\r\nContent-Type: message/rfc822\r\n\r\n");
             }},
        Case{"ALongBoundary",
             [] { return filled(multipart(std::string(100'000, 'b')), "--" + std::string(99'999, 'b') + "\r\n"); }},
        Case{"OneLongLine", [] { return filled(multipart("b") + "--b\r\n\r\n", "--b"); }},
        Case{"OnlyDashes", [] { return filled(multipart("-"), "-"); }},
        Case{"NoLineEnd", [] { return filled("Subject: ", "x"); }},
        Case{"OneFoldedField", [] { return filled("Subject: x\r\n", " y\r\n"); }},
        Case{"ManyFields", [] { return filled("", "a:\n"); }},
        Case{"ManyAddresses", [] { return filled("To: ", "a@b,"); }},
        Case{"EmptyGroups", [] { return filled("From: ", "g:;,;"); }},
        Case{"OpenGroups", [] { return filled("From: ", "g:"); }},
        Case{"Routes", [] { return filled("From: <", "@a,"); }},
        Case{"OpenComments", [] { return filled("From: a ", "("); }},
        Case{"ACommentThatEndsInABackslash", [] { return filled("From: a (b", "\\"); }},
        Case{"OpenQuotes", [] { return filled("From: ", "\" "); }},
        Case{"OpenAngles", [] { return filled("From: ", "<"); }},
        Case{"OpenDomainLiterals", [] { return filled("From: a@", "["); }},
        Case{"Words", [] { return filled("From: ", "a "); }}, Case{"Dots", [] { return filled("From: ", ".@"); }},
        Case{"EightBits", [] { return filled("From: ", "\xE9 "); }},
        Case{"Nuls", [] { return filled("Subject: ", std::string("\0a", 2)); }},
        Case{"EncodedWords", [] { return filled("Subject: ", "=?utf-8?Q?=C3=A9?= "); }},
        Case{"EncodedWordsOfNoCharset", [] { return filled("Subject: ", "=?x-none?Q?a?= "); }},
        Case{"AnEncodedWordOfALongCharset", [] { return filled("Subject: =?", "a") + "?Q?a?="; }},
        Case{"AnEncodedWordOfALongLanguage", [] { return filled("Subject: =?utf-8*", "a") + "?Q?a?="; }},
        Case{"ALongEncodedWord", [] { return filled("Subject: =?utf-8?Q?", "a") + "?="; }},
        Case{"OpenEncodedWords", [] { return filled("Subject: ", "=?"); }},
        Case{"OpenEncodedWordsOfACharset", [] { return filled("Subject: ", "=?utf-8?Q?"); }},
        Case{"Parameters", [] { return filled("Content-Type: text/plain", ";a=b"); }},
        Case{"Continuations", [] { return filled("Content-Type: text/plain", "; p*99999999=x"); }},
        Case{"OpenParameters", [] { return filled("Content-Type: text/plain", ";\""); }},
        Case{"SemicolonsInComments", [] { return filled("Content-Type: text/plain", "(;"); }},
        Case{"Languages", [] { return filled("Content-Language: ", "a,"); }},
        Case{"SoftLineBreaks",
             [] {
               return filled(
                   "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n",
                   "= = ");
             }},
        Case{"ACharsetThatNothingIsIn",
             [] { return filled("Content-Type: text/plain; charset=utf-16\r\n\r\n", "\xD8"); }}),
    [](const auto& test) { return std::string(test.param.name); });

TEST(Limits, WhatIsTooDeepIsALeaf) {
  const Part message = parse_message(filled("", "Content-Type: message/rfc822\r\n\r\n"));
  EXPECT_EQ(levels(message), kLimits.levels);
  const Part* deepest = &message;
  while (!deepest->parts.empty()) deepest = &deepest->parts.front();
  EXPECT_EQ(deepest->subtype, "OCTET-STREAM");
}

TEST(Limits, TheLastPartThatHasRoomTakesTheRest) {
  const std::string octets = multipart("b") + repeat("--b\r\n\r\nx\r\n", kLimits.parts + 5) + "--b--\r\n";
  const Part message = parse_message(octets);
  EXPECT_EQ(count(message), kLimits.parts);
  EXPECT_EQ(message.parts[0].body, "x");
  EXPECT_TRUE(message.parts.back().body.ends_with("--b--\r\n"));
}

TEST(Limits, AddressesAndParametersEndSomewhere) {
  EXPECT_EQ(parse_addresses(repeat("a@b,", kLimits.addresses + 5)).size(), kLimits.addresses);
  EXPECT_EQ(parse_structured("a/b" + repeat(";c=d", kLimits.parameters + 5)).parameters.size(), kLimits.parameters);
}

}  // namespace
}  // namespace imapspec::server::mime
