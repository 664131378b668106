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

// check_seeds holds each seed of a folder, whatever it shows and whoever may send it, against the laws.
void check_seeds(std::string_view folder) {
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
    for (const UnitKind kind :
         {UnitKind::Command, UnitKind::AuthenticateData, UnitKind::IdleDone, UnitKind::Response, UnitKind::Greeting}) {
      expect_unit_laws(kind, octets);
    }
  }
}

TEST(Corpus, SeedsOfCommandsObeyTheLaws) { check_seeds("parse_command"); }

TEST(Corpus, SeedsOfResponsesObeyTheLaws) { check_seeds("parse_response"); }

}  // namespace
}  // namespace imapspec::parser::test
