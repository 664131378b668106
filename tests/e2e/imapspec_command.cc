#include "tests/e2e/imapspec_command.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <charconv>
#include <string_view>

namespace imapspec::e2e {
namespace {

runner::Address address_in(std::string_view line, std::string_view key) {
  const std::size_t begin = line.find(key) + key.size();
  const std::string_view value = line.substr(begin, line.find(' ', begin) - begin);
  const std::size_t colon = value.rfind(':');
  runner::Address address{.host = std::string(value.substr(0, colon)), .port = 0};
  std::from_chars(value.data() + colon + 1, value.data() + value.size(), address.port);
  return address;
}

}  // namespace

std::vector<std::string> command(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), IMAPSPEC_PROGRAM);
  return arguments;
}

Ready read_ready(Process& process) {
  const auto line = process.read_line("READY ");
  EXPECT_TRUE(line) << process.errors();
  if (!line) return {};
  EXPECT_THAT(*line, testing::MatchesRegex("READY imap=127\\.0\\.0\\.1:[0-9]+ imaps=127\\.0\\.0\\.1:[0-9]+ ca=/.+"));
  return {.imap = address_in(*line, " imap="),
          .imaps = address_in(*line, " imaps="),
          .ca = line->substr(line->find(" ca=") + 4)};
}

std::string host_port(const runner::Address& address) { return address.host + ":" + std::to_string(address.port); }

}  // namespace imapspec::e2e
