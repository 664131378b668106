#include "server/mime/part.h"

#include <algorithm>
#include <optional>

#include "parser/core/ascii.h"

namespace imapspec::server::mime {

namespace {

constexpr std::size_t kMaxDepth = 50;
constexpr std::size_t kMaxParts = 1000;

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

  // value is a token or a quoted-string.
  std::string value() {
    if (!take('"')) return token();
    std::string text;
    while (at_ < text_.size() && text_[at_] != '"') {
      if (text_[at_] == '\\' && at_ + 1 < text_.size()) ++at_;
      text.push_back(text_[at_++]);
    }
    if (at_ < text_.size()) ++at_;
    return text;
  }

  void skip_to(char c) {
    while (at_ < text_.size() && text_[at_] != c) ++at_;
  }

 private:
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

std::optional<std::string> parameter(const std::vector<Parameter>& parameters, std::string_view name) {
  for (const Parameter& parameter : parameters) {
    if (parameter.name == name) return parameter.value;
  }
  return std::nullopt;
}

// split yields the body parts between boundary lines (RFC 2046 section 5.1.1). The line end in
// front of a boundary belongs to the boundary.
std::vector<std::string_view> split(std::string_view body, std::string_view boundary) {
  const std::string delimiter = "--" + std::string(boundary);
  std::vector<std::string_view> parts;
  std::optional<std::size_t> start;
  for (std::size_t line = 0; line < body.size();) {
    const std::size_t end = std::min(body.find('\n', line), body.size() - 1) + 1;
    std::string_view text = body.substr(line, end - line);
    if (text.starts_with(delimiter)) {
      text.remove_prefix(delimiter.size());
      const bool last = text.starts_with("--");
      if (last) text.remove_prefix(2);
      if (text.find_first_not_of(" \t\r\n") == std::string_view::npos) {
        if (start) {
          std::string_view part = body.substr(*start, line - *start);
          if (part.ends_with('\n')) part.remove_suffix(1);
          if (part.ends_with('\r')) part.remove_suffix(1);
          parts.push_back(part);
        }
        start = end;
        if (last) return parts;
      }
    }
    line = end;
  }
  // Without a closing boundary the last part goes to the end.
  if (start) parts.push_back(body.substr(*start));
  return parts;
}

class Scanner {
 public:
  Part entity(std::string_view octets, bool in_digest, std::size_t depth) {
    Part part;
    ++parts_;
    const std::size_t header = header_octets(octets);
    part.header = octets.substr(0, header);
    part.body = octets.substr(header);
    set_type(part, in_digest);
    const bool deep = depth >= kMaxDepth || parts_ >= kMaxParts;
    if (part.is_multipart()) {
      const auto boundary = parameter(part.parameters, "BOUNDARY");
      if (deep || !boundary || boundary->empty()) return as_octets(std::move(part));
      const bool digest = part.subtype == "DIGEST";
      for (const std::string_view inside : split(part.body, *boundary)) {
        if (parts_ >= kMaxParts) break;
        part.parts.push_back(entity(inside, digest, depth + 1));
      }
      if (part.parts.empty()) return as_octets(std::move(part));
    } else if (part.type == "MESSAGE" && (part.subtype == "RFC822" || part.subtype == "GLOBAL")) {
      if (deep) return as_octets(std::move(part));
      part.parts.push_back(entity(part.body, false, depth + 1));
    }
    return part;
  }

 private:
  // A structure that cannot be taken apart is a leaf (RFC 2049 section 2, item 5).
  static Part as_octets(Part part) {
    part.type = "APPLICATION";
    part.subtype = "OCTET-STREAM";
    part.parts.clear();
    return part;
  }

  static void set_type(Part& part, bool in_digest) {
    const auto value = field_value(fields(part.header), "Content-Type");
    Structured type = parse_structured(value.value_or(""));
    const std::size_t slash = type.value.find('/');
    if (slash != std::string::npos && slash > 0 && slash + 1 < type.value.size()) {
      part.type = type.value.substr(0, slash);
      part.subtype = type.value.substr(slash + 1);
      part.parameters = std::move(type.parameters);
    } else if (in_digest && !value) {  // RFC 2046 section 5.1.5
      part.type = "MESSAGE";
      part.subtype = "RFC822";
    } else {  // RFC 2045 section 5.2
      part.type = "TEXT";
      part.subtype = "PLAIN";
      part.parameters = {{"CHARSET", "US-ASCII"}};
    }
  }

  std::size_t parts_ = 0;
};

}  // namespace

Structured parse_structured(std::string_view field_value) {
  Tokens in(field_value);
  Structured field;
  field.value = parser::to_upper(in.token());
  if (in.take('/')) field.value += "/" + parser::to_upper(in.token());
  for (in.skip_to(';'); in.take(';'); in.skip_to(';')) {
    std::string name = parser::to_upper(in.token());
    if (name.empty() || !in.take('=')) continue;
    field.parameters.push_back({std::move(name), in.value()});
  }
  return field;
}

Part parse_message(std::string_view octets) { return Scanner().entity(octets, false, 0); }

Found find_part(const Part& message, const std::vector<std::uint32_t>& numbers) {
  const Part* container = &message;
  Found found;
  for (const std::uint32_t number : numbers) {
    if (found.part != nullptr) {
      if (found.part->parts.empty()) return {};
      container = found.part->is_message() ? &found.part->parts.front() : found.part;
    }
    if (container->is_multipart()) {
      if (number == 0 || number > container->parts.size()) return {};
      found = {&container->parts[number - 1], true};
    } else {
      // A message that is no multipart has its body as part 1.
      if (number != 1) return {};
      found = {container, false};
    }
  }
  return found;
}

}  // namespace imapspec::server::mime
