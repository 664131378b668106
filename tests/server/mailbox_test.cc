// Commands about mailboxes: RFC 9051 section 6.3.
#include <gtest/gtest.h>

#include "tests/server/conversation.h"

namespace imapspec::server {
namespace {

using Lines = std::vector<std::string>;

struct Case {
  const char* name;
  Lines lines;
};

class Mailboxes : public testing::TestWithParam<Case> {};

TEST_P(Mailboxes, AreHandledAsWritten) {
  World world;
  world.ready();
  world.play(GetParam().lines);
}

constexpr const char* kFlags =
    "S: * FLAGS (\\Answered \\Flagged \\Deleted \\Seen \\Draft $Forwarded $MDNSent $Junk $NotJunk $Phishing)";
constexpr const char* kPermanent =
    "S: * OK [PERMANENTFLAGS (\\Answered \\Flagged \\Deleted \\Seen \\Draft $Forwarded $MDNSent $Junk $NotJunk "
    "$Phishing \\*)] ~";

const Case kCases[] = {
    {"Select",
     {"C: a SELECT inbox", kFlags, "S: * 0 EXISTS", "S: * LIST (\\HasNoChildren) \"/\" INBOX (\"OLDNAME\" (inbox))",
      kPermanent, "S: * OK [UIDNEXT 1] ~", "S: * OK [UIDVALIDITY 1709208000] ~", "S: a OK [READ-WRITE] ~"}},
    {"Examine",
     {"C: a EXAMINE INBOX", kFlags, "S: * 0 EXISTS", "S: * LIST (\\HasNoChildren) \"/\" INBOX",
      "S: * OK [PERMANENTFLAGS ()] ~", "S: * OK [UIDNEXT 1] ~", "S: * OK [UIDVALIDITY 1709208000] ~",
      "S: a OK [READ-ONLY] ~"}},
    {"SelectWhileSelected",
     {"C: a EXAMINE INBOX", kFlags, "S: * 0 EXISTS", "S: * LIST ~", "S: * OK ~", "S: * OK ~", "S: * OK ~", "S: a OK ~",
      "C: b SELECT INBOX x", "S: b BAD ~", "C: c FETCH 1 FLAGS", "S: c BAD No message~", "C: d SELECT nowhere",
      "S: * OK [CLOSED] ~", "S: d NO [NONEXISTENT] ~", "C: e FETCH 1 FLAGS", "S: e BAD No mailbox~"}},
    {"CreateAndDelete",
     {"C: a CREATE one/two/",
      "S: a OK ~",
      "C: b CREATE one/two",
      "S: b NO [ALREADYEXISTS] ~",
      "C: c CREATE inbox",
      "S: c NO [ALREADYEXISTS] ~",
      "C: d LIST \"\" *",
      "S: * LIST (\\HasNoChildren) \"/\" INBOX",
      "S: * LIST (\\HasChildren) \"/\" one",
      "S: * LIST (\\HasNoChildren) \"/\" one/two",
      "S: d OK ~",
      "C: e DELETE one",
      "S: e OK ~",
      "C: f LIST \"\" one",
      "S: * LIST (\\Noselect \\HasChildren) \"/\" one",
      "S: f OK ~",
      "C: g DELETE one",
      "S: g NO [HASCHILDREN] ~",
      "C: h SELECT one",
      "S: h NO ~",
      "C: i DELETE one/two",
      "S: i OK ~",
      "C: j DELETE one",
      "S: j OK ~",
      "C: k DELETE one",
      "S: k NO [NONEXISTENT] ~",
      "C: l DELETE INBOX",
      "S: l NO ~"}},
    {"NamesThatCannotBe",
     {"C: a CREATE \"\"", "S: a NO ~", "C: b CREATE a//b", "S: b NO [CANNOT] ~", "C: c CREATE /a", "S: c NO [CANNOT] ~",
      "C: d CREATE \"e\xCC\x81\"", "S: d NO [CANNOT] ~", "C: e CREATE \"\xC3\xA9\"", "S: e OK ~",
      "C: f CREATE {1+}\r\n\xFF", "S: f NO [CANNOT] ~", "C: g CREATE \"a\x01\"", "S: g NO [CANNOT] ~",
      "C: h LIST \"\" \"\xC3\xA9\"", "S: * LIST (\\HasNoChildren) \"/\" \"\xC3\xA9\"", "S: h OK ~"}},
    {"UidvalidityGrows",
     {"C: a CREATE x",
      "S: a OK ~",
      "C: b STATUS x (UIDVALIDITY)",
      "S: * STATUS x (UIDVALIDITY 1709208001)",
      "S: b OK ~",
      "C: c DELETE x",
      "S: c OK ~",
      "C: d CREATE x",
      "S: d OK ~",
      "C: e STATUS x (UIDVALIDITY)",
      "S: * STATUS x (UIDVALIDITY 1709208002)",
      "S: e OK ~",
      "C: f CREATE old",
      "S: f OK ~",
      "C: g CREATE y",
      "S: g OK ~",
      "C: h DELETE y",
      "S: h OK ~",
      "C: i RENAME old y",
      "S: i OK ~",
      "C: j STATUS y (UIDVALIDITY)",
      "S: * STATUS y (UIDVALIDITY 1709208005)",
      "S: j OK ~"}},
    {"Rename",
     {"C: a CREATE foo/bar", "S: a OK ~", "C: b RENAME foo zap/zip", "S: b OK ~", "C: c LIST \"\" *",
      "S: * LIST (\\HasNoChildren) \"/\" INBOX", "S: * LIST (\\HasChildren) \"/\" zap",
      "S: * LIST (\\HasChildren) \"/\" zap/zip", "S: * LIST (\\HasNoChildren) \"/\" zap/zip/bar", "S: c OK ~",
      "C: d RENAME zap INBOX", "S: d NO [ALREADYEXISTS] ~", "C: e RENAME none x", "S: e NO [NONEXISTENT] ~",
      "C: f RENAME zap zap/in", "S: f NO [CANNOT] ~"}},
    {"RenameInbox",
     {"c: a APPEND INBOX (\\Flagged) {3+}\r\nabc\r\n", "S: a OK [APPENDUID 1709208000 1] ~", "C: b RENAME INBOX old",
      "S: b OK ~", "C: c STATUS INBOX (MESSAGES UIDNEXT)", "S: * STATUS INBOX (MESSAGES 0 UIDNEXT 2)", "S: c OK ~",
      "C: d STATUS old (MESSAGES UNSEEN DELETED SIZE)", "S: * STATUS old (MESSAGES 1 UNSEEN 1 DELETED 0 SIZE 3)",
      "S: d OK ~"}},
    {"ListPatterns",
     {"C: a CREATE a/b/c",
      "S: a OK ~",
      "C: b LIST \"\" \"\"",
      "S: * LIST (\\Noselect) \"/\" \"\"",
      "S: b OK ~",
      "C: c LIST \"\" %",
      "S: * LIST (\\HasNoChildren) \"/\" INBOX",
      "S: * LIST (\\HasChildren) \"/\" a",
      "S: c OK ~",
      "C: d LIST a/ %",
      "S: * LIST (\\HasChildren) \"/\" a/b",
      "S: d OK ~",
      "C: e LIST \"\" a*c",
      "S: * LIST (\\HasNoChildren) \"/\" a/b/c",
      "S: e OK ~",
      "C: f LIST \"\" a%c",
      "S: f OK ~",
      "C: g LIST \"\" inbox",
      "S: * LIST (\\HasNoChildren) \"/\" INBOX",
      "S: g OK ~",
      "C: h LIST () \"\" \"\"",
      "S: h OK ~",
      "C: i LIST \"\" (a %/b)",
      "S: * LIST (\\HasChildren) \"/\" a",
      "S: * LIST (\\HasChildren) \"/\" a/b",
      "S: i OK ~"}},
    {"ListSubscribed",
     {"C: a CREATE foo",
      "S: a OK ~",
      "C: b SUBSCRIBE foo/gone",
      "S: b OK ~",
      "C: c SUBSCRIBE inbox",
      "S: c OK ~",
      "C: d LIST (SUBSCRIBED) \"\" *",
      "S: * LIST (\\HasNoChildren \\Subscribed) \"/\" INBOX",
      "S: * LIST (\\NonExistent \\HasNoChildren \\Subscribed) \"/\" foo/gone",
      "S: d OK ~",
      "C: e LIST (SUBSCRIBED RECURSIVEMATCH) \"\" %",
      "S: * LIST (\\HasNoChildren \\Subscribed) \"/\" INBOX",
      "S: * LIST (\\HasNoChildren) \"/\" foo (\"CHILDINFO\" (\"SUBSCRIBED\"))",
      "S: e OK ~",
      "C: f LIST (RECURSIVEMATCH) \"\" %",
      "S: f BAD ~",
      "C: g LIST (X-WHAT) \"\" %",
      "S: g BAD ~",
      "C: h LIST \"\" foo RETURN (SUBSCRIBED CHILDREN STATUS (MESSAGES))",
      "S: * LIST (\\HasNoChildren) \"/\" foo",
      "S: * STATUS foo (MESSAGES 0)",
      "S: h OK ~",
      "C: i UNSUBSCRIBE INBOX",
      "S: i OK ~",
      "C: j LIST (SUBSCRIBED) \"\" INBOX",
      "S: j OK ~"}},
    {"Namespace", {"C: a NAMESPACE", "S: * NAMESPACE ((\"\" \"/\")) NIL NIL", "S: a OK ~"}},
    {"Enable",
     {"C: a ENABLE X-NONE", "S: * ENABLED", "S: a OK ~", "C: b ENABLE imap4REV2", "S: * ENABLED IMAP4rev2", "S: b OK ~",
      "C: c ENABLE", "S: c BAD ~"}},
    {"Status",
     {"C: a STATUS nowhere (MESSAGES)", "S: a NO ~", "C: b STATUS INBOX ()", "S: b BAD ~", "C: c STATUS INBOX (RECENT)",
      "S: c BAD ~"}},
    {"Append",
     {"C: a APPEND INBOX (\\Seen $Label \\Odd) \"17-Jul-1996 02:44:25 -0700\" {3}",
      "S: + ~",
      "C: abc",
      "S: a OK [APPENDUID 1709208000 1] ~",
      "C: b APPEND nowhere {3+}\r\nabc",
      "S: b NO [TRYCREATE] ~",
      "C: c APPEND INBOX \"31-Feb-1996 02:44:25 -0700\" {3+}\r\nabc",
      "S: c NO ~",
      "C: d APPEND INBOX {3+}\r\na\x01"
      "c",
      "S: d OK [APPENDUID 1709208000 2] ~",
      "C: e APPEND INBOX {3+}\r\nabcd",
      "S: e BAD ~",
      "C: f SELECT INBOX",
      "S: * FLAGS ~",
      "S: * 2 EXISTS",
      "S: * LIST ~",
      "S: * OK ~",
      "S: * OK [UIDNEXT 3] ~",
      "S: * OK ~",
      "S: f OK ~",
      "C: g FETCH 1:2 (FLAGS INTERNALDATE)",
      "S: * 1 FETCH (INTERNALDATE \"17-Jul-1996 02:44:25 -0700\" FLAGS (\\Seen $Label))",
      "S: * 2 FETCH (INTERNALDATE \"29-Feb-2024 12:00:00 +0000\" FLAGS ())",
      "S: g OK ~",
      "C: h APPEND INBOX {1+}\r\nx",
      "S: * 3 EXISTS",
      "S: h OK ~"}},
    {"AppendTooBig",
     {"C: a APPEND INBOX {99999999999}", "S: a NO [TOOBIG] ~", "C: b NOOP", "S: b OK ~",
      "c: c APPEND INBOX {5000+}\r\n" + std::string(5000, 'x') + "\r\nd NOOP\r\n", "S: c BAD [TOOBIG] ~", "S: d OK ~",
      "c: e SELECT {5000+}\r\n" + std::string(5000, 'x') + "\r\nf NOOP\r\n", "S: e BAD ~", "S: f OK ~",
      "C: g APPEND {99999}", "S: g NO [LIMIT] ~", "C: h SELECT {99999}", "S: h NO [LIMIT] ~"}},
    {"AppendTakesTextOnly",
     {std::string("c: a APPEND INBOX {3+}\r\na\0b\r\n", 29), "S: a BAD ~", "C: b APPEND INBOX ~{3}", "S: b BAD ~",
      "C: c APPEND INBOX (\\Seen)", "S: c BAD ~", "C: d APPEND INBOX {1}", "S: + ~", "C: x",
      "S: d OK [APPENDUID 1709208000 1] ~"}},
    {"Idle",
     {"C: a IDLE", "S: + ~", "NEWS", "C: DONE", "S: a OK ~", "C: b IDLE", "S: + ~", "C: c NOOP", "S: b BAD ~",
      "C: d NOOP", "S: d OK ~"}},
    {"NotInThisState",
     {"C: a CLOSE", "S: a BAD ~", "C: b UID FETCH 1 FLAGS", "S: b BAD ~", "C: c EXPUNGE", "S: c BAD ~", "C: d CHECK",
      "S: d BAD ~"}},
};

INSTANTIATE_TEST_SUITE_P(Section63, Mailboxes, testing::ValuesIn(kCases),
                         [](const auto& test) { return std::string(test.param.name); });

std::string octets_of(Store& store, std::string_view mailbox) {
  std::string all;
  for (const MessagePtr& message : store.account("alice").find(mailbox)->messages()) {
    all += *message->octets + (message->flags.has("\\Seen") ? "!" : "");
  }
  return all;
}

TEST(Store, BeginsAsAnotherOneAndLeavesItAlone) {
  const auto clock = [] { return std::chrono::system_clock::time_point(std::chrono::days(20'000)); };
  const auto first = std::make_shared<Store>(clock);
  Account& prepared = first->account("alice");
  ASSERT_TRUE(prepared.create("a/b"));
  for (const char* name : {"INBOX", "a/b"}) prepared.find(name)->append(first->hold("x"), {}, first->now());
  const std::uint32_t validity = prepared.find("a/b")->uid_validity();
  for (int round = 0; round < 2; ++round) {
    Store store(first);
    Account& account = store.account("alice");
    EXPECT_EQ(octets_of(store, "INBOX") + octets_of(store, "a/b"), "xx");
    EXPECT_EQ(account.find("a/b"), account.find("a/b"));
    EXPECT_EQ(account.find("a/b")->uid_validity(), validity);
    Mailbox& box = *account.find("a/b");
    box.set_flags(*box.messages()[0], {"\\Seen"});
    EXPECT_EQ(static_cast<std::uint32_t>(box.append(store.hold("y"), {}, store.now())->uid), 2U);
    EXPECT_EQ(octets_of(store, "a/b"), "x!y");
    EXPECT_TRUE(account.rename("INBOX", "old"));
    EXPECT_EQ(octets_of(store, "INBOX") + octets_of(store, "old"), "x");
    EXPECT_TRUE(account.rename("a", "c"));
    EXPECT_TRUE(account.rename("c/b", "a/b"));
    EXPECT_GT(account.find("a/b")->uid_validity(), validity);
    EXPECT_TRUE(account.create("new"));
    EXPECT_GT(account.find("new")->uid_validity(), validity);
    EXPECT_TRUE(account.remove("a/b"));
    EXPECT_GT(store.changes(), 0U);
  }
  EXPECT_EQ(octets_of(*first, "INBOX") + octets_of(*first, "a/b"), "xx");
}

}  // namespace
}  // namespace imapspec::server
