// APPEND with its extensions: MULTIAPPEND (RFC 3502), APPENDLIMIT (RFC 7889), BINARY (RFC 3516), LITERAL+ (RFC 7888).
#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "tests/server/conversation.h"

namespace imapspec::server {
namespace {

using Lines = std::vector<std::string>;

void play(const SessionOptions& options, const Lines& lines) {
  World world({}, options);
  world.ready();
  world.play(lines);
}

TEST(Multiappend, AddsAllMessagesWithTheirFlagsAndDates) {
  play({}, {"C: a APPEND INBOX (\\Seen) {3}",
            "S: + ~",
            "C: one \" 7-Feb-1994 22:43:04 -0800\" {3}",
            "S: + ~",
            "C: two (\\Draft) {5}",
            "S: + ~",
            "C: three",
            "S: a OK [APPENDUID 1709208000 1:3] ~",
            "C: b EXAMINE INBOX",
            "S: * FLAGS ~",
            "S: * 3 EXISTS",
            "S: * LIST ~",
            "S: * OK [PERMANENTFLAGS ~",
            "S: * OK [UIDNEXT 4] ~",
            "S: * OK [UIDVALIDITY ~",
            "S: b OK ~",
            "C: c FETCH 1:3 (FLAGS BODY[])",
            "S: * 1 FETCH (BODY[] \"one\" FLAGS (\\Seen))",
            "S: * 2 FETCH (BODY[] \"two\" FLAGS ())",
            "S: * 3 FETCH (BODY[] \"three\" FLAGS (\\Draft))",
            "S: c OK ~",
            "C: d FETCH 2 INTERNALDATE",
            "S: * 2 FETCH (INTERNALDATE \" 7-Feb-1994 22:43:04 -0800\")",
            "S: d OK ~"});
}

TEST(Multiappend, AddsNothingWhereOneMessageIsRefused) {
  SessionOptions options;
  options.limits.message = 10;
  play(options, {"C: a APPEND INBOX {3}", "S: + ~", "C: one {11}", "S: a NO [TOOBIG] ~",
                 "c: b APPEND INBOX {3+}\r\none \"31-Feb-1994 22:43:04 -0800\" {3+}\r\ntwo\r\n", "S: b NO ~",
                 "C: c STATUS INBOX (MESSAGES UIDNEXT)", "S: * STATUS INBOX (MESSAGES 0 UIDNEXT 1)", "S: c OK ~"});
}

TEST(Multiappend, AMessageWithoutOctetsTakesAllBack) {
  play({}, {"C: a APPEND INBOX {3}", "S: + ~", "C: one {0}", "S: + ~", "C: ", "S: a NO ~",
            "C: b STATUS INBOX (MESSAGES)", "S: * STATUS INBOX (MESSAGES 0)", "S: b OK ~"});
}

TEST(Multiappend, TheNameMayBeALiteralToo) {
  play({}, {"C: a APPEND {5}", "S: + ~", "C: INBOX {3}", "S: + ~", "C: one {3}", "S: + ~", "C: two",
            "S: a OK [APPENDUID 1709208000 1:2] ~", "C: b APPEND bogusname (\\Flagged) {3+}", "C: one",
            "S: b NO [TRYCREATE] ~"});
}

TEST(Multiappend, OffItIsASyntaxError) {
  SessionOptions options;
  options.offer.set("MULTIAPPEND", false);
  play(options, {"C: a APPEND INBOX {3}", "S: + ~", "C: one {3}", "S: a BAD ~", "C: b APPEND INBOX {0}", "S: + ~",
                 "C: ", "S: b OK ~"});
}

TEST(Appendlimit, IsACapabilityAndAStatusItem) {
  SessionOptions options;
  options.limits.message = 257'890;
  World world({}, options);
  world.ready();
  EXPECT_NE(world.transcript({"C: a CAPABILITY"}).find(" APPENDLIMIT=257890 "), std::string::npos);
  world.play({"C: t1 STATUS INBOX (APPENDLIMIT)", "S: * STATUS INBOX (APPENDLIMIT 257890)", "S: t1 OK ~",
              "C: t2 LIST \"\" % RETURN (STATUS (APPENDLIMIT))", "S: * LIST (\\HasNoChildren) \"/\" INBOX",
              "S: * STATUS INBOX (APPENDLIMIT 257890)", "S: t2 OK ~", "C: t3 APPEND INBOX {257891}",
              "S: t3 NO [TOOBIG] ~"});
}

TEST(Appendlimit, OffItIsNoStatusItem) {
  SessionOptions options;
  options.offer.set("APPENDLIMIT", false);
  play(options, {"C: a STATUS INBOX (APPENDLIMIT)", "S: a BAD ~"});
}

TEST(BinaryAppend, TakesWhatItCanGiveBack) {
  SessionOptions options;
  options.offer.rev1 = true;
  World world({}, options);
  world.ready();
  world.play({"c: a APPEND INBOX ~{3+}\r\none\r\n", "S: a OK [APPENDUID ~", "C: b APPEND INBOX ~{3}", "S: + ~"});
  world.send(1, std::string_view("a\0b\r\n", 5));
  world.play(
      {"S: b NO [UNKNOWN-CTE] ~", "C: c STATUS INBOX (MESSAGES)", "S: * STATUS INBOX (MESSAGES 1)", "S: c OK ~"});
}

TEST(BinaryAppend, IsNoPartOfRev2) {
  play({}, {"c: a APPEND INBOX ~{3+}\r\none\r\n", "S: a BAD ~", "C: b NOOP", "S: b OK ~"});
}

TEST(LiteralPlus, LiteralsOfAnySizeNeedNoRequest) {
  SessionOptions options;
  options.offer.set("LITERAL+", true);
  options.limits.message = 10'000;
  const std::string message(10'000, 'x');
  World world({}, options);
  world.ready();
  EXPECT_NE(world.transcript({"C: a CAPABILITY"}).find(" LITERAL+ "), std::string::npos);
  world.play({"c: a APPEND INBOX {10000+}\r\n" + message + "\r\n", "S: a OK ~",
              "c: b LOGIN {9000+}\r\n" + message.substr(1'000) + " x\r\n", "S: b BAD ~", "C: c APPEND INBOX {10001+}",
              "S: * BYE [TOOBIG] ~", "CLOSED"});
}

TEST(LiteralPlus, OtherLimitsStillHold) {
  SessionOptions options;
  options.offer.set("LITERAL+", true);
  options.limits.literal = 5'000;
  World world({}, options);
  world.ready();
  world.play(
      {"c: a CREATE {6000+}\r\n" + std::string(6'000, 'x') + "\r\n", "S: a NO [LIMIT] ~", "C: b NOOP", "S: b OK ~"});
}

TEST(Uidplus, OffThereIsNeitherCodeNorUidExpunge) {
  SessionOptions options;
  options.offer.rev1 = true;
  options.offer.rev2 = false;
  options.offer.set("UIDPLUS", false);
  play(options, {"c: a APPEND INBOX (\\Deleted) {3+}\r\none\r\n", "S: a OK APPEND ~", "C: b SELECT INBOX",
                 "S: * FLAGS ~", "S: * 1 EXISTS", "S: * 1 RECENT", "S: * OK [UNSEEN 1] ~", "S: * OK [PERMANENTFLAGS ~",
                 "S: * OK [UIDNEXT ~", "S: * OK [UIDVALIDITY ~", "S: b OK ~", "C: c UID EXPUNGE 1", "S: c BAD ~",
                 "C: d COPY 1 INBOX", "S: * 2 EXISTS", "S: * 2 RECENT", "S: d OK COPY ~"});
}

}  // namespace
}  // namespace imapspec::server
