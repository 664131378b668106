#include "runner/scenario/generated_message.h"

#include <algorithm>

namespace imapspec::runner {
namespace {

constexpr std::string_view kHeader =
    "From: Anna <anna@example.org>\r\n"
    "To: Otto <otto@example.org>\r\n"
    "Subject: generated\r\n"
    "Date: Mon, 7 Feb 1994 21:52:25 -0800\r\n"
    "MIME-Version: 1.0\r\n";
constexpr std::string_view kText = "Content-Type: text/plain; charset=us-ascii\r\n\r\n";
constexpr std::string_view kBoundary = "=generated=";
constexpr std::string_view kLetters = "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz";
constexpr std::size_t kLineOctets = 72;  // with its CRLF

// Lines that can be told apart: a number, then letters.
std::string body_line(std::size_t number, std::size_t octets) {
  std::string line = std::to_string(number);
  line.insert(0, line.size() < 6 ? 6 - line.size() : 0, '0');
  line += ' ';
  line += kLetters.substr(0, octets - 2 - line.size());
  return line += "\r\n";
}

void add_lines(std::string& message, std::size_t lines) {
  for (std::size_t i = 1; i <= lines; ++i) message += body_line(i, kLineOctets);
}

// What is left is filled exactly: no line can be shorter than its CRLF.
void fill(std::string& message, std::size_t size) {
  for (std::size_t number = 1; message.size() < size; ++number) {
    const std::size_t left = size - message.size();
    if (left >= 2 * kLineOctets) {
      message += body_line(number, kLineOctets);
    } else {
      message += std::string(left - 2, '.') + "\r\n";
    }
  }
}

}  // namespace

std::expected<std::string, std::string> generate_message(const MessagePlan& plan) {
  if (plan.size > kMostGeneratedOctets || plan.lines > kMostGeneratedLines || plan.parts > kMostGeneratedParts ||
      std::max<std::size_t>(plan.parts, 1) * plan.lines * kLineOctets > kMostGeneratedOctets) {
    return std::unexpected("a generated message has at most 8 MiB, 100000 lines and 1000 parts");
  }
  std::string message(kHeader);
  if (plan.parts == 0) {
    message += kText;
    add_lines(message, plan.lines);
  } else {
    message += "Content-Type: multipart/mixed; boundary=\"" + std::string(kBoundary) + "\"\r\n\r\n";
    for (std::size_t i = 0; i < plan.parts; ++i) {
      message += "--" + std::string(kBoundary) + "\r\n" + std::string(kText);
      add_lines(message, plan.lines);
    }
    message += "--" + std::string(kBoundary) + "--\r\n";
  }
  if (plan.size == 0) return message;
  if (plan.size < message.size() + 2 && plan.size != message.size()) {
    return std::unexpected("the header alone has " + std::to_string(message.size()) + " octets, and a line at least 2");
  }
  // Behind the last boundary what fills it is the epilogue.
  fill(message, plan.size);
  return message;
}

}  // namespace imapspec::runner
