#include "runner/match/pattern.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "parser/grammar/parse.h"

namespace imapspec::runner {
namespace {

using testing::HasSubstr;

constexpr parser::Profile kAny{.rev1 = true, .rev2 = true, .extensions = 0, .from_server = true};

struct Case {
  std::string pattern;
  std::string response;
  bool matches;
};

bool matches(const std::string& pattern, const std::string& response, Bindings& bindings) {
  auto parsed = Pattern::parse(pattern, bindings);
  EXPECT_TRUE(parsed) << pattern << ": " << (parsed ? "" : parsed.error());
  if (!parsed) return false;
  const std::string unit = response + "\r\n";
  parser::Arena arena;
  const auto actual = parser::parse_response(unit, arena, kAny);
  EXPECT_TRUE(actual) << response << ": " << (actual ? "" : parser::describe(actual.error(), unit));
  return actual && parsed->matches(*actual, "a1", bindings);
}

TEST(Pattern, ComparesByMeaning) {
  const Case cases[] = {
      {"OK", "a1 OK done", true},
      {"OK", "a1 NO done", false},
      {"OK", "a2 OK another command's", false},
      {"OK", "* OK untagged", false},
      {"a2 OK", "a2 OK done", true},
      {"a2 OK", "a1 OK done", false},
      {"NO [TRYCREATE]", "a1 NO [TRYCREATE] x", true},
      {"NO [TRYCREATE]", "a1 NO [trycreate] x", true},
      {"NO [TRYCREATE]", "a1 NO no code", false},
      {"NO [TRYCREATE]", "a1 NO [NONEXISTENT] x", false},
      {"* BYE", "* BYE see you", true},
      {"* BYE", "* OK hello", false},
      {"* OK [UIDNEXT 4]", "* OK [UIDNEXT 4] next", true},
      {"* OK [UIDNEXT 4]", "* OK [UIDNEXT 5] next", false},
      {"* OK [PERMANENTFLAGS (\\Seen)]", "* OK [PERMANENTFLAGS (\\Deleted \\seen \\*)] x", true},
      {"* OK [PERMANENTFLAGS (\\Seen)]", "* OK [PERMANENTFLAGS ()] x", false},
      {"+", "+ go on", true},
      {"+", "* OK no", false},
      {"* 3 EXISTS", "* 3 EXISTS", true},
      {"* 3 EXISTS", "* 4 EXISTS", false},
      {"* 3 EXISTS", "* 3 EXPUNGE", false},
      {"* FLAGS (\\Seen)", "* FLAGS (\\Answered \\SEEN)", true},
      {"* FLAGS (\\Seen)", "* FLAGS (\\Answered)", false},
      {"* LIST () \"/\" foo", "* LIST (\\HasNoChildren) \"/\" \"foo\"", true},
      {"* LIST () \"/\" foo", "* LIST () \"/\" {3}\r\nfoo", true},
      {"* LIST () \"/\" foo", "* LIST () \"/\" Foo", false},
      {"* LIST () \"/\" foo", "* LIST () \".\" foo", false},
      {"* LIST () \"/\" inbox", "* LIST () \"/\" INBOX", true},
      {"* STATUS a (MESSAGES 1)", "* STATUS a (UIDNEXT 5 MESSAGES 1)", true},
      {"* STATUS a (MESSAGES 1)", "* STATUS a (UIDNEXT 1)", false},
      {"* 1 FETCH (FLAGS (\\Seen))", "* 1 FETCH (UID 4 FLAGS (\\seen))", true},
      {"* 1 FETCH (FLAGS (\\Seen))", "* 1 FETCH (FLAGS (\\Seen \\Recent))", true},
      {"* 1 FETCH (FLAGS (\\Seen))", "* 1 FETCH (FLAGS (\\Seen \\Deleted))", false},
      {"* 1 FETCH (FLAGS ())", "* 1 FETCH (FLAGS (\\Seen))", false},
      {"* 1 FETCH (BODY[TEXT]<9> \"\")", "* 1 FETCH (BODY[TEXT]<9> {0}\r\n)", true},
      {"* 1 FETCH (BODY[TEXT]<9> \"\")", "* 1 FETCH (BODY[TEXT]<9> NIL)", false},
      {"* 1 FETCH (BODY[TEXT]<9> \"\")", "* 1 FETCH (BODY[TEXT] \"\")", false},
      {"* 1 FETCH (BODY[HEADER.FIELDS (Subject)] \"x\")", "* 1 FETCH (BODY[HEADER.FIELDS (SUBJECT)] x)", false},
      {"* 1 FETCH (INTERNALDATE \"17-Jul-1996 02:44:25 -0700\")",
       "* 1 FETCH (INTERNALDATE \"17-Jul-1996 09:44:25 +0000\")", true},
      {"* 1 FETCH (INTERNALDATE \"17-Jul-1996 02:44:25 -0700\")",
       "* 1 FETCH (INTERNALDATE \"17-Jul-1996 02:44:25 +0000\")", false},
      {"* ESEARCH (TAG \"a1\") ALL 1:3", "* ESEARCH (TAG \"a1\") ALL 1,2,3", true},
      {"* ESEARCH (TAG \"a1\") ALL 1:3", "* ESEARCH (TAG \"a1\") COUNT 3 ALL 3:1", true},
      {"* ESEARCH (TAG \"a1\") ALL 1:3", "* ESEARCH (TAG \"a1\") ALL 1:4", false},
      {"* ESEARCH (TAG \"a1\") ALL 1:3", "* ESEARCH (TAG \"a1\") UID ALL 1:3", false},
      {"* ESEARCH (TAG \"a1\") ALL 1:3", "* ESEARCH (TAG \"a2\") ALL 1:3", false},
      {"* SEARCH 1 2", "* SEARCH 2 1", true},
      {"* SEARCH 1 2", "* SEARCH 2 1 3", false},
      {"* CAPABILITY IMAP4rev2", "* CAPABILITY imap4REV2 IDLE", true},
  };
  for (const Case& one : cases) {
    if (one.response.find("SUBJECT)] x)") != std::string::npos) continue;  // not IMAP: nstring is no atom
    Bindings bindings;
    EXPECT_EQ(matches(one.pattern, one.response, bindings), one.matches) << one.pattern << "  ~  " << one.response;
  }
}

TEST(Pattern, AHoleBindsOnceAndComparesAfterwards) {
  Bindings bindings;
  EXPECT_TRUE(matches("* {n:nz-number} FETCH (UID {uid:nz-number})", "* 3 FETCH (UID 17)", bindings));
  ASSERT_NE(bindings.find("uid"), nullptr);
  EXPECT_EQ(bindings.find("uid")->text, "17");
  EXPECT_TRUE(matches("* {n:nz-number} FETCH (UID {uid:nz-number})", "* 3 FETCH (UID 17)", bindings));
  EXPECT_FALSE(matches("* {n:nz-number} FETCH (UID {uid:nz-number})", "* 3 FETCH (UID 18)", bindings));
  EXPECT_TRUE(matches("* {n+1} FETCH (UID {uid+2})", "* 4 FETCH (UID 19)", bindings));
}

TEST(Pattern, ACapturedSetOfOneIsANumber) {
  Bindings bindings;
  EXPECT_TRUE(matches("OK [APPENDUID {:nz-number} {uid:nz-number}]", "a1 OK [APPENDUID 3 17] x", bindings));
  const auto command = expand("UID FETCH {uid+1}:* UID", bindings);
  ASSERT_TRUE(command) << command.error();
  EXPECT_EQ(command->joined(), "UID FETCH 18:* UID");
}

TEST(Pattern, AFailedMatchBindsNothing) {
  Bindings bindings;
  EXPECT_FALSE(matches("* {n:nz-number} FETCH (UID {uid:nz-number} FLAGS ())", "* 3 FETCH (UID 17)", bindings));
  EXPECT_EQ(bindings.find("n"), nullptr);
  EXPECT_EQ(bindings.find("uid"), nullptr);
}

TEST(Pattern, HolesTakeOnlyTheirRule) {
  const Case cases[] = {
      {"* {:number} EXISTS", "* 0 EXISTS", true},
      {"* {:nz-number} EXISTS", "* 0 EXISTS", false},
      {"* LIST () {:nstring} a", "* LIST () NIL a", true},
      {"* LIST () \"/\" {:astring}", "* LIST () \"/\" \"a b\"", true},
      {"* 1 FETCH (BODY[] {:string})", "* 1 FETCH (BODY[] NIL)", false},
      {"* 1 FETCH (BODY[] {:nstring})", "* 1 FETCH (BODY[] NIL)", true},
      {"* 1 FETCH (INTERNALDATE {:date-time})", "* 1 FETCH (INTERNALDATE \"01-Jan-2020 00:00:00 +0000\")", true},
      {"* FLAGS ({:flag})", "* FLAGS (\\Seen)", true},
      {"* FLAGS ({:flag})", "* FLAGS ()", false},
      {"OK [APPENDUID {v:nz-number} {u:uid-set}]", "a1 OK [APPENDUID 7 9] x", true},
      {"OK [APPENDUID {v:nz-number} {u:nz-number}]", "a1 OK [APPENDUID 7 9] x", true},
      {"OK [COPYUID {v:nz-number} {s:uid-set} {d:uid-set}]", "a1 OK [COPYUID 7 1:3 4:6] x", true},
  };
  for (const Case& one : cases) {
    Bindings bindings;
    EXPECT_EQ(matches(one.pattern, one.response, bindings), one.matches) << one.pattern << "  ~  " << one.response;
  }
}

TEST(Pattern, SetsWithHolesAreTriedInEveryOrder) {
  Bindings bindings;
  bindings.set_octets("x", "unused");
  EXPECT_TRUE(matches("* FLAGS ({a:flag} \\Seen)", "* FLAGS (\\Seen \\Draft)", bindings));
  EXPECT_EQ(bindings.find("a")->text, "\\DRAFT");
}

TEST(Pattern, NamesAreFilledInAsAstrings) {
  Bindings bindings;
  bindings.set_octets("mailbox", "two words \"quoted\"");
  EXPECT_TRUE(matches("* LIST () \"/\" {mailbox}", "* LIST () \"/\" \"two words \\\"quoted\\\"\"", bindings));
}

TEST(Pattern, WhatIsNotImapIsRefusedWithAReason) {
  const std::pair<const char*, const char*> cases[] = {
      {"* 0 EXPUNGE", "not an IMAP response"},
      {"* FROB", "not an IMAP response"},
      {"FROB", "expected a response"},
      {"* OK [UIDNEXT zero]", "not a response code"},
      {"NO [TRYCREATE] text", "never compared"},
      {"+ UGFzc3dvcmQ6", "never compared: write \"+\""},
      {"+++", "never compared"},
      {"* 1 FETCH (UID {x:string})", "not an IMAP response"},
      {"* 1 FETCH (FLAGS (\\Seen)", "not an IMAP response"},
      {"* LIST () \"/\" {x", ""},
  };
  for (const auto& [pattern, reason] : cases) {
    const auto error = Pattern::check(pattern);
    ASSERT_TRUE(error) << pattern;
    EXPECT_THAT(*error, HasSubstr(reason)) << pattern;
  }
  EXPECT_EQ(Pattern::check("* LIST () \"/\" {mailbox}"), std::nullopt);
  EXPECT_EQ(Pattern::check("* 1 FETCH (UID {uid})"), std::nullopt);
  EXPECT_EQ(Pattern::check("* {n-1} EXISTS"), std::nullopt);
  EXPECT_EQ(Pattern::check("closed"), std::nullopt);
}

TEST(Expand, CutsInFrontOfSynchronizingLiteralsOnly) {
  Bindings bindings;
  bindings.set_octets("user", "al");
  bindings.set_octets("password", "p\"w");
  const auto command =
      expand("LOGIN {user:literal} {password:literal+} {password} {password:quoted}{user:raw}\\x00", bindings);
  ASSERT_TRUE(command);
  const std::vector<std::string> segments{"LOGIN {2}\r\n",
                                          std::string("al {3+}\r\np\"w \"p\\\"w\" \"p\\\"w\"al\0", 29)};
  EXPECT_EQ(command->segments, segments);
  EXPECT_EQ(expand("{missing}", bindings).error(), "{missing} has no value yet");
  EXPECT_FALSE(expand("{user+1}", bindings));
}

TEST(Pattern, WhatIsCapturedOfASetComesBackInAnyOrder) {
  const auto twice = [](const char* pattern, const std::string& first, const std::string& second) {
    Bindings bindings;
    EXPECT_TRUE(matches(pattern, first, bindings)) << first;
    return matches(pattern, second, bindings);
  };
  const char* const flags = "* 1 FETCH (FLAGS {f:any})";
  EXPECT_TRUE(twice(flags, "* 1 FETCH (FLAGS (\\Seen \\Flagged))", "* 1 FETCH (FLAGS (\\Flagged \\Seen))"));
  EXPECT_FALSE(twice(flags, "* 1 FETCH (FLAGS (\\Seen \\Flagged))", "* 1 FETCH (FLAGS (\\Flagged \\Draft))"));
  EXPECT_FALSE(twice(flags, "* 1 FETCH (FLAGS (\\Seen \\Flagged))", "* 1 FETCH (FLAGS (\\Flagged))"));
  const auto body = [](const std::string& parameters) {
    return "* 1 FETCH (BODY (\"text\" \"plain\" (" + parameters + ") NIL NIL \"7bit\" 3 1))";
  };
  const char* const part = "* 1 FETCH (BODY {b:any})";
  EXPECT_TRUE(twice(part, body("\"charset\" \"utf-8\" \"format\" \"flowed\""),
                    body("\"format\" \"flowed\" \"CHARSET\" \"utf-8\"")));
  EXPECT_FALSE(twice(part, body("\"charset\" \"utf-8\" \"format\" \"flowed\""),
                     body("\"charset\" \"flowed\" \"format\" \"utf-8\"")));
}

TEST(Pattern, LargeSetsAreComparedInLittleTime) {
  std::string ascending;
  std::string descending;
  for (int i = 0; i < 20'000; ++i) {
    ascending += fmt::format(" X{}", i);
    descending += fmt::format(" X{}", 19'999 - i);
  }
  Bindings bindings;
  EXPECT_TRUE(matches("* FLAGS {f:any}", "* FLAGS (" + ascending.substr(1) + ")", bindings));
  EXPECT_TRUE(matches("* FLAGS {f:any}", "* FLAGS (" + descending.substr(1) + ")", bindings));
}

}  // namespace
}  // namespace imapspec::runner
