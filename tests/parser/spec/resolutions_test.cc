// Each resolution of parser/spec with both readings: what its RFC has as written, and what is made of it.
#include <gtest/gtest.h>

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "parser/grammar/parse.h"
#include "tests/parser/spec/grammars.h"

namespace imapspec::abnf::test {
namespace {

using parser::Direction;

constexpr Direction kClient = Direction::FromClient;
constexpr Direction kServer = Direction::FromServer;
const std::string kNul(1, '\0');

// Side is one of the readings: a rule of that grammar, and whether it matches. A rule that is not there matches
// nothing.
struct Side {
  std::string_view rule;
  bool accepts = false;
};

// Reading is one sentence in both. Where `octets_written` is not empty, the RFC has it in another form.
struct Reading {
  std::string_view id;
  std::string_view profile;
  Direction direction;
  std::string octets;
  Side written;
  Side resolved;
  std::string octets_written = {};
};

void check(const std::vector<Reading>& readings, bool with_prose = true) {
  for (const Reading& reading : readings) {
    const std::string& as_written = reading.octets_written.empty() ? reading.octets : reading.octets_written;
    SCOPED_TRACE(std::string(reading.id) + ", " + std::string(reading.profile) + ": " +
                 parser::escape_octets(reading.octets.substr(0, 200)));
    EXPECT_EQ(
        matches(written_grammar(reading.profile, reading.direction, with_prose), reading.written.rule, as_written),
        reading.written.accepts);
    EXPECT_EQ(matches(grammar(reading.profile, reading.direction), reading.resolved.rule, reading.octets),
              reading.resolved.accepts);
  }
}

// A command or a response, with its CRLF, that one reading has and the other has not.
Reading command(std::string_view id, std::string_view profile, std::string line, bool written, bool resolved) {
  return {id, profile, kClient, line + "\r\n", {"command", written}, {"command-unit", resolved}};
}
Reading response(std::string_view id, std::string_view profile, std::string line, bool written, bool resolved) {
  return {id, profile, kServer, line + "\r\n", {"response-data", written}, {"response-unit", resolved}};
}

// What the RFC says in words: read by a machine, it matches nothing.
const std::vector<Reading>& prose() {
  static const std::vector<Reading> kProse{
      {"L1", "rev2", kClient, "a", {"ATOM-CHAR", false}, {"ATOM-CHAR", true}},
      {"L1", "rev2", kClient, "]", {"ATOM-CHAR", false}, {"ATOM-CHAR", false}},
      {"L1", "rev2", kClient, "\x7f", {"ATOM-CHAR", false}, {"ATOM-CHAR", false}},
      {"L1", "rev2", kClient, "\x07", {"TEXT-CHAR", false}, {"TEXT-CHAR", true}},
      {"L1", "rev2", kClient, "\r", {"TEXT-CHAR", false}, {"TEXT-CHAR", false}},
      {"L17", "rev2", kClient, "a]", {"tag", false}, {"tag", true}},
      {"L17", "rev2", kClient, "a+", {"tag", false}, {"tag", false}},
      {"L4", "rev2", kClient, "\"a\x07\"", {"quoted", false}, {"quoted", true}},
      {"L4", "rev2", kClient, R"("a\b")", {"quoted", false}, {"quoted", false}},
      {"L4", "rev1", kClient, R"("\\")", {"quoted", true}, {"quoted", true}},
      {"L5", "rev2", kClient, "\xc3\xa9", {"UTF8-2", false}, {"UTF8-2", true}},
      {"L5", "rev2", kClient, "\xc0\x80", {"UTF8-2", false}, {"UTF8-2", false}},
      {"L5", "rev2", kClient, "\xed\xa0\x80", {"UTF8-3", false}, {"UTF8-3", false}},
      {"L5", "rev2", kClient, "\xf4\x90\x80\x80", {"UTF8-4", false}, {"UTF8-4", false}},
      {"T4", "rev2", kServer, "X (a\"]", {"resp-text-code", false}, {"resp-text-code", false}},
      {"T4", "rev2", kServer, "X (a\"", {"resp-text-code", false}, {"resp-text-code", true}},
  };
  return kProse;
}

const std::vector<Reading>& strings_and_numbers() {
  static const std::vector<Reading> kReadings{
      command("L7", "rev2", "a LOGIN {3}\r\nab c", true, false),
      command("L7", "rev2", "a LOGIN {3}\r\nabc d", true, true),
      command("L7", "rev1", "a LOGIN {3}\r\nab c", true, false),
      response("L8", "rev2", "* 1 FETCH (BINARY[1] ~{3}\r\na)", true, false),
      response("L8", "rev2", "* 1 FETCH (BINARY[1] ~{3}\r\na" + kNul + "b)", true, true),
      response("L9", "rev2", "* 1 FETCH (BODY[] {1+}\r\na)", true, false),
      command("L10", "rev2", "a LOGIN b {97+}\r\n" + std::string(97, 'x'), true, true),
      command("L10", "rev2", "a LOGIN b {4097+}\r\n" + std::string(4097, 'x'), true, false),
      command("L12", "rev2", "a FETCH 4294967295 ALL", true, true),
      command("L12", "rev2", "a FETCH 4294967296 ALL", true, false),
      response("L12", "rev1", "* 4294967296 EXISTS", true, false),
      response("L12", "rev1", "* 004294967295 EXISTS", true, true),
      command("L12", "rev2", "a SEARCH LARGER 9223372036854775807", true, true),
      command("L12", "rev2", "a SEARCH LARGER 9223372036854775808", true, false),
      command("L12", "rev2", "a FETCH 1 BODY[]<0.9223372036854775808>", true, false),
      command("L18", "rev2", "a AUTHENTICATE PLAIN ", true, false),
      command("L18", "rev2", "a AUTHENTICATE PLAIN =", true, true),
      command("L18", "rev2", "a AUTHENTICATE PLAIN Zg==", true, true),
      {"L20",
       "rev2",
       kClient,
       "*\r\n",
       {"command", false},
       {"authenticate-data", true},
       "a AUTHENTICATE PLAIN\r\n*\r\n"},
      command("L25", "rev2", "a LIST (vendor.a\r\n\")-b) \"\" *", true, false),
      command("L25", "rev2", "a LIST (vendor.\xc3\xa9-b) \"\" *", true, false),
      command("L25", "rev2", "a LIST (vendor.a-b) \"\" *", true, true),
      command("T57", "rev2", "a LIST (vendor." + kNul + "-b) \"\" *", true, false),
      // The charset of a server of both is RFC 3501's.
      command("L23", "rev1+rev2", "a SEARCH CHARSET {5}\r\nUTF-8 ALL", false, true),
  };
  return kReadings;
}

const std::vector<Reading>& units_and_codes() {
  static const std::vector<Reading> kReadings{
      {"T8", "rev2", kServer, "* 1 EXISTS\r\na OK b\r\n", {"response", true}, {"response-unit", false}},
      {"T8", "rev2", kServer, "* 1 EXISTS\r\n", {"response", false}, {"response-unit", true}},
      {"T8", "rev2", kServer, "* BYE b\r\n", {"response-fatal", true}, {"response-unit", true}},
      command("T10", "rev2", "a IDLE", false, true),
      command("T10", "rev2", "a IDLE\r\nDONE", true, false),
      {"T10", "rev2", kClient, "done\r\n", {"command", true}, {"idle-done", true}, "a IDLE\r\ndone\r\n"},
      command("T10", "rev2", "a AUTHENTICATE PLAIN\r\nZg==", true, false),
      command("T10", "rev1", "a AUTHENTICATE PLAIN\r\nZg==", true, false),
      {"T3", "rev2", kServer, "UIDNEXT abc", {"resp-text-code", true}, {"resp-text-code", false}},
      {"T3", "rev2", kServer, "ALERT x", {"resp-text-code", true}, {"resp-text-code", false}},
      {"T3", "rev2", kServer, "capability IMAP4rev1", {"resp-text-code", true}, {"resp-text-code", false}},
      {"T3", "rev2", kServer, "UNSEEN 0", {"resp-text-code", true}, {"resp-text-code", true}},
      {"T3", "rev1", kServer, "UNSEEN 0", {"resp-text-code", true}, {"resp-text-code", false}},
      // ... and a text all the same.
      response("T3", "rev2", "* OK [UIDNEXT abc] x", true, true),
      response("T3", "rev1", "* OK [UIDNEXT abc] x", true, true),
      response("T42", "rev1+rev2", "* CAPABILITY IMAP4rev1", false, true),
      response("T42", "rev1+rev2", "* CAPABILITY FOO", false, false),
      response("T45", "rev1", "* STATUS a (UIDNEXT 0)", true, false),
      response("T45", "rev1", "* STATUS a (UNSEEN 0)", true, true),
      response("T52", "rev2", "* SEARCH 1", true, false),
      response("T52", "rev2", "* 3 RECENT", true, false),
      response("T52", "rev1+rev2", "* 3 RECENT", true, true),
      response("T52", "rev1+rev2", "* LSUB () NIL a", false, true),
      command("T52", "rev1+rev2", "a CHECK", false, true),
      command("T52", "rev1+rev2", "a FETCH 1 RFC822.TEXT", false, true),
  };
  return kReadings;
}

const std::vector<Reading>& flags_sets_and_lists() {
  static const std::vector<Reading> kReadings{
      response("T14", "rev2", "* FLAGS (\\Recent)", true, false),
      response("T14", "rev1", "* FLAGS (\\recent)", true, false),
      response("T14", "rev2", "* FLAGS (\\Recently)", true, true),
      response("T14", "rev2", "* 1 FETCH (FLAGS (\\Recent))", true, true),
      command("T14", "rev2", "a STORE 1 FLAGS \\Recent", true, false),
      command("T25", "rev2", "a FETCH 1,$ ALL", true, false),
      command("T25", "rev2", "a FETCH $ ALL", true, true),
      command("T25", "rev2", "a FETCH 1,2:*,4 ALL", true, true),
      {"T26", "rev2", kServer, "1,2:3,4,5", {"uid-set", true}, {"uid-set", true}},
      {"T26", "rev2", kServer, "1,*", {"uid-set", false}, {"uid-set", false}},
      response("T17", "rev2", "* LIST (\\Noselect \\Marked) NIL a", true, false),
      response("T17", "rev2", "* LIST (\\foo \\Marked \\bar) NIL a", true, true),
      response("T17", "rev2", "* LIST (\\Subscribed \\foo \\subscribed) NIL a", true, false),
      response("T17", "rev2", "* LIST (\\HasChildren \\HasNoChildren) NIL a", true, false),
      response("T17", "rev1", "* LIST (\\Noselect \\Marked) NIL a", true, false),
      response("T17", "rev1", "* LIST (\\Noinferiors \\Noinferiors) NIL a", true, true),
      command("T18", "rev2", "a LIST (RECURSIVEMATCH) \"\" *", true, false),
      command("T18", "rev2", "a LIST (REMOTE RECURSIVEMATCH) \"\" *", true, false),
      command("T18", "rev2", "a LIST (RECURSIVEMATCH SUBSCRIBED) \"\" *", true, true),
      command("T18", "rev2", "a LIST (REMOTE foo) \"\" *", true, true),
      command("T24", "rev2", "a LIST \"\" * RETURN (STATUS)", true, false),
      command("T24", "rev2", "a LIST \"\" * RETURN (SUBSCRIBED (x))", true, false),
      command("T24", "rev2", "a LIST \"\" * RETURN (foo (x) STATUS (SIZE))", true, true),
      command("T19", "rev2", "a LIST (foo (a (b c))) \"\" *", true, true),
      command("T19", "rev2", "a LIST (foo (())) \"\" *", false, false),
      response("T20", "rev2", "* LIST () NIL a (foo 5)", true, true),
      response("T20", "rev2", "* LIST () NIL a (foo \"5\")", false, false),
      command("T46", "rev2", "a LIST \"\" (% music/rock)", false, true),
      response("T51", "rev2", "* LIST () NIL a (CHILDINFO (SUBSCRIBED))", true, false),
      response("T51", "rev2", "* LIST () NIL a (\"childinfo\" (\"SUBSCRIBED\"))", true, true),
      response("T51", "rev2", "* LIST () NIL a ({7}\r\nOLDNAME 5)", true, false),
      response("T51", "rev2", "* LIST () NIL a (OLDNAME (b))", true, true),
      response("T51", "rev2", "* LIST () NIL a (\"a b\" 5)", true, false),
      response("T51", "rev2", "* LIST () NIL a (a]b 5)", true, false),
      response("T44", "rev2", "* NAMESPACE NIL NIL ((\"\" \"/\" \"X\" (\"y\")))", true, true),
      response("T44", "rev2", "* NAMESPACE NIL NIL ((\"\" \"/\" ))", false, false),
  };
  return kReadings;
}

std::string body(std::string_view item, std::string_view part) {
  return "* 1 FETCH (" + std::string(item) + " (" + std::string(part) + "))";
}

const std::vector<Reading>& search_and_fetch() {
  static const std::vector<Reading> kReadings{
      command("T22", "rev2", "a SEARCH RETURN (MIN 1) ALL", true, false),
      command("T22", "rev2", "a SEARCH RETURN (SAVE (x)) ALL", true, false),
      command("T22", "rev2", "a SEARCH RETURN (FOO 1 MIN) ALL", true, true),
      response("T21", "rev2", "* ESEARCH MIN 0", true, false),
      response("T21", "rev2", "* ESEARCH COUNT 1:5", true, false),
      response("T21", "rev2", "* ESEARCH ALL $", true, false),
      response("T21", "rev2", "* ESEARCH FOO $ MIN 1", true, true),
      response("T29", "rev2", body("BODYSTRUCTURE", R"("TEXT" "PLAIN" NIL NIL NIL "7BIT" 5)"), true, false),
      response("T29", "rev1", body("BODYSTRUCTURE", R"("text" "PLAIN" NIL NIL NIL "7BIT" 5)"), true, false),
      response("T29", "rev2", body("BODYSTRUCTURE", R"("TEXT" "PLAIN" NIL NIL NIL "7BIT" 5 1)"), true, true),
      response("T29", "rev2", body("BODYSTRUCTURE", R"("MESSAGE" "RFC822" NIL NIL NIL "7BIT" 5)"), true, false),
      response("T29", "rev2", body("BODYSTRUCTURE", R"("MESSAGE" "GLOBAL" NIL NIL NIL "7BIT" 5)"), true, false),
      response("T29", "rev1", body("BODYSTRUCTURE", R"("MESSAGE" "GLOBAL" NIL NIL NIL "7BIT" 5)"), true, true),
      response("T29", "rev2", body("BODYSTRUCTURE", R"("MESSAGE" "PARTIAL" NIL NIL NIL "7BIT" 5)"), true, true),
      response("T30", "rev2", body("BODYSTRUCTURE", "{4}\r\nTEXT \"PLAIN\" NIL NIL NIL \"7BIT\" 5"), true, false),
      response("T30", "rev2", body("BODYSTRUCTURE", "\"MESSAGE\" {6}\r\nRFC822 NIL NIL NIL \"7BIT\" 5"), true, false),
      response("T36", "rev2", body("BODY", R"("A" "B" NIL NIL NIL "7BIT" 5 NIL)"), true, false),
      response("T36", "rev1", body("BODY", R"(("A" "B" NIL NIL NIL "7BIT" 5 NIL) "MIXED")"), true, false),
      response("T36", "rev2", body("BODYSTRUCTURE", R"("A" "B" NIL NIL NIL "7BIT" 5 NIL)"), true, true),
      response("T36", "rev2", body("BODY", R"("A" "B" NIL NIL NIL "7BIT" 5)"), true, true),
      {"T34", "rev2", kServer, "(4294967296 NIL)", {"body-extension", true}, {"body-extension", true}},
      {"T34", "rev2", kServer, "()", {"body-extension", false}, {"body-extension", false}},
      {"T40", "rev2", kClient, "5.5", {"partial-range", true}, {"partial-range", false}},
  };
  return kReadings;
}

const std::vector<Reading>& extensions() {
  static const std::vector<Reading> kReadings{
      command("T61", "rev2 CONDSTORE", "a SELECT x (CONDSTORE 5)", true, false),
      command("T61", "rev2 CONDSTORE", "a FETCH 1 ALL (CHANGEDSINCE)", true, false),
      command("T61", "rev2 CONDSTORE", "a SELECT x (FOO 5 CONDSTORE)", true, true),
      command("T61", "rev2 UTF8=ACCEPT", "a APPEND x FOO (bar)", true, false),
      command("T62", "rev2 CONDSTORE", "a STORE 1 (UNCHANGEDSINCE 0 UNCHANGEDSINCE 1) FLAGS b", true, false),
      command("T62", "rev2 CONDSTORE", "a STORE 1 (UNCHANGEDSINCE 0 FOO) FLAGS b", true, true),
      response("T63", "rev2 QRESYNC", "* VANISHED 1:*", true, false),
      response("T63", "rev2 QRESYNC", "* VANISHED $", true, false),
      response("T63", "rev2 QRESYNC", "* VANISHED (EARLIER) 1:3,5", true, true),
      command("T64", "rev2 QRESYNC", "a FETCH 1 ALL (CHANGEDSINCE 1 VANISHED)", true, false),
      command("T64", "rev2 QRESYNC", "a UID FETCH 1 ALL (VANISHED)", true, false),
      command("T64", "rev2 QRESYNC", "a UID FETCH 1 ALL (VANISHED CHANGEDSINCE 1)", true, true),
      command("T14", "rev2 CONDSTORE", R"(a SEARCH MODSEQ "/flags/\\Recent" all 1)", true, false),
      command("T14", "rev2 CONDSTORE", R"(a SEARCH MODSEQ "/flags/\\Seen" all 1)", true, true),
      response("L12", "rev2 CONDSTORE", "* 1 FETCH (MODSEQ (0))", true, false),
      command("T66", "rev2 QUOTA", "a GETQUOTA \"\"", false, true),
      response("T66", "rev2 QUOTA", "* QUOTAROOT x \"\"", false, true),
      response("T66", "rev2 ID", "* ID NIL", false, true),
      {"X1", "rev2 QUOTA", kServer, "QUOTA \"\" ()", {"quota-response", false}, {"quota-response", true}},
      response("X2", "rev2 ACL", "* MYRIGHTS x lrS", true, false),
      response("X2", "rev2 ACL", "* MYRIGHTS x {2}\r\nlr", true, true),
      command("X2", "rev2 ACL", "a SETACL x y l+r", true, false),
      command("X2", "rev2 ACL", "a SETACL x y {3}\r\n+lr", true, true),
      command("T28", "rev2 UTF8=ACCEPT", "a APPEND x {1}\r\na {1}\r\nb", true, false),
      command("T28", "rev2 MULTIAPPEND", "a APPEND x {1}\r\na {1}\r\nb", true, true),
      command("L8", "rev2 UTF8=ACCEPT", "a APPEND x ~{1}\r\na", true, false),
      command("L8", "rev2 BINARY", "a APPEND x ~{1}\r\na", true, true),
      command("L8", "rev2 BINARY", "a APPEND x ~{1+}\r\na", false, true),
      command("L8", "rev2 BINARY", "a APPEND x ~{4097+}\r\n" + std::string(4097, 'a'), false, false),
      command("L8", "rev2 BINARY LITERAL+", "a APPEND x ~{4097+}\r\n" + std::string(4097, 'a'), false, true),
      command("L8", "rev1 BINARY", "a APPEND x ~{1+}\r\na", false, false),
      command("L8", "rev1 BINARY LITERAL-", "a APPEND x ~{1+}\r\na", false, true),
      command("L8", "rev1 BINARY LITERAL+", "a APPEND x ~{4097+}\r\n" + std::string(4097, 'a'), false, true),
      command("L10", "rev1 LITERAL+", "a LOGIN b {4097+}\r\n" + std::string(4097, 'x'), true, true),
      command("L10", "rev1 LITERAL-", "a LOGIN b {4097+}\r\n" + std::string(4097, 'x'), true, false),
      command("L18", "rev1 SASL-IR", "a AUTHENTICATE PLAIN ", true, false),
      command("T44", "rev1 NAMESPACE", "a NAMESPACE", false, true),
      response("T44", "rev1 NAMESPACE", "* NAMESPACE NIL NIL NIL", false, true),
      command("T10", "rev1 IDLE", "a IDLE", false, true),
      response("T21", "rev1 ESEARCH", "* ESEARCH MIN 0", true, false),
      command("T22", "rev1 ESEARCH SEARCHRES", "a SEARCH RETURN (SAVE 5) ALL", true, false),
      command("L23", "rev1 ESEARCH", "a SEARCH CHARSET {5}\r\nUTF-8 ALL", false, true),
      {"T12", "rev1", kServer, "BADCHARSET ({1}\r\na)", {"resp-text-code", true}, {"resp-text-code", false}},
      {"T12", "rev1", kServer, "BADCHARSET (a \"b\")", {"resp-text-code", true}, {"resp-text-code", true}},
      {"T3", "rev1 UIDPLUS", kServer, "COPYUID 1", {"resp-text-code", true}, {"resp-text-code", false}},
  };
  return kReadings;
}

TEST(Resolutions, ProseMatchesNothingAndItsRulesDo) { check(prose(), false); }
TEST(Resolutions, OfStringsAndNumbersHaveBothReadings) { check(strings_and_numbers()); }
TEST(Resolutions, OfUnitsAndCodesHaveBothReadings) { check(units_and_codes()); }
TEST(Resolutions, OfFlagsSetsAndListsHaveBothReadings) { check(flags_sets_and_lists()); }
TEST(Resolutions, OfSearchAndFetchHaveBothReadings) { check(search_and_fetch()); }
TEST(Resolutions, OfExtensionsHaveBothReadings) { check(extensions()); }

TEST(Resolutions, AreAllInTheTables) {
  // The arguments of an experimental command are prose: no sentence has them, in any reading.
  std::set<std::string_view> tested{"T55"};
  for (const auto* table : {&prose(), &strings_and_numbers(), &units_and_codes(), &flags_sets_and_lists(),
                            &search_and_fetch(), &extensions()}) {
    for (const Reading& reading : *table) tested.insert(reading.id);
  }
  for (const Mention& mention : mentions()) {
    if (mention.severity == "none" || mention.severity == "lint") continue;
    EXPECT_TRUE(tested.contains(mention.id)) << mention.id << " of " << mention.file;
  }
}

}  // namespace
}  // namespace imapspec::abnf::test
