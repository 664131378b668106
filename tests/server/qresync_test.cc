// QRESYNC (RFC 7162 section 3.2).
#include <gtest/gtest.h>

#include <cstdint>
#include <functional>
#include <set>
#include <string>

#include "tests/server/conversation.h"

namespace imapspec::server {
namespace {

using Lines = std::vector<std::string>;

// Qresync has six messages in INBOX with mod-sequences 2 to 7; session 1 has enabled QRESYNC, session 2 has INBOX
// selected.
class Qresync : public testing::Test {
 protected:
  Qresync() {
    world.ready();
    for (int i = 0; i < 6; ++i) world.transcript({"c: u APPEND INBOX {1+}\r\nx\r\n"});
    world.transcript({"C: x ENABLE QRESYNC", "C2: x SELECT INBOX"});
  }

  // expunge removes messages, by UID.
  void expunge(const std::string& uids) {
    world.transcript({"C2: y UID STORE " + uids + " +FLAGS.SILENT (\\Deleted)", "C2: z UID EXPUNGE " + uids});
  }

  // select plays SELECT INBOX with a parameter, and what comes between the usual responses and the end.
  void select(const std::string& parameter, const std::string& highest, const Lines& news) {
    Lines lines{"C: a SELECT INBOX (" + parameter + ")",
                "S: * FLAGS ~",
                "S: ~",
                "S: * LIST ~",
                "S: * OK [PERMANENTFLAGS ~",
                "S: * OK [UIDNEXT 7] ~",
                "S: * OK [UIDVALIDITY 1709208000] ~",
                "S: * OK [HIGHESTMODSEQ " + highest + "] ~"};
    lines.insert(lines.end(), news.begin(), news.end());
    lines.push_back("S: a OK [READ-WRITE] ~");
    world.play(lines);
  }

  World world;
};

TEST_F(Qresync, EnableNamesWhatItEnabled) {
  World fresh;
  fresh.ready();
  fresh.play({"C: a ENABLE QRESYNC", "S: * ENABLED QRESYNC CONDSTORE", "S: a OK ~", "C: b ENABLE CONDSTORE QRESYNC",
              "S: * ENABLED", "S: b OK ~"});
}

TEST_F(Qresync, MustBeEnabledFirst) {
  world.play({"C2: a SELECT INBOX (QRESYNC (1709208000 1))", "S2: a BAD ~",
              "C2: b UID FETCH 1:* FLAGS (CHANGEDSINCE 1 VANISHED)", "S2: b BAD ~"});
}

TEST_F(Qresync, SelectTellsWhatVanishedAndThenWhatChanged) {
  expunge("2:3,6");  // mod-sequences 8 to 11
  world.transcript({"C2: z UID STORE 4 FLAGS (\\Seen)"});
  select("QRESYNC (1709208000 7)", "12",
         {"S: * VANISHED (EARLIER) 2:3,6", "S: * 2 FETCH (UID 4 MODSEQ (12) FLAGS (\\Seen))"});
}

TEST_F(Qresync, KnownUidsRestrictWhatIsTold) {
  expunge("2:3,6");
  world.transcript({"C2: z STORE 1:3 FLAGS (\\Seen)"});
  select("QRESYNC (1709208000 7 1:2,5)", "14",
         {"S: * VANISHED (EARLIER) 2", "S: * 1 FETCH (UID 1 MODSEQ (12) FLAGS (\\Seen))",
          "S: * 3 FETCH (UID 5 MODSEQ (14) FLAGS (\\Seen))"});
}

TEST_F(Qresync, NumbersThatMatchTheirUidsLeaveOutWhatIsBelow) {
  expunge("2,5");  // UIDs 1, 3, 4 and 6 are left
  // The second message has UID 3, and the third had not UID 5: what is above 3 may be news.
  select("QRESYNC (1709208000 7 1:6 (2:3 3,5))", "10", {"S: * VANISHED (EARLIER) 5"});
}

TEST_F(Qresync, NumbersThatDoNotAscendMatchNothing) {
  expunge("2,5");
  select("QRESYNC (1709208000 7 1:6 (3,2 4,3))", "10", {"S: * VANISHED (EARLIER) 5"});
}

TEST_F(Qresync, AnotherUidvalidityMakesTheRestUseless) {
  expunge("1");
  select("QRESYNC (67890007 1 1:6)", "9", {});
}

TEST_F(Qresync, NothingIsToldWhereNothingHappened) { select("QRESYNC (1709208000 7)", "7", {}); }

TEST_F(Qresync, ExpungeSendsVanishedAndHighestmodseq) {
  select("CONDSTORE", "7", {});
  world.play({"C: a STORE 2,4:5 +FLAGS.SILENT (\\Deleted)", "S: * 2 FETCH (UID 2 MODSEQ (8))",
              "S: * 4 FETCH (UID 4 MODSEQ (9))", "S: * 5 FETCH (UID 5 MODSEQ (10))", "S: a OK ~",
              "C: b UID EXPUNGE 5:6", "S: * VANISHED 5", "S: b OK [HIGHESTMODSEQ 11] ~", "C: c EXPUNGE",
              "S: * VANISHED 2,4", "S: c OK [HIGHESTMODSEQ 12] ~", "C: d EXPUNGE", "S: d OK EXPUNGE ~",
              "C: e FETCH 3 UID", "S: * 3 FETCH (UID 6)", "S: e OK ~"});
}

TEST_F(Qresync, OtherSessionsExpungesVanishToo) {
  select("CONDSTORE", "7", {});
  expunge("1,3");
  world.play({"C: a NOOP", "S: * VANISHED 1,3", "S: a OK ~", "C: b MOVE 1 INBOX", "S: * OK [COPYUID 1709208000 2 7] ~",
              "S: * VANISHED 2", "S: * 4 EXISTS", "S: b OK ~"});
}

TEST_F(Qresync, CloseTellsNeitherVanishedNorHighestmodseq) {
  select("CONDSTORE", "7", {});
  world.play({"C: a STORE 1 +FLAGS.SILENT (\\Deleted)", "S: * 1 FETCH (UID 1 MODSEQ (8))", "S: a OK ~", "C: b CLOSE",
              "S: b OK CLOSE ~"});
  select("QRESYNC (1709208000 8)", "9", {"S: * VANISHED (EARLIER) 1"});
}

TEST_F(Qresync, FetchTellsWhatVanishedBeforeWhatChanged) {
  expunge("2");
  select("CONDSTORE", "9", {});
  world.transcript({"C2: z UID STORE 3 FLAGS (\\Seen)"});
  world.play({"C: b UID FETCH 1:4 (FLAGS) (CHANGEDSINCE 7 VANISHED)", "S: * VANISHED (EARLIER) 2",
              "S: * 2 FETCH (UID 3 FLAGS (\\Seen) MODSEQ (10))", "S: b OK ~",
              "C: c UID FETCH 3:4 UID (VANISHED CHANGEDSINCE 10)", "S: c OK ~"});
}

TEST_F(Qresync, WhatTheClientStillCountsDidNotVanishEarlier) {
  select("CONDSTORE", "7", {});
  expunge("2,5");
  world.play({"C: b UID FETCH 1:6 (FLAGS) (CHANGEDSINCE 9 VANISHED)", "S: * 2 FETCH (UID 2 ~", "S: * 5 FETCH (UID 5 ~",
              "S: * VANISHED 2,5", "S: b OK ~", "C: c UID FETCH 1:6 (FLAGS) (CHANGEDSINCE 9 VANISHED)",
              "S: * VANISHED (EARLIER) 2,5", "S: c OK ~"});
}

TEST_F(Qresync, VanishedIsHeldWhileNumbersAreInUse) {
  select("CONDSTORE", "7", {});
  expunge("1");
  world.play({"C: b FETCH 2 UID", "S: * 2 FETCH (UID 2)", "S: * OK [HIGHESTMODSEQ 8] ~", "S: b OK ~",
              "C: c UID SEARCH 2:3", "S: * ESEARCH (TAG \"c\") UID ALL 2:3", "S: * OK [HIGHESTMODSEQ 8] ~", "S: c OK ~",
              "C: d UID SEARCH UID 2:3", "S: * ESEARCH (TAG \"d\") UID ALL 2:3", "S: * VANISHED 1",
              "S: * OK [HIGHESTMODSEQ 9] ~", "S: d OK ~"});
}

TEST_F(Qresync, VanishedIsForUidFetchAndNeverAlone) {
  select("CONDSTORE", "7", {});
  world.play({"C: b FETCH 1:2 FLAGS (CHANGEDSINCE 1 VANISHED)", "S: b BAD ~", "C: c UID FETCH 1:2 FLAGS (VANISHED)",
              "S: c BAD ~"});
}

TEST(QresyncOff, UnauthenticateForgetsThatItWasEnabled) {
  SessionOptions options;
  options.offer.set("UNAUTHENTICATE", true);
  World world({}, options);
  world.ready();
  world.play({"C: a ENABLE QRESYNC", "S: * ENABLED ~", "S: a OK ~", "C: b UNAUTHENTICATE", "S: b OK ~",
              "C: c LOGIN alice secret-alice", "S: c OK ~", "C: d SELECT INBOX (QRESYNC (1709208000 1))",
              "S: d BAD ~"});
}

// keep leaves only the messages of INBOX that `wanted` chooses, out of so many.
void keep(World& world, std::uint32_t messages, const std::function<bool(std::uint32_t)>& wanted) {
  Mailbox& inbox = *world.store().account("alice").find("INBOX");
  const auto octets = world.store().hold("x");
  for (std::uint32_t i = 0; i < messages; ++i) inbox.append(octets, {}, {});
  inbox.expunge([&](const Message& message) { return !wanted(static_cast<std::uint32_t>(message.uid)); });
}

TEST(QresyncExamples, VanishedNamesUidsAsIn3_2_10_2) {
  static const std::set<std::uint32_t> kUids{1, 504, 505, 507, 508, 509, 510, 511, 512, 513, 625};
  World world;
  world.ready();
  keep(world, 625, [](std::uint32_t uid) { return kUids.contains(uid); });
  world.transcript({"C: a ENABLE QRESYNC", "C: b SELECT INBOX", "C: c STORE 3,4,7,11 +FLAGS.SILENT (\\Deleted)"});
  world.play({"C: A202 EXPUNGE", "S: * VANISHED 505,507,510,625", "S: A202 OK [HIGHESTMODSEQ ~"});
  world.transcript({"C: d STORE 2,3 +FLAGS.SILENT (\\Deleted)"});
  world.play({"C: A210 EXPUNGE", "S: * VANISHED 504,508", "S: A210 OK [HIGHESTMODSEQ ~"});
}

TEST(QresyncExamples, MatchDataSavesBandwidthAsIn3_2_5_2) {
  World world;
  world.ready();
  keep(world, 30'012, [](std::uint32_t uid) { return uid % 3 == 0; });  // more expunges than are remembered
  const std::uint64_t before = world.store().account("alice").find("INBOX")->mod_sequence() - 1;
  const std::string client = "(QRESYNC (1709208000 " + std::to_string(before) + " 1:29997";
  world.transcript({"C: a ENABLE QRESYNC"});
  const std::string all = world.transcript({"C: A04 SELECT INBOX " + client + "))"});
  EXPECT_NE(all.find("* VANISHED (EARLIER) 1:2,4:5,7:8,10:11,13:14,"), std::string::npos);
  EXPECT_NE(all.find(",29992:29993,29995:29996\r\n"), std::string::npos);
  const std::string matched = world.transcript(
      {"C: B04 SELECT INBOX " + client +
       " (5000,7500,9000,9990:9999 15000,22500,27000,29970,29973,29976,29979,29982,29985,29988,29991,29994,29997)))"});
  EXPECT_EQ(matched.find("VANISHED"), std::string::npos);
  EXPECT_NE(matched.find("B04 OK"), std::string::npos);
}

}  // namespace
}  // namespace imapspec::server
