#include "fuzz/choices.h"

#include <algorithm>

namespace imapspec::fuzz {

unsigned Choices::octet() {
  if (octets_.empty()) return 0;
  const auto octet = static_cast<unsigned char>(octets_.front());
  octets_.remove_prefix(1);
  return octet;
}

std::uint64_t Choices::number(std::uint64_t most) {
  switch (one_of(4)) {
    case 0:
      return 0;
    case 1:
      return most;
    case 2:
      return octet() % (most == UINT64_MAX ? most : most + 1);
    default:
      break;
  }
  std::uint64_t number = 0;
  for (int i = 0; i < 8; ++i) number = number << 8 | octet();
  return most == UINT64_MAX ? number : number % (most + 1);
}

std::string_view Choices::piece(std::size_t most) {
  const std::size_t size = std::min(one_of(most + 1), octets_.size());
  const std::string_view piece = octets_.substr(0, size);
  octets_.remove_prefix(size);
  return piece;
}

}  // namespace imapspec::fuzz
