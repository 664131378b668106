// Sentences that are nearly what a grammar derives.
//
// RFC 5234
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "parser/abnf/generator.h"
#include "parser/abnf/grammar.h"
#include "parser/abnf/random.h"

namespace imapspec::abnf {

// Mutation is what was done to a sentence.
enum class Mutation : std::uint8_t {
  DeleteSpan,  // what a rule or text derived
  DuplicateSpan,
  SwapSpans,
  ReplaceSpan,    // by a span of another sentence
  BoundaryOctet,  // an octet by one at, or next to, the end of a range of the grammar
  InsertOctet,    // SP, CR, LF, NUL, TAB, DEL, "\" or one above 127
  RemoveOctet,
  CutWord,
  ExtendWord,
  ChangeNumber,  // by one, to a boundary number, or with a leading zero
  ChangeCount,   // of a literal
  Splice,        // the front of one sentence and the back of another
  FlipCase,
  EscapeQuoted,  // a "\" before an octet between quotes
  SwapBracket,   // one bracket or quote by another
  Truncate,
  Append,  // octets of another sentence at the end
};
inline constexpr std::size_t kMutations = 17;

// mutation_name says it in words, as in "delete span".
std::string_view mutation_name(Mutation mutation);

// Mutant is a sentence after a mutation. Whether it is of the language is for a Recogniser to say.
struct Mutant {
  std::string octets;
  Mutation mutation = Mutation::DeleteSpan;
};

// Mutator makes mutants, the same for the same seed and sentences.
class Mutator {
 public:
  Mutator(const Grammar& grammar, std::uint64_t seed);

  // mutate changes `base`, where a mutation needs two sentences with the help of `other`. A mutation
  // that has nothing to change (no number, no bracket) gives way to another one.
  Mutant mutate(const Sentence& base, const Sentence& other);

 private:
  bool apply(Mutation mutation, const Sentence& base, const Sentence& other, std::string& octets);
  bool delete_span(const Sentence& base, std::string& octets);
  bool duplicate_span(const Sentence& base, std::string& octets);
  bool swap_spans(const Sentence& base, std::string& octets);
  bool replace_span(const Sentence& base, const Sentence& other, std::string& octets);
  bool boundary_octet(std::string& octets);
  bool insert_octet(std::string& octets);
  bool remove_octet(std::string& octets);
  bool cut_word(std::string& octets);
  bool extend_word(std::string& octets);
  bool change_number(std::string& octets);
  bool change_count(std::string& octets);
  bool splice(const Sentence& other, std::string& octets);
  bool flip_case(std::string& octets);
  bool escape_quoted(std::string& octets);
  bool swap_bracket(std::string& octets);
  bool truncate(std::string& octets);
  bool append(const Sentence& other, std::string& octets);

  // pick yields a span that is not empty, or nullptr.
  const Span* pick(const Sentence& sentence);
  std::string changed_number(std::string_view digits);

  Random random_;
  std::vector<std::uint8_t> boundary_octets_;
  std::vector<std::uint64_t> boundary_numbers_;
};

}  // namespace imapspec::abnf
