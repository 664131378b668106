#include "parser/grammar/response.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <variant>

#include "tests/parser/unit_table.h"

namespace imapspec::parser::test {
namespace {

using namespace std::string_view_literals;
using enum Spelling;

TEST(Response, StatusResponses) {
  check_units({{"untagged OK", "* OK hello"},
               {"untagged NO", "* NO Disk is 98% full"},
               {"untagged BAD", "* BAD Command line too long"},
               {"untagged BYE", "* BYE Autologout; idle for too long"},
               {"keywords in any case", "* oK hello", Other},
               {"tagged OK", "A0001 OK done"},
               {"tagged with brackets, of which a tag may have any", "a]b[ NO done"},
               {"text of one space", "* OK  "},
               {"empty text (T5)", "* OK "},
               {"tagged with empty text", "A1 OK "},
               {"controls in the text (T6)", "* OK \a\x1b\t\x7f"},
               {"UTF-8 in the text", "* OK caf\xc3\xa9 \xe2\x82\xac \xf0\x9f\x98\x80"},
               {"text like a literal (T12)", "* OK see {5}"},
               {"text like a non-synchronizing literal", "A1 NO see {5+}"}},
              {{"no text and no SP (T5)", "* OK", 4},
               {"no SP", "A1 OK", 5},
               {"unknown status", "* OKAY x", 4},
               {"PREAUTH is a greeting (T9)", "* PREAUTH hello", 2},
               {"BYE is never tagged", "A1 BYE x", 4},
               {"double space in front of the status", "*  OK x", 2},
               {"TAB", "*\tOK x", 1},
               {"no status", "A1", 2},
               {"plus in a tag (L17)", "a+b OK x", 1},
               {"bare CR in the text", "* OK a\rb", 7},
               {"NUL in the text", "* OK a\0b"sv, 6},
               {"half a UTF-8 character", "* OK caf\xc3", 9},
               {"overlong UTF-8", "* OK \xc0\x80", 5},
               {"surrogate", "* OK \xed\xa0\x80", 6},
               {"nothing", "", 0},
               {"parenthesis", "(OK)", 0}});
}

TEST(Response, TextIsLessInRev1) {
  check_units({{"text", "* OK x", Canonical, kRev1},
               {"empty text behind a code, which is a text then", "* OK [ALERT] ", Canonical, kRev1}},
              {{"UTF-8", "* OK caf\xc3\xa9", 8, kRev1}, {"empty text (T5)", "* OK ", 5, kRev1}});
}

TEST(Response, BareLineEndsAreNamed) {
  Arena arena;
  const auto lf = parse_response("* OK x\n", arena, kRev2);
  ASSERT_FALSE(lf);
  EXPECT_EQ(describe(lf.error(), "* OK x\n"), "offset 6: response-data: expected CRLF, found a bare LF");
  const auto cr = parse_response("* OK x\ry\r\n", arena, kRev2);
  ASSERT_FALSE(cr);
  EXPECT_EQ(describe(cr.error(), "* OK x\ry\r\n"),
            "offset 7: response-data: expected LF after CR, found \"y\" behind a bare CR");
}

TEST(Response, ContinuationRequests) {
  check_units({{"text", "+ Ready for additional command text"},
               {"base64 (T7)", "+ YGgGCSqGSIb3EgECAgIAb1kwV6ADAgEFoQMCAQ8="},
               {"empty (T7)", "+ "},
               {"empty base64 in rev1", "+ ", Canonical, kRev1},
               {"code", "+ [ALERT] go on"},
               {"no code", "+ [ALERT"},
               {"text like a literal (T12)", "+ send {5}"}},
              {{"no SP (T7)", "+", 1},
               {"no SP but text", "+OK", 1},
               {"NUL", "+ a\0"sv, 3},
               {"UTF-8 in rev1", "+ caf\xc3\xa9", 5, kRev1}});
}

TEST(Response, ContinuationRequestKeepsItsOctets) {
  Arena arena;
  const auto read = parse_response("+ Zm9v\r\n", arena, kRev2);
  ASSERT_TRUE(read);
  EXPECT_EQ(std::get<ContinueReq>(*read).octets, "Zm9v");
}

TEST(Response, MailboxData) {
  check_units({{"FLAGS", "* FLAGS (\\Answered \\Flagged \\Deleted \\Seen \\Draft $Forwarded)"},
               {"no FLAGS", "* FLAGS ()"},
               {"LIST", "* LIST (\\Noselect) \"/\" ~/Mail/foo"},
               {"LIST with extended items", "* LIST (\\HasChildren) \"/\" Foo (\"CHILDINFO\" (\"SUBSCRIBED\"))"},
               {"LIST with a literal", "* LIST () NIL {3}\r\na\r\n"},
               {"STATUS", "* STATUS blurdybloop (MESSAGES 231 UIDNEXT 44292)"},
               {"STATUS without items (T45)", "* STATUS x ()"},
               {"NAMESPACE", "* NAMESPACE ((\"\" \"/\")) ((\"~\" \"/\")) NIL"},
               {"ESEARCH", "* ESEARCH (TAG \"A285\") MIN 7 MAX 3800"},
               {"ESEARCH of UIDs", "* ESEARCH (TAG A1) UID ALL 4:18,21"},
               {"ESEARCH of nothing", "* ESEARCH"},
               {"EXISTS", "* 23 EXISTS"},
               {"0 EXISTS (T54)", "* 0 EXISTS"},
               {"EXISTS with leading zeros (L11)", "* 007 EXISTS", Other}},
              {{"\\Recent in FLAGS (T14)", "* FLAGS (\\Seen \\Recent)", 22},
               {"\\Recent in FLAGS of rev1", "* FLAGS (\\Recent)", 16, kRev1},
               {"trailing space in FLAGS", "* FLAGS (\\Seen )", 15},
               {"double space in LIST", "* LIST ()  \"/\" x", 10},
               {"trailing space behind STATUS", "* STATUS x (MESSAGES 1) ", 23},
               {"space inside STATUS", "* STATUS x (MESSAGES 1 )", 23},
               {"SEARCH in rev2 (T52)", "* SEARCH 1", 3},
               {"RECENT in rev2 (T52)", "* 3 RECENT", 4},
               {"LSUB in rev2 (T52)", "* LSUB () \"/\" x", 3},
               {"non-synchronizing literal (L9)", "* LIST () NIL {1+}\r\na", 16},
               {"EXISTS without number", "* EXISTS", 3},
               {"negative number", "* -1 EXISTS", 2},
               {"number above 32 bits", "* 4294967296 EXISTS", 11}});
}

TEST(Response, MailboxDataOfRev1) {
  const Profile esearch = Profile(kRev1).add(Extension::Esearch);
  check_units({{"SEARCH", "* SEARCH 2 84 882", Canonical, kRev1},
               {"SEARCH of nothing", "* SEARCH", Canonical, kRev1},
               {"RECENT", "* 0 RECENT", Canonical, kRev1},
               {"LSUB", "* LSUB () \".\" #news.comp.mail.misc", Canonical, kRev1},
               {"SEARCH where both revisions are in force", "* SEARCH 2", Canonical, kRev1AndRev2},
               {"RECENT where both revisions are in force", "* 1 RECENT", Canonical, kRev1AndRev2},
               {"ESEARCH with its extension", "* ESEARCH COUNT 5", Canonical, esearch}},
              {{"SEARCH of 0", "* SEARCH 0", 9, kRev1},
               {"trailing space behind SEARCH", "* SEARCH ", 9, kRev1},
               {"ESEARCH without its extension", "* ESEARCH COUNT 5", 2, kRev1},
               {"NAMESPACE without its extension", "* NAMESPACE NIL NIL NIL", 3, kRev1},
               {"ENABLED without its extension", "* ENABLED X", 2, kRev1}});
}

TEST(Response, MessageData) {
  check_units({{"EXPUNGE", "* 44 EXPUNGE"}}, {{"EXPUNGE of 0 (T54)", "* 0 EXPUNGE", 6},
                                              {"EXPUNGE with a leading zero", "* 044 EXPUNGE", 8},
                                              {"FETCH of 0", "* 0 FETCH (UID 1)", 4},
                                              {"EXPUNGE with an argument", "* 44 EXPUNGE 1", 12},
                                              {"unknown", "* 44 EXPUNGED", 12}});
}

TEST(Response, CapabilitiesAndEnabled) {
  check_units({{"CAPABILITY", "* CAPABILITY IMAP4rev2 STARTTLS AUTH=GSSAPI"},
               {"CAPABILITY of rev1", "* CAPABILITY IMAP4rev1 IDLE", Canonical, kRev1},
               {"CAPABILITY with the revision last", "* CAPABILITY X-FOO IMAP4REV2"},
               {"ENABLED", "* ENABLED IMAP4rev2"},
               {"ENABLED with nothing (T53)", "* ENABLED"}},
              {{"CAPABILITY with nothing", "* CAPABILITY", 12},
               {"CAPABILITY without IMAP4rev2 (T42)", "* CAPABILITY IMAP4rev1", 22},
               {"CAPABILITY without IMAP4rev1", "* CAPABILITY IMAP4rev2", 22, kRev1},
               {"trailing space", "* CAPABILITY IMAP4rev2 ", 23}});
}

TEST(Response, OctetsBehindTheUnitAreAnError) {
  Arena arena;
  const auto outcome = parse_response("* 1 EXISTS\r\n* 2 EXISTS\r\n", arena, kRev2);
  ASSERT_FALSE(outcome);
  EXPECT_EQ(outcome.error().offset, 12U);
  EXPECT_EQ(outcome.error().expected.text(), "the end of the unit");
}

TEST(Greeting, IsOkPreauthOrBye) {
  Arena arena;
  for (const std::string_view unit :
       {"* OK IMAP4rev2 Service Ready\r\n", "* PREAUTH [CAPABILITY IMAP4rev2] logged in as Smith\r\n",
        "* BYE Autologout\r\n", "* preauth \r\n"}) {
    SCOPED_TRACE(unit);
    EXPECT_TRUE(parse_greeting(unit, arena, kRev2));
    expect_unit_laws(UnitKind::Greeting, unit);
  }
  struct Row {
    std::string_view unit;
    std::size_t offset;
  };
  for (const Row& row : {Row{"* NO x\r\n", 2}, Row{"* BAD x\r\n", 3}, Row{"* OK\r\n", 4}, Row{"A1 OK x\r\n", 0},
                         Row{"+ x\r\n", 0}, Row{"* 1 EXISTS\r\n", 2}, Row{"*  OK x\r\n", 2}, Row{"* OK x\n", 6}}) {
    SCOPED_TRACE(row.unit);
    const auto outcome = parse_greeting(row.unit, arena, kRev2);
    ASSERT_FALSE(outcome);
    EXPECT_EQ(outcome.error().kind, ErrorKind::Invalid);
    EXPECT_EQ(outcome.error().offset, row.offset);
    expect_unit_laws(UnitKind::Greeting, row.unit);
  }
}

TEST(Greeting, TellsItsStatus) {
  Arena arena;
  const auto read = parse_greeting("* PREAUTH hi\r\n", arena, kRev2);
  ASSERT_TRUE(read);
  EXPECT_EQ(read->status, Status::Preauth);
  EXPECT_FALSE(read->tag);
  EXPECT_EQ(read->text.text, "hi");
}

}  // namespace
}  // namespace imapspec::parser::test
