// Responses as trees that can be compared by meaning.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "parser/grammar/response.h"

namespace imapspec::runner {

// Term is one value of a response, or of a pattern. What it is decides how it compares: spelling counts only
// where a pattern asks for it.
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
    // In patterns only.
    Hole,       // `text` is the name or empty, `rule` what it takes, `spelling` the argument
    Any,        // takes any value, or a list; `text` is the name or empty
    Rest,       // takes what is left of a List
    Ban,        // its one item must not be there
    Ignore,     // its one item may be there
    Directive,  // not yet applied: `text` says which
  };
  Kind kind = Kind::Nil;
  std::string text;
  std::string rule;
  std::vector<Term> items;
  std::string spelling = {};  // of a Keyword or DateTime: as it was written
  bool in_order = false;      // of a Set or Subset in a pattern: in the order of the pattern

  // is_list says whether the term has items and no value of its own.
  [[nodiscard]] bool is_list() const { return kind == Kind::List || kind == Kind::Subset || kind == Kind::Set; }
};

// same_value compares by meaning: spelling is no part of it, nor is whether one number stands for itself or is a set.
bool same_value(const Term& a, const Term& b);

// leaf_term and list_term make a term without and with items.
Term leaf_term(Term::Kind kind, std::string text);
Term list_term(Term::Kind kind, std::vector<Term> items);

// to_term converts any response but a status response, whose text means nothing to a machine.
Term to_term(const parser::Response& response);

// code_term converts a response code.
Term code_term(const parser::ResponseCode& code);

}  // namespace imapspec::runner
