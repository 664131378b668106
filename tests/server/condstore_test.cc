// CONDSTORE (RFC 7162 section 3.1).
#include <gtest/gtest.h>

#include "tests/server/conversation.h"

namespace imapspec::server {
namespace {

using Lines = std::vector<std::string>;

// Condstore has INBOX selected in both sessions, with three messages whose mod-sequences are 2, 3 and 4.
class Condstore : public testing::Test {
 protected:
  Condstore() {
    world.ready();
    world.transcript({"c: u APPEND INBOX {1+}\r\nx\r\n", "c: v APPEND INBOX (\\Draft) {1+}\r\ny\r\n",
                      "c: w APPEND INBOX {1+}\r\nz\r\n", "C: x SELECT INBOX", "C2: x SELECT INBOX"});
  }

  void play(const Lines& lines) { world.play(lines); }

  World world;
};

TEST_F(Condstore, SelectWithTheParameterTellsHighestmodseq) {
  play({"C: a SELECT INBOX (CONDSTORE)", "S: * OK [CLOSED] ~", "S: * FLAGS ~", "S: * 3 EXISTS", "S: * LIST ~",
        "S: * OK [PERMANENTFLAGS ~", "S: * OK [UIDNEXT 4] ~", "S: * OK [UIDVALIDITY ~", "S: * OK [HIGHESTMODSEQ 4] ~",
        "S: a OK [READ-WRITE] ~"});
}

TEST_F(Condstore, AnEmptyMailboxHasAHighestmodseqToo) {
  play({"C: a CREATE new", "S: a OK ~", "C: b EXAMINE new (CONDSTORE)", "S: * OK [CLOSED] ~", "S: * FLAGS ~",
        "S: * 0 EXISTS", "S: * LIST ~", "S: * OK [PERMANENTFLAGS ~", "S: * OK [UIDNEXT 1] ~", "S: * OK [UIDVALIDITY ~",
        "S: * OK [HIGHESTMODSEQ 1] ~", "S: b OK [READ-ONLY] ~"});
}

TEST_F(Condstore, TheFirstEnablingCommandTellsHighestmodseq) {
  for (const std::string_view command :
       {"FETCH 1:3 (MODSEQ)", "SEARCH MODSEQ 1", "STATUS INBOX (HIGHESTMODSEQ)", "UID FETCH 1 FLAGS (CHANGEDSINCE 9)",
        "STORE 1 (UNCHANGEDSINCE 9) +FLAGS.SILENT (\\Draft)", "SEARCH OR NOT MODSEQ 1 ALL"}) {
    world.transcript({"C: z LOGOUT"});
    world.connect(1, true);
    world.transcript({"C: a LOGIN alice secret-alice", "C: b SELECT INBOX"});
    const std::string answer = world.transcript({"C: c " + std::string(command), "C: d " + std::string(command)});
    const std::size_t code = answer.find("* OK [HIGHESTMODSEQ ");
    EXPECT_EQ(code, 0U) << command << ": " << answer;
    EXPECT_EQ(answer.find("[HIGHESTMODSEQ", code + 10), std::string::npos) << command << ": " << answer;
  }
}

TEST_F(Condstore, EnableTakesIt) {
  World fresh;
  fresh.ready();
  fresh.play({"C: a ENABLE CONDSTORE", "S: * ENABLED CONDSTORE", "S: a OK ~", "C: b ENABLE condstore", "S: * ENABLED",
              "S: b OK ~", "C: c SELECT INBOX", "S: * FLAGS ~", "S: * 0 EXISTS", "S: * LIST ~",
              "S: * OK [PERMANENTFLAGS ~", "S: * OK [UIDNEXT 1] ~", "S: * OK [UIDVALIDITY ~",
              "S: * OK [HIGHESTMODSEQ 1] ~", "S: c OK ~"});
}

TEST_F(Condstore, FetchTellsModSequences) {
  play({"C: a FETCH 1:3 (MODSEQ)", "S: * OK [HIGHESTMODSEQ 4] ~", "S: * 1 FETCH (MODSEQ (2))",
        "S: * 2 FETCH (MODSEQ (3))", "S: * 3 FETCH (MODSEQ (4))", "S: a OK ~"});
}

TEST_F(Condstore, ChangedsinceLeavesOutWhatDidNotChangeAndAddsModseq) {
  play({"C: a UID FETCH 1:* (FLAGS) (CHANGEDSINCE 2)", "S: * OK [HIGHESTMODSEQ 4] ~",
        "S: * 2 FETCH (UID 2 FLAGS (\\Draft) MODSEQ (3))", "S: * 3 FETCH (UID 3 FLAGS () MODSEQ (4))", "S: a OK ~",
        "C: b FETCH 1:* (FLAGS) (CHANGEDSINCE 4)", "S: b OK ~"});
}

TEST_F(Condstore, ConditionalStoreChangesWhatIsNotNewer) {
  play({"C: a STORE 3,1 (UNCHANGEDSINCE 4) +FLAGS.SILENT (\\Deleted)", "S: * OK [HIGHESTMODSEQ 4] ~",
        "S: * 1 FETCH (UID 1 MODSEQ (5))", "S: * 3 FETCH (UID 3 MODSEQ (6))", "S: a OK STORE ~",
        "C: b UID STORE 2 (UNCHANGEDSINCE 3) FLAGS (\\Seen)", "S: * 2 FETCH (UID 2 MODSEQ (7) FLAGS (\\Seen))",
        "S: b OK STORE ~"});
}

TEST_F(Condstore, ConditionalStoreLeavesWhatIsNewerAlone) {
  play({"C: a STORE 1:3 (UNCHANGEDSINCE 3) +FLAGS.SILENT (\\Flagged)", "S: * OK [HIGHESTMODSEQ 4] ~",
        "S: * 1 FETCH (UID 1 MODSEQ (5))", "S: * 2 FETCH (UID 2 MODSEQ (6))",
        "S: * 3 FETCH (UID 3 MODSEQ (4) FLAGS ())", "S: a OK [MODIFIED 3] ~",
        "C: b UID STORE 3,1 (UNCHANGEDSINCE 3) -FLAGS (\\Draft)", "S: * 1 FETCH (UID 1 MODSEQ (5) FLAGS (\\Flagged))",
        "S: * 3 FETCH (UID 3 MODSEQ (4) FLAGS ())", "S: b OK [MODIFIED 1,3] ~"});
}

TEST_F(Condstore, UnchangedsinceZeroAlwaysFails) {
  play({"C: a STORE 1 (UNCHANGEDSINCE 0) +FLAGS.SILENT ($MDNSent)", "S: * OK [HIGHESTMODSEQ ~",
        "S: * 1 FETCH (UID 1 MODSEQ (2) FLAGS ())", "S: a OK [MODIFIED 1] ~"});
}

TEST_F(Condstore, AMessageThatIsNamedTwiceDoesNotFailForTheFirstTime) {
  play({"C: a STORE 2,1:3 (UNCHANGEDSINCE 4) +FLAGS.SILENT (\\Deleted)", "S: * OK [HIGHESTMODSEQ ~",
        "S: * 1 FETCH (UID 1 MODSEQ (5))", "S: * 2 FETCH (UID 2 MODSEQ (6))", "S: * 3 FETCH (UID 3 MODSEQ (7))",
        "S: a OK STORE ~"});
}

TEST_F(Condstore, AddingAFlagThatIsThereChangesNoModSequence) {
  play({"C: a STORE 2 (UNCHANGEDSINCE 3) +FLAGS.SILENT (\\Draft)", "S: * OK [HIGHESTMODSEQ 4] ~",
        "S: * 2 FETCH (UID 2 MODSEQ (3))", "S: a OK ~"});
}

// RFC 7162 example 14.
TEST_F(Condstore, ChangesAreToldWithModSequencesInAllSessions) {
  world.transcript({"C: y FETCH 1 MODSEQ", "C2: y FETCH 1 MODSEQ"});
  play({"C: a STORE 3 +FLAGS.SILENT (\\Deleted)", "S: * 3 FETCH (UID 3 MODSEQ (5))", "S: a OK ~", "C2: b NOOP",
        "S2: * 3 FETCH (UID 3 MODSEQ (5) FLAGS (\\Deleted))", "S2: b OK ~", "C: c STORE 3 -FLAGS (\\Deleted \\Seen)",
        "S: * 3 FETCH (UID 3 MODSEQ (6) FLAGS ())", "S: c OK ~"});
}

TEST_F(Condstore, SeenThatIsSetByFetchIsToldWithUidAndModSequence) {
  play({"C: a FETCH 1 BODY[]", "S: * 1 FETCH (BODY[] \"x\" FLAGS (\\Seen))", "S: a OK ~", "C: b FETCH 3 MODSEQ",
        "S: * OK [HIGHESTMODSEQ 5] ~", "S: * 3 FETCH (MODSEQ (4))", "S: b OK ~", "C: c FETCH 2:3 BODY[]",
        "S: * 2 FETCH (UID 2 BODY[] \"y\" FLAGS (\\Draft \\Seen) MODSEQ (6))",
        "S: * 3 FETCH (UID 3 BODY[] \"z\" FLAGS (\\Seen) MODSEQ (7))", "S: c OK ~", "C: d FETCH 2 BODY[]",
        "S: * 2 FETCH (BODY[] \"y\")", "S: d OK ~"});
}

TEST_F(Condstore, SearchFindsModSequencesAndTellsTheHighest) {
  play({"C: a SEARCH MODSEQ 3",
        "S: * OK [HIGHESTMODSEQ ~",
        "S: * ESEARCH (TAG \"a\") ALL 2:3 MODSEQ 4",
        "S: a OK ~",
        "C: b SEARCH RETURN (MIN) MODSEQ \"/flags/\\\\draft\" all 2",
        "S: * ESEARCH (TAG \"b\") MIN 1 MODSEQ 2",
        "S: b OK ~",
        "C: c STORE 1 FLAGS (\\Seen)",
        "S: * 1 FETCH (UID 1 MODSEQ (5) FLAGS (\\Seen))",
        "S: c OK ~",
        "C: d SEARCH RETURN (MAX) MODSEQ 2",
        "S: * ESEARCH (TAG \"d\") MAX 3 MODSEQ 4",
        "S: d OK ~",
        "C: e SEARCH RETURN (MIN MAX) MODSEQ 2",
        "S: * ESEARCH (TAG \"e\") MIN 1 MAX 3 MODSEQ 5",
        "S: e OK ~",
        "C: f SEARCH RETURN (MAX COUNT) MODSEQ 2",
        "S: * ESEARCH (TAG \"f\") MAX 3 COUNT 3 MODSEQ 5",
        "S: f OK ~",
        "C: g SEARCH OR NOT MODSEQ 720162338 LARGER 50000",
        "S: * ESEARCH (TAG \"g\") ALL 1:3 MODSEQ 5",
        "S: g OK ~",
        "C: h SEARCH MODSEQ 6",
        "S: * ESEARCH (TAG \"h\")",
        "S: h OK ~"});
}

TEST_F(Condstore, SearchOfRev1EndsWithTheHighestModSequence) {
  SessionOptions options;
  options.offer.rev1 = true;
  World old({}, options);
  old.ready();
  old.transcript({"c: u APPEND INBOX {1+}\r\nx\r\n", "c: v APPEND INBOX {1+}\r\ny\r\n", "C: x SELECT INBOX"});
  old.play({"C: a SEARCH MODSEQ 1", "S: * OK [HIGHESTMODSEQ 3] ~", "S: * SEARCH 1 2 (MODSEQ 3)", "S: a OK ~",
            "C: b SEARCH MODSEQ 9", "S: * SEARCH", "S: b OK ~", "C: c SEARCH RETURN (ALL) MODSEQ 3",
            "S: * ESEARCH (TAG \"c\") ALL 2 MODSEQ 3", "S: c OK ~", "C: d SEARCH ALL", "S: * SEARCH 1 2", "S: d OK ~",
            // RFC 7162 section 3.2.11: also where no revision asks for it.
            "C: e SELECT INBOX", "S: * OK [CLOSED] ~", "S: * FLAGS ~", "S: * 2 EXISTS", "S: * 0 RECENT",
            "S: * OK [UNSEEN 1] ~", "S: * OK [PERMANENTFLAGS ~", "S: * OK [UIDNEXT ~", "S: * OK [UIDVALIDITY ~",
            "S: * OK [HIGHESTMODSEQ 3] ~", "S: e OK ~"});
}

TEST_F(Condstore, StatusTellsHighestmodseq) {
  play({"C: a STATUS INBOX (UIDNEXT MESSAGES HIGHESTMODSEQ)", "S: * OK [HIGHESTMODSEQ 4] ~",
        "S: * STATUS INBOX (UIDNEXT 4 MESSAGES 3 HIGHESTMODSEQ 4)", "S: a OK ~",
        "C: b LIST \"\" INBOX RETURN (STATUS (HIGHESTMODSEQ))", "S: * LIST ~", "S: * STATUS INBOX (HIGHESTMODSEQ 4)",
        "S: b OK ~"});
}

TEST_F(Condstore, AnExpungeThatIsNotToldKeepsHighestmodseqDown) {
  world.transcript({"C: y FETCH 1 MODSEQ", "C2: y STORE 1 +FLAGS.SILENT (\\Deleted)", "C: z NOOP"});
  play({"C2: a EXPUNGE", "S2: * 1 EXPUNGE", "S2: a OK ~", "C: b STORE 2 +FLAGS.SILENT (\\Seen)",
        "S: * 2 FETCH (UID 2 MODSEQ (7))", "S: * OK [HIGHESTMODSEQ 5] ~", "S: b OK ~", "C: c NOOP", "S: * 1 EXPUNGE",
        "S: * OK [HIGHESTMODSEQ 7] ~", "S: c OK ~", "C: d NOOP", "S: d OK ~"});
}

TEST_F(Condstore, UnknownModifiersAreRefused) {
  play({"C: a SELECT INBOX (ANNOTATE)", "S: a BAD ~", "C: b EXAMINE INBOX (CONDSTORE ANNOTATE)", "S: b BAD ~",
        "C: c FETCH 1 FLAGS (PARTIAL 1)", "S: c BAD ~", "C: d UID FETCH 1 FLAGS (CHANGEDSINCE 1 OTHER)", "S: d BAD ~",
        "C: e STORE 1 (OTHER 1) FLAGS ()", "S: e BAD ~", "C: f STORE 1 (UNCHANGEDSINCE 1 OTHER (1)) FLAGS ()",
        "S: f BAD ~", "C: g NOOP", "S: g OK ~"});
}

TEST(CondstoreOff, ItsGrammarIsNotThere) {
  SessionOptions options;
  options.offer.set("CONDSTORE", false);
  World world({}, options);
  world.ready();
  world.play({"C: a ENABLE CONDSTORE QRESYNC", "S: * ENABLED", "S: a OK ~", "C: b SELECT INBOX (CONDSTORE)",
              "S: b BAD ~", "C: c STATUS INBOX (HIGHESTMODSEQ)", "S: c BAD ~"});
}

}  // namespace
}  // namespace imapspec::server
