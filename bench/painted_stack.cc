#include "bench/painted_stack.h"

#include <pthread.h>

#include <algorithm>
#include <cstdlib>
#include <memory>
#include <new>
#include <stdexcept>

namespace imapspec::bench {
namespace {

constexpr std::size_t kStack = std::size_t{8} << 20;
constexpr unsigned char kPaint = 0xa5;

void* run(void* call) {
  (*static_cast<const std::function<void()>*>(call))();
  return nullptr;
}

std::size_t used_by(const std::function<void()>& call) {
  constexpr std::size_t kPage = 4096;
  const std::unique_ptr<unsigned char, void (*)(void*)> stack(
      static_cast<unsigned char*>(std::aligned_alloc(kPage, kStack)), std::free);
  if (!stack) throw std::bad_alloc();
  std::fill_n(stack.get(), kStack, kPaint);
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  pthread_t thread{};
  const bool started = pthread_attr_setstack(&attributes, stack.get(), kStack) == 0 &&
                       pthread_create(&thread, &attributes, run, const_cast<std::function<void()>*>(&call)) == 0;
  pthread_attr_destroy(&attributes);
  if (!started) throw std::runtime_error("no thread with a stack of its own");
  pthread_join(thread, nullptr);
  const unsigned char* const end = stack.get() + kStack;
  return static_cast<std::size_t>(end - std::find_if(static_cast<const unsigned char*>(stack.get()), end,
                                                     [](unsigned char octet) { return octet != kPaint; }));
}

}  // namespace

std::size_t stack_of(const std::function<void()>& call) {
  const std::size_t nothing = used_by([] {});
  return used_by(call) - nothing;
}

}  // namespace imapspec::bench
