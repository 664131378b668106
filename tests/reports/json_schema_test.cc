#include "tests/reports/json_schema.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace imapspec::reports {
namespace {

using nlohmann::json;
using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::string> check(const char* schema, const char* value) {
  return schema_violations(json::parse(schema), json::parse(value));
}

TEST(JsonSchema, TypeRejectsOtherTypes) {
  EXPECT_THAT(check(R"({"type": "string"})", R"("a")"), IsEmpty());
  EXPECT_THAT(check(R"({"type": "string"})", "1"), ElementsAre("/: is no \"string\""));
  EXPECT_THAT(check(R"({"type": "integer"})", "1.5").size(), 1U);
  EXPECT_THAT(check(R"({"type": "number"})", "1.5"), IsEmpty());
  EXPECT_THAT(check(R"({"type": "object"})", "[]").size(), 1U);
  EXPECT_THAT(check(R"({"type": "boolean"})", "null").size(), 1U);
  EXPECT_THAT(check(R"({"type": ["integer", "null"]})", "null"), IsEmpty());
  EXPECT_THAT(check(R"({"type": ["integer", "null"]})", "\"\"").size(), 1U);
}

TEST(JsonSchema, EnumMinimumAndFormatRejectValues) {
  EXPECT_THAT(check(R"({"enum": ["a", 1]})", "1"), IsEmpty());
  EXPECT_THAT(check(R"({"enum": ["a", 1]})", "2").size(), 1U);
  EXPECT_THAT(check(R"({"minimum": 0})", "0"), IsEmpty());
  EXPECT_THAT(check(R"({"minimum": 0})", "-1").size(), 1U);
  EXPECT_THAT(check(R"({"format": "date-time"})", R"("2026-01-01T00:00:00.5Z")"), IsEmpty());
  EXPECT_THAT(check(R"({"format": "date-time"})", R"("2026-01-01 00:00:00Z")").size(), 1U);
}

TEST(JsonSchema, ObjectsRejectMissingAndUnknownKeysAndWrongValues) {
  constexpr const char* kSchema = R"({"type": "object", "required": ["a"], "additionalProperties": false,
                                      "properties": {"a": {"type": "string"}, "b": {"type": "null"}}})";
  EXPECT_THAT(check(kSchema, R"({"a": ""})"), IsEmpty());
  EXPECT_THAT(check(kSchema, R"({"b": null})"), ElementsAre("/: has no \"a\""));
  EXPECT_THAT(check(kSchema, R"({"a": "", "c": 1})"), ElementsAre("/: has a key c"));
  EXPECT_THAT(check(kSchema, R"({"a": "", "b": 1})"), ElementsAre("/b: is no \"null\""));
}

TEST(JsonSchema, ItemsAndReferencesAreFollowed) {
  constexpr const char* kSchema = R"({"items": {"$ref": "#/$defs/count"}, "$defs": {"count": {"type": "integer"}}})";
  EXPECT_THAT(check(kSchema, "[1, 2]"), IsEmpty());
  EXPECT_THAT(check(kSchema, "[1, true]"), ElementsAre("/1: is no \"integer\""));
  EXPECT_THAT(check(R"({"$ref": "#/$defs/nowhere"})", "1"), ElementsAre("/: the schema has no #/$defs/nowhere"));
}

TEST(JsonSchema, WhatItDoesNotKnowIsNoPass) {
  EXPECT_THAT(check(R"({"pattern": "x"})", "\"y\""), ElementsAre("/: the schema has an unknown keyword pattern"));
  EXPECT_THAT(check(R"({"uniqueItems": true})", "[]").size(), 1U);
  EXPECT_THAT(check(R"({"format": "email"})", "\"a\"").size(), 1U);
}

}  // namespace
}  // namespace imapspec::reports
