// The states before a mailbox is selected: greeting, TLS, login, framing.
#include <gtest/gtest.h>

#include "tests/server/conversation.h"

namespace imapspec::server {
namespace {

using Lines = std::vector<std::string>;

struct Case {
  const char* name;
  bool tls;
  Lines lines;
};

class Conversation : public testing::TestWithParam<Case> {};

TEST_P(Conversation, IsAnsweredAsWritten) {
  World world;
  world.connect(1, GetParam().tls);
  world.play(GetParam().lines);
}

const Case kCases[] = {
    {"GreetingBeforeTls",
     false,
     {"S: * OK [CAPABILITY IMAP4rev2 ID MULTIAPPEND APPENDLIMIT=67108864 QUOTA QUOTA=RES-STORAGE QUOTA=RES-MESSAGE "
      "CONDSTORE QRESYNC STARTTLS LOGINDISABLED] ~"}},
    {"GreetingUnderTls",
     true,
     {"S: * OK [CAPABILITY IMAP4rev2 ID MULTIAPPEND APPENDLIMIT=67108864 QUOTA QUOTA=RES-STORAGE QUOTA=RES-MESSAGE "
      "CONDSTORE QRESYNC AUTH=PLAIN] ~"}},
    {"CapabilityBeforeTls",
     false,
     {"S: * OK ~", "C: a CAPABILITY",
      "S: * CAPABILITY IMAP4rev2 ID MULTIAPPEND APPENDLIMIT=67108864 QUOTA QUOTA=RES-STORAGE QUOTA=RES-MESSAGE "
      "CONDSTORE QRESYNC STARTTLS LOGINDISABLED",
      "S: a OK ~"}},
    {"StartTls",
     false,
     {"S: * OK ~", "C: a STARTTLS", "S: a OK ~", "TLS", "C: b CAPABILITY",
      "S: * CAPABILITY IMAP4rev2 ID MULTIAPPEND APPENDLIMIT=67108864 QUOTA QUOTA=RES-STORAGE QUOTA=RES-MESSAGE "
      "CONDSTORE QRESYNC AUTH=PLAIN",
      "S: b OK ~", "C: c STARTTLS", "S: c BAD ~"}},
    {"PipelinedAfterStartTlsIsThrownAway",
     false,
     {"S: * OK ~", "c: a STARTTLS\r\nb NOOP\r\n", "S: a OK ~", "C: c NOOP", "TLS", "C: d NOOP", "S: d OK ~"}},
    {"StartTlsUnderImplicitTls", true, {"S: * OK ~", "C: a STARTTLS", "S: a BAD ~"}},
    {"LoginBeforeTls",
     false,
     {"S: * OK ~", "C: a LOGIN alice secret-alice", "S: a NO [PRIVACYREQUIRED] ~", "C: b LOGIN {5}",
      "S: b NO [PRIVACYREQUIRED] ~", "c: c LOGIN {5+}\r\nalice {12+}\r\nsecret-alice\r\n",
      "S: c NO [PRIVACYREQUIRED] ~", "C: d SELECT INBOX", "S: d BAD ~"}},
    {"PlainBeforeTls",
     false,
     {"S: * OK ~", "C: a AUTHENTICATE PLAIN", "S: a NO [PRIVACYREQUIRED] ~",
      "C: b AUTHENTICATE PLAIN AGFsaWNlAHNlY3JldC1hbGljZQ==", "S: b NO [PRIVACYREQUIRED] ~"}},
    {"IdAsInRfc2971",
     true,
     {"S: * OK ~", "C: a023 ID (\"name\" \"sodr\" \"version\" \"19.34\" \"vendor\" \"Pink Floyd Music Limited\")",
      "S: * ID (\"name\" \"imapspec\")", "S: a023 OK ~", "C: a042 ID NIL", "S: * ID (\"name\" \"imapspec\")",
      "S: a042 OK ~"}},
    {"Login",
     true,
     {"S: * OK ~", "C: a LOGIN alice secret-alice",
      "S: a OK [CAPABILITY IMAP4rev2 ID MULTIAPPEND APPENDLIMIT=67108864 QUOTA QUOTA=RES-STORAGE QUOTA=RES-MESSAGE "
      "CONDSTORE QRESYNC AUTH=PLAIN] ~",
      "C: b LOGIN alice secret-alice", "S: b BAD ~", "C: c STARTTLS", "S: c BAD ~"}},
    {"LoginWithLiterals",
     true,
     {"S: * OK ~", "C: a LOGIN {5}", "S: + ~", "c: alice {12+}\r\nsecret-alice\r\n", "S: a OK ~"}},
    {"LoginFailures",
     true,
     {"S: * OK ~", "C: a LOGIN alice wrong", "S: a NO [AUTHENTICATIONFAILED] Authentication failed",
      "C: b LOGIN nobody wrong", "S: b NO [AUTHENTICATIONFAILED] Authentication failed", "C: c LOGIN alice",
      "S: c BAD ~", "C: d LOGIN alice \"\"", "S: d NO [AUTHENTICATIONFAILED] Authentication failed",
      "S: * BYE Too many failed logins", "CLOSED"}},
    {"AuthenticatePlain",
     true,
     {"S: * OK ~", "C: a AUTHENTICATE PLAIN", "S: + ", "C: AGFsaWNlAHNlY3JldC1hbGljZQ==", "S: a OK [CAPABILITY ~",
      "C: b AUTHENTICATE PLAIN", "S: b BAD ~"}},
    {"AuthenticatePlainAtOnce",
     true,
     {"S: * OK ~", "C: a AUTHENTICATE plain AGFsaWNlAHNlY3JldC1hbGljZQ==", "S: a OK [CAPABILITY ~"}},
    {"AuthenticateFailures",
     true,
     {"S: * OK ~",
      "C: a AUTHENTICATE PLAIN",
      "S: + ",
      "C: *",
      "S: a BAD ~",
      "C: b AUTHENTICATE PLAIN",
      "S: + ",
      "C: AGFs!",
      "S: b BAD ~",
      "C: c AUTHENTICATE PLAIN =AAA",
      "S: c BAD ~",
      "C: d AUTHENTICATE PLAIN AAA=BBB=",
      "S: d BAD ~",
      "C: e AUTHENTICATE PLAIN =",
      "S: e NO [AUTHENTICATIONFAILED] ~",
      "C: f AUTHENTICATE X-NONE",
      "S: f NO ~",
      "C: g AUTHENTICATE PLAIN",
      "S: + ",
      "C: {5}",
      "S: g BAD ~",
      "C: h NOOP",
      "S: h OK ~"}},
    {"AuthorizationIdOfAnother",
     true,
     {"S: * OK ~", "C: a AUTHENTICATE PLAIN Ym9iAGFsaWNlAHNlY3JldC1hbGljZQ==", "S: a NO [AUTHORIZATIONFAILED] ~",
      "C: b AUTHENTICATE PLAIN YWxpY2UAYWxpY2UAc2VjcmV0LWFsaWNl", "S: b OK ~"}},
    {"Logout", true, {"S: * OK ~", "C: a LOGOUT", "S: * BYE ~", "S: a OK ~", "CLOSED"}},
    {"BadLines", true, {"S: * OK ~",  "C: a XYZZY",  "S: a BAD ~", "C: ",       "S: * BAD ~", "C: * NOOP",
                        "S: * BAD ~", "C: a+b NOOP", "S: * BAD ~", "C: a",      "S: a BAD ~", "C: b NOOP ",
                        "S: b BAD ~", "C: c  NOOP",  "S: c BAD ~", "C: d NOOP", "S: d OK ~",  "c: e NOOP\n",
                        "S: e BAD ~", "C: f NOOP x", "S: f BAD ~"}},
    {"CommandsBeforeLogin",
     true,
     {"S: * OK ~", "C: a SELECT INBOX", "S: a BAD ~", "C: b FETCH 1 FLAGS", "S: b BAD ~", "C: c APPEND INBOX {10}",
      "S: c BAD ~", "c: d APPEND INBOX {6+}\r\ne NOOP\r\n", "S: d BAD ~", "C: f ENABLE IMAP4rev2", "S: f BAD ~",
      "C: g IDLE", "S: g BAD ~", "C: h noop", "S: h OK ~"}},
    {"LiteralOfASyntaxErrorIsNotAwaited",
     true,
     {"S: * OK ~", "C: a LOGIN x y {5}", "S: a BAD ~", "C: b NOOP", "S: b OK ~",
      "c: c LOGIN x y {8+}\r\nd NOOP\r\n {8+}\r\ne NOOP\r\n\r\nf NOOP\r\n", "S: c BAD ~", "S: f OK ~"}},
    {"LiteralTooBigBeforeLogin",
     true,
     {"S: * OK ~", "C: a LOGIN {9000}", "S: a NO [LIMIT] ~", "C: b LOGIN {9223372036854775807}", "S: b NO [LIMIT] ~",
      "C: c LOGIN {9223372036854775808}", "S: c BAD ~"}},
};

INSTANTIATE_TEST_SUITE_P(Session, Conversation, testing::ValuesIn(kCases),
                         [](const auto& test) { return std::string(test.param.name); });

TEST(Session, LineTooLongIsBadAndTheEnd) {
  World world;
  world.connect(1, true);
  world.play({"S: * OK ~", "c: a LOGIN " + std::string(9000, 'x'), "S: a BAD ~", "S: * BYE ~", "CLOSED"});
}

TEST(Session, ManyBadCommandsAreTheEnd) {
  World world;
  world.connect(1, true);
  Lines lines{"S: * OK ~"};
  const std::size_t most = Limits().bad_commands_before_login;
  for (std::size_t i = 0; i < most; ++i) lines.insert(lines.end(), {"C: a XYZZY", "S: a BAD ~"});
  lines.insert(lines.end(), {"S: * BYE ~", "CLOSED"});
  world.play(lines);
}

TEST(Session, BeforeLoginNoCommandPutsOffTheAutologout) {
  World world;
  Session& session = world.connect(1, true);
  const std::chrono::steady_clock::time_point start{};
  session.on_time(start);
  session.on_time(start + std::chrono::seconds(59));
  world.play({"S: * OK ~", "C: a NOOP", "S: a OK ~"});
  EXPECT_EQ(session.wish(), Wish::None);
  session.on_time(start + std::chrono::seconds(60));
  world.play({"S: * BYE ~", "CLOSED"});
}

TEST(Session, AutologoutCountsFromTheLastCommand) {
  World world;
  Session& session = world.connect(1, true);
  const std::chrono::steady_clock::time_point start{};
  session.on_time(start);
  world.play({"S: * OK ~", "C: a LOGIN alice secret-alice", "S: a OK ~"});
  session.on_time(start);
  session.on_time(start + std::chrono::minutes(30));
  world.play({"C: b NOOP", "S: b OK ~"});
  session.on_time(start + std::chrono::minutes(30));
  session.on_time(start + std::chrono::minutes(60));
  EXPECT_EQ(session.wish(), Wish::None);
  session.on_time(start + std::chrono::minutes(61));
  world.play({"S: * BYE ~", "CLOSED"});
}

TEST(Session, NoAutologoutWithinThirtyMinutesAfterLogin) {
  World world;
  Session& session = world.connect(1, true);
  world.play({"S: * OK ~", "C: a LOGIN alice secret-alice", "S: a OK ~"});
  const std::chrono::steady_clock::time_point start{};
  session.on_time(start);
  session.on_time(start + std::chrono::minutes(30));
  EXPECT_EQ(session.wish(), Wish::None);
}

}  // namespace
}  // namespace imapspec::server
