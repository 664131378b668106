#include "runner/scenario/expression.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

namespace imapspec::runner {
namespace {

using Value = Expression::Value;

std::optional<Value> known(std::string_view name) {
  static const std::map<std::string, Value, std::less<>> kValues = {
      {"one", {Value::Kind::Number, "1"}},
      {"two", {Value::Kind::Number, "2"}},
      {"text", {Value::Kind::Text, "fruit"}},
      {"uids", {Value::Kind::Set, "3:5,9"}},
      {"huge", {Value::Kind::Number, "9223372036854775807"}},
      {"star", {Value::Kind::Set, "1:*"}},
      {"#3", {Value::Kind::Number, "2"}},
  };
  const auto found = kValues.find(name);
  return found == kValues.end() ? std::nullopt : std::optional(found->second);
}

TEST(Expression, SaysWhetherItHolds) {
  const std::pair<const char*, bool> cases[] = {
      {"{one} < {two}", true},
      {"{one} >= {two}", false},
      {"{one} != {two} and {one} + 1 = {two}", true},
      {"{two} * {two} - 1 > 2 * ({one} + 0)", true},
      {"2 + 3 * 4 = 14", true},
      {"10 - 3 - 2 = 5", true},
      {"not {one} = 1 or {two} = 2", true},
      {"not ({one} = 1 or {two} = 2)", false},
      {"{text} = \"fruit\"", true},
      {"{text} != \"Fruit\"", true},
      {"count {uids} = 4", true},
      {"9 in {uids} and not 6 in {uids}", true},
      {"{#3} = 2", true},
      {"{huge} > {two}", true},
  };
  for (const auto& [text, holds] : cases) {
    const auto expression = Expression::parse(text);
    ASSERT_TRUE(expression) << text << ": " << expression.error().message;
    const auto result = expression->holds(known);
    ASSERT_TRUE(result) << text << ": " << result.error();
    EXPECT_EQ(*result, holds) << text;
  }
}

TEST(Expression, TellsWhereAMistakeIs) {
  const std::tuple<const char*, std::size_t, const char*> cases[] = {
      {"", 1, "an expression is empty"},
      {"{one}", 6, "expected a comparison: a number alone neither holds nor does not"},
      {"{one} + 1", 10, "expected a comparison: a number alone neither holds nor does not"},
      {"{one} = ", 9, "expected a number, a text in double quotes or a {name} at the end"},
      {"{one} = 1 {two}", 11, "expected \"and\", \"or\" or the end before \"{\""},
      {"{one} = 1 and 2", 16, "expected a comparison: a number alone neither holds nor does not"},
      {"{one+1} = 2", 1, "\"{one+1}\" is no name; sums are written outside of the braces: {uid} + 1"},
      {"{one = 2", 1, "\"{\" without \"}\""},
      {"({one} = 2", 11, "\")\" is missing"},
      {"{text} = \"a", 10, "a text without its second \""},
      {"1 = 99999999999999999999", 5, "\"99999999999999999999\" is no number up to 9223372036854775807"},
      {"count 3 = 3", 7, "expected a {name} after \"count\""},
      {"({one} = 1) = 1", 13, "what holds or does not is not compared"},
  };
  for (const auto& [text, column, message] : cases) {
    const auto expression = Expression::parse(text);
    ASSERT_FALSE(expression) << text;
    EXPECT_EQ(expression.error().message, message) << text;
    EXPECT_EQ(expression.error().column, column) << text;
  }
  EXPECT_FALSE(Expression::parse(std::string(30, '(') + "1 = 1" + std::string(30, ')')));
  EXPECT_FALSE(Expression::parse("1 = " + std::string(1000, '1')));
}

TEST(Expression, CannotBeWorkedOutWithoutValues) {
  const std::pair<const char*, const char*> cases[] = {
      {"{nothing} = 1", "{nothing} has no value here"},
      {"{text} < 3", "\"fruit\" is no number: only numbers are less or greater"},
      {"{text} + 1 = 3", "\"fruit\" is no number to calculate with"},
      {"{huge} + 1 > 1", "a number is larger than 9223372036854775807"},
      {"count {star} = 1", "{star} is no set of numbers: nothing can be counted"},
      {"1 in {text}", "\"in\" asks for a number and a set: found \"1\" and \"fruit\""},
  };
  for (const auto& [text, message] : cases) {
    const auto expression = Expression::parse(text);
    ASSERT_TRUE(expression) << text << ": " << expression.error().message;
    const auto result = expression->holds(known);
    ASSERT_FALSE(result) << text;
    EXPECT_EQ(result.error(), message);
  }
}

TEST(Expression, TellsWhatItsNamesStandFor) {
  const auto expression = Expression::parse("{one} > {two} or {one} = {nothing}");
  ASSERT_TRUE(expression);
  EXPECT_EQ(expression->shown(known), "one is 1, two is 2, nothing is not known");
  ASSERT_EQ(expression->names().size(), 4U);
  EXPECT_EQ(expression->names()[1].name, "two");
  EXPECT_EQ(expression->names()[1].column, 9U);
}

}  // namespace
}  // namespace imapspec::runner
