#include "parser/grammar/body_structure.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "parser/grammar/response.h"
#include "tests/parser/rule_table.h"
#include "tests/parser/unit_table.h"

namespace imapspec::parser::test {
namespace {

using enum Spelling;

// show makes type/subtype of the parts, with what was sent of the rest.
std::string show(const Body& body) {
  std::string text = body.multipart ? "multipart/" : body.type.value() + "/";
  text += body.subtype.value();
  if (!body.multipart) text += ":" + std::to_string(body.octets);
  if (body.lines) text += "," + std::to_string(*body.lines) + "l";
  if (body.envelope != nullptr) text += "+env";
  if (!body.parameters.empty()) text += "+" + std::to_string(body.parameters.size()) + "p";
  if (body.extension.fields > 0) text += "+ext" + std::to_string(body.extension.fields);
  if (body.extension.disposition) text += "+" + body.extension.disposition->type.value();
  for (const String& language : body.extension.languages) text += "+" + language.value();
  if (body.parts.empty()) return text;
  text += "[";
  for (std::size_t i = 0; i < body.parts.size(); ++i) text += (i > 0 ? " " : "") + show(body.parts[i]);
  return text + "]";
}

constexpr std::string_view kNoEnvelope = "(NIL NIL NIL NIL NIL NIL NIL NIL NIL NIL)";

TEST(BodyStructure, Table) {
  const std::string message = R"(("MESSAGE" "RFC822" NIL NIL NIL "7BIT" 9 )" + std::string(kNoEnvelope) +
                              R"( ("IMAGE" "PNG" NIL NIL NIL "7BIT" 1) 3))";
  const std::string global = R"(("message" "global" NIL NIL NIL "7BIT" 9 )" + std::string(kNoEnvelope) +
                             R"( ("IMAGE" "PNG" NIL NIL NIL "7BIT" 1) 3))";
  check_rule(
      {
          accepted("RFC 9051 section 8", R"(("TEXT" "PLAIN" ("CHARSET" "US-ASCII") NIL NIL "7BIT" 3028 92))",
                   "TEXT/PLAIN:3028,92l+1p"),
          accepted("RFC 9051 section 7.5.2, multipart",
                   R"((("TEXT" "PLAIN" ("CHARSET" "US-ASCII") NIL NIL "7BIT" 1152 23)("TEXT" "PLAIN" )"
                   R"(("CHARSET" "US-ASCII" "NAME" "cc.diff") "<960723163407.20117h@cac.washington.edu>" )"
                   R"("Compiler diff" "BASE64" 4554 73) "MIXED"))",
                   "multipart/MIXED[TEXT/PLAIN:1152,23l+1p TEXT/PLAIN:4554,73l+2p]"),
          accepted("basic", R"(("IMAGE" "PNG" NIL NIL NIL "BASE64" 10))", "IMAGE/PNG:10"),
          accepted("text in any case", R"(("text" "html" NIL NIL NIL "8bit" 10 2))", "text/html:10,2l"),
          accepted("type that is a literal", "({5}\r\nIMAGE {3}\r\nPNG NIL NIL NIL \"7BIT\" 1)", "IMAGE/PNG:1"),
          accepted("unknown type and encoding", R"(("X-FOO" "BAR" NIL NIL NIL "X-UUENCODE" 1))", "X-FOO/BAR:1"),
          accepted("message", message, "MESSAGE/RFC822:9,3l+env[IMAGE/PNG:1]"),
          accepted("message/global", global, "message/global:9,3l+env[IMAGE/PNG:1]"),
          accepted("other messages are basic (T29)", R"(("MESSAGE" "DELIVERY-STATUS" NIL NIL NIL "7BIT" 5))",
                   "MESSAGE/DELIVERY-STATUS:5"),
          accepted("message/global is basic in rev1", R"(("MESSAGE" "GLOBAL" NIL NIL NIL "7BIT" 5))",
                   "MESSAGE/GLOBAL:5")
              .in(kRev1),
          accepted("extension up to MD5", R"(("A" "B" NIL NIL NIL "7BIT" 1 "md5"))", "A/B:1+ext1"),
          accepted("extension up to the disposition", R"(("A" "B" NIL NIL NIL "7BIT" 1 NIL ("inline" NIL)))",
                   "A/B:1+ext2+inline"),
          accepted("extension up to the language", R"(("A" "B" NIL NIL NIL "7BIT" 1 NIL NIL "en"))", "A/B:1+ext3+en"),
          accepted("languages", R"(("A" "B" NIL NIL NIL "7BIT" 1 NIL NIL ("en" "de")))", "A/B:1+ext3+en+de"),
          accepted("extension up to the location", R"(("A" "B" NIL NIL NIL "7BIT" 1 NIL NIL NIL "loc"))", "A/B:1+ext4"),
          accepted("more extension data", R"(("A" "B" NIL NIL NIL "7BIT" 1 NIL NIL NIL NIL 9 "x" (NIL (1 2) "y")))",
                   "A/B:1+ext4"),
          accepted("extension of a text", R"(("TEXT" "PLAIN" NIL NIL NIL "7BIT" 1 2 NIL))", "TEXT/PLAIN:1,2l+ext1"),
          accepted(
              "extension of a multipart",
              R"((("A" "B" NIL NIL NIL "7BIT" 1) "MIXED" ("BOUNDARY" "x") ("attachment" ("filename" "y")) NIL NIL))",
              "multipart/MIXED+1p+ext4+attachment[A/B:1]"),
          accepted("nested multiparts", R"((((("A" "B" NIL NIL NIL "7BIT" 1) "X") "Y") "Z"))",
                   "multipart/Z[multipart/Y[multipart/X[A/B:1]]]"),
          accepted("64-bit lines (L13)", R"(("TEXT" "PLAIN" NIL NIL NIL "7BIT" 1 4294967296))",
                   "TEXT/PLAIN:1,4294967296l"),
          invalid("64-bit lines in rev1", R"(("TEXT" "PLAIN" NIL NIL NIL "7BIT" 1 4294967296))", 46).in(kRev1),
          invalid("64-bit octets (L13)", R"(("A" "B" NIL NIL NIL "7BIT" 4294967296))", 37),
          invalid("text without lines (T29)", R"(("TEXT" "PLAIN" NIL NIL NIL "7BIT" 5))", 36),
          invalid("text with extension for lines", R"(("TEXT" "PLAIN" NIL NIL NIL "7BIT" 5 NIL))", 37),
          invalid("message/rfc822 without envelope (T29)", R"(("MESSAGE" "RFC822" NIL NIL NIL "7BIT" 5))", 40),
          invalid("lines of a basic part", R"(("IMAGE" "PNG" NIL NIL NIL "7BIT" 5 9))", 36),
          invalid("text that is a literal (T30)", "({4}\r\nTEXT \"PLAIN\" NIL NIL NIL \"7BIT\" 5 1)", 18),
          invalid("rfc822 that is a literal (T30)", "(\"MESSAGE\" {6}\r\nRFC822 NIL NIL NIL \"7BIT\" 5)", 22),
          invalid("message that is a literal (T30)", "({7}\r\nMESSAGE \"RFC822\" NIL NIL NIL \"7BIT\" 5)", 22),
          invalid("empty parameters (T31)", R"(("A" "B" () NIL NIL "7BIT" 1))", 10),
          invalid("parameter of NIL (T31)", R"(("A" "B" ("CHARSET" NIL) NIL NIL "7BIT" 1))", 20),
          invalid("half a parameter", R"(("A" "B" ("CHARSET") NIL NIL "7BIT" 1))", 19),
          invalid("encoding of NIL (T32)", R"(("A" "B" NIL NIL NIL NIL 1))", 21),
          invalid("negative octets (T32)", R"(("A" "B" NIL NIL NIL "7BIT" -1))", 28),
          invalid("SP between bodies (T33)",
                  R"((("A" "B" NIL NIL NIL "7BIT" 1) ("A" "B" NIL NIL NIL "7BIT" 1) "MIXED"))", 32),
          invalid("multipart without parts (T33)", R"(("MIXED"))", 8),
          invalid("multipart without subtype", R"((("A" "B" NIL NIL NIL "7BIT" 1)))", 31),
          invalid("multipart with NIL for a subtype", R"((("A" "B" NIL NIL NIL "7BIT" 1) NIL))", 32),
          invalid("empty language list (T35)", R"(("A" "B" NIL NIL NIL "7BIT" 1 NIL NIL ()))", 39),
          invalid("language list of NIL (T35)", R"(("A" "B" NIL NIL NIL "7BIT" 1 NIL NIL (NIL)))", 39),
          invalid("disposition without parameters", R"(("A" "B" NIL NIL NIL "7BIT" 1 NIL ("inline")))", 43),
          invalid("disposition that is a string", R"(("A" "B" NIL NIL NIL "7BIT" 1 NIL "inline"))", 34),
          invalid("empty extension list (T34)", R"(("A" "B" NIL NIL NIL "7BIT" 1 NIL NIL NIL NIL ()))", 47),
          invalid("atom in the extension", R"(("A" "B" NIL NIL NIL "7BIT" 1 NIL NIL NIL NIL x))", 46),
          invalid("trailing space", R"(("A" "B" NIL NIL NIL "7BIT" 1 ))", 30),
          invalid("NIL for a type", R"((NIL "B" NIL NIL NIL "7BIT" 1))", 1),
          invalid("NIL", "NIL", 0),
          incomplete("cut in a type", "(\"A"),
          incomplete("cut between bodies", R"((("A" "B" NIL NIL NIL "7BIT" 1))"),
      },
      [](Cursor& in, const Profile& profile) { return body(in, profile, true); },
      [](const Body& value) { return show(value); });
}

TEST(BodyStructure, NonExtensibleFormRefusesExtensionData) {
  check_rule(
      {
          accepted("basic", R"(("A" "B" NIL NIL NIL "7BIT" 1))", "A/B:1"),
          invalid("of a basic part (T36)", R"(("A" "B" NIL NIL NIL "7BIT" 1 NIL))", 29),
          invalid("of a text", R"(("TEXT" "B" NIL NIL NIL "7BIT" 1 2 NIL))", 34),
          invalid("of a multipart", R"((("A" "B" NIL NIL NIL "7BIT" 1) "MIXED" NIL))", 39),
          invalid("of a part inside", R"((("A" "B" NIL NIL NIL "7BIT" 1 NIL) "MIXED"))", 30),
      },
      [](Cursor& in, const Profile& profile) { return body(in, profile, false); },
      [](const Body& value) { return show(value); });
}

TEST(BodyStructure, ComparesByContent) {
  Arena arena;
  const auto read = [&](std::string_view octets) { return parse_response(octets, arena, kRev2); };
  constexpr std::string_view kFirst = "* 1 FETCH (BODY (\"A\" \"B\" NIL NIL NIL \"7BIT\" 1))\r\n";
  const std::string copy(kFirst);
  EXPECT_EQ(*read(kFirst), *read(copy));
  EXPECT_NE(*read(kFirst), *read("* 1 FETCH (BODY (\"A\" \"B\" NIL NIL NIL \"7BIT\" 2))\r\n"));
}

// A hundred levels are ours to refuse; a hundred thousand must not cost more stack than that.
TEST(BodyStructure, DepthIsBounded) {
  const auto nested = [](std::size_t levels) {
    std::string unit = "* 1 FETCH (BODYSTRUCTURE ";
    unit.append(levels, '(');
    unit += R"("A" "B" NIL NIL NIL "7BIT" 1))";
    for (std::size_t level = 1; level < levels; ++level) unit += " \"M\")";
    return unit + ")\r\n";
  };
  Arena arena;
  EXPECT_TRUE(parse_response(nested(100), arena, kRev2));
  const std::string deeper = nested(101);
  const auto refused = parse_response(deeper, arena, kRev2);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ErrorKind::LimitExceeded);
  const std::string bomb = nested(100'000);
  const auto exploded = parse_response(bomb, arena, kRev2);
  ASSERT_FALSE(exploded);
  EXPECT_EQ(exploded.error().kind, ErrorKind::LimitExceeded);
  Limits limits;
  limits.depth = 3;
  EXPECT_TRUE(parse_response(nested(3), arena, kRev2, limits));
  EXPECT_FALSE(parse_response(nested(4), arena, kRev2, limits));
}

TEST(BodyStructure, DepthOfExtensionDataAndMessagesIsBounded) {
  Arena arena;
  const std::string extension = R"(* 1 FETCH (BODYSTRUCTURE ("A" "B" NIL NIL NIL "7BIT" 1 NIL NIL NIL NIL )" +
                                std::string(100'000, '(') + "1" + std::string(100'000, ')') + "))\r\n";
  const auto refused = parse_response(extension, arena, kRev2);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ErrorKind::LimitExceeded);

  std::string messages = "* 1 FETCH (BODYSTRUCTURE ";
  for (int level = 0; level < 10'000; ++level) {
    messages += R"(("MESSAGE" "RFC822" NIL NIL NIL "7BIT" 9 )" + std::string(kNoEnvelope) + " ";
  }
  const auto also_refused = parse_response(messages, arena, kRev2);
  ASSERT_FALSE(also_refused);
  EXPECT_EQ(also_refused.error().kind, ErrorKind::LimitExceeded);
}

}  // namespace
}  // namespace imapspec::parser::test
