// Small grammars that nobody would write, and all short strings to try on them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "tests/parser/abnf/read.h"

namespace imapspec::abnf::test {

// All strings of at most `longest` octets of an alphabet.
inline std::vector<std::string> strings_of(std::string_view alphabet, std::size_t longest) {
  std::vector<std::string> strings = {""};
  for (std::size_t index = 0; index < strings.size() && strings[index].size() < longest; ++index) {
    for (const char octet : alphabet) strings.push_back(strings[index] + octet);
  }
  return strings;
}

// A random definition over the octets "x" and "y".
class RandomDefinition {
 public:
  // References are to the rules of these names.
  RandomDefinition(std::uint_fast32_t seed, std::string_view names) : random_(seed), names_(names) {}

  std::string make(int depth) {
    switch (depth == 0 ? below(2) : below(12)) {
      case 0:
        return below(6) == 0 ? "\"\"" : below(3) == 0 ? "\"xy\"" : below(2) == 0 ? "\"x\"" : "\"y\"";
      case 1:
        return std::string(1, names_[below(names_.size())]);
      case 2:
      case 3:
      case 4:
        return "(" + make(depth - 1) + " / " + make(depth - 1) + ")";
      case 5:
        return "[" + make(depth - 1) + "]";
      case 6:
        return repeat() + "(" + make(depth - 1) + ")";
      case 7:
        return "(" + make(depth - 1) + " - " + RandomDefinition(random_(), "d").make(depth - 1) + ")";
      default:
        return "(" + make(depth - 1) + " " + make(depth - 1) + ")";
    }
  }

 private:
  std::size_t below(std::size_t end) { return static_cast<std::size_t>(random_() % end); }

  std::string repeat() {
    static constexpr std::string_view kRepeats[] = {"*", "1*", "2", "*2", "1*2", "2*3"};
    return std::string(kRepeats[below(6)]);
  }

  std::mt19937 random_;
  std::string_view names_;
};

// A grammar of the rules "a" to "d", or nothing where chance had something exclude itself.
inline std::optional<Grammar> random_grammar(std::uint_fast32_t seed) {
  RandomDefinition random(seed, "abcd");
  std::string text;
  for (const char name : std::string_view("abc")) text += std::string(1, name) + " = " + random.make(4) + "\n";
  text += "d = " + RandomDefinition(seed, "d").make(3) + "\n";
  auto grammar = read_grammar(layers_of({text}), std::vector<std::string_view>{"a", "b", "c", "d"});
  if (!grammar) return std::nullopt;
  return *std::move(grammar);
}

}  // namespace imapspec::abnf::test
