// Each quirk: a unit that has it, where, and what the unit is when it has not.
#include <gtest/gtest.h>

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "parser/diagnose/diagnose.h"
#include "parser/grammar/parse.h"

namespace imapspec::parser::test {
namespace {

struct Row {
  std::string_view quirk;
  std::string octets;
  std::size_t offset = 0;
  std::string repaired;
  Profile profile = kRev2;
  Unit unit = Unit::ServerResponse;
};

std::string body(std::string_view structure) { return "* 1 FETCH (BODYSTRUCTURE " + std::string(structure) + ")\r\n"; }

std::string envelope(std::string_view fields) { return "* 1 FETCH (ENVELOPE (" + std::string(fields) + "))\r\n"; }

Row client(std::string_view quirk, std::string_view octets, std::size_t offset, std::string_view repaired,
           Profile profile = kRev2) {
  return {quirk, std::string(octets), offset, std::string(repaired), profile, Unit::ClientCommand};
}

std::vector<Row> spaces_and_line_ends() {
  return {
      {"bare-line-feed", "* 3 EXISTS\n", 10, "* 3 EXISTS\r\n"},
      {"doubled-carriage-return", "* 3 EXISTS\r\r\n", 10, "* 3 EXISTS\r\n"},
      {"bare-carriage-return", "* OK one\rtwo\r\n", 8, "* OK one two\r\n"},
      {"trailing-space-in-status", "* STATUS a (MESSAGES 3 )\r\n", 22, "* STATUS a (MESSAGES 3)\r\n"},
      {"trailing-space-in-fetch", "* 7 FETCH (UID 19436 )\r\n", 20, "* 7 FETCH (UID 19436)\r\n"},
      {"space-before-parenthesis", "* LIST (\\Marked ) \"/\" a\r\n", 15, "* LIST (\\Marked) \"/\" a\r\n"},
      {"space-after-parenthesis", "* FLAGS ( \\Seen)\r\n", 9, "* FLAGS (\\Seen)\r\n"},
      {"trailing-space", "* 3 EXISTS \r\n", 10, "* 3 EXISTS\r\n"},
      {"trailing-space", "* SEARCH \r\n", 8, "* SEARCH\r\n", kRev1},
      client("trailing-space", "a NOOP  \r\n", 6, "a NOOP\r\n"),
      {"space-between-addresses",
       envelope(R"(NIL NIL ((NIL NIL "a" "x") (NIL NIL "b" "x")) NIL NIL NIL NIL NIL NIL NIL)"), 47,
       envelope(R"(NIL NIL ((NIL NIL "a" "x")(NIL NIL "b" "x")) NIL NIL NIL NIL NIL NIL NIL)")},
      {"space-between-parts", body(R"((("a" "b" NIL NIL NIL "7bit" 1) ("a" "b" NIL NIL NIL "7bit" 1) "mixed"))"), 56,
       body(R"((("a" "b" NIL NIL NIL "7bit" 1)("a" "b" NIL NIL NIL "7bit" 1) "mixed"))")},
      {"space-between-namespaces", "* NAMESPACE ((\"\" \"/\") (\"#a\" \"/\")) NIL NIL\r\n", 21,
       "* NAMESPACE ((\"\" \"/\")(\"#a\" \"/\")) NIL NIL\r\n"},
      {"double-space", "* LIST ()  \"/\" a\r\n", 10, "* LIST () \"/\" a\r\n"},
      {"double-space", "* 3  EXISTS\r\n", 4, "* 3 EXISTS\r\n"},
      {"tab", "* 3\tEXISTS\r\n", 3, "* 3 EXISTS\r\n"},
      {"missing-space", "* LIST ()\"/\" a\r\n", 9, "* LIST () \"/\" a\r\n"},
      {"missing-space", "* NAMESPACE ((\"\" \"/\"))NIL NIL\r\n", 22, "* NAMESPACE ((\"\" \"/\")) NIL NIL\r\n"},
  };
}

std::vector<Row> strings() {
  return {
      {"nil-encoding", body(R"(("a" "b" NIL NIL NIL NIL 10))"), 46, body(R"(("a" "b" NIL NIL NIL "7BIT" 10))")},
      {"nil-parameter-value", body(R"(("a" "b" ("charset" NIL) NIL NIL "7bit" 10))"), 45,
       body(R"(("a" "b" ("charset" "") NIL NIL "7bit" 10))")},
      {"nil-for-string", body(R"(("a" NIL NIL NIL NIL "7bit" 10))"), 30, body(R"(("a" "" NIL NIL NIL "7bit" 10))")},
      {"unescaped-quote", "* LIST () \"/\" \"one \"two\" three\"\r\n", 19,
       "* LIST () \"/\" \"one \\\"two\\\" three\"\r\n"},
      {"unescaped-backslash", "* LIST () \"/\" \"one\\two\"\r\n", 19, "* LIST () \"/\" \"one\\\\two\"\r\n"},
      {"utf-8-in-rev1", "* LIST () \"/\" \"caf\xc3\xa9\"\r\n", 18, "* LIST () \"/\" \"caf??\"\r\n", kRev1},
      {"not-utf-8", "* LIST () \"/\" \"caf\xe9\"\r\n", 18, "* LIST () \"/\" \"caf?\"\r\n"},
      {"not-utf-8", "* OK caf\xe9\r\n", 8, "* OK caf?\r\n"},
      {"eight-bit-in-atom", "* LIST () \"/\" caf\xc3\xa9\r\n", 17, "* LIST () \"/\" cafxx\r\n"},
      {"unquoted-mailbox-with-space", "* LIST () \"/\" Sent Items\r\n", 14, "* LIST () \"/\" \"Sent Items\"\r\n"},
      {"unquoted-mailbox-with-space", "* STATUS Sent Items (MESSAGES 1)\r\n", 9,
       "* STATUS \"Sent Items\" (MESSAGES 1)\r\n"},
      client("unquoted-mailbox-with-space", "a SELECT Sent Items\r\n", 9, "a SELECT \"Sent Items\"\r\n"),
      client("unquoted-string", "a LOGIN joe 100%sure\r\n", 12, "a LOGIN joe \"100%sure\"\r\n"),
      {"unquoted-string", body(R"((IMAGE "png" NIL NIL NIL "7bit" 10))"), 26,
       body(R"(("IMAGE" "png" NIL NIL NIL "7bit" 10))")},
      {"literal8", "* 1 FETCH (BODY[] ~{1}\r\na)\r\n", 18, "* 1 FETCH (BODY[] {1}\r\na)\r\n"},
      {"non-synchronizing-literal-from-server", "* 1 FETCH (BODY[] {1+}\r\na)\r\n", 20,
       "* 1 FETCH (BODY[] {1}\r\na)\r\n"},
      {"empty-delimiter", "* LIST () \"\" a\r\n", 10, "* LIST () NIL a\r\n"},
      {"string-as-extension-value", "* LIST () \"/\" a (Sample \"text\")\r\n", 24,
       "* LIST () \"/\" a (Sample (\"text\"))\r\n"},
  };
}

std::vector<Row> numbers() {
  return {
      {"negative-number", body(R"(("text" "plain" NIL NIL NIL "7bit" 10 -1))"), 63,
       body(R"(("text" "plain" NIL NIL NIL "7bit" 10 0))")},
      {"number-too-big", body(R"(("a" "b" NIL NIL NIL "7bit" 4294967296))"), 53,
       body(R"(("a" "b" NIL NIL NIL "7bit" 4294967295))")},
      {"zero", "* STATUS a (UIDNEXT 0)\r\n", 20, "* STATUS a (UIDNEXT 1)\r\n"},
      {"leading-zero", "* 1 FETCH (UID 007)\r\n", 15, "* 1 FETCH (UID 7)\r\n"},
      {"loose-comma", "* ESEARCH ALL 1,2,\r\n", 17, "* ESEARCH ALL 1,2\r\n"},
      client("loose-comma", "a FETCH ,1 FLAGS\r\n", 8, "a FETCH 1 FLAGS\r\n"),
  };
}

std::vector<Row> lists() {
  return {
      {"empty-address-list", envelope("NIL NIL () NIL NIL NIL NIL NIL NIL NIL"), 29,
       envelope("NIL NIL NIL NIL NIL NIL NIL NIL NIL NIL")},
      {"empty-parameter-list", body(R"(("a" "b" () NIL NIL "7bit" 10))"), 34,
       body(R"(("a" "b" NIL NIL NIL "7bit" 10))")},
      {"empty-language-list", body(R"(("a" "b" NIL NIL NIL "7bit" 10 NIL NIL ()))"), 64,
       body(R"(("a" "b" NIL NIL NIL "7bit" 10 NIL NIL NIL))")},
      {"star-in-flags", "* FLAGS (\\Seen \\*)\r\n", 14, "* FLAGS (\\Seen)\r\n"},
      {"recent-in-flags", "* FLAGS (\\Recent \\Seen)\r\n", 9, "* FLAGS (\\Seen)\r\n"},
      client("recent-in-flags", "a STORE 1 FLAGS (\\Seen \\Recent)\r\n", 22, "a STORE 1 FLAGS (\\Seen)\r\n"),
      {"bracket-in-flag", "* FLAGS (a[b] \\Seen)\r\n", 12, "* FLAGS (a[b_ \\Seen)\r\n"},
      {"several-selectabilities", "* LIST (\\Noselect \\Marked) \"/\" a\r\n", 17, "* LIST (\\Noselect) \"/\" a\r\n"},
      {"repeated-attribute", "* LIST (\\Remote \\Sent \\remote) \"/\" a\r\n", 21,
       "* LIST (\\Remote \\Sent) \"/\" a\r\n"},
      {"unknown-status-item", "* STATUS a (MESSAGES 3 X-SIZE 9)\r\n", 22, "* STATUS a (MESSAGES 3)\r\n"},
      {"missing-parenthesis", "* STATUS a (MESSAGES 3\r\n", 22, "* STATUS a (MESSAGES 3)\r\n"},
      {"extra-parenthesis", "* STATUS a (MESSAGES 3))\r\n", 23, "* STATUS a (MESSAGES 3)\r\n"},
  };
}

std::vector<Row> fetch_items() {
  const std::string part = R"(("TEXT" "PLAIN" NIL NIL NIL "7BIT" 0 0))";
  return {
      {"empty-multipart", body(R"(("ALTERNATIVE"))"), 26, body("(" + part + " \"ALTERNATIVE\")")},
      {"empty-multipart", body(R"(("MIXED" ("BOUNDARY" "x") NIL NIL))"), 26,
       body("(" + part + R"( "MIXED" ("BOUNDARY" "x") NIL NIL))")},
      {"empty-multipart", body(R"(( "MIXED"))"), 26, body("(" + part + " \"MIXED\")")},
      {"text-without-lines", body(R"(("TEXT" "PLAIN" NIL NIL NIL "7BIT" 5))"), 61,
       body(R"(("TEXT" "PLAIN" NIL NIL NIL "7BIT" 5 0))")},
      {"text-without-lines", body(R"(("TEXT" "PLAIN" NIL NIL NIL "7BIT" 5 NIL NIL))"), 62,
       body(R"(("TEXT" "PLAIN" NIL NIL NIL "7BIT" 5 0 NIL NIL))")},
      {"message-without-contents", body(R"(("MESSAGE" "RFC822" NIL NIL NIL "7BIT" 5))"), 65,
       body("(\"MESSAGE\" \"RFC822\" NIL NIL NIL \"7BIT\" 5 (NIL NIL NIL NIL NIL NIL NIL NIL NIL NIL) " + part +
            " 0)")},
      {"message-without-contents", body(R"(("MESSAGE" "RFC822" NIL NIL NIL "7BIT" 5 NIL))"), 66,
       body("(\"MESSAGE\" \"RFC822\" NIL NIL NIL \"7BIT\" 5 (NIL NIL NIL NIL NIL NIL NIL NIL NIL NIL) " + part +
            " 0 NIL)")},
      {"literal-media-type", body("({4}\r\nTEXT \"PLAIN\" NIL NIL NIL \"7BIT\" 5 1)"), 26,
       body(R"(("TEXT" "PLAIN" NIL NIL NIL "7BIT" 5 1))")},
      {"extension-data-in-body",
       R"(* 1 FETCH (BODY ("a" "b" NIL NIL NIL "7bit" 5 NIL)))"
       "\r\n",
       15, body(R"(("a" "b" NIL NIL NIL "7bit" 5 NIL))")},
      {"envelope-cut-short", envelope("NIL NIL NIL NIL NIL NIL NIL NIL"), 52,
       envelope("NIL NIL NIL NIL NIL NIL NIL NIL NIL NIL")},
      {"binary-origin", "* 1 FETCH (BINARY[1]<0> \"\")\r\n", 20, "* 1 FETCH (BINARY[1] \"\")\r\n"},
      {"single-digit-day", "* 1 FETCH (INTERNALDATE \"1-Feb-1994 21:52:25 -0800\")\r\n", 25,
       "* 1 FETCH (INTERNALDATE \" 1-Feb-1994 21:52:25 -0800\")\r\n"},
      {"date-without-zone", "* 1 FETCH (INTERNALDATE \"17-Jul-1996 02:44:25\")\r\n", 45,
       "* 1 FETCH (INTERNALDATE \"17-Jul-1996 02:44:25 +0000\")\r\n"},
  };
}

std::vector<Row> statuses() {
  return {
      {"code-without-space", "* OK [ALERT]\r\n", 12, "* OK [ALERT] \r\n"},
      {"code-without-space", "* OK [UIDNEXT 3]next\r\n", 16, "* OK [UIDNEXT 3] next\r\n"},
      {"status-without-text", "* OK\r\n", 4, "* OK .\r\n"},
      {"status-without-text", "a NO \r\n", 5, "a NO .\r\n", kRev1},
      {"status-without-text", "* OK [UIDNEXT 3] \r\n", 17, "* OK [UIDNEXT 3] .\r\n", kRev1},
      {"continuation-without-space", "+\r\n", 1, "+ \r\n"},
      {"continuation-without-space", "+Zm9v\r\n", 1, "+ Zm9v\r\n"},
      {"code-without-ok", "* [ALERT] down at six\r\n", 2, "* OK [ALERT] down at six\r\n"},
      {"badcharset-without-parentheses", "a NO [BADCHARSET UTF-8] no\r\n", 17, "a NO [BADCHARSET (UTF-8)] no\r\n"},
      {"permanentflags-without-list", "* OK [PERMANENTFLAGS] none\r\n", 20, "* OK [PERMANENTFLAGS ()] none\r\n"},
      {"capability-without-imap4rev2", "* CAPABILITY IDLE\r\n", 12, "* CAPABILITY IMAP4rev2 IDLE\r\n"},
      {"capability-without-imap4rev2", "* OK [CAPABILITY IDLE] hi\r\n", 16, "* OK [CAPABILITY IMAP4rev2 IDLE] hi\r\n",
       kRev2, Unit::ServerGreeting},
      {"expunged", "* 3 EXPUNGED\r\n", 11, "* 3 EXPUNGE\r\n"},
  };
}

std::vector<Row> commands() {
  return {
      client("macro-in-parentheses", "a FETCH 1 (ALL)\r\n", 10, "a FETCH 1 ALL\r\n"),
      client("charset-without-key", "a SEARCH CHARSET UTF-8\r\n", 22, "a SEARCH CHARSET UTF-8 ALL\r\n"),
      client("plus-in-tag", "a+1 NOOP\r\n", 1, "a_1 NOOP\r\n"),
      client("command-without-tag", "NOOP\r\n", 0, "tag NOOP\r\n"),
      // What is right in another profile is not rewritten.
      {"rev1-syntax", "* 3 RECENT\r\n", 0, "* 3 RECENT\r\n"},
      client("extension-syntax", "a ID NIL\r\n", 0, "a ID NIL\r\n"),
  };
}

std::vector<Row> all_rows() {
  std::vector<Row> all;
  for (const auto& rows :
       {spaces_and_line_ends(), strings(), numbers(), lists(), fetch_items(), statuses(), commands()}) {
    all.insert(all.end(), rows.begin(), rows.end());
  }
  return all;
}

TEST(QuirkTable, EachQuirkIsFoundWhereItIs) {
  for (const Row& row : all_rows()) {
    SCOPED_TRACE(std::string(row.quirk) + ": " + escape_octets(row.octets));
    const Diagnosis found = diagnose(row.octets, row.unit, row.profile);
    if (found.error) ADD_FAILURE() << describe(*found.error, found.octets);
    if (found.quirks.empty()) {
      ADD_FAILURE() << "nothing found";
      continue;
    }
    for (const FoundQuirk& each : found.quirks) EXPECT_EQ(each.quirk->name, row.quirk);
    EXPECT_EQ(found.quirks.front().offset, row.offset);
    EXPECT_EQ(escape_octets(found.octets), escape_octets(row.repaired));
  }
}

TEST(QuirkTable, NoneIsFoundInAUnitThatIsRight) {
  for (const Row& row : all_rows()) {
    const Profile profile = diagnose(row.octets, row.unit, row.profile).profile;
    const Diagnosis found = diagnose(row.repaired, row.unit, profile);
    EXPECT_EQ(found.error, std::nullopt) << escape_octets(row.repaired);
    EXPECT_TRUE(found.quirks.empty()) << escape_octets(row.repaired) << ": " << found.quirks.front().quirk->name;
  }
}

TEST(QuirkTable, EveryQuirkHasARow) {
  std::set<std::string_view> tested;
  for (const Row& row : all_rows()) tested.insert(row.quirk);
  for (const Quirk& quirk : quirks()) EXPECT_TRUE(tested.contains(quirk.name)) << quirk.name;
  EXPECT_EQ(tested.size(), quirks().size());
}

TEST(QuirkTable, EveryQuirkIsExplained) {
  std::set<std::string_view> names;
  for (const Quirk& quirk : quirks()) {
    EXPECT_TRUE(names.insert(quirk.name).second) << quirk.name << " stands twice";
    EXPECT_FALSE(quirk.what.empty()) << quirk.name;
    EXPECT_TRUE(quirk.clause.starts_with("RFC ")) << quirk.name;
  }
}

}  // namespace
}  // namespace imapspec::parser::test
