#include "server/commands/search_text.h"

#include <algorithm>

#include "parser/core/ascii.h"
#include "server/mime/charset.h"
#include "server/mime/encoding.h"

namespace imapspec::server {

namespace {

// piece_octets is how much of a text is folded at once: not all of a large message, and not a
// part of a character.
std::size_t piece_octets(std::string_view text) {
  std::size_t octets = std::size_t{1} << 16;
  if (text.size() <= octets) return text.size();
  const auto is_inside = [&] { return (static_cast<unsigned char>(text[octets]) & 0xC0U) == 0x80U; };
  for (int back = 0; back < 3 && is_inside(); ++back) --octets;
  return octets;
}

}  // namespace

SearchText::SearchText(std::string_view wanted, const FaultSet& faults)
    : wanted_(mime::fold_case(wanted)), borders_(wanted_.size() + 1, 0), faults_(faults) {
  for (std::size_t i = 1, border = 0; i < wanted_.size(); ++i) {
    while (border > 0 && wanted_[i] != wanted_[border]) border = borders_[border];
    if (wanted_[i] == wanted_[border]) ++border;
    borders_[i + 1] = border;
  }
}

bool SearchText::in(std::string_view text) const {
  if (wanted_.empty()) return !faults_.has(Fault::SearchEmptyStringFindsNothing);
  if (faults_.has(Fault::SearchAnchored)) return mime::fold_case(text).starts_with(wanted_);
  std::size_t matched = 0;
  while (!text.empty()) {
    const std::size_t octets = piece_octets(text);
    for (const char c : mime::fold_case(text.substr(0, octets))) {
      while (matched > 0 && c != wanted_[matched]) matched = borders_[matched];
      if (c == wanted_[matched]) ++matched;
      if (matched == wanted_.size()) return true;
    }
    text.remove_prefix(octets);
  }
  return false;
}

bool SearchText::in_fields(std::string_view header, std::string_view name) const {
  const std::vector<mime::Field> fields = mime::fields(header);
  return std::any_of(fields.begin(), fields.end(), [&](const mime::Field& field) {
    return parser::equal_ignoring_case(field.name, name) && in(value_of(field));
  });
}

bool SearchText::in_body(const mime::Part& message) const {
  return in_part(message, faults_.has(Fault::SearchBodyInHeader));
}

bool SearchText::in_message(const mime::Part& message) const {
  return in_part(message, !faults_.has(Fault::SearchTextWithoutHeader));
}

std::string SearchText::value_of(const mime::Field& field) const {
  std::string written = mime::unfold(field.value);
  return faults_.has(Fault::SearchWordsNotDecoded) ? written : mime::decode_words(written);
}

bool SearchText::in_header(std::string_view header) const {
  const std::vector<mime::Field> fields = mime::fields(header);
  return std::any_of(fields.begin(), fields.end(), [&](const mime::Field& field) {
    return in(std::string(field.name).append(": ").append(value_of(field)));
  });
}

bool SearchText::in_leaf(const mime::Part& part) const {
  if (faults_.has(Fault::SearchEncodingsNotDecoded)) return in(part.body);
  const std::vector<mime::Field> fields = mime::structure_fields(part.header);
  const auto decoded = mime::decode_transfer(part.body, mime::transfer_encoding(fields));
  const std::string_view octets = decoded ? std::string_view(*decoded) : part.body;
  const auto type = mime::content_type(fields);
  const std::string_view charset = type ? mime::parameter(type->parameters, "CHARSET") : std::string_view();
  if (part.type != "TEXT" || charset.empty()) return in(octets);
  const auto text = mime::to_utf8(octets, charset);
  return in(text ? std::string_view(*text) : octets);
}

bool SearchText::in_part(const mime::Part& part, bool with_header) const {
  if (with_header && in_header(part.header)) return true;
  if (part.parts.empty()) return in_leaf(part);
  return std::any_of(part.parts.begin(), part.parts.end(), [&](const mime::Part& inside) {
    // The header of a message inside is text of this body; the MIME header of a part is not.
    return in_part(inside, with_header || part.is_message());
  });
}

}  // namespace imapspec::server
