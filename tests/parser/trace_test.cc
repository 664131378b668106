#include "parser/core/trace.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "parser/core/cursor.h"
#include "parser/grammar/command.h"
#include "parser/grammar/response.h"
#include "tests/parser/nestings.h"

namespace imapspec::parser::test {
namespace {

// traced runs command() or response() with a trace and says whether it matched.
bool traced(UnitKind kind, std::string_view octets, Trace& trace) {
  Arena arena;
  Cursor in(octets, arena, Limits(), &trace);
  Profile profile = kRev2;
  profile.from_server = kind == UnitKind::Response;
  return kind == UnitKind::Response ? response(in, profile).has_value() : command(in, profile).has_value();
}

// A tree: each node inside the one that it is indented under, and behind the one before it.
void expect_tree(const std::vector<TraceNode>& nodes, std::size_t octets) {
  std::vector<TraceNode> open;
  for (const TraceNode& node : nodes) {
    SCOPED_TRACE(node.rule.text());
    EXPECT_FALSE(node.rule.empty());
    EXPECT_LE(node.begin, node.end);
    ASSERT_LE(node.depth, open.size());
    std::size_t free_from = 0;
    if (open.size() > node.depth) free_from = open[node.depth].end;
    open.resize(node.depth);
    EXPECT_GE(node.begin, free_from);
    EXPECT_LE(node.end, open.empty() ? octets : open.back().end);
    if (!open.empty()) {
      EXPECT_GE(node.begin, open.back().begin);
    }
    open.push_back(node);
  }
}

TEST(Trace, IsATreeOfWhatMatched) {
  for (const Nesting& nesting : nestings()) {
    if (nesting.profile != kRev2) continue;
    SCOPED_TRACE(nesting.name);
    const std::string unit = nesting.unit(3);
    Trace trace;
    ASSERT_TRUE(traced(nesting.kind, unit, trace));
    ASSERT_FALSE(trace.nodes().empty());
    EXPECT_EQ(trace.nodes().front().rule.text(), nesting.kind == UnitKind::Response ? "response" : "command");
    EXPECT_EQ(trace.nodes().front().begin, 0U);
    EXPECT_EQ(trace.nodes().front().end, unit.size());
    expect_tree(trace.nodes(), unit.size());
  }
}

TEST(Trace, ForgetsWhatDidNotMatch) {
  Trace trace;
  ASSERT_FALSE(traced(UnitKind::Command, "a SELECT \"x\" y\r\n", trace));
  EXPECT_TRUE(trace.nodes().empty());
}

TEST(Trace, ForgetsAReadingThatWasGivenUp) {
  Trace trace;
  ASSERT_TRUE(traced(UnitKind::Response, "* OK [ALERT x] y\r\n", trace));
  for (const TraceNode& node : trace.nodes()) EXPECT_NE(node.rule.text(), "resp-text-code");
  EXPECT_EQ(trace.nodes().back().rule.text(), "text");
  EXPECT_EQ(trace.nodes().back().begin, 5U);
}

TEST(Trace, KnowsWhichRulesWereOpenAtTheFurthestFailure) {
  Trace trace;
  ASSERT_FALSE(traced(UnitKind::Command, "a SELECT \"x\\y\"\r\n", trace));
  ASSERT_FALSE(trace.failure_path().empty());
  EXPECT_EQ(trace.failure_path().front().text(), "command");
  EXPECT_EQ(trace.failure_path().back().text(), "quoted");
}

TEST(Trace, IsBuiltOutOfEntersAndLeaves) {
  Trace trace;
  trace.enter("a", 0);
  trace.enter("b", 0);
  trace.leave(true, 2);
  trace.enter("c", 2);
  trace.enter("d", 3);
  trace.fail();
  trace.leave(true, 4);
  trace.leave(false, 0);
  trace.enter("e", 2);
  trace.leave(true, 5);
  trace.leave(true, 5);
  EXPECT_EQ(trace.nodes(), (std::vector<TraceNode>{{"a", 0, 5, 0}, {"b", 0, 2, 1}, {"e", 2, 5, 1}}));
  EXPECT_EQ(trace.failure_path(), (std::vector<Name>{"a", "c", "d"}));
}

}  // namespace
}  // namespace imapspec::parser::test
