#include "tests/house/file_rules.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/house/source_tree.h"

namespace imapspec::house {
namespace {

using ::testing::ElementsAre;
using ::testing::Pair;

TEST(PathOfAMachine, IsFound) {
  EXPECT_EQ(path_of_a_machine("see /ho"
                              "me/someone/x.cc"),
            " /ho"
            "me/someone");
  EXPECT_EQ(path_of_a_machine("/ro"
                              "ot/x"),
            "/ro"
            "ot/x");
  EXPECT_EQ(path_of_a_machine("dir=\"/wo"
                              "rk/x\""),
            "\"/wo"
            "rk/x");
}

TEST(PathOfAMachine, IsNotSeenInOtherPaths) {
  EXPECT_EQ(path_of_a_machine("build/wo"
                              "rk/x, ${root}/ho"
                              "me/x, ~/ro"
                              "ot, /usr/bin/env, /tmp"),
            std::nullopt);
}

TEST(HeaderProblem, AGoodHeaderHasNone) {
  EXPECT_EQ(header_problem("// Cursor: a place in octets.\n// RFC 9051.\n#pragma once\n\n#include <x>\n"),
            std::nullopt);
}

TEST(HeaderProblem, TheCommentIsRequired) {
  EXPECT_NE(header_problem("#pragma once\n// Cursor.\n"), std::nullopt);
  EXPECT_NE(header_problem(""), std::nullopt);
}

TEST(HeaderProblem, PragmaOnceIsRequired) {
  EXPECT_NE(header_problem("// Cursor.\n#include <x>\n#pragma once\n"), std::nullopt);
  EXPECT_NE(header_problem("// Cursor."), std::nullopt);
}

TEST(CountLines, CountsALastLineWithoutItsEnd) {
  EXPECT_EQ(count_lines(""), 0U);
  EXPECT_EQ(count_lines("a\n"), 1U);
  EXPECT_EQ(count_lines("a\nb"), 2U);
}

TEST(IsSource, CodeAndScriptsAreAndDataIsNot) {
  for (const char* path : {"a/b.h", "a/b.cc", "cmake/x.cmake", "a/CMakeLists.txt", "check", "targets/x/start"}) {
    EXPECT_TRUE(is_source(path)) << path;
  }
  for (const char* path : {"README.md", "scenarios/ledger/x.yaml", "corpus/a/b.txt", "a.b/c.eml"}) {
    EXPECT_FALSE(is_source(path)) << path;
  }
}

TEST(ReadReasons, SplitsPathAndReason) {
  EXPECT_THAT(read_reasons("# comment\na/b.cc: one table\n\nc.cc\n"),
              ElementsAre(Pair("a/b.cc", "one table"), Pair("c.cc", "")));
}

TEST(Files, NoFileHoldsAPathOfSomebodysMachine) {
  std::size_t seen = 0;
  for (const std::string& file : kept_files()) {
    ++seen;
    const auto found = path_of_a_machine(read_file(file));
    EXPECT_EQ(found, std::nullopt) << file << " has " << found.value_or("");
  }
  EXPECT_GT(seen, 50U);
}

TEST(Files, EveryHeaderSaysWhatItIs) {
  std::size_t seen = 0;
  for (const std::string& file : kept_files()) {
    if (!file.ends_with(".h")) continue;
    ++seen;
    const auto problem = header_problem(read_file(file));
    EXPECT_EQ(problem, std::nullopt) << file << " " << problem.value_or("");
  }
  EXPECT_GT(seen, 20U);
}

TEST(Files, NoSourceIsLongWithoutAReason) {
  auto reasons = read_reasons(read_file("tests/house/long_files.txt"));
  for (const std::string& file : kept_files()) {
    if (!is_source(file) || file.starts_with("corpus/")) continue;
    const std::size_t lines = count_lines(read_file(file));
    const auto listed = reasons.find(file);
    if (listed == reasons.end()) {
      EXPECT_LE(lines, kMostLines) << file << " is long, and tests/house/long_files.txt has no reason for it";
      continue;
    }
    EXPECT_GT(lines, kMostLines) << file << " is no longer long: take it off tests/house/long_files.txt";
    EXPECT_FALSE(listed->second.empty()) << file << " is listed without a reason";
    reasons.erase(listed);
  }
  for (const auto& [file, reason] : reasons)
    ADD_FAILURE() << "tests/house/long_files.txt lists " << file << ", which is not there";
}

}  // namespace
}  // namespace imapspec::house
