// Numbers that look random and are the same on every machine for the same seed.
#pragma once

#include <cstddef>
#include <cstdint>

namespace imapspec::abnf {

// Random is SplitMix64. The distributions of <random> differ between libraries; these do not.
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}

  std::uint64_t next() {
    state_ += 0x9e3779b97f4a7c15U;
    std::uint64_t mixed = state_;
    mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9U;
    mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111ebU;
    return mixed ^ (mixed >> 31);
  }

  // below yields a number under `bound`, which is not 0.
  std::size_t below(std::size_t bound) { return static_cast<std::size_t>(next() % bound); }

  // one_in is true once in `times` on average.
  bool one_in(std::size_t times) { return below(times) == 0; }

  // element yields a reference to one element of a container that has some.
  template <class Container>
  auto& element(Container& container) {
    return container[below(container.size())];
  }

 private:
  std::uint64_t state_;
};

}  // namespace imapspec::abnf
