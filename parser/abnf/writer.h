// A grammar as ABNF again.
//
// RFC 5234, RFC 7405, and the notation of parser/spec/README.md
#pragma once

#include <string>

#include "parser/abnf/grammar.h"

namespace imapspec::abnf {

// write yields a grammar file, one rule a line, core rules among them. read_grammar makes the same grammar of it, but
// for places and removals.
std::string write(const Grammar& grammar);

// write_node yields one node and what is below it.
std::string write_node(const Grammar& grammar, NodeId node);

}  // namespace imapspec::abnf
