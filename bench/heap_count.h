// How often the heap was asked for memory.
#pragma once

#include <cstddef>

namespace imapspec::bench {

// heap_allocations is the number of calls of operator new in this program so far.
std::size_t heap_allocations();

}  // namespace imapspec::bench
