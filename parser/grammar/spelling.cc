#include "parser/grammar/spelling.h"

#include <algorithm>

#include "parser/core/ascii.h"
#include "parser/grammar/char_class.h"

namespace imapspec::parser {

// ---- Faithful

std::string_view Faithful::ahead(std::string_view before) {
  const std::string_view fresh = before.substr(std::min(same_, before.size()));
  if (source_.substr(same_, fresh.size()) != fresh) {
    source_ = source_.substr(0, same_);
    return {};
  }
  same_ = before.size();
  return source_.substr(same_);
}

void Faithful::letters(std::string_view before, std::span<char> letters) {
  const std::string_view source = ahead(before).substr(0, letters.size());
  if (equal_ignoring_case(source, {letters.data(), letters.size()})) std::ranges::copy(source, letters.begin());
}

std::size_t Faithful::zeros(std::string_view before, std::string_view digits) {
  const std::string_view source = ahead(before);
  std::size_t size = 0;
  while (size < source.size() && is_digit(static_cast<unsigned char>(source[size]))) ++size;
  const std::string_view number = source.substr(0, size);
  if (!number.ends_with(digits)) return 0;
  const std::string_view zeros = number.substr(0, size - digits.size());
  return zeros.find_first_not_of('0') == std::string_view::npos ? zeros.size() : 0;
}

bool Faithful::other(std::string_view before, std::string_view beginning, std::optional<Extension>) {
  return equal_ignoring_case(ahead(before).substr(0, beginning.size()), beginning);
}

StringForm Faithful::form(const String& string, StringRule) { return string.form(); }

// ---- Adversarial

namespace {

// The longest non-synchronizing literal without LITERAL+ (RFC 7888 section 5).
constexpr std::size_t kMostLiteralMinus = 4096;

}  // namespace

Adversarial::Adversarial(const Profile& profile, std::uint64_t seed)
    : profile_(profile), state_(seed), case_(static_cast<Case>(random() % 3)), eagerness_(1 + random() % 15) {}

// SplitMix64, which takes any seed and needs no more state than that.
std::uint64_t Adversarial::random() {
  state_ += 0x9e3779b97f4a7c15U;
  std::uint64_t mixed = state_;
  mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9U;
  mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111ebU;
  return mixed ^ (mixed >> 31);
}

void Adversarial::letters(std::string_view, std::span<char> letters) {
  if (case_ == Case::Kept) return;
  for (char& letter : letters) {
    if (case_ == Case::Lower || chance(8))
      letter = to_lower(letter);
    else
      letter = to_upper(letter);
  }
}

std::size_t Adversarial::zeros(std::string_view, std::string_view) {
  constexpr std::size_t kMany = 25;  // more digits than any number of 64 bits has
  if (!chance(eagerness_)) return 0;
  return chance(1) ? kMany : 1 + random() % 3;
}

bool Adversarial::other(std::string_view, std::string_view, std::optional<Extension> needs) {
  return chance(eagerness_) && (!needs || profile_.has(*needs));
}

std::vector<StringForm> Adversarial::forms(const String& string, StringRule rule) const {
  const std::string value = string.value();
  const bool no_nul = value.find('\0') == std::string::npos;
  const bool rev1_charset = rule == StringRule::Charset && profile_.rev1;
  std::vector<StringForm> forms;
  const auto admit = [&](StringForm form, bool condition) {
    if (condition) forms.push_back(form);
  };

  const bool tag = rule == StringRule::TagString && profile_.rev2;
  const bool astring = rule == StringRule::Astring || tag || rev1_charset;
  const bool atom = rule == StringRule::Charset || rule == StringRule::CodeCharset;
  admit(StringForm::Atom, (astring && is_all(value, is_astring_char)) || (atom && is_all(value, is_atom_char)) ||
                              (rule == StringRule::ListMailbox && is_all(value, is_list_char)));

  const bool is_data = rule == StringRule::Literal || rule == StringRule::Literal8;
  admit(StringForm::Quoted, !is_data && is_quotable(value, profile_));

  const bool literal = rev1_charset || (!atom && rule != StringRule::Quoted && rule != StringRule::Literal8);
  admit(StringForm::Literal, literal && no_nul);
  const bool plus = profile_.has(Extension::LiteralPlus) ||
                    (profile_.has(Extension::LiteralMinus) && value.size() <= kMostLiteralMinus);
  admit(StringForm::LiteralNonSync, literal && no_nul && plus && !profile_.from_server);
  admit(StringForm::Literal8, rule == StringRule::StringOrLiteral8);
  return forms;
}

StringForm Adversarial::form(const String& string, StringRule rule) {
  // Octets of mail rather stay what they are: in a literal8 they need not be text.
  const bool octets8 = string.form() == StringForm::Literal8 || string.form() == StringForm::Literal8NonSync;
  if (rule == StringRule::Literal8 || (rule == StringRule::Literal && octets8)) return string.form();
  if (!chance(eagerness_)) return string.form();
  const std::vector<StringForm> choice = forms(string, rule);
  return choice.empty() ? string.form() : choice[random() % choice.size()];
}

std::vector<std::size_t> Adversarial::splits(std::string_view unit) {
  constexpr std::size_t kMost = 64;
  std::vector<std::size_t> splits;
  // A tenth of all seeds splits nothing, a tenth everything.
  const std::uint64_t manner = random() % 10;
  if (manner == 0) return splits;
  bool announcement = false;
  for (std::size_t at = 1; at < unit.size() && splits.size() < kMost; ++at) {
    const char before = unit[at - 1];
    announcement = before == '{' || (announcement && before != '\n');
    const bool inside_crlf = before == '\r' && unit[at] == '\n';
    const bool inside_word =
        is_alpha(static_cast<unsigned char>(before)) && is_alpha(static_cast<unsigned char>(unit[at]));
    const std::uint64_t weight = inside_crlf ? 8 : announcement ? 4 : inside_word ? 2 : 1;
    if (manner == 1 || chance(weight)) splits.push_back(at);
  }
  return splits;
}

}  // namespace imapspec::parser
