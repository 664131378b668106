// How much stack a call takes.
#pragma once

#include <cstddef>
#include <functional>

namespace imapspec::bench {

// stack_of runs `call` on a stack that was painted before, and yields how many octets of it lost their
// paint, less what a thread takes that does nothing.
std::size_t stack_of(const std::function<void()>& call);

}  // namespace imapspec::bench
