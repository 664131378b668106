#include "parser/grammar/writer.h"

#include <fmt/format.h>

#include <array>

#include "parser/grammar/spelling.h"

namespace imapspec::parser {

namespace {

constexpr unsigned bit(StringForm form) { return 1U << static_cast<unsigned>(form); }

constexpr unsigned kAtom = bit(StringForm::Atom);
constexpr unsigned kQuoted = bit(StringForm::Quoted);
constexpr unsigned kLiteral = bit(StringForm::Literal) | bit(StringForm::LiteralNonSync);
constexpr unsigned kLiteral8 = bit(StringForm::Literal8);
constexpr unsigned kClientLiteral8 = kLiteral8 | bit(StringForm::Literal8NonSync);

constexpr unsigned forms_of(StringRule rule) {
  switch (rule) {
    case StringRule::Astring:
    case StringRule::TagString:
    case StringRule::ListMailbox:
    case StringRule::Charset:
      return kAtom | kQuoted | kLiteral;
    case StringRule::CodeCharset:
      return kAtom | kQuoted;
    case StringRule::String:
      return kQuoted | kLiteral;
    case StringRule::StringOrLiteral8:
      return kQuoted | kLiteral | kLiteral8;
    case StringRule::Quoted:
      return kQuoted;
    case StringRule::Literal:
      return kLiteral | kClientLiteral8;  // of APPEND
    case StringRule::Literal8:
      return kClientLiteral8;
  }
  return 0;
}

constexpr bool admits(StringRule rule, StringForm form) { return (forms_of(rule) & bit(form)) != 0; }

// The same of what `string` holds: wildcards are in the atoms of one rule only.
constexpr bool admits(StringRule rule, StringForm form, const String& string) {
  const bool any_atom = form != StringForm::Atom || rule == StringRule::ListMailbox;
  return admits(rule, form) && (any_atom || is_all(string.octets(), is_astring_char));
}

}  // namespace

void Writer::number(std::uint64_t number) {
  const fmt::format_int digits(number);
  const std::string_view text(digits.data(), digits.size());
  if (spelling_ != nullptr) [[unlikely]]
    out_->append(spelling_->zeros(unit(), text), '0');
  out_->append(text);
}

void Writer::nz_number(std::uint64_t number) {
  const fmt::format_int digits(number);
  out_->append(digits.data(), digits.size());
}

void Writer::digits(std::uint32_t number, int count) {
  std::array<char, 10> text{};
  for (auto at = static_cast<std::size_t>(count); at > 0; number /= 10)
    text[--at] = static_cast<char>('0' + number % 10);
  out_->append(text.data(), static_cast<std::size_t>(count));
}

void Writer::string(const String& string, StringRule rule, Letters letters) {
  if (spelling_ == nullptr && admits(rule, string.form(), string)) [[likely]]
    return in_form(string.octets(), string.form(), letters);
  StringForm form = spelling_ == nullptr ? string.form() : spelling_->form(string, rule);
  // Under any profile, what RFC 3501 quotes can be quoted.
  if (!admits(rule, form, string)) {
    const bool quoted = admits(rule, StringForm::Quoted) && is_quotable(string.value(), kRev1);
    const StringForm longest = admits(rule, StringForm::Literal) ? StringForm::Literal : StringForm::Literal8;
    form = quoted || !admits(rule, longest) ? StringForm::Quoted : longest;
  }
  if (form == string.form()) return in_form(string.octets(), form, letters);
  const std::string value = string.value();
  in_form(form == StringForm::Quoted ? escape_quoted(value) : value, form, letters);
}

void Writer::nstring(const NString& string, StringRule rule) {
  if (string) {
    this->string(*string, rule);
  } else {
    word("NIL");
  }
}

void Writer::respell_letters(std::size_t size) {
  const std::size_t from = out_->size() - size;
  spelling_->letters(unit().substr(0, from - start_), {out_->data() + from, size});
}

bool Writer::ask_other(std::string_view beginning, std::optional<Extension> needs) {
  return spelling_->other(unit(), beginning, needs);
}

// Changing the case of letters leaves the escapes of a quoted string alone, which are none.
void Writer::in_form(std::string_view octets, StringForm form, Letters letters) {
  const auto body = [&] {
    if (letters == Letters::AnyCase) return word(octets);
    this->octets(octets);
  };
  switch (form) {
    case StringForm::Atom:
      return body();
    case StringForm::Quoted:
      octet('"');
      body();
      return octet('"');
    case StringForm::Literal:
      return literal("{", octets, "}\r\n", letters);
    case StringForm::LiteralNonSync:
      return literal("{", octets, "+}\r\n", letters);
    case StringForm::Literal8:
      return literal("~{", octets, "}\r\n", letters);
    case StringForm::Literal8NonSync:
      return literal("~{", octets, "+}\r\n", letters);
  }
}

void Writer::literal(std::string_view before, std::string_view octets, std::string_view after, Letters letters) {
  this->octets(before);
  number(octets.size());
  this->octets(after);
  in_form(octets, StringForm::Atom, letters);
}

}  // namespace imapspec::parser
