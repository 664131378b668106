#include "parser/grammar/list.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/parser/dump.h"
#include "tests/parser/rule_table.h"
#include "tests/parser/unit_laws.h"

namespace imapspec::parser::test {
namespace {

const Profile kRev1Extended = Profile(kRev1).add(Extension::ListExtended);

TEST(List, Arguments) {
  check_rule(
      {
          accepted("reference and pattern", " \"\" %\r\n", "\"\" %", 2),
          accepted("an empty pattern", " \"\" \"\"", "\"\" \"\""),
          accepted("a reference", " ~/Mail/ %.*", "~/Mail/ %.*"),
          accepted("strings", " {3}\r\na b \"*\"", "{3}a b \"*\""),
          accepted("INBOX as a reference", " inbox *", "<INBOX> *"),
          accepted("one pattern in parentheses", " \"\" (%)", "\"\" (%)"),
          accepted("two patterns", " \"\" (% music/rock)", "\"\" (% music/rock)"),
          accepted("no selection options", " () \"\" %", "select() \"\" %"),
          accepted("REMOTE", " (REMOTE) \"\" %", "select(REMOTE) \"\" %"),
          accepted("SUBSCRIBED", " (subscribed) \"\" %", "select(subscribed) \"\" %"),
          accepted("SUBSCRIBED RECURSIVEMATCH", " (SUBSCRIBED RECURSIVEMATCH) \"\" %",
                   "select(SUBSCRIBED RECURSIVEMATCH) \"\" %"),
          accepted("the other way round", " (RECURSIVEMATCH REMOTE SUBSCRIBED) \"\" %",
                   "select(RECURSIVEMATCH REMOTE SUBSCRIBED) \"\" %"),
          accepted("an extension's option", " (SPECIAL-USE) \"\" %", "select(SPECIAL-USE) \"\" %"),
          accepted("with a value", " (FOO (a (b \"c\") d)) \"\" %", "select(FOO=(a (b \"c\") d)) \"\" %"),
          accepted("a vendor's option", " (vendor.a-b (x)) \"\" %", "select(vendor.a-b=(x)) \"\" %"),
          accepted("return options", " \"\" % RETURN (SUBSCRIBED CHILDREN)", "\"\" % return(SUBSCRIBED CHILDREN)"),
          accepted("no return options", " \"\" % return ()", "\"\" % return()"),
          accepted("RETURN STATUS", " \"\" % RETURN (STATUS (MESSAGES UNSEEN) CHILDREN)",
                   "\"\" % return(STATUS=(MESSAGES UNSEEN) CHILDREN)"),
          accepted("an extension's return option", " \"\" % RETURN (SPECIAL-USE MYRIGHTS (x))",
                   "\"\" % return(SPECIAL-USE MYRIGHTS=(x))"),
          invalid("RECURSIVEMATCH alone", " (RECURSIVEMATCH) \"\" %", 16),
          invalid("RECURSIVEMATCH and REMOTE", " (REMOTE RECURSIVEMATCH) \"\" %", 23),
          invalid("RECURSIVEMATCH and an unknown option", " (FOO RECURSIVEMATCH) \"\" %", 20),
          invalid("SUBSCRIBED with a value", " (SUBSCRIBED (x)) \"\" %", 13),
          invalid("an empty value", " (FOO ()) \"\" %", 7),
          invalid("empty parentheses in a value", " (FOO (a ())) \"\" %", 10),
          invalid("a space at the end of the options", " (REMOTE ) \"\" %", 9),
          invalid("two spaces in the options", " (REMOTE  SUBSCRIBED) \"\" %", 9),
          invalid("options of strings", " (\"REMOTE\") \"\" %", 2),
          invalid("a vendor's option with a line end in it", " (vendor.a\r\n-b) \"\" %", 10),
          invalid("no patterns", " \"\" ()", 5),
          invalid("patterns and a space", " \"\" (% )", 7),
          invalid("a wildcard in the reference", " % *", 1),
          invalid("no pattern", " \"\"\r\n", 3),
          invalid("two spaces", " \"\"  %", 4),
          invalid("another word than RETURN", " \"\" % RETRUN ()", 9),
          invalid("RETURN without options", " \"\" % RETURN\r\n", 12),
          invalid("RETURN without a space", " \"\" % RETURN()", 12),
          invalid("RETURN STATUS without a list", " \"\" % RETURN (STATUS)", 20),
          invalid("RETURN STATUS with a string", " \"\" % RETURN (STATUS \"UNSEEN\")", 21),
          invalid("RETURN STATUS with an empty list", " \"\" % RETURN (STATUS ())", 22),
          invalid("RETURN STATUS with an unknown item", " \"\" % RETURN (STATUS (FOO))", 22),
          invalid("RETURN CHILDREN with a value", " \"\" % RETURN (CHILDREN (x))", 23),
          invalid("options in plain rev1", " () \"\" %", 1).in(kRev1),
          invalid("patterns in plain rev1", " \"\" (%)", 4).in(kRev1),
          accepted("RETURN in plain rev1 is not of LIST", " \"\" % RETURN ()", "\"\" %", 10).in(kRev1),
          accepted("options in extended rev1", " (REMOTE) \"\" (%) RETURN (CHILDREN)",
                   "select(REMOTE) \"\" (%) return(CHILDREN)")
              .in(kRev1Extended),
          incomplete("cut in RETURN", " \"\" % RET"),
          incomplete("cut in the options", " (RECURSIVEMATCH"),
          incomplete("nothing", ""),
      },
      [](Cursor& in, const Profile& profile) { return list_arguments(in, profile); }, kDump);
}

TEST(List, MailboxList) {
  check_rule(
      {
          accepted("plain", "(\\Noselect) \"/\" foo\r\n", "(\\Noselect) \"/\" foo", 2),
          accepted("no attributes", "() \"/\" foo", "() \"/\" foo"),
          accepted("no hierarchy", "() NIL INBOX", "() nil <INBOX>"),
          accepted("an escaped delimiter", R"(() "\\" foo)", R"(() "\" foo)"),
          accepted("a delimiter beyond ASCII", "() \"\xc2\xb7\" foo", "() \"\\xC2\\xB7\" foo"),
          accepted("other attributes", "(\\Marked \\HasChildren \\X) \"/\" foo",
                   "(\\Marked \\HasChildren \\X) \"/\" foo"),
          accepted("a name that is longer than an attribute", "(\\Marked \\Markedx) \"/\" foo",
                   "(\\Marked \\Markedx) \"/\" foo"),
          accepted("extended items", "() \"/\" foo (\"CHILDINFO\" (\"SUBSCRIBED\") x 1:5 OLDNAME ({1}\r\na))",
                   "() \"/\" foo \"CHILDINFO\"=(\"SUBSCRIBED\") x=1:5 OLDNAME={1}a"),
          accepted("no extended items", "() \"/\" foo ()", "() \"/\" foo"),
          invalid("two selectability attributes", "(\\Noselect \\Marked) \"/\" foo", 18),
          invalid("two more", "(\\Marked \\X \\unmarked) \"/\" foo", 21),
          invalid("a named attribute twice", "(\\Remote \\Y \\remote) \"/\" foo", 19),
          accepted("an attribute twice of which nothing is known", "(\\X \\x) \"/\" foo", "(\\X \\x) \"/\" foo"),
          invalid("children and none", "(\\HasChildren \\HasNoChildren) \"/\" foo", 28),
          accepted("both, which plain rev1 does not know", "(\\HasChildren \\HasNoChildren) \"/\" foo",
                   "(\\HasChildren \\HasNoChildren) \"/\" foo")
              .in(kRev1),
          invalid("one selectability attribute twice", "(\\Marked \\Marked) \"/\" foo", 16),
          invalid("an attribute without a backslash", "(Noselect) \"/\" foo", 1),
          invalid("an empty delimiter", "() \"\" foo", 4),
          invalid("two octets", "() \"//\" foo", 5),
          invalid("an unescaped backslash", "() \"\\\" foo", 6),
          invalid("a delimiter without quotes", "() / foo", 3),
          invalid("a delimiter beyond ASCII in rev1", "() \"\xc2\xb7\" foo", 4).in(kRev1),
          invalid("two spaces before the name", "() \"/\"  foo", 7),
          invalid("a name with spaces", "() \"/\" foo bar", 11),
          invalid("no name", "() \"/\"\r\n", 6),
          invalid("an atom for a value", "() \"/\" foo (x y)", 14),
          invalid("a string for a value", "() \"/\" foo (x \"y\")", 14),
          invalid("an option that is no base option for CHILDINFO", "() \"/\" foo (CHILDINFO (\"REMOTE\"))", 30),
          invalid("no option for CHILDINFO", "() \"/\" foo (CHILDINFO (\"\"))", 24),
          invalid("an option that does not end for CHILDINFO", "() \"/\" foo (CHILDINFO (\"x y\"))", 25),
          invalid("a label in a literal of no octets", "() \"/\" foo ({00}\r\n 5)", 15),
          invalid("a label in a literal of no size", "() \"/\" foo ({x 5)", 13),
          invalid("a label in a literal that does not close", "() \"/\" foo ({1 5)", 14),
          invalid("a label in a literal with a line end", "() \"/\" foo ({2}\r\na\n 5)", 18),
          invalid("a label with a bracket", "() \"/\" foo (a] 5)", 13),
          invalid("no label", "() \"/\" foo ( 5)", 12),
          pending("a label in a literal that is cut", "() \"/\" foo ({2}\r\na"),
          invalid("a string for the options of CHILDINFO", "() \"/\" foo (CHILDINFO ({1}\r\nx))", 23),
          accepted("extended items in plain rev1", "() \"/\" foo ()", "() \"/\" foo", 3).in(kRev1),
          incomplete("cut in NIL", "() NI"),
          incomplete("an attribute that may still differ", "(\\Marked \\Marked"),
      },
      [](Cursor& in, const Profile& profile) { return mailbox_list(in, profile); }, kDump);
}

TEST(List, SaysWhichAttributesExcludeEachOther) {
  Arena arena;
  const std::string unit = "* LIST (\\HasChildren \\HasNoChildren) NIL a\r\n";
  const auto error = parse_error(UnitKind::Response, unit, kRev2, arena);
  ASSERT_EQ(outcome_of(error), "Invalid");
  EXPECT_EQ(describe(*error, unit),
            "offset 35: mbx-list-flags: expected another flag: one of \\HasChildren and \\HasNoChildren is there, "
            "found \")\"");
}

TEST(List, NamespaceResponse) {
  check_rule(
      {
          accepted("one", " ((\"\" \"/\")) NIL NIL\r\n", "(\"\"|\"/\")()()", 2),
          accepted("more", " ((\"\" \"/\")(\"#mh/\" NIL)) ((\"~\" \"/\")) nil",
                   "(\"\"|\"/\" \"#mh/\"|nil)(\"~\"|\"/\")()"),
          accepted("none", " NIL NIL NIL", "()()()"),
          accepted("a literal", " (({1}\r\na NIL)) NIL NIL", "({1}a|nil)()()"),
          accepted("an extension", " ((\"\" \"/\" \"X-PARAM\" (\"FLAG1\" \"FLAG2\"))) NIL NIL",
                   "(\"\"|\"/\" \"X-PARAM\"(\"FLAG1\" \"FLAG2\"))()()"),
          invalid("a space between two", " ((\"\" \"/\") (\"#mh/\" \"/\")) NIL NIL", 10),
          invalid("an empty list", " () NIL NIL", 2),
          invalid("an atom for a prefix", " ((a \"/\")) NIL NIL", 3),
          invalid("an empty delimiter", " ((\"\" \"\")) NIL NIL", 7),
          invalid("two spaces", " ((\"\" \"/\")) NIL  NIL", 16),
          invalid("only two", " NIL NIL\r\n", 8),
          invalid("an extension without values", " ((\"\" \"/\" \"X\" ())) NIL NIL", 15),
          incomplete("cut in NIL", " N"),
      },
      [](Cursor& in, const Profile& profile) { return namespace_response(in, profile); }, kDump);
}

}  // namespace
}  // namespace imapspec::parser::test
