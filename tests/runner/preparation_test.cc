// What is there before a scenario begins: a state that the server can reach, and messages with their flags.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "runner/run/context.h"
#include "tests/runner/bench.h"

namespace imapspec::runner {
namespace {

using test::Bench;
using test::kGreeting;
using test::kLogin;
using test::Turn;
using testing::ElementsAre;
using testing::HasSubstr;

const Turn kCreate{"CREATE", "%t OK made\r\n"};
const Turn kGoOn{"APPEND", "+ go on\r\n"};
const Turn kExamine{"EXAMINE", "* 2 EXISTS\r\n%t OK [READ-ONLY] open\r\n"};
const Turn kClose{"CLOSE", "%t OK closed\r\n"};
const Turn kNoop{"NOOP", "%t OK x\r\n"};

Turn kept(int tag) { return {"Subject", "a" + std::to_string(tag) + " OK kept\r\n"}; }

Turn told(const std::string& first, const std::string& second) {
  return {"FETCH 1:* (FLAGS)",
          "* 1 FETCH (FLAGS (" + first + "))\r\n* 2 FETCH (FLAGS (" + second + "))\r\n%t OK told\r\n"};
}

// The second message is to have two flags.
const std::string kTwoMessages =
    "title: t\nrequirement: must\nstart: authenticated\ntls: none\nmailbox:\n"
    "  - text: |\n      Subject: a\n  - text: |\n      Subject: b\n    flags: '\\Seen \\Flagged'\n"
    "steps:\n  - C: 'NOOP'\n  - S: 'OK'\n";

std::vector<std::string> commands_after(const Bench& bench, std::size_t octet_strings) {
  std::vector<std::string> names;
  const std::vector<std::string>& sent = bench.scripts_[0]->sent;
  for (std::size_t i = octet_strings; i < sent.size(); ++i) {
    const std::string line = sent[i].substr(sent[i].find(' ') + 1);
    names.push_back(line.substr(0, line.find_first_of(" \r")));
  }
  return names;
}

constexpr std::size_t kAppended = 6;  // LOGIN, CREATE and twice a command and its literal

TEST(Preparation, FlagsThatAppendSetAreLookedAtOnly) {
  Bench bench;
  const auto result = bench.run(kTwoMessages, {{kGreeting, kLogin, kCreate, kGoOn, kept(3), kGoOn, kept(4), kExamine,
                                                told("", "\\SEEN \\Flagged"), kClose, kNoop}});
  EXPECT_EQ(result.verdict, Verdict::Pass) << result.reason;
  EXPECT_THAT(commands_after(bench, kAppended), ElementsAre("EXAMINE", "FETCH", "CLOSE", "NOOP"));
}

TEST(Preparation, FlagsThatAppendLeavesOutAreStored) {
  Bench bench;
  const auto result = bench.run(kTwoMessages, {{kGreeting,
                                                kLogin,
                                                kCreate,
                                                kGoOn,
                                                kept(3),
                                                kGoOn,
                                                kept(4),
                                                kExamine,
                                                told("", "\\Seen"),
                                                {"SELECT", "* 2 EXISTS\r\n%t OK [READ-WRITE] open\r\n"},
                                                {"STORE 2 +FLAGS.SILENT (\\Flagged)", "%t OK x\r\n"},
                                                kExamine,
                                                told("", "\\Flagged \\Seen"),
                                                kClose,
                                                kNoop}});
  EXPECT_EQ(result.verdict, Verdict::Pass) << result.reason;
  EXPECT_THAT(commands_after(bench, kAppended),
              ElementsAre("EXAMINE", "FETCH", "SELECT", "STORE", "EXAMINE", "FETCH", "CLOSE", "NOOP"));
}

TEST(Preparation, WithoutItsFlagsThereIsNoScenario) {
  Bench bench;
  const auto result = bench.run(kTwoMessages, {{kGreeting,
                                                kLogin,
                                                kCreate,
                                                kGoOn,
                                                kept(3),
                                                kGoOn,
                                                kept(4),
                                                kExamine,
                                                told("", ""),
                                                {"SELECT", "* 2 EXISTS\r\n%t OK [READ-WRITE] open\r\n"},
                                                {"STORE", "%t OK x\r\n"},
                                                kExamine,
                                                told("", "\\Seen")}});
  EXPECT_EQ(result.verdict, Verdict::Skip);
  EXPECT_THAT(result.reason, HasSubstr("neither APPEND nor STORE sets the flag \\Flagged here"));
}

TEST(Preparation, NobodyIsUnknownToAServerThatGreetsWithPreauth) {
  Bench bench;
  const Turn preauth{"", "* PREAUTH hi\r\n"};
  const std::string yaml =
      "title: t\nrequirement: must\nstart: not-authenticated\ntls: none\nsteps:\n  - C: 'NOOP'\n  - S: 'NO'\n";
  const auto result = bench.run(yaml, {{preauth, kNoop}});
  EXPECT_EQ(result.verdict, Verdict::Skip);
  EXPECT_THAT(result.reason, HasSubstr("PREAUTH"));
}

TEST(Preparation, ServersOfBothRevisionsAreAskedForTheLaterOneHoweverOneLogsIn) {
  const std::string yaml =
      "title: t\nrequirement: must\nstart: authenticated\ntls: none\nsteps:\n  - C: 'NOOP'\n  - S: 'OK'\n";
  const Turn enable{"ENABLE IMAP4rev2", "* ENABLED IMAP4rev2\r\n%t OK on\r\n"};
  for (const std::vector<Turn>& login :
       {std::vector<Turn>{{"", "* OK [CAPABILITY IMAP4rev1 IMAP4rev2 LOGINDISABLED AUTH=PLAIN] hi\r\n"},
                          {"AUTHENTICATE", "+ \r\n"},
                          {"", ""},
                          {"=", "a1 OK in\r\n"}},
        std::vector<Turn>{{"", "* PREAUTH [CAPABILITY IMAP4rev1 IMAP4rev2] hi\r\n"}}}) {
    Bench bench;
    bench.probe_.offers_rev1 = true;
    std::vector<Turn> turns = login;
    std::erase_if(turns, [](const Turn& turn) { return turn.expect.empty() && turn.answer.empty(); });
    turns.insert(turns.end(), {enable, kNoop});
    const auto result = bench.run(yaml, {turns});
    EXPECT_EQ(result.verdict, Verdict::Pass) << result.reason;
  }
}

TEST(Preparation, WhatRev2ContainsIsInTheGrammarOfAServerThatOffersIt) {
  Probe probe;
  probe.offers_rev1 = true;
  probe.capabilities = {"IMAP4rev1", "IMAP4rev2"};
  EXPECT_FALSE(grammar_profile(probe, "rev1").has(parser::Extension::Idle));
  probe.offers_rev2 = true;
  EXPECT_TRUE(grammar_profile(probe, "rev1").has(parser::Extension::Idle));
  EXPECT_FALSE(grammar_profile(probe, "rev1").rev2);
}

}  // namespace
}  // namespace imapspec::runner
