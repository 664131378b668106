#include "parser/grammar/flag.h"

#include <gtest/gtest.h>

#include "parser/grammar/mailbox.h"
#include "tests/parser/dump.h"
#include "tests/parser/rule_table.h"

namespace imapspec::parser::test {
namespace {

TEST(Flag, Flag) {
  check_rule(
      {
          accepted("a system flag", "\\Seen)", "\\Seen", 1),
          accepted("a keyword", "$Forwarded", "$Forwarded"),
          accepted("any keyword", "foo[1}", "foo[1}"),
          accepted("an extension", "\\Seenx", "\\Seenx"),
          accepted("an extension that begins like Recent", "\\Recently", "\\Recently"),
          accepted("the keyword Recent", "Recent", "Recent"),
          invalid("Recent", "\\Recent ", 7),
          invalid("Recent in any case", "\\rECENT)", 7),
          incomplete("Recent, which may become Recently", "\\Recent"),
          invalid("star", "\\*", 1),
          invalid("a backslash alone", "\\ ", 1),
          invalid("two backslashes", "\\\\Seen", 1),
          invalid("a string", "\"foo\"", 0),
          incomplete("cut after the backslash", "\\"),
          incomplete("nothing", ""),
      },
      [](Cursor& in, const Profile&) { return flag(in); }, kDump);
}

TEST(Flag, FlagKeyword) {
  check_rule(
      {
          accepted("an atom", "$Junk ", "$Junk", 1),
          invalid("a system flag", "\\Seen", 0),
          invalid("a bracket", "]", 0),
          incomplete("nothing", ""),
      },
      [](Cursor& in, const Profile&) { return flag_keyword(in); }, kDump);
}

TEST(Flag, FlagFetch) {
  check_rule(
      {
          accepted("Recent", "\\Recent)", "\\Recent", 1),
          accepted("a flag", "\\Draft", "\\Draft"),
          invalid("star", "\\*", 1),
      },
      [](Cursor& in, const Profile&) { return flag_fetch(in); }, kDump);
}

TEST(Flag, FlagPerm) {
  check_rule(
      {
          accepted("star", "\\*)", "\\*", 1),
          accepted("a flag", "\\Draft", "\\Draft"),
          invalid("Recent", "\\Recent)", 7),
          invalid("a star without a backslash", "*", 0),
      },
      [](Cursor& in, const Profile&) { return flag_perm(in); }, kDump);
}

TEST(Flag, FlagList) {
  check_rule(
      {
          accepted("none", "()", "()"),
          accepted("two", "(\\Seen $Junk) ", "(\\Seen $Junk)", 1),
          accepted("one twice", "(\\Seen \\Seen)", "(\\Seen \\Seen)"),
          invalid("a space at the front", "( \\Seen)", 1),
          invalid("a space at the end", "(\\Seen )", 7),
          invalid("two spaces", "(\\Seen  \\Draft)", 7),
          invalid("no space", "(\\Seen\\Draft)", 6),
          invalid("Recent", "(\\Seen \\Recent)", 14),
          invalid("a list in a list", "((\\Seen))", 1),
          invalid("no list", "\\Seen", 0),
          incomplete("not closed", "(\\Seen"),
      },
      [](Cursor& in, const Profile&) { return flag_list(in); }, kDump);
}

TEST(Flag, CaseDoesNotMatter) {
  EXPECT_TRUE(Flag{"\\Seen"} == Flag{"\\sEEN"});
  EXPECT_FALSE(Flag{"\\Seen"} == Flag{"Seen"});
}

TEST(Mailbox, Mailbox) {
  check_rule(
      {
          accepted("INBOX", "INBOX ", "<INBOX>", 1),
          accepted("in any case", "iNbOx", "<INBOX>"),
          accepted("quoted", "\"inbox\"", "<INBOX>"),
          accepted("as a literal", "{5}\r\nInbox ", "<INBOX>", 1),
          accepted("more than INBOX", "INBOX.foo", "INBOX.foo"),
          accepted("less than INBOX", "INBO", "INBO"),
          accepted("NIL is a name", "NIL", "NIL"),
          accepted("the empty name", "\"\"", "\"\""),
          invalid("a wildcard", "*", 0),
          accepted("ends before a wildcard", "a%", "a", 1),
          incomplete("nothing", ""),
      },
      [](Cursor& in, const Profile& profile) { return mailbox(in, profile); }, kDump);
}

TEST(Mailbox, EverySpellingOfInboxIsOneMailbox) {
  const auto inbox = Mailbox::from({"INBOX", StringForm::Atom});
  const auto quoted = Mailbox::from({"inBox", StringForm::Quoted});
  ASSERT_TRUE(inbox && quoted);
  EXPECT_EQ(quoted->value(), "INBOX");
  EXPECT_TRUE(*inbox == *quoted);
  EXPECT_FALSE(Mailbox::from({"foo", StringForm::Atom}) == Mailbox::from({"Foo", StringForm::Atom}));
}

TEST(Mailbox, HasNoNul) { EXPECT_FALSE(Mailbox::from({"a\0b", StringForm::Literal8})); }

}  // namespace
}  // namespace imapspec::parser::test
