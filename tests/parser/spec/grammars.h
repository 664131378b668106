// The grammars of parser/spec, as they are used and as their RFCs have them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "parser/abnf/grammar.h"
#include "parser/framing/framer.h"

namespace imapspec::abnf::test {

// read yields the grammar of a profile, "rev1 QUOTA ACL", for one direction.
Grammar read(std::string_view profile, parser::Direction direction);

// grammar is the same, read once. It lives as long as the program.
const Grammar& grammar(std::string_view profile, parser::Direction direction);

// written_grammar is the same from the files of RFCs only: nothing is resolved, and any rule may be used from outside.
// Without what RFCs say in words, `with_prose` is false.
const Grammar& written_grammar(std::string_view profile, parser::Direction direction, bool with_prose = true);

// profiles are the names of all grammars: each revision, each with every extension, and each with all.
std::vector<std::string> profiles();

// pairs_of_extensions are the names of each revision with any two capabilities; what extends both extends rev2.
std::vector<std::string> pairs_of_extensions();

// Mention is a comment of a grammar file that accounts for a trap.
struct Mention {
  std::string file;
  std::string id;
  bool is_rule = false;  // "@": the rule that follows resolves it. "#": no rule does
  std::string severity;
  std::string rest;  // of its first line
};
std::vector<Mention> mentions();

// files_of_no_profile are grammar files on disk that profiles.txt does not name.
std::vector<std::string> files_of_no_profile();

// matches says whether the rule is there and matches the octets as a whole. The grammar is one that lives on.
bool matches(const Grammar& grammar, std::string_view rule, std::string_view octets);

}  // namespace imapspec::abnf::test
