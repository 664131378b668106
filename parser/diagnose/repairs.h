// The repairs of the table of quirks, one function each.
//
// RFC 9051 section 9
#pragma once

#include <optional>

#include "parser/diagnose/quirk.h"

namespace imapspec::parser::repairs {

// Each yields its change where the octets about the error look like its quirk, and nullopt elsewhere. It looks
// at octets and hardly at names of rules, which say less about what a sender had in mind.
using Attempted = std::optional<Repair>;

// Spaces and line ends.
Attempted bare_lf(const Place& place);
Attempted bare_cr(const Place& place);
Attempted doubled_cr(const Place& place);
Attempted trailing_space_in_status(const Place& place);
Attempted trailing_space_in_fetch(const Place& place);
Attempted space_before_parenthesis(const Place& place);
Attempted space_after_parenthesis(const Place& place);
Attempted trailing_space(const Place& place);
Attempted space_between_addresses(const Place& place);
Attempted space_between_parts(const Place& place);
Attempted space_between_namespaces(const Place& place);
Attempted double_space(const Place& place);
Attempted tab_for_space(const Place& place);
Attempted missing_space(const Place& place);

// Strings.
Attempted nil_encoding(const Place& place);
Attempted nil_parameter_value(const Place& place);
Attempted nil_for_string(const Place& place);
Attempted unescaped_quote(const Place& place);
Attempted unescaped_backslash(const Place& place);
Attempted utf8_in_rev1(const Place& place);
Attempted not_utf8(const Place& place);
Attempted eight_bit_in_atom(const Place& place);
Attempted unquoted_mailbox_with_space(const Place& place);
Attempted unquoted_string(const Place& place);
Attempted literal8_for_literal(const Place& place);
Attempted non_synchronizing_literal_from_server(const Place& place);
Attempted empty_delimiter(const Place& place);

// Numbers and sets of them.
Attempted negative_number(const Place& place);
Attempted number_too_big(const Place& place);
Attempted zero_for_nz_number(const Place& place);
Attempted leading_zero(const Place& place);
Attempted loose_comma(const Place& place);

// Lists.
Attempted empty_address_list(const Place& place);
Attempted empty_parameter_list(const Place& place);
Attempted empty_language_list(const Place& place);
Attempted star_in_flags(const Place& place);
Attempted recent_in_flags(const Place& place);
Attempted bracket_in_flag(const Place& place);
Attempted several_selectabilities(const Place& place);
Attempted repeated_attribute(const Place& place);
Attempted unknown_status_item(const Place& place);
Attempted string_as_extension_value(const Place& place);
Attempted missing_parenthesis(const Place& place);
Attempted extra_parenthesis(const Place& place);

// FETCH responses.
Attempted empty_multipart(const Place& place);
Attempted text_without_lines(const Place& place);
Attempted message_without_contents(const Place& place);
Attempted literal_media_type(const Place& place);
Attempted extension_data_in_body(const Place& place);
Attempted envelope_cut_short(const Place& place);
Attempted binary_origin(const Place& place);
Attempted single_digit_day(const Place& place);
Attempted date_without_zone(const Place& place);

// Status responses, continuations and capabilities.
Attempted code_without_space(const Place& place);
Attempted status_without_text(const Place& place);
Attempted continuation_without_space(const Place& place);
Attempted code_without_ok(const Place& place);
Attempted badcharset_without_parentheses(const Place& place);
Attempted permanentflags_without_list(const Place& place);
Attempted capability_without_imap4rev2(const Place& place);
Attempted expunged(const Place& place);

// Commands.
Attempted macro_in_parentheses(const Place& place);
Attempted charset_without_key(const Place& place);
Attempted plus_in_tag(const Place& place);
Attempted command_without_tag(const Place& place);

// The profile.
Attempted rev1_syntax(const Place& place);
Attempted extension_syntax(const Place& place);

// erase, insert and replace make a Repair.
inline Attempted erase(std::size_t offset, std::size_t octets) { return Repair{offset, octets, {}, {}}; }
inline Attempted insert(std::size_t offset, std::string_view octets) {
  return Repair{offset, 0, std::string(octets), {}};
}
inline Attempted replace(std::size_t offset, std::size_t erased, std::string_view octets) {
  return Repair{offset, erased, std::string(octets), {}};
}

}  // namespace imapspec::parser::repairs
