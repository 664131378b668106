#include "parser/core/trace.h"

#include <gtest/gtest.h>

#include <initializer_list>
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

// RFC 9051 names some words where a wider rule would read them as well: they are no instance of that.
TEST(Trace, AWordThatARuleNamesIsNotReadByTheWiderRule) {
  struct Named {
    UnitKind kind;
    std::string_view unit;
    std::string_view word;
    std::string_view rule;  // the innermost that spans the word
  };
  for (const Named& named : std::initializer_list<Named>{
           {UnitKind::Command, "a STORE 1 FLAGS \\Seen\r\n", "\\Seen", "flag"},
           {UnitKind::Command, "a STORE 1 FLAGS \\Seem\r\n", "\\Seem", "flag-extension"},
           {UnitKind::Command, "a STORE 1 FLAGS $Junk\r\n", "$Junk", "flag-keyword"},
           {UnitKind::Command, "a STORE 1 FLAGS $Trash\r\n", "$Trash", "atom"},
           {UnitKind::Command, "a SEARCH RETURN (MIN) ALL\r\n", "MIN", "search-return-opt"},
           {UnitKind::Command, "a SEARCH RETURN (MOST) ALL\r\n", "MOST", "tagged-ext-label"},
           {UnitKind::Response, "* 3 EXISTS\r\n", "3", "number"},
           {UnitKind::Response, "* 0 EXISTS\r\n", "0", "number"},
           {UnitKind::Command, "a SELECT Inbox\r\n", "Inbox", "mailbox"},
           {UnitKind::Command, "a SELECT \"Inbox\"\r\n", "\"Inbox\"", "quoted"},
           {UnitKind::Response, "* 3 EXPUNGE\r\n", "3", "nz-number"},
           {UnitKind::Response, "* 1 FETCH (BODY (\"IMAGE\" \"PNG\" NIL NIL NIL \"7BIT\" 1))\r\n", "\"7BIT\"",
            "body-fld-enc"},
           {UnitKind::Response, "* 1 FETCH (BODY (\"IMAGE\" \"PNG\" NIL NIL NIL \"9BIT\" 1))\r\n", "\"9BIT\"",
            "quoted"},
       }) {
    SCOPED_TRACE(named.unit);
    Trace trace;
    ASSERT_TRUE(traced(named.kind, named.unit, trace));
    const std::size_t begin = named.unit.find(named.word);
    std::string_view innermost;
    for (const TraceNode& node : trace.nodes()) {
      if (node.begin == begin && node.end == begin + named.word.size()) innermost = node.rule.text();
    }
    EXPECT_EQ(innermost, named.rule);
  }
}

// The name of a type that the RFC lists is no "string" inside media-basic; the subtype is one.
TEST(Trace, AMediaTypeThatARuleNamesIsNoString) {
  const auto rule_at_type = [](const std::string& type) {
    const std::string unit = "* 1 FETCH (BODY (\"" + type + "\" \"X\" NIL NIL NIL \"7BIT\" 1))\r\n";
    Trace trace;
    EXPECT_TRUE(traced(UnitKind::Response, unit, trace));
    for (const TraceNode& node : trace.nodes()) {
      if (node.begin == 17 && node.end == 19 + type.size()) return std::string(node.rule.text());
    }
    return std::string();
  };
  EXPECT_EQ(rule_at_type("Image"), "");
  EXPECT_EQ(rule_at_type("Imago"), "string");
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
