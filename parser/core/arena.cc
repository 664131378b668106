#include "parser/core/arena.h"

#include <algorithm>

namespace imapspec::parser {

std::size_t Arena::used() const {
  std::size_t octets = used_;
  for (std::size_t i = 0; i < block_; ++i) octets += blocks_[i].size;
  return octets;
}

void* Arena::raw(std::size_t octets, std::size_t alignment) {
  constexpr std::size_t kFirstBlock = 4096;
  for (; block_ < blocks_.size(); ++block_, used_ = 0) {
    const std::size_t at = (used_ + alignment - 1) / alignment * alignment;
    if (at + octets <= blocks_[block_].size) {
      used_ = at + octets;
      return blocks_[block_].memory.get() + at;
    }
  }
  const std::size_t doubled = blocks_.empty() ? kFirstBlock : blocks_.back().size * 2;
  const std::size_t size = std::max(doubled, octets + alignment);
  blocks_.push_back({std::make_unique_for_overwrite<std::byte[]>(size), size});
  block_ = blocks_.size() - 1;
  used_ = octets;  // operator new aligns for every fundamental type
  return blocks_.back().memory.get();
}

}  // namespace imapspec::parser
