// How much stack a parse takes, whatever is nested: at most 64 KiB in a release build.
#include <gtest/gtest.h>
#include <pthread.h>

#include <algorithm>
#include <cstddef>
#include <cstdio>
#include <memory>
#include <string>
#include <vector>

#include "tests/parser/nestings.h"

namespace imapspec::parser::test {
namespace {

#if defined(__SANITIZE_ADDRESS__)
#define IMAPSPEC_SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define IMAPSPEC_SANITIZED 1
#endif
#endif

// Sanitizers and unoptimized code take what they take: there, only an end to it is asserted.
#if defined(__OPTIMIZE__) && !defined(IMAPSPEC_SANITIZED)
constexpr std::size_t kMost = 64U << 10;
#else
constexpr std::size_t kMost = 2U << 20;
#endif

constexpr std::size_t kStack = 8U << 20;
constexpr unsigned char kPaint = 0xa5;

// Work is what runs on the painted stack.
struct Work {
  const Nesting* nesting = nullptr;
  std::string unit;
  Arena arena;
  bool accepted = false;
};

void* run(void* argument) {
  Work& work = *static_cast<Work*>(argument);
  if (!work.unit.empty())
    work.accepted = !parse_error(work.nesting->kind, work.unit, work.nesting->profile, work.arena);
  return nullptr;
}

// stack_used runs the work in a thread of its own and finds how far its stack lost the paint.
std::size_t stack_used(Work& work) {
  std::vector<unsigned char> memory(kStack + 4096, kPaint);
  void* aligned = memory.data();
  std::size_t space = memory.size();
  if (std::align(4096, kStack, aligned, space) == nullptr) return kStack;
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  EXPECT_EQ(pthread_attr_setstack(&attributes, aligned, kStack), 0);
  pthread_t thread{};
  EXPECT_EQ(pthread_create(&thread, &attributes, run, &work), 0);
  pthread_join(thread, nullptr);
  pthread_attr_destroy(&attributes);
  const auto* lowest = static_cast<unsigned char*>(aligned);
  const auto* touched = std::find_if(lowest, lowest + kStack, [](unsigned char octet) { return octet != kPaint; });
  return static_cast<std::size_t>(lowest + kStack - touched);
}

TEST(Stack, IsBoundedAtAnyNesting) {
  Work idle;
  const std::size_t without = stack_used(idle);
  std::size_t most = 0;
  for (const Nesting& nesting : nestings()) {
    std::size_t deepest = 0;
    Arena arena;
    while (!parse_error(nesting.kind, nesting.unit(deepest + 1), nesting.profile, arena)) ++deepest;
    for (const std::size_t times : {deepest, deepest + 1, std::size_t{10'000}}) {
      Work work;
      work.nesting = &nesting;
      work.unit = nesting.unit(times);
      const std::size_t used = stack_used(work) - without;
      EXPECT_EQ(work.accepted, times == deepest);
      EXPECT_LE(used, kMost) << nesting.name << ", " << times << " times";
      most = std::max(most, used);
    }
  }
  std::printf("at most %zu octets of stack\n", most);
}

}  // namespace
}  // namespace imapspec::parser::test
