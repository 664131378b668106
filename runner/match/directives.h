// What a pattern says about one list of it: {:only}, {:ordered}, {:unordered}, {:rest}, {:ban}, {:ignore}.
#pragma once

#include <expected>
#include <string>

#include "runner/match/term.h"

namespace imapspec::runner {

// apply_directives takes the directives out of the lists in which they stand, and changes the lists accordingly. The
// error is a sentence.
std::expected<void, std::string> apply_directives(Term& tree);

// ignore_recent makes FLAGS of a FETCH response ignore \Recent where nothing is said of it: only a server can set it,
// and IMAP4rev2 has none.
void ignore_recent(Term& fetch);

}  // namespace imapspec::runner
