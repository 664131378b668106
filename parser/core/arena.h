// Memory for the lists of one parsed unit.
#pragma once

#include <cstddef>
#include <memory>
#include <type_traits>
#include <vector>

namespace imapspec::parser {

// Arena hands out memory that lives until reset() or destruction. After reset() the blocks are
// used again, so a steady stream of units costs no heap allocation. Only trivially destructible
// objects may live in it: nothing is ever destroyed.
class Arena {
 public:
  Arena() = default;
  Arena(Arena&&) noexcept = default;
  Arena& operator=(Arena&&) noexcept = default;
  Arena(const Arena&) = delete;
  Arena& operator=(const Arena&) = delete;
  ~Arena() = default;

  // allocate yields uninitialized memory for `count` objects of T.
  template <class T>
  T* allocate(std::size_t count) {
    static_assert(std::is_trivially_destructible_v<T>);
    return static_cast<T*>(raw(count * sizeof(T), alignof(T)));
  }

  // used yields how many octets are in use, with what was left over at the ends of blocks.
  [[nodiscard]] std::size_t used() const;

  // reset forgets everything handed out and keeps the blocks.
  void reset() {
    block_ = 0;
    used_ = 0;
  }

 private:
  struct Block {
    std::unique_ptr<std::byte[]> memory;
    std::size_t size = 0;
  };

  void* raw(std::size_t octets, std::size_t alignment);

  std::vector<Block> blocks_;
  std::size_t block_ = 0;
  std::size_t used_ = 0;
};

}  // namespace imapspec::parser
