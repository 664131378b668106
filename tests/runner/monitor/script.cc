#include "tests/runner/monitor/script.h"

#include <gtest/gtest.h>

#include <array>
#include <iterator>
#include <memory>
#include <string_view>

#include "parser/grammar/parse.h"

namespace imapspec::runner::test {
namespace {

MonitorFacts facts(const std::shared_ptr<MailboxKnowledge>& knowledge) {
  return {.knowledge = knowledge, .secrets = {kSecret, "password"}, .canaries = {{"bob", kCanary}}, .users = {"alice"}};
}

Lines on_second(const Lines& lines) {
  Lines moved;
  for (const std::string& line : lines) moved.push_back("2" + line);
  return moved;
}

}  // namespace

std::vector<Violation> watch(const Lines& lines, const parser::Profile& profile, const parser::Profile& read_as) {
  const auto knowledge = std::make_shared<MailboxKnowledge>();
  std::array<Monitor, 2> monitors{Monitor(facts(knowledge)), Monitor(facts(knowledge))};
  std::vector<Violation> found;
  for (const std::string& line : lines) {
    const bool second = line.starts_with('2');
    Monitor& monitor = monitors.at(second ? 1 : 0);
    const char kind = line.at(second ? 1 : 0);
    const std::size_t begin = second ? 4 : 3;
    const std::string unit = (line.size() > begin ? line.substr(begin) : std::string()) + "\r\n";
    parser::Arena arena;
    if (kind == 'C') {
      monitor.on_sent(unit, profile);
    } else if (kind == 'L') {
      monitor.on_literal_announced();
    } else if (kind == 'T') {
      monitor.on_tls();
    } else if (kind == 'O') {
      monitor.on_octets(unit);
    } else if (kind == 'G') {
      const auto greeting = parser::parse_greeting(unit, arena, read_as);
      EXPECT_TRUE(greeting) << line;
      if (greeting) monitor.on_greeting(*greeting);
    } else {
      const auto response = parser::parse_response(unit, arena, read_as);
      EXPECT_TRUE(response) << line << ": " << (response ? "" : parser::describe(response.error(), unit));
      monitor.on_octets(unit);
      if (response) monitor.on_response(*response, profile);
    }
    std::ranges::move(monitor.take(), std::back_inserter(found));
  }
  return found;
}

std::vector<Violation> watch(const Lines& lines, const parser::Profile& profile) {
  return watch(lines, profile, profile);
}

Lines joined(Lines first, const Lines& second) {
  first.insert(first.end(), second.begin(), second.end());
  return first;
}

Lines logged_in(const Lines& then, bool second) {
  Lines begin{"G: * OK hello", "C: in LOGIN alice x", "S: in OK done"};
  if (second) begin = on_second(begin);
  return joined(std::move(begin), then);
}

Lines selected(const Lines& then, bool second) {
  Lines select{"C: open SELECT box",
               "S: * FLAGS (\\Answered \\Flagged \\Deleted \\Seen \\Draft kw)",
               "S: * 3 EXISTS",
               "S: * LIST () \"/\" box",
               "S: * OK [PERMANENTFLAGS (\\Deleted \\Seen kw \\*)] x",
               "S: * OK [UIDVALIDITY 7] x",
               "S: * OK [UIDNEXT 10] x",
               "S: open OK [READ-WRITE] done"};
  if (second) select = on_second(select);
  return joined(joined(logged_in({}, second), select), then);
}

}  // namespace imapspec::runner::test
