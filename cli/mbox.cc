#include "cli/mbox.h"

#include <algorithm>
#include <utility>

namespace imapspec::cli {
namespace {

constexpr std::string_view kFrom = "From ";

// take_line takes a line off the front, without its end.
std::string_view take_line(std::string_view& text) {
  const std::size_t end = text.find('\n');
  std::string_view line = text.substr(0, end);
  text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  if (line.ends_with('\r') && end != std::string_view::npos) line.remove_suffix(1);
  return line;
}

bool is_quoted_from(std::string_view line) {
  const std::size_t quotes = line.find_first_not_of('>');
  return quotes != std::string_view::npos && quotes > 0 && line.substr(quotes).starts_with(kFrom);
}

}  // namespace

std::string with_crlf(std::string_view text) {
  std::string lines;
  lines.reserve(text.size() + text.size() / 32);
  while (!text.empty()) {
    const bool ended = text.find('\n') != std::string_view::npos;
    lines += take_line(text);
    if (ended) lines += "\r\n";
  }
  return lines;
}

std::expected<std::vector<std::string>, std::string> read_mbox(std::string_view file) {
  std::vector<std::string> messages;
  if (file.empty()) return messages;
  if (!file.starts_with(kFrom)) return std::unexpected("no mbox file: it does not begin with \"From \"");
  constexpr std::string_view kEmptyLine = "\r\n";
  bool after_empty = true;
  while (!file.empty()) {
    std::string_view line = take_line(file);
    if (after_empty && line.starts_with(kFrom)) {
      // The empty line before it belongs to the file and not to the message.
      if (!messages.empty() && messages.back().ends_with(kEmptyLine)) {
        messages.back().resize(messages.back().size() - kEmptyLine.size());
      }
      messages.emplace_back();
      after_empty = false;
      continue;
    }
    after_empty = line.empty();
    if (is_quoted_from(line)) line.remove_prefix(1);
    messages.back().append(line).append("\r\n");
  }
  if (messages.back().ends_with("\r\n\r\n")) messages.back().resize(messages.back().size() - kEmptyLine.size());
  return messages;
}

}  // namespace imapspec::cli
