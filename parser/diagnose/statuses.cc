// Status responses with their codes, continuations, capabilities, EXPUNGE (RFC 9051 sections 7.1, 7.2.2, 7.5.1, 7.6).
#include <algorithm>

#include "parser/core/ascii.h"
#include "parser/diagnose/repairs.h"

namespace imapspec::parser::repairs {

namespace {

// "[NAME" of the code that the error is in, and where what follows the name begins.
std::optional<std::size_t> after_code_name(const Place& place, std::string_view name) {
  const std::string code = "[" + std::string(name);
  const std::size_t at = to_upper(place.octets).find(code);
  if (at == std::string::npos || at > place.offset()) return std::nullopt;
  return at + code.size();
}

}  // namespace

Attempted code_without_space(const Place& place) {
  if (place.at(-1) != ']' || place.unit == Unit::ClientCommand) return std::nullopt;
  return insert(place.offset(), " ");
}

Attempted status_without_text(const Place& place) {
  if (place.unit == Unit::ClientCommand || (place.at(0) != '\r' && place.at(0) != '\n')) return std::nullopt;
  // Behind a code only IMAP4rev1 asks for one.
  if (place.before().ends_with("] ")) return insert(place.offset(), ".");
  const std::size_t space = place.before().rfind(' ', place.at(-1) == ' ' ? place.offset() - 2 : place.offset());
  if (space == std::string_view::npos) return std::nullopt;
  std::string word = to_upper(place.before().substr(space + 1));
  if (word.ends_with(' ')) word.pop_back();
  if (word != "OK" && word != "NO" && word != "BAD" && word != "BYE" && word != "PREAUTH") return std::nullopt;
  return insert(place.offset(), place.at(-1) == ' ' ? "." : " .");
}

Attempted continuation_without_space(const Place& place) {
  if (place.unit != Unit::ServerResponse || !place.octets.starts_with('+') || place.offset() != 1) return std::nullopt;
  return insert(1, " ");
}

Attempted code_without_ok(const Place& place) {
  if (place.unit == Unit::ClientCommand || !place.octets.starts_with("* [")) return std::nullopt;
  return insert(2, "OK ");
}

Attempted badcharset_without_parentheses(const Place& place) {
  const auto after = after_code_name(place, "BADCHARSET ");
  if (!after) return std::nullopt;
  const std::size_t close = place.octets.find(']', *after);
  if (close == std::string_view::npos) return std::nullopt;
  return replace(*after, close - *after, "(" + std::string(place.octets.substr(*after, close - *after)) + ")");
}

Attempted permanentflags_without_list(const Place& place) {
  const auto after = after_code_name(place, "PERMANENTFLAGS");
  if (!after || place.piece(*after, 1) != "]") return std::nullopt;
  return insert(*after, " ()");
}

Attempted expunged(const Place& place) {
  if (!place.octets.starts_with("* ") || to_upper(place.octets.substr(place.offset(), 1)) != "D") return std::nullopt;
  if (!to_upper(place.before()).ends_with(" EXPUNGE")) return std::nullopt;
  return replace(place.offset(), 1, "");
}

Attempted capability_without_imap4rev2(const Place& place) {
  if (!place.profile.rev2 || to_upper(place.octets).find(" IMAP4REV2") != std::string::npos) return std::nullopt;
  constexpr std::string_view kResponse = "* CAPABILITY";
  if (to_upper(place.octets.substr(0, kResponse.size())) == kResponse) return insert(kResponse.size(), " IMAP4rev2");
  const auto code = after_code_name(place, "CAPABILITY");
  return code ? insert(*code, " IMAP4rev2") : std::nullopt;
}

}  // namespace imapspec::parser::repairs
