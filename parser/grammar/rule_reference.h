// Where the rules of the grammar are described, and why some readings of them are refused.
//
// RFC 9051, RFC 3501 and the extensions
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace imapspec::parser {

// RuleReference is where a rule is explained in prose, or its formal syntax where nothing else does.
struct RuleReference {
  std::string_view rule;
  std::string_view rfc;      // "RFC 9051"
  std::string_view section;  // "6.4.5"
};

// rule_reference finds a rule by its name in the RFC, as an Error or a Trace has it; nullptr for any other name.
const RuleReference* rule_reference(std::string_view rule);

// Severity says what refuses: the ABNF in the one reading that is taken of it, or prose that forbids what the ABNF has.
enum class Severity : std::uint8_t { Syntax, Must };
std::string_view severity_name(Severity severity);

// Resolution is a numbered departure from the ABNF as written.
struct Resolution {
  std::string_view id;  // "T25", as Error::resolution has it
  Severity severity = Severity::Must;
  std::string_view clause;  // where the RFC says so
  std::string_view reason;  // one line
};

// resolution finds one by its id; nullptr where there is none.
const Resolution* resolution(std::string_view id);
std::span<const Resolution> resolutions();

}  // namespace imapspec::parser
