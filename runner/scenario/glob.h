// Names with "*" in them.
#pragma once

#include <string_view>

namespace imapspec::runner {

// glob_match says whether all of `text` matches. "*" stands for any octets, none and "/" included;
// every other octet for itself. Takes time linear in the product of the lengths at worst.
bool glob_match(std::string_view glob, std::string_view text);

}  // namespace imapspec::runner
