// The octets of an input as a series of choices.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace imapspec::fuzz {

// Choices takes each choice from the front of the octets. Without any left, all choices are the first
// one, so that whatever is made of them ends.
class Choices {
 public:
  explicit Choices(std::string_view octets) : octets_(octets) {}

  // one_of is below `count`, which is at most 256.
  std::size_t one_of(std::size_t count) { return octet() % count; }

  bool flip() { return (octet() & 1) != 0; }

  // number is anything up to `most`, often one end of what there is.
  std::uint64_t number(std::uint64_t most);

  // piece is at most `most` of the octets themselves.
  std::string_view piece(std::size_t most);

 private:
  unsigned octet();

  std::string_view octets_;
};

}  // namespace imapspec::fuzz
