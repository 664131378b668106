// Each limit of a session, met exactly and then exceeded by one: the right answer, and a session that goes on.
#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

#include "server/session/command_size.h"
#include "server/session/limits.h"
#include "tests/server/conversation.h"

namespace imapspec::server {
namespace {

using Lines = std::vector<std::string>;

std::string repeated(std::string_view text, std::size_t times) {
  std::string all;
  for (std::size_t i = 0; i < times; ++i) all += text;
  return all;
}

// Met is a limit with two conversations. Both go on with a command that succeeds.
struct Met {
  std::string name;
  std::size_t Limits::* limit;
  std::size_t value;
  Lines within;
  Lines beyond;
  bool logged_in = true;
};

void PrintTo(const Met& met, std::ostream* out) { *out << met.name; }

std::vector<Met> mets() {
  return {
      {"tag", &Limits::tag, 8, {"C: 12345678 NOOP", "S: 12345678 OK ~"}, {"C: 123456789 NOOP", "S: 123456789 BAD ~"}},
      {"tag_of_a_literal",
       &Limits::tag,
       3,
       {"C: abc SELECT {1+}", "C: x", "S: abc NO [NONEXISTENT] ~"},
       {"C: abcd SELECT {1+}", "C: x", "S: abcd BAD ~"}},
      {"words",
       &Limits::words,
       8,
       {"C: a STATUS none (MESSAGES UNSEEN UIDNEXT SIZE DELETED)", "S: a NO [NONEXISTENT] ~"},
       {"C: a STATUS none (MESSAGES UNSEEN UIDNEXT SIZE DELETED UIDVALIDITY)", "S: a NO [LIMIT] ~"}},
      {"words_in_strings_do_not_count",
       &Limits::words,
       8,
       {"C: a SELECT \"a b c d e f g h i j k\"", "S: a NO [NONEXISTENT] ~"},
       {"C: a STATUS \"a b \\\" c\" (MESSAGES UNSEEN UIDNEXT SIZE DELETED UIDVALIDITY)", "S: a NO [LIMIT] ~"}},
      {"words_after_a_literal",
       &Limits::words,
       8,
       {"C: a STATUS {3+}", "C: a b (MESSAGES UNSEEN UIDNEXT SIZE DELETED)", "S: a NO [NONEXISTENT] ~"},
       {"C: a STATUS {3+}", "C: a b (MESSAGES UNSEEN UIDNEXT SIZE DELETED UIDVALIDITY)", "S: a NO [LIMIT] ~"}},
      {"list_depth",
       &Limits::list_depth,
       20,
       {"C: a LIST (X " + repeated("(", 15) + "a" + repeated(")", 15) + ") \"\" *", "S: a BAD ~"},
       {"C: a LIST (X " + repeated("(", 25) + "a" + repeated(")", 25) + ") \"\" *", "S: a NO [LIMIT] ~"}},
      {"set_ranges",
       &Limits::set_ranges,
       3,
       {"C: a SELECT INBOX", "S: * ~", "S: * ~", "S: * ~", "S: * ~", "S: * ~", "S: * ~", "S: a OK ~",
        "C: b UID FETCH 1,3,5:9 UID", "S: b OK ~"},
       {"C: b UID FETCH 1,3,5,7:9 UID", "S: b NO [LIMIT] ~"}},
      {"literal",
       &Limits::literal,
       10,
       {"C: a SELECT {10}", "S: + ~", "C: 1234567890", "S: a NO [NONEXISTENT] ~"},
       {"C: a SELECT {11}", "S: a NO [LIMIT] ~", "C: b SELECT {11+}", "C: 12345678901", "S: b NO [LIMIT] ~"}},
      {"literals",
       &Limits::literals,
       2,
       {"C: a RENAME {1+}", "C: x {1+}", "C: y", "S: a NO [NONEXISTENT] ~"},
       {"C: a LIST {1+}", "C: x ({1+}", "C: y {1+}", "C: z)", "S: a NO [LIMIT] ~"}},
      {"literal_octets",
       &Limits::literal_octets,
       5,
       {"C: a RENAME {2+}", "C: xx {3+}", "C: yyy", "S: a NO [NONEXISTENT] ~"},
       {"C: a RENAME {2+}", "C: xx {4+}", "C: yyyy", "S: a NO [LIMIT] ~"}},
      {"literal_octets_without_messages",
       &Limits::literal_octets,
       5,
       {"C: a APPEND {5+}", "C: INBOX {8+}", "C: A: b\r\n\r\n", "S: a OK ~"},
       {"C: a APPEND {6+}", "C: INBOX! {8+}", "C: A: b\r\n\r\n", "S: a NO [LIMIT] ~"}},
      {"non_synchronizing",
       &Limits::non_synchronizing,
       4,
       {"C: a SELECT {4+}", "C: abcd", "S: a NO [NONEXISTENT] ~"},
       {"C: a SELECT {5+}", "C: abcde", "S: a BAD ~", "C: b APPEND INBOX {5+}", "C: A:\r\n\r", "S: b BAD [TOOBIG] ~"}},
      {"message",
       &Limits::message,
       8,
       {"C: a APPEND INBOX {8}", "S: + ~", "C: A: b\r\n\r\n", "S: a OK ~"},
       {"C: a APPEND INBOX {9}", "S: a NO [TOOBIG] ~", "C: b APPEND INBOX {9+}", "C: A: bc\r\n\r\n",
        "S: b NO [TOOBIG] ~"}},
      {"sasl_line",
       &Limits::sasl_line,
       30,
       // \0alice\0secret-alice is 28 octets of base64.
       {"C: a AUTHENTICATE PLAIN", "S: + ", "C: AGFsaWNlAHNlY3JldC1hbGljZQ==", "S: a OK ~"},
       {"C: a AUTHENTICATE PLAIN", "S: + ", "C: " + std::string(40, 'A'), "S: a BAD ~"},
       false},
      {"mailbox_name",
       &Limits::mailbox_name,
       6,
       {"C: a CREATE abcdef", "S: a OK ~"},
       {"C: b CREATE abcdefg", "S: b NO [LIMIT] ~", "C: c SUBSCRIBE abcdefg", "S: c NO [LIMIT] ~"}},
      {"mailbox_depth",
       &Limits::mailbox_depth,
       3,
       {"C: a CREATE a/b/c", "S: a OK ~"},
       {"C: b CREATE a/b/c/d", "S: b NO [LIMIT] ~", "C: c RENAME INBOX a/b/c/d", "S: c NO [LIMIT] ~"}},
      {"mailboxes",
       &Limits::mailboxes,
       3,
       {"C: a CREATE a", "S: a OK ~", "C: b CREATE b", "S: b OK ~"},
       {"C: a CREATE a", "S: a OK ~", "C: b CREATE b/c", "S: b NO [LIMIT] ~"}},
      {"subscriptions",
       &Limits::subscriptions,
       2,
       {"C: a SUBSCRIBE a", "S: a OK ~", "C: b SUBSCRIBE b", "S: b OK ~", "C: c SUBSCRIBE a", "S: c OK ~"},
       {"C: a SUBSCRIBE a", "S: a OK ~", "C: b SUBSCRIBE b", "S: b OK ~", "C: c SUBSCRIBE c", "S: c NO [LIMIT] ~"}},
      {"keywords",
       &Limits::keywords,
       2,
       {"C: a APPEND INBOX (k1 k2 $Junk) {8+}", "C: A: b\r\n\r\n", "S: a OK ~"},
       {"C: a APPEND INBOX (k1 k2 k3) {8+}", "C: A: b\r\n\r\n", "S: a NO [LIMIT] ~"}},
      {"messages",
       &Limits::messages,
       1,
       {"C: a APPEND INBOX {8+}", "C: A: b\r\n\r\n", "S: a OK ~"},
       {"C: a APPEND INBOX {8+}", "C: A: b\r\n\r\n", "S: a OK ~", "C: b APPEND INBOX {8+}", "C: A: b\r\n\r\n",
        "S: b NO [LIMIT] ~"}},
      {"store",
       &Limits::store,
       8,
       {"C: a APPEND INBOX {8+}", "C: A: b\r\n\r\n", "S: a OK ~"},
       {"C: a APPEND INBOX {9+}", "C: A: bc\r\n\r\n", "S: a NO [OVERQUOTA] ~"}},
      {"session_memory",
       &Limits::session_memory,
       30,
       {"C: a APPEND INBOX {8+}", "C: A: b\r\n\r\n", "S: a OK ~"},
       {"C: a APPEND INBOX {18+}", "C: A: b\r\n\r\n1234567890", "S: a NO [LIMIT] ~"}},
  };
}

class EachLimit : public testing::TestWithParam<Met> {
 protected:
  void run(const Lines& lines) {
    const Met& met = GetParam();
    SessionOptions options;
    options.limits.*met.limit = met.value;
    World world({}, options);
    world.connect(1, true);
    world.play({"S: * OK ~"});
    if (met.logged_in) world.play({"C: z LOGIN alice secret-alice", "S: z OK ~"});
    world.play(lines);
    world.play({"C: z NOOP", "S: z OK ~"});
  }
};

TEST_P(EachLimit, CanBeMet) { run(GetParam().within); }
TEST_P(EachLimit, AnswersWhatIsBeyondAndTheNextCommand) { run(GetParam().beyond); }

INSTANTIATE_TEST_SUITE_P(Limits, EachLimit, testing::ValuesIn(mets()),
                         [](const auto& test) { return test.param.name; });

// The limits whose end is BYE.

TEST(Limits, ALineBeforeLoginIsShorterThanOneAfterIt) {
  SessionOptions options;
  options.limits.line_before_login = 600;
  options.limits.line = 8'000;
  World world({}, options);
  world.connect(1, true);
  // With tag, command and CRLF.
  const auto line = [](std::size_t octets) { return "C: a LOGIN alice " + std::string(octets - 16, 'x'); };
  world.play({"S: * OK ~", line(600), "S: a NO ~", "C: b LOGIN alice secret-alice", "S: b OK ~", line(8'000),
              "S: a BAD ~", line(8'001), "S: a BAD ~", "S: * BYE ~", "CLOSED"});
  World other({}, options);
  other.connect(1, true);
  other.play({"S: * OK ~", line(601), "S: a BAD ~", "S: * BYE ~", "CLOSED"});
}

TEST(Limits, BadCommandsInARowEndASession) {
  SessionOptions options;
  options.limits.bad_commands = 3;
  World world({}, options);
  world.ready();
  world.play({"C: a X", "S: a BAD ~", "C: b X", "S: b BAD ~", "C: c NOOP", "S: c OK ~", "C: a X", "S: a BAD ~",
              "C: b X", "S: b BAD ~", "C: c X", "S: c BAD ~", "S: * BYE ~", "CLOSED"});
}

TEST(Limits, SearchKeysNestAsDeepAsTheyMay) {
  SessionOptions options;
  options.limits.search_depth = 10;
  options.limits.list_depth = 2;
  World world({}, options);
  world.ready();
  world.play({"C: a SELECT INBOX", "S: * ~", "S: * ~", "S: * ~", "S: * ~", "S: * ~", "S: * ~", "S: a OK ~"});
  const auto nested = [](std::size_t levels) {
    return "C: b UID SEARCH " + repeated("(", levels) + "ALL" + repeated(")", levels);
  };
  world.play({nested(9), "S: * ESEARCH ~", "S: b OK ~", nested(11), "S: b NO [LIMIT] ~", "C: c NOOP", "S: c OK ~"});
}

TEST(Limits, AResponseLongerThanASessionMayHoldIsRefused) {
  SessionOptions options;
  options.limits.session_memory = 65'536;
  World world({}, options);
  world.ready();
  const std::string message = "A: b\r\n\r\n" + std::string(30'000, 'x');
  world.play({"C: a APPEND INBOX {30008}", "S: + ~", "C: " + message, "S: a OK ~", "C: b SELECT INBOX", "S: * ~",
              "S: * ~", "S: * ~", "S: * ~", "S: * ~", "S: * ~", "S: b OK ~",
              "C: c FETCH 1 (BODY.PEEK[] BODY.PEEK[TEXT] BODY.PEEK[]<0.9999>)", "S: c NO [LIMIT] ~", "C: d NOOP",
              "S: d OK ~"});
}

TEST(Limits, EachHasANameOfItsOwnAndADefaultWithinItsRange) {
  const Limits limits;
  std::set<std::string_view> names;
  for (const LimitInfo& info : limit_table()) {
    EXPECT_TRUE(names.insert(info.name).second) << info.name;
    const std::uint64_t value = std::visit(
        [&](auto member) -> std::uint64_t {
          if constexpr (std::is_same_v<decltype(member), std::size_t Limits::*>) {
            return limits.*member;
          } else {
            return static_cast<std::uint64_t>((limits.*member).count());
          }
        },
        info.member);
    EXPECT_GE(value, info.least) << info.name;
    EXPECT_LE(value, info.most) << info.name;
  }
  // A limit that the table does not have could not be set.
  EXPECT_EQ(names.size() * sizeof(std::size_t), sizeof(Limits));
}

TEST(CommandSize, CountsWordsAndRangesOutsideOfStrings) {
  struct Case {
    std::string_view unit;
    std::size_t words;
    std::size_t ranges;
  };
  for (const Case& each :
       {Case{"", 0, 0}, Case{"a b\r\n", 2, 1}, Case{"a b (c (d))\r\n", 4, 1}, Case{"a \"b, c \\\" (d\" e\r\n", 3, 1},
        Case{"a 1,2,3 4,5\r\n", 3, 3}, Case{"a {5+}\r\nb, c, d\r\n", 3, 1}, Case{"a {5+}\r\nb c d {99}\r\n", 3, 1},
        Case{"a \"b c\r\n", 2, 1}, Case{"a \"b\\\r\n", 2, 1}}) {
    EXPECT_EQ(size_of(each.unit).words, each.words) << each.unit;
    EXPECT_EQ(size_of(each.unit).ranges, each.ranges) << each.unit;
  }
}

}  // namespace
}  // namespace imapspec::server
