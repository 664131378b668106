// Rows of a ledger and baselines: the other files that the loader reads.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "runner/scenario/baseline.h"
#include "runner/scenario/loader.h"
#include "tests/runner/load_errors.h"
#include "tests/runner/temporary_folder.h"

namespace imapspec::runner {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

TEST(Ledger, HasRowsWithDefaults) {
  const auto rows = parse_ledger(R"(- id: 6.3.2/a
  section: 6.3.2
  level: should
  text: A
- {id: b, section: '2', level: hardening, text: B, rfc: '3501', side: client, reason: why}
)",
                                 "l.yaml");
  ASSERT_THAT(error_lines(rows), IsEmpty());
  ASSERT_THAT(*rows, SizeIs(2));
  Requirement first;
  first.id = "6.3.2/a";
  first.rfc = "9051";
  first.section = "6.3.2";
  first.level = Level::Should;
  first.side = "server";
  first.text = "A";
  EXPECT_EQ(rows->at(0), first);
  Requirement second;
  second.id = "b";
  second.rfc = "3501";
  second.section = "2";
  second.level = Level::Hardening;
  second.side = "client";
  second.text = "B";
  second.reason = "why";
  EXPECT_EQ(rows->at(1), second);
}

TEST(Ledger, TellsWhatIsWrong) {
  EXPECT_THAT(error_lines(parse_ledger("a: b\n", "l.yaml")),
              ElementsAre("l.yaml:1:1: a ledger: expected a list, found a map"));
  EXPECT_THAT(error_lines(parse_ledger("[]\n", "l.yaml")), ElementsAre("l.yaml:1:1: a ledger: the list is empty"));
  EXPECT_THAT(error_lines(parse_ledger("- {id: a b, section: '1', level: MUST, text: '', sied: x}\n- x\n", "l.yaml")),
              ElementsAre("l.yaml:1:8: a requirement: expected an id such as 6.3.2/uidvalidity-is-sent, found \"a b\"",
                          "l.yaml:1:34: \"level\": unknown value \"MUST\"; did you mean \"must\"?",
                          "l.yaml:1:46: \"text\": the text is empty",
                          "l.yaml:1:50: unknown key \"sied\"; did you mean \"side\"?",
                          "l.yaml:2:3: a row: expected a map, found text"));
}

class OtherFiles : public ::testing::Test {
 protected:
  // lines are the errors without the temporary folder's name.
  template <class T>
  std::vector<std::string> lines(const std::expected<T, std::vector<LoadError>>& loaded) {
    std::vector<std::string> all = error_lines(loaded);
    for (std::string& line : all) line.erase(0, folder_.path().string().size() + 1);
    return all;
  }

  TemporaryFolder folder_;
};

TEST_F(OtherFiles, BaselineNamesFindings) {
  folder_.write("b.yaml", R"(- requirement: 6.3.2/a
  deviation: no UIDVALIDITY
  scenarios: ['rfc9051/6.*', '*/x']
  verdict: warn
  clause: The server MUST send it.
  reason: >
    It never did,
    in any version.
  sometimes: true
- {requirement: b, deviation: d, clause: c, reason: r}
)");
  const auto entries = load_baseline(folder_.path() / "b.yaml");
  ASSERT_THAT(lines(entries), IsEmpty());
  ASSERT_THAT(*entries, SizeIs(2));
  const BaselineEntry& first = entries->at(0);
  EXPECT_EQ(first.requirement, "6.3.2/a");
  EXPECT_EQ(first.deviation, "no UIDVALIDITY");
  EXPECT_THAT(first.scenarios, ElementsAre("rfc9051/6.*", "*/x"));
  EXPECT_EQ(first.verdict, Verdict::Warn);
  EXPECT_EQ(first.clause, "The server MUST send it.");
  EXPECT_EQ(first.reason, "It never did, in any version.");
  EXPECT_EQ(first.where, (Where{(folder_.path() / "b.yaml").string(), 1, 3}));
  EXPECT_TRUE(first.sometimes);
  EXPECT_FALSE(entries->at(1).sometimes);
  EXPECT_THAT(entries->at(1).scenarios, IsEmpty());
  EXPECT_EQ(entries->at(1).verdict, Verdict::Fail);
}

TEST_F(OtherFiles, BaselineMayHaveNoEntries) {
  folder_.write("b.yaml", "[]\n");
  const auto entries = load_baseline(folder_.path() / "b.yaml");
  ASSERT_THAT(lines(entries), IsEmpty());
  EXPECT_THAT(*entries, IsEmpty());
}

TEST_F(OtherFiles, BaselineHasReasonsAndRealDays) {
  folder_.write("b.yaml",
                "- {requirement: a, deviation: d, until: 2026-2-28}\n- {requirement: a, deviation: d, clause: c, "
                "reason: r, scenarios: x, verdict: pass}\n");
  EXPECT_THAT(
      lines(load_baseline(folder_.path() / "b.yaml")),
      ElementsAre("b.yaml:1:3: the key \"reason\" is missing",
                  "b.yaml:1:41: \"until\": expected a day such as 2027-01-31",
                  "b.yaml:2:67: \"scenarios\": expected a list, found text",
                  "b.yaml:2:79: \"verdict\": unknown value \"pass\"; expected one of fail, warn, weakness, info"));
  folder_.write("b.yaml", "- {requirement: a, deviation: d, reason: r, until: 2027-02-29}\n");
  EXPECT_THAT(lines(load_baseline(folder_.path() / "b.yaml")),
              ElementsAre("b.yaml:1:52: \"until\": expected a day such as 2027-01-31"));
  folder_.write("b.yaml", "- {requirement: a, deviation: d, reason: r, until: 2028-02-29}\n");
  EXPECT_EQ(load_baseline(folder_.path() / "b.yaml")->front().until,
            std::chrono::year(2028) / std::chrono::February / 29);
  EXPECT_THAT(lines(load_baseline(folder_.path() / "none.yaml")), ElementsAre("none.yaml: there is no such file"));
}

}  // namespace
}  // namespace imapspec::runner
