#include "runner/scenario/reference.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "parser/core/ascii.h"
#include "runner/scenario/nearest.h"

namespace imapspec::runner {
namespace {

using std::string_view_literals::operator""sv;

constexpr std::array kValueForms = {"quoted"sv, "literal"sv, "literal+"sv, "raw"sv};
constexpr std::array kNumberRules = {"number"sv, "nz-number"sv, "number64"sv, "mod-sequence-value"sv, "uniqueid"sv};
constexpr std::array kHoleRules = {"number"sv,   "nz-number"sv,    "number64"sv, "mod-sequence-value"sv,
                                   "uniqueid"sv, "sequence-set"sv, "uid-set"sv,  "atom"sv,
                                   "flag"sv,     "keyword"sv,      "text"sv,     "string"sv,
                                   "nstring"sv,  "astring"sv,      "mailbox"sv,  "date-time"sv,
                                   "date"sv};
constexpr std::array kHoleTests = {"case"sv, "nocase"sv, "contains"sv, "prefix"sv};
constexpr std::array kWildcards = {"any"sv, "rest"sv};
constexpr std::array kDirectives = {"only"sv, "ordered"sv, "unordered"sv, "ban"sv, "ignore"sv};
constexpr std::array kBuiltInNames = {"user"sv,           "password"sv, "user2"sv,         "password2"sv,
                                      "wrong-password"sv, "mailbox"sv,  "other-mailbox"sv, "plain"sv,
                                      "plain-wrong"sv,    "tag"sv,      "delimiter"sv};

// A reference longer than this is a brace that was never closed.
constexpr std::size_t kLongestReference = 400;
// {n+1} adds what fits an int whatever the digits are.
constexpr std::size_t kLongestOffset = 9;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_name_octet(char c) { return is_lower(c) || is_digit(c) || c == '-'; }

bool all_digits(std::string_view text) { return !text.empty() && std::all_of(text.begin(), text.end(), is_digit); }

// is_announcement says whether the inside of braces is that of a literal: number ["+"].
bool is_announcement(std::string_view inside) {
  if (inside.ends_with('+')) inside.remove_suffix(1);
  return all_digits(inside);
}

// Splitter walks over the text once.
class Splitter {
 public:
  explicit Splitter(std::string_view text) : text_(text) {}

  std::expected<std::vector<Piece>, ReferenceError> split() {
    while (at_ < text_.size()) {
      const bool fine = text_[at_] == '{'                      ? brace()
                        : text_.substr(at_).starts_with("\\x") ? escape()
                                                               : octet(text_[at_], 1);
      if (!fine) return std::unexpected(std::move(error_));
    }
    return std::move(pieces_);
  }

 private:
  // octet appends one octet of Text that `width` octets stand for.
  bool octet(char c, std::size_t width) {
    if (pieces_.empty() || pieces_.back().kind != Piece::Kind::Text) {
      Piece piece;
      piece.column = at_ + 1;
      pieces_.push_back(std::move(piece));
    }
    pieces_.back().text += c;
    at_ += width;
    return true;
  }

  // argument decodes what follows the form.
  bool argument(std::string_view text, std::size_t offset, std::string& decoded) {
    for (std::size_t i = 0; i < text.size(); ++i) {
      if (!text.substr(i).starts_with("\\x")) {
        decoded += text[i];
        continue;
      }
      const auto value = parser::hex_octet(text.substr(i + 2));
      if (!value) {
        at_ = offset + i;
        return escape();
      }
      decoded += *value;
      i += 3;
    }
    return true;
  }

  bool escape() {
    const auto value = parser::hex_octet(text_.substr(at_ + 2));
    if (!value) return fail("\"\\x\" needs two hexadecimal digits; a backslash before an x is \\x5C");
    return octet(*value, 4);
  }

  bool brace() {
    const std::string_view rest = text_.substr(at_ + 1, kLongestReference);
    const std::size_t end = rest.find('}');
    if (end == std::string_view::npos) return fail("\"{\" without \"}\"; a brace that is just an octet is \\x7B");
    const std::string_view inside = rest.substr(0, end);
    if (is_announcement(inside)) {
      const std::size_t past = at_ + inside.size() + 2;
      while (at_ < past) octet(text_[at_], 1);
      return true;
    }
    return reference(inside);
  }

  bool reference(std::string_view inside) {
    Piece piece;
    piece.kind = Piece::Kind::Reference;
    piece.column = at_ + 1;
    const std::size_t colon = inside.find(':');
    if (colon != std::string_view::npos) {
      piece.name = inside.substr(0, colon);
      const std::string_view rest = inside.substr(colon + 1);
      piece.form = rest.substr(0, rest.find(' '));
      if (piece.form.size() < rest.size()) {
        const std::string_view text = rest.substr(piece.form.size() + 1);
        if (!argument(text, at_ + 1 + inside.size() - text.size(), piece.argument)) return false;
      }
      if (!form(inside, piece)) return false;
    } else if (!name_and_offset(inside, piece)) {
      return malformed(inside);
    }
    pieces_.push_back(std::move(piece));
    at_ += inside.size() + 2;
    return true;
  }

  // form checks what stands right of the colon, and whether it goes with the name.
  bool form(std::string_view inside, const Piece& piece) {
    const bool takes = is_one_of(piece.form, kHoleRules) || is_one_of(piece.form, kHoleTests) || piece.form == "any";
    const bool nameless = piece.form == "rest" || is_one_of(piece.form, kDirectives);
    if (piece.form.empty() && !piece.argument.empty()) {
      return fail("no space stands behind the colon in \"{" + std::string(inside) + "}\"");
    }
    if (!takes && !nameless && !is_one_of(piece.form, kValueForms)) return unknown_form(inside, piece.form);
    if (nameless && !piece.name.empty()) return fail("{:" + piece.form + "} binds nothing: it takes no name");
    if (piece.name.empty() ? !takes && !nameless : !is_name(piece.name)) return malformed(inside);
    if (is_one_of(piece.form, kHoleTests)) {
      if (piece.argument.empty())
        return fail("{:" + piece.form + "} needs what to look for: {:" + piece.form + " fruit}");
    } else if (!piece.argument.empty()) {
      if (!is_one_of(piece.form, kNumberRules)) return fail("\"" + piece.form + "\" takes no argument");
      if (!comparison(piece.argument)) {
        return fail(
            "expected a comparison (<, <=, =, !=, >=, >) with a number, or with a name without braces, such as {" +
            piece.name + ":" + piece.form + " > 3}");
      }
    }
    return true;
  }

  static bool name_and_offset(std::string_view inside, Piece& piece) {
    if (inside.starts_with('#')) {
      piece.name = inside;
      return all_digits(inside.substr(1)) && inside[1] != '0' && inside.size() <= kLongestOffset;
    }
    const std::size_t sign = inside.find_last_of("+-");
    if (sign == std::string_view::npos || !all_digits(inside.substr(sign + 1))) {
      piece.name = inside;
      return is_name(piece.name);
    }
    const std::string_view digits = inside.substr(sign + 1);
    if (digits.size() > kLongestOffset) return false;
    std::from_chars(digits.data(), digits.data() + digits.size(), piece.offset);
    if (inside[sign] == '-') piece.offset = -piece.offset;
    piece.name = inside.substr(0, sign);
    return is_name(piece.name);
  }

  bool unknown_form(std::string_view inside, std::string_view form) {
    std::vector<std::string_view> known(kValueForms.begin(), kValueForms.end());
    for (const auto words : {hole_rules(), hole_tests(), hole_wildcards(), hole_directives()}) {
      known.insert(known.end(), words.begin(), words.end());
    }
    return fail("unknown form or rule in \"{" + std::string(inside) + "}\"" + did_you_mean(form, known));
  }

  bool malformed(std::string_view inside) {
    std::string lower(inside.substr(0, inside.find(':')));
    std::ranges::transform(lower, lower.begin(), [](char c) { return c == '_' ? '-' : parser::to_lower(c); });
    if (is_name(lower) && lower != inside.substr(0, lower.size())) {
      return fail("\"{" + std::string(inside) +
                  "}\": names have small letters, digits and \"-\" only; did you mean \"" + lower + "\"?");
    }
    return fail("\"{" + std::string(inside) +
                "}\" is neither a literal ({5}, {5+}) nor a reference ({name}, {name:form}, {name+1}); "
                "a brace that is just an octet is \\x7B");
  }

  bool fail(std::string message) {
    error_ = {std::move(message), at_ + 1};
    return false;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::vector<Piece> pieces_;
  ReferenceError error_;
};

}  // namespace

std::expected<std::vector<Piece>, ReferenceError> split_references(std::string_view text) {
  return Splitter(text).split();
}

std::span<const std::string_view> value_forms() { return kValueForms; }
std::span<const std::string_view> hole_rules() { return kHoleRules; }
std::span<const std::string_view> built_in_names() { return kBuiltInNames; }

std::span<const std::string_view> hole_tests() { return kHoleTests; }
std::span<const std::string_view> hole_wildcards() { return kWildcards; }
std::span<const std::string_view> hole_directives() { return kDirectives; }

bool is_hole(const Piece& piece) {
  return piece.kind == Piece::Kind::Reference &&
         (is_one_of(piece.form, kHoleRules) || is_one_of(piece.form, kHoleTests) || is_one_of(piece.form, kWildcards) ||
          is_one_of(piece.form, kDirectives));
}

std::optional<Comparison> comparison(std::string_view argument) {
  using Sign = Comparison::Sign;
  struct Spelled {
    std::string_view text;
    Sign sign;
  };
  // Two characters before one: "<=" begins like "<".
  constexpr std::array kSigns = {Spelled{"<=", Sign::LessOrEqual}, Spelled{">=", Sign::GreaterOrEqual},
                                 Spelled{"!=", Sign::NotEqual},    Spelled{"<", Sign::Less},
                                 Spelled{">", Sign::Greater},      Spelled{"=", Sign::Equal}};
  const auto sign =
      std::find_if(kSigns.begin(), kSigns.end(), [&](const Spelled& one) { return argument.starts_with(one.text); });
  if (sign == kSigns.end()) return std::nullopt;
  argument.remove_prefix(sign->text.size());
  while (argument.starts_with(' ')) argument.remove_prefix(1);
  Comparison made;
  made.sign = sign->sign;
  std::string_view digits = argument;
  std::string_view name;
  bool minus = false;
  if (!all_digits(argument)) {
    const std::size_t joint = argument.find_last_of("+-");
    const bool added = joint != std::string_view::npos && all_digits(argument.substr(joint + 1));
    name = argument.substr(0, added ? joint : std::string_view::npos);
    digits = added ? argument.substr(joint + 1) : "0";
    minus = added && argument[joint] == '-';
    if (!is_name(name)) return std::nullopt;
  }
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), made.number);
  if (error != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
  if (minus) made.number = -made.number;
  made.name = name;
  return made;
}

bool is_name(std::string_view text) {
  if (text.empty() || !is_lower(text[0]) || !std::all_of(text.begin(), text.end(), is_name_octet)) return false;
  const std::size_t dash = text.rfind('-');
  return dash == std::string_view::npos || !all_digits(text.substr(dash + 1));
}

}  // namespace imapspec::runner
