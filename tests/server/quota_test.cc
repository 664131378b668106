// QUOTA (RFC 9208).
#include <gtest/gtest.h>

#include "tests/server/conversation.h"

namespace imapspec::server {
namespace {

using Lines = std::vector<std::string>;

// With is a world in which alice has a quota, and two messages of 1000 octets in INBOX.
class With : public World {
 public:
  explicit With(const Quota& quota, const SessionOptions& options = {}) : World({}, options) {
    ready();
    const std::string message(1'000, 'x');
    for (int i = 0; i < 2; ++i) transcript({"c: u APPEND INBOX {1000+}\r\n" + message + "\r\n"});
    store().account("alice").set_quota(quota);
    transcript({"C: v CREATE box", "C: w SELECT INBOX"});
  }
};

TEST(Quota, IsTwoResourcesAmongTheCapabilities) {
  World world;
  world.ready();
  const std::string answer = world.transcript({"C: a CAPABILITY"});
  EXPECT_NE(answer.find(" QUOTA QUOTA=RES-STORAGE QUOTA=RES-MESSAGE"), std::string::npos) << answer;
  EXPECT_EQ(answer.find("QUOTASET"), std::string::npos) << answer;
}

TEST(Quota, ToldIsWhatIsUsedOfWhatIsLimited) {
  With({.storage = 512, .messages = 1'000})
      .play({"C: a GETQUOTA \"\"", "S: * QUOTA \"\" (STORAGE 2 512 MESSAGE 2 1000)", "S: a OK ~",
             "C: b GETQUOTAROOT INBOX", "S: * QUOTAROOT INBOX \"\"", "S: * QUOTA \"\" (STORAGE 2 512 MESSAGE 2 1000)",
             "S: b OK ~", "C: c COPY 1 box", "S: c OK ~", "C: d GETQUOTAROOT not/there",
             "S: * QUOTAROOT not/there \"\"", "S: * QUOTA \"\" (STORAGE 3 512 MESSAGE 3 1000)", "S: d OK ~",
             "C: e GETQUOTA \"!partition/sda4\"", "S: e NO [NONEXISTENT] ~"});
  With({.storage = {}, .messages = 5}).play({"C: a GETQUOTA \"\"", "S: * QUOTA \"\" (MESSAGE 2 5)", "S: a OK ~"});
  With({}).play({"C: a GETQUOTA \"\"", "S: * QUOTA \"\" ()", "S: a OK ~"});
}

TEST(Quota, NothingIsAddedBeyondIt) {
  With({.storage = {}, .messages = 3})
      .play({"C: a COPY 1:2 box", "S: a NO [OVERQUOTA] ~", "c: b APPEND box {3+}\r\none {3+}\r\ntwo\r\n",
             "S: b NO [OVERQUOTA] ~", "C: c STATUS box (MESSAGES UIDNEXT)", "S: * STATUS box (MESSAGES 0 UIDNEXT 1)",
             "S: c OK ~", "c: d APPEND box {3+}\r\none\r\n", "S: d OK ~", "c: e APPEND box {3+}\r\none\r\n",
             "S: e NO [OVERQUOTA] ~"});
  With({.storage = 2, .messages = {}})
      .play({"c: a APPEND box {48+}\r\n" + std::string(48, 'x') + "\r\n", "S: a OK ~", "c: b APPEND box {1+}\r\nx\r\n",
             "S: b NO [OVERQUOTA] ~"});
  With({.storage = {}, .messages = 0}).play({"c: a APPEND box {1+}\r\nx\r\n", "S: a NO [OVERQUOTA] ~"});
}

TEST(Quota, WhatIsMovedIsUnderItAlready) {
  With({.storage = 2, .messages = 2})
      .play({"C: a MOVE 1 box", "S: * OK [COPYUID ~", "S: * 1 EXPUNGE", "S: a OK ~", "C: b GETQUOTA \"\"",
             "S: * QUOTA \"\" (STORAGE 2 2 MESSAGE 2 2)", "S: b OK ~"});
}

TEST(Quota, ExpungingMakesRoom) {
  With({.storage = {}, .messages = 2})
      .play({"C: a STORE 1 +FLAGS.SILENT (\\Deleted)", "S: a OK ~",
             "C: b STATUS INBOX (MESSAGES DELETED DELETED-STORAGE)",
             "S: * STATUS INBOX (MESSAGES 2 DELETED 1 DELETED-STORAGE 1000)", "S: b OK ~", "C: c EXPUNGE",
             "S: * 1 EXPUNGE", "S: c OK ~", "C: d COPY 1 box", "S: d OK ~"});
}

TEST(Quota, IsSetByTheAdministratorUnlessUsersMay) {
  With({.storage = 512, .messages = {}}).play({"C: a SETQUOTA \"\" (STORAGE 999)", "S: a NO [NOPERM] ~"});
  SessionOptions options;
  options.offer.set("QUOTASET", true);
  With({.storage = 512, .messages = 1'000}, options)
      .play({"C: a SETQUOTA \"\" (STORAGE 510)", "S: * QUOTA \"\" (STORAGE 2 510)", "S: a OK ~",
             "C: b SETQUOTA \"\" (message 3 MAILBOX 4)", "S: b NO [CANNOT] ~", "C: c SETQUOTA other ()",
             "S: c NO [NONEXISTENT] ~", "C: d SETQUOTA \"\" (message 3)", "S: * QUOTA \"\" (MESSAGE 2 3)",
             "S: d OK ~"});
}

TEST(Quota, OffThereAreNoCommands) {
  SessionOptions options;
  options.offer.set("QUOTA", false);
  With({}, options)
      .play({"C: a GETQUOTA \"\"", "S: a BAD ~", "C: b GETQUOTAROOT INBOX", "S: b BAD ~", "C: c SETQUOTA \"\" ()",
             "S: c BAD ~", "C: d STATUS INBOX (DELETED-STORAGE)", "S: d BAD ~"});
}

}  // namespace
}  // namespace imapspec::server
