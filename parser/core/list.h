// A list of syntax nodes: a view, like every syntax node.
#pragma once

#include <algorithm>
#include <cstddef>
#include <initializer_list>
#include <new>
#include <span>
#include <vector>

#include "parser/core/arena.h"

namespace imapspec::parser {

// List views nodes that somebody else owns: an Arena after parsing, a vector or an array when
// a value is built to be serialized. Two lists are equal when their elements are.
template <class T>
class List {
 public:
  constexpr List() = default;
  constexpr List(const T* first, std::size_t size) : first_(first), size_(size) {}
  constexpr List(std::span<const T> items) : first_(items.data()), size_(items.size()) {}  // NOLINT
  List(const std::vector<T>& items) : first_(items.data()), size_(items.size()) {}         // NOLINT
  List(const std::vector<T>&&) = delete;

  [[nodiscard]] constexpr const T* begin() const { return first_; }
  [[nodiscard]] constexpr const T* end() const { return first_ + size_; }
  [[nodiscard]] constexpr std::size_t size() const { return size_; }
  [[nodiscard]] constexpr bool empty() const { return size_ == 0; }
  constexpr const T& operator[](std::size_t index) const { return first_[index]; }
  [[nodiscard]] constexpr const T& front() const { return first_[0]; }

  friend bool operator==(const List& a, const List& b) { return std::equal(a.begin(), a.end(), b.begin(), b.end()); }

 private:
  const T* first_ = nullptr;
  std::size_t size_ = 0;
};

// ListBuilder grows a list inside an arena; T is trivially destructible.
template <class T>
class ListBuilder {
 public:
  explicit ListBuilder(Arena& arena) : arena_(&arena) {}

  void push(const T& item) {
    grow();
    new (items_ + size_) T(item);
    ++size_;
  }

  // add appends an empty T to be filled in place; the reference is valid until the next one.
  T& add() {
    grow();
    return *new (items_ + size_++) T();
  }

  [[nodiscard]] List<T> list() const { return {items_, size_}; }

 private:
  void grow() {
    if (size_ == capacity_) {
      constexpr std::size_t kFirst = sizeof(T) > 64 ? 2 : 4;
      const std::size_t larger = capacity_ == 0 ? kFirst : capacity_ * 2;
      T* moved = arena_->allocate<T>(larger);
      std::uninitialized_copy_n(items_, size_, moved);
      items_ = moved;
      capacity_ = larger;
    }
  }

  Arena* arena_;
  T* items_ = nullptr;
  std::size_t size_ = 0;
  std::size_t capacity_ = 0;
};

}  // namespace imapspec::parser
