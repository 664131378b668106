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
  std::string octets;
};

class Hostile : public testing::TestWithParam<Case> {};

// The structure, ENVELOPE and BODYSTRUCTURE as they are sent, read again by the strict parser.
TEST_P(Hostile, CostsNoMoreThanItsOctets) {
  const std::string& octets = GetParam().octets;
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
  const Part message = parse_message(GetParam().octets);
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
        Case{"ManyParts", filled(multipart("b"), "--b\r\n\r\nx\r\n")},
        Case{"ManyEmptyParts", filled(multipart("b"), "--b\r\n")},
        Case{"ManyDigestedMessages", filled("Content-Type: multipart/digest; boundary=b\r\n\r\n", "--b\r\n\r\n\r\n")},
        Case{"MessagesInMessages", filled("", "Content-Type: message/rfc822\r\n\r\n")}, Case{"Towers", towers(2000)},
        Case{"LinesThatAreNearlyBoundaries", filled(towers(95), "--" + std::string(94, 'b') + "-\r\n")},
        Case{"TheSameBoundaryEverywhere", filled("", multipart("b") + "--b\r\n")},
        Case{"AlternatingLevels", filled("", multipart("b") + "--b\r\nContent-Type: message/rfc822\r\n\r\n" +
                                                 multipart("c") + "--c\r\nContent-Type: message/rfc822\r\n\r\n")},
        Case{"ALongBoundary", filled(multipart(std::string(100'000, 'b')), "--" + std::string(99'999, 'b') + "\r\n")},
        Case{"OneLongLine", filled(multipart("b") + "--b\r\n\r\n", "--b")},
        Case{"OnlyDashes", filled(multipart("-"), "-")}, Case{"NoLineEnd", filled("Subject: ", "x")},
        Case{"OneFoldedField", filled("Subject: x\r\n", " y\r\n")}, Case{"ManyFields", filled("", "a:\n")},
        Case{"ManyAddresses", filled("To: ", "a@b,")}, Case{"EmptyGroups", filled("From: ", "g:;,;")},
        Case{"OpenGroups", filled("From: ", "g:")}, Case{"Routes", filled("From: <", "@a,")},
        Case{"OpenComments", filled("From: a ", "(")}, Case{"ACommentThatEndsInABackslash", filled("From: a (b", "\\")},
        Case{"OpenQuotes", filled("From: ", "\" ")}, Case{"OpenAngles", filled("From: ", "<")},
        Case{"OpenDomainLiterals", filled("From: a@", "[")}, Case{"Words", filled("From: ", "a ")},
        Case{"Dots", filled("From: ", ".@")}, Case{"EightBits", filled("From: ", "\xE9 ")},
        Case{"Nuls", filled("Subject: ", std::string("\0a", 2))},
        Case{"EncodedWords", filled("Subject: ", "=?utf-8?Q?=C3=A9?= ")},
        Case{"EncodedWordsOfNoCharset", filled("Subject: ", "=?x-none?Q?a?= ")},
        Case{"AnEncodedWordOfALongCharset", filled("Subject: =?", "a") + "?Q?a?="},
        Case{"AnEncodedWordOfALongLanguage", filled("Subject: =?utf-8*", "a") + "?Q?a?="},
        Case{"ALongEncodedWord", filled("Subject: =?utf-8?Q?", "a") + "?="},
        Case{"OpenEncodedWords", filled("Subject: ", "=?")},
        Case{"OpenEncodedWordsOfACharset", filled("Subject: ", "=?utf-8?Q?")},
        Case{"Parameters", filled("Content-Type: text/plain", ";a=b")},
        Case{"Continuations", filled("Content-Type: text/plain", "; p*99999999=x")},
        Case{"OpenParameters", filled("Content-Type: text/plain", ";\"")},
        Case{"SemicolonsInComments", filled("Content-Type: text/plain", "(;")},
        Case{"Languages", filled("Content-Language: ", "a,")},
        Case{"SoftLineBreaks",
             filled("Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n",
                    "= = ")},
        Case{"ACharsetThatNothingIsIn", filled("Content-Type: text/plain; charset=utf-16\r\n\r\n", "\xD8")}),
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
