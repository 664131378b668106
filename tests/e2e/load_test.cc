// The bundled server under load, in short: docs/benchmarks.md has the long form.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/e2e/imapspec_command.h"
#include "tests/e2e/process.h"

namespace imapspec::e2e {
namespace {

using testing::HasSubstr;

constexpr std::chrono::seconds kPatience{100};

Finished load(const Ready& ready, const std::string& what, std::vector<std::string> more) {
  std::vector<std::string> words{IMAPSPEC_LOAD, what, ready.imaps.host, std::to_string(ready.imaps.port), ready.ca};
  words.insert(words.end(), more.begin(), more.end());
  return run_program(words, {}, kPatience);
}

// kCountsMemory is false where what was freed is kept for a while, to see who uses it.
#if defined(__SANITIZE_ADDRESS__)
constexpr bool kCountsMemory = false;
#elif defined(__has_feature)
constexpr bool kCountsMemory = !__has_feature(address_sanitizer);
#else
constexpr bool kCountsMemory = true;
#endif

TEST(Load, FiftySessionsAtOnceMakeNoErrorAndNoGrowth) {
  Process process(command({"serve"}));
  const Ready ready = read_ready(process);
  std::vector<std::string> words{"4", "50"};
  if (kCountsMemory) words.push_back(std::to_string(process.pid()));
  const Finished finished = load(ready, "sessions", words);
  EXPECT_EQ(finished.exit_code, 0) << finished.output << finished.errors;
  EXPECT_THAT(finished.output, HasSubstr(" 0 failed"));
}

TEST(Load, AMailboxOfFiveThousandMessagesIsUsable) {
  Process process(command({"serve"}));
  const Finished finished = load(read_ready(process), "mailbox", {"5000"});
  EXPECT_EQ(finished.exit_code, 0) << finished.output << finished.errors;
  EXPECT_THAT(finished.output, HasSubstr("EXPUNGE of half of them"));
}

}  // namespace
}  // namespace imapspec::e2e
