// The base64 alphabet.
//
// RFC 4648 section 4
#pragma once

namespace imapspec::parser {

// base64_value is the six bits that an octet of the alphabet stands for, or -1 for any other.
constexpr int base64_value(char octet) {
  if (octet >= 'A' && octet <= 'Z') return octet - 'A';
  if (octet >= 'a' && octet <= 'z') return octet - 'a' + 26;
  if (octet >= '0' && octet <= '9') return octet - '0' + 52;
  if (octet == '+') return 62;
  if (octet == '/') return 63;
  return -1;
}

}  // namespace imapspec::parser
