// The judge of transcripts finds what a server may not say, and nothing else.
#include "tests/clients/transcript_judge.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace imapspec::clients {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Key;
using ::testing::Pair;
using ::testing::UnorderedElementsAre;

// Lines are those of connection 1, without its number and without CRLF.
Judgement judged(const std::vector<std::string>& lines) {
  std::string transcript;
  for (const std::string& line : lines) {
    const bool said = line.starts_with("S ") || line.starts_with("C ");
    transcript.append("1 ").append(line).append(said ? "\\x0d\\x0a\n" : "\n");
  }
  server::Offer offer;
  offer.rev1 = true;
  fuzz::GrammarJudges judges(IMAPSPEC_SOURCE_DIR);
  Judgement judgement;
  EXPECT_EQ(judge(transcript, offer, judges, judgement), std::nullopt);
  return judgement;
}

const std::string kGreeting = "S * OK Ready";

TEST(TranscriptJudge, AcceptsWhatFollowsTheRevisionInForceAndCountsCommands) {
  const Judgement judgement = judged({"TLS",
                                      kGreeting,
                                      "C a LOGIN alice {6}",
                                      "S + Go on",
                                      "C secret",
                                      "S a OK Done",
                                      "C b SELECT INBOX",
                                      "S * FLAGS (\\Answered \\Flagged \\Deleted \\Seen \\Draft)",
                                      "S * 1 EXISTS",
                                      "S * 1 RECENT",
                                      "S * OK [PERMANENTFLAGS (\\*)] All",
                                      "S * OK [UIDNEXT 2] Next",
                                      "S * OK [UIDVALIDITY 1] Valid",
                                      "S b OK [READ-WRITE] Done",
                                      "C c SEARCH ALL",
                                      "S * SEARCH 1",
                                      "S c OK Done",
                                      "C d ENABLE IMAP4rev2",
                                      "S * ENABLED IMAP4rev2",
                                      "S d OK Done",
                                      "C e IDLE",
                                      "S + Idling",
                                      "S * 2 EXISTS",
                                      "C DONE",
                                      "C f SEARCH ALL",
                                      "S e OK Done",
                                      "S * ESEARCH (TAG \"f\") ALL 1:2",
                                      "S f OK Done",
                                      "C g LOGOUT",
                                      "S * BYE Bye",
                                      "S g OK Done",
                                      "END"});
  EXPECT_THAT(judgement.complaints, IsEmpty());
  EXPECT_THAT(judgement.odd_commands, IsEmpty());
  EXPECT_THAT(judgement.commands,
              UnorderedElementsAre(Pair("LOGIN", 1), Pair("SELECT", 1), Pair("SEARCH", 2), Pair("ENABLE IMAP4rev2", 1),
                                   Pair("IDLE", 1), Pair("LOGOUT", 1)));
  EXPECT_EQ(judgement.connections, 1U);
}

TEST(TranscriptJudge, KnowsARefusedLiteral) {
  const Judgement judgement =
      judged({kGreeting, "C a LOGIN alice {99999}", "S a NO [LIMIT] Too long", "C b NOOP", "S b OK Done", "END"});
  EXPECT_THAT(judgement.complaints, IsEmpty());
  EXPECT_THAT(judgement.commands, ElementsAre(Pair("NOOP", 1)));
}

TEST(TranscriptJudge, KnowsAnswersThatComeInTheMiddleOfALine) {
  Judgement judgement;
  fuzz::GrammarJudges judges(IMAPSPEC_SOURCE_DIR);
  EXPECT_EQ(judge("1 S * OK Ready\\x0d\\x0a\n1 C a NOOP\\x0d\\x0a\n1 C b\n1 S a OK Done\\x0d\\x0a\n"
                  "1 C b NOOP\\x0d\\x0a\n1 S bb OK Done\\x0d\\x0a\n1 END\n",
                  {}, judges, judgement),
            std::nullopt);
  EXPECT_THAT(judgement.complaints, IsEmpty());
  EXPECT_THAT(judgement.commands, ElementsAre(Pair("NOOP", 2)));
}

TEST(TranscriptJudge, ComplainsOfWhatTheGrammarDoesNotHave) {
  EXPECT_THAT(judged({kGreeting, "C a NOOP", "S a  OK Done"}).complaints,
              UnorderedElementsAre(Key(HasSubstr("double space")), Key(HasSubstr("not in the grammar"))));
  EXPECT_THAT(judged({"S OK Ready"}).complaints, testing::Contains(Key(HasSubstr("OK Ready"))));
}

TEST(TranscriptJudge, ComplainsOfWhatTheMonitorDoesNotAllow) {
  EXPECT_THAT(judged({kGreeting, "C a NOOP", "S b OK Done"}).complaints, ElementsAre(Pair(HasSubstr("tag b"), 1)));
}

TEST(TranscriptJudge, NamesCommandsThatAreNone) {
  const Judgement judgement = judged({kGreeting, "C a  NOOP", "S a BAD No", "END"});
  EXPECT_THAT(judgement.complaints, IsEmpty());
  EXPECT_THAT(judgement.odd_commands, ElementsAre(HasSubstr("a  NOOP")));
}

TEST(TranscriptJudge, RefusesWhatIsNoTranscript) {
  fuzz::GrammarJudges judges(IMAPSPEC_SOURCE_DIR);
  for (const char* line : {"S * OK", "1 X what", "1 S \\x0", "1"}) {
    Judgement judgement;
    EXPECT_NE(judge(line, {}, judges, judgement), std::nullopt) << line;
  }
}

}  // namespace
}  // namespace imapspec::clients
