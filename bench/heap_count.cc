#include "bench/heap_count.h"

#include <atomic>
#include <cstdlib>
#include <new>

namespace {

constinit std::atomic<std::size_t> allocations = 0;

}  // namespace

// All other forms of operator new, but for the aligned ones that nothing here uses, call this one.
void* operator new(std::size_t octets) {
  allocations.fetch_add(1, std::memory_order_relaxed);
  if (void* const memory = std::malloc(octets == 0 ? 1 : octets)) return memory;
  throw std::bad_alloc();
}

void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }

namespace imapspec::bench {

std::size_t heap_allocations() { return allocations.load(std::memory_order_relaxed); }

}  // namespace imapspec::bench
