// Messages that nobody has to write: of a certain size, with so many lines or parts.
#pragma once

#include <cstddef>
#include <expected>
#include <string>

namespace imapspec::runner {

// MessagePlan says what to make. Of `size` and `lines` one is 0.
struct MessagePlan {
  std::size_t size = 0;   // octets of all the message, exactly
  std::size_t lines = 0;  // of the body, or of each part
  std::size_t parts = 0;  // 0: no multipart
};

inline constexpr std::size_t kMostGeneratedOctets = 8U << 20;
inline constexpr std::size_t kMostGeneratedLines = 100'000;
inline constexpr std::size_t kMostGeneratedParts = 1000;

// generate_message makes the message, the same one for the same plan. The error is a sentence.
std::expected<std::string, std::string> generate_message(const MessagePlan& plan);

}  // namespace imapspec::runner
