// Two sessions on one mailbox: RFC 9051 sections 5.2, 5.5, 7.5.1.
#include <gtest/gtest.h>

#include "parser/framing/framer.h"
#include "parser/grammar/parse.h"
#include "tests/server/conversation.h"

namespace imapspec::server {
namespace {

using Lines = std::vector<std::string>;

class TwoSessions : public testing::Test {
 protected:
  // Both have INBOX selected, with messages 1 to 3.
  void SetUp() override {
    world_.ready();
    for (int i = 0; i < 3; ++i) world_.play({"C: z APPEND INBOX {1+}\r\nx", "S: z OK ~"});
    for (const std::string number : {"", "2"}) {
      const std::string says = "S" + number + ": ";
      world_.play({"C" + number + ": z SELECT INBOX", says + "* FLAGS ~", says + "* 3 EXISTS", says + "* LIST ~",
                   says + "* OK ~", says + "* OK ~", says + "* OK ~", says + "z OK ~"});
    }
  }

  World world_;
};

TEST_F(TwoSessions, NewMessagesAreAnnouncedAtTheNextCommand) {
  world_.play({"C2: a APPEND INBOX {1+}\r\nx", "S2: * 4 EXISTS", "S2: a OK ~", "NEWS", "C: b NOOP", "S: * 4 EXISTS",
               "S: b OK ~", "C: c NOOP", "S: c OK ~"});
}

TEST_F(TwoSessions, FlagChangesAreAnnouncedWithTheUid) {
  world_.play({"C2: a STORE 2 +FLAGS (\\Seen)", "S2: * 2 FETCH (FLAGS (\\Seen))", "S2: a OK ~", "C: b NOOP",
               "S: * 2 FETCH (UID 2 FLAGS (\\Seen))", "S: b OK ~"});
}

TEST_F(TwoSessions, SilentStoreHidesOnlyItsOwnChange) {
  world_.play({"C2: a STORE 1 +FLAGS.SILENT (\\Seen)", "S2: a OK ~", "C: b STORE 1:2 +FLAGS.SILENT (\\Draft)",
               "S: * 1 FETCH (UID 1 FLAGS (\\Seen \\Draft))", "S: b OK ~"});
}

TEST_F(TwoSessions, ExpungeWaitsWhileFetchStoreAndSearchUseNumbers) {
  world_.play({"C2: a STORE 2 +FLAGS.SILENT (\\Deleted)",
               "S2: a OK ~",
               "C2: a EXPUNGE",
               "S2: * 2 EXPUNGE",
               "S2: a OK ~",
               "C: b FETCH 3 UID",
               "S: * 3 FETCH (UID 3)",
               "S: b OK ~",
               "C: c FETCH 2 UID",
               "S: * 2 FETCH (UID 2)",
               "S: c OK ~",
               "C: d STORE 3 +FLAGS.SILENT (\\Seen)",
               "S: d OK ~",
               "C: e SEARCH SEEN",
               "S: * ESEARCH (TAG \"e\") ALL 3",
               "S: e OK ~",
               "C: f COPY 2 INBOX",
               "S: * 2 EXPUNGE",
               "S: f NO [EXPUNGEISSUED] ~",
               "C: g FETCH 2 UID",
               "S: * 2 FETCH (UID 3)",
               "S: g OK ~"});
}

TEST_F(TwoSessions, ExpungeIsToldInUidFetch) {
  world_.play({"C2: a STORE 1 +FLAGS.SILENT (\\Deleted)", "S2: a OK ~", "C2: a EXPUNGE", "S2: * 1 EXPUNGE",
               "S2: a OK ~", "C: b UID FETCH 3 FLAGS", "S: * 3 FETCH (UID 3 FLAGS ())", "S: * 1 EXPUNGE", "S: b OK ~"});
}

TEST_F(TwoSessions, IdleTellsNewsAtOnce) {
  world_.play({"C: a IDLE", "S: + ~", "C2: b APPEND INBOX {1+}\r\nx", "S2: * 4 EXISTS", "S2: b OK ~", "NEWS",
               "S: * 4 EXISTS", "C2: c STORE 1 FLAGS (\\Deleted)", "S2: * 1 FETCH (FLAGS (\\Deleted))", "S2: c OK ~",
               "NEWS", "S: * 1 FETCH (UID 1 FLAGS (\\Deleted))", "C2: d EXPUNGE", "S2: * 1 EXPUNGE", "S2: d OK ~",
               "NEWS", "S: * 1 EXPUNGE", "C: DONE", "S: a OK ~"});
}

TEST_F(TwoSessions, MoveRemovesAndAdds) {
  world_.play({"C2: a MOVE 1 INBOX", "S2: * OK [COPYUID 1709208000 1 4] ~", "S2: * 1 EXPUNGE", "S2: * 3 EXISTS",
               "S2: a OK ~", "C: b NOOP", "S: * 1 EXPUNGE", "S: * 3 EXISTS", "S: b OK ~"});
}

TEST_F(TwoSessions, DeletedMailboxStaysForWhoHasItSelected) {
  world_.play({"C: a CREATE x", "S: a OK ~", "C: b APPEND x {1+}\r\ny", "S: b OK ~", "C: c SELECT x",
               "S: * OK [CLOSED] ~", "S: * FLAGS ~", "S: * 1 EXISTS", "S: * LIST ~", "S: * OK ~", "S: * OK ~",
               "S: * OK ~", "S: c OK ~", "C2: d DELETE x", "S2: d OK ~", "C: e FETCH 1 BODY.PEEK[]",
               "S: * 1 FETCH (BODY[] \"y\")", "S: e OK ~"});
}

TEST_F(TwoSessions, RenamedMailboxIsStillTheSame) {
  world_.play({"C: a CREATE x", "S: a OK ~", "C: c SELECT x", "S: * OK [CLOSED] ~", "S: * FLAGS ~", "S: * 0 EXISTS",
               "S: * LIST ~", "S: * OK ~", "S: * OK ~", "S: * OK ~", "S: c OK ~", "C2: d RENAME x y", "S2: d OK ~",
               "C2: e APPEND y {1+}\r\nz", "S2: e OK ~", "C: f NOOP", "S: * 1 EXISTS", "S: f OK ~"});
}

// A conversation with literals, continuations and errors.
const Lines kWhole{"C: a LOGIN {5+}\r\nalice {12+}\r\nsecret-alice",
                   "C: b CREATE box",
                   "c: c APPEND box (\\Seen) {20+}\r\nSubject: s\r\n\r\nbody\r\n\r\n",
                   "C: d APPEND box {3}",
                   "C: abc",
                   "C: e SELECT box",
                   "C: f FETCH 1:2 (FLAGS ENVELOPE BODYSTRUCTURE BODY[HEADER] BODY[TEXT]<1.2>)",
                   "C: g SEARCH RETURN (COUNT) SUBJECT {1}",
                   "C: s",
                   "C: h FETCH 9 FLAGS",
                   "C: i XYZZY {3+}\r\nabc more",
                   "C: j IDLE",
                   "C: DONE",
                   "C: k LIST \"\" *",
                   "C: l UID MOVE 1:* INBOX",
                   "C: m AUTHENTICATE PLAIN",
                   "C: n LOGOUT"};

TEST(Splitting, AnySplitOfTheInputGivesTheSameOutput) {
  World whole;
  whole.connect(1, true);
  const std::string expected = whole.transcript(kWhole);
  EXPECT_NE(expected.find("n OK"), std::string::npos) << expected;
  for (std::size_t split = 1; split < 30; ++split) {
    World world;
    world.connect(1, true);
    EXPECT_EQ(world.transcript(kWhole, split), expected) << "pieces of " << split;
  }
}

TEST(Replies, AreInTheGrammar) {
  World world;
  world.connect(1, true);
  const std::string replies = world.transcript(kWhole);
  parser::Framer framer(parser::Direction::FromServer);
  std::string_view left = replies;
  int units = 0;
  while (!left.empty()) {
    const parser::FramingEvent event = framer.consume(left);
    if (event == parser::FramingEvent::LiteralAnnounced) continue;
    ASSERT_EQ(event, parser::FramingEvent::Unit);
    parser::Arena arena;
    const std::string unit(framer.unit());
    const auto parsed = parser::parse_response(unit, arena, parser::kRev2);
    EXPECT_TRUE(parsed) << unit << (parsed ? "" : parser::describe(parsed.error(), unit));
    ++units;
  }
  EXPECT_GT(units, 30);
}

}  // namespace
}  // namespace imapspec::server
