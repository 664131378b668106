#include "runner/monitor/monitor.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "parser/grammar/parse.h"
#include "tests/runner/monitor/script.h"

namespace imapspec::runner {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;

// The requirements that do not hold in a conversation.
std::vector<std::string> violations(const test::Lines& lines, const parser::Profile& profile = parser::kRev2) {
  std::vector<std::string> ids;
  for (const Violation& violation : test::watch(lines, profile)) ids.push_back(violation.requirement);
  return ids;
}

test::Lines selected_then(const test::Lines& more) { return test::selected(more); }

TEST(Monitor, AnOrdinarySessionIsFine) {
  EXPECT_THAT(violations(selected_then({
                  "C: b FETCH 1:3 (UID FLAGS)",
                  "S: * 1 FETCH (UID 5 FLAGS ())",
                  "S: * 3 FETCH (UID 9 FLAGS ())",
                  "S: b OK done",
                  "C: c NOOP",
                  "S: * 1 EXPUNGE",
                  "S: * 4 EXISTS",
                  "S: c OK done",
                  "C: d UID FETCH 9 FLAGS",
                  "S: * 2 FETCH (UID 9 FLAGS (\\Seen))",
                  "S: d OK done",
                  "C: e IDLE",
                  "S: + idling",
                  "S: * 1 EXPUNGE",
                  "S: e OK done",
                  "C: f LOGOUT",
                  "S: * BYE bye",
                  "S: f OK done",
              })),
              IsEmpty());
}

TEST(Monitor, CommandsMayFollowDoneBeforeIdleCompletes) {
  EXPECT_THAT(
      violations(selected_then({"C: e IDLE", "S: + idling", "C: DONE", "C: f NOOP", "S: e OK done", "S: f OK done"})),
      IsEmpty());
  // What a server makes of a command that the client must not send there, no sentence says (section 6.3.13).
  EXPECT_THAT(violations(selected_then({"C: e IDLE", "S: + idling", "C: f NOOP", "S: e BAD no", "S: f OK done"})),
              IsEmpty());
  EXPECT_THAT(violations(selected_then({"C: e IDLE", "S: e NO not now", "C: f NOOP", "S: f OK done"})), IsEmpty());
}

TEST(Monitor, TagsHaveToBeOursAndCompleteOnce) {
  EXPECT_THAT(violations({"C: a NOOP", "S: b OK done"}), ElementsAre("2.2.2/tag-of-a-command"));
  EXPECT_THAT(violations({"C: a NOOP", "S: A OK done"}), ElementsAre("2.2.2/tag-of-a-command"));
  EXPECT_THAT(violations({"C: a NOOP", "S: a OK done", "S: a OK done"}), ElementsAre("2.2.2/completes-once"));
  EXPECT_THAT(violations({"C: a NOOP", "C: a NOOP", "S: a OK done", "S: a OK done"}), IsEmpty());
  EXPECT_THAT(violations({"C: a FROB", "S: a BAD what"}), IsEmpty());
}

TEST(Monitor, ExistsDoesNotShrinkWithoutExpunge) {
  EXPECT_THAT(violations(selected_then({"C: b NOOP", "S: * 2 EXISTS", "S: b OK x"})),
              ElementsAre("5.2/exists-does-not-shrink"));
  EXPECT_THAT(violations(selected_then({"C: b NOOP", "S: * 3 EXISTS", "S: * 1 EXPUNGE", "S: * 2 EXISTS", "S: b OK x"})),
              IsEmpty());
  EXPECT_THAT(violations(selected_then({"C: b SELECT y", "S: * OK [CLOSED] x", "S: * 1 EXISTS", "S: b NO x"})),
              IsEmpty());
  // RFC 3501 servers have no CLOSED.
  EXPECT_THAT(violations(selected_then({"C: b SELECT y", "S: * 1 EXISTS", "S: b NO x"}), parser::kRev1), IsEmpty());
}

TEST(Monitor, ExpungeIsWithinTheCountAndNotWhileFetching) {
  EXPECT_THAT(violations(selected_then({"C: b NOOP", "S: * 4 EXPUNGE", "S: b OK x"})),
              ElementsAre("7.5.1/expunge-within-count"));
  for (const char* command : {"FETCH 1 FLAGS", "STORE 1 FLAGS ()", "SEARCH ALL"}) {
    EXPECT_THAT(violations(selected_then({std::string("C: b ") + command, "S: * 1 EXPUNGE", "S: b NO x"})),
                ElementsAre("7.5.1/no-expunge-while-fetching"))
        << command;
    EXPECT_THAT(violations(selected_then({std::string("C: b UID ") + command, "S: * 1 EXPUNGE", "S: b NO x"})),
                IsEmpty())
        << command;
  }
  EXPECT_THAT(violations(selected_then({"S: * 1 EXPUNGE"})), ElementsAre("7.5.1/no-expunge-while-fetching"));
  EXPECT_THAT(violations(selected_then({"C: b NOOP", "L: ", "S: * 1 EXPUNGE", "S: + go", "S: b OK x"})),
              ElementsAre("7.5.1/no-expunge-while-fetching"));
  EXPECT_THAT(violations(selected_then({"C: b NOOP", "L: ", "S: + go", "S: * 1 EXPUNGE", "S: b OK x"})), IsEmpty());
}

TEST(Monitor, ClosedComesBeforeTheNextMailbox) {
  const std::string closed = "S: * OK [CLOSED] x";
  const std::string opened = "S: * OK [UIDNEXT 4] x";
  EXPECT_THAT(violations(selected_then({"C: b SELECT y", closed, opened, "S: b NO x"})), IsEmpty());
  EXPECT_THAT(violations(selected_then({"C: b SELECT y", opened, closed, "S: b OK x"})),
              Contains("7.1/closed-comes-first"));
  // So it was new mail in the old mailbox.
  EXPECT_THAT(violations(selected_then({"C: b SELECT y", opened, closed, "S: b NO x"})), IsEmpty());
}

TEST(Monitor, FetchIsAboutAMessageThatIsThere) {
  EXPECT_THAT(violations(selected_then({"C: b FETCH 1 UID", "S: * 4 FETCH (UID 9)", "S: b OK x"})),
              ElementsAre("7.5.2/fetch-within-count"));
  EXPECT_THAT(violations({"C: b NOOP", "S: * 4 FETCH (UID 9)", "S: b OK x"}),
              ElementsAre("3/mailbox-data-only-when-selected"));
  EXPECT_THAT(violations(selected_then({"C: b CLOSE", "S: b OK x", "C: c NOOP", "S: * 4 EXISTS", "S: c OK x"})),
              ElementsAre("3/mailbox-data-only-when-selected"));
  EXPECT_THAT(violations(selected_then({"C: b SELECT y", "S: b NO x", "C: c NOOP", "S: * 4 EXISTS", "S: c OK x"})),
              ElementsAre("3/mailbox-data-only-when-selected"));
}

TEST(Monitor, VanishedIsWithinTheCountAndNotWhileFetching) {
  parser::Profile profile = parser::kRev2;
  profile.add(parser::Extension::Qresync);
  const auto after = [&](const test::Lines& more) {
    test::Lines lines = test::selected(more);
    const test::Lines enable{"C: e ENABLE QRESYNC", "S: * ENABLED QRESYNC", "S: e OK x"};
    lines.insert(lines.begin() + 3, enable.begin(), enable.end());
    return violations(lines, profile);
  };
  EXPECT_THAT(after({"C: b NOOP", "S: * VANISHED 5:6", "S: * 2 EXISTS", "S: b OK done"}), IsEmpty());
  EXPECT_THAT(after({"C: b NOOP", "S: * 3 EXISTS", "S: b OK done"}), IsEmpty());
  EXPECT_THAT(after({"C: b NOOP", "S: * VANISHED 1:4"}), ElementsAre("rfc7162-3.2.10.2/vanished-within-count"));
  EXPECT_THAT(after({"C: b FETCH 1 FLAGS", "S: * VANISHED 1"}),
              ElementsAre("rfc7162-3.2.10.2/no-vanished-while-fetching"));
  EXPECT_THAT(after({"C: b UID FETCH 1 FLAGS", "S: * VANISHED 1"}), IsEmpty());
  EXPECT_THAT(violations({"C: a NOOP", "S: * VANISHED 1"}, profile), ElementsAre("3/mailbox-data-only-when-selected"));
}

TEST(Monitor, UidsStayAndFollowExpunge) {
  EXPECT_THAT(
      violations(selected_then({"C: b FETCH 2 UID", "S: * 2 FETCH (UID 9)", "S: * 2 FETCH (UID 8)", "S: b OK x"})),
      ElementsAre("2.3.1.1/uid-is-stable"));
  EXPECT_THAT(
      violations(selected_then({"C: b FETCH 2 UID", "S: * 2 FETCH (UID 9)", "S: b OK x", "C: c NOOP", "S: * 1 EXPUNGE",
                                "S: c OK x", "C: d FETCH 1 UID", "S: * 1 FETCH (UID 9)", "S: d OK x"})),
      IsEmpty());
}

TEST(Monitor, UidCommandsAnswerWithUids) {
  EXPECT_THAT(violations(selected_then({"C: b UID FETCH 9 FLAGS", "S: * 1 FETCH (FLAGS ())", "S: b OK x"})),
              ElementsAre("6.4.9/uid-in-uid-command-fetch"));
  // An RFC 3501 server may tell another session's flag change without UID.
  EXPECT_THAT(
      violations(selected_then({"C: b UID FETCH 9 FLAGS", "S: * 1 FETCH (FLAGS ())", "S: b OK x"}), parser::kRev1),
      IsEmpty());
  EXPECT_THAT(violations(selected_then({"C: b UID FETCH 9 RFC822.SIZE", "S: * 1 FETCH (RFC822.SIZE 3)", "S: b OK x"}),
                         parser::kRev1),
              ElementsAre("6.4.9/uid-in-uid-command-fetch"));
}

TEST(Monitor, ContinuationsNeedSomethingToContinue) {
  EXPECT_THAT(violations({"C: a NOOP", "S: + what", "S: a OK x"}), ElementsAre("7.6/continuation-only-when-due"));
  EXPECT_THAT(violations({"L: ", "S: + go", "C: a LOGIN {1}\r\nx y", "S: a OK x"}), IsEmpty());
  EXPECT_THAT(violations({"L: ", "S: + go", "S: + again"}), ElementsAre("7.6/continuation-only-when-due"));
  EXPECT_THAT(violations({"C: a AUTHENTICATE PLAIN", "S: + ", "S: + AAAA", "S: a OK x", "C: b NOOP", "S: + x"}),
              ElementsAre("7.6/continuation-only-when-due"));
}

TEST(Monitor, ALineWithoutATagIsRefusedWithItsLiteral) {
  const std::vector<std::string> refused = selected_then({"L: ", "S: * BAD no tag"});
  auto then = [&](std::vector<std::string> lines) {
    lines.insert(lines.begin(), refused.begin(), refused.end());
    return violations(lines);
  };
  EXPECT_THAT(then({"C: b EXPUNGE", "S: * 1 EXPUNGE", "S: b OK x"}), IsEmpty());
  EXPECT_THAT(then({"S: + go"}), ElementsAre("7.6/continuation-only-when-due"));
}

TEST(Monitor, LogoutSaysBye) {
  EXPECT_THAT(violations({"C: a LOGOUT", "S: a OK x"}), ElementsAre("6.1.3/bye-before-ok"));
  EXPECT_THAT(violations({"C: a LOGOUT", "S: a OK x", "S: * BYE x"}), Contains("6.1.3/bye-before-ok"));
  EXPECT_THAT(violations({"C: a LOGOUT x", "S: a BAD x"}), IsEmpty());
}

TEST(Monitor, KnownCodesHaveTheirArguments) {
  EXPECT_THAT(violations({"S: * OK [UIDNEXT abc] x"}), ElementsAre("7.1/known-code-arguments"));
  EXPECT_THAT(violations({"S: * OK [PERMANENTFLAGS \\Seen] x"}), ElementsAre("7.1/known-code-arguments"));
  EXPECT_THAT(violations({"S: * OK [X-OWN (a b)] x", "S: * OK [square brackets are text"}), IsEmpty());
}

TEST(Monitor, FindingsCiteTheRevisionThatIsSpoken) {
  const test::Lines lines = selected_then({"C: b NOOP", "S: * 2 EXISTS", "S: * 4 EXPUNGE", "S: b OK x"});
  const auto cited = [&](const parser::Profile& profile) {
    std::vector<std::string> sections;
    for (const Violation& violation : test::watch(lines, profile)) {
      sections.push_back(violation.rfc + " " + violation.section);
    }
    return sections;
  };
  EXPECT_THAT(cited(parser::kRev2), ElementsAre("9051 5.2", "9051 7.5.1"));
  EXPECT_THAT(cited(parser::kRev1), ElementsAre("3501 5.2", "3501 7.4.1"));
  // Until IMAP4rev2 is enabled a server of both has to conform to RFC 3501 (RFC 9051 section 7.2.2).
  EXPECT_THAT(cited(parser::kRev1AndRev2), ElementsAre("3501 5.2", "3501 7.4.1"));
}

TEST(Monitor, WhatOnlyIMAP4rev2HasIsNotAskedOfIMAP4rev1) {
  EXPECT_THAT(violations({"G: * OK x", "C: a LOGIN b c", "S: a OK x", "C: s SELECT x",
                          "S: * FLAGS (\\Answered \\Flagged \\Deleted \\Seen \\Draft)", "S: * 3 EXISTS",
                          "S: * 3 RECENT", "S: * OK [PERMANENTFLAGS ()] x", "S: * OK [UIDVALIDITY 7] x",
                          "S: * OK [UIDNEXT 10] x", "S: s OK [READ-WRITE] x"},
                         parser::kRev1),
              IsEmpty());
}

TEST(Monitor, ConnectionsThatHearInAnotherOrderAreNotCompared) {
  // The answer of the second was asked for before the first was told another UIDNEXT.
  const test::Lines lines = test::joined(test::logged_in({"2C: t STATUS box (UIDNEXT)"}, true),
                                         test::selected({"2S: * STATUS box (UIDNEXT 9)", "2S: t OK x"}));
  EXPECT_THAT(violations(lines), IsEmpty());
}

TEST(Monitor, AUserIsKnownFromWhatGoesOnWithAuthenticate) {
  const auto knowledge = std::make_shared<MailboxKnowledge>();
  const auto told = [&](std::string_view validity) {
    Monitor monitor({.knowledge = knowledge, .secrets = {}, .canaries = {}, .users = {}});
    parser::Arena arena;
    const auto answer = [&](const std::string& octets) {
      const auto response = parser::parse_response(octets, arena, parser::kRev2);
      ASSERT_TRUE(response) << octets;
      monitor.on_response(*response, parser::kRev2);
    };
    monitor.on_sent("a AUTHENTICATE PLAIN\r\n", parser::kRev2);
    answer("+ \r\n");
    monitor.on_continued("AGFsaWNlAHg=\r\n");
    answer("a OK x\r\n");
    // What goes on with nothing is no command.
    monitor.on_continued("b NOOP\r\n");
    monitor.on_sent("c STATUS box (UIDVALIDITY)\r\n", parser::kRev2);
    const std::string status = "* STATUS box (UIDVALIDITY " + std::string(validity) + ")\r\n";
    answer(status);
    return monitor.take().size();
  };
  EXPECT_EQ(told("7"), 0U);
  EXPECT_EQ(told("6"), 1U);
}

TEST(Monitor, WhatTheConnectionsOfAScenarioAreToldOfAMessageIsCompared) {
  const std::string first = "S: * 1 FETCH (UID 4 RFC822.SIZE 10)";
  const auto seen = [&](const std::string& second) {
    return violations(test::joined(test::selected({"C: f FETCH 1 (UID RFC822.SIZE)", first, "S: f OK x"}),
                                   test::selected({"2C: f FETCH 1 (UID RFC822.SIZE)",
                                                   "2S: * 1 FETCH (UID 4 RFC822.SIZE " + second + ")", "2S: f OK x"},
                                                  true)));
  };
  EXPECT_THAT(seen("10"), IsEmpty());
  EXPECT_THAT(seen("11"), ElementsAre("2.3.1.1/messages-do-not-change"));
}

TEST(Monitor, APartOfBinaryIsNotComparedWithItsSize) {
  const auto after = [](const std::string& command) {
    return violations(
        selected_then({"C: b " + command, "S: * 1 FETCH (BINARY.SIZE[1] 3 BINARY[1] \"b\")", "S: b OK x"}));
  };
  // The response does not say that it is a part.
  EXPECT_THAT(after("FETCH 1 (BINARY.SIZE[1] BINARY.PEEK[1]<1.1>)"), IsEmpty());
  EXPECT_THAT(after("FETCH 1 (BINARY.SIZE[1] BINARY.PEEK[1])"), ElementsAre("7.5.2/binary-size-matches"));
}

TEST(Monitor, NothingIsReadBehindCompress) {
  EXPECT_THAT(violations({"C: a COMPRESS DEFLATE", "S: a OK x", "S: * 5 EXISTS", "S: b OK x"}), IsEmpty());
  EXPECT_THAT(violations({"C: a COMPRESS DEFLATE", "S: a NO x", "S: b OK x"}), ElementsAre("2.2.2/tag-of-a-command"));
}

TEST(Monitor, ATalkativeServerFillsNoMemory) {
  Monitor monitor;
  parser::Arena arena;
  const auto response = parser::parse_response("* 1 EXPUNGE\r\n", arena, parser::kRev2);
  ASSERT_TRUE(response);
  for (int i = 0; i < 10'000; ++i) monitor.on_response(*response, parser::kRev2);
  EXPECT_LE(monitor.take().size(), 256U);
}

}  // namespace
}  // namespace imapspec::runner
