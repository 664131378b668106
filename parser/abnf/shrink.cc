#include "parser/abnf/shrink.h"

#include <charconv>
#include <utility>

#include "parser/abnf/ascii.h"

namespace imapspec::abnf {

namespace {

// try_instead takes the other octets over if they still show the same.
bool try_instead(std::string& octets, std::string other, const IsSame& is_same) {
  if (other == octets || !is_same(other)) return false;
  octets = std::move(other);
  return true;
}

bool leave_out_octets(std::string& octets, const IsSame& is_same) {
  // Short stretches are tried everywhere: a character of UTF-8 goes as a whole or not at all.
  constexpr std::size_t kShort = 8;
  bool shorter = false;
  for (std::size_t size = octets.size(); size > 0; size = size > kShort ? size / 2 : size - 1) {
    for (std::size_t at = 0; at + size <= octets.size();) {
      const bool left_out = try_instead(octets, std::string(octets).erase(at, size), is_same);
      shorter = shorter || left_out;
      if (!left_out) at += size > kShort ? size / 2 : 1;
    }
  }
  return shorter;
}

// empty_literals writes something shorter for a literal whose octets are all there.
bool empty_literals(std::string& octets, const IsSame& is_same) {
  bool shorter = false;
  for (std::size_t at = octets.find('{'); at != std::string::npos; at = octets.find('{', at + 1)) {
    const std::size_t end = octets.find("}\r\n", at);
    if (end == std::string::npos) break;
    std::size_t count = 0;
    const char* const digits = octets.data() + at + 1;
    const auto [after, error] = std::from_chars(digits, octets.data() + end, count);
    const std::size_t left = octets.size() - end - 3;
    if (error != std::errc() || count > left || octets.data() + end - after > 1) continue;
    const std::size_t size = end + 3 - at + count;
    for (const char* instead : {"x", "\"\"", "\"x\"", "{0}\r\n"}) {
      if (!try_instead(octets, std::string(octets).replace(at, size, instead), is_same)) continue;
      shorter = true;
      break;
    }
  }
  return shorter;
}

// simplify writes "x" for as many octets as it can, and for others "1" or a capital letter.
std::string simplify(std::string octets, const IsSame& is_same) {
  for (std::size_t at = 0; at < octets.size(); ++at) {
    const char octet = octets[at];
    std::string any = octets;
    any[at] = octet == 'x' || octet == 'X' ? 'y' : 'x';
    // What may be any letter is an "x"; what has to be this one is of a keyword.
    if (is_same(any)) {
      any[at] = 'x';
      if (octet == 'x' || try_instead(octets, std::move(any), is_same)) continue;
    }
    for (const char simple : {'1', is_letter(octet) ? static_cast<char>(octet & ~0x20) : octet}) {
      if (octet == simple) break;
      std::string other = octets;
      other[at] = simple;
      if (try_instead(octets, std::move(other), is_same)) break;
    }
  }
  return octets;
}

}  // namespace

std::string shrink(std::string octets, const IsSame& is_same) {
  while (leave_out_octets(octets, is_same) || empty_literals(octets, is_same)) {
  }
  return simplify(std::move(octets), is_same);
}

}  // namespace imapspec::abnf
