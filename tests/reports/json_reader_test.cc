#include "reports/json_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "reports/json.h"
#include "tests/reports/golden.h"
#include "tests/reports/json_schema.h"
#include "tests/reports/sample.h"

namespace imapspec::reports {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

// A run of which everything is unusual that a report can tell.
runner::RunResult shard() {
  runner::RunResult run = polite_run();
  runner::merge_findings(run);
  run.shard = {.index = 2, .count = 3};
  run.selected = 40;
  run.whole = true;
  run.fail_on = {.warn = true, .weakness = true};
  run.interrupted_by = 15;
  runner::BaselineUse use;
  use.requirement = "6.3.2/a";
  use.deviation = "answered OK";
  use.where = {"baseline.yaml", 7, 0};
  use.expired = "2026-01-31";
  use.met = true;
  use.scenario = run.scenarios.front().id;
  use.anywhere = true;
  run.baseline = {use};
  for (runner::ScenarioResult& one : run.scenarios) {
    one.repetition = 4;
    one.ended = runner::Verdict::Error;
  }
  return run;
}

TEST(JsonReader, ReadsWhatWasWritten) {
  const std::string written = json_report(shard());
  EXPECT_THAT(schema_violations(nlohmann::json::parse(read_file(IMAPSPEC_SOURCE_DIR "/reports/report.schema.json")),
                                nlohmann::json::parse(written)),
              IsEmpty());
  const auto read = read_json_report(written);
  ASSERT_TRUE(read.has_value()) << read.error();
  EXPECT_EQ(json_report(*read), written);
  EXPECT_EQ(read->findings, shard().findings) << "with their evidence";
  EXPECT_EQ(read->shard, shard().shard);
  EXPECT_EQ(read->fail_on, shard().fail_on);
  EXPECT_EQ(read->baseline, shard().baseline);
  EXPECT_EQ(read->interrupted_by, 15);
  EXPECT_TRUE(read->whole);
  EXPECT_EQ(read->scenarios.front().ended, runner::Verdict::Error);
}

TEST(JsonReader, SaysWhatIsNoReport) {
  const auto why = [](std::string_view json) {
    const auto read = read_json_report(json);
    return read ? std::string() : read.error();
  };
  EXPECT_THAT(why(""), HasSubstr("not a report of imapspec"));
  EXPECT_THAT(why("[]"), HasSubstr("not a report of imapspec"));
  EXPECT_THAT(why("{\"schema\": \"other\"}"), HasSubstr("it has another schema"));
  EXPECT_THAT(why("{\"schema\": \"imapspec-report-1\"}"), HasSubstr("tool"));
  std::string written = json_report(shard());
  const std::size_t verdict = written.find("\"verdict\": \"");
  written.replace(verdict, std::string("\"verdict\": \"").size(), "\"verdict\": \"un");
  EXPECT_THAT(why(written), HasSubstr("unknown word"));
}

TEST(JsonReader, TimesThatNoClockHasAreNoTimes) {
  const auto json = nlohmann::json::parse(json_report(shard()));
  const auto why = [&](const char* key, const nlohmann::json& value) {
    nlohmann::json changed = json;
    changed[key] = value;
    const auto read = read_json_report(changed.dump());
    return read ? std::string() : read.error();
  };
  EXPECT_EQ(why("started", "2261-12-31T23:59:59.999Z"), "");
  for (const char* time : {"9999-01-01T00:00:00.000Z", "2262-01-01T00:00:00.000Z", "1677-01-01T00:00:00.000Z",
                           "-999-01-01T00:00:00.000Z", "2026-13-01T00:00:00.000Z", "2026-01-01T99999999:00:00.000Z"}) {
    EXPECT_THAT(why("started", time), HasSubstr("no ")) << time;
  }
  EXPECT_THAT(why("duration_ms", 1e300), HasSubstr("no duration"));
  EXPECT_THAT(why("duration_ms", -1), HasSubstr("no duration"));
}

// Every piece of a report is no report, and takes no harm.
TEST(JsonReader, BearsAnyBeginningOfAReport) {
  const std::string written = json_report(polite_run());
  for (std::size_t size = 0; size + 2 < written.size(); size += 97) {
    EXPECT_FALSE(read_json_report(std::string_view(written).substr(0, size)).has_value()) << size;
  }
}

}  // namespace
}  // namespace imapspec::reports
