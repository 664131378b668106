// Several connections of one client as one scenario.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "runner/record/course.h"
#include "tests/runner/talk.h"

namespace imapspec::runner {
namespace {

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
using testing::Not;

Talk asked(const std::string& command, const std::string& untagged = "") {
  return {{'C', "a " + command + "\r\n"}, {'S', untagged + "a OK done\r\n"}};
}

TEST(RecordedClient, ConnectionsAtTheSameTimeAreOneScenarioInTheOrderOfTheirCommands) {
  Recording one(1, plenty());
  Recording two(2, plenty());
  play(one, kHello + kEntered + asked("SELECT INBOX", "* 1 EXISTS\r\n"));
  play(two, kHello + kEntered);
  play(one, {{'C', "i IDLE\r\n"}, {'S', "+ idling\r\n"}});
  play(two, asked("APPEND INBOX {3+}\r\nabc"));
  play(one, {{'S', "* 2 EXISTS\r\n"}, {'C', "DONE\r\n"}, {'S', "i OK done\r\n"}});
  play(two, asked("SELECT INBOX", "* 2 EXISTS\r\n") +
                asked("STORE 1 +FLAGS (\\Deleted)", "* 1 FETCH (FLAGS (\\Deleted))\r\n") +
                asked("EXPUNGE", "* 1 EXPUNGE\r\n"));
  play(one, asked("FETCH 2 BODY.PEEK[]", "* 2 FETCH (BODY[] \"abc\")\r\n"));
  play(one, asked("NOOP", "* 1 EXPUNGE\r\n"));
  EXPECT_EQ(written({&one, &two}), R"(title: 'Recorded'
requirement: 2.2.2/tag-of-a-command
start: not-authenticated
connections:
  client2: {start: not-authenticated}
needs: 'capability IDLE'
let:
  message1: 'Subject: as it was not fetched\x0d\x0a\x0d\x0a\x0d\x0a'
  message2: 'abc'
steps:
  - C: 'LOGIN {user} {password:quoted}'
  - S: 'OK'
  - setup: 'CREATE {mailbox}'
  - setup: 'APPEND {mailbox} {message1:literal}'
  - C: 'SELECT {mailbox}'
  - S: '* 1 EXISTS'
  - S: 'OK'
  - C: 'LOGIN {user} {password:quoted}'
    on: client2
  - S: 'OK'
  - C: 'IDLE'
  - S: '+'
  - C: 'APPEND {mailbox} {message2:literal+}'
    on: client2
  - S: 'OK'
  - wait: '* 2 EXISTS'
  - continue: 'DONE'
  - S-may: '* 2 EXISTS'
  - S: 'OK'
  - C: 'SELECT {mailbox}'
    on: client2
  - S: '* 2 EXISTS'
  - S: 'OK'
  - C: 'STORE 1 +FLAGS (\Deleted)'
    on: client2
  - S: '* 1 FETCH (FLAGS (\Deleted))'
  - S: 'OK'
  - C: 'EXPUNGE'
    on: client2
  - S: '* 1 EXPUNGE'
  - S: 'OK'
  - C: 'FETCH 2 BODY.PEEK[]'
  - S: '* 2 FETCH (BODY[] {message2:literal})'
  - S: 'OK'
  - C: 'NOOP'
  - S-may: '* 1 EXPUNGE'
  - S: 'OK'
)");
}

TEST(RecordedClient, NobodyWaitsForWhatTheScenarioDoesNotDo) {
  Recording one(1, plenty());
  play(one, kHello + kEntered + asked("SELECT INBOX", "* 1 EXISTS\r\n") +
                Talk{{'C', "i IDLE\r\n"},
                     {'S', "+ idling\r\n"},
                     {'S', "* 2 EXISTS\r\n"},
                     {'C', "DONE\r\n"},
                     {'S', "i OK done\r\n"}});
  EXPECT_THAT(written(one), AllOf(Not(HasSubstr("wait:")), HasSubstr("S-may: '* 2 EXISTS'")));
}

TEST(RecordedClient, AConnectionAfterAnotherTakesItsPlace) {
  Recording one(1, plenty());
  play(one, kHello + kEntered + asked("LOGOUT", "* BYE x\r\n"));
  one.on_closed();
  Recording silent(2, plenty());
  silent.on_closed();
  Recording two(3, plenty());
  play(two, kHello + kEntered + asked("NOOP"));
  EXPECT_THAT(
      written({&one, &silent, &two}),
      AllOf(Not(HasSubstr("connections:")), HasSubstr("  - S: 'OK'\n  - connect: not-authenticated\n  - C: 'LOGIN")));
}

TEST(RecordedClient, EachUserIsAClient) {
  const Talk bob = {{'C', "1 LOGIN bob secret\r\n"}, {'S', "1 OK welcome\r\n"}};
  Recording nobody(1, plenty());
  Recording alice(2, plenty());
  Recording other(3, plenty());
  Recording again(4, plenty());
  play(alice, kHello + kEntered);
  play(other, kHello + bob);
  play(again, kHello + Talk{{'C', "1 AUTHENTICATE PLAIN AGFsaWNlAHNlY3JldA==\r\n"}, {'S', "1 OK welcome\r\n"}});
  const std::vector<const Recording*> all = {&nobody, &alice, &other, &again};
  EXPECT_THAT(clients_of(all), ElementsAre(ElementsAre(&nobody, &alice, &again), ElementsAre(&other)));
}

TEST(RecordedClient, MoreConnectionsThanAScenarioCanHaveAreAnother) {
  std::vector<std::unique_ptr<Recording>> open;
  std::vector<const Recording*> all;
  for (std::size_t i = 1; i <= 20; ++i) {
    open.push_back(std::make_unique<Recording>(i, plenty()));
    play(*open.back(), kHello + kEntered);
    all.push_back(open.back().get());
  }
  EXPECT_EQ(write_scenario(all, "Recorded"), "");
  const auto groups = clients_of(all);
  ASSERT_EQ(groups.size(), 2U);
  for (const auto& group : groups) EXPECT_THAT(written(group), HasSubstr("on: client3"));
}

}  // namespace
}  // namespace imapspec::runner
