// The greetings of a server that is configured for another than OK.
//
// RFC 9051 section 7.1
#include <gtest/gtest.h>

#include "tests/server/conversation.h"

namespace imapspec::server {
namespace {

TEST(Greeting, CanBePreauth) {
  SessionOptions options;
  options.greeting = {Greeting::Kind::PreAuth, "Hello", "bob"};
  World world({}, options);
  world.connect(1, false);
  world.play({"S: * PREAUTH [CAPABILITY IMAP4rev2 ~", "C: a LOGIN alice secret-alice", "S: a BAD ~",
              "C: b STATUS INBOX (MESSAGES)", "S: * STATUS INBOX (MESSAGES 0)", "S: b OK ~"});
}

TEST(Greeting, CanBeBye) {
  SessionOptions options;
  options.greeting = {Greeting::Kind::Bye, "Not today", ""};
  World world({}, options);
  world.connect(1, false);
  world.play({"S: * BYE Not today", "CLOSED"});
}

}  // namespace
}  // namespace imapspec::server
