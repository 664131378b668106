#include "runner/monitor/monitor.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

#include "parser/grammar/parse.h"

namespace imapspec::runner {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

// Plays a conversation: "C: ..." is sent, "S: ..." comes back, "L:" announces a literal.
std::vector<std::string> violations(const std::vector<std::string>& lines,
                                    const parser::Profile& profile = parser::kRev2) {
  Monitor monitor;
  for (const std::string& line : lines) {
    const std::string unit = line.substr(3) + "\r\n";
    if (line.starts_with("C:")) {
      monitor.on_sent(unit, profile);
    } else if (line.starts_with("L:")) {
      monitor.on_literal_announced();
    } else {
      parser::Arena arena;
      const auto response = parser::parse_response(unit, arena, profile);
      EXPECT_TRUE(response) << line << ": " << (response ? "" : parser::describe(response.error(), unit));
      if (response) monitor.on_response(*response, profile);
    }
  }
  std::vector<std::string> ids;
  for (const Violation& violation : monitor.take()) ids.push_back(violation.requirement);
  return ids;
}

const std::vector<std::string> kSelected{"C: a SELECT x", "S: * 3 EXISTS", "S: a OK [READ-WRITE] done"};

std::vector<std::string> selected_then(std::vector<std::string> more) {
  std::vector<std::string> lines = kSelected;
  lines.insert(lines.end(), more.begin(), more.end());
  return lines;
}

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
  EXPECT_THAT(violations(selected_then({"C: e IDLE", "S: + idling", "C: f NOOP", "S: e BAD no", "S: f OK done"})),
              ElementsAre("2.2.2/tag-of-a-command"));
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
  EXPECT_THAT(violations(selected_then({"C: b SELECT y", "S: * OK [CLOSED] x", "S: * 1 EXISTS", "S: b OK x"})),
              IsEmpty());
  // RFC 3501 servers have no CLOSED.
  EXPECT_THAT(violations(selected_then({"C: b SELECT y", "S: * 1 EXISTS", "S: b OK x"}), parser::kRev1), IsEmpty());
}

TEST(Monitor, ExpungeIsWithinTheCountAndNotWhileFetching) {
  EXPECT_THAT(violations(selected_then({"C: b NOOP", "S: * 4 EXPUNGE", "S: b OK x"})),
              ElementsAre("7.5.1/expunge-within-count"));
  for (const char* command : {"FETCH 1 FLAGS", "STORE 1 FLAGS ()", "SEARCH ALL"}) {
    EXPECT_THAT(violations(selected_then({std::string("C: b ") + command, "S: * 1 EXPUNGE", "S: b OK x"})),
                ElementsAre("7.5.1/no-expunge-while-fetching"))
        << command;
    EXPECT_THAT(violations(selected_then({std::string("C: b UID ") + command, "S: * 1 EXPUNGE", "S: b OK x"})),
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
  EXPECT_THAT(violations(selected_then({"C: b SELECT y", closed, opened, "S: b OK x"})), IsEmpty());
  EXPECT_THAT(violations(selected_then({"C: b SELECT y", opened, closed, "S: b OK x"})),
              ElementsAre("7.1/closed-comes-first"));
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
  const auto after = [&](std::vector<std::string> more) {
    more.insert(more.begin(), kSelected.begin(), kSelected.end());
    return violations(more, profile);
  };
  EXPECT_THAT(after({"C: b NOOP", "S: * VANISHED 5:6", "S: * 2 EXISTS", "S: b OK done"}), IsEmpty());
  EXPECT_THAT(after({"C: b NOOP", "S: * VANISHED (EARLIER) 1:100", "S: * 3 EXISTS", "S: b OK done"}), IsEmpty());
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
  EXPECT_THAT(violations({"C: a LOGOUT", "S: a OK x", "S: * BYE x"}), ElementsAre("6.1.3/bye-before-ok"));
  EXPECT_THAT(violations({"C: a LOGOUT", "S: a BAD x"}), IsEmpty());
}

TEST(Monitor, KnownCodesHaveTheirArguments) {
  EXPECT_THAT(violations({"S: * OK [UIDNEXT abc] x"}), ElementsAre("7.1/known-code-arguments"));
  EXPECT_THAT(violations({"S: * OK [PERMANENTFLAGS \\Seen] x"}), ElementsAre("7.1/known-code-arguments"));
  EXPECT_THAT(violations({"S: * OK [X-OWN (a b)] x", "S: * OK [square brackets are text"}), IsEmpty());
}

TEST(Monitor, EveryViolationHasARowInTheLedger) {
  std::set<std::string> ids;
  for (const Requirement& row : monitor_requirements()) {
    EXPECT_TRUE(ids.insert(row.id).second) << row.id;
    EXPECT_THAT(row.tests, testing::Not(IsEmpty())) << row.id;
    const std::string of_rfc = row.rfc == "9051" ? "" : "rfc" + row.rfc + "-";
    EXPECT_TRUE(row.id.starts_with(of_rfc + row.section + "/")) << row.id;
  }
}

}  // namespace
}  // namespace imapspec::runner
