#include "parser/grammar/word.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "parser/grammar/authenticate.h"
#include "parser/grammar/extensions/condstore.h"
#include "parser/grammar/flag.h"
#include "parser/grammar/response_code.h"
#include "parser/grammar/string.h"

namespace imapspec::parser::test {
namespace {

using namespace std::string_view_literals;

static_assert(std::is_trivially_copyable_v<Tag> && sizeof(Tag) == sizeof(std::string_view));
static_assert(std::is_trivially_copyable_v<String> && sizeof(String) == 3 * sizeof(void*));
static_assert(!std::is_constructible_v<Tag, std::string_view> && !std::is_constructible_v<Flag, std::string_view> &&
              !std::is_constructible_v<String, std::string_view, StringForm>);

TEST(Word, HoldsWhatItsRuleAdmits) {
  EXPECT_TRUE(FlagKeyword::from("a.b/c-1"));
  EXPECT_TRUE(FlagKeyword::from("}"));
  EXPECT_TRUE(Tag::from("a]["));
  EXPECT_TRUE(Flag::from("\\Seen"));
  EXPECT_TRUE(Flag::from("\\*"));
  EXPECT_TRUE(Flag::from("$Junk"));
}

TEST(Word, HoldsNothingElse) {
  for (const std::string_view octets : {""sv, "a b"sv, "a]"sv, "a\\"sv, "caf\xc3\xa9"sv, "a\r\n"sv, "a\0"sv, "a*"sv}) {
    EXPECT_FALSE(FlagKeyword::from(octets)) << octets;
  }
  for (const std::string_view octets : {""sv, "a+"sv, "*"sv, "a b"sv, "A1 OK\r\nB2"sv}) {
    EXPECT_FALSE(Tag::from(octets)) << octets;
  }
  for (const std::string_view octets : {""sv, "\\"sv, "\\\\Seen"sv, "*"sv, "\\Seen \\Draft"sv, "\\*a"sv}) {
    EXPECT_FALSE(Flag::from(octets)) << octets;
  }
  EXPECT_FALSE(FlagKeyword::from("\\Seen"));
}

template <class T>
void expect_holds(const std::vector<std::string_view>& held, const std::vector<std::string_view>& refused) {
  for (const std::string_view octets : held) EXPECT_TRUE(T::from(octets)) << octets;
  for (const std::string_view octets : refused) EXPECT_FALSE(T::from(octets)) << octets;
}

TEST(Word, HoldsALabel) { expect_holds<Label>({"X", "-a:1", "_", ".9"}, {"", "1", ":a", "a b", "a/", "a\xc3\xa9"}); }

TEST(Word, HoldsAText) {
  expect_holds<HumanText>({"", "a b", "[", "\x7f\t", "caf\xc3\xa9", "\xf0\x9f\x98\x80"},
                          {"a\r\nb", "a\n", "a\0"sv, "caf\xe9", "\xc3", "\xed\xa0\x80"});
}

TEST(Word, HoldsTheArgumentsOfAnUnknownCode) {
  expect_holds<UnknownArguments>({"", "a b", "\"[\""}, {"a]", "a\r", "a\0"sv, "caf\xc3\xa9"});
}

TEST(Word, HoldsBase64) {
  expect_holds<Base64>({"", "AAAA", "AA==", "Zh==", "AAA=", "AAAA+/9="},
                       {"A", "AA", "AAA", "A===", "====", "=", "AA=A", "AAA-", "AAAA\r\n"});
  expect_holds<InitialResponse>({"=", "AAAA", "AA=="}, {"", "==", "A", "A==="});
}

TEST(Word, HoldsTheNameOfAnEntry) {
  expect_holds<EntryName>({"/flags/x", R"(/FLAGS/\\Seen)", "/flags/$MDNSent"},
                          {"", "/flags/", R"(/flags/\Seen)", R"(/flags/\\)", "/flags/a b", "flags/x"});
}

TEST(Word, HoldsAWordOfItsRuleBeforeAnythingWasPutIn) {
  EXPECT_TRUE(Label::from(Label()));
  EXPECT_TRUE(HumanText::from(HumanText()));
  EXPECT_TRUE(UnknownArguments::from(UnknownArguments()));
  EXPECT_TRUE(Base64::from(Base64()));
  EXPECT_TRUE(InitialResponse::from(InitialResponse()));
  EXPECT_TRUE(EntryName::from(EntryName()));
  EXPECT_TRUE(FlagKeyword::from(FlagKeyword()));
  EXPECT_TRUE(Tag::from(Tag()));
  EXPECT_TRUE(Flag::from(Flag()));
}

TEST(Word, ComparesAsItsRuleSays) {
  EXPECT_EQ(FlagKeyword("plain"), FlagKeyword("PLAIN"));
  EXPECT_EQ(Flag("\\Seen"), *Flag::from("\\sEEN"));
  EXPECT_FALSE(Tag("a1") == Tag("A1"));
  EXPECT_TRUE(Tag("a1") == std::string("a1"));
  EXPECT_FALSE(Tag("a1") == "A1"sv);
}

struct Octets {
  StringForm form;
  std::string_view octets;
};

TEST(String, HoldsWhatItsFormAdmits) {
  for (const Octets& row : {Octets{StringForm::Atom, "a]"}, Octets{StringForm::Atom, "%*"},
                            Octets{StringForm::Quoted, ""}, Octets{StringForm::Quoted, "a b\t\x7f"},
                            Octets{StringForm::Quoted, "\\\"\\\\"}, Octets{StringForm::Quoted, "caf\xc3\xa9"},
                            Octets{StringForm::Literal, ""}, Octets{StringForm::Literal, "\r\n\xff\""},
                            Octets{StringForm::LiteralNonSync, "a\nb"}, Octets{StringForm::Literal8, "a\0b"sv}}) {
    const auto string = String::from(row.octets, row.form);
    ASSERT_TRUE(string) << row.octets;
    EXPECT_EQ(string->octets(), row.octets);
    EXPECT_EQ(string->form(), row.form);
  }
}

TEST(String, HoldsNothingElse) {
  for (const Octets& row :
       {Octets{StringForm::Atom, ""}, Octets{StringForm::Atom, "a b"}, Octets{StringForm::Atom, "caf\xc3\xa9"},
        Octets{StringForm::Quoted, "\""}, Octets{StringForm::Quoted, "a\"b"}, Octets{StringForm::Quoted, "\\"},
        Octets{StringForm::Quoted, "\\a"}, Octets{StringForm::Quoted, "a\\"}, Octets{StringForm::Quoted, "a\rb"},
        Octets{StringForm::Quoted, "a\nb"}, Octets{StringForm::Quoted, "a\0b"sv}, Octets{StringForm::Quoted, "\xe9"},
        Octets{StringForm::Quoted, "\xc3"}, Octets{StringForm::Quoted, "\xed\xa0\x80"},
        Octets{StringForm::Literal, "\0"sv}, Octets{StringForm::LiteralNonSync, "a\0"sv}}) {
    EXPECT_FALSE(String::from(row.octets, row.form)) << static_cast<int>(row.form) << " " << row.octets;
  }
}

}  // namespace
}  // namespace imapspec::parser::test
