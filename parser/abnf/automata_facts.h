// Which automata match nothing at all, and which states of them lead to a match.
#pragma once

#include <vector>

#include "parser/abnf/automata.h"

namespace imapspec::abnf {

// AutomataFacts is the result of analyse.
struct AutomataFacts {
  std::vector<bool> nullable;  // by nonterminal: it matches no octets, too
  std::vector<bool> useful;    // by state: a match is ahead; every symbol on the way matches something
};

// analyse finds these facts. An exclusion counts as matching something wherever its left side does.
AutomataFacts analyse(const Automata& automata);

}  // namespace imapspec::abnf
