// mbox files.
#include "cli/mbox.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace imapspec::cli {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

std::vector<std::string> messages(std::string_view file) {
  const auto read = read_mbox(file);
  EXPECT_TRUE(read) << read.error();
  return read.value_or(std::vector<std::string>());
}

TEST(Mbox, PartsMessagesAtFromLines) {
  EXPECT_THAT(messages("From a@b Thu Feb 29 12:00:00 2024\nA: 1\n\none\n\nFrom c\nA: 2\n\ntwo\n"),
              ElementsAre("A: 1\r\n\r\none\r\n", "A: 2\r\n\r\ntwo\r\n"));
}

TEST(Mbox, AFromLineInAParagraphIsText) {
  EXPECT_THAT(messages("From a\nA: 1\n\none\nFrom here on\n\n"), ElementsAre("A: 1\r\n\r\none\r\nFrom here on\r\n"));
}

TEST(Mbox, OneQuoteIsTakenOff) {
  EXPECT_THAT(messages("From a\nA: 1\n\n>From b\n>>From c\n>from d\n> From e\n\n"),
              ElementsAre("A: 1\r\n\r\nFrom b\r\n>From c\r\n>from d\r\n> From e\r\n"));
}

TEST(Mbox, AnUnquotedFromIsNoNewMessage) {
  // What was ">From " is text, also behind an empty line.
  EXPECT_THAT(messages("From a\nA: 1\n\n\n>From b\n\nFrom c\nA: 2\n\n"),
              ElementsAre("A: 1\r\n\r\n\r\nFrom b\r\n", "A: 2\r\n"));
}

TEST(Mbox, TakesLinesAsTheyEnd) {
  EXPECT_THAT(messages("From a\r\nA: 1\r\n\r\none\rmore\r\n\r\nFrom b\r\nA: 2\n\nno end"),
              ElementsAre("A: 1\r\n\r\none\rmore\r\n", "A: 2\r\n\r\nno end\r\n"));
}

TEST(Mbox, FieldsOfMailProgramsAreKept) {
  EXPECT_THAT(messages("From a\nStatus: RO\nA: 1\n\n"), ElementsAre("Status: RO\r\nA: 1\r\n"));
}

TEST(Mbox, AnEmptyFileHasNoMessages) { EXPECT_THAT(messages(""), IsEmpty()); }

TEST(Mbox, OtherFilesAreAnError) {
  const auto read = read_mbox("A: 1\n\nFrom a\n");
  ASSERT_FALSE(read);
  EXPECT_THAT(read.error(), HasSubstr("does not begin with \"From \""));
}

TEST(Crlf, EndsEveryLine) {
  EXPECT_EQ(with_crlf("a\nb\r\n\nc\rd"), "a\r\nb\r\n\r\nc\rd");
  EXPECT_EQ(with_crlf(""), "");
  EXPECT_EQ(with_crlf("\r"), "\r");
}

}  // namespace
}  // namespace imapspec::cli
