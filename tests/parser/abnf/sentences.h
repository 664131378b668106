// Grammars of a few lines, and what tests of the generator and the mutator need of them.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "parser/abnf/derivation_table.h"
#include "parser/abnf/generator.h"
#include "parser/abnf/recogniser.h"
#include "tests/parser/abnf/read.h"

namespace imapspec::abnf::test {

// grammar_of reads a grammar with the root "root".
inline Grammar grammar_of(std::string_view text) { return read({std::string(text)}, {"root"}); }

// Language is a grammar with what derives and recognises its sentences.
class Language {
 public:
  explicit Language(std::string_view text)
      : grammar_(grammar_of(text)), recogniser_(grammar_), table_(grammar_, root(), matches()) {}
  Language(const Language&) = delete;
  Language& operator=(const Language&) = delete;

  [[nodiscard]] const Grammar& grammar() const { return grammar_; }
  [[nodiscard]] const DerivationTable& table() const { return table_; }
  [[nodiscard]] NodeId root() const { return grammar_.rule(*grammar_.find("root")).definition; }

  [[nodiscard]] Matches matches() {
    return [this](NodeId node, std::string_view octets) { return recogniser_.matches(node, octets); };
  }
  [[nodiscard]] bool has(std::string_view octets) { return recogniser_.matches(root(), octets); }
  [[nodiscard]] Generator generator(std::uint64_t seed = 1) { return {table_, matches(), seed}; }

  // sentences yields the octets of some sentences.
  [[nodiscard]] std::vector<std::string> sentences(std::size_t count, std::uint64_t seed = 1) {
    Generator generator = this->generator(seed);
    std::vector<std::string> all;
    for (std::size_t i = 0; i < count; ++i) {
      const auto sentence = generator.sentence();
      if (sentence) all.push_back(sentence->octets);
    }
    EXPECT_EQ(all.size(), count);
    return all;
  }

 private:
  Grammar grammar_;
  Recogniser recogniser_;
  DerivationTable table_;
};

}  // namespace imapspec::abnf::test
