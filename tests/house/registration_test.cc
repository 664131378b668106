// A file on disk that is not in the build is an error: a test that nobody runs passes for ever.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/house/build_listing.h"
#include "tests/house/source_tree.h"

namespace imapspec::house {
namespace {

using ::testing::UnorderedElementsAre;

namespace fs = std::filesystem;

#ifdef IMAPSPEC_LIBFUZZER
constexpr bool kLibFuzzer = true;
#else
constexpr bool kLibFuzzer = false;
#endif

std::string read_build_file(const fs::path& path) {
  return read_file(path.lexically_relative(repository_root()).generic_string());
}

// ctest_files yields the text of all CTestTestfile.cmake of this build.
std::string ctest_files() {
  std::string text;
  for (const std::string_view folder : {"tests", "fuzz"}) {
    const fs::path start = fs::path(IMAPSPEC_BINARY_DIR) / folder;
    for (const fs::directory_entry& entry : fs::recursive_directory_iterator(start)) {
      if (entry.path().filename() == "CTestTestfile.cmake") text += read_build_file(entry.path());
    }
  }
  return text;
}

std::string compile_commands() { return read_build_file(fs::path(IMAPSPEC_BINARY_DIR) / "compile_commands.json"); }

const std::map<std::string, std::set<std::string>>& sources_of_this_build() {
  static const auto kSources = compiled_sources(compile_commands(), repository_root(), read_build_file);
  return kSources;
}

TEST(CompiledSources, KnowsFilesAndTheirTargets) {
  const auto sources = compiled_sources(R"([
    {"directory": "/b", "file": "/r/a/x.cc", "command": "c++ -I/r -o a/CMakeFiles/liba.dir/x.cc.o -c /r/a/x.cc"},
    {"directory": "/b", "file": "/r/a/x.cc", "command": "c++ -o CMakeFiles/libb.dir/x.cc.o -c /r/a/x.cc"},
    {"directory": "/b", "file": "/b/a/Unity/u.cxx", "command": "c++ -o a/CMakeFiles/libc.dir/Unity/u.cxx.o -c u"},
    {"directory": "/b", "file": "/other/y.cc", "command": "c++ -o CMakeFiles/liba.dir/y.cc.o -c /other/y.cc"}])",
                                        "/r", [](const fs::path& file) {
                                          EXPECT_EQ(file, "/b/a/Unity/u.cxx");
                                          return std::string("/* made */\n#include \"/r/a/z.cc\"\n");
                                        });
  ASSERT_EQ(sources.size(), 2U);
  EXPECT_THAT(sources.at("a/z.cc"), UnorderedElementsAre("libc"));
  EXPECT_THAT(sources.at("a/x.cc"), UnorderedElementsAre("liba", "libb"));
}

TEST(VerifiedHeaders, AreThoseThatGeneratedSourcesInclude) {
  EXPECT_THAT(verified_headers(R"([
    {"directory": "/b", "file": "/b/p/lib_verify_interface_header_sets/p/core/x.h.cxx", "command": "c++"},
    {"directory": "/b", "file": "/r/p/core/x.cc", "command": "c++"}])"),
              UnorderedElementsAre("p/core/x.h"));
}

TEST(RegisteredTestPrograms, AreThoseWithDiscovery) {
  EXPECT_THAT(registered_test_programs("# comment\ninclude(\"/b/tests/a/a_test[1]_include.cmake\")\n"
                                       "include(\"/b/tests/b/b_test[1]_include.cmake\")\nsubdirs(\"c_test\")\n"),
              UnorderedElementsAre("a_test", "b_test"));
}

TEST(RegisteredTests, AreThoseOfAddTest) {
  EXPECT_THAT(registered_tests("add_test([=[replay.response]=] \"/b/x\" \"/r/corpus\")\nadd_test(plain \"/b/y\")\n"
                               "set_tests_properties([=[other]=] PROPERTIES TIMEOUT \"1\")\n"),
              UnorderedElementsAre("replay.response", "plain"));
}

TEST(Registration, EverySourceIsCompiled) {
  std::size_t seen = 0;
  for (const std::string& file :
       files_below({"bench", "cli", "fuzz", "parser", "reports", "runner", "script", "server", "tests"})) {
    if (!file.ends_with(".cc")) continue;
    // libFuzzer brings a main of its own.
    if (kLibFuzzer && file == "fuzz/replay_main.cc") continue;
    ++seen;
    EXPECT_TRUE(sources_of_this_build().contains(file)) << file << " is in no CMakeLists.txt";
  }
  EXPECT_GT(seen, 20U);
}

TEST(Registration, EveryHeaderIsInAHeaderSet) {
  const auto verified = verified_headers(compile_commands());
  std::size_t seen = 0;
  for (const std::string& file : files_below({"parser", "reports", "runner", "script", "server"})) {
    if (!file.ends_with(".h")) continue;
    ++seen;
    EXPECT_TRUE(verified.contains(file)) << file << " is in no FILE_SET HEADERS, so nothing compiles it on its own";
  }
  EXPECT_GT(seen, 20U);
}

TEST(Registration, EveryTestFileIsInAProgramThatCtestRuns) {
  const auto programs = registered_test_programs(ctest_files());
  std::size_t seen = 0;
  for (const std::string& file : files_below({"tests"})) {
    if (!file.ends_with("_test.cc")) continue;
    const auto compiled = sources_of_this_build().find(file);
    if (compiled == sources_of_this_build().end()) continue;  // EverySourceIsCompiled reports it
    ++seen;
    EXPECT_TRUE(
        std::ranges::any_of(compiled->second, [&](const std::string& target) { return programs.contains(target); }))
        << file << " is compiled, but ctest does not know its program";
  }
  EXPECT_GT(seen, 5U);
}

TEST(Registration, EveryTestOfAClientIsRunByCtest) {
  const auto tests = registered_tests(ctest_files());
  std::size_t seen = 0;
  for (const std::string& file : files_below({"tests"})) {
    static constexpr std::string_view kEnding = "_test.py";
    if (!file.ends_with(kEnding)) continue;
    ++seen;
    std::string name = fs::path(file).filename().string();
    name.resize(name.size() - kEnding.size());
    EXPECT_TRUE(tests.contains("clients." + name)) << "ctest does not run " << file;
  }
  EXPECT_GT(seen, 5U);
}

TEST(Registration, EveryFuzzTargetReplaysItsSeedsInCtest) {
  const auto tests = registered_tests(ctest_files());
  std::size_t seen = 0;
  for (const std::string& file : files_below({"fuzz"})) {
    static constexpr std::string_view kEnding = "_fuzzer.cc";
    if (!file.ends_with(kEnding)) continue;
    ++seen;
    std::string name = fs::path(file).filename().string();
    name.resize(name.size() - kEnding.size());
    EXPECT_TRUE(tests.contains("replay." + name)) << "no test replays the seeds of " << file;
    EXPECT_FALSE(files_below({"corpus/" + name}).empty()) << file << " has no seeds in corpus/" << name;
  }
  EXPECT_GT(seen, 0U);
}

}  // namespace
}  // namespace imapspec::house
