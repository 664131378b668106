// Octets out of values, rule by rule; where the grammar leaves a choice, a Spelling makes it.
//
// RFC 9051 section 9
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "parser/grammar/profile.h"
#include "parser/grammar/string.h"

namespace imapspec::parser {

class Spelling;

// StringRule is the rule at whose place a string stands: the forms among which there is a choice.
enum class StringRule : std::uint8_t {
  Astring,           // 1*ASTRING-CHAR / string
  TagString,         // the same; in RFC 4731 on top of RFC 3501 a string
  ListMailbox,       // 1*list-char / string
  Charset,           // atom / quoted; in RFC 3501 an astring
  CodeCharset,       // the same in a status response, whose lines have no literals
  String,            // quoted / literal
  StringOrLiteral8,  // quoted / literal / literal8
  Quoted,            // quoted
  Literal,           // literal, or literal8 with BINARY
  Literal8,          // literal8
};

// Letters says whether the case of a string's letters matters.
enum class Letters : std::uint8_t { Exact, AnyCase };

// Writer appends one unit to `out`, which must outlive it. Without a Spelling it writes the canonical
// one: the shortest, in the case of the words given and in the form that a string carries. Each
// function of a rule asks for every choice here, so that one function serves all spellings.
class Writer {
 public:
  explicit Writer(std::string& out) : out_(&out), start_(out.size()) {}
  Writer(std::string& out, Spelling& spelling) : out_(&out), start_(out.size()), spelling_(&spelling) {}

  // octets appends what can be written in one way only.
  void octets(std::string_view octets) { out_->append(octets); }
  void octet(char octet) { out_->push_back(octet); }
  void sp() { octet(' '); }
  void crlf() { octets("\r\n"); }

  // word appends a keyword, or a name in which the case of letters does not matter.
  void word(std::string_view word) {
    out_->append(word);
    if (spelling_ != nullptr) [[unlikely]]
      respell_letters(word.size());
  }

  // number appends number or number64, which may begin with zeros.
  void number(std::uint64_t number);

  // nz_number appends nz-number or nz-number64, which begins with no zero.
  void nz_number(std::uint64_t number);

  // digits appends exactly `count` DIGITs; `number` has no more.
  void digits(std::uint32_t number, int count);

  // other says whether to write, at this position, the optional spelling that begins with
  // `beginning`, and not the canonical one. Where `needs` is given, only that extension has it.
  bool other(std::string_view beginning, std::optional<Extension> needs = std::nullopt) {
    if (spelling_ == nullptr) [[likely]]
      return false;
    return ask_other(beginning, needs);
  }

  // string appends a string in the form that it carries; in another where `rule` does not have that one,
  // or where the Spelling chooses so.
  void string(const String& string, StringRule rule, Letters letters = Letters::Exact);

  // nstring appends nil for nullopt.
  void nstring(const NString& string, StringRule rule = StringRule::String);

 private:
  [[nodiscard]] std::string_view unit() const { return std::string_view(*out_).substr(start_); }
  void respell_letters(std::size_t size);
  [[nodiscard]] bool ask_other(std::string_view beginning, std::optional<Extension> needs);
  void in_form(std::string_view octets, StringForm form, Letters letters);
  void literal(std::string_view before, std::string_view octets, std::string_view after, Letters letters);

  std::string* out_;
  std::size_t start_;  // where the unit begins in `out_`
  Spelling* spelling_ = nullptr;
};

}  // namespace imapspec::parser
