#include "fuzz/target.h"

#include <cstdio>
#include <cstdlib>

#include "parser/grammar/parse.h"

namespace imapspec::fuzz {

void require(bool holds, std::string_view message, std::string_view octets) {
  if (holds) return;
  const std::string shown = parser::escape_octets(octets.substr(0, 4'000));
  std::fprintf(stderr, "%.*s\n%s\n", static_cast<int>(message.size()), message.data(), shown.c_str());
  std::abort();
}

}  // namespace imapspec::fuzz
