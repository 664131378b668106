// Wildcards, directives, tests and comparisons inside patterns.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "parser/core/arena.h"
#include "parser/grammar/parse.h"
#include "runner/match/pattern.h"

namespace imapspec::runner {
namespace {

using ::testing::HasSubstr;

parser::Profile everything() {
  parser::Profile profile{.rev1 = true, .rev2 = true, .extensions = 0, .from_server = true};
  for (const auto extension : {parser::Extension::Qresync, parser::Extension::Id, parser::Extension::Quota}) {
    profile.add(extension);
  }
  return profile;
}

bool matches(const std::string& pattern, const std::string& response, Bindings& bindings) {
  const auto parsed = Pattern::parse(pattern, bindings);
  EXPECT_TRUE(parsed) << pattern << ": " << (parsed ? "" : parsed.error());
  if (!parsed) return false;
  parser::Arena arena;
  const std::string octets = response + "\r\n";
  const auto actual = parser::parse_response(octets, arena, everything());
  EXPECT_TRUE(actual) << response << ": " << (actual ? "" : parser::describe(actual.error(), octets));
  return actual && parsed->matches(*actual, "a1", bindings);
}

struct Case {
  const char* pattern;
  const char* response;
  bool matches;
};

template <std::size_t n>
void check(const Case (&cases)[n]) {
  for (const Case& one : cases) {
    Bindings bindings;
    EXPECT_EQ(matches(one.pattern, one.response, bindings), one.matches) << one.pattern << "  ~  " << one.response;
  }
}

constexpr const char* kEnvelope =
    "* 1 FETCH (ENVELOPE (\"Mon, 1 Jan\" \"fruit\" ((\"A\" NIL \"a\" \"x\")(NIL NIL \"b\" \"y\")) NIL NIL NIL NIL NIL "
    "NIL "
    "\"<1@x>\"))";
constexpr const char* kMultipart =
    "* 1 FETCH (BODYSTRUCTURE ((\"TEXT\" \"PLAIN\" (\"CHARSET\" \"utf-8\") NIL NIL \"7BIT\" 4 1 NIL (\"inline\" NIL) "
    "NIL NIL)"
    "(\"IMAGE\" \"PNG\" NIL NIL NIL \"BASE64\" 90 NIL NIL NIL NIL) \"MIXED\" (\"BOUNDARY\" \"b\") NIL (\"en\" \"de\") "
    "NIL))";

TEST(Wildcards, AnyTakesAValueOrAList) {
  const Case cases[] = {
      {"* {:any} EXISTS", "* 7 EXISTS", true},
      {"* {:any} EXISTS", "* 7 EXPUNGE", false},
      {"* LIST {:any} \"/\" a", "* LIST (\\HasNoChildren \\Marked) \"/\" a", true},
      {"* LIST () {:any} {:any}", "* LIST () NIL a", true},
      {"* 1 FETCH (INTERNALDATE {:any})", "* 1 FETCH (INTERNALDATE \"01-Jan-2020 00:00:00 +0000\")", true},
      {"* 1 FETCH (FLAGS {:any} UID 3)", "* 1 FETCH (UID 3 FLAGS (\\Seen))", true},
      {"* 1 FETCH (ENVELOPE {:any})", kEnvelope, true},
      {"* 1 FETCH (ENVELOPE ({:any} \"fruit\" {:any} NIL NIL NIL NIL NIL NIL {:any}))", kEnvelope, true},
      {"* 1 FETCH (ENVELOPE ({:any} \"other\" {:any} NIL NIL NIL NIL NIL NIL {:any}))", kEnvelope, false},
      {"* 1 FETCH (ENVELOPE (NIL \"fruit\" ((NIL NIL {:any} \"x\"){:any}) NIL NIL NIL NIL NIL NIL {:any}))", kEnvelope,
       false},
      {"* 1 FETCH (ENVELOPE ({:any} {:any} ((\"A\" NIL {:any} \"x\"){:any}) NIL NIL NIL NIL NIL NIL {:any}))",
       kEnvelope, true},
      {"* 1 FETCH (BODYSTRUCTURE {:any})", kMultipart, true},
      {"* 1 FETCH (BODYSTRUCTURE ({:any}{:any} \"MIXED\" {:any} NIL {:any} NIL))", kMultipart, true},
      {"* 1 FETCH (BODYSTRUCTURE ({:any} \"MIXED\" {:any} NIL {:any} NIL))", kMultipart, false},
      {"* 1 FETCH (BODYSTRUCTURE ((\"TEXT\" \"PLAIN\" {:any} NIL NIL \"7BIT\" {:any} 1 NIL {:any} NIL NIL){:any} "
       "\"MIXED\" "
       "(\"BOUNDARY\" {:any}) NIL (\"en\" {:any}) NIL))",
       kMultipart, true},
      {"OK [X-THING {:text}]", "a1 OK [X-THING some words 3] x", true},
      {"* NAMESPACE {:any} NIL NIL", "* NAMESPACE ((\"\" \"/\")) NIL NIL", true},
  };
  check(cases);
}

TEST(Wildcards, RestTakesWhatIsLeftOfAList) {
  const Case cases[] = {
      {"* 1 FETCH (ENVELOPE (\"Mon, 1 Jan\" \"fruit\" {:rest}))", kEnvelope, true},
      {"* 1 FETCH (ENVELOPE (\"Mon, 1 Jan\" \"veg\" {:rest}))", kEnvelope, false},
      {"* 1 FETCH (ENVELOPE ({:any} {:any} ((\"A\" NIL \"a\" \"x\"){:rest}) {:rest}))", kEnvelope, true},
      {"* 1 FETCH (BODYSTRUCTURE ((\"TEXT\" \"PLAIN\" {:rest}){:rest} \"MIXED\" {:rest}))", kMultipart, true},
      {"* 1 FETCH (BODYSTRUCTURE ((\"TEXT\" \"HTML\" {:rest}){:rest} \"MIXED\" {:rest}))", kMultipart, false},
      {"* 1 FETCH (BODYSTRUCTURE ((\"TEXT\" \"PLAIN\" (\"CHARSET\" \"utf-8\") NIL NIL \"7BIT\" 4 1 {:rest}){:rest} "
       "\"MIXED\" "
       "{:rest}))",
       kMultipart, true},
      {"* 1 FETCH (FLAGS (\\Seen {:rest}))", "* 1 FETCH (FLAGS (\\Draft \\Seen))", true},
      {"* 1 FETCH (FLAGS (\\Seen {:rest}))", "* 1 FETCH (FLAGS (\\Draft))", false},
  };
  check(cases);
}

TEST(Directives, ChangeHowTheirListCompares) {
  const Case cases[] = {
      {"* 1 FETCH (UID 3 {:only})", "* 1 FETCH (UID 3)", true},
      {"* 1 FETCH (UID 3 {:only})", "* 1 FETCH (UID 3 FLAGS ())", false},
      {"* 1 FETCH ({:only} UID 3 {:ignore} MODSEQ (9))", "* 1 FETCH (UID 3 MODSEQ (9))", true},
      {"* 1 FETCH ({:only} UID 3 {:ignore} FLAGS {:any})", "* 1 FETCH (UID 3 FLAGS (\\Seen))", true},
      {"* 1 FETCH ({:only} UID 3 {:ignore} FLAGS {:any})", "* 1 FETCH (UID 3 RFC822.SIZE 4)", false},
      {"* 1 FETCH ({:ordered} UID 3 RFC822.SIZE 4)", "* 1 FETCH (UID 3 FLAGS () RFC822.SIZE 4)", true},
      {"* 1 FETCH ({:ordered} UID 3 RFC822.SIZE 4)", "* 1 FETCH (RFC822.SIZE 4 UID 3)", false},
      {"* 1 FETCH ({:ordered} {:only} UID 3 RFC822.SIZE 4)", "* 1 FETCH (UID 3 FLAGS () RFC822.SIZE 4)", false},
      {"* 1 FETCH (FLAGS ({:ban} \\Deleted {:rest}))", "* 1 FETCH (FLAGS (\\Seen))", true},
      {"* 1 FETCH (FLAGS ({:ban} \\Deleted {:rest}))", "* 1 FETCH (FLAGS (\\Seen \\Deleted))", false},
      {"* 1 FETCH (FLAGS (\\Seen {:ignore} $Label))", "* 1 FETCH (FLAGS ($label \\Seen))", true},
      {"* 1 FETCH (FLAGS (\\Seen {:ignore} $Label))", "* 1 FETCH (FLAGS (\\Seen))", true},
      {"* 1 FETCH (FLAGS (\\Seen {:ignore} $Label))", "* 1 FETCH (FLAGS (\\Seen \\Draft))", false},
      {"* 1 FETCH (FLAGS (\\Seen \\Recent))", "* 1 FETCH (FLAGS (\\Seen))", false},
      {"* 1 FETCH (FLAGS (\\Seen {:only}))", "* 1 FETCH (FLAGS (\\Seen \\Recent))", false},
      {"* FLAGS (\\Seen {:only})", "* FLAGS (\\Seen \\Draft)", false},
      {"* FLAGS ({:ordered} \\Seen \\Draft)", "* FLAGS (\\Seen \\Answered \\Draft)", true},
      {"* FLAGS ({:ordered} \\Draft \\Seen)", "* FLAGS (\\Seen \\Answered \\Draft)", false},
      {"* LIST ({:only} \\HasNoChildren) \"/\" a", "* LIST (\\HasNoChildren \\Subscribed) \"/\" a", false},
      {"* LIST ({:ban} \\NonExistent) \"/\" a", "* LIST (\\NonExistent) \"/\" a", false},
      {"* STATUS a ({:only} MESSAGES 1)", "* STATUS a (MESSAGES 1 UIDNEXT 2)", false},
      {"* CAPABILITY IMAP4rev2 {:ban} STARTTLS", "* CAPABILITY IMAP4rev2 IDLE", true},
      {"* CAPABILITY IMAP4rev2 {:ban} STARTTLS", "* CAPABILITY IMAP4rev2 STARTTLS", false},
      {"* ESEARCH (TAG \"a\") COUNT 2 {:only}", "* ESEARCH (TAG \"a\") COUNT 2", true},
      {"* ESEARCH (TAG \"a\") COUNT 2 {:only}", "* ESEARCH (TAG \"a\") COUNT 2 ALL 1:2", false},
      {"* 1 FETCH (ENVELOPE ({:any} {:any} ({:unordered}(NIL NIL \"b\" \"y\")(\"A\" NIL \"a\" \"x\")) {:rest}))",
       kEnvelope, true},
  };
  check(cases);
}

TEST(Tests, LookAtOneValue) {
  const Case cases[] = {
      {"* 1 FETCH (BODY[] {:contains fruit})", "* 1 FETCH (BODY[] \"some fruit here\")", true},
      {"* 1 FETCH (BODY[] {:contains fruit})", "* 1 FETCH (BODY[] \"some veg here\")", false},
      {"* 1 FETCH (BODY[] {:prefix Subject: })", "* 1 FETCH (BODY[] \"Subject: x\")", true},
      {"* 1 FETCH (BODY[] {:nocase SUBJECT})", "* 1 FETCH (BODY[] \"subject\")", true},
      {"* 1 FETCH (BODY[] {:case subject})", "* 1 FETCH (BODY[] \"Subject\")", false},
      {"* 1 FETCH (FLAGS ({:case $Label}))", "* 1 FETCH (FLAGS ($label))", false},
      {"* 1 FETCH (FLAGS ({:case $Label}))", "* 1 FETCH (FLAGS ($Label))", true},
      {"* 1 FETCH (BODY[] {:contains \\x0a})", "* 1 FETCH (BODY[] {1}\r\n\n)", true},
      {"* 1 FETCH (ENVELOPE ({:any} {:nocase FRUIT} {:rest}))", kEnvelope, true},
  };
  check(cases);
}

TEST(Comparisons, AreAboutNumbersAndNames) {
  const Case cases[] = {
      {"* {:number >= 3} EXISTS", "* 3 EXISTS", true},
      {"* {:number >= 3} EXISTS", "* 2 EXISTS", false},
      {"* {:number != 3} EXISTS", "* 3 EXISTS", false},
      {"* {a:number} FETCH (UID {:uniqueid > a+1})", "* 3 FETCH (UID 5)", true},
      {"* {a:number} FETCH (UID {:uniqueid > a+1})", "* 3 FETCH (UID 4)", false},
      {"* 1 FETCH (MODSEQ ({:mod-sequence-value < 9223372036854775807}))", "* 1 FETCH (MODSEQ (9223372036854775806))",
       true},
  };
  check(cases);
  Bindings bindings;
  EXPECT_TRUE(matches("* 1 FETCH (MODSEQ ({old:mod-sequence-value}))", "* 1 FETCH (MODSEQ (12))", bindings));
  EXPECT_FALSE(matches("* 1 FETCH (MODSEQ ({:mod-sequence-value > old}))", "* 1 FETCH (MODSEQ (12))", bindings));
  EXPECT_TRUE(matches("* 1 FETCH (MODSEQ ({:mod-sequence-value > old}))", "* 1 FETCH (MODSEQ (13))", bindings));
  EXPECT_EQ(Pattern::parse("* {:number > nothing} EXISTS", bindings).error(), "{nothing} has no value yet");
}

TEST(Captures, HoldListsDatesAndNil) {
  Bindings bindings;
  EXPECT_TRUE(matches("* 1 FETCH (ENVELOPE {e:any})", kEnvelope, bindings));
  EXPECT_TRUE(matches("* 1 FETCH (ENVELOPE {e})", kEnvelope, bindings));
  EXPECT_FALSE(
      matches("* 1 FETCH (ENVELOPE {e})", "* 1 FETCH (ENVELOPE (NIL NIL NIL NIL NIL NIL NIL NIL NIL NIL))", bindings));
  EXPECT_EQ(expand("{e}", bindings).error(), "{e} is a list, which is for patterns only");
  EXPECT_TRUE(matches("* 1 FETCH (INTERNALDATE {at:date-time})",
                      "* 1 FETCH (INTERNALDATE \"17-Jul-1996 02:44:25 -0700\")", bindings));
  EXPECT_EQ(expand("{at}", bindings)->joined(), "\"17-Jul-1996 02:44:25 -0700\"");
  EXPECT_TRUE(matches("* 1 FETCH (INTERNALDATE {day:date})", "* 1 FETCH (INTERNALDATE \"17-Jul-1996 02:44:25 -0700\")",
                      bindings));
  EXPECT_EQ(expand("SEARCH ON {day}", bindings)->joined(), "SEARCH ON 17-Jul-1996");
  EXPECT_TRUE(matches("* LIST () {delimiter:nstring} a", "* LIST () NIL a", bindings));
  EXPECT_EQ(expand("{delimiter}", bindings)->joined(), "NIL");
}

TEST(Captures, OfALosingAlternativeAreTakenBack) {
  Bindings bindings;
  EXPECT_TRUE(matches("* FLAGS ({:ordered} {a:flag} {b:keyword})", "* FLAGS (\\Seen \\Draft $Label)", bindings));
  EXPECT_EQ(bindings.find("a")->text, "\\SEEN");
  EXPECT_EQ(bindings.find("b")->text, "$LABEL");
}

TEST(MessageNumbers, MoveWithTheMailbox) {
  Bindings bindings;
  EXPECT_FALSE(expand("FETCH {#3} FLAGS", bindings));
  bindings.follow([](std::uint32_t original) {
    return original == 2 ? std::nullopt : std::optional(original > 2 ? original - 1 : original);
  });
  EXPECT_EQ(expand("FETCH {#3} FLAGS", bindings)->joined(), "FETCH 2 FLAGS");
  EXPECT_THAT(expand("FETCH {#2} FLAGS", bindings).error(), HasSubstr("{#2}: there is no such message now"));
  EXPECT_TRUE(matches("* {#3} FETCH (FLAGS ())", "* 2 FETCH (FLAGS ())", bindings));
}

TEST(Patterns, ThatMakeNoSenseAreRefusedWithAReason) {
  const std::pair<const char*, const char*> cases[] = {
      {"* {:only} EXISTS", "not an IMAP response"},
      {"* FLAGS (\\Seen {:ban})", "stand in front of the item"},
      {"* FLAGS ({:only} {:rest})", "{:only} and {:rest} in one list"},
      {"* 1 FETCH (ENVELOPE ({:any} {:rest} \"x\"))", "{:rest} stands at the end of a list"},
      {"* 1 FETCH (ENVELOPE ({:rest} {:any} NIL NIL NIL NIL NIL NIL NIL NIL))", "{:rest} stands at the end of a list"},
      {"* FLAGS ({:unordered} \\Seen)", "this one is a set already"},
      {"* {x:number ~ 3} EXISTS", "expected a comparison"},
      {"* {:contains} EXISTS", "needs what to look for"},
      {"* LIST () {:nstring x} a", "takes no argument"},
      {"* LIST () {name:rest} a", "takes no name"},
      {"* {:mod-sequence-valu} EXISTS", "did you mean \"mod-sequence-value\"?"},
  };
  for (const auto& [pattern, reason] : cases) {
    const auto error = Pattern::check(pattern);
    ASSERT_TRUE(error) << pattern;
    EXPECT_THAT(*error, HasSubstr(reason)) << pattern;
  }
  EXPECT_EQ(Pattern::check("* {#2} FETCH (UID {:uniqueid > before})"), std::nullopt);
}

TEST(Patterns, KnowWhetherTheyCanBeAboutOneResponse) {
  const auto share = [](const char* a, const char* b) {
    const Bindings bindings;
    return Pattern::parse(a, bindings)->may_share(*Pattern::parse(b, bindings));
  };
  EXPECT_TRUE(share("* 3 EXISTS", "* {:number} EXISTS"));
  EXPECT_FALSE(share("* 3 EXISTS", "* 4 EXISTS"));
  EXPECT_FALSE(share("* 3 EXISTS", "* 3 EXPUNGE"));
  EXPECT_FALSE(share("OK", "NO"));
  EXPECT_TRUE(share("NO [TRYCREATE]", "NO"));
  EXPECT_FALSE(share("NO [TRYCREATE]", "NO [NONEXISTENT]"));
  EXPECT_TRUE(share("* 1 FETCH (UID 3)", "* 1 FETCH (FLAGS ())"));
}

TEST(Wildcards, LeaveWhatIsWrongInFrontOfThemToBeTold) {
  EXPECT_EQ(Pattern::check("* LIST (HasNoChildren) {:any} {mailbox}"),
            "not an IMAP response: offset 8: mbx-list-flags: expected \"\\\", found \"HasNoChildren\"");
  EXPECT_EQ(Pattern::check("* 1 FETCH (ENVELOP ({:rest}))"),
            "not an IMAP response: offset 18: msg-att: expected ENVELOPE, found a space");
}

TEST(HostileResponses, RunIntoTheBudget) {
  std::string flags;
  for (int i = 0; i < 60; ++i) flags += " $f" + std::to_string(i);
  std::string pattern = "* FLAGS (";
  for (int i = 0; i < 12; ++i) pattern += "{:flag} ";
  Bindings bindings;
  const auto parsed = Pattern::parse(pattern + "$missing)", bindings);
  ASSERT_TRUE(parsed);
  parser::Arena arena;
  const std::string octets = "* FLAGS (" + flags.substr(1) + ")\r\n";
  const auto actual = parser::parse_response(octets, arena, everything());
  ASSERT_TRUE(actual);
  MatchBudget budget;
  EXPECT_FALSE(parsed->matches(*actual, "a1", bindings, &budget));
  EXPECT_TRUE(budget.spent());
}

}  // namespace
}  // namespace imapspec::runner
