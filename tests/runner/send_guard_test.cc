// What a scenario must not send is not sent, however it is written.
#include "runner/run/send_guard.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "runner/run/sasl_plain.h"
#include "tests/runner/bench.h"

namespace imapspec::runner {
namespace {

using test::Bench;
using test::kGreeting;
using test::kLogin;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

SendRules rules() {
  return {.inbox = false, .account = true, .mailbox_prefix = "", .run_id = "0123abcd", .logins = {}};
}

// stopped says whether a guard stops one of these pieces.
bool stopped(const std::vector<std::string>& pieces, const SendRules& by = rules()) {
  SendGuard guard(by);
  for (const std::string& piece : pieces) {
    if (guard.why_not(piece)) return true;
  }
  return false;
}

TEST(SendGuard, StopsWhateverNamesInbox) {
  for (const std::string command : {"SELECT INBOX",
                                    "select inbox",
                                    "EXAMINE \"InBox\"",
                                    "DELETE INBOX/child",
                                    "CREATE inbox",
                                    "RENAME INBOX x",
                                    "RENAME imapspec-0123abcd-x INBOX",
                                    "SUBSCRIBE INBOX",
                                    "UNSUBSCRIBE \"inb\\ox\"",
                                    "STATUS INBOX (MESSAGES)",
                                    "APPEND INBOX (\\Seen) {3}\r\nabc",
                                    "COPY 1 INBOX",
                                    "UID MOVE 1:* inbox",
                                    "MYRIGHTS INBOX",
                                    "LIST \"\" inbox",
                                    "LIST (SUBSCRIBED) \"\" (\"x\" \"INBOX\") RETURN (CHILDREN)",
                                    "LSUB \"IN\" BOX",
                                    "SELECT {5}\r\nINBOX",
                                    "SELECT {5+}\r\nINBOX",
                                    "SELECT ~{5}\r\nINBOX",
                                    "GETMETADATA (DEPTH 1) INBOX /private",
                                    "DELETE INBOX and more",
                                    "DELETE   INBOX"}) {
    EXPECT_TRUE(stopped({"a1 " + command + "\r\n"})) << command;
    SendRules allowed = rules();
    allowed.inbox = true;
    EXPECT_FALSE(stopped({"a1 " + command + "\r\n"}, allowed)) << command;
  }
}

TEST(SendGuard, StopsTheRemovalOfWhatIsNotTheRuns) {
  for (const std::string command : {"DELETE Archive", "RENAME Archive imapspec-0123abcd-x", "DELETE \"Archive\"",
                                    "DELETE imapspec-98765432-12345678", "DELETE {7+}\r\nArchive"}) {
    EXPECT_TRUE(stopped({"a1 " + command + "\r\n"})) << command;
  }
  for (const std::string command :
       {"DELETE imapspec-0123abcd-12345678", "RENAME imapspec-0123abcd-x imapspec-0123abcd-y",
        "DELETE imapspec-\xff\xfe", "DELETE", "DELETE (", "DELETE {", "DELETE \"\"", "DELETED x", "X DELETE Archive"}) {
    EXPECT_FALSE(stopped({"a1 " + command + "\r\n"})) << command;
  }
  SendRules below = rules();
  below.mailbox_prefix = "INBOX.";
  EXPECT_FALSE(stopped({"a DELETE INBOX.imapspec-0123abcd-12345678\r\n"}, below));
  EXPECT_FALSE(stopped({"a SELECT INBOX.imapspec-0123abcd-12345678\r\n"}, below));
  EXPECT_TRUE(stopped({"a SELECT INBOX.other\r\n"}, below));
}

TEST(SendGuard, LetsPassWhatNamesNobodysMail) {
  for (const std::string line :
       {"a LIST \"\" *", "a LIST \"\" INBOX.%", "a STATUS Archive (MESSAGES)", "a SELECT Archive", "a NOOP INBOX",
        "a SEARCH SUBJECT INBOX", "a APPEND x {20+}\r\na1 DELETE INBOX\r\nabc", "DONE", "INBOX", "a", "", " ",
        "a LOGIN INBOX INBOX", "a CREATE inboxes", "a CREATE my-inbox", "a SELECT \"", "a COPY INBOX"}) {
    EXPECT_FALSE(stopped({line + "\r\n"})) << line;
  }
}

TEST(SendGuard, FollowsCommandsThroughAnyPieces) {
  EXPECT_TRUE(stopped({"z SELECT INB", "OX\r\n"}));
  EXPECT_TRUE(stopped({"z SELECT {5}\r\n", "INBOX", "\r\n"}));
  EXPECT_TRUE(stopped({"a NOOP\r\nb SELECT {2+}\r\nab\r\nc DELETE INBOX\r\nd NOOP\r\n"}));
  // What has not ended is no command yet.
  EXPECT_FALSE(stopped({"z SELECT INBOX"}));
  EXPECT_FALSE(stopped({"z SELECT ", "imapspec-0123abcd-x", "\r\n"}));
}

TEST(SendGuard, ARefusedLiteralIsFollowedByACommand) {
  SendGuard guard(rules());
  EXPECT_FALSE(guard.why_not("a APPEND x {100}\r\n"));
  // Nobody has asked for it: this may be a command.
  EXPECT_TRUE(guard.why_not("b DELETE Archive\r\n"));
  SendGuard asked(rules());
  EXPECT_FALSE(asked.why_not("a APPEND x {18}\r\n"));
  asked.invited();
  EXPECT_FALSE(asked.why_not("b DELETE Archive\r\n\r\n"));
  EXPECT_TRUE(asked.why_not("b DELETE Archive\r\n"));
  SendGuard refused(rules());
  EXPECT_FALSE(refused.why_not("a APPEND x {100}\r\n"));
  refused.completed("a", false);
  EXPECT_FALSE(refused.why_not("b NOOP\r\n"));
  EXPECT_TRUE(refused.why_not("c DELETE Archive\r\n"));
}

TEST(SendGuard, WhatWasNoWholeCommandMayBeOver) {
  SendGuard guard(rules());
  EXPECT_FALSE(guard.why_not("a SELECT \"no end"));
  guard.begin();
  EXPECT_TRUE(guard.why_not("b DELETE Archive\r\n"));
}

TEST(SendGuard, WhoNeverLogsInUsesNoAccount) {
  SendRules harmless = rules();
  harmless.account = false;
  harmless.logins = {{"alice", "secret", plain_message("alice", "secret")}};
  EXPECT_TRUE(stopped({"a LOGIN alice secret\r\n"}, harmless));
  EXPECT_TRUE(stopped({"a LOGIN {5}\r\nalice {6+}\r\nsecret\r\n"}, harmless));
  EXPECT_TRUE(stopped({"a AUTHENTICATE PLAIN " + plain_message("alice", "secret") + "\r\n"}, harmless));
  EXPECT_TRUE(stopped({"a AUTHENTICATE PLAIN\r\n", plain_message("alice", "secret") + "\r\n"}, harmless));
  EXPECT_FALSE(stopped({"a LOGIN alice other\r\n", "b LOGIN alice\r\n", "c AUTHENTICATE PLAIN =\r\n"}, harmless));
  // What needs a login is refused to who has none.
  EXPECT_FALSE(stopped({"a CREATE imapspec-0123abcd-x\r\n"}, harmless));
  SendGuard greeted(harmless);
  greeted.entered();
  EXPECT_FALSE(greeted.why_not("a NOOP\r\n"));
  EXPECT_TRUE(greeted.why_not("a CREATE imapspec-0123abcd-x\r\n"));
  SendGuard guest(harmless);
  EXPECT_FALSE(guest.why_not("a LOGIN guest guest\r\n"));
  guest.completed("a", true);
  EXPECT_TRUE(guest.why_not("b CREATE imapspec-0123abcd-x\r\n"));
}

// logged_in is a scenario that begins logged in.
std::string logged_in(const std::string& steps, const std::string& keys = "") {
  return "title: t\nrequirement: must\nstart: authenticated\ntls: none\n" + keys + "steps:\n" + steps;
}

TEST(SendGuard, AScenarioEndsWithAnErrorThatNamesStepAndKey) {
  Bench bench;
  const std::string split = "let: {a: 'INB', b: 'OX'}\n";
  const std::string steps = "  - C: 'SELECT {a:raw}{b:raw}'\n  - S: 'OK'\n";
  const auto result = bench.run(logged_in(steps, split), {{kGreeting, kLogin, {"SELECT", "%t OK x\r\n"}}});
  EXPECT_EQ(result.verdict, Verdict::Error);
  EXPECT_EQ(result.reason,
            "test/one.yaml:7: SELECT of INBOX, which is somebody's mail, is not sent: a scenario that names it says "
            "\"inbox: true\"");
  EXPECT_THAT(result.findings, IsEmpty());
  EXPECT_THAT(bench.scripts_[0]->sent, ElementsAre("a1 LOGIN alice secret-alice\r\n"));
  const auto allowed =
      bench.run(logged_in(steps, split + "inbox: true\n"), {{kGreeting, kLogin, {"SELECT", "%t OK x\r\n"}}});
  EXPECT_EQ(bench.scripts_[0]->sent.size(), 2U) << allowed.reason;
}

TEST(SendGuard, StopsStepsOfEveryKind) {
  for (const std::string step :
       {"  - setup: 'DELETE {a:raw}ox'\n",
        "  - pipeline:\n      - C: 'NOOP'\n      - S: 'OK'\n      - C: 'SELECT IN\\x42OX'\n      - S: 'OK'\n",
        "  - send: 'z SELECT {a:raw}ox\\x0D\\x0A'\n    await: z\n  - S: 'z OK'\n",
        "  - send: 'z SELECT '\n  - send: '{a:raw}ox\\x0D\\x0A'\n    await: z\n  - S: 'z OK'\n",
        "  - C: 'SELECT {a:raw}ox'\n    tag: 'a+b'\n  - S: ['OK', '* BAD']\n"}) {
    Bench bench;
    const auto result = bench.run(logged_in(step, "let: {a: 'inb'}\n"), {{kGreeting, kLogin, {"z SELECT ", ""}}});
    EXPECT_EQ(result.verdict, Verdict::Error) << step;
    EXPECT_THAT(result.reason, HasSubstr("\"inbox: true\"")) << step;
    for (const std::string& sent : bench.scripts_[0]->sent) EXPECT_EQ(sent.find("ox"), std::string::npos) << sent;
  }
}

TEST(SendGuard, WhatWasCapturedMayBeSomebodysMail) {
  Bench bench;
  const auto result =
      bench.run(logged_in("  - C: 'LIST \"\" *'\n  - S: '* LIST () {:any} {m:mailbox}'\n  - S: 'OK'\n  - C: 'DELETE "
                          "{m}'\n  - S: 'OK'\n"),
                {{kGreeting, kLogin, {"LIST", "* LIST () \"/\" Archive\r\n%t OK x\r\n"}, {"DELETE", "%t OK x\r\n"}}});
  EXPECT_EQ(result.verdict, Verdict::Error);
  EXPECT_THAT(result.reason, HasSubstr("test/one.yaml:9: DELETE of a mailbox that is not the scenario's"));
  EXPECT_EQ(bench.scripts_[0]->sent.size(), 2U);
}

}  // namespace
}  // namespace imapspec::runner
