// Each numbered trap of the two grammars, read both ways: what is right, and its nearest neighbour that is not.
//
// parser/spec/resolutions.abnf

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <regex>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "parser/diagnose/diagnose.h"
#include "parser/grammar/parse.h"
#include "tests/parser/unit_laws.h"

namespace imapspec::parser::test {
namespace {

using namespace std::string_view_literals;
using enum UnitKind;

const Profile kDual = kRev1AndRev2;

// Reading is a unit, without its CRLF, that is right, or wrong at an octet by a resolution or by the ABNF.
struct Reading {
  std::string_view trap;
  UnitKind kind;
  std::string_view line;
  std::optional<std::size_t> wrong_at = std::nullopt;
  std::string_view resolution = {};
  Profile profile = kRev2;
};

std::vector<Reading> strings_and_octets() {
  return {
      {"L1", Command, "a SELECT a]b:c<d>[e~f}g"},
      {"L1", Command, "a SELECT a%b", 10},
      {"L1", Command,
       "a SELECT a\x7f"
       "b",
       10},
      {"L2", Command, "a SELECT NIL"},
      {"L2", Response, "* LIST () NILx a", 13},
      {"L3", Response, "* 1 FETCH (BODY[] \"\")"},
      {"L3", Response, "* 1 FETCH (BODY[] {0}\r\n)"},
      {"L3", Response, "* 1 FETCH (BODY[] NIL)"},
      {"L3", Response, "* 1 FETCH (BODY[] a)", 18},
      {"L4", Command, R"(a SELECT "a\\b\"c")"},
      {"L4", Command, "a SELECT \"a\tb\x07\x7f\""},
      {"L4", Command, R"(a SELECT "a\b")", 12},
      {"L5", Command, "a SELECT \"\xc3\xa9\""},
      {"L5", Command, "a SELECT \"\xc3\xa9\"", 10, "", kRev1},
      {"L5", Command, "a SELECT \"\xed\xa0\x80\"", 11},
      {"L6", Command, "a SELECT caf\xc3\xa9", 12},
      {"L6", Response, "* OK [X caf\xc3\xa9] ok"},
      {"L7", Command, "a SELECT {3}\r\n\r\n\x01"},
      {"L7", Command, "a SELECT {3}\r\na\0b"sv, 15},
      {"L8", Response, "* 1 FETCH (BINARY[1] ~{1}\r\n\0)"sv},
      {"L8", Response, "* 1 FETCH (BODY[1] ~{1}\r\na)", 19},
      {"L8", Response, "* 1 FETCH (BINARY[1] ~{1+}\r\na)", 24},
      {"L9", Command, "a SELECT {1+}\r\na"},
      {"L9", Response, "* STATUS {1+}\r\na ()", 11, "L9"},
      {"L10", Command, "a SELECT {4097+}\r\na", 14, "L10"},
      {"L11", Command, "a FETCH 1 BODY[]<007.1>"},
      {"L11", Command, "a SELECT {0000000000000000000001}\r\na"},
      {"L11", Command, "a FETCH 1 BODY[]<1.01>", 19},
      {"L12", Response, "* 4294967295 EXISTS"},
      {"L12", Response, "* 4294967296 EXISTS", 11, "L12"},
      {"L12", Command, "a SEARCH LARGER 9223372036854775807"},
      {"L12", Command, "a SEARCH LARGER 9223372036854775808", 34, "L12"},
      {"L13", Response, "* 1 FETCH (RFC822.SIZE 4294967296)"},
      {"L13", Response, "* 1 FETCH (RFC822.SIZE 4294967296)", 32, "L12", kRev1},
      {"L13", Response, "* 1 FETCH (BINARY.SIZE[] 4294967296)", 34, "L12"},
      {"L14", Command, "a sEaRcH oN 1-fEb-1994"},
      {"L15", Command, "a NOOP ", 6},
      {"L16", Command, "a NOOP\r", 7},
      {"L17", Command, "a]b NOOP"},
      {"L17", Command, "a+b NOOP", 1},
      {"L18", Command, "a AUTHENTICATE EXTERNAL ="},
      {"L18", Command, "a AUTHENTICATE EXTERNAL ", 24, "L18"},
      {"L19", AuthenticateData, "Zh=="},
      {"L19", AuthenticateData, "Zg", 2},
      {"L20", AuthenticateData, "*"},
      {"L20", AuthenticateData, "**", 1},
      {"L21", Command, "a SEARCH ON 99-Feb-0000"},
      {"L21", Response, "* 1 FETCH (INTERNALDATE \" 1-Feb-1994 99:99:99 +9999\")"},
      {"L21", Response, "* 1 FETCH (INTERNALDATE \"1-Feb-1994 99:99:99 +9999\")", 26},
      {"L22", Command, "a SEARCH ON \"1-Feb-1994\""},
      {"L22", Command, "a APPEND a 01-Feb-1994 {1}\r\na", 11},
      {"L23", Command, "a SEARCH CHARSET {1}\r\na ALL", 17},
      {"L23", Command, "a SEARCH CHARSET {1}\r\na ALL", std::nullopt, "", kRev1},
      {"L24", Response, R"(* LIST () "\\" a)"},
      {"L24", Response, R"(* LIST () "" a)", 11},
      {"L25", Command, "a LIST (vendor.a-b (x)) \"\" %"},
      {"L25", Command, "a LIST (vendor.a\xc3\xa9-b) \"\" %", 16},
  };
}

std::vector<Reading> status_lines() {
  return {
      {"T1", Response, "* OK [ALERT] hi"},
      {"T1", Response, "* OK [not a code"},
      {"T2", Response, "* OK [ALERT]"},
      {"T3", Response, "* OK [UIDNEXT 4] x"},
      {"T3", Response, "* OK [UIDNEXT abc] x"},
      {"T4", Response, "* OK [FOO (BAR]BAZ)] x"},
      {"T5", Response, "* OK "},
      {"T5", Response, "* OK", 4},
      {"T5", Response, "* OK ", 5, "", kRev1},
      {"T5", Response, "* OK [ALERT] ", std::nullopt, "", kRev1},
      {"T6", Response, "* OK \x07\x1b\t"},
      {"T6", Response, "* OK \0"sv, 5},
      {"T7", Response, "+ Zm9v"},
      {"T7", Response, "+ "},
      {"T7", Response, "+ ", std::nullopt, "", kRev1},
      {"T7", Response, "+", 1},
      {"T8", Response, "* BYE x"},
      {"T8", Response, "a BYE x", 3},
      {"T9", Greeting, "* PREAUTH x"},
      {"T9", Response, "* PREAUTH x", 2},
      {"T9", Greeting, "* NO x", 2},
      {"T10", IdleDone, "done"},
      {"T10", IdleDone, "a DONE", 0},
      {"T11", Command, "a UID EXPUNGE 1"},
      {"T12", Response, "* OK see {5}"},
      {"T42", Response, "* CAPABILITY AUTH= IMAP4rev2 X"},
      {"T42", Response, "* CAPABILITY IMAP4rev1", 22},
      {"T43", Response, "* OK [CAPABILITY IMAP4rev1] x"},
      {"T57", Response, "* OK a\0b"sv, 6},
      {"T58", Response, "* OK caf\xc3\xa9"},
      {"T58", Response, "* OK caf\xe9", 9},
  };
}

std::vector<Reading> names_flags_and_sets() {
  return {
      {"T13", Command, "a SELECT INBOX.foo"},
      {"T14", Response, "* 1 FETCH (FLAGS (\\Recent))"},
      {"T14", Response, "* FLAGS (\\Recently)"},
      {"T14", Response, "* FLAGS (\\Recent)", 16, "T14"},
      {"T14", Command, "a STORE 1 FLAGS \\Recent", 23, "T14"},
      {"T15", Response, "* OK [PERMANENTFLAGS (\\*)] x"},
      {"T15", Response, "* FLAGS (\\*)", 10},
      {"T16", Command, "a SEARCH KEYWORD $Junk"},
      {"T16", Command, "a SEARCH KEYWORD \\Seen", 17},
      {"T17", Response, "* LIST (\\Marked \\Noinferiors) NIL a"},
      {"T17", Response, "* LIST (\\Noselect \\Marked) NIL a", 25, "T17"},
      {"T17", Response, "* LIST (\\Remote \\x \\Remote) NIL a", 26, "T17"},
      {"T17", Response, "* LIST (\\HasChildren \\HasNoChildren) NIL a", 35, "T17"},
      {"T25", Command, "a FETCH $ FLAGS"},
      {"T25", Command, "a FETCH 1,$ FLAGS", 10, "T25"},
      {"T25", Command, "a FETCH $,1 FLAGS", 9},
      {"T25", Command, "a FETCH $ FLAGS", 8, "", kRev1},
      {"T26", Response, "a OK [COPYUID 1 1,2,3:4 5,6,7:8] x"},
      {"T27", Command, "a FETCH *:4,2:1,*:* FLAGS"},
      {"T28", Response, "a OK [APPENDUID 1 2:3] x"},
      {"T47", Command, "a STORE 1 FLAGS \\Seen \\Draft"},
      {"T47", Command, "a STORE 1 FLAGS (\\Seen) \\Draft", 23},
      {"T53", Command, "a ENABLE", 8},
      {"T53", Response, "* ENABLED"},
      {"T54", Response, "* 0 EXISTS"},
      {"T54", Response, "* 0 EXPUNGE", 6},
  };
}

std::vector<Reading> lists_and_searches() {
  return {
      {"T18", Command, "a LIST (RECURSIVEMATCH SUBSCRIBED) \"\" %"},
      {"T18", Command, "a LIST (RECURSIVEMATCH) \"\" %", 22, "T18"},
      {"T18", Command, "a LIST (REMOTE RECURSIVEMATCH x) \"\" %", 31, "T18"},
      {"T19", Command, "a LIST (x ((a) (b c))) \"\" %"},
      {"T19", Command, "a LIST (x ()) \"\" %", 11},
      {"T20", Response, "* LIST () NIL a (x 5 y 1:2 z (a \"b\"))"},
      {"T20", Response, "* LIST () NIL a (x \"text\")", 19},
      {"T21", Response, "* ESEARCH MIN 1 ALL 1:2 COUNT 0 x (y)"},
      {"T21", Response, "* ESEARCH MIN 01", 14},
      {"T21", Response, "* ESEARCH ALL $", 14, "T21"},
      {"T22", Command, "a SEARCH RETURN (MIN x (1)) ALL"},
      {"T22", Command, "a SEARCH RETURN (MIN 1) ALL", 21, "T22"},
      {"T23", Response, "* ESEARCH UID COUNT 5"},
      {"T23", Response, "* ESEARCH UID 5"},
      {"T24", Command, "a LIST \"\" % RETURN (STATUS (UNSEEN) x (y))"},
      {"T24", Command, "a LIST \"\" % RETURN (STATUS)", 26, "T24"},
      {"T24", Command, "a LIST \"\" % RETURN (STATUS (FOO))", 28, "T24"},
      {"T24", Command, "a LIST \"\" % RETURN (SUBSCRIBED (x))", 31, "T24"},
      {"T44", Response, "* NAMESPACE ((\"\" NIL \"x\" (\"y\"))) NIL NIL"},
      {"T44", Response, "* NAMESPACE ((\"\" NIL) (\"a\" NIL)) NIL NIL", 21},
      {"T45", Response, "* STATUS a ()"},
      {"T45", Command, "a STATUS a ()", 12},
      {"T45", Response, "* STATUS a (UIDNEXT 0)", 20, "", kRev1},
      {"T46", Command, "a3.1 LIST \"\" (% music/rock)"},
      {"T46", Command, "a LIST \"\" ()", 11},
      {"T48", Command, "a SEARCH CHARSET UTF-8", 22},
      {"T48", Command, "a SEARCH NOT OR NOT ALL NOT NEW ALL", 29},
      {"T49", Command, "a SEARCH *:1 $ 7"},
      {"T50", Command, "a LIST \"\" *"},
      {"T50", Command, "a LIST % *", 7},
      {"T51", Response, "* LIST () NIL a (\"childinfo\" (\"SUBSCRIBED\") OLDNAME (b))"},
      {"T51", Response, "* LIST () NIL a (CHILDINFO 5)", 27, "T51"},
      {"T51", Response, "* LIST () NIL a (CHILDINFO (SUBSCRIBED))", 28, "T51"},
      {"T51", Response, "* LIST () NIL a (\"{9}\" 5)", 18, "T51"},
      {"T59", Response, "* ESEARCH (TAG {1}\r\na)"},
  };
}

std::vector<Reading> messages() {
  return {
      {"T29", Response, "* 1 FETCH (BODY (\"TEXT\" \"PLAIN\" NIL NIL NIL \"7BIT\" 5 1))"},
      {"T29", Response, "* 1 FETCH (BODY (\"TEXT\" \"PLAIN\" NIL NIL NIL \"7BIT\" 5))", 52, "T29"},
      {"T29", Response, "* 1 FETCH (BODYSTRUCTURE (\"MESSAGE\" \"RFC822\" NIL NIL NIL \"7BIT\" 5 NIL))", 66, "T29"},
      {"T29", Response, "* 1 FETCH (BODY (\"MESSAGE\" \"GLOBAL\" NIL NIL NIL \"7BIT\" 5))", std::nullopt, "", kRev1},
      {"T30", Response, "* 1 FETCH (BODY ({4}\r\nFONT \"A\" NIL NIL NIL \"7BIT\" 5))"},
      {"T30", Response, "* 1 FETCH (BODY ({4}\r\nTEXT \"A\" NIL NIL NIL \"7BIT\" 5))", 30, "T30"},
      {"T30", Response, "* 1 FETCH (BODY (\"MESSAGE\" {6}\r\nRFC822 NIL NIL NIL \"7BIT\" 5))", 38, "T30"},
      {"T31", Response, "* 1 FETCH (BODY (\"A\" \"B\" () NIL NIL \"7BIT\" 5))", 26},
      {"T32", Response, "* 1 FETCH (BODY (\"A\" \"B\" NIL NIL NIL NIL 5))", 37},
      {"T33", Response,
       "* 1 FETCH (BODY ((\"A\" \"B\" NIL NIL NIL \"7BIT\" 5)(\"A\" \"B\" NIL NIL NIL \"7BIT\" 5) \"MIXED\"))"},
      {"T33", Response, "* 1 FETCH (BODY ( \"MIXED\"))", 17},
      {"T34", Response,
       "* 1 FETCH (BODYSTRUCTURE (\"A\" \"B\" NIL NIL NIL \"7BIT\" 5 NIL NIL NIL NIL (5 4294967296 NIL)))"},
      {"T34", Response, "* 1 FETCH (BODYSTRUCTURE (\"A\" \"B\" NIL NIL NIL \"7BIT\" 5 NIL NIL NIL NIL 4294967296))", 80,
       "L12", kRev1},
      {"T35", Response, "* 1 FETCH (BODYSTRUCTURE (\"A\" \"B\" NIL NIL NIL \"7BIT\" 5 NIL NIL (\"en\")))"},
      {"T35", Response, "* 1 FETCH (BODYSTRUCTURE (\"A\" \"B\" NIL NIL NIL \"7BIT\" 5 NIL NIL ()))", 64},
      {"T36", Response, "* 1 FETCH (BODYSTRUCTURE (\"A\" \"B\" NIL NIL NIL \"7BIT\" 5 NIL))"},
      {"T36", Response, "* 1 FETCH (BODY (\"A\" \"B\" NIL NIL NIL \"7BIT\" 5 NIL))", 45, "T36"},
      {"T37", Response, "* 1 FETCH (ENVELOPE (NIL NIL () NIL NIL NIL NIL NIL NIL NIL))", 30},
      {"T38", Response, "* 1 FETCH (BODY[1]<0> \"\")"},
      {"T38", Response, "* 1 FETCH (BINARY[1]<0> \"\")", 20},
      {"T39", Command, "a FETCH 1 BODY[1.HEADER.FIELDS.NOT (a)]"},
      {"T39", Command, "a FETCH 1 BODY[MIME]", 15},
      {"T39", Command, "a FETCH 1 BODY[1.]", 17},
      {"T40", Command, "a FETCH 1 BODY[]<0.0>", 19},
      {"T41", Command, "a FETCH 1 ALL"},
      {"T41", Command, "a FETCH 1 (ALL)", 11},
      {"T41", Response, "* 1 FETCH ()", 11},
      {"T60", Response, "* 1 FETCH (UID 1 FLAGS () UID 1)"},
  };
}

std::vector<Reading> revisions() {
  return {
      {"T52", Response, "* 3 RECENT", 4},
      {"T52", Response, "* 3 RECENT", std::nullopt, "", kDual},
      {"T52", Response, "* SEARCH 1 2", std::nullopt, "", kDual},
      {"T52", Response, "* LSUB () NIL a", 3},
      {"T52", Command, "a LSUB \"\" %", std::nullopt, "", kDual},
      {"T52", Command, "a CHECK", std::nullopt, "", kRev1},
      {"T52", Command, "a CHECK", 3},
      {"T55", Command, "a XPIG-LATIN", 2, "", kRev1},
      {"T56", Command, "a FETCH 1 BODYSTRUCTURE"},
  };
}

std::vector<Reading> readings() {
  std::vector<Reading> all;
  for (const auto& some :
       {strings_and_octets(), status_lines(), names_flags_and_sets(), lists_and_searches(), messages(), revisions()}) {
    all.insert(all.end(), some.begin(), some.end());
  }
  return all;
}

TEST(Traps, AreReadAsResolved) {
  for (const Reading& reading : readings()) {
    const std::string unit = std::string(reading.line) + "\r\n";
    SCOPED_TRACE(std::string(reading.trap) + ": " + escape_octets(unit));
    Arena arena;
    const auto error = parse_error(reading.kind, unit, reading.profile, arena);
    if (!reading.wrong_at) {
      EXPECT_FALSE(error) << describe(*error, unit);
      continue;
    }
    if (!error) {
      ADD_FAILURE() << "accepted";
      continue;
    }
    EXPECT_EQ(error->offset, *reading.wrong_at) << describe(*error, unit);
    EXPECT_EQ(error->resolution.text(), reading.resolution) << describe(*error, unit);
  }
}

// A quirk that only moves the error on, by an octet that it takes away, is worse than none. What is left of a literal
// is no error of the sender's.
TEST(Traps, AreExplainedByAQuirkOrByNone) {
  for (const Reading& reading : readings()) {
    if (!reading.wrong_at || reading.kind == AuthenticateData || reading.kind == IdleDone) continue;
    const std::string unit = std::string(reading.line) + "\r\n";
    const Unit read_as = reading.kind == Command    ? Unit::ClientCommand
                         : reading.kind == Greeting ? Unit::ServerGreeting
                                                    : Unit::ServerResponse;
    const Diagnosis found = diagnose(unit, read_as, reading.profile);
    if (found.quirks.empty() || !found.error || found.error->kind != ErrorKind::Invalid) continue;
    ADD_FAILURE() << reading.trap << ": " << found.quirks.front().quirk->name << " leaves "
                  << describe(*found.error, found.octets);
  }
}

TEST(Traps, AreAllRead) {
  std::set<std::string> read;
  for (const Reading& reading : readings()) read.insert(std::string(reading.trap));
  std::set<std::string> known;
  const std::regex marked(R"(; [@#]([LT][0-9]+) )");
  for (const auto& entry :
       std::filesystem::directory_iterator(std::filesystem::path(IMAPSPEC_SOURCE_DIR) / "parser" / "spec")) {
    if (entry.path().extension() != ".abnf") continue;
    std::ifstream file(entry.path());
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    for (std::sregex_iterator match(text.begin(), text.end(), marked), end; match != end; ++match) {
      const std::string id = (*match)[1].str();
      // From T61 on they are those of extensions.
      if (id.front() == 'L' || std::stoi(id.substr(1)) <= 60) known.insert(id);
    }
  }
  EXPECT_EQ(read, known);
}

}  // namespace
}  // namespace imapspec::parser::test
