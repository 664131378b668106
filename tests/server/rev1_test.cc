// IMAP4rev1 beside IMAP4rev2, until a client enables the latter; capabilities that are switched off.
#include <gtest/gtest.h>

#include "server/session/offer.h"
#include "server/store/modified_utf7.h"
#include "tests/server/conversation.h"

namespace imapspec::server {
namespace {

using Lines = std::vector<std::string>;

SessionOptions both() {
  SessionOptions options;
  options.offer.rev1 = true;
  return options;
}

SessionOptions rev1_only() {
  SessionOptions options = both();
  options.offer.rev2 = false;
  return options;
}

// play runs a conversation of a client that is logged in.
void play(const SessionOptions& options, const Lines& lines) {
  World world({}, options);
  world.ready();
  world.play(lines);
}

TEST(Rev1, CapabilityListsBothRevisionsAndEverythingThatIsPartOfRev2) {
  World world({}, both());
  world.connect(1, true);
  world.play(
      {"S: * OK [CAPABILITY IMAP4rev1 IMAP4rev2 SASL-IR LITERAL- ENABLE ID NAMESPACE IDLE UNSELECT UIDPLUS MOVE "
       "CHILDREN SPECIAL-USE LIST-EXTENDED LIST-STATUS STATUS=SIZE ESEARCH SEARCHRES BINARY ~"});
}

TEST(Rev1, SelectSendsRecentAndUnseenAndNeitherListNorClosed) {
  SessionOptions options = both();
  options.offer.set("CONDSTORE", false);  // it wants CLOSED
  play(
      options,
      {"c: a APPEND INBOX (\\Seen) {1+}\r\nx\r\n", "S: a OK ~", "c: b APPEND INBOX {1+}\r\ny\r\n", "S: b OK ~",
       "C: c SELECT INBOX", "S: * FLAGS ~", "S: * 2 EXISTS", "S: * 2 RECENT", "S: * OK [UNSEEN 2] ~",
       "S: * OK [PERMANENTFLAGS ~", "S: * OK [UIDNEXT 3] ~", "S: * OK [UIDVALIDITY ~", "S: c OK [READ-WRITE] ~",
       "C: d FETCH 1:2 FLAGS", "S: * 1 FETCH (FLAGS (\\Recent \\Seen))", "S: * 2 FETCH (FLAGS (\\Recent))", "S: d OK ~",
       // Only one session is told so.
       "C: e EXAMINE INBOX", "S: * FLAGS ~", "S: * 2 EXISTS", "S: * 0 RECENT", "S: * OK [UNSEEN 2] ~",
       "S: * OK [PERMANENTFLAGS ~", "S: * OK [UIDNEXT 3] ~", "S: * OK [UIDVALIDITY ~", "S: e OK [READ-ONLY] ~"});
}

TEST(Rev1, ExamineLeavesMessagesRecent) {
  play(rev1_only(), {"c: a APPEND INBOX (\\Seen) {1+}\r\nx\r\n", "S: a OK ~", "C: b STATUS INBOX (RECENT)",
                     "S: * STATUS INBOX (RECENT 1)", "S: b OK ~", "C: c EXAMINE INBOX", "S: * FLAGS ~", "S: * 1 EXISTS",
                     "S: * 1 RECENT", "S: * OK [PERMANENTFLAGS ~", "S: * OK [UIDNEXT ~", "S: * OK [UIDVALIDITY ~",
                     "S: c OK ~", "C: d STATUS INBOX (RECENT)", "S: * STATUS INBOX (RECENT 1)", "S: d OK ~"});
}

TEST(Rev1, NewMessagesAreAnnouncedWithRecent) {
  World world({}, both());
  world.ready();
  world.play({"C: a EXAMINE INBOX", "S: * FLAGS ~", "S: * 0 EXISTS", "S: * 0 RECENT", "S: * OK [PERMANENTFLAGS ~",
              "S: * OK [UIDNEXT ~", "S: * OK [UIDVALIDITY ~", "S: a OK ~", "c2: a APPEND INBOX {1+}\r\nx\r\n",
              "S2: a OK ~", "C: b NOOP", "S: * 1 EXISTS", "S: * 1 RECENT", "S: b OK ~"});
}

TEST(Rev1, SearchAnswersAsItWasAsked) {
  play(both(),
       {"c: a APPEND INBOX (\\Seen) {1+}\r\nx\r\n", "S: a OK ~", "C: b SELECT INBOX", "S: * FLAGS ~", "S: * 1 EXISTS",
        "S: * 1 RECENT", "S: * OK [PERMANENTFLAGS ~", "S: * OK [UIDNEXT ~", "S: * OK [UIDVALIDITY ~", "S: b OK ~",
        "C: c SEARCH RECENT", "S: * SEARCH 1", "S: c OK ~", "C: d UID SEARCH NEW", "S: * SEARCH", "S: d OK ~",
        "C: e SEARCH RETURN (ALL) NOT OLD", "S: * ESEARCH (TAG \"e\") ALL 1", "S: e OK ~"});
}

TEST(Rev1, LsubListsSubscribedNamesAndWhatIsAboveThem) {
  play(both(), {"C: a SUBSCRIBE x/y", "S: a OK ~", "C: b LSUB \"\" *", "S: * LSUB () \"/\" x/y", "S: b OK ~",
                "C: c LSUB \"\" %", "S: * LSUB (\\Noselect) \"/\" x", "S: c OK ~", "C: d LSUB x/ %",
                "S: * LSUB () \"/\" x/y", "S: d OK ~", "C: e CHECK", "S: e BAD ~"});
}

TEST(Rev1, NamesAreModifiedUtf7UntilRev2IsEnabled) {
  play(both(),
       {"C: a CREATE entw&APw-rfe", "S: a OK ~", "C: b LIST \"\" e*", "S: * LIST (\\HasNoChildren) \"/\" entw&APw-rfe",
        "S: b OK ~", "C: c ENABLE IMAP4rev2", "S: * ENABLED IMAP4rev2", "S: c OK ~", "C: d LIST \"\" e*",
        "S: * LIST (\\HasNoChildren) \"/\" \"entw\xC3\xBCrfe\"", "S: d OK ~", "C: e CREATE &APw-", "S: e OK ~",
        "C: f LIST \"\" &APw-", "S: * LIST (\\HasNoChildren) \"/\" &APw-", "S: f OK ~"});
}

TEST(Rev1, NamesThatAreNoModifiedUtf7AreNoNames) {
  play(both(), {"C: a CREATE a&b", "S: a NO [CANNOT] ~", "C: b CREATE &AGE-", "S: b NO [CANNOT] ~", "C: c SELECT &",
                "S: c NO [NONEXISTENT] ~", "C: d SUBSCRIBE &", "S: d NO [CANNOT] ~", "C: e LIST \"\" &*", "S: e OK ~",
                "c: f CREATE {2+}\r\n\xC3\xBC\r\n", "S: f NO [CANNOT] ~", "C: g CREATE \"\xC3\xBC\"", "S: g BAD ~"});
}

TEST(Rev1, EnableSwitchesToRev2) {
  play(both(),
       {"C: a ENABLE IMAP4rev2", "S: * ENABLED IMAP4rev2", "S: a OK ~", "C: b SELECT INBOX", "S: * FLAGS ~",
        "S: * 0 EXISTS", "S: * LIST ~", "S: * OK [PERMANENTFLAGS ~", "S: * OK [UIDNEXT ~", "S: * OK [UIDVALIDITY ~",
        "S: b OK ~", "C: c SEARCH ALL", "S: * ESEARCH (TAG \"c\")", "S: c OK ~", "C: d CHECK", "S: d OK ~"});
}

TEST(Rev1, AloneItCannotEnableRev2) { play(rev1_only(), {"C: a ENABLE IMAP4rev2", "S: * ENABLED", "S: a OK ~"}); }

TEST(Rev1, Rev2AloneHasNoneOfItsCommands) {
  play({}, {"C: a LSUB \"\" *", "S: a BAD ~", "C: b STATUS INBOX (RECENT)", "S: b BAD ~"});
}

TEST(Offer, WhatIsSwitchedOffIsNoCommandAndNotListed) {
  SessionOptions options = both();
  for (const std::string_view name : {"IDLE", "move", "NAMESPACE", "UNSELECT", "ID", "ENABLE"}) {
    EXPECT_TRUE(options.offer.set(name, false)) << name;
  }
  play(options, {"C: a CAPABILITY",
                 "S: * CAPABILITY IMAP4rev1 IMAP4rev2 SASL-IR LITERAL- UIDPLUS CHILDREN SPECIAL-USE LIST-EXTENDED "
                 "LIST-STATUS STATUS=SIZE ESEARCH SEARCHRES BINARY MULTIAPPEND APPENDLIMIT=67108864 QUOTA "
                 "QUOTA=RES-STORAGE QUOTA=RES-MESSAGE CONDSTORE QRESYNC AUTH=PLAIN",
                 "S: a OK ~", "C: b IDLE", "S: b BAD ~", "C: c NAMESPACE", "S: c BAD ~", "C: d ID NIL", "S: d BAD ~",
                 "C: e ENABLE IMAP4rev2", "S: e BAD ~"});
}

TEST(Offer, KnowsWhatExcludesAndWhatNeedsWhat) {
  Offer offer;
  EXPECT_FALSE(offer.set("X-NONE", true));
  EXPECT_TRUE(offer.set("literal+", true));
  EXPECT_FALSE(offer.has("LITERAL-"));
  EXPECT_TRUE(offer.set("LITERAL-", true));
  EXPECT_FALSE(offer.has("LITERAL+"));
  EXPECT_TRUE(offer.set("QRESYNC", true));
  EXPECT_TRUE(offer.has(parser::Extension::Condstore));
  EXPECT_TRUE(offer.set("CONDSTORE", false));
  EXPECT_FALSE(offer.has("QRESYNC"));
}

TEST(ModifiedUtf7, IsReadAsItIsWritten) {
  // RFC 3501 section 5.1.3 has the first; the last is beyond the basic plane.
  const std::pair<std::string_view, std::string_view> kNames[] = {
      {"~peter/mail/\xE5\x8F\xB0\xE5\x8C\x97/\xE6\x97\xA5\xE6\x9C\xAC\xE8\xAA\x9E", "~peter/mail/&U,BTFw-/&ZeVnLIqe-"},
      {"", ""},
      {"plain", "plain"},
      {"a&b", "a&-b"},
      {"&&", "&-&-"},
      {"\t", "&AAk-"},
      {"\xC3\xBC-\xC3\xBC", "&APw--&APw-"},
      {"\xF0\x9F\x98\x80", "&2D3eAA-"},
  };
  for (const auto& [utf8, utf7] : kNames) {
    EXPECT_EQ(to_modified_utf7(utf8), utf7);
    EXPECT_EQ(from_modified_utf7(utf7), utf8) << utf7;
  }
}

TEST(ModifiedUtf7, RefusesWhatNothingIsWrittenAs) {
  for (const std::string_view name : {
           "&",
           "a&b",
           "&APw",
           "\xC3\xBC",
           "&AGE-",       // "a", which stands for itself
           "&APx-",       // bits left over are not zero
           "&APwA-",      // more octets than the character has
           "&2D0-",       // half a surrogate pair
           "&3gA-",       // the other half
           "&APw-&APw-",  // one shift would do
           "&U/BTFw-",    // "/" is written as ","
           "&A!-",
       }) {
    EXPECT_EQ(from_modified_utf7(name), std::nullopt) << name;
  }
}

}  // namespace
}  // namespace imapspec::server
