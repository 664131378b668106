// What clients get wrong, and units that are right in another profile (RFC 9051 sections 2.2.1, 6, Appendix E).
#include <algorithm>

#include "parser/core/ascii.h"
#include "parser/diagnose/repairs.h"
#include "parser/grammar/extension_names.h"

namespace imapspec::parser::repairs {

Attempted macro_in_parentheses(const Place& place) {
  // (ALL): at the word, or at what follows what it could have been the start of.
  const std::size_t open = place.octets.rfind('(', place.offset());
  if (place.unit != Unit::ClientCommand || open == std::string_view::npos) return std::nullopt;
  const std::size_t close = place.octets.find(')', open);
  if (close == std::string_view::npos) return std::nullopt;
  const std::string_view word = place.octets.substr(open + 1, close - open - 1);
  for (const std::string_view macro : {"ALL", "FAST", "FULL"}) {
    if (equal_ignoring_case(word, macro)) return replace(open, close + 1 - open, macro);
  }
  return std::nullopt;
}

Attempted charset_without_key(const Place& place) {
  if (place.unit != Unit::ClientCommand || place.at(0) != '\r') return std::nullopt;
  if (to_upper(place.before()).find(" CHARSET ") == std::string::npos) return std::nullopt;
  return insert(place.offset(), " ALL");
}

Attempted plus_in_tag(const Place& place) {
  if (place.unit != Unit::ClientCommand || place.at(0) != '+' ||
      place.before().find_first_not_of("0123456789") == std::string_view::npos) {
    return std::nullopt;
  }
  if (place.before().find(' ') != std::string_view::npos) return std::nullopt;
  return replace(place.offset(), 1, "_");
}

Attempted command_without_tag(const Place& place) {
  if (place.unit != Unit::ClientCommand) return std::nullopt;
  return insert(0, "tag ");
}

Attempted rev1_syntax(const Place& place) {
  if (place.profile.rev1) return std::nullopt;
  Repair repair;
  repair.profile = place.profile;
  repair.profile->rev1 = true;
  return repair;
}

Attempted extension_syntax(const Place& place) {
  Repair repair;
  repair.profile = place.profile;
  for (const ExtensionName& name : kExtensionNames) repair.profile->add(name.extension);
  if (*repair.profile == place.profile) return std::nullopt;
  return repair;
}

}  // namespace imapspec::parser::repairs
