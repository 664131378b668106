// Mailbox names as this server has them: "/" between the levels, INBOX in any case.
//
// RFC 9051 section 5.1
#pragma once

#include <string>
#include <string_view>

namespace imapspec::server {

inline constexpr char kDelimiter = '/';

// canonical_name writes the first level as "INBOX" where it is INBOX in any case.
std::string canonical_name(std::string_view name);

// is_valid_name says whether a mailbox of this (canonical) name may be created: levels that are
// not empty, well-formed UTF-8 as Net-Unicode wants it (RFC 5198), no control characters.
bool is_valid_name(std::string_view name);

// is_inferior says whether `name` lies below `superior` in the hierarchy.
bool is_inferior(std::string_view name, std::string_view superior);

// superior_name is the name one level up, empty at the top.
std::string_view superior_name(std::string_view name);

// matches_pattern compares a name with a canonical LIST pattern: "*" is any octets, "%" any
// octets but the delimiter (section 6.3.9). Its time is bounded by the product of the lengths.
bool matches_pattern(std::string_view name, std::string_view pattern);

}  // namespace imapspec::server
