// Grammar files to a Grammar.
//
// RFC 5234, RFC 7405, and the notation of parser/spec/README.md
#pragma once

#include <cstddef>
#include <expected>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "parser/abnf/grammar.h"

namespace imapspec::abnf {

// Source is one grammar file. Lines end in LF or in CRLF.
struct Source {
  std::string name;  // for errors
  std::string text;
};

// ReadError says what is wrong with a grammar, and where. What is wrong with no line of it (a root
// that does not exist) has an empty file and line 0.
struct ReadError {
  std::string file;
  std::size_t line = 0;    // 1-based
  std::size_t column = 0;  // 1-based, in octets
  std::string message;
};

// kMaxNesting bounds the nesting of groups, options and exclusions in a rule.
inline constexpr std::size_t kMaxNesting = 100;

// kMaxExpansion bounds the size of a grammar whose repetitions are written out, in octets of text and references.
inline constexpr std::size_t kMaxExpansion = 65536;

// kMaxRangeSize bounds a rule with an @range the same way, with the rules that it refers to written out, too.
inline constexpr std::size_t kMaxRangeSize = 1024;

// kMaxExclusionDepth bounds how deep exclusions lie inside the right sides of exclusions, through rules.
inline constexpr std::size_t kMaxExclusionDepth = 16;

// read_grammar applies the layers in order, or yields what is wrong with them, in order and at most kMaxErrors errors.
// `roots` are the rules that are used from outside. A core rule of RFC 5234 appendix B exists as soon as something
// refers to it; a layer may define, extend or replace it, and what a layer made of it may be removed again.
//
// Beyond the errors of the notation, these are errors: a reference or a root that is not a rule; a rule that no root
// reaches; an @range, or a count of @octets, over a rule that is recursive or matches anything but one digit or more;
// an @range inside another; an exclusion whose right side depends on the exclusion.
std::expected<Grammar, std::vector<ReadError>> read_grammar(std::span<const Source> layers,
                                                            std::span<const std::string_view> roots);

// kMaxErrors is the number of errors after which read_grammar gives up.
inline constexpr std::size_t kMaxErrors = 50;

// describe is an error as one line: file, line, column, message.
std::string describe(const ReadError& error);

// prose lists the prose-vals of a grammar: places where it is not formal, and matches nothing.
std::vector<NodeId> prose(const Grammar& grammar);

}  // namespace imapspec::abnf
