// In how many ways a grammar derives octets, and in which.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "parser/abnf/grammar.h"

namespace imapspec::abnf {

// DerivationCount is a number of derivations.
struct DerivationCount {
  std::uint64_t number = 0;  // 2^64 - 1 stands for all numbers from there on
  bool infinite = false;     // then `number` does not count
  bool operator==(const DerivationCount&) const = default;
};

// Derivation is one derivation, as the rules in it. What matches one octet of a set is a leaf that is not listed.
struct Derivation {
  struct Part {
    RuleId rule = 0;
    std::size_t begin = 0;
    std::size_t end = 0;
    std::size_t depth = 0;  // the start rule has 0; the parts of a part follow it, one deeper
    bool cyclic = false;    // the same rule over the same octets as a part around it: shown without its parts
    bool operator==(const Part&) const = default;
  };
  std::vector<Part> parts;
  bool operator==(const Derivation&) const = default;
};

// Derivations differ in an alternative that was taken, or in where something ends. A set of octets has no alternatives:
// that a character is in two of its parts does not count. Derivations that differ in no rule look the same.
class Derivations {
 public:
  // The grammar must outlive it.
  explicit Derivations(const Grammar& grammar);
  ~Derivations();
  Derivations(Derivations&&) noexcept;
  Derivations& operator=(Derivations&&) noexcept;

  // count tells in how many ways `start` derives the octets, in polynomial time. None if it does not, if there are
  // more than kMostOctets of them, or if a Recogniser would give up.
  DerivationCount count(RuleId start, std::string_view octets);

  // explain yields some of the derivations, `most` at most. Where there are infinitely many, those that differ in
  // more than the number of times that they go around a cycle: each cycle is gone into once.
  std::vector<Derivation> explain(RuleId start, std::string_view octets, std::size_t most);

  // kMostOctets bounds the octets of a sentence.
  static constexpr std::size_t kMostOctets = 1U << 20;

 private:
  struct Forests;
  std::unique_ptr<Forests> forests_;
};

// outline shows a derivation to people: one line a part, indented, with its octets.
std::string outline(const Grammar& grammar, const Derivation& derivation, std::string_view octets);

}  // namespace imapspec::abnf
