#include "parser/grammar/capability.h"

#include <algorithm>

#include "parser/core/ascii.h"
#include "parser/grammar/char_class.h"
#include "parser/grammar/string.h"

namespace imapspec::parser {

namespace {

// capability = ("AUTH=" auth-type) / atom
//
// Note: T42. An auth-type is an atom, so both alternatives are, and "AUTH=" alone is one too.
std::expected<std::string_view, Error> capability(Cursor& in) {
  if (!is_atom_char(in.peek())) return in.fail("capability", "atom");
  return atom(in);
}

}  // namespace

// 1*(SP capability) / *(SP capability)
std::expected<List<std::string_view>, Error> capabilities(Cursor& in, bool required) {
  Attempt attempt(in, "capabilities");
  ListBuilder<std::string_view> list(in.arena());
  if (required && in.peek() != ' ') return in.fail("capability", "SP");
  while (in.take(' ')) {
    IMAPSPEC_TRY(const std::string_view name, capability(in));
    list.push(name);
  }
  return attempt.accept(list.list());
}

// capability-data = "CAPABILITY" *(SP capability) SP "IMAP4rev2"
//                   *(SP capability)
//                     ; See Section 6.1.1 for information about
//                     ; required security-related capabilities.
//                     ; Servers that offer RFC 1730 compatibility MUST
//                     ; list "IMAP4" as the first capability.
//                     ; Servers that offer RFC 3501 compatibility MUST
//                     ; list "IMAP4rev1" as one of the capabilities.
//
// Where both revisions are in force, either tells which server this is.
std::expected<List<std::string_view>, Error> capability_data(Cursor& in, const Profile& profile) {
  Attempt attempt(in, "capability-data");
  IMAPSPEC_TRY(const List<std::string_view> list, capabilities(in, true));
  const bool rev1 = profile.rev1 && contains_capability(list, "IMAP4rev1");
  const bool rev2 = profile.rev2 && contains_capability(list, "IMAP4rev2");
  if (!rev1 && !rev2) {
    return in.fail("capability-data", profile.rev2 ? Name("IMAP4rev2 in the list") : Name("IMAP4rev1 in the list"));
  }
  return attempt.accept(list);
}

bool contains_capability(List<std::string_view> list, std::string_view name) {
  return std::any_of(list.begin(), list.end(),
                     [name](std::string_view capability) { return equal_ignoring_case(capability, name); });
}

}  // namespace imapspec::parser
