#include "parser/grammar/extension_names.h"

#include <gtest/gtest.h>

#include <vector>

#include "parser/grammar/extensions/hooks.h"

namespace imapspec::parser::test {
namespace {

Profile of(const std::vector<std::string_view>& capabilities) {
  std::vector<AtomName> names;
  for (const std::string_view capability : capabilities) names.push_back(AtomName::from(capability).value());
  return profile_of(names);
}

TEST(ExtensionNames, RevisionsAreThoseListed) {
  EXPECT_EQ(of({"IMAP4rev1"}), kRev1);
  EXPECT_EQ(of({"imap4REV2"}), kRev2);
  EXPECT_EQ(of({"IMAP4rev2", "IMAP4rev1"}), kRev1AndRev2);
  EXPECT_EQ(of({"IMAP4"}), kRev1);
  EXPECT_EQ(of({}), kRev1);
}

TEST(ExtensionNames, EachPutsItsExtensionInForce) {
  for (const ExtensionName& name : kExtensionNames) {
    Profile expected = kRev1;
    expected.add(name.extension);
    EXPECT_EQ(of({"IMAP4rev1", name.capability, "X-OTHER"}), expected) << name.capability;
  }
}

TEST(ExtensionNames, SomeCapabilitiesHaveValues) {
  Profile expected = kRev1;
  expected.add(Extension::AppendLimit).add(Extension::Quota).add(Extension::Utf8Accept);
  EXPECT_EQ(of({"appendlimit=257890", "QUOTA=RES-STORAGE", "UTF8=ONLY"}), expected);
  EXPECT_EQ(of({"APPENDLIMITS", "QUOTASET", "QUOTA=", "UTF8=", "ID=", "AUTH=ID", "RIGHTS=texk", "IDX"}), kRev1);
}

TEST(ExtensionNames, QresyncIncludesCondstore) {
  EXPECT_TRUE(of({"QRESYNC"}).has(Extension::Condstore));
  EXPECT_FALSE(of({"CONDSTORE"}).has(Extension::Qresync));
}

TEST(ExtensionNames, Rev2ContainsWhatItTookOver) {
  EXPECT_TRUE(kRev2.has(Extension::Idle));
  EXPECT_FALSE(kRev2.has_added(Extension::Idle));
  EXPECT_TRUE(of({"IMAP4rev2", "IDLE"}).has_added(Extension::Idle));
  EXPECT_FALSE(kRev2.has(Extension::LiteralPlus));
  EXPECT_FALSE(kRev1.has(Extension::Idle));
}

TEST(ExtensionNames, EnabledBringsMoreThanItsCapability) {
  Profile profile = kRev1;
  add_enabled(profile, "utf8=accept");
  EXPECT_EQ(profile, Profile(kRev1).add(Extension::Utf8Accept).add(Extension::Utf8Enabled));
  add_enabled(profile, "IMAP4rev2");
  EXPECT_TRUE(profile.rev1 && profile.rev2);
  add_enabled(profile, "QRESYNC");
  EXPECT_TRUE(profile.has(Extension::Qresync) && profile.has(Extension::Condstore));
}

// A row of an extension that a revision contains would be no addition to it.
TEST(ExtensionRows, AreOfExtensionsThatNoRevisionContains) {
  const std::vector<ExtensionRow> rows = extension_rows();
  EXPECT_GE(rows.size(), 30U);
  for (const ExtensionRow& row : rows) {
    EXPECT_FALSE(kRev1AndRev2.has(row.extension)) << row.rule << " " << row.word;
    EXPECT_TRUE(row.reference.starts_with("RFC ")) << row.rule << " " << row.word;
  }
}

}  // namespace
}  // namespace imapspec::parser::test
