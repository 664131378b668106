#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <variant>

#include "parser/grammar/fetch.h"
#include "parser/grammar/response.h"
#include "tests/parser/unit_table.h"

namespace imapspec::parser::test {
namespace {

using namespace std::string_view_literals;
using enum Spelling;

TEST(FetchResponse, EveryItem) {
  check_units(
      {{"FLAGS", "* 23 FETCH (FLAGS (\\Seen $Junk foo) RFC822.SIZE 44827)"},
       {"no FLAGS", "* 23 FETCH (FLAGS ())"},
       {"\\Recent in FLAGS", "* 1 FETCH (FLAGS (\\Recent))"},
       {"UID", "* 23 FETCH (UID 4294967295)"},
       {"INTERNALDATE", "* 1 FETCH (INTERNALDATE \"17-Jul-1996 02:44:25 -0700\")"},
       {"INTERNALDATE of one digit", "* 1 FETCH (INTERNALDATE \" 1-Jul-1996 02:44:25 +0000\")"},
       {"INTERNALDATE with a zero", "* 1 FETCH (INTERNALDATE \"01-Jul-1996 02:44:25 +0000\")", Other},
       {"RFC822.SIZE of 63 bits (L13)", "* 1 FETCH (RFC822.SIZE 9223372036854775807)"},
       {"ENVELOPE", "* 1 FETCH (ENVELOPE (NIL NIL NIL NIL NIL NIL NIL NIL NIL NIL))"},
       {"BODY", "* 1 FETCH (BODY (\"A\" \"B\" NIL NIL NIL \"7BIT\" 1))"},
       {"BODYSTRUCTURE", "* 1 FETCH (BODYSTRUCTURE (\"A\" \"B\" NIL NIL NIL \"7BIT\" 1 NIL NIL NIL NIL))"},
       {"BODY[]", "* 1 FETCH (BODY[] {3}\r\nabc)"},
       {"BODY[] of NIL", "* 1 FETCH (BODY[] NIL)"},
       {"BODY[] that is empty", "* 1 FETCH (BODY[] \"\")"},
       {"BODY[] that looks like the end", "* 1 FETCH (BODY[] {5}\r\n)\r\n* )"},
       {"BODY[] with an empty literal", "* 1 FETCH (BODY[] {0}\r\n)"},
       {"origin", "* 1 FETCH (BODY[]<0> {2}\r\nab)"},
       {"origin past the end", "* 1 FETCH (BODY[TEXT]<9999> \"\")"},
       {"sections",
        "* 1 FETCH (BODY[HEADER] NIL BODY[1.2.MIME] NIL BODY[4.1.HEADER] NIL BODY[3.TEXT] NIL BODY[1] NIL)"},
       {"header fields",
        "* 1 FETCH (BODY[HEADER.FIELDS (Date \"From\")] {2}\r\n\r\n BODY[1.HEADER.FIELDS.NOT (X)] NIL)"},
       {"literal for a header field", "* 1 FETCH (BODY[HEADER.FIELDS ({4}\r\nDate)] NIL)"},
       {"BINARY", "* 1 FETCH (BINARY[1.2] {3}\r\nabc)"},
       {"BINARY as literal8", "* 1 FETCH (BINARY[] ~{3}\r\na\0c)"sv},
       {"BINARY.SIZE", "* 1 FETCH (BINARY.SIZE[1] 7)"},
       {"any order, and twice (T60)", "* 1 FETCH (UID 7 FLAGS () UID 7 FLAGS (\\Seen))"},
       {"any case", "* 1 fetch (uid 7 flags (\\seen))", Other},
       {"leading zeros (L11)", "* 1 FETCH (BODY[]<00> NIL)", Other}},
      {{"no items (T41)", "* 1 FETCH ()", 11},
       {"no parentheses", "* 1 FETCH UID 7", 10},
       {"unknown item", "* 1 FETCH (X-GM-MSGID 7)", 11},
       {"MODSEQ, an extension", "* 1 FETCH (MODSEQ (7))", 11},
       {"UID of 0", "* 1 FETCH (UID 0)", 15},
       {"UID above 32 bits", "* 1 FETCH (UID 4294967296)", 24},
       {"trailing space", "* 1 FETCH (UID 7 )", 17},
       {"leading space", "* 1 FETCH ( UID 7)", 11},
       {"double space", "* 1 FETCH (UID 7  FLAGS ())", 17},
       {"no space between items", "* 1 FETCH (FLAGS ()UID 7)", 19},
       {"space inside FLAGS", "* 1 FETCH (FLAGS (\\Seen ))", 24},
       {"\\* in FLAGS (T15)", "* 1 FETCH (FLAGS (\\*))", 19},
       {"BODY with extension data (T36)", "* 1 FETCH (BODY (\"A\" \"B\" NIL NIL NIL \"7BIT\" 1 NIL))", 45},
       {"BODYSTRUCTURE with a section", "* 1 FETCH (BODYSTRUCTURE[] NIL)", 24},
       {"BODY.PEEK", "* 1 FETCH (BODY.PEEK[] NIL)", 15},
       {"SP in front of the section", "* 1 FETCH (BODY [] NIL)", 16},
       {"MIME without a part (T39)", "* 1 FETCH (BODY[MIME] NIL)", 16},
       {"part of 0", "* 1 FETCH (BODY[0] NIL)", 16},
       {"part that ends in a dot (T39)", "* 1 FETCH (BODY[1.] NIL)", 18},
       {"no header fields", "* 1 FETCH (BODY[HEADER.FIELDS ()] NIL)", 31},
       {"origin and count (T40)", "* 1 FETCH (BODY[]<0.5> NIL)", 19},
       {"origin above 32 bits (T40)", "* 1 FETCH (BODY[]<4294967296> NIL)", 27},
       {"BODY[] as literal8 (L8)", "* 1 FETCH (BODY[] ~{1}\r\na)", 18},
       {"BODY[] as an atom", "* 1 FETCH (BODY[] abc)", 18},
       {"non-synchronizing literal (L9)", "* 1 FETCH (BODY[] {1+}\r\na)", 20},
       {"NUL in a literal (L7)", "* 1 FETCH (BODY[] {3}\r\na\0c)"sv, 24},
       {"BINARY with an origin (T38)", "* 1 FETCH (BINARY[1]<0> NIL)", 20},
       {"BINARY with a section text (T39)", "* 1 FETCH (BINARY[1.MIME] NIL)", 20},
       {"literal8 with a plus (L8)", "* 1 FETCH (BINARY[1] ~{1+}\r\na)", 24},
       {"BINARY.SIZE of NIL", "* 1 FETCH (BINARY.SIZE[1] NIL)", 26},
       {"RFC822 in rev2 (erratum 6826)", "* 1 FETCH (RFC822 NIL)", 17},
       {"RFC822.HEADER in rev2", "* 1 FETCH (RFC822.HEADER NIL)", 18},
       {"INTERNALDATE without quotes", "* 1 FETCH (INTERNALDATE 17-Jul-1996)", 24},
       {"INTERNALDATE of a digit without SP (L21)", "* 1 FETCH (INTERNALDATE \"1-Jul-1996 02:44:25 +0000\")", 26},
       {"octets behind the list", "* 1 FETCH (UID 7)x", 17}});
}

TEST(FetchResponse, Rev1) {
  const Profile binary = Profile(kRev1).add(Extension::Binary);
  check_units({{"RFC822", "* 1 FETCH (RFC822 {1}\r\nx RFC822.HEADER \"a\" RFC822.TEXT NIL)", Canonical, kRev1},
               {"RFC822 where both revisions are in force", "* 1 FETCH (RFC822 NIL)", Canonical, kRev1AndRev2},
               {"RFC822.SIZE", "* 1 FETCH (RFC822.SIZE 4294967295)", Canonical, kRev1},
               {"BINARY with its extension", "* 1 FETCH (BINARY[1] ~{1}\r\na)", Canonical, binary}},
              {{"BINARY without its extension", "* 1 FETCH (BINARY[1] NIL)", 12, kRev1},
               {"BINARY.SIZE without its extension", "* 1 FETCH (BINARY.SIZE[1] 1)", 12, kRev1},
               {"BINARY with an origin", "* 1 FETCH (BINARY[1]<0> NIL)", 20, binary},
               {"RFC822.SIZE above 32 bits", "* 1 FETCH (RFC822.SIZE 4294967296)", 32, kRev1}});
}

TEST(FetchResponse, TellsItsItems) {
  Arena arena;
  constexpr std::string_view kUnit =
      "* 12 FETCH (UID 7 BODY[2.TEXT]<5> \"a\\\"b\" RFC822.SIZE 9 INTERNALDATE \"17-Jul-1996 02:44:25 -0700\")\r\n";
  const auto read = parse_response(kUnit, arena, kRev2);
  ASSERT_TRUE(read);
  const auto& fetch = std::get<Fetch>(*read);
  EXPECT_EQ(fetch.number, SequenceNumber{12});
  ASSERT_EQ(fetch.items.size(), 4U);
  EXPECT_EQ(fetch.items[0].uid, Uid{7});
  EXPECT_EQ(fetch.items[1].kind, MsgAtt::Kind::BodySection);
  EXPECT_EQ(fetch.items[1].section.text, SectionText::Text);
  EXPECT_EQ(fetch.items[1].origin, 5U);
  EXPECT_EQ(fetch.items[1].data->value(), "a\"b");
  EXPECT_EQ(fetch.items[2].number, 9U);
  EXPECT_EQ(fetch.items[3].internal_date.zone, -700);
}

TEST(FetchResponse, ExpectsAFetchDataItem) {
  Arena arena;
  constexpr std::string_view kUnit = "* 1 FETCH (FOO 1)\r\n";
  const auto read = parse_response(kUnit, arena, kRev2);
  ASSERT_FALSE(read);
  EXPECT_EQ(describe(read.error(), kUnit), "offset 12: msg-att: expected a FETCH data item, found \"OO\" after \"F\"");
}

}  // namespace
}  // namespace imapspec::parser::test
