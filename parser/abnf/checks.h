// What a grammar can have wrong with it beyond syntax and names.
#pragma once

#include <string>
#include <vector>

#include "parser/abnf/grammar.h"

namespace imapspec::abnf {

// Problem is one such thing.
struct Problem {
  Place place;
  std::string message;
};

// check holds a grammar against what the notation demands of ranges, counts, exclusions and sizes.
std::vector<Problem> check(const Grammar& grammar);

}  // namespace imapspec::abnf
