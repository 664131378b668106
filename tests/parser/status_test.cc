#include "parser/grammar/status.h"

#include <gtest/gtest.h>

#include "parser/grammar/capability.h"
#include "tests/parser/dump.h"
#include "tests/parser/rule_table.h"

namespace imapspec::parser::test {
namespace {

TEST(Status, StatusAtts) {
  const Profile with_size = Profile(kRev1).add(Extension::StatusSize);
  check_rule(
      {
          accepted("all of rev2", "(MESSAGES UIDNEXT UIDVALIDITY UNSEEN DELETED SIZE)",
                   "(MESSAGES UIDNEXT UIDVALIDITY UNSEEN DELETED SIZE)"),
          accepted("in any case", "(uidNext)", "(UIDNEXT)"),
          accepted("RECENT in rev1", "(RECENT)", "(RECENT)").in(kRev1),
          accepted("RECENT in both", "(RECENT DELETED)", "(RECENT DELETED)").in(kRev1AndRev2),
          accepted("SIZE in rev1 with its extension", "(SIZE)", "(SIZE)").in(with_size),
          invalid("RECENT in rev2", "(RECENT)", 1),
          invalid("SIZE in rev1", "(SIZE)", 1).in(kRev1),
          invalid("DELETED in rev1", "(DELETED)", 1).in(kRev1),
          invalid("none", "()", 1),
          invalid("unknown", "(MESSAGES FOO)", 10),
          invalid("no list", "MESSAGES", 0),
          invalid("a space at the end", "(MESSAGES )", 10),
          invalid("two spaces", "(MESSAGES  UNSEEN)", 10),
          invalid("a longer word", "(UNSEENX)", 7),
          incomplete("cut in a word", "(UIDV"),
          incomplete("not closed", "(UNSEEN"),
      },
      [](Cursor& in, const Profile& profile) { return status_atts(in, profile, "status"); }, kDump);
}

TEST(Status, StatusData) {
  check_rule(
      {
          accepted("two values", "blurdybloop (MESSAGES 231 UIDNEXT 44292)", "blurdybloop MESSAGES=231 UIDNEXT=44292"),
          accepted("none", "\"a b\" ()", "\"a b\""),
          accepted("a size beyond 32 bits", "a (SIZE 4294967296)", "a SIZE=4294967296"),
          accepted("zeros", "a (MESSAGES 0 UNSEEN 00)", "a MESSAGES=0 UNSEEN=0"),
          accepted("RECENT in rev1", "a (RECENT 1)", "a RECENT=1").in(kRev1),
          invalid("RECENT in rev2", "a (RECENT 1)", 3),
          invalid("UIDNEXT zero", "a (UIDNEXT 0)", 11),
          invalid("UIDVALIDITY zero", "a (UIDVALIDITY 0)", 15),
          invalid("MESSAGES beyond 32 bits", "a (MESSAGES 4294967296)", 21),
          invalid("no value", "a (MESSAGES)", 11),
          invalid("a space at the end", "a (MESSAGES 1 )", 14),
          invalid("two spaces before the list", "a  (MESSAGES 1)", 2),
          invalid("no list", "a MESSAGES 1", 2),
          incomplete("not closed", "a (MESSAGES 1"),
      },
      [](Cursor& in, const Profile& profile) { return status_data(in, profile); }, kDump);
}

TEST(Capability, Capabilities) {
  check_rule(
      {
          accepted("two", " IMAP4rev2 AUTH=PLAIN\r\n", "(IMAP4rev2 AUTH=PLAIN)", 2),
          accepted("AUTH= alone is an atom", " AUTH=", "(AUTH=)"),
          accepted("stops at a bracket", " IMAP4rev2]", "(IMAP4rev2)", 1),
          invalid("none", "\r\n", 0),
          invalid("a space at the end", " FOO \r\n", 5),
          invalid("two spaces", " FOO  BAR", 5),
          incomplete("nothing", ""),
      },
      [](Cursor& in, const Profile&) { return capabilities(in, true, "enable"); }, kDump);
  check_rule(
      {accepted("none where none are needed", "\r\n", "()", 2)},
      [](Cursor& in, const Profile&) { return capabilities(in, false, "enable-data"); }, kDump);
}

TEST(Capability, CapabilityDataNamesTheRevision) {
  check_rule(
      {
          accepted("rev2", " IDLE IMAP4rev2 FOO\r\n", "(IDLE IMAP4rev2 FOO)", 2),
          accepted("in any case", " imap4REV2", "(imap4REV2)"),
          accepted("rev1", " IMAP4rev1", "(IMAP4rev1)").in(kRev1),
          accepted("either, rev1", " IMAP4rev1", "(IMAP4rev1)").in(kRev1AndRev2),
          accepted("either, rev2", " IMAP4rev2", "(IMAP4rev2)").in(kRev1AndRev2),
          invalid("rev1 only, under rev2", " IMAP4rev1\r\n", 10),
          invalid("rev2 only, under rev1", " IMAP4rev2\r\n", 10).in(kRev1),
          invalid("neither", " IDLE\r\n", 5).in(kRev1AndRev2),
          incomplete("neither so far", " IDLE IMAP4rev"),
      },
      [](Cursor& in, const Profile& profile) { return capability_data(in, profile); }, kDump);
}

TEST(Capability, LookupIgnoresCase) {
  const std::vector<AtomName> list{"IMAP4rev2", "AUTH=PLAIN"};
  EXPECT_TRUE(contains_capability(list, "auth=plain"));
  EXPECT_FALSE(contains_capability(list, "AUTH="));
}

}  // namespace
}  // namespace imapspec::parser::test
