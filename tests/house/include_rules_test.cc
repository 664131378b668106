#include "tests/house/include_rules.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/house/source_tree.h"

namespace imapspec::house {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

struct Example {
  std::string_view file;
  std::string_view target;
  bool quoted;
};

void PrintTo(const Example& example, std::ostream* out) { *out << example.file << " includes " << example.target; }

class Allowed : public ::testing::TestWithParam<Example> {};
class Forbidden : public ::testing::TestWithParam<Example> {};

TEST_P(Allowed, HasNoViolation) {
  const auto& [file, target, quoted] = GetParam();
  EXPECT_EQ(violation(file, {std::string(target), quoted, 7}), std::nullopt);
}

TEST_P(Forbidden, HasAViolationThatNamesThePlace) {
  const auto& [file, target, quoted] = GetParam();
  const auto found = violation(file, {std::string(target), quoted, 7});
  ASSERT_TRUE(found.has_value());
  EXPECT_TRUE(found->starts_with(std::string(file) + ":7: ")) << *found;
  EXPECT_NE(found->find(target), std::string::npos) << *found;
}

INSTANTIATE_TEST_SUITE_P(Table, Allowed,
                         ::testing::Values(Example{"parser/core/cursor.cc", "parser/core/cursor.h", true},
                                           Example{"parser/grammar/fetch.cc", "parser/core/cursor.h", true},
                                           Example{"parser/grammar/fetch.cc", "vector", false},
                                           Example{"server/session/session.cc", "parser/grammar/parse.h", true},
                                           Example{"server/session/session.cc", "server/store/account.h", true},
                                           Example{"server/net/listener.cc", "server/session/session.h", true},
                                           Example{"server/net/listener.cc", "asio.hpp", false},
                                           Example{"runner/scenario/loader.cc", "yaml-cpp/eventhandler.h", false},
                                           Example{"runner/transport/tcp.cc", "runner/run/link.h", true},
                                           Example{"runner/transport/tcp.cc", "openssl/ssl.h", false},
                                           Example{"runner/run/executor.cc", "runner/monitor/monitor.h", true},
                                           Example{"reports/json.cc", "runner/result/result.h", true},
                                           Example{"cli/run.cc", "server/net/listener.h", true},
                                           Example{"cli/main.cc", "CLI/CLI.hpp", false},
                                           Example{"fuzz/session_fuzzer.cc", "server/session/session.h", true},
                                           Example{"tests/runner/tcp_test.cc", "sys/socket.h", false}));

INSTANTIATE_TEST_SUITE_P(Table, Forbidden,
                         ::testing::Values(Example{"parser/core/cursor.cc", "parser/grammar/parse.h", true},
                                           Example{"parser/grammar/fetch.cc", "parser/abnf/earley.h", true},
                                           Example{"parser/abnf/earley.cc", "parser/grammar/fetch.h", true},
                                           Example{"parser/grammar/fetch.cc", "runner/result/result.h", true},
                                           Example{"server/session/session.cc", "server/net/listener.h", true},
                                           Example{"server/session/session.cc", "runner/result/result.h", true},
                                           Example{"server/session/session.cc", "sys/socket.h", false},
                                           Example{"runner/run/executor.cc", "server/session/session.h", true},
                                           Example{"runner/transport/tcp.cc", "server/net/listener.h", true},
                                           Example{"runner/run/executor.cc", "runner/transport/tcp.h", true},
                                           Example{"runner/transport/tcp.cc", "runner/run/executor.h", true},
                                           Example{"runner/run/executor.cc", "asio.hpp", false},
                                           Example{"runner/run/executor.cc", "asio/ssl.hpp", false},
                                           Example{"runner/match/match.cc", "runner/run/link.h", true},
                                           Example{"runner/run/executor.cc", "yaml-cpp/yaml.h", false},
                                           Example{"cli/run.cc", "yaml-cpp/yaml.h", false},
                                           Example{"reports/json.cc", "runner/scenario/scenario.h", true},
                                           Example{"reports/json.cc", "parser/core/cursor.h", true},
                                           Example{"fuzz/net_fuzzer.cc", "server/net/listener.h", true},
                                           Example{"fuzz/tcp_fuzzer.cc", "runner/transport/tcp.h", true},
                                           Example{"runner/run/executor.cc", "tests/house/source_tree.h", true},
                                           Example{"runner/run/executor.cc", "link.h", true},
                                           Example{"runner/run/executor.cc", "../transport/tcp.h", true},
                                           // A longer name is another folder.
                                           Example{"runner/run/x.cc", "parserx/core/cursor.h", true}));

TEST(IncludeRules, AFileInAFolderWithoutARowIsAViolation) {
  const auto found = violation("runner/running/x.cc", {"parser/core/cursor.h", true, 3});
  ASSERT_TRUE(found.has_value());
  EXPECT_EQ(*found, "runner/running/x.cc:3: no row of the table is about this folder");
}

TEST(ReadIncludes, FindsEveryFormAndItsLine) {
  EXPECT_THAT(read_includes("#include <a>\n\n  #  include \"b/c.h\"  // why\n#include<d.h>\n"),
              ElementsAre(Include{"a", false, 1}, Include{"b/c.h", true, 3}, Include{"d.h", false, 4}));
}

TEST(ReadIncludes, TakesNothingElse) {
  EXPECT_THAT(
      read_includes("// #include \"a\"\n#define include \"a\"\n#pragma once\n#include MACRO\n#include \"open\n"),
      IsEmpty());
}

TEST(IncludeRules, HoldInTheWholeTree) {
  std::size_t lines = 0;
  for (const std::string& file : kept_files()) {
    if (!file.ends_with(".h") && !file.ends_with(".cc")) continue;
    for (const Include& include : read_includes(read_file(file))) {
      ++lines;
      if (const auto found = violation(file, include)) ADD_FAILURE() << *found;
      if (include.quoted) {
        EXPECT_TRUE(std::filesystem::exists(repository_root() / include.target))
            << file << ":" << include.line << ": no such file: " << include.target;
      }
    }
  }
  // A check of nothing would pass, too.
  EXPECT_GT(lines, 100U);
}

}  // namespace
}  // namespace imapspec::house
