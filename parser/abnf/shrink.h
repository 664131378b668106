// Octets made short and simple for a person to look at.
#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace imapspec::abnf {

// IsSame says whether other octets still show what the first ones did.
using IsSame = std::function<bool(std::string_view)>;

// shrink leaves out what it can while `is_same` holds for the rest, and writes "x", "1" or a capital letter for
// as many of the other octets as it can. It holds for the result if it does for `octets`.
std::string shrink(std::string octets, const IsSame& is_same);

}  // namespace imapspec::abnf
