// LIST: what mailboxes are for, and names as they were written; what is refused where it is switched off.
#include <gtest/gtest.h>

#include <memory>
#include <string_view>

#include "tests/server/conversation.h"

namespace imapspec::server {
namespace {

using Lines = std::vector<std::string>;

// Uses is a world with mailboxes for special uses.
class Uses : public testing::Test {
 protected:
  Uses() { start({}); }

  void start(const SessionOptions& options) {
    world = std::make_unique<World>(FaultSet(), options);
    world->ready();
    world->transcript({"C: a CREATE sent", "C: b CREATE box/gone", "C: c CREATE plain"});
    Account& account = world->store().account("alice");
    ASSERT_TRUE(account.set_special_uses("sent", {"\\Sent"}));
    ASSERT_TRUE(account.set_special_uses("box/gone", {"\\Trash", "\\Junk"}));
  }

  std::unique_ptr<World> world;
};

TEST_F(Uses, AreAmongTheAttributes) {
  world->play({"C: a LIST \"\" *", "S: * LIST (\\HasNoChildren) \"/\" INBOX", "S: * LIST (\\HasChildren) \"/\" box",
               "S: * LIST (\\HasNoChildren \\Trash \\Junk) \"/\" box/gone", "S: * LIST (\\HasNoChildren) \"/\" plain",
               "S: * LIST (\\HasNoChildren \\Sent) \"/\" sent", "S: a OK ~", "C: b LIST \"\" sent RETURN (SPECIAL-USE)",
               "S: * LIST (\\HasNoChildren \\Sent) \"/\" sent", "S: b OK ~"});
}

TEST_F(Uses, SelectMailboxes) {
  world->play({"C: a LIST (SPECIAL-USE) \"\" *", "S: * LIST (\\HasNoChildren \\Trash \\Junk) \"/\" box/gone",
               "S: * LIST (\\HasNoChildren \\Sent) \"/\" sent", "S: a OK ~", "C: b SUBSCRIBE sent", "S: b OK ~",
               "C: c LIST (SPECIAL-USE SUBSCRIBED) \"\" *",
               "S: * LIST (\\HasNoChildren \\Sent \\Subscribed) \"/\" sent", "S: c OK ~"});
}

TEST_F(Uses, WithSubscribedSelectSuperiorsByRecursivematch) {
  world->play({"C: a SUBSCRIBE box/gone", "S: a OK ~", "C: b SUBSCRIBE plain", "S: b OK ~",
               "C: c LIST (RECURSIVEMATCH SPECIAL-USE SUBSCRIBED) \"\" %",
               "S: * LIST (\\HasChildren) \"/\" box (\"CHILDINFO\" (\"SUBSCRIBED\"))", "S: c OK ~",
               "C: d LIST (RECURSIVEMATCH SPECIAL-USE) \"\" %", "S: d BAD ~"});
}

TEST_F(Uses, GoWhereTheMailboxGoes) {
  world->play({"C: a RENAME sent old", "S: a OK ~", "C: b LIST (SPECIAL-USE) \"\" %",
               "S: * LIST (\\HasNoChildren \\Sent) \"/\" old", "S: b OK ~", "C: c DELETE old", "S: c OK ~",
               "C: d CREATE old", "S: d OK ~", "C: e LIST (SPECIAL-USE) \"\" %", "S: e OK ~"});
}

TEST_F(Uses, AreOnlyOfMailboxesAndKnownOnes) {
  Account& account = world->store().account("alice");
  EXPECT_FALSE(account.set_special_uses("missing", {"\\Sent"}));
  EXPECT_FALSE(account.set_special_uses("plain", {"\\Sent", "\\Other"}));
  world->play({"C: a LIST \"\" plain", "S: * LIST (\\HasNoChildren) \"/\" plain", "S: a OK ~"});
}

TEST_F(Uses, OffTheyAreNotTold) {
  SessionOptions options;
  options.offer.set("SPECIAL-USE", false);
  start(options);
  world->play({"C: a LIST \"\" sent", "S: * LIST (\\HasNoChildren) \"/\" sent", "S: a OK ~",
               "C: b LIST (SPECIAL-USE) \"\" %", "S: b BAD ~", "C: c LIST \"\" % RETURN (SPECIAL-USE)", "S: c BAD ~"});
}

TEST(OldName, IsToldWhereTheClientWroteAnotherCase) {
  World world;
  world.ready();
  world.play({"C: a SELECT inbox", "S: * FLAGS ~", "S: * 0 EXISTS",
              "S: * LIST (\\HasNoChildren) \"/\" INBOX (\"OLDNAME\" (inbox))", "S: * OK [PERMANENTFLAGS ~",
              "S: * OK [UIDNEXT ~", "S: * OK [UIDVALIDITY ~", "S: a OK ~", "C: b CREATE Inbox/x",
              "S: * LIST (\\HasNoChildren) \"/\" INBOX/x (\"OLDNAME\" (Inbox/x))", "S: b OK ~",
              "C: c RENAME INBOX/x inbox/y", "S: * LIST (\\HasNoChildren) \"/\" INBOX/y (\"OLDNAME\" (inbox/y))",
              "S: c OK ~", "C: d DELETE iNBOX/y",
              "S: * LIST (\\NonExistent \\HasNoChildren) \"/\" INBOX/y (\"OLDNAME\" (iNBOX/y))", "S: d OK ~",
              "C: e CREATE INBOX/z/", "S: e OK ~"});
}

TEST(SwitchedOff, IsRefusedThoughItIsPartOfRev2) {
  SessionOptions options;
  for (const std::string_view name :
       {"BINARY", "ESEARCH", "SEARCHRES", "LIST-EXTENDED", "STATUS=SIZE", "UIDPLUS", "LITERAL-"}) {
    options.offer.set(name, false);
  }
  World world({}, options);
  world.ready();
  world.play({"C: a APPEND INBOX (\\Deleted) {1}",
              "S: + ~",
              "C: x",
              "S: a OK APPEND ~",
              "C: b SELECT INBOX",
              "S: * FLAGS ~",
              "S: * 1 EXISTS",
              "S: * LIST ~",
              "S: * OK [PERMANENTFLAGS ~",
              "S: * OK [UIDNEXT ~",
              "S: * OK [UIDVALIDITY ~",
              "S: b OK ~",
              "C: c FETCH 1 BINARY.PEEK[1]",
              "S: c BAD ~",
              "C: d FETCH 1 BINARY.SIZE[1]",
              "S: d BAD ~",
              "C: e SEARCH RETURN (ALL) ALL",
              "S: e BAD ~",
              "C: f FETCH $ UID",
              "S: f BAD ~",
              "C: g SEARCH NOT $",
              "S: g BAD ~",
              "C: h LIST (SUBSCRIBED) \"\" *",
              "S: h BAD ~",
              "C: i LIST \"\" * RETURN (CHILDREN)",
              "S: i BAD ~",
              "C: j STATUS INBOX (MESSAGES SIZE)",
              "S: j BAD ~",
              "C: k UID EXPUNGE 1",
              "S: k BAD ~",
              "C: l COPY 1 INBOX",
              "S: * 2 EXISTS",
              "S: l OK COPY ~",
              "c: m SELECT {5+}\r\nINBOX\r\n",
              "S: m BAD ~",
              "C: n SEARCH ALL",
              "S: * ESEARCH (TAG \"n\") ALL 1:2",
              "S: n OK ~"});
}

TEST(SwitchedOff, OptionsOfOthersAreRefusedToo) {
  SessionOptions options;
  options.offer.set("LIST-STATUS", false);
  options.offer.set("STATUS=SIZE", false);
  options.offer.set("SEARCHRES", false);
  World world({}, options);
  world.ready();
  world.transcript({"C: y SELECT INBOX"});
  world.play({"C: a LIST \"\" * RETURN (STATUS (MESSAGES))", "S: a BAD ~", "C: b SEARCH RETURN (SAVE) ALL",
              "S: b BAD ~", "C: c SEARCH RETURN (COUNT) ALL", "S: * ESEARCH (TAG \"c\") COUNT 0", "S: c OK ~"});
  options.offer.set("LIST-STATUS", true);
  World other({}, options);
  other.ready();
  other.play({"C: a LIST \"\" * RETURN (STATUS (MESSAGES SIZE))", "S: a BAD ~"});
}

}  // namespace
}  // namespace imapspec::server
