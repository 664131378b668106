// The seeds of the parsers' fuzz targets, against the laws of units.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <string>
#include <string_view>

#include "tests/parser/laws.h"

namespace imapspec::parser::test {
namespace {

// with_everything adds every extension there is.
Profile with_everything(Profile profile) {
  profile.extensions = ~decltype(profile.extensions){0};
  return profile;
}

// check_seeds holds each seed of a folder, whatever it shows, against the laws of the kinds.
void check_seeds(std::string_view folder, std::initializer_list<UnitKind> kinds) {
  std::set<std::filesystem::path> files;
  for (const auto& entry :
       std::filesystem::directory_iterator(std::filesystem::path(IMAPSPEC_SOURCE_DIR) / "corpus" / folder)) {
    files.insert(entry.path());
  }
  EXPECT_GE(files.size(), 80U);
  for (const std::filesystem::path& file : files) {
    SCOPED_TRACE(file.filename().string());
    std::ifstream stream(file, std::ios::binary);
    const std::string octets((std::istreambuf_iterator<char>(stream)), std::istreambuf_iterator<char>());
    ASSERT_FALSE(octets.empty());
    for (const UnitKind kind : kinds) {
      for (const Profile& profile : {kRev1, kRev2, kRev1AndRev2}) {
        expect_unit_laws(kind, octets, profile);
        expect_unit_laws(kind, octets, with_everything(profile));
      }
    }
  }
}

TEST(Corpus, SeedsOfCommandsObeyTheLaws) {
  check_seeds("parse_command", {UnitKind::Command, UnitKind::AuthenticateData, UnitKind::IdleDone});
}

TEST(Corpus, SeedsOfResponsesObeyTheLaws) { check_seeds("parse_response", {UnitKind::Response, UnitKind::Greeting}); }

}  // namespace
}  // namespace imapspec::parser::test
