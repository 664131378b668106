// Numbers at and past every limit, and UTF-8 that is none.
#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "parser/grammar/parse.h"
#include "tests/parser/rule_table.h"
#include "tests/parser/unit_laws.h"

namespace imapspec::parser::test {
namespace {

using enum UnitKind;

// Numeric is a rule of RFC 9051 section 9 for numbers; Number and NzNumber are all that RFC 3501 has. The
// mod-sequence-value of RFC 7162 is positive and may begin with zeros.
enum class Numeric { Number, NzNumber, Number64, NzNumber64, ModSequenceValue };

constexpr std::string_view most_of(Numeric rule) {
  return rule == Numeric::Number || rule == Numeric::NzNumber ? "4294967295" : "9223372036854775807";
}

constexpr std::string_view too_much_for(Numeric rule) {
  return rule == Numeric::Number || rule == Numeric::NzNumber ? "4294967296" : "9223372036854775808";
}

constexpr bool takes_zero(Numeric rule) { return rule == Numeric::Number || rule == Numeric::Number64; }
constexpr bool takes_leading_zeros(Numeric rule) { return takes_zero(rule) || rule == Numeric::ModSequenceValue; }

// Digits is what stands for a number, and what becomes of them where `rule` is.
struct Digits {
  std::string digits;
  bool right;
};

std::vector<Digits> digits_for(Numeric rule) {
  const std::string most(most_of(rule));
  const bool zero = takes_zero(rule);
  const bool zeros = takes_leading_zeros(rule);
  return {
      {"1", true},
      {most, true},
      {std::string(too_much_for(rule)), false},
      {"9" + most, false},
      {most + "0", false},
      {"18446744073709551615", false},
      {"18446744073709551616", false},
      {"340282366920938463463374607431768211457", false},  // 2^128 + 1
      {std::string(1U << 20, '9'), false},
      {"0", zero},
      {"00", zero},
      {"01", zeros},
      {"0" + most, zeros},
      {std::string(1U << 20, '0') + "1", zeros},
      {std::string(1U << 20, '0') + std::string(too_much_for(rule)), false},
      {"-1", false},
      {"+1", false},
      {"0x1", false},
      {"1e3", false},
      {"", false},
  };
}

// Place is a unit with a hole for a number.
struct Place {
  UnitKind kind;
  std::string_view before;
  std::string_view after;
  Numeric rule;
  Profile profile = kRev2;
};

std::string shown(std::string_view octets) {
  return octets.size() > 80 ? escape_octets(octets.substr(0, 80)) + "..." : escape_octets(octets);
}

TEST(HostileNumbers, AreTakenUpToTheLimitOfTheirRuleAndNotPastIt) {
  using enum Numeric;
  for (const Place& place : std::initializer_list<Place>{
           {Response, "* ", " EXISTS", Number},
           {Response, "* ", " RECENT", Number, kRev1},
           {Response, "* ", " EXPUNGE", NzNumber},
           {Response, "* ", " FETCH (UID 1)", NzNumber},
           {Response, "* SEARCH ", "", NzNumber, kRev1},
           {Response, "* SEARCH 5 ", "", NzNumber, kRev1AndRev2},
           {Response, "* 1 FETCH (UID ", ")", NzNumber},
           {Response, "* 1 FETCH (RFC822.SIZE ", ")", Number64},
           {Response, "* 1 FETCH (RFC822.SIZE ", ")", Number, kRev1},
           {Response, "* 1 FETCH (BINARY.SIZE[1] ", ")", Number},
           {Response, "* 1 FETCH (BODY[]<", "> NIL)", Number},
           {Response, "* 1 FETCH (BODY[1.2.", "] NIL)", NzNumber},
           {Response, "* 1 FETCH (BODY[1.", ".MIME] NIL)", NzNumber},
           {Response, "* 1 FETCH (BINARY[1.", "] NIL)", NzNumber},
           {Response, R"(* 1 FETCH (BODY ("A" "B" NIL NIL NIL "7BIT" )", "))", Number},
           {Response, R"(* 1 FETCH (BODY ("TEXT" "B" NIL NIL NIL "7BIT" 1 )", "))", Number64},
           {Response, R"(* 1 FETCH (BODY ("TEXT" "B" NIL NIL NIL "7BIT" 1 )", "))", Number, kRev1},
           {Response, R"(* 1 FETCH (BODYSTRUCTURE ("A" "B" NIL NIL NIL "7BIT" 1 NIL NIL NIL NIL ()", ")))", Number64},
           {Response, "* STATUS x (MESSAGES ", ")", Number},
           {Response, "* STATUS x (UNSEEN ", ")", Number},
           {Response, "* STATUS x (DELETED ", ")", Number},
           {Response, "* STATUS x (RECENT ", ")", Number, kRev1},
           {Response, "* STATUS x (UIDNEXT ", ")", NzNumber},
           {Response, "* STATUS x (UIDVALIDITY ", ")", NzNumber},
           {Response, "* STATUS x (SIZE ", ")", Number64},
           {Response, "* ESEARCH MIN ", "", NzNumber},
           {Response, "* ESEARCH MAX ", "", NzNumber},
           {Response, "* ESEARCH COUNT ", "", Number},
           {Response, "* ESEARCH ALL ", "", NzNumber},
           {Response, "* ESEARCH ALL 1:", "", NzNumber},
           {Response, "* ESEARCH X ", "", Number64},
           {Response, "* ESEARCH X 1,", "", NzNumber},
           {Response, "* LIST () NIL x (y ", ")", Number64},
           {Command, "a FETCH ", " FLAGS", NzNumber},
           {Command, "a FETCH 1,2:", " FLAGS", NzNumber},
           {Command, "a UID FETCH ", ":* FLAGS", NzNumber},
           {Command, "a FETCH 1 BODY[]<", ".1>", Number64},
           {Command, "a FETCH 1 BODY[]<", ".1>", Number, kRev1},
           {Command, "a FETCH 1 BODY[]<0.", ">", NzNumber64},
           {Command, "a FETCH 1 BODY[]<0.", ">", NzNumber, kRev1},
           {Command, "a FETCH 1 BODY[1.", "]", NzNumber},
           {Command, "a FETCH 1 BINARY.SIZE[1.", "]", NzNumber},
           {Command, "a STORE ", " FLAGS ()", NzNumber},
           {Command, "a COPY ", " x", NzNumber},
           {Command, "a MOVE *:", " x", NzNumber},
           {Command, "a UID EXPUNGE ", "", NzNumber},
           {Command, "a SEARCH ", "", NzNumber},
           {Command, "a SEARCH UID ", "", NzNumber},
           {Command, "a SEARCH LARGER ", "", Number64},
           {Command, "a SEARCH SMALLER ", "", Number64},
           {Command, "a SEARCH SMALLER ", "", Number, kRev1},
           {Command, "a FETCH 1 ALL (CHANGEDSINCE ", ")", ModSequenceValue, kAll},
           {Command, "a SELECT x (QRESYNC (", " 1))", NzNumber, kAll},
           {Command, "a SELECT x (QRESYNC (1 ", "))", ModSequenceValue, kAll},
           {Command, "a SELECT x (QRESYNC (1 1 ", "))", NzNumber, kAll},
           {Command, "a SETQUOTA x (STORAGE ", ")", Number64, kAll},
           {Response, "* 1 FETCH (MODSEQ (", "))", ModSequenceValue, kAll},
           {Response, "* SEARCH 1 (MODSEQ ", ")", ModSequenceValue, with_every_extension(kRev1)},
           {Response, "* ESEARCH MODSEQ ", "", ModSequenceValue, kAll},
           {Response, "* VANISHED ", "", NzNumber, kAll},
           {Response, "* VANISHED (EARLIER) 1:", "", NzNumber, kAll},
           {Response, "* QUOTA x (STORAGE ", " 1)", Number64, kAll},
           {Response, "* QUOTA x (STORAGE 1 ", ")", Number64, kAll},
       }) {
    for (const Digits& number : digits_for(place.rule)) {
      const std::string unit = std::string(place.before) + number.digits + std::string(place.after) + "\r\n";
      Arena arena;
      EXPECT_EQ(outcome_of(parse_error(place.kind, unit, place.profile, arena)), number.right ? "accepted" : "Invalid")
          << shown(unit);
    }
  }
}

// There, what is no number makes a text of the code.
TEST(HostileNumbers, InCodesAreTakenUpToTheLimitToo) {
  struct Code {
    std::string_view before;
    std::string_view after;
    Profile profile = kRev2;
  };
  for (const Code& code : std::initializer_list<Code>{{"UIDNEXT ", ""},
                                                      {"UIDVALIDITY ", ""},
                                                      {"UNSEEN ", "", kRev1},
                                                      {"APPENDUID ", " 1"},
                                                      {"APPENDUID 1 ", ""},
                                                      {"COPYUID ", " 1 1"},
                                                      {"COPYUID 1 ", " 1"},
                                                      {"COPYUID 1 2:", " 1:2"},
                                                      {"COPYUID 1 1 ", ""}}) {
    for (const Digits& number : digits_for(Numeric::NzNumber)) {
      const std::string unit =
          "* OK [" + std::string(code.before) + number.digits + std::string(code.after) + "] x\r\n";
      Arena arena;
      const auto read = parse_response(unit, arena, code.profile);
      ASSERT_TRUE(read) << shown(unit);
      EXPECT_EQ(std::get<StatusResponse>(*read).text.code.has_value(), number.right) << shown(unit);
    }
  }
}

// A count of octets that will never come is waited for, and costs nothing.
TEST(HostileNumbers, LiteralsAnnouncedAreCountedUpToTheLimit) {
  struct Literal {
    UnitKind kind;
    std::string_view before;
    Numeric rule;
    Profile profile = kRev2;
  };
  for (const Literal& literal : std::initializer_list<Literal>{
           {Command, "a LOGIN {", Numeric::Number64},
           {Command, "a APPEND x {", Numeric::Number64},
           {Command, "a LOGIN {", Numeric::Number, kRev1},
           {Response, "* LIST () NIL {", Numeric::Number64},
           {Response, "* 1 FETCH (BODY[] {", Numeric::Number64},
           {Response, "* 1 FETCH (BODY[] {", Numeric::Number, kRev1},
           {Response, "* 1 FETCH (BINARY[1] ~{", Numeric::Number64},
       }) {
    const std::string most(most_of(literal.rule));
    const std::string too_much(too_much_for(literal.rule));
    const std::string zeros(1U << 20, '0');
    for (const Digits& number : std::initializer_list<Digits>{{most, true},
                                                              {"0" + most, true},
                                                              {zeros + most, true},
                                                              {too_much, false},
                                                              {zeros + too_much, false},
                                                              {most + "0", false},
                                                              {"18446744073709551617", false},
                                                              {std::string(1U << 20, '9'), false}}) {
      const std::string unit = std::string(literal.before) + number.digits + "}\r\nabc";
      Arena arena;
      EXPECT_EQ(outcome_of(parse_error(literal.kind, unit, literal.profile, arena)),
                number.right ? "LiteralPending" : "Invalid")
          << shown(unit);
      EXPECT_LT(arena.used(), 4096U);
    }
  }
}

// Bad octets where a UTF-8 character should be (RFC 3629 section 3).
struct BadUtf8 {
  std::string_view name;
  std::string_view octets;
};

constexpr BadUtf8 kBadUtf8[] = {
    {"a continuation octet alone", "\x80"},
    {"the last continuation octet alone", "\xbf"},
    {"two continuation octets", "\x80\x80"},
    {"the overlong lead octets of two", "\xc0\x80"},
    {"an overlong slash of two", "\xc0\xaf"},
    {"the largest overlong of two", "\xc1\xbf"},
    {"an overlong NUL of three", "\xe0\x80\x80"},
    {"an overlong slash of three", "\xe0\x80\xaf"},
    {"the largest overlong of three", "\xe0\x9f\xbf"},
    {"an overlong NUL of four", "\xf0\x80\x80\x80"},
    {"the largest overlong of four", "\xf0\x8f\xbf\xbf"},
    {"the first high surrogate", "\xed\xa0\x80"},
    {"the last low surrogate", "\xed\xbf\xbf"},
    {"a pair of surrogates", "\xed\xa0\xbd\xed\xb8\x80"},
    {"U+110000", "\xf4\x90\x80\x80"},
    {"the lead octets above U+10FFFF", "\xf5\x80\x80\x80"},
    {"the largest of four octets", "\xf7\xbf\xbf\xbf"},
    {"five octets", "\xf8\x88\x80\x80\x80"},
    {"six octets", "\xfc\x84\x80\x80\x80\x80"},
    {"FE", "\xfe"},
    {"FF", "\xff"},
    {"two cut after one", "\xc3"},
    {"three cut after one", "\xe2"},
    {"three cut after two", "\xe2\x82"},
    {"four cut after one", "\xf0"},
    {"four cut after three", "\xf0\x9f\x98"},
    {"Latin-1", "\xe9t\xe9"},
};

constexpr std::string_view kGoodUtf8[] = {
    "\xc2\x80",     "\xdf\xbf",     "\xe0\xa0\x80",     "\xed\x9f\xbf",     "\xee\x80\x80",
    "\xef\xbf\xbf", "\xef\xbb\xbf", "\xf0\x90\x80\x80", "\xf4\x8f\xbf\xbf", "caf\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80"};

TEST(HostileUtf8, IsRefusedInEachPlaceWhereUtf8CanStand) {
  struct Hole {
    UnitKind kind;
    std::string_view before;
    std::string_view after;
  };
  for (const Hole& hole : std::initializer_list<Hole>{
           {Command, "a LOGIN \"", "\" x"},
           {Command, "a SELECT \"", "\""},
           {Command, "a RENAME x \"", "\""},
           {Command, "a LIST \"", "\" %"},
           {Command, "a LIST \"\" \"", "\""},
           {Command, "a LIST (x (\"", "\")) \"\" y"},
           {Command, "a STATUS \"", "\" (UNSEEN)"},
           {Command, "a APPEND \"", "\" {1}\r\nx"},
           {Command, "a SEARCH SUBJECT \"", "\""},
           {Command, "a SEARCH HEADER \"", "\" x"},
           {Command, "a SEARCH CHARSET \"", "\" ALL"},
           {Command, "a FETCH 1 BODY[HEADER.FIELDS (\"", "\")]"},
           {Response, "* OK ", ""},
           {Response, "* BYE x", "y"},
           {Response, "a NO ", ""},
           {Response, "a OK [ALERT] ", ""},
           {Response, "+ ", ""},
           {Response, "* LIST () \"/\" \"", "\""},
           {Response, "* LIST () NIL x (y (\"", "\"))"},
           {Response, "* STATUS \"", "\" ()"},
           {Response, "* NAMESPACE ((\"", "\" NIL)) NIL NIL"},
           {Response, "* ESEARCH (TAG \"", "\")"},
           {Response, "* 1 FETCH (BODY[] \"", "\")"},
           {Response, "* 1 FETCH (BINARY[1] \"", "\")"},
           {Response, "* 1 FETCH (ENVELOPE (NIL \"", "\" NIL NIL NIL NIL NIL NIL NIL NIL))"},
           {Response, "* 1 FETCH (ENVELOPE (NIL NIL ((\"", "\" NIL NIL NIL)) NIL NIL NIL NIL NIL NIL NIL))"},
           {Response, "* 1 FETCH (BODY (\"A\" \"B\" (\"NAME\" \"", "\") NIL NIL \"7BIT\" 1))"},
           {Greeting, "* PREAUTH ", ""},
       }) {
    const auto with = [&](std::string_view octets) {
      return std::string(hole.before) + std::string(octets) + std::string(hole.after) + "\r\n";
    };
    Arena arena;
    for (const std::string_view good : kGoodUtf8) {
      EXPECT_EQ(outcome_of(parse_error(hole.kind, with(good), kRev2, arena)), "accepted") << escape_octets(with(good));
      EXPECT_EQ(outcome_of(parse_error(hole.kind, with(good), kRev1AndRev2, arena)), "accepted");
      EXPECT_EQ(outcome_of(parse_error(hole.kind, with(good), kRev1, arena)), "Invalid") << escape_octets(with(good));
    }
    for (const BadUtf8& bad : kBadUtf8) {
      for (const Profile& profile : {kRev1, kRev2, kRev1AndRev2}) {
        const auto error = parse_error(hole.kind, with(bad.octets), profile, arena);
        EXPECT_EQ(outcome_of(error), "Invalid") << bad.name << ": " << escape_octets(with(bad.octets));
        if (!error || !profile.rev2) continue;
        EXPECT_GE(error->offset, hole.before.size()) << bad.name;
        EXPECT_LE(error->offset, hole.before.size() + bad.octets.size()) << bad.name;
      }
    }
  }
}

TEST(HostileUtf8, IsDataInALiteral) {
  for (const BadUtf8& bad : kBadUtf8) {
    const std::string unit =
        "a LOGIN {" + std::to_string(bad.octets.size()) + "}\r\n" + std::string(bad.octets) + " x\r\n";
    for (const Profile& profile : {kRev1, kRev2}) {
      Arena arena;
      EXPECT_EQ(outcome_of(parse_error(Command, unit, profile, arena)), "accepted") << bad.name;
    }
  }
}

}  // namespace
}  // namespace imapspec::parser::test
