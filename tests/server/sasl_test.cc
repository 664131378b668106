// AUTHENTICATE and LOGIN in sessions: what is offered, every mechanism, cancels, hostile answers, delays.
//
// RFC 9051 sections 6.2, 11.7
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "server/auth/base64.h"
#include "server/session/session.h"
#include "tests/server/conversation.h"
#include "tests/server/door.h"
#include "tests/server/sasl_client.h"

namespace imapspec::server {
namespace {

using namespace std::string_literals;
using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::StartsWith;

std::string challenge_in(const std::string& heard) {
  EXPECT_THAT(heard, StartsWith("+ "));
  const auto octets = decode_base64(std::string_view(heard).substr(2, heard.size() - 4));
  EXPECT_TRUE(octets) << heard;
  return octets.value_or("");
}

// authenticate plays a whole exchange, and yields what was said to its end.
std::string authenticate(Door::Visit& visit, std::string_view mechanism, const Credentials& credentials,
                         bool initial_response = false) {
  SaslClient client(mechanism, credentials);
  const bool client_first = mechanism_named(mechanism)->first == FirstWord::Client;
  std::string command = "a AUTHENTICATE " + std::string(mechanism);
  if (initial_response) {
    const std::string first = client.step("").value_or("");
    command += ' ' + (first.empty() ? "=" : encode_base64(first));
  }
  std::string heard = visit.say(command);
  bool first = client_first && !initial_response;
  while (heard.starts_with("+ ")) {
    const std::string challenge = challenge_in(heard);
    EXPECT_TRUE(!first || challenge.empty()) << challenge;
    first = false;
    const auto answer = client.step(challenge);
    EXPECT_TRUE(answer) << mechanism;
    heard = visit.say(encode_base64(answer.value_or("")));
  }
  EXPECT_TRUE(!heard.starts_with("a OK") || client.satisfied()) << mechanism;
  return heard;
}

Credentials right_credentials(std::string_view mechanism) {
  Credentials credentials;
  // Who could bind and was offered it does so.
  if (mechanism_named(mechanism)->binding) credentials.exporter = std::string(32, '\x01');
  if (mechanism == "ANONYMOUS") credentials.user = "me@example.org";
  return credentials;
}

TEST(Offer, HasTheConfiguredMechanismsThatCanWork) {
  Door door;
  EXPECT_THAT(
      door.visit()->greeting,
      HasSubstr(" AUTH=EXTERNAL AUTH=SCRAM-SHA-256-PLUS AUTH=SCRAM-SHA-256 AUTH=SCRAM-SHA-1-PLUS AUTH=SCRAM-SHA-1"
                " AUTH=CRAM-MD5 AUTH=PLAIN AUTH=LOGIN AUTH=ANONYMOUS]"));
  door.peer().tls.certificate_name.clear();
  EXPECT_THAT(door.visit()->greeting, HasSubstr(" AUTH=SCRAM-SHA-256-PLUS AUTH=SCRAM-SHA-256 "));
  door.peer().tls = {};
  EXPECT_THAT(door.visit()->greeting, HasSubstr(" AUTH=SCRAM-SHA-256 AUTH=SCRAM-SHA-1 AUTH=CRAM-MD5 AUTH=PLAIN"));
  SessionOptions few;
  few.mechanisms = {"scram-sha-256"};
  EXPECT_THAT(Door(few).visit()->greeting, HasSubstr(" AUTH=SCRAM-SHA-256]"));
}

TEST(Offer, HasNoPlaintextMechanismWithoutTls) {
  World world({}, with_all_mechanisms());
  world.connect(1, false);
  EXPECT_THAT(world.take(1),
              HasSubstr(" STARTTLS AUTH=SCRAM-SHA-256 AUTH=SCRAM-SHA-1 AUTH=CRAM-MD5 AUTH=ANONYMOUS LOGINDISABLED]"));
  world.play({"C: a AUTHENTICATE PLAIN", "S: a NO [PRIVACYREQUIRED] ~", "C: b AUTHENTICATE LOGIN",
              "S: b NO [PRIVACYREQUIRED] ~", "C: c AUTHENTICATE LOGIN YWxpY2U=", "S: c NO [PRIVACYREQUIRED] ~",
              "C: d AUTHENTICATE SCRAM-SHA-256-PLUS", "S: d NO Unsupported ~",
              "C: e AUTHENTICATE EXTERNAL =", "S: e NO Unsupported ~"});
}

TEST(Authenticate, WorksWithEveryMechanismAndItsClient) {
  for (const Mechanism& mechanism : mechanisms()) {
    for (const bool initial_response : {false, true}) {
      if (initial_response && mechanism.first != FirstWord::Client) continue;
      Door door;
      const auto visit = door.visit();
      EXPECT_THAT(authenticate(*visit, mechanism.name, right_credentials(mechanism.name), initial_response),
                  StartsWith("a OK [CAPABILITY IMAP4rev2 "))
          << mechanism.name << initial_response;
      EXPECT_THAT(visit->say("b SELECT INBOX"), HasSubstr("b OK"));
    }
  }
}

TEST(Authenticate, TakesTheExamplesOfSection622) {
  SessionOptions options;
  options.users = {{"test", "test"}};
  options.mechanisms = {"PLAIN", "EXTERNAL"};
  Door door(options);
  door.peer().tls.certificate_name = "test";
  const auto with_initial = door.visit();
  EXPECT_THAT(with_initial->say("A02 CAPABILITY"), HasSubstr(" AUTH=PLAIN"));
  EXPECT_THAT(with_initial->say("A03 AUTHENTICATE PLAIN dGVzdAB0ZXN0AHRlc3Q="), StartsWith("A03 OK "));
  const auto without = door.visit();
  EXPECT_EQ(without->say("A01 AUTHENTICATE PLAIN"), "+ \r\n");
  EXPECT_THAT(without->say("dGVzdAB0ZXN0AHRlc3Q="), StartsWith("A01 OK "));
  EXPECT_THAT(door.visit()->say("A01 AUTHENTICATE EXTERNAL ="), StartsWith("A01 OK "));
}

TEST(Authenticate, SaysTheSameOfUnknownUsersAndWrongPasswords) {
  for (const Mechanism& mechanism : mechanisms()) {
    if (mechanism.certificate || mechanism.name == "ANONYMOUS") continue;
    Door door;
    const auto visit = door.visit();
    Credentials wrong = right_credentials(mechanism.name);
    wrong.password = "wrong";
    Credentials unknown = wrong;
    unknown.user = "carol";
    for (const Credentials& credentials : {wrong, unknown}) {
      EXPECT_EQ(authenticate(*visit, mechanism.name, credentials), "");
      door.wait(16s);
      EXPECT_EQ(visit->heard(), "a NO [AUTHENTICATIONFAILED] Authentication failed\r\n") << mechanism.name;
    }
    EXPECT_THAT(authenticate(*visit, mechanism.name, right_credentials(mechanism.name)), StartsWith("a OK "));
  }
}

TEST(Authenticate, LetsNobodyActForOthers) {
  for (const char* name : {"PLAIN", "SCRAM-SHA-256", "EXTERNAL"}) {
    Door door;
    const auto visit = door.visit();
    EXPECT_EQ(authenticate(*visit, name, {.authorization_id = "bob"}), "");
    door.wait(16s);
    EXPECT_THAT(visit->heard(), StartsWith("a NO [AUTHORIZATIONFAILED] ")) << name;
    EXPECT_THAT(visit->say("b SELECT INBOX"), StartsWith("b BAD"));
    EXPECT_THAT(authenticate(*visit, name, {.authorization_id = "alice"}), StartsWith("a OK ")) << name;
  }
  // With a wrong password nothing tells that it would not have been permitted.
  Door door;
  const auto visit = door.visit();
  EXPECT_EQ(authenticate(*visit, "PLAIN", {.password = "wrong", .authorization_id = "bob"}), "");
  door.wait(16s);
  EXPECT_THAT(visit->heard(), StartsWith("a NO [AUTHENTICATIONFAILED] "));
}

TEST(Authenticate, DoesNotBelieveCertificatesOfStrangers) {
  Door door;
  door.peer().tls.certificate_name = "carol";
  const auto visit = door.visit();
  EXPECT_EQ(visit->say("a AUTHENTICATE EXTERNAL ="), "");
  door.wait(16s);
  EXPECT_THAT(visit->heard(), StartsWith("a NO [AUTHENTICATIONFAILED] "));
}

TEST(Authenticate, RefusesAnInitialResponseWhereTheServerBegins) {
  World world({}, with_all_mechanisms());
  world.connect(1, true);
  world.play({"S: * OK ~", "C: a AUTHENTICATE CRAM-MD5 =", "S: a BAD ~", "C: b AUTHENTICATE CRAM-MD5 AAAA",
              "S: b BAD ~",
              // LOGIN has no RFC, and clients that send the user name at once.
              "C: c AUTHENTICATE LOGIN YWxpY2U=", "S: + UGFzc3dvcmQ=", "C: c2VjcmV0LWFsaWNl", "S: c OK ~"});
}

// The client's turns of each mechanism up to the last, which is where a test does something else.
const std::pair<const char*, std::vector<std::string>> kTurns[] = {
    {"PLAIN", {}},
    {"LOGIN", {}},
    {"LOGIN", {"YWxpY2U="}},
    {"CRAM-MD5", {}},
    {"SCRAM-SHA-256", {}},
    {"SCRAM-SHA-256", {encode_base64("n,,n=alice,r=abc")}},
    {"SCRAM-SHA-1", {encode_base64("n,,n=carol,r=abc")}},
    {"ANONYMOUS", {}},
};

void go_to_turn(World& world, const std::string& mechanism, const std::vector<std::string>& turns) {
  world.play({"C: a AUTHENTICATE " + mechanism, "S: + ~"});
  for (const std::string& turn : turns) world.play({"C: " + turn, "S: + ~"});
}

TEST(Authenticate, CanBeCancelledAtEveryTurn) {
  for (const auto& [mechanism, turns] : kTurns) {
    World world({}, with_all_mechanisms());
    world.connect(1, true);
    world.take(1);
    for (int round = 0; round < 2; ++round) {
      go_to_turn(world, mechanism, turns);
      world.play({"C: *", "S: a BAD AUTHENTICATE canceled"});
    }
    world.play({"C: b NOOP", "S: b OK ~", "C: c LOGIN alice secret-alice", "S: c OK ~"});
  }
}

TEST(Authenticate, AnswersBadToWhatIsNoBase64AtEveryTurn) {
  for (const auto& [mechanism, turns] : kTurns) {
    for (const std::string& line : {"!!!!"s, "=AAA"s, "AAA=BBB="s, "A"s, "AB=="s, "**"s, "* "s, " AAAA"s, "AAAA\tx=1"s,
                                    "AAAA\0"s, "\"AAAA\""s, "{4}"s, "{4+}"s, "a STARTTLS"s, "\xC3\xA9"s, "="s}) {
      World world({}, with_all_mechanisms());
      world.connect(1, true);
      world.take(1);
      go_to_turn(world, mechanism, turns);
      world.play({"C: " + line, "S: a BAD ~"});
      if (line == "{4+}") world.play({"C: AAAA"});  // its literal, and the line that it is in
      world.play({"C: b NOOP", "S: b OK ~", "C: c LOGIN alice secret-alice", "S: c OK ~"});
    }
  }
}

TEST(Authenticate, RefusesGarbageAtEveryTurnAndForgetsIt) {
  for (const auto& [mechanism, turns] : kTurns) {
    if (mechanism == "ANONYMOUS"s || (mechanism == "LOGIN"s && turns.empty())) continue;  // any text will do
    for (const std::string& garbage :
         {""s, "\0"s, std::string(9'000, 'A'), std::string(30, '\xFF'), "a\0alice\0x\0y"s}) {
      World world({}, with_all_mechanisms());
      world.connect(1, true);
      world.take(1);
      go_to_turn(world, mechanism, turns);
      world.play({"C: " + encode_base64(garbage), "S: a NO [AUTHENTICATIONFAILED] ~"});
      world.play({"C: b NOOP", "S: b OK ~", "C: c AUTHENTICATE PLAIN AGFsaWNlAHNlY3JldC1hbGljZQ==", "S: c OK ~"});
    }
  }
}

TEST(Authenticate, AnswersTheServersProofWithNothing) {
  const auto visit_to_proof = [](Door::Visit& visit) {
    SaslClient client("SCRAM-SHA-256", {});
    const std::string first = encode_base64(client.step("").value_or(""));
    const std::string heard = visit.say("a AUTHENTICATE SCRAM-SHA-256 " + first);
    return visit.say(encode_base64(client.step(challenge_in(heard)).value_or("")));
  };
  Door door;
  const auto good = door.visit();
  EXPECT_THAT(visit_to_proof(*good), StartsWith("+ dj"));  // v=
  EXPECT_THAT(good->say("b NOOP"), StartsWith("a BAD"));
  EXPECT_THAT(good->say("c SELECT INBOX"), StartsWith("c BAD"));
  EXPECT_THAT(visit_to_proof(*good), StartsWith("+ dj"));
  EXPECT_THAT(good->say("*"), StartsWith("a BAD"));
  EXPECT_THAT(visit_to_proof(*good), StartsWith("+ dj"));
  EXPECT_EQ(good->say("AAAA"), "");
  door.wait(16s);
  EXPECT_THAT(good->heard(), StartsWith("a NO "));
  EXPECT_THAT(visit_to_proof(*good), StartsWith("+ dj"));
  EXPECT_THAT(good->say(""), StartsWith("a OK "));
}

TEST(Authenticate, TakesLongLinesAndRefusesLongerOnesInStep) {
  const std::size_t most = Limits().sasl_line;
  // A name of any length is a name; the line with its CRLF just fits.
  const std::string fits = encode_base64("\0"s + std::string((most - 2) / 4 * 3 - 3, 'a') + "\0x"s);
  ASSERT_LE(fits.size() + 2, most);
  ASSERT_GT(fits.size() + 6, most);
  for (const std::string& longer : {std::string(most, 'A'), std::string(most + 1, 'A'), std::string(100'000, 'A'),
                                    std::string(100'000, '!'), std::string(20'000, 'A') + "{5}"}) {
    World world;
    world.connect(1, true);
    world.take(1);
    world.play({"C: a AUTHENTICATE PLAIN", "S: + ", "C: " + fits, "S: a NO [AUTHENTICATIONFAILED] ~",
                "C: b AUTHENTICATE PLAIN", "S: + ", "C: " + longer, "S: b BAD ~", "C: c NOOP", "S: c OK ~",
                "C: d AUTHENTICATE PLAIN " + longer, "S: d BAD ~", "C: e AUTHENTICATE PLAIN " + fits.substr(40),
                "S: e NO [AUTHENTICATIONFAILED] ~", "C: f LOGIN alice secret-alice", "S: f OK ~"});
  }
}

TEST(Authenticate, TakesOneLineAndLeavesTheRestToTheNextCommand) {
  Door door;
  const std::string heard =
      door.visit()->say("a AUTHENTICATE PLAIN\r\nAGFsaWNlAHNlY3JldC1hbGljZQ==\r\nb NOOP\r\nc AUTHENTICATE PLAIN");
  EXPECT_THAT(heard, testing::AllOf(StartsWith("+ \r\na OK"), HasSubstr("\r\nb OK"), HasSubstr("\r\nc BAD")));
}

TEST(Authenticate, OfOneSessionKnowsNothingOfAnother) {
  World world;
  world.connect(1, true);
  world.connect(2, true);
  world.take(1);
  world.take(2);
  world.play({"C: a AUTHENTICATE PLAIN", "S: + ", "C2: a AUTHENTICATE PLAIN", "S2: + ", "C2: !!!!", "S2: a BAD ~",
              "C: AGFsaWNlAHNlY3JldC1hbGljZQ==", "S: a OK ~"});
}

TEST(FailedLogin, IsAnsweredLaterAndLaterAndTheThirdIsTheLast) {
  Door door;
  const auto visit = door.visit();
  const std::pair<std::chrono::milliseconds, bool> kDelays[] = {{2s, false}, {4s, false}, {8s, true}};
  for (const auto& [delay, last] : kDelays) {
    EXPECT_EQ(visit->say("a LOGIN alice wrong\r\nb NOOP"), "");
    EXPECT_FALSE(visit->session().wants_input());
    ASSERT_TRUE(visit->session().wake_at());
    door.wait(delay - 1ms);
    EXPECT_EQ(visit->heard(), "");
    door.wait(1ms);
    const std::string heard = visit->heard();
    EXPECT_THAT(heard, StartsWith("a NO [AUTHENTICATIONFAILED] "));
    EXPECT_THAT(heard, HasSubstr(last ? "* BYE" : "b OK"));
    EXPECT_FALSE(visit->session().wake_at());
  }
  EXPECT_EQ(visit->session().wish(), Wish::Close);
}

TEST(FailedLogin, HoldsUpNobodyElse) {
  Door door;
  const auto guessing = door.visit();
  const auto other = door.visit();
  EXPECT_EQ(guessing->say("a AUTHENTICATE PLAIN AGFsaWNlAHdyb25n"), "");
  EXPECT_THAT(other->say("a LOGIN alice secret-alice"), StartsWith("a OK "));
  EXPECT_THAT(other->say("b SELECT INBOX"), HasSubstr("b OK"));
  door.wait(2s);
  EXPECT_THAT(guessing->heard(), StartsWith("a NO "));
  EXPECT_THAT(guessing->say("b LOGIN alice secret-alice"), StartsWith("b OK "));
}

TEST(FailedLogin, CostsMoreWithEachFromTheSameAddress) {
  Door door;
  for (const std::chrono::milliseconds delay : {2s, 4s, 8s, 15s, 15s}) {
    const auto visit = door.visit("192.0.2.7");
    EXPECT_EQ(visit->say("a LOGIN alice wrong"), "");
    door.wait(delay - 1ms);
    EXPECT_EQ(visit->heard(), "");
    door.wait(1ms);
    EXPECT_THAT(visit->heard(), StartsWith("a NO "));
  }
  const auto elsewhere = door.visit("192.0.2.9");
  EXPECT_EQ(elsewhere->say("a LOGIN alice wrong"), "");
  door.wait(2s);
  EXPECT_THAT(elsewhere->heard(), StartsWith("a NO "));
}

TEST(FailedLogin, IsNotAskedForWhereTlsIsMissing) {
  World world;
  Session& session = world.connect(1, false);
  world.take(1);
  for (int i = 0; i < 5; ++i) {
    world.play({"C: a LOGIN alice wrong", "S: a NO [PRIVACYREQUIRED] ~"});
    EXPECT_FALSE(session.wake_at());
  }
}

TEST(Unauthenticate, GoesBackToTheBeginningUnderTheSameTls) {
  SessionOptions options;
  EXPECT_TRUE(options.offer.set("UNAUTHENTICATE", true));
  options.offer.rev1 = true;
  World world({}, options);
  world.connect(1, true);
  world.take(1);
  world.play({"C: a UNAUTHENTICATE", "S: a BAD ~", "C: b LOGIN alice secret-alice", "S: b OK ~",
              "C: c ENABLE IMAP4rev2", "S: * ENABLED IMAP4rev2", "S: c OK ~", "C: d APPEND INBOX (\\Deleted) {1+}\r\nx",
              "S: d OK ~"});
  world.send(1, "e SELECT INBOX\r\n");
  world.take(1);
  world.play({"C: f UNAUTHENTICATE", "S: f OK [CAPABILITY ~", "C: g FETCH 1 FLAGS", "S: g BAD ~", "C: h SELECT INBOX",
              "S: h BAD ~", "C: i LOGIN bob secret-bob", "S: i OK ~",
              // IMAP4rev2 is not enabled any more, and bob has no message.
              "C: j SEARCH ALL", "S: j BAD ~", "C: k STATUS INBOX (MESSAGES RECENT)",
              "S: * STATUS INBOX (MESSAGES 0 RECENT 0)", "S: k OK ~", "C: l UNAUTHENTICATE", "S: l OK ~",
              "C: m LOGIN alice secret-alice", "S: m OK ~", "C: n STATUS INBOX (MESSAGES)",
              "S: * STATUS INBOX (MESSAGES 1)", "S: n OK ~"});
}

TEST(Unauthenticate, IsNoCommandUnlessItIsOffered) {
  World world;
  world.connect(1, true);
  world.take(1);
  world.play({"C: a LOGIN alice secret-alice", "S: a OK ~", "C: b UNAUTHENTICATE", "S: b BAD ~"});
}

}  // namespace
}  // namespace imapspec::server
