#include "runner/scenario/reference.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace imapspec::runner {
namespace {

using ::testing::ElementsAre;

Piece text(std::string octets, std::size_t column = 1) {
  Piece piece;
  piece.text = std::move(octets);
  piece.column = column;
  return piece;
}

Piece reference(std::string name, std::string form, int offset, std::size_t column) {
  Piece piece;
  piece.kind = Piece::Kind::Reference;
  piece.name = std::move(name);
  piece.form = std::move(form);
  piece.offset = offset;
  piece.column = column;
  return piece;
}

struct Split {
  std::string_view input;
  std::vector<Piece> pieces;
};

TEST(SplitReferences, YieldsOctetsAndReferences) {
  const std::vector<Split> table = {
      {"", {}},
      {"NOOP", {text("NOOP")}},
      {"{name}", {reference("name", "", 0, 1)}},
      {"a{b}c", {text("a"), reference("b", "", 0, 2), text("c", 5)}},
      {"{a}{b}", {reference("a", "", 0, 1), reference("b", "", 0, 4)}},
      {"{a-b2}", {reference("a-b2", "", 0, 1)}},
      {"{n+1}", {reference("n", "", 1, 1)}},
      {"{n-12}", {reference("n", "", -12, 1)}},
      {"{uid-next-1}", {reference("uid-next", "", -1, 1)}},
      {"{n+0}", {reference("n", "", 0, 1)}},
      {"{n+999999999}", {reference("n", "", 999999999, 1)}},
      {"{m:quoted}", {reference("m", "quoted", 0, 1)}},
      {"{m:literal}", {reference("m", "literal", 0, 1)}},
      {"{m:literal+}", {reference("m", "literal+", 0, 1)}},
      {"{m:raw}", {reference("m", "raw", 0, 1)}},
      {"{u:nz-number}", {reference("u", "nz-number", 0, 1)}},
      {"{:date-time}", {reference("", "date-time", 0, 1)}},
      // Literal announcements are octets.
      {"{5}", {text("{5}")}},
      {"{5+}", {text("{5+}")}},
      {"~{0}x", {text("~{0}x")}},
      {"{123456789012345678901234567890}", {text("{123456789012345678901234567890}")}},
      {"A {3}{b}", {text("A {3}"), reference("b", "", 0, 6)}},
      // Escapes.
      {R"(\x41\x0d\x0A)", {text("A\r\n")}},
      {R"(\x00)", {text(std::string(1, '\0'))}},
      {R"(\xff\xFE)", {text("\xff\xfe")}},
      {R"(\x7Bname})", {text("{name}")}},
      {R"(\x5Cx41)", {text("\\x41")}},
      {R"(\Seen "\\" \X41)", {text(R"(\Seen "\\" \X41)")}},
      {"}", {text("}")}},
      {R"(ab\x41{n})", {text("abA"), reference("n", "", 0, 7)}},
  };
  for (const Split& row : table) {
    const auto pieces = split_references(row.input);
    ASSERT_TRUE(pieces.has_value()) << row.input << ": " << pieces.error().message;
    EXPECT_EQ(*pieces, row.pieces) << row.input;
  }
}

TEST(SplitReferences, TellsWhatIsWrongAndWhere) {
  constexpr std::string_view kHex = "\"\\x\" needs two hexadecimal digits; a backslash before an x is \\x5C";
  constexpr std::string_view kOpen = "\"{\" without \"}\"; a brace that is just an octet is \\x7B";
  const std::string neither =
      "\" is neither a literal ({5}, {5+}) nor a reference ({name}, {name:form}, {name+1}); a brace that is just an "
      "octet is \\x7B";
  const std::vector<std::pair<std::string_view, ReferenceError>> table = {
      {R"(a\x4)", {std::string(kHex), 2}},
      {R"(\x)", {std::string(kHex), 1}},
      {R"(\xg0)", {std::string(kHex), 1}},
      {R"(\x0g)", {std::string(kHex), 1}},
      {"ab{", {std::string(kOpen), 3}},
      {"{name", {std::string(kOpen), 1}},
      {"{}", {"\"{}" + neither, 1}},
      {"{Name}", {"\"{Name}\": names have small letters, digits and \"-\" only; did you mean \"name\"?", 1}},
      {"{5-}", {"\"{5-}" + neither, 1}},
      {"{+}", {"\"{+}" + neither, 1}},
      {"{-1}", {"\"{-1}" + neither, 1}},
      {"{ a}", {"\"{ a}" + neither, 1}},
      {"{a_b}", {"\"{a_b}\": names have small letters, digits and \"-\" only; did you mean \"a-b\"?", 1}},
      {"{a{b}}", {"\"{a{b}" + neither, 1}},
      {"{n+1234567890}", {"\"{n+1234567890}" + neither, 1}},
      {"{n-1-1}", {"\"{n-1-1}" + neither, 1}},
      {"{n-1:raw}", {"\"{n-1:raw}" + neither, 1}},
      {"{:raw}", {"\"{:raw}" + neither, 1}},
      {"{a:}", {"unknown form or rule in \"{a:}\"", 1}},
      {"x {u:nznumber}", {"unknown form or rule in \"{u:nznumber}\"; did you mean \"nz-number\"?", 3}},
      {"{a:raw:raw}", {"unknown form or rule in \"{a:raw:raw}\"", 1}},
  };
  for (const auto& [input, error] : table) {
    const auto pieces = split_references(input);
    ASSERT_FALSE(pieces.has_value()) << input;
    EXPECT_EQ(pieces.error().message, error.message) << input;
    EXPECT_EQ(pieces.error().column, error.column) << input;
  }
}

// All texts of up to five octets: a text is split or there is an error with a place in it, and text
// without "{" and "\" is itself.
TEST(SplitReferences, HoldsForAllShortTexts) {
  constexpr std::string_view kAlphabet = "{}a5+-:\\x";
  std::vector<std::string> texts{""};
  for (std::size_t i = 0; i < texts.size(); ++i) {
    const std::string text = texts[i];
    const auto pieces = split_references(text);
    if (pieces) {
      std::size_t column = 0;
      bool text_before = false;
      for (const Piece& piece : *pieces) {
        EXPECT_GT(piece.column, column) << text;
        column = piece.column;
        const bool is_text = piece.kind == Piece::Kind::Text;
        EXPECT_FALSE(text_before && is_text) << text;
        EXPECT_EQ(is_text, !piece.text.empty()) << text;
        EXPECT_TRUE(is_text || is_hole(piece) || is_name(piece.name)) << text;
        text_before = is_text;
      }
    } else {
      EXPECT_GE(pieces.error().column, 1U) << text;
      EXPECT_LE(pieces.error().column, text.size()) << text;
    }
    if (text.find_first_of("{\\") == std::string::npos) {
      ASSERT_TRUE(pieces.has_value()) << text;
      EXPECT_EQ(pieces->empty() ? "" : pieces->front().text, text);
    }
    if (text.size() == 5) continue;
    for (const char c : kAlphabet) texts.push_back(text + c);
  }
  EXPECT_EQ(texts.size(), 1U + 9 + 81 + 729 + 6561 + 59049);
}

TEST(Names, AreWordsThatNoSubtractionLooksLike) {
  for (const std::string_view name : {"a", "uid", "a1", "a-b", "a-1b", "wrong-password"}) {
    EXPECT_TRUE(is_name(name)) << name;
  }
  for (const std::string_view name : {"", "A", "1", "1a", "-a", "a-1", "a-b-12", "a_b", "a b", "a+1", "\xc3\xa9"}) {
    EXPECT_FALSE(is_name(name)) << name;
  }
}

TEST(BuiltInNames, AreNames) {
  for (const std::string_view name : built_in_names()) EXPECT_TRUE(is_name(name)) << name;
  EXPECT_THAT(value_forms(), ElementsAre("quoted", "literal", "literal+", "raw"));
}

}  // namespace
}  // namespace imapspec::runner
