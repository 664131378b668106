#include "tests/server/mime_messages.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>

#include "parser/core/cursor.h"
#include "parser/grammar/section.h"
#include "server/commands/message_section.h"
#include "server/mime/anatomy.h"

namespace imapspec::server::mime {

namespace {

// Range is where a view lies in the message.
struct Range {
  std::size_t begin;
  std::size_t end;
};

Range range(std::string_view view, std::string_view octets) {
  const auto begin = static_cast<std::size_t>(view.data() - octets.data());
  return {begin, begin + view.size()};
}

// Whoever has many parts would be shown many failures: the first one is enough.
bool laws_hold(const Part& part, std::string_view octets, Range inside) {
  const Range header = range(part.header, octets);
  const Range body = range(part.body, octets);
  EXPECT_EQ(header.end, body.begin);
  EXPECT_GE(header.begin, inside.begin);
  EXPECT_LE(body.end, inside.end);
  EXPECT_EQ(part.lines, static_cast<std::uint64_t>(std::count(part.body.begin(), part.body.end(), '\n')));
  EXPECT_FALSE(part.is_multipart() && part.parts.empty());
  if (testing::Test::HasFailure()) return false;
  Range left = body;
  for (const Part& each : part.parts) {
    if (!laws_hold(each, octets, left)) return false;
    left.begin = range(each.body, octets).end;
  }
  return true;
}

}  // namespace

std::string dump(const Part& part) {
  std::string text = part.type + "/" + part.subtype;
  if (part.parts.empty()) return text;
  text += "(";
  for (const Part& inside : part.parts) text += (text.ends_with('(') ? "" : " ") + dump(inside);
  return text + ")";
}

std::size_t count(const Part& part) {
  std::size_t parts = 1;
  for (const Part& inside : part.parts) parts += count(inside);
  return parts;
}

std::size_t levels(const Part& part) {
  std::size_t deepest = 0;
  for (const Part& inside : part.parts) deepest = std::max(deepest, levels(inside));
  return deepest + 1;
}

void expect_laws(const Part& message, std::string_view octets) {
  EXPECT_EQ(std::string(message.header).append(message.body), octets);
  laws_hold(message, octets, {0, octets.size()});
}

std::string section(std::string_view octets, std::string_view text) {
  parser::Arena arena;
  const std::string brackets = "[" + std::string(text) + "]";
  parser::Cursor in(brackets, arena, {});
  const auto parsed = parser::section(in, parser::kRev2);
  if (!parsed) return "not a section: " + brackets;
  Anatomy message(std::make_shared<const std::string>(octets));
  return std::string(body_section(message, *parsed, {}, arena).value_or("NIL"));
}

std::string repeat(std::string_view text, std::size_t times) {
  std::string all;
  all.reserve(text.size() * times);
  for (std::size_t i = 0; i < times; ++i) all += text;
  return all;
}

}  // namespace imapspec::server::mime
