// Recordings of clients and servers that break off, or say what nobody can read.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "tests/runner/talk.h"

namespace imapspec::runner {
namespace {

using test::found;
using test::operator+;
using test::kEntered;
using test::kHello;
using test::play;
using test::plenty;
using test::Talk;
using test::written;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

const Talk kPinged = {{'C', "2 NOOP\r\n"}, {'S', "2 OK done\r\n"}};

TEST(HostileRecording, AClientThatIsGoneInsideALiteralLeavesWhatItDidBefore) {
  for (const char* const literal : {"{50}\r\nabc", "{50+}\r\nabc", "{50}\r\n"}) {
    Recording recording(1, plenty());
    play(recording, kHello + kEntered + kPinged + Talk{{'C', std::string("3 APPEND x ") + literal}});
    recording.on_closed();
    recording.on_closed();
    EXPECT_THAT(recording.notes(), ElementsAre("the connection ended inside a literal of APPEND"));
    EXPECT_THAT(written(recording),
                AllOf(HasSubstr("C: 'NOOP'"), HasSubstr("# APPEND never completed"),
                      HasSubstr("# the connection ended inside a literal"), Not(HasSubstr("C: 'APP"))));
  }
}

TEST(HostileRecording, EndsInTheMiddleOfALineAreTold) {
  Recording recording(1, plenty());
  play(recording, kHello + kEntered + kPinged + Talk{{'C', "3 NO"}, {'S', "* 1 EXI"}});
  recording.on_closed();
  EXPECT_THAT(recording.notes(), ElementsAre("the connection ended in the middle of a line of the client",
                                             "the connection ended in the middle of a response"));
  EXPECT_THAT(written(recording), HasSubstr("C: 'NOOP'"));
  Recording good(1, plenty());
  play(good, kHello + kEntered + kPinged);
  good.on_closed();
  EXPECT_THAT(good.notes(), IsEmpty());
}

TEST(HostileRecording, LinesThatAreTooLongEndItAndLeaveWhatWasBefore) {
  const std::string huge(3U << 20, 'x');
  for (const char who : {'C', 'S'}) {
    Recording recording(1, plenty());
    play(recording,
         kHello + kEntered + kPinged + Talk{{who, huge + "\r\n"}, {'C', "9 CHECK\r\n"}, {'S', "9 OK x\r\n"}});
    recording.on_closed();
    EXPECT_THAT(recording.notes(), ElementsAre(HasSubstr("longer than our own limit")));
    EXPECT_THAT(written(recording), AllOf(HasSubstr("C: 'NOOP'"), Not(HasSubstr("CHECK"))));
  }
}

TEST(HostileRecording, GarbageBetweenCommandsIsPassedOver) {
  Recording recording(1, plenty());
  std::string garbage;
  for (int octet = 255; octet >= 0; --octet) garbage += static_cast<char>(octet);
  play(recording, kHello + kEntered + Talk{{'S', garbage + "\r\n"}, {'C', garbage + "\r\n"}} + kPinged);
  recording.on_closed();
  EXPECT_THAT(found(recording), testing::Contains("9/formal-syntax"));
  EXPECT_THAT(written(recording), HasSubstr("C: 'NOOP'"));
}

TEST(HostileRecording, NamesOfCommandsAreShownInShort) {
  Recording recording(1, plenty());
  play(recording, kHello + kEntered + kPinged + Talk{{'C', "3 " + std::string(100'000, 'x') + "\x07 {5}\r\n"}});
  recording.on_closed();
  for (const std::string& note : recording.notes()) EXPECT_LT(note.size(), 200U);
  EXPECT_LT(written(recording).size(), 2'000U);
}

TEST(HostileRecording, TlsInTheMiddleForgetsNoLogin) {
  Recording recording(1, plenty());
  play(recording, kHello + kEntered + kPinged + Talk{{'C', "3 STARTTLS\r\n"}});
  EXPECT_TRUE(recording.on_server("3 OK begin\r\n"));
  recording.on_tls();
  play(recording, {{'C', "4 CHECK\r\n"}, {'S', "4 OK done\r\n"}});
  EXPECT_THAT(written(recording), AllOf(HasSubstr("C: 'LOGIN"), HasSubstr("C: 'NOOP'"), HasSubstr("C: 'CHECK'"),
                                        HasSubstr("# STARTTLS is left out")));
}

TEST(HostileRecording, WhatTheServerSaysOfAPasswordIsHidden) {
  Recording recording(1, plenty());
  play(recording, kHello + Talk{{'C', "1 LOGIN alice correct-horse\r\n"}, {'S', "1 OK [UIDNEXT correct-horse] x\r\n"}});
  EXPECT_THAT(found(recording), Not(IsEmpty()));
  for (const Finding& finding : recording.findings()) {
    EXPECT_THAT(finding.message + finding.deviation + finding.actual, Not(HasSubstr("horse")));
  }
}

}  // namespace
}  // namespace imapspec::runner
