// Grammars from inline text.
#pragma once

#include <gtest/gtest.h>

#include <initializer_list>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "parser/abnf/reader.h"
#include "parser/abnf/writer.h"

namespace imapspec::abnf::test {

// layers_of names sources "1", "2", ...
inline std::vector<Source> layers_of(const std::vector<std::string>& texts) {
  std::vector<Source> layers;
  for (const std::string& text : texts) layers.push_back({std::to_string(layers.size() + 1), text});
  return layers;
}

// read yields the grammar of layers that have to be right.
inline Grammar read(const std::vector<std::string>& texts, const std::vector<std::string_view>& roots) {
  auto grammar = read_grammar(layers_of(texts), roots);
  if (grammar) return std::move(*grammar);
  std::string all;
  for (const ReadError& error : grammar.error()) all += describe(error) + '\n';
  throw std::runtime_error(all);
}

// read with the root "a".
inline Grammar read(const std::string& text) { return read({text}, {"a"}); }

// definition writes a rule's definition.
inline std::string definition(const Grammar& grammar, std::string_view rule) {
  return write_node(grammar, grammar.rule(grammar.find(rule).value()).definition);
}

}  // namespace imapspec::abnf::test
