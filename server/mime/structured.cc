#include "server/mime/structured.h"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "parser/core/ascii.h"
#include "server/mime/limits.h"

namespace imapspec::server::mime {

namespace {

// Tokens walks over a structured field value (RFC 2045 section 5.1), leaving out comments.
class Tokens {
 public:
  explicit Tokens(std::string_view text) : text_(text) {}

  bool take(char c) {
    skip_blanks();
    if (at_ >= text_.size() || text_[at_] != c) return false;
    ++at_;
    return true;
  }

  std::string token() {
    skip_blanks();
    const std::size_t start = at_;
    while (at_ < text_.size() && is_token_char(text_[at_])) ++at_;
    return std::string(text_.substr(start, at_ - start));
  }

  // value is a quoted-string, or what was meant as a token: mailers write `boundary=a=b` and
  // `type=text/html` without the quotes that they need.
  std::string value() {
    if (!take('"')) return word(" \t\r\n\"();,");
    std::string text;
    while (at_ < text_.size() && text_[at_] != '"') {
      if (text_[at_] == '\\' && at_ + 1 < text_.size()) ++at_;
      text.push_back(text_[at_++]);
    }
    if (at_ < text_.size()) ++at_;
    return text;
  }

  bool at_end() {
    skip_blanks();
    return at_ == text_.size();
  }

  // skip leaves out an octet, of which there is one.
  void skip() { ++at_; }

  // skip_to_semicolon leaves out quoted strings and comments, which may have one inside.
  void skip_to_semicolon() {
    for (skip_blanks(); at_ < text_.size() && text_[at_] != ';'; skip_blanks()) {
      if (text_[at_] == '"') {
        value();
      } else {
        ++at_;
      }
    }
  }

 private:
  std::string word(std::string_view stops) {
    skip_blanks();
    const std::size_t start = at_;
    at_ = std::min(text_.find_first_of(stops, at_), text_.size());
    return std::string(text_.substr(start, at_ - start));
  }

  static bool is_token_char(char c) {
    return static_cast<unsigned char>(c) > 0x20 && c != 0x7F &&
           std::string_view("()<>@,;:\\\"/[]?=").find(c) == std::string_view::npos;
  }

  void skip_blanks() {
    for (std::size_t depth = 0; at_ < text_.size(); ++at_) {
      const char c = text_[at_];
      if (c == '\\' && depth > 0) {
        ++at_;
      } else if (c == '(') {
        ++depth;
      } else if (c == ')' && depth > 0) {
        --depth;
      } else if (depth == 0 && c != ' ' && c != '\t' && c != '\r' && c != '\n') {
        return;
      }
    }
    at_ = text_.size();
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

}  // namespace

Structured parse_structured(std::string_view field_value) {
  Tokens in(field_value);
  Structured field;
  field.value = parser::to_upper(in.token());
  if (in.take('/')) field.value += "/" + parser::to_upper(in.token());
  for (in.skip_to_semicolon(); in.take(';') && field.parameters.size() < kLimits.parameters; in.skip_to_semicolon()) {
    std::string name = parser::to_upper(in.token());
    if (name.empty() || !in.take('=')) continue;
    field.parameters.push_back({std::move(name), in.value()});
  }
  return field;
}

std::vector<std::string> parse_tokens(std::string_view field_value) {
  Tokens in(field_value);
  std::vector<std::string> tokens;
  while (!in.at_end() && tokens.size() < kLimits.parameters) {
    std::string token = in.token();
    if (token.empty()) {
      in.skip();
    } else {
      tokens.push_back(std::move(token));
    }
  }
  return tokens;
}

std::string_view parameter(const std::vector<Parameter>& parameters, std::string_view name) {
  const auto at = std::find_if(parameters.begin(), parameters.end(),
                               [name](const Parameter& parameter) { return parameter.name == name; });
  return at == parameters.end() ? std::string_view() : std::string_view(at->value);
}

}  // namespace imapspec::server::mime
