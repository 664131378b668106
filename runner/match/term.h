// Responses as trees that can be compared by meaning.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "parser/grammar/response.h"

namespace imapspec::runner {

// Term is one value of a response. What it is decides how it compares: spelling never counts.
struct Term {
  enum class Kind : std::uint8_t {
    Keyword,  // ASCII letters in either case; kept in upper case
    Octets,   // a string's value
    Nil,
    Number,    // decimal, without leading zeros
    DateTime,  // seconds since 1970, decimal: two zones can name one instant
    Numbers,   // a sequence set in normal form
    List,      // ordered, all of it
    Subset,    // unordered; a pattern names what must be there, more may be
    Set,       // unordered, all of it
    Hole,      // in patterns only: `text` is the name or empty, `rule` what it takes
  };
  Kind kind = Kind::Nil;
  std::string text;
  std::string rule;
  std::vector<Term> items;
  friend bool operator==(const Term&, const Term&) = default;
};

// to_term converts any response but a status response, whose text means nothing to a machine.
Term to_term(const parser::Response& response);

// code_term converts a response code.
Term code_term(const parser::ResponseCode& code);

}  // namespace imapspec::runner
